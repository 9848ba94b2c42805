"""Feeds of the web that fail, beside others that do not."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.flows.online import Steppe, last_run, rows, write_source
from tests.flows.test_cli import said
from tests.flows.test_ingest import count, run
from tests.servers import Journal, Reply


@pytest.fixture
def steppe(home: Path, site: Journal) -> Steppe:
    """The journal, still without a page."""
    return Steppe(site)


def test_feed_that_turns_to_html_is_told_and_its_pages_stay(
    steppe: Steppe, journal: Path, warehouse: sa.Engine
) -> None:
    pages = steppe.prints("water", "cotton")
    write_source(journal, "web", [steppe.feeds("/feed.xml", pages)])
    run("web")
    steppe.puts("/feed.xml", b"<!doctype html><html><body><h1>We have moved</h1></body></html>")

    report = run("web")

    assert (report.exit_code, report.state) in ((3, "degraded"), (1, "failed"))
    asked = "select failure_count, link_count, problem from ops.feeds"
    failures, links, problem = rows(warehouse, asked)[0]
    assert (failures, links) == (1, 2)
    assert "no feed" in problem
    assert count(warehouse, "select count(*) from warehouse.articles") == 2
    assert last_run(warehouse, "state") == report.state

    steppe.feeds("/feed.xml", pages)
    assert run("web").exit_code == 0
    assert count(warehouse, "select failure_count from ops.feeds") == 0


def test_dead_source_and_dead_feed_do_not_stop_the_others(
    steppe: Steppe, journal: Path, warehouse: sa.Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = steppe.prints("water", "cotton")
    gone = {"kind": "rss", "at": steppe.puts("/gone.xml", Reply(status=410))}
    write_source(journal, "dead", [gone])
    write_source(journal, "web", [gone, steppe.feeds("/feed.xml", pages)])

    code, report = said(["run", "dead", "web"], capsys)

    dead, web = report["sources"]
    assert code == 3
    assert "HTTP 410 Gone" in dead["error"]
    assert web["outcomes"] == {"loaded": 2}
    assert [failure.split(": ")[1] for failure in web["feed_failures"]] == ["HTTP 410 Gone"]
    states = "select source, state from ops.steps where step = 'extract' order by source"
    assert rows(warehouse, states) == [("dead", "failed"), ("web", "degraded")]
    failures = "select source, failure_count from ops.feeds where feed like '%gone%' order by 1"
    assert rows(warehouse, failures) == [("dead", 1), ("web", 1)]


def test_source_on_this_machine_is_refused_unless_it_says_so(
    steppe: Steppe, journal: Path, warehouse: sa.Engine
) -> None:
    feeds = [steppe.feeds("/feed.xml", steppe.prints("water"))]
    write_source(journal, "web", feeds, allow_private=False)

    refused = run("web")
    write_source(journal, "web", feeds)
    allowed = run("web")

    assert refused.exit_code == 1
    assert "visits.allow_private: true" in (refused.error or "")
    assert steppe.server.requests["/feed.xml"] == 1
    told = "select failure_count, problem from ops.feeds"
    assert rows(warehouse, told) == [(0, None)]
    assert allowed.sources[0].outcomes == {"loaded": 1}
