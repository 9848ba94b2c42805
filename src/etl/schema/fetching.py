"""Tables of schema `ops` about finding pages: URLs, where they were seen, feeds, documents.

`ops.urls` is the frontier: what a run found and has not settled is taken up by the next one,
also if no feed announces it any more.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from etl.schema.base import Table, column, key, one_of
from etl.schema.ops import OUTCOMES, SCHEMA


class Url(Table):
    """One row per URL that a source announced: how it stands and when it is due again."""

    __tablename__ = "urls"
    __table_args__ = (
        one_of("outcome", OUTCOMES),
        sa.Index("ix_urls_source_article_url", "source", "article_url"),
        sa.Index("ix_urls_source_next_check_at", "source", "next_check_at"),
        {"schema": SCHEMA, "comment": __doc__},
    )

    source: orm.Mapped[str] = column("Name of the source.", primary_key=True)
    url: orm.Mapped[str] = column("Canonical URL.", primary_key=True)
    article_url: orm.Mapped[str] = column(
        "URL of the article it shows: its own, or that of which it is another address."
    )
    location: orm.Mapped[str] = column("What is fetched: the URL as announced, or a path.")
    feed: orm.Mapped[str] = column("Kind and address of the feed that announced it last.")
    is_live: orm.Mapped[bool] = column("Whether the page may change: false in archives.")
    first_seen_at: orm.Mapped[datetime] = column("When it was announced first.")
    last_seen_at: orm.Mapped[datetime] = column("When it was announced last.")
    asked_at: orm.Mapped[datetime | None] = column("When it was fetched last, or was to be.")
    checked_at: orm.Mapped[datetime | None] = column(
        "When its server or file last gave the page or said that it is unchanged."
    )
    outcome: orm.Mapped[str | None] = column(
        "Outcome of its page as it is now; null until there is one."
    )
    reason: orm.Mapped[str | None] = column("Reason of this outcome.")
    failure_count: orm.Mapped[int] = column(
        "Fetches in a row that gave no page to work on.", sa.SmallInteger
    )
    next_check_at: orm.Mapped[datetime | None] = column(
        "When it is to be fetched again, announced or not; null: only if it is announced anew."
    )


class Sighting(Table):
    """One row per feed and URL it announced, with the first and last time it did."""

    __tablename__ = "sightings"
    __table_args__ = (
        sa.Index("ix_sightings_source_url", "source", "url"),
        {"schema": SCHEMA, "comment": __doc__},
    )

    sighting_id: orm.Mapped[int] = key("Hash of source, feed and URL.", primary_key=True)
    source: orm.Mapped[str] = column("Name of the source.")
    feed: orm.Mapped[str] = column("Kind and address of the feed.")
    url: orm.Mapped[str] = column("Canonical URL.")
    location: orm.Mapped[str] = column("The address as announced last.")
    announced_at: orm.Mapped[datetime | None] = column(
        "Publication or change as the feed says; null if it does not."
    )
    first_seen_at: orm.Mapped[datetime] = column("First run that saw it there.")
    last_seen_at: orm.Mapped[datetime] = column("Last run that saw it there.")
    seen_count: orm.Mapped[int] = column("Runs that saw it there.")


class Teaser(Table):
    """One row per article and what its page shows of another one; no row of either."""

    __tablename__ = "teasers"
    __table_args__ = (
        sa.Index("ix_teasers_source_url", "source", "url"),
        {"schema": SCHEMA, "comment": __doc__},
    )

    teaser_id: orm.Mapped[int] = key(
        "Hash of source, page and URL; of the text where it is not linked.", primary_key=True
    )
    source: orm.Mapped[str] = column("Name of the source.")
    page_url: orm.Mapped[str] = column("URL of the article it stands beside.")
    url: orm.Mapped[str | None] = column(
        "Canonical URL of the other article; null where it is not linked."
    )
    text: orm.Mapped[str] = column("As printed last, cut off where it is.")
    first_seen_at: orm.Mapped[datetime] = column("First fetch of the page that showed it.")
    last_seen_at: orm.Mapped[datetime] = column(
        "Latest fetch of the page that showed it, of those that were read."
    )


class Feed(Table):
    """One row per feed of a source: its rhythm, its failures, and when it is asked next."""

    __tablename__ = "feeds"
    __table_args__ = ({"schema": SCHEMA, "comment": __doc__},)

    source: orm.Mapped[str] = column("Name of the source.", primary_key=True)
    feed: orm.Mapped[str] = column("Kind and address of the feed.", primary_key=True)
    asked_at: orm.Mapped[datetime] = column("When it was asked last.")
    answered_at: orm.Mapped[datetime | None] = column("When it last answered.")
    renewed_at: orm.Mapped[datetime | None] = column("When it last announced a URL not known.")
    failure_count: orm.Mapped[int] = column("Failures in a row.", sa.SmallInteger)
    interval_seconds: orm.Mapped[int] = column("Rhythm: seconds from one question to the next.")
    due_at: orm.Mapped[datetime] = column("When it is to be asked next, back-off included.")
    link_count: orm.Mapped[int] = column("Links it announced when it last answered.")
    new_count: orm.Mapped[int] = column("URLs among them that were not known.")
    problem: orm.Mapped[str | None] = column("What went wrong last, in one line; null if nothing.")


class FeedDocument(Table):
    """One row per document of a feed that was read: how to ask whether it has changed."""

    __tablename__ = "feed_documents"
    __table_args__ = ({"schema": SCHEMA, "comment": __doc__},)

    source: orm.Mapped[str] = column("Name of the source.", primary_key=True)
    address: orm.Mapped[str] = column("Address of the document.", primary_key=True)
    feed_hash: orm.Mapped[int] = key(
        "Hash of the feed's entry in the source file: a changed entry reads everything anew.",
        primary_key=True,
    )
    etag: orm.Mapped[str | None] = column("ETag of its last answer.")
    last_modified: orm.Mapped[str | None] = column("Last-Modified of its last answer, as sent.")
    content_hash: orm.Mapped[str | None] = column("SHA-256 of its bytes.")
    since: orm.Mapped[str | None] = column("Where an incremental feed goes on, as its kind has it.")
    read_at: orm.Mapped[datetime] = column("When it was read last.")


class RobotsText(Table):
    """One row per site whose robots.txt was read, with what it says."""

    __tablename__ = "robots"
    __table_args__ = ({"schema": SCHEMA, "comment": __doc__},)

    origin: orm.Mapped[str] = column("Scheme, host and port of the site.", primary_key=True)
    content: orm.Mapped[str] = column("Its text; empty if the site has none.")
    read_at: orm.Mapped[datetime] = column("When it was read; it counts for a day.")
