"""Sitemaps and sitemap indexes to links; feed kind `sitemap`.

An index leads to other sitemaps, which are read in turn: new ones first, then those changed
last. One that fails is a problem, and the others go on.

A large site has hundreds of sitemaps and changes one, so a sitemap is passed over while its
index dates it as before (`lastmod`). It is asked for all the same if the index gives no date,
if the date is the newest one or of the last days, and on one day of each week, for indexes
whose dates never change. What the index said stays in `Read.since` of its document.

How the bytes of a sitemap are read belongs to `sitemap_entries`.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple
from zlib import crc32
from zoneinfo import ZoneInfo

from etl.errors import FetchFailed
from etl.extract import urls
from etl.extract.feeds.announced import Announced, Read, latest
from etl.extract.feeds.asking import Asker, Document
from etl.extract.feeds.given import given
from etl.extract.feeds.linked import Links
from etl.extract.feeds.sitemap_entries import MAX_SITEMAP_BYTES, Entry, entries
from etl.extract.lines import one_line
from etl.sources import SitemapFeed
from etl.sources.feeds import WEB

MAX_DOCUMENTS = 500
"""Sitemaps asked for in one run: with half a second between them it takes four minutes."""

MAX_LINKS = 200_000
"""Links after which a run asks for no further sitemap; they take some 60 MB."""

MAX_DEPTH = 3
"""Indexes on the way to a sitemap; the protocol wants one, some sites have two."""

MAX_PROBLEMS = 20
"""Problems told one by one."""

FRESH = timedelta(days=2)
"""Age of a date that does not say whether a sitemap has changed since it was read: dates are
given by the day, in the zone of the site."""

WEEK_DAYS = 7


class Child(NamedTuple):
    """One sitemap of an index."""

    address: str
    changed_at: datetime | None
    """As the index says, UTC; None if it does not, or if the sitemap was not read whole."""


def links(feed: SitemapFeed, asker: Asker) -> Announced:
    """One link per page, in the order of the sitemaps read; `announced_at` is its last change.

    An unchanged sitemap announces nothing, but the sitemaps of an unchanged index are asked
    for. Sitemaps of other sites are left out, as the protocol has it.

    Raises:
        FetchFailed: The first document did not come, is no sitemap, or nothing in it is whole.
    """
    walk = _Walk(asker, visited={feed.at})
    walk.read(feed.at, given(feed.at, asker, MAX_SITEMAP_BYTES))
    return walk.announced()


@dataclass
class _Walk:
    """One way through the sitemaps of a feed."""

    asker: Asker
    links: Links = field(default_factory=Links)
    problems: list[str] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    """What each index says of its sitemaps, for `Read.since`, by the address of the index."""
    broken: set[str] = field(default_factory=set)
    """Addresses of sitemaps that came, but not whole: the next run is to read them again."""
    visited: set[str] = field(default_factory=set)
    """Addresses of the sitemaps asked for."""
    left_count: int = 0
    """Sitemaps left for later runs."""

    def read(self, at: str, document: Document | None, depth: int = 1) -> bool:
        """Take what a sitemap and the sitemaps in it hold; return whether all of it came.

        Args:
            at: Where it was asked for.
            document: None if it is unchanged.
            depth: Indexes on the way, this one included.

        Raises:
            FetchFailed: It is no sitemap, or nothing in it is whole.
        """
        before = _remembered(self.asker.known.get(at))
        children = list(before.values()) if document is None else self._taken(at, document)
        if not children:
            return at not in self.broken
        if depth > MAX_DEPTH:
            raise FetchFailed(f"an index below {MAX_DEPTH} indexes; name it as a feed of its own")
        due = self._due(children, before)
        # A date that is left out here makes its sitemap due in the next run.
        missed = {child.address for child in due if not self._child(child.address, depth + 1)}
        self.told[at] = _told(children, missed)
        return at not in self.broken and not missed

    def announced(self) -> Announced:
        """What came of it all."""
        read = tuple(
            document._replace(since=self.told.get(document.address))
            for document in self.asker.read
            if document.address not in self.broken
        )
        problems = [*_summed_up(self.problems), *self.links.problems]
        if self.left_count:
            problems.append(
                f"sitemaps left to later runs: {self.left_count:,}; one run asks for "
                f"{MAX_DOCUMENTS:,} at most, and for no more after {MAX_LINKS:,} links"
            )
        return Announced(self.links.found, problems, read)

    def _taken(self, at: str, document: Document) -> list[Child]:
        """The sitemaps an index names; pages are taken on the way.

        Raises:
            FetchFailed: It is no sitemap, or nothing in it is whole.
        """
        named: list[Entry] = []
        count = 0
        try:
            for entry in entries(document, self._zone):
                count += 1
                if entry.is_sitemap:
                    named.append(entry)
                else:
                    self.links.add(entry.link, document.address, entry.changed_at)
        except FetchFailed as error:
            if not count:
                raise
            self.broken.add(at)
            self.problems.append(f"{document.address or at}: {error}")
        return self._children(at, document, named)

    @property
    def _zone(self) -> ZoneInfo:
        """Time zone of the journal."""
        return ZoneInfo(self.asker.source.timezone)

    def _children(self, at: str, document: Document, named: Iterable[Entry]) -> list[Child]:
        """The sitemaps of the same site among those that an index names."""
        homes = [address for address in (document.address, at) if WEB.match(address)]
        children: dict[str, Child] = {}
        strange: list[str] = []
        for entry in named:
            address = urls.resolved(entry.link, document.address)
            if address is None:
                self.links.broken.append(f"{one_line(entry.link)!r}: no address of a sitemap")
            elif homes and not any(urls.is_of_one_site(address, home) for home in homes):
                strange.append(address)
            else:
                children.setdefault(address, Child(address, entry.changed_at))
        if strange:
            self.problems.append(
                f"sitemaps of other sites left out: {len(strange):,}, such as {strange[0]}; "
                "name them as feeds of their own"
            )
        return list(children.values())

    def _due(self, children: Sequence[Child], before: Mapping[str, Child]) -> list[Child]:
        """The sitemaps to ask for: those never read first, then those changed last.

        Args:
            children: As the index names them now.
            before: As it named them when it was read last, by address.
        """
        newest = latest(child.changed_at for child in children)
        certain = min(newest, self.asker.now - FRESH) if newest else None
        due = [c for c in children if before.get(c.address) != c or self._is_due(c, certain)]
        return sorted(due, key=lambda child: (self._is_known(child), -_seconds(child)))

    def _is_due(self, child: Child, certain: datetime | None) -> bool:
        """Whether to ask for a sitemap that its index dates as before.

        Args:
            child: The sitemap.
            certain: A sitemap dated before this has not changed, if the index is right.
        """
        if child.changed_at is None or certain is None or not self._is_known(child):
            return True
        weekday = (crc32(child.address.encode()) + self.asker.now.toordinal()) % WEEK_DAYS
        return child.changed_at >= certain or weekday == 0

    def _is_known(self, child: Child) -> bool:
        """Whether an earlier run read the sitemap."""
        return child.address in self.asker.known

    def _child(self, address: str, depth: int) -> bool:
        """Read one sitemap of an index; return whether all of it came, now or earlier."""
        if address in self.visited:
            return True
        if len(self.visited) >= MAX_DOCUMENTS or len(self.links.found) >= MAX_LINKS:
            self.left_count += 1
            return False
        self.visited.add(address)
        try:
            return self.read(address, self.asker.document(address, MAX_SITEMAP_BYTES), depth)
        except FetchFailed as error:
            self.broken.add(address)
            self.problems.append(f"{address}: {error}")
            return False


def _seconds(child: Child) -> float:
    """When a sitemap was changed, as a number; long ago if that is not known."""
    return child.changed_at.timestamp() if child.changed_at else 0.0


def _told(children: Iterable[Child], missed: Collection[str]) -> str:
    """What an index says of its sitemaps, as `Read.since` keeps it; no date for missed ones."""
    dates = {
        address: at.isoformat() if at and address not in missed else None
        for address, at in children
    }
    return json.dumps(dates, ensure_ascii=False)


def _remembered(read: Read | None) -> dict[str, Child]:
    """What an index said of its sitemaps when it was read last, by their addresses."""
    dates: dict[str, str | None] = json.loads((read and read.since) or "{}")
    return {
        address: Child(address, datetime.fromisoformat(at) if at else None)
        for address, at in dates.items()
    }


def _summed_up(problems: Sequence[str]) -> list[str]:
    """The first problems, and how many more there are."""
    more = len(problems) - MAX_PROBLEMS
    if more <= 0:
        return list(problems)
    return [*problems[:MAX_PROBLEMS], f"and {more:,} more, the last: {problems[-1]}"]
