"""Findings to `dq.results` and `dq.violations`.

Everything a batch leaves there goes and comes in one transaction, so an audit that was killed
can run again.
"""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from etl.audit.batch import Batch, Finding, ResultRow, lineage, row_key
from etl.errors import Misconfigured
from etl.schema import Loaded, dq, merge_rule, staged_columns

RESULTS = dq.Result.sql()
VIOLATIONS = dq.Violation.sql()


def forget(connection: sa.Connection, batch: Batch) -> None:
    """Delete what an earlier audit of the batch left."""
    for table in (RESULTS, VIOLATIONS):
        connection.execute(sa.delete(table).where(*of_batch(batch, table)))


def add_results(connection: sa.Connection, batch: Batch, results: Iterable[ResultRow]) -> None:
    """Record results."""
    shared = {**lineage(batch), "checked_at": batch.now}
    if rows := [{**result._asdict(), **shared} for result in results]:
        connection.execute(sa.insert(RESULTS), rows)


def add_failing(connection: sa.Connection, batch: Batch, finding: Finding) -> None:
    """Record every row a finding names; if it is critical, the row is to be set aside.

    Raises:
        Misconfigured: The rows cannot be told: the query for them fails, or finds too many.
    """
    result = finding.result
    if finding.failing is None:
        return
    where = f"expectations/{result.suite}.yaml, {result.expectation}"
    try:
        with connection.begin_nested():
            count = _add_rows(connection, batch, finding, finding.failing)
    except (sa.exc.ProgrammingError, sa.exc.DataError) as error:
        reason = str(error.orig).splitlines()[0]
        raise Misconfigured(f"{where}: its rows cannot be told: {reason}") from error
    if not 0 < count <= (result.unexpected_count or 0):
        raise Misconfigured(
            f"{where}: {result.unexpected_count} rows fail, {count} were found; write it as "
            "unexpected_rows_expectation"
        )


def _add_rows(
    connection: sa.Connection, batch: Batch, finding: Finding, failing: sa.FromClause
) -> int:
    """Record rows by the keys in `failing`; return how many keys there were."""
    keys = sa.select(row_key(finding.table, failing))
    twin = batch.twins[finding.table]
    return add_rows(
        connection,
        batch,
        finding.table,
        row_key(finding.table, twin).in_(keys),
        finding.result.expectation,
        finding.result.severity,
    )


def add_rows(
    connection: sa.Connection,
    batch: Batch,
    table: type[Loaded],
    condition: sa.ColumnElement[bool],
    expectation: str,
    severity: str = "critical",
) -> int:
    """Record the staged rows of a table that meet a condition; return how many keys there were.

    Rows that share a primary key are one violation, the row one of them.
    """
    key = row_key(table, batch.twins[table])
    values = {
        **{name: sa.literal(value) for name, value in lineage(batch).items()},
        "suite": sa.literal(table.__tablename__),
        "expectation": sa.literal(expectation),
        "row_key": key,
        "severity": sa.literal(severity),
        "is_set_aside": sa.literal(severity == "critical"),
        "row_data": _row_data(batch, table),
        "recorded_at": sa.literal(batch.now),
    }
    rows = sa.select(*values.values()).where(condition).ext(distinct_on(key))
    insert = sa.insert(VIOLATIONS).from_select(list(values), rows)
    return connection.execute(insert, execution_options={"preserve_rowcount": True}).rowcount


def _row_data(batch: Batch, table: type[Loaded]) -> sa.ColumnElement[object]:
    """A staged row as JSON, without its long texts."""
    twin = batch.twins[table]
    names = [c.name for c in staged_columns(table) if merge_rule(c) != "hashed"]
    pairs = [part for name in names for part in (sa.literal(name), twin.c[name])]
    return sa.func.jsonb_build_object(*pairs)


def of_batch(batch: Batch, table: sa.Table) -> list[sa.ColumnElement[bool]]:
    """Which rows of a table of `dq` are about the batch."""
    return [table.c[name] == value for name, value in lineage(batch).items()]


def set_aside_keys(batch: Batch, table: type[Loaded]) -> sa.Select[str]:
    """Keys of the rows of a table that are to be set aside."""
    return sa.select(VIOLATIONS.c.row_key).where(
        *of_batch(batch, VIOLATIONS),
        VIOLATIONS.c.suite == table.__tablename__,
        VIOLATIONS.c.is_set_aside,
    )
