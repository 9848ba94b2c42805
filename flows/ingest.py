"""Every source asked for: what is new in it, all the way to published tables.

A source is one batch: extracted, transformed, staged in a schema of its own, audited, and
published in one transaction. A source that fails is named in the report; the others go on.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import polars as pl
import sqlalchemy as sa
from prefect import flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from etl import sources
from etl.errors import FetchFailed, Misconfigured
from etl.load import runs, staging
from etl.load.engine import warehouse
from etl.load.migrate import upgrade
from etl.schema import frames
from etl.settings import Settings
from flows import extraction, rules, steps, teasing
from flows.job import Extracted, Job
from flows.progress import tell
from flows.reading import Readers
from flows.report import Issue, RunReport, SourceReport, TableCounts
from flows.steps import Transformed

STEPS = ("extract", "transform", "stage", "audit", "publish")
"""Steps of one source, in order (`ops.steps`)."""


def run(
    names: list[str] | None = None, is_dry: bool = False, is_due_only: bool = False
) -> RunReport:
    """Run the flow here and return its report, whatever state it ended in.

    Raises:
        WarehouseUnreachable: There is nowhere to load to.
        Misconfigured: A setting is wrong, or there is no source at all.
    """
    ended: State[Any] = ingest(names, is_dry, is_due_only, return_state=True)
    result: RunReport | BaseException = ended.result(raise_on_failure=False)
    if isinstance(result, BaseException):
        raise result
    return result


@flow(name="ingest", persist_result=False)
def ingest(
    names: list[str] | None = None, is_dry: bool = False, is_due_only: bool = False
) -> State[RunReport]:
    """Take what is new in the sources `names`, or in all of them if none is named.

    With `is_due_only`, as schedules have it, feeds and failed pages that rest are left alone.

    The flow run fails if every source failed; it is Completed but named Degraded if some did,
    or if rows were set aside.
    """
    report = _ingest_all(names, is_dry, is_due_only)
    if report.state == "failed":
        return Failed(message=report.error, data=report)
    return Completed(name=report.state.capitalize(), message=report.error, data=report)


def _ingest_all(names: list[str] | None, is_dry: bool, is_due_only: bool) -> RunReport:
    """All sources asked for, in one warehouse."""
    settings = Settings.read()
    wanted = _wanted(names, settings)
    report = RunReport(str(flow_run.id), str(flow_run.name), is_dry, is_due_only)
    began = time.monotonic()
    start_seconds = settings.postgres_start_seconds
    with (
        warehouse(settings.url, settings.home, start_seconds) as engine,
        Readers(settings.readers, settings.page_seconds) as readers,
    ):
        upgrade(engine)
        with _recorded(engine, report, wanted):
            for name in wanted:
                report.sources.append(_ingest_source(engine, settings, readers, report, name))
    report.seconds = time.monotonic() - began
    return report


def _wanted(names: list[str] | None, settings: Settings) -> list[str]:
    """Names of the sources asked for, each once.

    Raises:
        Misconfigured: One of them is not known, or there is none at all.
    """
    known = sources.names(settings.own_sources)
    wanted = list(dict.fromkeys(names or known))
    if unknown := [name for name in wanted if name not in known]:
        sources.load(unknown[0], settings.own_sources)
    if not wanted:
        raise Misconfigured(f"no source in {settings.sources_to_write}; add <name>.yaml to it")
    return wanted


@contextmanager
def _recorded(engine: sa.Engine, report: RunReport, wanted: Sequence[str]) -> Iterator[None]:
    """The run in `ops.runs`, unless it is dry; what killed runs left behind is swept up."""
    if report.is_dry:
        yield
        return
    staging.sweep(engine)
    with runs.run(engine, UUID(report.run_id), report.name, wanted):
        yield
        runs.finish_run(engine, UUID(report.run_id), report.state, report.error)


def _ingest_source(
    engine: sa.Engine, settings: Settings, readers: Readers, report: RunReport, name: str
) -> SourceReport:
    """One source; whatever goes wrong in it is told in its report."""
    told, began = SourceReport(name), time.monotonic()
    try:
        source = _source(engine, settings, report, name)
        now, run_id = datetime.now(UTC), UUID(report.run_id)
        told.rule_notes = rules.ended(source.rules, now.date())
        ways = (report.is_dry, report.is_due_only)
        job = Job(engine, run_id, source, settings, readers, now, *ways)
        _run_steps(job, told)
    # One bad source never stops the rest, whatever is wrong with it.
    except Exception as error:
        told.fail(error)
    told.seconds = time.monotonic() - began
    return told


def _source(engine: sa.Engine, settings: Settings, report: RunReport, name: str) -> sources.Source:
    """The source file, read; if it cannot be, the first step of the source has failed."""
    try:
        return sources.load(name, settings.own_sources)
    except Misconfigured:
        if report.is_dry:
            raise
        with runs.step(engine, UUID(report.run_id), name, STEPS[0]):
            raise


def _run_steps(job: Job, told: SourceReport) -> None:
    """All steps of one source; nothing new ends it after the first or second."""
    with _step(job, "extract") as counts:
        came: Extracted = steps.extract_step(job)
        counts.output_count = came.raw.height
        told.feed_count, told.still_count = came.feed_count, came.still_count
        told.feed_failures = came.feed_failures
        counts.problem = next(iter(came.feed_failures), None)
        if counts.problem and came.raw.is_empty() and came.outcomes.is_empty():
            raise FetchFailed(counts.problem)
    if came.raw.is_empty():
        others = extraction.concluded(job, came, frames.REJECTS.to_frame())
        _settle(job, pl.concat([came.outcomes, others]), told)
        return
    with _step(job, "transform", came.raw.height) as counts:
        said: Transformed = steps.transform_step(job, came.raw)
        counts.output_count = sum(frame.height for frame in said.frames.values())
    teasing.remember(job, said.teasers)
    told.rule_notes += said.rule_notes
    others = extraction.concluded(job, came, said.rejects)
    outcomes = pl.concat([came.outcomes, said.outcomes, others])
    if job.is_dry or "loaded" not in said.outcomes["outcome"]:
        _settle(job, outcomes, told)
        if job.is_dry:
            told.tables = {
                t.__tablename__: TableCounts(staged=f.height) for t, f in said.frames.items()
            }
        return
    _load(job, said, outcomes, told)


def _load(job: Job, said: Transformed, outcomes: pl.DataFrame, told: SourceReport) -> None:
    """Stage, audit and publish one batch."""
    rows = sum(frame.height for frame in said.frames.values())
    with staging.batch(job.engine, job.run_id, job.source.name) as schema:
        with _step(job, "stage", rows) as counts:
            staged = steps.stage_step(job, schema, said.frames)
            counts.output_count = sum(staged.values())
        with _step(job, "audit", rows) as counts:
            verdict = steps.audit_step(job, schema, staged)
            counts.output_count = rows - sum(verdict.set_aside.values())
        told.warnings = verdict.warning_count
        reasons = {said.fetched_as[url]: reason for url, reason in verdict.urls.items()}
        outcomes = _judged(outcomes, reasons)
        with _step(job, "publish", counts.output_count) as counts:
            loads = steps.publish_step(job, schema, staged, outcomes, verdict.set_aside)
            counts.output_count = sum(c.inserted + c.updated + c.deleted for c in loads.values())
    told.tables = {name: TableCounts(**count._asdict()) for name, count in loads.items()}
    _tell_outcomes(outcomes, told)


@contextmanager
def _step(job: Job, name: str, input_count: int | None = None) -> Iterator[runs.StepCounts]:
    """One step, told to whoever listens and, unless the run is dry, kept in `ops.steps`."""
    tell(job.source.name, name, STEPS.index(name), len(STEPS))
    if job.is_dry:
        yield runs.StepCounts(input_count)
        return
    with runs.step(job.engine, job.run_id, job.source.name, name, input_count) as counts:
        yield counts


def _settle(job: Job, outcomes: pl.DataFrame, told: SourceReport) -> None:
    """Record outcomes of URLs of which there is nothing to publish."""
    if not job.is_dry and not outcomes.is_empty():
        with job.engine.begin() as connection:
            name, days = job.source.name, job.source.visits.recheck_days
            runs.record_outcomes(connection, job.run_id, name, outcomes, days)
    _tell_outcomes(outcomes, told)


def _judged(outcomes: pl.DataFrame, set_aside: dict[str, str]) -> pl.DataFrame:
    """Outcomes after the audit: URLs in `set_aside` were not loaded, for its reason."""
    reason = pl.col("url").replace_strict(set_aside, default=None, return_dtype=pl.String)
    return outcomes.with_columns(
        outcome=pl.when(reason.is_not_null()).then(pl.lit("set_aside")).otherwise("outcome"),
        reason=pl.coalesce(reason, "reason"),
    )


def _tell_outcomes(outcomes: pl.DataFrame, told: SourceReport) -> None:
    """Count outcomes and list what was not loaded."""
    counted = outcomes["outcome"].value_counts(sort=True)
    told.outcomes = dict(counted.iter_rows())
    is_lost = pl.col("reason").is_not_null() & (pl.col("outcome") != "duplicate")
    lost = outcomes.filter(is_lost).select("url", "outcome", "reason")
    told.issues = [Issue(*row) for row in lost.sort("url").iter_rows()]
