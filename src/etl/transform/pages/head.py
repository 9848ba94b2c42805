"""What stands around a title: dateline, bylines and other furniture, up to the text."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.transform.pages import bylines, dateline
from etl.transform.pages.name_shapes import is_signature
from etl.transform.pages.page import Byline
from etl.transform.pages.shapes import LONG_LINE, is_boilerplate, is_truncated
from etl.transform.pages.stamp import Stamp

REACH = 8
"""Lines below a title in which its dateline and byline are looked for."""

REACH_ABOVE = 3
"""Lines above it."""

BELOW_SUMMARY = 3
"""Lines below a summary, a long line under the title, in which a byline is looked for."""

LONGEST_RUBRIC = 60
"""Characters of a rubric, a counter or a place between title and dateline."""


@dataclass
class Head:
    """The title of a page and the furniture around it, by rows."""

    title_row: int
    lines: Sequence[str] = ()
    """All lines of the page."""

    stamp: Stamp | None = None
    authors: list[Byline] = field(default_factory=list)
    """What lines say that they name authors or others."""

    hints: list[Byline] = field(default_factory=list)
    """Names that stand alone beside the date: authors, unless the page names others."""

    furniture: set[int] = field(default_factory=set)
    """Rows that are dateline, byline or the like, and no text."""

    @property
    def around(self) -> Sequence[str]:
        """The lines in which bylines of the title may stand, and the title.

        The first long line below it may be a summary, the second is text.
        """
        first = max(self.title_row - REACH_ABOVE, 0)
        last = min(self.title_row + 1 + REACH, len(self.lines))
        below = range(self.title_row + 1, last)
        long = [row for row in below if len(self.lines[row]) >= LONG_LINE]
        return self.lines[first : long[1] if len(long) > 1 else last]

    def take(self, row: int, line: str) -> bool:
        """Note what `line` says; whether it is a dateline or byline at all."""
        stamp = dateline.read_line(line)
        rest = dateline.without_date(line) if has_digit(line) else line
        found = bylines.read_line(rest)
        if stamp and (self.stamp is None or (self.stamp.is_update and not stamp.is_update)):
            self.stamp = stamp
        if not found and (stamp or (rest != line and line.endswith(rest))):
            self.hints = self.hints or bylines.read_beside(rest)
        self.authors = bylines.once([*self.authors, *found])
        if stamp or found:
            self.furniture.add(row)
        return bool(stamp or found)

    def take_below(self, row: int, label: str, line: str) -> bool:
        """Note the names in `line` that a label of its own, the line above, announces."""
        found = bylines.read_labelled(label, line) if bylines.is_label(label) else []
        if found:
            self.authors = bylines.once([*self.authors, *found])
            self.furniture |= {row - 1, row}
        return bool(found)

    def take_hint(self, row: int, line: str) -> None:
        """Note names that stand alone in `line`, which is next to a dateline."""
        if found := bylines.read_bare(line):
            self.hints = self.hints or found
            self.furniture.add(row)


def has_digit(line: str) -> bool:
    """Whether `line` is short enough for a byline, and may hold a date."""
    return len(line) <= bylines.LONGEST_BYLINE and any(c.isdigit() for c in line)


def around(lines: Sequence[str], title_row: int) -> Head:
    """The head of a page whose title is in row `title_row`."""
    head = Head(title_row, lines, furniture={title_row})
    below = range(title_row + 1, min(title_row + 1 + REACH, len(lines)))
    _read(head, lines, below)
    if head.stamp is None or not head.authors:
        above = range(title_row - 1, max(title_row - 1 - REACH_ABOVE, -1), -1)
        _read_above(head, lines, above)
    return head


def _read(head: Head, lines: Sequence[str], rows: range) -> None:
    """Note datelines and bylines below the title, up to the first line of prose."""
    passed: list[int] = []
    dated = -1
    for row in rows:
        line = lines[row]
        if head.take(row, line):
            head.furniture.update(passed)
            head.hints = head.hints or _bare(lines, passed)
            passed = []
            dated = row if head.stamp else dated
        elif row - 1 > head.title_row and head.take_below(row, lines[row - 1], line):
            passed = []
        elif is_boilerplate(line):
            head.furniture.add(row)
        elif is_signature(line) and (found := bylines.read_bare(line)):
            head.authors = head.authors or found
            head.furniture.add(row)
        elif len(line) >= LONG_LINE:
            _read_below_summary(
                head, lines, range(row + 1, min(row + 1 + BELOW_SUMMARY, rows.stop))
            )
            return
        elif len(line) <= LONGEST_RUBRIC:
            passed.append(row)
            if row - 1 == dated and not (head.authors or head.hints):
                head.take_hint(row, line)


def _read_below_summary(head: Head, lines: Sequence[str], rows: range) -> None:
    """Note names below the first long line, a summary may be: a label or a date tells them."""
    for row in rows:
        line = lines[row]
        if head.authors or len(line) >= LONG_LINE:
            return
        if found := bylines.read_line(line):
            head.authors = found
            head.furniture.add(row)
        elif head.take_below(row, lines[row - 1], line):
            return
        elif row + 1 < len(lines) and dateline.read_line(lines[row + 1]):
            head.take_hint(row, line)


def _bare(lines: Sequence[str], rows: Sequence[int]) -> list[Byline]:
    """Names in the first of `rows` that is nothing but names."""
    return next(filter(None, (bylines.read_bare(lines[row]) for row in rows)), [])


def _read_above(head: Head, lines: Sequence[str], rows: range) -> None:
    """Note what of dateline and byline stands above the title, if not below."""
    for row in rows:
        if len(lines[row]) >= LONG_LINE or is_truncated(lines[row]):
            return
        was = head.stamp, list(head.authors)
        if head.take(row, lines[row]):
            head.stamp = was[0] or head.stamp
            head.authors = was[1] or head.authors
