"""Staged rows reach the warehouse once and whole."""

import polars as pl
import sqlalchemy as sa

from etl.load import runs, staging
from etl.load.publish import publish
from etl.schema import (
    LOADED,
    ArticleVersion,
    Citation,
    CitationContext,
    CitationField,
    CitationName,
    Entity,
    Mention,
)
from tests.load.rows import SOURCE, Page, batch, dump, load, marks, reread, run_id, select, written

NATO_AND_ZINC = Page(
    "a",
    2,
    " ".join(f"On day {n} nothing happened." for n in range(20)),
    mentions=("NATO", "CSTO"),
    cites=("A history of zinc", "Tin"),
    authors=("A. Karimov",),
)


def test_publishing_twice_changes_nothing(warehouse: sa.Engine) -> None:
    frames = batch(NATO_AND_ZINC, Page("b", 1, "x" * 9_000, title="A history of zinc"))
    first = load(warehouse, frames)
    before = marks(warehouse)

    again = load(warehouse, frames, "second")

    assert written(first).keys() == {table.__tablename__ for table in LOADED}
    assert written(again) == {}
    assert marks(warehouse) == before


def test_counts_are_those_of_the_tables_and_are_recorded(warehouse: sa.Engine) -> None:
    frames = batch(NATO_AND_ZINC)

    counts = load(warehouse, frames)

    held = {name: len(found) for name, found in dump(warehouse).items()}
    assert {name: c.inserted for name, c in counts.items()} == held
    assert {name: c.staged for name, c in counts.items()} == held
    assert select(
        warehouse,
        "select table_name, staged_count, set_aside_count, inserted_count, updated_count, "
        f"deleted_count from ops.loads where run_id = '{run_id('first')}' order by 1",
    ) == sorted((name, *c) for name, c in counts.items())


def test_a_batch_published_again_in_its_run_keeps_its_record(warehouse: sa.Engine) -> None:
    load(warehouse, batch(NATO_AND_ZINC))
    recorded = select(warehouse, "select * from ops.loads order by table_name")

    load(warehouse, batch(NATO_AND_ZINC))

    assert select(warehouse, "select * from ops.loads order by table_name") == recorded


def test_rows_no_longer_found_vanish(warehouse: sa.Engine) -> None:
    frames = batch(NATO_AND_ZINC)
    load(warehouse, frames)
    first = frames[CitationContext]["citation_id"][0]
    fewer = reread(
        frames,
        mentions=frames[Mention].filter(pl.col("surface") == "NATO"),
        citations=frames[Citation].filter(pl.col("position") == 1),
        citation_names=frames[CitationName].filter(pl.col("citation_id") == first),
        citation_fields=frames[CitationField].filter(pl.col("citation_id") == first),
        citation_contexts=frames[CitationContext].with_columns(citation_id=first),
        article_authors=pl.DataFrame(schema=batch(NATO_AND_ZINC)[LOADED[4]].schema),
    )

    counts = load(warehouse, fewer, "second")

    assert written(counts) == {
        "article_versions": (0, 1, 0),
        "article_authors": (0, 0, 1),
        "mentions": (0, 0, 1),
        "citations": (0, 0, 1),
        "citation_names": (0, 0, 1),
        "citation_fields": (0, 0, 1),
        "citation_contexts": (0, 1, 0),
    }
    assert select(warehouse, "select surface from warehouse.mentions") == [("NATO",)]


def test_rows_of_other_versions_stay(warehouse: sa.Engine) -> None:
    load(warehouse, batch(Page("b", 1, mentions=("NATO",))), "other")
    frames = batch(Page("a", 1, mentions=("NATO",)))
    load(warehouse, frames)

    load(warehouse, reread(frames, mentions=frames[Mention].clear()), "second")

    assert len(select(warehouse, "select * from warehouse.mentions")) == 1


def test_a_version_without_a_hash_is_always_looked_at(warehouse: sa.Engine) -> None:
    frames = batch(Page("a", 1, mentions=("NATO",)))
    unsure = {
        **frames,
        ArticleVersion: frames[ArticleVersion].with_columns(derived_hash=pl.lit(None, pl.Int64)),
    }
    load(warehouse, unsure)
    before = marks(warehouse)

    assert written(load(warehouse, unsure, "second")) == {}
    assert marks(warehouse) == before
    other = {**unsure, Mention: frames[Mention].with_columns(confidence=0.1)}
    assert written(load(warehouse, other, "third")) == {"mentions": (0, 1, 0)}


def test_only_rows_that_change_carry_the_later_run(warehouse: sa.Engine) -> None:
    load(warehouse, batch(Page("a", 1, mentions=("NATO",)), Page("b", 1)))

    load(warehouse, batch(Page("a", 1, mentions=("NATO",)), Page("b", 4)), "second")

    later = select(
        warehouse,
        "select url from warehouse.article_versions as v "
        "join warehouse.articles using (article_id) "
        f"where v.run_id = '{run_id('second')}'",
    )
    assert later == [("b",)]
    times = select(warehouse, "select run_id, loaded_at from warehouse.articles order by url")
    assert [str(run) for run, _ in times] == [str(run_id("first")), str(run_id("second"))]
    assert times[0][1] < times[1][1]


def test_a_better_name_arrives_though_no_article_changed(warehouse: sa.Engine) -> None:
    frames = batch(Page("a", 1, mentions=("NATO",)))
    load(warehouse, frames)
    longer = {**frames, Entity: frames[Entity].with_columns(name=pl.lit("North Atlantic Treaty"))}

    assert written(load(warehouse, longer, "second")) == {"entities": (0, 1, 0)}
    assert written(load(warehouse, frames, "third")) == {}
    assert select(warehouse, "select name from warehouse.entities") == [("North Atlantic Treaty",)]


def test_rows_set_aside_are_not_missed(warehouse: sa.Engine) -> None:
    run, nothing = run_id("aside"), pl.DataFrame(schema=runs.OUTCOMES)
    with (
        runs.run(warehouse, run, "aside", [SOURCE]),
        staging.batch(warehouse, run, SOURCE) as schema,
    ):
        counts = staging.stage(warehouse, schema, batch(NATO_AND_ZINC))
        with warehouse.begin() as connection:
            lost = f"delete from {schema}.mentions where surface = 'NATO'"
            connection.execute(sa.text(lost))

        found = publish(warehouse, schema, run, SOURCE, counts, nothing, {"mentions": 1})

    assert found["mentions"] == (2, 1, 1, 0, 0)


def test_statistics_are_there_after_the_first_publish(warehouse: sa.Engine) -> None:
    load(warehouse, batch(NATO_AND_ZINC))

    counted = dict(
        select(
            warehouse,
            "select relname, reltuples from pg_class "
            "where relnamespace = 'warehouse'::regnamespace and relkind = 'r'",
        )
    )
    assert counted == {name: len(found) for name, found in dump(warehouse).items()}
