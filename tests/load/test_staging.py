"""Frames arrive in a staging schema as they are, or are refused."""

from collections.abc import Iterator
from contextlib import ExitStack

import polars as pl
import pytest
import sqlalchemy as sa

from etl.errors import SchemaMismatch, StagingLost
from etl.load import copy, locks, staging
from etl.schema import LOADED, Article, ArticleVersion, Citation, Entity, Source
from tests.load.rows import Page, batch, run_id

PAGES = (
    Page("a", 1, "Über die Brücke — دوشنبه, Хорог", mentions=("NATO", "ШОС"), cites=("Zinc",)),
    Page("b", 2, "x" * 9_000, authors=("A. Karimov", "B. Шарипова")),
)

WRITERS = [copy.by_pgpq, copy.by_adbc]


def write_name(write: copy.Copy) -> str:
    return write.__name__


@pytest.fixture
def schema(kept: sa.Engine) -> Iterator[str]:
    with staging.batch(kept, run_id("staging"), "steppe") as name:
        yield name


def read(engine: sa.Engine, schema: str, name: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(r) for r in connection.execute(sa.text(f"select * from {schema}.{name}"))]


def schemas(engine: sa.Engine) -> set[str]:
    return {n for n in sa.inspect(engine).get_schema_names() if n.startswith(staging.PREFIX)}


@pytest.mark.parametrize("write", WRITERS, ids=write_name)
class TestEveryWriter:
    def test_rows_arrive_as_they_are(self, kept: sa.Engine, schema: str, write: copy.Copy) -> None:
        frames = batch(*PAGES)

        counts = staging.stage(kept, schema, frames, write)

        assert counts == {table.__tablename__: frames[table].height for table in LOADED}
        for table in LOADED:
            assert read(kept, schema, table.__tablename__) == frames[table].rows()

    def test_many_messages_arrive_whole(
        self, kept: sa.Engine, schema: str, write: copy.Copy, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(copy, "MESSAGE_BYTES", 1)
        frames = batch(*(Page(f"u{n}", 1, mentions=("NATO",)) for n in range(50)))

        staging.stage(kept, schema, frames, write)

        assert len(read(kept, schema, "articles")) == 50

    def test_a_type_the_table_does_not_have_is_refused(
        self, kept: sa.Engine, schema: str, write: copy.Copy
    ) -> None:
        frames = batch(*PAGES)
        narrow = frames[Article].with_columns(pl.lit(1, pl.Int32).alias("source_id"))

        with pytest.raises(
            SchemaMismatch, match="articles: source_id is sent as int4, stored as int8"
        ):
            staging.stage(kept, schema, {Article: narrow}, write)

    def test_a_time_without_zone_is_refused(
        self, kept: sa.Engine, schema: str, write: copy.Copy
    ) -> None:
        local = batch(*PAGES)[Article].with_columns(
            pl.col("last_seen_at").dt.replace_time_zone(None)
        )

        with pytest.raises(
            SchemaMismatch, match="last_seen_at is sent as timestamp, stored as timestamptz"
        ):
            staging.stage(kept, schema, {Article: local}, write)

    def test_missing_and_unknown_columns_are_refused(
        self, kept: sa.Engine, schema: str, write: copy.Copy
    ) -> None:
        odd = batch(*PAGES)[Article].rename({"url": "address"})

        with pytest.raises(
            SchemaMismatch, match=r"url is sent as nothing.*address is sent as text"
        ):
            staging.stage(kept, schema, {Article: odd}, write)

    def test_nul_is_stripped_and_categories_become_text(
        self, kept: sa.Engine, schema: str, write: copy.Copy
    ) -> None:
        sources = batch(*PAGES)[Source].with_columns(
            title=pl.lit("The st\x00eppe\x00"),
            homepage_url=pl.lit(None, pl.Null),
            language=pl.lit("en").cast(pl.Categorical),
            timezone=pl.lit("UTC").cast(pl.Enum(["UTC", "Asia/Dushanbe"])),
        )

        staging.stage(kept, schema, {Source: sources}, write)

        assert read(kept, schema, "sources")[0][2:] == ("The steppe", None, "en", "UTC")

    def test_an_empty_frame_is_no_row(self, kept: sa.Engine, schema: str, write: copy.Copy) -> None:
        counts = staging.stage(kept, schema, {Entity: batch(*PAGES)[Entity].clear()}, write)

        assert set(counts.values()) == {0}


def test_the_fastest_writer_at_hand_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert copy.fastest() is copy.by_pgpq

    monkeypatch.setattr(copy, "find_spec", lambda _: None)

    assert copy.fastest() is copy.by_adbc


def test_staging_again_replaces_what_was_staged(kept: sa.Engine, schema: str) -> None:
    staging.stage(kept, schema, batch(*PAGES))

    staging.stage(kept, schema, batch(PAGES[0]))

    with kept.connect() as connection:
        assert staging.staged_counts(connection, schema)["article_versions"] == 1


def test_a_refused_frame_leaves_nothing_staged(kept: sa.Engine, schema: str) -> None:
    frames = batch(*PAGES)
    bad = frames[Citation].with_columns(pl.lit("one").alias("position"))

    with pytest.raises(SchemaMismatch):
        staging.stage(kept, schema, {**frames, Citation: bad})

    with kept.connect() as connection, pytest.raises(StagingLost, match="run again"):
        staging.staged_counts(connection, schema)


def test_twins_hold_bad_rows_and_store_bodies_unpacked(kept: sa.Engine, schema: str) -> None:
    frames = batch(*PAGES)
    twice = pl.concat([frames[ArticleVersion], frames[ArticleVersion]])

    counts = staging.stage(kept, schema, {ArticleVersion: twice.with_columns(word_count=-1)})

    assert counts["article_versions"] == 4
    asked = "select attname, attstorage::text from pg_attribute where attrelid = to_regclass(:t) "
    with kept.connect() as connection:
        rows = connection.execute(sa.text(asked), {"t": f"{schema}.article_versions"})
        stored = {row[0]: row[1] for row in rows}
    assert stored["body"] == stored["reference_text"] == "e"
    assert stored["title"] == "x"


def test_one_source_of_one_run_has_one_schema() -> None:
    names = {
        staging.batch_schema(run_id(run), source) for run in ("a", "b") for source in ("x", "y")
    }

    assert len(names) == 4
    assert staging.batch_schema(run_id("a"), "x") in names
    assert all(len(name) == len("staging_") + 12 for name in names)


def test_a_batch_leaves_no_schema_behind(kept: sa.Engine) -> None:
    with staging.batch(kept, run_id("a"), "steppe") as schema:
        assert schemas(kept) == {schema}
    assert schemas(kept) == set()

    with pytest.raises(ZeroDivisionError), staging.batch(kept, run_id("a"), "steppe"):
        _ = 1 / 0
    assert schemas(kept) == set()


def test_a_batch_starts_empty_though_one_was_left_over(kept: sa.Engine) -> None:
    schema = staging.batch_schema(run_id("a"), "steppe")
    with kept.begin() as connection:
        connection.execute(sa.text(f"create schema {schema}"))
        connection.execute(sa.text(f"create table {schema}.left_over (id bigint)"))

    with staging.batch(kept, run_id("a"), "steppe"):
        assert sa.inspect(kept).get_table_names(schema) == []


def test_sweep_drops_only_what_the_dead_left(kept: sa.Engine) -> None:
    dead = staging.batch_schema(run_id("dead"), "steppe")
    with kept.begin() as connection:
        connection.execute(sa.text(f"create schema {dead}"))
        connection.execute(sa.text("create schema stagingplace"))

    with staging.batch(kept, run_id("alive"), "steppe") as alive:
        assert staging.sweep(kept) == [dead]
        assert schemas(kept) == {alive}

    assert "stagingplace" in sa.inspect(kept).get_schema_names()


def test_a_lock_is_let_go_of(kept: sa.Engine) -> None:
    with locks.held(kept, "here"), kept.begin() as connection:
        assert not locks.is_free(connection, "here")
        assert locks.is_free(connection, "there")

    with kept.begin() as connection:
        assert locks.is_free(connection, "here")


def test_many_locks_leave_room_for_work(kept: sa.Engine) -> None:
    with ExitStack() as stack:
        for number in range(20):
            stack.enter_context(locks.held(kept, f"source {number}"))

        with kept.begin() as connection:
            assert not locks.is_free(connection, "source 19")
