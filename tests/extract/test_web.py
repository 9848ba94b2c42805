"""Pages come as they are, from where they are now, and only if they changed."""

import asyncio
import json
import threading
import time
import zlib
from collections.abc import Mapping

import brotli
import pytest

from etl.extract.web import USER_AGENT, Answer, Ask, online
from tests.extract.visiting import FREE, HASTY, MAX, answer, answers, failure
from tests.servers import Journal, Reply

PAGE = "<p>آب و هوا</p>".encode()


def test_a_page_comes_with_its_bytes_type_and_headers(journal: Journal) -> None:
    headers = {"X-Kept": "yes", "Set-Cookie": "visitor=7"}
    address = journal.says("/a", Reply(PAGE, content_type="text/html", headers=headers, etag='"1"'))

    came = answer(address)

    assert (came.address, came.status, came.content) == (address, 200, PAGE)
    assert (came.content_type, came.failure, came.is_moved) == ("text/html", None, False)
    assert (came.etag, came.last_modified) == ('"1"', None)
    assert came.headers["x-kept"] == "yes"
    assert "set-cookie" not in came.headers
    json.dumps(dict(came.headers))


def test_we_say_who_we_are_and_what_we_can_read(journal: Journal) -> None:
    answer(journal.says("/a", PAGE))

    product, _, version = USER_AGENT.partition("/")
    assert (product, bool(version)) == ("article-warehouse", True)
    assert journal.user_agents == {USER_AGENT}
    assert journal.log[0].headers["Accept-Encoding"] == "gzip, deflate, br"


def test_an_address_keeps_its_query_and_leaves_its_fragment(journal: Journal) -> None:
    journal.answers("/a", lambda query, _: Reply(query.encode()))

    came = answer(journal.url("/a?q=آب&page=2#top"))

    assert came.content == b"q=%D8%A2%D8%A8&page=2"
    assert came.address.endswith("page=2")


def test_a_feed_may_have_a_password_and_no_answer_tells_it(journal: Journal) -> None:
    journal.answers("/a", lambda _, headers: Reply(headers.get("Authorization", "").encode()))
    address = journal.url("/a", "reader:secret@127.0.0.1")

    came = answer(address)

    assert came.content == b"Basic cmVhZGVyOnNlY3JldA=="
    assert came.address == journal.url("/a")
    assert "secret" not in failure(journal.url("/gone", "reader:secret@127.0.0.1"))


MODIFIED = "Mon, 01 Apr 2024 10:00:00 GMT"


@pytest.mark.parametrize("marks", [('"1"', None), (None, MODIFIED), ('"1"', MODIFIED)])
def test_a_page_that_has_not_changed_is_not_sent_again(
    journal: Journal, marks: tuple[str | None, str | None]
) -> None:
    address = journal.says("/a", Reply(PAGE, etag='"1"', last_modified=MODIFIED))

    came = answer(Ask(address, *marks))

    assert came.is_unmodified
    assert (came.status, came.content, came.failure) == (304, None, None)
    assert journal.bodies() == []


def test_a_page_that_has_changed_is_sent_with_its_new_mark(journal: Journal) -> None:
    address = journal.says("/a", Reply(PAGE, etag='"2"'))

    came = answer(Ask(address, etag='"1"'))

    assert (came.content, came.etag, came.is_unmodified) == (PAGE, '"2"', False)


def test_a_mark_that_no_request_can_hold_is_left_out(journal: Journal) -> None:
    address = journal.says("/a", PAGE)

    came = answer(Ask(address, etag='"été"', last_modified="today\r\nX-Evil: 1"))

    assert came.content == PAGE
    assert not {"If-None-Match", "If-Modified-Since", "X-Evil"} & set(journal.log[0].headers)


MOVES: Mapping[str, tuple[tuple[int, ...], bool]] = {
    "for good": ((301, 308), True),
    "for now": ((302,), False),
    "in part": ((301, 307), False),
    "elsewhere": ((303,), False),
}


@pytest.mark.parametrize("name", MOVES)
def test_a_page_that_moved_comes_from_its_new_address(journal: Journal, name: str) -> None:
    statuses, is_moved = MOVES[name]
    for step, status in enumerate(statuses):
        journal.says(f"/{step}", Reply(status=status, headers={"Location": f"{step + 1}"}))
    there = journal.says(f"/{len(statuses)}", Reply(PAGE, etag='"1"'))

    came, unmodified = answers(journal.url("/0"), Ask(journal.url("/0"), etag='"1"'))

    assert (came.address, came.content, came.is_moved) == (there, PAGE, is_moved)
    assert (unmodified.address, unmodified.is_unmodified) == (there, True)


def test_a_cookie_on_the_way_is_shown_where_it_leads_and_to_no_other_page(
    journal: Journal,
) -> None:
    def wall(_: str, headers: Mapping[str, str]) -> Reply:
        if headers.get("Cookie") == "seen=1":
            return Reply(PAGE)
        return Reply(status=302, headers={"Location": "/wall", "Set-Cookie": "seen=1; Path=/"})

    address = journal.answers("/wall", wall)
    other = journal.answers("/b", lambda _, headers: Reply(headers.get("Cookie", "").encode()))

    came = answers(address, other, limits=HASTY._replace(at_once=1, at_once_per_host=1))

    assert [each.content for each in came] == [PAGE, b""]


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "utf-8"])
def test_a_compressed_page_comes_decompressed(journal: Journal, encoding: str) -> None:
    packed = {
        "gzip": zlib.compress(PAGE, wbits=31),
        "deflate": zlib.compress(PAGE, wbits=-15),
        "br": brotli.compress(PAGE),
        "utf-8": PAGE,
    }
    reply = Reply(packed[encoding], headers={"Content-Encoding": encoding})

    assert answer(journal.says("/a", reply)).content == PAGE


def test_answers_come_as_they_come_and_none_is_left_out(journal: Journal) -> None:
    slow = journal.says("/slow", Reply(PAGE, pause_seconds=0.5))
    quick = [journal.says(f"/{n}", PAGE) for n in range(20)]
    asks = [Ask(address) for address in (slow, *quick, quick[0])]

    with online(FREE, HASTY) as web:
        came = list(web.each(asks, MAX))

    assert sorted(index for index, _ in came) == list(range(22))
    assert came[0][0] != 0
    assert all(each.address == asks[index].address for index, each in came)


def test_a_slow_consumer_is_waited_for(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.extract.web.WAITING_BYTES", 10_000)
    asks = [Ask(journal.says(f"/{n}", Reply(b"x" * 9_000))) for n in range(30)]

    with online(FREE, HASTY) as web:
        each = web.each(asks, MAX)
        next(each)
        time.sleep(0.3)
        ahead = len(journal.log)
        rest = list(each)

    assert ahead < 10
    assert len(rest) == 29


def test_whoever_stops_early_leaves_nothing_behind(journal: Journal) -> None:
    asks = [Ask(journal.says("/first", PAGE))]
    asks += [Ask(journal.says(f"/{n}", Reply(PAGE, pause_seconds=20))) for n in range(10)]
    started = time.monotonic()

    with online(FREE, HASTY) as web:
        for index, _ in web.each(asks, MAX):
            assert index == 0
            break
        assert web.get(asks[0], MAX).content == PAGE

    assert time.monotonic() - started < 10
    assert len(journal.log) < len(asks)
    assert not [each for each in threading.enumerate() if each.name.startswith("web")]


def test_leaving_breaks_off_what_no_one_waits_for(journal: Journal) -> None:
    asks = [Ask(journal.says("/first", PAGE))]
    asks += [Ask(journal.says("/last", Reply(PAGE, pause_seconds=20)))]
    started = time.monotonic()

    with online(FREE, HASTY) as web:
        kept = web.each(asks, MAX)
        next(kept)

    assert time.monotonic() - started < 10


def test_an_error_of_the_consumer_is_its_own(journal: Journal) -> None:
    asks = [Ask(journal.says("/first", PAGE)), Ask(journal.says("/b", Reply(pause_seconds=20)))]

    with pytest.raises(ZeroDivisionError), online(FREE, HASTY) as web:
        for _ in web.each(asks, MAX):
            raise ZeroDivisionError

    assert not [each for each in threading.enumerate() if each.name.startswith("web")]


def test_fetching_works_inside_a_running_event_loop(journal: Journal) -> None:
    address = journal.says("/a", PAGE)

    async def inside() -> Answer:
        return answer(address)

    assert asyncio.run(inside()).content == PAGE


def test_several_threads_share_one_web(journal: Journal) -> None:
    addresses = [journal.says(f"/{n}", f"{n}".encode()) for n in range(40)]
    came: dict[int, list[bytes | None]] = {}

    with online(FREE, HASTY) as web:

        def work(part: int) -> None:
            asks = [Ask(address) for address in addresses[part::4]]
            came[part] = [each.content for _, each in sorted(web.each(asks, MAX))]

        threads = [threading.Thread(target=work, args=(part,)) for part in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert came == {p: [f"{n}".encode() for n in range(p, 40, 4)] for p in range(4)}
    assert journal.most_at_once[f"127.0.0.1:{journal.port}"] <= HASTY.at_once_per_host


def test_nothing_to_get_is_got_at_once() -> None:
    with online() as web:
        assert list(web.each([], MAX)) == []
