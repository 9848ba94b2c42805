"""A feed gives one link per page it announces, however it is written."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import FetchFailed
from etl.extract.feeds import rss
from etl.extract.feeds.announced import Announced, Read
from etl.extract.feeds.asking import Document
from etl.sources import RssFeed
from tests.extract.feeds import NOW, read, remembered, urls
from tests.servers import Journal, Reply

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Oasis Review</title><link>/</link>
<item><title>Water</title><link>/2024/water.html?utm_source=rss</link>
  <pubDate>Mon, 01 Apr 2024 10:00:00 +0500</pubDate></item>
<item><title>Water again</title><link>https://OASIS.example/2024/dams/#top</link>
  <pubDate>Tue, 02 Apr 2024 08:30:00 GMT</pubDate></item>
<item><title>Water</title><link>/2024/water.html</link>
  <pubDate>Wed, 03 Apr 2024 00:00:00 GMT</pubDate></item>
<item><title>No page</title><link>mailto:editor@oasis.example</link></item>
<item><title>No link</title><guid isPermaLink="false">item-5</guid></item>
<item><title>Undated</title><guid>https://oasis.example/2024/roads.html</guid></item>
<item><title>Tomorrow</title><link>https://oasis.example/2024/soon.html</link>
  <pubDate>Fri, 01 Jan 2100 00:00:00 GMT</pubDate></item>
</channel></rss>"""

ATOM = b"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://oasis.example/issues/">
<title>Oasis Review</title><id>urn:oasis</id><updated>2024-04-02T00:00:00Z</updated>
<entry><title>Bridges</title><id>urn:oasis:1</id><link href="5/bridges.html"/>
  <published>2024-03-01T00:00:00Z</published><updated>2024-03-05T12:00:00+03:00</updated></entry>
</feed>"""

JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Oasis Review",
"items": [{"id": "1", "url": "https://oasis.example/a", "date_published": "2024-04-01T00:00:00Z"},
          {"id": "3", "url": "/c", "date_published": "2024-04-01T00:00:00Z",
           "date_modified": "2024-04-02T11:00:00+05:00"},
          {"id": "https://oasis.example/b", "content_text": "no url"}]}"""

# An item whose markup breaks in the middle, an entity no one declared, a stray ampersand.
MALFORMED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Oasis &nbsp; & Co</title>
<item><title>One <b>bold</title><link>https://oasis.example/1</link></item>
<item><title>Two</title><link>https://oasis.example/2?a=1&b=2</link>
  <pubDate>Mon, 01 Apr 2024 10:00:00 GMT</pubDate></item>
<item><title>Three</title><link>https://oasis.example/3</link>"""


def announced(at: str, known: dict[str, Read] | None = None, **more: str) -> Announced:
    """What a feed announces."""
    return read(rss.links, RssFeed(kind="rss", at=at), known, NOW, **more)


def found(at: str, **more: str) -> list[tuple[str, datetime | None]]:
    """URLs and times a feed announces; nothing may have gone wrong."""
    links, problems, *_ = announced(at, None, **more)
    assert problems == []
    return [(link.url, link.announced_at) for link in links]


def test_a_feed_announces_its_entries_in_order(journal: Journal) -> None:
    at = journal.says("/feed.xml", Reply(RSS, content_type="application/rss+xml"))

    announcements = found(at)

    assert announcements == [
        (journal.url("/2024/water.html"), datetime(2024, 4, 1, 5, tzinfo=UTC)),
        ("https://oasis.example/2024/dams", datetime(2024, 4, 2, 8, 30, tzinfo=UTC)),
        (journal.url("/2024/water.html"), datetime(2024, 4, 3, tzinfo=UTC)),
        ("https://oasis.example/2024/roads.html", None),
        ("https://oasis.example/2024/soon.html", datetime(2100, 1, 1, tzinfo=UTC)),
    ]


def test_what_is_fetched_is_the_address_as_announced(journal: Journal) -> None:
    links = announced(journal.says("/feed.xml", RSS)).links

    assert [link.location for link in links[:2]] == [
        journal.url("/2024/water.html?utm_source=rss"),
        "https://OASIS.example/2024/dams/",
    ]


def test_an_unchanged_feed_is_not_sent_again_and_announces_nothing(journal: Journal) -> None:
    at = journal.says("/feed.xml", Reply(RSS, etag='"1"'))
    first = announced(at)
    journal.forget()

    second = announced(at, remembered(first))

    assert first.read[0][:2] == (at, '"1"')
    assert second == Announced([], [], ())
    assert [asked.status for asked in journal.log if asked.path == "/feed.xml"] == [304]


def test_a_feed_with_the_same_bytes_announces_nothing(journal: Journal) -> None:
    at = journal.says("/feed.xml", RSS)

    second = announced(at, remembered(announced(at)))

    assert second.links == []


def test_atom_links_start_at_their_base_and_carry_their_update(journal: Journal) -> None:
    at = journal.says("/atom.xml", ATOM)

    assert found(at) == [
        ("https://oasis.example/issues/5/bridges.html", datetime(2024, 3, 5, 9, tzinfo=UTC))
    ]


def test_json_feeds_are_read(journal: Journal) -> None:
    at = journal.says("/feed.json", Reply(JSON, content_type="application/feed+json"))

    assert found(at) == [
        ("https://oasis.example/a", datetime(2024, 4, 1, tzinfo=UTC)),
        (journal.url("/c"), datetime(2024, 4, 2, 6, tzinfo=UTC)),
        ("https://oasis.example/b", None),
    ]


def test_malformed_feeds_give_what_they_hold(journal: Journal) -> None:
    at = journal.says("/feed.xml", MALFORMED)

    assert found(at) == [
        ("https://oasis.example/1", None),
        ("https://oasis.example/2?a=1&b=2", datetime(2024, 4, 1, 10, tzinfo=UTC)),
        ("https://oasis.example/3", None),
    ]


@pytest.mark.parametrize("declared", ["xml", "header", "nowhere"])
def test_cyrillic_feeds_are_read_in_any_charset(journal: Journal, declared: str) -> None:
    feed = RSS.decode().replace("Oasis Review", "Оазис").replace("2024/dams/", "2024/вода/")
    encoding = "windows-1251" if declared == "xml" else "utf-8"
    feed = feed.replace('encoding="utf-8"', f'encoding="{encoding}"' if declared == "xml" else "")
    charset = "; charset=windows-1251" if declared == "header" else ""
    reply = Reply(feed.encode("windows-1251"), content_type=f"application/xml{charset}")

    addresses = urls(announced(journal.says("/feed.xml", reply)))

    assert addresses[0] == journal.url("/2024/water.html")
    if declared != "nowhere":
        assert addresses[1] == "https://oasis.example/2024/%D0%B2%D0%BE%D0%B4%D0%B0"


@pytest.mark.parametrize(
    "written",
    ["Mon, 01 Apr 2024 10:00:00 XYZ", "2024-04-01T10:00:00", "1 April 2024 10:00"],
)
def test_a_time_without_a_known_zone_is_taken_as_utc(journal: Journal, written: str) -> None:
    feed = RSS.replace(b"Mon, 01 Apr 2024 10:00:00 +0500", written.encode())

    announcements = found(journal.says("/feed.xml", feed))

    assert announcements[0][1] == datetime(2024, 4, 1, 10, tzinfo=UTC)


def test_a_feed_without_entries_is_no_failure(journal: Journal) -> None:
    empty = b'<rss version="2.0"><channel><title>Oasis Review</title></channel></rss>'

    assert found(journal.says("/feed.xml", empty)) == []


def test_relative_links_follow_a_moved_feed(journal: Journal) -> None:
    journal.says("/new/feed.xml", RSS.replace(b"/2024/water", b"water"))
    old = journal.says("/feed.xml", Reply(status=301, headers={"Location": "/new/feed.xml"}))

    assert found(old)[0][0] == journal.url("/new/water.html")


def test_links_that_cannot_be_followed_are_told(journal: Journal) -> None:
    feed = RSS.replace(b"mailto:editor@oasis.example", b"http://[oasis/")
    feed = feed.replace(b"/2024/soon.html", b"/" + b"s" * 2_000)

    links, problems, read, *_ = announced(journal.says("/feed.xml", feed))

    assert len(links) == 4
    assert len(read) == 1
    assert problems == ["left out 2 of 6 links, such as 'http://[oasis/': Invalid IPv6 URL"]


def test_a_feed_whose_entries_all_lack_links_is_told(journal: Journal) -> None:
    feed = re.sub(rb"<link>.*?</link>|<guid>.*?</guid>", b"", RSS)

    assert announced(journal.says("/feed.xml", feed)).problems == ["no entry of 7 links to a page"]


def test_a_feed_kept_in_a_file_starts_at_the_home_page(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(RSS)

    announcements = found(str(tmp_path / "feed.xml"), homepage_url="https://oasis.example")

    assert announcements[0][0] == "https://oasis.example/2024/water.html"


FAILING = {
    "/gone.xml": (Reply(status=404), "HTTP 404 Not Found"),
    "/page.xml": (
        Reply(b"<!DOCTYPE html><html><body><h1>Welcome</h1><p>to our new site</body></html>"),
        "no feed: it is text/html; charset=utf-8, and starts '<!DOCTYPE html>",
    ),
    "/loop.xml": (Reply(status=302, headers={"Location": "/loop.xml"}), ""),
    "/empty.xml": (Reply(b""), "no feed: it is text/html; charset=utf-8, and starts ''"),
    "/binary.xml": (Reply(bytes(range(256)) * 20), "no feed:"),
    "/cut.json": (Reply(b'{"version": "https://jsonfeed.org/version/1", "items": [{"id'), "no fee"),
    "/odd.json": (Reply(b'{"version": "https://jsonfeed.org/version/1", "items": [7]}'), "no feed"),
    "/huge.xml": (Reply(declared_bytes=20_000_000), "20,000,000 bytes, over 10,000,000"),
}


@pytest.mark.parametrize("path", FAILING)
def test_a_bad_feed_fails_with_its_reason(journal: Journal, path: str) -> None:
    reply, reason = FAILING[path]
    at = journal.says(path, reply)

    with pytest.raises(FetchFailed) as failure:
        announced(at)

    told = str(failure.value)
    assert told.startswith(reason)
    assert "\n" not in told


def test_a_feed_that_turned_to_html_says_what_to_do(journal: Journal) -> None:
    at = journal.says("/feed.xml", b"<!DOCTYPE html><title>Oasis</title>")

    with pytest.raises(FetchFailed, match=f"try `etl sources add {journal.url('/')}`"):
        announced(at)
    with pytest.raises(FetchFailed, match=r"try `etl sources add https://oasis.example/`"):
        announced(at, homepage_url="https://oasis.example/")


def test_a_missing_feed_file_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match=r"feed.xml: No such file or directory"):
        announced(str(tmp_path / "feed.xml"))


ABOUT_FEEDS = st.lists(
    st.one_of(
        st.sampled_from([RSS[:400], RSS[400:], ATOM[90:], JSON[:60], MALFORMED[21:], b"<item>"]),
        st.sampled_from([b"<link>http://[", b"</link>", b"<!ENTITY a 'b'>", b"&a;", b"xml:base"]),
        st.binary(max_size=20),
    ),
    max_size=8,
).map(b"".join)
"""Bytes that look like feeds in places."""


@settings(max_examples=300, deadline=None)
@given(content=ABOUT_FEEDS, content_type=st.sampled_from([None, "text/xml; charset=x", "a/b"]))
def test_whatever_the_bytes_they_are_a_feed_or_fail(
    content: bytes, content_type: str | None
) -> None:
    with suppress(FetchFailed):
        rss.entries(Document("https://oasis.example/feed.xml", content, content_type))
