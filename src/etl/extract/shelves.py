"""Places where packed snapshots lie by their path: a folder, or an object store.

Here is how bytes are written so that a reader finds all of them or nothing, also after a
crash. What is written, and under which path, is said by `snapshots`.
"""

import os
import re
import time
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Executor
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from etl.errors import Misconfigured
from etl.sources.feeds import CREDENTIALS, SCHEME

LEFT_OVER = re.compile(r"\.[0-9a-f]{64}\.zst\.[0-9a-f]{32}")
"""A file that was being written, beside its place: `.9f86…0a08.zst.5c3a…`."""

LEFT_SECONDS = 86_400.0
"""A file that has been written for a day was left by a run that was killed."""

DRIVERS = {
    **dict.fromkeys(("s3", "s3a"), "s3fs"),
    **dict.fromkeys(("gs", "gcs"), "gcsfs"),
    **dict.fromkeys(("az", "abfs", "abfss"), "adlfs"),
}
"""Packages that fsspec needs for the object stores in common use."""


class Shelf(Protocol):
    """A place for files that are written once; what goes wrong is an OSError."""

    name: str
    """For messages: `snapshot folder …`."""
    advice: str
    """What to do if it cannot be written."""

    def load(self, path: str) -> bytes:
        """The bytes at `path`; FileNotFoundError if there are none."""

    def save(self, path: str, packed: bytes) -> None:
        """Write `packed` to `path`, all of it or nothing."""

    def settle(self, paths: Iterable[str], writers: Executor) -> None:
        """Make what was saved at `paths` last through a power cut."""

    def sweep(self) -> int:
        """Remove what killed runs left half written; return how many files."""


class Folder:
    """A local folder: files are written and synced beside their place, then renamed."""

    advice = "make room, or set ETL_HOME or ETL_SNAPSHOTS to a folder that can be written"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = f"snapshot folder {folder}"
        self.settled: set[Path] = set()

    def load(self, path: str) -> bytes:
        """The bytes at `path`."""
        return (self.folder / path).read_bytes()

    def save(self, path: str, packed: bytes) -> None:
        """Write `packed` beside its place, and move it there."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f".{target.name}.{uuid4().hex}")
        try:
            with aside.open("xb") as file:
                file.write(packed)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(target)
        finally:
            aside.unlink(missing_ok=True)

    def settle(self, paths: Iterable[str], writers: Executor) -> None:
        """Sync the folders of `paths`, and the one they are in the first time they are used.

        Also where nothing was written: a run may have been killed before it came to this.
        """
        shards = {(self.folder / path).parent for path in paths}
        if shards - self.settled:
            _sync(self.folder)
        deque(writers.map(_sync, shards), maxlen=0)
        self.settled |= shards

    def sweep(self) -> int:
        """Remove files older than `LEFT_SECONDS` that never came to their place."""
        before, count = time.time() - LEFT_SECONDS, 0
        for path in self.folder.glob("[0-9a-f][0-9a-f]/.*"):
            # Another run may sweep as well, and what cannot be removed does no harm.
            with suppress(OSError):
                if LEFT_OVER.fullmatch(path.name) and path.stat().st_mtime < before:
                    path.unlink()
                    count += 1
        return count


class Bucket:
    """An object store behind fsspec: one put for each file, which readers see when it is whole."""

    advice = "see that ETL_SNAPSHOTS is right and that its credentials may write there"

    def __init__(self, url: str, system: Any, root: str) -> None:
        self.system = system
        self.root = root.rstrip("/")
        self.name = f"snapshot store {CREDENTIALS.sub('', url)}"

    def load(self, path: str) -> bytes:
        """The bytes at `path`."""
        return bytes(self._asked("cat_file", path))

    def save(self, path: str, packed: bytes) -> None:
        """Put `packed` at `path`."""
        self._asked("pipe_file", path, packed)

    def settle(self, paths: Iterable[str], writers: Executor) -> None:
        """Do nothing: a put that was answered lasts."""

    def sweep(self) -> int:
        """Do nothing: there are no half-written objects."""
        return 0

    def _asked(self, action: str, path: str, *given: bytes) -> Any:
        """What the file system answers; each driver has errors of its own."""
        try:
            return getattr(self.system, action)(f"{self.root}/{path}", *given)
        except OSError:
            raise
        except Exception as error:
            raise OSError(f"{type(error).__name__}: {error}") from error


def shelf(url: str) -> Shelf:
    """The place that `url` names: a path, or a URL of fsspec.

    Raises:
        Misconfigured: No such protocol, or the package that it needs is not installed.
    """
    if not SCHEME.match(url):
        return Folder(Path(url).expanduser())
    import fsspec  # only stores that are no folder need it
    from fsspec.implementations.local import LocalFileSystem

    named = f"ETL_SNAPSHOTS={CREDENTIALS.sub('', url)}"
    if "::" in url:
        raise Misconfigured(f"{named}: is a chain; write one path or URL")
    try:
        system, root = fsspec.core.url_to_fs(url)
    except ImportError as error:
        raise Misconfigured(f"{named}: {_missing(url, error)}") from error
    except Exception as error:
        raise Misconfigured(f"{named}: {error}; write a folder, or a URL of fsspec") from error
    return Folder(Path(root)) if isinstance(system, LocalFileSystem) else Bucket(url, system, root)


def _missing(url: str, error: ImportError) -> str:
    """Which package is missing, and how to get it."""
    package = DRIVERS.get(url.partition(":")[0].lower())
    return f"{error}; type `pip install {package}`" if package else str(error)


def _sync(folder: Path) -> None:
    """Make a rename in `folder` last through a power cut, where folders can be synced."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
