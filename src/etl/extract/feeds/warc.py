"""A WARC file to the places of its pages, and places to pages as their servers sent them.

The place of a page is the byte at which its record begins; in a `.warc.gz` every record is
compressed by itself, so each can be read without what comes before it. Records without HTTP
headers (type `resource`) count as pages, too: tools that pack a folder write them.
"""

import mmap
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO, NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from etl.errors import FetchFailed
from etl.extract import urls
from etl.extract.feeds import files
from etl.extract.lines import one_line
from etl.extract.web.answers import NO_HEADERS, Answer
from etl.extract.web.bodies import Body
from etl.extract.web.failures import Failed, of_size

PAGES = WarcRecordType.response | WarcRecordType.resource
"""Types of records that hold pages. `revisit` only says that a page was as an earlier one."""

GZIP = b"\x1f\x8b\x08"
PLAIN = b"WARC/"
"""How a record begins, compressed and not."""

MOST_STARTS = 1_000
"""How often reading begins anew behind a damage; a file with more of them is no archive."""

WHOLE = (
    "compressed as a whole, so that no record can be found again; unpack it, and give the path "
    "of the .warc file"
)

LONG_AGO = datetime.min.replace(tzinfo=UTC)

CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
"""Start of a piece of a body that was sent in pieces: `1f4;name=value`."""

LINE_END = re.compile(rb"\r?\n|")
"""End of a piece."""

BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""A byte that no text has: compressed data are full of them."""


class Capture(NamedTuple):
    """A record, as far as it tells which page it holds."""

    url: str
    """As the archive spells it."""
    offset: int
    status: int
    content_type: str
    rank: tuple[bool, datetime]
    """Whether it is whole, and when it was made: of several captures the highest is taken."""


def pages(path: Path) -> tuple[dict[str, int], list[str]]:
    """Offset of the best capture of each page, by canonical URL, and what could not be read.

    The newest one is best, but a whole one is better than one that was cut off on its way into
    the archive.

    Raises:
        FetchFailed: No record could be read, or none could be found again.
        OSError: The file cannot be read.
    """
    best: dict[str, Capture] = {}
    damages: list[int] = []
    for capture in _captures(path, damages):
        url = _page(capture)
        if url and (url not in best or capture.rank >= best[url].rank):
            best[url] = capture
    if not best and (damages or not _is_archive(path)):
        raise FetchFailed("no WARC file, or nothing of it can be read; get it again")
    offsets = {url: capture.offset for url, capture in best.items()}
    if not _begins(path, offsets.values()):
        raise FetchFailed(WHOLE)
    return offsets, _problems(damages)


def answers(path: Path, places: Collection[str], max_bytes: int) -> Iterator[tuple[str, Answer]]:
    """The page at each of the offsets, from the first to the last."""
    try:
        file = path.open("rb")
    except OSError as error:
        for place in places:
            yield place, Answer(place, failure=f"fetch_failed: archive not read: {error.strerror}")
        return
    with file:
        for place in sorted(places, key=int):
            try:
                yield place, _answer(file, int(place), max_bytes)
            except Failed as failure:
                yield place, Answer(place, failure=str(failure))


def _problems(damages: list[int]) -> list[str]:
    """One line for all damages."""
    if not damages:
        return []
    more = f", and {len(damages) - 1:,} times more behind it" if len(damages) > 1 else ""
    told = f"damaged behind the record at byte {damages[0]:,}{more}"
    return [f"{told}; the other records were read, get the file again for the rest"]


def _page(capture: Capture) -> str | None:
    """Canonical URL of the page a record holds; None if it holds none."""
    kind = capture.content_type.partition(";")[0].strip().lower()
    if capture.status != HTTPStatus.OK or kind not in files.PAGE_TYPES:
        return None
    try:
        return urls.canonical(capture.url)
    except ValueError:
        return None


def _captures(path: Path, damages: list[int]) -> Iterator[Capture]:
    """Records that may hold pages, in the order of the file.

    Behind a damage reading goes on where the next record begins; the record before each is
    added to `damages`.
    """
    start = 0
    with path.open("rb") as file:
        for _ in range(MOST_STARTS):
            last = start
            file.seek(start)
            try:
                for record in ArchiveIterator(file, record_types=PAGES):
                    last = record.stream_pos
                    capture = _capture(record)
                    if _is_cut(record):
                        damages.append(last)
                    else:
                        yield capture
                return
            except (OSError, ValueError):
                if last != start or not damages:
                    damages.append(last)
                start = _next_begin(file, last + 1)
                if start < 0:
                    return


def _capture(record: WarcRecord) -> Capture:
    """What a record says about its page."""
    about = record.headers
    http = record.http_headers if record.is_http else None
    is_whole = about.get("WARC-Truncated") is None
    return Capture(
        # Some writers put the brackets of the standard's grammar into the file.
        url=(about.get("WARC-Target-URI") or "").strip("<> "),
        offset=record.stream_pos,
        status=(http.status_code or 0) if http else HTTPStatus.OK,
        content_type=((http or about).get("Content-Type") or "").replace("\0", ""),
        rank=(is_whole, record.record_date or LONG_AGO),
    )


def _is_cut(record: WarcRecord) -> bool:
    """Whether the file ends before the record does; the rest of the record is passed over."""
    promised = record.content_length
    return record.consume() < promised


def _next_begin(file: BinaryIO, start: int) -> int:
    """Where the next record may begin, at `start` or later; negative if there is no other."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(GZIP if content[: len(GZIP)] == GZIP else PLAIN, start)


def _is_archive(path: Path) -> bool:
    """Whether a file begins with a record of any type."""
    with path.open("rb") as file:
        return next(iter(ArchiveIterator(file)), None) is not None


def _begins(path: Path, offsets: Collection[int]) -> bool:
    """Whether a record begins at each of the offsets."""
    with path.open("rb", buffering=0) as file:
        sign = GZIP if file.read(len(GZIP)) == GZIP else PLAIN
        return all(file.seek(at) == at and file.read(len(sign)) == sign for at in offsets)


def _answer(file: BinaryIO, offset: int, max_bytes: int) -> Answer:
    """The page of the record at `offset`.

    Raises:
        Failed: It is not there any more, is damaged, or is too large.
    """
    file.seek(offset)
    try:
        record = next(iter(ArchiveIterator(file, record_types=PAGES)), None)
        if record is None or record.stream_pos != offset:
            raise Failed("fetch_failed", "no longer in its archive")
        capture = _capture(record)
        promised = record.content_length
        # What is sent in pieces is longer than the page by their headers.
        payload = record.reader.read(2 * max_bytes + 1)
    except (OSError, ValueError) as error:
        raise Failed("fetch_failed", f"damaged in its archive: {one_line(error)}") from error
    if len(payload) > 2 * max_bytes:
        raise of_size(promised, max_bytes)
    if len(payload) < promised or not capture.rank[0]:
        raise Failed("truncated", f"the archive holds the first {len(payload):,} bytes only")
    headers = _headers(record)
    content = _content(payload, headers, max_bytes)
    return Answer(capture.url, capture.status, capture.content_type or None, content, None, headers)


def _headers(record: WarcRecord) -> Mapping[str, str]:
    """HTTP headers by name in lower case."""
    if not record.is_http:
        return NO_HEADERS
    return {name.lower(): value for name, value in record.http_headers.items()}


def _content(payload: bytes, headers: Mapping[str, str], max_bytes: int) -> bytes:
    """The page in a payload.

    Many archives keep the page decoded, and with it the headers that say otherwise.

    Raises:
        Failed: It is damaged or too large.
    """
    if "chunked" in headers.get("transfer-encoding", "").lower() and CHUNK.match(payload):
        payload = _joined(payload)
    try:
        body = Body(headers.get("content-encoding", ""), max_bytes)
        body.add(payload)
        return body.whole()
    except Failed as failure:
        if failure.outcome == "too_large" or BINARY.search(payload[:1_000]):
            raise
    if len(payload) > max_bytes:
        raise of_size(len(payload), max_bytes)
    return payload


def _joined(payload: bytes) -> bytes:
    """The pieces of a body that was sent in pieces.

    Raises:
        Failed: The last ones are missing.
    """
    pieces: list[bytes] = []
    at = 0
    while head := CHUNK.match(payload, at):
        end = head.end() + int(head[1], 16)
        if end == head.end():
            return b"".join(pieces)
        pieces.append(payload[head.end() : end])
        line_end = LINE_END.match(payload, end)
        at = line_end.end() if line_end else end
    raise Failed("truncated", f"the archive holds {len(pieces):,} pieces, and not the last one")
