"""Frames to the batch's own staging schema, which lives as long as its owner.

A batch is one source in one run. Its schema holds a twin of every loaded table, without
constraints, so that the audit can look at bad rows. Twins are logged: unlogged ones would be
emptied by a crash, and their own start-up has failed after one.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2b
from uuid import UUID

import polars as pl
import sqlalchemy as sa

from etl.errors import StagingLost
from etl.load import copy, fingerprints, locks
from etl.load.statements import run
from etl.schema import LOADED, Loaded, merge_rule, staged_columns, staging_table

PREFIX = "staging_"


def batch_schema(run_id: UUID, source: str) -> str:
    """Name of the schema of one source in one run."""
    digest = blake2b(f"{run_id}\x1f{source}".encode(), digest_size=6)
    return PREFIX + digest.hexdigest()


@contextmanager
def batch(engine: sa.Engine, run_id: UUID, source: str) -> Iterator[str]:
    """Own the batch's schema, empty at first; it is dropped at the end.

    A lock tells others that the owner lives; `sweep` drops what the dead left behind.
    """
    schema = batch_schema(run_id, source)
    with locks.held(engine, schema):
        drop(engine, schema)
        with engine.begin() as connection:
            connection.execute(sa.text(f"create schema {schema}"))
        try:
            yield schema
        finally:
            # Without a server there is an error on its way that says more than this one.
            with suppress(sa.exc.DBAPIError):
                drop(engine, schema)


def stage(
    engine: sa.Engine,
    schema: str,
    frames: Mapping[type[Loaded], pl.DataFrame],
    write: copy.Copy | None = None,
) -> dict[str, int]:
    """Put frames into fresh twins; return the rows staged, by table, 0 where no frame is.

    Raises:
        SchemaMismatch: A frame does not fit its table.
    """
    write = write or copy.fastest()
    with engine.connect() as connection:
        _make_twins(connection, schema)
        for table, frame in frames.items():
            write(connection, schema, table.__tablename__, frame)
            fingerprints.note(connection, schema, table, frame)
        connection.commit()
    return {t.__tablename__: frames[t].height if t in frames else 0 for t in LOADED}


def staged_counts(
    connection: sa.Connection, schema: str, tables: Sequence[type[Loaded]] = LOADED
) -> dict[str, int]:
    """Rows that are staged now, by table.

    Raises:
        StagingLost: A twin is missing.
    """
    names = [table.__tablename__ for table in tables]
    counts = ", ".join(f"(select count(*) from {schema}.{name})" for name in names)
    try:
        row = connection.execute(sa.text(f"select {counts}")).one()
    except sa.exc.ProgrammingError as error:
        raise StagingLost(f"{schema}: {str(error.orig).splitlines()[0]}; run again") from error
    return dict(zip(names, row, strict=True))


def drop(engine: sa.Engine, schema: str) -> None:
    """Drop a staging schema, if it is there."""
    with engine.begin() as connection:
        connection.execute(sa.text(f"drop schema if exists {schema} cascade"))


def sweep(engine: sa.Engine) -> list[str]:
    """Drop the staging schemas whose owner is dead; return their names."""
    listed = sa.text("select nspname from pg_namespace where starts_with(nspname, :prefix)")
    with engine.connect() as connection:
        names = list(connection.scalars(listed, {"prefix": PREFIX}))
    return [name for name in sorted(names) if _drop_if_dead(engine, name)]


def _drop_if_dead(engine: sa.Engine, schema: str) -> bool:
    """Drop a staging schema unless somebody holds its lock."""
    with engine.begin() as connection:
        if not locks.is_free(connection, schema):
            return False
        connection.execute(sa.text(f"drop schema if exists {schema} cascade"))
        return True


def _make_twins(connection: sa.Connection, schema: str) -> None:
    """Make the empty twins of all tables, in place of older ones, in one round trip."""
    statements = []
    for table in LOADED:
        twin = staging_table(table, sa.MetaData(), schema)
        statements.append(f"drop table if exists {twin.fullname}")
        statements.append(str(sa.schema.CreateTable(twin).compile(connection)))
        # Long texts pass through once: compressing them cost six times the CPU of the rest.
        statements += [
            f"alter table {twin.fullname} alter column {column.name} set storage external"
            for column in staged_columns(table)
            if merge_rule(column) == "hashed"
        ]
    run(connection, ";".join(statements))
