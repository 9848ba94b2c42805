"""Invented batches of any size, made of numbers, for the benchmarks of the load.

Texts are as long as those of real articles and as hard to compress as words are.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from random import Random
from typing import Any

import polars as pl

from etl import schema as s
from etl.transform.signatures import signatures

Rows = list[dict[str, Any]]

FETCHED = datetime(2024, 5, 1, tzinfo=UTC)
WORDS = ("river", "border", "treaty", "railway", "council", "minister", "harvest", "pipeline")


def batch(
    versions: int, mentions: int = 50, citations: int = 8, words: int = 900, seed: str = "u"
) -> dict[type[s.Loaded], pl.DataFrame]:
    """Frames of one source: `versions` articles with as many mentions and citations each.

    There are a tenth as many entities as mentions, and half as many works as citations.
    """
    chance = Random(versions)
    entities, works = max(1, versions * mentions // 10), max(1, versions * citations // 2)
    urls = [f"{seed}{n}" for n in range(versions)]
    ids = [s.key(_article_id(url), _hash(url)) for url in urls]
    rows: dict[type[s.Loaded], Rows] = {
        s.Source: [_source()],
        s.Article: [_article(url) for url in urls],
        s.ArticleVersion: [_version(url, chance, words) for url in urls],
        s.Author: [_author(n) for n in range(max(1, versions // 4))],
        s.ArticleAuthor: [_byline(v, chance.randrange(max(1, versions // 4))) for v in ids],
        s.Entity: [_entity(n) for n in range(entities)],
        s.EntityAlias: [_alias(n) for n in range(entities)],
        s.Mention: [
            _mention(v, n, chance.randrange(entities)) for v in ids for n in range(mentions)
        ],
        s.Work: [_work(n) for n in range(works)],
        s.Citation: [
            _citation(v, n, chance.randrange(works)) for v in ids for n in range(citations)
        ],
        s.CitationName: [_cited_name(v, n) for v in ids for n in range(citations)],
        s.CitationField: [],
        s.CitationContext: [_context(v, n) for v in ids for n in range(citations)],
    }
    frames = {table: _frame(table, rows[table]) for table in rows}
    frames[s.Signature] = signatures(frames[s.ArticleVersion])
    return {table: frames[table] for table in s.LOADED}


def _frame(table: type[s.Loaded], rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """Rows as a frame of the table; columns that are not given are null."""
    schema = s.frame_schema(table)
    columns = {name: [row.get(name) for row in rows] for name in schema}
    return s.conform(pl.DataFrame(columns, schema=schema), table)


def _hash(url: str) -> str:
    return sha256(url.encode()).hexdigest()


def _article_id(url: str) -> int:
    return s.key(s.key("bench"), url)


def _source() -> dict[str, Any]:
    title = {"name": "bench", "title": "Bench", "language": "en", "timezone": "UTC"}
    return {"source_id": s.key("bench"), **title}


def _article(url: str) -> dict[str, Any]:
    return {
        "article_id": _article_id(url),
        "source_id": s.key("bench"),
        "url": url,
        "first_seen_at": FETCHED,
        "last_seen_at": FETCHED,
    }


def _version(url: str, chance: Random, words: int) -> dict[str, Any]:
    body = " ".join(f"{chance.choice(WORDS)}{chance.randrange(999)}" for _ in range(words))
    return {
        "version_id": s.key(_article_id(url), _hash(url)),
        "article_id": _article_id(url),
        "title": f"Page {url}: a day on the river",
        "title_key": f"page {url} a day on the river",
        "published_at": FETCHED,
        "published_precision": "day",
        "published_method": "dateline",
        "language": "en",
        "body": body,
        "reference_text": body[:1000],
        "word_count": words,
        "content_hash": _hash(url),
        "snapshot_hash": _hash(url),
        "fetched_at": FETCHED,
        "seen_from_at": FETCHED,
        "derived_hash": s.key(url),
    }


def _author(n: int) -> dict[str, Any]:
    name = f"author number {n}"
    return {"author_id": s.key(name), "name": name, "name_key": name}


def _byline(version_id: int, author: int) -> dict[str, Any]:
    name = f"author number {author}"
    return {
        "version_id": version_id,
        "position": 1,
        "author_id": s.key(name),
        "printed_name": name,
        "kind": "person",
        "role": "author",
    }


def _entity(n: int) -> dict[str, Any]:
    name = f"Council {n} of the river"
    identity = f"name:{name.lower()}"
    return {
        "entity_id": s.key("organisation", identity),
        "kind": "organisation",
        "identity": identity,
        "name": name,
        "name_key": name.lower(),
    }


def _alias(n: int) -> dict[str, Any]:
    entity = _entity(n)
    return {
        "alias_id": s.key(entity["entity_id"], entity["name"]),
        "entity_id": entity["entity_id"],
        "alias": entity["name"],
        "alias_key": entity["name_key"],
    }


def _mention(version_id: int, n: int, entity: int) -> dict[str, Any]:
    start = n * 100
    named = _entity(entity)
    end = start + len(named["name"])
    return {
        "mention_id": s.key(version_id, start, end),
        "version_id": version_id,
        "start_offset": start,
        "end_offset": end,
        "surface": named["name"],
        "kind": "organisation",
        "entity_id": named["entity_id"],
        "sentence_start_offset": start,
        "sentence_end_offset": end + 50,
        "confidence": 0.9,
        "extractor": "invented",
        "extractor_version": "1",
    }


def _work(n: int) -> dict[str, Any]:
    title = f"a history of the river in {n} parts"
    return {
        "work_id": s.key(title),
        "identity": title,
        "kind": "book",
        "title": title,
        "title_key": title,
        "authors": f"Author {n}",
        "year": 1900 + n % 120,
        "publisher": "River press",
        "confidence": 0.5,
    }


def _citation(version_id: int, n: int, work: int) -> dict[str, Any]:
    cited = _work(work)
    raw = f"{cited['authors']}, {cited['title']}, {cited['publisher']}, {cited['year']}"
    parts = {name: cited[name] for name in ("kind", "authors", "title", "year", "publisher")}
    return {
        "citation_id": s.key(version_id, n + 1),
        "version_id": version_id,
        "position": n + 1,
        "label": str(n + 1),
        "raw": raw,
        "start_offset": n * 200,
        "end_offset": n * 200 + len(raw),
        **parts,
        "has_more_authors": False,
        "confidence": 0.5,
        "parser": "invented",
        "parser_version": "1",
        "work_id": cited["work_id"],
    }


def _cited_name(version_id: int, n: int) -> dict[str, Any]:
    return {
        "citation_id": s.key(version_id, n + 1),
        "position": 1,
        "version_id": version_id,
        "role": "author",
        "printed": "A. Ospanova",
        "family": "Ospanova",
        "given": "A.",
        "script": "Latn",
    }


def _context(version_id: int, n: int) -> dict[str, Any]:
    label, start = str(n + 1), n * 300
    return {
        "context_id": s.key(version_id, start, start + len(label) + 2, label),
        "version_id": version_id,
        "start_offset": start,
        "end_offset": start + len(label) + 2,
        "surface": f"[{label}]",
        "cited_label": label,
        "citation_id": s.key(version_id, n + 1),
        "sentence_start_offset": start,
        "sentence_end_offset": start + 80,
    }
