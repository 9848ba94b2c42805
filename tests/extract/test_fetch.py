"""Pages come as they are, or say in one line why they do not."""

import asyncio
import gzip
import socket
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from etl.extract import Limits, fetch
from etl.schema import frames
from tests.servers import Journal, Reply

NOW = datetime(2024, 5, 1, tzinfo=UTC)
SHORT = Limits(page_seconds=1.0, silence_seconds=0.4, backoff_seconds=0.02, retry_after_seconds=2)
MAX = 100_000

NOTHING_KNOWN = frames.KNOWN.to_frame()


def links(*locations: str, announced_at: datetime | None = None) -> pl.DataFrame:
    """Links whose URLs are their locations."""
    rows = [(where, where, "rss https://oasis.example/feed", announced_at) for where in locations]
    return pl.DataFrame(rows, schema=frames.LINKS, orient="row")


def fetched(*locations: str, limits: Limits = SHORT) -> dict[str, dict[str, object]]:
    """Rows of the raw frame by URL, nothing known before."""
    raw = fetch(links(*locations), NOTHING_KNOWN, NOW, MAX, limits)
    assert raw.schema == frames.RAW
    assert raw["url"].to_list() == list(locations)
    return {row["url"]: row for row in raw.to_dicts()}


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def closed_port() -> int:
    """A port no one listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def test_a_page_comes_with_its_bytes_and_their_hash(journal: Journal) -> None:
    page = "<p>آب و هوا</p>".encode()
    address = journal.says("/a", Reply(page, content_type="text/html; charset=utf-8"))

    row = fetched(address)[address]

    assert row == {
        "url": address,
        "fetched_at": NOW,
        "status": 200,
        "content_type": "text/html; charset=utf-8",
        "content": page,
        "content_hash": digest(page),
        "failure": None,
    }


WAYWARD: Mapping[str, tuple[tuple[Reply, ...], str]] = {
    "/missing": ((Reply(status=404),), "fetch_failed: HTTP 404 Not Found"),
    "/odd": ((Reply(status=799),), "fetch_failed: HTTP 799"),
    "/nothing": ((Reply(status=204),), "fetch_failed: HTTP 204 No Content"),
    "/loop": (
        (Reply(status=302, headers={"Location": "/loop"}),),
        "fetch_failed: more than 5 redirects",
    ),
    "/away": (
        (Reply(status=302, headers={"Location": "file:///etc/passwd"}),),
        "fetch_failed: not an http(s) address, or redirected to one that is not",
    ),
    "/drip": (
        (Reply(b"x" * 500, pause_seconds=0.1, piece_bytes=1),),
        "fetch_failed: no complete answer in 1 s",
    ),
    "/silent": (
        (Reply(b"x", pause_seconds=5),),
        "fetch_failed: no answer for 0.4 s (ReadTimeout) after 2 tries",
    ),
    "/down": (
        (Reply(status=503),),
        "fetch_failed: HTTP 503 Service Unavailable after 2 tries",
    ),
    "/later": (
        (Reply(status=429, headers={"Retry-After": "3600"}),),
        "fetch_failed: HTTP 429 Too Many Requests after 1 try, asks to wait 3,600 s",
    ),
    "/cut": (
        (Reply(b"half a page", declared_bytes=1_000),),
        "fetch_failed: RemoteProtocolError: peer closed connection",
    ),
    "/declared": (
        (Reply(declared_bytes=30_000_000),),
        "too_large: 30,000,000 bytes, over 100,000; raise ETL_MAX_PAGE_BYTES",
    ),
    "/endless": (
        (Reply(b"x" * (MAX + 1), declared_bytes=-1),),
        "too_large: more bytes, over 100,000; raise ETL_MAX_PAGE_BYTES",
    ),
    "/bomb": (
        (Reply(gzip.compress(b"x" * 5_000_000), headers={"Content-Encoding": "gzip"}),),
        "too_large: more bytes, over 100,000",
    ),
    "/garbled": (
        (Reply(b"no gzip", headers={"Content-Encoding": "gzip"}),),
        "fetch_failed: DecodingError: ",
    ),
}


@pytest.mark.parametrize("path", WAYWARD)
def test_a_page_that_fails_says_why_and_the_others_come(journal: Journal, path: str) -> None:
    replies, failure = WAYWARD[path]
    first, bad, last = (
        journal.says("/first", b"<p>1</p>"),
        journal.says(path, *replies),
        journal.says("/last", b"<p>2</p>"),
    )

    rows = fetched(first, bad, last, limits=SHORT._replace(tries=2))

    assert (rows[first]["content"], rows[last]["content"]) == (b"<p>1</p>", b"<p>2</p>")
    assert str(rows[bad]["failure"]).startswith(failure)
    assert rows[bad]["content"] is rows[bad]["content_hash"] is None


WAITING: Mapping[str, Mapping[str, str]] = {
    "without_a_time": {},
    "seconds": {"Retry-After": "1"},
    "nonsense": {"Retry-After": "soon"},
    "past": {"Retry-After": "Mon, 01 Apr 2024 10:00:00 GMT"},
}


@pytest.mark.parametrize("name", WAITING)
def test_a_busy_server_is_asked_again(journal: Journal, name: str) -> None:
    busy = Reply(status=503, headers=WAITING[name])
    address = journal.says("/a", busy, Reply(b"<p>here</p>"))

    row = fetched(address, limits=SHORT._replace(page_seconds=5))[address]

    assert row["content"] == b"<p>here</p>"
    assert journal.requests["/a"] == 2


def test_a_server_that_names_an_hour_far_away_is_left_alone(journal: Journal) -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
    address = journal.says("/a", Reply(status=503, headers={"Retry-After": until}))

    row = fetched(address)[address]

    assert journal.requests["/a"] == 1
    assert "after 1 try, asks to wait 7," in str(row["failure"])


def test_an_unreachable_host_fails_and_is_soon_left_alone(journal: Journal) -> None:
    dead = [f"http://127.0.0.1:{closed_port()}/{n}" for n in range(4)]
    unknown = "http://journal.invalid/a"
    good = journal.says("/a", b"<p>here</p>").replace("127.0.0.1", "localhost")
    limits = SHORT._replace(host_failures=2, at_once_per_host=1)

    rows = fetched(*dead, unknown, good, limits=limits)

    assert rows[good]["content"] == b"<p>here</p>"
    reasons = [str(rows[address]["failure"]) for address in dead]
    assert all(r.startswith("fetch_failed: ConnectError: ") for r in reasons[:2])
    assert all(r.endswith(" after 3 tries") for r in reasons[:2])
    assert set(reasons[2:]) == {"fetch_failed: not tried: 127.0.0.1 failed 2 pages in a row"}
    assert str(rows[unknown]["failure"]).startswith("fetch_failed: ConnectError: ")


def test_missing_pages_do_not_shut_a_host(journal: Journal) -> None:
    missing = [journal.url(f"/missing/{n}") for n in range(6)]
    good = journal.says("/a", b"<p>here</p>")

    rows = fetched(*missing, good, limits=SHORT._replace(host_failures=2))

    assert rows[good]["content"] == b"<p>here</p>"


def test_addresses_that_are_none_fail_alone(journal: Journal) -> None:
    good = journal.says("/a", b"<p>here</p>")

    rows = fetched("http://", "https://exa mple.org:x/", good)

    assert [row["failure"] is None for row in rows.values()] == [False, False, True]


def test_few_pages_are_asked_for_at_once_and_fewer_of_one_host(journal: Journal) -> None:
    for n in range(8):
        journal.says(f"/{n}", Reply(b"<p>page</p>", pause_seconds=0.05))
    addresses = [
        journal.url(f"/{n}", host) for n in range(8) for host in ("127.0.0.1", "localhost")
    ]

    rows = fetched(*addresses, limits=SHORT._replace(page_seconds=5))

    assert all(row["failure"] is None for row in rows.values())
    assert len(journal.most_at_once) == 2
    assert max(journal.most_at_once.values()) <= 2


def test_fetching_works_inside_a_running_event_loop(journal: Journal) -> None:
    address = journal.says("/a", b"<p>here</p>")

    async def inside() -> pl.DataFrame:
        return fetch(links(address), NOTHING_KNOWN, NOW, MAX, SHORT)

    assert asyncio.run(inside())["content"].to_list() == [b"<p>here</p>"]


def test_files_are_read_and_bad_ones_fail_alone(tmp_path: Path) -> None:
    for name, content in {
        "a.html": b"<p>here</p>",
        "b.TXT": b"here",
        "empty.html": b"",
        "huge.html": b"x" * (MAX + 1),
        "exact.bin": b"x" * MAX,
    }.items():
        (tmp_path / name).write_bytes(content)
    names = ("a.html", "b.TXT", "empty.html", "huge.html", "exact.bin", "gone.html")

    rows = list(fetched(*(str(tmp_path / name) for name in names)).values())

    assert [row["content"] for row in rows[:3]] == [b"<p>here</p>", b"here", b""]
    assert [row["content_type"] for row in rows[:3]] == ["text/html", "text/plain", "text/html"]
    assert [row["failure"] for row in rows] == [
        None,
        None,
        None,
        "too_large: 100,001 bytes, over 100,000; raise ETL_MAX_PAGE_BYTES, or leave the page "
        "out of its feed",
        None,
        "fetch_failed: file not read: No such file or directory",
    ]
