"""Hosts are asked as they wish, seldom and not for long, and nothing they forbid."""

import time
from collections.abc import Mapping

import pytest

from etl.extract.web import Answer, Ask, Limits, online
from etl.sources.feeds import Visits
from tests.extract.visiting import FREE, HASTY, MAX, answer, answers, closed_port, failure
from tests.servers import Journal, Reply

PAGE = b"<p>here</p>"

POLITE = Visits(allow_private=True, delay_seconds=0)
"""robots.txt is asked, but time is not lost."""

ONE = HASTY._replace(at_once_per_host=1)


def rules(*lines: str) -> Reply:
    """A robots.txt."""
    return Reply("\n".join(lines).encode(), content_type="text/plain")


def visit(*asks: Ask | str, visits: Visits = POLITE, limits: Limits = HASTY) -> list[Answer]:
    """The answers of polite visits."""
    return answers(*asks, visits=visits, limits=limits)


def are_apart(journal: Journal, started: float, seconds: float) -> bool:
    """Whether each request came so many seconds after the one before was due, or later."""
    return all(asked.at - started >= n * seconds for n, asked in enumerate(journal.log))


ROBOTS: Mapping[str, tuple[tuple[str, ...], str, bool]] = {
    "all": (("User-agent: *", "Disallow: /"), "/a", False),
    "part": (("User-agent: *", "Disallow: /private/"), "/private/a", False),
    "other part": (("User-agent: *", "Disallow: /private/"), "/a", True),
    "wildcard": (("User-agent: *", "Disallow: /*?print=*"), "/a?print=1", False),
    "end": (("User-agent: *", "Disallow: /*.pdf$"), "/a.pdf?x=1", True),
    "exception": (("User-agent: *", "Disallow: /a/", "Allow: /a/b"), "/a/b", True),
    "by name": (("User-agent: Article-Warehouse", "Disallow: /"), "/a", False),
    "others by name": (("User-agent: otherbot", "Disallow: /"), "/a", True),
    "our own": (
        ("User-agent: *", "Disallow: /", "User-agent: article-warehouse", "Allow: /"),
        "/a",
        True,
    ),
    "empty": ((), "/a", True),
    "a page": (("<!doctype html>", "<p>Disallow: no such page</p>"), "/a", True),
    "escaped": (("User-agent: *", "Disallow: /آب"), "/%D8%A2%D8%A8", False),
}


@pytest.mark.parametrize("name", ROBOTS)
def test_robots_txt_is_obeyed(journal: Journal, name: str) -> None:
    lines, path, is_allowed = ROBOTS[name]
    journal.says("/robots.txt", rules(*lines))

    came = visit(journal.says(path, PAGE))[0]

    if is_allowed:
        assert came.content == PAGE
    else:
        bare = path.partition("?")[0].replace("%D8%A2%D8%A8", "آب")
        reason = f"robots: robots.txt of 127.0.0.1 forbids {bare} to article-warehouse"
        assert came.failure == reason
        assert journal.requests[path] == 0


def test_robots_txt_is_read_once_and_by_origin(journal: Journal) -> None:
    journal.says("/robots.txt", rules("User-agent: *", "Disallow: /b"))
    addresses = [journal.says(f"/{name}", PAGE) for name in "abcd"]

    with online(POLITE, HASTY) as web:
        first = dict(web.each([Ask(address) for address in addresses], MAX))
        again = web.get(Ask(addresses[1]), MAX)
        other = web.get(Ask(journal.url("/a", "localhost")), MAX)

    assert [bool(first[index].content) for index in range(4)] == [True, False, True, True]
    assert str(again.failure).startswith("robots: ")
    assert other.content == PAGE
    assert journal.requests["/robots.txt"] == 2


def test_robots_txt_is_asked_about_every_step(journal: Journal) -> None:
    journal.says("/robots.txt", rules("User-agent: *", "Disallow: /private/"))
    journal.says("/private/a", PAGE)
    address = journal.says("/a", Reply(status=302, headers={"Location": "/private/a"}))

    came = visit(address)[0]

    assert str(came.failure).startswith("robots: robots.txt of 127.0.0.1 forbids /private/a ")
    assert journal.requests["/private/a"] == 0


def test_what_a_person_wrote_down_is_not_asked_about_but_where_it_leads_is(
    journal: Journal,
) -> None:
    journal.says("/robots.txt", rules("User-agent: *", "Disallow: /"))
    near = journal.says("/near", Reply(status=302, headers={"Location": "/feed"}))
    far_place = journal.url("/feed", "localhost")
    far = journal.says("/far", Reply(status=302, headers={"Location": far_place}))
    journal.says("/feed", PAGE)

    came = visit(Ask(near, is_given=True), Ask(far, is_given=True), near)

    assert came[0].content == PAGE
    assert str(came[1].failure).startswith("robots: robots.txt of localhost forbids /feed ")
    assert str(came[2].failure).startswith("robots: robots.txt of 127.0.0.1 forbids /near ")


def test_robots_txt_of_a_site_of_ones_own_need_not_be_asked(journal: Journal) -> None:
    journal.says("/robots.txt", rules("User-agent: *", "Disallow: /"))

    assert answer(journal.says("/a", PAGE), visits=FREE).content == PAGE
    assert journal.requests["/robots.txt"] == 0


def to(location: str) -> Reply:
    """A redirect."""
    return Reply(status=301, headers={"Location": location})


UNREAD = "could not be read ({}), so nothing is asked of it"

ODD_ROBOTS: Mapping[str, tuple[tuple[Reply, ...], str | None]] = {
    "missing": ((Reply(status=404),), None),
    "forbidden": ((Reply(status=403),), None),
    "nothing": ((Reply(status=204),), None),
    "moved": ((to("/rules.txt"),), "forbids /a to article-warehouse"),
    "circle": ((to("/robots.txt"),), None),
    "down": ((Reply(status=503),), UNREAD.format("HTTP 503 Service Unavailable")),
    "down for a moment": ((Reply(status=503), Reply(status=404)), None),
    "too busy": ((Reply(status=429),), UNREAD.format("HTTP 429 Too Many Requests")),
    "silent": (
        (Reply(b"x", pause_seconds=9),),
        UNREAD.format("no answer from 127.0.0.1 for 0.5 s; given up after 2 tries"),
    ),
    "huge": (
        (Reply(b"User-agent: *\nDisallow: /a\n" + b"# much\n" * 99_999 + b"Allow: /a\n"),),
        "forbids /a to article-warehouse",
    ),
}


@pytest.mark.parametrize("name", ODD_ROBOTS)
def test_a_robots_txt_that_does_not_come_forbids_all_or_nothing(
    journal: Journal, name: str
) -> None:
    replies, reason = ODD_ROBOTS[name]
    journal.says("/robots.txt", *replies)
    journal.says("/rules.txt", rules("User-agent: *", "Disallow: /a"))
    address = journal.says("/a", PAGE)

    came = visit(address, limits=HASTY._replace(silence_seconds=0.5 if name == "silent" else 9))[0]

    if reason is None:
        assert came.content == PAGE
    else:
        assert came.failure == f"robots: robots.txt of 127.0.0.1 {reason}"
        assert journal.requests["/a"] == 0


def test_a_dead_host_is_dead_and_not_forbidding() -> None:
    dead = f"http://127.0.0.1:{closed_port()}"

    came = visit(*(f"{dead}/{n}" for n in range(9)), "http://journal.invalid/", limits=ONE)

    outcomes = [str(each.failure).partition(": ")[0] for each in came]
    assert outcomes == ["connection"] * 5 + ["postponed"] * 4 + ["dns"]


def test_robots_txt_names_sitemaps(journal: Journal) -> None:
    lines = ("Sitemap: https://oasis.example/a.xml", "User-agent: *", "sitemap: /b.xml.gz")
    journal.says("/robots.txt", rules(*lines))

    with online(POLITE, HASTY) as web:
        assert web.sitemaps(journal.url("/a/b")) == ["https://oasis.example/a.xml", "/b.xml.gz"]
        assert web.sitemaps(f"http://127.0.0.1:{closed_port()}/") == []
        assert web.sitemaps("no address") == []


def test_a_pause_is_made_between_two_requests_to_a_host(journal: Journal) -> None:
    steps = [journal.says(f"/{n}", to(f"/{n + 1}")) for n in range(2)]
    addresses = [*steps[:1], *(journal.says(f"/{n}", PAGE) for n in range(2, 4))]

    started = time.monotonic()

    came = visit(*addresses, visits=POLITE.model_copy(update={"delay_seconds": 0.15}))

    assert all(each.content == PAGE for each in came)
    assert len(journal.log) == 6
    assert are_apart(journal, started, 0.15)


def test_one_host_waits_for_no_other(journal: Journal) -> None:
    near = [journal.says(f"/{n}", PAGE) for n in range(3)]
    far = [journal.url(f"/{n}", "localhost") for n in range(3)]

    visit(*near, *far, visits=POLITE.model_copy(update={"delay_seconds": 0.3}))

    assert len({asked.headers["Host"] for asked in journal.log[:4]}) == 2


def test_a_crawl_delay_counts_if_it_is_longer(journal: Journal) -> None:
    journal.says("/robots.txt", rules("User-agent: *", "Crawl-delay: 0.3"))
    started = time.monotonic()

    came = visit(*(journal.says(f"/{n}", PAGE) for n in range(4)))

    assert all(each.content == PAGE for each in came)
    del journal.log[0]  # the first page need not wait for it
    assert are_apart(journal, started, 0.3)


def test_pages_that_a_crawl_delay_pushes_out_of_the_run_are_postponed(journal: Journal) -> None:
    journal.says("/robots.txt", rules("User-agent: *", "Crawl-delay: 3600"))
    started = time.monotonic()

    came = visit(*(journal.says(f"/{n}", PAGE) for n in range(4)))

    assert sorted(each.failure or "" for each in came) == [""] + 3 * [
        "postponed: the 1,800 s of a run are used up, as robots.txt of 127.0.0.1 asks for 3600 s "
        "between pages; the next run goes on"
    ]
    assert time.monotonic() - started < 10


def test_pages_that_do_not_fit_into_the_time_of_a_run_are_postponed(journal: Journal) -> None:
    pages = [journal.says(f"/{n}", Reply(PAGE, pause_seconds=0.8)) for n in range(30)]

    came = answers(*pages, limits=HASTY._replace(run_seconds=1.6))

    fetched = [each for each in came if each.content]
    assert 1 <= len(fetched) <= 4
    assert {each.failure for each in came if not each.content} == {
        "postponed: the 2 s of a run are used up; the next run goes on"
    }


def test_so_many_pages_of_a_host_are_fetched_and_the_rest_is_postponed(journal: Journal) -> None:
    journal.says("/robots.txt", rules("User-agent: *", "Disallow: /x"))
    pages = [journal.says(f"/{n}", PAGE) for n in range(5)]
    forbidden, other = journal.url("/x"), journal.url("/0", "localhost")
    visits = POLITE.model_copy(update={"pages_per_run": 3})

    with online(visits, ONE) as web:
        assert web.get(Ask(pages[0]), MAX).content == PAGE  # a document of a feed
        came = dict(web.each([Ask(a) for a in (forbidden, *pages, other)], MAX))

    assert str(came[0].failure).startswith("robots: ")
    assert [bool(came[index].content) for index in (1, 2, 3, 6)] == [True] * 4
    assert {came[index].failure for index in (4, 5)} == {
        "postponed: 3 pages of 127.0.0.1 were fetched in this run, the limit "
        "visits.pages_per_run; the next run goes on"
    }


def test_few_pages_are_asked_for_at_once_and_fewer_of_one_host(journal: Journal) -> None:
    for n in range(8):
        journal.says(f"/{n}", Reply(PAGE, pause_seconds=0.05))
    hosts = ("127.0.0.1", "localhost")

    came = answers(*(journal.url(f"/{n}", host) for n in range(8) for host in hosts))

    assert all(each.content == PAGE for each in came)
    assert len(journal.most_at_once) == 2
    assert max(journal.most_at_once.values()) == 2


def test_a_host_that_keeps_failing_is_left_alone_and_no_other(journal: Journal) -> None:
    dead = [f"http://127.0.0.1:{closed_port()}/{n}" for n in range(4)]
    good = journal.says("/a", PAGE).replace("127.0.0.1", "localhost")

    came = answers(*dead, good, limits=ONE._replace(host_failures=2))

    assert came[4].content == PAGE
    assert [str(each.failure).partition(": ")[0] for each in came[:2]] == ["connection"] * 2
    assert [each.failure for each in came[2:4]] == [
        "postponed: not tried: 127.0.0.1 failed 2 pages in a row"
    ] * 2


def test_missing_pages_do_not_count_against_a_host(journal: Journal) -> None:
    missing = [journal.url(f"/missing/{n}") for n in range(6)]

    *_, good = answers(*missing, journal.says("/a", PAGE), limits=ONE._replace(host_failures=2))

    assert good.content == PAGE


def test_the_defaults_are_polite(journal: Journal) -> None:
    assert failure(journal.says("/a", PAGE), visits=Visits()).startswith("refused: ")
    assert journal.log == []


def test_a_robots_txt_that_was_read_of_late_is_not_asked_for(journal: Journal) -> None:
    journal.says("/robots.txt", rules("User-agent: *", "Disallow: /a"))
    journal.says("/a", b"<p>page</p>")
    visits = Visits(allow_private=True, delay_seconds=0)

    with online(visits, HASTY) as web:
        first = web.get(Ask(journal.url("/a")), MAX)
        texts = web.robots()
    with online(visits, HASTY, texts) as web:
        again = web.get(Ask(journal.url("/a")), MAX)

    assert first.failure == again.failure
    assert str(again.failure).startswith("robots: ")
    assert journal.requests["/robots.txt"] == 1


def test_a_site_without_robots_txt_is_not_asked_for_it_again(journal: Journal) -> None:
    journal.says("/a", b"<p>page</p>")
    visits = Visits(allow_private=True, delay_seconds=0)

    for kept in ({}, {journal.url(""): ""}):
        with online(visits, HASTY, kept) as web:
            assert web.get(Ask(journal.url("/a")), MAX).content == b"<p>page</p>"
            assert web.robots() == ({} if kept else {journal.url(""): ""})

    assert journal.requests["/robots.txt"] == 1
