"""Cited works, reference lists, and where the text points to them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    create_works()
    create_citations()
    create_citation_contexts()


def downgrade() -> None:
    op.drop_table("citation_contexts", schema="warehouse")
    op.drop_table("citations", schema="warehouse")
    op.drop_table("works", schema="warehouse")


def create_works() -> None:
    op.create_table(
        "works",
        sa.Column(
            "work_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Hash of the identity.",
        ),
        sa.Column(
            "identity",
            sa.Text(),
            nullable=False,
            comment="What makes it the one it is: `doi:…`, `isbn:…`, else first author, title "
            "key and year.",
        ),
        sa.Column("kind", sa.Text(), nullable=False, comment="Kind of work, in the names of CSL."),
        sa.Column(
            "title", sa.Text(), nullable=False, comment="Title as printed in the surest citation."
        ),
        sa.Column("title_key", sa.Text(), nullable=False, comment="Title folded for matching."),
        sa.Column("authors", sa.Text(), comment="Authors as printed, separated by `; `."),
        sa.Column("container_title", sa.Text(), comment="Journal, book or proceedings it is in."),
        sa.Column("year", sa.SmallInteger(), comment="Year of publication."),
        sa.Column("publisher", sa.Text(), comment="Publisher."),
        sa.Column("doi", sa.Text(), comment="DOI in lower case, without a resolver."),
        sa.Column("isbn", sa.Text(), comment="ISBN-13 without hyphens."),
        sa.Column("url", sa.Text(), comment="URL as printed."),
        sa.Column(
            "confidence",
            sa.Double(),
            nullable=False,
            comment="Confidence of the citation the row was taken from.",
        ),
        sa.Column(
            "article_id",
            sa.BigInteger(),
            comment="The article of this warehouse that it is, by URL or by title and year.",
        ),
        *lineage(),
        sa.PrimaryKeyConstraint("work_id", name="pk_works"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["warehouse.articles.article_id"], name="fk_works_article_id"
        ),
        sa.UniqueConstraint("identity", name="uq_works_identity"),
        sa.CheckConstraint("confidence between 0 and 1", name=op.f("ck_works_confidence_share")),
        sa.CheckConstraint(
            "kind in ('article-journal', 'article-newspaper', 'book', 'chapter', "
            "'document', 'legislation', 'paper-conference', 'report', 'thesis', "
            "'webpage')",
            name=op.f("ck_works_kind_known"),
        ),
        schema="warehouse",
        comment="One row per cited work, however often it is cited.",
    )
    op.create_index("ix_works_article_id", "works", ["article_id"], schema="warehouse")
    op.create_index("ix_works_title_key", "works", ["title_key"], schema="warehouse")


def create_citations() -> None:
    op.create_table(
        "citations",
        sa.Column(
            "citation_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Hash of version and position.",
        ),
        sa.Column("version_id", sa.BigInteger(), nullable=False, comment="Citing version."),
        sa.Column(
            "position",
            sa.SmallInteger(),
            nullable=False,
            comment="Place in the list, from 1, without gaps.",
        ),
        sa.Column(
            "label", sa.Text(), comment="Number or mark printed before the entry, as in `[12]`."
        ),
        sa.Column(
            "raw", sa.Text(), nullable=False, comment="The entry as printed, without its label."
        ),
        sa.Column(
            "start_offset",
            sa.Integer(),
            nullable=False,
            comment="Start of `raw` in `reference_text`.",
        ),
        sa.Column(
            "end_offset",
            sa.Integer(),
            nullable=False,
            comment="End of `raw` in `reference_text`, exclusive.",
        ),
        sa.Column("kind", sa.Text(), nullable=False, comment="Kind of work, in the names of CSL."),
        sa.Column("authors", sa.Text(), comment="Authors as printed, separated by `; `."),
        sa.Column("editors", sa.Text(), comment="Editors as printed, separated by `; `."),
        sa.Column("title", sa.Text(), comment="Title."),
        sa.Column("container_title", sa.Text(), comment="Journal, book or proceedings it is in."),
        sa.Column("year", sa.SmallInteger(), comment="Year of publication."),
        sa.Column("volume", sa.Text(), comment="Volume."),
        sa.Column("issue", sa.Text(), comment="Issue; `2 (56)` is number and whole number."),
        sa.Column("pages", sa.Text(), comment="Pages or their count, as printed."),
        sa.Column("publisher", sa.Text(), comment="Publisher."),
        sa.Column("place", sa.Text(), comment="Place of publication, as printed."),
        sa.Column("doi", sa.Text(), comment="DOI in lower case, without a resolver."),
        sa.Column("isbn", sa.Text(), comment="ISBN-13 without hyphens."),
        sa.Column("url", sa.Text(), comment="URL as printed."),
        sa.Column("language", sa.Text(), comment="Language of the entry by its script, ISO 639-1."),
        sa.Column(
            "confidence",
            sa.Double(),
            nullable=False,
            comment="How much of the entry was understood, 0 to 1.",
        ),
        sa.Column("parser", sa.Text(), nullable=False, comment="Parser that read it."),
        sa.Column("parser_version", sa.Text(), nullable=False, comment="Version of that parser."),
        sa.Column(
            "work_id",
            sa.BigInteger(),
            comment="Work it resolves to; null where no title was found.",
        ),
        *lineage(),
        sa.PrimaryKeyConstraint("citation_id", name="pk_citations"),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["warehouse.article_versions.version_id"],
            name="fk_citations_version_id",
        ),
        sa.ForeignKeyConstraint(
            ["work_id"], ["warehouse.works.work_id"], name="fk_citations_work_id"
        ),
        sa.UniqueConstraint("version_id", "position", name="uq_citations_version_id_position"),
        sa.CheckConstraint(
            "confidence between 0 and 1", name=op.f("ck_citations_confidence_share")
        ),
        sa.CheckConstraint(
            "kind in ('article-journal', 'article-newspaper', 'book', 'chapter', "
            "'document', 'legislation', 'paper-conference', 'report', 'thesis', "
            "'webpage')",
            name=op.f("ck_citations_kind_known"),
        ),
        sa.CheckConstraint("position >= 1", name=op.f("ck_citations_position_from_1")),
        sa.CheckConstraint(
            "start_offset >= 0 and end_offset > start_offset",
            name=op.f("ck_citations_span_in_order"),
        ),
        sa.CheckConstraint(
            "char_length(raw) = end_offset - start_offset", name=op.f("ck_citations_span_length")
        ),
        schema="warehouse",
        comment="One row per entry of a version's reference list, parsed or not.",
    )
    op.create_index("ix_citations_work_id", "citations", ["work_id"], schema="warehouse")


def create_citation_contexts() -> None:
    op.create_table(
        "citation_contexts",
        sa.Column(
            "context_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Hash of version, span and label.",
        ),
        sa.Column("version_id", sa.BigInteger(), nullable=False, comment="Citing version."),
        sa.Column(
            "start_offset", sa.Integer(), nullable=False, comment="Start of the marker in `body`."
        ),
        sa.Column(
            "end_offset",
            sa.Integer(),
            nullable=False,
            comment="End of the marker in `body`, exclusive.",
        ),
        sa.Column(
            "surface",
            sa.Text(),
            nullable=False,
            comment="The marker as printed, as in `[2, p. 15]`.",
        ),
        sa.Column(
            "cited_label", sa.Text(), nullable=False, comment="Number the marker names, as in `2`."
        ),
        sa.Column(
            "citation_id",
            sa.BigInteger(),
            comment="Citation it points to; null where the list has no such entry.",
        ),
        sa.Column(
            "sentence_start_offset",
            sa.Integer(),
            nullable=False,
            comment="Start of its sentence in `body`.",
        ),
        sa.Column(
            "sentence_end_offset",
            sa.Integer(),
            nullable=False,
            comment="End of its sentence in `body`, exclusive.",
        ),
        *lineage(),
        sa.PrimaryKeyConstraint("context_id", name="pk_citation_contexts"),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["warehouse.article_versions.version_id"],
            name="fk_citation_contexts_version_id",
        ),
        sa.ForeignKeyConstraint(
            ["citation_id"],
            ["warehouse.citations.citation_id"],
            name="fk_citation_contexts_citation_id",
        ),
        sa.UniqueConstraint(
            "version_id",
            "start_offset",
            "end_offset",
            "cited_label",
            name="uq_citation_contexts_version_id_start_offset_end_offset_0fab",
        ),
        sa.CheckConstraint(
            "start_offset >= 0 and end_offset > start_offset",
            name=op.f("ck_citation_contexts_span_in_order"),
        ),
        sa.CheckConstraint(
            "char_length(surface) = end_offset - start_offset",
            name=op.f("ck_citation_contexts_span_length"),
        ),
        schema="warehouse",
        comment="One row per in-text marker and entry it points to; `[1, 3]` makes two.",
    )
    op.create_index(
        "ix_citation_contexts_citation_id", "citation_contexts", ["citation_id"], schema="warehouse"
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
