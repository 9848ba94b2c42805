"""Entries that mean an earlier one, and several works in one note that a marker points to."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

LABEL = (
    "Number or mark printed before the entry, as in `[12]`; works of one note share it.",
    "Number or mark printed before the entry, as in `[12]`.",
)
WORK = (
    "Work it resolves to, that of the entry it repeats where it repeats one; null where no title "
    "was found.",
    "Work it resolves to; null where no title was found.",
)
CITED = (
    "What the marker names: a number, as in `2`, or author and year, as in `Sharipov 2008a`.",
    "Number the marker names, as in `2`.",
)
CONTEXT = (
    "Hash of version, span and label, and of the work position if it is not 1.",
    "Hash of version, span and label.",
)
MARKER = ["version_id", "start_offset", "end_offset", "cited_label"]
NAMED_AFTER = "uq_citation_contexts_version_id_start_offset_end_offset"
ONE, SEVERAL = f"{NAMED_AFTER}_0fab", f"{NAMED_AFTER}_92ab"


def upgrade() -> None:
    op.add_column(
        "citations",
        sa.Column(
            "repeats_citation_id",
            sa.BigInteger(),
            comment="The full entry of the same list that it means: `Ibid.`, `op. cit.`, a short "
            "title.",
        ),
        schema="warehouse",
    )
    op.create_foreign_key(
        "fk_citations_repeats_citation_id",
        "citations",
        "citations",
        ["repeats_citation_id"],
        ["citation_id"],
        source_schema="warehouse",
        referent_schema="warehouse",
    )
    op.create_index(
        "ix_citations_repeats_citation_id", "citations", ["repeats_citation_id"], schema="warehouse"
    )
    add_work_position()
    comment_columns(0)


def downgrade() -> None:
    comment_columns(1)
    op.execute("delete from warehouse.citation_contexts where work_position > 1")
    unique(SEVERAL, ONE, MARKER)
    drop("ck_citation_contexts_work_position_from_1", "check")
    op.drop_column("citation_contexts", "work_position", schema="warehouse")
    op.drop_index("ix_citations_repeats_citation_id", "citations", schema="warehouse")
    op.drop_column("citations", "repeats_citation_id", schema="warehouse")


def add_work_position() -> None:
    """Markers of before point to one entry each."""
    op.add_column(
        "citation_contexts",
        sa.Column(
            "work_position",
            sa.SmallInteger(),
            nullable=False,
            server_default="1",
            comment="Place of the entry among those of that label, from 1; a note may hold several "
            "works.",
        ),
        schema="warehouse",
    )
    op.alter_column("citation_contexts", "work_position", server_default=None, schema="warehouse")
    op.create_check_constraint(
        op.f("ck_citation_contexts_work_position_from_1"),
        "citation_contexts",
        "work_position >= 1",
        schema="warehouse",
    )
    unique(ONE, SEVERAL, [*MARKER, "work_position"])


def unique(old: str, new: str, columns: list[str]) -> None:
    """Make `columns` the natural key of markers."""
    drop(old, "unique")
    op.create_unique_constraint(op.f(new), "citation_contexts", columns, schema="warehouse")


def drop(name: str, kind: str) -> None:
    op.drop_constraint(op.f(name), "citation_contexts", schema="warehouse", type_=kind)


def comment_columns(place: int) -> None:
    """Comments as they are above (0) or below (1) this migration."""
    for table, column, meanings in (
        ("citations", "label", LABEL),
        ("citations", "work_id", WORK),
        ("citation_contexts", "cited_label", CITED),
        ("citation_contexts", "context_id", CONTEXT),
    ):
        op.alter_column(table, column, comment=meanings[place], schema="warehouse")
