"""Staged rows reach the warehouse once, whole, and the same in any order."""

import itertools
import random
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa

from etl.errors import EtlError, KeyCollision, SchemaMismatch, StagingLost
from etl.load import runs, staging
from etl.load.publish import publish
from etl.schema import (
    LOADED,
    Article,
    ArticleVersion,
    Author,
    Citation,
    CitationContext,
    Entity,
    EntityAlias,
    Loaded,
    Mention,
    Work,
    key,
)
from tests.load.rows import (
    SOURCE,
    Frames,
    Page,
    batch,
    dump,
    load,
    marks,
    run_id,
    with_row,
    written,
)

NATO_AND_ZINC = Page(
    "a", 2, mentions=("NATO", "CSTO"), cites=("A history of zinc", "Tin"), authors=("A. Karimov",)
)


def rows(engine: sa.Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query))]


def reread(frames: Frames, **replaced: pl.DataFrame) -> Frames:
    """The same pages read by newer code: other rows below the versions, another hash."""
    named = {table.__tablename__: table for table in LOADED}
    versions = frames[ArticleVersion].with_columns(
        pl.lit(key(*replaced)).alias("derived_hash").cast(pl.Int64)
    )
    new = {named[name]: frame for name, frame in replaced.items()}
    return {**frames, ArticleVersion: versions, **new}


def changed(frame: pl.DataFrame, values: dict[str, Any]) -> pl.DataFrame:
    """The frame with one value in all rows of some columns."""
    return frame.with_columns(
        pl.lit(value).cast(frame.schema[name]).alias(name) for name, value in values.items()
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
    assert rows(
        warehouse,
        "select table_name, staged_count, set_aside_count, inserted_count, updated_count, "
        f"deleted_count from ops.loads where run_id = '{run_id('first')}' order by 1",
    ) == sorted((name, *c) for name, c in counts.items())


def test_a_batch_published_again_in_its_run_keeps_its_record(warehouse: sa.Engine) -> None:
    load(warehouse, batch(NATO_AND_ZINC))
    recorded = rows(warehouse, "select * from ops.loads order by table_name")

    load(warehouse, batch(NATO_AND_ZINC))

    assert rows(warehouse, "select * from ops.loads order by table_name") == recorded


VERSIONS = (
    "select version_number, is_current, split_part(body, e'\\n', 1), "
    "extract(day from seen_from_at), extract(day from fetched_at), extract(day from seen_to_at) "
    "from warehouse.article_versions order by version_number"
)


def test_an_article_that_changes_and_changes_back_has_two_versions(warehouse: sa.Engine) -> None:
    for day, text in ((1, "one"), (4, "two"), (8, "one")):
        load(warehouse, batch(Page("a", day, text)), f"day {day}")

    assert rows(warehouse, VERSIONS) == [
        (1, True, "one", 1, 8, None),
        (2, False, "two", 4, 4, 8),
    ]


def test_a_version_ends_when_another_was_first_shown_not_when_it_was_last(
    warehouse: sa.Engine,
) -> None:
    for day, text in ((1, "one"), (4, "two"), (9, "two")):
        load(warehouse, batch(Page("a", day, text)), f"day {day}")

    assert rows(warehouse, VERSIONS) == [
        (1, False, "one", 1, 1, 4),
        (2, True, "two", 4, 9, None),
    ]


def test_two_contents_of_one_moment_have_an_order(warehouse: sa.Engine) -> None:
    one, two = sorted((Page("a", 3, "one"), Page("a", 3, "two")), key=lambda p: p.content_hash)

    load(warehouse, batch(two, one))

    assert rows(warehouse, VERSIONS) == [
        (1, False, one.text, 3, 3, 3),
        (2, True, two.text, 3, 3, None),
    ]


def test_an_older_batch_never_replaces_a_newer_text(warehouse: sa.Engine) -> None:
    load(warehouse, batch(Page("a", 5, "new")))

    load(warehouse, batch(Page("a", 3, "old")), "late")

    assert rows(warehouse, VERSIONS) == [(1, False, "old", 3, 3, 5), (2, True, "new", 5, 5, None)]


def test_an_older_batch_never_replaces_rows_below_a_version(warehouse: sa.Engine) -> None:
    load(warehouse, batch(Page("a", 5, mentions=("NATO", "CSTO"))))
    older = batch(Page("a", 3, mentions=("NATO", "CSTO")))

    counts = load(warehouse, reread(older, mentions=older[Mention].clear()), "late")

    assert written(counts) == {"articles": (0, 1, 0), "article_versions": (0, 1, 0)}
    assert rows(warehouse, "select surface from warehouse.mentions order by 1") == [
        ("CSTO",),
        ("NATO",),
    ]
    assert rows(warehouse, VERSIONS) == [(1, True, "Nothing happened.", 3, 5, None)]


def test_rows_no_longer_found_vanish(warehouse: sa.Engine) -> None:
    frames = batch(NATO_AND_ZINC)
    load(warehouse, frames)
    first = frames[CitationContext]["citation_id"][0]
    fewer = reread(
        frames,
        mentions=frames[Mention].filter(pl.col("surface") == "NATO"),
        citations=frames[Citation].filter(pl.col("position") == 1),
        citation_contexts=frames[CitationContext].with_columns(citation_id=first),
        article_authors=pl.DataFrame(schema=batch(NATO_AND_ZINC)[LOADED[4]].schema),
    )

    counts = load(warehouse, fewer, "second")

    assert written(counts) == {
        "article_versions": (0, 1, 0),
        "article_authors": (0, 0, 1),
        "mentions": (0, 0, 1),
        "citations": (0, 0, 1),
        "citation_contexts": (0, 1, 0),
    }
    assert rows(warehouse, "select surface from warehouse.mentions") == [("NATO",)]


def test_rows_of_other_versions_stay(warehouse: sa.Engine) -> None:
    load(warehouse, batch(Page("b", 1, mentions=("NATO",))), "other")
    frames = batch(Page("a", 1, mentions=("NATO",)))
    load(warehouse, frames)

    load(warehouse, reread(frames, mentions=frames[Mention].clear()), "second")

    assert len(rows(warehouse, "select * from warehouse.mentions")) == 1


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

    later = rows(
        warehouse,
        "select url from warehouse.article_versions as v "
        "join warehouse.articles using (article_id) "
        f"where v.run_id = '{run_id('second')}'",
    )
    assert later == [("b",)]
    times = rows(warehouse, "select run_id, loaded_at from warehouse.articles order by url")
    assert [str(run) for run, _ in times] == [str(run_id("first")), str(run_id("second"))]
    assert times[0][1] < times[1][1]


def test_a_better_name_arrives_though_no_article_changed(warehouse: sa.Engine) -> None:
    frames = batch(Page("a", 1, mentions=("NATO",)))
    load(warehouse, frames)
    longer = {**frames, Entity: frames[Entity].with_columns(name=pl.lit("North Atlantic Treaty"))}

    assert written(load(warehouse, longer, "second")) == {"entities": (0, 1, 0)}
    assert written(load(warehouse, frames, "third")) == {}
    assert rows(warehouse, "select name from warehouse.entities") == [("North Atlantic Treaty",)]


BATCHES = (
    batch(
        Page("a", 1, "one", mentions=("NATO", "Csto"), cites=("The long way to Khorog",)),
        Page("b", 1, "first", authors=("A. KARIMOV",), cites=("Tin", "Zinc")),
    ),
    batch(
        Page("a", 3, "two", mentions=("Nato",), cites=("Tin",)),
        Page("c", 3, title="The long way to Khorog", published=datetime(2020, 5, 1, tzinfo=UTC)),
    ),
    batch(
        Page("a", 5, "one", mentions=("NATO", "Csto"), cites=("The long way to Khorog",)),
        Page("b", 5, "second", authors=("A. Karimov",), cites=("Zinc", "Tin"), work_url="c"),
    ),
    reread(
        batch(Page("a", 4, "one", mentions=("NATO", "Csto"), cites=("The long way to Khorog",)))
    ),
    batch(Page("d", 2, mentions=("NATO",), cites=("the LONG way to khorog",)), source="other"),
)
"""Changes there and back, older reads of a newer version, spellings, a work before its article."""

ORDERS = list(itertools.permutations(range(len(BATCHES))))


@pytest.mark.slow
def test_batches_in_any_order_end_alike(warehouse: sa.Engine) -> None:
    ends = []
    for order in [ORDERS[0], ORDERS[-1], *random.Random(1).sample(ORDERS[1:-1], 8)]:
        with warehouse.begin() as connection:
            names = ", ".join(table.sql().fullname for table in LOADED)
            connection.execute(sa.text(f"truncate {names}"))
        for number in order:
            load(warehouse, BATCHES[number], f"{order} {number}")
        ends.append(dump(warehouse))

    assert all(end == ends[0] for end in ends)
    assert len(ends[0]["article_versions"]) == 6
    assert sum(row[-1] is not None for row in ends[0]["works"]) == 3


class TestCollisions:
    """Two natural keys in one 64-bit key, made by hand, for nature takes a thousand years."""

    @pytest.mark.parametrize(
        ("table", "other"),
        [
            (Article, {"url": "z"}),
            (ArticleVersion, {"content_hash": "f" * 64}),
            (Author, {"name_key": "someone else"}),
            (Entity, {"identity": "wikidata:Q1"}),
            (EntityAlias, {"alias": "Someone"}),
            (Mention, {"start_offset": 0, "end_offset": 4, "sentence_start_offset": 0}),
            (Work, {"identity": "doi:10.1/1"}),
            (Citation, {"position": 9}),
            (CitationContext, {"cited_label": "9"}),
        ],
        ids=lambda value: value.__tablename__ if isinstance(value, type) else "",
    )
    @pytest.mark.parametrize("place", ["stored", "staged"])
    def test_a_collision_is_loud(
        self,
        warehouse: sa.Engine,
        table: type[Loaded],
        other: dict[str, object],
        place: str,
    ) -> None:
        frames = batch(NATO_AND_ZINC)
        if place == "stored":
            load(warehouse, frames, "before")
            rival = reread({**frames, table: changed(frames[table], other)})
        else:
            rival = with_row(frames, table, **other)
        before = marks(warehouse)

        with pytest.raises(KeyCollision, match=rf"^{table.__tablename__}: .*key:? -?\d+") as caught:
            load(warehouse, rival)

        assert "\n" not in str(caught.value)
        assert marks(warehouse) == before


@pytest.mark.parametrize("table", [Article, ArticleVersion, Entity, Mention, Work])
def test_a_row_staged_twice_is_refused(warehouse: sa.Engine, table: type[Loaded]) -> None:
    twice = with_row(batch(NATO_AND_ZINC), table)

    with pytest.raises(
        SchemaMismatch, match=rf"{table.__tablename__}: key -?\d+ is staged 2 times"
    ):
        load(warehouse, twice)

    assert not any(dump(warehouse).values())


def test_a_changed_row_staged_twice_is_refused(warehouse: sa.Engine) -> None:
    load(warehouse, batch(NATO_AND_ZINC))
    later = with_row(batch(Page("a", 9)), Article)

    with pytest.raises(SchemaMismatch, match=r"articles: key .* is staged 2 times"):
        load(warehouse, later, "second")


BROKEN: dict[str, tuple[type[Loaded], dict[str, object], str]] = {
    "a mention of nobody": (Mention, {"entity_id": 7}, "foreign key constraint"),
    "a span of another length": (Mention, {"surface": "N"}, "ck_mentions_span_length"),
    "an empty title": (ArticleVersion, {"title": None}, "null value in column"),
    "one natural key in two keys": (Entity, {"entity_id": 7}, "uq_entities_kind"),
}


@pytest.mark.parametrize(("table", "changes", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_rows_that_break_the_schema_stop_the_publish(
    warehouse: sa.Engine, table: type[Loaded], changes: dict[str, object], said: str
) -> None:
    frames = batch(NATO_AND_ZINC)
    bad = changed(frames[table], changes)
    if table is Entity:
        bad = pl.concat([frames[table], bad.head(1)])

    with pytest.raises(SchemaMismatch, match=said) as caught:
        load(warehouse, {**frames, table: bad})

    assert "\n" not in str(caught.value)
    assert not any(dump(warehouse).values())


class TestLostStaging:
    @pytest.mark.parametrize(
        ("damage", "said"),
        [
            (
                "delete from {}.mentions where surface = 'NATO'",
                "mentions: 1 rows are staged, not 2",
            ),
            ("truncate {}.articles", "articles: 0 rows are staged, not 1"),
            ("insert into {0}.works select * from {0}.works", "works: 4 rows are staged, not 2"),
            ("drop table {}.citations", "relation .* does not exist; run again"),
            ("drop schema {} cascade", "relation .* does not exist; run again"),
        ],
    )
    def test_is_noticed(self, warehouse: sa.Engine, damage: str, said: str) -> None:
        run = run_id("lost")
        with (
            runs.run(warehouse, run, "lost", [SOURCE]),
            staging.batch(warehouse, run, SOURCE) as schema,
            pytest.raises(StagingLost, match=said),
        ):
            counts = staging.stage(warehouse, schema, batch(NATO_AND_ZINC))
            with warehouse.begin() as connection:
                connection.execute(sa.text(damage.format(schema)))
            publish(warehouse, schema, run, SOURCE, counts, pl.DataFrame(schema=runs.OUTCOMES))

        assert not any(dump(warehouse).values())

    def test_rows_set_aside_are_not_missed(self, warehouse: sa.Engine) -> None:
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


TITLE = "A railway across the high pass"
CITING = Page("citing", 1, cites=(TITLE,), work_year=2011)


def linked(engine: sa.Engine) -> str | None:
    """URL of the article that the only work is."""
    query = "select a.url from warehouse.works left join warehouse.articles as a using (article_id)"
    (url,) = rows(engine, query)[0]
    return None if url is None else str(url)


class TestCitedArticles:
    """A cited work that is an article of this warehouse points to it."""

    IN_2011 = datetime(2011, 3, 9, tzinfo=UTC)

    def test_by_title_and_year_whichever_comes_first(self, warehouse: sa.Engine) -> None:
        load(warehouse, batch(CITING))
        assert linked(warehouse) is None

        counts = load(
            warehouse, batch(Page("cited", 2, title=TITLE, published=self.IN_2011)), "second"
        )

        assert linked(warehouse) == "cited"
        assert written(counts)["works"] == (0, 1, 0)

    def test_in_one_batch_the_link_is_no_second_write(self, warehouse: sa.Engine) -> None:
        pages = (CITING, Page("cited", 2, title=TITLE, published=self.IN_2011))

        counts = load(warehouse, batch(*pages))

        assert linked(warehouse) == "cited"
        assert written(counts)["works"] == (1, 0, 0)
        assert written(load(warehouse, batch(*pages), "second")) == {}

    def test_another_year_is_another_work(self, warehouse: sa.Engine) -> None:
        cited = Page("cited", 2, title=TITLE, published=datetime(2012, 1, 1, tzinfo=UTC))

        load(warehouse, batch(CITING, cited))

        assert linked(warehouse) is None

    def test_a_work_without_year_fits_any(self, warehouse: sa.Engine) -> None:
        load(warehouse, batch(Page("citing", 1, cites=(TITLE,)), Page("cited", 2, title=TITLE)))

        assert linked(warehouse) == "cited"

    def test_short_titles_say_nothing(self, warehouse: sa.Engine) -> None:
        load(
            warehouse,
            batch(Page("citing", 1, cites=("Tajikistan",)), Page("b", 2, title="Tajikistan")),
        )

        assert linked(warehouse) is None

    def test_a_url_says_more_than_a_title(self, warehouse: sa.Engine) -> None:
        citing = Page("citing", 1, cites=(TITLE,), work_url="other")
        load(warehouse, batch(citing, Page("cited", 1, title=TITLE)))
        assert linked(warehouse) == "cited"

        load(warehouse, batch(Page("other", 2)), "second")

        assert linked(warehouse) == "other"

    def test_of_several_the_smallest_key_is_taken(self, warehouse: sa.Engine) -> None:
        pages = [Page(url, 1, title=TITLE) for url in "bcdef"]
        smallest = min(pages, key=lambda page: page.article_id(SOURCE))

        for number, page in enumerate(pages):
            load(warehouse, batch(Page("citing", 1, cites=(TITLE,)), page), str(number))

        assert linked(warehouse) == smallest.url

    def test_a_corrected_date_takes_the_link_away(self, warehouse: sa.Engine) -> None:
        load(warehouse, batch(CITING, Page("cited", 1, title=TITLE, published=self.IN_2011)))
        assert linked(warehouse) == "cited"

        corrected = Page("cited", 2, title=TITLE, published=datetime(2012, 1, 1, tzinfo=UTC))
        load(warehouse, batch(corrected), "second")

        assert linked(warehouse) is None


def test_statistics_are_there_after_the_first_publish(warehouse: sa.Engine) -> None:
    load(warehouse, batch(NATO_AND_ZINC))

    counted = dict(
        rows(
            warehouse,
            "select relname, reltuples from pg_class "
            "where relnamespace = 'warehouse'::regnamespace and relkind = 'r'",
        )
    )
    assert counted == {name: len(found) for name, found in dump(warehouse).items()}


def test_an_unknown_run_is_refused(warehouse: sa.Engine) -> None:
    run = run_id("nobody's")
    with staging.batch(warehouse, run, SOURCE) as schema, pytest.raises(EtlError, match="run_id"):
        counts = staging.stage(warehouse, schema, batch(NATO_AND_ZINC))
        publish(warehouse, schema, run, SOURCE, counts, pl.DataFrame(schema=runs.OUTCOMES))

    assert not any(dump(warehouse).values())
