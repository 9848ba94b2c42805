"""Reference lists to the `works`, `citations` frames and those below `citations`.

`locate` splits a list into entries, `parse` reads entries, `normal` adds what follows from its
parts, `match` finds the work it cites, `rows` makes its rows, `contexts` finds the markers in the
body that point to it. `csl` and `bibtex` write stored entries for other programs.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import polars as pl

from etl.schema import (
    Citation,
    CitationField,
    CitationName,
    Loaded,
    Work,
    conform,
    frame_schema,
)
from etl.transform.citations import contexts, match, rows
from etl.transform.citations.locate import entries
from etl.transform.citations.parse import parse

MOST_ENTRIES = 5_000
"""Entries of one list that are kept; the longest lists of articles have some hundreds."""


class Citations(NamedTuple):
    """Frames ready to load, parents first."""

    works: pl.DataFrame
    citations: pl.DataFrame
    citation_names: pl.DataFrame
    citation_fields: pl.DataFrame
    citation_contexts: pl.DataFrame


class _Rows(NamedTuple):
    """Rows of one entry."""

    citation: dict[str, Any]
    work: dict[str, Any]
    names: list[dict[str, Any]]
    fields: list[dict[str, Any]]


def citations(versions: pl.DataFrame) -> Citations:
    """Works, citations, their names and fields, and contexts of `versions`, ready to load.

    `versions` has a row per version with `version_id`, `body` and `reference_text`, which is null
    where there is no list.
    """
    read = [
        row
        for version_id, text in versions.select("version_id", "reference_text").iter_rows()
        for row in _rows(version_id, text or "")
    ]
    found = _frame([row.citation for row in read], Citation)
    return Citations(
        works=match.works(_frame([row.work for row in read], Work)),
        citations=conform(found, Citation),
        citation_names=_conformed([name for row in read for name in row.names], CitationName),
        citation_fields=_conformed([field for row in read for field in row.fields], CitationField),
        citation_contexts=contexts.contexts(versions, found),
    )


def _rows(version_id: int, text: str) -> Iterator[_Rows]:
    """Per entry of one list its rows and that of the work it cites."""
    for position, (label, start, end) in enumerate(entries(text)[:MOST_ENTRIES], start=1):
        raw = text[start:end]
        reference = parse(raw)
        work = match.work(reference, raw)
        entry = rows.Entry(version_id, position, label, raw, start)
        yield _Rows(
            citation=rows.citation(entry, reference, work["work_id"]),
            work=work,
            names=list(rows.names(entry, reference)),
            fields=list(rows.fields(entry, reference)),
        )


def _frame(found: list[dict[str, Any]], table: type[Loaded]) -> pl.DataFrame:
    """Rows with the dtypes of `table`."""
    return pl.DataFrame(found, schema=frame_schema(table), orient="row")


def _conformed(found: list[dict[str, Any]], table: type[Loaded]) -> pl.DataFrame:
    """Rows ready to load into `table`."""
    return conform(_frame(found, table), table)
