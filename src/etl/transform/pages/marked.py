"""Elements of a page that are marked as naming its authors, to bylines."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import cast

from lxml import etree

from etl.transform.pages import byline_names, bylines, dateline, orcid
from etl.transform.pages.dom import Element, text_of
from etl.transform.pages.page import Byline
from etl.transform.text import fold

CANDIDATES = etree.XPath(
    "//@*[contains(.,'uthor') or contains(.,'yline') or contains(.,'vcard')]/.."
)
"""Elements that may name an author, in the order of the page: over attributes, which costs a third
of what it costs over elements."""

ORCID_LINKS = etree.XPath("//a/@href[contains(.,'orcid.org/')]/..")
"""Links to ORCID iDs."""

TEXT = etree.XPath("string()")
"""All text of an element."""

MARK = re.compile(r"authori|(?P<author>author|byline|\bvcard\b)", re.IGNORECASE)
"""A class, id or property that names the author: `post-author__name`; no `authority`."""

OTHER_MARK = re.compile(
    r"comment|related|recommend|quote|form\b|image|avatar|photo|picture|social|count|more|\bbio"
    r"|[-_]bio|descri"
    r"|follow|login|popular|latest|trending|teaser|promo|newsletter",
    re.IGNORECASE,
)
"""A mark of what only belongs to an author, or to the author of something else: `author-bio`."""

ELSEWHERE = re.compile(
    r"comment|respond|related|recommend|popular|latest|trending|teaser|sidebar|widget-area|footer"
    r"|newsletter|carousel"
    r"|slider|upnext|up-next|read-?(?:more|next)|more-|[-_]more|promo|menu|\bnav|quote|testimonial|\bcards?\b|listing",
    re.IGNORECASE,
)
"""A mark of a part of the page that is not the article: `related-posts`."""

ELSEWHERE_TAGS = frozenset(("aside", "footer", "nav", "blockquote", "form", "head"))
"""Elements that are no part of the article."""

PAGE_TAGS = frozenset(("html", "body", "main", "article"))
"""Elements that hold all of the article."""

LONGEST = 160
"""Characters; more is a biography."""

MOST_CANDIDATES = 200
"""Elements that are looked at; an article names its authors before its comments do."""

ORCID_LEVELS = 4
"""Elements around a link to orcid.org in which the name it belongs to is looked for."""


class Marks:
    """The marked elements of one page, found when they are asked for."""

    def __init__(self, tree: Element, nearby: str) -> None:
        """Of `tree`; `nearby` is the text around the title."""
        self._tree = tree
        self._nearby = "".join(nearby.split())

    @cached_property
    def _texts(self) -> list[tuple[Element, str]]:
        """Marked elements and their texts without spaces, those that are too long left out."""
        found = cast(list[Element], CANDIDATES(self._tree))
        marked = [node for node in found[:MOST_CANDIDATES] if _is_marked(node)]
        short = [(node, "".join(str(TEXT(node)).split())) for node in marked]
        return [(node, text) for node, text in short if text and len(text) <= LONGEST]

    def near(self) -> list[Byline]:
        """Bylines of the marked elements in the head of the article."""
        own = [node for node, text in self._texts if text in self._nearby]
        return bylines.once(byline for group in _groups(own) for byline in group)

    def far(self) -> list[Byline]:
        """Bylines of marked elements anywhere, if all of them say the same."""
        groups = _groups([node for node, _ in self._texts if not _is_elsewhere(node)])
        keys = {frozenset(fold(byline.name) for byline in group) for group in groups}
        is_one = any(all(key <= whole for key in keys) for whole in keys)
        return max(groups, key=len) if groups and is_one else []


def with_orcids(tree: Element, found: Sequence[Byline]) -> list[Byline]:
    """`found` with the ORCID iDs that are linked beside their names."""
    known = list(found)
    if not known:
        return []
    for link in cast(list[Element], ORCID_LINKS(tree)):
        number = orcid.find(link.get("href") or "")
        owner = _owner(link, known) if number else None
        if owner and owner.orcid is None:
            known[known.index(owner)] = owner._replace(orcid=number)
    return known


def _is_marked(node: Element) -> bool:
    """Whether `node` names an author by its class, property or address."""
    if node.get("rel") == "author" or node.get("itemprop") == "author":
        return True
    marks = f"{node.get('class') or ''} {node.get('id') or ''}"
    is_named = any(match["author"] for match in MARK.finditer(marks))
    is_linked = node.tag == "a" and not marks.strip() and "/author" in (node.get("href") or "")
    return not OTHER_MARK.search(marks) if is_named else is_linked


def _is_elsewhere(node: Element) -> bool:
    """Whether `node` stands in a part of the page that is not the article."""
    for above in node.iterancestors():
        if above.tag in ELSEWHERE_TAGS:
            return True
        if above.tag not in PAGE_TAGS:
            marks = f"{above.get('class') or ''} {above.get('id') or ''}"
            if ELSEWHERE.search(marks):
                return True
    return False


def _groups(nodes: Sequence[Element]) -> list[list[Byline]]:
    """Bylines of elements, those that stand in one element together."""
    groups: list[tuple[Element | None, list[Byline]]] = []
    for node, found in _apart(nodes):
        if groups and groups[-1][0] in list(node.iterancestors()):
            groups[-1][1].extend(found)
        else:
            holder = node.getparent()
            is_page = holder is not None and holder.tag in PAGE_TAGS
            groups.append((None if is_page else holder, found))
    return [bylines.once(found) for _, found in groups]


def _apart(nodes: Sequence[Element]) -> Iterator[tuple[Element, list[Byline]]]:
    """Elements that name somebody, without those within them."""
    done: Element | None = None
    for node in nodes:
        if done is not None and done in node.iterancestors():
            continue
        if found := _named(text_of(node)):
            done = node
            yield node, found


def _named(text: str) -> list[Byline]:
    """Bylines in the text of a marked element, beside a date or not."""
    if not text or len(text) > LONGEST:
        return []
    rest = dateline.without_date(text) if any(c.isdigit() for c in text) else text
    if found := bylines.read_line(rest):
        return found
    if rest.lower().startswith(("author ", "автор ")):
        rest = rest.split(" ", 1)[1]
    return [Byline(name.text, name.kind) for name in byline_names.read(rest, is_told=True)]


def _owner(link: Element, names: Sequence[Byline]) -> Byline | None:
    """The name a link to orcid.org belongs to: the only one around it, or the last before it."""
    for level, above in enumerate(link.iterancestors()):
        if level == ORCID_LEVELS:
            return None
        text = f" {fold(text_of(above))} "
        inside = [name for name in names if f" {fold(name.name)} " in text]
        if len(inside) == 1:
            return inside[0]
        if inside:
            return _last_before(link, above, inside)
    return None


def _last_before(link: Element, above: Element, names: Sequence[Byline]) -> Byline | None:
    """The one of `names` that stands last before `link` in the element around them."""
    pieces: list[str] = []
    for event, node in etree.iterwalk(above, events=("start", "end")):
        if node is link:
            break
        pieces.append((node.text if event == "start" else node.tail) or "")
    key = f" {fold(' '.join(pieces))} "
    before = [(key.rfind(f" {fold(name.name)} "), name) for name in names]
    place, owner = max(before, key=lambda each: each[0])
    return owner if place >= 0 else None
