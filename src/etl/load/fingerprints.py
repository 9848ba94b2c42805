"""Which staged rows need no second look: those of a table that articles share, published before.

Shared rows are kept by a total order (`Loaded.prefer`), so merging rows a second time can
change nothing. A fingerprint of the frame travels with its staging twin as a comment, and a
publish leaves it in `ops.loads`. It is Polars' hash of rows: another version of Polars makes
other fingerprints, and then every row is looked at once more. Whoever empties tables of
`warehouse` by hand empties `ops.loads` with them, for it vouches for their rows.
"""

from collections.abc import Mapping
from hashlib import blake2b

import polars as pl
import sqlalchemy as sa

from etl.schema import LOADED, Loaded

SHARED = tuple(table for table in LOADED if table.is_shared)
"""The tables whose rows articles share."""


def note(connection: sa.Connection, schema: str, table: type[Loaded], frame: pl.DataFrame) -> None:
    """Leave the fingerprint of a frame with its staging twin, if articles share its rows."""
    if table.is_shared:
        made = f"comment on table {schema}.{table.__tablename__} is '{fingerprint(frame)}'"
        connection.execute(sa.text(made))


def fingerprint(frame: pl.DataFrame) -> int:
    """Signed 64-bit hash of the rows of a frame, whatever their order."""
    rows = frame.hash_rows(seed=0).sort().rechunk().to_arrow().buffers()[1]
    digest = blake2b(rows or b"", digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def noted(connection: sa.Connection, schema: str, set_aside: Mapping[str, int]) -> dict[str, int]:
    """Fingerprints of the staged shared tables, by table; none where rows were set aside."""
    asked = sa.text(
        "select relname, obj_description(pg_class.oid, 'pg_class')::bigint from pg_class "
        "join pg_namespace on pg_namespace.oid = relnamespace "
        "where nspname = :schema and relname = any(:names)"
    )
    names = [t.__tablename__ for t in SHARED if not set_aside.get(t.__tablename__)]
    rows = connection.execute(asked, {"schema": schema, "names": names})
    return {name: value for name, value in rows if value is not None}


def known(connection: sa.Connection, source: str, fingerprints: Mapping[str, int]) -> set[str]:
    """Names of the shared tables whose staged rows an earlier load of `source` published."""
    asked = sa.text(
        "select exists (select from ops.loads where source = :source and table_name = :name "
        "and fingerprint = :fingerprint)"
    )
    return {
        name
        for name, value in fingerprints.items()
        if connection.scalar(asked, {"source": source, "name": name, "fingerprint": value})
    }
