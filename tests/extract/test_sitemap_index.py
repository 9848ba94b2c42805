"""A sitemap index gives the pages of its sitemaps, and asks only for those that may be new."""

import gzip
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from etl.extract.feeds import sitemap
from etl.extract.feeds.announced import Announced, Read
from etl.sources import SitemapFeed
from tests.extract.feeds import NOW, read, remembered, urls
from tests.extract.test_sitemap import SPACE, page, pages
from tests.servers import Journal, Reply


def announced(at: str, known: Mapping[str, Read] | None = None, now: datetime = NOW) -> Announced:
    """What an index announces."""
    return read(sitemap.links, SitemapFeed(kind="sitemap", at=at), known, now)


def index(dates: Mapping[str, str]) -> bytes:
    """A sitemap index: addresses, and when they were changed."""
    found = "".join(
        f"<sitemap><loc>{address}</loc>"
        + (f"<lastmod>{changed}</lastmod>" if changed else "")
        + "</sitemap>"
        for address, changed in dates.items()
    )
    return f'<sitemapindex xmlns="{SPACE}">{found}</sitemapindex>'.encode()


def test_an_index_leads_to_its_sitemaps_newest_first(journal: Journal) -> None:
    dates = {
        journal.says("/old.xml.gz", gzip.compress(pages(page("old")))): "2024-03-01",
        journal.says("/new.xml", pages(page("new"))): "2024-04-30T10:00:00Z",
        journal.says("/undated.xml", pages(page("undated"))): "",
    }
    at = journal.says("/sitemap.xml", gzip.compress(index(dates)))

    found = announced(at)

    assert urls(found) == [page("new"), page("old"), page("undated")]
    assert {document.address for document in found.read} == {at, *dates}


def test_indexes_in_indexes_are_followed_but_not_in_circles(journal: Journal) -> None:
    at = journal.url("/sitemap.xml")
    inner, leaf = journal.url("/inner.xml"), journal.says("/leaf.xml", pages(page(1)))
    journal.says("/sitemap.xml", index({inner: "", at: "", leaf: ""}))
    journal.says("/inner.xml", index({at: "", inner: "", leaf: ""}))

    found = announced(at)

    assert urls(found) == [page(1)]
    assert set(journal.requests.values()) == {1}


def test_indexes_that_never_end_are_told(journal: Journal) -> None:
    def deeper(query: str, headers: Mapping[str, str]) -> Reply:
        return Reply(index({journal.url(f"/deep?n={int(query[2:]) + 1}"): ""}))

    journal.answers("/deep", deeper)

    found = announced(journal.url("/deep?n=1"))

    assert journal.requests["/deep?n=4"] == 1
    assert journal.requests["/deep?n=5"] == 0
    assert found.problems == [
        f"{journal.url('/deep?n=4')}: an index below 3 indexes; name it as a feed of its own"
    ]


def test_a_bad_sitemap_is_a_problem_and_the_others_come(journal: Journal) -> None:
    good = journal.says("/good.xml", pages(page(1)))
    gone = journal.url("/gone.xml")
    html = journal.says("/html.xml", b"<!DOCTYPE html><html><body>Welcome<br></body></html>")
    cut = journal.says("/cut.xml", pages(page(2), page(3), page("4?half"))[:-25])
    torn = journal.says("/torn.xml.gz", gzip.compress(pages(*map(page, range(5, 5_000))))[:-900])
    strange = "https://other.example/sitemap.xml"
    at = journal.says(
        "/sitemap.xml", index(dict.fromkeys((gone, html, cut, torn, strange, good), ""))
    )

    found = announced(at)

    reached = [link.url for link in found.links]
    assert reached[:3] == [page(2), page(3), page(5)]
    assert 1_000 < len(reached) < 4_990
    assert reached[-1] == page(1)
    told = {problem.partition(": ")[0]: problem.partition(": ")[2] for problem in found.problems}
    assert told[gone] == "HTTP 404 Not Found"
    assert told[html].startswith("no sitemap: it is text/html; charset=utf-8, and starts '<!DOCTYP")
    assert told[cut].startswith("damaged: ")
    assert told[torn].startswith("damaged: Compressed file ended before")
    assert found.problems[0] == (
        f"sitemaps of other sites left out: 1, such as {strange}; name them as feeds of their own"
    )
    assert {document.address for document in found.read} == {at, good}


def test_what_failed_is_asked_for_again_and_what_came_is_not_sent_again(journal: Journal) -> None:
    good = journal.says("/good.xml", Reply(pages(page(1)), etag='"g"'))
    late = journal.says("/late.xml", Reply(status=404), pages(page(2)))
    dates = {good: "2024-04-30", late: "2024-03-01"}
    at = journal.says("/sitemap.xml", Reply(index(dates), etag='"i"'))
    first = announced(at)
    journal.forget()

    second = announced(at, remembered(first))

    assert [link.url for link in first.links] == [page(1)]
    assert urls(second) == [page(2)]
    assert [path for path in journal.bodies() if path != "/robots.txt"] == ["/late.xml"]


def test_an_unchanged_site_sends_no_sitemap_again(journal: Journal) -> None:
    dates = {
        journal.says(f"/{n}.xml", Reply(pages(page(n)), etag=f'"{n}"')): date
        for n, date in enumerate(["2024-04-30", "", "2024-02-01", "2024-01-01"])
    }
    at = journal.says("/sitemap.xml", Reply(index(dates), last_modified="Wed, 01 May 2024"))
    known = remembered(announced(at))
    journal.forget()

    again = announced(at, known)

    assert again == Announced([], [], ())
    assert {asked.status for asked in journal.log if asked.path != "/robots.txt"} == {304}
    assert journal.requests["/0.xml"] == journal.requests["/1.xml"] == 1


def test_old_sitemaps_are_asked_for_once_a_week_or_when_their_date_moves(
    journal: Journal,
) -> None:
    dates = {
        journal.says(f"/{n}.xml", Reply(pages(page(n)), etag='"1"')): f"2024-0{n}-01"
        for n in range(1, 5)
    }
    at = journal.says("/sitemap.xml", Reply(index(dates), etag='"1"'))
    known = remembered(announced(at))

    asked = []
    for day in range(7):
        journal.forget()
        announced(at, known, NOW + timedelta(days=day))
        asked.append({path for path in journal.requests if path[1].isdigit()})
    dates[journal.url("/2.xml")] = "2024-04-01"
    journal.says("/sitemap.xml", index(dates))
    journal.says("/2.xml", pages(page(2), page(9)))
    moved = announced(at, known)

    assert sum("/1.xml" in day for day in asked) == 1
    assert all("/4.xml" in day for day in asked)
    assert urls(moved) == [page(2), page(9)]


def test_a_changed_index_keeps_what_it_said_when_only_its_etag_changes(journal: Journal) -> None:
    leaf = journal.says("/leaf.xml", pages(page(1)))
    same = index({leaf: "2024-01-01"})
    at = journal.says("/sitemap.xml", Reply(same, etag='"1"'), Reply(same, etag='"2"'))
    first = announced(at)

    second = announced(at, remembered(first))

    assert [document.etag for document in second.read if document.address == at] == ['"2"']
    assert second.read[0].since == first.read[0].since


def test_more_sitemaps_than_one_run_asks_for_are_left_to_the_next(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MAX_DOCUMENTS", 4)
    leaves = [journal.says(f"/{n}.xml", Reply(pages(page(n)), etag='"1"')) for n in range(7)]
    at = journal.says("/sitemap.xml", Reply(index(dict.fromkeys(leaves, "2024-01-01")), etag='"1"'))

    found: list[str] = []
    known: dict[str, Read] = {}
    for _ in range(3):
        came = announced(at, known)
        known = remembered(came, known)
        found += [link.url for link in came.links]

    assert sorted(found) == [page(n) for n in range(7)]
    assert "sitemaps left to later runs: 4;" in announced(at).problems[0]


def test_robots_txt_is_asked_about_all_but_the_sitemap_that_a_person_named(
    journal: Journal,
) -> None:
    journal.says("/robots.txt", b"User-agent: *\nDisallow: /maps/\nAllow: /maps/open.xml")
    leaves = [journal.says(path, pages(page(1))) for path in ("/maps/shut.xml", "/maps/open.xml")]
    at = journal.says("/maps/index.xml", index(dict.fromkeys(leaves, "")))

    found = announced(at)

    assert len(found.links) == 1
    assert found.problems[0].startswith(f"{leaves[0]}: ")
    assert journal.requests["/maps/shut.xml"] == 0


def test_many_problems_are_summed_up(journal: Journal) -> None:
    at = journal.says("/sitemap.xml", index({journal.url(f"/{n}.xml"): "" for n in range(30)}))

    problems = announced(at).problems

    assert len(problems) == 21
    assert problems[-1] == f"and 10 more, the last: {journal.url('/29.xml')}: HTTP 404 Not Found"
