"""Reference lists to the `works`, `citations` and `citation_contexts` frames.

`locate` splits a list into entries, `parse` reads one entry, `match` finds the work it cites,
`contexts` finds the markers in the body that point to it.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import polars as pl

from etl.schema import Citation, Work, conform, frame_schema, key
from etl.transform.citations import contexts, match
from etl.transform.citations.locate import entries
from etl.transform.citations.parse import PARSER, VERSION, parse

MOST_ENTRIES = 5_000
"""Entries of one list that are kept; the longest lists of articles have some hundreds."""

FIELDS = (
    "kind",
    "title",
    "container_title",
    "year",
    "volume",
    "issue",
    "pages",
    "publisher",
    "place",
    "doi",
    "isbn",
    "url",
    "language",
    "confidence",
)
"""Fields of a reference that are columns as they are."""


class Citations(NamedTuple):
    """Frames ready to load, parents first."""

    works: pl.DataFrame
    citations: pl.DataFrame
    citation_contexts: pl.DataFrame


def citations(versions: pl.DataFrame) -> Citations:
    """Works, citations and contexts of `versions`, conformed to their tables.

    `versions` has a row per version with `version_id`, `body` and `reference_text`, which is null
    where there is no list.
    """
    rows = [
        row
        for version_id, text in versions.select("version_id", "reference_text").iter_rows()
        for row in _rows(version_id, text or "")
    ]
    found = _frame([citation for citation, _ in rows], Citation)
    cited = _frame([work for _, work in rows], Work)
    return Citations(
        works=match.works(cited),
        citations=conform(found, Citation),
        citation_contexts=contexts.contexts(versions, found),
    )


def _rows(version_id: int, text: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Per entry of one list the row of its citation and of the work it cites."""
    for position, (label, start, end) in enumerate(entries(text)[:MOST_ENTRIES], start=1):
        raw = text[start:end]
        reference = parse(raw)
        work = match.work(reference, raw)
        yield (
            {
                "citation_id": key(version_id, position),
                "version_id": version_id,
                "position": position,
                "label": label,
                "raw": raw,
                "start_offset": start,
                "end_offset": end,
                "authors": "; ".join(reference.authors) or None,
                "editors": "; ".join(reference.editors) or None,
                **{name: getattr(reference, name) for name in FIELDS},
                "parser": PARSER,
                "parser_version": VERSION,
                "work_id": work["work_id"],
            },
            work,
        )


def _frame(rows: list[dict[str, Any]], table: type[Citation] | type[Work]) -> pl.DataFrame:
    """`rows` with the dtypes of `table`."""
    return pl.DataFrame(rows, schema=frame_schema(table), orient="row")
