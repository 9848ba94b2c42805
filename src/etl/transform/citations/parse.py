"""Entries of reference lists to their parts: the door that everything else goes through.

The model labels words, `fields` makes parts of them, identifiers are found by their form, and
`normal` adds what follows. `parse_all` is many times faster than `parse` for each.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.transform.citations import fields, identifiers, labeller, notes
from etl.transform.citations.labeller import Labelled
from etl.transform.citations.normal import normalised
from etl.transform.citations.plain import BLANK, EDGE, LONGEST, PLAIN, TAG
from etl.transform.citations.reference import Identifiers, Known, Reference, Segment
from etl.transform.citations.scripts import language

__all__ = ["PARSER", "VERSION", "Reference", "Segment", "parse", "parse_all"]

PARSER = "labeller"
VERSION = "2026.12.01"
"""Version of the model; add `.1` whenever else the same entry may be read differently."""

LEAST_MENDED = 0.8
"""How sure it must be that words are of one URL or DOI before spaces between them are dropped."""

SPACE = re.compile(r"\s+")
"""A space, or the end of a line."""

RESOLVER = re.compile(r"doi\s?\.org/", re.IGNORECASE)
"""`doi.org/`: such a URL is a DOI and nothing else."""

HINT = re.compile(
    r"https?|ftp|www\.|10\.\d{4}|isbn|arxiv|97[89][\d-]|(?:ph|mat|qc|ex|lat|th|math)/\d",
    re.IGNORECASE,
)
"""Some of this stands in every identifier, and in few entries without one."""


def parse(raw: str) -> Reference:
    """The parts of one reference; never raises."""
    return parse_all([raw])[0]


def parse_all(raws: Sequence[str]) -> list[Reference]:
    """The parts of each of `raws`, in their order; never raises.

    Years of the Persian calendar become Gregorian ones. An arXiv number counts as its DOI.
    `Ibid.` and the like have no parts but their pages. Spans are those of `raws`.
    """
    plain = [TAG.sub(_blank, raw[:LONGEST]) for raw in raws]
    return [_read(raw, item) for raw, item in zip(plain, labeller.labelled(plain), strict=True)]


def _blank(tag: re.Match[str]) -> str:
    """Spaces of the length of a tag, so that no offset moves."""
    return " " * len(tag.group())


def _read(raw: str, item: Labelled) -> Reference:
    """The parts of one entry whose words are labelled."""
    parts = fields.segments(raw, item)
    known = Known(**_identifiers(_mended(raw, parts)), language=language(raw))
    found = fields.reference(raw, parts, known)
    if notes.is_ibid(raw):
        found = Reference(pages=found.pages, segments=found.segments, **known)
    doi = known["doi"] or (found.arxiv and f"{identifiers.ARXIV_DOI}{found.arxiv}")
    return normalised(replace(found, doi=doi, confidence=confidence(found, item)), raw)


def _mended(raw: str, parts: Sequence[Segment]) -> str:
    """`raw` without the spaces and breaks in its URL and DOI, which then can be read by form."""
    for part in reversed(parts):
        if part.field in ("url", "doi") and part.confidence > LEAST_MENDED:
            mended = SPACE.sub("", raw[part.start : part.end])
            raw = raw[: part.start] + mended + raw[part.end :]
    return raw


def _identifiers(raw: str) -> Identifiers:
    """Identifiers that stand in `raw`, found by their form; a DOI in a URL counts as both."""
    if HINT.search(raw) is None:
        return Identifiers(doi=None, isbn=None, url=None)
    text = raw.translate(PLAIN)
    url = identifiers.url(text)
    inside = identifiers.doi_of_url(url.value) if url else None
    if url and inside and RESOLVER.search(url.value):
        url = inside = None
    if url:
        text = text[: url.start] + BLANK * (url.end - url.start) + text[url.end :]
    finders = (identifiers.doi, identifiers.arxiv, identifiers.isbn)
    doi, arxiv, isbn = (found.value if (found := find(text)) else None for find in finders)
    printed = raw[url.start : url.end].strip(EDGE) if url else None
    return Identifiers(doi=inside or doi or arxiv, isbn=isbn, url=printed or None)


def confidence(found: Reference, item: Labelled) -> float:
    """How sure the parts of an entry are, 0 to 1.

    The mean probability of the labels of its words; then less for what a reference should have:
    half without a title, 0.8 without names or container, 0.9 without a year, URL or DOI.
    """
    if not item.sureness:
        return 0.0
    share = sum(item.sureness) / len(item.sureness)
    share *= 1 if found.title else 0.5
    share *= 1 if found.authors or found.editors or found.container_title else 0.8
    share *= 1 if found.year or found.url or found.doi else 0.9
    return round(share, 3)
