"""What was fetched is kept once, whole or not at all."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import fsspec
import polars as pl
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from etl.errors import Broken, Misconfigured
from etl.extract import shelves, snapshots
from etl.schema import frames

NOW = datetime(2024, 5, 1, tzinfo=UTC)
PAGE = "<p>Об озере</p>".encode() * 200
HEADERS = '{"content-type":"text/html","etag":"\\"7\\"","last-modified":"Wed, 01 May 2024"}'


def raw(**pages: bytes | None) -> pl.DataFrame:
    """A raw frame; pages without content failed."""
    rows = [
        {
            "url": f"https://oasis.example/{name}",
            "article_url": f"https://oasis.example/{name}",
            "address": f"https://www.oasis.example/{name}/",
            "fetched_at": NOW,
            "status": 200 if content is not None else 404,
            "content_type": "text/html",
            "headers": HEADERS,
            "content": content,
            "content_hash": None if content is None else sha256(content).hexdigest(),
            "failure": None if content is not None else "gone: HTTP 404 Not Found",
        }
        for name, content in pages.items()
    ]
    return pl.DataFrame(rows, schema=frames.RAW, orient="row")


@pytest.fixture(params=["folder", "file URL", "memory"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where snapshots may be kept; nothing is there yet."""
    names = {
        "folder": str(tmp_path / "snapshots"),
        "file URL": (tmp_path / "snapshots").as_uri(),
        "memory": f"memory://{uuid4().hex}/pages",
    }
    return names[request.param]


class TestEveryStore:
    def test_pages_come_back_as_they_were(self, url: str) -> None:
        store = snapshots.store(url)

        kept = store.keep(raw(a=PAGE, empty=b"", gone=None))

        assert kept.schema == snapshots.SNAPSHOTS
        assert kept["url"].to_list() == ["https://oasis.example/a", "https://oasis.example/empty"]
        assert kept["byte_count"].to_list() == [len(PAGE), 0]
        assert [store.read(path) for path in kept["path"]] == [PAGE, b""]
        assert [snapshots.store(url).read(path) for path in kept["path"]] == [PAGE, b""]

    def test_a_page_lies_packed_at_the_hash_of_its_bytes(self, url: str) -> None:
        (path,) = snapshots.store(url).keep(raw(a=PAGE))["path"]

        name = sha256(PAGE).hexdigest()
        system, root = fsspec.core.url_to_fs(url)
        assert path == f"{name[:2]}/{name}.zst"
        assert system.find(root) == [f"{root}/{path}"]
        assert system.size(f"{root}/{path}") < len(PAGE) / 10

    @pytest.mark.parametrize("damage", [b"", b"no zstd at all", None])
    def test_a_damaged_snapshot_is_noticed_and_kept_anew(
        self, url: str, damage: bytes | None
    ) -> None:
        store = snapshots.store(url)
        (path,) = store.keep(raw(a=PAGE))["path"]
        (other,) = store.keep(raw(b=b"other"))["path"]
        system, root = fsspec.core.url_to_fs(url)
        wrong = system.cat_file(f"{root}/{other}") if damage is None else damage
        system.pipe_file(f"{root}/{path}", wrong)

        with pytest.raises(Broken, match=f"^{path} in snapshot .*; delete it, and a run"):
            store.read(path)
        store.keep(raw(a=PAGE))

        assert store.read(path) == PAGE

    def test_a_missing_snapshot_says_where_it_was_looked_for(self, url: str) -> None:
        path = snapshots.place(sha256(PAGE).hexdigest())

        with pytest.raises(Broken, match=r"snapshot (folder|store) .* has no .*; are ETL_HOME and"):
            snapshots.store(url).read(path)

    @pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "ab/cd.zst", ""])
    def test_only_paths_of_snapshots_are_read(self, url: str, path: str) -> None:
        with pytest.raises(Broken, match="no path of a snapshot"):
            snapshots.store(url).read(path)

    def test_nothing_to_keep_leaves_no_trace(self, url: str) -> None:
        kept = snapshots.store(url).keep(raw(gone=None))

        system, root = fsspec.core.url_to_fs(url)
        assert kept.schema == snapshots.SNAPSHOTS
        assert not system.exists(root)
        assert snapshots.store(url).sweep() == 0

    def test_batches_may_be_kept_at_the_same_time(self, url: str) -> None:
        store = snapshots.store(url)
        pages = {f"p{number}": f"page {number % 7}".encode() for number in range(40)}

        with ThreadPoolExecutor(4) as threads:
            kept = pl.concat(
                threads.map(lambda name: store.keep(raw(**{name: pages[name]})), pages)
            )

        assert [store.read(path) for path in kept["path"]] == list(pages.values())
        assert kept["path"].n_unique() == 7


def test_rows_say_how_a_page_came(tmp_path: Path) -> None:
    pages = pl.concat(
        [
            raw(a=PAGE),
            raw(b=PAGE).with_columns(headers=pl.lit('{"x": "y"}')),
            raw(c=PAGE).with_columns(headers=None, address=None),
        ]
    )

    kept = snapshots.store(str(tmp_path)).keep(pages)

    assert kept.select("address", "etag", "last_modified", "headers").rows() == [
        ("https://www.oasis.example/a/", '"7"', "Wed, 01 May 2024", HEADERS),
        ("https://www.oasis.example/b/", None, None, '{"x": "y"}'),
        ("https://oasis.example/c", None, None, None),
    ]


def stored(folder: Path) -> dict[str, tuple[int, int]]:
    """Files below `folder`, with what changes when one is written anew."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in files
    }


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are those of Unix")
def test_a_snapshot_may_be_read_by_whom_the_umask_allows(tmp_path: Path) -> None:
    umask = os.umask(0o027)
    try:
        (path,) = snapshots.store(str(tmp_path)).keep(raw(a=PAGE))["path"]
    finally:
        os.umask(umask)

    assert (tmp_path / path).stat().st_mode & 0o777 == 0o640


def test_keeping_again_writes_nothing(tmp_path: Path) -> None:
    snapshots.store(str(tmp_path)).keep(raw(a=PAGE, same=PAGE))
    before = stored(tmp_path)

    snapshots.store(str(tmp_path)).keep(raw(b=PAGE))

    assert stored(tmp_path) == before
    assert len(before) == 1


def test_a_folder_that_cannot_be_written_stops_the_run_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "snapshots").write_text("a file in the way", encoding="utf-8")

    with pytest.raises(Broken, match=r"snapshot folder .*snapshots: .*make room, or set ETL_HOME"):
        snapshots.store(str(tmp_path / "snapshots")).keep(raw(a=PAGE))


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are those of Unix")
def test_a_write_that_fails_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    import resource

    store = snapshots.store(str(tmp_path))
    store.keep(raw(a=PAGE))
    before = stored(tmp_path)
    noise = random.Random(7).randbytes(200_000)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with pytest.raises(Broken, match="File too large; make room"):
            store.keep(raw(b=noise))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert stored(tmp_path) == before


KILLED = """
    import os, sys
    from pathlib import Path
    from etl.extract.shelves import Folder

    def hang(descriptor):
        print("writing", flush=True)
        sys.stdin.read()

    os.fsync = hang
    Folder(Path(sys.argv[1])).save(sys.argv[2], b"half")
"""
"""A process that writes a snapshot and never comes to an end."""


def killed(folder: Path, path: str) -> None:
    """Leave behind in `folder` what a run does that is killed while it writes."""
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(folder), path]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        process.send_signal(signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of Unix")
def test_what_a_killed_run_left_is_swept_when_it_is_old(tmp_path: Path) -> None:
    store = snapshots.store(str(tmp_path))
    (path,) = store.keep(raw(a=PAGE))["path"]
    killed(tmp_path, path)
    (left,) = (tmp_path / path).parent.glob(".*")
    old = left.with_name(f".{Path(path).name}.{uuid4().hex}")
    for file in (old, left.with_name(".keep"), tmp_path / path):
        file.touch()
        os.utime(file, (time.time() - 2 * shelves.LEFT_SECONDS,) * 2)

    assert store.sweep() == 1

    assert store.sweep() == 0
    assert store.read(path) == PAGE
    assert {file.name for file in left.parent.iterdir()} == {left.name, ".keep", Path(path).name}


@pytest.fixture
def puts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths that are put into the object store in memory, as they come."""
    paths: list[str] = []
    put = MemoryFileSystem.pipe_file

    def noted(self: MemoryFileSystem, path: str, value: bytes, **options: object) -> None:
        paths.append(path)
        put(self, path, value, **options)

    monkeypatch.setattr(MemoryFileSystem, "pipe_file", noted)
    return paths


def test_an_object_store_gets_each_content_in_one_put(puts: list[str]) -> None:
    bucket = uuid4().hex
    store = snapshots.store(f"memory://{bucket}/pages/")

    (path, _) = store.keep(raw(a=PAGE, same=PAGE))["path"]
    store.keep(raw(b=PAGE))

    assert puts == [f"/{bucket}/pages/{path}"]


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), RuntimeError("gone")])
def test_an_object_store_that_fails_stops_the_run_in_one_line(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(MemoryFileSystem, "pipe_file", refuse)
    monkeypatch.setattr(MemoryFileSystem, "cat_file", refuse)
    store = snapshots.store("memory://reader:secret@bucket")

    with pytest.raises(Broken, match=r"snapshot store memory://bucket: .*see that ETL_SNAPSHOTS"):
        store.keep(raw(a=PAGE))
    with pytest.raises(Broken, match=r" in snapshot store memory://bucket: .*(denied|gone)"):
        store.read(snapshots.place(sha256(PAGE).hexdigest()))


@pytest.fixture
def without_drivers() -> Iterator[None]:
    """No package for object stores, whatever is installed."""
    hidden = {"s3fs": None, "gcsfs": None, "adlfs": None}
    with pytest.MonkeyPatch.context() as patch:
        for name in hidden:
            patch.setitem(sys.modules, name, None)
        yield


@pytest.mark.usefixtures("without_drivers")
@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("s3://bucket/pages", r"ETL_SNAPSHOTS=s3://bucket/pages: .*type `pip install s3fs`"),
        ("gs://bucket", "type `pip install gcsfs`"),
        ("abfs://box@store.example/pages", "type `pip install adlfs`"),
        ("s3://key:secret@bucket/pages", "ETL_SNAPSHOTS=s3://bucket/pages: "),
        ("nope://bucket", "Protocol not known: nope; write a folder, or a URL of fsspec"),
        ("dir::memory://pages", "is a chain"),
    ],
)
def test_a_store_that_cannot_be_reached_is_misconfigured(url: str, message: str) -> None:
    with pytest.raises(Misconfigured, match=message):
        snapshots.store(url)


def test_a_home_folder_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))

    snapshots.store("~/pages").keep(raw(a=PAGE))

    assert len(stored(tmp_path / "pages")) == 1
