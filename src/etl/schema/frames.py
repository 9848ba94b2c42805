"""Frames that pass between steps and are no table.

Every one is made with `shape(frame, SCHEMA, name)`, so a step may rely on what it gets.
"""

import polars as pl

TIME = pl.Datetime("us", "UTC")

LINKS = pl.Schema(
    {
        "url": pl.String(),  # canonical
        "location": pl.String(),  # what to fetch: a URL, the path of a file, a place in an archive
        "feed": pl.String(),  # kind and address of the feed, as in "rss https://…/feed.xml"
        "announced_at": TIME,  # as the feed says; null if it does not
        "is_live": pl.Boolean(),  # whether the page may change: not in archives
    }
)
"""One row per feed and URL it announces; or, where a step says so, no URL twice."""

KNOWN = pl.Schema(
    {
        "url": pl.String(),
        "content_hash": pl.String(),
        "fetched_at": TIME,
        "is_settled": pl.Boolean(),
        "status": pl.Int16(),
        "content_type": pl.String(),
        "address": pl.String(),
        "etag": pl.String(),
        "last_modified": pl.String(),
        "headers": pl.String(),
        "path": pl.String(),
    }
)
"""One row per snapshot of a source that earlier runs kept (`ops.snapshots`)."""

URLS = pl.Schema(
    {
        "url": pl.String(),
        "article_url": pl.String(),
        "location": pl.String(),
        "feed": pl.String(),
        "is_live": pl.Boolean(),
        "checked_at": TIME,
        "outcome": pl.String(),
        "reason": pl.String(),
        "failure_count": pl.Int16(),
        "next_check_at": TIME,
    }
)
"""One row per URL that a source announced so far (`ops.urls`)."""

FEEDS = pl.Schema(
    {
        "feed": pl.String(),
        "asked_at": TIME,
        "answered_at": TIME,
        "renewed_at": TIME,
        "failure_count": pl.Int16(),
        "interval_seconds": pl.Int32(),
        "due_at": TIME,
        "link_count": pl.Int32(),
        "new_count": pl.Int32(),
        "problem": pl.String(),
    }
)
"""One row per feed of a source, as in `ops.feeds`."""

DOCUMENTS = pl.Schema(
    {
        "address": pl.String(),
        "feed_hash": pl.Int64(),
        "etag": pl.String(),
        "last_modified": pl.String(),
        "content_hash": pl.String(),
        "since": pl.String(),
        "read_at": TIME,
    }
)
"""One row per document of a feed, as in `ops.feed_documents`."""

RAW = pl.Schema(
    {
        "url": pl.String(),
        "article_url": pl.String(),  # of the article it shows; `url` but for other addresses
        "address": pl.String(),  # where it came from, after redirects; relative links start here
        "fetched_at": TIME,
        "status": pl.Int16(),
        "content_type": pl.String(),
        "headers": pl.String(),  # a JSON object, names in lower case; null for files
        "content": pl.Binary(),  # as it came; null where `failure` says why, and at status 304
        "content_hash": pl.String(),  # SHA-256 in hexadecimal; null where content is
        "failure": pl.String(),  # one line, `<outcome>: <reason>`; null where content came
    }
)
"""One row per link that was fetched."""

AUTHOR = pl.Struct(
    {
        "name": pl.String(),  # as printed
        "kind": pl.String(),  # one of `articles.AUTHOR_KINDS`
        "role": pl.String(),  # one of `articles.AUTHOR_ROLES`
        "orcid": pl.String(),  # null where the page gives none
    }
)
"""One name of a byline."""

TEASER = pl.Struct(
    {
        "url": pl.String(),  # absolute, of the other article; null where it is not linked
        "text": pl.String(),  # as printed, cut off where it is
    }
)
"""What a page shows of another article."""

PAGES = pl.Schema(
    {
        "url": pl.String(),
        "article_url": pl.String(),  # the identity of the article
        "fetched_at": TIME,
        "content_hash": pl.String(),  # of the bytes: `snapshot_hash` of the version
        "title": pl.String(),
        "published_at": TIME,
        "published_precision": pl.String(),
        "published_method": pl.String(),
        "published_confidence": pl.Float64(),
        "published_zone": pl.String(),
        "authors": pl.List(AUTHOR),  # in byline order
        "language": pl.String(),
        "script": pl.String(),
        "charset": pl.String(),
        "text_repair": pl.String(),
        "body_method": pl.String(),
        "body": pl.String(),
        "reference_text": pl.String(),  # null where the page has no list
        "teasers": pl.List(TEASER),  # in the order of the page
        "idle_rules": pl.List(pl.String()),  # of the source, that gave nothing on this page
    }
)
"""One row per page that was read as an article."""

TEASERS = pl.Schema(
    {
        "page_url": pl.String(),  # of the article whose page shows it
        "url": pl.String(),  # canonical, of the other article; null where it is not linked
        "text": pl.String(),
        "seen_at": TIME,  # when the page was fetched
    }
)
"""One row per article and what its page shows of another one, for `ops.teasers`."""

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
