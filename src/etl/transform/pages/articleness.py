"""Pages that hold no article: of an error status, lists of articles, with hardly a word.

Notices in place of an article, such as `Page not found`, are told by `walls.py`; lists by their
mark-up by `listings.py`; paywalls, forms and the like by `stubs.py`.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.errors import NoArticleFound
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


def check(page: Page) -> None:
    """Do nothing for an article.

    Raises:
        NoArticleFound: `page` is none.
    """
    words = word_count(page.body)
    if words < FEWEST_WORDS:
        raise NoArticleFound(f"the body has {words} words; an article has {FEWEST_WORDS} or more")
    if _is_list(lines := page.body.split("\n")):
        raise NoArticleFound(f"most of {len(lines)} lines are cut off; the page lists articles")


def _is_list(lines: Sequence[str]) -> bool:
    """Whether teasers of other articles make up most lines and most of the text."""
    long = [line for line in lines if len(line) >= SHORTEST_TEASER]
    cut = [line for line in long if is_truncated(line)]
    is_most = sum(map(len, cut)) >= LIST_SHARE * sum(map(len, lines))
    return len(cut) >= 3 and is_most and len(cut) >= LIST_SHARE * len(long)
