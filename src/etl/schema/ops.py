"""Tables of schema `ops`: runs, their steps and loads, and one outcome for every URL."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from etl.schema.base import Table, column, one_of

SCHEMA = "ops"

RUN_STATES = ("running", "completed", "degraded", "failed")
"""`degraded`: the run ended, but a source failed or rows were set aside."""

STEPS = ("extract", "transform", "stage", "audit", "publish")
"""Steps of a run for one source, in order."""

OUTCOMES = (
    "loaded",
    "unchanged",
    "duplicate",
    "not_an_article",
    "soft_404",
    "suspended",
    "consent_wall",
    "unreadable",
    "charset",
    "too_large",
    "gone",
    "http_status",
    "redirects",
    "timeout",
    "dns",
    "tls",
    "connection",
    "truncated",
    "robots",
    "refused",
    "postponed",
    "fetch_failed",
    "set_aside",
)
"""How a URL of a run ended: exactly one each.

* `loaded`          its rows were published
* `unchanged`       the same bytes were settled by an earlier run
* `duplicate`       another address of an article that the source has under its own URL
* `not_an_article`, `unreadable`, `charset`, `too_large`   rejected by the reader
* `soft_404`, `suspended`, `consent_wall`   status 200, but a notice in place of the page
* `gone`            HTTP 404 or 410
* `http_status`     any other status than 200
* `redirects`       too many, in a circle, or to nowhere
* `timeout`, `dns`, `tls`, `connection`, `truncated`   no whole answer came
* `robots`          robots.txt forbids it
* `refused`         an address that is not asked: private, or no http(s)
* `postponed`       left for a later run: a limit was reached, or it is not due yet
* `fetch_failed`    a file could not be read, or something unforeseen
* `set_aside`       its rows failed a critical expectation
"""

UNFETCHED = (
    *("gone", "http_status", "redirects", "timeout", "dns", "tls", "connection", "truncated"),
    *("robots", "refused", "too_large", "fetch_failed"),
)
"""Outcomes of URLs that gave no bytes: tried again later, each time after a longer wait."""

NOTICES = ("soft_404", "suspended", "consent_wall")
"""Outcomes of URLs that gave a notice in place of the page: tried again like those above."""

FAILING = (*UNFETCHED, *NOTICES)
"""Outcomes of URLs that are tried again by themselves."""

LOST = (
    *("http_status", "redirects", "timeout", "dns", "tls", "connection", "truncated"),
    *("suspended", "consent_wall", "charset", "fetch_failed", "set_aside"),
)
"""Outcomes at which a person should look: a run with one is degraded."""


class Run(Table):
    """One row per run of the pipeline."""

    __tablename__ = "runs"
    __table_args__ = (one_of("state", RUN_STATES), {"schema": SCHEMA, "comment": __doc__})

    run_id: orm.Mapped[UUID] = column("Id of the Prefect flow run.", primary_key=True)
    flow_run_name: orm.Mapped[str] = column("Name of the Prefect flow run.")
    code_version: orm.Mapped[str] = column("Version of this package.")
    sources: orm.Mapped[str] = column("Sources asked for, separated by `, `.")
    state: orm.Mapped[str] = column(
        "running, completed, degraded or failed; running without a live process was killed."
    )
    started_at: orm.Mapped[datetime] = column("Start.")
    ended_at: orm.Mapped[datetime | None] = column("End; null while running.")
    error: orm.Mapped[str | None] = column("First error, in one line.")


class Step(Table):
    """One row per run, source and step."""

    __tablename__ = "steps"
    __table_args__ = (
        one_of("step", STEPS),
        one_of("state", RUN_STATES),
        sa.Index(
            "ix_steps_source_started_at",
            "source",
            "started_at",
            postgresql_where=sa.text("step = 'extract'"),
        ),
        {"schema": SCHEMA, "comment": __doc__},
    )

    run_id: orm.Mapped[UUID] = column("Run.", sa.ForeignKey("ops.runs.run_id"), primary_key=True)
    source: orm.Mapped[str] = column("Name of the source.", primary_key=True)
    step: orm.Mapped[str] = column("extract, transform, stage, audit or publish.", primary_key=True)
    state: orm.Mapped[str] = column("running, completed, degraded or failed.")
    started_at: orm.Mapped[datetime] = column("Start.")
    ended_at: orm.Mapped[datetime | None] = column("End; null while running.")
    input_count: orm.Mapped[int | None] = column("Rows in.")
    output_count: orm.Mapped[int | None] = column("Rows out.")
    error: orm.Mapped[str | None] = column("Error, in one line.")


class Load(Table):
    """One row per run, source and table: what was staged and what became of it."""

    __tablename__ = "loads"
    __table_args__ = (
        sa.CheckConstraint(
            "staged_count >= 0 and set_aside_count >= 0 and inserted_count >= 0 "
            "and updated_count >= 0 and deleted_count >= 0",
            name="counts_not_negative",
        ),
        {"schema": SCHEMA, "comment": __doc__},
    )

    run_id: orm.Mapped[UUID] = column("Run.", sa.ForeignKey("ops.runs.run_id"), primary_key=True)
    source: orm.Mapped[str] = column("Name of the source.", primary_key=True)
    table_name: orm.Mapped[str] = column("Table of `warehouse`.", primary_key=True)
    staged_count: orm.Mapped[int] = column("Rows staged.", sa.BigInteger)
    set_aside_count: orm.Mapped[int] = column("Rows the audit set aside.", sa.BigInteger)
    inserted_count: orm.Mapped[int] = column("Rows inserted.", sa.BigInteger)
    updated_count: orm.Mapped[int] = column("Rows changed.", sa.BigInteger)
    deleted_count: orm.Mapped[int] = column(
        "Rows of republished versions that are no longer found.", sa.BigInteger
    )
    fingerprint: orm.Mapped[int | None] = column(
        "Hash of the rows staged for a table that articles share, if all were published: such "
        "rows need no second look.",
        sa.BigInteger,
    )


class Outcome(Table):
    """One row per run and URL: how it ended, and why."""

    __tablename__ = "outcomes"
    __table_args__ = (
        one_of("outcome", OUTCOMES),
        sa.Index("ix_outcomes_source_url", "source", "url"),
        sa.Index("ix_outcomes_recorded_at", "recorded_at"),
        {"schema": SCHEMA, "comment": __doc__},
    )

    run_id: orm.Mapped[UUID] = column("Run.", sa.ForeignKey("ops.runs.run_id"), primary_key=True)
    source: orm.Mapped[str] = column("Name of the source.", primary_key=True)
    url: orm.Mapped[str] = column("Canonical URL.", primary_key=True)
    outcome: orm.Mapped[str] = column("How it ended.")
    reason: orm.Mapped[str | None] = column("Why, in one line; null for loaded and unchanged.")
    content_hash: orm.Mapped[str | None] = column("SHA-256 of the bytes; null if none came.")
    asked_at: orm.Mapped[datetime | None] = column(
        "When the run asked for it; null if it had no need to, or did not come to it."
    )
    recorded_at: orm.Mapped[datetime] = column("When the outcome was recorded.")


class Snapshot(Table):
    """One row per distinct content of a URL, as it was fetched."""

    __tablename__ = "snapshots"
    __table_args__ = ({"schema": SCHEMA, "comment": __doc__},)

    source: orm.Mapped[str] = column("Name of the source.", primary_key=True)
    url: orm.Mapped[str] = column("Canonical URL.", primary_key=True)
    content_hash: orm.Mapped[str] = column("SHA-256 of the bytes.", primary_key=True)
    fetched_at: orm.Mapped[datetime] = column(
        "Fetch that first brought these bytes, or brought them back."
    )
    status: orm.Mapped[int] = column("HTTP status; 200 for files.", sa.SmallInteger)
    content_type: orm.Mapped[str | None] = column("Content type as declared.")
    address: orm.Mapped[str] = column("Where they came from, after redirects.")
    etag: orm.Mapped[str | None] = column("ETag, to ask whether the page has changed.")
    last_modified: orm.Mapped[str | None] = column("Last-Modified as sent, for the same use.")
    headers: orm.Mapped[str | None] = column(
        "Headers of the answer as a JSON object, names in lower case; null for files."
    )
    byte_count: orm.Mapped[int] = column("Size of the bytes.", sa.BigInteger)
    path: orm.Mapped[str] = column("Where they are kept, below the snapshot folder.")
    settled_at: orm.Mapped[datetime | None] = column(
        "When a run published or rejected them; null: the next run takes them up again."
    )
