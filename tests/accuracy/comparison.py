"""What the gold says of a field beside what we read, both in comparable form.

Values are lists of words; a field is right when they are equal, or nearly: see `is_near`.
"""

import re
from itertools import pairwise

from etl.transform.citations.parse import Reference
from etl.transform.text import fold
from tests.accuracy.labelled import Labelled

NAMES = {
    "author": "authors",
    "editor": "editors",
    "title": "title",
    "container": "container_title",
    "date": "year",
    "volume": "volume",
    "issue": "issue",
    "pages": "pages",
    "publisher": "publisher",
    "place": "place",
    "series": "series",
    "edition": "edition",
    "doi": "doi",
    "isbn": "isbn",
    "arxiv": "arxiv",
    "url": "url",
}
"""Labels of the gold and what our fields are called."""

FIELDS = {label: name for label, name in NAMES.items() if hasattr(Reference(), name)}
"""Those that our references have."""

WORDS_OF_LABELS = """
    v vol volume no nr n issue is iss т том вып pp p pages page с s in в сб ed eds by edited под
    ред и др et al und and y e others ва диг сах стр б бет бетлар c
    ص صص صفحه ش شماره ج جلد سال دوره و همکاران
"""
LABEL_WORDS = frozenset(WORDS_OF_LABELS.split())

YEAR = re.compile(r"(?<!\d)(?:1[2-9]\d\d|20\d\d)(?!\d)", re.ASCII)
"""`2004`; the 1200s are solar years."""

SOLAR = range(1200, 1500)
"""Years of the Persian calendar; 621 more is the Gregorian year in which they begin."""

PERSIAN = re.compile(r"[\u0600-\u06ff]")

DIGITS = {zero + value: str(value) for zero in (0x660, 0x6F0) for value in range(10)}
"""Arabic and Persian digits."""

DOI = re.compile(r"10\.\d{4,9}/.*")
"""`10.1234/abc`."""

URL = re.compile(r"(?:https?|ftp|www)\S*")
"""`https://example.org/a`."""

ARXIV = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7}")
"""`2103.01234`, `math.gt/0309136`."""

ISBN = re.compile(r"\d[\dx -]{8,15}[\dx]")
"""`978-5-02-012345-6`."""

SPACES = re.compile(r"\s+")
"""What text layers of PDF files put into URLs, DOIs and numbers of preprints."""

STUCK = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
"""Between the number and the word of `98p` and `№12`."""

NEAR = 0.8
"""Least Levenshtein ratio of a field that is nearly right: the one GROBID's evaluation uses."""

Pair = tuple[list[str], list[str]]
"""What was expected and what was given."""


def compared(item: Labelled, reference: Reference) -> dict[str, Pair]:
    """Per field what was expected and what was given, where either is anything."""
    pairs = {field: (expected(field, item), given(field, reference)) for field in FIELDS}
    if "arxiv" in (reference.doi or "") and "doi" not in item.gold:
        # The gold labels arXiv numbers apart; we count them as the DOI arXiv gives them.
        pairs["doi"] = ([], [])
    return {field: pair for field, pair in pairs.items() if any(pair)}


def expected(label: str, item: Labelled) -> list[str]:
    """What the gold says of a field; empty where it says nothing."""
    text = item.gold.get(label, "").translate(DIGITS)
    if label == "date":
        return years(text, is_persian=bool(PERSIAN.search(item.raw)))
    if label == "url":
        return [bare(found) for found in URL.findall(SPACES.sub("", text.lower()))[:1]]
    return _value(label, text)


def given(label: str, reference: Reference) -> list[str]:
    """What we read of a field."""
    value = getattr(reference, FIELDS[label])
    if not value:
        return []
    text = " ".join(value) if isinstance(value, tuple) else str(value)
    if label in ("date", "url", "doi"):
        return [bare(text.lower())]
    return _value(label, text.translate(DIGITS))


def _value(label: str, text: str) -> list[str]:
    """`text` of a field in comparable form."""
    if label == "doi":
        return [bare(found) for found in DOI.findall(SPACES.sub("", text.lower()))]
    if label == "arxiv":
        return ARXIV.findall(SPACES.sub("", text.lower()))[:1]
    if label == "isbn":
        return [_core(bare(found)) for found in ISBN.findall(text.lower())[:1]]
    return words(text)


def _core(isbn: str) -> str:
    """What an ISBN of ten figures and its twin of thirteen have in common."""
    return isbn[3:12] if len(isbn) > 10 else isbn[:9]


def years(text: str, *, is_persian: bool) -> list[str]:
    """The last year of a date, in the Gregorian calendar.

    >>> years("12 мая 2008", is_persian=False), years("تابستان 1385", is_persian=True)
    (['2008'], ['2006'])
    """
    found = [int(year) for year in YEAR.findall(text)][-1:]
    return [str(year + 621 if is_persian and year in SOLAR else year) for year in found]


def words(text: str) -> list[str]:
    """Folded words of `text`, without words of labels."""
    parted = STUCK.sub(" ", fold(text.replace("№", " ")))
    return [word for word in parted.split() if word not in LABEL_WORDS]


def bare(text: str) -> str:
    """Letters and digits of `text`."""
    return re.sub(r"\W", "", text)


def is_near(pair: Pair) -> bool:
    """Whether the words of both, joined, have a Levenshtein ratio of at least `NEAR`."""
    gold, ours = (" ".join(words) for words in pair)
    longest, least = max(len(gold), len(ours)), min(len(gold), len(ours))
    return least >= NEAR * longest and distance(gold, ours) <= (1 - NEAR) * longest


def distance(left: str, right: str) -> int:
    """Levenshtein distance: insertions, deletions and replacements of characters.

    >>> distance("kitten", "sitting"), distance("", "abc"), distance("abc", "abc")
    (3, 3, 0)
    """
    row = list(range(len(right) + 1))
    for number, char in enumerate(left, start=1):
        made = [number]
        for (corner, above), other in zip(pairwise(row), right, strict=True):
            made.append(min(above + 1, made[-1] + 1, corner + (char != other)))
        row = made
    return row[-1]
