"""One entry of a reference list, as it was read, to its rows."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from etl.schema import key
from etl.schema.citations import REFERENCE_FIELDS
from etl.transform.citations import people
from etl.transform.citations.parse import PARSER, VERSION
from etl.transform.citations.reference import Reference, Segment

AS_THEY_ARE = (
    *("kind", "title", "container_title", "year", "volume", "issue", "pages", "publisher", "place"),
    *("series", "edition", "has_more_authors", "date_printed", "issued", "month", "day"),
    *("accessed", "page_first", "page_last", "page_count", "archive", "archive_location"),
    *("doi", "isbn", "arxiv", "url", "language", "confidence"),
)
"""Fields of a reference that are columns as they are."""


class Entry(NamedTuple):
    """Where an entry stands: `raw` begins at `start` of the list of its version."""

    version_id: int
    position: int
    label: str | None
    raw: str
    start: int

    @property
    def citation_id(self) -> int:
        """Key of its citation."""
        return key(self.version_id, self.position)


def citation(
    entry: Entry, reference: Reference, work_id: object, meant: Entry | None = None
) -> dict[str, Any]:
    """The row of `citations`; `meant` is the earlier entry it means, which has the work."""
    return {
        "citation_id": entry.citation_id,
        "version_id": entry.version_id,
        "position": entry.position,
        "label": entry.label,
        "raw": entry.raw,
        "start_offset": entry.start,
        "end_offset": entry.start + len(entry.raw),
        "authors": "; ".join(reference.authors) or None,
        "editors": "; ".join(reference.editors) or None,
        **{name: getattr(reference, name) for name in AS_THEY_ARE},
        "parser": PARSER,
        "parser_version": VERSION,
        "work_id": work_id,
        "repeats_citation_id": meant.citation_id if meant else None,
    }


def names(entry: Entry, reference: Reference) -> Iterator[dict[str, Any]]:
    """The rows of `citation_names`: authors, then editors, then translators, each in order."""
    listed = (
        ("author", reference.authors),
        ("editor", reference.editors),
        ("translator", reference.translators),
    )
    named = ((role, name) for role, printed in listed for name in printed if name)
    for position, (role, name) in enumerate(named, start=1):
        yield {
            "citation_id": entry.citation_id,
            "position": position,
            "version_id": entry.version_id,
            "role": role,
            "printed": name,
            **people.read(name)._asdict(),
        }


def fields(entry: Entry, reference: Reference) -> Iterator[dict[str, Any]]:
    """The rows of `citation_fields`, in the order of the entry; none for an empty stretch."""
    kept = [segment for segment in reference.segments if _is_kept(segment, entry.raw)]
    kept.sort(key=lambda segment: (segment.start, segment.end))
    for position, segment in enumerate(kept, start=1):
        yield {
            "citation_id": entry.citation_id,
            "position": position,
            "version_id": entry.version_id,
            "field": segment.field,
            "start_offset": entry.start + segment.start,
            "end_offset": entry.start + segment.end,
            "surface": entry.raw[segment.start : segment.end],
            "confidence": segment.confidence,
        }


def _is_kept(segment: Segment, raw: str) -> bool:
    """Whether a segment is a field of ours and lies in the entry."""
    return segment.field in REFERENCE_FIELDS and 0 <= segment.start < segment.end <= len(raw)
