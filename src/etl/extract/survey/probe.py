"""One feed to what it would give, asked with a limit; nothing is loaded or remembered.

`etl sources check` asks the feeds of a source file this way, `survey` those it has found.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from etl.errors import FetchFailed
from etl.extract.discovery import AHEAD, wanted
from etl.extract.feeds import kinds
from etl.extract.feeds.announced import Link, latest
from etl.extract.feeds.asking import Asker, Document
from etl.extract.web import Web
from etl.sources import Feed, Source

MOST_DOCUMENTS = 20
"""Documents of one feed that a check reads: with half a second between them it takes 10 s."""

UNDATED = datetime.min.replace(tzinfo=UTC)
"""Stands in for times that are not known, where links are sorted."""

EXAMPLES = 3
"""Links shown per feed: enough to see a wrong `base_url`."""


ENOUGH = "a look at a feed reads no more of it"
"""Reason why the rest of a list did not come, where its reader wants one."""

LISTS = ("oai",)
"""Kinds whose readers want a reason; to the others a document that is as it was is the end."""


@dataclass
class Sampler(Asker):
    """Asks for a few documents of a feed, whatever earlier runs know of them."""

    kind: str = ""
    """Kind of the feed."""
    most: int = MOST_DOCUMENTS
    """Documents it may ask for."""
    is_ours: bool = False
    """Whether a person wrote the feed down; else robots.txt has the last word on all of it."""
    asked: int = 0
    is_cut: bool = False
    """Whether a document was left out."""
    documents: list[Document] = field(default_factory=list)

    def document(self, address: str, max_bytes: int, *, is_given: bool = False) -> Document | None:
        """The document at `address`; None, as if it were unchanged, once enough were read.

        Raises:
            FetchFailed: It did not come; or enough were read of one of `LISTS`.
        """
        if self.asked >= self.most:
            self.is_cut = True
            if self.kind in LISTS:
                raise FetchFailed(ENOUGH)
            return None
        self.asked += 1
        found = super().document(address, max_bytes, is_given=is_given and self.is_ours)
        if found is not None:
            self.documents.append(found)
        return found


class Probe(NamedTuple):
    """What one feed would give."""

    kind: str
    at: str
    """Without credentials."""
    is_reachable: bool
    link_count: int
    """Different URLs, after `include` and `exclude`."""
    is_complete: bool
    """Whether all its documents were read; else it announces more than was counted."""
    newest_at: datetime | None
    """Latest time a link is announced with; None if none has one."""
    examples: tuple[Link, ...]
    """The newest links."""
    problem: str | None
    """What went wrong, all or in part, in one line; None if nothing did."""

    @property
    def count_shown(self) -> str:
        """The number of links in words: `12 links`, `at least 400 links`."""
        links = "1 link" if self.link_count == 1 else f"{self.link_count:,} links"
        return links if self.is_complete else f"at least {links}"


def check(source: Source, web: Web, now: datetime) -> list[Probe]:
    """One probe per feed of `source`, in its order."""
    samplers = (Sampler(source, web, now, kind=feed.kind, is_ours=True) for feed in source.feeds)
    return [probe(feed, sampler)[0] for feed, sampler in zip(source.feeds, samplers, strict=True)]


def probe(feed: Feed, sampler: Sampler) -> tuple[Probe, list[Link]]:
    """What a feed gives: summed up, and all its links, no URL twice."""
    announced = kinds.asked(feed, sampler)
    problems = [problem for problem in announced.problems if ENOUGH not in problem]
    told = Probe(
        kind=feed.kind,
        at=feed.label.removeprefix(f"{feed.kind} "),
        is_reachable=bool(announced.links) or not problems,
        link_count=0,
        is_complete=not sampler.is_cut,
        newest_at=None,
        examples=(),
        problem="; ".join(problems) or None,
    )
    return counted(told, feed, [_dated(link, sampler.now) for link in announced.links])


def counted(told: Probe, feed: Feed, links: Iterable[Link]) -> tuple[Probe, list[Link]]:
    """The probe with the links that the feed's `include` and `exclude` let through, and these."""
    first: dict[str, Link] = {}
    for link in wanted(feed, links):
        first.setdefault(link.url, link)
    found = list(first.values())
    newest_at = latest(link.announced_at for link in found)
    told = told._replace(link_count=len(found), newest_at=newest_at, examples=newest(found))
    return told, found


def newest(links: Sequence[Link]) -> tuple[Link, ...]:
    """A few of the newest of `links`, dated ones first; no home page if there are others."""
    inner = [link for link in links if urlsplit(link.url).path.strip("/")] or links
    return tuple(
        sorted(inner, key=lambda link: link.announced_at or UNDATED, reverse=True)[:EXAMPLES]
    )


def _dated(link: Link, now: datetime) -> Link:
    """The link without a time that lies ahead, as runs take it."""
    is_ahead = link.announced_at is not None and link.announced_at > now + AHEAD
    return link._replace(announced_at=None) if is_ahead else link
