"""Titles, journals and names harvested from labelled references, to be put in other styles."""

import random
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from training.citations.data import Segments

LISTED = re.compile(
    r"([A-ZÀ-Þ][\w'’-]{2,}(?: [A-ZÀ-Þ][\w'’-]{2,})?),? "
    r"((?:[A-ZÀ-Þ]\.[ -]?){1,3}|[A-ZÀ-Þ][a-zà-ÿ]{2,}(?: [A-Z]\.)?)(?=[,;&.]| and| und|\Z)"
)
"""`Rivers, J. K.` and `Rivers, John`: a surname and what follows it."""

EDGE = " \t\n.,;:\"“”„»«'‘’()[]–-/`"
"""Signs that stick to a field and are of the style."""

LANGUAGES = {
    "de": re.compile(r"\b(?:der|die|das|und|im|zur|zum|des|eine?r?|für|von)\b", re.IGNORECASE),
    "fr": re.compile(r"\b(?:le|la|les|des|du|et|dans|sur|une?|aux)\b", re.IGNORECASE),
}
"""Small words that tell German and French titles from the others."""


class Pools(NamedTuple):
    """What made-up references are made of."""

    articles: list[str]
    books: list[str]
    journals: list[str]
    hosts: list[str]
    publishers: list[str]
    places: list[str]
    families: list[str]
    givens: list[str]


def harvest(items: Sequence[Segments]) -> Pools:
    """Parts of `items` that may stand in any style."""
    found: dict[str, list[str]] = defaultdict(list)
    for item in items:
        fields: dict[str, str] = {}
        for label, text in item:
            fields[label] = text if label not in fields else ""
        _sort(fields, found)
    return Pools(**{name: sorted(found[name]) for name in Pools._fields})


def _sort(fields: dict[str, str], found: dict[str, list[str]]) -> None:
    """The parts of one reference to their pools."""
    title, host = _clean(fields.get("title", "")), _clean(fields.get("container", ""))
    is_article = bool(host and "volume" in fields)
    if 8 <= len(title) <= 250:
        found["articles" if is_article or host else "books"].append(title)
    if 3 <= len(host) <= 160 and not host.lower().startswith("in "):
        found["journals" if is_article else "hosts"].append(host)
    for name in ("publisher", "place"):
        if 3 <= len(part := _clean(fields.get(name, ""))) <= 60:
            found[name + "s"].append(part)
    for family, given in LISTED.findall(fields.get("author", "")):
        found["families"].append(family)
        if "." not in given:
            found["givens"].append(given)


def _clean(text: str) -> str:
    """`text` without the signs of its style."""
    text = text.strip(EDGE)
    return text + ")" if text.count("(") > text.count(")") else text


def language(title: str) -> str:
    """`de`, `fr` or `en`, which is anything else."""
    counts = {name: len(pattern.findall(title)) for name, pattern in LANGUAGES.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] >= 2 else "en"


def pick(chance: random.Random, *lists: Sequence[str]) -> str:
    """One of the items of one of `lists`."""
    return chance.choice(chance.choice(lists))
