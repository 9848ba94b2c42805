"""What stands around a title: dateline, bylines and other furniture, up to the text."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.transform.pages import bylines, dateline
from etl.transform.pages.shapes import LONG_LINE, is_boilerplate, is_truncated
from etl.transform.pages.stamp import Stamp

REACH = 8
"""Lines below a title in which its dateline and byline are looked for."""

REACH_ABOVE = 3
"""Lines above it."""

LONGEST_RUBRIC = 60
"""Characters of a rubric, a counter or a place between title and dateline."""


@dataclass
class Head:
    """The title of a page and the furniture around it, by rows."""

    title_row: int
    stamp: Stamp | None = None
    authors: list[str] = field(default_factory=list)
    furniture: set[int] = field(default_factory=set)
    """Rows that are dateline, byline or the like, and no text."""

    def take(self, row: int, line: str) -> bool:
        """Note what `line` says; whether it is a dateline or byline at all."""
        stamp = dateline.read_line(line)
        found = bylines.read_line(dateline.without_date(line) if stamp else line)
        if stamp and (self.stamp is None or (self.stamp.is_update and not stamp.is_update)):
            self.stamp = stamp
        self.authors += [name for name in found if name not in self.authors]
        if stamp or found:
            self.furniture.add(row)
        return bool(stamp or found)


def around(lines: Sequence[str], title_row: int) -> Head:
    """The head of a page whose title is in row `title_row`."""
    head = Head(title_row, furniture={title_row})
    below = range(title_row + 1, min(title_row + 1 + REACH, len(lines)))
    _read(head, lines, below)
    if head.stamp is None or not head.authors:
        above = range(title_row - 1, max(title_row - 1 - REACH_ABOVE, -1), -1)
        _read_above(head, lines, above)
    return head


def _read(head: Head, lines: Sequence[str], rows: range) -> None:
    """Note datelines and bylines below the title, up to the first line of prose."""
    passed: list[int] = []
    for row in rows:
        line = lines[row]
        if head.take(row, line):
            head.furniture.update(passed)
            if not head.authors:
                head.authors = next(filter(None, (bylines.read_bare(lines[p]) for p in passed)), [])
            passed = []
        elif is_boilerplate(line):
            head.furniture.add(row)
        elif bylines.is_signature(line) and (found := bylines.read_bare(line)):
            head.authors = head.authors or found
            head.furniture.add(row)
        elif len(line) >= LONG_LINE:
            return
        elif len(line) <= LONGEST_RUBRIC:
            passed.append(row)


def _read_above(head: Head, lines: Sequence[str], rows: range) -> None:
    """Note what of dateline and byline stands above the title, if not below."""
    for row in rows:
        if len(lines[row]) >= LONG_LINE or is_truncated(lines[row]):
            return
        was = head.stamp, list(head.authors)
        if head.take(row, lines[row]):
            head.stamp = was[0] or head.stamp
            head.authors = was[1] or head.authors
