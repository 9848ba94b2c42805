"""SQL that is kept in files or made whole, past SQLAlchemy, to which % and : are special."""

from typing import Any

import polars as pl
import sqlalchemy as sa
from psycopg import sql

from etl.settings import shipped


def run(connection: sa.Connection, statement: str | sql.Composable) -> sa.CursorResult[Any]:
    """Run one statement as it stands, in the transaction of `connection`."""
    text = statement if isinstance(statement, str) else statement.as_string()
    return connection.exec_driver_sql(text.replace("%", "%%"))


def answer(connection: sa.Connection, question: str) -> list[dict[str, Any]]:
    """Rows that answer a question of `sql/operations/`."""
    text = (shipped("sql") / "operations" / f"{question}.sql").read_text(encoding="utf-8")
    return [dict(row) for row in run(connection, text).mappings()]


SQL_TYPES = {
    pl.Boolean: "boolean",
    pl.Int16: "smallint",
    pl.Int32: "integer",
    pl.Int64: "bigint",
    pl.Float64: "double precision",
    pl.Datetime: "timestamptz",
    pl.String: "text",
}
"""Types of parameters by dtypes of columns."""


def given_rows(schema: pl.Schema, alias: str = "given") -> str:
    """A row source over one array parameter a column: what follows `from`."""
    arrays = (f"cast(:{name} as {SQL_TYPES[type(kind)]}[])" for name, kind in schema.items())
    return f"unnest({', '.join(arrays)}) as {alias} ({', '.join(schema)})"
