"""Links to raw pages: what must be fetched, what came, what is new in it.

Every link ends in exactly one of four places: `plan(...).unchanged`, `fresh(...).unchanged`,
`fresh(...).new`, `failed(...)`.
"""

from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from etl.errors import PageTooLarge
from etl.extract import web
from etl.extract.gate import Limits
from etl.schema import frames, shape
from etl.sources.feeds import WEB

CONTENT_TYPES = {
    ".htm": "text/html",
    ".html": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".txt": "text/plain",
}
"""Content types of files by ending; own ones, as those of a machine differ."""

UNCHANGED = pl.Schema({"url": pl.String(), "content_hash": pl.String()})
"""One row per URL whose newest known content is settled already."""

TOO_LARGE = f"{PageTooLarge.outcome}: "

OUTCOME = r"^(\w+): "
"""Start of a failure: `fetch_failed: `."""


class Plan(NamedTuple):
    """What a run has to do."""

    to_fetch: pl.DataFrame
    """The links to fetch, columns of `frames.LINKS`."""
    unchanged: pl.DataFrame
    """Links that need no fetch, columns of `UNCHANGED`."""


class Fresh(NamedTuple):
    """What came."""

    new: pl.DataFrame
    """Pages to work on, columns of `frames.RAW`; all have content."""
    unchanged: pl.DataFrame
    """Pages settled by an earlier run with the same bytes, columns of `UNCHANGED`."""


def plan(links: pl.DataFrame, known: pl.DataFrame) -> Plan:
    """Split links into those to fetch and those known to be unchanged.

    A web page is not fetched again if its newest snapshot is settled, unless its feed dates
    it later than that snapshot. Files are always read: that is cheap, and nothing announces
    a change.
    """
    told = links.join(_newest(known), on="url", how="left", maintain_order="left")
    is_web = pl.col("location").str.contains(r"(?i)^https?://")
    is_newer = (pl.col("announced_at") > pl.col("fetched_at")).fill_null(value=False)
    skip = told.with_columns(skip=is_web & pl.col("is_settled").fill_null(value=False) & ~is_newer)
    return Plan(
        shape(skip.filter(~pl.col("skip")).select(links.columns), frames.LINKS, "links"),
        shape(skip.filter("skip").select(UNCHANGED.names()), UNCHANGED, "unchanged"),
    )


def fetch(
    links: pl.DataFrame,
    known: pl.DataFrame,
    now: datetime,
    max_bytes: int,
    limits: Limits | None = None,
) -> pl.DataFrame:
    """One row per link that has to be fetched (see `plan`), in their order, shaped as `RAW`.

    `fetched_at` is `now` for all of them: one time per run keeps a run repeatable.
    """
    wanted = plan(links, known).to_fetch
    locations = wanted["location"].to_list()
    on_web = [location for location in locations if WEB.match(location)]
    answers = dict(zip(on_web, web.get(on_web, max_bytes, limits), strict=True)) if on_web else {}
    came = (answers.get(location) or _file(location, max_bytes) for location in locations)
    rows = [_row(url, answer, now) for url, answer in zip(wanted["url"], came, strict=True)]
    return shape(pl.DataFrame(rows, schema=frames.RAW, orient="row"), frames.RAW, "raw")


def fresh(raw: pl.DataFrame, known: pl.DataFrame) -> Fresh:
    """Split pages that came by whether they are as an earlier run left them.

    Bytes that were replaced and come back are new: the article has changed again.
    """
    came = raw.filter(pl.col("content").is_not_null())
    settled = _newest(known).filter("is_settled")
    on = ["url", "content_hash"]
    return Fresh(
        came.join(settled, on=on, how="anti", maintain_order="left"),
        came.join(settled, on=on, how="semi", maintain_order="left").select(UNCHANGED.names()),
    )


def failed(raw: pl.DataFrame) -> pl.DataFrame:
    """One row per page that did not come, with outcome and reason, shaped as `REJECTS`."""
    failure = pl.col("failure")
    rejects = raw.filter(failure.is_not_null()).select(
        "url",
        "content_hash",
        outcome=failure.str.extract(OUTCOME),
        reason=failure.str.replace(OUTCOME, ""),
    )
    return shape(rejects, frames.REJECTS, "rejects")


def _newest(known: pl.DataFrame) -> pl.DataFrame:
    """The newest snapshot of each URL; of two of one time that which is not settled."""
    return (
        known.sort("fetched_at", "is_settled", "content_hash", descending=[True, False, False])
        .unique("url", keep="first", maintain_order=True)
        .select("url", "content_hash", "fetched_at", "is_settled")
    )


def _file(location: str, max_bytes: int) -> web.Answer:
    """A file as the answer for its path; its reasons hold no path of this machine."""
    path = Path(location)
    try:
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
        if len(content) > max_bytes:
            size = web.too_large(path.stat().st_size, max_bytes)
            return web.Answer(location, failure=f"{TOO_LARGE}{size}")
    except OSError as error:
        return web.Answer(location, failure=f"fetch_failed: file not read: {error.strerror}")
    return web.Answer(location, HTTPStatus.OK, CONTENT_TYPES.get(path.suffix.lower()), content)


def _row(url: str, answer: web.Answer, now: datetime) -> dict[str, Any]:
    """An answer as a row of `RAW`."""
    failure = answer.failure
    if failure and failure.startswith(TOO_LARGE):
        failure += "; raise ETL_MAX_PAGE_BYTES, or leave the page out of its feed"
    return {
        "url": url,
        "fetched_at": now,
        "status": answer.status,
        "content_type": answer.content_type,
        "content": answer.content,
        "content_hash": None if answer.content is None else sha256(answer.content).hexdigest(),
        "failure": failure,
    }
