"""Plain text pages: teasers, title, dateline, byline, text, references and footer by shape."""

import re
from collections.abc import Sequence
from datetime import tzinfo
from itertools import pairwise
from unicodedata import normalize

from etl.errors import NoArticleFound
from etl.transform.pages import bylines, dateline, head, plain_references, published, teasers
from etl.transform.pages.name_shapes import is_signature
from etl.transform.pages.page import Page
from etl.transform.pages.plain_references import Line
from etl.transform.pages.shapes import (
    LONG_LINE,
    is_boilerplate,
    is_title_like,
    is_truncated,
    number_of,
)
from etl.transform.reference_headings import is_heading
from etl.transform.text import collapse

LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
"""Any line break."""

LONGEST_WRAPPED = 100
"""Characters: text broken into lines by hand or by a mail program has no longer ones."""


def read(text: str, zone: tzinfo) -> Page:
    """The article of a plain text page.

    Raises:
        NoArticleFound: No line of the page could be its title.
    """
    lines = _lines(text)
    texts = [line.text for line in lines]
    found = head.around(texts, _title_row(texts))
    start = max(found.furniture | {found.title_row}) + 1
    end = _footer_row(texts, start)
    references = plain_references.find(lines, start, end)
    body = [
        texts[row]
        for row in range(found.title_row + 1, end)
        if row not in references.rows and row not in found.furniture
    ]
    return Page(
        title=texts[found.title_row],
        published=published.of_dateline(found.stamp, zone) if found.stamp else None,
        authors=tuple(found.authors),
        body="\n".join(body),
        reference_text="\n".join(references.entries) or None,
        body_method="text",
        teasers=teasers.of_lines([*texts[: found.title_row], *texts[end:]]),
    )


def _lines(text: str) -> list[Line]:
    """The lines of `text`, white space collapsed; wrapped paragraphs as one line each."""
    printed = LINE_BREAK.split(normalize("NFC", text))
    raw = [collapse(line) for line in printed]
    lines = [
        Line(line, not above, is_indented=whole[0].isspace())
        for above, line, whole in zip(["", *raw], raw, printed, strict=False)
        if line
    ]
    return _unwrapped(lines) if _is_wrapped(lines) else lines


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether paragraphs are broken into lines and parted by empty lines."""
    inner = [
        len(line.text)
        for line, below in pairwise(lines)
        if not below.is_after_gap and number_of(below.text) is None
    ]
    widest = max((len(line.text) for line in lines), default=0)
    full = sum(length >= 0.75 * widest for length in inner)
    return len(inner) >= 5 and widest <= LONGEST_WRAPPED and full >= 0.7 * len(inner)


def _unwrapped(lines: Sequence[Line]) -> list[Line]:
    """`lines` with those of a paragraph joined; items of lists stay apart."""
    joined: list[Line] = []
    for line in lines:
        if joined and _goes_on(joined[-1], line):
            above = joined.pop()
            joined.append(above._replace(text=f"{above.text} {line.text}"))
        else:
            joined.append(line)
    return joined


def _goes_on(paragraph: Line, line: Line) -> bool:
    """Whether `line` belongs to the paragraph above it."""
    is_apart = line.is_after_gap or number_of(line.text) is not None
    return not (is_apart or is_heading(paragraph.text) or is_heading(line.text))


def _title_row(lines: Sequence[str]) -> int:
    """The row of the title: beside the dateline, else the first short line above prose.

    Raises:
        NoArticleFound: There is none.
    """
    for row in range(min(len(lines), max(12, len(lines) * 2 // 5))):
        if dateline.read_line(lines[row]):
            title = _title_above(lines, row)
            if title is None:
                title = _title_below(lines, row)
            if title is not None:
                return title
    for row in range(len(lines) - 1):
        if is_title_like(lines[row]) and _is_prose(lines[row + 1 : row + 4]):
            return row
        if len(lines[row]) > LONG_LINE and not is_truncated(lines[row]):
            break
    raise NoArticleFound(f"none of {len(lines)} lines looks like a title; the page was left out")


def _title_above(lines: Sequence[str], row: int) -> int | None:
    """The title above the dateline in `row`; bylines may stand between them."""
    for title in range(row - 1, max(row - 4, -1), -1):
        line = lines[title]
        if bylines.read_line(line) or dateline.read_line(line) or is_signature(line):
            continue
        if is_title_like(line) and not _is_rubric(lines, title, row):
            return title
        if len(line) > LONG_LINE or is_truncated(line):
            break
    return None


def _is_rubric(lines: Sequence[str], row: int, dateline_row: int) -> bool:
    """Whether a short line above the dateline is a name of site or section: the title follows."""
    below = lines[dateline_row + 1 : dateline_row + 3]
    is_short = len(lines[row].split()) <= 3
    return is_short and len(below) == 2 and is_title_like(below[0]) and len(below[1]) > LONG_LINE


def _title_below(lines: Sequence[str], row: int) -> int | None:
    """The title in one of the two lines below the dateline in `row`."""
    for title in range(row + 1, min(row + 3, len(lines) - 1)):
        if is_title_like(lines[title]) and not bylines.read_line(lines[title]):
            return title
    return None


def _is_prose(lines: Sequence[str]) -> bool:
    """Whether the next long line, bylines left out, is text and no teaser."""
    for line in lines:
        if len(line) > LONG_LINE:
            return not is_truncated(line)
        if not (bylines.read_line(line) or bylines.read_bare(line)):
            return False
    return False


def _footer_row(lines: Sequence[str], start: int) -> int:
    """The row where boilerplate and teasers begin that end the page; `len(lines)` without any."""
    end = len(lines)
    while end > start and (is_boilerplate(lines[end - 1]) or is_truncated(lines[end - 1])):
        end -= 1
    earliest = start + (end - start) * 4 // 5
    for row in range(earliest, end):
        if is_boilerplate(lines[row]) and not any(map(_is_text, lines[row:end])):
            return row
    return end


def _is_text(line: str) -> bool:
    """Whether `line` is prose or a reference, so that no footer can hold it."""
    is_long = len(line) > 250 and not is_truncated(line)
    return is_long or is_heading(line) or number_of(line) is not None
