"""HTML pages: metadata, reference lists, title, dateline and text out of one tree."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from unicodedata import normalize

from etl.errors import NoArticleFound
from etl.transform.pages import (
    articleness,
    authors,
    body,
    dom,
    furniture,
    head,
    meta,
    numbering,
    published,
    reference_block,
    rules,
    teasers,
    titles,
    walls,
)
from etl.transform.pages.dom import Block, Element
from etl.transform.pages.furniture import Line
from etl.transform.pages.head import Head
from etl.transform.pages.page import Page
from etl.transform.pages.shapes import number_of
from etl.transform.text import fold

LARGEST_PREFACE = 0.5
"""Share of a page's text that may be cut off above its title; more would be no preface."""


def read(
    text: str,
    url: str,
    zone: tzinfo,
    fetched_at: datetime,
    told: Sequence[rules.Rule] = (),
) -> Page:
    """The article of an HTML page.

    What the rules of `told` that hold at `fetched_at` select is taken before what is found.

    Raises:
        UnreadablePage: No tree can be made of `text`.
        NoArticleFound: The page has no title.
        SoftNotFound: A notice stands in place of the article: it is not there,
        SuspendedSite: … the host does not show it,
        ConsentWall: … or not before something is done.
    """
    tree = dom.parse(normalize("NFC", text))
    ruled = rules.select(tree, told, fetched_at)
    facts = meta.read(tree)
    walls.check_html(tree, facts, text)
    title = ruled.title or titles.find(tree, facts)
    if title is None:
        raise NoArticleFound("the page has neither headline nor title; it was left out")
    signs = articleness.signs(tree, facts)
    _write_out(tree)
    blocks = dom.blocks(tree)
    top = _head(blocks, title)
    row = top.title_row if top else None
    when = published.read(tree, blocks, row, facts, url, zone, fetched_at, ruled.stamp)
    names = ruled.authors or authors.find(facts, tree, top)
    references = ruled.references(blocks) or reference_block.lift(blocks)
    labels = {n for entry in references if (n := number_of(entry))}
    is_marked = numbering.write_superscripts(tree, labels) > 0
    selected = ruled.body()
    preface = top if title.is_certain else None
    found = selected or _text(tree, blocks, preface, is_marked=is_marked)
    lines = furniture.without(found, title.text, [each.name for each in names])
    articleness.check_html(signs, url, title.text, blocks, lines)
    return Page(
        title=title.text,
        published=when,
        authors=tuple(names),
        body="\n".join(lines),
        reference_text="\n".join(references) or None,
        body_method="rule" if selected else "html",
        teasers=teasers.shown(signs.links, blocks, [title.text, *lines, *references]),
        idle_rules=tuple(ruled.idle),
    )


def _text(
    tree: Element, blocks: Sequence[Block], preface: Head | None, *, is_marked: bool
) -> list[Line]:
    """The lines of the text, from below the title of `preface`; read anew if marks were written."""
    if preface:
        _cut_preface(blocks, preface)
    return body.extract(tree, dom.blocks(tree) if is_marked else dom.still_in(tree, blocks))


def _write_out(tree: Element) -> None:
    """Write into `tree` what browsers draw: numbers, footnote marks, one element a line.

    Scripts and drawings leave it: nothing asks for them any more.
    """
    dom.silence(tree)
    numbering.drop_backlinks(tree)
    numbering.number_items(tree)
    numbering.write_marks(tree)
    dom.open_tables(tree)
    dom.split_lines(tree)
    numbering.raise_numbers(tree)


def _head(blocks: Sequence[Block], title: titles.Title) -> Head | None:
    """The furniture around the title; None where the title is not printed on the page."""
    row = _row_of(blocks, title)
    return None if row is None else head.around([block.text for block in blocks], row)


def _row_of(blocks: Sequence[Block], title: titles.Title) -> int | None:
    """The row of the title: of its element, else the first with the same words."""
    if title.node is not None:
        inside = {title.node, *title.node.iterdescendants()}
        row = next((row for row, block in enumerate(blocks) if block.node in inside), None)
        if row is not None:
            return row
    key, most = fold(title.text), 2 * len(title.text)
    alike = (row for row, block in enumerate(blocks) if len(block.text) <= most)
    return next((row for row in alike if fold(blocks[row].text) == key), None)


def _cut_preface(blocks: Sequence[Block], top: Head) -> None:
    """Take what stands above the title out of the tree: teasers, menus."""
    above = blocks[: top.title_row]
    if sum(len(b.text) for b in above) <= LARGEST_PREFACE * sum(len(b.text) for b in blocks):
        for block in above:
            reference_block.drop_block(block.node)
