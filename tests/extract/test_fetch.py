"""Asks become rows as they come; what came is new, as it was, or failed with a reason."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import polars as pl
import pytest

from etl.extract import Limits, Web, failed, fetch, fresh, moved, online, store, taken_up
from etl.extract.frontier import ASKS
from etl.schema import frames
from etl.sources import Visits
from tests.servers import Journal, Reply

NOW = datetime(2024, 5, 1, tzinfo=UTC)
BEFORE = datetime(2024, 4, 1, tzinfo=UTC)
MAX = 100_000
HERE = Visits(allow_private=True, delay_seconds=0, obey_robots=False)

NO_URLS = frames.URLS.to_frame()


@pytest.fixture
def web() -> Iterator[Web]:
    """The web, which may ask this machine."""
    with online(HERE, Limits(tries=1)) as opened:
        yield opened


def asks(*locations: str, **told: Any) -> pl.DataFrame:
    """Asks whose URLs are their locations."""
    rows = [
        dict.fromkeys(ASKS) | {"url": at, "article_url": at, "location": at, "is_live": True} | told
        for at in locations
    ]
    return pl.DataFrame(rows, schema=ASKS)


def fetched(given: pl.DataFrame, web: Web) -> pl.DataFrame:
    """All portions as one frame, in the order of the asks."""
    raw = pl.concat([frames.RAW.to_frame(), *fetch(given, web, NOW, MAX)])
    return given.select("url").join(raw, on="url", how="left", maintain_order="left")


def known(url: str, content: bytes, *, at: datetime = BEFORE, is_settled: bool = True) -> Any:
    """A snapshot."""
    row = {"url": url, "content_hash": digest(content), "fetched_at": at, "is_settled": is_settled}
    return pl.DataFrame([dict.fromkeys(frames.KNOWN) | row], schema=frames.KNOWN)


def stand(url: str, outcome: str, reason: str | None = None) -> pl.DataFrame:
    """How a URL stood."""
    row = dict.fromkeys(frames.URLS) | {"url": url, "outcome": outcome, "reason": reason}
    return pl.DataFrame([row], schema=frames.URLS)


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def test_a_page_comes_with_its_bytes_and_where_they_came_from(journal: Journal, web: Web) -> None:
    page = "<p>آب و هوا</p>".encode()
    reply = Reply(page, etag='"1"', headers={"Set-Cookie": "secret=1", "X-Long": "x" * 2_000})
    there = journal.says("/there", reply)
    address = journal.says("/a", Reply(status=301, headers={"Location": "/there"}))

    (row,) = fetched(asks(address, article_url="https://oasis.example/a"), web).to_dicts()

    headers = json.loads(row.pop("headers"))
    assert row == {
        "url": address,
        "article_url": "https://oasis.example/a",
        "address": there,
        "fetched_at": NOW,
        "status": 200,
        "content_type": "text/html; charset=utf-8",
        "content": page,
        "content_hash": digest(page),
        "failure": None,
    }
    assert (headers["etag"], headers["x-moved"]) == ('"1"', "permanent")
    assert "set-cookie" not in headers
    assert len(headers["x-long"]) == 1_000


def test_a_page_that_has_not_changed_comes_without_bytes(journal: Journal, web: Web) -> None:
    address = journal.says("/a", Reply(b"<p>as it was</p>", etag='"1"'))

    raw = fetched(asks(address, etag='"1"'), web)
    came = fresh(raw, known(address, b"<p>as it was</p>"), stand(address, "loaded"))

    assert raw.select("status", "content", "failure").rows() == [(304, None, None)]
    assert came.new.is_empty()
    assert came.ended.rows() == [(address, digest(b"<p>as it was</p>"), "unchanged", None)]


def test_every_page_ends_in_exactly_one_place(journal: Journal, web: Web) -> None:
    same = journal.says("/same", b"<p>as it was</p>")
    new = journal.says("/new", b"<p>new</p>")
    left = journal.says("/left", b"<p>not settled</p>")
    missing = journal.url("/missing")
    before = pl.concat(
        [known(same, b"<p>as it was</p>"), known(left, b"<p>not settled</p>", is_settled=False)]
    )

    raw = fetched(asks(same, new, left, missing), web)
    came = fresh(raw, before, NO_URLS)

    assert came.ended["url"].to_list() == [same]
    assert came.new["url"].to_list() == [new, left]
    assert came.new.schema == frames.RAW
    assert failed(raw).rows() == [(missing, None, "gone", "HTTP 404 Not Found")]


def test_bytes_that_come_back_after_others_are_new(journal: Journal, web: Web) -> None:
    address = journal.says("/a", b"<p>first</p>")
    before = pl.concat([known(address, b"<p>first</p>"), known(address, b"second", at=NOW)])

    came = fresh(fetched(asks(address), web), before, NO_URLS)

    assert came.new["content"].to_list() == [b"<p>first</p>"]


def test_a_notice_that_still_stands_is_told_again(journal: Journal, web: Web) -> None:
    address = journal.says("/a", b"suspended")
    before = stand(address, "suspended", "the host says so")

    came = fresh(fetched(asks(address), web), known(address, b"suspended"), before)

    assert came.ended.rows() == [(address, digest(b"suspended"), "suspended", "the host says so")]


def test_a_page_that_moved_and_is_as_it_was_is_told(journal: Journal, web: Web) -> None:
    journal.says("/new", Reply(b"<p>as it was</p>", etag='"1"'))
    for at, status in (("/old", 301), ("/lent", 302)):
        journal.says(at, Reply(status=status, headers={"Location": "/new"}))
    old, lent = journal.url("/old"), journal.url("/lent")
    before = pl.concat([known(url, b"<p>as it was</p>") for url in (old, lent)])

    raw = fetched(asks(old, lent), web)
    rows = moved(raw, fresh(raw, before, NO_URLS).ended)

    assert rows.select("url", "address").rows() == [(old, journal.url("/new"))]


def test_who_is_sent_to_the_home_page_found_nothing(journal: Journal, web: Web) -> None:
    journal.says("/", b"<p>Welcome</p>")
    home = journal.url("/")
    sent = journal.says("/gone.html", Reply(status=302, headers={"Location": "/"}))

    raw = fetched(asks(sent, home), web)

    assert raw["failure"].to_list() == [f"soft_404: redirected to the home page {home}", None]
    assert raw["content"].to_list() == [None, b"<p>Welcome</p>"]


def test_a_page_from_an_archive_on_the_web_keeps_its_own_address(
    journal: Journal, web: Web
) -> None:
    replay = journal.says("/web/2011id_/http://oasis.example/a", b"<p>old</p>")
    given = asks(replay).with_columns(url=pl.lit("http://oasis.example/a"))

    assert fetched(given, web)["address"].to_list() == ["http://oasis.example/a"]


def test_portions_are_handed_on_before_all_is_there(
    journal: Journal, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["etl.extract.fetch"], "PORTION_PAGES", 2)
    addresses = [journal.says(f"/{n}", b"<p>page</p>") for n in range(5)]

    portions = list(fetch(asks(*addresses), web, NOW, MAX))

    assert [portion.height for portion in portions] == [2, 2, 1]


def test_files_are_read_and_bad_ones_fail_alone(tmp_path: Path, web: Web) -> None:
    for name, content in {
        "a.html": b"<p>here</p>",
        "b.TXT": b"here",
        "empty.html": b"",
        "huge.html": b"x" * (MAX + 1),
        "exact.bin": b"x" * MAX,
    }.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "folder.html").mkdir()
    names = ("a.html", "b.TXT", "empty.html", "huge.html", "exact.bin", "gone.html", "folder.html")

    rows = fetched(asks(*(str(tmp_path / name) for name in names)), web).to_dicts()

    assert [row["content"] for row in rows[:3]] == [b"<p>here</p>", b"here", b""]
    assert [row["content_type"] for row in rows[:3]] == ["text/html", "text/plain", "text/html"]
    assert [row["failure"] for row in rows] == [
        None,
        None,
        None,
        "too_large: 100,001 bytes, over 100,000; raise ETL_MAX_PAGE_BYTES, or leave the page "
        "out of its feed",
        None,
        "gone: the file is no longer there",
        "fetch_failed: file not read: Is a directory",
    ]


def test_pages_in_archives_are_read(tmp_path: Path, web: Web) -> None:
    with ZipFile(tmp_path / "old.zip", "w") as packed:
        packed.writestr("a.html", "<p>old</p>")
    where = [f"zip:{tmp_path}/old.zip!{name}" for name in ("a.html", "gone.html")]

    rows = fetched(asks(*where), web).to_dicts()

    assert rows[0]["content"] == b"<p>old</p>"
    assert rows[1]["failure"].startswith("fetch_failed: ")


def test_kept_pages_are_taken_up_and_lost_ones_told(tmp_path: Path) -> None:
    kept = store(str(tmp_path))
    raw = dict.fromkeys(frames.RAW) | {
        "url": "https://oasis.example/a",
        "article_url": "https://oasis.example/a",
        "address": "https://oasis.example/a",
        "status": 200,
        "fetched_at": BEFORE,
        "content": b"<p>kept</p>",
        "content_hash": digest(b"<p>kept</p>"),
    }
    row = kept.keep(pl.DataFrame([raw], schema=frames.RAW)).to_dicts()[0]
    both = [
        {**row, "is_settled": False, "article_url": row["url"]},
        {**row, "is_settled": False, "article_url": "b", "url": "b", "path": "aa/" + "aa" * 32},
    ]
    schema = {**frames.KNOWN, "article_url": pl.String()}

    came, lost = taken_up(pl.DataFrame([{n: r[n] for n in schema} for r in both], schema), kept)

    assert came.select("url", "content", "fetched_at").rows() == [
        ("https://oasis.example/a", b"<p>kept</p>", BEFORE)
    ]
    assert lost == ["b"]


def test_nothing_to_fetch_gives_nothing(web: Web) -> None:
    assert list(fetch(asks(), web, NOW, MAX)) == []
