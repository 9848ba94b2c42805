"""Crossref and OpenAlex as a small server plays them, with records that were made up."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

import sqlalchemy as sa

from etl.extract.registries.questions import Asker
from etl.extract.web import Limits, online
from etl.schema import key
from etl.sources.feeds import Visits
from flows import enrich
from flows.enrich import EnrichReport
from flows.lookups import Lookups
from tests.servers import Journal, Reply

JSON = "application/json"

BRIDGE = "Bridges of the upper Zarafshan"
QUICK = Limits(
    page_seconds=1, silence_seconds=0.3, tries=2, backoff_seconds=0.01, at_once_per_host=1
)

WORK = """
    insert into warehouse.works (
        work_id, identity, kind, title, title_key, authors, year, doi, confidence, run_id, loaded_at
    ) values (
        :work_id, :identity, :kind, :title, lower(:title), :authors, :year, :doi, 0.9,
        '00000000-0000-0000-0000-000000000001', now()
    )
"""


def said(value: Any, **kept: Any) -> Reply:
    """A reply in JSON."""
    return Reply(json.dumps(value).encode(), content_type=JSON, **kept)


def openalex(journal: Journal, *works: Mapping[str, Any]) -> None:
    """Let OpenAlex know `works`; it gives those whose DOI is asked for."""

    def answer(query: str, _: Mapping[str, str]) -> Reply:
        asked = parse_qs(query)["filter"][0].removeprefix("doi:").split("|")
        found = [w for w in works if str(w["doi"]).removeprefix("https://doi.org/") in asked]
        return said({"meta": {"count": len(found)}, "results": found})

    journal.answers("/openalex/works", answer)


def openalex_work(doi: str, title: str, author: str = "Mira Saidova") -> dict[str, Any]:
    """A work as OpenAlex lists it."""
    return {
        "id": f"https://openalex.org/W{abs(hash(doi)) % 10**9}",
        "doi": f"https://doi.org/{doi}",
        "display_name": title,
        "publication_year": 2019,
        "type": "article",
        "authorships": [{"author": {"display_name": author}}],
        "primary_location": {"source": {"display_name": "Studies of the Oasis"}},
    }


def crossref_work(
    doi: str, title: str, family: str = "Saidova", year: int | None = 2019
) -> dict[str, Any]:
    """A work as Crossref describes it."""
    return {
        "DOI": doi.upper(),
        "title": [title],
        "author": [{"family": family, "given": "Mira", "sequence": "first"}],
        "issued": {"date-parts": [[year, 5]]},
        "container-title": ["Studies of the Oasis"],
        "type": "journal-article",
        "score": 31.5,
    }


def crossref(journal: Journal, *works: Mapping[str, Any]) -> None:
    """Let Crossref answer any question in words with `works`."""
    answer = said({"status": "ok", "message": {"items": list(works)}})
    journal.answers("/crossref/works", lambda query, headers: answer)


def cite(
    engine: sa.Engine,
    name: str,
    title: str = BRIDGE,
    *,
    doi: str | None = None,
    authors: str | None = "Saidova M.",
    year: int | None = 2019,
    kind: str = "article-journal",
) -> None:
    """Put a work into the warehouse."""
    given = {"title": title, "doi": doi, "authors": authors, "year": year, "kind": kind}
    with engine.begin() as connection:
        connection.execute(sa.text(WORK), {"work_id": key(name), "identity": name, **given})


def ask(engine: sa.Engine, registry: Journal, most: int = 100) -> EnrichReport:
    """Ask as the flow does, but without its pauses."""
    asker = Asker(registry.url("/openalex"), registry.url("/crossref"), "desk@example.org", "k1")
    visits = Visits(allow_private=True, obey_robots=False, delay_seconds=0)
    with online(visits, QUICK, user_agent="etl (mailto:desk@example.org)") as web:
        report = enrich._all(engine, Lookups(web, asker), most)
    asked = report.outcomes.total()
    assert report.works == report.unaskable + report.resting + report.left + asked
    return report


def outcome(engine: sa.Engine, name: str) -> tuple[str, str, str]:
    """Outcome, provider and reason of a work."""
    query = "select outcome, provider, reason from ops.enrichments where work_id = :work"
    with engine.connect() as connection:
        row = connection.execute(sa.text(query), {"work": key(name)}).one()
    return row[0], row[1], row[2]
