"""One entry of a reference list to its parts, by rules.

`parse` is the only door: another parser may replace it as long as it returns a `Reference`.
The steps, in order: identifiers, notes, names at the head, editors, a marked title, numbers,
place and publisher, what is left as title and container. Each blanks what it explains.
"""

import re
from dataclasses import replace
from typing import TypedDict

from etl.transform.citations import (
    editors,
    head,
    identifiers,
    imprint,
    kinds,
    notes,
    numbers,
    titles,
)
from etl.transform.citations.normal import normalised
from etl.transform.citations.reference import Reference, Segment
from etl.transform.citations.scripts import language
from etl.transform.citations.slate import Slate
from etl.transform.text import WORD

__all__ = ["PARSER", "VERSION", "Reference", "Segment", "parse"]

PARSER = "rules"
VERSION = "2"
"""Raise it whenever the same entry may be read differently."""

RESOLVER = re.compile(r"doi\s?\.org/", re.IGNORECASE)
"""`doi.org/`: such a URL is a DOI and nothing else."""

LONG_TITLE = 40
"""Words; titles of the labelled references are longer in 1 of 300, and most of those are wrong."""


def parse(raw: str) -> Reference:
    """The parts of one reference; never raises.

    Years of the Persian calendar become Gregorian ones. An arXiv number counts as its DOI.
    `Ibid.` and the like have no parts.
    """
    slate = Slate(raw)
    spoken = language(slate.text)
    doi, isbn, url = _identifiers(slate)
    is_thesis = notes.clear(slate)
    if notes.is_ibid(slate):
        return Reference(doi=doi, isbn=isbn, url=url, language=spoken)
    found = _fields(slate, is_thesis)
    read = replace(
        found,
        year=numbers.gregorian(found.year, spoken),
        doi=doi,
        isbn=isbn,
        url=url,
        language=spoken,
        confidence=confidence(slate, found, is_dated=bool(found.year or url or doi)),
    )
    return normalised(read, raw)


def _identifiers(slate: Slate) -> tuple[str | None, str | None, str | None]:
    """DOI, ISBN and URL of `slate`, blanked; a DOI inside a publisher's URL counts as both."""
    url = identifiers.url(slate.rest)
    inside = identifiers.doi_of_url(url.value) if url else None
    if url and inside and RESOLVER.search(url.value):
        url = inside = None
    printed = slate.printed(url.start, url.end) if url else None
    if url:
        slate.blank(url.start, url.end)
    values = [inside]
    for find in (identifiers.doi, identifiers.arxiv, identifiers.isbn):
        found = find(slate.rest)
        values.append(found.value if found else None)
        while found:
            slate.blank(found.start, found.end)
            found = find(slate.rest)
    return values[0] or values[1] or values[2], values[3], printed


def _fields(slate: Slate, is_thesis: bool) -> Reference:
    """Names, title, container, numbers and imprint of `slate`."""
    first = head.read(slate)
    editors.skip_repeated(slate, first.end)
    is_law = kinds.is_law(slate.rest[first.end :].lstrip())
    title, end = titles.marked(slate, first.end)
    named = editors.read(slate, end)
    counts = numbers.read(slate, end, first.year)
    place, publisher = imprint.marked(slate, end)
    if publisher is None and not counts.volume and not counts.issue:
        publisher = imprint.named(slate, end)
    is_article = counts.is_article and publisher is None and not is_law
    title, container, end = _titles(slate, title, end, is_article, counts.start)
    if publisher is None and is_thesis:
        # A thesis stands in nothing: what looks like its container is where it was written.
        container, publisher = None, container
    elif publisher is None:
        rest = imprint.left_over(slate, end)
        place, publisher = place or rest.place, rest.publisher
    if title is None and publisher and not counts.pages:
        title, container = container, None
    return Reference(
        authors=() if first.are_editors else first.names,
        editors=first.names if first.are_editors else named,
        title=title,
        container_title=container,
        **_counted(counts),
        publisher=publisher,
        place=place,
    )


class _Counted(TypedDict):
    """Fields of a reference that are numbers."""

    year: int | None
    volume: str | None
    issue: str | None
    pages: str | None


def _counted(counts: numbers.Numbers) -> _Counted:
    """Numbers as fields of a reference."""
    return _Counted(year=counts.year, volume=counts.volume, issue=counts.issue, pages=counts.pages)


def _titles(
    slate: Slate, marked: str | None, end: int, is_article: bool, first_number: int
) -> titles.Parts:
    """Title, container and where reading goes on, given the title that was marked."""
    title, container = marked, None
    if title is None:
        title, container, end = titles.plain(slate, end, is_article, first_number)
    if container is None:
        begin = titles.in_host(slate, end)
        if begin is None and (marked or _host_follows(slate, end, is_article, first_number)):
            begin = end
        container = titles.host(slate, begin) if begin is not None else None
    return titles.Parts(title, container, end)


def _host_follows(slate: Slate, end: int, is_article: bool, first_number: int) -> bool:
    """Whether what follows an unmarked title at `end` is its container and not its publisher."""
    if is_article:
        # Three signs and a space may part a title from its first number.
        return end < first_number - 5
    return kinds.is_host(slate.rest[end : slate.next_blank(end)])


def confidence(slate: Slate, found: Reference, is_dated: bool) -> float:
    """How much of the entry was understood, 0 to 1.

    The share of its words that stand in a field or are known notes; then less for what a
    reference should have: half without a title, 0.8 without names or container, 0.9 without a
    year, URL or DOI, 0.7 with a title of more than 40 words, which most often holds other fields.
    """
    total = len(WORD.findall(slate.text))
    if total == 0:
        return 0.0
    share = 1 - len(WORD.findall(slate.rest)) / total
    share *= 1 if found.title else 0.5
    share *= 1 if found.authors or found.editors or found.container_title else 0.8
    share *= 1 if is_dated else 0.9
    share *= 0.7 if len(WORD.findall(found.title or "")) > LONG_TITLE else 1
    return round(share, 3)
