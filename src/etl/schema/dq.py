"""Tables of schema `dq`: what was expected of staged rows, and which rows failed."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql

from etl.schema.base import Table, column, one_of

SCHEMA = "dq"

SEVERITIES = ("critical", "warning", "info")
"""`critical`: nobody may report from these rows; `warning`: someone should look."""


class Result(Table):
    """One row per run, source and expectation."""

    __tablename__ = "results"
    __table_args__ = (
        one_of("severity", SEVERITIES),
        sa.Index("ix_results_run_id", "run_id"),
        {"schema": SCHEMA, "comment": __doc__},
    )

    run_id: orm.Mapped[UUID] = column("Run.", primary_key=True)
    source: orm.Mapped[str] = column("Name of the source.", primary_key=True)
    suite: orm.Mapped[str] = column("Suite, named like its table.", primary_key=True)
    expectation: orm.Mapped[str] = column("Name of the expectation in its suite.", primary_key=True)
    expectation_type: orm.Mapped[str] = column("Its type, in the names of Great Expectations.")
    column_name: orm.Mapped[str | None] = column("Column it is about; null for whole rows.")
    severity: orm.Mapped[str] = column("critical, warning or info.")
    passed: orm.Mapped[bool] = column("Whether it held.")
    evaluated_count: orm.Mapped[int | None] = column("Rows looked at.", sa.BigInteger)
    unexpected_count: orm.Mapped[int | None] = column("Rows that failed.", sa.BigInteger)
    unexpected_share: orm.Mapped[float | None] = column("Failed rows, 0 to 1.")
    observed: orm.Mapped[str | None] = column("What was seen, for whole-table expectations.")
    reason: orm.Mapped[str] = column("Why this is expected.")
    checked_at: orm.Mapped[datetime] = column("When it was checked.")


class Violation(Table):
    """One row per staged row and expectation it failed, complete."""

    __tablename__ = "violations"
    __table_args__ = (
        one_of("severity", SEVERITIES),
        {"schema": SCHEMA, "comment": __doc__},
    )

    run_id: orm.Mapped[UUID] = column("Run.", primary_key=True)
    source: orm.Mapped[str] = column("Name of the source.", primary_key=True)
    suite: orm.Mapped[str] = column("Suite, named like its table.", primary_key=True)
    expectation: orm.Mapped[str] = column("Name of the expectation in its suite.", primary_key=True)
    row_key: orm.Mapped[str] = column(
        "Primary key of the row, parts separated by `,`.", primary_key=True
    )
    severity: orm.Mapped[str] = column("critical, warning or info.")
    is_set_aside: orm.Mapped[bool] = column("Whether the row was kept from the warehouse.")
    row_data: orm.Mapped[dict[str, object]] = column(
        "The staged row, without its body.", postgresql.JSONB
    )
    recorded_at: orm.Mapped[datetime] = column("When it was recorded.")
