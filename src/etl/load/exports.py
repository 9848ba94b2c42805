"""Citations of current versions out of the warehouse, row after row, however many there are."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from etl.errors import Misconfigured

AT_ONCE = 2_000
"""Rows that are held at one time: some 4 MB."""

CITATIONS = """
    select
        citations.*,
        articles.url as citing_url,
        sources.name as source,
        (
            select json_agg(json_build_object(
                'role', names.role,
                'family', names.family,
                'given', names.given,
                'particle', names.particle,
                'suffix', names.suffix,
                'literal', names.literal
            ) order by names.position)
            from warehouse.citation_names as names
            where names.citation_id = citations.citation_id
        ) as names
    from warehouse.citations
    join warehouse.article_versions as current using (version_id)
    join warehouse.articles using (article_id)
    join warehouse.sources using (source_id)
    where current.is_current
        {conditions}
    order by citations.version_id, citations.position
"""
"""In the order of an index, so nothing is sorted before the first row comes."""


class Chosen(NamedTuple):
    """Which citations are wanted; whatever is empty does not restrict."""

    sources: Sequence[str] = ()
    article: str | None = None
    """Canonical URL of the citing article."""
    since: date | None = None
    """First day, in UTC, on which the citing article was published."""
    until: date | None = None
    """Last such day."""


CONDITIONS = {
    "sources": "sources.name = any(:sources)",
    "article": "articles.url = :article",
    "since": "current.published_at >= cast(:since as date)",
    "until": "current.published_at < cast(:until as date) + 1",
}


def citations(engine: sa.Engine, chosen: Chosen) -> Iterator[dict[str, Any]]:
    """One row per entry of the reference list of a chosen article's current version.

    Its columns are those of `warehouse.citations`, with `citing_url`, `source` and `names`, a list
    of `citation_names` in their order or null. Rows come by version and position.

    Raises:
        Misconfigured: A source or the article is not in the warehouse.
    """
    given = {name: value for name, value in chosen._asdict().items() if value}
    if chosen.sources:
        given["sources"] = list(chosen.sources)
    conditions = "\n        ".join(f"and {CONDITIONS[name]}" for name in given)
    with engine.connect() as connection:
        _check(connection, chosen)
        stream = connection.execution_options(stream_results=True, yield_per=AT_ONCE)
        found = stream.execute(sa.text(CITATIONS.format(conditions=conditions)), given)
        for row in found.mappings():
            yield dict(row)


def _check(connection: sa.Connection, chosen: Chosen) -> None:
    """Look whether what was named is there: an empty file would say nothing of a slip."""
    known = set(connection.scalars(sa.text("select name from warehouse.sources")))
    if odd := sorted(set(chosen.sources) - known):
        listed = ", ".join(sorted(known)) or "none"
        raise Misconfigured(f"source {odd[0]!r} is not in the warehouse; it has {listed}")
    asked = sa.text("select count(*) from warehouse.articles where url = :url")
    if chosen.article and not connection.scalar(asked, {"url": chosen.article}):
        raise Misconfigured(
            f"article {chosen.article!r} is not in the warehouse; "
            "give its URL as in reporting.articles"
        )
