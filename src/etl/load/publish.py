"""Staged rows to schema `warehouse`, in one transaction: all of a batch or nothing of it.

Publishers take turns. Whatever the order of batches, and however often one is published, the
same rows are left; only `run_id` and `loaded_at` tell who came first. A row that would not
change is not written.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

import polars as pl
import sqlalchemy as sa

from etl.errors import KeyCollision, SchemaMismatch, StagingLost, WarehouseUnreachable
from etl.load import fingerprints, links, locks, merge, reprints, runs, versions
from etl.load.staging import staged_counts
from etl.schema import LOADED, Article, ArticleVersion, Loaded, Work

LOCK = "publish"

STALE_SHARE = 0.1
"""Written share of a table from which its statistics are renewed at once: autovacuum's."""

COLLISION = "ET001"
"""What `ops.key_collision` raises."""

TWICE = ("21000", "23505")
"""What Postgres says when one key comes twice: MERGE meets a row again, or an index does."""

UNFIT = "23"
"""How all states begin that say a row breaks a constraint."""


class LoadCounts(NamedTuple):
    """What became of the rows staged for one table."""

    staged: int = 0
    set_aside: int = 0
    inserted: int = 0
    updated: int = 0
    deleted: int = 0


def publish(
    engine: sa.Engine,
    schema: str,
    run_id: UUID,
    source: str,
    expected: Mapping[str, int],
    outcomes: pl.DataFrame,
    set_aside: Mapping[str, int] | None = None,
    recheck_days: float | None = None,
) -> dict[str, LoadCounts]:
    """Merge a staged batch, record its outcomes and settle its snapshots; counts by table.

    Args:
        engine: The warehouse.
        schema: Staging schema of the batch.
        run_id: Run, known to `ops.runs`.
        source: Name of the source.
        expected: Rows that were staged, by table.
        outcomes: One row per URL, as `runs.record_outcomes` takes them.
        set_aside: Rows that the audit took out of staging since, by table.
        recheck_days: Days after which its pages are due again, see `runs.record_outcomes`.

    Raises:
        StagingLost: Not as many rows are staged as should be.
        KeyCollision: Two natural keys share one key.
        SchemaMismatch: A row breaks a constraint, or is staged twice.
        WarehouseUnreachable: The connection broke; the batch may be published again.
    """
    aside = set_aside or {}
    try:
        with engine.connect().execution_options(isolation_level="READ COMMITTED") as connection:
            with connection.begin():
                stamp = _take_turn(connection, run_id)
                left = {name: n - aside.get(name, 0) for name, n in expected.items()}
                marks = fingerprints.noted(connection, schema, aside)
                seen = fingerprints.known(connection, source, marks)
                written = _merge_all(connection, schema, stamp, left, seen)
                counts = {
                    name: written[name]._replace(staged=n, set_aside=aside.get(name, 0))
                    for name, n in expected.items()
                }
                _record(connection, stamp, source, counts, marks)
                runs.record_outcomes(connection, run_id, source, outcomes, recheck_days)
            return counts
    except sa.exc.DBAPIError as error:
        _explain(engine, schema, error)
        raise


def _take_turn(connection: sa.Connection, run_id: UUID) -> dict[str, object]:
    """Wait for other publishers; then run and time of all rows of this one.

    The time is read under the lock: a later publish has a later `loaded_at`, so who reads
    what is newer than the last row he saw misses none.
    """
    # Compiling these queries costs more than it saves; the default of a server may be on.
    connection.execute(sa.text("set local jit = off"))
    locks.take(connection, LOCK)
    now = connection.scalar(sa.text("select clock_timestamp()"))
    return {"run_id": run_id, "now": now}


def _merge_all(
    connection: sa.Connection,
    schema: str,
    stamp: Mapping[str, object],
    expected: Mapping[str, int],
    seen: Collection[str],
) -> dict[str, LoadCounts]:
    """Merge every table, parents first; then delete what is gone, children first.

    Rows below versions that did not change are neither merged nor counted; and if none did,
    nor are those of the shared tables named in `seen`, which were published before.
    """
    _check_complete(connection, schema, [t for t in LOADED if t.owner is None], expected)
    counts = {table.__tablename__: LoadCounts() for table in LOADED}
    before = _inserted(connection)
    reread = 0
    for table in LOADED:
        name = table.__tablename__
        if table is ArticleVersion:
            inserted, updated, reread = versions.merge_versions(connection, schema, stamp)
            counts[name] = LoadCounts(inserted=inserted, updated=updated)
            if reread:
                _check_complete(connection, schema, [t for t in LOADED if t.owner], expected)
        elif source := _rows_to_merge(table, schema, reread, seen):
            counts[name] = _merge(connection, table, source, stamp, before[name])
        _renew_statistics(connection, table, counts[name])
    if reread:
        counts |= _delete_gone(connection, schema, counts)
    if _has_new(counts, links.FROM):
        _add_updated(counts, Work, links.link_works(connection, schema, stamp))
    if reread or _has_new(counts, reprints.FROM):
        found = reprints.find_reprints(connection, schema, stamp, is_reread=bool(reread))
        _add_updated(counts, Article, found)
    return counts


def _has_new(counts: Mapping[str, LoadCounts], names: Iterable[str]) -> bool:
    """Whether rows of one of the tables were inserted or updated."""
    return any(counts[name].inserted or counts[name].updated for name in names)


def _add_updated(counts: dict[str, LoadCounts], table: type[Loaded], number: int) -> None:
    """Count rows of a table that were updated after the merge."""
    name = table.__tablename__
    counts[name] = counts[name]._replace(updated=counts[name].updated + number)


def _check_complete(
    connection: sa.Connection,
    schema: str,
    tables: Sequence[type[Loaded]],
    expected: Mapping[str, int],
) -> None:
    """Compare the rows that are staged with those that should be."""
    staged = staged_counts(connection, schema, tables)
    for name, count in staged.items():
        if count != expected[name]:
            raise StagingLost(f"{name}: {count} rows are staged, not {expected[name]}; run again")


def _rows_to_merge(
    table: type[Loaded], schema: str, reread: int, seen: Collection[str]
) -> str | None:
    """Query for the staged rows of a table that may change something; None if none can."""
    if table.owner is not None:
        return merge.owned_rows(table, schema) if reread else None
    if not reread and table.__tablename__ in seen:
        return None
    return merge.staged_rows(table, schema)


def _merge(
    connection: sa.Connection,
    table: type[Loaded],
    source: str,
    stamp: Mapping[str, object],
    before: int,
) -> LoadCounts:
    """Merge the rows of query `source` into a table that had `before` rows inserted."""
    written = connection.execute(sa.text(merge.merge(table, source)), stamp).rowcount
    inserted = _inserted(connection)[table.__tablename__] - before if written else 0
    return LoadCounts(inserted=inserted, updated=written - inserted)


def _inserted(connection: sa.Connection) -> dict[str, int]:
    """Rows this connection inserted of late, by table; MERGE tells only from Postgres 17 on.

    Postgres counts them unless `track_counts` is off, which would stop autovacuum too.
    """
    counts = ", ".join(
        f"pg_stat_get_xact_tuples_inserted('{table.sql().fullname}'::regclass)" for table in LOADED
    )
    row = connection.execute(sa.text(f"select {counts}")).one()
    return dict(zip((table.__tablename__ for table in LOADED), row, strict=True))


def _delete_gone(
    connection: sa.Connection, schema: str, counts: Mapping[str, LoadCounts]
) -> dict[str, LoadCounts]:
    """Delete what versions read anew no longer have; counts with the rows deleted."""
    deleted = {}
    for table in reversed(LOADED):
        if table.owner is not None:
            gone = connection.execute(sa.text(merge.delete_gone(table, schema))).rowcount
            deleted[table.__tablename__] = counts[table.__tablename__]._replace(deleted=gone)
    return deleted


def _renew_statistics(connection: sa.Connection, table: type[Loaded], counts: LoadCounts) -> None:
    """ANALYZE a table that has grown a good deal: the next statements join it."""
    written = counts.inserted + counts.updated
    asked = sa.text("select reltuples from pg_class where oid = cast(:name as regclass)")
    name = table.sql().fullname
    if written and written > STALE_SHARE * connection.execute(asked, {"name": name}).scalar_one():
        connection.execute(sa.text(f"analyze {name}"))


RECORD = """
    insert into ops.loads as t (
        run_id, source, table_name,
        staged_count, set_aside_count, inserted_count, updated_count, deleted_count, fingerprint
    )
    values (
        :run_id, :source, :table_name,
        :staged, :set_aside, :inserted, :updated, :deleted, :fingerprint
    )
    on conflict (run_id, source, table_name) do update set
        staged_count = excluded.staged_count,
        set_aside_count = excluded.set_aside_count,
        inserted_count = t.inserted_count + excluded.inserted_count,
        updated_count = t.updated_count + excluded.updated_count,
        deleted_count = t.deleted_count + excluded.deleted_count,
        fingerprint = excluded.fingerprint
"""
"""A batch published a second time, for nobody heard of the first, adds nothing to its counts."""


def _record(
    connection: sa.Connection,
    stamp: Mapping[str, object],
    source: str,
    counts: Mapping[str, LoadCounts],
    marks: Mapping[str, int],
) -> None:
    """Write the counts, and the fingerprints of shared rows, to `ops.loads`."""
    named = {"run_id": stamp["run_id"], "source": source}
    rows = [
        {**named, "table_name": name, "fingerprint": marks.get(name), **row._asdict()}
        for name, row in counts.items()
    ]
    if rows:
        connection.execute(sa.text(RECORD), rows)


def _explain(engine: sa.Engine, schema: str, error: sa.exc.DBAPIError) -> None:
    """Raise what a database error means for the batch, if it means something."""
    state = getattr(error.orig, "sqlstate", None) or ""
    said = str(error.orig).splitlines()
    if error.connection_invalidated or not state:
        raise WarehouseUnreachable(f"{engine.url!r}: {said[0]}; run again") from error
    if state == COLLISION:
        raise KeyCollision(f"{said[0]}; leave one of the two out") from error
    if state in TWICE or state.startswith(UNFIT):
        # Two rows of one key may break a constraint before they meet.
        _explain_twice(engine, schema, error)
        detail = next((line for line in said[1:] if line.startswith("DETAIL")), "")[:300]
        raise SchemaMismatch(f"{said[0]}; {detail}".rstrip("; ")) from error


def _explain_twice(engine: sa.Engine, schema: str, error: sa.exc.DBAPIError) -> None:
    """Raise which key is staged twice, if one is."""
    with engine.connect() as connection:
        for table in LOADED:
            found = connection.execute(sa.text(merge.staged_twice(table, schema))).first()
            if found is None:
                continue
            name, shown = table.__tablename__, f"{table.__tablename__}: key {found.key}"
            if found.is_collision:
                raise KeyCollision(f"{shown} is staged for {found.natural_keys}") from error
            raise SchemaMismatch(f"{shown} is staged {found.count} times; {name} has one row a key")
