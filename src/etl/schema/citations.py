"""What articles cite: works, reference lists and in-text markers, in schema `warehouse`."""

from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy import orm

from etl.schema.base import SCHEMA, Loaded, column, key, one_of, reference

WORK_KINDS = (
    *("article", "article-journal", "article-newspaper", "bill", "book", "broadcast", "chapter"),
    *("dataset", "document", "entry-dictionary", "entry-encyclopedia", "interview", "legal_case"),
    *("legislation", "manuscript", "map", "motion_picture", "paper-conference", "patent"),
    *("personal_communication", "post", "post-weblog", "report", "review-book", "software"),
    *("song", "speech", "standard", "thesis", "treaty", "webpage"),
)
"""Kinds of cited work, in the names of CSL 1.0.2. A file of an archive is a `manuscript`, a
preprint an `article`; `document` is anything else."""

NAME_ROLES = ("author", "editor", "translator")
"""What somebody named in a reference did, in the names of CSL."""

REFERENCE_FIELDS = (
    *("citenum", "author", "editor", "translator", "title", "container", "date", "volume"),
    *("issue", "pages", "publisher", "place", "series", "edition", "url", "doi", "isbn", "arxiv"),
    "note",
)
"""What a stretch of an entry may be labelled."""


class Work(Loaded):
    """One row per cited work, however often it is cited."""

    __tablename__ = "works"
    is_shared: ClassVar[bool] = True
    natural = ("identity",)
    prefer: ClassVar[str | None] = "{row}.confidence"
    __table_args__ = (
        sa.UniqueConstraint("identity"),
        sa.Index("ix_works_title_key", "title_key"),
        sa.Index("ix_works_article_id", "article_id"),
        one_of("kind", WORK_KINDS),
        sa.CheckConstraint("confidence between 0 and 1", name="confidence_share"),
        {"schema": SCHEMA, "comment": __doc__},
    )

    work_id: orm.Mapped[int] = key("Hash of the identity.", primary_key=True)
    identity: orm.Mapped[str] = column(
        "What makes it the one it is: `doi:…`, `isbn:…`, else first author, title key and year."
    )
    kind: orm.Mapped[str] = column("Kind of work, in the names of CSL.")
    title: orm.Mapped[str] = column("Title as printed in the surest citation.")
    title_key: orm.Mapped[str] = column("Title folded for matching.")
    authors: orm.Mapped[str | None] = column("Authors as printed, separated by `; `.")
    container_title: orm.Mapped[str | None] = column("Journal, book or proceedings it is in.")
    year: orm.Mapped[int | None] = column("Year of publication.", sa.SmallInteger)
    publisher: orm.Mapped[str | None] = column("Publisher.")
    doi: orm.Mapped[str | None] = column("DOI in lower case, without a resolver.")
    isbn: orm.Mapped[str | None] = column("ISBN-13 without hyphens.")
    url: orm.Mapped[str | None] = column("URL as printed.")
    confidence: orm.Mapped[float] = column("Confidence of the citation the row was taken from.")
    article_id: orm.Mapped[int | None] = key(
        "The article of this warehouse that it is, by URL or by title and year.",
        reference("articles.article_id"),
        merge="derived",
    )


class Citation(Loaded):
    """One row per entry of a version's reference list, parsed or not."""

    __tablename__ = "citations"
    natural = ("version_id", "position")
    owner = "version_id"
    __table_args__ = (
        sa.UniqueConstraint("version_id", "position"),
        sa.Index("ix_citations_work_id", "work_id"),
        sa.Index("ix_citations_repeats_citation_id", "repeats_citation_id"),
        one_of("kind", WORK_KINDS),
        sa.CheckConstraint("position >= 1", name="position_from_1"),
        sa.CheckConstraint("start_offset >= 0 and end_offset > start_offset", name="span_in_order"),
        sa.CheckConstraint("char_length(raw) = end_offset - start_offset", name="span_length"),
        sa.CheckConstraint("confidence between 0 and 1", name="confidence_share"),
        sa.CheckConstraint("month between 1 and 12", name="month_of_year"),
        sa.CheckConstraint(
            "day is null or (day between 1 and 31 and month is not null)", name="day_of_month"
        ),
        sa.CheckConstraint("page_count > 0", name="page_count_positive"),
        {"schema": SCHEMA, "comment": __doc__},
    )

    citation_id: orm.Mapped[int] = key("Hash of version and position.", primary_key=True)
    version_id: orm.Mapped[int] = key("Citing version.", reference("article_versions.version_id"))
    position: orm.Mapped[int] = column("Place in the list, from 1, without gaps.", sa.SmallInteger)
    label: orm.Mapped[str | None] = column(
        "Number or mark printed before the entry, as in `[12]`; works of one note share it."
    )
    raw: orm.Mapped[str] = column("The entry as printed, without its label.")
    start_offset: orm.Mapped[int] = column("Start of `raw` in `reference_text`.")
    end_offset: orm.Mapped[int] = column("End of `raw` in `reference_text`, exclusive.")
    kind: orm.Mapped[str] = column("Kind of work, in the names of CSL.")
    authors: orm.Mapped[str | None] = column("Authors as printed, separated by `; `.")
    editors: orm.Mapped[str | None] = column("Editors as printed, separated by `; `.")
    title: orm.Mapped[str | None] = column("Title.")
    container_title: orm.Mapped[str | None] = column("Journal, book or proceedings it is in.")
    year: orm.Mapped[int | None] = column("Year of publication.", sa.SmallInteger)
    volume: orm.Mapped[str | None] = column("Volume.")
    issue: orm.Mapped[str | None] = column("Issue; `2 (56)` is number and whole number.")
    pages: orm.Mapped[str | None] = column("Pages or their count, as printed.")
    publisher: orm.Mapped[str | None] = column("Publisher.")
    place: orm.Mapped[str | None] = column("Place of publication, as printed.")
    series: orm.Mapped[str | None] = column("Series, as printed.")
    edition: orm.Mapped[str | None] = column("Edition, as printed: `2nd ed.`, `2-е изд., доп.`.")
    has_more_authors: orm.Mapped[bool] = column("Whether `et al.` stands behind the authors.")
    date_printed: orm.Mapped[str | None] = column(
        "Date of publication as printed; `n.d.` and the like where the entry says it has none."
    )
    issued: orm.Mapped[str | None] = column(
        "The same in ISO 8601, as exact as printed: `2008`, `2008-05`, `2008-05-12`; a range "
        "`1998/2001`, a season `2008-21` (spring) to `2008-24` (winter), about a year `1998~`. "
        "Gregorian: whole days of the Persian calendar exactly, less by the year it began in."
    )
    month: orm.Mapped[int | None] = column("Month of `issued`, 1 to 12.", sa.SmallInteger)
    day: orm.Mapped[int | None] = column("Day of `issued`, 1 to 31.", sa.SmallInteger)
    accessed: orm.Mapped[str | None] = column("When the URL was visited, in ISO 8601.")
    page_first: orm.Mapped[str | None] = column("First page, digits in ASCII.")
    page_last: orm.Mapped[str | None] = column(
        "Last page, written out (`88` of `83–8`); that of a single page is itself, null where the "
        "entry does not say."
    )
    page_count: orm.Mapped[int | None] = column("How many pages it has, from `340 p.`.")
    archive: orm.Mapped[str | None] = column("Archive that holds it, as printed.")
    archive_location: orm.Mapped[str | None] = column(
        "Where in the archive, as printed: `Ф. 12. Оп. 3. Д. 45. Л. 7`."
    )
    doi: orm.Mapped[str | None] = column(
        "DOI in lower case, without a resolver, mended where a break or space tore it."
    )
    isbn: orm.Mapped[str | None] = column("ISBN-13 without hyphens.")
    arxiv: orm.Mapped[str | None] = column("Number in arXiv, without its version.")
    url: orm.Mapped[str | None] = column(
        "URL as printed, but without spaces, scheme and host in lower case."
    )
    language: orm.Mapped[str | None] = column("Language of the entry by its script, ISO 639-1.")
    confidence: orm.Mapped[float] = column("How much of the entry was understood, 0 to 1.")
    parser: orm.Mapped[str] = column("Parser that read it.")
    parser_version: orm.Mapped[str] = column("Version of that parser.")
    work_id: orm.Mapped[int | None] = key(
        "Work it resolves to, that of the entry it repeats where it repeats one; null where no "
        "title was found.",
        reference("works.work_id"),
    )
    repeats_citation_id: orm.Mapped[int | None] = key(
        "The full entry of the same list that it means: `Ibid.`, `op. cit.`, a short title.",
        reference("citations.citation_id"),
    )


class CitationName(Loaded):
    """One row per name in an entry of a reference list: authors, then editors and translators."""

    __tablename__ = "citation_names"
    natural = ("citation_id", "position")
    owner = "version_id"
    __table_args__ = (
        sa.Index("ix_citation_names_version_id", "version_id"),
        sa.Index("ix_citation_names_family", "family"),
        sa.CheckConstraint("position >= 1", name="position_from_1"),
        one_of("role", NAME_ROLES),
        sa.CheckConstraint(
            "(literal is null) = (family is not null) "
            "and (literal is null or coalesce(given, particle, suffix) is null)",
            name="person_or_literal",
        ),
        {"schema": SCHEMA, "comment": __doc__},
    )

    citation_id: orm.Mapped[int] = key(
        "Citation.", reference("citations.citation_id"), primary_key=True
    )
    position: orm.Mapped[int] = column(
        "Place among the names of the entry, from 1.", sa.SmallInteger, primary_key=True
    )
    version_id: orm.Mapped[int] = key("Citing version.", reference("article_versions.version_id"))
    role: orm.Mapped[str] = column("author, editor or translator.")
    printed: orm.Mapped[str] = column("The name as printed.")
    family: orm.Mapped[str | None] = column("Family name of a person, without particles.")
    given: orm.Mapped[str | None] = column(
        "Given names, patronymics and initials: `С. А.` where `С.А.` is printed."
    )
    particle: orm.Mapped[str | None] = column("Particles of the family name: `van der`, `de`.")
    suffix: orm.Mapped[str | None] = column("`Jr`, `III` and the like.")
    literal: orm.Mapped[str | None] = column("Name of a body, or one that was not understood.")
    script: orm.Mapped[str | None] = column("Script of the name, ISO 15924: `Cyrl`.")


class CitationField(Loaded):
    """One row per stretch of an entry that the parser labelled, with how sure it is."""

    __tablename__ = "citation_fields"
    natural = ("citation_id", "position")
    owner = "version_id"
    __table_args__ = (
        sa.Index("ix_citation_fields_version_id", "version_id"),
        sa.CheckConstraint("position >= 1", name="position_from_1"),
        one_of("field", REFERENCE_FIELDS),
        sa.CheckConstraint("start_offset >= 0 and end_offset > start_offset", name="span_in_order"),
        sa.CheckConstraint("char_length(surface) = end_offset - start_offset", name="span_length"),
        sa.CheckConstraint("confidence between 0 and 1", name="confidence_share"),
        {"schema": SCHEMA, "comment": __doc__},
    )

    citation_id: orm.Mapped[int] = key(
        "Citation.", reference("citations.citation_id"), primary_key=True
    )
    position: orm.Mapped[int] = column(
        "Place among the fields of the entry, from 1.", sa.SmallInteger, primary_key=True
    )
    version_id: orm.Mapped[int] = key("Citing version.", reference("article_versions.version_id"))
    field: orm.Mapped[str] = column(
        f"{', '.join(REFERENCE_FIELDS[:-1])} or {REFERENCE_FIELDS[-1]}."
    )
    start_offset: orm.Mapped[int] = column("Start of the field in `reference_text`.")
    end_offset: orm.Mapped[int] = column("End of the field in `reference_text`, exclusive.")
    surface: orm.Mapped[str] = column("The field as printed.")
    confidence: orm.Mapped[float] = column("How sure the label and both ends are, 0 to 1.")


class CitationContext(Loaded):
    """One row per in-text marker and entry it points to; `[1, 3]` makes two."""

    __tablename__ = "citation_contexts"
    natural = ("version_id", "start_offset", "end_offset", "cited_label", "work_position")
    owner = "version_id"
    __table_args__ = (
        sa.UniqueConstraint(
            "version_id", "start_offset", "end_offset", "cited_label", "work_position"
        ),
        sa.CheckConstraint("work_position >= 1", name="work_position_from_1"),
        sa.Index("ix_citation_contexts_citation_id", "citation_id"),
        sa.CheckConstraint("start_offset >= 0 and end_offset > start_offset", name="span_in_order"),
        sa.CheckConstraint("char_length(surface) = end_offset - start_offset", name="span_length"),
        {"schema": SCHEMA, "comment": __doc__},
    )

    context_id: orm.Mapped[int] = key(
        "Hash of version, span and label, and of the work position if it is not 1.",
        primary_key=True,
    )
    version_id: orm.Mapped[int] = key("Citing version.", reference("article_versions.version_id"))
    start_offset: orm.Mapped[int] = column("Start of the marker in `body`.")
    end_offset: orm.Mapped[int] = column("End of the marker in `body`, exclusive.")
    surface: orm.Mapped[str] = column("The marker as printed, as in `[2, p. 15]`.")
    cited_label: orm.Mapped[str] = column(
        "What the marker names: a number, as in `2`, or author and year, as in `Sharipov 2008a`."
    )
    work_position: orm.Mapped[int] = column(
        "Place of the entry among those of that label, from 1; a note may hold several works.",
        sa.SmallInteger,
    )
    citation_id: orm.Mapped[int | None] = key(
        "Citation it points to; null where the list has no such entry.",
        reference("citations.citation_id"),
    )
    sentence_start_offset: orm.Mapped[int] = column("Start of its sentence in `body`.")
    sentence_end_offset: orm.Mapped[int] = column("End of its sentence in `body`, exclusive.")
