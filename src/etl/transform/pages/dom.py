"""A page as a tree, and the tree as blocks of text in the order of reading."""

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from lxml.etree import ElementDefaultClassLookup, _Element, strip_elements
from lxml.html import HtmlComment, HtmlElement, HtmlEntity, HtmlProcessingInstruction
from trafilatura.utils import HTML_PARSER, load_html

from etl.errors import PageTooLarge, UnreadablePage
from etl.transform.pages import tame
from etl.transform.text import collapse

Element: TypeAlias = _Element
"""A node of a page's tree; the class has no public name."""

# lxml.html asks a Python function for the class of every node that is touched, for the sake of
# forms; one class for all of them spares a tenth of the time a page takes.
HTML_PARSER.set_element_class_lookup(
    ElementDefaultClassLookup(
        element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction, entity=HtmlEntity
    )
)

SILENT = frozenset(
    (
        *("head", "script", "style", "noscript", "template", "select", "button", "textarea"),
        *("svg", "iframe", "object", "canvas"),
    )
)
"""Elements whose text no reader sees as text."""

UNREAD = (
    *("script", "style", "noscript", "template", "svg", "link", "select", "textarea", "iframe"),
    *("object", "embed", "canvas", "video", "audio", "picture", "source", "map", "img"),
)
"""Elements of which nothing is read after the meta tags, notices and kinds of a page. Not `button`
and `input`: without them trafilatura finds less of 3 of 300 labelled texts."""

INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn"),
        *("em", "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp"),
        *("small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
        # Word leaves empty ones behind at the end of its lines.
        "o:p",
    )
)
"""Elements that go on in their line; any other begins a block."""

BREAKABLE = frozenset(
    (
        *("p", "div", "td", "center", "article", "section", "main", "header", "footer", "aside"),
        *("body", "blockquote", "form", "font", "span"),
    )
)
"""Elements in which `<br>` ends a paragraph; in a heading it only breaks the line."""

HEADING = re.compile(r"h[1-6]")
"""A heading: `h2`."""


NAMING = frozenset(("class", "id", "role", "itemprop", "epub:type", "data-role"))
"""Attributes that say what an element is for."""

UNPARTED = re.compile(r"([^\W\d_A-ZА-ЯЁ])\0+([A-ZА-ЯЁ])")
"""Two pieces of text that only style sheets part, `\0` between them: `By` and `Nigora`."""


MOST_ELEMENTS = 30_000
"""Elements of a page. The time to find the text grows with their square; real pages have 4,000."""


CONTROL = re.compile(
    r"&#0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45]);?(?!\d)|&#x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef]);?(?![0-9a-f])",
    re.IGNORECASE,
)
"""A control character written as a number, which a tree can be given but not be changed to hold:
`&#8;`, `&#xFFFE;`."""

SHORTEST_COLUMN = 500
"""Characters of a cell that holds a column of the page; cells of data hold less."""


class Block(NamedTuple):
    """A run of text between two borders of blocks."""

    text: str
    node: Element
    """The innermost block element around it."""


Piece = tuple[str | None, Element]
"""A piece of text and the block it is in; None is a border between blocks."""


def parse(text: str) -> Element:
    """The tree of an HTML page.

    Raises:
        UnreadablePage: No tree can be made of it.
        PageTooLarge: It has more elements than can be read in seconds.
    """
    text = tame.short_tags(CONTROL.sub(" ", text))
    tree: Element | None = load_html(text)
    if tree is not None and tame.is_cut_off(tree):
        tree = load_html(tame.shallow(text))
    if tree is None:
        raise UnreadablePage(f"{len(text):,} characters make no HTML tree; look at the page")
    count = sum(1 for _ in tree.iter())
    if count > MOST_ELEMENTS:
        raise PageTooLarge(f"the page has {count:,} elements; at most {MOST_ELEMENTS:,} are read")
    return tree


def is_visible(node: Element) -> bool:
    """Whether `node` is an element with text for readers; comments are none."""
    return isinstance(node.tag, str) and node.tag not in SILENT


def is_inline(node: Element) -> bool:
    """Whether `node` goes on in the line it stands in."""
    return node.tag in INLINE or not isinstance(node.tag, str)


def blocks(tree: Element) -> list[Block]:
    """All blocks of text below `tree`, in the order of reading; empty ones are left out."""
    pieces: list[Piece] = []
    _collect(tree, tree, pieces)
    found: list[Block] = []
    start = 0
    for end, (piece, _) in enumerate(pieces):
        if piece is None:
            if end > start and (text := _joined(pieces[start:end])):
                found.append(Block(text, pieces[end - 1][1]))
            start = end + 1
    return found


def silence(tree: Element) -> None:
    """Take scripts, styles and drawings out of `tree`, once nothing asks for them any more.

    A third of the elements of a page; all that reads the text goes on faster without them.
    """
    strip_elements(tree, *UNREAD, with_tail=False)


def still_in(tree: Element, blocks: Sequence[Block]) -> list[Block]:
    """Those of `blocks` that were not taken out of `tree` since they were read."""
    present = set(tree.iter())
    return [block for block in blocks if block.node in present]


def text_of(node: Element) -> str:
    """The text of `node`, white space collapsed, block borders as a space."""
    pieces: list[Piece] = []
    _collect(node, node, pieces)
    return _joined(pieces)


def _joined(pieces: Sequence[Piece]) -> str:
    """The text of `pieces`, white space collapsed; what only style sheets part gets a space."""
    texts = [" " if piece is None else piece for piece, _ in pieces if piece != ""]
    if len(texts) < 2:
        return collapse("".join(texts))
    return collapse(UNPARTED.sub(r"\1 \2", "\0".join(texts)).replace("\0", ""))


def _collect(node: Element, owner: Element, pieces: list[Piece], *, in_row: bool = False) -> None:
    """Append the pieces of text below `node`, each with the block it is in."""
    tag = node.tag
    if tag in SILENT or not isinstance(tag, str):
        return
    if tag == "br":
        pieces.append((None if owner.tag in BREAKABLE else " ", owner))
        return
    is_cell = in_row and tag in ("td", "th")
    border = "" if tag in INLINE else " " if is_cell else None
    inner = node if border is None else owner
    in_row = is_cell or (tag == "tr" and _is_data_row(node))
    if border != "":
        pieces.append((border, inner))
    if text := node.text:
        pieces.append((text, inner))
    for child in node:
        _collect(child, inner, pieces, in_row=in_row)
        if tail := child.tail:
            pieces.append((tail, inner))
    if border != "":
        pieces.append((border, inner))


def _is_data_row(row: Element) -> bool:
    """Whether the cells of `row` hold no blocks, so that it is read as one line."""
    return len(row) > 1 and all(
        inner.tag != "br" and is_inline(inner) for cell in row for inner in cell.iterdescendants()
    )


def open_tables(tree: Element) -> None:
    """Make plain boxes of tables that lay out the page; tables of data stay."""
    layouts = {
        table
        for cell in tree.iter("td", "th")
        if _is_column(cell) and (table := next(cell.iterancestors("table"), None)) is not None
    }
    own = [
        part
        for table in layouts
        for part in table.iter("tbody", "thead", "tfoot", "tr", "td", "th")
        if next(part.iterancestors("table")) is table
    ]
    for part in (*own, *layouts):
        part.tag = "div"


def _is_column(cell: Element) -> bool:
    """Whether `cell` holds paragraphs of text, as the columns of a page do."""
    return any(not is_inline(inner) for inner in cell) and len(text_of(cell)) >= SHORTEST_COLUMN


def split_lines(tree: Element) -> None:
    """Make a paragraph of every line that only `<br>` or the blocks around it part from others.

    After it, text stands in elements that hold no other block.
    """
    for node in list(tree.iter()):
        if node.tag in BREAKABLE and _is_mixed(node):
            _split(node)


def _is_mixed(node: Element) -> bool:
    """Whether `node` holds lines of text beside `<br>` or blocks."""
    has_text = bool((node.text or "").strip()) or any(
        (child.tail or "").strip() or is_inline(child) for child in node
    )
    return has_text and any(child.tag == "br" or not is_inline(child) for child in node)


def _split(holder: Element) -> None:
    """Wrap every line of `holder` in a `<p>`; blocks within it stay as they are."""
    children = list(holder)
    line = _new_line(holder, holder.text)
    parts = [line]
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag == "br" or not is_inline(child):
            if child.tag != "br":
                parts.append(child)
            line = _new_line(holder, tail)
            parts.append(line)
        else:
            child.tail = tail
            line.append(child)
    holder.text = None
    holder[:] = [
        part for part in parts if part.tag != "p" or len(part) or (part.text or "").strip()
    ]
    holder.tag = "div" if holder.tag in ("p", "font", "span") else holder.tag


def _new_line(holder: Element, text: str | None) -> Element:
    """An empty paragraph that begins with `text`."""
    line = holder.makeelement("p")
    line.text = text
    return line


def drop(node: Element) -> None:
    """Take `node` out of its tree; the text after it stays."""
    parent = node.getparent()
    if parent is None:
        return
    if node.tail:
        above = node.getprevious()
        if above is None:
            parent.text = (parent.text or "") + node.tail
        else:
            above.tail = (above.tail or "") + node.tail
    node.tail = None
    parent.remove(node)


def marks(node: Element) -> str:
    """What names an element to machines: its class, id and roles, parted by a space."""
    return " ".join([str(value) for name, value in node.items() if name in NAMING and value])
