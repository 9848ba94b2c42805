"""Reference lists and notes among the lines of a plain text page."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from etl.transform.pages.reference_lines import (
    RULE,
    has_number,
    is_reference_list,
    looks_cited,
    merged,
    numbered_run,
    signed_run,
)
from etl.transform.pages.shapes import number_of
from etl.transform.reference_headings import is_heading

SENTENCE_END = re.compile(r"[.!?؟…][\"'”»)\]]*$")
"""Ends a line that ends a note, as far as one can see."""

EARLIEST_SHARE = 0.3
"""Of the lines of a text that stand above a list found by its heading."""


class Line(NamedTuple):
    """One line that is not empty."""

    text: str
    is_after_gap: bool
    """Whether an empty line stands above it."""
    is_indented: bool = False
    """Whether white space stands before it."""


class References(NamedTuple):
    """The lists of a page: the rows they take, headings and lines of signs among them, as text."""

    rows: frozenset[int]
    entries: tuple[str, ...]


def find(lines: Sequence[Line], start: int, end: int) -> References:
    """The reference lists in the rows from `start` to `end`.

    Below a heading, below lines of signs on each page, or known by numbers or names at the end.
    """
    texts = [line.text for line in lines[:end]]
    listed = _headed(lines, start, end)
    lists = [listed] if listed else _below_rules(lines, start, end)
    if not lists and (last := _last(lines, texts, start, end)):
        lists = [last]
    rows = [row for one in lists for row in _with_rule(texts, one)]
    kept = [row for row in rows if not RULE.fullmatch(texts[row])]
    entries = merged(_unhung([lines[row] for row in kept if not is_heading(texts[row])]))
    return References(frozenset(rows), tuple(entries))


def _headed(lines: Sequence[Line], start: int, end: int) -> range | None:
    """Rows of the first list below a heading, with the heading."""
    for row in range(start + int((end - start) * EARLIEST_SHARE), end):
        if is_heading(lines[row].text):
            last = _end_of_list(lines, row, end)
            items = merged(_unhung(lines[row + 1 : last]))
            if is_reference_list(items, 0.5):
                return range(row, last)
    return None


def _end_of_list(lines: Sequence[Line], heading_row: int, end: int) -> int:
    """The row after the last entry: what stands apart at the end may be no entry any more."""
    while end > heading_row + 1:
        line = lines[end - 1]
        is_entry = looks_cited(line.text) or number_of(line.text) is not None
        if is_entry or not line.is_after_gap:
            break
        end -= 1
    return end


def _below_rules(lines: Sequence[Line], start: int, end: int) -> list[range]:
    """Rows of the notes below each line of signs, with that line; none if they are no notes."""
    found = [
        rows
        for row in range(start, end - 1)
        if RULE.fullmatch(lines[row].text) and len(rows := _notes(lines, row, end)) > 1
    ]
    items = [item for rows in found for item in _items(lines, rows)]
    return found if is_reference_list(items, 0.5) else []


def _notes(lines: Sequence[Line], rule: int, end: int) -> range:
    """The rows of the numbered notes below the line of signs in row `rule`, and that row."""
    last = rule + 1
    while last < end and (has_number(lines[last].text) or _is_rest(lines, rule, last)):
        last += 1
    return range(rule, last)


def _is_rest(lines: Sequence[Line], rule: int, row: int) -> bool:
    """Whether the line in `row` is the rest of the note above it, which has not ended yet."""
    is_below = row > rule + 1 and not lines[row].is_after_gap
    return is_below and SENTENCE_END.search(lines[row - 1].text) is None


def _items(lines: Sequence[Line], rows: range) -> Iterator[str]:
    """The notes in `rows`, without the line of signs."""
    yield from merged([lines[row].text for row in rows[1:]])


def _last(lines: Sequence[Line], texts: Sequence[str], start: int, end: int) -> range | None:
    """Rows of a list nothing announces, if it stands at the end."""
    for rows in (numbered_run(texts, start=start), signed_run(texts, start=start)):
        if rows is None:
            continue
        last = rows.stop
        while last < end and not lines[last].is_after_gap:
            last += 1
        if end - last <= 2:
            return range(rows.start, last)
    return None


def _with_rule(texts: Sequence[str], rows: range) -> range:
    """`rows` with a line of signs right above."""
    above = rows.start - 1
    return range(above, rows.stop) if above >= 0 and RULE.fullmatch(texts[above]) else rows


def _unhung(lines: Sequence[Line]) -> list[str]:
    """Lines with those that hang below the first of their entry joined to it."""
    is_hung = bool(lines) and not lines[0].is_indented
    joined: list[str] = []
    for line in lines:
        if is_hung and line.is_indented and not has_number(line.text):
            joined[-1] += f" {line.text}"
        else:
            joined.append(line.text)
    return joined
