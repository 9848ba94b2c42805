"""The kinds of feed a source file can name, one model each.

A new kind is its model here, in the union `Feed`, and one module in `etl.extract` with one
line in its registry `KINDS`. Models only say what may be written in a source file; how a kind
is read stands in `etl.extract`.
"""

import re
from pathlib import Path
from typing import Annotated, Literal, TypeVar, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

WEB = re.compile(r"https?://", re.IGNORECASE)
"""Start of an address on the web: `https://`."""

SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
"""Start of any other address: `ftp:`, `file:`; one letter is a drive, as in `C:`."""

CREDENTIALS = re.compile(r"(?<=//)[^/?#]*@")
"""User and password in an address: `reader:secret@`."""


T = TypeVar("T")


class Strict(BaseModel):
    """Base of what is written in source files: no unknown keys, no changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def web_url(value: str) -> str:
    """`value`, if it is an http(s) URL with a host."""
    if not WEB.match(value) or not urlsplit(value).hostname:
        raise ValueError("write a URL that starts with http:// or https://")
    return value


def folder_path(value: str, info: ValidationInfo) -> str:
    """`value` as a path; a relative one lies beside the source file."""
    if SCHEME.match(value):
        raise ValueError("write a path; relative ones start at the folder of this file")
    path = Path(value).expanduser()
    return str(((info.context or Path()) / path).absolute())


def feed_address(value: str, info: ValidationInfo) -> str:
    """`value`, if it is a web URL, else the path of a feed file beside the source file."""
    if WEB.match(value):
        return web_url(value)
    if SCHEME.match(value):
        raise ValueError("write an http(s) URL, or the path of a feed file")
    return folder_path(value, info)


def listed(value: object) -> object:
    """One pattern as a list of one."""
    return (value,) if isinstance(value, str) else value


def filled(value: tuple[T, ...]) -> tuple[T, ...]:
    """`value`, if it holds anything; pydantic's `min_length` does not count what is invalid."""
    if not value:
        raise ValueError("must not be empty")
    return value


def inner_glob(value: str) -> str:
    """`value`, if it is a glob that stays inside its folder."""
    if value.startswith("/") or "\\" in value or ".." in value.split("/"):
        raise ValueError("write a glob below the folder, such as **/*.html")
    return value


def regex(value: str) -> str:
    """`value`, if it is a regular expression."""
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from error
    return value


def selector(value: str) -> str:
    """`value`, if it is a CSS selector."""
    import cssselect  # only sources with listings or rules need it
    from lxml import etree

    try:
        etree.XPath(cssselect.HTMLTranslator().css_to_xpath(value))(etree.Element("html"))
    except (cssselect.SelectorError, etree.XPathError) as error:
        raise ValueError(f"no CSS selector: {error}") from error
    return value


def archive_path(value: str, info: ValidationInfo) -> str:
    """`value` as the path of a web archive or a zip file."""
    if not value.lower().endswith((".warc", ".warc.gz", ".zip")):
        raise ValueError("write the path of a file that ends in .warc, .warc.gz or .zip")
    return folder_path(value, info)


WebUrl = Annotated[str, AfterValidator(web_url)]
FolderPath = Annotated[str, Field(min_length=1), AfterValidator(folder_path)]
FeedAddress = Annotated[str, Field(min_length=1), AfterValidator(feed_address)]
Glob = Annotated[str, Field(min_length=1), AfterValidator(inner_glob)]
Regex = Annotated[str, Field(min_length=1), AfterValidator(regex)]
Selector = Annotated[str, Field(min_length=1), AfterValidator(selector)]
ArchivePath = Annotated[str, Field(min_length=1), AfterValidator(archive_path)]
Regexes = Annotated[tuple[Regex, ...], BeforeValidator(listed)]


class AnyFeed(Strict):
    """What all kinds share: a kind and the place where new pages are announced."""

    kind: str
    at: str
    include: Regexes = ()
    """Only URLs in which one of these is found are taken; all if there is none."""
    exclude: Regexes = ()
    """URLs in which one of these is found are left out."""

    @property
    def label(self) -> str:
        """Kind and place in one line, without credentials, as in `rss https://…/feed.xml`."""
        return f"{self.kind} {CREDENTIALS.sub('', self.at)}"


class FilesFeed(AnyFeed):
    """A folder of pages, read anew by every run."""

    kind: Literal["files"]
    at: FolderPath
    base_url: WebUrl | None = None
    """Where the folder is, or was, on the web; file names follow it in URLs."""
    pattern: Annotated[tuple[Glob, ...], BeforeValidator(listed), AfterValidator(filled)] = (
        "**/*.html",
        "**/*.htm",
        "**/*.txt",
    )
    """Globs of the files to take, in any case; `**` stands for any number of folders."""


class RssFeed(AnyFeed):
    """An RSS, Atom or JSON feed on the web, or kept in a file."""

    kind: Literal["rss"]
    at: FeedAddress


class SitemapFeed(AnyFeed):
    """An XML sitemap, sitemap index, news sitemap or text sitemap, gzip too."""

    kind: Literal["sitemap"]
    at: FeedAddress


class ListingFeed(AnyFeed):
    """HTML pages that list articles, one leading to the next."""

    kind: Literal["listing"]
    at: WebUrl
    link: Selector
    """Selects the links to articles, or what holds them: `h2.title a`."""
    next: Selector | None = None
    """Selects the link to the next page of the list; only one page is read without it."""
    pages: Annotated[int, Field(ge=1, le=1_000)] = 10
    """Pages read at most."""


class OaiFeed(AnyFeed):
    """A repository or e-journal that answers to OAI-PMH; asked only for what is newer."""

    kind: Literal["oai"]
    at: WebUrl
    set: str | None = None
    """`setSpec` of the part to take, such as one journal of a site."""
    prefix: str = "oai_dc"
    """Metadata format; a page's URL is taken from its `identifier` elements."""


class ArchiveFeed(AnyFeed):
    """A web archive (WARC) or a zip file of pages."""

    kind: Literal["archive"]
    at: ArchivePath
    base_url: WebUrl | None = None
    """Zip only: where its files are, or were, on the web."""
    pattern: Annotated[tuple[Glob, ...], BeforeValidator(listed), AfterValidator(filled)] = (
        "**/*.html",
        "**/*.htm",
        "**/*.txt",
    )
    """Zip only: globs of the files to take."""


class WaybackFeed(AnyFeed):
    """A dead journal as a web archive with a CDX interface holds it."""

    kind: Literal["wayback"]
    at: WebUrl
    """Pages below this address are taken, each in its newest capture."""
    cdx_url: WebUrl = "https://web.archive.org/cdx/search/cdx"
    """Endpoint that lists captures."""
    replay_url: WebUrl = "https://web.archive.org/web"
    """Endpoint that gives a capture as it was: `<replay_url>/<timestamp>id_/<url>`."""
    since: Annotated[int, Field(ge=1996, le=2100)] | None = None
    """First year of captures to take."""
    until: Annotated[int, Field(ge=1996, le=2100)] | None = None
    """Last year of captures to take."""


Feed = Annotated[
    FilesFeed | RssFeed | SitemapFeed | ListingFeed | OaiFeed | ArchiveFeed | WaybackFeed,
    Field(discriminator="kind"),
]
"""A feed of any kind; `kind` tells which."""

MODELS: dict[str, type[AnyFeed]] = {
    get_args(model.model_fields["kind"].annotation)[0]: model
    for model in get_args(get_args(Feed)[0])
}
"""Models by kind, in the order of the union."""


class Visits(Strict):
    """How the pages of a source are visited; the defaults suit a small journal."""

    allow_private: bool = False
    """Whether addresses of this machine or its network may be asked; else they are refused."""
    obey_robots: bool = True
    """Whether robots.txt is asked; false only for sites of your own."""
    delay_seconds: Annotated[float, Field(ge=0, le=600)] = 0.5
    """Least time between two requests to one host; a longer Crawl-delay counts more."""
    pages_per_run: Annotated[int, Field(ge=1)] = 2_000
    """Pages fetched from one host in one run; the rest is left for the next runs."""
    recheck_days: Annotated[float, Field(gt=0)] | None = 1.0
    """Days after which a known page is asked for changes, then after twice as many, and so on
    up to `LONGEST_RECHECK_DAYS`; null: never."""


LONGEST_RECHECK_DAYS = 64
"""Corrections come early: after two months of doubling, a page is looked at six times a year."""
