"""What looking for reprints costs a publish, beside a warehouse of a million articles.

    python benchmarks/reprints.py [STORED [NEW]]

The stored articles have signatures of chance, so none is like another, but their index is as
large as a real one. On top come batches of one source: of new articles, of the same again, of as
many copies, a tenth of their words replaced, and of pages that all say nearly the same.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import polars as pl
import sqlalchemy as sa
from invented import batch

from etl import schema as s
from etl.load import migrate, publish, reprints, runs, staging
from etl.load.embedded import EmbeddedPostgres
from etl.load.engine import connect
from etl.transform.signatures import signatures

Frames = dict[type[s.Loaded], pl.DataFrame]

RUN = uuid4()

STORED = """
    insert into warehouse.articles (
        article_id, source_id, url, first_seen_at, last_seen_at, run_id, loaded_at
    )
    select n, :source, 'https://bench.example/' || n, :at, :at, :run, :at
    from generate_series(1, :count) as n;
    insert into warehouse.article_versions (
        version_id, article_id, version_number, is_current, title, title_key, body, word_count,
        content_hash, snapshot_hash, fetched_at, seen_from_at, run_id, loaded_at
    )
    select n, n, 1, true, 'Bench', 'bench ' || n, 'Bench', 1, n::text, n::text, :at, :at, :run, :at
    from generate_series(1, :count) as n;
    insert into warehouse.signatures
    select
        n,
        900,
        array(select hashint8extended(n, i) from generate_series(1, 32) as i),
        array(select hashint8extended(n, 100 + i) from generate_series(1, 32) as i),
        :run,
        :at
    from generate_series(1, :count) as n;
    analyze
"""

SIZES = """
    select indexrelid::regclass::text, pg_relation_size(indexrelid) from pg_index
    where indrelid = 'warehouse.signatures'::regclass
    union all
    select 'warehouse.signatures', pg_relation_size('warehouse.signatures')
"""


def main(stored: int, new: int) -> None:
    """Fill a warehouse, publish batches on top, print what each took."""
    with tempfile.TemporaryDirectory() as home, EmbeddedPostgres(Path(home)).session() as url:
        engine = connect(url)
        migrate.upgrade(engine)
        with runs.run(engine, RUN, "bench", ["bench"]):
            load(engine, batch(1, seed="first"))
            began = time.perf_counter()
            fill(engine, stored)
            print(f"{stored:,} articles stored in {time.perf_counter() - began:.0f} s")
            show_sizes(engine, stored)
            measure(engine, new)
        engine.dispose()


def fill(engine: sa.Engine, count: int) -> None:
    """Put articles with signatures of chance into the warehouse."""
    given = {
        "source": s.key("bench"),
        "run": RUN,
        "count": count,
        "at": datetime(2020, 1, 1, tzinfo=UTC),
    }
    with engine.begin() as connection:
        for statement in STORED.split(";"):
            names = [name for name in given if f":{name}" in statement]
            connection.execute(sa.text(statement), {name: given[name] for name in names})


def show_sizes(engine: sa.Engine, count: int) -> None:
    """Print the size of the table and of its indexes."""
    with engine.connect() as connection:
        for name, size in connection.execute(sa.text(SIZES)):
            print(f"  {name:32} {size / 1e6:8.0f} MB {size / count:6.0f} bytes an article")


def measure(engine: sa.Engine, new: int) -> None:
    """Publish batch after batch and print what each took."""
    frames = batch(new, seed="new")
    show("new articles", load(engine, frames))
    show("the same again", load(engine, frames))
    show("copies of all", load(engine, edited(frames, "copy", 0.1)))
    show("ten more", load(engine, batch(10, seed="ten")))
    for count in (250, 500, 1_000):
        one = batch(1, seed=f"crowd{count}")
        show(f"{count} nearly the same", load(engine, edited(one, "crowd", 0.02, count)))


def edited(frames: Frames, seed: str, share: float, times: int = 1) -> Frames:
    """Articles whose texts are those of others with a share of their words replaced."""
    dice = random.Random(seed)
    articles = pl.concat([frames[s.Article]] * times).with_columns(
        url=pl.format("{}/{}/{}", pl.col("url"), pl.lit(seed), pl.int_range(pl.len()))
    )
    bodies: Sequence[str] = pl.concat([frames[s.ArticleVersion]] * times)["body"].to_list()
    texts = [
        " ".join(f"x{dice.random()}" if dice.random() < share else w for w in body.split())
        for body in bodies
    ]
    articles = s.with_key(articles.drop("article_id"), "article_id", "source_id", "url")
    versions = pl.concat([frames[s.ArticleVersion]] * times).with_columns(
        article_id=articles["article_id"],
        body=pl.Series(texts),
        content_hash=pl.Series([sha256(text.encode()).hexdigest() for text in texts]),
    )
    versions = s.with_key(versions.drop("version_id"), "version_id", "article_id", "content_hash")
    made = {table: frames[table].clear() for table in s.LOADED}
    made |= {
        s.Source: frames[s.Source],
        s.Article: s.conform(articles, s.Article),
        s.ArticleVersion: s.conform(versions, s.ArticleVersion),
        s.Signature: signatures(versions),
    }
    return made


def load(engine: sa.Engine, frames: Frames) -> tuple[float, float, int]:
    """Publish frames; seconds of it, of it for looking for reprints, and reprints then."""
    expected = {table.__tablename__: frame.height for table, frame in frames.items()}
    nothing = pl.DataFrame(schema=runs.OUTCOMES)
    with staging.batch(engine, RUN, "bench") as schema, timed() as looking:
        staging.stage(engine, schema, frames)
        began = time.perf_counter()
        publish.publish(engine, schema, RUN, "bench", expected, nothing)
        took = time.perf_counter() - began
    with engine.connect() as connection:
        counted = "select count(*) from warehouse.articles where reprint_of_article_id is not null"
        return took, sum(looking), connection.scalar(sa.text(counted)) or 0


@contextmanager
def timed() -> Iterator[list[float]]:
    """The seconds of each look for reprints until the end."""
    seconds: list[float] = []
    look = reprints.find_reprints

    def measured(*arguments: object, **named: object) -> int:
        began = time.perf_counter()
        found: int = look(*arguments, **named)  # type: ignore[arg-type]
        seconds.append(time.perf_counter() - began)
        return found

    reprints.find_reprints = measured  # type: ignore[assignment]
    try:
        yield seconds
    finally:
        reprints.find_reprints = look


def show(name: str, taken: tuple[float, float, int]) -> None:
    """Print one line."""
    whole, looking, count = taken
    print(
        f"{name:24} publish {whole:7.2f} s, of it looking for reprints {looking:7.2f} s "
        f"({looking / whole:.0%}); {count:,} reprints"
    )


if __name__ == "__main__":
    sizes = [int(argument) for argument in sys.argv[1:]]
    main(*(sizes + [1_000_000, 20_000][len(sizes) :]))
