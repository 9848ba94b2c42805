"""A feed gives one link per page it announces, however it is written."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.extract import check, discover
from etl.sources import FilesFeed, RssFeed, Source
from tests.servers import Journal, Reply

NOW = datetime(2024, 5, 1, tzinfo=UTC)

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
          {"id": "https://oasis.example/b", "content_text": "no url"}]}"""

# An item whose markup breaks in the middle, an entity no one declared, a stray ampersand.
MALFORMED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Oasis &nbsp; & Co</title>
<item><title>One <b>bold</title><link>https://oasis.example/1</link></item>
<item><title>Two</title><link>https://oasis.example/2?a=1&b=2</link>
  <pubDate>Mon, 01 Apr 2024 10:00:00 GMT</pubDate></item>
<item><title>Three</title><link>https://oasis.example/3</link>"""


def source(*addresses: str, **more: str) -> Source:
    """A source with these feeds."""
    feeds = tuple(RssFeed(kind="rss", at=address) for address in addresses)
    return Source(name="oasis", title="Oasis Review", language="en", feeds=feeds, **more)


def found(*addresses: str, **more: str) -> list[tuple[str, datetime | None]]:
    """URLs and times the feeds announce; none may fail."""
    links, failures = discover(source(*addresses, **more), NOW)
    assert failures == []
    return links.select("url", "announced_at").rows()


def test_a_feed_announces_each_page_once(journal: Journal) -> None:
    address = journal.says("/feed.xml", Reply(RSS, content_type="application/rss+xml"))

    announced = found(address)

    assert announced == [
        (journal.url("/2024/water.html"), datetime(2024, 4, 3, tzinfo=UTC)),
        ("https://oasis.example/2024/dams", datetime(2024, 4, 2, 8, 30, tzinfo=UTC)),
        ("https://oasis.example/2024/roads.html", None),
        ("https://oasis.example/2024/soon.html", None),
    ]
    assert journal.user_agents == {"article-warehouse/0.1.0"}


def test_what_is_fetched_is_the_address_as_announced(journal: Journal) -> None:
    address = journal.says("/feed.xml", RSS)

    links, _ = discover(source(address), NOW)

    assert links["location"].to_list()[:2] == [
        journal.url("/2024/water.html?utm_source=rss"),
        "https://OASIS.example/2024/dams/",
    ]
    assert set(links["feed"]) == {f"rss {address}"}


def test_atom_links_start_at_their_base_and_carry_their_update(journal: Journal) -> None:
    address = journal.says("/atom.xml", ATOM)

    assert found(address) == [
        ("https://oasis.example/issues/5/bridges.html", datetime(2024, 3, 5, 9, tzinfo=UTC))
    ]


def test_json_feeds_are_read(journal: Journal) -> None:
    address = journal.says("/feed.json", Reply(JSON, content_type="application/feed+json"))

    assert found(address) == [
        ("https://oasis.example/a", datetime(2024, 4, 1, tzinfo=UTC)),
        ("https://oasis.example/b", None),
    ]


def test_malformed_feeds_give_what_they_hold(journal: Journal) -> None:
    address = journal.says("/feed.xml", MALFORMED)

    announced = found(address)

    assert announced == [
        ("https://oasis.example/1", None),
        ("https://oasis.example/2?a=1&b=2", datetime(2024, 4, 1, 10, tzinfo=UTC)),
        ("https://oasis.example/3", None),
    ]


@pytest.mark.parametrize(
    "written",
    ["Mon, 01 Apr 2024 10:00:00 XYZ", "2024-04-01T10:00:00", "1 April 2024 10:00"],
)
def test_a_time_without_a_known_zone_is_taken_as_utc(journal: Journal, written: str) -> None:
    feed = RSS.replace(b"Mon, 01 Apr 2024 10:00:00 +0500", written.encode())
    feed = feed.replace(b"Wed, 03 Apr 2024 00:00:00 GMT", b"some day")

    announced = found(journal.says("/feed.xml", feed))

    assert announced[0][1] == datetime(2024, 4, 1, 10, tzinfo=UTC)


def test_a_feed_without_entries_is_no_failure(journal: Journal) -> None:
    empty = b'<rss version="2.0"><channel><title>Oasis Review</title></channel></rss>'

    assert found(journal.says("/feed.xml", empty)) == []


def test_relative_links_follow_a_moved_feed(journal: Journal) -> None:
    journal.says("/new/feed.xml", RSS.replace(b"/2024/water", b"water"))
    old = journal.says("/feed.xml", Reply(status=301, headers={"Location": "/new/feed.xml"}))

    assert found(old)[0][0] == journal.url("/new/water.html")


def test_a_feed_kept_in_a_file_starts_at_the_home_page(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(RSS)

    announced = found(str(tmp_path / "feed.xml"), homepage_url="https://oasis.example")

    assert announced[0][0] == "https://oasis.example/2024/water.html"


FAILING = {
    "/gone.xml": (Reply(status=404), "HTTP 404 Not Found"),
    "/page.xml": (
        Reply(b"<!DOCTYPE html><html><body><h1>Welcome</h1><p>to our new site</body></html>"),
        "no feed: it is text/html; charset=utf-8, and starts '<!DOCTYPE html>",
    ),
    "/loop.xml": (Reply(status=302, headers={"Location": "/loop.xml"}), "more than 5 redirects"),
    "/empty.xml": (Reply(b""), "no feed: it is text/html; charset=utf-8, and starts ''"),
    "/binary.xml": (Reply(bytes(range(256)) * 20), "no feed:"),
    "/cut.json": (Reply(b'{"version": "https://jsonfeed.org/version/1", "items": [{"id'), "no fee"),
    "/odd.json": (Reply(b'{"version": "https://jsonfeed.org/version/1", "items": [7]}'), "no feed"),
    "/huge.xml": (Reply(declared_bytes=20_000_000), "20,000,000 bytes, over 10,000,000"),
}


@pytest.mark.parametrize("path", FAILING)
def test_a_bad_feed_is_one_failure_and_the_others_come(journal: Journal, path: str) -> None:
    reply, reason = FAILING[path]
    bad, good = journal.says(path, reply), journal.says("/feed.xml", RSS)

    links, failures = discover(source(bad, good), NOW)

    assert links.height == 4
    ((feed, told),) = failures
    assert feed == f"rss {bad}"
    assert told.startswith(reason)
    assert "\n" not in told


def test_a_missing_feed_file_is_a_failure(tmp_path: Path) -> None:
    _, failures = discover(source(str(tmp_path / "feed.xml")), NOW)

    assert failures[0].reason == f"{tmp_path / 'feed.xml'}: No such file or directory"


def test_the_first_feed_tells_where_a_page_is_any_feed_when(
    journal: Journal, tmp_path: Path
) -> None:
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024/water.html").write_text("<p>Water</p>", encoding="utf-8")
    kept = FilesFeed(kind="files", at=str(tmp_path), base_url=journal.url("/"))
    both = source(journal.says("/feed.xml", RSS))
    both = both.model_copy(update={"feeds": (kept, *both.feeds)})

    links, _ = discover(both, NOW)

    assert links.height == 4
    assert links.row(0) == (
        journal.url("/2024/water.html"),
        str(tmp_path / "2024/water.html"),
        f"files {tmp_path}",
        datetime(2024, 4, 3, tzinfo=UTC),
    )


def test_a_check_shows_what_each_feed_would_give(journal: Journal, tmp_path: Path) -> None:
    good = journal.says("/feed.xml", RSS)
    secret = good.replace("http://", "http://reader:secret@").replace("/feed", "/gone")

    probes = check(source(good, secret))

    assert [(p.kind, p.is_reachable, p.link_count) for p in probes] == [
        ("rss", True, 4),
        ("rss", False, 0),
    ]
    assert probes[0].at == good
    assert probes[0].example_urls[0] == journal.url("/2024/water.html")
    assert len(probes[0].example_urls) == 3
    assert probes[1].problem == "HTTP 404 Not Found"
    assert "secret" not in probes[1].at
