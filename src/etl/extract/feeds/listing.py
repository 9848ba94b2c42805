"""HTML pages that list articles to links, by CSS selectors; feed kind `listing`.

Pages follow one another as long as they are new, up to the number the source allows. A page as
it was at its last reading ends the way: what it lists, and what comes after it, is known.

A selector that finds nothing on the first page fails the feed, as a site that was rebuilt
would else fall silent unnoticed.
"""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from charset_normalizer import from_bytes
from cssselect import HTMLTranslator
from lxml import etree, html
from w3lib.encoding import html_to_unicode

from etl.errors import FetchFailed
from etl.extract import urls
from etl.extract.feeds.announced import Announced, latest
from etl.extract.feeds.asking import Asker, Document
from etl.extract.feeds.given import described
from etl.extract.feeds.linked import Links
from etl.extract.feeds.moments import moment
from etl.sources import ListingFeed

MAX_LISTING_BYTES = 10_000_000
"""Some journals list all they ever published on one page: 10,000 articles take 3 MB."""

PLAUSIBLE = ("cp1251", "koi8_r", "cp866", "iso8859_5", "cp1252", "cp1256", "cp1254")
"""Charsets of a page that is not UTF-8 and does not say what it is; Cyrillic ones first."""


def links(feed: ListingFeed, asker: Asker) -> Announced:
    """One link per page listed, in the order of the lists.

    `announced_at` is the time of a `<time datetime=…>` beside a link, if what was selected
    leads to no other page; lists without such times give none. Links with `rel=nofollow` count.

    If a page fails on the way, none is remembered: the next run reads all of them again, or it
    would end at the first unchanged one and never come to the one that failed.

    Raises:
        FetchFailed: The first page did not come, or nothing on it is selected.
    """
    reader = _Reader(feed, asker)
    try:
        reader.follow()
    except FetchFailed as error:
        if reader.page_count == 0:
            raise
        problem = f"page {reader.page_count + 1} of the list: {error}"
        return Announced(reader.links.found, [problem, *reader.links.problems])
    return Announced(reader.links.found, reader.links.problems, tuple(asker.read))


class _Reader:
    """One way through the pages of a list."""

    def __init__(self, feed: ListingFeed, asker: Asker) -> None:
        self.links = Links()
        self.page_count = 0
        """Pages read."""
        self._feed = feed
        self._asker = asker
        xpath = HTMLTranslator().css_to_xpath
        self._link = xpath(feed.link)
        self._next = xpath(feed.next) if feed.next else None
        self._zone = ZoneInfo(asker.source.timezone)

    def follow(self) -> None:
        """Read one page after the other.

        Raises:
            FetchFailed: A page did not come, or nothing on the first one is selected.
        """
        address: str | None = self._feed.at
        visited: set[str] = set()
        while address and self.page_count < self._feed.pages:
            name = urls.canonical(address)
            if name in visited:
                return
            visited.add(name)
            is_first = self.page_count == 0
            document = self._asker.document(address, MAX_LISTING_BYTES, is_given=is_first)
            if document is None:
                return
            address = self._page(document)
            self.page_count += 1

    def _page(self, document: Document) -> str | None:
        """Take the links of one page; return the address of the next one, None at the end.

        Raises:
            FetchFailed: It is the first page, and nothing on it is selected.
        """
        root = _tree(document)
        if root is None:
            raise FetchFailed(f"no list: it is {described(document)}")
        base = _base(root, document.address)
        selected = root.xpath(self._link)
        taken = [self._take(element, base) for element in selected]
        if self.page_count == 0 and not any(taken):
            raise FetchFailed(self._silence(len(selected), document.address))
        return self._following(root, base, document.address)

    def _take(self, element: html.HtmlElement, base: str) -> int:
        """Take the links of one selected element; return how many there are."""
        written = list(dict.fromkeys(_hrefs(element)))
        announced_at = self._time(element) if len(written) == 1 else None
        return sum(self.links.add(href, base, announced_at) for href in written)

    def _time(self, element: html.HtmlElement) -> datetime | None:
        """The latest time inside an element."""
        return latest(moment(time.get("datetime"), self._zone) for time in element.iter("time"))

    def _silence(self, count: int, address: str) -> str:
        """Why a list gives nothing."""
        found = f"matches elements without a link ({count:,})" if count else "matches nothing"
        return (
            f"the selector {self._feed.link!r} {found} on {address}; "
            "the page's layout may have changed: look at it, and correct `link`"
        )

    def _following(self, root: html.HtmlElement, base: str, address: str) -> str | None:
        """The address of the next page; None if there is none on this site."""
        selected = root.xpath(self._next) if self._next else []
        written = (href for element in selected for href in _hrefs(element))
        found = (urls.resolved(href, base) for href in written)
        return next((url for url in found if url and urls.is_of_one_site(url, address)), None)


def _tree(document: Document) -> html.HtmlElement | None:
    """The tree of a page; None if there is nothing to read."""
    # libxml2 would end at a NUL.
    text = _text(document).replace("\0", "")
    try:
        return html.document_fromstring(
            text.encode("utf-8", "replace"),
            parser=html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True),
        )
    except (etree.LxmlError, ValueError):
        return None


def _text(document: Document) -> str:
    """The text of a page: UTF-8 whatever it declares, else as declared, else the likeliest."""
    try:
        return document.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        _, text = html_to_unicode(
            document.content_type, document.content, auto_detect_fun=_likeliest
        )
        return text


def _likeliest(content: bytes) -> str | None:
    """The charset that undeclared bytes are in most likely; None if none fits."""
    best = from_bytes(content, cp_isolation=list(PLAUSIBLE)).best()
    return best.encoding if best else None


def _base(root: html.HtmlElement, address: str) -> str:
    """Where the relative links of a page start."""
    written = next((str(base.get("href")) for base in root.iter("base") if base.get("href")), "")
    try:
        return urljoin(address, written.strip())
    except ValueError:
        return address


def _hrefs(element: html.HtmlElement) -> Iterator[str]:
    """The links of a selected element: its own, else those inside, else that it is inside of."""
    if "href" in element.attrib:
        yield str(element.attrib["href"])
        return
    inside = [link.attrib["href"] for link in element.iter("a", "area") if "href" in link.attrib]
    around = (link.attrib["href"] for link in element.iterancestors("a") if "href" in link.attrib)
    yield from inside or [*around][:1]
