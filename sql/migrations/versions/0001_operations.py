"""Schemas, the alarm for colliding keys, and the tables of `ops`."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    # Schema `ops` is there already: it holds the table with the revision.
    for schema in ("warehouse", "dq", "reporting"):
        op.execute(f"create schema {schema}")
    create_key_collision()
    create_runs()
    create_steps()
    create_loads()
    create_outcomes()
    create_snapshots()


def downgrade() -> None:
    op.drop_table("snapshots", schema="ops")
    op.drop_table("outcomes", schema="ops")
    op.drop_table("loads", schema="ops")
    op.drop_table("steps", schema="ops")
    op.drop_table("runs", schema="ops")
    op.execute("drop function ops.key_collision(text, text)")
    for schema in ("reporting", "dq", "warehouse"):
        op.execute(f"drop schema {schema}")


def create_key_collision() -> None:
    op.execute(
        """
        create function ops.key_collision(table_name text, key text) returns boolean
        language plpgsql
        as $$
        begin
            raise exception using
                errcode = 'ET001',
                message = format('%s: two natural keys share one key: %s', table_name, key);
        end
        $$
        """
    )
    op.execute(
        """
        comment on function ops.key_collision(text, text) is
            'Stops a publish in which two different natural keys have the same 64-bit key.'
        """
    )


def create_runs() -> None:
    op.create_table(
        "runs",
        sa.Column("run_id", sa.Uuid(), nullable=False, comment="Id of the Prefect flow run."),
        sa.Column(
            "flow_run_name", sa.Text(), nullable=False, comment="Name of the Prefect flow run."
        ),
        sa.Column("code_version", sa.Text(), nullable=False, comment="Version of this package."),
        sa.Column(
            "sources", sa.Text(), nullable=False, comment="Sources asked for, separated by `, `."
        ),
        sa.Column(
            "state",
            sa.Text(),
            nullable=False,
            comment="running, completed, degraded or failed; running without a live process was "
            "killed.",
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False, comment="Start."),
        sa.Column("ended_at", sa.DateTime(timezone=True), comment="End; null while running."),
        sa.Column("error", sa.Text(), comment="First error, in one line."),
        sa.PrimaryKeyConstraint("run_id", name="pk_runs"),
        sa.CheckConstraint(
            "state in ('running', 'completed', 'degraded', 'failed')",
            name=op.f("ck_runs_state_known"),
        ),
        schema="ops",
        comment="One row per run of the pipeline.",
    )


def create_steps() -> None:
    op.create_table(
        "steps",
        sa.Column("run_id", sa.Uuid(), nullable=False, comment="Run."),
        sa.Column("source", sa.Text(), nullable=False, comment="Name of the source."),
        sa.Column(
            "step",
            sa.Text(),
            nullable=False,
            comment="extract, transform, stage, audit or publish.",
        ),
        sa.Column(
            "state", sa.Text(), nullable=False, comment="running, completed, degraded or failed."
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False, comment="Start."),
        sa.Column("ended_at", sa.DateTime(timezone=True), comment="End; null while running."),
        sa.Column("input_count", sa.Integer(), comment="Rows in."),
        sa.Column("output_count", sa.Integer(), comment="Rows out."),
        sa.Column("error", sa.Text(), comment="Error, in one line."),
        sa.PrimaryKeyConstraint("run_id", "source", "step", name="pk_steps"),
        sa.ForeignKeyConstraint(["run_id"], ["ops.runs.run_id"], name="fk_steps_run_id"),
        sa.CheckConstraint(
            "state in ('running', 'completed', 'degraded', 'failed')",
            name=op.f("ck_steps_state_known"),
        ),
        sa.CheckConstraint(
            "step in ('extract', 'transform', 'stage', 'audit', 'publish')",
            name=op.f("ck_steps_step_known"),
        ),
        schema="ops",
        comment="One row per run, source and step.",
    )


def create_loads() -> None:
    op.create_table(
        "loads",
        sa.Column("run_id", sa.Uuid(), nullable=False, comment="Run."),
        sa.Column("source", sa.Text(), nullable=False, comment="Name of the source."),
        sa.Column("table_name", sa.Text(), nullable=False, comment="Table of `warehouse`."),
        sa.Column("staged_count", sa.BigInteger(), nullable=False, comment="Rows staged."),
        sa.Column(
            "set_aside_count", sa.BigInteger(), nullable=False, comment="Rows the audit set aside."
        ),
        sa.Column("inserted_count", sa.BigInteger(), nullable=False, comment="Rows inserted."),
        sa.Column("updated_count", sa.BigInteger(), nullable=False, comment="Rows changed."),
        sa.Column(
            "deleted_count",
            sa.BigInteger(),
            nullable=False,
            comment="Rows of republished versions that are no longer found.",
        ),
        sa.Column(
            "fingerprint",
            sa.BigInteger(),
            nullable=True,
            comment="Hash of the rows staged for a table that articles share, if all were "
            "published: such rows need no second look.",
        ),
        sa.PrimaryKeyConstraint("run_id", "source", "table_name", name="pk_loads"),
        sa.ForeignKeyConstraint(["run_id"], ["ops.runs.run_id"], name="fk_loads_run_id"),
        sa.CheckConstraint(
            "staged_count >= 0 and set_aside_count >= 0 and inserted_count >= 0 "
            "and updated_count >= 0 and deleted_count >= 0",
            name=op.f("ck_loads_counts_not_negative"),
        ),
        schema="ops",
        comment="One row per run, source and table: what was staged and what became of it.",
    )


def create_outcomes() -> None:
    op.create_table(
        "outcomes",
        sa.Column("run_id", sa.Uuid(), nullable=False, comment="Run."),
        sa.Column("source", sa.Text(), nullable=False, comment="Name of the source."),
        sa.Column("url", sa.Text(), nullable=False, comment="Canonical URL."),
        sa.Column("outcome", sa.Text(), nullable=False, comment="How it ended."),
        sa.Column("reason", sa.Text(), comment="Why, in one line; null for loaded and unchanged."),
        sa.Column("content_hash", sa.Text(), comment="SHA-256 of the bytes; null if none came."),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="When the outcome was recorded.",
        ),
        sa.PrimaryKeyConstraint("run_id", "source", "url", name="pk_outcomes"),
        sa.ForeignKeyConstraint(["run_id"], ["ops.runs.run_id"], name="fk_outcomes_run_id"),
        sa.CheckConstraint(
            "outcome in ('loaded', 'unchanged', 'not_an_article', 'unreadable', "
            "'too_large', 'fetch_failed', 'set_aside')",
            name=op.f("ck_outcomes_outcome_known"),
        ),
        schema="ops",
        comment="One row per run and URL: how it ended, and why.",
    )
    op.create_index("ix_outcomes_source_url", "outcomes", ["source", "url"], schema="ops")


def create_snapshots() -> None:
    op.create_table(
        "snapshots",
        sa.Column("source", sa.Text(), nullable=False, comment="Name of the source."),
        sa.Column("url", sa.Text(), nullable=False, comment="Canonical URL."),
        sa.Column("content_hash", sa.Text(), nullable=False, comment="SHA-256 of the bytes."),
        sa.Column(
            "fetched_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Fetch that first brought these bytes, or brought them back.",
        ),
        sa.Column(
            "status", sa.SmallInteger(), nullable=False, comment="HTTP status; 200 for files."
        ),
        sa.Column("content_type", sa.Text(), comment="Content type as declared."),
        sa.Column("byte_count", sa.BigInteger(), nullable=False, comment="Size of the bytes."),
        sa.Column(
            "path",
            sa.Text(),
            nullable=False,
            comment="Where they are kept, below the snapshot folder.",
        ),
        sa.Column(
            "settled_at",
            sa.DateTime(timezone=True),
            comment="When a run published or rejected them; null: the next run takes them up "
            "again.",
        ),
        sa.PrimaryKeyConstraint("source", "url", "content_hash", name="pk_snapshots"),
        schema="ops",
        comment="One row per distinct content of a URL, as it was fetched.",
    )
