"""Frames to staging twins by COPY BINARY.

The binary format carries no types: a column sent as another type than the table's loads
garbage without a word. So the types that will be sent are held against the table's first.
"""

from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import polars as pl
import psycopg
import sqlalchemy as sa
from psycopg import sql

from etl.errors import SchemaMismatch

if TYPE_CHECKING:
    import pyarrow as pa

MESSAGE_BYTES = 1_000_000
"""Size of one write. The server starts with the first, so 4 MB took longer by a tenth.

64 kB took longer too: each piece costs a fixed 0.3 ms here.
"""

SENT_AS: Mapping[str, str] = {
    "Bool": "bool",
    "Date": "date",
    "Float8": "float8",
    "Int2": "int2",
    "Int4": "int4",
    "Int8": "int8",
    "Text": "text",
}
"""Postgres type by the name pgpq has for it; for times and for lists it has only one."""

ARROW_AS: Mapping[str, str] = {
    "bool": "bool",
    "date32[day]": "date",
    "double": "float8",
    "int16": "int2",
    "int32": "int4",
    "int64": "int8",
    "large_list<item: int64>": "_int8",
    "large_string": "text",
    "timestamp[us, tz=UTC]": "timestamptz",
    "timestamp[us]": "timestamp",
}
"""Postgres type as which ADBC sends an Arrow type, by Arrow's name for it."""

Copy = Callable[[sa.Connection, str, str, pl.DataFrame], None]
"""Puts a frame into table `schema.name`, whose columns it has."""


def fastest() -> Copy:
    """`by_pgpq`; where it has no wheel (Linux on aarch64), `by_adbc` at half the speed."""
    return by_pgpq if find_spec("pgpq") else by_adbc


def by_pgpq(connection: sa.Connection, schema: str, name: str, frame: pl.DataFrame) -> None:
    """COPY a frame in the transaction of `connection`, which must have made the table.

    Raises:
        SchemaMismatch: The frame's columns or types are not the table's.
    """
    from pgpq import ArrowToPostgresBinaryEncoder

    arrow = sendable(frame.head(0)).schema
    encoder = ArrowToPostgresBinaryEncoder(arrow)
    columns = zip(arrow, encoder.schema().columns, strict=True)
    _check(connection, schema, name, {f.name: _encoded(f.type, c.data_type) for f, c in columns})
    # Frozen rows need no hint bits: the audit and the publish then read without writing.
    copy = sql.SQL("copy {} ({}) from stdin (format binary, freeze)").format(
        sql.Identifier(schema, name), sql.SQL(", ").join(map(sql.Identifier, frame.columns))
    )
    with driver(connection).cursor().copy(copy) as sink:
        sink.write(encoder.write_header())
        for part in _messages(frame):
            sink.write(encoder.write_batch(part))
        sink.write(encoder.finish())


def by_adbc(connection: sa.Connection, schema: str, name: str, frame: pl.DataFrame) -> None:
    """COPY a frame on a connection of its own; commits `connection` to make the table visible.

    Raises:
        SchemaMismatch: The frame's columns or types are not the table's.
    """
    from adbc_driver_postgresql import dbapi

    ready = sendable(frame)
    _check(connection, schema, name, {f.name: _as_postgres(f.type) for f in ready.schema})
    connection.commit()
    url = connection.engine.url.set(drivername="postgresql")
    with dbapi.connect(url.render_as_string(hide_password=False)) as own, own.cursor() as cursor:
        cursor.adbc_ingest(name, ready, mode="append", db_schema_name=schema)
        own.commit()


def sendable(frame: pl.DataFrame) -> "pa.Table":
    """`frame` as Postgres can take it: categories as text, no NUL in texts.

    A column of nothing but nulls becomes text: who meant a number must say so. Looking for NUL
    in Arrow's buffers costs a tenth of letting Polars replace it.
    """
    coded = [n for n, d in frame.schema.items() if d in (pl.Categorical, pl.Enum, pl.Null)]
    texts = frame.with_columns(pl.col(coded).cast(pl.String)) if coded else frame
    table = texts.to_arrow(compat_level=pl.CompatLevel.oldest())
    if not any(_holds_nul(column) for column in table.columns):
        return table
    clean = texts.with_columns(pl.col(pl.String).str.replace_all("\x00", "", literal=True))
    return clean.to_arrow(compat_level=pl.CompatLevel.oldest())


def _holds_nul(column: "pa.ChunkedArray") -> bool:
    """Whether a column of texts holds a NUL; it may see one in a neighbouring slice."""
    texts = column.chunks if str(column.type) == "large_string" else []
    buffers = [chunk.buffers()[2] for chunk in texts]
    return any(buffer is not None and b"\x00" in buffer.to_pybytes() for buffer in buffers)


def driver(connection: sa.Connection) -> psycopg.Connection[Any]:
    """The psycopg connection under SQLAlchemy's, in the same transaction."""
    inside = connection.connection.driver_connection
    assert isinstance(inside, psycopg.Connection)
    return inside


def _messages(frame: pl.DataFrame) -> Iterator["pa.RecordBatch"]:
    """The frame in sendable record batches of about `MESSAGE_BYTES`."""
    row_bytes = max(1, int(frame.estimated_size()) // max(1, frame.height))
    for part in frame.iter_slices(max(1, MESSAGE_BYTES // row_bytes)):
        yield from sendable(part).to_batches()


def _encoded(arrow: object, encoded: object) -> str:
    """Postgres type that pgpq sends.

    It does not tell times with a zone from those without, nor, by its name, a list from another.
    """
    name = type(encoded).__name__
    return _as_postgres(arrow) if name in ("Timestamp", "List") else SENT_AS.get(name, name)


def _as_postgres(arrow: object) -> str:
    """Postgres type that ADBC sends, or Arrow's own name if we never send it."""
    return ARROW_AS.get(str(arrow), str(arrow))


def _check(connection: sa.Connection, schema: str, name: str, sent: Mapping[str, str]) -> None:
    """Compare what will be sent with the columns the table has."""
    asked = sa.text(
        "select attname, typname from pg_attribute join pg_type on pg_type.oid = atttypid "
        "where attrelid = to_regclass(:table) and attnum > 0 and not attisdropped"
    )
    stored = {row[0]: row[1] for row in connection.execute(asked, {"table": f"{schema}.{name}"})}
    odd = [
        f"{column} is sent as {sent.get(column, 'nothing')}, stored as {stored.get(column, 'none')}"
        for column in {**stored, **sent}
        if sent.get(column) != stored.get(column)
    ]
    if odd:
        raise SchemaMismatch(f"{name}: {'; '.join(odd)}; conform the frame to its table")
