"""Sources, articles, their versions and authors, in schema `warehouse`."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy import orm

from etl.schema.base import SCHEMA, Loaded, column, key, one_of, reference

PRECISIONS = ("minute", "day", "month", "year")
"""How exact a publication time is known."""

DATE_METHODS = ("dateline", "metadata", "url", "guess")
"""Where a publication time was read: printed under the title, in meta tags, in the URL,
or guessed from the rest of the page."""

BODY_METHODS = ("html", "text", "rule")
"""How the body was found: in the mark-up of an HTML page, by the shape of the lines of a plain
text, or by a rule in the source file."""

AUTHOR_KINDS = ("person", "organisation")
"""What a byline names: a person, or an agency, newspaper or institute."""

AUTHOR_ROLES = (
    *("author", "editor", "translator", "interviewer", "photographer", "illustrator"),
    "contributor",
)
"""What somebody in a byline did; `contributor` where it is said in other words."""


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
        sa.CheckConstraint("reprint_similarity between 0 and 1", name="reprint_similarity_share"),
        sa.CheckConstraint(
            "num_nulls(reprint_of_article_id, reprint_similarity, reprint_via_article_id) "
            "in (0, 3)",
            name="reprint_whole",
        ),
        sa.Index("ix_articles_source_id_first_seen_at", "source_id", "first_seen_at"),
        *(
            sa.Index(f"ix_articles_{name}", name, postgresql_where=sa.text(f"{name} is not null"))
            for name in ("reprint_of_article_id", "reprint_via_article_id")
        ),
        {"schema": SCHEMA, "comment": __doc__},
    )

    article_id: orm.Mapped[int] = key("Hash of source and canonical URL.", primary_key=True)
    source_id: orm.Mapped[int] = key("Source it was found in.", reference("sources.source_id"))
    url: orm.Mapped[str] = column("Canonical URL.")
    first_seen_at: orm.Mapped[datetime] = column("First fetch.", merge="least")
    last_seen_at: orm.Mapped[datetime] = column(
        "Latest fetch that brought new bytes.", merge="greatest"
    )
    reprint_of_article_id: orm.Mapped[int | None] = key(
        "The earliest article whose text this one repeats, in any source; null if it is none's "
        "reprint.",
        reference("articles.article_id"),
        merge="derived",
    )
    reprint_similarity: orm.Mapped[float | None] = column(
        "Share of the shingles of both texts that they have in common (Jaccard), 0 to 1, within "
        "0.02 (standard error).",
        merge="derived",
    )
    reprint_via_article_id: orm.Mapped[int | None] = key(
        "The earliest article it is close to itself: that one, or a reprint of it that came "
        "between.",
        reference("articles.article_id"),
        merge="derived",
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
        one_of("body_method", BODY_METHODS),
        sa.CheckConstraint(
            "published_confidence between 0 and 1", name="published_confidence_share"
        ),
        sa.CheckConstraint("version_number >= 1", name="version_number_from_1"),
        sa.CheckConstraint("word_count >= 0", name="word_count_not_negative"),
        sa.CheckConstraint("changed_word_count >= 0", name="changed_word_count_not_negative"),
        sa.CheckConstraint("changed_share between 0 and 1", name="changed_share_share"),
        sa.CheckConstraint(
            "(version_number = 1) = (changed_word_count is null) "
            "and num_nulls(changed_word_count, changed_share) in (0, 2)",
            name="changed_since_the_first",
        ),
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
    published_confidence: orm.Mapped[float | None] = column(
        "Share of pages dated with the same evidence whose day was right, as measured."
    )
    published_zone: orm.Mapped[str | None] = column(
        "Zone the time of day was read in: the offset printed with it, such as +05:00 (for `at "
        "time zone` cast it to interval), else the IANA name its source has; null where only "
        "a day is known."
    )
    language: orm.Mapped[str | None] = column("Language of the body, ISO 639-1; null if unsure.")
    script: orm.Mapped[str | None] = column(
        "Script of most letters of the body, ISO 15924, such as Latn, Cyrl, Arab."
    )
    charset: orm.Mapped[str | None] = column(
        "Charset the bytes were read in, as Python names it; the bytes are kept as they came."
    )
    text_repair: orm.Mapped[str | None] = column(
        "What was mended in the text after that, such as mojibake; null if nothing."
    )
    body_method: orm.Mapped[str | None] = column(
        "How the body was found: html (mark-up), text (shape of lines), rule (source file)."
    )
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
    changed_word_count: orm.Mapped[int | None] = column(
        "Words of title, body and reference list added to those of the version numbered before "
        "it, plus those taken out; words that only moved do not count. Null for the first.",
        merge="derived",
    )
    changed_share: orm.Mapped[float | None] = column(
        "Share of the words of both versions that were added or taken out; null for the first.",
        merge="derived",
    )
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
    is_shared: ClassVar[bool] = True
    natural = ("name_key",)
    prefer: ClassVar[str | None] = "length({row}.name)"
    __table_args__ = (sa.UniqueConstraint("name_key"), {"schema": SCHEMA, "comment": __doc__})

    author_id: orm.Mapped[int] = key("Hash of the name key.", primary_key=True)
    name: orm.Mapped[str] = column("Longest spelling seen.")
    name_key: orm.Mapped[str] = column("Name folded for matching: lower case, no accents.")


class ArticleAuthor(Loaded):
    """One row per name in the byline of a version: persons and agencies, in their order."""

    __tablename__ = "article_authors"
    natural = ("version_id", "position")
    owner = "version_id"
    __table_args__ = (
        sa.Index("ix_article_authors_author_id", "author_id"),
        sa.CheckConstraint("position >= 1", name="position_from_1"),
        one_of("kind", AUTHOR_KINDS),
        one_of("role", AUTHOR_ROLES),
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
    kind: orm.Mapped[str] = column("person or organisation.")
    role: orm.Mapped[str] = column(f"{', '.join(AUTHOR_ROLES[:-1])} or {AUTHOR_ROLES[-1]}.")
    orcid: orm.Mapped[str | None] = column(
        "ORCID iD the page gives for the name, as 0000-0002-1825-0097, its check digit right."
    )
