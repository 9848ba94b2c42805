"""A page's tree and the rules of its source to what they select, in place of what is found.

A rule selects the elements of one part of a page (CSS) and holds for pages fetched on some days.
All elements are selected in the tree as it came. Text and references are read out of theirs later,
when footnote marks, numbers of lists and lines that `<br>` parts have been written into it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Protocol, cast

from cssselect import HTMLTranslator
from lxml.etree import XPath

from etl.transform.pages import bylines, claims, dateforms, dom, reference_block
from etl.transform.pages.dom import Block, Element, text_of
from etl.transform.pages.furniture import Line
from etl.transform.pages.page import Byline
from etl.transform.pages.reference_lines import merged
from etl.transform.pages.stamp import Stamp
from etl.transform.pages.titles import Title
from etl.transform.reference_headings import is_heading
from etl.transform.text import collapse

LONGEST_NAME = 60
"""Characters of a name that is taken as printed, though it does not look like a person's."""

LONGEST_DATED = 300
"""Characters of an element whose text is searched for a date; more is no dateline or imprint."""

MACHINE_VALUES = ("datetime", "content")
"""Attributes that hold the value of an element for machines."""

PREAMBLE = "head"
"""Element whose content no reader sees."""


class Rule(Protocol):
    """Where the pages of a source show one part of theirs."""

    @property
    def part(self) -> str:
        """`title`, `date`, `authors`, `body`, `references` or `drop`."""

    @property
    def selector(self) -> str:
        """CSS."""

    @property
    def valid_from(self) -> date | None:
        """The first day of a fetch on which it holds; None if there is none."""

    @property
    def valid_until(self) -> date:
        """The last such day."""

    @property
    def label(self) -> str:
        """What it is called in reports: `body: div.text`."""


def holds(rule: Rule, day: date) -> bool:
    """Whether `rule` is right for pages fetched on `day`."""
    return (rule.valid_from is None or rule.valid_from <= day) and day <= rule.valid_until


@dataclass
class Selected:
    """What rules select on one page; a part that they do not give is empty or None."""

    title: Title | None = None
    stamp: Stamp | None = None
    """It counts as the time of publication, whatever stands beside it."""
    authors: list[Byline] = field(default_factory=list)
    body_nodes: list[Element] = field(default_factory=list)
    reference_nodes: list[Element] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)
    """Labels of the rules that gave nothing."""

    def body(self) -> list[Line]:
        """The lines of the text: paragraphs, headings, items, rows of tables."""
        return [Line(line) for node in self.body_nodes for line in _lines(node)]

    def references(self, blocks: Sequence[Block]) -> list[str]:
        """The entries of the list, after taking it and its heading out of the tree.

        Args:
            blocks: The blocks of the page.
        """
        entries = merged([line for node in self.reference_nodes for line in _entries(node)])
        if entries:
            for heading in _headings(blocks, self.reference_nodes):
                reference_block.drop_block(heading)
            for node in self.reference_nodes:
                dom.drop(node)
        return entries


def select(tree: Element, rules: Sequence[Rule], fetched_at: datetime) -> Selected:
    """What `rules` select in `tree`, as far as they hold at `fetched_at`.

    What is to be dropped is taken out of the tree before anything else is selected.
    """
    selected = Selected()
    holding = [rule for rule in rules if holds(rule, fetched_at.date())]
    for rule in sorted(holding, key=lambda rule: rule.part != "drop"):
        if not TAKERS[rule.part](selected, _nodes(tree, rule.selector)):
            selected.idle.append(rule.label)
    return selected


def _nodes(tree: Element, selector: str) -> list[Element]:
    """The elements that `selector` selects, in document order, none within another."""
    nodes = cast(list[Element], _xpath(selector)(tree))
    chosen = set(nodes)
    return [node for node in nodes if chosen.isdisjoint(node.iterancestors())]


@cache
def _xpath(selector: str) -> XPath:
    """A CSS selector, compiled; there are a few for each source."""
    return XPath(HTMLTranslator().css_to_xpath(selector))


def _drop(_: Selected, nodes: list[Element]) -> bool:
    """Take `nodes` out of their tree; whether there are any."""
    for node in nodes:
        dom.drop(node)
    return bool(nodes)


def _title(selected: Selected, nodes: list[Element]) -> bool:
    """Take the first text for the title; its element too, unless it stands in the head."""
    for node in nodes:
        if text := _value(node):
            is_printed = next(node.iterancestors(PREAMBLE), None) is None
            is_certain = is_printed and len(nodes) == 1
            selected.title = Title(text, node if is_printed else None, is_certain)
            return True
    return False


def _date(selected: Selected, nodes: list[Element]) -> bool:
    """Take the first date: no sign of a change and no weekday makes it doubtful."""
    stamp = next((stamp for node in nodes for stamp in _stamps(node)), None)
    selected.stamp = replace(stamp, is_update=False, weekday=None) if stamp else None
    return stamp is not None


def _authors(selected: Selected, nodes: list[Element]) -> bool:
    """Take all names, none twice."""
    named = {byline.name: byline for node in nodes for byline in _bylines(node)}
    selected.authors = list(named.values())
    return bool(named)


def _body(selected: Selected, nodes: list[Element]) -> bool:
    """Take the elements with a text for the body."""
    selected.body_nodes = list(filter(_has_text, nodes))
    return bool(selected.body_nodes)


def _references(selected: Selected, nodes: list[Element]) -> bool:
    """Take the elements with a text for the reference list."""
    selected.reference_nodes = list(filter(_has_text, nodes))
    return bool(selected.reference_nodes)


def _has_text(node: Element) -> bool:
    """Whether any text stands in `node`, read without building it: a body may be long."""
    return any(text.strip() for text in node.itertext())


TAKERS = {
    "title": _title,
    "date": _date,
    "authors": _authors,
    "body": _body,
    "references": _references,
    "drop": _drop,
}
"""What is done with the elements of each part; says whether they gave anything."""


def _value(node: Element) -> str:
    """The text of an element; of a meta tag its content."""
    return collapse(node.get("content") or text_of(node))


def _stamps(node: Element) -> Iterator[Stamp]:
    """Dates of one element: for machines, then as printed, then in its tooltip."""
    for name in MACHINE_VALUES:
        if stamp := dateforms.read_value(node.get(name) or ""):
            # Midnight is what machines write for a bare day.
            yield replace(stamp, clock=stamp.clock or None)
    for text in (text_of(node), node.get("title") or ""):
        if len(text) <= LONGEST_DATED and (stamp := dateforms.find(text)):
            yield stamp


def _bylines(node: Element) -> list[Byline]:
    """Names in one element; a text that is none of a person's is taken as printed, if short."""
    text = _value(node)
    if names := bylines.read_line(text) or claims.named(text):
        return names
    name = text.strip(" .,:;|")
    is_name = name and len(name) <= LONGEST_NAME and not any(char.isdigit() for char in name)
    return [Byline(name)] if is_name else []


def _entries(node: Element) -> list[str]:
    """Entries in one element: itself if it is an item or holds no blocks, else its blocks."""
    is_entry = node.tag in ("li", "dd", "tr") or all(map(dom.is_inline, node.iterdescendants()))
    texts = [text_of(node)] if is_entry else [block.text for block in dom.blocks(node)]
    cleaned = (reference_block.BACKLINK.sub(" ", text).strip() for text in texts)
    return [text for text in cleaned if text and not is_heading(text)]


def _headings(blocks: Sequence[Block], nodes: Sequence[Element]) -> Iterator[Element]:
    """Blocks that head a list of references and stand right above one of `nodes`."""
    chosen = set(nodes)
    inside = [not chosen.isdisjoint((b.node, *b.node.iterancestors())) for b in blocks]
    for row in range(len(blocks) - 1):
        if inside[row + 1] and not inside[row] and is_heading(blocks[row].text):
            yield blocks[row].node


def _lines(node: Element) -> list[str]:
    """The lines of one element, cells of a row parted by a bar."""
    if dom.is_inline(node):
        # Its own border, so that it ends in a line.
        node.tag = "div"
    for row in node.iter("tr"):
        for cell in list(row.iterchildren("td", "th"))[:-1]:
            cell.tail = " | "
    lines = (block.text.strip("| ") for block in dom.blocks(node))
    return [line for line in lines if line]
