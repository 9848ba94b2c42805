"""What the warehouse remembers of runs: schema `ops`, and the answers of `etl status`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any
from uuid import UUID

import polars as pl
import sqlalchemy as sa

from etl.errors import EtlError
from etl.load import frontier, locks
from etl.load.statements import answer, given_rows
from etl.schema import Table, frame_schema, frames, ops, shape

KILLED = "killed: its process ended without a word"


def _columns(table: type[Table], *added: str) -> pl.Schema:
    """The columns of a table but for those that are added here."""
    return pl.Schema({n: d for n, d in frame_schema(table).items() if n not in added})


OUTCOMES = _columns(ops.Outcome, "run_id", "source", "recorded_at")
"""Columns of a frame of outcomes; one row per URL of a run and source."""

SNAPSHOTS = _columns(ops.Snapshot, "source", "settled_at")
"""Columns of a frame of snapshots; one row per URL and content."""

SETTLING = (
    *("loaded", "duplicate", "not_an_article", "unreadable", "charset", "too_large", "set_aside"),
    *ops.NOTICES,
)
"""Outcomes after which the same bytes are not taken up again."""


SETTLE = """
    update ops.snapshots as t
    set settled_at = clock_timestamp()
    from ops.outcomes as o
    where o.run_id = :run_id and o.source = :source and o.outcome = any(:settling)
        and t.source = o.source and t.url = o.url and t.content_hash = o.content_hash
        and t.settled_at is null
"""
"""Settles the snapshots of a run of which nothing more will come."""

WRITE_STEP = """
    insert into ops.steps as t (
        run_id, source, step, state, started_at, ended_at, input_count, output_count, error
    )
    values (
        :run_id, :source, :step, :state, clock_timestamp(),
        case when :state <> 'running' then clock_timestamp() end,
        :input_count, :output_count, :error
    )
    on conflict (run_id, source, step) do update set
        state = excluded.state,
        started_at = case
            when excluded.state = 'running' then excluded.started_at else t.started_at
        end,
        ended_at = excluded.ended_at,
        input_count = excluded.input_count,
        output_count = excluded.output_count,
        error = excluded.error
"""
"""Writes the row of a step as it is now."""


@dataclass
class StepCounts:
    """Rows into and out of a step, filled in while it runs."""

    input_count: int | None = None
    output_count: int | None = None
    problem: str | None = None
    """What went wrong in part, in one line; the step then counts as degraded."""


@contextmanager
def run(
    engine: sa.Engine, run_id: UUID, flow_run_name: str, sources: Sequence[str]
) -> Iterator[None]:
    """Record a run while the block runs: failed if it raises, else as `finish_run` said.

    Holds a lock by which others see that the run lives; marks the runs of the dead.
    """
    with locks.held(engine, _lock(run_id)):
        _mark_killed(engine)
        _start(engine, run_id, flow_run_name, ", ".join(sources))
        try:
            yield
        except BaseException as error:
            with suppress(sa.exc.DBAPIError):
                finish_run(engine, run_id, "failed", one_line(error))
            raise
        finish_run(engine, run_id, "completed")


def finish_run(engine: sa.Engine, run_id: UUID, state: str, error: str | None = None) -> None:
    """Record how a run ended; what was said first stands."""
    ended = """
        update ops.runs
        set state = :state, error = :error, ended_at = clock_timestamp()
        where run_id = :run_id and state = 'running'
    """
    with engine.begin() as connection:
        connection.execute(sa.text(ended), {"run_id": run_id, "state": state, "error": error})


@contextmanager
def step(
    engine: sa.Engine, run_id: UUID, source: str, name: str, input_count: int | None = None
) -> Iterator[StepCounts]:
    """Record one step of a source while the block runs, with the counts the block fills in."""
    counts = StepCounts(input_count)
    _record_step(engine, run_id, source, name, "running", counts, None)
    try:
        yield counts
    except BaseException as error:
        with suppress(sa.exc.DBAPIError):
            _record_step(engine, run_id, source, name, "failed", counts, one_line(error))
        raise
    state = "degraded" if counts.problem else "completed"
    _record_step(engine, run_id, source, name, state, counts, counts.problem)


def one_line(error: BaseException) -> str:
    """The first line of what an error says; our own say enough without their type."""
    name, lines = type(error).__name__, str(error).splitlines()
    if not lines:
        return name
    return lines[0] if isinstance(error, EtlError) else f"{name}: {lines[0]}"


def known(engine: sa.Engine, source: str, urls: pl.Series) -> pl.DataFrame:
    """Snapshots of some URLs that a run need not fetch again, or must: a `KNOWN` frame.

    Of each URL the latest bytes, and older ones that no run has settled. Settled bytes that
    other bytes replaced are left out: when they come back, the article has changed again.
    """
    asked = """
        select
            url, content_hash, fetched_at, settled_at is not null as is_settled,
            status, content_type, address, etag, last_modified, headers, path
        from (
            select *, max(fetched_at) over (partition by url) as latest_at
            from ops.snapshots
            where source = :source and url = any(:urls)
        ) as kept
        where settled_at is null or fetched_at = latest_at
        order by url, fetched_at
    """
    with engine.connect() as connection:
        given = {"source": source, "urls": urls.to_list()}
        rows = connection.execute(sa.text(asked), given).all()
    return pl.DataFrame([tuple(row) for row in rows], schema=frames.KNOWN, orient="row")


def remember(engine: sa.Engine, source: str, snapshots: pl.DataFrame) -> int:
    """Insert snapshots that are not known yet; return how many rows were written.

    Bytes that come back after others count as fetched anew, and are to be settled again.
    """
    columns = ", ".join(SNAPSHOTS)
    inserted = f"""
        insert into ops.snapshots as t (source, {columns})
        select :source, {columns} from {given_rows(SNAPSHOTS)}
        on conflict (source, url, content_hash) do update set
            fetched_at = excluded.fetched_at,
            settled_at = null
        where exists (
            select from ops.snapshots as o
            where o.source = t.source and o.url = t.url
                and o.fetched_at > t.fetched_at and o.fetched_at < excluded.fetched_at
        )
    """
    given = shape(snapshots, SNAPSHOTS, "snapshots").to_dict(as_series=False)
    with engine.begin() as connection:
        return connection.execute(sa.text(inserted), {"source": source, **given}).rowcount


def record_outcomes(
    connection: sa.Connection,
    run_id: UUID,
    source: str,
    outcomes: pl.DataFrame,
    recheck_days: float | None = None,
) -> None:
    """Record how each URL ended, when it is due again, and settle what needs no further look.

    Args:
        connection: A connection in the transaction that publishes, or in one of its own.
        run_id: Run.
        source: Name of the source.
        outcomes: Columns `OUTCOMES`; `content_hash` is that of the bytes, null if none came.
        recheck_days: Days after which pages that came are due again at the soonest; None: never.
    """
    given = shape(outcomes, OUTCOMES, "outcomes").to_dict(as_series=False)
    named = {"run_id": run_id, "source": source}
    columns = ", ".join(OUTCOMES)
    recorded = f"""
        insert into ops.outcomes as t (run_id, source, {columns}, recorded_at)
        select :run_id, :source, {columns}, clock_timestamp() from {given_rows(OUTCOMES)}
        on conflict (run_id, source, url) do update set
            outcome = excluded.outcome,
            reason = excluded.reason,
            content_hash = excluded.content_hash,
            asked_at = excluded.asked_at,
            recorded_at = excluded.recorded_at
    """
    connection.execute(sa.text(recorded), {**named, **given})
    connection.execute(sa.text(SETTLE), {**named, "settling": list(SETTLING)})
    frontier.check(connection, run_id, source, recheck_days)


def status(engine: sa.Engine) -> dict[str, list[dict[str, Any]]]:
    """What `etl status` shows: rows of the questions in `sql/operations/`, by question."""
    with engine.connect() as connection:
        found = {name: answer(connection, name) for name in QUESTIONS}
        for row in found["runs"]:
            if row["state"] == "running" and locks.is_free(connection, _lock(row["run_id"])):
                row["state"] = "killed"
    return found


QUESTIONS = (
    *("runs", "sources", "health", "outcomes", "feeds", "tables", "not_loaded", "quality"),
)
"""Files of `sql/operations/`, in the order in which they are shown."""


def _lock(run_id: UUID) -> str:
    """Name of the lock a run holds while it lives."""
    return f"run {run_id}"


def _mark_killed(engine: sa.Engine) -> None:
    """Mark runs that are recorded as running, though nobody holds their lock."""
    listed = sa.text("select run_id from ops.runs where state = 'running'")
    with engine.begin() as connection:
        for run_id in connection.scalars(listed).all():
            if locks.is_free(connection, _lock(run_id)):
                for table in ("runs", "steps"):
                    ended = f"""
                        update ops.{table}
                        set state = 'failed', error = :killed, ended_at = clock_timestamp()
                        where run_id = :run_id and state = 'running'
                    """
                    connection.execute(sa.text(ended), {"run_id": run_id, "killed": KILLED})


def _start(engine: sa.Engine, run_id: UUID, flow_run_name: str, sources: str) -> None:
    """Record a run as running, once more if it is retried."""
    started = """
        insert into ops.runs (run_id, flow_run_name, code_version, sources, state, started_at)
        values (:run_id, :flow_run_name, :code_version, :sources, 'running', clock_timestamp())
        on conflict (run_id) do update set state = 'running', ended_at = null, error = null
    """
    row = {
        "run_id": run_id,
        "flow_run_name": flow_run_name,
        "code_version": version("article-warehouse"),
        "sources": sources,
    }
    with engine.begin() as connection:
        connection.execute(sa.text(started), row)


def _record_step(
    engine: sa.Engine,
    run_id: UUID,
    source: str,
    name: str,
    state: str,
    counts: StepCounts,
    error: str | None,
) -> None:
    """Write the row of a step as it is now; a step that starts again forgets its end."""
    row = {"run_id": run_id, "source": source, "step": name, "state": state, "error": error}
    row |= {"input_count": counts.input_count, "output_count": counts.output_count}
    with engine.begin() as connection:
        connection.execute(sa.text(WRITE_STEP), row)
