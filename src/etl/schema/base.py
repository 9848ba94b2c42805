"""What every table shares: columns with meaning, merge rules, and what derives from them.

In come table classes; out go Polars schemas (`frame_schema`), checked frames (`conform`)
and staging twins (`staging_table`). The tables themselves stand in `warehouse`, `ops`, `dq`.
"""

from datetime import datetime
from typing import Any, ClassVar, Literal
from uuid import UUID

import polars as pl
import sqlalchemy as sa
from sqlalchemy import orm

from etl.errors import SchemaMismatch

MergeRule = Literal["replace", "least", "greatest", "derived", "hashed"]
"""How a column of a stored row meets the staged one.

* `replace`   the staged value wins where the row is replaced (the default)
* `least`     the smaller of the two is kept: first sightings
* `greatest`  the larger of the two is kept: last sightings
* `derived`   never staged; the publish computes it from the rows of the table
* `hashed`    neither compared nor written again: a hash in the natural key covers it
"""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Names of constraints, so that Alembic can find and drop them."""


SCHEMA = "warehouse"
"""Postgres schema of the loaded tables."""


class Table(orm.DeclarativeBase):
    """Base of all tables."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: sa.Text(),
        int: sa.Integer(),
        float: sa.Double(),
        datetime: sa.DateTime(timezone=True),
        UUID: sa.Uuid(),
    }

    @classmethod
    def sql(cls) -> sa.Table:
        """The table as SQLAlchemy Core knows it."""
        table = cls.__table__
        assert isinstance(table, sa.Table)
        return table


class Loaded(Table):
    """Base of the tables of schema `warehouse`, filled by staging and publish."""

    __abstract__ = True

    natural: ClassVar[tuple[str, ...]]
    """Columns that make a row the one it is; the primary key is their hash."""

    owner: ClassVar[str | None] = None
    """Column naming the version a row belongs to: such rows come and go with it."""

    is_shared: ClassVar[bool] = False
    """Whether articles share its rows: merging the same rows again then changes nothing."""

    prefer: ClassVar[str | None] = None
    """SQL over alias `{row}` that ranks rivals for one key; the larger row is kept.

    For rows shared by many articles: the winner must not depend on the order of batches.
    """

    run_id: orm.Mapped[UUID] = orm.mapped_column(
        comment="Run that wrote the row as it stands (`ops.runs`; no foreign key, runs expire).",
        sort_order=100,
    )
    loaded_at: orm.Mapped[datetime] = orm.mapped_column(
        comment="When the row was written as it stands; the column for incremental reads.",
        sort_order=101,
    )


LINEAGE = ("run_id", "loaded_at")
"""Columns the publish fills; frames and staging twins do not have them."""


def column(comment: str, *args: Any, merge: MergeRule = "replace", **kw: Any) -> Any:
    """A mapped column whose meaning is written down, with its merge rule."""
    return orm.mapped_column(*args, comment=comment, info={"merge": merge}, **kw)


def key(comment: str, *args: Any, **kw: Any) -> Any:
    """A 64-bit column that holds a primary key or points to one (see `etl.schema.keys`)."""
    return column(comment, sa.BigInteger, *args, autoincrement=False, **kw)


def reference(target: str) -> sa.ForeignKey:
    """A foreign key to `table.column` of schema `warehouse`."""
    return sa.ForeignKey(f"{SCHEMA}.{target}")


def one_of(name: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    """A check that text column `name` holds one of `values`, or null."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{name} in ({listed})", name=f"{name}_known")


def merge_rule(item: sa.Column[Any]) -> MergeRule:
    """The merge rule of a column; lineage counts as derived."""
    if item.name in LINEAGE:
        return "derived"
    rule: MergeRule = item.info.get("merge", "replace")
    return rule


def staged_columns(table: type[Table]) -> list[sa.Column[Any]]:
    """The columns a frame and a staging twin have: all but the derived ones."""
    return [c for c in table.sql().columns if merge_rule(c) != "derived"]


_DTYPES: tuple[tuple[type[sa.types.TypeEngine[Any]], pl.DataType], ...] = (
    (sa.SmallInteger, pl.Int16()),
    (sa.BigInteger, pl.Int64()),
    (sa.Integer, pl.Int32()),
    (sa.Text, pl.String()),
    (sa.Uuid, pl.String()),
    (sa.DateTime, pl.Datetime("us", "UTC")),
    (sa.Date, pl.Date()),
    (sa.Boolean, pl.Boolean()),
    (sa.Float, pl.Float64()),
    # Of 64-bit numbers, the only arrays there are.
    (sa.ARRAY, pl.List(pl.Int64())),
)


def dtype_of(sql_type: sa.types.TypeEngine[Any]) -> pl.DataType:
    """Polars dtype that holds a SQL type without loss."""
    for kind, dtype in _DTYPES:
        if isinstance(sql_type, kind):
            return dtype
    raise SchemaMismatch(f"no Polars dtype is declared for {sql_type!r}; add it to _DTYPES")


def frame_schema(table: type[Table]) -> pl.Schema:
    """Columns and dtypes of a frame ready to be staged for `table`."""
    return pl.Schema({c.name: dtype_of(c.type) for c in staged_columns(table)})


def conform(frame: pl.DataFrame, table: type[Table]) -> pl.DataFrame:
    """Return `frame` with exactly the columns and dtypes of `table`, in its order.

    Raises:
        SchemaMismatch: A column is missing or unknown, a value does not fit, or a column
            that must be filled holds nulls.
    """
    fitted = shape(frame, frame_schema(table), table.__tablename__)
    for item in staged_columns(table):
        if not item.nullable and (empty := fitted[item.name].null_count()):
            raise SchemaMismatch(
                f"{table.__tablename__}.{item.name}: {empty} of {fitted.height} values are null"
            )
    return fitted


def shape(frame: pl.DataFrame, schema: pl.Schema, name: str) -> pl.DataFrame:
    """Return `frame` with exactly the columns and dtypes of `schema`, in its order.

    Raises:
        SchemaMismatch: A column is missing or unknown, or a value does not fit.
    """
    if odd := set(frame.columns) ^ set(schema):
        raise SchemaMismatch(f"{name}: columns differ by {sorted(odd)}")
    try:
        return frame.select(schema.names()).cast(schema, strict=True)
    except pl.exceptions.PolarsError as error:
        raise SchemaMismatch(f"{name}: {error}") from error


def staging_table(table: type[Table], into: sa.MetaData, schema: str) -> sa.Table:
    """The unconstrained twin of `table` in a staging schema."""
    columns = [sa.Column(c.name, c.type) for c in staged_columns(table)]
    return sa.Table(table.__tablename__, into, *columns, schema=schema)
