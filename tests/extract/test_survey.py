"""A survey finds the feeds of a site that work, and takes those worth reading."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from etl.errors import FetchFailed
from etl.extract import online
from etl.extract.survey import MOST_REQUESTS, Survey, survey
from etl.extract.survey.probe import check
from etl.extract.web import Web
from etl.sources import Source, Visits
from tests import journals
from tests.servers import Journal, Reply

NOW = datetime(2026, 4, 1, tzinfo=UTC)


@pytest.fixture
def web() -> Iterator[Web]:
    """The web, asked without pauses."""
    with online(Visits(allow_private=True, delay_seconds=0)) as web:
        yield web


def kinds(found: Survey, journal: Journal) -> list[tuple[str, str, int]]:
    """Kind, path and count of the feeds taken."""
    return [
        (o.feed.kind, o.feed.at.removeprefix(journal.url("")), o.probe.link_count)
        for o in found.feeds
    ]


def reasons(found: Survey, journal: Journal) -> dict[str, str | None]:
    """Why feeds were left out, by path."""
    return {o.feed.at.removeprefix(journal.url("")): o.reason for o in found.left_out}


def test_a_journal_is_read_by_its_feed_and_its_sitemap(journal: Journal, web: Web) -> None:
    address = journals.blog(journal)

    found = survey(address, web, NOW)

    assert (found.homepage_url, found.title, found.language) == (address, "The Oasis Review", "en")
    assert found.timezone is None
    assert kinds(found, journal) == [("rss", "/feed/", 3), ("sitemap", "/sitemap_index.xml", 7)]
    feed, sitemap = found.feeds
    assert feed.probe.newest_at == datetime(2026, 3, 6, 8, tzinfo=UTC)
    assert feed.probe.examples[0].url == journal.url(journals.path(6))
    assert sitemap.feed.exclude == ("/tag/",)
    assert sitemap.probe.examples[0].url == journal.url(journals.path(1))
    assert not found.left_out


def test_no_one_asks_for_feeds_of_comments(journal: Journal, web: Web) -> None:
    survey(journals.blog(journal), web, NOW)

    assert "/comments/feed/" not in journal.requests


def test_a_sitemap_that_adds_nothing_is_left_out(journal: Journal, web: Web) -> None:
    journals.articles(journal)
    journal.says("/feed.xml", journals.rss(journal, 1, 2))
    journal.says("/sitemap.xml", journals.sitemap(journal, journals.path(1), journals.path(2)))

    found = survey(journals.home(journal), web, NOW)

    assert kinds(found, journal) == [("rss", "/feed.xml", 2)]
    assert reasons(found, journal) == {"/sitemap.xml": "announces nothing that the others do not"}


def test_the_same_feed_under_two_addresses_is_one(journal: Journal, web: Web) -> None:
    journals.blog(journal)
    moved = Reply(status=301, headers={"Location": "/feed/"})
    journal.says("/old-feed", moved)
    journal.says("/rss", journals.rss(journal, 4, 5, 6))
    head = journals.alternate("/old-feed") + journals.alternate("/feed/")
    address = journals.home(journal, head, '<a href="/rss">RSS</a>')

    found = survey(address, web, NOW)

    assert [at for kind, at, _ in kinds(found, journal) if kind == "rss"] == ["/feed/"]
    assert not found.left_out


def test_a_sitemap_of_news_is_read_in_place_of_the_whole(journal: Journal, web: Web) -> None:
    journals.articles(journal)
    journal.says("/all.xml", journals.sitemap(journal, *map(journals.path, range(1, 7))))
    journal.says("/fresh.xml", journals.news(journal, 5, 6))
    lines = "".join(f"Sitemap: {journal.url(at)}\n" for at in ("/all.xml", "/fresh.xml"))
    journal.says("/robots.txt", Reply(lines.encode(), content_type="text/plain"))

    found = survey(journals.home(journal), web, NOW)

    assert kinds(found, journal) == [("sitemap", "/fresh.xml", 2)]
    assert "older articles" in (reasons(found, journal)["/all.xml"] or "")


def test_a_journal_on_ojs_is_read_by_its_repository(journal: Journal, web: Web) -> None:
    found = survey(journals.ojs(journal), web, NOW)

    at = "/index.php/jcas"
    assert kinds(found, journal) == [
        ("rss", f"{at}/gateway/plugin/WebFeedGatewayPlugin/rss2", 2),
        ("oai", f"{at}/oai", 6),
    ]


def test_without_feeds_the_headlines_are_proposed(journal: Journal, web: Web) -> None:
    found = survey(journals.bare(journal), web, NOW)

    (offer,) = found.feeds
    assert offer.feed.model_dump(exclude_unset=True) == {
        "kind": "listing",
        "at": journal.url("/"),
        "link": "h2.teaser-title > a",
        "pages": 1,
    }
    assert offer.probe.link_count == len(journals.TOPICS)
    assert any("is a guess" in note for note in found.notes)


def test_a_site_that_offers_nothing_is_said_to(journal: Journal, web: Web) -> None:
    found = survey(journals.home(journal), web, NOW)

    assert found.feeds == found.left_out == ()


def test_the_address_of_a_feed_will_do(journal: Journal, web: Web) -> None:
    journals.home(journal, lang="ru-RU")
    journals.articles(journal)
    address = journal.says("/hidden/news.php", journals.rss(journal, 2, 3))

    found = survey(address, web, NOW)

    assert found.homepage_url == journal.url("/")
    assert found.language == "ru"
    assert kinds(found, journal) == [("rss", "/hidden/news.php", 2)]


def test_a_feed_that_is_kept_elsewhere_leads_to_its_site(journal: Journal, web: Web) -> None:
    home = journals.home(journal)
    address = journal.says("/oasis", journals.rss(journal, 2, 3))
    journal.says(
        "/robots.txt", Reply(b"User-agent: *\nDisallow: /oasis", content_type="text/plain")
    )

    found = survey(address.replace("127.0.0.1", "localhost"), web, NOW)

    assert found.homepage_url == home
    assert [offer.probe.link_count for offer in found.feeds] == [2]


def test_what_does_not_work_is_named_with_its_reason(journal: Journal, web: Web) -> None:
    journal.says("/empty", journals.rss(journal))
    journal.says("/page", b"<html><p>No feed any more</p></html>")
    foreign = journals.rss(journal, 1, 2)
    elsewhere = foreign.body.replace(b"http://127.0.0.1", b"https://other.example")
    journal.says("/foreign", Reply(elsewhere, content_type="application/rss+xml"))
    heads = map(journals.alternate, ("/empty", "/page", "/foreign", "/gone"))

    found = survey(journals.home(journal, "".join(heads)), web, NOW)

    told = reasons(found, journal)
    assert told["/empty"] == "announces nothing at present"
    assert told["/foreign"] == "announces pages of other sites"
    assert told["/gone"] == "HTTP 404 Not Found"
    assert (told["/page"] or "").startswith("no feed")
    assert not found.feeds


def test_robots_txt_keeps_us_from_what_nobody_wrote_down(journal: Journal, web: Web) -> None:
    journals.blog(journal)
    journal.says("/robots.txt", Reply(b"User-agent: *\nDisallow: /", content_type="text/plain"))

    found = survey(journal.url("/"), web, NOW)

    assert not found.feeds
    assert set(journal.requests) == {"/", "/robots.txt"}
    assert "robots.txt" in (reasons(found, journal)["/feed/"] or "")


def test_a_site_is_asked_a_few_times_only(journal: Journal, web: Web) -> None:
    parts = [f"/part-{number}.xml" for number in range(90)]
    journal.says("/sitemap.xml", journals.index(journal, *parts))
    for part in parts:
        journal.says(part, journals.sitemap(journal, f"/article{part}"))
    lines = "".join(f"Sitemap: {journal.url(part)}\n" for part in ["/sitemap.xml", *parts])
    journal.says("/robots.txt", Reply(lines.encode(), content_type="text/plain"))
    head = "".join(journals.alternate(f"/feed-{number}") for number in range(30))

    found = survey(journals.home(journal, head), web, NOW)

    assert journal.requests.total() <= MOST_REQUESTS
    assert [o.probe.count_shown for o in found.feeds] == ["at least 2 links"]
    assert reasons(found, journal)["/part-3.xml"] == "a sitemap that is read leads to it"
    assert [note.partition(",")[0] for note in found.notes] == [
        "the head of the home page: 24 more not tried",
        "robots.txt: 85 more not tried",
    ]


def test_a_home_page_that_does_not_come_is_not_the_end(journal: Journal, web: Web) -> None:
    journals.blog(journal)
    address = journal.says("/", Reply(b"go away", status=403))

    found = survey(address, web, NOW)

    assert ("sitemap", "/sitemap_index.xml", 7) in kinds(found, journal)
    assert found.title == "127.0.0.1"
    assert found.notes == (
        f"the home page {address} did not come: http_status: HTTP 403 Forbidden",
    )


def test_a_site_that_is_not_there_is_an_error(web: Web) -> None:
    with pytest.raises(FetchFailed, match=r"http://127\.0\.0\.1:9/: connection: "):
        survey("http://127.0.0.1:9/", web, NOW)


def test_a_look_at_a_long_list_ends_early_and_says_so(journal: Journal, web: Web) -> None:
    address, at = journals.ojs(journal), "/index.php/jcas/oai"
    tokens = map(str, itertools.count())
    journal.answers(at, lambda query, headers: journals.records(journal, more=next(tokens)))
    source = Source.model_validate(
        {"name": "o", "title": "O", "language": "en", "homepage_url": address}
        | {"feeds": [{"kind": "oai", "at": journal.url(at)}]}
    )

    (told,) = check(source, web, NOW)

    assert (told.count_shown, told.problem) == ("at least 6 links", None)
