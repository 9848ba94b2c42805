"""The flow from pages to published tables, with a real Prefect, Postgres and journal."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from etl import audit, schema
from flows.report import RunReport
from tests.conftest import ROOT, SHARED
from tests.load.rows import dump, marks
from tests.servers import Journal, Reply

TIMES = {"first_seen_at", "last_seen_at", "fetched_at", "seen_from_at", "seen_to_at"}


def run(*names: str, is_dry: bool = False) -> RunReport:
    """Run the flow here."""
    from flows import ingest

    return ingest.run(list(names), is_dry)


def count(engine: sa.Engine, query: str) -> Any:
    """The one value a query yields."""
    with engine.connect() as connection:
        return connection.execute(sa.text(query)).scalar()


def timeless(engine: sa.Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the warehouse but for run, and times that are those of the run."""
    tables = {}
    with engine.connect() as connection:
        for table in schema.LOADED:
            kept = [
                c
                for c in table.sql().columns
                if c.name not in TIMES and c.name not in schema.LINEAGE
            ]
            rows = connection.execute(sa.select(*kept).order_by(*table.sql().primary_key))
            tables[table.__tablename__] = [tuple(row) for row in rows]
    return tables


def test_report_and_database_agree_on_every_count(home: Path, warehouse: sa.Engine) -> None:
    report = run("wire")

    assert (report.state, report.exit_code, report.error) == ("completed", 0, None)
    assert report.sources[0].outcomes == {"loaded": 3}
    for name, counts in report.tables().items():
        assert counts.inserted == count(warehouse, f"select count(*) from warehouse.{name}"), name
    assert count(warehouse, "select count(*) from ops.outcomes where outcome = 'loaded'") == 3
    assert count(warehouse, "select state from ops.runs") == "completed"
    assert count(warehouse, "select count(*) from ops.steps where state = 'completed'") == 5
    assert count(warehouse, "select count(*) from ops.snapshots where settled_at is null") == 0


def test_every_span_is_its_text(home: Path, warehouse: sa.Engine) -> None:
    run("wire")

    wrong = """
        select
            (select count(*) from warehouse.mentions as m
                join warehouse.article_versions as v using (version_id)
                where substr(v.body, m.start_offset + 1, m.end_offset - m.start_offset)
                    <> m.surface)
            + (select count(*) from warehouse.citation_contexts as m
                join warehouse.article_versions as v using (version_id)
                where substr(v.body, m.start_offset + 1, m.end_offset - m.start_offset)
                    <> m.surface)
            + (select count(*) from warehouse.citations as c
                join warehouse.article_versions as v using (version_id)
                where substr(v.reference_text, c.start_offset + 1, c.end_offset - c.start_offset)
                    <> c.raw)
    """
    assert count(warehouse, wrong) == 0
    assert count(warehouse, "select count(*) from warehouse.mentions") > 20
    assert count(warehouse, "select count(*) from warehouse.citations") == 6
    assert count(warehouse, "select count(*) from warehouse.citation_contexts") == 18


def test_second_run_writes_no_row(home: Path, warehouse: sa.Engine) -> None:
    run("wire")
    before = marks(warehouse)

    report = run("wire")

    assert report.sources[0].outcomes == {"unchanged": 3}
    assert report.rows_written == 0
    assert marks(warehouse) == before


def test_dry_run_writes_nothing_at_all(home: Path, warehouse: sa.Engine) -> None:
    report = run("wire", is_dry=True)

    assert report.sources[0].outcomes == {"loaded": 3}
    assert report.tables()["article_versions"].staged == 3
    assert all(rows == [] for rows in dump(warehouse).values())
    assert count(warehouse, "select count(*) from ops.runs") == 0
    assert not (home / "snapshots").exists()


def test_edited_page_becomes_a_new_version(home: Path, journal: Path, warehouse: sa.Engine) -> None:
    run("wire")
    page = journal / "wire/1.html"
    page.write_text(page.read_text().replace("Nobody expected", "Few people expected"))

    report = run("wire")

    assert report.sources[0].outcomes == {"loaded": 1, "unchanged": 2}
    versions = "select version_number, is_current from warehouse.article_versions"
    with warehouse.connect() as connection:
        found = connection.execute(
            sa.text(
                f"{versions} join warehouse.articles using (article_id) where url like '%1.html'"
            )
        )
        assert sorted(tuple(row) for row in found) == [(1, False), (2, True)]


def test_new_edition_is_a_version_and_new_boilerplate_is_none(
    home: Path, journal: Path, warehouse: sa.Engine
) -> None:
    sample = ROOT / "src/etl/sources/zarafshan-review/articles"
    editions = ROOT / "tests/pages/editions/articles"
    names = sorted(path.name for path in editions.iterdir())
    (journal / "review").mkdir()
    (journal / "review.yaml").write_text(
        "title: Review\nlanguage: en\nfeeds: [{kind: files, at: review}]\n"
    )
    for name in names:
        shutil.copy(sample / name, journal / "review")
    run("review")
    for name in names:
        shutil.copy(editions / name, journal / "review")

    report = run("review")

    assert report.sources[0].outcomes == {"loaded": 2}
    versions = """
        select split_part(url, '/', 5), count(*)::integer
        from warehouse.articles join warehouse.article_versions using (article_id)
        group by url
        order by url
    """
    with warehouse.connect() as connection:
        found = [tuple(row) for row in connection.execute(sa.text(versions))]
    assert found == [("aral-sea-finance.html", 2), ("what-the-snow-owes.html", 1)]


BAD_PAGES = {
    "empty.html": (b"", "unreadable"),
    "binary.html": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "unreadable"),
    "huge.html": (b"<html><body>" + b"<p>word</p>" * 2_800_000, "too_large"),
    "menu.html": (b"<html><body><a href='/'>Home</a></body></html>", "not_an_article"),
}


def test_bad_pages_have_their_outcome_and_the_rest_is_loaded(
    home: Path, journal: Path, warehouse: sa.Engine
) -> None:
    for name, (content, _) in BAD_PAGES.items():
        (journal / "wire" / name).write_bytes(content)

    report = run("wire")

    found = {Path(issue.url).name: issue.outcome for issue in report.sources[0].issues}
    assert found == {name: outcome for name, (_, outcome) in BAD_PAGES.items()}
    assert all(len(issue.reason.splitlines()) == 1 for issue in report.sources[0].issues)
    assert report.sources[0].outcomes["loaded"] == 3
    assert report.exit_code == 0


def test_invalid_utf_8_is_read_all_the_same(
    home: Path, journal: Path, warehouse: sa.Engine
) -> None:
    page = journal / "wire/1.html"
    page.write_bytes(page.read_bytes().replace(b"Traders at", b"Traders\xff at"))

    report = run("wire")

    assert report.sources[0].outcomes == {"loaded": 3}


def test_one_misconfigured_source_does_not_stop_the_rest(
    home: Path, journal: Path, warehouse: sa.Engine
) -> None:
    (journal / "odd.yaml").write_text("title: Odd\nlangauge: en\nfeeds: []\n")

    report = run("odd", "wire")

    odd, wire = report.sources
    assert odd.error is not None
    assert "odd.yaml: " in odd.error
    assert "line 2, column 1: `langauge` is not known; did you mean 'language'?" in odd.error
    assert len(odd.error.splitlines()) == 1
    assert wire.outcomes == {"loaded": 3}
    assert report.exit_code == 3
    assert run("odd").exit_code == 2


def test_prefect_shows_how_a_run_ended(home: Path, journal: Path) -> None:
    from flows.ingest import ingest

    (journal / "gone.yaml").write_text(
        "title: Gone\nlanguage: en\nfeeds: [{kind: files, at: gone}]\n"
    )

    states = [ingest(names, return_state=True) for names in (["gone"], ["gone", "wire"], ["wire"])]

    assert [state.name for state in states] == ["Failed", "Degraded", "Completed"]
    assert [state.is_completed() for state in states] == [False, True, True]


def test_missing_folder_fails_its_source_in_one_line(home: Path, journal: Path) -> None:
    (journal / "gone.yaml").write_text(
        "title: Gone\nlanguage: en\nfeeds: [{kind: files, at: gone}]\n"
    )

    report = run("gone")

    assert report.exit_code == 1
    assert report.error is not None
    assert "gone" in report.error


def test_too_many_failing_rows_leave_the_warehouse_untouched(
    home: Path,
    journal: Path,
    warehouse: sa.Engine,
    request: pytest.FixtureRequest,
) -> None:
    run("wire")
    before = marks(warehouse)
    for page in (journal / "wire").glob("*.html"):
        page.write_text(page.read_text().replace("What was said about", "It is said that"))
    request.getfixturevalue("strict")

    report = run("wire")

    assert report.exit_code == 1
    assert report.error is not None
    assert "3 of 3 rows fail, most of them (3) title_is_a_question" in report.error
    assert marks(warehouse) == before
    assert count(warehouse, "select count(*) from dq.violations where is_set_aside") == 3
    assert count(warehouse, "select count(*) from ops.snapshots where settled_at is null") == 3


def test_row_that_fails_is_set_aside_and_the_rest_is_loaded(
    home: Path, journal: Path, warehouse: sa.Engine, strict: None
) -> None:
    for page in (journal / "wire").glob("[12].html"):
        page.write_text(page.read_text().replace("What was said about", "What is it with"))

    report = run("wire")

    assert report.sources[0].outcomes == {"loaded": 2, "set_aside": 1}
    assert report.exit_code == 3
    assert "title_is_a_question" in report.sources[0].issues[0].reason
    assert count(warehouse, "select count(*) from warehouse.articles") == 2
    assert run("wire").sources[0].outcomes == {"unchanged": 3}


@pytest.fixture
def strict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Expectations with one more that only some titles meet."""
    folder = tmp_path / "expectations"
    shutil.copytree(ROOT / "expectations", folder)
    with (folder / "article_versions.yaml").open("a") as suite:
        suite.write(
            "- name: title_is_a_question\n"
            "  type: expect_column_values_to_match_regex\n"
            "  kwargs: {column: title, regex: '^What is'}\n"
            "  severity: critical\n"
            "  meta: {notes: This journal asks.}\n"
        )
    monkeypatch.setattr("etl.audit.suites.shipped", lambda _: folder)
    audit.suite.cache_clear()
    yield
    audit.suite.cache_clear()


def test_pages_announced_by_a_feed_are_fetched_once(
    home: Path, journal: Path, warehouse: sa.Engine, site: Journal
) -> None:
    pages = {path.name: path.read_bytes() for path in sorted((journal / "wire").glob("*.html"))}
    items = "".join(
        f"<item><title>{name}</title><link>{site.says(f'/{name}', content)}</link></item>"
        for name, content in pages.items()
    )
    rss = (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>W</title>{items}</channel></rss>'
    )
    feed = site.says("/feed.xml", Reply(rss.encode(), content_type="application/rss+xml"))
    (journal / "web.yaml").write_text(
        "title: Web\nlanguage: en\nvisits: {allow_private: true, delay_seconds: 0}\n"
        f"feeds: [{{kind: rss, at: '{feed}'}}]\n"
    )

    first, second = run("web"), run("web")

    assert first.sources[0].outcomes == {"loaded": 3}
    assert second.sources[0].outcomes == {}, "the feed is as it was, and all of it is settled"
    assert [site.requests[f"/{name}"] for name in pages] == [1, 1, 1]


@pytest.mark.slow
@pytest.mark.parametrize("where", ["extract", "transform", "stage", "audit", "publish", "end"])
def test_killed_run_started_again_equals_an_undisturbed_one(
    where: str, home: Path, warehouse: sa.Engine, undisturbed: dict[str, list[tuple[Any, ...]]]
) -> None:
    killed = start(where, "wire").wait()

    report = run("wire")

    assert killed == -9
    assert report.state == "completed"
    assert timeless(warehouse) == undisturbed
    states = "select count(*) from ops.runs where state = 'failed' and error like 'killed%'"
    assert count(warehouse, states) == 1
    left = "select count(*) from pg_namespace where nspname like 'staging%'"
    assert count(warehouse, left) == 0


@pytest.mark.slow
def test_four_runs_at_once_equal_an_undisturbed_one(
    home: Path, warehouse: sa.Engine, undisturbed: dict[str, list[tuple[Any, ...]]]
) -> None:
    codes = [process.wait() for process in [start("none", "wire") for _ in range(4)]]

    assert codes == [0, 0, 0, 0]
    assert timeless(warehouse) == undisturbed


def start(where: str, *names: str) -> subprocess.Popen[bytes]:
    """Run the flow in a process that is killed at `where`."""
    command = [sys.executable, "-m", "tests.flows.driver", where, *names]
    return subprocess.Popen(command, cwd=ROOT)


@pytest.fixture
def undisturbed(
    home: Path, warehouse: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> dict[str, list[tuple[Any, ...]]]:
    """What a run leaves that nobody disturbs; the warehouse is emptied again."""
    run("wire")
    rows = timeless(warehouse)
    tables = ", ".join(
        [table.sql().fullname for table in schema.LOADED]
        + ["ops.runs", "ops.steps", "ops.loads", "ops.outcomes", "ops.snapshots"]
        + ["ops.urls", "ops.sightings", "ops.feeds", "ops.feed_documents"]
    )
    with warehouse.begin() as connection:
        connection.execute(sa.text(f"truncate {tables}"))
    assert rows["mentions"]
    return rows


SEED = SHARED / "seed/page.txt"


@pytest.mark.skipif(not SEED.exists(), reason="needs ../shared/seed/page.txt")
def test_seed_page_is_read_exactly(home: Path, journal: Path, warehouse: sa.Engine) -> None:
    (journal / "seed").mkdir()
    (journal / "seed/page.txt").write_bytes(SEED.read_bytes())
    (journal / "seed.yaml").write_text(
        "title: Seed\nlanguage: en\nfeeds: [{kind: files, at: seed}]\n"
    )
    lines = SEED.read_text(encoding="utf-8").splitlines()

    run("seed")

    with warehouse.connect() as connection:
        version = connection.execute(sa.text("select * from warehouse.article_versions")).one()
        cited = connection.execute(
            sa.text("select authors, title, year from warehouse.citations order by position")
        ).all()
    assert version.title == lines[6]
    assert version.published_at.isoformat() == "2011-03-09T14:27:00+00:00"
    assert (version.published_precision, version.published_method) == ("minute", "dateline")
    assert version.body.startswith("Today, the security issues")
    assert version.body.endswith("based on mutual cooperation.")
    assert not any(lines[n][:40] in version.body for n in (0, 2, 4))
    assert all(
        line in version.body
        for line in lines
        if line[:3] in ("1. ", "2. ", "3. ") and "To " in line[:8]
    )
    assert [(row.authors, row.year) for row in cited] == [
        ("Shaymergenov", 2008),
        ("Sharipov", 2007),
        ("Shtoll", 2004),
    ]
    assert all(row.title in version.reference_text for row in cited)


def test_unreachable_warehouse_is_said_in_one_line(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from etl.cli import main

    monkeypatch.setenv("ETL_WAREHOUSE_URL", "postgresql://etl:secret@127.0.0.1:1/none")

    code = main(["run", "wire"])

    said = capsys.readouterr().err.strip().splitlines()
    assert code == 1
    assert said[-1].startswith("etl: ")
    assert "127.0.0.1:1" in said[-1]
    assert "secret" not in "\n".join(said)
