"""One Prefect task per step: retries, timeouts, names; the work itself is in `etl`.

Frames pass from task to task in memory, so results are neither persisted nor cached. Only
what may pass by itself is retried (`Transient`): a broken audit fails the same way twice.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, ParamSpec, TypeVar

import polars as pl
from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun

from etl import audit as auditing
from etl import schema as s
from etl import sources
from etl.errors import Transient
from etl.load import publish as publishing
from etl.load import staging
from etl.transform import articles as article
from etl.transform import citations as citation
from etl.transform import entities as entity
from etl.transform import signatures as signature
from etl.transform.entities import resolve
from flows import extraction, rules, teasing
from flows.job import Extracted, Job, outcomes

HOUR = 3600.0

Frames = Mapping[type[s.Loaded], pl.DataFrame]
"""One conformed frame per table."""


class Transformed(NamedTuple):
    """What the pages say."""

    frames: Frames
    outcomes: pl.DataFrame
    """URLs of the pages, columns of `runs.OUTCOMES`; loaded unless the audit objects."""
    rejects: pl.DataFrame
    """Pages that are no articles, columns of `frames.REJECTS`."""
    fetched_as: Mapping[str, str]
    """URLs of the pages by those of their articles."""
    teasers: pl.DataFrame
    """What the pages show of other articles, columns of `frames.TEASERS`."""
    rule_notes: list[str]
    """What there is to say of the rules of the source."""


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


def extract(job: Job) -> Extracted:
    """Find what the source announces, fetch what may be new, keep its bytes."""
    return extraction.extract(job)


def transform(job: Job, raw: pl.DataFrame) -> Transformed:
    """Read pages into articles, entities and citations."""
    source, source_id = job.source, s.key(job.source.name)
    limit = job.settings.max_page_bytes
    pages, rejects = job.readers.read(raw, source.language, source.timezone, limit, source.rules)
    versions = article.article_versions(pages, source_id)
    named = resolve.resolve(entity.mentions(versions), versions)
    cited = citation.citations(versions)
    owned: Frames = {
        s.ArticleAuthor: article.article_authors(pages, source_id),
        s.Mention: named.mentions,
        s.Citation: cited.citations,
        s.CitationName: cited.citation_names,
        s.CitationField: cited.citation_fields,
        s.CitationContext: cited.citation_contexts,
        s.Signature: signature.signatures(versions),
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
    ended = pl.concat([outcomes(pages, raw, "loaded"), outcomes(rejects, raw)])
    fetched_as = dict(pages.select("article_url", "url").iter_rows())
    loaded = {table: frames[table] for table in s.LOADED}
    return Transformed(
        loaded,
        ended,
        rejects,
        fetched_as,
        teasing.teased(pages),
        rules.idle(source.rules, pages),
    )


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
    ended: pl.DataFrame,
    set_aside: Mapping[str, int],
) -> dict[str, publishing.LoadCounts]:
    """Merge the staged rows into the warehouse and settle the outcomes, in one transaction."""
    return publishing.publish(
        job.engine,
        schema,
        job.run_id,
        job.source.name,
        counts,
        ended,
        set_aside,
        job.source.visits.recheck_days,
    )


extract_step = step(extract)
transform_step = step(transform)
stage_step = step(stage)
audit_step = step(audit)
publish_step = step(publish)
