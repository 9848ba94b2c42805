"""One Prefect task per step: retries, timeouts, names; the work itself is in `etl`.

Frames pass from task to task in memory, so results are neither persisted nor cached. Only
what may pass by itself is retried (`Transient`): a broken audit fails the same way twice.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, ParamSpec, TypeVar
from uuid import UUID

import polars as pl
import sqlalchemy as sa
from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun

from etl import audit as auditing
from etl import extract as extracting
from etl import schema as s
from etl import sources
from etl.errors import Transient
from etl.extract import snapshots
from etl.load import publish as publishing
from etl.load import runs, staging
from etl.settings import Settings
from etl.transform import articles as article
from etl.transform import citations as citation
from etl.transform import entities as entity
from etl.transform import pages as page
from etl.transform.entities import resolve

HOUR = 3600.0

Frames = Mapping[type[s.Loaded], pl.DataFrame]
"""One conformed frame per table."""


class Job(NamedTuple):
    """One source in one run: what every step needs to know."""

    engine: sa.Engine
    run_id: UUID
    source: sources.Source
    settings: Settings
    now: datetime
    is_dry: bool


class Extracted(NamedTuple):
    """What a source has to offer."""

    raw: pl.DataFrame
    """Pages to read, columns of `frames.RAW`."""
    outcomes: pl.DataFrame
    """URLs that ended here, columns of `runs.OUTCOMES`."""
    feed_failures: list[str]


class Transformed(NamedTuple):
    """What the pages say."""

    frames: Frames
    outcomes: pl.DataFrame
    """URLs of the pages, columns of `runs.OUTCOMES`; loaded unless the audit objects."""


async def may_pass(_task: object, _run: TaskRun, state: State[Any]) -> bool:
    """Whether a failed task is worth another try."""
    error = await state.aresult(raise_on_failure=False)
    return isinstance(error, Transient)


P = ParamSpec("P")
R = TypeVar("R")


def step(work: Callable[P, R]) -> Task[P, R]:
    """`work` as a Prefect task, named after it and the source of its job."""
    return task(
        task_run_name=f"{work.__name__} {{job.source.name}}",
        retries=2,
        retry_delay_seconds=[5, 30],
        retry_condition_fn=may_pass,
        timeout_seconds=HOUR,
        cache_policy=NO_CACHE,
        persist_result=False,
    )(work)


def _outcomes(frame: pl.DataFrame, outcome: str | None = None) -> pl.DataFrame:
    """`frame` as outcomes: its own, or `outcome` for every row."""
    if outcome is not None:
        frame = frame.with_columns(outcome=pl.lit(outcome), reason=pl.lit(None, pl.String))
    return s.shape(frame.select(runs.OUTCOMES.names()), runs.OUTCOMES, "outcomes")


def extract(job: Job) -> Extracted:
    """Find what the source announces, fetch what may be new, keep its bytes."""
    name, known = job.source.name, runs.known(job.engine, job.source.name)
    links, failures = extracting.discover(job.source, job.now)
    planned = extracting.plan(links, known)
    raw = extracting.fetch(links, known, job.now, job.settings.max_page_bytes)
    new, unchanged = extracting.fresh(raw, known)
    if not job.is_dry:
        kept = snapshots.keep(new, job.settings.home / "snapshots")
        runs.remember(job.engine, name, kept)
    ended = [
        _outcomes(planned.unchanged, "unchanged"),
        _outcomes(unchanged, "unchanged"),
        _outcomes(extracting.failed(raw)),
    ]
    return Extracted(new, pl.concat(ended), [f"{f.feed}: {f.reason}" for f in failures])


def transform(job: Job, raw: pl.DataFrame) -> Transformed:
    """Read pages into articles, entities and citations."""
    source, source_id = job.source, s.key(job.source.name)
    limit = job.settings.max_page_bytes
    pages, rejects = page.read(raw, source.language, source.timezone, limit)
    versions = article.article_versions(pages, source_id)
    named = resolve.resolve(entity.mentions(versions), versions)
    cited = citation.citations(versions)
    owned: Frames = {
        s.ArticleAuthor: article.article_authors(pages, source_id),
        s.Mention: named.mentions,
        s.Citation: cited.citations,
        s.CitationContext: cited.citation_contexts,
    }
    frames: Frames = {
        s.Source: sources.row(source),
        s.Article: article.articles(pages, source_id),
        s.ArticleVersion: article.sealed(versions, owned),
        s.Author: article.authors(pages),
        s.Entity: named.entities,
        s.EntityAlias: named.entity_aliases,
        s.Work: cited.works,
        **owned,
    }
    ended = pl.concat([_outcomes(pages, "loaded"), _outcomes(rejects)])
    return Transformed({table: frames[table] for table in s.LOADED}, ended)


def stage(job: Job, schema: str, frames: Frames) -> dict[str, int]:
    """Copy the frames into the staging schema of the batch."""
    return staging.stage(job.engine, schema, frames)


def audit(job: Job, schema: str, counts: Mapping[str, int]) -> auditing.Verdict:
    """Judge the staged rows; set bad ones aside."""
    share = job.settings.max_set_aside_share
    return auditing.audit(job.engine, schema, job.run_id, job.source.name, counts, job.now, share)


def publish(
    job: Job,
    schema: str,
    counts: Mapping[str, int],
    outcomes: pl.DataFrame,
    set_aside: Mapping[str, int],
) -> dict[str, publishing.LoadCounts]:
    """Merge the staged rows into the warehouse and settle the outcomes, in one transaction."""
    return publishing.publish(
        job.engine, schema, job.run_id, job.source.name, counts, outcomes, set_aside
    )


extract_step = step(extract)
transform_step = step(transform)
stage_step = step(stage)
audit_step = step(audit)
publish_step = step(publish)
