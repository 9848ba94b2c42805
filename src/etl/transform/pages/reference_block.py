"""Reference lists out of a page's tree, before anything decides what is boilerplate.

Extractors of main text take lists of links and small print for boilerplate. So the lists are
found first, by what mark-up says (names of containers, footnote anchors), by a heading above
them, or by numbers; then they leave the tree.
"""

import re
from collections.abc import Collection, Sequence
from itertools import islice
from typing import NamedTuple

from etl.transform.pages.dom import HEADING, Block, Element, drop, is_inline, marks
from etl.transform.pages.reference_lines import (
    LONGEST_ENTRY,
    SHORTEST_ENTRY,
    is_heading,
    is_reference_list,
    looks_cited,
    merged,
    numbered_run,
)
from etl.transform.pages.shapes import is_boilerplate, number_of

CONTAINER = re.compile(
    r"(?:\A|[\s_-])(?:references?(?:[_-]?(?:list|section|block))?|ref-?list|bibliography|biblio"
    r"|(?:foot|end)[_-]?notes?(?:[_-]?(?:list|section|container))?|citations?(?:[_-]?list)?"
    r"|works-cited|fn-group|easy-footnotes?|csl-bib-body|ltx_bibliography|literature"
    r"|doc-bibliography|doc-endnotes)(?=\Z|[\s_-])",
    re.IGNORECASE,
)
"""Class, id or role of a container of references: `ref-list`, `wp-block-footnotes`."""

TARGET = re.compile(
    r"(?:user-content-)?(?:_?(?:ftn|edn)|(?:foot|end)note-?(?:text-?)?|sd(?:foot|end)note|fn:?-?|cite_note-"
    r"|easy-footnote-bottom-|footnote_plugin_tooltip_|ref-?(?:cr)?-?|bib(?:item)?\.?-?)"
    r"\d+(?:sym|[a-z]|-\d+)?",
    re.IGNORECASE,
)
"""Name or id of the place a footnote mark points to: `_ftn1`, `fn:2`, `cite_note-3`,
`user-content-fn-4`."""

BACKLINK = re.compile(
    r"\s*(?:[↩↑⇑⤴^]\ufe0e?|\[?(?:back to text|jump up|вернуться)\]?)\s*", re.IGNORECASE
)
"""A link from a footnote back to its mark: `↩`."""

SITE_PART = re.compile(
    r"comment|related|share|social|\bnav|menu|sidebar|newsletter|cookie|breadcrumb|widget",
    re.IGNORECASE,
)
"""Class or id of parts of the site that hold no references."""

PAGE_PARTS = frozenset(("html", "body", "main", "article"))
"""Elements that hold the whole page, whatever their names say."""

EARLIEST_SHARE = 0.25
"""Of the text of the page that must stand above a list found by its heading."""

LATEST_REST_SHARE = 0.35
"""Of the text of the page that may stand below a list found by its numbers alone."""

LARGEST_SHARE = 0.75
"""Of the text of the page a container of references may hold; a larger one is the page."""


class Found(NamedTuple):
    """Rows of one list among the blocks of a page."""

    entries: list[int]
    headings: list[int]


def lift(blocks: Sequence[Block]) -> list[str]:
    """The entries of all reference lists, in order, after taking them out of their tree."""
    found = find(blocks)
    lists = [[_clean(blocks[row].text) for row in one.entries] for one in found]
    for one in found:
        for row in one.headings + one.entries:
            drop_block(blocks[row].node)
    return [
        entry
        for lines in lists
        for entry in merged([line for line in lines if line and not is_boilerplate(line)])
    ]


def drop_block(node: Element) -> None:
    """Take `node` out of its tree, and what is empty around it then.

    An element that holds other blocks stays.
    """
    parent = node.getparent()
    cells = ("td", "th") if node.tag == "tr" else ()
    if not all(is_inline(inner) or inner.tag in cells for inner in node.iterdescendants()):
        return
    drop(node)
    while parent is not None and parent.tag not in ("body", "html"):
        if len(parent) or (parent.text or "").strip():
            return
        node, parent = parent, parent.getparent()
        drop(node)


def find(blocks: Sequence[Block]) -> list[Found]:
    """The reference lists among the blocks of a page, in order, none twice."""
    taken: set[int] = set()
    lists: list[Found] = []
    for rule in (_in_containers, _below_headings, _at_anchors):
        for one in rule(blocks):
            if not taken.intersection(one.entries):
                taken.update(one.entries + one.headings)
                lists.append(one)
    if not lists and (run := _numbered(blocks)):
        lists = [run]
    return [_with_heading(blocks, one) for one in sorted(lists, key=lambda one: one.entries)]


def _with_heading(blocks: Sequence[Block], found: Found) -> Found:
    """`found` with the heading above it, if that is not in it yet."""
    above = min(found.entries + found.headings) - 1
    if above >= 0 and is_heading(blocks[above].text):
        return Found(found.entries, [above, *found.headings])
    return found


def _in_containers(blocks: Sequence[Block]) -> list[Found]:
    """Lists in containers whose name says what they hold."""
    rows: dict[Element, list[int]] = {}
    known: dict[Element, Element | None] = {}
    for row, block in enumerate(blocks):
        if (container := _container(block.node, known)) is not None:
            rows.setdefault(container, []).append(row)
    total = _length(blocks)
    lists = [_without_headings(blocks, each) for each in rows.values()]
    return [
        one
        for one in lists
        if is_reference_list(_texts(blocks, one.entries), 0.5)
        and _length([blocks[row] for row in one.entries]) <= LARGEST_SHARE * total
    ]


def _container(node: Element | None, known: dict[Element, Element | None]) -> Element | None:
    """The outermost element around `node` that is named as a container of references."""
    if node is None or node.tag in PAGE_PARTS:
        return None
    if node not in known:
        outer = _container(node.getparent(), known)
        named = node if outer is None and CONTAINER.search(marks(node)) else None
        known[node] = outer if outer is not None else named
    return known[node]


def _without_headings(blocks: Sequence[Block], rows: list[int]) -> Found:
    """`rows` with those of headings apart."""
    headings = [
        row
        for row in rows
        if is_heading(blocks[row].text) or HEADING.fullmatch(blocks[row].node.tag)
    ]
    return Found([row for row in rows if row not in headings], headings)


def _below_headings(blocks: Sequence[Block]) -> list[Found]:
    """Lists below a line that heads them, up to the next heading or prose."""
    earliest = EARLIEST_SHARE * _length(blocks)
    above = 0
    lists = []
    for row, block in enumerate(blocks):
        if above >= earliest and is_heading(block.text):
            entries = _entries_below(blocks, row)
            if is_reference_list(_texts(blocks, entries), 0.6):
                lists.append(Found(entries, [row]))
        above += len(block.text)
    return lists


def _entries_below(blocks: Sequence[Block], heading: int) -> list[int]:
    """Rows that could be entries below the heading in row `heading`."""
    around = set(blocks[heading].node.iterancestors())
    last = heading
    for row in range(heading + 1, len(blocks)):
        text, node = blocks[row]
        if HEADING.fullmatch(node.tag) or is_boilerplate(text) or _is_site_part(node, around):
            break
        if looks_cited(text) or number_of(f"{text} .") is not None:
            last = row
        elif row - last > 1 or len(text) > LONGEST_ENTRY:
            break
    return list(range(heading + 1, last + 1))


def _is_site_part(node: Element, around: Collection[Element] = ()) -> bool:
    """Whether `node` is in a part of the site that `around` is not in."""
    inside = (each for each in (node, *node.iterancestors()) if each not in around)
    return any(SITE_PART.search(marks(each)) for each in inside if each.tag not in ("body", "html"))


def _at_anchors(blocks: Sequence[Block]) -> list[Found]:
    """The footnotes of a page: blocks that marks in the text point to."""
    rows = [row for row, block in enumerate(blocks) if _is_footnote(block)]
    return [Found(rows, [])] if rows else []


def _is_footnote(block: Block) -> bool:
    """Whether a mark points to `block`, to the item it is, or to an anchor within it."""
    text, node = block
    if not SHORTEST_ENTRY <= len(text) <= 2 * LONGEST_ENTRY or len(node) > 20:
        return False
    parent = node.getparent()
    is_item = "li" in (node.tag, "" if parent is None else parent.tag)
    if not is_item and number_of(text) is None:
        return False
    siblings = (*islice(node.itersiblings(), 2), *islice(node.itersiblings(preceding=True), 2))
    wrapper = parent if parent is not None and len(siblings) <= 1 else node
    anchors = (node, wrapper, *node.iterdescendants("a", "span", "sup"))
    names = (each.get(key) or "" for each in anchors for key in ("id", "name"))
    return any(TARGET.fullmatch(name) for name in names)


def _numbered(blocks: Sequence[Block]) -> Found | None:
    """A list without heading or name: numbered 1, 2, 3 … near the end, with years."""
    rows = numbered_run([block.text for block in blocks])
    if rows is None:
        return None
    rest = _length(blocks[rows.stop :])
    is_last = rest <= LATEST_REST_SHARE * _length(blocks)
    return Found(list(rows), []) if is_last and not _is_site_part(blocks[rows.start].node) else None


def _clean(text: str) -> str:
    """An entry without the link back to its mark."""
    return BACKLINK.sub(" ", text).strip()


def _texts(blocks: Sequence[Block], rows: Sequence[int]) -> list[str]:
    """The text of the blocks in `rows`, as entries."""
    return merged([blocks[row].text for row in rows])


def _length(blocks: Sequence[Block]) -> int:
    """Characters of all `blocks`."""
    return sum(len(block.text) for block in blocks)
