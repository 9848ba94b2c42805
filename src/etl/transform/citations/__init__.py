"""Reference lists to the `works`, `citations` frames and those below `citations`.

`locate` splits a list into entries, `parse` reads entries, `normal` adds what follows from their
parts, `repeats` finds the earlier entry that `Ibid.` and the like mean, `match` the work an entry
cites, `rows` makes its rows, `contexts` finds the markers in the body that point to it. `csl` and
`bibtex` write stored entries for other programs.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
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
from etl.transform.citations import contexts, introductions, match, repeats, rows
from etl.transform.citations.locate import Entry, entries
from etl.transform.citations.parse import parse_all
from etl.transform.citations.reference import Reference

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
    work: dict[str, Any] | None
    """None where the entry means an earlier one, which has the work."""
    names: list[dict[str, Any]]
    fields: list[dict[str, Any]]


class _List(NamedTuple):
    """The entries of one version: label as printed and span of each, and the text."""

    version_id: int
    text: str
    entries: list[Entry]

    def raws(self) -> list[str]:
        """The entries as printed."""
        return [self.text[start:end] for _, start, end in self.entries]


def citations(versions: pl.DataFrame) -> Citations:
    """Works, citations, their names and fields, and contexts of `versions`, ready to load.

    `versions` has a row per version with `version_id`, `body` and `reference_text`, which is null
    where there is no list.
    """
    lists = [
        _List(version_id, text, entries(text)[:MOST_ENTRIES])
        for version_id, text in versions.select("version_id", "reference_text").iter_rows()
        if text
    ]
    raws = [introductions.blanked(raw) for each in lists for raw in each.raws()]
    references = iter(parse_all(raws))
    read = [row for each in lists for row in _rows(each, islice(references, len(each.entries)))]
    found = _frame([row.citation for row in read], Citation)
    return Citations(
        works=match.works(_frame([row.work for row in read if row.work], Work)),
        citations=conform(found, Citation),
        citation_names=_conformed([name for row in read for name in row.names], CitationName),
        citation_fields=_conformed([field for row in read for field in row.fields], CitationField),
        citation_contexts=contexts.contexts(versions, found),
    )


def _rows(each: _List, references: Iterable[Reference]) -> Iterator[_Rows]:
    """Per entry of one list its rows and that of the work it cites."""
    listed = repeats.resolved(list(zip(each.raws(), references, strict=True)))
    works = [match.work(read.reference, read.raw) for read in listed]
    for place, ((label, start, _), read) in enumerate(zip(each.entries, listed, strict=True)):
        entry = rows.Entry(each.version_id, place + 1, label, read.raw, start)
        meant = None if read.means is None else entry._replace(position=read.means + 1)
        work = works[place if read.means is None else read.means]
        yield _Rows(
            citation=rows.citation(entry, read.reference, work["work_id"], meant),
            work=work if meant is None else None,
            names=list(rows.names(entry, read.reference)),
            fields=list(rows.fields(entry, read.reference)),
        )


def _frame(found: list[dict[str, Any]], table: type[Loaded]) -> pl.DataFrame:
    """Rows with the dtypes of `table`."""
    return pl.DataFrame(found, schema=frame_schema(table), orient="row")


def _conformed(found: list[dict[str, Any]], table: type[Loaded]) -> pl.DataFrame:
    """Rows ready to load into `table`."""
    return conform(_frame(found, table), table)
