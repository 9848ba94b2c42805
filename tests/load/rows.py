"""Small invented batches, loaded as a run would, and what is then in the warehouse."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

import polars as pl
import sqlalchemy as sa

from etl.load import runs, staging
from etl.load.publish import LoadCounts, publish
from etl.schema import LOADED, ArticleVersion, Loaded, key
from etl.schema.frames import TIME
from tests.load.pages import SOURCE, Frames, Page, batch

__all__ = [
    "SOURCE",
    "Frames",
    "Page",
    "batch",
    "changed",
    "dump",
    "empty",
    "load",
    "marks",
    "reread",
    "run_id",
    "select",
    "settle",
    "with_row",
    "written",
]


def with_row(frames: Frames, table: type[Loaded], **changes: Any) -> Frames:
    """`frames` with the first row of `table` once more, changed."""
    row = {**frames[table].row(0, named=True), **changes}
    more = pl.DataFrame([row], schema=frames[table].schema)
    return {**frames, table: pl.concat([frames[table], more])}


def run_id(name: str) -> UUID:
    """Id of an invented run."""
    return uuid5(UUID(int=0), name)


def load(
    engine: sa.Engine, frames: Frames, run: str = "first", source: str = SOURCE
) -> dict[str, LoadCounts]:
    """Stage and publish frames as a run would; counts by table."""
    given = run_id(run)
    outcomes = pl.DataFrame(schema=runs.OUTCOMES)
    with (
        runs.run(engine, given, run, [source]),
        staging.batch(engine, given, source) as schema,
    ):
        counts = staging.stage(engine, schema, frames)
        return publish(engine, schema, given, source, counts, outcomes)


def settle(engine: sa.Engine, name: str, outcomes: pl.DataFrame) -> None:
    """Record the outcomes of a run that published nothing; by default it asked for none."""
    if "asked_at" not in outcomes.columns:
        outcomes = outcomes.with_columns(asked_at=pl.lit(None, TIME))
    with runs.run(engine, run_id(name), name, [SOURCE]), engine.begin() as connection:
        runs.record_outcomes(connection, run_id(name), SOURCE, outcomes)


def written(counts: Mapping[str, LoadCounts]) -> dict[str, tuple[int, int, int]]:
    """Rows inserted, updated and deleted, of tables where there are any."""
    changed = {name: (c.inserted, c.updated, c.deleted) for name, c in counts.items()}
    return {name: numbers for name, numbers in changed.items() if any(numbers)}


def empty(engine: sa.Engine) -> None:
    """Empty the warehouse, and forget what was loaded: its fingerprints vouch for rows."""
    names = ", ".join(table.sql().fullname for table in LOADED)
    with engine.begin() as connection:
        connection.execute(sa.text(f"truncate {names}, ops.loads"))


def dump(engine: sa.Engine, lineage: bool = False) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of schema `warehouse` by primary key, without lineage unless asked for."""
    rows = {}
    with engine.connect() as connection:
        for table in LOADED:
            core = table.sql()
            columns = [c for c in core.columns if lineage or c.name not in ("run_id", "loaded_at")]
            query = sa.select(*columns).order_by(*core.primary_key)
            rows[table.__tablename__] = [tuple(row) for row in connection.execute(query)]
    return rows


def marks(engine: sa.Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Place and writing transaction of every row: equal marks mean that nothing was written."""
    with engine.connect() as connection:
        return {
            t.__tablename__: [
                tuple(row)
                for row in connection.execute(
                    sa.text(f"select ctid::text, xmin::text from {t.sql().fullname} order by ctid")
                )
            ]
            for t in LOADED
        }


def select(engine: sa.Engine, query: str) -> list[tuple[Any, ...]]:
    """Rows of a query."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query))]


def reread(frames: Frames, **replaced: pl.DataFrame) -> Frames:
    """The same pages read by newer code: other rows below the versions, another hash."""
    named = {table.__tablename__: table for table in LOADED}
    versions = frames[ArticleVersion].with_columns(
        pl.lit(key(*replaced)).alias("derived_hash").cast(pl.Int64)
    )
    new = {named[name]: frame for name, frame in replaced.items()}
    return {**frames, ArticleVersion: versions, **new}


def changed(frame: pl.DataFrame, values: dict[str, Any]) -> pl.DataFrame:
    """The frame with one value in all rows of some columns."""
    return frame.with_columns(
        pl.lit(value).cast(frame.schema[name]).alias(name) for name, value in values.items()
    )
