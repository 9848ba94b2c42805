"""A run over the web that is killed: what the next one asks for, and that both end as one would."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from etl import schema
from tests.conftest import ROOT
from tests.flows.online import Steppe, article, kept, rows, rss, write_source
from tests.flows.test_ingest import run, timeless
from tests.servers import Journal, Reply

TOPICS = ("water", "cotton", "trains", "roads", "salt", "wheat", "gas", "wool", "silk", "tin")

DRIVER = """
import sys
from etl import extract
from tests.flows import driver
fetching = sys.modules[extract.fetch.__module__]
assert fetching.PORTION_PAGES > 2
fetching.PORTION_PAGES = 2
driver.main("none", "web")
"""
"""A run that hands pages on in twos, so that some are kept when it is killed."""

STANDING = {
    "urls": "select url, article_url, outcome, reason, failure_count from ops.urls order by url",
    "sightings": "select feed, url, announced_at from ops.sightings order by feed, url",
    "feeds": "select feed, failure_count, problem from ops.feeds order by feed",
    "snapshots": """
        select url, content_hash, path, settled_at is not null from ops.snapshots order by 1, 2
    """,
}
"""What is remembered but for times, counts of runs, and what was new to the last of them."""

KILLS = ((2, 0), (6, 2), (6, 4))
"""Kills, one after the other: at which request, and how many pages are to be kept by then.

Two feeds are asked first: the second request is in discovery, the sixth for a page. Two pages
are on their way at once, so two have come when the fourth is asked for.
"""

Rows = Mapping[str, list[tuple[Any, ...]]]


class Killer:
    """Kills a process at a given request for one of the documents it watches."""

    def __init__(self, warehouse: sa.Engine) -> None:
        self.warehouse = warehouse
        self.requests_left = -1
        self.least_kept = 0
        """Snapshots that are waited for before it kills: pages that came before are kept."""
        self.process: subprocess.Popen[bytes] | None = None

    def watches(self, reply: Reply) -> Any:
        """An answerer that gives `reply`, unless it is time to kill."""

        def answer(_query: str, _headers: Mapping[str, str]) -> Reply:
            self.requests_left -= 1
            if self.requests_left == 0 and self.process is not None:
                self.kill(self.process)
            return reply

        return answer

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill once enough is kept, or after a time in which it should have been."""
        latest = time.monotonic() + 10
        while len(kept_urls(self.warehouse)) < self.least_kept and time.monotonic() < latest:
            time.sleep(0.02)
        os.kill(process.pid, signal.SIGKILL)


@pytest.fixture
def killer(warehouse: sa.Engine) -> Killer:
    """Kills nothing yet."""
    return Killer(warehouse)


@pytest.fixture
def steppe(home: Path, site: Journal, journal: Path, killer: Killer) -> Steppe:
    """Ten articles in two feeds and a sitemap; every answer is watched by the killer."""
    steppe = Steppe(site)
    pages = [steppe.at(f"/articles/{topic}") for topic in TOPICS]
    for topic, page in zip(TOPICS, pages, strict=True):
        site.answers(page.removeprefix(steppe.at("")), killer.watches(kept(article(topic))))
    feeds = [steppe.maps(pages[5:])]
    for path, some in {"/a.xml": pages[:5], "/b.xml": pages[3:8]}.items():
        site.answers(path, killer.watches(kept(rss(some), "application/rss+xml")))
        feeds.append({"kind": "rss", "at": steppe.at(path)})
    write_source(journal, "web", feeds)
    return steppe


@pytest.fixture
def undisturbed(steppe: Steppe, warehouse: sa.Engine) -> tuple[Rows, Rows]:
    """What a run leaves that nobody disturbs; the warehouse is emptied again."""
    run("web")
    left = timeless(warehouse), standing(warehouse)
    with warehouse.begin() as connection:
        tables = [t.sql().fullname for t in schema.LOADED] + [f"ops.{name}" for name in STANDING]
        more = ("feed_documents", "outcomes", "steps", "loads", "runs")
        names = ", ".join([*tables, *(f"ops.{name}" for name in more)])
        connection.execute(sa.text(f"truncate {names}"))
    steppe.server.forget()
    return left


def standing(warehouse: sa.Engine) -> Rows:
    """What is remembered of pages and feeds."""
    return {name: rows(warehouse, query) for name, query in STANDING.items()}


def start() -> subprocess.Popen[bytes]:
    """Run the flow in a process of its own."""
    return subprocess.Popen([sys.executable, "-c", DRIVER], cwd=ROOT)


def kept_urls(warehouse: sa.Engine) -> set[str]:
    """URLs of the pages of which a snapshot is kept."""
    return {url for (url,) in rows(warehouse, "select url from ops.snapshots")}


def asked(steppe: Steppe) -> Counter[str]:
    """Requests for articles, by URL."""
    found = {steppe.at(path): n for path, n in steppe.server.requests.items()}
    return Counter({url: n for url, n in found.items() if "/articles/" in url})


@pytest.mark.slow
def test_run_killed_again_and_again_fetches_only_what_is_missing(
    steppe: Steppe, killer: Killer, undisturbed: tuple[Rows, Rows], warehouse: sa.Engine
) -> None:
    for request, least_kept in KILLS:
        before = kept_urls(warehouse)
        killer.requests_left, killer.least_kept = request, least_kept
        steppe.server.forget()

        killer.process = start()

        assert killer.process.wait() == -signal.SIGKILL
        assert asked(steppe).keys().isdisjoint(before)
        assert set(asked(steppe).values()) <= {1}
        assert len(kept_urls(warehouse)) >= least_kept

    missing = {steppe.at(f"/articles/{topic}") for topic in TOPICS} - kept_urls(warehouse)
    killer.requests_left = -1
    steppe.server.forget()
    report = run("web")

    assert asked(steppe) == dict.fromkeys(missing, 1)
    assert report.exit_code == 0
    assert report.sources[0].outcomes == {"loaded": 10}
    assert timeless(warehouse) == undisturbed[0]
    assert standing(warehouse) == undisturbed[1]
    assert run("web").rows_written == 0
