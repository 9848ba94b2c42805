"""Lines of a text to the blocks they were read from, and the text whole again.

In come the lines that trafilatura finds and the blocks of the page; out go the lines of the text,
each with its block, with those between them that it left out. Lines and blocks are known by their
letters alone: around marked-up words white space may differ.
"""

import re
from collections.abc import Collection, Sequence

from etl.transform.pages.dom import Block, Element, marks
from etl.transform.pages.furniture import SENTENCE_END, Line, linked_share
from etl.transform.pages.reference_sections import SITE_PART
from etl.transform.pages.shapes import SHORTEST_PARAGRAPH

MOST_LINKED_SHARE = 0.5
"""Of the characters of a block that may stand in links if it is to be put back into the text."""

NO_LETTER = re.compile(r"\W+")
"""What parts words: `, `."""

LONGEST_BLOCK = 400
"""Characters of a line that was not put together from several blocks."""

PUT_BACK = frozenset(("h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "p", "blockquote"))
"""Blocks that a text may hold between its paragraphs and the search leaves out at times."""

DEEPEST_PROSE = 3
"""Levels at which such a box may be."""

ASIDES = frozenset(("aside", "figure", "figcaption", "form", "nav", "footer", "header", "details"))
"""Boxes of other things than the text."""

LISTS = frozenset(("ul", "ol", "dl", "blockquote"))
"""Elements that stand between such a block and the box of the text."""


def completed(lines: Sequence[str], blocks: Sequence[Block]) -> list[Line]:
    """`lines` with their blocks, and with the blocks between them that belong to the same text."""
    keys = [_key(block.text) for block in blocks]
    lines = [each for line in lines for each in _parted(line, blocks, keys)]
    rows, found_text = _rows(lines, keys), _key("".join(lines))
    found = {row for row in rows if row is not None}
    boxes = {box for row in found if (box := blocks[row].node.getparent()) is not None}
    whole: list[Line] = []
    last: int | None = None
    for line, row in zip(lines, rows, strict=True):
        if row is not None and last is not None:
            # A line may hold several blocks, as an item does with a list in it.
            between = (n for n in range(last + 1, row) if n not in found)
            left_out = (blocks[n] for n in between if keys[n] not in found_text)
            whole += [Line(block.text, block) for block in left_out if _belongs(block, boxes)]
        last = last if row is None else row
        whole.append(Line(line) if row is None else _line(line, blocks[row]))
    return whole


def _key(text: str) -> str:
    """Letters and digits of `text`."""
    return NO_LETTER.sub("", text)


def _parted(line: str, blocks: Sequence[Block], keys: Sequence[str]) -> list[str]:
    """`line`, or the blocks it was put together from: a last resort of trafilatura does that."""
    if len(line) < LONGEST_BLOCK or (whole := _key(line)) in keys:
        return [line]
    place, parts = 0, []
    for block, key in zip(blocks, keys, strict=True):
        if key and whole.startswith(key, place):
            place += len(key)
            parts.append(block.text)
    return parts if len(parts) > 1 and place == len(whole) else [line]


def _rows(lines: Sequence[str], keys: Sequence[str]) -> list[int | None]:
    """The row of the block each line was taken from, rising; None where it cannot be told."""
    places: dict[str, list[int]] = {}
    for row, key in enumerate(keys):
        places.setdefault(key, []).append(row)
    rows: list[int | None] = []
    last = -1
    for line in lines:
        place = next((row for row in places.get(_key(line), ()) if row > last), None)
        last = last if place is None else place
        rows.append(place)
    return rows


def _line(line: str, block: Block) -> Line:
    """`line` with the white space of its block: trafilatura parts marked-up words at times."""
    is_same = line.replace(" ", "") == block.text.replace(" ", "")
    return Line(block.text if is_same else line, block)


def _belongs(block: Block, boxes: Collection[Element]) -> bool:
    """Whether `block` stands in a box of the text, or in a list in one, and is not all links."""
    node = block.node
    is_prose = len(block.text) >= SHORTEST_PARAGRAPH and SENTENCE_END.search(block.text) is not None
    if not is_prose and node.tag not in PUT_BACK:
        return False
    box = node.getparent()
    for _ in range(DEEPEST_PROSE if is_prose else 1):
        if box is None or box in boxes or not (is_prose or box.tag in LISTS):
            break
        if SITE_PART.search(marks(box)) or box.tag in ASIDES:
            return False
        box = box.getparent()
    return box in boxes and linked_share(block) <= MOST_LINKED_SHARE
