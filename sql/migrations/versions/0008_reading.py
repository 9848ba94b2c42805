"""How sure the reading of a page is, and what it was read in; who did what in a byline."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

KINDS = "kind in ('person', 'organisation')"
ROLES = (
    "role in ('author', 'editor', 'translator', 'interviewer', 'photographer', 'illustrator', "
    "'contributor')"
)


def upgrade() -> None:
    add_to_versions()
    add_to_bylines()


def downgrade() -> None:
    for name in ("role_known", "kind_known"):
        drop_check("article_authors", name)
    for name in ("orcid", "role", "kind"):
        op.drop_column("article_authors", name, schema="warehouse")
    for name in ("published_confidence_share", "body_method_known"):
        drop_check("article_versions", name)
    for name in (
        *("body_method", "text_repair", "charset", "script"),
        *("published_zone", "published_confidence"),
    ):
        op.drop_column("article_versions", name, schema="warehouse")


def add_to_versions() -> None:
    add(
        "article_versions",
        sa.Column(
            "published_confidence",
            sa.Double(),
            comment="Share of pages dated with the same evidence whose day was right, as measured.",
        ),
        text(
            "published_zone",
            "Zone the time of day was read in: the offset printed with it, such as +05:00 (for `at "
            "time zone` cast it to interval), else the IANA name its source has; null where only "
            "a day is known.",
        ),
        text("script", "Script of most letters of the body, ISO 15924, such as Latn, Cyrl, Arab."),
        text(
            "charset",
            "Charset the bytes were read in, as Python names it; the bytes are kept as they came.",
        ),
        text(
            "text_repair",
            "What was mended in the text after that, such as mojibake; null if nothing.",
        ),
        text(
            "body_method",
            "How the body was found: html (mark-up), text (shape of lines), rule (source file).",
        ),
    )
    check("article_versions", "body_method_known", "body_method in ('html', 'text', 'rule')")
    check("article_versions", "published_confidence_share", "published_confidence between 0 and 1")


def add_to_bylines() -> None:
    """Bylines of before hold persons only, and nothing of their roles was read."""
    roles = "author, editor, translator, interviewer, photographer, illustrator or contributor."
    add(
        "article_authors",
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            server_default="person",
            comment="person or organisation.",
        ),
        sa.Column("role", sa.Text(), nullable=False, server_default="author", comment=roles),
        text(
            "orcid",
            "ORCID iD the page gives for the name, as 0000-0002-1825-0097, its check digit right.",
        ),
    )
    for name in ("kind", "role"):
        op.alter_column("article_authors", name, server_default=None, schema="warehouse")
    check("article_authors", "kind_known", KINDS)
    check("article_authors", "role_known", ROLES)
    op.create_table_comment(
        "article_authors",
        "One row per name in the byline of a version: persons and agencies, in their order.",
        schema="warehouse",
    )


def add(table: str, *columns: sa.Column[object]) -> None:
    for column in columns:
        op.add_column(table, column, schema="warehouse")


def text(name: str, comment: str) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), comment=comment)


def check(table: str, name: str, condition: str) -> None:
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition, schema="warehouse")


def drop_check(table: str, name: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table, schema="warehouse")
