"""URLs, sightings, feeds and their documents; finer outcomes; how snapshots came."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

BEFORE = (
    *("loaded", "unchanged", "not_an_article", "unreadable", "too_large"),
    *("fetch_failed", "set_aside"),
)

OUTCOMES = (
    *("loaded", "unchanged", "duplicate", "not_an_article", "soft_404", "suspended"),
    *("consent_wall", "unreadable", "charset", "too_large", "gone", "http_status", "redirects"),
    *("timeout", "dns", "tls", "connection", "truncated", "robots", "refused", "postponed"),
    *("fetch_failed", "set_aside"),
)


def upgrade() -> None:
    know_outcomes(OUTCOMES)
    asked = "When the run asked for it; null if it had no need to, or did not come to it."
    op.add_column("outcomes", time("asked_at", asked, nullable=True), schema="ops")
    add_to_snapshots()
    create_urls()
    create_sightings()
    create_feeds()
    create_feed_documents()
    create_robots()
    create_indexes()


def downgrade() -> None:
    op.drop_index("ix_articles_source_id_first_seen_at", "articles", schema="warehouse")
    op.drop_index("ix_outcomes_recorded_at", "outcomes", schema="ops")
    op.drop_index("ix_steps_source_started_at", "steps", schema="ops")
    for table in ("robots", "feed_documents", "feeds", "sightings", "urls"):
        op.drop_table(table, schema="ops")
    for name in ("headers", "last_modified", "etag", "address"):
        op.drop_column("snapshots", name, schema="ops")
    op.drop_column("outcomes", "asked_at", schema="ops")
    known = ", ".join(f"'{outcome}'" for outcome in BEFORE)
    op.execute(f"update ops.outcomes set outcome = 'fetch_failed' where outcome not in ({known})")
    know_outcomes(BEFORE)


def one_of(outcomes: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{outcome}'" for outcome in outcomes)
    return f"outcome in ({listed})"


def know_outcomes(outcomes: tuple[str, ...]) -> None:
    name = op.f("ck_outcomes_outcome_known")
    op.drop_constraint(name, "outcomes", schema="ops")
    op.create_check_constraint(name, "outcomes", one_of(outcomes), schema="ops")


def add_to_snapshots() -> None:
    columns = {
        "address": "Where they came from, after redirects.",
        "etag": "ETag, to ask whether the page has changed.",
        "last_modified": "Last-Modified as sent, for the same use.",
        "headers": "Headers of the answer as a JSON object, names in lower case; null for files.",
    }
    for name, comment in columns.items():
        op.add_column("snapshots", sa.Column(name, sa.Text(), comment=comment), schema="ops")
    op.execute("update ops.snapshots set address = url")
    op.alter_column("snapshots", "address", nullable=False, schema="ops")


def create_urls() -> None:
    op.create_table(
        "urls",
        text("source", "Name of the source."),
        text("url", "Canonical URL."),
        text(
            "article_url",
            "URL of the article it shows: its own, or that of which it is another address.",
        ),
        text("location", "What is fetched: the URL as announced, or a path."),
        text("feed", "Kind and address of the feed that announced it last."),
        sa.Column(
            "is_live",
            sa.Boolean(),
            nullable=False,
            comment="Whether the page may change: false in archives.",
        ),
        time("first_seen_at", "When it was announced first."),
        time("last_seen_at", "When it was announced last."),
        time("asked_at", "When it was fetched last, or was to be.", nullable=True),
        time(
            "checked_at",
            "When its server or file last gave the page or said that it is unchanged.",
            nullable=True,
        ),
        text(
            "outcome", "Outcome of its page as it is now; null until there is one.", nullable=True
        ),
        text("reason", "Reason of this outcome.", nullable=True),
        sa.Column(
            "failure_count",
            sa.SmallInteger(),
            nullable=False,
            comment="Fetches in a row that gave no page to work on.",
        ),
        time(
            "next_check_at",
            "When it is to be fetched again, announced or not; null: only if it is announced anew.",
            nullable=True,
        ),
        sa.PrimaryKeyConstraint("source", "url", name="pk_urls"),
        sa.CheckConstraint(one_of(OUTCOMES), name=op.f("ck_urls_outcome_known")),
        schema="ops",
        comment="One row per URL that a source announced: how it stands and when it is due again.",
    )
    op.create_index("ix_urls_source_article_url", "urls", ["source", "article_url"], schema="ops")
    op.create_index(
        "ix_urls_source_next_check_at", "urls", ["source", "next_check_at"], schema="ops"
    )


def create_sightings() -> None:
    op.create_table(
        "sightings",
        sa.Column(
            "sighting_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Hash of source, feed and URL.",
        ),
        text("source", "Name of the source."),
        text("feed", "Kind and address of the feed."),
        text("url", "Canonical URL."),
        text("location", "The address as announced last."),
        time(
            "announced_at",
            "Publication or change as the feed says; null if it does not.",
            nullable=True,
        ),
        time("first_seen_at", "First run that saw it there."),
        time("last_seen_at", "Last run that saw it there."),
        count("seen_count", "Runs that saw it there."),
        sa.PrimaryKeyConstraint("sighting_id", name="pk_sightings"),
        schema="ops",
        comment="One row per feed and URL it announced, with the first and last time it did.",
    )
    op.create_index("ix_sightings_source_url", "sightings", ["source", "url"], schema="ops")


def create_feeds() -> None:
    op.create_table(
        "feeds",
        text("source", "Name of the source."),
        text("feed", "Kind and address of the feed."),
        time("asked_at", "When it was asked last."),
        time("answered_at", "When it last answered.", nullable=True),
        time("renewed_at", "When it last announced a URL not known.", nullable=True),
        sa.Column("failure_count", sa.SmallInteger(), nullable=False, comment="Failures in a row."),
        count("interval_seconds", "Rhythm: seconds from one question to the next."),
        time("due_at", "When it is to be asked next, back-off included."),
        count("link_count", "Links it announced when it last answered."),
        count("new_count", "URLs among them that were not known."),
        text("problem", "What went wrong last, in one line; null if nothing.", nullable=True),
        sa.PrimaryKeyConstraint("source", "feed", name="pk_feeds"),
        schema="ops",
        comment="One row per feed of a source: its rhythm, its failures, and when it is asked "
        "next.",
    )


def create_feed_documents() -> None:
    op.create_table(
        "feed_documents",
        text("source", "Name of the source."),
        text("address", "Address of the document."),
        sa.Column(
            "feed_hash",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Hash of the feed's entry in the source file: a changed entry reads "
            "everything anew.",
        ),
        text("etag", "ETag of its last answer.", nullable=True),
        text("last_modified", "Last-Modified of its last answer, as sent.", nullable=True),
        text("content_hash", "SHA-256 of its bytes.", nullable=True),
        text("since", "Where an incremental feed goes on, as its kind has it.", nullable=True),
        time("read_at", "When it was read last."),
        sa.PrimaryKeyConstraint("source", "address", "feed_hash", name="pk_feed_documents"),
        schema="ops",
        comment="One row per document of a feed that was read: how to ask whether it has changed.",
    )


def create_robots() -> None:
    op.create_table(
        "robots",
        text("origin", "Scheme, host and port of the site."),
        text("content", "Its text; empty if the site has none."),
        time("read_at", "When it was read; it counts for a day."),
        sa.PrimaryKeyConstraint("origin", name="pk_robots"),
        schema="ops",
        comment="One row per site whose robots.txt was read, with what it says.",
    )


def create_indexes() -> None:
    op.create_index(
        "ix_steps_source_started_at",
        "steps",
        ["source", "started_at"],
        schema="ops",
        postgresql_where=sa.text("step = 'extract'"),
    )
    op.create_index("ix_outcomes_recorded_at", "outcomes", ["recorded_at"], schema="ops")
    op.create_index(
        "ix_articles_source_id_first_seen_at",
        "articles",
        ["source_id", "first_seen_at"],
        schema="warehouse",
    )


def text(name: str, comment: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable, comment=comment)


def time(name: str, comment: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, comment=comment)


def count(name: str, comment: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, comment=comment)
