"""Rows that the reader of pages gives to the frames `pages` and `rejects`.

Apart from the reader, so that a process that leaves the reading to others need not load it: that
takes a second.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from etl.errors import Rejected
from etl.schema import shape
from etl.schema.frames import PAGES, REJECTS
from etl.transform.text import collapse

Row = Mapping[str, Any]
"""One row of the `raw` frame, or of one that comes of it."""


def framed(rows: Iterable[Row]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Frames `pages` and `rejects` of rows of either; those of `rejects` have an `outcome`."""
    told = list(rows)
    pages = [row for row in told if "outcome" not in row]
    rejects = [row for row in told if "outcome" in row]
    return (
        shape(pl.DataFrame(pages, schema=PAGES), PAGES, "pages"),
        shape(pl.DataFrame(rejects, schema=REJECTS), REJECTS, "rejects"),
    )


def rejected(row: Row, error: Rejected) -> dict[str, object]:
    """A row of the `rejects` frame, of a row with the URL and hash of the page."""
    return {
        "url": row["url"],
        "content_hash": row["content_hash"],
        "outcome": error.outcome,
        "reason": collapse(str(error)),
    }
