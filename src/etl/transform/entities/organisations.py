"""Organisations named by what they are: `Ministry of Defense`, `Академия наук`, `وزارت دفاع`."""

import re
from collections.abc import Iterator
from functools import cache

import polars as pl

from etl.transform.entities import persian, russian
from etl.transform.entities.headed import Heads, headed
from etl.transform.entities.known.base import data, words
from etl.transform.entities.scan import UPPER, Hit, found

VERSION = "1"

CONFIDENCE = 0.68
"""Precision of the English rule on 6,000 texts of the mixed training set; others by hand."""

MILITARY_UNIT = re.compile(
    r"\b\d{1,3}(?:st|nd|rd|th)?(?: [A-Z][a-z]+| infantry| motor rifle| motorized| airborne"
    r"| artillery| mountain| tank| armoured| armored){0,4} (?:[Dd]ivision|[Bb]rigade|[Rr]egiment"
    r"|[Bb]attalion|[Aa]rmy|[Cc]orps|[Mm]ilitary [Bb]ase)\b"
)
"""A numbered unit: `201st Motor Rifle Division`, `58th Army`."""

NEWS_AGENCY = re.compile(rf"\b[{UPPER}][\w-]+(?: [{UPPER}][\w-]+)? news agency\b")
"""A news agency whose last words are printed small: `Tasnim news agency`."""

MILITARY_DISTRICT = re.compile(rf"\b[{UPPER}][a-z]+ Military District\b")
"""A military district: `Northern Military District`."""


def find(versions: pl.DataFrame) -> pl.DataFrame:
    """One row per organisation named by its head."""
    return found(versions, hits, "organisations", VERSION)


def hits(body: str) -> Iterator[Hit]:
    """Organisations in a body, by the rules of each script in it."""
    for span in headed(body, heads()):
        yield Hit(span.start, span.end, "organisation", CONFIDENCE)
    for pattern in (MILITARY_UNIT, MILITARY_DISTRICT, NEWS_AGENCY):
        for match in pattern.finditer(body):
            yield Hit(match.start(), match.end(), "organisation", CONFIDENCE)
    for start, end in (*russian.organisations(body), *persian.organisations(body)):
        yield Hit(start, end, "organisation", CONFIDENCE)


@cache
def heads() -> Heads:
    """English heads of organisations."""
    listed = data("heads")["organisation"]
    every = words(listed["en"])
    return Heads(every, every - words(listed["not_first"]))
