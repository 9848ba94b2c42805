"""Pages that hold no article: of an error status, lists of articles, with hardly a word.

Notices in place of an article, such as `Page not found`, are told by `walls.py`; lists by their
mark-up by `listings.py`; paywalls, forms and the like by `stubs.py`.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.errors import NoArticleFound, UnreadablePage
from etl.transform.pages import declared, listings, stubs, teasers
from etl.transform.pages.dom import Block, Element
from etl.transform.pages.meta import Meta
from etl.transform.pages.page import Page
from etl.transform.pages.shapes import is_truncated
from etl.transform.text import word_count

FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?<(rss|feed|urlset|sitemapindex|rdf:RDF)\b", re.IGNORECASE
)
"""The top of a file for feed readers and crawlers: `<rss`."""

FEWEST_WORDS = 25
"""Words of a body; the shortest of 481 labelled articles has 53, notices have about 20."""

MUCH_TEXT = 200
"""Words outside of links from which a page has a text, found or not; chosen, not measured."""

PIECE = re.compile(r"(/?)(a|script|style|noscript)\b[^>]*>?|[a-z/!?][^>]*>?", re.IGNORECASE)
"""A tag without its `<`, by name where what is in it does not count: `script>`."""

LIST_SHARE = 0.5
"""Of lines and characters of a body in teasers, from which a page is a list of articles."""

SHORTEST_TEASER = 30
"""Characters; shorter lines are headings and menus."""


def check_kind(text: str) -> None:
    """Do nothing for a page that people read.

    Raises:
        NoArticleFound: `text` is a feed or a sitemap.
    """
    if match := FEED.match(text):
        raise NoArticleFound(f"the page begins with <{match[1]}>; it is a list for machines")


def check_status(status: int | None) -> None:
    """Do nothing for a page that the server gave as the one that was asked for.

    Raises:
        NoArticleFound: The server answered with an error.
    """
    if status is not None and status >= 400:
        raise NoArticleFound(f"the server answered {status}; its page is no article")


class Signs(NamedTuple):
    """What the mark-up of a page tells of its kind."""

    links: list[teasers.Link]
    said: declared.Declared
    held: stubs.Parts


def signs(tree: Element, facts: Meta) -> Signs:
    """What the mark-up of a page tells of its kind, read before its tree is worked on."""
    said = declared.read(tree, facts)
    return Signs(teasers.links(tree), said, stubs.parts(tree, said))


def check_html(
    seen: Signs, url: str, title: str, blocks: Sequence[Block], lines: Sequence[str]
) -> None:
    """Do nothing for an HTML page that shows an article.

    Raises:
        NoArticleFound: It lists articles, or shows something else beside a few words.
    """
    listings.check(seen.said, url, title, seen.links, blocks, lines)
    stubs.check(seen.said, seen.held, title, blocks, lines)


def check(page: Page, source: str = "") -> None:
    """Do nothing for an article.

    Args:
        page: What was read.
        source: What it was read from.

    Raises:
        UnreadablePage: The source has much text, but none was found in it.
        NoArticleFound: `page` is none.
    """
    words = word_count(page.body)
    if words == 0 and (shown := words_shown(source)) >= MUCH_TEXT:
        raise UnreadablePage(
            f"the body came out empty, though the page shows {shown:,} words outside of its "
            "links; its layout was not understood: look at the page"
        )
    if words < FEWEST_WORDS:
        raise NoArticleFound(f"the body has {words} words; an article has {FEWEST_WORDS} or more")
    if _is_list(lines := page.body.split("\n")):
        raise NoArticleFound(f"most of {len(lines)} lines are cut off; the page lists articles")


def words_shown(source: str) -> int:
    """Number of words that HTML or a plain text shows outside of links."""
    inside, count = "", 0
    first, *pieces = source.split("<")
    for piece in pieces:
        tag = PIECE.match(piece)
        if tag and tag[2] and inside in ("", tag[2].lower()):
            inside = "" if tag[1] else tag[2].lower()
        if not inside:
            count += word_count(piece[tag.end() if tag else 0 :])
    return word_count(first) + count


def _is_list(lines: Sequence[str]) -> bool:
    """Whether teasers of other articles make up most lines and most of the text."""
    long = [line for line in lines if len(line) >= SHORTEST_TEASER]
    cut = [line for line in long if is_truncated(line)]
    is_most = sum(map(len, cut)) >= LIST_SHARE * sum(map(len, lines))
    return len(cut) >= 3 and is_most and len(cut) >= LIST_SHARE * len(long)
