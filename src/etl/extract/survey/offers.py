"""Feeds that were found on a site to those worth reading, each with the reason if it is not.

Feeds of articles come first, for they are fresh; of sitemaps and repositories, which are
complete, those are read that add to them.
"""

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from etl.extract import urls
from etl.extract.discovery import wanted
from etl.extract.feeds.announced import Link
from etl.extract.feeds.asking import Document
from etl.extract.survey.probe import Probe, counted
from etl.sources import Feed

MOST_TAKEN = 5
"""Feeds of one kind in a source: each is asked again and again."""

NEWS = re.compile(rb"<news:news\b")
"""In a sitemap of the last two days: `<news:news>`."""

INDEX = re.compile(rb"<sitemapindex\b")
"""In an index of sitemaps: `<sitemapindex`."""

TOP_BYTES = 1_000
"""Where a document says what it is, after comments of its maker."""

LIST_FOLDERS = ("author", "category", "tag", "tags")
"""Parts of paths below which systems of every make list articles."""


class Offer(NamedTuple):
    """A feed that a site offers."""

    feed: Feed
    """As it stands in a source file."""
    probe: Probe
    found_in: str
    """Where its address came from: `robots.txt`."""
    reason: str | None = None
    """Why it is not taken; None if it is."""


class Proof(NamedTuple):
    """An offer, and what was seen when it was read."""

    offer: Offer
    links: frozenset[str]
    """URLs it announces."""
    marks: frozenset[str]
    """Address and hash of its first document: who shares one is the same feed."""
    is_news: bool
    """Whether it is a sitemap of the last days."""
    indexes: bytes = b""
    """The indexes of sitemaps among its documents."""


def proved(offer: Offer, links: Sequence[Link], documents: Sequence[Document]) -> Proof:
    """The offer of a feed after it was read, as it would best be written down."""
    feed, first = offer.feed, documents[0] if documents else None
    # The address of a repository is not that of its answers, which have queries.
    if first and feed.kind != "oai" and urls.is_of_one_site(first.address, feed.at):
        feed = feed.model_copy(update={"at": first.address})
    if feed.kind == "sitemap":
        feed = without_lists(feed, links, is_complete=offer.probe.is_complete)
    told, kept = counted(offer.probe._replace(at=feed.at), feed, links)
    contents = [document.content for document in documents]
    return Proof(
        offer._replace(feed=feed, probe=told),
        frozenset(link.url for link in kept),
        frozenset(_marks(first)) if first else frozenset(),
        bool(contents) and NEWS.search(contents[0]) is not None,
        b" ".join(content for content in contents if INDEX.search(content[:TOP_BYTES])),
    )


def judged(proofs: Sequence[Proof], homepage_url: str) -> list[Offer]:
    """The offers, best first, each with the reason if it is not worth reading.

    A feed that was found twice is named once.
    """
    taken: list[Proof] = []
    told: list[Offer] = []
    seen: set[str] = set()
    for proof in sorted(proofs, key=_rank):
        if proof.marks & seen:
            continue
        seen |= proof.marks
        reason = _against(proof, taken, homepage_url)
        told.append(proof.offer._replace(reason=reason))
        if reason is None:
            taken.append(proof)
    return told


def without_lists(feed: Feed, links: Sequence[Link], *, is_complete: bool) -> Feed:
    """The feed with a rule that leaves out lists of articles, if it has any.

    Where a sitemap was read in part, there may be lists of every sort. Where all its pages are
    in such a folder, they are articles there, unless its own name says otherwise.
    """
    found = [
        folder
        for folder in LIST_FOLDERS
        if not is_complete or any(f"/{folder}/" in link.url for link in links)
    ]
    if not found:
        return feed
    folders = found[0] if len(found) == 1 else f"({'|'.join(found)})"
    ruled = feed.model_copy(update={"exclude": (f"/{folders}/",)})
    is_left = bool(wanted(ruled, links)) or any(folder in feed.at for folder in found)
    return ruled if is_left else feed


def _rank(proof: Proof) -> int:
    """Where an offer stands: feeds, news sitemaps, repositories, sitemaps, lists."""
    if proof.is_news:
        return 1
    return {"rss": 0, "oai": 2, "sitemap": 3, "listing": 4}[proof.offer.feed.kind]


def _against(proof: Proof, taken: Sequence[Proof], homepage_url: str) -> str | None:
    """Why an offer is not worth reading beside those that are taken; None if it is."""
    kind, probe = proof.offer.feed.kind, proof.offer.probe
    if not proof.links:
        nothing = "lists of articles only" if proof.offer.feed.exclude else "nothing at present"
        return probe.problem or f"announces {nothing}"
    if any(proof.offer.feed.at.encode() in other.indexes for other in taken):
        return "a sitemap that is read leads to it"
    if sum(urls.is_of_one_site(url, homepage_url) for url in proof.links) * 2 < len(proof.links):
        return "announces pages of other sites"
    if probe.is_complete and proof.links <= frozenset().union(*(t.links for t in taken)):
        return "announces nothing that the others do not"
    kinds = [other.offer.feed.kind for other in taken]
    if kind == "sitemap" and not proof.is_news and any(other.is_news for other in taken):
        return "a sitemap of news is read; add this one for older articles"
    if kind == "sitemap" and "oai" in kinds:
        return "OAI-PMH has the same articles, and nothing but articles"
    if kinds.count(kind) >= MOST_TAKEN:
        return f"{MOST_TAKEN} feeds of this kind are read already"
    return None


def _marks(document: Document) -> tuple[str, str]:
    """What makes a document the same as another: its address, its bytes."""
    try:
        address = urls.canonical(document.address)
    except ValueError:
        address = document.address
    return address, sha256(document.content).hexdigest()
