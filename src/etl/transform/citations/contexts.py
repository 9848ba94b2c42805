"""Markers in bodies to the `citation_contexts` frame.

What markers look like is said in `markers` (numbers) and `author_year`; here they meet the list.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import polars as pl

from etl.schema import CitationContext, conform, frame_schema, key
from etl.transform.citations import author_year
from etl.transform.citations.labels import number
from etl.transform.citations.markers import markers
from etl.transform.text import enclosing, sentences

LISTED = (
    *("version_id", "position", "label", "citation_id", "authors", "year", "raw"),
    "repeats_citation_id",
)
"""Columns of `citations` that tell what a marker may point to."""

Span = tuple[int, int]
"""Start and end in code points of a body."""


class _Entry(NamedTuple):
    """An entry of a list, in the order of `LISTED`."""

    version_id: int
    position: int
    label: str | None
    citation_id: int
    authors: str | None
    year: int | None
    raw: str
    repeats_citation_id: int | None


class _Pointer(NamedTuple):
    """A marker, what it names, and the citation that is; `place` counts works of one note."""

    start: int
    end: int
    label: str
    place: int
    citation_id: int | None


def contexts(versions: pl.DataFrame, citations: pl.DataFrame) -> pl.DataFrame:
    """One row per marker and entry it points to, ready to load into `citation_contexts`.

    Versions without a reference list have none. A number points to the entries with that label,
    or to the one at that position where the list has no numbers; to nothing where there is none.
    Author and year point to the only entry they fit.
    """
    lists: dict[int, list[_Entry]] = {}
    for row in citations.select(LISTED).iter_rows():
        lists.setdefault(row[0], []).append(_Entry(*row))
    rows = [
        row
        for version_id, body in versions.select("version_id", "body").iter_rows()
        if version_id in lists
        for row in _rows(version_id, body, lists[version_id])
    ]
    return conform(
        pl.DataFrame(rows, schema=frame_schema(CitationContext), orient="row"), CitationContext
    )


def _rows(
    version_id: int, body: str, entries: Sequence[_Entry]
) -> Iterator[dict[str, str | int | None]]:
    """Rows of one body."""
    found = sorted({*_numbered(body, entries), *_signed(body, entries)}, key=lambda p: p[:4])
    spans = _sentences(body, sorted({(pointer.start, pointer.end) for pointer in found}))
    for pointer in found:
        start, end = _sentence(body, spans, (pointer.start, pointer.end))
        natural = (version_id, pointer.start, pointer.end, pointer.label)
        yield {
            "context_id": key(*natural) if pointer.place == 1 else key(*natural, pointer.place),
            "version_id": version_id,
            "start_offset": pointer.start,
            "end_offset": pointer.end,
            "surface": body[pointer.start : pointer.end],
            "cited_label": pointer.label,
            "work_position": pointer.place,
            "citation_id": pointer.citation_id,
            "sentence_start_offset": start,
            "sentence_end_offset": end,
        }


def _numbered(body: str, entries: Sequence[_Entry]) -> Iterator[_Pointer]:
    """What the numbers in `body` point to."""
    targets = _targets(entries)
    labels = {entry.label for entry in entries if entry.label}
    for marker in markers(body, set(targets), labels):
        for value in marker.labels:
            for place, citation_id in enumerate(targets.get(value, [None]), start=1):
                yield _Pointer(marker.start, marker.end, str(value), place, citation_id)


def _targets(entries: Sequence[_Entry]) -> dict[int, list[int | None]]:
    """Citations by the number of their label, several for a note with several works.

    By position where no entry has a number.
    """
    by_label: dict[int, list[int | None]] = {}
    last = 0
    for entry in entries:
        value = number(entry.label or "")
        if value and (value not in by_label or value == last):
            by_label.setdefault(value, []).append(entry.citation_id)
        last = value
    return by_label or {entry.position: [entry.citation_id] for entry in entries}


def _signed(body: str, entries: Sequence[_Entry]) -> Iterator[_Pointer]:
    """What names and years in `body` point to."""
    full = [entry for entry in entries if entry.repeats_citation_id is None]
    known = [author_year.known(e.position, e.authors, e.year, e.raw) for e in full]
    keys = {entry.position: entry.citation_id for entry in full}
    for marker in author_year.markers(body, [each for each in known if each]):
        for label, position in marker.works:
            yield _Pointer(marker.start, marker.end, label, 1, keys[position])


def _sentences(body: str, found: Sequence[Span]) -> list[Span]:
    """Sentences of `body` as if its markers were not there: `ended.[1] Next` are two."""
    pieces, position = [], 0
    for start, end in found:
        # A marker that holds names may be part of a sentence; blanks part nothing.
        pieces += [body[position:start], " " * (end - max(start, position))]
        position = max(end, position)
    return sentences("".join(pieces) + body[position:])


def _sentence(body: str, spans: list[Span], marker: Span) -> Span:
    """The sentence a marker belongs to, widened to hold it.

    Between two sentences that is the one before, unless the marker begins one: `[1] argues`.
    """
    start, end = marker
    inside = enclosing(spans, start, end)
    if inside != marker:
        return inside
    place = bisect_right(spans, marker)
    if place < len(spans) and body[end : spans[place][0] + 1].strip().islower():
        return start, spans[place][1]
    if place and "\n" not in body[spans[place - 1][1] : start]:
        return spans[place - 1][0], end
    return inside
