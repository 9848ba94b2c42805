"""What Crossref and OpenAlex say of cited works, in schema `ops`: beside what pages print."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from etl.schema.base import Table, column, key, one_of
from etl.schema.ops import SCHEMA

PROVIDERS = ("openalex", "crossref")
"""Who is asked, in order."""

ENRICHMENT_OUTCOMES = ("found", "not_found", "ambiguous", "failed")
"""How a question about a work ended.

* `found`      one record agrees with what is printed
* `not_found`  no record has the DOI or the title
* `ambiguous`  records come near, but none agrees for certain, or more than one does
* `failed`     no answer that could be read came
"""


class Enrichment(Table):
    """One row per cited work that Crossref or OpenAlex was asked about: the latest answer."""

    __tablename__ = "enrichments"
    __table_args__ = (
        one_of("provider", PROVIDERS),
        one_of("outcome", ENRICHMENT_OUTCOMES),
        sa.CheckConstraint("score between 0 and 1", name="score_share"),
        sa.CheckConstraint("expires_at > asked_at", name="expires_later"),
        {"schema": SCHEMA, "comment": __doc__},
    )

    work_id: orm.Mapped[int] = key("Work of `warehouse.works`.", primary_key=True)
    provider: orm.Mapped[str] = column("Whose answer it is: openalex or crossref.")
    outcome: orm.Mapped[str] = column("found, not_found, ambiguous or failed.")
    reason: orm.Mapped[str] = column("Why, in one line.")
    score: orm.Mapped[float | None] = column(
        "Likeness of the printed title and that of the nearest record, 0 to 1; null without one."
    )
    record_id: orm.Mapped[str | None] = column("Id of the nearest record at its provider.")
    doi: orm.Mapped[str | None] = column("DOI of that record, in lower case, without a resolver.")
    title: orm.Mapped[str | None] = column("Its title.")
    container_title: orm.Mapped[str | None] = column("Journal, book or proceedings it is in.")
    year: orm.Mapped[int | None] = column("Its year of publication.", sa.SmallInteger)
    kind: orm.Mapped[str | None] = column("Its kind, in the provider's own words.")
    authors: orm.Mapped[str | None] = column(
        "Its authors as a JSON array of objects: `family` and `given`, or `literal`."
    )
    asked_at: orm.Mapped[datetime] = column("When the provider was asked.")
    expires_at: orm.Mapped[datetime] = column("Until then the work is not asked about again.")
