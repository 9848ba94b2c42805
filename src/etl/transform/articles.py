"""The `pages` frame to `articles`, `article_versions`, `authors` and `article_authors`.

An article is a URL of a source, `article_url`, whatever address a page of it came from; a version
is its title, text and references. Keys are hashes of these, so that the same pages give the same
rows wherever and whenever they are read.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256

import polars as pl

from etl.schema import (
    Article,
    ArticleAuthor,
    ArticleVersion,
    Author,
    Loaded,
    conform,
    key,
    with_key,
)
from etl.schema.keys import SEPARATOR
from etl.transform.text import fold, word_count

NULL = "\x00"
"""Stands for a missing value where rows are hashed; no text we keep holds it."""

ROW_END = "\x1e"
"""Record separator: ends a row where rows are hashed."""


def articles(pages: pl.DataFrame, source_id: int) -> pl.DataFrame:
    """One row per URL of an article, ready to load into `articles`."""
    seen = (
        pages.lazy()
        .group_by(url="article_url")
        .agg(first_seen_at=pl.col("fetched_at").min(), last_seen_at=pl.col("fetched_at").max())
        .with_columns(source_id=pl.lit(source_id, pl.Int64))
        .sort("url")
        .collect()
    )
    return conform(with_key(seen, "article_id", "source_id", "url"), Article)


def article_versions(pages: pl.DataFrame, source_id: int) -> pl.DataFrame:
    """One row per article and content, ready to load into `article_versions` once `sealed`.

    Of pages with the same content the newest is taken; `seen_from_at` is that of the oldest.
    """
    versions = (
        _newest(pages, source_id)
        .with_columns(
            pl.col("title").map_elements(fold, pl.String).alias("title_key"),
            pl.col("body").map_elements(word_count, pl.Int32).alias("word_count"),
            derived_hash=pl.lit(None, pl.Int64),
        )
        .drop("url", "article_url", "authors", "teasers", "idle_rules", "source_id")
    )
    return conform(versions, ArticleVersion)


def authors(pages: pl.DataFrame) -> pl.DataFrame:
    """One row per author of any page, under the longest spelling, ready to load into `authors`."""
    names = (
        _bylines(pages)
        .select("name_key", name="printed_name")
        .unique()
        # The spelling must not depend on the order of pages.
        .sort(pl.col("name").str.len_chars(), "name", descending=True)
        .unique("name_key", keep="first", maintain_order=True)
        .sort("name_key")
    )
    return conform(with_key(names, "author_id", "name_key"), Author)


def article_authors(pages: pl.DataFrame, source_id: int) -> pl.DataFrame:
    """One row per name in the byline of a version, ready to load into `article_authors`."""
    bylines = (
        _bylines(_newest(pages, source_id))
        .unique(["version_id", "name_key"], keep="first", maintain_order=True)
        .with_columns(pl.int_range(1, pl.len() + 1).over("version_id").alias("position"))
    )
    bylines = with_key(bylines, "author_id", "name_key")
    return conform(
        bylines.select(
            "version_id", "position", "author_id", "printed_name", "kind", "role", "orcid"
        ),
        ArticleAuthor,
    )


def sealed(versions: pl.DataFrame, owned: Mapping[type[Loaded], pl.DataFrame]) -> pl.DataFrame:
    """`versions` with `derived_hash`, over all rows of `owned` that belong to each.

    It depends on the rows alone, not on their order. Only tables with an owner count.
    """
    tables = sorted((t for t in owned if t.owner), key=lambda table: table.__tablename__)
    digests = [_digests(owned[table], table) for table in tables]
    hashes = [
        key(*(digest.get(version_id, NULL) for digest in digests))
        for version_id in versions["version_id"]
    ]
    sealed_versions = versions.with_columns(derived_hash=pl.Series(hashes, dtype=pl.Int64))
    return conform(sealed_versions, ArticleVersion)


def _newest(pages: pl.DataFrame, source_id: int) -> pl.DataFrame:
    """One row per article and content, with its keys and hashes: the page fetched last."""
    content = zip(pages["title"], pages["body"], pages["reference_text"], strict=True)
    hashed = pages.rename({"content_hash": "snapshot_hash"}).with_columns(
        source_id=pl.lit(source_id, pl.Int64),
        url="article_url",
        content_hash=pl.Series([_content_hash(parts) for parts in content], dtype=pl.String),
    )
    keyed = with_key(
        with_key(hashed, "article_id", "source_id", "url"),
        "version_id",
        "article_id",
        "content_hash",
    )
    return (
        keyed.with_columns(seen_from_at=pl.col("fetched_at").min().over("version_id"))
        .sort("article_url", "fetched_at", "snapshot_hash")
        .unique("version_id", keep="last", maintain_order=True)
    )


def _content_hash(parts: Iterable[str | None]) -> str:
    """SHA-256 of title, body and reference list."""
    return sha256(SEPARATOR.join(part or "" for part in parts).encode()).hexdigest()


def _bylines(pages: pl.DataFrame) -> pl.DataFrame:
    """One row per name in the byline of each page, in order, with its folded key."""
    names = (
        pages.explode("authors", empty_as_null=False)
        .unnest("authors")
        .rename({"name": "printed_name"})
        .drop_nulls("printed_name")
    )
    folded = pl.col("printed_name").map_elements(fold, pl.String).alias("name_key")
    return names.with_columns(folded).filter(pl.col("name_key") != "")


def _digests(rows: pl.DataFrame, table: type[Loaded]) -> dict[int, str]:
    """Digest of the rows of `table` that belong to each version."""
    owner = str(table.owner)
    ids = [column.name for column in table.sql().primary_key]
    texts = [_as_text(name, rows.schema[name]).fill_null(NULL) for name in sorted(rows.columns)]
    joined = (
        rows.sort(ids)
        .select(owner, row=pl.concat_str(texts, separator=SEPARATOR))
        .group_by(owner)
        .agg(pl.col("row").str.join(ROW_END))
    )
    return {
        version_id: sha256(text.encode()).hexdigest() for version_id, text in joined.iter_rows()
    }


def _as_text(name: str, dtype: pl.DataType) -> pl.Expr:
    """A column as text; the items of a list parted by commas."""
    if isinstance(dtype, pl.List):
        return pl.col(name).cast(pl.List(pl.String)).list.join(",")
    return pl.col(name).cast(pl.String)
