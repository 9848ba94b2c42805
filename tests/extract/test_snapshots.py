"""What was fetched is kept once, whole or not at all."""

import os
import random
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from etl.errors import Broken
from etl.extract import snapshots
from etl.schema import frames

NOW = datetime(2024, 5, 1, tzinfo=UTC)
PAGE = "<p>Об озере</p>".encode() * 200


def raw(**pages: bytes | None) -> pl.DataFrame:
    """A raw frame; pages without content failed."""
    rows = [
        {
            "url": f"https://oasis.example/{name}",
            "fetched_at": NOW,
            "status": 200 if content is not None else 404,
            "content_type": "text/html",
            "content": content,
            "content_hash": None if content is None else sha256(content).hexdigest(),
            "failure": None if content is not None else "fetch_failed: HTTP 404 Not Found",
        }
        for name, content in pages.items()
    ]
    return pl.DataFrame(rows, schema=frames.RAW, orient="row")


def stored(folder: Path) -> dict[str, tuple[int, int]]:
    """Files below `folder`, with what changes when one is written anew."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in files
    }


def test_pages_come_back_as_they_were(tmp_path: Path) -> None:
    kept = snapshots.keep(raw(a=PAGE, empty=b"", gone=None), tmp_path)

    assert kept.schema == snapshots.SNAPSHOTS
    assert kept["url"].to_list() == ["https://oasis.example/a", "https://oasis.example/empty"]
    assert kept["byte_count"].to_list() == [len(PAGE), 0]
    assert [snapshots.read(tmp_path, path) for path in kept["path"]] == [PAGE, b""]


def test_a_page_lies_packed_at_the_hash_of_its_bytes(tmp_path: Path) -> None:
    (path,) = snapshots.keep(raw(a=PAGE), tmp_path)["path"]

    name = sha256(PAGE).hexdigest()
    assert path == f"{name[:2]}/{name}.zst"
    assert (tmp_path / path).stat().st_size < len(PAGE) / 10


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are those of Unix")
def test_a_snapshot_may_be_read_by_whom_the_umask_allows(tmp_path: Path) -> None:
    umask = os.umask(0o027)
    try:
        (path,) = snapshots.keep(raw(a=PAGE), tmp_path)["path"]
    finally:
        os.umask(umask)

    assert (tmp_path / path).stat().st_mode & 0o777 == 0o640


def test_keeping_again_writes_nothing(tmp_path: Path) -> None:
    snapshots.keep(raw(a=PAGE, same=PAGE), tmp_path)
    before = stored(tmp_path)

    snapshots.keep(raw(b=PAGE), tmp_path)

    assert stored(tmp_path) == before
    assert len(before) == 1


@pytest.mark.parametrize("damage", [b"", b"no zstd at all", None])
def test_a_damaged_snapshot_is_noticed_and_kept_anew(tmp_path: Path, damage: bytes | None) -> None:
    (path,) = snapshots.keep(raw(a=PAGE), tmp_path)["path"]
    (other,) = snapshots.keep(raw(b=b"other"), tmp_path)["path"]
    (tmp_path / path).write_bytes((tmp_path / other).read_bytes() if damage is None else damage)

    with pytest.raises(Broken, match=f"snapshot {path} in "):
        snapshots.read(tmp_path, path)
    snapshots.keep(raw(a=PAGE), tmp_path)

    assert snapshots.read(tmp_path, path) == PAGE


def test_a_missing_snapshot_says_where_it_was_looked_for(tmp_path: Path) -> None:
    path = snapshots.place(sha256(PAGE).hexdigest())

    with pytest.raises(Broken, match=f"not in {tmp_path}; is ETL_HOME the right one"):
        snapshots.read(tmp_path, path)


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "ab/cd.zst", ""])
def test_only_paths_of_snapshots_are_read(tmp_path: Path, path: str) -> None:
    with pytest.raises(Broken, match="no path of a snapshot"):
        snapshots.read(tmp_path, path)


def test_a_folder_that_cannot_be_written_stops_the_run_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "snapshots").write_text("a file in the way", encoding="utf-8")

    with pytest.raises(Broken, match=r"snapshot folder .*snapshots: .*make room, or set ETL_HOME"):
        snapshots.keep(raw(a=PAGE), tmp_path / "snapshots")


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are those of Unix")
def test_a_write_that_fails_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    import resource

    snapshots.keep(raw(a=PAGE), tmp_path)
    before = stored(tmp_path)
    noise = random.Random(7).randbytes(200_000)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with pytest.raises(Broken, match="File too large; make room"):
            snapshots.keep(raw(b=noise), tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert stored(tmp_path) == before
