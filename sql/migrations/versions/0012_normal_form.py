"""Parts of references in one form: dates, pages, archives, names, labelled stretches."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

KINDS = (
    *("article", "article-journal", "article-newspaper", "bill", "book", "broadcast", "chapter"),
    *("dataset", "document", "entry-dictionary", "entry-encyclopedia", "interview", "legal_case"),
    *("legislation", "manuscript", "map", "motion_picture", "paper-conference", "patent"),
    *("personal_communication", "post", "post-weblog", "report", "review-book", "software"),
    *("song", "speech", "standard", "thesis", "treaty", "webpage"),
)
OLDER_KINDS = (
    *("article-journal", "article-newspaper", "book", "chapter", "document", "legislation"),
    *("paper-conference", "report", "thesis", "webpage"),
)

COLUMNS = (
    ("series", sa.Text(), "Series, as printed."),
    ("edition", sa.Text(), "Edition, as printed: `2nd ed.`, `2-е изд., доп.`."),
    ("has_more_authors", sa.Boolean(), "Whether `et al.` stands behind the authors."),
    (
        "date_printed",
        sa.Text(),
        "Date of publication as printed; `n.d.` and the like where the entry says it has none.",
    ),
    (
        "issued",
        sa.Text(),
        "The same in ISO 8601, as exact as printed: `2008`, `2008-05`, `2008-05-12`; a range "
        "`1998/2001`, a season `2008-21` (spring) to `2008-24` (winter), about a year `1998~`. "
        "Gregorian: whole days of the Persian calendar exactly, less by the year it began in.",
    ),
    ("month", sa.SmallInteger(), "Month of `issued`, 1 to 12."),
    ("day", sa.SmallInteger(), "Day of `issued`, 1 to 31."),
    ("accessed", sa.Text(), "When the URL was visited, in ISO 8601."),
    ("page_first", sa.Text(), "First page, digits in ASCII."),
    (
        "page_last",
        sa.Text(),
        "Last page, written out (`88` of `83–8`); that of a single page is itself, null where the "
        "entry does not say.",
    ),
    ("page_count", sa.Integer(), "How many pages it has, from `340 p.`."),
    ("archive", sa.Text(), "Archive that holds it, as printed."),
    (
        "archive_location",
        sa.Text(),
        "Where in the archive, as printed: `Ф. 12. Оп. 3. Д. 45. Л. 7`.",
    ),
    ("arxiv", sa.Text(), "Number in arXiv, without its version."),
)

COMMENTS = {
    "doi": (
        "DOI in lower case, without a resolver, mended where a break or space tore it.",
        "DOI in lower case, without a resolver.",
    ),
    "url": (
        "URL as printed, but without spaces, scheme and host in lower case.",
        "URL as printed.",
    ),
}

CHECKS = {
    "month_of_year": "month between 1 and 12",
    "day_of_month": "day is null or (day between 1 and 31 and month is not null)",
    "page_count_positive": "page_count > 0",
}

FIELDS = (
    *("citenum", "author", "editor", "translator", "title", "container", "date", "volume"),
    *("issue", "pages", "publisher", "place", "series", "edition", "url", "doi", "isbn", "arxiv"),
    "note",
)


def upgrade() -> None:
    know_kinds(KINDS)
    add_to_citations()
    create_names()
    create_fields()


def downgrade() -> None:
    op.drop_table("citation_fields", schema="warehouse")
    op.drop_table("citation_names", schema="warehouse")
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_citations_{name}"), "citations", schema="warehouse")
    for name, _, _ in COLUMNS:
        op.drop_column("citations", name, schema="warehouse")
    for name, (_, older) in COMMENTS.items():
        comment("citations", name, older)
    forget_kinds()
    know_kinds(OLDER_KINDS)


def know_kinds(kinds: tuple[str, ...]) -> None:
    for table in ("works", "citations"):
        name = op.f(f"ck_{table}_kind_known")
        op.drop_constraint(name, table, schema="warehouse")
        op.create_check_constraint(name, table, one_of("kind", kinds), schema="warehouse")


def forget_kinds() -> None:
    older = ", ".join(f"'{kind}'" for kind in OLDER_KINDS)
    for table in ("works", "citations"):
        op.execute(f"update warehouse.{table} set kind = 'document' where kind not in ({older})")


def add_to_citations() -> None:
    """Entries of before keep what they have until their version is read anew."""
    for name, kind, meaning in COLUMNS:
        default = sa.text("false") if isinstance(kind, sa.Boolean) else None
        op.add_column(
            "citations",
            sa.Column(
                name,
                kind,
                nullable=default is None,
                server_default=default,
                comment=meaning,
            ),
            schema="warehouse",
        )
    op.alter_column("citations", "has_more_authors", server_default=None, schema="warehouse")
    for name, (newer, _) in COMMENTS.items():
        comment("citations", name, newer)
    for name, condition in CHECKS.items():
        op.create_check_constraint(
            op.f(f"ck_citations_{name}"), "citations", condition, schema="warehouse"
        )


def create_names() -> None:
    op.create_table(
        "citation_names",
        *keys("Place among the names of the entry, from 1."),
        text("role", "author, editor or translator.", nullable=False),
        text("printed", "The name as printed.", nullable=False),
        text("family", "Family name of a person, without particles."),
        text("given", "Given names, patronymics and initials: `С. А.` where `С.А.` is printed."),
        text("particle", "Particles of the family name: `van der`, `de`."),
        text("suffix", "`Jr`, `III` and the like."),
        text("literal", "Name of a body, or one that was not understood."),
        text("script", "Script of the name, ISO 15924: `Cyrl`."),
        *lineage(),
        *constraints("citation_names"),
        sa.CheckConstraint(
            one_of("role", ("author", "editor", "translator")),
            name=op.f("ck_citation_names_role_known"),
        ),
        sa.CheckConstraint(
            "(literal is null) = (family is not null) "
            "and (literal is null or coalesce(given, particle, suffix) is null)",
            name=op.f("ck_citation_names_person_or_literal"),
        ),
        schema="warehouse",
        comment="One row per name in an entry of a reference list: authors, then editors and "
        "translators.",
    )
    index("citation_names", "version_id")
    index("citation_names", "family")


def create_fields() -> None:
    op.create_table(
        "citation_fields",
        *keys("Place among the fields of the entry, from 1."),
        text("field", f"{', '.join(FIELDS[:-1])} or {FIELDS[-1]}.", nullable=False),
        sa.Column(
            "start_offset",
            sa.Integer(),
            nullable=False,
            comment="Start of the field in `reference_text`.",
        ),
        sa.Column(
            "end_offset",
            sa.Integer(),
            nullable=False,
            comment="End of the field in `reference_text`, exclusive.",
        ),
        text("surface", "The field as printed.", nullable=False),
        sa.Column(
            "confidence",
            sa.Double(),
            nullable=False,
            comment="How sure the label and both ends are, 0 to 1.",
        ),
        *lineage(),
        *constraints("citation_fields"),
        sa.CheckConstraint(one_of("field", FIELDS), name=op.f("ck_citation_fields_field_known")),
        sa.CheckConstraint(
            "start_offset >= 0 and end_offset > start_offset",
            name=op.f("ck_citation_fields_span_in_order"),
        ),
        sa.CheckConstraint(
            "char_length(surface) = end_offset - start_offset",
            name=op.f("ck_citation_fields_span_length"),
        ),
        sa.CheckConstraint(
            "confidence between 0 and 1", name=op.f("ck_citation_fields_confidence_share")
        ),
        schema="warehouse",
        comment="One row per stretch of an entry that the parser labelled, with how sure it is.",
    )
    index("citation_fields", "version_id")


def keys(position: str) -> list[sa.Column[object]]:
    """Citation, place in it, and citing version."""
    return [
        sa.Column(
            "citation_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Citation.",
        ),
        sa.Column(
            "position", sa.SmallInteger(), autoincrement=False, nullable=False, comment=position
        ),
        sa.Column(
            "version_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Citing version.",
        ),
    ]


def constraints(table: str) -> list[sa.Constraint]:
    """Primary and foreign keys, and the check of the position."""
    return [
        sa.PrimaryKeyConstraint("citation_id", "position", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["citation_id"], ["warehouse.citations.citation_id"], name=f"fk_{table}_citation_id"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["warehouse.article_versions.version_id"],
            name=f"fk_{table}_version_id",
        ),
        sa.CheckConstraint("position >= 1", name=op.f(f"ck_{table}_position_from_1")),
    ]


def text(name: str, meaning: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=nullable, comment=meaning)


def index(table: str, column: str) -> None:
    op.create_index(f"ix_{table}_{column}", table, [column], schema="warehouse")


def one_of(name: str, values: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{name} in ({listed})"


def comment(table: str, column: str, meaning: str) -> None:
    op.alter_column(table, column, comment=meaning, schema="warehouse")


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
