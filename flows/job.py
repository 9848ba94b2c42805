"""What the steps of one source share: its job, and frames of outcomes."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import polars as pl
import sqlalchemy as sa

from etl import schema as s
from etl import sources
from etl.extract import Identified
from etl.load import runs
from etl.settings import Settings
from flows.reading import Readers


class Job(NamedTuple):
    """One source in one run: what every step needs to know."""

    engine: sa.Engine
    run_id: UUID
    source: sources.Source
    settings: Settings
    readers: Readers
    now: datetime
    is_dry: bool
    is_due_only: bool = False
    """Whether feeds and failed pages are left alone until they are due."""


class Extracted(NamedTuple):
    """What a source has to offer."""

    raw: pl.DataFrame
    """Pages to read, columns of `frames.RAW`."""
    outcomes: pl.DataFrame
    """URLs that ended here, columns of `runs.OUTCOMES`."""
    identified: Identified
    """Which addresses show one article, as long as their page is one."""
    asked: pl.DataFrame
    """When each page was asked for: columns `url` and `fetched_at`."""
    feed_count: int
    """Feeds asked."""
    still_count: int
    """Feeds among them that had nothing to tell."""
    feed_failures: list[str]


def outcomes(
    frame: pl.DataFrame, raw: pl.DataFrame | None = None, outcome: str | None = None
) -> pl.DataFrame:
    """`frame` as outcomes, columns of `runs.OUTCOMES`.

    Args:
        frame: One row per URL: `url`, `content_hash`, and `outcome` and `reason` if they differ.
        raw: The fetches they come from, which tell when they were asked for; None if none was.
        outcome: Outcome of all rows, without a reason.
    """
    if outcome is not None:
        frame = frame.with_columns(outcome=pl.lit(outcome), reason=pl.lit(None, pl.String))
    told = frame.select("url", "content_hash", "outcome", "reason")
    if raw is None:
        told = told.with_columns(asked_at=pl.lit(None, s.frames.TIME))
    else:
        asked = raw.select("url", asked_at="fetched_at")
        told = told.join(asked, on="url", how="left", maintain_order="left")
    return s.shape(told, runs.OUTCOMES, "outcomes")
