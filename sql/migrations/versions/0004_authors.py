"""Authors, and the bylines they stand in."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    create_authors()
    create_article_authors()


def downgrade() -> None:
    op.drop_table("article_authors", schema="warehouse")
    op.drop_table("authors", schema="warehouse")


def create_authors() -> None:
    op.create_table(
        "authors",
        sa.Column(
            "author_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Hash of the name key.",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Longest spelling seen."),
        sa.Column(
            "name_key",
            sa.Text(),
            nullable=False,
            comment="Name folded for matching: lower case, no accents.",
        ),
        *lineage(),
        sa.PrimaryKeyConstraint("author_id", name="pk_authors"),
        sa.UniqueConstraint("name_key", name="uq_authors_name_key"),
        schema="warehouse",
        comment="One row per author name, however it is capitalised or spaced.",
    )


def create_article_authors() -> None:
    op.create_table(
        "article_authors",
        sa.Column(
            "version_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="Version."
        ),
        sa.Column(
            "position",
            sa.SmallInteger(),
            autoincrement=False,
            nullable=False,
            comment="Place in the byline, from 1.",
        ),
        sa.Column("author_id", sa.BigInteger(), nullable=False, comment="Author."),
        sa.Column("printed_name", sa.Text(), nullable=False, comment="The name as printed."),
        *lineage(),
        sa.PrimaryKeyConstraint("version_id", "position", name="pk_article_authors"),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["warehouse.article_versions.version_id"],
            name="fk_article_authors_version_id",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["warehouse.authors.author_id"], name="fk_article_authors_author_id"
        ),
        sa.CheckConstraint("position >= 1", name=op.f("ck_article_authors_position_from_1")),
        schema="warehouse",
        comment="One row per name in the byline of a version.",
    )
    op.create_index(
        "ix_article_authors_author_id", "article_authors", ["author_id"], schema="warehouse"
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
