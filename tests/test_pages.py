"""Every page kept for a source yields what its `.json` says.

The pages of the sample journal lie with its source file; `tests/pages/<source>/` holds what
its authors meant them to say, written before any reader saw them.
"""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

import polars as pl
import pytest

from etl import extract, sources
from etl.schema import frames, key
from etl.transform import articles as article
from etl.transform import citations as citation
from etl.transform import entities as entity
from etl.transform import pages as page
from etl.transform.entities import resolve

PAGES = Path(__file__).parent / "pages"
EXPECTED = sorted(PAGES.glob("*/*.json"))
ARTICLES = [path for path in EXPECTED if "outcome" not in json.loads(path.read_text("utf-8"))]
FLOORS = json.loads((Path(__file__).parent / "accuracy/floors.json").read_text())["sample"]
NOW = datetime.fromisoformat("2026-11-01T00:00:00+00:00")


class Read(NamedTuple):
    """A source read up to its tables."""

    pages: pl.DataFrame
    rejects: pl.DataFrame
    mentions: pl.DataFrame
    citations: pl.DataFrame
    contexts: pl.DataFrame


@cache
def read(name: str) -> Read:
    """All pages of a source, read once for all tests."""
    source = sources.load(name)
    urls = frames.URLS.to_frame()
    with extract.online() as web:
        found = extract.discover(
            source,
            web,
            frames.FEEDS.to_frame(),
            frames.DOCUMENTS.to_frame(),
            NOW,
            is_due_only=False,
        )
        links = extract.work(found.links, urls)
        asks = extract.plan(links, urls, frames.KNOWN.to_frame(), NOW).to_fetch
        raw = pl.concat(extract.fetch(asks, web, NOW, 5_000_000))
    pages, rejects = page.read(raw, source.language, source.timezone, 5_000_000)
    versions = article.article_versions(pages, key(name))
    named = resolve.resolve(entity.mentions(versions), versions)
    urls = pages.select("url", "body", "reference_text").join(
        versions.select("version_id", "body", "reference_text"),
        on=["body", "reference_text"],
        nulls_equal=True,
    )
    mentions = named.mentions.join(urls.select("url", "version_id"), on="version_id")
    cited = citation.citations(versions)
    # A citation has a URL of its own: that of the work.
    citations = cited.citations.drop("url").join(urls.select("url", "version_id"), on="version_id")
    contexts = cited.citation_contexts.join(urls.select("url", "version_id"), on="version_id")
    return Read(pages, rejects, mentions, citations, contexts)


@pytest.fixture(params=EXPECTED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def kept(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Read]:
    """What a page should say, and all that was read."""
    path: Path = request.param
    return json.loads(path.read_text(encoding="utf-8")), read(path.parent.name)


@pytest.fixture(params=ARTICLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def article_page(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Read]:
    """The same, of pages that are articles."""
    path: Path = request.param
    return json.loads(path.read_text(encoding="utf-8")), read(path.parent.name)


def of_page(frame: pl.DataFrame, want: dict[str, Any]) -> pl.DataFrame:
    """The rows of `frame` for one page."""
    return frame.filter(pl.col("url").str.ends_with("/" + want["page"]))


def test_page_is_read_or_rejected_as_it_should_be(kept: tuple[dict[str, Any], Read]) -> None:
    want, found = kept

    outcomes = of_page(found.rejects, want)["outcome"].to_list()

    assert outcomes == ([want["outcome"]] if "outcome" in want else [])


def test_page_says_what_it_should(article_page: tuple[dict[str, Any], Read]) -> None:
    want, found = article_page
    row = of_page(found.pages, want).row(0, named=True)

    assert row["title"] == want["title"]
    assert row["language"] == want["language"]
    assert [author["name"] for author in row["authors"]] == want["authors"]
    when = want["published_at"]
    assert row["published_at"] == (datetime.fromisoformat(when) if when else None)
    assert row["published_precision"] == want["published_precision"]
    assert row["published_method"] == want["published_method"]


def test_body_begins_and_ends_where_it_should(article_page: tuple[dict[str, Any], Read]) -> None:
    want, found = article_page
    body = " ".join(of_page(found.pages, want)["body"].item().split())

    assert body.startswith(want["body_starts"])
    assert body.endswith(want["body_ends"])
    assert [words for words in want["body_lacks"] if words in body] == []


def test_every_entry_of_the_list_is_a_citation_with_its_year(
    article_page: tuple[dict[str, Any], Read],
) -> None:
    want, found = article_page
    rows = of_page(found.citations, want).sort("position")

    assert rows["year"].to_list() == [entry["year"] for entry in want["citations"]]


def test_markers_in_the_text_are_those_of_the_page(
    article_page: tuple[dict[str, Any], Read],
) -> None:
    want, found = article_page
    signed = want.get("author_year_contexts", 0)

    assert of_page(found.contexts, want).height == (want["contexts"] or 0) + signed


def wanted(name: str) -> list[dict[str, Any]]:
    """What the articles of a source should say."""
    pages = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in EXPECTED
        if path.parent.name == name
    ]
    return [want for want in pages if "outcome" not in want]


def test_titles_of_citations_keep_their_floor() -> None:
    found = read("zarafshan-review")
    pairs = [
        (title, entry["title"])
        for want in wanted("zarafshan-review")
        for title, entry in zip(
            of_page(found.citations, want).sort("position")["title"],
            want["citations"],
            strict=True,
        )
    ]

    assert mean(read == meant for read, meant in pairs) >= FLOORS["citation_titles"]


def test_mentions_nobody_doubts_keep_their_floor() -> None:
    found = read("zarafshan-review")
    hits = [
        tuple(pair) in set(of_page(found.mentions, want).select("surface", "kind").iter_rows())
        for want in wanted("zarafshan-review")
        for pair in want["mentions_include"]
    ]

    assert mean(hits) >= FLOORS["mentions"]
