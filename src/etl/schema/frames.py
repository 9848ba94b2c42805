"""Frames that pass between steps and are no table.

Every one is made with `shape(frame, SCHEMA, name)`, so a step may rely on what it gets.
"""

import polars as pl

TIME = pl.Datetime("us", "UTC")

LINKS = pl.Schema(
    {
        "url": pl.String(),  # canonical; the identity of the article
        "location": pl.String(),  # what to fetch: a URL, or the path of a file
        "feed": pl.String(),  # kind and address of the feed, as in "rss https://…/feed.xml"
        "announced_at": TIME,  # as the feed says; null if it does not
    }
)
"""One row per URL a source announces, no URL twice."""

KNOWN = pl.Schema(
    {
        "url": pl.String(),
        "content_hash": pl.String(),
        "fetched_at": TIME,
        "is_settled": pl.Boolean(),
    }
)
"""One row per snapshot of a source that earlier runs kept (`ops.snapshots`)."""

RAW = pl.Schema(
    {
        "url": pl.String(),
        "fetched_at": TIME,
        "status": pl.Int16(),
        "content_type": pl.String(),
        "content": pl.Binary(),  # as it came; null where `failure` says why
        "content_hash": pl.String(),  # SHA-256 in hexadecimal; null where content is
        "failure": pl.String(),  # one line; null where content came
    }
)
"""One row per link that was fetched."""

PAGES = pl.Schema(
    {
        "url": pl.String(),
        "fetched_at": TIME,
        "content_hash": pl.String(),  # of the bytes: `snapshot_hash` of the version
        "title": pl.String(),
        "published_at": TIME,
        "published_precision": pl.String(),
        "published_method": pl.String(),
        "authors": pl.List(pl.String()),  # names as printed, in byline order
        "language": pl.String(),
        "body": pl.String(),
        "reference_text": pl.String(),  # null where the page has no list
    }
)
"""One row per page that was read as an article."""

REJECTS = pl.Schema(
    {
        "url": pl.String(),
        "content_hash": pl.String(),
        "outcome": pl.String(),  # one of `ops.OUTCOMES`
        "reason": pl.String(),
    }
)
"""One row per page that was set aside by the reader."""

FOUND = pl.Schema(
    {
        "version_id": pl.Int64(),
        "start_offset": pl.Int32(),
        "end_offset": pl.Int32(),
        "surface": pl.String(),
        "kind": pl.String(),
        "identity": pl.String(),  # of the entity, where the extractor knows it
        "name": pl.String(),  # canonical name, where the extractor knows it
        "confidence": pl.Float64(),
        "extractor": pl.String(),
        "extractor_version": pl.String(),
    }
)
"""One row per mention an extractor found, before overlaps and entities are resolved."""
