"""The text of an article out of its tree, line by line; `furniture.py` takes off what is none."""

import re
from collections.abc import Collection, Iterator, Sequence

from trafilatura import bare_extraction

from etl.transform.pages.dom import Block, Element
from etl.transform.pages.furniture import Line, linked_share
from etl.transform.text import collapse

PARAGRAPHS = frozenset(("p", "head", "item", "quote", "row", "code", "list", "table", "div", "ab"))
"""Elements of an extracted text that begin and end a line."""

LEAST_COVERED_SHARE = 0.4
"""Of the text in paragraphs of a page that the quick search must find; below it the thorough one,
which takes twice as long, is asked. Of 481 labelled pages 5% need it; 0.3 and 0.5 score alike."""

SHORTEST_PARAGRAPH = 80
"""Characters from which a block counts as a paragraph of text."""

MOST_LINKED_SHARE = 0.5
"""Of the characters of a block that may stand in links if it is to be put back into the text."""

NO_LETTER = re.compile(r"\W+")
"""What parts words: `, `."""

PUT_BACK = frozenset(("h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "p", "blockquote"))
"""Blocks that a text may hold between its paragraphs and the search leaves out at times."""


def extract(tree: Element, blocks: Sequence[Block]) -> list[Line]:
    """The lines of the main text of a page: paragraphs, headings, items, rows of tables.

    trafilatura finds the text. What it leaves out between two paragraphs that it found, in one
    box with them, is put back: on pages without `<article>` it keeps paragraphs alone.
    """
    most = sum(len(block.text) for block in blocks if len(block.text) >= SHORTEST_PARAGRAPH)
    lines = _main_text(tree, is_quick=True)
    if sum(map(len, lines)) < LEAST_COVERED_SHARE * most:
        lines = _main_text(tree, is_quick=False)
    return _completed(lines, blocks)


def _main_text(tree: Element, *, is_quick: bool) -> list[str]:
    """The lines of the main text as trafilatura finds it."""
    document = bare_extraction(
        tree, fast=is_quick, include_comments=False, include_tables=True, deduplicate=False
    )
    body = getattr(document, "body", None)
    return [] if body is None else _lines(body)


def _completed(lines: Sequence[str], blocks: Sequence[Block]) -> list[Line]:
    """`lines` with the blocks between them that belong to the same text."""
    rows, found_text = _rows(lines, blocks), _bare("".join(lines))
    found = {row for row in rows if row is not None}
    boxes = {box for row in found if (box := blocks[row].node.getparent()) is not None}
    whole: list[Line] = []
    last: int | None = None
    for line, row in zip(lines, rows, strict=True):
        if row is not None:
            if last is not None:
                left_out = (blocks[n] for n in range(last + 1, row) if n not in found)
                # A line may hold several blocks, as an item does with a list in it.
                between = (block for block in left_out if _bare(block.text) not in found_text)
                whole += [Line(block.text, block) for block in between if _belongs(block, boxes)]
            last = row
        whole.append(Line(line) if row is None else _line(line, blocks[row]))
    return whole


def _line(line: str, block: Block) -> Line:
    """`line` with the white space of its block: trafilatura parts marked-up words at times."""
    is_same = line.replace(" ", "") == block.text.replace(" ", "")
    return Line(block.text if is_same else line, block)


def _rows(lines: Sequence[str], blocks: Sequence[Block]) -> list[int | None]:
    """The row of the block each line was taken from, rising; None where it cannot be told."""
    places: dict[str, list[int]] = {}
    for row, block in enumerate(blocks):
        places.setdefault(_bare(block.text), []).append(row)
    rows: list[int | None] = []
    last = -1
    for line in lines:
        place = next((row for row in places.get(_bare(line), ()) if row > last), None)
        last = last if place is None else place
        rows.append(place)
    return rows


def _bare(text: str) -> str:
    """Letters and digits of `text`: around marked-up words white space may differ."""
    return NO_LETTER.sub("", text)


def _belongs(block: Block, boxes: Collection[Element]) -> bool:
    """Whether `block` stands in a box of the text, or in a list in one, and is not all links."""
    node = block.node
    if node.tag not in PUT_BACK:
        return False
    box = node.getparent()
    if box is not None and box.tag in ("ul", "ol", "dl", "blockquote") and box not in boxes:
        box = box.getparent()
    return box in boxes and linked_share(block) <= MOST_LINKED_SHARE


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
