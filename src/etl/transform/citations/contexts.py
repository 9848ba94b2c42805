"""Markers in a body, as in `[2, p. 15]`, to the `citation_contexts` frame."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from etl.schema import CitationContext, conform, frame_schema, key
from etl.transform.citations.locate import SUPERSCRIPT, number
from etl.transform.text import enclosing, sentences

NUMBER = r"\d{1,3}(?:\s?[-–—]\s?\d{1,3})?"
PAGES = r"\d+(?:\s?[-–—]\s?\d+)?"
LOCATOR = rf"(?:[,:]\s*(?:[Pp]{{1,2}}|[СсCc]|стр|S|صص?)\.?\s*{PAGES}|:\s*{PAGES})"
"""`, p. 15`, `: 15`."""

BRACKETED = re.compile(
    rf"\[\s*{NUMBER}(?:\s*{LOCATOR})?(?:\s*[,;]\s*{NUMBER}(?:\s*{LOCATOR})?)*\s*\]"
)
"""`[1]`, `[1, 3]`, `[2–4]`, `[2, p. 15]`, `[1, с. 5; 3, с. 7]`."""

PART = re.compile(rf"(?P<numbers>{NUMBER})(?:\s*{LOCATOR})?")
"""One number or span of numbers of a marker, with its pages."""

RAISED = re.compile(
    rf"(?<=[^\W\d_.,;:!?…)\]»”\"'’])[{SUPERSCRIPT}]{{1,3}}|(?<=[.,;:!?…)\]»”\"'’])[{SUPERSCRIPT}]{{1,3}}"
)
"""`¹` after a word or sign."""

UNIT = re.compile(r"(?:\b|\d)(?:[kcmd]?m|ft|in|yd|км|см|дм|мм|м|متر)$", re.IGNORECASE)
"""Ends in a unit, of which `²` makes a square: `km`."""

ROUND = re.compile(
    r"(?<=[^\W\d_\"”»]\s)\(\s?(?P<numbers>\d{1,3})\s?\)(?=[.,;:]|\s*$)", re.MULTILINE
)
"""`(1)` between a word and a sign; before a word it counts what follows."""

WIDEST = 30
"""Numbers a span may hold; `[1–300]` is no marker."""


class Marker(NamedTuple):
    """A marker in a body and the numbers it names."""

    start: int
    end: int
    labels: tuple[int, ...]


def contexts(versions: pl.DataFrame, citations: pl.DataFrame) -> pl.DataFrame:
    """One row per marker and entry it points to, ready to load into `citation_contexts`.

    Versions without a reference list have none. A number points to the entry with that label, or
    at that position where the list has no numbers; to nothing where there is no such entry.
    """
    lists = {
        version_id: list(rows.iter_rows())
        for (version_id,), rows in citations.select(
            "version_id", "position", "label", "citation_id"
        ).group_by("version_id", maintain_order=True)
    }
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
    version_id: int, body: str, entries: list[tuple[int, int, str | None, int]]
) -> Iterator[dict[str, str | int | None]]:
    """Rows of one body."""
    targets = _targets(entries)
    is_round = any(label is not None and label.startswith("(") for _, _, label, _ in entries)
    found = markers(body, set(targets), is_round=is_round)
    spans = _sentences(body, found)
    for marker in found:
        start, end = _sentence(body, spans, marker)
        for label in marker.labels:
            yield {
                "context_id": key(version_id, marker.start, marker.end, str(label)),
                "version_id": version_id,
                "start_offset": marker.start,
                "end_offset": marker.end,
                "surface": body[marker.start : marker.end],
                "cited_label": str(label),
                "citation_id": targets.get(label),
                "sentence_start_offset": start,
                "sentence_end_offset": end,
            }


def _targets(entries: list[tuple[int, int, str | None, int]]) -> dict[int, int]:
    """Citation by the number of its label, or by position where no entry has a number."""
    by_label: dict[int, int] = {}
    for _, _, label, citation_id in entries:
        if label is not None and (value := number(label)):
            by_label.setdefault(value, citation_id)
    return by_label or {position: citation_id for _, position, _, citation_id in entries}


def markers(body: str, known: set[int], *, is_round: bool = False) -> list[Marker]:
    """Markers in `body`, in order; `known` are the numbers of its reference list.

    Square brackets count wherever they hold nothing but numbers under 1000; raised digits and,
    where the list is printed with them, round brackets only where the list has the number.
    """
    found = [_bracketed(body, match) for match in BRACKETED.finditer(body)]
    raised = (m for m in RAISED.finditer(body) if not UNIT.search(body[: m.start()][-8:]))
    others = [*raised, *(ROUND.finditer(body) if is_round else ())]
    found += [
        Marker(match.start(), match.end(), (label,))
        for match in others
        if (label := number(match.group())) in known
    ]
    return sorted(marker for marker in found if marker.labels)


def _bracketed(body: str, match: re.Match[str]) -> Marker:
    """The marker of a square bracket; without labels where it counts the lines of a list."""
    line_start = body.rfind("\n", 0, match.start()) + 1
    if not body[line_start : match.start()].strip():
        return Marker(match.start(), match.end(), ())
    labels: list[int] = []
    for part in PART.finditer(match.group()):
        labels += _span(part["numbers"])
    return Marker(match.start(), match.end(), tuple(dict.fromkeys(labels)))


def _span(printed: str) -> list[int]:
    """Numbers of `2` or `2–4`; none if it falls or is too wide."""
    ends = [int(value) for value in re.findall(r"\d+", printed)]
    first, last = ends[0], ends[-1]
    if first < 1 or not first <= last <= first + WIDEST:
        return []
    return list(range(first, last + 1))


def _sentences(body: str, found: list[Marker]) -> list[tuple[int, int]]:
    """Sentences of `body` as if its markers were not there: `ended.[1] Next` are two."""
    pieces, position = [], 0
    for marker in found:
        pieces += [body[position : marker.start], " " * (marker.end - marker.start)]
        position = marker.end
    return sentences("".join(pieces) + body[position:])


def _sentence(body: str, spans: list[tuple[int, int]], marker: Marker) -> tuple[int, int]:
    """The sentence a marker belongs to, widened to hold it.

    Between two sentences that is the one before, unless the marker begins one: `[1] argues`.
    """
    inside = enclosing(spans, marker.start, marker.end)
    if inside != (marker.start, marker.end):
        return inside
    place = bisect_right(spans, (marker.start, marker.end))
    if place < len(spans) and body[marker.end : spans[place][0] + 1].strip().islower():
        return marker.start, spans[place][1]
    if place and "\n" not in body[spans[place - 1][1] : marker.start]:
        return spans[place - 1][0], marker.end
    return inside
