"""Signatures of texts, and which articles repeat an earlier one."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"

POINTERS = ("reprint_of_article_id", "reprint_via_article_id")
CHECKS = {
    "reprint_similarity_share": "reprint_similarity between 0 and 1",
    "reprint_whole": (
        "num_nulls(reprint_of_article_id, reprint_similarity, reprint_via_article_id) in (0, 3)"
    ),
}


def upgrade() -> None:
    create_signatures()
    add_to_articles()


def downgrade() -> None:
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_articles_{name}"), "articles", schema="warehouse")
    # Their indexes and foreign keys go with them.
    for name in ("reprint_via_article_id", "reprint_similarity", "reprint_of_article_id"):
        op.drop_column("articles", name, schema="warehouse")
    op.drop_table("signatures", schema="warehouse")


def create_signatures() -> None:
    """Versions of before have none until they are read anew."""
    op.create_table(
        "signatures",
        sa.Column(
            "version_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="Version."
        ),
        sa.Column(
            "shingle_count",
            sa.Integer(),
            nullable=False,
            comment="Different shingles, rows of three words, of the body.",
        ),
        sa.Column(
            "bands",
            postgresql.ARRAY(sa.BigInteger()),
            nullable=False,
            comment="Hashes of the 32 bands of its MinHash; texts that have one in common may be "
            "alike.",
        ),
        sa.Column(
            "sketch",
            postgresql.ARRAY(sa.BigInteger()),
            nullable=False,
            comment="2,048 bits, one of each MinHash, in 32 numbers of 64; two texts differ in a "
            "share of (1 - similarity) / 2 of them.",
        ),
        *lineage(),
        sa.PrimaryKeyConstraint("version_id", name="pk_signatures"),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["warehouse.article_versions.version_id"],
            name="fk_signatures_version_id",
        ),
        sa.CheckConstraint("shingle_count > 0", name=op.f("ck_signatures_shingle_count_positive")),
        sa.CheckConstraint("cardinality(bands) = 32", name=op.f("ck_signatures_bands_whole")),
        sa.CheckConstraint("cardinality(sketch) = 32", name=op.f("ck_signatures_sketch_whole")),
        schema="warehouse",
        comment="One row per version whose body is long enough to be compared with others.",
    )
    op.create_index(
        "ix_signatures_bands",
        "signatures",
        ["bands"],
        schema="warehouse",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )


def add_to_articles() -> None:
    pointer(
        "reprint_of_article_id",
        "The earliest article whose text this one repeats, in any source; null if it is none's "
        "reprint.",
    )
    op.add_column(
        "articles",
        sa.Column(
            "reprint_similarity",
            sa.Double(),
            comment="Share of the shingles of both texts that they have in common (Jaccard), "
            "0 to 1, within 0.02 (standard error).",
        ),
        schema="warehouse",
    )
    pointer(
        "reprint_via_article_id",
        "The earliest article it is close to itself: that one, or a reprint of it that came "
        "between.",
    )
    for name, condition in CHECKS.items():
        op.create_check_constraint(
            op.f(f"ck_articles_{name}"), "articles", condition, schema="warehouse"
        )


def pointer(name: str, comment: str) -> None:
    """A column that may point to another article, with an index of those that do."""
    op.add_column(
        "articles",
        sa.Column(name, sa.BigInteger(), autoincrement=False, comment=comment),
        schema="warehouse",
    )
    op.create_foreign_key(
        f"fk_articles_{name}",
        "articles",
        "articles",
        [name],
        ["article_id"],
        source_schema="warehouse",
        referent_schema="warehouse",
    )
    op.create_index(
        f"ix_articles_{name}",
        "articles",
        [name],
        schema="warehouse",
        postgresql_where=sa.text(f"{name} is not null"),
    )


def lineage() -> list[sa.Column[object]]:
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
