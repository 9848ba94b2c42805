"""A journal on the web, run after run: what is found, asked for, transferred and loaded."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.flows.online import (
    Steppe,
    article,
    atom,
    due_now,
    ended,
    kept,
    rows,
    same_as,
    write_source,
)
from tests.flows.test_ingest import count, run
from tests.load.rows import dump, marks
from tests.servers import Journal, Reply

ARTICLES = "select url from warehouse.articles order by url"


@pytest.fixture
def steppe(home: Path, site: Journal) -> Steppe:
    """The journal, still without a page."""
    return Steppe(site)


@pytest.fixture
def whole(steppe: Steppe, journal: Path) -> dict[str, str]:
    """All kinds of feed announce ten articles and many other addresses of them; by topic."""
    topics = ("water", "cotton", "trains", "roads", "salt", "wheat", "gas", "wool", "silk", "tin")
    at = dict(zip(topics, steppe.prints(*topics), strict=True))
    for_print = article("water", head=same_as(at["water"]))
    others = [
        f"{at['water']}?utm_source=rss&utm_medium=feed",
        steppe.puts("/articles/cotton/amp", article("cotton")),
        steppe.puts("/print/water", for_print),
    ]
    entries = atom([f"{at['water']}?fbclid=x1", at["trains"]])
    steppe.server.answers("/atom.xml", lambda *_: kept(entries, "application/atom+xml"))
    feeds = [
        steppe.feeds("/feed.xml", [others[0], at["cotton"], *others[1:]]),
        {"kind": "rss", "at": steppe.at("/atom.xml")},
        steppe.maps([at["cotton"], at["roads"]], [at["salt"]]),
        steppe.lists([at["wheat"], "/articles/salt"], [at["gas"]]),
        steppe.exposes([at["wool"], at["silk"], at["tin"]]),
    ]
    write_source(journal, "web", feeds)
    return at


def test_each_article_is_loaded_once_and_every_sighting_is_kept(
    whole: dict[str, str], site: Journal, warehouse: sa.Engine
) -> None:
    report = run("web")

    print_url = whole["water"].replace("/articles/", "/print/")
    assert report.exit_code == 0
    assert report.sources[0].outcomes == {"loaded": 10, "duplicate": 1}
    assert [url for (url,) in rows(warehouse, ARTICLES)] == sorted(whole.values())
    assert ended(warehouse)[print_url] == ("duplicate", f"duplicate of {whole['water']}")
    asked = [path for path in site.requests if path.startswith("/articles/")]
    assert len(asked) == 10
    assert set(site.requests.values()) == {1}
    seen = "select url, split_part(feed, ' ', 1) from ops.sightings order by url, feed"
    seen_by = {
        topic: [kind for at, kind in rows(warehouse, seen) if at == url]
        for topic, url in whole.items()
    }
    assert seen_by == {
        "water": ["rss", "rss"],
        "cotton": ["rss", "sitemap"],
        "salt": ["listing", "sitemap"],
        "trains": ["rss"],
        "roads": ["sitemap"],
        "wheat": ["listing"],
        "gas": ["listing"],
        "wool": ["oai"],
        "silk": ["oai"],
        "tin": ["oai"],
    }
    told = "select split_part(feed, ' ', 1), link_count, failure_count, problem from ops.feeds"
    assert sorted(rows(warehouse, told)) == [
        ("listing", 3, 0, None),
        ("oai", 3, 0, None),
        ("rss", 2, 0, None),
        ("rss", 4, 0, None),
        ("sitemap", 3, 0, None),
    ]


ALWAYS = {"/oai"}
"""What every run transfers: what OAI-PMH says is newer, which is nothing."""


def _transferred(site: Journal) -> set[str]:
    """Paths of which a body was sent."""
    return {path.partition("?")[0] for path in site.bodies()}


def test_no_page_and_no_feed_that_has_not_changed_is_transferred_again(
    whole: dict[str, str], site: Journal, warehouse: sa.Engine
) -> None:
    run("web")
    before = marks(warehouse)

    site.forget()
    quiet = run("web")

    assert quiet.exit_code == 0
    assert _transferred(site) == ALWAYS
    assert not any(path.startswith(("/articles/", "/print/")) for path in site.requests)

    due_now(warehouse)
    site.forget()
    looked = run("web")

    asked = [path for path in site.requests if path.startswith("/articles/")]
    assert len(asked) == 10
    assert _transferred(site) == ALWAYS
    assert looked.sources[0].outcomes == {"unchanged": 10, "duplicate": 1}
    assert quiet.rows_written == looked.rows_written == 0
    assert marks(warehouse) == before
    assert count(warehouse, "select count(*) from ops.snapshots where settled_at is null") == 0


def test_changed_page_is_a_new_version_and_a_page_that_is_gone_stays(
    steppe: Steppe, journal: Path, warehouse: sa.Engine
) -> None:
    water, cotton, trains = steppe.prints("water", "cotton", "trains")
    write_source(journal, "web", [steppe.feeds("/feed.xml", [water, cotton, trains])])
    run("web")
    steppe.puts("/articles/water", article("water", said="One dam was given up."))
    steppe.takes_down("cotton")
    due_now(warehouse)

    steppe.server.forget()
    report = run("web")

    assert report.sources[0].outcomes == {"loaded": 1, "gone": 1, "unchanged": 1}
    assert ended(warehouse)[cotton] == ("gone", "HTTP 404 Not Found")
    transferred = ["/articles/cotton", "/articles/water"]
    assert sorted(steppe.server.bodies()) == transferred
    versions = """
        select split_part(url, '/', 5), array_agg(is_current order by version_number)
        from warehouse.articles join warehouse.article_versions using (article_id)
        group by url order by url
    """
    assert rows(warehouse, versions) == [
        ("cotton", [True]),
        ("trains", [True]),
        ("water", [False, True]),
    ]
    assert count(warehouse, "select count(*) from ops.snapshots") == 4


@pytest.mark.parametrize("is_told_at_once", [True, False])
def test_moved_article_stays_one(
    is_told_at_once: bool, steppe: Steppe, journal: Path, warehouse: sa.Engine
) -> None:
    old, other = steppe.prints("water", "cotton")
    write_source(journal, "web", [steppe.feeds("/feed.xml", [old, other])])
    run("web")
    new = steppe.puts("/2025/water", article("water"))
    steppe.puts("/articles/water", Reply(status=301, headers={"Location": "/2025/water"}))
    due_now(warehouse)
    if not is_told_at_once:
        assert run("web").sources[0].outcomes == {"unchanged": 2}
    steppe.feeds("/feed.xml", [new, other])

    report = run("web")

    assert report.exit_code == 0
    assert [url for (url,) in rows(warehouse, ARTICLES)] == sorted([old, other])
    assert ended(warehouse)[new] == ("duplicate", f"duplicate of {old}")
    assert rows(warehouse, "select count(*) from warehouse.article_versions") == [(2,)]
    named = "select article_url from ops.urls where url = :url"
    assert rows(warehouse, named, url=new) == [(old,)]


def test_old_and_new_address_of_a_moved_item_are_one_article(
    steppe: Steppe, journal: Path, warehouse: sa.Engine
) -> None:
    (new,) = steppe.prints("water")
    old = steppe.puts("/old", Reply(status=301, headers={"Location": "/older"}))
    steppe.puts("/older", Reply(status=308, headers={"Location": "/articles/water"}))
    feeds = [steppe.feeds("/a.xml", [old]), steppe.feeds("/b.xml", [new])]
    write_source(journal, "web", feeds)

    run("web")
    again = run("web")

    assert rows(warehouse, ARTICLES) == [(new,)]
    told = "select url, outcome from ops.outcomes order by url, outcome"
    assert rows(warehouse, told) == [(new, "loaded"), (old, "duplicate")]
    assert again.rows_written == 0


def test_failed_page_is_tried_again_though_its_feed_dropped_it(
    steppe: Steppe, journal: Path, warehouse: sa.Engine
) -> None:
    water, cotton = steppe.prints("water", "cotton")
    steppe.puts("/articles/water", Reply(status=500, headers={"Retry-After": "3600"}))
    write_source(journal, "web", [steppe.feeds("/feed.xml", [water, cotton])])
    first = run("web")
    steppe.feeds("/feed.xml", [cotton])
    steppe.prints("water")

    steppe.server.forget()
    rested, requests = _run_due("web"), steppe.server.requests.total()
    second = run("web")

    assert first.exit_code == 3
    assert first.sources[0].outcomes == {"loaded": 1, "http_status": 1}
    assert (rested, requests) == ({}, 0)
    assert steppe.server.requests["/articles/water"] == 1
    assert ended(warehouse)[water] == ("loaded", None)
    assert second.exit_code == 0
    assert count(warehouse, "select count(*) from warehouse.articles") == 2
    assert count(warehouse, "select max(failure_count) from ops.urls") == 0


def _run_due(name: str) -> dict[str, int]:
    """Outcomes of a run such as schedules start."""
    from flows import ingest

    return ingest.run([name], False, True).sources[0].outcomes


def test_pages_over_the_limit_of_a_run_are_taken_up_by_the_next(
    steppe: Steppe, journal: Path, warehouse: sa.Engine
) -> None:
    pages = steppe.prints("water", "cotton", "trains", "roads", "salt")
    write_source(journal, "web", [steppe.feeds("/feed.xml", pages)], pages_per_run=2)

    outcomes = [run("web").sources[0].outcomes for _ in range(3)]

    assert outcomes == [
        {"loaded": 2, "postponed": 3},
        {"loaded": 2, "postponed": 1},
        {"loaded": 1},
    ]
    assert all(steppe.server.requests[f"/articles/{t}"] == 1 for t in ("water", "trains", "salt"))
    why = "select distinct reason from ops.outcomes where outcome = 'postponed'"
    assert "visits.pages_per_run; the next run goes on" in rows(warehouse, why)[0][0]
    assert count(warehouse, "select count(*) from warehouse.articles") == 5


def test_dry_run_of_the_web_writes_nothing(
    whole: dict[str, str], home: Path, warehouse: sa.Engine
) -> None:
    report = run("web", is_dry=True)

    assert report.sources[0].outcomes == {"loaded": 10, "duplicate": 1}
    assert all(found == [] for found in dump(warehouse).values())
    for table in ("runs", "outcomes", "snapshots", "urls", "sightings", "feeds", "feed_documents"):
        assert count(warehouse, f"select count(*) from ops.{table}") == 0, table
    assert not (home / "snapshots").exists()
