"""Small `raw` frames and invented pages for the tests of the reader."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import polars as pl

from etl.schema.frames import RAW
from etl.transform.pages import read

FETCHED_AT = datetime(2026, 1, 5, tzinfo=UTC)

PROSE = (
    "The canal below the village of Chorkuh is older than the border that crosses it, and the "
    "people on both banks still agree each spring on the days when its gates are opened."
)
MORE_PROSE = (
    "Nobody wrote the agreement down. It was repeated aloud at the first meeting of the year, and "
    "whoever forgot a part of it was corrected by the oldest man in the room."
)
THIRD_PROSE = (
    "When the border was drawn, the men who drew it asked about roads, wells and graveyards. They "
    "did not ask about the gates, because no map at hand showed any."
)
LAST_PROSE = (
    "Today a clerk measures the water with a painted stick and writes the figure down twice, once "
    "for each side, and both sides have come to trust the stick more than each other."
)
TEXT = "".join(f"<p>{line}</p>" for line in (PROSE, MORE_PROSE, THIRD_PROSE, LAST_PROSE))
BODY = f"{PROSE}\n{MORE_PROSE}\n{THIRD_PROSE}\n{LAST_PROSE}"


def raw(
    content: bytes | str,
    url: str = "https://herald.example/a",
    content_type: str | None = None,
    status: int = 200,
    article_url: str | None = None,
    address: str | None = None,
) -> pl.DataFrame:
    """A `raw` frame of one page; it shows the article of its URL and came from there."""
    data = content.encode() if isinstance(content, str) else content
    row = {
        "url": url,
        "article_url": article_url or url,
        "address": address or url,
        "fetched_at": FETCHED_AT,
        "status": status,
        "content_type": content_type,
        "content": data,
        "content_hash": sha256(data).hexdigest(),
    }
    return pl.DataFrame([row], schema=RAW)


def read_one(page: pl.DataFrame | bytes | str, timezone: str = "UTC") -> dict[str, Any]:
    """The row of the `pages` frame of a page that is an article."""
    frame = page if isinstance(page, pl.DataFrame) else raw(page)
    pages, rejects = read(frame, "en", timezone, 1_000_000)
    assert rejects.rows() == []
    return pages.row(0, named=True)


def html(body: str, head: str = "<title>Water and Neighbours in Chorkuh</title>") -> str:
    """An HTML page."""
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def article(below: str = "", above: str = "", text: str = TEXT) -> str:
    """An HTML page of an article, with `below` after its text and `above` before its title."""
    return html(f"{above}<h1>Water and Neighbours in Chorkuh</h1><p>9 March 2011</p>{text}{below}")
