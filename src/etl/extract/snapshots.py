"""Pages as they came, each content once, in files named by their content.

A snapshot lies at `<first two letters>/<SHA-256>.zst` below its store and never changes. In
come raw pages, out go rows for `ops.snapshots`; how a place keeps bytes stands in `shelves`.
"""

import re
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256

import polars as pl
import pyarrow as pa

from etl.errors import Broken
from etl.extract.shelves import Shelf, shelf
from etl.schema import frame_schema, ops, shape

CODEC = "zstd"

WRITERS = 8
"""Files written at once: most of the time of one is its sync, which disks do in groups."""

PLACE = re.compile(r"([0-9a-f]{2})/(\1[0-9a-f]{62})\.zst")
"""Where a snapshot lies: `9f/9f86…0a08.zst`."""

SNAPSHOTS = pl.Schema(
    {
        name: dtype
        for name, dtype in frame_schema(ops.Snapshot).items()
        if name not in ("source", "settled_at")
    }
)
"""One row per page that was kept; the run adds the source and when it was settled."""

MOVE = "delete it, and a run that finds the page again keeps it anew"
"""What to do about a damaged snapshot."""


class Store:
    """Where the bytes of pages are kept for good; made by `store`."""

    def __init__(self, place: Shelf) -> None:
        self.shelf = place

    def keep(self, raw: pl.DataFrame) -> pl.DataFrame:
        """One row per page of `raw` that has content, ready for `ops.snapshots` but for its run.

        Cheap for a few pages. Doing it again changes nothing; a damaged file is written anew.

        Raises:
            Broken: The store cannot be written, or is full.
        """
        came = raw.filter(pl.col("content").is_not_null())
        if not came.is_empty():
            self._write(came.unique("content_hash", maintain_order=True))
        return shape(_rows(came), SNAPSHOTS, "snapshots")

    def read(self, path: str) -> bytes:
        """The content of the snapshot at `path`, proved by its hash.

        Raises:
            Broken: It is missing or damaged.
        """
        match = PLACE.fullmatch(path)
        if not match:
            raise Broken(f"snapshot {path!r}: no path of a snapshot, such as 9f/9f86….zst")
        where = f"{path} in {self.shelf.name}"
        try:
            content = _unpacked(self.shelf.load(path))
        except FileNotFoundError as error:
            raise Broken(
                f"{self.shelf.name} has no {path}; are ETL_HOME and ETL_SNAPSHOTS the right ones?"
            ) from error
        except OSError as error:
            raise Broken(f"{where}: {error}; {MOVE}") from error
        if sha256(content).hexdigest() != match[2]:
            raise Broken(f"{where}: its content does not fit its name; {MOVE}")
        return content

    def sweep(self) -> int:
        """Remove what killed runs left half written; return how many files. Once a run is enough.

        Raises:
            Broken: The store cannot be read.
        """
        with self._named():
            return self.shelf.sweep()

    def _write(self, came: pl.DataFrame) -> None:
        """Write the pages of `came`, a few at a time."""
        paths = [place(content_hash) for content_hash in came["content_hash"]]
        with self._named(), ThreadPoolExecutor(min(WRITERS, len(paths))) as writers:
            deque(writers.map(self._keep, came["content"], paths), maxlen=0)
            self.shelf.settle(paths, writers)

    def _keep(self, content: bytes, path: str) -> None:
        """Write `content` to `path`, unless it is there."""
        if not self._holds(content, path):
            self.shelf.save(path, _packed(content))

    def _holds(self, content: bytes, path: str) -> bool:
        """Whether the file is there and whole."""
        try:
            return _unpacked(self.shelf.load(path)) == content
        except OSError:
            return False

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Turn errors of the place into one line."""
        try:
            yield
        except OSError as error:
            reason = error.strerror or error
            raise Broken(f"{self.shelf.name}: {reason}; {self.shelf.advice}") from error


def store(url: str) -> Store:
    """The store in a folder, or behind a URL of fsspec such as `s3://bucket/pages`.

    Raises:
        Misconfigured: No such protocol, or the package that it needs is not installed.
    """
    return Store(shelf(url))


def place(content_hash: str) -> str:
    """Path of a snapshot below its store.

    >>> place("9f86")
    '9f/9f86.zst'
    """
    return f"{content_hash[:2]}/{content_hash}.zst"


def _rows(came: pl.DataFrame) -> pl.DataFrame:
    """What is known of each page."""
    headers = pl.col("headers")
    return came.select(
        *("url", "content_hash", "fetched_at", "status", "content_type"),
        address=pl.coalesce("address", "url"),
        etag=headers.str.json_path_match("$.etag"),
        last_modified=headers.str.json_path_match("$['last-modified']"),
        headers=headers,
        byte_count=pl.col("content").bin.size().cast(pl.Int64),
        path=pl.col("content_hash").map_elements(place, return_dtype=pl.String),
    )


def _packed(content: bytes) -> bytes:
    """`content` as it is kept."""
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, CODEC) as packed:
        packed.write(content)
    return bytes(sink.getvalue())


def _unpacked(packed: bytes) -> bytes:
    """The content of a packed file; damage is an OSError."""
    with pa.CompressedInputStream(pa.BufferReader(packed), CODEC) as data:
        content: bytes = data.read()
        return content
