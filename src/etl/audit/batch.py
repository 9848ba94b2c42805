"""What the parts of the audit share: the staged batch, its rows' keys, and what was found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, reduce
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from etl.schema import LOADED, Loaded, staged_columns, staging_table

ROWS_QUERY = "unexpected_rows_expectation"
"""Type of the expectations whose failing rows a query finds, in the names of Great Expectations."""


class ResultRow(NamedTuple):
    """One expectation and how it went; the columns of `dq.results` under the same names."""

    suite: str
    expectation: str
    expectation_type: str
    column_name: str | None
    severity: str
    passed: bool
    evaluated_count: int | None
    unexpected_count: int | None
    unexpected_share: float | None
    observed: str | None
    reason: str


class Finding(NamedTuple):
    """A result with the way to the rows that failed."""

    result: ResultRow
    table: type[Loaded]
    failing: sa.FromClause | None
    """The primary keys of the rows that failed; null if none did, or it is about the table."""


@dataclass(frozen=True)
class Batch:
    """One source in one run, as it lies in its staging schema."""

    schema: str
    run_id: UUID
    source: str
    counts: Mapping[str, int]
    now: datetime

    @cached_property
    def twins(self) -> dict[type[Loaded], sa.Table]:
        """The staged tables."""
        metadata = sa.MetaData()
        return {table: staging_table(table, metadata, self.schema) for table in LOADED}

    def count(self, table: type[Loaded]) -> int:
        """Rows staged for a table."""
        return self.counts.get(table.__tablename__, 0)


class Link(NamedTuple):
    """A foreign key of one staged column."""

    column: str
    parent: type[Loaded]
    parent_key: str
    is_nullable: bool


def links(table: type[Loaded]) -> list[Link]:
    """The foreign keys of a table that staged rows can break."""
    tables = {parent.sql().fullname: parent for parent in LOADED}
    return [
        Link(
            column.name,
            tables[key.column.table.fullname],
            key.column.name,
            bool(column.nullable),
        )
        for column in staged_columns(table)
        for key in column.foreign_keys
    ]


def key_names(table: type[Loaded]) -> list[str]:
    """Names of the columns of the primary key."""
    return [column.name for column in table.sql().primary_key]


def row_key(table: type[Loaded], source: sa.FromClause) -> sa.ColumnElement[str]:
    """The primary key as one text, parts separated by `,`; a missing part reads `null`."""
    parts: Iterable[sa.ColumnElement[str]] = (
        sa.func.coalesce(sa.cast(source.c[name], sa.Text), "null") for name in key_names(table)
    )
    return reduce(lambda left, right: left + "," + right, parts)


def share(unexpected: int | None, evaluated: int | None) -> float | None:
    """Failed rows as a share, 0 to 1; null if nothing was looked at."""
    return (unexpected or 0) / evaluated if evaluated else None


def lineage(batch: Batch) -> dict[str, Any]:
    """The columns that say which batch a row of schema `dq` is about."""
    return {"run_id": batch.run_id, "source": batch.source}
