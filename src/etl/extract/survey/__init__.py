"""The address of a site to what it offers: its name, its language, and feeds that work.

Every feed, sitemap and repository is proved by the reader a run would use, with few requests,
one after the other, and only where robots.txt lets us. Which of them are worth reading is
decided in `offers`; the source file is written by `etl sources add`.
"""

import re
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from etl.errors import FetchFailed
from etl.extract import urls
from etl.extract.survey import headlines, homepage, offers
from etl.extract.survey.homepage import Candidate, Homepage
from etl.extract.survey.offers import Offer, Proof
from etl.extract.survey.probe import Sampler, probe
from etl.extract.web import Answer, Ask, Web
from etl.sources import Source

MOST_REQUESTS = 25
"""For a whole survey, robots.txt included: with half a second between them about 12 s."""

MOST_DOCUMENTS: Mapping[str, int] = {"rss": 1, "sitemap": 3, "oai": 2, "listing": 1}
"""Asked for per candidate, by kind: an index of sitemaps and two of these tell enough."""

MOST_CANDIDATES = 6
"""Tried from one place, such as robots.txt: some name a sitemap for every month."""

FIRST_REQUESTS = 2
"""Of these: the page whose address was given, and robots.txt."""

MOST_SECONDS = 120.0
"""After so long nothing more is asked: some sites want 30 s between two requests."""

MAX_HOMEPAGE_BYTES = 5_000_000

ROBOTS = "robots.txt"
"""In the reason of what robots.txt forbids, or of a robots.txt that does not come."""

FEEDS = {
    "sitemap": re.compile(rb"<(?:urlset|sitemapindex)\b"),
    "oai": re.compile(rb"<OAI-PMH\b"),
    "rss": re.compile(rb"<(?:rss|feed|rdf:RDF)\b|jsonfeed\.org/version", re.IGNORECASE),
}
"""By kind, what a document has near its top that is a feed: `<rss version="2.0">`."""


class Survey(NamedTuple):
    """What a site offers."""

    homepage_url: str
    """After redirects."""
    title: str
    language: str | None
    """ISO 639-1, as declared; None if it is not."""
    text: str
    """The beginning of the home page's text, in which the language shows."""
    timezone: str | None
    """No site says in which zone its datelines are: None."""
    feeds: tuple[Offer, ...]
    """What is worth reading: feeds, which are fresh, then sitemaps and repositories that add
    to them."""
    left_out: tuple[Offer, ...]
    """What is not worth it, or did not work; usual places where nothing is are not named."""
    notes: tuple[str, ...]
    """What a person should know, one line each."""


def survey(address: str, web: Web, now: datetime | None = None) -> Survey:
    """What the site at `address` offers; the address may be that of a feed, too.

    Args:
        address: An http(s) address, written down by a person.
        web: What answers.
        now: Time of the survey.

    Raises:
        FetchFailed: The site could not be reached.
    """
    page = web.get(Ask(address, is_given=True), MAX_HOMEPAGE_BYTES)
    if page.status is None:
        raise FetchFailed(f"{address}: {page.failure}")
    found = _Search(page.address, web, now or datetime.now(UTC))
    if kind := _kind(page):
        found.prove("the address given", [Candidate(kind, page.address)])
        page = found.home()
    content = page.content or b""
    if not content:
        found.notes.append(f"the home page {page.address} did not come: {page.failure}")
    home = homepage.read(content, page.address, page.content_type)
    found.everywhere(home)
    if not found.has_any():
        found.headlines(content, page)
    return found.survey(home)


def _kind(answer: Answer) -> str | None:
    """The kind of feed that a document is; None for a page."""
    top = (answer.content or b"")[: offers.TOP_BYTES]
    return next((kind for kind, mark in FEEDS.items() if mark.search(top)), None)


class _Search:
    """The search for feeds of one site, within its budget of requests."""

    def __init__(self, given: str, web: Web, now: datetime) -> None:
        self.given = given
        """Address that a person wrote down."""
        self.web = web
        self.now = now
        self.left = MOST_REQUESTS - FIRST_REQUESTS
        self.until = time.monotonic() + MOST_SECONDS
        self.tried: set[Candidate] = set()
        self.proofs: list[Proof] = []
        self.notes: list[str] = []

    def home(self) -> Answer:
        """The home page of the site to which most links lead that were found so far."""
        links = [link for proof in self.proofs for link in proof.links] or [self.given]
        sites = Counter(urljoin(link, "/") for link in links)
        self.left -= 1
        return self.web.get(Ask(sites.most_common(1)[0][0]), MAX_HOMEPAGE_BYTES)

    def everywhere(self, home: Homepage) -> None:
        """Prove what the site announces; where it announces nothing, look in usual places."""
        self.prove("the head of the home page", home.alternates)
        lines = (urls.resolved(at, home.address) for at in self.web.sitemaps(home.address))
        named = [Candidate("sitemap", at) for at in lines if at]
        # Sitemaps of news first: there may be more than are tried.
        self.prove(
            "robots.txt", sorted(named, key=lambda c: "news" not in urlsplit(c.address).path)
        )
        self.prove("links to an OJS journal", home.repositories)
        self.prove("links of the home page", home.linked)
        for what, (kind, _) in homepage.USUAL.items():
            if what == "news sitemap" or not self.has(kind):
                self.guess(homepage.usual(home.address, what))

    def prove(self, place: str, candidates: Iterable[Candidate]) -> None:
        """Read what a site announces in one place."""
        new = [c for c in dict.fromkeys(candidates) if c not in self.tried]
        left = list(new)
        while left and len(new) - len(left) < MOST_CANDIDATES and self.may_ask():
            self.proofs.append(self._proof(left.pop(0), place))
        if left:
            self.notes.append(f"{place}: {len(left)} more not tried, such as {left[0].address}")

    def guess(self, candidates: Iterable[Candidate]) -> None:
        """Look where sites have feeds of a kind, until there is one."""
        for candidate in candidates:
            if candidate in self.tried or not self.may_ask():
                continue
            proof = self._proof(candidate, "a usual place")
            problem = proof.offer.probe.problem or ""
            if proof.links:
                self.proofs.append(proof)
                return
            if ROBOTS in problem and not any(ROBOTS in note for note in self.notes):
                self.notes.append(problem)

    def headlines(self, content: bytes, page: Answer) -> None:
        """Take the home page for a list of articles, if one stands out in it."""
        root = homepage.parsed(content, page.content_type) if content else None
        found = headlines.proposed(root, page.address) if root is not None else None
        if found is None:
            return
        more = {"next": found.next} if found.next else {"pages": 1}
        proof = self._proof(
            Candidate("listing", page.address),
            "headlines of the home page",
            link=found.link,
            **more,
        )
        if len(proof.links) >= headlines.FEWEST_LINKS:
            self.proofs.append(proof)
            self.notes.append(f"`{found.link}` is a guess; look whether it selects the articles")

    def may_ask(self) -> bool:
        """Whether the survey has requests and time left."""
        return self.left > 0 and time.monotonic() < self.until

    def has(self, kind: str) -> bool:
        """Whether a feed of this kind announces anything."""
        return any(proof.links and proof.offer.feed.kind == kind for proof in self.proofs)

    def has_any(self) -> bool:
        """Whether any feed announces anything."""
        return any(proof.links for proof in self.proofs)

    def survey(self, home: Homepage) -> Survey:
        """All that was found."""
        told = offers.judged(self.proofs, home.address)
        return Survey(
            homepage_url=home.address,
            title=home.title or urlsplit(home.address).hostname or home.address,
            language=home.language,
            text=home.text,
            timezone=None,
            feeds=tuple(offer for offer in told if offer.reason is None),
            left_out=tuple(offer for offer in told if offer.reason is not None),
            notes=tuple(self.notes),
        )

    def _proof(self, candidate: Candidate, place: str, **more: Any) -> Proof:
        """What reading a candidate shows."""
        self.tried.add(candidate)
        kind, address = candidate
        written = {"kind": kind, "at": address, **more}
        told = {"name": "survey", "title": "Survey", "language": "en", "feeds": [written]}
        source = Source.model_validate(told)
        (feed,) = source.feeds
        most = min(MOST_DOCUMENTS[kind], self.left)
        is_ours = address == self.given
        sampler = Sampler(source, self.web, self.now, kind=kind, most=most, is_ours=is_ours)
        seen, links = probe(feed, sampler)
        self.left -= sampler.asked
        return offers.proved(Offer(feed, seen, place), links, sampler.documents)
