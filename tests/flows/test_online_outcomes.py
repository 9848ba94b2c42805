"""Every way in which the web can be wayward, in one run: each URL has one outcome and a reason."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from etl.load.engine import connect
from etl.schema import ops
from tests.conftest import admin
from tests.flows.online import (
    Steppe,
    article,
    ended,
    local_names,
    rows,
    same_as,
    write_source,
)
from tests.flows.test_ingest import count, run
from tests.flows.wayward import CASES, ELSEWHERE, HOST, NAMES, ROBOTS, Wayward, moved
from tests.servers import Journal, Reply, serving


@dataclass(frozen=True)
class Visit:
    """What a run over all of them left."""

    steppe: Steppe
    warehouse: sa.Engine
    report: Any
    ended: dict[str, tuple[str, str | None]]
    requests: Counter[str]
    again: dict[str, tuple[str, str | None]]
    """Outcomes and reasons of a second run that followed at once."""

    def outcome(self, path: str) -> tuple[str, str | None]:
        """Outcome and reason of a page of the journal."""
        return self.ended[self.steppe.at(path)]


@pytest.fixture(scope="module")
def visit(
    server: sa.URL, template: str, prefect: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visit]:
    """One run over all addresses, into a warehouse of its own."""
    folder, name = tmp_path_factory.mktemp("wayward"), f"{template}_wayward"
    admin(server, f"create database {name} template {template}")
    url = server.set(database=name).render_as_string(hide_password=False)
    engine = connect(url)
    with pytest.MonkeyPatch.context() as patch, serving() as site:
        patch.chdir(folder)
        local_names(patch, NAMES)
        _hurry(patch)
        for variable, value in {"WAREHOUSE_URL": url, "SOURCES": folder, "HOME": folder}.items():
            patch.setenv(f"ETL_{variable}", str(value))
        patch.setenv("PREFECT_API_URL", prefect)
        steppe = _online(site, folder)
        report, first, requests = run("wayward"), ended(engine), Counter(site.requests)
        run("wayward")
        yield Visit(steppe, engine, report, first, requests, ended(engine))
    engine.dispose()
    admin(server, f"drop database {name} with (force)")


def _hurry(patch: pytest.MonkeyPatch) -> None:
    """Let the web wait for seconds where it would wait for minutes."""
    from etl.extract import web

    # A feed of bad pages alone would have its host left alone: not what is looked at here.
    limits = web.Limits(
        page_seconds=4, silence_seconds=1.5, tries=2, backoff_seconds=0.02, host_failures=1_000
    )
    limits = limits._replace(at_once=6, at_once_per_host=6)
    patch.setattr(web, "Limits", lambda: limits)


def _online(site: Journal, folder: Path) -> Steppe:
    """Put everything online and write its source file."""
    steppe, patient = Steppe(site, HOST), Steppe(site, "patient.example")
    for each in CASES:
        steppe.puts(each.path, *each.replies)
    for number in range(9):
        steppe.puts(f"/away/{number}", moved(f"/away/{number + 1}"))
    steppe.puts("/chain/2", moved("/chain/3", 308))
    steppe.puts("/chain/3", article("a long way", head=same_as(steppe.at("/chain/3"))))
    steppe.puts("/loop/2", moved("/loop/1"))
    steppe.puts("/", b"<html><body><h1>Steppe Notes</h1></body></html>")
    robots = {steppe.at(""): ROBOTS, patient.at(""): "User-agent: *\nCrawl-delay: 0.4\n"}
    site.answers("/robots.txt", lambda _, asked: Reply(robots[f"http://{asked['Host']}"].encode()))
    slowly = [patient.at(path) for path in ("/good/first", "/good/second", "/good/third")]
    pages = [steppe.at(each.path) for each in CASES]
    write_source(
        *(folder, "wayward", [steppe.feeds("/feed.xml", [*pages, *ELSEWHERE, *slowly])]),
        allow_private=False,
    )
    return steppe


@pytest.mark.parametrize("each", CASES, ids=lambda each: each.path)
def test_page_ends_as_it_should_with_its_reason(visit: Visit, each: Wayward) -> None:
    outcome, reason = visit.outcome(each.path)

    assert outcome == each.outcome, reason
    assert (reason is None) == (outcome == "loaded")
    assert re.search(each.reason, reason or "") is not None, reason


@pytest.mark.parametrize("url", ELSEWHERE)
def test_other_host_ends_as_it_should_with_its_reason(visit: Visit, url: str) -> None:
    outcome, reason = ELSEWHERE[url]

    assert visit.ended[url][0] == outcome, visit.ended[url]
    assert re.search(reason, visit.ended[url][1] or "") is not None, visit.ended[url]


def test_every_url_has_exactly_one_outcome(visit: Visit) -> None:
    announced = sorted(rows(visit.warehouse, "select distinct url from ops.sightings"))

    told = [(url,) for url in sorted(visit.ended)]
    assert len(announced) == len(CASES) + len(ELSEWHERE) + 3
    assert told == announced
    assert sum(visit.report.sources[0].outcomes.values()) == len(announced)
    assert count(visit.warehouse, "select count(*) from ops.urls where outcome is null") == 0
    assert count(visit.warehouse, "select count(*) from ops.outcomes") == len(told) + len(
        visit.again
    )
    assert (visit.report.state, visit.report.exit_code) == ("degraded", 3)


def test_the_other_pages_are_loaded(visit: Visit) -> None:
    good = [each.path for each in CASES if each.outcome == "loaded"]

    loaded = "select count(*) from warehouse.articles"
    assert count(visit.warehouse, loaded) == visit.report.sources[0].outcomes["loaded"]
    assert visit.report.sources[0].outcomes["loaded"] == len(good) + 3


def test_only_pages_that_came_are_kept(visit: Visit) -> None:
    kept_urls = {url for (url,) in rows(visit.warehouse, "select url from ops.snapshots")}

    came = {"loaded", "charset", "suspended", "consent_wall", "unreadable", "not_an_article"}
    told = {each.path: each.outcome for each in CASES}
    expected = {visit.steppe.at(path) for path, outcome in told.items() if outcome in came}
    patient = {url for url in visit.ended if url.startswith("http://patient.example")}
    assert kept_urls == expected | patient | {visit.steppe.at("/soft")}
    assert (
        count(visit.warehouse, "select count(*) from ops.snapshots where settled_at is null") == 0
    )


def test_second_run_tries_what_failed_and_nothing_else(visit: Visit) -> None:
    failed = {url: outcome for url, (outcome, _) in visit.ended.items() if outcome in ops.FAILING}

    assert {url: outcome for url, (outcome, _) in visit.again.items()} == failed
    assert all(reason for _, reason in visit.again.values())
    assert {visit.again[visit.steppe.at(path)] for path in ("/suspended", "/soft", "/wall")} == {
        visit.outcome(path) for path in ("/suspended", "/soft", "/wall")
    }


def test_what_failed_twice_is_due_in_two_hours_and_the_rest_in_a_day(visit: Visit) -> None:
    asked = """
        select outcome, failure_count, extract(epoch from next_check_at - asked_at)::integer / 3600
        from ops.urls group by 1, 2, 3 order by 1, 2, 3
    """
    for outcome, failures, hours in rows(visit.warehouse, asked):
        failing = outcome in ops.FAILING
        assert (failures, hours) == ((2, 2) if failing else (0, 24)), outcome


def test_text_in_the_wrong_charset_is_read_right(visit: Visit) -> None:
    asked = "select title, body from warehouse.article_versions where body like '%Самарканде%'"

    ((title, body),) = rows(visit.warehouse, asked)
    assert title == "Вода для канала"
    assert "Торговцы на границе" in body


def test_chain_of_permanent_redirects_ends_at_the_identity_of_the_article(visit: Visit) -> None:
    start, end = visit.steppe.at("/chain/1"), visit.steppe.at("/chain/3")

    named = "select article_url from ops.urls where url = :url"
    assert rows(visit.warehouse, named, url=start) == [(end,)]
    found = "select url from warehouse.articles where url like '%/chain/%'"
    assert rows(visit.warehouse, found) == [(end,)]


def test_crawl_delay_and_retry_after_are_kept_to(visit: Visit) -> None:
    log = visit.steppe.server.log[: visit.requests.total()]
    patient = [asked.at for asked in log if asked.headers["Host"].startswith("patient")]
    busy = [asked.at for asked in log if asked.path == "/busy"]

    assert len(patient) == 4
    # Two pauses of 0.4 s; on a busy machine the first of the requests may arrive late.
    assert patient[3] - patient[1] >= 0.5
    assert len(busy) == 2
    assert busy[1] - busy[0] >= 0.99


def test_forbidden_pages_are_not_even_asked_for(visit: Visit) -> None:
    requests = visit.requests

    assert requests["/private/page"] == requests["/show.cgi"] == 0
    assert requests["/down"] == 2
    assert requests["/lost"] == requests["/too-busy"] == 1
