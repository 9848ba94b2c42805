"""What articles cite: works, reference lists and in-text markers, in schema `warehouse`."""

from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy import orm

from etl.schema.base import SCHEMA, Loaded, column, key, one_of, reference

WORK_KINDS = (
    "article-journal",
    "article-newspaper",
    "book",
    "chapter",
    "document",
    "legislation",
    "paper-conference",
    "report",
    "thesis",
    "webpage",
)
"""Kinds of cited work, in the names of CSL 1.0.2; `document` is anything else."""


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
        one_of("kind", WORK_KINDS),
        sa.CheckConstraint("position >= 1", name="position_from_1"),
        sa.CheckConstraint("start_offset >= 0 and end_offset > start_offset", name="span_in_order"),
        sa.CheckConstraint("char_length(raw) = end_offset - start_offset", name="span_length"),
        sa.CheckConstraint("confidence between 0 and 1", name="confidence_share"),
        {"schema": SCHEMA, "comment": __doc__},
    )

    citation_id: orm.Mapped[int] = key("Hash of version and position.", primary_key=True)
    version_id: orm.Mapped[int] = key("Citing version.", reference("article_versions.version_id"))
    position: orm.Mapped[int] = column("Place in the list, from 1, without gaps.", sa.SmallInteger)
    label: orm.Mapped[str | None] = column("Number or mark printed before the entry, as in `[12]`.")
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
    doi: orm.Mapped[str | None] = column("DOI in lower case, without a resolver.")
    isbn: orm.Mapped[str | None] = column("ISBN-13 without hyphens.")
    url: orm.Mapped[str | None] = column("URL as printed.")
    language: orm.Mapped[str | None] = column("Language of the entry by its script, ISO 639-1.")
    confidence: orm.Mapped[float] = column("How much of the entry was understood, 0 to 1.")
    parser: orm.Mapped[str] = column("Parser that read it.")
    parser_version: orm.Mapped[str] = column("Version of that parser.")
    work_id: orm.Mapped[int | None] = key(
        "Work it resolves to; null where no title was found.", reference("works.work_id")
    )


class CitationContext(Loaded):
    """One row per in-text marker and entry it points to; `[1, 3]` makes two."""

    __tablename__ = "citation_contexts"
    natural = ("version_id", "start_offset", "end_offset", "cited_label")
    owner = "version_id"
    __table_args__ = (
        sa.UniqueConstraint("version_id", "start_offset", "end_offset", "cited_label"),
        sa.Index("ix_citation_contexts_citation_id", "citation_id"),
        sa.CheckConstraint("start_offset >= 0 and end_offset > start_offset", name="span_in_order"),
        sa.CheckConstraint("char_length(surface) = end_offset - start_offset", name="span_length"),
        {"schema": SCHEMA, "comment": __doc__},
    )

    context_id: orm.Mapped[int] = key("Hash of version, span and label.", primary_key=True)
    version_id: orm.Mapped[int] = key("Citing version.", reference("article_versions.version_id"))
    start_offset: orm.Mapped[int] = column("Start of the marker in `body`.")
    end_offset: orm.Mapped[int] = column("End of the marker in `body`, exclusive.")
    surface: orm.Mapped[str] = column("The marker as printed, as in `[2, p. 15]`.")
    cited_label: orm.Mapped[str] = column("Number the marker names, as in `2`.")
    citation_id: orm.Mapped[int | None] = key(
        "Citation it points to; null where the list has no such entry.",
        reference("citations.citation_id"),
    )
    sentence_start_offset: orm.Mapped[int] = column("Start of its sentence in `body`.")
    sentence_end_offset: orm.Mapped[int] = column("End of its sentence in `body`, exclusive.")
