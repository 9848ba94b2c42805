"""A few pages of a source to what the reader would take from them; nothing is kept."""

from datetime import datetime
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Any

from etl.cli import compared

if TYPE_CHECKING:
    import polars as pl

    from etl.extract.feeds.announced import Link
    from etl.extract.survey.probe import Probe
    from etl.extract.web import Web
    from etl.sources import Source
    from flows.reading import Readers

MOST_PAGES = 3
"""Pages that are fetched: enough to see a wrong feed or a site that refuses us."""

LOADED = "loaded"


def pages(
    source: "Source",
    probes: "list[Probe]",
    web: "Web",
    readers: "Readers",
    now: datetime,
    max_bytes: int,
) -> list[dict[str, Any]]:
    """One row per example page: its outcome in a run that knows nothing, and what was read.

    Args:
        source: The source.
        probes: What its feeds gave; each of them is asked for its newest page in turn.
        web: What answers.
        readers: What reads the pages.
        now: Time of the check.
        max_bytes: Larger pages are not read to the end.
    """
    import polars as pl

    from etl.extract import failed, fetch
    from etl.schema import frames

    links = chosen(probes)
    raw = pl.concat([frames.RAW.to_frame(), *fetch(_asks(links), web, now, max_bytes)])
    read, rejects = readers.read(raw, source.language, source.timezone, max_bytes, source.rules)
    sides = compared.sides(raw, source, readers, now.date(), max_bytes)
    ends = pl.concat([failed(raw), rejects]).select("url", "outcome", "reason")
    unread = ends.rows_by_key("url", named=True, unique=True)
    articles = {row["url"]: _article(row) for row in read.to_dicts()}
    statuses = dict(raw.select("url", "status").iter_rows())
    told = []
    for link in links:
        ended = unread.get(link.url, {"outcome": LOADED, "reason": None})
        robots = _robots(source, link, ended["outcome"], statuses[link.url])
        article = articles.get(link.url, dict.fromkeys(ARTICLE))
        both = sides.get(link.url, compared.Sides([], None))
        ruled = {"compared": both.facts, "idle_rules": both.idle}
        told.append({"url": link.url, "robots": robots, **ended, **article, **ruled})
    return told


def chosen(probes: "list[Probe]") -> "list[Link]":
    """The pages to look at: the newest of each feed, then the second of each, and so on."""
    turns = chain.from_iterable(zip_longest(*(probe.examples for probe in probes)))
    return list({link.url: link for link in turns if link}.values())[:MOST_PAGES]


ARTICLE = ("title", "published_at", "authors", "language", "word_count", "reference_count")
"""What is told of a page that was read."""


def _robots(source: "Source", link: "Link", outcome: str, status: int | None) -> str | None:
    """What robots.txt says of a page; None if it was not asked, or no server answered."""
    from etl.sources.feeds import WEB

    if not WEB.match(link.location) or not source.visits.obey_robots:
        return None
    if outcome == "robots":
        return "forbids"
    return None if status is None else "allows"


def _article(row: dict[str, Any]) -> dict[str, Any]:
    """What was read, in the columns of `ARTICLE`."""
    from etl.transform.citations.locate import entries
    from etl.transform.text import word_count

    counts = {
        "word_count": word_count(row["body"]),
        "reference_count": len(entries(row["reference_text"] or "")),
    }
    return {name: counts[name] if name in counts else row[name] for name in ARTICLE}


def _asks(links: "list[Link]") -> "pl.DataFrame":
    """The links as a run asks for pages it does not know."""
    import polars as pl

    from etl.extract.frontier import ASKS

    rows = [{**link._asdict(), "feed": "check", "article_url": link.url} for link in links]
    empty = dict.fromkeys(("etag", "last_modified"))
    return pl.DataFrame([{**row, **empty} for row in rows], schema=ASKS, orient="row")
