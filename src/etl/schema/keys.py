"""Natural keys to stable 64-bit keys, so that every load is idempotent without look-ups.

A key is the first eight bytes of BLAKE2b over the parts of the natural key, read as a signed
big-endian number. It is the same on every machine and in every version; Polars' own hashes
are not. At a million rows the chance of any collision is about 3e-8; the publish looks for
one all the same and stops (`KeyCollision`).
"""

from collections.abc import Iterable
from hashlib import blake2b

import polars as pl

SEPARATOR = "\x1f"
"""Unit separator: it stands between the parts and in no text we keep."""


def key(*parts: str | int) -> int:
    """Signed 64-bit key of a natural key.

    >>> key("zarafshan", "https://example.org/a")
    -6367993202557371153
    >>> key("a", "b") == key("ab")
    False
    """
    text = SEPARATOR.join(str(part) for part in parts)
    digest = blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def keys(name: str, columns: Iterable[pl.Series]) -> pl.Series:
    """One key per row over `columns`, as Int64 series `name`; null where any part is null."""
    rows = zip(*(column.to_list() for column in columns), strict=True)
    return pl.Series(name, [None if None in row else key(*row) for row in rows], pl.Int64)


def with_key(frame: pl.DataFrame, name: str, *columns: str) -> pl.DataFrame:
    """`frame` with column `name` holding the key of `columns`."""
    return frame.with_columns(keys(name, (frame[column] for column in columns)))
