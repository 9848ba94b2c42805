"""Bytes of fetched pages to the `pages` frame: title, time, authors, language, text, references.

HTML is read by `html.py`, plain text by `plain.py`. What is no article is told by `articleness`,
a notice in place of one by `walls`.
"""

import re
from collections.abc import Sequence
from datetime import tzinfo
from zoneinfo import ZoneInfo

import polars as pl

from etl.errors import Rejected, UnreadablePage
from etl.transform.page_rows import Row, framed, rejected
from etl.transform.pages import articleness, decode, escapes, html, plain, teasers, visible, walls
from etl.transform.pages.decode import Decoded
from etl.transform.pages.language import detect
from etl.transform.pages.page import Page
from etl.transform.pages.rules import Rule

MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|div|p|article|table|h[1-6]|span|br)\b",
    re.IGNORECASE,
)
"""A tag that only HTML has: `<!DOCTYPE html`, `<p`."""

SNIFFED = 4096
"""Characters at the top of a page that tell HTML from plain text."""


def read(
    raw: pl.DataFrame, language: str, timezone: str, max_bytes: int, rules: Sequence[Rule] = ()
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One row per page with an article, and one per page set aside, with its reason.

    Args:
        raw: Frame `raw`; rows without content are passed over.
        language: Main language of the source, ISO 639-1: a tie-breaker.
        timezone: Time zone of its datelines, IANA name.
        max_bytes: Larger pages are set aside unread.
        rules: Where HTML pages of the source say what, if the generic reader errs.

    Returns:
        Frames `pages` and `rejects`; together one row per row of `raw` with content.
    """
    rows = raw.drop_nulls("content").iter_rows(named=True)
    return framed(read_row(row, language, timezone, max_bytes, rules) for row in rows)


def read_row(
    row: Row, language: str, timezone: str, max_bytes: int, rules: Sequence[Rule] = ()
) -> Row:
    """A row of the `pages` frame for one page, or of `rejects`, which alone has an `outcome`.

    Args are those of `read`; whatever is wrong with a page, nothing is raised.
    """
    try:
        page, decoded = _read(row, ZoneInfo(timezone), max_bytes, rules)
        return _page_row(row, page, decoded, language)
    except Rejected as error:
        return rejected(row, error)
    except MemoryError:
        return rejected(row, UnreadablePage("reading took more memory than a page may have"))
    # One page must not stop the others, whatever is wrong with it or with us.
    except Exception as error:
        return rejected(row, UnreadablePage(f"{type(error).__name__}: {error}"))


def read_item(item: tuple[Row, str, str, int, Sequence[Rule]]) -> Row:
    """`read_row` of the arguments in `item`, for processes that take one thing at a time."""
    return read_row(*item)


def _read(row: Row, zone: tzinfo, max_bytes: int, rules: Sequence[Rule]) -> tuple[Page, Decoded]:
    """The article of one page, and how its bytes were decoded.

    Raises:
        Rejected: There is none to read.
    """
    articleness.check_status(row["status"])
    decoded = decode.text(row["content"], row["content_type"], max_bytes)
    text = decoded.text
    articleness.check_kind(text)
    if is_html(text, row["content_type"]):
        # Dates stand in the address of the article; where it was fetched may be a replay of it.
        page = html.read(text, row["article_url"], zone, row["fetched_at"], rules)
    else:
        walls.check_text(text)
        page = plain.read(text, zone)
    unescaped = escapes.undo(page)
    if unescaped != page:
        decoded = decoded._replace(repairs=(*decoded.repairs, escapes.REPAIR))
    page = visible.seen(unescaped)
    walls.check_page(page)
    articleness.check(page, text)
    return page, decoded


def is_html(text: str, content_type: str | None) -> bool:
    """Whether a page is HTML: by its tags; a text that is declared plain must begin with one."""
    top = text[:SNIFFED].lstrip()
    if (content_type or "").startswith("text/plain"):
        return MARKUP.match(top) is not None
    return MARKUP.search(top) is not None


def _page_row(row: Row, page: Page, decoded: Decoded, main: str) -> dict[str, object]:
    """A row of the `pages` frame; `main` is the main language of its source."""
    told = detect(page.body, main)
    return {
        "url": row["url"],
        "article_url": row["article_url"],
        "fetched_at": row["fetched_at"],
        "content_hash": row["content_hash"],
        "title": page.title,
        "published_at": page.published.at if page.published else None,
        "published_precision": page.published.precision if page.published else None,
        "published_method": page.published.method if page.published else None,
        "published_confidence": page.published.confidence if page.published else None,
        "published_zone": page.published.zone if page.published else None,
        "authors": [author._asdict() for author in page.authors],
        "language": told.language,
        "script": told.script,
        "charset": decoded.charset,
        "text_repair": "; ".join(decoded.repairs) or None,
        "body_method": page.body_method,
        "body": page.body,
        "reference_text": page.reference_text,
        "teasers": [t._asdict() for t in teasers.on_site(page.teasers, row["address"])],
        "idle_rules": page.idle_rules,
    }
