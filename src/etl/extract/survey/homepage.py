"""The home page of a site to what it says of itself: title, language, addresses of its feeds.

Nothing is asked here; `survey` asks the addresses. Where a site keeps feeds that its home page
does not mention is written down here, too.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html
from w3lib.encoding import html_to_unicode

from etl import sources
from etl.extract import urls
from etl.extract.lines import one_line

ANNOUNCED_AS = re.compile(r"application/(?:rss\+xml|atom\+xml|feed\+json|rdf\+xml)", re.IGNORECASE)
"""Type of a feed in `<link rel="alternate">`: `application/rss+xml`."""

FEED_PATH = re.compile(r"(?:/(?:feed|rss|atom)/?|\.rss|\.atom|\.rdf|\.xml)$", re.IGNORECASE)
"""End of the path of a link that may be a feed: `/feed`, `/news.rss`."""

SITEMAP_PATH = re.compile(r"sitemap[^/]*\.(?:xml|txt)(?:\.gz)?$", re.IGNORECASE)
"""End of the path of a sitemap: `/sitemap_index.xml`, `/news-sitemap.xml.gz`."""

COMMENTS = re.compile(r"comment|комментар|دیدگاه|نظرات", re.IGNORECASE)
"""In the title or path of a feed of readers' comments: `/comments/feed/`."""

OJS = re.compile(r"open journal systems", re.IGNORECASE)
"""In the generator of a journal on OJS: `Open Journal Systems 3.3.0.8`."""

OJS_PAGE = re.compile(
    r"(https?://[^?#]+?)(?:/[a-z]{2}(?:_[A-Za-z@]+)?)?"
    r"/(?:issue/(?:current|archive|view)|article/view)(?:[/?#]|$)"
)
"""A page of OJS, after its journal and perhaps a language: `…/index.php/jcas/en/issue/current`."""

WELCOME = re.compile(
    r"(?:home(?: ?page)?|main(?: page)?|welcome|index|главная(?: страница)?|саҳифаи асосӣ"
    r"|خانه|صفحه اصلی|صفحه نخست)\Z",
    re.IGNORECASE,
)
"""A part of a title that says only that this is the home page: `Home`."""

TITLE_PARTS = re.compile(r"\s+[|–—·»«:-]+\s+")
"""Between the parts of a title: ` | `."""

TEXT_LENGTH = 5_000
"""Characters of text kept: the language shows in fewer."""

USUAL = {
    "feed": ("rss", ("/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")),
    "sitemap": ("sitemap", ("/sitemap.xml", "/sitemap_index.xml")),
    "news sitemap": ("sitemap", ("/news-sitemap.xml", "/sitemap-news.xml")),
}
"""Kind and places where WordPress, Jekyll, Hugo, Yoast and their like keep what is read."""


class Candidate(NamedTuple):
    """An address that may hold a feed."""

    kind: str
    address: str


class Homepage(NamedTuple):
    """What a home page says."""

    address: str
    """Where it came from, after redirects."""
    title: str | None = None
    language: str | None = None
    """ISO 639-1, as declared; None if it is not, or is no such code."""
    text: str = ""
    """The first `TEXT_LENGTH` characters that a reader sees."""
    alternates: tuple[Candidate, ...] = ()
    """Feeds the page announces to readers of feeds; those of comments are left out."""
    linked: tuple[Candidate, ...] = ()
    """Links that look like feeds or sitemaps."""
    repositories: tuple[Candidate, ...] = ()
    """Where OJS answers to OAI-PMH, the likeliest first."""


def read(content: bytes, address: str, content_type: str | None) -> Homepage:
    """What the page says; as good as nothing for one that is no HTML."""
    root = parsed(content, content_type)
    if root is None:
        return Homepage(address)
    written = next(iter(root.xpath("//base/@href")), "")
    base = urls.resolved(str(written), address) or address
    links = list(_links(root, base))
    return Homepage(
        address,
        title=_title(root),
        language=_language(root),
        text=_text(root),
        alternates=_alternates(root, base),
        linked=tuple(dict.fromkeys(_linked(links, address))),
        repositories=_repositories(root, links),
    )


def parsed(content: bytes, content_type: str | None) -> html.HtmlElement | None:
    """The tree of a page; None if there is nothing to read."""
    _, text = html_to_unicode(content_type, content)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    # Scripts and styles are no text, and no link stands in them.
    etree.strip_elements(root, "script", "style", "noscript", "template", with_tail=False)
    return root


def usual(address: str, what: str) -> list[Candidate]:
    """The usual places of a `feed`, a `sitemap` or a `news sitemap` on the host of `address`.

    A site below a folder of its host has its feed there.
    """
    kind, paths = USUAL[what]
    places = [urljoin(address, "feed/")] if what == "feed" else []
    return list(dict.fromkeys(Candidate(kind, urljoin(address, at)) for at in [*places, *paths]))


def _links(root: html.HtmlElement, base: str) -> Iterator[str]:
    """Addresses the page links to."""
    for href in root.xpath("//a/@href"):
        if found := urls.resolved(str(href), base):
            yield found


def _alternates(root: html.HtmlElement, base: str) -> tuple[Candidate, ...]:
    """Feeds in the head of the page."""
    found = []
    for link in root.iter("link"):
        is_alternate = "alternate" in link.get("rel", "").lower().split()
        if not is_alternate or not ANNOUNCED_AS.match(link.get("type", "")):
            continue
        at = urls.resolved(link.get("href", ""), base)
        if at and not COMMENTS.search(link.get("title", "") + unquote(at)):
            found.append(Candidate("rss", at))
    return tuple(dict.fromkeys(found))


def _linked(links: list[str], address: str) -> Iterator[Candidate]:
    """Links that look like feeds or sitemaps of this site."""
    for link in links:
        path = urlsplit(link).path
        if not urls.is_of_one_site(link, address) or COMMENTS.search(unquote(path)):
            continue
        if SITEMAP_PATH.search(path):
            yield Candidate("sitemap", link)
        elif FEED_PATH.search(path):
            yield Candidate("rss", link)


def _repositories(root: html.HtmlElement, links: list[str]) -> tuple[Candidate, ...]:
    """OAI-PMH endpoints of the journals on OJS that the page links to."""
    generator = " ".join(str(value) for value in root.xpath("//meta[@name='generator']/@content"))
    journals = Counter(match[1] for link in links if (match := OJS_PAGE.match(link)))
    return tuple(
        Candidate("oai", f"{journal}/oai")
        for journal, _ in journals.most_common()
        # Other systems have such paths, too, but not below index.php.
        if OJS.search(generator) or "/index.php/" in journal
    )


def _title(root: html.HtmlElement) -> str | None:
    """Name of the site, without `Home`."""
    named = root.xpath("//meta[@property='og:site_name']/@content") + [
        title.text_content() for title in root.iter("title")
    ]
    for name in named:
        shown = one_line("".join(char if char.isprintable() else " " for char in str(name)))
        parts = [part for part in TITLE_PARTS.split(shown) if not WELCOME.match(part)]
        if shown and parts:
            return shown if len(parts) == len(TITLE_PARTS.split(shown)) else " – ".join(parts)
    return None


def _language(root: html.HtmlElement) -> str | None:
    """The declared language."""
    declared = [
        root.get("lang"),
        root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang"),
        *root.xpath("//meta[@http-equiv='content-language']/@content"),
        *root.xpath("//meta[@property='og:locale']/@content"),
    ]
    for value in declared:
        try:
            return sources.iso_639_1(re.split("[-_,;]", value or "")[0].strip().lower())
        except ValueError:
            continue
    return None


def _text(root: html.HtmlElement) -> str:
    """What a reader sees, white space collapsed."""
    body = root.find("body")
    pieces = root.itertext() if body is None else body.itertext()
    return " ".join(" ".join(str(piece) for piece in pieces).split())[:TEXT_LENGTH]
