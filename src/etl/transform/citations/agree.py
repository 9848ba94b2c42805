"""Whether records of others are the work that a citation prints: one verdict for each work.

In come plain values, out goes a `Verdict`. A wrong record does more harm than none, so whatever
is not certain is `ambiguous`. Where records come from belongs in `etl.extract.registries`.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, Protocol

from etl.transform.text import fold

ALIKE = 0.9
"""Least likeness of titles where nothing but words led to the record. Set by hand: a subtitle left
out is under it, a letter read wrongly is not."""

NEAR = 0.6
"""Least likeness of titles that are the same work's where a DOI led to it, and of those that come
near where words did."""

LEAST_WITHIN = 20
"""Characters of a title that may stand within a longer one: an entry printed whole."""

YEARS_APART = 1
"""Of the printed year and that of the record: online first, or the volume's year."""


class Printed(NamedTuple):
    """A work as its surest citation prints it."""

    title: str
    authors: str | None
    """Separated by `; `."""
    year: int | None
    doi: str | None


class Candidate(Protocol):
    """What must be known of a record."""

    @property
    def doi(self) -> str | None:
        """In lower case, without a resolver."""

    @property
    def titles(self) -> tuple[str, ...]:
        """The title, and those in other languages."""

    @property
    def year(self) -> int | None:
        """Year of publication."""

    @property
    def authors(self) -> tuple[dict[str, str], ...]:
        """`family` and `given`, or `literal`."""


class Verdict(NamedTuple):
    """What came of the records for one work."""

    outcome: str
    """`found`, `not_found` or `ambiguous`."""
    reason: str
    score: float | None = None
    """Likeness of titles, 0 to 1."""
    place: int | None = None
    """Place of the nearest record among those given; None if none comes near."""


def by_doi(printed: Printed, records: Sequence[Candidate]) -> Verdict:
    """Judge what a question for the DOI of `printed` brought.

    A DOI may be misprinted, so the title must agree, or else both first author and year.
    """
    own = [place for place, record in enumerate(records) if record.doi == printed.doi]
    if not own:
        return Verdict("not_found", "no record has this DOI")
    record = records[own[0]]
    score = likeness(printed.title, record.titles)
    if score >= NEAR or _is_within(printed.title, record.titles):
        return Verdict("found", "the DOI is this, and the title agrees", score, own[0])
    if _same_year(printed, record) and _same_author(printed, record):
        return Verdict("found", "the DOI is this; first author and year agree", score, own[0])
    return Verdict("ambiguous", "the DOI is this, but the title is another", score, own[0])


def by_words(printed: Printed, records: Sequence[Candidate]) -> Verdict:
    """Judge what a question for author, title and year of `printed` brought.

    All three must agree, and with one work only.
    """
    scores = [likeness(printed.title, record.titles) for record in records]
    best = max(range(len(scores)), key=scores.__getitem__, default=None)
    if best is None or scores[best] < NEAR:
        return Verdict("not_found", "no record has such a title")
    sure = [p for p, r in enumerate(records) if scores[p] >= ALIKE and _agrees(printed, r)]
    if len({records[place].doi for place in sure}) > 1:
        return Verdict("ambiguous", "several works agree", scores[sure[0]], sure[0])
    if sure:
        return Verdict("found", "title, first author and year agree", scores[sure[0]], sure[0])
    return Verdict("ambiguous", _doubt(printed, records[best], scores[best]), scores[best], best)


def likeness(title: str, others: Sequence[str]) -> float:
    """How much the most similar of `others` is like `title`, 0 to 1; all are folded first.

    >>> likeness("Water Rights in Khujand", ["Water rights in Khujand.", "Bread"])
    1.0
    """
    folded = fold(title)
    ratios = (SequenceMatcher(None, folded, fold(o), autojunk=False).ratio() for o in others)
    return max(ratios, default=0.0) if folded else 0.0


def _is_within(title: str, others: Sequence[str]) -> bool:
    """Whether one of `others` stands within `title`, which is then the entry as a whole."""
    folded, within = fold(title), [fold(other) for other in others]
    return any(len(other) >= LEAST_WITHIN and other in folded for other in within)


def _agrees(printed: Printed, record: Candidate) -> bool:
    """Whether first author and year are the same."""
    return _same_author(printed, record) and _same_year(printed, record)


def _same_year(printed: Printed, record: Candidate) -> bool:
    """Whether both have a year, and about the same."""
    if printed.year is None or record.year is None:
        return False
    return abs(printed.year - record.year) <= YEARS_APART


def _same_author(printed: Printed, record: Candidate) -> bool:
    """Whether the family name of the first author is printed in the first name.

    Of a name that is not parted one word of more than an initial must be the same.
    """
    if not printed.authors or not record.authors:
        return False
    words = set(fold(printed.authors.split(";")[0]).split())
    first = record.authors[0]
    if family := fold(first.get("family", "")):
        return set(family.split()) <= words
    # The family name stands last in most names that are not parted.
    literal = fold(first.get("literal", "")).split()
    return bool(literal) and len(literal[-1]) > 1 and literal[-1] in words


def _doubt(printed: Printed, record: Candidate, score: float) -> str:
    """Why the nearest record is not taken."""
    doubts = []
    if score < ALIKE:
        doubts.append("title")
    if not _same_author(printed, record):
        doubts.append("first author")
    if not _same_year(printed, record):
        doubts.append("year")
    return f"a record comes near, but does not agree in {' and '.join(doubts)}"
