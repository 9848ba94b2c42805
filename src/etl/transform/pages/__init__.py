"""Bytes of fetched pages to the `pages` frame: title, time, authors, language, text, references.

HTML is read by `html.py`, plain text by `plain.py`. What is no article is told by `articleness`,
a notice in place of one by `walls`.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from etl.errors import Rejected, UnreadablePage
from etl.schema import shape
from etl.schema.frames import PAGES, REJECTS
from etl.transform.pages import articleness, decode, html, plain, walls
from etl.transform.pages.language import detect
from etl.transform.pages.page import Page
from etl.transform.text import collapse

MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|div|p|article|table|h[1-6]|span|br)\b",
    re.IGNORECASE,
)
"""A tag that only HTML has: `<!DOCTYPE html`, `<p`."""

SNIFFED = 4096
"""Characters at the top of a page that tell HTML from plain text."""

Row = Mapping[str, Any]
"""One row of the `raw` frame, or of one that comes of it."""


def read(
    raw: pl.DataFrame, language: str, timezone: str, max_bytes: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One row per page with an article, and one per page set aside, with its reason.

    Args:
        raw: Frame `raw`; rows without content are passed over.
        language: Main language of the source, ISO 639-1: a tie-breaker.
        timezone: Time zone of its datelines, IANA name.
        max_bytes: Larger pages are set aside unread.

    Returns:
        Frames `pages` and `rejects`; together one row per row of `raw` with content.
    """
    rows = raw.drop_nulls("content").iter_rows(named=True)
    return framed(read_row(row, language, timezone, max_bytes) for row in rows)


def read_row(row: Row, language: str, timezone: str, max_bytes: int) -> Row:
    """A row of the `pages` frame for one page, or of `rejects`, which alone has an `outcome`.

    Args are those of `read`; whatever is wrong with a page, nothing is raised.
    """
    try:
        page = _read(row, ZoneInfo(timezone), max_bytes)
        return _page_row(row, page, detect(page.body, language))
    except Rejected as rejected:
        return reject_row(row, rejected)
    except MemoryError:
        return reject_row(row, UnreadablePage("reading took more memory than a page may have"))
    # One page must not stop the others, whatever is wrong with it or with us.
    except Exception as error:
        return reject_row(row, UnreadablePage(f"{type(error).__name__}: {error}"))


def framed(rows: Iterable[Row]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Frames `pages` and `rejects` of what `read_row` gave."""
    told = list(rows)
    pages = [row for row in told if "outcome" not in row]
    rejects = [row for row in told if "outcome" in row]
    return (
        shape(pl.DataFrame(pages, schema=PAGES), PAGES, "pages"),
        shape(pl.DataFrame(rejects, schema=REJECTS), REJECTS, "rejects"),
    )


def _read(row: Row, zone: tzinfo, max_bytes: int) -> Page:
    """The article of one page.

    Raises:
        Rejected: There is none to read.
    """
    articleness.check_status(row["status"])
    text = decode.text(row["content"], row["content_type"], max_bytes)
    articleness.check_kind(text)
    if is_html(text, row["content_type"]):
        # Dates stand in the address of the article; where it was fetched may be a replay of it.
        page = html.read(text, row["article_url"], zone, row["fetched_at"])
    else:
        walls.check_text(text)
        page = plain.read(text, zone)
    walls.check_page(page)
    articleness.check(page, text)
    return page


def is_html(text: str, content_type: str | None) -> bool:
    """Whether a page is HTML: by its tags; a text that is declared plain must begin with one."""
    top = text[:SNIFFED].lstrip()
    if (content_type or "").startswith("text/plain"):
        return MARKUP.match(top) is not None
    return MARKUP.search(top) is not None


def _page_row(row: Row, page: Page, language: str | None) -> dict[str, object]:
    """A row of the `pages` frame."""
    return {
        "url": row["url"],
        "article_url": row["article_url"],
        "fetched_at": row["fetched_at"],
        "content_hash": row["content_hash"],
        "title": page.title,
        "published_at": page.published.at if page.published else None,
        "published_precision": page.published.precision if page.published else None,
        "published_method": page.published.method if page.published else None,
        "published_confidence": None,
        "published_zone": None,
        "authors": [author._asdict() for author in page.authors],
        "language": language,
        "script": None,
        "charset": None,
        "text_repair": None,
        "body_method": page.body_method,
        "body": page.body,
        "reference_text": page.reference_text,
        "teasers": [teaser._asdict() for teaser in page.teasers],
    }


def reject_row(row: Row, rejected: Rejected) -> dict[str, object]:
    """A row of the `rejects` frame."""
    return {
        "url": row["url"],
        "content_hash": row["content_hash"],
        "outcome": rejected.outcome,
        "reason": collapse(str(rejected)),
    }
