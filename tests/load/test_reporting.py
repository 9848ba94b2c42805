"""Views are made whole, commented down to the column, and answer what they say."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from etl.errors import Misconfigured
from etl.load.reporting import create_views, drop_views
from etl.load.statements import run
from etl.schema import dictionary
from etl.schema.views import SCHEMAS, columns, views
from tests.load.rows import Page, batch, load

VIEWS = sorted(views())

PLAIN = {"BIGINT", "BOOLEAN", "INTEGER", "SMALLINT", "TEXT", "TIMESTAMP", "UUID"} | {
    "DOUBLE PRECISION"
}
"""Types every BI tool can read."""

FIXED = ("ops.outcome_kinds",)
"""Views that have rows in an empty warehouse too."""


def commented(engine: sa.Engine, view: str) -> dict[str, str | None]:
    schema, name = view.split(".")
    with engine.connect() as connection:
        found = sa.inspect(connection).get_columns(name, schema)
        return {column["name"]: column["comment"] for column in found}


def files(folder: Path, texts: dict[str, str]) -> Path:
    for name, sql in texts.items():
        path = folder.joinpath(*name.split(".")).with_suffix(".sql")
        path.parent.mkdir(exist_ok=True)
        path.write_text(sql, encoding="utf-8")
    return folder


def made(engine: sa.Engine) -> set[str]:
    inspected = sa.inspect(engine)
    return {f"{s}.{name}" for s in SCHEMAS for name in inspected.get_view_names(s)}


@pytest.mark.parametrize("view", VIEWS)
class TestEveryView:
    def test_selects_and_has_plain_columns(self, kept: sa.Engine, view: str) -> None:
        with kept.connect() as connection:
            rows = connection.execute(sa.text(f"select * from {view}")).all()
            found = sa.inspect(connection).get_columns(*reversed(view.split(".")))
        assert rows == [] or view in FIXED
        assert {str(c["type"]) for c in found} <= PLAIN

    def test_has_the_columns_the_dictionary_tells(self, kept: sa.Engine, view: str) -> None:
        assert list(commented(kept, view)) == columns(views()[view])
        assert all(commented(kept, view).values())
        assert f"### {view}\n" in dictionary.dictionary()

    def test_states_its_grain(self, kept: sa.Engine, view: str) -> None:
        with kept.connect() as connection:
            asked = sa.text("select obj_description(to_regclass(:view), 'pg_class')")
            comment = connection.scalar(asked, {"view": view})
        assert "Grain: one row per " in str(comment)


@pytest.mark.parametrize("view", [name for name in VIEWS if name.startswith("reporting.")])
def test_reports_can_be_read_incrementally(kept: sa.Engine, view: str) -> None:
    assert "loaded_at" in commented(kept, view)


def test_views_show_current_versions_only(warehouse: sa.Engine) -> None:
    in_may = datetime(2020, 5, 1, tzinfo=UTC)
    title = "The long way to Khorog"
    load(warehouse, batch(Page("a", 1, "old", mentions=("CSTO",), cites=("Tin", title))))
    later = (
        Page("a", 2, "new", mentions=("NATO", "NATO"), cites=(title,), authors=("B. Ли", "A. B.")),
        Page("b", 2, title=title, published=in_may),
    )
    load(warehouse, batch(*later), "second")

    with warehouse.connect() as connection:
        articles = run(
            connection,
            "select url, authors, published_at, version_count, mention_count, entity_count, "
            "citation_count from reporting.articles order by url",
        ).all()
        mentions = run(
            connection, "select entity, surface, sentence from reporting.entity_mentions"
        ).all()
        cited = run(
            connection,
            "select citing_url, position, raw, marker_count, "
            "(select url from warehouse.articles where article_id = cited_article_id) "
            "from reporting.citations",
        ).all()
        works = run(
            connection,
            "select title, citation_count, citing_article_count from reporting.most_cited_works",
        ).all()
    assert articles == [
        ("a", "B. Ли; A. B.", None, 2, 2, 1, 1),
        ("b", None, in_may, 1, 0, 0, 0),
    ]
    assert mentions == [("NATO", "NATO", "NATO was there.")] * 2
    assert cited == [("a", 1, title, 1, "b")]
    assert works == [(title, 1, 1)]


def test_views_may_read_views_and_hold_percent_and_colon(
    warehouse: sa.Engine, tmp_path: Path
) -> None:
    first = (
        "-- Grain: one row per z.\nselect share, name from reporting.z_last where name like '%:x'"
    )
    across = "-- Grain: one row per a.\nselect share from reporting.a_first"
    last = """
-- Of 100 %.
-- Grain: one row.
-- share: 50 % or
--   more.
-- name: It's: one.
select 0.5::float as share, 'a:x'::text as name
"""
    texts = {"reporting.a_first": first, "reporting.z_last": last.lstrip(), "ops.across": across}

    with warehouse.begin() as connection:
        names = create_views(connection, files(tmp_path, texts))
        rows = run(connection, "select * from reporting.a_first").all()

    assert names == ["reporting.z_last", "reporting.a_first", "ops.across"]
    assert made(warehouse) == set(names)
    assert rows == [(0.5, "a:x")]
    meanings = {"share": "50 % or more.", "name": "It's: one."}
    assert commented(warehouse, "reporting.a_first") == meanings
    assert commented(warehouse, "ops.across") == {"share": "50 % or more."}


BAD = {
    "no grain": ("-- One.\nselect 1 as one", "no grain"),
    "no meaning": ("-- Grain: one row.\nselect 1 as one", "nothing says what 'one' means"),
    "no such column": ("-- Grain: one.\n-- one: 1.\n-- two: 2.\nselect 1 as one", "two"),
}


@pytest.mark.parametrize(("text", "said"), BAD.values(), ids=BAD.keys())
def test_a_view_that_does_not_say_what_it_is_is_refused(
    kept: sa.Engine, tmp_path: Path, text: str, said: str
) -> None:
    folder = files(tmp_path, {"ops.bad": text})

    with pytest.raises(Misconfigured, match=f"view ops.bad: .*{said}"), kept.begin() as connection:
        create_views(connection, folder)

    assert made(kept) == set(VIEWS)


def test_views_that_others_read_are_not_torn_away(warehouse: sa.Engine) -> None:
    with warehouse.begin() as connection:
        connection.execute(sa.text("create view public.mine as select * from reporting.articles"))

    said = r"mine depends on view reporting\.articles"
    with pytest.raises(Misconfigured, match=said), warehouse.begin() as connection:
        drop_views(connection)

    assert made(warehouse) == set(VIEWS)
