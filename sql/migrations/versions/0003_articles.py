"""Sources, articles and their versions."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    create_sources()
    create_articles()
    create_article_versions()


def downgrade() -> None:
    op.drop_table("article_versions", schema="warehouse")
    op.drop_table("articles", schema="warehouse")
    op.drop_table("sources", schema="warehouse")


def create_sources() -> None:
    op.create_table(
        "sources",
        sa.Column(
            "source_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Hash of the name.",
        ),
        sa.Column(
            "name",
            sa.Text(),
            nullable=False,
            comment="Name of its source file, without the ending.",
        ),
        sa.Column("title", sa.Text(), nullable=False, comment="Name as its readers know it."),
        sa.Column("homepage_url", sa.Text(), comment="Home page."),
        sa.Column("language", sa.Text(), nullable=False, comment="Main language, ISO 639-1."),
        sa.Column(
            "timezone", sa.Text(), nullable=False, comment="Time zone of its datelines, IANA name."
        ),
        *lineage(),
        sa.PrimaryKeyConstraint("source_id", name="pk_sources"),
        sa.UniqueConstraint("name", name="uq_sources_name"),
        schema="warehouse",
        comment="One row per journal or site that is read.",
    )


def create_articles() -> None:
    op.create_table(
        "articles",
        sa.Column(
            "article_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Hash of source and canonical URL.",
        ),
        sa.Column("source_id", sa.BigInteger(), nullable=False, comment="Source it was found in."),
        sa.Column("url", sa.Text(), nullable=False, comment="Canonical URL."),
        sa.Column(
            "first_seen_at", sa.DateTime(timezone=True), nullable=False, comment="First fetch."
        ),
        sa.Column(
            "last_seen_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Latest fetch that brought new bytes.",
        ),
        *lineage(),
        sa.PrimaryKeyConstraint("article_id", name="pk_articles"),
        sa.ForeignKeyConstraint(
            ["source_id"], ["warehouse.sources.source_id"], name="fk_articles_source_id"
        ),
        sa.UniqueConstraint("source_id", "url", name="uq_articles_source_id_url"),
        sa.CheckConstraint("first_seen_at <= last_seen_at", name=op.f("ck_articles_seen_in_order")),
        schema="warehouse",
        comment="One row per article, whatever its versions say.",
    )


def create_article_versions() -> None:
    op.create_table(
        "article_versions",
        sa.Column(
            "version_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Hash of article and content hash.",
        ),
        sa.Column("article_id", sa.BigInteger(), nullable=False, comment="Article."),
        sa.Column(
            "version_number",
            sa.Integer(),
            nullable=False,
            comment="Number among the article's versions by first fetch, from 1.",
        ),
        sa.Column(
            "is_current",
            sa.Boolean(),
            nullable=False,
            comment="Whether this is what the latest fetch of the article showed.",
        ),
        sa.Column(
            "title", sa.Text(), nullable=False, comment="Headline as printed, whitespace collapsed."
        ),
        sa.Column(
            "title_key",
            sa.Text(),
            nullable=False,
            comment="Headline folded for matching: lower case, letters and digits only.",
        ),
        sa.Column(
            "published_at",
            sa.DateTime(timezone=True),
            comment="Publication time in UTC, as exact as `published_precision` says.",
        ),
        sa.Column("published_precision", sa.Text(), comment="minute, day, month or year."),
        sa.Column(
            "published_method",
            sa.Text(),
            comment="Where the time was read: dateline, metadata, url or guess.",
        ),
        sa.Column(
            "language", sa.Text(), comment="Language of the body, ISO 639-1; null if unsure."
        ),
        sa.Column(
            "body",
            sa.Text(),
            nullable=False,
            comment="Article text: no teasers, no boilerplate, no reference list. Paragraphs end "
            "in a newline.",
        ),
        sa.Column(
            "reference_text",
            sa.Text(),
            comment="The reference list as printed, one line an entry where the mark-up says so; "
            "citations are spans of it.",
        ),
        sa.Column("word_count", sa.Integer(), nullable=False, comment="Words of the body."),
        sa.Column(
            "content_hash",
            sa.Text(),
            nullable=False,
            comment="SHA-256 of title, body and reference list, in hexadecimal; other white "
            "space and boilerplate do not change it.",
        ),
        sa.Column(
            "snapshot_hash",
            sa.Text(),
            nullable=False,
            comment="SHA-256 of the newest bytes that held this content (`ops.snapshots`).",
        ),
        sa.Column(
            "fetched_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="When those bytes were fetched; an older batch never replaces a newer row.",
        ),
        sa.Column(
            "seen_from_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="First fetch with this content.",
        ),
        sa.Column(
            "seen_to_at",
            sa.DateTime(timezone=True),
            comment="First fetch that showed other content; null while current.",
        ),
        sa.Column(
            "derived_hash",
            sa.BigInteger(),
            comment="Hash of all rows derived from this version; equal means nothing to merge "
            "below it. Null where the audit set rows aside.",
        ),
        *lineage(),
        sa.PrimaryKeyConstraint("version_id", name="pk_article_versions"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["warehouse.articles.article_id"], name="fk_article_versions_article_id"
        ),
        sa.UniqueConstraint(
            "article_id", "content_hash", name="uq_article_versions_article_id_content_hash"
        ),
        sa.UniqueConstraint(
            "article_id",
            "version_number",
            name="uq_article_versions_article_id_version_number",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.CheckConstraint(
            "is_current = (seen_to_at is null)", name=op.f("ck_article_versions_current_is_open")
        ),
        sa.CheckConstraint(
            "published_method in ('dateline', 'metadata', 'url', 'guess')",
            name=op.f("ck_article_versions_published_method_known"),
        ),
        sa.CheckConstraint(
            "published_precision in ('minute', 'day', 'month', 'year')",
            name=op.f("ck_article_versions_published_precision_known"),
        ),
        sa.CheckConstraint(
            "num_nulls(published_at, published_precision, published_method) in (0, 3)",
            name=op.f("ck_article_versions_published_whole"),
        ),
        sa.CheckConstraint(
            "version_number >= 1", name=op.f("ck_article_versions_version_number_from_1")
        ),
        sa.CheckConstraint(
            "word_count >= 0", name=op.f("ck_article_versions_word_count_not_negative")
        ),
        schema="warehouse",
        comment="One row per distinct content of an article; exactly one per article is current.",
    )
    op.create_index(
        "ix_article_versions_published_at", "article_versions", ["published_at"], schema="warehouse"
    )
    op.create_index(
        "ix_article_versions_title_key", "article_versions", ["title_key"], schema="warehouse"
    )
    op.create_index(
        "uq_article_versions_current",
        "article_versions",
        ["article_id"],
        schema="warehouse",
        unique=True,
        postgresql_where=sa.text("is_current"),
    )


def lineage() -> list[sa.Column[Any]]:
    return [
        sa.Column(
            "run_id",
            sa.Uuid(),
            nullable=False,
            comment="Run that wrote the row as it stands (`ops.runs`; no foreign key, runs "
            "expire).",
        ),
        sa.Column(
            "loaded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="When the row was written as it stands; the column for incremental reads.",
        ),
    ]
