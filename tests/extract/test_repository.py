"""A list is followed to its end, and no answer of a repository does harm."""

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest

from etl.errors import FetchFailed
from etl.extract.feeds import oai, repository
from etl.extract.feeds.asking import Asker
from etl.extract.web import Limits, online
from etl.sources import OaiFeed, Source
from tests.extract.feeds import AT_HOME, NOW, urls
from tests.extract.repositories import (
    SPACE,
    asked,
    error,
    harvested,
    identify,
    listed,
    page,
    plays,
    record,
)
from tests.servers import Journal, Reply


def test_a_list_is_followed_to_its_end(journal: Journal) -> None:
    at = plays(
        journal,
        {
            "list": page(*listed("a", "b"), token="one/&two"),
            "one/&two": page(*listed("c"), token="3"),
            "3": page(*listed("d"), token=""),
            "Identify": identify(),
        },
    )

    announced = harvested(at)

    assert urls(announced) == [f"https://oasis.example/{name}" for name in "abcd"]
    assert announced.links[0].announced_at == datetime(2024, 4, 2, 8, tzinfo=UTC)
    assert announced.links[0].is_live
    assert asked(journal) == [
        {"verb": "ListRecords", "metadataPrefix": "oai_dc"},
        {"verb": "ListRecords", "resumptionToken": "one/&two"},
        {"verb": "ListRecords", "resumptionToken": "3"},
        {"verb": "Identify"},
    ]


def test_an_endpoint_keeps_what_it_needs_and_loses_what_a_browser_left(journal: Journal) -> None:
    journal.answers("/index.php", lambda query, headers: page(*listed("a")))

    harvested(journal.url("/index.php?journal=oasis&page=oai&verb=Identify#top"))

    assert journal.log[0].path == (
        "/index.php?journal=oasis&page=oai&verb=ListRecords&metadataPrefix=oai_dc"
    )


def test_a_token_that_comes_twice_ends_the_list(journal: Journal) -> None:
    at = plays(
        journal,
        {"list": page(*listed("a"), token="1"), "1": page(*listed("b"), token="1")},
    )

    announced = harvested(at)

    assert [link.url[-1] for link in announced.links] == ["a", "b"]
    assert announced.problems == [
        "after page 2 of the list: the list leads in a circle: token '1' came twice; what came "
        "is kept, the next harvest starts over"
    ]
    assert announced.read == ()
    assert len(journal.log) == 2


def test_a_list_without_end_is_left(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repository, "MAX_PAGES", 5)

    def says(query: str, headers: Mapping[str, str]) -> Reply:
        """One more page, whatever is asked."""
        number = int(parse_qs(query).get("resumptionToken", ["0"])[0]) + 1
        return page(*listed(str(number)), token=str(number))

    announced = harvested(journal.answers("/oai", says))

    assert len(announced.links) == len(journal.log) == 5
    assert "the list has more than 5 pages; take a `set` of it" in announced.problems[0]
    assert announced.read == ()


def test_an_expired_token_starts_the_list_over_once(journal: Journal) -> None:
    at = plays(
        journal,
        {
            "list": [page(*listed("a"), token="1"), page(*listed("a"), token="2")],
            "1": error("badResumptionToken", "expired"),
            "2": page(*listed("b")),
            "Identify": identify(),
        },
    )

    announced = harvested(at)

    assert urls(announced) == ["https://oasis.example/a", "https://oasis.example/b"]
    assert len(announced.read) == 1


def test_tokens_that_keep_expiring_leave_what_came(journal: Journal) -> None:
    at = plays(
        journal,
        {"list": page(*listed("a"), token="1"), "1": error("badResumptionToken", "expired")},
    )

    announced = harvested(at)

    assert [link.url for link in announced.links] == ["https://oasis.example/a"]
    assert "the repository says BadResumptionToken: expired; what came" in announced.problems[0]
    assert announced.read == ()
    assert len(journal.log) == 4


def test_a_busy_repository_is_asked_again_when_it_says(journal: Journal) -> None:
    busy = Reply(status=503, headers={"Retry-After": "0"})
    at = plays(journal, {"list": [busy, page(*listed("a"))]})
    feed = OaiFeed(kind="oai", at=at)
    source = Source(name="oasis", title="Oasis", language="en", feeds=(feed,))

    with online(AT_HOME, Limits(backoff_seconds=0.01)) as web:
        announced = oai.links(feed, Asker(source, web, NOW))

    assert urls(announced) == ["https://oasis.example/a"]


BOMB = (
    b'<!DOCTYPE OAI-PMH [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
    + f']><OAI-PMH xmlns="{SPACE}" x="&j;"><ListRecords>&j;</ListRecords></OAI-PMH>'.encode()
)


FAILING = {
    "html": (Reply(b"<!DOCTYPE html><h1>Moved"), "no OAI-PMH: it is text/html; charset=utf-8, and"),
    "empty": (Reply(b""), "no OAI-PMH"),
    "json": (Reply(b'{"a": 1}'), "no OAI-PMH"),
    "bytes": (Reply(bytes(range(256))), "no OAI-PMH"),
    "bomb": (Reply(BOMB), "no OAI-PMH"),
    "cut": (Reply(page(*listed("a")).body[:-30]), "the answer breaks off in the middle"),
    "huge": (Reply(declared_bytes=30_000_000), "30,000,000 bytes, over 20,000,000"),
    "gone": (Reply(status=404), "HTTP 404 Not Found"),
    "format": (
        error("cannotDisseminateFormat", "no such format"),
        "the repository says CannotDisseminateFormat: no such format; correct `prefix`",
    ),
    "sets": (error("noSetHierarchy"), "the repository says NoSetHierarchy: no; leave `set` out"),
    "argument": (error("badArgument"), "the repository says BadArgument: no; check `at`"),
    "unknown": (error("oddError", "odd"), "the repository says GeneralOAIPMHError: odd"),
}


@pytest.mark.parametrize("name", FAILING)
def test_an_endpoint_that_gives_nothing_fails(journal: Journal, name: str) -> None:
    reply, reason = FAILING[name]

    with pytest.raises(FetchFailed) as failure:
        harvested(plays(journal, {"list": reply}))

    assert str(failure.value).startswith(reason)


@pytest.mark.parametrize(
    "text", ["a \x0b b", "a & b", "a &nbsp; b", "&#x1f;", "a < b", "<b>a", "]]>", "<!-- a --> b"]
)
def test_what_authors_paste_loses_no_record(journal: Journal, text: str) -> None:
    first = record("https://oasis.example/a", title=text)
    at = plays(journal, {"list": page(first, *listed("b"), token="1"), "1": page(*listed("c"))})

    assert [url[-1] for url in urls(harvested(at))] == ["a", "b", "c"]


def test_bytes_that_are_no_utf_8_lose_no_record(journal: Journal) -> None:
    body = page(record("https://oasis.example/a", title="CAFE"), *listed("b")).body
    at = plays(journal, {"list": Reply(body.replace(b"CAFE", b"caf\xe9 \xff"))})

    assert len(urls(harvested(at))) == 2


def test_records_lost_to_damaged_xml_are_told_of_and_asked_for_again(journal: Journal) -> None:
    body = page(*listed("a", "b", "c")).body
    second = body.index(b"<record>", body.index(b"<record>") + 1)
    # An element that swallows what follows it, as libxml2 sees it: a comment that never ends.
    at = plays(journal, {"list": Reply(body[:second] + b"<!-- a " + body[second:])})

    announced = harvested(at)

    assert [link.url[-1] for link in announced.links] == ["a"]
    assert announced.problems[0].startswith("records are missing on 1 of 1 pages of the list")
    assert announced.read == ()


def test_the_endpoint_is_asked_though_robots_txt_forbids_it(journal: Journal) -> None:
    journal.says("/robots.txt", Reply(b"User-agent: *\nDisallow: /", content_type="text/plain"))

    announced = harvested(plays(journal, {"list": page(*listed("a"))}))

    assert len(urls(announced)) == 1
