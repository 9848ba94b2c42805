"""Parsed citations to the `works` frame: which entries cite the same work."""

import polars as pl

from etl.schema import Work, conform, key
from etl.transform.citations.names import surname
from etl.transform.citations.parse import Reference
from etl.transform.text import collapse, fold

LONGEST_FALLBACK = 200
"""Characters of the entry that stand for the title of a work known by its DOI or ISBN alone."""

LONGEST_KEY = 400
"""Characters of a title key: an index row of Postgres holds 2,700 bytes, and a letter up to 4."""

LONGEST_SURNAME = 80
"""Characters of a surname in an identity; what is longer is the name of a body."""

WHOLE_BOOKS = ("book", "report", "thesis", "document")
"""Kinds an ISBN identifies; a chapter shares it with the other chapters."""


def identity(reference: Reference) -> str | None:
    """What makes the cited work the one it is; None without a title, DOI or ISBN.

    `doi:…`, `isbn:…` of a whole book, else `ref:` and the first author's folded surname, the
    folded title and the year, parted by `|`; what is unknown stays empty.
    """
    if reference.doi:
        return f"doi:{reference.doi}"
    if reference.isbn and reference.kind in WHOLE_BOOKS:
        return f"isbn:{reference.isbn}"
    if not (title := title_key(reference.title or "")):
        return None
    people = reference.authors or reference.editors
    first = surname(people[0])[:LONGEST_SURNAME] if people else ""
    return f"ref:{first}|{title}|{reference.year or ''}"


def title_key(title: str) -> str:
    """`title` folded for matching, cut so that it fits an index."""
    return fold(title)[:LONGEST_KEY].rstrip()


def work(reference: Reference, raw: str) -> dict[str, str | int | float | None]:
    """The work a citation resolves to, as that citation describes it; its id None if none.

    A work known by DOI or ISBN alone takes its container, or the beginning of the entry, as title.
    """
    known_as = identity(reference)
    title = reference.title or reference.container_title or collapse(raw)[:LONGEST_FALLBACK]
    return {
        "work_id": key(known_as) if known_as else None,
        "identity": known_as,
        "kind": reference.kind,
        "title": title,
        "title_key": title_key(title),
        "authors": "; ".join(reference.authors) or None,
        "container_title": reference.container_title,
        "year": reference.year,
        "publisher": reference.publisher,
        "doi": reference.doi,
        "isbn": reference.isbn,
        "url": reference.url,
        "confidence": reference.confidence,
    }


def works(found: pl.DataFrame) -> pl.DataFrame:
    """One row per work among the rows of `work`, ready to load into `works`.

    The surest citation describes the work; among equals the first by its fields in order, so the
    result does not depend on the order of rows.
    """
    fields = [name for name in found.columns if name not in ("identity", "confidence")]
    surest = (
        found.filter(pl.col("identity").is_not_null())
        .sort(
            "identity",
            "confidence",
            *fields,
            descending=[False, True, *([False] * len(fields))],
            nulls_last=True,
        )
        .unique("identity", keep="first", maintain_order=True)
    )
    return conform(surest, Work)
