"""A page's tree to what it shows of other articles: headlines that are links, cut-off texts.

Links are collected before the tree is worked on, and judged when the text is known: what stands
in the text of the article or among its references is a link of the article. The rest, long
enough for a headline, is a sighting of another article of the site, never a part of this one.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from lxml.etree import XPath

from etl.transform.pages.dom import Block, Element, text_of
from etl.transform.pages.page import Teaser
from etl.transform.pages.shapes import is_boilerplate, is_truncated

MOST = 30
"""Teasers of one page that are kept; a page with more is a map of its site."""

MOST_LINKS = 400
"""Links of a page that are looked at as teasers; pages of the sample sets have 150 on average."""

SHORTEST_HEADLINE = 20
"""Characters of a headline of three words; of the sample sets' shorter ones most are rubrics, as
`Water and energy`."""

FEWEST_WORDS = 3
"""Words of a headline; menus have one or two. One with more than this may be shorter."""

FEWEST_WORDS_IN_MENU = 5
"""The same within a menu or footer, whose entries may be as long as `Terms and conditions`."""

LONGEST_HEADLINE = 250
"""Characters of a headline; see `shapes.is_title_like`."""

LONGEST_TEXT = 600
"""Characters of a teaser with its cut-off text; longer boxes hold several or a whole article."""

SHORTEST_TEXT = 60
"""Characters of a cut-off text without a link; shorter ones are menus and comments."""

HIGHEST_BOX = 4
"""Levels above a link that may be the box of its teaser."""

ELSEWHERE = re.compile(r"\s*(?:#|(?!https?:)[a-z][a-z0-9+.-]*:)", re.IGNORECASE)
"""Start of a link that leads to no other page of the web: `#top`, `mailto:`."""

SECTION = re.compile(
    r"(?:^|/)(?:tags?|topics?|label|category|categories|rubrics?|rubrika|sections?|authors?|users?"
    r"|search|login|register|feed|rss|print|share|page/\d+)(?:/|$)"
    r"|^/?(?:index\.(?:html?|php|asp))?$",
    re.IGNORECASE,
)
"""Path of what is surely no article: `/tag/water`, the home page."""

FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|zip|mp[34]|docx?|xlsx?|rss|xml)$", re.IGNORECASE
)
"""End of the path of what is no page: `/files/map.jpg`."""

HOST = re.compile(r"^(?:https?:)?//[^/]*", re.IGNORECASE)
"""Scheme and host of an address: `https://oasis.example`."""

RELATED = frozenset(("tag", "author", "category", "license", "home", "search", "help", "me"))
"""`rel` of links to what is no article."""

MENU = re.compile(r"(?:\b|_)(?:nav|menu|breadcrumbs?|footer|copyright|legal)", re.IGNORECASE)
"""Class or id of a menu: `main-menu`."""

COMMENT = re.compile(r"(?:\b|_)(?:comments?|respond|disqus|reply)", re.IGNORECASE)
"""Class or id of what readers wrote: `comment-list`."""

TEXT = XPath("string()", smart_strings=False)
"""The text of a node. Made in one go: to walk the nodes took half of the time of this module."""

PAGE_PARTS = frozenset(("article", "main", "body", "html"))
"""Elements that hold the whole page, whatever is around them."""

LISTS = PAGE_PARTS | {"table", "ul", "ol"}
"""Elements that hold more than one teaser."""

SIDE = re.compile(r"^(?:(?:www\d?|m|mobile|amp)\.)+(?=[^.]+\.)")
"""Start of a host that many sites leave out: `www.`."""


class Link(NamedTuple):
    """A link that may be the headline of another article."""

    text: str
    """The headline, white space collapsed."""
    url: str
    """Where it leads, from the base of the page on if that has one."""
    box: str
    """The headline with the cut-off text beside it; the headline alone without one."""


def links(tree: Element) -> list[Link]:
    """Links of a page that may be headlines, in their order.

    Of those to one place it is the first that has a cut-off text beside it, else the first.
    """
    base = next((node.get("href") or "" for node in tree.iter("base")), "")
    places: dict[Element, str] = {}
    found: dict[str, Link] = {}
    for node in islice(tree.iter("a"), MOST_LINKS):
        url = node.get("href")
        if not url or url[0] == "#" or (url in found and found[url].box != found[url].text):
            continue
        text = " ".join(((node.text or "") if not len(node) else str(TEXT(node))).split())
        if _is_headline(text) and _leads_on(node, url) and _is_placed(node, text, places):
            link = Link(text, urljoin(base, url) if base else url, _box(node, text))
            if url not in found or link.box != text:
                found[url] = link
            if len(found) == 2 * MOST:
                break
    return list(found.values())


def shown(seen: Sequence[Link], blocks: Iterable[Block], text: Iterable[str]) -> tuple[Teaser, ...]:
    """What a page shows of other articles.

    Args:
        seen: Its links.
        blocks: All blocks of the page.
        text: Title, lines of the text and references of its article.
    """
    own = "\n".join(text)
    linked = [Teaser(link.box, link.url) for link in seen if link.text not in own]
    boxes = "\n".join([*(link.box for link in seen), own])
    loose = (
        Teaser(block.text)
        for block in blocks
        if SHORTEST_TEXT <= len(block.text) <= LONGEST_TEXT
        and is_truncated(block.text)
        and block.text not in boxes
        and not any(link.text in block.text for link in seen)
        and _place(block.node, {}) != "comment"
    )
    return tuple(dict.fromkeys([*linked, *loose]))


def of_lines(lines: Iterable[str]) -> tuple[Teaser, ...]:
    """The cut-off ones among `lines` that stand above the title or below the end of a text."""
    cut = [line for line in lines if len(line) >= SHORTEST_TEXT and is_truncated(line)]
    return tuple(map(Teaser, dict.fromkeys(cut)))[:MOST]


def on_site(teasers: Iterable[Teaser], address: str) -> tuple[Teaser, ...]:
    """Teasers of the site that `address` is on, with absolute URLs; none of that page itself.

    Relative links start at `address`. Where it is no address of the web, as that of a file, no
    URL can be told, and the texts are kept alone.
    """
    kept: dict[str, Teaser] = {}
    for teaser in teasers:
        if teaser.url is None:
            kept.setdefault(teaser.text, teaser)
        elif (url := _absolute(teaser.url, address)) != "":
            kept.setdefault(url or teaser.text, Teaser(teaser.text, url))
    return tuple(kept.values())[:MOST]


def _absolute(link: str, address: str) -> str | None:
    """`link` without its fragment; None off the web, empty on other sites and the same page."""
    try:
        url = (link if link.startswith("http") else urljoin(address, link.strip())).partition("#")[
            0
        ]
        ours, theirs = urlsplit(address), urlsplit(url)
    except ValueError:
        return ""
    if theirs.scheme not in ("http", "https"):
        return None
    if not _is_of_one_site(ours.hostname or "", theirs.hostname or ""):
        return ""
    is_same = (ours.path.rstrip("/"), ours.query) == (theirs.path.rstrip("/"), theirs.query)
    return "" if is_same else url


def _is_of_one_site(one: str, other: str) -> bool:
    """Whether two hosts are of one site: the same, or one below the other.

    >>> _is_of_one_site("www.oasis.example", "news.oasis.example")
    True
    """
    one, other = SIDE.sub("", one), SIDE.sub("", other)
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _is_headline(text: str) -> bool:
    """Whether the text of a link is long enough for a headline, and no plug."""
    words = text.count(" ") + 1
    is_long = words > FEWEST_WORDS or (words == FEWEST_WORDS and len(text) >= SHORTEST_HEADLINE)
    return is_long and len(text) <= LONGEST_HEADLINE and not is_boilerplate(text)


def _leads_on(node: Element, url: str) -> bool:
    """Whether a link may lead to an article, by what it says of itself."""
    if ELSEWHERE.match(url) or RELATED.intersection((node.get("rel") or "").lower().split()):
        return False
    path, mark, _ = url.partition("#")[0].partition("?")
    path = HOST.sub("", path)
    return not FILE.search(path) and (bool(mark) or not SECTION.search(path))


def _is_placed(node: Element, text: str, places: dict[Element, str]) -> bool:
    """Whether a headline may stand where it does; `places` remembers what boxes are."""
    match _place(node.getparent(), places):
        case "menu":
            return text.count(" ") + 1 >= FEWEST_WORDS_IN_MENU
        case place:
            return place != "comment"


def _place(box: Element | None, places: dict[Element, str]) -> str:
    """`comment` within what readers wrote, `menu` within menus and footers; else empty."""
    if box is None or box.tag in PAGE_PARTS:
        return ""
    if box not in places:
        names = f"{box.get('class') or ''} {box.get('id') or ''}"
        if COMMENT.search(names):
            places[box] = "comment"
        elif box.tag in ("nav", "footer") or MENU.search(names):
            places[box] = "menu"
        else:
            places[box] = _place(box.getparent(), places)
    return places[box]


def _box(node: Element, headline: str) -> str:
    """The text of the smallest box around a link that is cut off; else its headline.

    A box that holds much more, or a link to another headline, is a list of teasers.
    """
    for box in islice(node.iterancestors(), HIGHEST_BOX):
        if box.tag in LISTS:
            break
        text = str(TEXT(box))
        if len(text) > 2 * LONGEST_TEXT:
            break
        if len(text) > len(headline) and is_truncated(text.rstrip()):
            if _leads_elsewhere(box, node.get("href")):
                break
            text = text_of(box)
            return text if len(headline) < len(text) <= LONGEST_TEXT else headline
    return headline


def _leads_elsewhere(box: Element, url: str | None) -> bool:
    """Whether a box holds a link to another place than `url` that may be a headline."""
    return any(
        link.get("href") != url and len(str(TEXT(link))) >= SHORTEST_HEADLINE
        for link in box.iter("a")
    )
