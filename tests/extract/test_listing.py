"""A listing gives the links its selector finds, page after page, and never falls silent."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from etl.errors import FetchFailed
from etl.extract.feeds import listing
from etl.extract.feeds.announced import Announced, Read
from etl.extract.feeds.asking import Asker
from etl.extract.web import Answer, Web
from etl.sources import ListingFeed, Source
from tests.extract.feeds import NOW, read, remembered, urls
from tests.servers import Journal, Reply


def announced(
    at: str,
    link: str = "h2 a",
    known: Mapping[str, Read] | None = None,
    timezone: str = "UTC",
    **more: object,
) -> Announced:
    """What a listing announces."""
    feed = ListingFeed.model_validate({"kind": "listing", "at": at, "link": link, **more})
    return read(listing.links, feed, known, NOW, timezone=timezone)


def listed(*hrefs: str, next: str | None = None) -> bytes:
    """A page that lists articles."""
    articles = "".join(f'<h2><a href="{href}">Title</a></h2>' for href in hrefs)
    older = f'<a class="older" href="{next}">Older</a>' if next else ""
    return f"<!DOCTYPE html><body><nav><a href=/about>About</a></nav>{articles}{older}".encode()


def pages(query: str, headers: Mapping[str, str]) -> Reply:
    """An archive of five pages with an article each, whatever its query."""
    number = int(query.removeprefix("page=") or 1)
    older = f"/news?page={number + 1}" if number < 5 else None
    return Reply(listed(f"/a/{number}", next=older), etag=f'"{number}"')


def asked(journal: Journal) -> list[str]:
    """Paths that were asked for, in order, without robots.txt."""
    return [one.path for one in journal.log if one.path != "/robots.txt"]


def test_selected_links_are_announced_in_order(journal: Journal) -> None:
    body = listed("/b?utm_source=news", "a.html#top", "https://OASIS.example/c/")
    at = journal.says("/news/", body)

    found = announced(at)

    assert urls(found) == [
        journal.url("/b"), journal.url("/news/a.html"), "https://oasis.example/c"
    ]  # fmt: skip
    assert found.links[0].location == journal.url("/b?utm_source=news")
    assert {link.announced_at for link in found.links} == {None}


CARD = """<ul><li class="card"><a href="/1"><img src="x.png"></a>
<h3 class="title"><a rel="nofollow" href="/1">One</a></h3><time datetime="2024-04-02">2 April</time>
</li><li class="card"><a href="/2"><h3 class="title">Two</h3>
<time datetime="2024-04-03T10:00:00+05:00"></time></a> <time>no date</time></li></ul>"""
"""Two cards: links beside the headline, and a link around it."""

SELECTED = {
    "li.card": ["/1", "/2"],
    "ul": ["/1", "/2"],
    "li a": ["/1", "/1", "/2"],
    "h3.title": ["/1", "/2"],
    "a[href='/2']": ["/2"],
    ".card:first-child .title": ["/1"],
}


@pytest.mark.parametrize("link", SELECTED)
def test_a_selector_finds_links_or_what_holds_them_or_is_inside(
    journal: Journal, link: str
) -> None:
    at = journal.says("/", CARD.encode())

    assert urls(announced(at, link)) == [journal.url(path) for path in SELECTED[link]]


def test_times_beside_a_link_are_taken(journal: Journal) -> None:
    at = journal.says("/", CARD.encode())

    cards = announced(at, "li.card", timezone="Asia/Dushanbe")
    whole = announced(at, "ul")

    assert [link.announced_at for link in cards.links] == [
        datetime(2024, 4, 2, 18, 59, 59, tzinfo=UTC),
        datetime(2024, 4, 3, 5, tzinfo=UTC),
    ]
    assert [link.announced_at for link in whole.links] == [None, None]


def test_relative_links_start_at_the_base_of_the_page(journal: Journal) -> None:
    body = listed("1.html").replace(b"<body>", b"<head><base href=' /archive/2024/ '></head><body>")
    journal.says("/new/", body)
    at = journal.says("/old/", Reply(status=302, headers={"Location": "/new/"}))

    assert urls(announced(at)) == [journal.url("/archive/2024/1.html")]


@pytest.mark.parametrize("declared", ["header", "meta", "nowhere"])
def test_cyrillic_listings_are_read_in_any_charset(journal: Journal, declared: str) -> None:
    text = (
        '<html><head></head><body><h2><a href="/статья" title="Статья">Вода и земля</a></h2>'
        "<p>Журнал о том, как живёт долина: реки, дороги, сады и люди, которые их хранят.</p>"
    )
    if declared == "meta":
        text = text.replace("<head>", '<head><meta charset="windows-1251">')
    kind = "text/html; charset=windows-1251" if declared == "header" else "text/html"
    at = journal.says("/", Reply(text.encode("windows-1251"), content_type=kind))

    found = announced(at, "a[title=Статья]")

    assert urls(found) == [journal.url("/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D1%8F")]


def test_xhtml_that_declares_its_encoding_is_read(journal: Journal) -> None:
    body = b'<?xml version="1.0" encoding="windows-1251"?>' + listed("/ж").replace(b"\0", b"")

    assert urls(announced(journal.says("/", body))) == [journal.url("/%D0%B6")]


# Paging -----------------------------------------------------------------------------------


def test_pages_are_followed_to_the_last_or_the_limit(journal: Journal) -> None:
    at = journal.answers("/news", pages)

    whole = announced(at, next="a.older")
    part = announced(at, next="a.older", pages=3)
    first = announced(at)

    assert urls(whole) == [journal.url(f"/a/{number}") for number in range(1, 6)]
    assert urls(part) == [journal.url(f"/a/{number}") for number in range(1, 4)]
    assert urls(first) == [journal.url("/a/1")]


def test_no_page_is_asked_for_twice(journal: Journal) -> None:
    at = journal.says("/1", listed("/a", next="/2"))
    journal.says("/2", listed("/b", next="/1#list"))

    assert urls(announced(at, next="a.older")) == [journal.url("/a"), journal.url("/b")]
    assert asked(journal) == ["/1", "/2"]


def test_a_page_in_the_head_may_be_the_next_one(journal: Journal) -> None:
    at = journal.says("/1", b"<head><link rel=next href=/2></head>" + listed("/a"))
    journal.says("/2", listed("/b"))

    assert urls(announced(at, next="link[rel=next]")) == [journal.url("/a"), journal.url("/b")]


def test_pages_of_other_sites_are_not_followed(journal: Journal) -> None:
    elsewhere = journal.url("/2", host="localhost")
    journal.says("/2", listed("/b"))
    at = journal.says("/1", listed("/a", next=elsewhere))

    assert urls(announced(at, next="a.older")) == [journal.url("/a")]


def test_an_unchanged_first_page_ends_the_way_without_a_transfer(journal: Journal) -> None:
    at = journal.answers("/news", pages)
    known = remembered(announced(at, next="a.older"))
    journal.forget()

    again = announced(at, known=known, next="a.older")

    assert again == Announced([], [], ())
    assert [one.status for one in journal.log if one.path != "/robots.txt"] == [304]


def test_new_articles_are_found_up_to_the_first_unchanged_page(journal: Journal) -> None:
    at = journal.answers("/news", pages)
    known = remembered(announced(at, next="a.older"))
    journal.says("/news", listed("/a/0", "/a/1", next="/news?page=2"))
    journal.forget()

    again = announced(at, known=known, next="a.older")

    assert urls(again) == [journal.url("/a/0"), journal.url("/a/1")]
    assert asked(journal) == ["/news", "/news?page=2"]


def test_a_page_that_fails_on_the_way_is_asked_for_again(journal: Journal) -> None:
    at = journal.says("/1", Reply(listed("/a", next="/2"), etag='"1"'))
    journal.says("/2", Reply(status=404), listed("/b"))

    first = announced(at, next="a.older")
    second = announced(at, known=remembered(first), next="a.older")

    assert [link.url for link in first.links] == [journal.url("/a")]
    assert first.problems == ["page 2 of the list: HTTP 404 Not Found"]
    assert first.read == ()
    assert urls(second) == [journal.url("/a"), journal.url("/b")]


def test_a_last_page_without_articles_is_no_problem(journal: Journal) -> None:
    at = journal.says("/1", listed("/a", next="/2"))
    journal.says("/2", listed())

    assert urls(announced(at, next="a.older")) == [journal.url("/a")]


# Failures ---------------------------------------------------------------------------------


def test_a_selector_that_finds_nothing_fails(journal: Journal) -> None:
    at = journal.says("/", listed("/a"))

    with pytest.raises(FetchFailed) as nothing:
        announced(at, "h3.title a")
    with pytest.raises(FetchFailed) as no_link:
        announced(journal.says("/2", b"<h2>One</h2><h2><a href=#x>Two</a></h2>"), "h2")

    assert str(nothing.value) == (
        f"the selector 'h3.title a' matches nothing on {at}; "
        "the page's layout may have changed: look at it, and correct `link`"
    )
    assert "the selector 'h2' matches elements without a link (2) on" in str(no_link.value)


@pytest.mark.parametrize("link", ["a::text", "a:foo", "svg|a"])
def test_a_selector_of_another_kind_is_no_part_of_a_source(journal: Journal, link: str) -> None:
    with pytest.raises(ValidationError, match="no CSS selector"):
        announced(journal.says("/", listed("/a")), link)


def test_broken_links_are_told(journal: Journal) -> None:
    hrefs = ("/a", "http://[oasis/", "mailto:editor@oasis.example", "javascript:void(0)", "#top")
    at = journal.says("/", listed(*hrefs))

    found = announced(at)

    assert [link.url for link in found.links] == [journal.url("/a")]
    assert found.problems == ["left out 1 of 2 links, such as 'http://[oasis/': Invalid IPv6 URL"]


@pytest.mark.parametrize("body", [b"", b"   ", b"\0\0"])
def test_a_page_without_anything_fails(journal: Journal, body: bytes) -> None:
    with pytest.raises(FetchFailed, match="no list: it is text/html"):
        announced(journal.says("/", body))


class Stored:
    """A web whose pages all have the same body."""

    def __init__(self, content: bytes, content_type: str | None) -> None:
        self.content = content
        self.content_type = content_type

    def get(self, ask: object, max_bytes: int) -> Answer:
        """The body."""
        return Answer("https://oasis.example/", 200, self.content_type, self.content)


ABOUT_LISTINGS = st.lists(
    st.one_of(
        st.sampled_from(
            [CARD.encode(), listed("http://["), b"<base href='http://['>", b"<a href="]
        ),
        st.sampled_from([b"<?xml version='1.0' encoding='x'?>", b"\xff\xfe", b"<time datetime=9>"]),
        st.binary(max_size=20),
    ),
    max_size=8,
).map(b"".join)
"""Bytes that look like listings in places."""


@settings(max_examples=300, deadline=None)
@given(content=ABOUT_LISTINGS, content_type=st.sampled_from([None, "text/html; charset=x", "é"]))
def test_whatever_the_bytes_they_are_a_listing_or_fail(
    content: bytes, content_type: str | None
) -> None:
    feed = ListingFeed(kind="listing", at="https://oasis.example/", link="a, li", next="a")
    source = Source(name="oasis", title="Oasis", language="en", feeds=(feed,))
    web = cast(Web, Stored(content, content_type))

    with suppress(FetchFailed):
        listing.links(feed, Asker(source, web, NOW))
