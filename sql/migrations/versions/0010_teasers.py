"""How much a version changed, and what pages show of other articles."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    create_changed_words()
    add_to_versions()
    compare_versions()
    check_versions()
    create_teasers()


def downgrade() -> None:
    op.drop_table("teasers", schema="ops")
    for name in ("changed_since_the_first", "changed_share_share"):
        drop_check("article_versions", name)
    drop_check("article_versions", "changed_word_count_not_negative")
    for name in ("changed_share", "changed_word_count"):
        op.drop_column("article_versions", name, schema="warehouse")
    op.execute("drop function ops.changed_words(text, text)")


def create_changed_words() -> None:
    """Neither `lower` nor `\\w`: what they do to letters depends on the locale of the server."""
    op.execute(
        """
        create function ops.changed_words(
            older text,
            newer text,
            out changed_word_count integer,
            out changed_share double precision
        )
        language sql
        immutable
        parallel safe
        as $$
            with words as (
                select -1 as side, word
                from unnest(string_to_array(translate(older, chr(10), ' '), ' ')) as word
                union all
                select 1, word
                from unnest(string_to_array(translate(newer, chr(10), ' '), ' ')) as word
            ),
            bare as (
                select
                    side,
                    btrim(translate(word, '’', ''''), '.,;:!?…"''«»„“”‘()[]—–-،؛؟') as word
                from words
            ),
            counted as (
                select abs(sum(side)) as changed, count(*) as held
                from bare
                where word <> ''
                group by word
            )
            select
                coalesce(sum(changed), 0)::integer,
                coalesce(sum(changed) / nullif(sum(held), 0), 0)::double precision
            from counted
        $$
        """
    )
    op.execute(
        """
        comment on function ops.changed_words(text, text) is
            'Words of one text that the other lacks, counted with their number, and their share of
            all words of both. Words are parted by white space; punctuation around them does not
            count, nor does their order.'
        """
    )


def add_to_versions() -> None:
    for column in (
        sa.Column(
            "changed_word_count",
            sa.Integer(),
            comment="Words of title, body and reference list added to those of the version "
            "numbered before it, plus those taken out; words that only moved do not count. Null "
            "for the first.",
        ),
        sa.Column(
            "changed_share",
            sa.Double(),
            comment="Share of the words of both versions that were added or taken out; null for "
            "the first.",
        ),
    ):
        op.add_column("article_versions", column, schema="warehouse")


def compare_versions() -> None:
    """Fill in versions of before."""
    op.execute(
        """
        update warehouse.article_versions as t
        set changed_word_count = changed.changed_word_count, changed_share = changed.changed_share
        from warehouse.article_versions as newer
        join warehouse.article_versions as older
            on older.article_id = newer.article_id
                and older.version_number = newer.version_number - 1
        cross join lateral ops.changed_words(
            concat_ws(' ', older.title, older.body, older.reference_text),
            concat_ws(' ', newer.title, newer.body, newer.reference_text)
        ) as changed
        where t.version_id = newer.version_id
        """
    )


def check_versions() -> None:
    check("article_versions", "changed_word_count_not_negative", "changed_word_count >= 0")
    check("article_versions", "changed_share_share", "changed_share between 0 and 1")
    check(
        "article_versions",
        "changed_since_the_first",
        "(version_number = 1) = (changed_word_count is null) "
        "and num_nulls(changed_word_count, changed_share) in (0, 2)",
    )


def create_teasers() -> None:
    op.create_table(
        "teasers",
        sa.Column(
            "teaser_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Hash of source, page and URL; of the text where it is not linked.",
        ),
        sa.Column("source", sa.Text(), nullable=False, comment="Name of the source."),
        sa.Column(
            "page_url", sa.Text(), nullable=False, comment="URL of the article it stands beside."
        ),
        sa.Column(
            "url",
            sa.Text(),
            comment="Canonical URL of the other article; null where it is not linked.",
        ),
        sa.Column(
            "text", sa.Text(), nullable=False, comment="As printed last, cut off where it is."
        ),
        sa.Column(
            "first_seen_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="First fetch of the page that showed it.",
        ),
        sa.Column(
            "last_seen_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Latest fetch of the page that showed it, of those that were read.",
        ),
        sa.PrimaryKeyConstraint("teaser_id", name=op.f("pk_teasers")),
        schema="ops",
        comment="One row per article and what its page shows of another one; no row of either.",
    )
    op.create_index("ix_teasers_source_url", "teasers", ["source", "url"], schema="ops")


def check(table: str, name: str, condition: str) -> None:
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition, schema="warehouse")


def drop_check(table: str, name: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table, schema="warehouse")
