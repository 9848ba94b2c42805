"""Runs of capitalised words: the raw material of rules for persons, organisations and places."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from etl.transform.entities.known import endings
from etl.transform.entities.known.base import data, words
from etl.transform.entities.scan import UPPER, level

CAPITALISED = rf"\b[{UPPER}][^\W\d_]*(?:['’ʼ](?!s\b)[^\W\d_]+)*(?:[-‑][^\W\d_]+)*"
"""A capitalised word: `Rahmon`, `O'Brien`, `Al-Maliki`; the `'s` of a possessive stays out."""

INITIAL = rf"\b(?:[{UPPER}]|Yu|Ya|Ye|Ch|Sh|Zh|Kh|Ts)\."
"""An initial: `J.`, `Э.`, `Yu.`."""

PIECE = re.compile(rf"({INITIAL}(?=[ {UPPER}]))|{CAPITALISED}")
"""An initial (group 1) or a capitalised word."""

LINKS = words("of for on and & the in de la des du against under to")
"""Small words inside the name of an organisation or a place: `Bank for Reconstruction`."""

PARTICLES = words("de da di du dos del della van von der den ter la le bin bint ibn ben al el ul e")
"""Small words inside the name of a person: `Jan de Vroom`, `Mohammed bin Salman`."""


class Piece(NamedTuple):
    """A capitalised word or an initial of a run."""

    text: str
    start: int
    end: int
    link: str
    """What stands between it and the piece before: a space, or ` of the `; empty at the start."""
    is_initial: bool = False


def runs(body: str, links: frozenset[str]) -> Iterator[list[Piece]]:
    """Runs of pieces parted by one space or by words of `links`, from left to right."""
    run: list[Piece] = []
    for match in PIECE.finditer(body):
        start, end = match.span()
        gap = body[run[-1].end : start] if run else ""
        if run and not _joins(gap, run[-1], links):
            yield run
            run, gap = [], ""
        run.append(Piece(match.group(), start, end, gap, match.group(1) is not None))
    if run:
        yield run


def _joins(gap: str, before: Piece, links: frozenset[str]) -> bool:
    """Whether pieces with `gap` between them belong to one run."""
    if gap == " " or (not gap and before.is_initial):
        return True
    inner = gap.split(" ")
    return (
        2 < len(gap) < 16
        and not inner[0]
        and not inner[-1]
        and all(word in links for word in inner[1:-1])
    )


@cache
def not_names() -> frozenset[str]:
    """Capitalised words that no person's name holds."""
    return words(data("words")["not_names"])


@cache
def given_names() -> frozenset[str]:
    """Given names of all groups, folded letter by letter, Russian ones in every case."""
    blocks = data("given_names")
    listed = {name for block in blocks.values() for name in words(block)}
    declined = {form for name in words(blocks["russian"]) for form in endings.noun(name)}
    return frozenset(map(level, listed | declined))
