"""Overlapping mentions to one reading: the longest wins, then the earlier extractor."""

from bisect import bisect_right
from collections.abc import Sequence

import polars as pl


def without_overlaps(found: pl.DataFrame, order: Sequence[str]) -> pl.DataFrame:
    """`found` with the mentions that lose to an overlapping one left out, in reading order.

    Of two that overlap the longer is kept; of two as long, the one whose extractor comes first
    in `order`; then the surer, then the one further left. An extractor that `order` does not
    name comes last.
    """
    rank = {name: place for place, name in enumerate(order)}
    ranked = found.with_row_index("row").with_columns(
        width=pl.col("end_offset") - pl.col("start_offset"),
        rank=pl.col("extractor").replace_strict(rank, default=len(rank), return_dtype=pl.Int32),
    )
    ranked = ranked.sort(
        ["version_id", "width", "rank", "confidence", "start_offset", "kind"],
        descending=[False, True, False, True, False, False],
    )
    columns = ranked.select("version_id", "start_offset", "end_offset", "row")
    kept = [row for _, spans in _by_version(columns) for row in _free(spans)]
    return found[sorted(kept)].sort("version_id", "start_offset", maintain_order=True)


Span = tuple[int, int, int]
"""Start, end and row."""


def _by_version(columns: pl.DataFrame) -> list[tuple[int, list[Span]]]:
    """The spans of each version, best first."""
    grouped: dict[int, list[Span]] = {}
    for version_id, start, end, row in columns.iter_rows():
        grouped.setdefault(version_id, []).append((start, end, row))
    return list(grouped.items())


def _free(spans: list[Span]) -> list[int]:
    """Rows of the spans that overlap no better one."""
    taken: list[tuple[int, int]] = []
    rows = []
    for start, end, row in spans:
        place = bisect_right(taken, (start, end))
        before = taken[place - 1] if place else (0, 0)
        after = taken[place] if place < len(taken) else (end, end)
        if before[1] <= start and end <= after[0]:
            taken.insert(place, (start, end))
            rows.append(row)
    return rows
