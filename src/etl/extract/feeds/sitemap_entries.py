"""The bytes of one sitemap to its entries, one at a time: XML, text, RSS or Atom, gzip or not.

XML is read piece by piece as it is decompressed, so little more than the bytes as they came is
held. Entities are not expanded and nothing is fetched. Which sitemaps are read, and what
becomes of the entries, belongs to `sitemap`.
"""

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, tzinfo
from itertools import islice
from typing import NamedTuple, Protocol

from lxml import etree
from lxml.etree import _Element as Element

from etl.errors import FetchFailed
from etl.extract.feeds import rss
from etl.extract.feeds.announced import latest
from etl.extract.feeds.asking import Document
from etl.extract.feeds.given import described
from etl.extract.feeds.moments import moment
from etl.extract.lines import one_line
from etl.sources.feeds import WEB

MAX_SITEMAP_BYTES = 52_428_800
"""The protocol's own limit, uncompressed: https://www.sitemaps.org/protocol.html."""

GZIP = b"\x1f\x8b"
"""First bytes of gzip data, whatever name or type it goes by."""

SITEMAPS = frozenset({"urlset", "sitemapindex"})
"""Root elements of the protocol."""

FEEDS = frozenset({"rss", "RDF", "feed"})
"""Root elements of feeds, which the protocol lets stand for sitemaps."""

NEWS_SPACE = "{http://www.google.com/schemas/sitemap-news/0.9}"
NEWS_DATE = f"{NEWS_SPACE}news/{NEWS_SPACE}publication_date"
"""Path of the date in an entry of a news sitemap."""

STRAY_AMPERSAND = re.compile(
    rb"(<!\[CDATA\[.*?\]\]>)|&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9a-f]+);)",
    re.IGNORECASE | re.DOTALL,
)
"""An ampersand that should be `&amp;`, as in `?a=1&b=2`; or text in which it may stand."""

SITEMAP_END = re.compile(rb"</(?:[\w.-]+:)?(?:urlset|sitemapindex)\s*>\s*\Z")
"""End of an XML sitemap that came whole."""

PIECE_BYTES = 65_536

UNREADABLE = (etree.XMLSyntaxError, OSError, EOFError, zlib.error)
"""What damaged XML and damaged gzip data raise."""


class Entry(NamedTuple):
    """One page, or in an index one sitemap."""

    link: str
    changed_at: datetime | None
    """Change or publication, the later one, UTC."""
    is_sitemap: bool = False


class Stream(Protocol):
    """What the parser reads from."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, `size` at most; none at the end."""
        ...


class _Gunzipped:
    """Gzip data, decompressed as it is read, up to the limit of a sitemap."""

    def __init__(self, content: bytes) -> None:
        self._file = gzip.GzipFile(fileobj=io.BytesIO(content))
        self._left = MAX_SITEMAP_BYTES

    def read(self, size: int, /) -> bytes:
        """The next bytes.

        Raises:
            FetchFailed: They are more than a sitemap may have.
        """
        # Unlike `read` it gives all that comes before damaged data, and only then fails.
        piece = self._file.read1(size)
        self._left -= len(piece)
        if self._left < 0:
            raise FetchFailed(f"over {MAX_SITEMAP_BYTES:,} bytes when decompressed")
        return piece


def entries(document: Document, zone: tzinfo) -> Iterator[Entry]:
    """The entries of a sitemap, in its order; times without a zone are of `zone`.

    Raises:
        FetchFailed: It is no sitemap, or is damaged. Entries that came before are right.
    """
    content = document.content
    try:
        root = _root(_stream(content))
        if root in SITEMAPS:
            yield from _of_xml(content, zone)
            return
        unpacked = replace(document, content=_all(content))
        yield from _of_feed(unpacked) if root in FEEDS else _of_text(unpacked)
    except UNREADABLE as error:
        # The text of a syntax error names a file that there is none of.
        raise FetchFailed(f"damaged: {one_line(getattr(error, 'msg', error))}") from error


def _stream(content: bytes) -> Stream:
    """The bytes, decompressed if they need to be."""
    return _Gunzipped(content) if content.startswith(GZIP) else io.BytesIO(content)


def _all(content: bytes) -> bytes:
    """All bytes at once, decompressed if they need to be."""
    stream = _stream(content)
    return b"".join(iter(lambda: stream.read(PIECE_BYTES), b""))


def _root(stream: Stream) -> str | None:
    """Local name of the root element; None if there is none, as in text."""
    parser = etree.XMLPullParser(events=("start",), recover=True, resolve_entities=False)
    while piece := stream.read(PIECE_BYTES):
        parser.feed(piece)
        for _, element in parser.read_events():
            # Events of other kinds, which are not asked for, would have none or two names.
            if element is not None and not isinstance(element, tuple):
                return _names(element)[1]
    return None


def _of_xml(content: bytes, zone: tzinfo) -> Iterator[Entry]:
    """The entries of an XML sitemap; those of a damaged one as far as they can be made out.

    Raises:
        XMLSyntaxError: It is damaged by more than stray ampersands.
    """
    count = 0
    for stream in _streams(content):
        try:
            for entry in islice(_parsed(stream, zone), count, None):
                count += 1
                yield entry
        except etree.XMLSyntaxError as error:
            damage = error
        else:
            return
    yield from islice(_salvaged(_mended(content), zone), count, None)
    raise damage


def _streams(content: bytes) -> Iterator[Stream]:
    """The sitemap as it came; then, if another is asked for, mended."""
    yield _stream(content)
    yield io.BytesIO(_mended(content))


def _mended(content: bytes) -> bytes:
    """An XML sitemap without the damage seen most: blank lines on top, bare ampersands."""
    unpacked = _all(content)
    # The pattern is not for UTF-16, and entities of the sitemap's own are no stray ampersands.
    if b"\0" in unpacked[:4] or b"<!ENTITY" in unpacked:
        return unpacked
    return STRAY_AMPERSAND.sub(lambda m: m[1] or b"&amp;", unpacked.lstrip())


def _parsed(stream: Stream, zone: tzinfo, *, is_lenient: bool = False) -> Iterator[Entry]:
    """The entries of an XML sitemap; what was read is let go at once."""
    events = etree.iterparse(
        stream,
        tag=("{*}url", "{*}sitemap"),
        recover=is_lenient,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in events:
        if entry := _entry(element, zone):
            yield entry
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _entry(element: Element, zone: tzinfo) -> Entry | None:
    """An entry; None if it has no address. Images and videos in it are none of ours."""
    space, name = _names(element)
    parts = {child.tag: child for child in element}
    link = parts.get(f"{space}loc")
    # An element inside is an entity that was not expanded.
    if link is None or len(link) or not link.text:
        return None
    changed = parts.get(f"{space}lastmod")
    times = (None if changed is None else changed.text, element.findtext(NEWS_DATE))
    return Entry(link.text, latest(moment(time, zone) for time in times), name == "sitemap")


def _names(element: Element) -> tuple[str, str]:
    """Namespace of an element, in braces, and its local name; both may be damaged."""
    space, brace, name = str(element.tag).rpartition("}")
    return space + brace, name


def _salvaged(content: bytes, zone: tzinfo) -> Iterator[Entry]:
    """The entries of damaged XML; the last one only if it is sure that it came whole."""
    waiting: Entry | None = None
    for entry in _parsed(io.BytesIO(content), zone, is_lenient=True):
        if waiting:
            yield waiting
        waiting = entry
    if waiting and SITEMAP_END.search(content, len(content) - 100):
        yield waiting


def _of_feed(document: Document) -> Iterator[Entry]:
    """The entries of RSS or Atom."""
    for entry in rss.entries(document):
        if entry.link:
            yield Entry(entry.link, entry.announced_at)


def _of_text(document: Document) -> Iterator[Entry]:
    """The lines of a text sitemap.

    Raises:
        FetchFailed: The first line is no URL, or after all entries: another one is none.
    """
    text = document.content.decode("utf-8-sig", "replace")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or not WEB.match(lines[0]):
        raise FetchFailed(f"no sitemap: it is {described(document)}")
    yield from (Entry(line, None) for line in lines if WEB.match(line))
    if others := [line for line in lines if not WEB.match(line)]:
        shown = one_line(others[0], 60)
        raise FetchFailed(f"{len(others):,} of {len(lines):,} lines are no URLs, such as {shown!r}")
