"""A web archive (WARC) or a zip file of pages to links, and places in them to pages.

Feed kind `archive`. The location of a page is `warc:<path>!<byte offset of its record>` or
`zip:<path>!<name of the member>`; `%` and `!` in the path are written `%25` and `%21`. What an
archive of a kind holds is read in `etl.extract.feeds.warc` and `etl.extract.feeds.zips`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from etl.errors import FetchFailed
from etl.extract import urls
from etl.extract.feeds import warc, zips
from etl.extract.feeds.announced import Announced, Link, Read
from etl.extract.feeds.asking import Asker
from etl.extract.web.answers import Answer
from etl.sources import ArchiveFeed

READERS: Mapping[str, Callable[[Path, Collection[str], int], Iterator[tuple[str, Answer]]]] = {
    "warc": warc.answers,
    "zip": zips.answers,
}
"""How the places of an archive are read, by the start of their locations."""


def links(feed: ArchiveFeed, asker: Asker) -> Announced:
    """One link per page of the archive; none if the file is as it was when it was read last.

    When a page was captured or packed says nothing about its publication: `announced_at` is
    unknown. An archive with a damage is read anew by every run, as it may be replaced.

    Raises:
        FetchFailed: The archive is missing, cannot be read, or is none.
    """
    path = Path(feed.at)
    try:
        state = _state(path)
        if asker.known.get(feed.at, Read(feed.at)).since == state:
            return Announced([], [])
        is_zip = path.suffix.lower() == ".zip"
        found, problems = _in_zip(feed, path, asker) if is_zip else _in_warc(path)
    except OSError as error:
        raise FetchFailed(f"{path}: {error.strerror or error}") from error
    return Announced(found, problems, () if problems else (Read(feed.at, since=state),))


def is_archived(location: str) -> bool:
    """Whether a location is a place in an archive.

    >>> is_archived("zip:/a/b.zip!c.html"), is_archived("https://oasis.example/a.zip!c")
    (True, False)
    """
    kind, _, rest = location.partition(":")
    return kind in READERS and "!" in rest


def read(location: str, max_bytes: int) -> Answer:
    """The page at one place; a larger one, or a damaged one, is a failure like one of the web."""
    ((_, answer),) = read_all([location], max_bytes)
    return answer


def read_all(locations: Iterable[str], max_bytes: int) -> Iterator[tuple[str, Answer]]:
    """Each location once, with its page.

    Archive after archive, each opened once and read from its start to its end: the order is
    that of the pages in it.
    """
    archives: dict[tuple[str, str], dict[str, str]] = {}
    for location in locations:
        kind, _, rest = location.partition(":")
        path, _, place = rest.partition("!")
        archives.setdefault((kind, unquote(path)), {})[place] = location
    for (kind, path), by_place in archives.items():
        for place, answer in READERS[kind](Path(path), by_place, max_bytes):
            yield by_place[place], answer


def _location(kind: str, path: Path, place: object) -> str:
    """How a place in an archive is written."""
    return f"{kind}:{str(path).replace('%', '%25').replace('!', '%21')}!{place}"


def _state(path: Path) -> str:
    """What tells that a file has changed: its size and the time of the last change."""
    stat = path.stat()
    return f"{stat.st_size} bytes, {stat.st_mtime_ns} ns"


def _in_warc(path: Path) -> tuple[list[Link], list[str]]:
    """The pages of a WARC, each in its newest capture, and what could not be read."""
    offsets, problems = warc.pages(path)
    found = [
        Link(url, _location("warc", path, offset), None, is_live=False)
        for url, offset in offsets.items()
    ]
    return found, problems


def _in_zip(feed: ArchiveFeed, path: Path, asker: Asker) -> tuple[list[Link], list[str]]:
    """The pages of a zip file, in its order, and what could not be read."""
    names, problems = zips.names(path, feed.pattern)
    found: list[Link] = []
    for name in names:
        try:
            url = urls.of_file(zips.relative(name), feed.base_url, asker.source.name)
            found.append(Link(url, _location("zip", path, name), None, is_live=False))
        except ValueError as error:
            problems.append(f"{name[:100]!r}: {error}")
    return found, problems
