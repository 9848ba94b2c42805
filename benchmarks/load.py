"""Our load beside server-side COPY, ADBC and dlt, in one interleaved run.

    python benchmarks/load.py [--rounds 5] [--mentions 200000] [--versions 2000]

Every lane fills the same fresh twins on the same embedded Postgres; what is timed is writing
the rows and the commit, not making the tables. Lanes take turns, so that a busy machine slows
all of them; figures are medians, and only ratios mean something on another machine. The server
reads its file in one process while all others need a second one to send: without a second
idle core the ratios are lower. dlt brings tables and bookkeeping of its own, so its whole
`run` is timed.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import polars as pl
import sqlalchemy as sa

from etl.load import copy, staging
from etl.load.engine import warehouse
from etl.schema import ArticleVersion, Loaded, Mention, conform

Frames = dict[type[Loaded], pl.DataFrame]

Seconds = dict[tuple[str, str], list[float]]
"""Seconds of every round, by table and lane."""

Lane = Callable[[type[Loaded], pl.DataFrame], float]
"""Loads a frame and returns the seconds it took."""

OURS, SERVER = "ours", "server-side COPY"
NOW = datetime(2024, 1, 1, tzinfo=UTC)
WORDS = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "border",
    "river",
    "talks",
    "energy",
    "trade",
    "security",
    "ministers",
    "agreement",
]


def mentions(count: int) -> pl.DataFrame:
    """One row per mention, about 130 bytes each as sent."""
    return conform(
        pl.select(mention_id=pl.int_range(count).hash(1).reinterpret(signed=True)).with_columns(
            version_id=pl.int_range(count) // 100,
            start_offset=pl.int_range(count) % 100 * 50,
            end_offset=pl.int_range(count) % 100 * 50 + 12,
            surface=pl.format("Minister {}", pl.int_range(count) % 900 + 100),
            kind=pl.lit("person"),
            entity_id=pl.int_range(count).hash(2).reinterpret(signed=True),
            sentence_start_offset=pl.int_range(count) % 100 * 50,
            sentence_end_offset=pl.int_range(count) % 100 * 50 + 40,
            confidence=pl.int_range(count) % 100 / 100.0,
            extractor=pl.lit("titled_persons"),
            extractor_version=pl.lit("1"),
        ),
        Mention,
    )


def versions(count: int) -> pl.DataFrame:
    """One row per version, with a body of about 5 kB."""
    dice = random.Random(7)
    bodies = [" ".join(dice.choices(WORDS, k=800)) for _ in range(count)]
    number = pl.int_range(count)
    return conform(
        pl.DataFrame({"body": bodies}).with_columns(
            version_id=number.hash(3).reinterpret(signed=True),
            article_id=number.hash(4).reinterpret(signed=True),
            title=pl.format("Talks on the border, part {}", number),
            title_key=pl.format("talks on the border part {}", number),
            published_at=pl.lit(NOW),
            published_precision=pl.lit("day"),
            published_method=pl.lit("dateline"),
            language=pl.lit("en"),
            reference_text=pl.format("1. Shade B. Rivers of the {}th century. 1999.", number),
            word_count=pl.lit(800),
            content_hash=pl.format("{}", number.hash(5)),
            snapshot_hash=pl.format("{}", number.hash(6)),
            fetched_at=pl.lit(NOW),
            seen_from_at=pl.lit(NOW),
            derived_hash=number.hash(8).reinterpret(signed=True),
        ),
        ArticleVersion,
    )


def staged_by(engine: sa.Engine, schema: str, write: copy.Copy) -> Lane:
    """A lane that stages a frame with `write`."""

    def lane(table: type[Loaded], frame: pl.DataFrame) -> float:
        started = 0.0

        def timed(connection: sa.Connection, schema: str, name: str, rows: pl.DataFrame) -> None:
            nonlocal started
            started = time.perf_counter()
            write(connection, schema, name, rows)

        staging.stage(engine, schema, {table: frame}, timed)
        return time.perf_counter() - started

    return lane


def copied_by_server(folder: Path) -> copy.Copy:
    """A writer that has the server read a file of its own."""

    def write(connection: sa.Connection, schema: str, name: str, frame: pl.DataFrame) -> None:
        columns = ", ".join(frame.columns)
        options = "(format binary, freeze)"
        connection.exec_driver_sql(
            f"copy {schema}.{name} ({columns}) from '{folder / name}.binary' {options}"
        )

    return write


def server_folder(engine: sa.Engine) -> Path:
    """A folder that the server, which may be another account, can write to: its own."""
    with engine.connect() as connection:
        return Path(str(connection.scalar(sa.text("show data_directory"))))


def keep_files(engine: sa.Engine, schema: str, folder: Path, frames: Frames) -> None:
    """Have the server write the rows to files of its own, in its own format."""
    staging.stage(engine, schema, frames)
    with engine.connect() as connection:
        for table, frame in frames.items():
            name, columns = table.__tablename__, ", ".join(frame.columns)
            connection.exec_driver_sql(
                f"copy {schema}.{name} ({columns}) to '{folder / name}.binary' (format binary)"
            )


def dlt_lane(engine: sa.Engine, folder: Path) -> Lane:
    """A lane that has dlt replace a table by way of CSV files, its fastest way into Postgres."""
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    import dlt

    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    pipeline = dlt.pipeline(
        "load_benchmark",
        pipelines_dir=str(folder),
        destination=dlt.destinations.postgres(url),
        dataset_name="dlt_benchmark",
    )

    def lane(table: type[Loaded], frame: pl.DataFrame) -> float:
        started = time.perf_counter()
        pipeline.run(
            [frame.to_arrow()],
            table_name=table.__tablename__,
            write_disposition="replace",
            loader_file_format="csv",
        )
        return time.perf_counter() - started

    return lane


def race(engine: sa.Engine, lanes: dict[str, Lane], frames: Frames, rounds: int) -> Seconds:
    """Seconds of every round, by table and lane; the first round warms up and does not count."""
    seconds: Seconds = {}
    for number in range(rounds + 1):
        for table, frame in frames.items():
            for name, lane in lanes.items():
                with engine.connect() as connection:
                    connection.execution_options(isolation_level="AUTOCOMMIT")
                    connection.exec_driver_sql("checkpoint")
                taken = lane(table, frame)
                if number:
                    seconds.setdefault((table.__tablename__, name), []).append(taken)
    return seconds


def report(seconds: Seconds, frames: Frames) -> None:
    """Print one line per table and lane, then of the whole load; 1 is the server's COPY."""
    lanes = list(dict.fromkeys(lane for _, lane in seconds))
    for table, frame in frames.items():
        name = table.__tablename__
        size = frame.estimated_size("mb")
        show(f"{name}: {frame.height:,} rows, {size:.0f} MB", {x: seconds[name, x] for x in lanes})
    names = [table.__tablename__ for table in frames]
    rounds = {x: zip(*(seconds[name, x] for name in names), strict=True) for x in lanes}
    show("together", {lane: [sum(taken) for taken in each] for lane, each in rounds.items()})


def show(title: str, taken: dict[str, list[float]]) -> None:
    """Print median, least and most of every lane."""
    base = statistics.median(taken[SERVER])
    print(f"\n{title}")
    print(f"  {'':18} {'median':>9} {'least':>9} {'most':>9} {'speed':>6}")
    for lane, seconds in taken.items():
        median = statistics.median(seconds)
        spread = f"{min(seconds) * 1000:6.0f} ms {max(seconds) * 1000:6.0f} ms"
        print(f"  {lane:18} {median * 1000:6.0f} ms {spread} {base / median:6.2f}")


def opened(folder: Path) -> Path:
    """The folder, opened so far that the server may enter, which root runs as another account."""
    folder.chmod(0o711)
    return folder


def asked() -> argparse.Namespace:
    """What was typed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--mentions", type=int, default=200_000)
    parser.add_argument("--versions", type=int, default=2_000)
    return parser.parse_args()


def main() -> None:
    """Start a server, fill all lanes in turn and print the table."""
    typed = asked()
    frames: Frames = {Mention: mentions(typed.mentions), ArticleVersion: versions(typed.versions)}
    with (
        tempfile.TemporaryDirectory(prefix="etl-benchmark-") as folder,
        warehouse(None, opened(Path(folder))) as engine,
        staging.batch(engine, uuid4(), "benchmark") as schema,
    ):
        files = server_folder(engine)
        keep_files(engine, schema, files, frames)
        lanes = {
            OURS: staged_by(engine, schema, copy.fastest()),
            SERVER: staged_by(engine, schema, copied_by_server(files)),
            "ADBC ingest": staged_by(engine, schema, copy.by_adbc),
        }
        if find_spec("dlt"):
            lanes["dlt"] = dlt_lane(engine, Path(folder) / "dlt")
        report(race(engine, lanes, frames, typed.rounds), frames)
    if "dlt" not in lanes:
        print("\ndlt not installed: pip install 'dlt[postgres]'")


if __name__ == "__main__":
    main()
