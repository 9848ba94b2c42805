"""Pages that hold no article: error pages, lists of articles, pages with hardly a word."""

import re
from collections.abc import Sequence

from etl.errors import NoArticleFound
from etl.transform.pages.page import Page
from etl.transform.pages.shapes import is_truncated
from etl.transform.text import word_count

FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?<(rss|feed|urlset|sitemapindex|rdf:RDF)\b", re.IGNORECASE
)
"""The top of a file for feed readers and crawlers: `<rss`."""

FEWEST_WORDS = 25
"""Words of a body; the shortest of 481 labelled articles has 53, notices have about 20."""

_ERRORS = (
    r"\b(?:40[134]|410|50[0-4])\b.{0,20}(?:error|not found|forbidden)",
    r"\berror (?:40[134]|410|50[0-4])\b|\A40[34]\Z|\bnot found\Z",
    r"(?:page|file|article|content|url) (?:was |could )?(?:not|n.t)(?: be)? (?:found|available)",
    r"(?:page|article) (?:does not|doesn.t|no longer) exist",
    r"(?:page|site|article) (?:has |was )?(?:been )?(?:moved|removed|deleted)\b",
    r"\A(?:access denied|forbidden|unauthorized|just a moment|attention required)\b",
    r"account (?:has been )?suspended|domain (?:is |has )?(?:for sale|expired|parked)",
    r"under construction|site (?:is )?(?:unavailable|offline|disabled)|maintenance mode",
    r"страниц\w+ не (?:найден|существ)\w+|ошибка 40[34]|доступ запрещ[её]н|аккаунт заблокирован",
    r"сайт (?:временно )?(?:недоступен|заблокирован)|саҳифа ёфт нашуд|صفحه.{0,20}(?:یافت|پیدا) نشد",
)

ERROR_TITLE = re.compile("|".join(_ERRORS), re.IGNORECASE)
"""Title or first lines of a page that says it has nothing: `Page not found`."""

LONGEST_ERROR = 150
"""Words of an error page; articles about errors are longer."""

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


def check(page: Page, status: int | None) -> None:
    """Do nothing for an article.

    Raises:
        NoArticleFound: `page` is none.
    """
    words = word_count(page.body)
    if status is not None and status >= 400:
        raise NoArticleFound(f"the server answered {status}; its page is no article")
    said = next(filter(None, map(ERROR_TITLE.search, (page.title, *_first_lines(page)))), None)
    if said and words <= LONGEST_ERROR:
        raise NoArticleFound(f"the page says {said.group()!r} in {words} words; it is no article")
    if words < FEWEST_WORDS:
        raise NoArticleFound(f"the body has {words} words; an article has {FEWEST_WORDS} or more")
    if _is_list(lines := page.body.split("\n")):
        raise NoArticleFound(f"most of {len(lines)} lines are cut off; the page lists articles")


def _first_lines(page: Page) -> Sequence[str]:
    """Short lines at the top, where error pages say what is wrong."""
    return [line for line in page.body.split("\n")[:3] if len(line) <= 120]


def _is_list(lines: Sequence[str]) -> bool:
    """Whether teasers of other articles make up most lines and most of the text."""
    long = [line for line in lines if len(line) >= SHORTEST_TEASER]
    cut = [line for line in long if is_truncated(line)]
    is_most = sum(map(len, cut)) >= LIST_SHARE * sum(map(len, lines))
    return len(cut) >= 3 and is_most and len(cut) >= LIST_SHARE * len(long)
