"""Pages that do not come say why in one line, and the others come."""

import gzip
import socket
import struct
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import NamedTuple

import brotli
import pytest

from etl.extract.web.gate import Limits
from etl.schema.ops import OUTCOMES, UNFETCHED
from tests.extract.visiting import (
    HASTY,
    answer,
    answers,
    closed_port,
    failure,
    request_head,
    talking,
)
from tests.servers import Journal, Reply


class Case(NamedTuple):
    """A wayward page."""

    replies: tuple[Reply, ...]
    failure: str
    status: int | None
    tries: int = 1
    limits: Limits = HASTY


def to(location: str, status: int = 302) -> Reply:
    """A redirect."""
    return Reply(status=status, headers={"Location": location})


def packed(body: bytes, encoding: str) -> Reply:
    """A reply that says how it is compressed."""
    return Reply(body, headers={"Content-Encoding": encoding})


BOMB = b"x" * 50_000_000
OVER = "over 100,000; raise ETL_MAX_PAGE_BYTES, or leave the page out of its feed"
SILENT = HASTY._replace(silence_seconds=0.6)
BRIEF = HASTY._replace(page_seconds=1.5)

WAYWARD: Mapping[str, Case] = {
    "missing": Case((Reply(status=404),), "gone: HTTP 404 Not Found", 404),
    "removed": Case((Reply(status=410),), "gone: HTTP 410 Gone", 410),
    "forbidden": Case((Reply(status=403),), "http_status: HTTP 403 Forbidden", 403),
    "odd": Case((Reply(status=799),), "http_status: HTTP 799", 799),
    "nothing": Case((Reply(status=204),), "http_status: HTTP 204 No Content", 204),
    "part": Case((Reply(b"x", status=206),), "http_status: HTTP 206 Partial Content", 206),
    "unasked": Case(
        (Reply(status=304, declared_bytes=-1),),
        "http_status: HTTP 304 Not Modified, though any answer was asked for",
        304,
    ),
    "loop": Case((to("/loop"),), "redirects: in a circle: /loop -> /loop", 302),
    "nowhere": Case((Reply(status=302),), "redirects: HTTP 302 Found without a Location", 302),
    "garbled place": Case(
        (to("http://[::1"),), "redirects: to 'http://[::1', which is no addr", 302
    ),
    "away": Case(
        (to("file:///etc/passwd"),),
        "refused: redirected to file:///etc/passwd, which is no http(s) address",
        302,
    ),
    "down": Case(
        (Reply(status=503),),
        "http_status: HTTP 503 Service Unavailable; given up after 2 tries",
        503,
        tries=2,
    ),
    "later": Case(
        (Reply(status=429, headers={"Retry-After": "3600"}),),
        "http_status: HTTP 429 Too Many Requests; asks to be left alone for 3,600 s",
        429,
    ),
    "drip": Case(
        (Reply(b"x" * 500, pause_seconds=0.1, piece_bytes=1),),
        "timeout: no whole answer from 127.0.0.1 in 1.5 s",
        None,
        limits=BRIEF,
    ),
    "silent": Case(
        (Reply(b"x", pause_seconds=9),),
        "timeout: no answer from 127.0.0.1 for 0.6 s; given up after 2 tries",
        None,
        tries=2,
        limits=SILENT,
    ),
    "cut": Case(
        (Reply(b"half a page", declared_bytes=1_000),),
        "truncated: 127.0.0.1 broke off after 11 of 1,000 bytes; given up after 2 tries",
        None,
        tries=2,
    ),
    "cut gzip": Case(
        (
            Reply(
                gzip.compress(b"page" * 99)[:-9],
                declared_bytes=-1,
                headers={"Content-Encoding": "gzip"},
            ),
        ),
        "truncated: the gzip data ends in the middle, after ",
        None,
        tries=2,
    ),
    "declared": Case(
        (Reply(declared_bytes=30_000_000),), f"too_large: 30,000,000 bytes, {OVER}", 200
    ),
    "endless": Case((Reply(BOMB, declared_bytes=-1),), f"too_large: more bytes, {OVER}", 200),
    "gzip bomb": Case(
        (packed(gzip.compress(BOMB), "gzip"),), f"too_large: more bytes, {OVER}", 200
    ),
    "brotli bomb": Case(
        (packed(brotli.compress(BOMB, quality=3), "br"),), f"too_large: more bytes, {OVER}", 200
    ),
    "garbled": Case(
        (packed(b"no gzip", "gzip"),),
        "fetch_failed: the body is no gzip, though it says so: ",
        None,
    ),
    "unknown": Case(
        (packed(b"(\xb5/\xfd", "zstd"),),
        "fetch_failed: Content-Encoding 'zstd', where gzip, deflate, br were asked for",
        None,
    ),
}


@pytest.mark.parametrize("name", WAYWARD)
def test_a_wayward_page_says_why_and_the_others_come(journal: Journal, name: str) -> None:
    case = WAYWARD[name]
    bad = f"/{name.replace(' ', '-')}"
    addresses = (
        journal.says("/first", b"<p>1</p>"),
        journal.says(bad, *case.replies),
        journal.says("/last", b"<p>2</p>"),
    )

    first, came, last = answers(*addresses, limits=case.limits)

    assert (first.content, last.content) == (b"<p>1</p>", b"<p>2</p>")
    assert str(came.failure).startswith(case.failure)
    assert (came.content, came.status, came.address) == (None, case.status, addresses[1])
    assert str(came.failure).partition(": ")[0] in (*UNFETCHED, "postponed")
    assert journal.requests[bad] == case.tries


def test_every_outcome_of_a_page_is_one_of_a_run() -> None:
    assert {*UNFETCHED, "postponed"} <= set(OUTCOMES)


@pytest.mark.parametrize(("steps", "comes"), [(5, True), (6, False)])
def test_five_redirects_are_followed(journal: Journal, steps: int, comes: bool) -> None:
    for step in range(steps):
        journal.says(f"/{step}", to(f"/{step + 1}"))
    journal.says(f"/{steps}", b"<p>here</p>")

    came = answer(journal.url("/0"))

    assert (came.failure is None) == comes
    if not comes:
        last = journal.url("/6")
        assert came.failure == f"redirects: more than 5 redirects, the last to {last}"


def test_a_circle_shows_its_way(journal: Journal) -> None:
    address = journal.says("/a", to("/b", 301))
    journal.says("/b", to("/c"))
    journal.says("/c", to(journal.url("/b")))

    assert failure(address) == "redirects: in a circle: /b -> /c -> /b"


def test_a_redirect_that_ends_badly_says_where(journal: Journal) -> None:
    there = journal.url("/gone")

    came = answer(journal.says("/a", to("/gone")))

    assert came.failure == f"gone: HTTP 404 Not Found; redirected to {there}"
    assert came.address == there


def test_a_body_longer_than_declared_is_cut_and_harms_no_other(journal: Journal) -> None:
    long = journal.says("/a", Reply(b"<p>here</p>HTTP/1.1 200 OK\r\n\r\nevil", declared_bytes=11))
    others = [journal.says(f"/{n}", f"{n}".encode()) for n in range(5)]

    came, *rest = answers(long, *others)

    assert came.content == b"<p>here</p>"
    assert [each.content for each in rest] == [f"{n}".encode() for n in range(5)]


WAITING: Mapping[str, Reply] = {
    "without a time": Reply(status=503),
    "seconds": Reply(status=429, headers={"Retry-After": "1"}),
    "nonsense": Reply(status=503, headers={"Retry-After": "soon"}),
    "past": Reply(status=503, headers={"Retry-After": "Mon, 01 Apr 2024 10:00:00 GMT"}),
    "cut": Reply(b"half", declared_bytes=99),
    "timed out": Reply(status=504),
    "early": Reply(status=425),
}


@pytest.mark.parametrize("name", WAITING)
def test_what_may_pass_is_tried_again(journal: Journal, name: str) -> None:
    address = journal.says("/a", WAITING[name], Reply(b"<p>here</p>"))

    assert answer(address).content == b"<p>here</p>"
    assert journal.requests["/a"] == 2
    if name == "seconds":
        assert journal.log[1].at - journal.log[0].at >= 1


def test_a_host_that_asks_for_a_pause_gets_it_for_all_its_pages(journal: Journal) -> None:
    busy = Reply(status=429, headers={"Retry-After": "1"})
    first = journal.says("/a", busy, Reply(b"<p>here</p>"))
    others = [journal.says(f"/{n}", b"<p>here</p>") for n in range(3)]

    came = answers(first, *others, limits=HASTY._replace(at_once_per_host=1))

    assert all(each.content for each in came)
    assert journal.log[1].at - journal.log[0].at >= 1


def test_a_server_that_names_an_hour_far_away_is_left_alone(journal: Journal) -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
    address = journal.says("/a", Reply(status=503, headers={"Retry-After": until}))

    assert "; asks to be left alone for 7," in failure(address)
    assert journal.requests["/a"] == 1


def reset(connection: socket.socket) -> None:
    """Reset a connection as soon as it has asked."""
    request_head(connection)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def hang_up(connection: socket.socket) -> None:
    """Close a connection without a word."""
    request_head(connection)


def speak_ssh(connection: socket.socket) -> None:
    """Say something else."""
    request_head(connection)
    connection.sendall(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")


RUDE: Mapping[str, tuple[Callable[[socket.socket], None], str]] = {
    "reset": (reset, "connection: 127.0.0.1 closed the connection before it answered; given up"),
    "hang up": (hang_up, "connection: 127.0.0.1 closed the connection before it answered; given"),
    "ssh": (speak_ssh, "connection: 127.0.0.1 does not answer in HTTP: "),
}


@pytest.mark.parametrize("name", RUDE)
def test_a_server_that_does_not_answer_says_so(journal: Journal, name: str) -> None:
    talk, reason = RUDE[name]

    with talking(talk) as port:
        assert failure(f"http://127.0.0.1:{port}/").startswith(reason)


def test_hosts_that_cannot_be_reached_say_why() -> None:
    no_port, no_name = f"http://127.0.0.1:{closed_port()}/", "http://journal.invalid/"

    closed, unknown, too_long = answers(no_port, no_name, f"http://{'x' * 70}.example/")

    tried = "; given up after 2 tries"
    assert closed.failure == f"connection: no connection to 127.0.0.1: Connection refused{tried}"
    assert str(unknown.failure).startswith("dns: journal.invalid has no address: ")
    assert str(too_long.failure).startswith(("dns: ", "refused: "))


@pytest.mark.parametrize(
    "address",
    ["", "http://", "https://exa mple.org:x/", "ftp://oasis.example/", "file:///a", "/a", "about:"],
)
def test_what_is_no_address_fails_alone(journal: Journal, address: str) -> None:
    good = journal.says("/a", b"<p>here</p>")

    bad, came = answers(address, good)

    assert str(bad.failure).startswith(f"refused: {address or 'nothing'}: ")
    assert bad.status is None
    assert came.content == b"<p>here</p>"
