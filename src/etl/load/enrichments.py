"""Works to ask Crossref and OpenAlex about, and their answers, in `ops.enrichments`.

Nothing of `warehouse` is written: what pages print stays as it is.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from etl.schema import Enrichment

REGISTERED_KINDS = (
    *("article", "article-journal", "book", "chapter", "dataset", "document", "paper-conference"),
    *("report", "review-book", "thesis"),
)
"""Kinds of works without a DOI that are worth a question: neither registers laws or archives."""

ASKABLE = """
    (works.doi is not null
        or works.authors is not null and works.year is not null and works.kind = any(:kinds))
"""
"""Works of which an answer could be told to be right."""

RESTS = """
    exists (
        select from ops.enrichments
        where enrichments.work_id = works.work_id and expires_at > :now
    )
"""

DUE = f"""
    select work_id, title, authors, container_title, year, doi
    from warehouse.works
    where {ASKABLE} and not {RESTS}
    order by doi is null, work_id
    limit :most
"""

COUNTS = f"""
    select
        count(*) as works,
        count(*) filter (where not {ASKABLE}) as unaskable,
        count(*) filter (where {ASKABLE} and {RESTS}) as resting
    from warehouse.works
"""


class Due(NamedTuple):
    """A work to ask about, as printed."""

    work_id: int
    title: str
    authors: str | None
    container_title: str | None
    year: int | None
    doi: str | None


class Counts(NamedTuple):
    """Works of the warehouse; those that are neither unaskable nor resting are due."""

    works: int
    unaskable: int
    """No DOI, and too little is printed to tell whether a record is right."""
    resting: int
    """Their answer has not expired."""


class Answered(NamedTuple):
    """One row of `ops.enrichments`."""

    work_id: int
    provider: str
    outcome: str
    reason: str
    asked_at: datetime
    expires_at: datetime
    score: float | None = None
    record_id: str | None = None
    doi: str | None = None
    title: str | None = None
    container_title: str | None = None
    year: int | None = None
    kind: str | None = None
    authors: str | None = None


def due(engine: sa.Engine, now: datetime, most: int) -> list[Due]:
    """At most `most` works whose answer is missing or has expired, those with a DOI first."""
    given = {"kinds": list(REGISTERED_KINDS), "now": now, "most": most}
    with engine.connect() as connection:
        return [Due(*row) for row in connection.execute(sa.text(DUE), given)]


def counts(engine: sa.Engine, now: datetime) -> Counts:
    """How many works there are, and how many of them are not due."""
    given = {"kinds": list(REGISTERED_KINDS), "now": now}
    with engine.connect() as connection:
        return Counts(*connection.execute(sa.text(COUNTS), given).one())


def remember(engine: sa.Engine, answers: Sequence[Answered]) -> None:
    """Write answers at once, each in place of the one before; a kill later leaves them.

    What a record said before stays where the new question failed.
    """
    if not answers:
        return
    table = Enrichment.sql()
    statement = insert(table)
    new = statement.excluded
    told: dict[str, Any] = {name: new[name] for name in Answered._fields if name != "work_id"}
    is_kept = (new.outcome == "failed") & (table.c.outcome == "found")
    kept = ("provider", "outcome", "reason", "asked_at")
    fields = (*kept, *Answered._fields[6:])
    told |= {name: sa.case((is_kept, table.c[name]), else_=new[name]) for name in fields}
    statement = statement.on_conflict_do_update(index_elements=["work_id"], set_=told)
    with engine.begin() as connection:
        connection.execute(statement, [answer._asdict() for answer in answers])
