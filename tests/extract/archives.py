"""Web archives and zip files made on the spot, and what their reader makes of them."""

import gzip
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from etl.extract.feeds import archive
from etl.extract.feeds.announced import Announced, Read
from etl.extract.feeds.asking import Asker
from etl.extract.web import Web
from etl.extract.web.answers import Answer
from etl.sources import ArchiveFeed, Source
from tests.extract.feeds import NOW

PAGE = b"<p>Water of the oasis</p>"
MANY = 1_000_000
HTML = "Content-Type: text/html; charset=utf-8"


def announced(at: Path, known: Mapping[str, Read] | None = None, **more: object) -> Announced:
    """What an archive announces."""
    feed = ArchiveFeed.model_validate({"kind": "archive", "at": str(at), **more})
    source = Source(name="oasis", title="Oasis Review", language="en", feeds=(feed,))
    return archive.links(feed, Asker(source, cast(Web, None), NOW, known or {}))


def page(at: Path, max_bytes: int = MANY) -> Answer:
    """The only page of an archive."""
    (link,) = announced(at).links
    return archive.read(link.location, max_bytes)


def response(body: bytes = PAGE, *headers: str, status: str = "200 OK") -> bytes:
    """What a server sent."""
    lines = [f"HTTP/1.1 {status}", *(headers or (HTML,))]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(
    url: str,
    block: bytes | None = None,
    day: int = 1,
    kind: str = "response",
    content_type: str = "application/http; msgtype=response",
    extra: str = "",
) -> bytes:
    """One record as it stands in a file that is not compressed."""
    block = response() if block is None else block
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{day}>\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: 2019-05-{day:02}T10:00:00Z\r\n{extra}"
        f"Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def plain(path: Path, *records: bytes) -> Path:
    """A WARC."""
    path.write_bytes(b"".join(records))
    return path


def packed(path: Path, *records: bytes) -> Path:
    """A WARC whose records are compressed, each by itself."""
    path.write_bytes(b"".join(map(gzip.compress, records)))
    return path


def zipped(path: Path, members: Mapping[str, bytes]) -> Path:
    """A zip file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


RECORDS = [
    record("https://oasis.example/robots", kind="request", content_type="application/http"),
    record("http://www.OASIS.example:80/water?utm_source=feed#top"),
    record("<https://oasis.example/dams>", response(b"<p>Dams</p>")),
    record("https://oasis.example/gone", response(status="404 Not Found")),
    record("https://oasis.example/map.png", response(b"\x89PNG", "Content-Type: image/png")),
    record("https://oasis.example/untyped", response(PAGE, "Server: x")),
    record("https://oasis.example/water", kind="revisit", day=9),
    record("dns:oasis.example", b"1.2.3.4", content_type="text/dns"),
    record("https://oasis.example/notes", b"Notes", kind="resource", content_type="text/plain"),
    record("metadata://oasis.example/x", b"a: b", kind="metadata", content_type="text/plain"),
]


ZIPPED = {
    "issue 5/вода.HTML": PAGE,
    "issue 5/dams.txt": b"Dams",
    "issue 5/map.png": b"PNG",
    ".hidden/a.html": PAGE,
    "__MACOSX/issue 5/._dams.txt": b"Mac",
    "folder.html/": b"",
}
