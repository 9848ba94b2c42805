"""What was expected of staged rows, and which rows failed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    create_results()
    create_violations()


def downgrade() -> None:
    op.drop_table("violations", schema="dq")
    op.drop_table("results", schema="dq")


def create_results() -> None:
    op.create_table(
        "results",
        sa.Column("run_id", sa.Uuid(), nullable=False, comment="Run."),
        sa.Column("source", sa.Text(), nullable=False, comment="Name of the source."),
        sa.Column("suite", sa.Text(), nullable=False, comment="Suite, named like its table."),
        sa.Column(
            "expectation",
            sa.Text(),
            nullable=False,
            comment="Name of the expectation in its suite.",
        ),
        sa.Column(
            "expectation_type",
            sa.Text(),
            nullable=False,
            comment="Its type, in the names of Great Expectations.",
        ),
        sa.Column("column_name", sa.Text(), comment="Column it is about; null for whole rows."),
        sa.Column("severity", sa.Text(), nullable=False, comment="critical, warning or info."),
        sa.Column("passed", sa.Boolean(), nullable=False, comment="Whether it held."),
        sa.Column("evaluated_count", sa.BigInteger(), comment="Rows looked at."),
        sa.Column("unexpected_count", sa.BigInteger(), comment="Rows that failed."),
        sa.Column("unexpected_share", sa.Double(), comment="Failed rows, 0 to 1."),
        sa.Column("observed", sa.Text(), comment="What was seen, for whole-table expectations."),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why this is expected."),
        sa.Column(
            "checked_at", sa.DateTime(timezone=True), nullable=False, comment="When it was checked."
        ),
        sa.PrimaryKeyConstraint("run_id", "source", "suite", "expectation", name="pk_results"),
        sa.CheckConstraint(
            "severity in ('critical', 'warning', 'info')", name=op.f("ck_results_severity_known")
        ),
        schema="dq",
        comment="One row per run, source and expectation.",
    )
    op.create_index("ix_results_run_id", "results", ["run_id"], schema="dq")


def create_violations() -> None:
    op.create_table(
        "violations",
        sa.Column("run_id", sa.Uuid(), nullable=False, comment="Run."),
        sa.Column("source", sa.Text(), nullable=False, comment="Name of the source."),
        sa.Column("suite", sa.Text(), nullable=False, comment="Suite, named like its table."),
        sa.Column(
            "expectation",
            sa.Text(),
            nullable=False,
            comment="Name of the expectation in its suite.",
        ),
        sa.Column(
            "row_key",
            sa.Text(),
            nullable=False,
            comment="Primary key of the row, parts separated by `,`.",
        ),
        sa.Column("severity", sa.Text(), nullable=False, comment="critical, warning or info."),
        sa.Column(
            "is_set_aside",
            sa.Boolean(),
            nullable=False,
            comment="Whether the row was kept from the warehouse.",
        ),
        sa.Column(
            "row_data",
            postgresql.JSONB(),
            nullable=False,
            comment="The staged row, without its body.",
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="When it was recorded.",
        ),
        sa.PrimaryKeyConstraint(
            "run_id", "source", "suite", "expectation", "row_key", name="pk_violations"
        ),
        sa.CheckConstraint(
            "severity in ('critical', 'warning', 'info')", name=op.f("ck_violations_severity_known")
        ),
        schema="dq",
        comment="One row per staged row and expectation it failed, complete.",
    )
