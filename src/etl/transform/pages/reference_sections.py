"""Reference lists below their headings, among the blocks of a page.

Other ways to find lists are in `reference_block.py`, which asks here.
"""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from etl.transform.pages.dom import HEADING, Block, Element, marks, text_of
from etl.transform.pages.reference_lines import (
    LONGEST_ENTRY,
    LONGEST_REST,
    has_number,
    is_label,
    is_reference_list,
    is_reference_run,
    looks_cited,
    merged,
)
from etl.transform.pages.reference_shapes import FEATURE, is_shaped
from etl.transform.pages.shapes import is_boilerplate, number_of
from etl.transform.reference_headings import is_heading, run_in
from etl.transform.text import word_count

SITE_PART = re.compile(
    r"comment|related|share|social|\bnav|menu|sidebar|newsletter|cookie|breadcrumb|widget",
    re.IGNORECASE,
)
"""Class or id of parts of the site that hold no references."""

EARLIEST_SHARE = 0.25
"""Of the text of the page that must stand above a list found by its heading."""

LEAST_LINKED_SHARE = 0.5
"""Of the text of an item that must be links to other sites, if links make it a source."""

LEAST_WORDS = 3.5
"""Words of an item on average, if links make it a source; items of menus have one or two."""

LONGEST_PROSE = 240
"""Characters; a longer line without a mark of a reference but a year is prose below the list."""

INNER_NUMBER = re.compile(r"(?<=[.)\]»”\"]\s)\(?\[?\d{1,3}[.)\]](?=\s)")
"""A number inside of a line, after a sentence: `2.`."""


class Found(NamedTuple):
    """Rows of one list among the blocks of a page."""

    entries: list[int]
    headings: list[int]


def below_headings(blocks: Sequence[Block]) -> list[Found]:
    """Lists below a line that heads them, up to the next heading or prose."""
    earliest = EARLIEST_SHARE * length(blocks)
    above = 0
    lists = []
    for row, block in enumerate(blocks):
        if above >= earliest:
            if is_heading(block.text):
                entries = _entries_below(blocks, row)
                if entries and _is_list(blocks, entries):
                    lists.append(Found(entries, [row]))
            elif _is_run_in(block.text):
                lists.append(Found([row], []))
        above += len(block.text)
    return lists


def length(blocks: Sequence[Block]) -> int:
    """Characters of all `blocks`."""
    return sum(len(block.text) for block in blocks)


def texts(blocks: Sequence[Block], rows: Sequence[int]) -> list[str]:
    """The text of the blocks in `rows`, as entries."""
    return merged([blocks[row].text for row in rows])


def is_site_part(node: Element, around: Collection[Element] = ()) -> bool:
    """Whether `node` is in a part of the site that `around` is not in."""
    inside = (each for each in (node, *node.iterancestors()) if each not in around)
    return any(SITE_PART.search(marks(each)) for each in inside if each.tag not in ("body", "html"))


def _is_list(blocks: Sequence[Block], rows: Sequence[int]) -> bool:
    """Whether the blocks in `rows`, below a heading, are references."""
    return is_reference_list(texts(blocks, rows), 0.6) or _are_linked([blocks[r] for r in rows])


def _are_linked(items: Sequence[Block]) -> bool:
    """Whether `items` are titles of pages elsewhere: items of links, longer than those of menus."""
    words = sum(word_count(item.text) for item in items)
    if len(items) < 2 or words < LEAST_WORDS * len(items):
        return False
    shares = [_linked_share(item) for item in items]
    return min(shares) > 0 and 2 * sum(s >= LEAST_LINKED_SHARE for s in shares) >= len(items)


def _is_run_in(text: str) -> bool:
    """Whether `text` is a whole numbered list behind its heading: `References: 1. Karimov`."""
    start = run_in(text)
    if start == 0 or number_of(text[start:]) is None:
        return False
    cuts = [start, *(m.start() for m in INNER_NUMBER.finditer(text, start)), len(text)]
    items = [text[one:two] for one, two in pairwise(cuts) if two - one > 5]
    return is_reference_run(items)


def _entries_below(blocks: Sequence[Block], heading: int) -> list[int]:
    """Rows that could be entries below the heading in row `heading`."""
    around = set(blocks[heading].node.iterancestors())
    is_numbered = any(has_number(block.text) for block in blocks[heading + 1 : heading + 3])
    holder = _holder(blocks[heading + 1].node) if heading + 1 < len(blocks) else None
    last = heading
    for row in range(heading + 1, len(blocks)):
        text, node = blocks[row]
        if HEADING.fullmatch(node.tag) or is_boilerplate(text) or is_site_part(node, around):
            break
        is_inside = holder is None or holder in node.iterancestors()
        if _goes_on(blocks, row, is_numbered=is_numbered, is_inside=is_inside):
            last = row
        elif row - last > 1 or len(text) > LONGEST_ENTRY:
            break
    return list(range(heading + 1, last + 1))


def _holder(node: Element) -> Element | None:
    """The list or table that `node` is in."""
    return next(node.iterancestors("ol", "ul", "dl", "table"), None)


def _goes_on(blocks: Sequence[Block], row: int, *, is_numbered: bool, is_inside: bool) -> bool:
    """Whether the list goes on in `row`; `is_inside` the element that holds its first item."""
    text = blocks[row].text
    if has_number(text) or is_label(blocks[row - 1].text):
        return True
    if is_inside and _linked_share(blocks[row]) > 0:
        return True
    if not looks_cited(text):
        return False
    if not is_inside or (is_numbered and len(text) > LONGEST_REST):
        # What stands apart from the list is an entry only by its shape.
        return is_shaped(text)
    return len(text) <= LONGEST_PROSE or is_shaped(text) or FEATURE.search(text) is not None


def _linked_share(block: Block) -> float:
    """Share of the text of an item that is a link to a page elsewhere; 0 for other blocks."""
    if block.node.tag != "li":
        return 0.0
    links = (a for a in block.node.iter("a") if (a.get("href") or "").startswith("http"))
    return sum(len(text_of(link)) for link in links) / len(block.text)
