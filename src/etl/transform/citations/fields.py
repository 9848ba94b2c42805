"""Labelled words of a reference to its fields, as printed, with their spans.

In: the entry and the labels of its words. Out: segments, and the parts of a `Reference` that are
made of them. What follows from the parts (dates, kinds, names) is `normal`'s.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from etl.transform.citations import identifiers, names
from etl.transform.citations.labeller import Labelled
from etl.transform.citations.plain import balanced
from etl.transform.citations.reference import Known, Reference, Segment
from etl.transform.citations.word_labels import LABELS
from etl.transform.text import collapse

OPENED = {"(": ")", "[": "]", "«": "»", "“": "”", "„": "“"}
"""Signs that open and close a part of a field."""

ABBREVIATED = re.compile(r"\b(?:[^\W\d_]{1,2}|[JjSs]r|al|др|диг|соавт|СПб|Mass|Conn|Calif)\Z")
"""The end of a name that keeps its full stop: `A.`, `et al.`, `СПб.`."""

CLOSING = {"title": ("?", "!"), "edition": (".",)}
"""Signs that end a field and are of it."""

COUNTED = re.compile(r"\s?(?:pp?|[сc]тр|[сcsб]|бет|саҳ(?:ифа)?|ص|صفحه)\b\.?", re.IGNORECASE)
"""What says after a number that it counts pages: `83 p`, `340с`."""

STUCK = re.compile(r"[A-Za-z]{1,2}\Z")
"""Letters that stick to the number of a page: `S08003`."""

KEEP_STOP = frozenset(("author", "editor", "place"))
"""Fields that end with the full stop of an abbreviation."""

JOINED = frozenset(("author", "editor", "date", "pages", "volume", "issue"))
"""Fields of which two runs are one where only a word or two of no field part them."""

MOST_BETWEEN = 12
"""Characters between two runs that are one field: ` and `, `. – `, `, pp. `."""

YEAR = re.compile(r"(?<!\d)(?:[1۱١]\d|[2۲٢][0۰٠])\d\d(?!\d)")
"""`1998`, `۱۳۹۲`, `٢٠٠٩`."""


FIRST_YEAR = (1450, 1200)
"""No work is older: the age of print, and of the solar calendar where letters are Arabic."""

LAST_YEAR = 2100


ABOUT = re.compile(r"(?:\bc|\bca|circa|около|прибл|حدود|\d)\.?\s?[–/-]?\s?\Z")
"""`c. ` or `1998–` before a year."""


class Run(NamedTuple):
    """Words `first` to `last`, exclusive, that have one label."""

    label: str
    first: int
    last: int


def segments(raw: str, item: Labelled) -> list[Segment]:
    """Stretches of `raw` that are fields, in order; what is of no field is left out."""
    found: list[Segment] = []
    for run in _runs(item.labels):
        start = item.split.starts[run.first]
        end = item.split.starts[run.last - 1] + len(item.split.words[run.last - 1])
        start, end = _widened(raw, start, end, run.label)
        sure = min(item.sureness[run.first : run.last])
        if found and _is_one(raw, found[-1], start, run.label):
            before = found.pop()
            start, sure = before.start, min(before.confidence, sure)
        found.append(Segment(run.label, start, end, round(sure, 3)))
    return found


def _runs(labels: Sequence[int]) -> Iterator[Run]:
    """Runs of one label, without those of none."""
    first = 0
    for number, group in groupby(labels):
        last = first + len(list(group))
        if number:
            yield Run(LABELS[number], first, last)
        first = last


def _widened(raw: str, start: int, end: int, label: str) -> tuple[int, int]:
    """A span with the signs at its ends that belong to it."""
    if label == "pages":
        start, end = _counted(raw, start, end)
    elif _is_of_it(raw, start, end, label):
        end += 1
    return _closed(raw, start, end)


def _is_of_it(raw: str, start: int, end: int, label: str) -> bool:
    """Whether the sign at `end` is of the field before it."""
    if raw[end : end + 1] == "." and label in KEEP_STOP:
        return ABBREVIATED.search(raw, start, end) is not None
    return raw[end : end + 1] in CLOSING.get(label, ())


def _closed(raw: str, start: int, end: int) -> tuple[int, int]:
    """A span with the other half of brackets and quotes in it, where that stands next to it."""
    part = raw[start:end]
    for opening, closing in OPENED.items():
        more = part.count(opening) - part.count(closing)
        if more > 0 and raw[end : end + 2].lstrip(".")[:1] == closing:
            end = raw.index(closing, end) + 1
        elif more < 0 and raw[start - 1 : start] == opening:
            start -= 1
    if part.count('"') % 2 and raw[end : end + 1] == '"':
        end += 1
    return start, end


def _counted(raw: str, start: int, end: int) -> tuple[int, int]:
    """A span of pages with the word for them after it and letters that stick to its number."""
    if counted := COUNTED.match(raw, end):
        end = counted.end()
    if raw[start].isdecimal() and (stuck := STUCK.search(raw, max(0, start - 2), start)):
        start = stuck.start()
    return start, end


def _is_one(raw: str, before: Segment, start: int, label: str) -> bool:
    """Whether a run that begins at `start` goes on with the segment before it."""
    return label in JOINED and before.field == label and start - before.end <= MOST_BETWEEN


def reference(raw: str, found: Sequence[Segment], known: Known) -> Reference:
    """The parts of an entry, of the surest and longest segment of each field, with the `known`."""
    chosen = {name: _text(raw, item) for name, item in _chosen(found).items()}
    dates = [_text(raw, item) for item in found if item.field == "date"]
    first = FIRST_YEAR[known["language"] in ("fa", "ar")]
    years = [int(y) for date in dates for y in YEAR.findall(date) if first <= int(y) < LAST_YEAR]
    return Reference(
        authors=names.split(chosen["author"]) if "author" in chosen else (),
        editors=names.split(chosen["editor"]) if "editor" in chosen else (),
        title=chosen.get("title"),
        container_title=chosen.get("container"),
        year=years[-1] if years else None,
        volume=chosen.get("volume"),
        issue=chosen.get("issue"),
        pages=chosen.get("pages"),
        publisher=chosen.get("publisher"),
        place=chosen.get("place"),
        series=chosen.get("series"),
        edition=chosen.get("edition"),
        arxiv=identifiers.labelled_arxiv(chosen.get("arxiv", "")),
        date_printed=_dated(raw, found),
        segments=tuple(found),
        **known,
    )


def _dated(raw: str, found: Sequence[Segment]) -> str | None:
    """The last date with a year; None where `about` before it may be of it, which has no label."""
    for item in reversed(found):
        if item.field == "date" and YEAR.search(raw, item.start, item.end):
            is_told = ABOUT.search(raw, max(0, item.start - 10), item.start) is None
            return _text(raw, item) if is_told else None
    return None


def _text(raw: str, item: Segment) -> str:
    """What is printed in a segment, on one line."""
    return balanced(collapse(raw[item.start : item.end]))


def _chosen(found: Sequence[Segment]) -> dict[str, Segment]:
    """Of each field the segment that holds the most, weighed by how sure it is."""
    best: dict[str, Segment] = {}
    for item in found:
        kept = best.get(item.field)
        if kept is None or _weight(item) > _weight(kept):
            best[item.field] = item
    return best


def _weight(item: Segment) -> float:
    """Length times confidence."""
    return (item.end - item.start) * item.confidence
