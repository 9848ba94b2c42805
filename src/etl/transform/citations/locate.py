"""A reference list to the spans of its entries."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from etl.transform.citations import labels, several
from etl.transform.citations.labels import Label
from etl.transform.citations.scripts import UPPER
from etl.transform.reference_headings import is_heading, run_in
from etl.transform.text import SAME_LETTER

Entry = tuple[str | None, int, int]
"""Label as printed, start and end of the entry without it, in code points of the list."""

UNFINISHED = re.compile(r"(?:[,:;(\[&/-]|\b(?:and|of|the|in|et|und|и|в|на|по|و|در|از))$")
"""Ends a line that goes on: a comma, `and`."""

FINISHED = re.compile(r"(?:[.!?…؟»”\")\]\d]|\bhttps?://\S+)$")
"""Ends a line that may end an entry: a full stop, a digit, a URL."""

GOES_ON = re.compile(r"(?:[^\W\d_A-ZА-ЯЁ]|[,.;:)\]»”&/]|https?:|www\.|doi\b|\d)")
"""Begins a line that goes on: a small letter, a sign, a URL, a number."""

NAME_FIRST = re.compile(
    rf"(?:(?:van|von|de|da|di|al|el|du|ter)[ -](?:(?:der|den|la)\s)?)?"
    rf"(?:[{UPPER}][\w'’-]+(?:\s[{UPPER}][\w'’-]+)?(?:,\s|\s(?=[{UPPER}]\.)|\set\sal\b|\s(?=[{UPPER}]{{1,3}}(?:[,.]|\set\sal\b))"
    rf"|\s\(\d{{4}})|[{UPPER}]\.\s?[{UPPER}])|[\"“«]"
)
"""Begins an entry: `Karimov, `, `Karimov A.`, `van Dort M`, `A. Karimov`, a quote."""

YEAR = re.compile(r"(?<!\d)(?:1[3-9]\d\d|20\d\d)(?!\d)")
"""A year, as most entries hold one, digits in ASCII: `2004`."""

CASELESS = re.compile(r"[\u0590-\u06ff\u3040-\u9fff]")
"""Letters without capitals, which never tell that a line goes on."""

LEAST_DATED_SHARE = 0.7
"""Of the lines of a list with a year or URL, from which each line is taken for an entry."""

LONGEST_TAIL = 4
"""Lines below the last number from which they are entries of their own, if most have a year."""


class Line(NamedTuple):
    """A line of the list without the white space around it."""

    text: str
    start: int
    after_blank: bool


def entries(reference_text: str) -> list[Entry]:
    """Entries of a reference list, in order: label as printed, start, end without the label.

    One entry a line, or entries over several lines; labelled by numbers, letters, bullets or
    nothing. Headings are no entries; a line that goes on belongs to the entry before it. Several
    works in one note are entries of their own, all with its label.
    """
    found: list[Entry] = []
    for section in _sections(reference_text):
        listed = _labels(section)
        ends = [label.start for label in listed[1:]] + [section[-1].start + len(section[-1].text)]
        for label, end in zip(listed, ends, strict=True):
            entry = reference_text[label.entry : end]
            for start, stop in several.parts(entry):
                found.append((label.text, label.entry + start, label.entry + stop))
    return found


def _sections(text: str) -> Iterator[list[Line]]:
    """Lines between headings; each section is a list of its own, with its own numbers."""
    section: list[Line] = []
    for line in _lines(text):
        if is_heading(line.text):
            if section:
                yield section
            section = []
        elif not section and (start := run_in(line.text)):
            section = [line._replace(text=line.text[start:], start=line.start + start)]
        else:
            section.append(line)
    if section:
        yield section


def _lines(text: str) -> Iterator[Line]:
    """Lines of `text` that hold anything."""
    start, after_blank = 0, False
    for line in text.split("\n"):
        if inner := line.strip():
            yield Line(inner, start + line.index(inner[0]), after_blank)
        after_blank = not inner
        start += len(line) + 1


def _labels(section: Sequence[Line]) -> list[Label]:
    """The labels of a section, or where its entries begin."""
    lines = [(line.text, line.start) for line in section]
    if found := labels.numbered(lines):
        # What stands before the first number is an entry of its own.
        before = [line for line in section if line.start < found[0].start]
        after = _tail(section, found[-1].start)
        return (_unlabelled(before) if before else []) + found + after
    return _bulleted(section, lines) or _unlabelled(section)


def _tail(section: Sequence[Line], last: int) -> list[Label]:
    """Entries below the last number, at `last`, if they are more than the rest of its entry."""
    below = [line for line in section if line.start > last]
    dated = sum(_is_dated(line.text) for line in below)
    if len(below) < LONGEST_TAIL or dated < LEAST_DATED_SHARE * len(below):
        return []
    return _unlabelled(below)


def _bulleted(section: Sequence[Line], lines: list[tuple[str, int]]) -> list[Label]:
    """Labels of a section with bullets; where its first line has none, lines without stay apart."""
    found = labels.bulleted(lines)
    if not found or found[0].start == section[0].start:
        return found
    marked = {label.start: label for label in found}
    return [marked.get(label.start, label) for label in _unlabelled(section)]


def _unlabelled(section: Sequence[Line]) -> list[Label]:
    """Entries of a section without labels: each line that does not go on the one before."""
    dated = sum(_is_dated(line.text) for line in section)
    is_each = dated >= LEAST_DATED_SHARE * len(section)
    found: list[Label] = []
    entry = ""
    for line in section:
        # Where no line has a year, they are titles of pages or the like.
        is_title = dated == 0 and not _goes_on(entry, line.text)
        is_new = is_title or _begins(entry, line.text, is_each=is_each)
        if not entry or line.after_blank or is_new:
            found.append(Label(None, line.start, line.start))
            entry = line.text
        else:
            entry = f"{entry} {line.text}"
    return found


def _is_dated(text: str) -> bool:
    """Whether `text` has a year or URL, as most entries do."""
    return _has_year(text) or "://" in text


def _has_year(text: str) -> bool:
    """Whether `text` has a year, in digits of any script."""
    return YEAR.search(text.translate(SAME_LETTER)) is not None


def _goes_on(entry: str, line: str) -> bool:
    """Whether `entry` cannot end where `line` begins: a comma before, a small letter after it."""
    if "://" in entry and line.startswith("http"):
        return False
    if UNFINISHED.search(entry):
        return True
    is_rest = GOES_ON.match(line) and not CASELESS.match(line)
    return bool(is_rest) and NAME_FIRST.match(line) is None


def _begins(entry: str, line: str, *, is_each: bool) -> bool:
    """Whether `line` begins an entry, after `entry`; `is_each` if most lines of the list do."""
    if _goes_on(entry, line):
        return False
    is_named = NAME_FIRST.match(line) is not None
    is_finished = FINISHED.search(entry) is not None
    if not _is_dated(entry) and not is_named:
        return is_each and is_finished and _has_year(line)
    if not is_each and not is_named and len(line) < len(entry) and not _has_year(line):
        return False
    return is_finished or is_named or _has_year(line)
