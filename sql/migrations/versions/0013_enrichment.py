"""Answers of Crossref and OpenAlex about cited works."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

TEXTS = (
    ("provider", "Whose answer it is: openalex or crossref.", False),
    ("outcome", "found, not_found, ambiguous or failed.", False),
    ("reason", "Why, in one line.", False),
    ("record_id", "Id of the nearest record at its provider.", True),
    ("doi", "DOI of that record, in lower case, without a resolver.", True),
    ("title", "Its title.", True),
    ("container_title", "Journal, book or proceedings it is in.", True),
    ("kind", "Its kind, in the provider's own words.", True),
    (
        "authors",
        "Its authors as a JSON array of objects: `family` and `given`, or `literal`.",
        True,
    ),
)

CHECKS = {
    "provider_known": "provider in ('openalex', 'crossref')",
    "outcome_known": "outcome in ('found', 'not_found', 'ambiguous', 'failed')",
    "score_share": "score between 0 and 1",
    "expires_later": "expires_at > asked_at",
}


def upgrade() -> None:
    op.create_table(
        "enrichments",
        sa.Column(
            "work_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Work of `warehouse.works`.",
        ),
        *(sa.Column(n, sa.Text(), nullable=null, comment=c) for n, c, null in TEXTS),
        sa.Column(
            "score",
            sa.Double(),
            comment="Likeness of the printed title and that of the nearest record, 0 to 1; null "
            "without one.",
        ),
        sa.Column("year", sa.SmallInteger(), comment="Its year of publication."),
        moment("asked_at", "When the provider was asked."),
        moment("expires_at", "Until then the work is not asked about again."),
        sa.PrimaryKeyConstraint("work_id", name="pk_enrichments"),
        *(sa.CheckConstraint(c, name=op.f(f"ck_enrichments_{n}")) for n, c in CHECKS.items()),
        schema="ops",
        comment="One row per cited work that Crossref or OpenAlex was asked about: the latest "
        "answer.",
    )


def downgrade() -> None:
    op.drop_table("enrichments", schema="ops")


def moment(name: str, meaning: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False, comment=meaning)
