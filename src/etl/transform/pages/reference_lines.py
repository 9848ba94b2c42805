"""Reference lists among lines of text: their entries and ends.

What counts is the shape of the lines; `reference_block.py` adds what mark-up knows, `plain.py`
what plain text shows.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from etl.transform.pages.reference_shapes import (
    FEATURE,
    LEAST_SHAPED_SHARE,
    YEAR,
    is_shaped,
    is_signed,
    shaped_share,
)
from etl.transform.pages.shapes import LOWERED, SUPERSCRIPT, number_of
from etl.transform.text import SAME_LETTER

SURE = re.compile(rf"{YEAR.pattern}|doi|https?://|www\.|\bisbn\b", re.IGNORECASE)
"""What hardly a list but one of references has in most of its items."""

ALONE = re.compile(
    rf"[\[(]?(?:(\d{{1,3}})|([{SUPERSCRIPT}]{{1,3}})|[a-zа-я]|[ivx]{{1,5}}|\*{{1,3}})[\])]?[.)]?"
)
"""A line that is the label of the next one: `[1]`, `2.`, `3`, `iv.`."""

BARE = re.compile(r"(\d{1,3})\s+(?=[^\W\d]|[\"“«„])")
"""A number without a sign before an item: `1 Karimov`; only a count of them tells anything."""

RULE = re.compile(r"[\s_\-–—=*.·•]{3,}|\W?\s*\* \* \*\s*\W?")
"""A line of signs that parts notes from the text: `_______`."""

LEAST_SURE_SHARE = 0.3
"""Of the entries of a list that must have a year or an address; footnotes often have none."""

LONGEST_REST = 120
"""Characters of a line that may be the rest of the entry above it."""

SHORTEST_ENTRY, LONGEST_ENTRY = 12, 1200
"""Characters of one entry."""

SHORTEST_SIGNED = 40
"""Characters of an entry that only its names tell; `The Rhapsody (2000)` is a film."""


def looks_cited(line: str) -> bool:
    """Whether `line` could be an entry: a year, or anything else that references hold."""
    folded = line.translate(SAME_LETTER)
    fits = SHORTEST_ENTRY <= len(line) <= LONGEST_ENTRY
    return fits and bool(YEAR.search(folded) or FEATURE.search(folded))


def cited_share(lines: Sequence[str]) -> float:
    """Share of `lines` that could be entries, 0 to 1."""
    return sum(map(looks_cited, lines)) / len(lines) if lines else 0.0


def sure_share(lines: Sequence[str]) -> float:
    """Share of `lines` with a year or an address, 0 to 1."""
    sure = sum(bool(SURE.search(line.translate(SAME_LETTER))) for line in lines)
    return sure / len(lines) if lines else 0.0


def is_reference_list(lines: Sequence[str], least_share: float) -> bool:
    """Whether enough of `lines` could be entries, and some beyond doubt: by year or address.

    A lone line needs the shape of a reference, too.
    """
    if len(lines) == 1 and not (is_shaped(lines[0]) or FEATURE.search(lines[0])):
        return False
    return cited_share(lines) >= least_share and sure_share(lines) >= LEAST_SURE_SHARE


def merged(lines: Sequence[str]) -> list[str]:
    """One line per entry: labels on their own join what follows, broken entries are mended.

    >>> merged(["[1]", "Shtoll, The Evolution,", "Moscow, 2004", "[2]", "Sharipov, 2007"])
    ['[1] Shtoll, The Evolution, Moscow, 2004', '[2] Sharipov, 2007']
    """
    entries: list[str] = []
    numbers = [has_number(line) for line in lines]
    if not any(numbers):
        numbers = _bare_counts(lines)
    # A note may stand above the first number; an entry breaks into four lines at most.
    is_numbered = any(numbers[:2]) and 4 * sum(numbers) >= len(lines)
    for line, is_number in zip(lines, numbers, strict=True):
        is_new = is_number or not is_numbered
        if entries and (not is_new or is_label(entries[-1])):
            entries[-1] += f" {line}"
        else:
            entries.append(line)
    return entries


def has_number(line: str) -> bool:
    """Whether `line` begins with the number of an entry, or is one."""
    return number_of(line) is not None or is_label(line)


def is_label(line: str) -> bool:
    """Whether `line` is nothing but the label of an entry: `[1]`, `2.`, `3`."""
    return ALONE.fullmatch(line) is not None


def _bare_counts(lines: Sequence[str]) -> list[bool]:
    """Which of `lines` begin with 1, 2, 3 … without a sign; none unless two do."""
    expected, counted = 1, []
    for line in lines:
        is_next = _bare(line) == expected
        counted.append(is_next)
        expected += is_next
    return counted if expected > 2 else [False] * len(lines)


def _bare(line: str) -> int | None:
    """The number without a sign before `line`."""
    match = BARE.match(line)
    return int(match[1]) if match else None


def numbered_run(lines: Sequence[str], *, start: int = 0) -> range | None:
    """Rows of the last list numbered 1, 2, 3 … that looks like references; None without one.

    At least two entries of `lines` from `start` on; most have the shape of a reference.
    """
    best = None
    for first in range(start, len(lines)):
        if _is_numbered(lines[first], 1):
            rows = _run_from(lines, first)
            # The last entry may go on in the next line.
            rest = [line for line in lines[rows.stop : rows.stop + 1] if len(line) <= LONGEST_REST]
            items = merged([*(lines[row] for row in rows), *rest])
            if len(items) >= 2 and is_reference_run(items):
                best = rows
    return best


def _is_numbered(line: str, number: int) -> bool:
    """Whether `line` is the item of this number in a list, or its number alone."""
    if len(line) <= len("[123]."):
        alone = ALONE.fullmatch(line)
        printed = (alone[1] or alone[2]) if alone else None
        return printed is not None and int(printed.translate(LOWERED)) == number
    return number_of(line) == number or _bare(line) == number


def _run_from(lines: Sequence[str], first: int) -> range:
    """Rows of the numbered list that begins in row `first`, with continuation lines."""
    expected, end = 1, first
    for row in range(first, len(lines)):
        if _is_numbered(lines[row], expected):
            expected, end = expected + 1, row + 1
        elif row == end and is_label(lines[row - 1]):
            end = row + 1
        elif row - end >= 2 or len(lines[row]) > 200:
            break
    return range(first, end)


def is_reference_run(items: Sequence[str]) -> bool:
    """Whether items nothing announces are references: recommendations have not their shape."""
    short = all(len(item) <= LONGEST_ENTRY for item in items)
    return (
        short
        and sure_share(items) >= LEAST_SURE_SHARE
        and shaped_share(items) >= LEAST_SHAPED_SHARE
    )


def signed_run(lines: Sequence[str], *, start: int = 0) -> range | None:
    """Rows of the last list without numbers whose items are references; None without one.

    At least two lines in a row that begin with names, hold a year and look like references.
    """
    rows = [row for row in range(start, len(lines)) if _is_signed(lines[row])]
    if len(rows) < 2:
        return None
    first = rows[-1]
    for above, below in pairwise(reversed(rows)):
        if above - below > 1:
            break
        first = below
    return range(first, rows[-1] + 1) if rows[-1] - first >= 1 else None


def _is_signed(line: str) -> bool:
    """Whether `line` is a reference beyond doubt, without a number."""
    fits = SHORTEST_SIGNED <= len(line) <= LONGEST_ENTRY // 2
    return fits and is_signed(line) and is_shaped(line) and sure_share([line]) > 0
