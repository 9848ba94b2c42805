"""What is known of one reference: the door between whatever reads entries and the rows.

A reader of entries gives the parts as printed; `normal.normalised` adds what follows from them.
"""

from dataclasses import dataclass
from typing import NamedTuple, TypedDict


class Segment(NamedTuple):
    """A stretch of an entry that a reader labelled: `raw[start:end]` is its field as printed."""

    field: str
    """One of `schema.citations.REFERENCE_FIELDS`."""
    start: int
    end: int
    confidence: float
    """How sure the reader is of the label and both ends, 0 to 1."""


class Identifiers(TypedDict):
    """What is found in an entry by its form; each None where there is none."""

    doi: str | None
    isbn: str | None
    url: str | None


class Known(Identifiers):
    """Identifiers, and the language of the entry by its script."""

    language: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """The parts of one reference; None or empty where not found."""

    # As printed, or nearly so: what a reader of entries finds.
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    title: str | None = None
    container_title: str | None = None
    year: int | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    publisher: str | None = None
    place: str | None = None
    doi: str | None = None
    isbn: str | None = None
    url: str | None = None
    language: str | None = None
    kind: str = "document"
    confidence: float = 0.0
    translators: tuple[str, ...] = ()
    series: str | None = None
    edition: str | None = None
    arxiv: str | None = None
    date_printed: str | None = None
    segments: tuple[Segment, ...] = ()
    # What follows from these.
    issued: str | None = None
    month: int | None = None
    day: int | None = None
    accessed: str | None = None
    page_first: str | None = None
    page_last: str | None = None
    page_count: int | None = None
    archive: str | None = None
    archive_location: str | None = None
    has_more_authors: bool = False
