"""Markers of numbers in a body, as in `[2, p. 15]`, and the numbers they name."""

import re
from collections.abc import Collection
from typing import NamedTuple

from etl.transform.citations.labels import SUPERSCRIPT, number

NUMBER = r"\d{1,3}(?:\s?[-–—]\s?\d{1,3})?"
PAGES = r"\d+(?:\s?[-–—]\s?\d+)?"
LOCATOR = rf"(?:[,:،]\s*(?:[Pp]{{1,2}}|[СсCc]|стр|S|صص?)\.?\s*{PAGES}|:\s*{PAGES})"
"""`, p. 15`, `: 15`, `، ص ۱۵`."""

BRACKETED = re.compile(
    rf"\[\s*{NUMBER}(?:\s*{LOCATOR})?(?:\s*[,;،؛]\s*{NUMBER}(?:\s*{LOCATOR})?)*\s*\]"
)
"""`[1]`, `[1, 3]`, `[2–4]`, `[2, p. 15]`, `[1, с. 5; 3, с. 7]`."""

ROMAN = re.compile(r"\[[ivxl]{1,6}\]")
"""`[iv]`."""

PART = re.compile(rf"(?P<numbers>{NUMBER})(?:\s*{LOCATOR})?")
"""One number or span of numbers of a marker, with its pages."""

RAISED = re.compile(
    rf"(?<=[^\W\d_.,;:!?…)\]»”\"'’])[{SUPERSCRIPT}]{{1,3}}|(?<=[.,;:!?…)\]»”\"'’])[{SUPERSCRIPT}]{{1,3}}"
)
"""`¹` after a word or sign."""

UNIT = re.compile(r"(?:\b|\d)(?:[kcmd]?m|ft|in|yd|км|см|дм|мм|м|متر)$", re.IGNORECASE)
"""Ends in a unit, of which `²` makes a square: `km`."""

ROUND = re.compile(
    r"(?<=[^\W\d_\"”»]\s)\(\s?(?P<numbers>\d{1,3})\s?\)(?=[.,;:]|\s*$)", re.MULTILINE
)
"""`(1)` between a word and a sign; before a word it counts what follows."""

WIDEST = 30
"""Numbers a span may hold; `[1–300]` is no marker."""


class Marker(NamedTuple):
    """A marker in a body and the numbers it names."""

    start: int
    end: int
    labels: tuple[int, ...]


def markers(body: str, known: Collection[int], labels: Collection[str]) -> list[Marker]:
    """Markers in `body`, in order; `known` are the numbers of its reference list.

    Square brackets count wherever they hold nothing but numbers under 1000; raised digits only
    where the list has the number, round brackets and Roman digits where `labels`, those of the
    list as printed, are such.
    """
    found = [_bracketed(body, match) for match in BRACKETED.finditer(body)]
    others = [m for m in RAISED.finditer(body) if not UNIT.search(body[: m.start()][-8:])]
    if any(label.startswith("(") for label in labels):
        others += ROUND.finditer(body)
    if any(ROMAN.fullmatch(f"[{label.strip('[(.)] ')}]") for label in labels):
        others += ROMAN.finditer(body)
    found += [
        Marker(match.start(), match.end(), (label,))
        for match in others
        if (label := number(match.group())) in known
    ]
    return sorted(marker for marker in found if marker.labels)


def _bracketed(body: str, match: re.Match[str]) -> Marker:
    """The marker of a square bracket; without labels where it counts the lines of a list."""
    line_start = body.rfind("\n", 0, match.start()) + 1
    if not body[line_start : match.start()].strip():
        return Marker(match.start(), match.end(), ())
    labels: list[int] = []
    for part in PART.finditer(match.group()):
        labels += _span(part["numbers"])
    return Marker(match.start(), match.end(), tuple(dict.fromkeys(labels)))


def _span(printed: str) -> list[int]:
    """Numbers of `2` or `2–4`; none if it falls or is too wide."""
    ends = [int(value) for value in re.findall(r"\d+", printed)]
    first, last = ends[0], ends[-1]
    if first < 1 or not first <= last <= first + WIDEST:
        return []
    return list(range(first, last + 1))
