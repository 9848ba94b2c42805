"""Crossref and OpenAlex as a small server plays them, with records that were made up."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from tests.servers import Journal, Reply

JSON = "application/json"


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
