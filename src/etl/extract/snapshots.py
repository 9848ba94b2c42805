"""Pages as they came, each content once, in files named by their content.

A snapshot lies at `<first two letters>/<SHA-256>.zst` below its folder and never changes.
It is written beside its place and then renamed, so a reader finds all of it or nothing, also
after a crash.
"""

import os
import re
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import polars as pl
import pyarrow as pa

from etl.errors import Broken
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


def keep(raw: pl.DataFrame, folder: Path) -> pl.DataFrame:
    """One row per page of `raw` that has content, ready for `ops.snapshots` but for its run.

    Doing it again changes nothing; a damaged file is written anew.

    Raises:
        Broken: The folder cannot be written, or the disk is full.
    """
    came = raw.filter(pl.col("content").is_not_null())
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        targets = [folder / place(content_hash) for content_hash in came["content_hash"]]
        with ThreadPoolExecutor(WRITERS) as writers:
            deque(writers.map(_keep, came["content"], targets), maxlen=0)
        # Also where nothing was written: a run may have been killed before this line.
        for shard in sorted({folder, *(target.parent for target in targets)}):
            _sync(shard)
    rows = came.select(
        "url",
        "content_hash",
        "fetched_at",
        "status",
        "content_type",
        byte_count=pl.col("content").bin.size().cast(pl.Int64),
        path=pl.col("content_hash").map_elements(place, return_dtype=pl.String),
    )
    return shape(rows, SNAPSHOTS, "snapshots")


def read(folder: Path, path: str) -> bytes:
    """The content of the snapshot at `path` below `folder`, proved by its hash.

    Raises:
        Broken: It is missing or damaged.
    """
    match = PLACE.fullmatch(path)
    if not match:
        raise Broken(f"snapshot {path!r}: no path of a snapshot, such as 9f/9f86….zst")
    try:
        content = _unpacked(folder / path)
    except FileNotFoundError as error:
        raise Broken(f"snapshot {path}: not in {folder}; is ETL_HOME the right one?") from error
    except OSError as error:
        raise Broken(f"snapshot {path} in {folder}: {error}; {MOVE}") from error
    if sha256(content).hexdigest() != match[2]:
        raise Broken(f"snapshot {path} in {folder}: its content does not fit its name; {MOVE}")
    return content


MOVE = "delete it, and a run that finds the page again keeps it anew"


def place(content_hash: str) -> str:
    """Path of a snapshot below its folder.

    >>> place("9f86")
    '9f/9f86.zst'
    """
    return f"{content_hash[:2]}/{content_hash}.zst"


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Turn errors of the disk into one line."""
    try:
        yield
    except OSError as error:
        raise Broken(
            f"snapshot folder {folder}: {error.strerror or error}; make room, or set ETL_HOME "
            "to a folder that can be written"
        ) from error


def _keep(content: bytes, target: Path) -> None:
    """Write `content` to `target`, unless it is there."""
    if _holds(target, content):
        return
    target.parent.mkdir(exist_ok=True)
    aside = target.with_name(f".{target.name}.{uuid4().hex}")
    try:
        with aside.open("xb") as file:
            file.write(_packed(content))
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def _holds(target: Path, content: bytes) -> bool:
    """Whether the file is there and whole."""
    try:
        return _unpacked(target) == content
    except OSError:
        return False


def _packed(content: bytes) -> pa.Buffer:
    """The bytes of a packed file."""
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, CODEC) as packed:
        packed.write(content)
    return sink.getvalue()


def _unpacked(path: Path) -> bytes:
    """The content of a packed file; damage is an OSError."""
    with path.open("rb") as file, pa.CompressedInputStream(pa.PythonFile(file, "r"), CODEC) as data:
        content: bytes = data.read()
        return content


def _sync(folder: Path) -> None:
    """Make a rename in `folder` last through a power cut, where folders can be synced."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
