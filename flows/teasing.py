"""What the pages of a source show of other articles: from `pages` to rows of `ops.teasers`."""

from collections.abc import Iterator

import polars as pl

from etl.extract import urls
from etl.load import teasers
from etl.schema import frames, shape
from flows.job import Job


def teased(pages: pl.DataFrame) -> pl.DataFrame:
    """One row per article and what its page shows of another one: columns of `frames.TEASERS`.

    URLs are spelled as those of articles are; where one has no such spelling, or is that of the
    page itself, there is no row.
    """
    return shape(
        pl.DataFrame(list(_rows(pages)), schema=frames.TEASERS, orient="row"),
        frames.TEASERS,
        "teasers",
    )


def _rows(pages: pl.DataFrame) -> Iterator[tuple[object, ...]]:
    """The rows of all pages, in their order."""
    for page_url, seen_at, shown in pages.select(
        "article_url", "fetched_at", "teasers"
    ).iter_rows():
        for teaser in shown or ():
            if (address := teaser["url"]) is None:
                yield page_url, None, teaser["text"], seen_at
            elif (url := _canonical(address)) and url != page_url:
                yield page_url, url, teaser["text"], seen_at


def _canonical(address: str) -> str | None:
    """The canonical spelling of an address; None where it has none."""
    try:
        return urls.canonical(address)
    except ValueError:
        return None


def remember(job: Job, rows: pl.DataFrame) -> None:
    """Write what was seen, unless the run is dry."""
    if not job.is_dry:
        teasers.remember(job.engine, job.source.name, rows)
