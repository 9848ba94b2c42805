"""Batches that cannot be right are refused and leave the warehouse as it is."""

import polars as pl
import pytest
import sqlalchemy as sa

from etl.errors import EtlError, KeyCollision, SchemaMismatch, StagingLost
from etl.load import runs, staging
from etl.load.publish import publish
from etl.schema import (
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
)
from tests.load.rows import SOURCE, Page, batch, changed, load, marks, reread, run_id, with_row

NATO_AND_ZINC = Page(
    "a", 2, mentions=("NATO", "CSTO"), cites=("A history of zinc", "Tin"), authors=("A. Karimov",)
)

UNDP_AND_SALT = Page("z", 2, mentions=("UNDP",), cites=("A history of salt",), authors=("C. D.",))


@pytest.fixture(scope="module")
def filled(kept: sa.Engine) -> sa.Engine:
    """A warehouse with rows in every table, which refused batches must leave as they are."""
    load(kept, batch(NATO_AND_ZINC))
    return kept


class TestCollisions:
    """Two natural keys in one 64-bit key, made by hand, for nature takes a thousand years."""

    @pytest.mark.parametrize(
        ("table", "other"),
        [
            (Article, {"url": "y"}),
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
        filled: sa.Engine,
        table: type[Loaded],
        other: dict[str, object],
        place: str,
    ) -> None:
        if place == "stored":
            frames = batch(NATO_AND_ZINC)
            rival = reread({**frames, table: changed(frames[table], other)})
        else:
            rival = with_row(batch(UNDP_AND_SALT), table, **other)
        before = marks(filled)

        with pytest.raises(KeyCollision, match=rf"^{table.__tablename__}: .*key:? -?\d+") as caught:
            load(filled, rival, "rival")

        assert "\n" not in str(caught.value)
        assert marks(filled) == before


@pytest.mark.parametrize("table", [Article, ArticleVersion, Entity, Mention, Work])
def test_a_row_staged_twice_is_refused(filled: sa.Engine, table: type[Loaded]) -> None:
    twice = with_row(batch(UNDP_AND_SALT), table)
    before = marks(filled)

    with pytest.raises(
        SchemaMismatch, match=rf"{table.__tablename__}: key -?\d+ is staged 2 times"
    ):
        load(filled, twice, "twice")

    assert marks(filled) == before


def test_a_changed_row_staged_twice_is_refused(filled: sa.Engine) -> None:
    later = with_row(batch(Page("a", 9)), Article)

    with pytest.raises(SchemaMismatch, match=r"articles: key .* is staged 2 times"):
        load(filled, later, "later")


BROKEN: dict[str, tuple[type[Loaded], dict[str, object], str]] = {
    "a mention of nobody": (Mention, {"entity_id": 7}, "foreign key constraint"),
    "a span of another length": (Mention, {"surface": "N"}, "ck_mentions_span_length"),
    "an empty title": (ArticleVersion, {"title": None}, "null value in column"),
    "one natural key in two keys": (Entity, {"entity_id": 7}, "uq_entities_kind"),
}


@pytest.mark.parametrize(("table", "changes", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_rows_that_break_the_schema_stop_the_publish(
    filled: sa.Engine, table: type[Loaded], changes: dict[str, object], said: str
) -> None:
    frames = batch(UNDP_AND_SALT)
    before = marks(filled)
    bad = changed(frames[table], changes)
    if table is Entity:
        bad = pl.concat([frames[table], bad.head(1)])

    with pytest.raises(SchemaMismatch, match=said) as caught:
        load(filled, {**frames, table: bad}, "broken")

    assert "\n" not in str(caught.value)
    assert marks(filled) == before


class TestLostStaging:
    @pytest.mark.parametrize(
        ("damage", "said"),
        [
            ("delete from {}.mentions", "mentions: 0 rows are staged, not 1"),
            ("truncate {}.articles", "articles: 0 rows are staged, not 1"),
            ("insert into {0}.works select * from {0}.works", "works: 2 rows are staged, not 1"),
            ("drop table {}.citations", "relation .* does not exist; run again"),
            ("drop schema {} cascade", "relation .* does not exist; run again"),
        ],
    )
    def test_is_noticed(self, filled: sa.Engine, damage: str, said: str) -> None:
        run, before = run_id("lost"), marks(filled)
        with (
            runs.run(filled, run, "lost", [SOURCE]),
            staging.batch(filled, run, SOURCE) as schema,
            pytest.raises(StagingLost, match=said),
        ):
            counts = staging.stage(filled, schema, batch(UNDP_AND_SALT))
            with filled.begin() as connection:
                connection.execute(sa.text(damage.format(schema)))
            publish(filled, schema, run, SOURCE, counts, pl.DataFrame(schema=runs.OUTCOMES))

        assert marks(filled) == before


def test_an_unknown_run_is_refused(filled: sa.Engine) -> None:
    run, before = run_id("nobody's"), marks(filled)
    with staging.batch(filled, run, SOURCE) as schema, pytest.raises(EtlError, match="run_id"):
        counts = staging.stage(filled, schema, batch(UNDP_AND_SALT))
        publish(filled, schema, run, SOURCE, counts, pl.DataFrame(schema=runs.OUTCOMES))

    assert marks(filled) == before
