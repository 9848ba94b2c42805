"""Server CPU of a first publish beside that of the same batch again, which writes nothing.

    python benchmarks/reload.py [VERSIONS]

Counts the whole embedded server: backends, background processes, and children that ended.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import polars as pl
import sqlalchemy as sa
from invented import batch

from etl.load import migrate, runs, staging
from etl.load.embedded import EmbeddedPostgres
from etl.load.engine import connect
from etl.load.publish import LoadCounts, publish
from etl.schema import ArticleVersion, Loaded, Mention

Frames = dict[type[Loaded], pl.DataFrame]

RUN = uuid4()
TICKS = os.sysconf("SC_CLK_TCK")
RELOADS = 10


def postmaster(engine: sa.Engine) -> int:
    """Process id of the server: the parent of a backend."""
    with engine.connect() as connection:
        pid = connection.scalar(sa.text("select pg_backend_pid()"))
    return int(_stat(f"/proc/{pid}/stat")[1])


def cpu_seconds(server: int) -> float:
    """CPU used by a server's living processes, and by its children that ended."""
    used = _scheduled(server) + sum(map(int, _stat(f"/proc/{server}/stat")[13:15])) / TICKS
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(_stat(str(path))[1]) == server:
                used += _scheduled(int(path.parent.name))
        except OSError:
            # It ended between two looks; the server has its time now.
            continue
    return used


def _scheduled(pid: int) -> float:
    """Seconds a process ran, to the nanosecond; /proc/…/stat counts in ticks of 10 ms."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def _stat(path: str) -> list[str]:
    """Fields of a stat file from the third on: the second may hold blanks."""
    return Path(path).read_text().rpartition(")")[2].split()


def measured(server: int, work: Callable[[], Any], times: int = 1) -> tuple[float, float]:
    """CPU seconds of the server and seconds passed, for one of `times` calls."""
    cpu, clock = cpu_seconds(server), time.perf_counter()
    for _ in range(times):
        work()
    spent, passed = cpu_seconds(server) - cpu, time.perf_counter() - clock
    return spent / times, passed / times


def main(versions: int) -> None:
    """Load a batch, load it again, load ten new articles on top; print what each took."""
    frames = batch(versions)
    with tempfile.TemporaryDirectory() as home, EmbeddedPostgres(Path(home)).session() as url:
        engine = connect(url)
        migrate.upgrade(engine)
        with runs.run(engine, RUN, "bench", ["bench"]):
            compare(engine, frames)
        engine.dispose()


def compare(engine: sa.Engine, frames: Frames) -> None:
    """Measure and print."""
    server = postmaster(engine)
    with staging.batch(engine, RUN, "bench") as schema:
        loading = measured(server, lambda: staging.stage(engine, schema, frames))
        first = measured(server, lambda: merge(engine, schema, frames))
        again = measured(server, lambda: merge(engine, schema, frames), RELOADS)
        small = batch(10, seed="more")
        staging.stage(engine, schema, small)
        ten = measured(server, lambda: merge(engine, schema, small))
    print(f"{rows(frames):,} rows: {frames[ArticleVersion].height:,} versions, ", end="")
    print(f"{frames[Mention].height:,} mentions")
    show("stage", loading, rows(frames))
    show("first publish", first, rows(frames))
    show("again", again, rows(frames))
    show("ten more", ten, rows(small))
    print(f"again / first publish: {again[0] / first[0]:.2%} of the server's CPU")


def merge(engine: sa.Engine, schema: str, frames: Frames) -> dict[str, LoadCounts]:
    """Publish what is staged."""
    expected = {table.__tablename__: frame.height for table, frame in frames.items()}
    nothing = pl.DataFrame(schema=runs.OUTCOMES)
    return publish(engine, schema, RUN, "bench", expected, nothing)


def rows(frames: Frames) -> int:
    """Rows of all frames."""
    return sum(frame.height for frame in frames.values())


def show(name: str, used: tuple[float, float], count: int) -> None:
    """Print one line."""
    cpu, passed = used
    print(f"{name:14} {cpu:8.3f} s CPU {passed:8.3f} s {cpu / count * 1e6:9.2f} µs CPU a row")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4_000)
