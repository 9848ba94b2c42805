"""Pages of a run leave sightings of other articles, and never a row of an article more."""

from pathlib import Path

import sqlalchemy as sa

from tests.flows.test_ingest import count, run
from tests.load.rows import marks, select

SITE = "https://zarafshan-review.example/articles/"


def test_what_the_sample_journal_shows_beside_its_articles_is_recorded(
    home: Path, warehouse: sa.Engine
) -> None:
    run("zarafshan-review")

    shown = f"select url, text from ops.teasers where page_url = '{SITE}what-the-snow-owes.html'"
    texts = dict(select(warehouse, shown))
    assert set(texts) == {
        f"{SITE}railway-beyond-the-ridge.html",
        f"{SITE}isfara-valley-mediation.txt",
    }
    assert texts[f"{SITE}railway-beyond-the-ridge.html"].startswith(
        "Beyond the Ridge: Who Will Use"
    )
    assert texts[f"{SITE}railway-beyond-the-ridge.html"].endswith("The railway from Kashgar th...")
    plain = f"""
        select url, right(text, 7) from ops.teasers
        where page_url = '{SITE}iran-sco-membership.txt' order by 2
    """
    assert select(warehouse, plain) == [(None, ", an..."), (None, "e, a..."), (None, "er t...")]
    assert count(warehouse, "select count(*) from ops.teased_articles where not is_loaded") == 0
    within = """
        select count(*) from ops.teasers as t
        join warehouse.articles on articles.url = t.page_url
        join warehouse.article_versions as v using (article_id)
        where position(t.text in v.body) > 0
    """
    assert count(warehouse, within) == 0


def add_plug(journal: Path) -> None:
    """Let a page of the journal show an article that no feed announces."""
    page = journal / "wire" / "1.html"
    plug = '<aside>Read also: <a href="/hidden.html">The story that no feed tells</a></aside>'
    page.write_text(page.read_text().replace("<footer>", f"{plug}<footer>"))


def test_teasers_are_neither_fetched_nor_loaded(
    home: Path, journal: Path, warehouse: sa.Engine
) -> None:
    add_plug(journal)

    report = run("wire")

    assert report.sources[0].outcomes == {"loaded": 3}
    asked = "select url, text, page_count, is_announced, is_loaded from ops.teased_articles"
    assert select(warehouse, asked) == [
        ("https://wire.example/hidden.html", "The story that no feed tells", 1, False, False)
    ]
    assert count(warehouse, "select count(*) from ops.urls where url like '%hidden%'") == 0


def test_an_unchanged_second_run_writes_no_teasers(
    home: Path, journal: Path, warehouse: sa.Engine
) -> None:
    add_plug(journal)
    run("wire")
    rows = "select ctid::text, xmin::text from ops.teasers order by 1"
    before, loaded = select(warehouse, rows), marks(warehouse)

    run("wire")

    assert len(before) == 1
    assert select(warehouse, rows) == before
    assert marks(warehouse) == loaded


def test_a_dry_run_writes_none(home: Path, journal: Path, warehouse: sa.Engine) -> None:
    add_plug(journal)

    run("wire", is_dry=True)

    assert count(warehouse, "select count(*) from ops.teasers") == 0
