"""The first step of a source, piece by piece: discover, plan, fetch and keep, identify.

What a run learns is written as soon as it is known: links before any page is asked for, pages
as they come. A run that is killed and started again fetches only what was missing.
"""

from typing import NamedTuple

import polars as pl

from etl import extract as extracting
from etl.extract import identity
from etl.load import frontier, runs
from etl.schema import frames
from flows.job import Extracted, Job, outcomes


class _Standing(NamedTuple):
    """What is remembered of the URLs of a run."""

    links: pl.DataFrame
    """Columns of `frames.LINKS`, no URL twice."""
    urls: pl.DataFrame
    """Columns of `frames.URLS`."""
    known: pl.DataFrame
    """Columns of `frames.KNOWN`."""


class _Came(NamedTuple):
    """What was fetched."""

    new: pl.DataFrame
    """Pages to work on, columns of `frames.RAW`."""
    moved: pl.DataFrame
    """Pages as before at a new address, columns of `frames.RAW`."""
    outcomes: pl.DataFrame
    """Of the others, columns of `runs.OUTCOMES`."""


def extract(job: Job) -> Extracted:
    """Find what the source announces, fetch what may be new, keep its bytes."""
    store = extracting.store(job.settings.snapshots_url)
    if not job.is_dry:
        store.sweep()
    robots = frontier.robots(job.engine, job.now)
    with extracting.online(job.source.visits, robots=robots) as web:
        found = _discovered(job, web)
        standing = _standing(job, found)
        plan = extracting.plan(*standing, job.now, is_eager=not job.is_due_only)
        taken, lost = extracting.taken_up(plan.kept, store)
        asks = pl.concat([plan.to_fetch, extracting.afresh(standing.links, plan.kept, lost)])
        if asks.height or taken.height:
            job.readers.warm()
        came = _fetched(job, web, store, asks, standing)
        if not job.is_dry:
            frontier.remember_robots(job.engine, web.robots(), job.now)
    said = _identified(job, pl.concat([came.new, taken]).sort("url"), came.moved, standing)
    return Extracted(
        raw=said.pages,
        outcomes=pl.concat([outcomes(plan.ended), came.outcomes]),
        identified=said,
        asked=pl.concat([came.new, taken]).select("url", "fetched_at"),
        feed_count=len(found.asked),
        still_count=sum(not a.links and not a.problems for a in found.asked.values()),
        feed_failures=[f"{failure.feed}: {failure.reason}" for failure in found.failures],
    )


def concluded(job: Job, came: Extracted, rejects: pl.DataFrame) -> pl.DataFrame:
    """Outcomes of other addresses of articles, once it is known which pages are none.

    Args:
        job: The job.
        came: What was extracted.
        rejects: Its pages that are no articles, columns of `frames.REJECTS`.
    """
    said = identity.settled(came.identified, rejects)
    if not job.is_dry:
        frontier.remember_aliases(job.engine, job.source.name, said.aliases)
    return outcomes(said.duplicates, came.asked)


def _discovered(job: Job, web: extracting.Web) -> extracting.Found:
    """What the feeds announce, written down at once."""
    name = job.source.name
    feeds = frontier.feeds(job.engine, name)
    documents = frontier.documents(job.engine, name)
    found = extracting.discover(
        job.source, web, feeds, documents, job.now, is_due_only=job.is_due_only
    )
    if not job.is_dry:
        known = frontier.articles(job.engine, name, found.links["url"].unique())
        states = extracting.feed_states(found, feeds, known, job.now)
        told = frontier.Found(found.links, states, found.documents)
        frontier.remember(job.engine, name, told, job.now)
    return found


def _standing(job: Job, found: extracting.Found) -> _Standing:
    """The links of the run, announced or due, and what is remembered of them."""
    name, announced = job.source.name, found.links["url"].unique()
    urls = frontier.urls(job.engine, name, announced, job.now, is_eager=not job.is_due_only)
    links = extracting.work(found.links, urls)
    shown = urls.filter(~pl.col("article_url").is_in(urls["url"].implode()))["article_url"]
    context = frontier.articles(job.engine, name, shown.unique())
    urls = pl.concat([urls, context]).unique("url", keep="first", maintain_order=True)
    return _Standing(links, urls, runs.known(job.engine, name, links["url"]))


def _fetched(
    job: Job,
    web: extracting.Web,
    store: extracting.Store,
    asks: pl.DataFrame,
    standing: _Standing,
) -> _Came:
    """Pages as they came, each kept before the next is waited for."""
    new, moved = [frames.RAW.to_frame()], [frames.RAW.to_frame()]
    ended = [runs.OUTCOMES.to_frame()]
    for raw in extracting.fetch(asks, web, job.now, job.settings.max_page_bytes):
        came = extracting.fresh(raw, standing.known, standing.urls)
        if not job.is_dry:
            runs.remember(job.engine, job.source.name, store.keep(came.new))
        new.append(came.new)
        moved.append(extracting.moved(raw, came.ended))
        ended += [outcomes(came.ended, raw), outcomes(extracting.failed(raw), raw)]
    return _Came(pl.concat(new), pl.concat(moved), pl.concat(ended))


def _identified(
    job: Job, raw: pl.DataFrame, moved: pl.DataFrame, standing: _Standing
) -> extracting.Identified:
    """The pages of the run, one for each article; of those that only moved, where they are."""
    told = pl.concat([raw, moved])
    claimed = pl.Series(identity.claimed(told), dtype=pl.String)
    known = frontier.articles(job.engine, job.source.name, claimed)
    urls = pl.concat([standing.urls, known]).unique("url", keep="first", maintain_order=True)
    said = extracting.identify(told, urls)
    is_here = ~pl.col("url").is_in(moved["url"].implode())
    pages, duplicates = said.pages.filter(is_here), said.duplicates.filter(is_here)
    return said._replace(pages=pages, duplicates=duplicates)
