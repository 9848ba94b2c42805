"""Frame `raw` to the `pages` frame on several cores, whatever the pages do to their readers.

What is read of a page is said in `etl.transform.pages`; here it is done in processes that are
killed when a page takes more than a page may, and the page gets an outcome like any other.
"""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from etl.errors import UnreadablePage
from etl.transform.page_rows import Row, framed, rejected
from flows.worker import Lost
from flows.workers import Limits, Workers

if TYPE_CHECKING:
    from etl.transform.pages.rules import Rule

MEMORY_BYTES = 1_000_000_000
"""What reading one page may take: one of 5 MB, in one paragraph or in thousands, took 200 MB."""

WORK = "etl.transform.pages:read_item"
"""What readers do. It is named here and not imported: the reader takes a second to load, and this
process reads no page."""


class Readers(Workers):
    """Processes that read pages; a context. The first starts with the first page."""

    def __init__(self, most: int | None, page_seconds: float) -> None:
        """Readers, `most` at one time or as many as there are cores, with so long for one page."""
        super().__init__(WORK, most or cores(), Limits(page_seconds, MEMORY_BYTES))

    def read(
        self,
        raw: pl.DataFrame,
        language: str,
        timezone: str,
        max_bytes: int,
        rules: "Sequence[Rule]" = (),
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Frames `pages` and `rejects`, as `etl.transform.pages.read` gives them.

        Raises:
            WorkerLost: A reader could not be started.
        """
        rows = raw.drop_nulls("content")
        told = (language, timezone, max_bytes, rules)
        items = ((row, *told) for row in rows.iter_rows(named=True))
        read = self.map(items, rows.height)
        named = rows.select("url", "content_hash").iter_rows(named=True)
        return framed(
            _reject(row, told) if isinstance(told, Lost) else told
            for row, told in zip(named, read, strict=True)
        )


def _reject(row: Row, lost: Lost) -> Row:
    """The row of a page over which its reader was lost."""
    return rejected(row, UnreadablePage(f"reading {lost.reason}; look at the page"))


def cores() -> int:
    """Cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
