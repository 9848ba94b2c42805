"""Labels of entries: numbers, letters and marks before an entry, and the count they make."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from etl.transform.citations.scripts import UPPER

SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"

NUMBERED = re.compile(
    rf"(?P<bracket>\[(\d{{1,3}})\])|(?P<paren>\((\d{{1,3}})\)(?=\s))|(?P<dot>(\d{{1,3}})\.(?!\d))"
    rf"|(?P<half>(\d{{1,3}})\))|(?P<dash>(\d{{1,3}})\s?[-–—ـ](?=\s))|(?P<raised>([{SUPERSCRIPT}]{{1,3}}))"
    r"|(?P<bare>(\d{1,3})(?=\s+\D))"
    r"|(?P<roman>\(?[ivxl]{1,6}[.)](?=\s))|(?P<cornered>\[[ivxl]{1,6}\])"
    r"|(?P<letter>\(?[a-zа-яё][.)](?=\s))|(?P<boxed>\[[a-zа-яё]\])"
)
"""At the beginning of a line: `[1]`, `(1)`, `1.`, `1)`, `1 –`, `¹`, `1 `, `iv.`, `[iv]`, `a)`."""

INSIDE = re.compile(
    rf"(?<=\s)(?:(?P<bracket>\[(\d{{1,3}})\])|(?P<raised>([{SUPERSCRIPT}]{{1,3}})))(?=\s?[\w\"“«])"
)
"""`[2]` inside of a line."""

INSIDE_DOT = re.compile(
    rf"(?<=[^\s]{{4}}[.)\]»”\"]\s)(?P<dot>(\d{{1,3}})\.)(?=\s+[\"“«]?[{UPPER}])"
)
"""`2.` inside of a line, after a sentence; `Т. 2. М.` is a volume."""

BULLET = re.compile(r"(?:\*{1,3}|[•●▪◦‣·†‡§]{1,2}|[-–—](?=\s))")
"""`*`, `•`, `– ` at the beginning of a line."""

FARTHEST = 3
"""How many numbers of a list may be missing in a row; chosen by hand."""

EXACT = frozenset(("bare", "roman", "cornered", "letter", "boxed"))
"""Styles that anything could have, so that none may be missing and the first is the first."""

ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
"""Values of Roman digits."""

LETTERS = "abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрстуфхцчшщэюя"
"""Letters as they count; Russian lists leave out `ё`, `й`, `ъ`, `ы`, `ь`."""


class Label(NamedTuple):
    """A label, where it stands, and where its entry begins."""

    text: str | None
    start: int
    entry: int


def numbered(lines: list[tuple[str, int]]) -> list[Label]:
    """Labels of a numbered list; none unless the first line has one or two lines have.

    `lines` are texts and where they start. All labels are of the style of the first and count
    upwards, or start again at 1.
    """
    labels: list[Label] = []
    style, last = "", 0
    for row, (text, start) in enumerate(lines):
        for match in _candidates(text, style, is_alone=len(lines) == 1):
            kind, value = _read(match, style)
            if _is_next(kind, value, style, last, is_first=row == 0):
                style, last = kind, value
                printed = match[str(match.lastgroup)]
                labels.append(Label(printed, start + match.start(), start + match.end()))
    is_exact = style in EXACT
    if not labels or (len(labels) < 2 and (is_exact or labels[0].start != lines[0][1])):
        return []
    return labels


def bulleted(lines: list[tuple[str, int]]) -> list[Label]:
    """Labels of a list whose first line begins with a bullet, or most of whose lines do."""
    matches = [(start, BULLET.match(text)) for text, start in lines]
    marked = [(start, match) for start, match in matches if match]
    if not matches[0][1] and 2 * len(marked) <= len(lines):
        return []
    return [Label(match.group(), start, start + match.end()) for start, match in marked]


def _candidates(text: str, style: str, *, is_alone: bool) -> Iterator[re.Match[str]]:
    """What may be a label in a line: at its beginning, and inside where the style allows."""
    first = NUMBERED.match(text)
    if first:
        yield first
        style = style or str(first.lastgroup)
    if style in ("bracket", "raised"):
        yield from INSIDE.finditer(text, first.end() if first else 0)
    elif style == "dot" and is_alone:
        yield from INSIDE_DOT.finditer(text, first.end() if first else 0)


def _read(match: re.Match[str], style: str) -> tuple[str, int]:
    """Style and number of a label; `i`, `v` and `x` are letters where letters count."""
    kind = str(match.lastgroup)
    of_letters = {"roman": "letter", "cornered": "boxed"}
    if kind in of_letters and style == of_letters[kind]:
        kind = style
    if kind in ("letter", "boxed"):
        return kind, _letter(match.group())
    return kind, number(match.group())


def _letter(label: str) -> int:
    """Place in its alphabet of the only letter in a label, from 1; 0 if it has none."""
    letter = label.strip("([.)] ")
    return next((a.index(letter) + 1 for a in LETTERS if letter and letter in a), 0)


def number(label: str) -> int:
    """The number in a label, whatever is around it, Roman ones too; 0 if there is none.

    >>> number("[12]"), number("¹²"), number("۳."), number("[iv]"), number("*")
    (12, 12, 3, 4, 0)
    """
    digits = "".join(str(SUPERSCRIPT.index(c)) if c in SUPERSCRIPT else c for c in label)
    if found := re.search(r"\d+", digits):
        return int(found.group())
    return _roman(label.strip("([.)] "))


def _roman(digits: str) -> int:
    """The value of a Roman number in small letters; 0 if it is none."""
    values = [ROMAN.get(digit, 0) for digit in digits]
    if not values or 0 in values:
        return 0
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _is_next(kind: str, value: int, style: str, last: int, *, is_first: bool) -> bool:
    """Whether a label of number `value` goes on the count that stands at `last`."""
    if not style:
        # What could be anything begins a list only as its first.
        return value == 1 or (is_first and kind not in EXACT)
    if kind != style:
        return False
    return value == 1 or last < value <= last + (1 if kind in EXACT else FARTHEST)
