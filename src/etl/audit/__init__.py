"""A staged batch to a verdict: what was expected, what was seen, and which rows are set aside.

Two kinds of expectations meet here, and both end in `dq.results`: what the tables themselves
demand (`structure`), and what `expectations/<table>.yaml` says beyond that (`suites`), which
Great Expectations evaluates (`expectations`). Rows that fail are named in `dq.violations`,
all of them. A row that fails a critical expectation is taken out of the batch with all that
hangs on it (`setting_aside`); where a whole table fails, or too large a share of its rows,
the batch is not published.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from etl.audit import expectations, records, structure
from etl.audit.batch import Batch, Finding, ResultRow
from etl.audit.limits import in_one_line, reasons_to_stop
from etl.audit.outcomes import urls_set_aside, urls_staged
from etl.audit.setting_aside import SettingAside
from etl.audit.suites import Expectation, Suite, suite
from etl.errors import AuditFailed
from etl.schema import LOADED

__all__ = ["Expectation", "ResultRow", "Suite", "Verdict", "audit", "suite"]


class Verdict(NamedTuple):
    """What an audit found in a batch that may be published."""

    results: tuple[ResultRow, ...]
    """One per expectation."""
    set_aside: dict[str, int]
    """Rows taken out of the staged tables, by table; 0 where none was."""
    urls: dict[str, str]
    """Articles of which nothing is left to publish, and why, by URL."""

    @property
    def warning_count(self) -> int:
        """Expectations of severity `warning` that did not hold."""
        return sum(not r.passed and r.severity == "warning" for r in self.results)

    @property
    def critical(self) -> tuple[ResultRow, ...]:
        """Critical expectations that did not hold; their rows are set aside."""
        return tuple(r for r in self.results if not r.passed and r.severity == "critical")


def audit(
    engine: sa.Engine,
    schema: str,
    run_id: UUID,
    source: str,
    counts: Mapping[str, int],
    now: datetime,
    max_set_aside_share: float,
) -> Verdict:
    """Judge the batch in staging schema `schema`, in which `counts` rows were staged by table.

    Results and violations replace those of an earlier audit of the same run and source. Rows
    set aside are deleted from staging; the warehouse is only read.

    Raises:
        AuditFailed: The batch must not be published; staging is left as it was.
        StagingLost: Staged rows are not as many as `counts` says.
        KeyCollision: Two natural keys of the batch have one primary key.
        Misconfigured: An expectation cannot be read or evaluated.
    """
    batch = Batch(schema, run_id, source, counts, now)
    # Every batch has tables of its own: no statement comes twice.
    return _judged(engine.execution_options(compiled_cache=None), batch, max_set_aside_share)


def _judged(engine: sa.Engine, batch: Batch, max_set_aside_share: float) -> Verdict:
    """The verdict, once results and violations are recorded; raises `AuditFailed`."""
    found = _findings(engine, batch)
    with engine.begin() as connection:
        _record(connection, batch, found)
        stop = reasons_to_stop(connection, batch, found, max_set_aside_share)
        verdict = None if stop else _verdict(connection, batch, found)
    if verdict is None:
        raise AuditFailed(in_one_line(batch, stop))
    return verdict


def _findings(engine: sa.Engine, batch: Batch) -> list[Finding]:
    """What was found, first by the schema, then by the suites."""
    suites = [suite(table.__tablename__) for table in LOADED]
    with engine.connect() as connection:
        found = structure.findings(connection, batch)
    return found + expectations.findings(engine, batch, suites)


def _record(connection: sa.Connection, batch: Batch, found: list[Finding]) -> None:
    """Write down results and failing rows."""
    # The queries for failing rows name staged tables alone.
    connection.execute(sa.select(sa.func.set_config("search_path", batch.schema, True)))
    connection.execute(sa.text("set local jit = off"))
    records.forget(connection, batch)
    records.add_results(connection, batch, [finding.result for finding in found])
    for finding in found:
        records.add_failing(connection, batch, finding)


def _verdict(connection: sa.Connection, batch: Batch, found: list[Finding]) -> Verdict:
    """Set rows aside and say what came of it."""
    staged = urls_staged(connection, batch)
    aside = SettingAside(connection, batch)
    aside.run()
    followed = aside.results()
    records.add_results(connection, batch, followed)
    results = (*(finding.result for finding in found), *followed)
    taken = {table.__tablename__: aside.gone[table.__tablename__] for table in LOADED}
    return Verdict(results, taken, urls_set_aside(connection, batch, staged, results))
