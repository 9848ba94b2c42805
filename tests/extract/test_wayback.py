"""A web archive gives each page of a dead journal once, in its newest capture."""

import json
import re
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, quote_plus, unquote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import FetchFailed
from etl.extract.feeds import wayback
from etl.extract.feeds.announced import Announced, Read
from etl.extract.feeds.asking import Document
from etl.extract.web import online
from etl.extract.web.answers import Ask
from etl.sources import WaybackFeed
from tests.extract.feeds import AT_HOME, QUICK, read, remembered, urls
from tests.servers import Journal, Reply

JSON = "application/json"

Row = Sequence[str]


def capture(
    path: str,
    timestamp: str = "20150601120000",
    site: str = "http://www.oasis.example:80",
    kind: str = "text/html",
    status: str = "200",
) -> Row:
    """A row of the list."""
    return [f"example,oasis)/{path}".lower(), timestamp, f"{site}/{path}", kind, status]


def archives(journal: Journal, *rows: Row) -> None:
    """A CDX server with these captures, which obeys what it is asked."""

    def says(query: str, headers: Mapping[str, str]) -> Reply:
        """One portion of the list."""
        asked = parse_qs(query)
        # The real one decodes the key once more than it should, too.
        key = unquote_plus(asked["resumeKey"][0]) if "resumeKey" in asked else ""
        found = [row for row in sorted(rows) if f"{row[0]} {row[1]}" > key and fits(row, asked)]
        most = int(asked["limit"][0])
        last = found[most - 1] if len(found) > most else None
        tail = [[], [quote_plus(f"{last[0]} {last[1]}")]] if last else []
        table = [list(wayback.FIELDS), *found[:most], *tail] if found else []
        return Reply(json.dumps(table).encode(), content_type=JSON)

    journal.answers("/cdx", says)


def fits(row: Row, asked: Mapping[str, list[str]]) -> bool:
    """Whether the filters of a request let a row through."""
    cells = dict(zip(wayback.FIELDS, row, strict=True))
    rules = [rule.partition(":") for rule in asked["filter"]]
    begin, end = asked.get("from", ["1996"])[0], asked.get("to", ["2100"])[0]
    return begin <= row[1][:4] <= end and all(
        re.fullmatch(rule, cells[name]) for name, _, rule in rules
    )


def announced(
    journal: Journal, known: Mapping[str, Read] | None = None, **more: object
) -> Announced:
    """What the archive announces of the journal."""
    feed = {
        "kind": "wayback",
        "at": "https://oasis.example/articles/",
        "cdx_url": journal.url("/cdx"),
        "replay_url": journal.url("/web/"),
        **more,
    }
    return read(wayback.links, WaybackFeed.model_validate(feed), known)


def test_each_page_is_taken_in_its_newest_capture(journal: Journal) -> None:
    archives(
        journal,
        capture("articles/water?id=7&utm_source=feed", "20150601120000"),
        capture("articles/dams", "20120101000000"),
        capture("articles/dams", "20190301000000", site="https://oasis.example"),
        capture("articles/dams", "20170101000000"),
    )

    found = announced(journal)

    assert urls(found) == [
        "https://oasis.example/articles/dams",
        "http://www.oasis.example/articles/water?id=7",
    ]
    assert [link.location for link in found.links] == [
        journal.url("/web/20190301000000id_/https://oasis.example/articles/dams"),
        journal.url(
            "/web/20150601120000id_/http://www.oasis.example:80/articles/water?id=7&utm_source=feed"
        ),
    ]
    assert {(link.announced_at, link.is_live) for link in found.links} == {(None, False)}


def test_a_capture_can_be_had_as_it_was(journal: Journal) -> None:
    archives(journal, capture("a", site="http://oasis.example"))
    journal.says("/web/20150601120000id_/http://oasis.example/a", b"<p>as it was</p>")
    (link,) = announced(journal).links

    with online(AT_HOME, QUICK) as web:
        answer = web.get(Ask(link.location), 1_000)

    assert answer.content == b"<p>as it was</p>"


def test_only_pages_that_were_there_are_taken(journal: Journal) -> None:
    kinds = ["text/html", "text/plain", "application/xhtml+xml", "image/png", "warc/revisit"]
    archives(
        journal,
        *(capture(f"kind{number}", kind=kind) for number, kind in enumerate(kinds)),
        capture("gone", status="404"),
        capture("moved", status="301"),
        capture("again", status="-", kind="warc/revisit"),
        capture("editor@oasis.example", site="http://mailto:x"),
        capture("odd", timestamp="../../2015"),
        capture("x", site="ftp://oasis.example"),
        capture("half \ud800 a character"),
    )

    assert [url[-5:] for url in urls(announced(journal))] == ["kind0", "kind1", "kind2"]


def test_the_list_is_followed_by_its_keys(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wayback, "PORTION", 3)
    rows = [
        capture(f"a%20b{n}/+/{year}?q=%25&r=é", f"{year}0101000000")
        for n in range(7)
        for year in (2011, 2012)
    ]
    archives(journal, *rows)

    found = announced(journal)

    assert len(urls(found)) == 14
    assert len(journal.log) == 5


def test_years_are_a_limit(journal: Journal) -> None:
    rows = [capture(f"y{year}", f"{year}0701000000") for year in range(2010, 2020)]
    archives(journal, *rows)

    found = announced(journal, since=2012, until=2014)

    assert [url[-4:] for url in urls(found)] == ["2012", "2013", "2014"]


def test_a_list_as_it_was_announces_nothing(journal: Journal) -> None:
    archives(journal, capture("a"))
    first = announced(journal)
    again = announced(journal, remembered(first))
    archives(journal, capture("a"), capture("b"))
    later = announced(journal, remembered(first))

    assert again == Announced([], [])
    assert len(urls(later)) == 2
    assert later.read != first.read


def test_an_empty_list_is_no_failure(journal: Journal) -> None:
    archives(journal)
    nothing = announced(journal)
    journal.says(journal.log[0].path, Reply(b"\n", content_type="text/plain"))

    assert urls(nothing) == urls(announced(journal)) == []


def test_a_portion_that_fails_leaves_those_before_it(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = list(wayback.FIELDS)
    portions = {
        "": Reply(json.dumps([head, capture("a"), [], ["k"]]).encode(), content_type=JSON),
        "k": Reply(status=504),
    }
    journal.answers("/cdx", lambda query, _: portions[parse_qs(query).get("resumeKey", [""])[0]])

    found = announced(journal)

    assert len(found.links) == 1
    assert found.problems[0].startswith("after portion 1 of the list: HTTP 504")
    assert found.read == ()


@pytest.mark.parametrize("keys", [["k"], ["k", "l", "k"]])
def test_keys_that_lead_in_a_circle_end_the_list(journal: Journal, keys: list[str]) -> None:
    left = [*keys, keys[0]]

    def says(query: str, headers: Mapping[str, str]) -> Reply:
        """A portion with the next key."""
        table = [list(wayback.FIELDS), capture("a"), [], [left.pop(0)]]
        return Reply(json.dumps(table).encode(), content_type=JSON)

    journal.answers("/cdx", says)

    found = announced(journal)

    assert len(found.links) == 1
    assert "the list leads in a circle: key 'k' came twice" in found.problems[0]


def test_a_list_without_end_is_left(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wayback, "MAX_PORTIONS", 4)

    def says(query: str, headers: Mapping[str, str]) -> Reply:
        """A portion, whatever is asked."""
        key = str(len(journal.log))
        table = [list(wayback.FIELDS), capture(key), [], [key]]
        return Reply(json.dumps(table).encode(), content_type=JSON)

    journal.answers("/cdx", says)

    found = announced(journal)

    assert len(journal.log) == 4
    assert "more than 4 portions; set `since` and `until`" in found.problems[0]


FAILING = {
    "blocked": (Reply(b"org.example.AccessException: Blocked Site"), "no list of captures: it is"),
    "object": (Reply(b'{"error": "busy"}', content_type=JSON), "no list of captures"),
    "rows": (Reply(b'[["urlkey"], 7]', content_type=JSON), "no list of captures"),
    "deep": (Reply(b"[" * 200_000, content_type=JSON), "no list of captures"),
    "columns": (Reply(b'[["urlkey", "timestamp"]]'), "the list of captures lacks original, mime"),
    "huge": (Reply(declared_bytes=9_000_000), "9,000,000 bytes, over 5,000,000"),
    "gone": (Reply(status=404), "HTTP 404 Not Found"),
}


@pytest.mark.parametrize("name", FAILING)
def test_an_interface_that_gives_nothing_fails(journal: Journal, name: str) -> None:
    reply, reason = FAILING[name]
    journal.answers("/cdx", lambda query, headers: reply)

    with pytest.raises(FetchFailed) as failure:
        announced(journal)

    assert str(failure.value).startswith(reason)


@settings(deadline=None)
@given(st.recursive(st.none() | st.text() | st.floats(), lambda x: st.lists(x), max_leaves=20))
def test_no_json_breaks_the_reader(table: object) -> None:
    for rows in (table, [list(wayback.FIELDS), table], [table, table]):
        try:
            wayback.portion(Document("https://a.example", json.dumps(rows).encode(), JSON))
        except FetchFailed:
            continue


def test_columns_may_come_in_any_order(journal: Journal) -> None:
    table = [["original", "statuscode", "urlkey", "mimetype", "timestamp", "length"]]
    table += [["http://oasis.example/a", "200", "example,oasis)/a", "text/html", "2" * 14, "9"]]
    table += [["short"]]
    journal.answers("/cdx", lambda query, headers: Reply(json.dumps(table).encode()))

    assert urls(announced(journal)) == ["http://oasis.example/a"]
