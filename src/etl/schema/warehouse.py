"""Tables of schema `warehouse`: articles, entities and citations, normalized.

Each row of a table is one *grain*, stated in the first line of its class. Offsets count code
points from 0 and are half-open: `substr(text, start_offset + 1, end_offset - start_offset)`
is the span. Positions in lists count from 1. To add a column, add it here.
"""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy import orm

from etl.schema.base import Loaded, column, key, one_of

SCHEMA = "warehouse"

PRECISIONS = ("minute", "day", "month", "year")
"""How exact a publication time is known."""

DATE_METHODS = ("dateline", "metadata", "url", "guess")
"""Where a publication time was read: printed under the title, in meta tags, in the URL,
or guessed from the rest of the page."""

ENTITY_KINDS = (
    "person",
    "organisation",
    "country",
    "place",
    "group",
    "event",
    "programme",
    "law",
    "date",
)
"""Kinds of entity: `group` is a nationality, religion or movement, `programme` also a treaty."""

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


def reference(target: str) -> sa.ForeignKey:
    """A foreign key to `table.column` of this schema."""
    return sa.ForeignKey(f"{SCHEMA}.{target}")


class Source(Loaded):
    """One row per journal or site that is read."""

    __tablename__ = "sources"
    natural = ("name",)
    __table_args__ = (sa.UniqueConstraint("name"), {"schema": SCHEMA, "comment": __doc__})

    source_id: orm.Mapped[int] = key("Hash of the name.", primary_key=True)
    name: orm.Mapped[str] = column("Name of its source file, without the ending.")
    title: orm.Mapped[str] = column("Name as its readers know it.")
    homepage_url: orm.Mapped[str | None] = column("Home page.")
    language: orm.Mapped[str] = column("Main language, ISO 639-1.")
    timezone: orm.Mapped[str] = column("Time zone of its datelines, IANA name.")


class Article(Loaded):
    """One row per article, whatever its versions say."""

    __tablename__ = "articles"
    natural = ("source_id", "url")
    __table_args__ = (
        sa.UniqueConstraint("source_id", "url"),
        sa.CheckConstraint("first_seen_at <= last_seen_at", name="seen_in_order"),
        {"schema": SCHEMA, "comment": __doc__},
    )

    article_id: orm.Mapped[int] = key("Hash of source and canonical URL.", primary_key=True)
    source_id: orm.Mapped[int] = key("Source it was found in.", reference("sources.source_id"))
    url: orm.Mapped[str] = column("Canonical URL.")
    first_seen_at: orm.Mapped[datetime] = column("First fetch.", merge="least")
    last_seen_at: orm.Mapped[datetime] = column(
        "Latest fetch that brought new bytes.", merge="greatest"
    )


class ArticleVersion(Loaded):
    """One row per distinct content of an article; exactly one per article is current."""

    __tablename__ = "article_versions"
    natural = ("article_id", "content_hash")
    __table_args__ = (
        sa.UniqueConstraint("article_id", "content_hash"),
        sa.UniqueConstraint("article_id", "version_number", deferrable=True, initially="DEFERRED"),
        sa.Index(
            "uq_article_versions_current",
            "article_id",
            unique=True,
            postgresql_where=sa.text("is_current"),
        ),
        sa.Index("ix_article_versions_published_at", "published_at"),
        sa.Index("ix_article_versions_title_key", "title_key"),
        one_of("published_precision", PRECISIONS),
        one_of("published_method", DATE_METHODS),
        sa.CheckConstraint("version_number >= 1", name="version_number_from_1"),
        sa.CheckConstraint("word_count >= 0", name="word_count_not_negative"),
        sa.CheckConstraint("is_current = (seen_to_at is null)", name="current_is_open"),
        sa.CheckConstraint(
            "num_nulls(published_at, published_precision, published_method) in (0, 3)",
            name="published_whole",
        ),
        {"schema": SCHEMA, "comment": __doc__},
    )

    version_id: orm.Mapped[int] = key("Hash of article and content hash.", primary_key=True)
    article_id: orm.Mapped[int] = key("Article.", reference("articles.article_id"))
    version_number: orm.Mapped[int] = column(
        "Number among the article's versions by first fetch, from 1.", merge="derived"
    )
    is_current: orm.Mapped[bool] = column(
        "Whether this is what the latest fetch of the article showed.", merge="derived"
    )
    title: orm.Mapped[str] = column("Headline as printed, whitespace collapsed.")
    title_key: orm.Mapped[str] = column(
        "Headline folded for matching: lower case, letters and digits only."
    )
    published_at: orm.Mapped[datetime | None] = column(
        "Publication time in UTC, as exact as `published_precision` says."
    )
    published_precision: orm.Mapped[str | None] = column("minute, day, month or year.")
    published_method: orm.Mapped[str | None] = column(
        "Where the time was read: dateline, metadata, url or guess."
    )
    language: orm.Mapped[str | None] = column("Language of the body, ISO 639-1; null if unsure.")
    body: orm.Mapped[str] = column(
        "Article text: no teasers, no boilerplate, no reference list. Paragraphs end in a newline.",
        merge="hashed",
    )
    reference_text: orm.Mapped[str | None] = column(
        "The reference list as printed, one line an entry where the mark-up says so; citations "
        "are spans of it.",
        merge="hashed",
    )
    word_count: orm.Mapped[int] = column("Words of the body.")
    content_hash: orm.Mapped[str] = column(
        "SHA-256 of title, body and reference list, in hexadecimal; other white space and "
        "boilerplate do not change it."
    )
    snapshot_hash: orm.Mapped[str] = column(
        "SHA-256 of the newest bytes that held this content (`ops.snapshots`)."
    )
    fetched_at: orm.Mapped[datetime] = column(
        "When those bytes were fetched; an older batch never replaces a newer row."
    )
    seen_from_at: orm.Mapped[datetime] = column("First fetch with this content.", merge="least")
    seen_to_at: orm.Mapped[datetime | None] = column(
        "First fetch that showed other content; null while current.", merge="derived"
    )
    derived_hash: orm.Mapped[int | None] = column(
        "Hash of all rows derived from this version; equal means nothing to merge below it. "
        "Null where the audit set rows aside.",
        sa.BigInteger,
    )


class Author(Loaded):
    """One row per author name, however it is capitalised or spaced."""

    __tablename__ = "authors"
    natural = ("name_key",)
    prefer: ClassVar[str | None] = "length({row}.name)"
    __table_args__ = (sa.UniqueConstraint("name_key"), {"schema": SCHEMA, "comment": __doc__})

    author_id: orm.Mapped[int] = key("Hash of the name key.", primary_key=True)
    name: orm.Mapped[str] = column("Longest spelling seen.")
    name_key: orm.Mapped[str] = column("Name folded for matching: lower case, no accents.")


class ArticleAuthor(Loaded):
    """One row per name in the byline of a version."""

    __tablename__ = "article_authors"
    natural = ("version_id", "position")
    owner = "version_id"
    __table_args__ = (
        sa.Index("ix_article_authors_author_id", "author_id"),
        sa.CheckConstraint("position >= 1", name="position_from_1"),
        {"schema": SCHEMA, "comment": __doc__},
    )

    version_id: orm.Mapped[int] = key(
        "Version.", reference("article_versions.version_id"), primary_key=True
    )
    position: orm.Mapped[int] = column(
        "Place in the byline, from 1.", sa.SmallInteger, primary_key=True
    )
    author_id: orm.Mapped[int] = key("Author.", reference("authors.author_id"))
    printed_name: orm.Mapped[str] = column("The name as printed.")


class Entity(Loaded):
    """One row per person, organisation, country, place or other thing that articles name."""

    __tablename__ = "entities"
    natural = ("kind", "identity")
    prefer: ClassVar[str | None] = "length({row}.name)"
    __table_args__ = (
        sa.UniqueConstraint("kind", "identity"),
        sa.Index("ix_entities_name_key", "name_key"),
        one_of("kind", ENTITY_KINDS),
        sa.CheckConstraint("latitude between -90 and 90", name="latitude_on_earth"),
        sa.CheckConstraint("longitude between -180 and 180", name="longitude_on_earth"),
        sa.CheckConstraint("(latitude is null) = (longitude is null)", name="coordinates_whole"),
        {"schema": SCHEMA, "comment": __doc__},
    )

    entity_id: orm.Mapped[int] = key("Hash of kind and identity.", primary_key=True)
    kind: orm.Mapped[str] = column("Kind of entity.")
    identity: orm.Mapped[str] = column(
        "What makes it the one it is: `iso:TJ`, `geonames:1221874`, `wikidata:Q1065`, else "
        "`name:` and its name key."
    )
    name: orm.Mapped[str] = column("Canonical name.")
    name_key: orm.Mapped[str] = column("Canonical name folded for matching.")
    iso_3166: orm.Mapped[str | None] = column(
        "ISO 3166-1 alpha-2 code: of a country itself, of a place or group the country it is of."
    )
    geonames_id: orm.Mapped[int | None] = column("GeoNames id.", sa.BigInteger)
    wikidata_id: orm.Mapped[str | None] = column("Wikidata id, as in Q1065.")
    latitude: orm.Mapped[float | None] = column("Latitude, degrees north, WGS 84.")
    longitude: orm.Mapped[float | None] = column("Longitude, degrees east, WGS 84.")


class EntityAlias(Loaded):
    """One row per spelling under which an entity was printed."""

    __tablename__ = "entity_aliases"
    natural = ("entity_id", "alias")
    __table_args__ = (
        sa.UniqueConstraint("entity_id", "alias"),
        sa.Index("ix_entity_aliases_alias_key", "alias_key"),
        {"schema": SCHEMA, "comment": __doc__},
    )

    alias_id: orm.Mapped[int] = key("Hash of entity and spelling.", primary_key=True)
    entity_id: orm.Mapped[int] = key("Entity.", reference("entities.entity_id"))
    alias: orm.Mapped[str] = column("The spelling, whitespace collapsed.")
    alias_key: orm.Mapped[str] = column("The spelling folded for matching.")


class Mention(Loaded):
    """One row per place in a body where an entity is named; mentions do not overlap."""

    __tablename__ = "mentions"
    natural = ("version_id", "start_offset", "end_offset")
    owner = "version_id"
    __table_args__ = (
        sa.UniqueConstraint("version_id", "start_offset", "end_offset"),
        sa.Index("ix_mentions_entity_id", "entity_id"),
        one_of("kind", ENTITY_KINDS),
        sa.CheckConstraint("start_offset >= 0 and end_offset > start_offset", name="span_in_order"),
        sa.CheckConstraint("char_length(surface) = end_offset - start_offset", name="span_length"),
        sa.CheckConstraint(
            "sentence_start_offset <= start_offset and end_offset <= sentence_end_offset",
            name="inside_sentence",
        ),
        sa.CheckConstraint("confidence between 0 and 1", name="confidence_share"),
        {"schema": SCHEMA, "comment": __doc__},
    )

    mention_id: orm.Mapped[int] = key("Hash of version and span.", primary_key=True)
    version_id: orm.Mapped[int] = key("Version.", reference("article_versions.version_id"))
    start_offset: orm.Mapped[int] = column("Start in `body`, in code points from 0.")
    end_offset: orm.Mapped[int] = column("End in `body`, exclusive.")
    surface: orm.Mapped[str] = column("The words as printed.")
    kind: orm.Mapped[str] = column("Kind of entity.")
    entity_id: orm.Mapped[int | None] = key(
        "Entity named; null for dates and what could not be resolved.",
        reference("entities.entity_id"),
    )
    sentence_start_offset: orm.Mapped[int] = column("Start of its sentence in `body`.")
    sentence_end_offset: orm.Mapped[int] = column("End of its sentence in `body`, exclusive.")
    confidence: orm.Mapped[float] = column("How sure the extractor is, 0 to 1.")
    extractor: orm.Mapped[str] = column("Extractor that found it.")
    extractor_version: orm.Mapped[str] = column("Version of that extractor.")


class Work(Loaded):
    """One row per cited work, however often it is cited."""

    __tablename__ = "works"
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


LOADED: tuple[type[Loaded], ...] = (
    Source,
    Article,
    ArticleVersion,
    Author,
    ArticleAuthor,
    Entity,
    EntityAlias,
    Mention,
    Work,
    Citation,
    CitationContext,
)
"""Tables the pipeline fills, parents first."""
