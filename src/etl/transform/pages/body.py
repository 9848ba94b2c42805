"""The text of an article out of its tree, and furniture off its lines."""

import re
from collections.abc import Iterator, Sequence

from trafilatura import bare_extraction

from etl.transform.pages import bylines, dateline, dom
from etl.transform.pages.dom import Element
from etl.transform.pages.shapes import is_boilerplate, is_truncated
from etl.transform.text import collapse, fold

PARAGRAPHS = frozenset(("p", "head", "item", "quote", "row", "code", "list", "table", "div", "ab"))
"""Elements of an extracted text that begin and end a line."""

PART = re.compile(r"h[2-6]|li|dt|dd")
"""A block that articles hold besides paragraphs: a heading inside, an item of a list."""

MOST_LOST_SHARE = 0.02
"""Of the text found first that may be missing from the text found the second time."""

TOP_LINES = 6
"""Lines at the top of a text in which its title, date and byline may be repeated."""

LEAST_AGREEMENT = 0.7
"""Share of common words from which a line is taken for the title."""


def extract(tree: Element) -> list[str]:
    """The lines of the main text of a page: paragraphs, headings, items, rows of tables.

    On pages without `<article>` or the like trafilatura keeps paragraphs alone. So where it
    left out headings or items between them, the text it found is marked and taken once more.
    """
    lines = _main_text(tree)
    found = set(lines)
    blocks = dom.blocks(tree)
    rows = [row for row, block in enumerate(blocks) if block.text in found]
    inner = blocks[rows[0] : rows[-1] + 1] if rows else ()
    if not any(PART.fullmatch(block.node.tag) and block.text not in found for block in inner):
        return lines
    _mark(blocks[rows[0]].node, blocks[rows[-1]].node)
    again = _main_text(tree)
    lost = sum(len(line) for line in found.difference(again))
    return again if lost <= MOST_LOST_SHARE * sum(map(len, lines)) else lines


def _main_text(tree: Element) -> list[str]:
    """The lines of the main text as trafilatura finds it."""
    document = bare_extraction(tree, include_comments=False, include_tables=True, deduplicate=False)
    body = getattr(document, "body", None)
    return [] if body is None else _lines(body)


def _mark(first: Element, last: Element) -> None:
    """Put an `<article>` around all that stands between `first` and `last`, in their tree."""
    above = [first, *first.iterancestors()]
    around = next(node for node in (last, *last.iterancestors()) if node in above)
    holder = around.getparent() if around in (first, last) else around
    if holder is None:
        return
    inside = [child for child in holder if _holds(child, first) or _holds(child, last)]
    start, end = holder.index(inside[0]), holder.index(inside[-1]) + 1
    marked = holder.makeelement("article")
    children = list(holder)[start:end]
    holder.insert(start, marked)
    marked.extend(children)


def _holds(node: Element, inner: Element) -> bool:
    """Whether `inner` is `node` or in it."""
    return node is inner or node in inner.iterancestors()


def _lines(body: Element) -> list[str]:
    """The lines of an extracted text, white space collapsed."""
    text = "".join("\0" if piece is None else piece for piece in _pieces(body))
    return [line for part in text.split("\0") if (line := collapse(part).strip("| "))]


def _pieces(node: Element) -> Iterator[str | None]:
    """Pieces of text; None ends a line, cells of a row are parted by a bar."""
    border = None if node.tag in PARAGRAPHS else ""
    yield border
    yield node.text or ""
    if node.tag == "lb":
        yield None
    for child in node:
        yield from _pieces(child)
        if node.tag == "row" and child.tag == "cell":
            yield " | "
        yield child.tail or ""
    yield border


def tidy(lines: Sequence[str], title: str, authors: Sequence[str]) -> list[str]:
    """`lines` without the title, dates and bylines on top, plugs anywhere, teasers at the ends."""
    top = [line for line in lines[:TOP_LINES] if not _is_furniture(line, title, authors)]
    kept = [line for line in (*top, *lines[TOP_LINES:]) if not is_boilerplate(line)]
    return _without_teasers(kept)


def _without_teasers(lines: Sequence[str]) -> list[str]:
    """`lines` without cut-off ones at the top, and without two or more of them at the end.

    A single one at the end may be the text itself, cut by a paywall.
    """
    whole = [row for row, line in enumerate(lines) if not is_truncated(line)]
    if not whole:
        return list(lines)
    end = whole[-1] + 1
    return list(lines[whole[0] : end if len(lines) - end > 1 else len(lines)])


def _is_furniture(line: str, title: str, authors: Sequence[str]) -> bool:
    """Whether `line` repeats title or authors, or is a dateline or byline."""
    ours, theirs = set(fold(line).split()), set(fold(title).split())
    if len(ours & theirs) >= LEAST_AGREEMENT * max(len(ours | theirs), 1):
        return True
    if line in authors or (authors and fold(line) == fold(" ".join(authors))):
        return True
    return bool(dateline.read_line(line) or bylines.read_line(line))
