"""A reference list to the spans of its entries."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from etl.transform.citations.scripts import UPPER

Entry = tuple[str | None, int, int]
"""Label as printed, start and end of the entry without it, in code points of the list."""

HEADING_WORDS = (
    r"(?:references?(?:\s+(?:list|cited|and\s+notes))?|bibliography|works\s+cited|literature"
    r"(?:\s+cited)?|list\s+of\s+(?:used\s+)?(?:references|sources|literature)|(?:used\s+)?sources"
    r"|(?:foot|end)?notes?(?:\s+and\s+(?:references|sources))?|citations|further\s+reading"
    r"|литература|список\s+(?:использованн(?:ой|ых)\s+)?(?:литературы|источников)"
    r"(?:\s+и\s+(?:литературы|источников))?|(?:использованн(?:ая|ые)\s+)?(?:литература|источники)"
    r"(?:\s+и\s+литература)?|примечани[яе]|сноски|ссылки|библиография|библиографический\s+список"
    r"|(?:рӯйхати\s+)?адабиёт(?:ҳо|лар)?|сарчашмаҳо|эзоҳ(?:от)?|(?:пайдаланылған\s+)?әдебиеттер"
    r"(?:\s+тізімі)?|(?:колдонулган\s+)?адабияттар|(?:foydalanilgan\s+)?adabiyotlar"
    r"|(?:فهرست\s+)?(?:منابع|مآخذ)(?:\s+و\s+(?:مآخذ|منابع))?|پی[\s\u200c]?نوشت(?:[\s\u200c]?ها)?"
    r"|یادداشت(?:[\s\u200c]?ها)?|پانوشت(?:[\s\u200c]?ها)?|کتابنامه|ارجاعات|المراجع|المصادر|الهوامش"
    r"|kaynak(?:ça|lar)|(?:dip)?notlar|literatur(?:verzeichnis)?|quellen|anmerkungen|fußnoten"
    r"|références(?:\s+bibliographiques)?|bibliographie|bibliografía|referencias|notas)"
)
HEADING = re.compile(rf"\s*(?:\d{{1,2}}\.?\s+)?\W{{0,3}}{HEADING_WORDS}\W*", re.IGNORECASE)
"""A whole line `References:`, `Литература`, `منابع و مآخذ`."""

RUN_IN = re.compile(rf"\s*{HEADING_WORDS}\s*:\s+(?=\S)", re.IGNORECASE)
"""A heading before the first entry of its line: `References: 1. Karimov`."""

SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"

NUMBERED = re.compile(
    rf"(?P<bracket>\[(\d{{1,3}})\])|(?P<paren>\((\d{{1,3}})\)(?=\s))|(?P<dot>(\d{{1,3}})\.(?!\d))"
    rf"|(?P<half>(\d{{1,3}})\))|(?P<raised>([{SUPERSCRIPT}]{{1,3}}))|(?P<bare>(\d{{1,3}})(?=\s+\D))"
)
"""`[1]`, `(1)`, `1.`, `1)`, `¹`, `1 ` at the beginning of a line."""

INSIDE = re.compile(
    rf"(?<=\s)(?:(?P<bracket>\[(\d{{1,3}})\])|(?P<raised>([{SUPERSCRIPT}]{{1,3}})))(?=\s?[\w\"“«])"
)
"""`[2]` inside of a line."""

INSIDE_DOT = re.compile(
    rf"(?<=[^\s]{{4}}[.)\]»”\"]\s)(?P<dot>(\d{{1,3}})\.)(?=\s+[\"“«]?[{UPPER}])"
)
"""`2.` inside of a line, after a sentence; `Т. 2. М.` is a volume."""

BULLET = re.compile(r"(?:\*{1,3}|[•●▪◦‣·†‡§]|[-–—](?=\s))")
"""`*`, `•`, `– ` at the beginning of a line."""

UNFINISHED = re.compile(r"(?:[,:;(\[&/-]|\b(?:and|of|the|in|et|und|и|в|на|по|و|در|از))$")
"""Ends a line that goes on: a comma, `and`."""

FINISHED = re.compile(r"(?:[.!?…؟»”\")\]\d]|\bhttps?://\S+)$")
"""Ends a line that may end an entry: a full stop, a digit, a URL."""

GOES_ON = re.compile(r"(?:[^\W\d_A-ZА-ЯЁ]|[,.;:)\]»”&/]|https?:|www\.|doi\b|\d)")
"""Begins a line that goes on: a small letter, a sign, a URL, a number."""

NAME_FIRST = re.compile(
    rf"[\"“«]|[{UPPER}][\w'’-]+(?:\s[{UPPER}][\w'’-]+)?(?:,\s|\s(?=[{UPPER}]\.))|[{UPPER}]\.\s?[{UPPER}]"
)
"""Begins an entry: `Karimov, `, `Karimov A.`, `A. Karimov`, a quote."""

YEAR = re.compile(r"(?<!\d)(?:1[3-9]\d\d|20\d\d)(?!\d)")
"""A year, as most entries hold one: `2004`, `۱۳۸۷`."""

CASELESS = re.compile(r"[\u0590-\u06ff\u3040-\u9fff]")
"""Letters without capitals, which never tell that a line goes on."""

FARTHEST = 3
"""How many numbers of a list may be missing in a row; chosen by hand."""


class Line(NamedTuple):
    """A line of the list without the white space around it."""

    text: str
    start: int
    after_blank: bool


class Label(NamedTuple):
    """A label, where it stands, and where its entry begins."""

    text: str | None
    start: int
    entry: int


def entries(reference_text: str) -> list[Entry]:
    """Entries of a reference list, in order: label as printed, start, end without the label.

    One entry a line, or entries over several lines; labelled by numbers, bullets or nothing.
    Headings are no entries; a line that goes on belongs to the entry before it.
    """
    found: list[Entry] = []
    for section in _sections(reference_text):
        labels = _numbered(section) or _bulleted(section) or _unlabelled(section)
        ends = [label.start for label in labels[1:]] + [section[-1].start + len(section[-1].text)]
        for label, end in zip(labels, ends, strict=True):
            entry = reference_text[label.entry : end]
            if inner := entry.strip():
                start = label.entry + len(entry) - len(entry.lstrip())
                found.append((label.text, start, start + len(inner)))
    return found


def _sections(text: str) -> Iterator[list[Line]]:
    """Lines between headings; each section is a list of its own, with its own numbers."""
    section: list[Line] = []
    for line in _lines(text):
        if HEADING.fullmatch(line.text):
            if section:
                yield section
            section = []
        elif not section and (run_in := RUN_IN.match(line.text)):
            section = [
                line._replace(text=line.text[run_in.end() :], start=line.start + run_in.end())
            ]
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


def _numbered(section: list[Line]) -> list[Label]:
    """Labels of a numbered section; none unless the first line has one or two lines have.

    All labels are of the style of the first and count upwards, or start again at 1.
    """
    labels: list[Label] = []
    style, number = "", 0
    for line in section:
        for match in _candidates(line, style, len(section) == 1):
            kind, value = str(match.lastgroup), _number(match)
            if _is_next(kind, value, style, number, first=line is section[0]):
                style, number = kind, value
                labels.append(
                    Label(match[kind], line.start + match.start(), line.start + match.end())
                )
    if not labels or (labels[0].start != section[0].start and len(labels) < 2):
        return []
    # What stands before the first number is an entry of its own.
    before = [line for line in section if line.start < labels[0].start]
    return (_unlabelled(before) if before else []) + labels


def _candidates(line: Line, style: str, is_alone: bool) -> Iterator[re.Match[str]]:
    """What may be a label in `line`: at its beginning, and inside where the style allows."""
    first = NUMBERED.match(line.text)
    if first:
        yield first
        style = style or str(first.lastgroup)
    if style in ("bracket", "raised"):
        yield from INSIDE.finditer(line.text, first.end() if first else 0)
    elif style == "dot" and is_alone:
        yield from INSIDE_DOT.finditer(line.text, first.end() if first else 0)


def _number(match: re.Match[str]) -> int:
    """The number of a label."""
    return number(match.group())


def number(label: str) -> int:
    """The number in a label, whatever is around it; 0 if there is none.

    >>> number("[12]"), number("¹²"), number("۳."), number("*")
    (12, 12, 3, 0)
    """
    digits = "".join(str(SUPERSCRIPT.index(c)) if c in SUPERSCRIPT else c for c in label)
    found = re.search(r"\d+", digits)
    return int(found.group()) if found else 0


def _is_next(kind: str, value: int, style: str, last: int, *, first: bool) -> bool:
    """Whether a label of number `value` goes on the count that stands at `last`."""
    if not style:
        # A number without a sign could be anything, unless the list begins with 1.
        return value == 1 or (first and kind != "bare")
    if kind != style:
        return False
    return value == 1 or last < value <= last + (1 if kind == "bare" else FARTHEST)


def _bulleted(section: list[Line]) -> list[Label]:
    """Labels of a section whose first line begins with a bullet."""
    if not BULLET.match(section[0].text):
        return []
    matches = [(line, BULLET.match(line.text)) for line in section]
    return [
        Label(match.group(), line.start, line.start + match.end())
        for line, match in matches
        if match
    ]


def _unlabelled(section: list[Line]) -> list[Label]:
    """Entries of a section without labels: each line that does not go on the one before."""
    labels: list[Label] = []
    entry = ""
    for line in section:
        if not entry or line.after_blank or _begins(entry, line.text):
            labels.append(Label(None, line.start, line.start))
            entry = line.text
        else:
            entry = f"{entry} {line.text}"
    return labels


def _begins(entry: str, line: str) -> bool:
    """Whether `line` begins an entry, after `entry`, which may end there."""
    if UNFINISHED.search(entry) or (GOES_ON.match(line) and not CASELESS.match(line)):
        return False
    if YEAR.search(entry) is None and "://" not in entry and not NAME_FIRST.match(line):
        return bool(FINISHED.search(entry)) and YEAR.search(line) is not None
    return bool(FINISHED.search(entry) or NAME_FIRST.match(line) or YEAR.search(line))
