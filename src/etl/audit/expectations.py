"""Suites to findings: Great Expectations runs them in Postgres, on the staged rows.

The only place that knows Great Expectations. It is imported when a batch is audited, not
before: the import alone takes 7 seconds of CPU.
"""

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from etl.audit import queries
from etl.audit.batch import ROWS_QUERY, Batch, Finding, ResultRow, key_names, share
from etl.audit.suites import Expectation, Suite
from etl.errors import Misconfigured, WarehouseUnreachable
from etl.schema import LOADED, Loaded

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite
    from great_expectations.core import ExpectationValidationResult
    from great_expectations.datasource.fluent.postgres_datasource import PostgresDatasource

LOST = ("sqlalchemy.exc.OperationalError", "sqlalchemy.exc.InterfaceError")
"""What a stack trace of Great Expectations holds if the server is to blame."""

PLACEHOLDER = "postgresql+psycopg://etl@warehouse/staged"
"""Stands for the URL, which Great Expectations never sees: it refuses sockets and several hosts."""

_one_at_a_time = Lock()
"""Great Expectations keeps the context in use in a global variable."""


def findings(engine: sa.Engine, batch: Batch, suites: Sequence[Suite]) -> list[Finding]:
    """One finding per expectation.

    Raises:
        Misconfigured: An expectation cannot be evaluated; names its suite and name.
        WarehouseUnreachable: The connection was lost.
    """
    tables = {table.__tablename__: table for table in LOADED}
    with _one_at_a_time, _connected(), _datasource(engine, batch.schema) as datasource:
        return [
            finding
            for suite in suites
            if suite.expectations
            for finding in _evaluate(datasource, batch, tables[suite.name], suite)
        ]


@contextmanager
def _connected() -> Iterator[None]:
    """Turn what a lost connection raises into one error."""
    try:
        yield
    except (ConnectionError, sa.exc.OperationalError, sa.exc.InterfaceError) as error:
        raise WarehouseUnreachable(f"the audit lost it: {_line(str(error))}; run again") from error


@contextmanager
def _datasource(engine: sa.Engine, schema: str) -> Iterator["PostgresDatasource"]:
    """A datasource with the staging schema as its search path; its connections are closed."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    # Whatever goes wrong comes back in the results; the second one sets a level of its own.
    for name in ("great_expectations", "great_expectations.data_context.types.base"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    # For `create_engine`; the type stub leaves it out.
    engine_options: dict[str, Any] = {"kwargs": {"creator": partial(_connection, engine, schema)}}
    datasource = context.data_sources.add_postgres(
        "warehouse", connection_string=PLACEHOLDER, create_temp_table=False, **engine_options
    )
    try:
        yield datasource
    finally:
        datasource.get_engine().dispose()
        evaluating = datasource.get_execution_engine().engine
        (evaluating if isinstance(evaluating, sa.Engine) else evaluating.engine).dispose()


def _connection(engine: sa.Engine, schema: str) -> Any:
    """A connection of the driver, made as `engine` makes its own, for the one who asks to close.

    The staging schema is its search path. Short queries are not worth compiling.
    """
    pooled = engine.raw_connection()
    connection = pooled.driver_connection
    pooled.detach()
    assert connection is not None
    connection.execute(
        f"set search_path = {schema}; set timezone = 'UTC'; set jit = off; "
        "set application_name = 'etl audit'"
    )
    connection.commit()
    return connection


def _evaluate(
    datasource: "PostgresDatasource", batch: Batch, table: type[Loaded], suite: Suite
) -> Iterator[Finding]:
    """Findings about one table.

    With the key columns named, even a BASIC result brings the query for all failing rows, and
    no statement is run for it.
    """
    definition = datasource.add_table_asset(suite.name).add_batch_definition_whole_table("all")
    outcome = definition.get_batch().validate(
        _built(suite, batch),
        result_format={
            "result_format": "BASIC",
            "unexpected_index_column_names": key_names(table),
            "return_unexpected_index_query": True,
        },
    )
    by_name = {entry.name: entry for entry in suite.expectations}
    for result in outcome.results:
        assert result.expectation_config is not None
        entry = by_name[result.expectation_config.meta["name"]]
        _refuse_errors(suite, entry, result)
        yield _finding(batch, table, entry, result)


def _built(suite: Suite, batch: Batch) -> "ExpectationSuite":
    """A suite as Great Expectations takes it, built one by one to name the one that is wrong."""
    from great_expectations import ExpectationSuite

    built = ExpectationSuite(name=suite.name)
    for entry in suite.expectations:
        try:
            one = ExpectationSuite(name=entry.name, expectations=[_configuration(entry, batch)])
        # Any type of error, depending on the expectation.
        except Exception as error:
            raise _misconfigured(suite, entry, str(error)) from error
        if not one.expectations:
            # It only logs that it leaves them out.
            raise _misconfigured(suite, entry, f"no expectation is of type {entry.type}")
        built.expectations.extend(one.expectations)
    return built


def _configuration(entry: Expectation, batch: Batch) -> dict[str, Any]:
    """An entry in the keys of Great Expectations; its name travels in `meta`."""
    kwargs = dict(entry.kwargs)
    if entry.type == ROWS_QUERY:
        query = str(kwargs.get("unexpected_rows_query", ""))
        kwargs["unexpected_rows_query"] = queries.filled(query, batch.now)
    meta = {"name": entry.name, "notes": entry.meta.notes}
    return {"type": entry.type, "kwargs": kwargs, "severity": entry.severity, "meta": meta}


def _refuse_errors(suite: Suite, entry: Expectation, result: "ExpectationValidationResult") -> None:
    """Raise what stopped an expectation, if anything did.

    Raises:
        ConnectionError: The server is to blame.
        Misconfigured: The expectation is.
    """
    info: Mapping[str, Any] = result.exception_info or {}
    # One dictionary, or one per metric that could not be computed.
    causes = [info] if "raised_exception" in info else list(info.values())
    for cause in causes:
        if not cause["raised_exception"]:
            continue
        if any(name in str(cause["exception_traceback"]) for name in LOST):
            raise ConnectionError(str(cause["exception_message"]))
        raise _misconfigured(suite, entry, str(cause["exception_message"]))


def _misconfigured(suite: Suite, entry: Expectation, message: str) -> Misconfigured:
    """The error that names an expectation that cannot be evaluated."""
    return Misconfigured(
        f"expectations/{suite.name}.yaml, {entry.name}: cannot be evaluated: {_line(message)}"
    )


def _line(message: str) -> str:
    """A message of several lines in one, without the SQL that comes after it."""
    return " ".join(message.partition("[SQL:")[0].split())


def _finding(
    batch: Batch, table: type[Loaded], entry: Expectation, result: "ExpectationValidationResult"
) -> Finding:
    """What came out of an expectation."""
    details, passed = result.result, bool(result.success)
    by_query = entry.type == ROWS_QUERY
    by_row = by_query or "unexpected_count" in details
    unexpected = details.get("observed_value" if by_query else "unexpected_count") or 0
    row = ResultRow(
        suite=table.__tablename__,
        expectation=entry.name,
        expectation_type=entry.type,
        column_name=entry.column,
        severity=entry.severity,
        passed=passed,
        evaluated_count=batch.count(table),
        unexpected_count=int(unexpected) if by_row else None,
        unexpected_share=share(int(unexpected), batch.count(table)) if by_row else None,
        observed=None if by_row else str(details.get("observed_value")),
        reason=entry.meta.notes,
    )
    if passed or not by_row:
        return Finding(row, table, None)
    return Finding(row, table, queries.rows(_query(batch, table, entry, details), table))


def _query(
    batch: Batch, table: type[Loaded], entry: Expectation, details: Mapping[str, Any]
) -> str:
    """A query for all rows that fail an expectation."""
    if entry.type == ROWS_QUERY:
        filled = queries.filled(entry.kwargs["unexpected_rows_query"], batch.now)
        return queries.standalone(filled, table)
    return str(details["unexpected_index_query"])
