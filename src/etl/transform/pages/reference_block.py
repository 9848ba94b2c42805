"""Reference lists out of a page's tree, before anything decides what is boilerplate.

Extractors of main text take lists of links and small print for boilerplate. So the lists are
found first, by what mark-up says (names of containers, footnote anchors), by a heading above
them, or by numbers; then they leave the tree.
"""

import re
from collections.abc import Sequence
from itertools import islice

from etl.transform.pages.dom import HEADING, Block, Element, drop, is_inline, marks
from etl.transform.pages.reference_lines import (
    LONGEST_ENTRY,
    RULE,
    SHORTEST_ENTRY,
    has_number,
    is_label,
    is_reference_list,
    looks_cited,
    merged,
    numbered_run,
    signed_run,
)
from etl.transform.pages.reference_sections import (
    Found,
    below_headings,
    is_site_part,
    length,
    texts,
)
from etl.transform.pages.reference_shapes import is_shaped
from etl.transform.pages.shapes import is_boilerplate, number_of
from etl.transform.reference_headings import is_heading

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

PAGE_PARTS = frozenset(("html", "body", "main", "article"))
"""Elements that hold the whole page, whatever their names say."""

LATEST_REST_SHARE = 0.35
"""Of the text of the page that may stand below a list found by its numbers alone."""

LARGEST_SHARE = 0.75
"""Of the text of the page a container of references may hold; a larger one is the page."""


def lift(blocks: Sequence[Block]) -> list[str]:
    """The entries of all reference lists, in order, after taking them out of their tree."""
    found = find(blocks)
    lists = [[_clean(blocks[row].text) for row in one.entries] for one in found]
    for one in found:
        for row in one.entries + one.headings:
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
    for rule in (_in_containers, below_headings, _at_anchors):
        for one in rule(blocks):
            if not taken.intersection(one.entries):
                taken.update(one.entries + one.headings)
                lists.append(one)
    if not lists and (run := _unannounced(blocks)):
        lists = [run]
    lists.sort(key=lambda one: one.entries)
    return [_with_headings(blocks, _without_groups(blocks, one)) for one in lists]


def _with_headings(blocks: Sequence[Block], found: Found) -> Found:
    """`found` with the headings and the line of signs above it, if they are not in it yet."""
    headings = list(found.headings)
    above = min(found.entries + headings) - 1
    while above >= 0 and (is_heading(blocks[above].text) or RULE.fullmatch(blocks[above].text)):
        headings.insert(0, above)
        above -= 1
    return Found(found.entries, headings)


def _without_groups(blocks: Sequence[Block], found: Found) -> Found:
    """`found` with names of groups among its headings: `Published sources` above items."""
    groups = [row for row in found.entries if _is_group(blocks[row])]
    return Found([row for row in found.entries if row not in groups], found.headings + groups)


def _is_group(block: Block) -> bool:
    """Whether `block` is an item that only heads a list within it."""
    is_outer = block.node.tag == "li" and any(True for _ in block.node.iterdescendants("ol", "ul"))
    return is_outer and not looks_cited(block.text)


def _in_containers(blocks: Sequence[Block]) -> list[Found]:
    """Lists in containers whose name says what they hold."""
    rows: dict[Element, list[int]] = {}
    known: dict[Element, Element | None] = {}
    for row, block in enumerate(blocks):
        if (container := _container(block.node, known)) is not None:
            rows.setdefault(container, []).append(row)
    total = length(blocks)
    lists = [_without_headings(blocks, each) for each in rows.values()]
    return [
        one
        for one in lists
        if one.entries
        and is_reference_list(texts(blocks, one.entries), 0.5)
        and length([blocks[row] for row in one.entries]) <= LARGEST_SHARE * total
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
    entries = [row for row in rows if row not in headings]
    return Found(entries[_first_entry([blocks[row].text for row in entries]) :], headings)


def _first_entry(lines: Sequence[str]) -> int:
    """Where the entries begin: at the first number, if nothing above it looks like a reference."""
    first = next((row for row, line in enumerate(lines) if has_number(line)), 0)
    return 0 if any(map(is_shaped, lines[:first])) else first


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
    if not is_item and not is_label(text.split(maxsplit=1)[0]) and number_of(text) is None:
        return False
    siblings = (*islice(node.itersiblings(), 2), *islice(node.itersiblings(preceding=True), 2))
    wrapper = parent if parent is not None and len(siblings) <= 1 else node
    anchors = (node, wrapper, *node.iterdescendants("a", "span", "sup"))
    names = (each.get(key) or "" for each in anchors for key in ("id", "name"))
    return any(TARGET.fullmatch(name) for name in names)


def _unannounced(blocks: Sequence[Block]) -> Found | None:
    """A list without heading or name near the end: numbered 1, 2, 3 …, or lines with names."""
    lines = [block.text for block in blocks]
    for rows in (numbered_run(lines), signed_run(lines)):
        if rows and not is_site_part(blocks[rows.start].node):
            rest = length(blocks[rows.stop :])
            if rest <= LATEST_REST_SHARE * length(blocks):
                return Found(list(rows), [])
    return None


def _clean(text: str) -> str:
    """An entry without the link back to its mark."""
    return BACKLINK.sub(" ", text).strip()
