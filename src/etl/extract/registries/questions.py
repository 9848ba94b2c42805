"""Addresses at which Crossref and OpenAlex answer questions about works."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote, urlencode

BATCH = 50
"""DOIs in one question to OpenAlex: so many alternatives of a filter are certain to be taken,
and the address stays short enough for proxies."""

LONGEST_DOI = 200
"""Characters of a DOI in a batch; with longer ones the address might not be taken."""

ROWS = 3
"""Records asked for by title: the work is the first, or its reprints are among the next."""

MOST_WORDS = 400
"""Characters of a bibliographic question: more does not find more."""

OPENALEX_FIELDS = "id,doi,display_name,publication_year,type,authorships,primary_location"
CROSSREF_FIELDS = "DOI,title,original-title,author,issued,container-title,type"


class Asker(NamedTuple):
    """Where both are, and who asks."""

    openalex: str
    crossref: str
    mailto: str
    openalex_key: str | None = None


def fits_openalex(doi: str) -> bool:
    """Whether a filter can hold the DOI: a comma or a bar in it would part it."""
    return len(doi) <= LONGEST_DOI and not set(doi) & set(",|")


def openalex_dois(asker: Asker, dois: Sequence[str]) -> str:
    """Address of the records with these DOIs, `BATCH` at most."""
    asked = {
        "filter": f"doi:{'|'.join(dois)}",
        "per_page": str(BATCH),
        "select": OPENALEX_FIELDS,
        "mailto": asker.mailto,
    }
    key = {"api_key": asker.openalex_key} if asker.openalex_key else {}
    return f"{asker.openalex.rstrip('/')}/works?{urlencode(asked | key)}"


def crossref_doi(asker: Asker, doi: str) -> str:
    """Address of the record with this DOI."""
    mailto = urlencode({"mailto": asker.mailto})
    return f"{asker.crossref.rstrip('/')}/works/{quote(doi, safe='')}?{mailto}"


def crossref_words(asker: Asker, words: str) -> str:
    """Address of the records that fit an entry best."""
    asked = {
        "query.bibliographic": words[:MOST_WORDS],
        "rows": str(ROWS),
        "select": CROSSREF_FIELDS,
        "mailto": asker.mailto,
    }
    return f"{asker.crossref.rstrip('/')}/works?{urlencode(asked)}"
