"""A WARC gives each page once, decoded, and goes on behind a damage."""

import gzip
import tracemalloc
import zlib
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

from etl.extract.feeds import archive
from etl.extract.web.answers import Answer
from tests.extract.archives import (
    HTML,
    MANY,
    PAGE,
    RECORDS,
    announced,
    packed,
    page,
    plain,
    record,
    response,
)
from tests.extract.feeds import urls


@pytest.mark.parametrize(("write", "name"), [(plain, "a.warc"), (packed, "a.warc.gz")])
def test_pages_of_a_warc_are_found_and_read(tmp_path: Path, write: object, name: str) -> None:
    at = (plain if write is plain else packed)(tmp_path / name, *RECORDS)

    found = announced(at)

    assert urls(found) == [
        "http://www.oasis.example/water",
        "https://oasis.example/dams",
        "https://oasis.example/notes",
    ]
    assert {(link.announced_at, link.is_live) for link in found.links} == {(None, False)}
    assert all(link.location.startswith(f"warc:{at}!") for link in found.links)
    assert all(archive.is_archived(link.location) for link in found.links)
    answers = [archive.read(link.location, MANY) for link in found.links]
    assert [answer.content for answer in answers] == [PAGE, b"<p>Dams</p>", b"Notes"]
    assert [answer.failure for answer in answers] == [None] * 3
    assert answers[1]._replace(content=None) == Answer(
        "https://oasis.example/dams",
        200,
        "text/html; charset=utf-8",
        headers={"content-type": "text/html; charset=utf-8"},
    )
    assert answers[2].content_type == "text/plain"


def test_the_newest_whole_capture_of_a_page_is_taken(tmp_path: Path) -> None:
    cut = "WARC-Truncated: length\r\n"
    at = packed(
        tmp_path / "a.warc.gz",
        record("https://oasis.example/a", response(b"old"), day=2),
        record("http://oasis.example:80/a#x", response(b"other"), day=5),
        record("https://oasis.example/a", response(b"new"), day=3),
        record("https://oasis.example/a", response(b"ne"), day=4, extra=cut),
        record("https://oasis.example/b", response(b"only"), day=4, extra=cut),
    )

    found = announced(at)

    assert [link.url for link in found.links] == [
        "https://oasis.example/a",
        "http://oasis.example/a",
        "https://oasis.example/b",
    ]
    answers = [archive.read(link.location, MANY) for link in found.links]
    assert [answer.content for answer in answers] == [b"new", b"other", None]
    assert answers[2].failure == "truncated: the archive holds the first 4 bytes only"


def chunked(body: bytes) -> bytes:
    """A body that was sent in pieces."""
    pieces = [body[start : start + 7] for start in range(0, len(body), 7)]
    return b"".join(b"%x;a=b\r\n%s\r\n" % (len(p), p) for p in pieces) + b"0\r\nA: b\r\n\r\n"


BODIES = {
    "chunked": (chunked(PAGE), "chunked", ""),
    "chunked gzip": (chunked(gzip.compress(PAGE)), "chunked", "gzip"),
    "gzip": (gzip.compress(PAGE), "", "gzip"),
    "x-gzip": (gzip.compress(PAGE), "", "X-GZIP"),
    "deflate": (zlib.compress(PAGE), "", "deflate"),
    "raw deflate": (zlib.compress(PAGE)[2:-4], "", "deflate"),
    "brotli": (brotli.compress(PAGE), "", "br"),
    "identity": (PAGE, "identity", "identity"),
    "said to be chunked": (PAGE, "chunked", ""),
    "said to be gzip": (PAGE, "", "gzip"),
    "said to be brotli": (PAGE, "", "br"),
    "said to be zstd": (PAGE, "", "zstd"),
    "said to be all": (PAGE, "chunked", "gzip"),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_page_is_decoded_as_the_archive_stored_it(tmp_path: Path, name: str) -> None:
    body, transfer, content = BODIES[name]
    headers = (HTML, f"Transfer-Encoding: {transfer}", f"Content-Encoding: {content}")
    at = packed(tmp_path / "a.warc.gz", record("https://o.example/", response(body, *headers)))

    assert page(at).content == PAGE


BAD = {
    "cut chunked": (chunked(PAGE)[:-20], "chunked", "", "truncated: the archive holds 3 pieces"),
    "cut gzip": (gzip.compress(PAGE)[:-12], "", "gzip", "truncated: the gzip data ends in"),
    "no gzip": (b"\x1f\x8b\x00\x01\x02", "", "gzip", "fetch_failed: the body is no gzip"),
    "zstd": (b"\x28\xb5\x2f\xfd\x00", "", "zstd", "fetch_failed: Content-Encoding 'zstd'"),
    "large": (b"x" * 2_000, "", "", "too_large: more bytes, over 1,000;"),
    "larger": (b"x" * 5_000, "", "", "too_large: 5,000 bytes, over 1,000; raise ETL_MAX"),
    "large text said to be gzip": (b"x" * 1_500, "", "gzip", "too_large: "),
    "bomb": (gzip.compress(b"0" * 20_000_000, 9)[:1_900], "", "gzip", "too_large: more bytes"),
    "small bomb": (gzip.compress(b"0" * 500_000, 9), "", "gzip", "too_large: more bytes, over"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_page_that_cannot_be_had_says_why(tmp_path: Path, name: str) -> None:
    body, transfer, content, reason = BAD[name]
    headers = (HTML, f"Transfer-Encoding: {transfer}", f"Content-Encoding: {content}")
    at = packed(tmp_path / "a.warc.gz", record("https://o.example/", response(body, *headers)))

    answer = page(at, 1_000)

    assert answer.content is None
    assert (answer.failure or "").startswith(reason)
    assert "\n" not in (answer.failure or "")


@pytest.mark.parametrize(("write", "cut"), [(plain, 60), (packed, 40), (plain, 4), (packed, 300)])
def test_a_damaged_end_is_told_of_and_the_rest_comes(
    tmp_path: Path, write: object, cut: int
) -> None:
    named = tmp_path / ("a.warc" if write is plain else "a.warc.gz")
    records = [record(f"https://oasis.example/{n}", response(PAGE * 3)) for n in range(3)]
    at = (plain if write is plain else packed)(named, *records)
    at.write_bytes(at.read_bytes()[:-cut])

    found = announced(at)

    whole = 3 if cut == 4 else 1 if cut == 300 else 2
    assert [link.url[-1] for link in found.links] == ["0", "1", "2"][:whole]
    assert [archive.read(link.location, MANY).content for link in found.links] == [PAGE * 3] * whole
    assert len(found.problems) == (cut != 4)
    assert all(problem.startswith("damaged behind the rec") for problem in found.problems)
    assert len(found.read) == (cut == 4)


@pytest.mark.parametrize(("write", "name"), [(plain, "a.warc"), (packed, "a.warc.gz")])
def test_reading_goes_on_behind_a_damage(tmp_path: Path, write: object, name: str) -> None:
    records = [record(f"https://oasis.example/{n}") for n in range(6)]
    at = (plain if write is plain else packed)(tmp_path / name, *records)
    whole = at.read_bytes()
    second = len(records[0] if write is plain else gzip.compress(records[0]))
    at.write_bytes(whole[:second] + b"\0" * 60 + whole[second + 60 :])

    found = announced(at)

    assert [link.url[-1] for link in found.links] == ["0", "2", "3", "4", "5"]
    assert found.problems == [
        "damaged behind the record at byte 0; the other records were read, get the file again for "
        "the rest"
    ]
    assert {archive.read(link.location, MANY).content for link in found.links} == {PAGE}


def test_what_fastwarc_writes_is_read(tmp_path: Path) -> None:
    at = tmp_path / "a.warc.gz"
    with at.open("wb") as file:
        writer = GzipWriter(file)
        for number in range(3):
            one = WarcRecord()
            one.init_headers(WarcRecordType.response)
            one.headers["WARC-Target-URI"] = f"https://oasis.example/{number}"
            one.record_date = datetime(2019, 5, 1, tzinfo=UTC)
            one.is_http = True
            one.set_bytes_content(response())
            one.write(writer)
            writer.finish()
        writer.close()

    found = announced(at)

    assert len(urls(found)) == 3
    assert [archive.read(link.location, MANY).content for link in found.links] == [PAGE] * 3


def test_listing_a_large_warc_takes_little_memory(tmp_path: Path) -> None:
    block = response(b"<p>" + b"water and dams " * 20_000)
    at = packed(
        tmp_path / "a.warc.gz", *(record(f"https://o.example/{n}", block) for n in range(40))
    )

    tracemalloc.start()
    found = announced(at)
    sizes = [
        len(answer.content or b"")
        for _, answer in archive.read_all((link.location for link in found.links), MANY)
    ]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert sizes == [300_003] * 40
    assert peak < 5_000_000
