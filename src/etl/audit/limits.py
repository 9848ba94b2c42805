"""When a batch must not be published, although its bad rows could be set aside."""

import sqlalchemy as sa

from etl.audit.batch import Batch, Finding, ResultRow, row_key
from etl.audit.records import set_aside_keys
from etl.schema import LOADED, Loaded, Source

FEWEST = 3
"""So many versions must lose rows, or so many rows of other tables fail, before shares count.

One odd page among two is half of the batch, and no reason to keep the other one back: the
daily batch of a journal is often that small.
"""


def reasons_to_stop(
    connection: sa.Connection, batch: Batch, found: list[Finding], max_share: float
) -> list[str]:
    """Why the batch must not be published, one line each; none if it may."""
    critical = [f.result for f in found if not f.result.passed and f.result.severity == "critical"]
    whole = [_whole_table(result) for result in critical if result.unexpected_count is None]
    failing = {result.suite for result in critical}
    return whole + [
        reason
        for table in LOADED
        if table.__tablename__ in failing
        and (reason := _too_many(connection, batch, table, critical, max_share))
    ]


def in_one_line(batch: Batch, reasons: list[str]) -> str:
    """The first reason to stop, and where to find the others."""
    more = f" (and {len(reasons) - 1} more)" if len(reasons) > 1 else ""
    where = f"see dq.results and dq.violations of run {batch.run_id}"
    return f"source {batch.source}, {reasons[0]}{more}; {where}"


def _whole_table(result: ResultRow) -> str:
    """Why a table fails that an expectation about all of it does not hold for."""
    return (
        f"table {result.suite}: {result.expectation} saw {result.observed}: {result.reason} "
        "Nothing was published; mend what was staged and run again"
    )


def _too_many(
    connection: sa.Connection,
    batch: Batch,
    table: type[Loaded],
    critical: list[ResultRow],
    max_share: float,
) -> str | None:
    """Why a table fails of which too many rows would be set aside; null if they are few."""
    rows, units = _failing(connection, batch, table)
    # All else hangs on the one row of the source; and a share of 0 means not a single row.
    fewest = 1 if table is Source or not max_share else FEWEST
    if units < fewest or rows <= max_share * batch.count(table):
        return None
    worst = max(
        (result for result in critical if result.suite == table.__tablename__),
        key=lambda result: result.unexpected_count or 0,
    )
    return (
        f"table {worst.suite}: {rows} of {batch.count(table)} rows fail, most of them "
        f"({worst.unexpected_count}) {worst.expectation}; at most {max_share:.0%} may be set "
        "aside, so nothing was published; mend what fails or raise ETL_MAX_SET_ASIDE_SHARE"
    )


def _failing(connection: sa.Connection, batch: Batch, table: type[Loaded]) -> tuple[int, int]:
    """Rows of a table to be set aside, and the versions they belong to, else the rows again."""
    twin = batch.twins[table]
    units = sa.func.count(twin.c[table.owner].distinct()) if table.owner else sa.func.count()
    counted = (
        sa.select(sa.func.count(), units)
        .select_from(twin)
        .where(row_key(table, twin).in_(set_aside_keys(batch, table)))
    )
    rows, versions = connection.execute(counted).one()
    return rows, versions
