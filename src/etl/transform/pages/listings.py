"""Pages that list articles: home pages, sections, archives, results of a search, contents.

A list is known by what it says of itself, or by its shape: headlines that are links, close to
each other, and nowhere between them a text long enough for an article.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from urllib.parse import urlsplit

from etl.errors import NoArticleFound
from etl.transform.pages import phrases, teasers
from etl.transform.pages.declared import Declared
from etl.transform.pages.dom import Block
from etl.transform.pages.page import Teaser
from etl.transform.pages.shapes import is_boilerplate
from etl.transform.pages.teasers import Link

FEWEST_HEADLINES = 6
"""Headlines that are links, in the text of a page, from which it may be a list; a labelled
article that leads to others from heading to heading has four."""

FEWEST_HEADLINES_TITLED = 2
"""The same under a title that only lists have."""

LONGEST_ABSTRACT = 700
"""Characters between two headlines of a list; of the labelled articles with so many headlines in
their text all have a longer passage."""

FEWEST_TITLE_WORDS = 5
"""Words of a title from which a page has the headline of an article: on two labelled pages with
one, a list beside the article was taken for its text."""

SHORTEST_ABSTRACT, ABSTRACTS_SHARE = 40, 0.6
"""Characters of an abstract, and headlines of a list under such a title that have one."""

SHORTEST_PARAGRAPH, MOST_PARAGRAPHS = 120, 2
"""Characters of a paragraph of prose, and paragraphs of an abstract."""

LONGEST_TEXT = 20_000
"""Characters of a text that is searched for its blocks; no list is that long."""

LONGEST_ADDITION = 60
"""Characters before or behind a headline in its line: a date, a rubric."""

END = 16
"""Characters at the end of a headline by which it is looked up."""

HOME = re.compile(r"^/?(?:index\.(?:html?|php|aspx?))?$", re.IGNORECASE)
"""Path of a home page: `/index.html`."""

CONTENTS_ENTRY = re.compile(
    r"(?<![\d|\s])(?:\.{2,}|[\s–—-])\s?(\d{1,4})(?:\s?[–—-]\s?\d{1,4})?\W{0,3}$"
)
"""End of an entry of a table of contents: `…… 17`, ` 5–17`, its first page. Not behind a number or
a bar: that is a row of a table of data."""

LAST_DIGITS = 4
"""Characters at the end of a line, one of which is a digit in such an entry."""

FEWEST_ENTRIES, CONTENTS_SHARE = 5, 0.5
"""Lines of a table of contents, and their share of all lines."""

TITLES = phrases.beginning(
    """
    search/searching [results] [for]; results for
    tag/category/author/monthly/daily archive/archives
    posts tagged; posts/articles/stories by; all posts/news/articles/stories; browsing category/tag
    archive/archives; latest news/articles/posts; table of contents; contents; tag; category
    результаты/результат поиска; поиск; архив; архивы; метка; рубрика; все новости/статьи/материалы
    записи/статьи/материалы с меткой; записи/статьи/материалы автора; последние новости
    содержание [номера/выпуска]; оглавление; лента новостей
    نتایج جستجو/جست‌وجو/جستجوی; جستجو/جستجوی; آرشیو; بایگانی; برچسب; دسته/دسته‌بندی; فهرست مطالب
    همه اخبار/مطالب/مقالات; آخرین اخبار; مطالب/نوشته‌های/مقالات نویسنده
    натиҷаҳои/натиҷаи ҷустуҷӯ; ҷустуҷӯ; бойгонӣ/бойгонии; барчасп; ҳамаи хабарҳо/мақолаҳо
    охирин хабарҳо; мундариҷа; мақолаҳои муаллиф
    """,
    "",
)
"""Beginnings of titles that lists have; an article may begin so, too."""


def check(
    said: Declared,
    url: str,
    title: str,
    seen: Iterable[Link],
    blocks: Sequence[Block],
    lines: Iterable[str],
) -> None:
    """Do nothing for a page that shows one text.

    Args:
        said: What the page says of its kind.
        url: Its address.
        title: Its title.
        seen: Its links that may be headlines.
        blocks: All blocks of the page.
        lines: The lines of what was taken for its text.

    Raises:
        NoArticleFound: It lists articles.
    """
    lines = list(lines)
    if said.is_list:
        raise NoArticleFound("the page says that it lists articles; it was left out")
    if _is_contents(lines):
        raise NoArticleFound(f"most of {len(lines)} lines end in page numbers; a table of contents")
    if said.is_article:
        return
    headlines = [link.text for link in seen if teasers.on_site([Teaser("", link.url)], url)]
    passages = _passages(headlines, blocks, lines)
    if _is_list(title, passages):
        raise NoArticleFound(
            f"{len(passages) - 1} headlines are links, with at most {max(map(sum, passages))} "
            "characters between two of them; the page lists articles"
        )
    if _is_home(url) and (said.is_website or len(headlines) >= FEWEST_HEADLINES_TITLED):
        raise NoArticleFound("the page is the home page of its site")


def _is_home(url: str) -> bool:
    """Whether an address is that of the home page of a site."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and not parts.query and bool(HOME.match(parts.path))


def _is_contents(lines: Sequence[str]) -> bool:
    """Whether most lines are entries of a table of contents: they end in pages that go up."""
    ends = [line[-25:] for line in lines if any(map(str.isdigit, line[-LAST_DIGITS:]))]
    pages = [int(match[1]) for end in ends if (match := CONTENTS_ENTRY.search(end))]
    if len(pages) < FEWEST_ENTRIES or len(pages) < CONTENTS_SHARE * len(lines):
        return False
    return all(above < below for above, below in pairwise(pages)) and _has_gaps(pages)


def _has_gaps(pages: Sequence[int]) -> bool:
    """Whether numbers that go up are pages, not a count of their lines."""
    return pages[-1] - pages[0] > 2 * len(pages)


def _is_list(title: str, passages: Sequence[Sequence[int]]) -> bool:
    """Whether the passages between headlines, under a title, are those of a list."""
    if any(map(_is_text, passages)):
        return False
    if TITLES.match(phrases.spaced(title)):
        return len(passages) > FEWEST_HEADLINES_TITLED
    if len(passages) <= FEWEST_HEADLINES:
        return False
    abstracts = sum(sum(passage) >= SHORTEST_ABSTRACT for passage in passages[1:])
    is_rubric = len(title.split()) < FEWEST_TITLE_WORDS
    return is_rubric or abstracts >= ABSTRACTS_SHARE * (len(passages) - 1)


def _passages(
    headlines: Sequence[str], blocks: Sequence[Block], lines: Sequence[str]
) -> list[list[int]]:
    """Lengths of the lines between the headlines of a text; one passage more than headlines."""
    passages: list[list[int]] = [[]]
    for is_headline, length in _rows(headlines, blocks, lines):
        if is_headline:
            passages.append([])
        else:
            passages[-1].append(length)
    return passages


def _is_text(passage: Sequence[int]) -> bool:
    """Whether a passage is too long for what stands below a headline in a list."""
    paragraphs = sum(length >= SHORTEST_PARAGRAPH for length in passage)
    return paragraphs > MOST_PARAGRAPHS or sum(passage) > LONGEST_ABSTRACT


def _rows(
    headlines: Sequence[str], blocks: Sequence[Block], lines: Sequence[str]
) -> Iterator[tuple[bool, int]]:
    """The blocks of a text in order, with headlines around them: whether it is one, its length."""
    ends: dict[str, list[str]] = {}
    for headline in headlines:
        ends.setdefault(headline[-END:], []).append(headline)
        ends.setdefault(headline[:END], []).append(headline)
    own = _own(blocks, lines)
    rows = range(max(min(own) - 2, 0), max(own) + 1) if own else ()
    for row in rows:
        text = blocks[row].text
        near = (*ends.get(text[-END:], ()), *ends.get(text[:END], ()))
        if any(h in text and len(text) - len(h) <= LONGEST_ADDITION for h in near):
            if not is_boilerplate(text):
                yield True, 0
        elif row in own:
            yield False, len(text)


def _own(blocks: Sequence[Block], lines: Sequence[str]) -> set[int]:
    """Rows of the blocks of a text; where it came as one line, of all that are a part of it."""
    told = set(lines)
    rows = {row for row, block in enumerate(blocks) if block.text in told}
    size = sum(map(len, lines))
    if 2 * sum(len(blocks[row].text) for row in rows) >= size or size > LONGEST_TEXT:
        return rows
    whole = "\n".join(lines)
    return {row for row, block in enumerate(blocks) if block.text in whole}
