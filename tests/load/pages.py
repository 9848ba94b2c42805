"""Invented pages in a few words, and the frames a run would stage for them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import polars as pl

from etl.schema import (
    LOADED,
    Article,
    ArticleAuthor,
    ArticleVersion,
    Author,
    Citation,
    CitationContext,
    CitationField,
    CitationName,
    Entity,
    EntityAlias,
    Loaded,
    Mention,
    Signature,
    Source,
    Work,
    conform,
    frame_schema,
    key,
    merge_rule,
)
from etl.transform.signatures import signature
from etl.transform.text import fold

Frames = dict[type[Loaded], pl.DataFrame]

SOURCE = "steppe"


@dataclass(frozen=True)
class Page:
    """One article page as one fetch showed it."""

    url: str
    day: int
    """Day of its fetch, in May 2024."""
    text: str = "Nothing happened."
    title: str = "Steppe notes"
    published: datetime | None = None
    mentions: tuple[str, ...] = ()
    """Names the body ends in, one sentence each; the entity is the folded name."""
    cites: tuple[str, ...] = ()
    """Titles of the reference list; the body points to each."""
    authors: tuple[str, ...] = ()
    work_year: int | None = None
    work_url: str | None = None
    language: str | None = "en"

    @property
    def body(self) -> str:
        """The text, its sentences about names, and its markers."""
        named = "".join(f"{name} was there.\n" for name in self.mentions)
        marked = "".join(f"See [{n}].\n" for n in range(1, len(self.cites) + 1))
        return f"{self.text}\n{named}{marked}"

    @property
    def references(self) -> str | None:
        """The reference list."""
        return "\n".join(self.cites) or None

    @property
    def fetched_at(self) -> datetime:
        """When the page was fetched."""
        return datetime(2024, 5, self.day, tzinfo=UTC)

    @property
    def content_hash(self) -> str:
        """Hash of what the page says."""
        said = f"{self.title}\x1f{self.body}\x1f{self.references or ''}"
        return sha256(said.encode()).hexdigest()

    def article_id(self, source: str) -> int:
        """Key of its article."""
        return key(key(source), self.url)

    def version_id(self, source: str) -> int:
        """Key of its version."""
        return key(self.article_id(source), self.content_hash)


def batch(*pages: Page, source: str = SOURCE) -> Frames:
    """The frames a run of `source` over `pages` would stage; no content twice."""
    makers: dict[type[Loaded], Callable[[Page, str], Iterable[dict[str, Any]]]] = {
        Source: _sources,
        Article: _articles,
        Author: _authors,
        ArticleAuthor: _article_authors,
        Entity: _entities,
        EntityAlias: _aliases,
        Mention: _mentions,
        Work: _works,
        Citation: _citations,
        CitationName: _names,
        CitationField: _fields,
        CitationContext: _contexts,
        Signature: _signatures,
    }
    frames = {
        table: _frame(table, [row for page in pages for row in make(page, source)])
        for table, make in makers.items()
    }
    frames[ArticleVersion] = _frame(
        ArticleVersion, [_version(page, source, frames) for page in pages]
    )
    return {table: frames[table] for table in LOADED}


def _frame(table: type[Loaded], rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows as a frame: first sightings the earliest, last ones the latest, no key twice."""
    keys = [column.name for column in table.sql().primary_key]
    frame = pl.DataFrame(rows, schema=frame_schema(table), orient="row")
    if table is Article:
        frame = frame.with_columns(
            pl.col("first_seen_at").min().over(keys), pl.col("last_seen_at").max().over(keys)
        )
    assert all(merge_rule(column) for column in table.sql().columns)
    return conform(frame.unique(keys, keep="first", maintain_order=True), table)


def _sources(_: Page, source: str) -> list[dict[str, Any]]:
    return [
        {
            "source_id": key(source),
            "name": source,
            "title": f"The {source} journal",
            "homepage_url": None,
            "language": "en",
            "timezone": "UTC",
        }
    ]


def _articles(page: Page, source: str) -> list[dict[str, Any]]:
    return [
        {
            "article_id": page.article_id(source),
            "source_id": key(source),
            "url": page.url,
            "first_seen_at": page.fetched_at,
            "last_seen_at": page.fetched_at,
        }
    ]


def _version(page: Page, source: str, frames: Frames) -> dict[str, Any]:
    version_id = page.version_id(source)
    owned = [
        str(row)
        for table, frame in frames.items()
        if table.owner
        for row in frame.filter(pl.col(table.owner) == version_id).rows()
    ]
    return {
        "version_id": version_id,
        "article_id": page.article_id(source),
        "title": page.title,
        "title_key": fold(page.title),
        "published_at": page.published,
        "published_precision": page.published and "day",
        "published_method": page.published and "dateline",
        "published_confidence": page.published and 0.98,
        "published_zone": None,
        "language": page.language,
        "script": "Latn",
        "charset": "utf-8",
        "text_repair": None,
        "body_method": "html",
        "body": page.body,
        "reference_text": page.references,
        "word_count": len(page.body.split()),
        "content_hash": page.content_hash,
        "snapshot_hash": sha256(f"{page.url} on {page.day}".encode()).hexdigest(),
        "fetched_at": page.fetched_at,
        "seen_from_at": page.fetched_at,
        "derived_hash": key(*owned),
    }


def _authors(page: Page, _: str) -> list[dict[str, Any]]:
    return [
        {"author_id": key(fold(name)), "name": name, "name_key": fold(name)}
        for name in page.authors
    ]


def _article_authors(page: Page, source: str) -> list[dict[str, Any]]:
    return [
        {
            "version_id": page.version_id(source),
            "position": position,
            "author_id": key(fold(name)),
            "printed_name": name,
            "kind": "person",
            "role": "author",
            "orcid": None,
        }
        for position, name in enumerate(page.authors, 1)
    ]


def _entity_id(name: str) -> int:
    return key("organisation", f"name:{fold(name)}")


def _entities(page: Page, _: str) -> list[dict[str, Any]]:
    empty = dict.fromkeys(("iso_3166", "geonames_id", "wikidata_id", "latitude", "longitude"))
    return [
        {
            "entity_id": _entity_id(name),
            "kind": "organisation",
            "identity": f"name:{fold(name)}",
            "name": name,
            "name_key": fold(name),
            **empty,
        }
        for name in page.mentions
    ]


def _aliases(page: Page, _: str) -> list[dict[str, Any]]:
    return [
        {
            "alias_id": key(_entity_id(name), name),
            "entity_id": _entity_id(name),
            "alias": name,
            "alias_key": fold(name),
        }
        for name in page.mentions
    ]


def _mentions(page: Page, source: str) -> list[dict[str, Any]]:
    version_id, rows, start = page.version_id(source), [], len(page.text) + 1
    for name in page.mentions:
        end = start + len(name)
        rows.append(
            {
                "mention_id": key(version_id, start, end),
                "version_id": version_id,
                "start_offset": start,
                "end_offset": end,
                "surface": name,
                "kind": "organisation",
                "entity_id": _entity_id(name),
                "sentence_start_offset": start,
                "sentence_end_offset": end + len(" was there."),
                "confidence": 0.9,
                "extractor": "invented",
                "extractor_version": "1",
            }
        )
        start = end + len(" was there.\n")
    return rows


def _work_id(page: Page, title: str) -> int:
    return key(f"{fold(title)} {page.work_year}")


def _works(page: Page, _: str) -> list[dict[str, Any]]:
    empty = dict.fromkeys(("authors", "container_title", "publisher", "doi", "isbn"))
    return [
        {
            "work_id": _work_id(page, title),
            "identity": f"{fold(title)} {page.work_year}",
            "kind": "document",
            "title": title,
            "title_key": fold(title),
            "year": page.work_year,
            "url": page.work_url,
            "confidence": page.day / 100,
            **empty,
        }
        for title in page.cites
    ]


def _citations(page: Page, source: str) -> list[dict[str, Any]]:
    version_id, rows, start = page.version_id(source), [], 0
    empty = [n for n in frame_schema(Citation) if Citation.sql().columns[n].nullable]
    for position, title in enumerate(page.cites, 1):
        rows.append(
            dict.fromkeys(empty)
            | {
                "citation_id": key(version_id, position),
                "version_id": version_id,
                "position": position,
                "label": str(position),
                "raw": title,
                "start_offset": start,
                "end_offset": start + len(title),
                "kind": "document",
                "title": title,
                "has_more_authors": False,
                "confidence": 0.5,
                "parser": "invented",
                "parser_version": "1",
                "work_id": _work_id(page, title),
            }
        )
        start += len(title) + 1
    return rows


def _names(page: Page, source: str) -> list[dict[str, Any]]:
    """The first word of every entry as its author."""
    version_id = page.version_id(source)
    empty = dict.fromkeys(("given", "particle", "suffix", "literal"))
    return [
        {
            "citation_id": key(version_id, position),
            "position": 1,
            "version_id": version_id,
            "role": "author",
            "printed": (name := re.split(r"\W", title)[0]),
            "family": name,
            "script": "Latn",
            **empty,
        }
        for position, title in enumerate(page.cites, 1)
    ]


def _fields(page: Page, source: str) -> list[dict[str, Any]]:
    """Every entry as its own title."""
    return [
        {
            "citation_id": row["citation_id"],
            "position": 1,
            "version_id": row["version_id"],
            "field": "title",
            "start_offset": row["start_offset"],
            "end_offset": row["end_offset"],
            "surface": row["raw"],
            "confidence": 0.9,
        }
        for row in _citations(page, source)
    ]


def _contexts(page: Page, source: str) -> list[dict[str, Any]]:
    version_id, rows = page.version_id(source), []
    for position in range(1, len(page.cites) + 1):
        start = page.body.index(f"[{position}]")
        rows.append(
            {
                "context_id": key(version_id, start, start + 3, str(position)),
                "version_id": version_id,
                "start_offset": start,
                "end_offset": start + 3,
                "surface": f"[{position}]",
                "cited_label": str(position),
                "work_position": 1,
                "citation_id": key(version_id, position),
                "sentence_start_offset": start - 4,
                "sentence_end_offset": start + 4,
            }
        )
    return rows


def _signatures(page: Page, source: str) -> list[dict[str, Any]]:
    made = signature(page.body)
    names = ("shingle_count", "bands", "sketch")
    version_id = {"version_id": page.version_id(source)}
    return [version_id | dict(zip(names, made, strict=True))] if made else []
