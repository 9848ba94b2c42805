"""Places named by what they are: X River, Lake X, X Province, Republic of X.

Any place so named is taken as printed, known or not: which country it lies in is said only
where our lists know it.
"""

import re
from collections.abc import Iterator
from functools import cache

import polars as pl

from etl.transform.entities import gazetteer
from etl.transform.entities.headed import Heads, headed
from etl.transform.entities.known.base import data, words
from etl.transform.entities.scan import Hit, found

VERSION = "1"

CONFIDENCE = 0.76
"""Precision on 6,000 texts of the mixed training set."""


DIRECTED = re.compile(
    r"\b(?:North(?:ern|east(?:ern)?|west(?:ern)?)?|South(?:ern|east(?:ern)?|west(?:ern)?)?"
    r"|East(?:ern)?|West(?:ern)?|Central|Upper|Lower|Greater|Ancient|Outer|Inner|New)"
    r" (?=[A-Z])"
)
"""A part of a place: the `Northern ` of `Northern Iraq`."""


def find(versions: pl.DataFrame) -> pl.DataFrame:
    """One row per place named by its head."""
    return found(versions, hits, "places", VERSION)


def hits(body: str) -> Iterator[Hit]:
    """Places in a body."""
    yield from _parts(body)
    for span in headed(body, heads()):
        known = gazetteer.lookup(body[span.start : span.end])
        if known is None and "Military" not in body[span.start : span.end]:
            yield Hit(span.start, span.end, "place", CONFIDENCE)


def _parts(body: str) -> Iterator[Hit]:
    """Parts of known countries and places named by direction: `Northern Iraq`."""
    for match in DIRECTED.finditer(body):
        known = gazetteer.name_at(body, match.end())
        if known is None or known[0].kind not in ("country", "place"):
            continue
        if gazetteer.lookup(body[match.start() : known[1]]) is None:
            yield Hit(match.start(), known[1], "place", CONFIDENCE)


@cache
def heads() -> Heads:
    """English heads of places."""
    listed = data("heads")["place"]
    every, first = words(listed["en"]), words(listed["prefix"])
    return Heads(every | first, first, frozenset(("Lake", "Mount", "Cape")))
