"""The text of an article out of its tree, line by line.

`placed.py` ties the lines to blocks, `furniture.py` takes off what is no text.
"""

from collections.abc import Iterator, Sequence

from trafilatura import bare_extraction

from etl.transform.pages import placed
from etl.transform.pages.dom import Block, Element
from etl.transform.pages.furniture import Line
from etl.transform.pages.shapes import SHORTEST_PARAGRAPH
from etl.transform.text import collapse

PARAGRAPHS = frozenset(("p", "head", "item", "quote", "row", "code", "list", "table", "div", "ab"))
"""Elements of an extracted text that begin and end a line."""

LINES = frozenset(("p", "head", "item", "cell"))
"""Those of them in which code goes on in its line."""

LEAST_COVERED_SHARE = 0.3
"""Of the text in paragraphs of a page that the quick search must find; below it the thorough one,
which takes twice as long, is asked. Of 481 labelled pages 4% need it; with 0.4 or 0.5 the one set
scores less and the other alike."""


def extract(tree: Element, blocks: Sequence[Block]) -> list[Line]:
    """The lines of the main text of a page: paragraphs, headings, items, rows of tables.

    trafilatura finds the text. What it leaves out between two paragraphs that it found, in one
    box with them, is put back: on pages without `<article>` it keeps paragraphs alone.
    """
    most = sum(len(block.text) for block in blocks if len(block.text) >= SHORTEST_PARAGRAPH)
    lines = _main_text(tree, is_quick=True)
    if sum(map(len, lines)) < LEAST_COVERED_SHARE * most:
        lines = _main_text(tree, is_quick=False)
    return placed.completed(lines, blocks)


def _main_text(tree: Element, *, is_quick: bool) -> list[str]:
    """The lines of the main text as trafilatura finds it."""
    document = bare_extraction(
        tree, fast=is_quick, include_comments=False, include_tables=True, deduplicate=False
    )
    body = getattr(document, "body", None)
    return [] if body is None else _lines(body)


def _lines(body: Element) -> list[str]:
    """The lines of an extracted text, white space collapsed."""
    text = "".join("\0" if piece is None else piece for piece in _pieces(body))
    return [line for part in text.split("\0") if (line := collapse(part).strip("| "))]


def _is_word(node: Element) -> bool:
    """Whether code stands among the words of a line."""
    parent = node.getparent()
    return node.tag == "code" and parent is not None and parent.tag in LINES


def _pieces(node: Element) -> Iterator[str | None]:
    """Pieces of text; None ends a line, cells of a row are parted by a bar."""
    border = None if node.tag in PARAGRAPHS and not _is_word(node) else ""
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
