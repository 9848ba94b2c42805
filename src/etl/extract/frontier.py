"""What a run does with each URL: fetch it, take it from its snapshot, or leave it, and why.

In come the links of a run, what is remembered of their URLs and which snapshots there are;
every URL ends in exactly one frame of `Plan`.
"""

from datetime import datetime
from typing import NamedTuple

import polars as pl

from etl.schema import frames, ops, shape
from etl.sources.feeds import WEB

ASKS = pl.Schema(
    {
        **frames.LINKS,
        "article_url": pl.String(),
        **{name: pl.String() for name in ("etag", "last_modified")},
    }
)
"""One row per URL to fetch: its link, of which article it is, and how to ask for changes only."""

ENDED = pl.Schema(
    {
        "url": pl.String(),
        "content_hash": pl.String(),
        "outcome": pl.String(),
        "reason": pl.String(),
    }
)
"""One row per URL of which there is nothing to do; the columns of `frames.REJECTS`."""


class Plan(NamedTuple):
    """What a run has to do; no URL is in two of them."""

    to_fetch: pl.DataFrame
    """Columns `ASKS`, the most urgent first."""
    kept: pl.DataFrame
    """URLs whose bytes an earlier run kept and did not work up, columns of `frames.KNOWN`."""
    ended: pl.DataFrame
    """Columns `ENDED`: unchanged, duplicate or postponed."""


def work(links: pl.DataFrame, urls: pl.DataFrame) -> pl.DataFrame:
    """The links of a run, no URL twice: those announced, then those that are due again.

    Of a URL in several feeds address and feed of the first are taken, and the latest time.
    """
    announced = links.with_columns(announced_at=pl.col("announced_at").max().over("url")).unique(
        "url", keep="first", maintain_order=True
    )
    due = urls.join(announced, on="url", how="anti", maintain_order="left").with_columns(
        announced_at=pl.lit(None, frames.TIME)
    )
    return shape(pl.concat([announced, due.select(announced.columns)]), frames.LINKS, "links")


def plan(
    links: pl.DataFrame,
    urls: pl.DataFrame,
    known: pl.DataFrame,
    now: datetime,
    *,
    is_eager: bool = False,
) -> Plan:
    """What is to be done with each of `links`.

    Args:
        links: The links of the run, see `work`.
        urls: How their URLs stand, columns of `frames.URLS`; also articles they are shown by.
        known: Snapshots of these URLs, columns of `frames.KNOWN`.
        now: Time of the run.
        is_eager: Whether failed URLs are tried before their time.
    """
    told = _told(links, urls, known, now, is_eager=is_eager)
    is_newer = (pl.col("announced_at") > pl.col("checked_at")).fill_null(value=False)
    is_file = ~pl.col("location").str.contains(r"(?i)^(?:https?://|zip:|warc:)")
    is_fresh = (pl.col("announced_at") > pl.col("fetched_at")).fill_null(value=False)
    what = (
        pl.when("is_other")
        .then(pl.lit("duplicate"))
        .when(pl.col("is_settled").eq(other=False) & ~is_fresh & ~is_file)
        .then(pl.lit("kept"))
        .when(pl.col("is_failing") & ~pl.col("is_due") & ~is_newer)
        .then(pl.lit("postponed"))
        .when(pl.col("is_settled") & ~pl.col("is_due") & ~is_newer & ~is_file)
        .then(pl.lit("unchanged"))
        .otherwise(pl.lit("fetch"))
    )
    told = told.with_columns(what=what)
    return Plan(
        _asks(told.filter(what="fetch")),
        _snapshots(told.filter(what="kept"), known),
        _ended(told.filter(pl.col("what").is_in(["duplicate", "postponed", "unchanged"]))),
    )


def afresh(links: pl.DataFrame, kept: pl.DataFrame, lost: list[str]) -> pl.DataFrame:
    """Asks, columns `ASKS`, for pages whose bytes were kept and are lost.

    Args:
        links: The links of the run.
        kept: `Plan.kept`.
        lost: URLs of kept pages that cannot be read.
    """
    shown = kept.filter(pl.col("url").is_in(lost)).select("url", "article_url")
    asks = links.join(shown, on="url", how="inner", maintain_order="left").with_columns(
        etag=pl.lit(None, pl.String), last_modified=pl.lit(None, pl.String)
    )
    return shape(asks, ASKS, "asks")


def newest(known: pl.DataFrame) -> pl.DataFrame:
    """The newest snapshot of each URL; of two of one time that which is not settled."""
    return known.sort(
        "fetched_at", "is_settled", "content_hash", descending=[True, False, False]
    ).unique("url", keep="first", maintain_order=True)


def _told(
    links: pl.DataFrame,
    urls: pl.DataFrame,
    known: pl.DataFrame,
    now: datetime,
    *,
    is_eager: bool,
) -> pl.DataFrame:
    """The links with how they stand: `is_other`, `is_failing`, `is_due`, and their snapshot."""
    standing = urls.select(
        *("url", "article_url", "checked_at", "outcome", "reason", "next_check_at")
    )
    snapshot = newest(known).select(
        *("url", "content_hash", "fetched_at", "is_settled", "etag", "last_modified")
    )
    is_failing = pl.col("outcome").is_in(ops.FAILING).fill_null(value=False)
    is_due = (pl.col("next_check_at") <= now).fill_null(value=False)
    told = (
        links.join(standing, on="url", how="left", maintain_order="left")
        .join(snapshot, on="url", how="left", maintain_order="left")
        .with_columns(
            pl.col("article_url").fill_null(pl.col("url")),
            is_failing=is_failing,
            is_due=is_due | (is_failing & pl.lit(is_eager)),
        )
    )
    return told.with_columns(is_other=_is_other(told, urls))


def _is_other(told: pl.DataFrame, urls: pl.DataFrame) -> pl.Series:
    """Whether each link is a second address of an article that is had without it."""
    own = urls.filter(pl.col("url") == pl.col("article_url"), pl.col("checked_at").is_not_null())
    had = {*own["url"], *told.filter(pl.col("url") == pl.col("article_url"))["url"]}
    others: list[bool] = []
    for url, article_url in told.select("url", "article_url").iter_rows():
        others.append(url != article_url and article_url in had)
        had.add(article_url)
    return pl.Series(others, dtype=pl.Boolean)


def _asks(told: pl.DataFrame) -> pl.DataFrame:
    """What to fetch: first what never came, then what failed, then what may have changed."""
    urgency = pl.when(pl.col("outcome").is_null()).then(0).when("is_failing").then(1).otherwise(2)
    # Validators of bytes that are not settled would bring a 304 and no bytes to work on.
    only = [
        pl.when("is_settled").then(pl.col(name)).alias(name) for name in ("etag", "last_modified")
    ]
    asks = told.with_columns(*only, urgency=urgency).sort("urgency", maintain_order=True)
    return shape(asks.select(ASKS.names()), ASKS, "asks")


def _snapshots(told: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """The snapshots to work on, with the article of each."""
    kept = told.select("url", "content_hash", "article_url").join(
        known, on=["url", "content_hash"], how="left", maintain_order="left"
    )
    return kept.select(*frames.KNOWN.names(), "article_url")


def _ended(told: pl.DataFrame) -> pl.DataFrame:
    """The URLs of which there is nothing to do, with the reason."""
    next_try = pl.col("next_check_at").dt.strftime("; next try after %Y-%m-%d %H:%M UTC")
    given_up = pl.lit("; tried so often that it waits to be announced with a new date")
    why = pl.format("{}: {}", "outcome", pl.col("reason").fill_null("")) + pl.coalesce(
        next_try, given_up
    )
    reason = (
        pl.when(pl.col("what") == "duplicate")
        .then(pl.format("duplicate of {}", "article_url"))
        .when(pl.col("what") == "postponed")
        .then(why)
    )
    ended = told.with_columns(reason=reason).with_columns(outcome=pl.col("what"))
    return shape(ended.select(ENDED.names()), ENDED, "ended")


def is_web(location: str) -> bool:
    """Whether a location is an address on the web."""
    return WEB.match(location) is not None
