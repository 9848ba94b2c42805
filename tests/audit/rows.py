"""A staged batch to spoil: invented pages, staged as a run would, changed with SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from etl.audit import Verdict, audit
from etl.load import staging
from tests.load.rows import SOURCE, Page, batch, run_id

NOW = datetime(2024, 6, 1, tzinfo=UTC)
"""Time of every audit here: after all fetches."""

RUN = run_id("audited")

TEXT = (
    "Herders of the northern steppe met the officials of two ministries in spring. They came by "
    "lorry from eleven districts, and most had left their flocks with a brother or a son. The "
    "talk was of wells: who digs them, who may close them, and what a household pays for a day "
    "of water once its own has run dry. Nobody wrote the promises down, an elder remarked at the "
    "end, so everybody would remember those that suited him."
)


def page(number: int, **changes: Any) -> Page:
    """A page that meets every expectation; `changes` are fields of `Page`."""
    fields: dict[str, Any] = {
        "url": f"https://steppe.example/{number}",
        "day": 2,
        "text": f"{TEXT}\nIt was meeting {number}.",
        "title": f"Meeting {number} of the herders",
        "published": datetime(2024, 5, 1, tzinfo=UTC),
        "mentions": (f"Herder Union {number}", "Ministry of Water"),
        "cites": (f"Ospanov, Report {number}, 2019", "Karimova, Wells of the Steppe, 2011"),
        "authors": (f"Aigul {'abcdefghij'[number // 10]}{'abcdefghij'[number % 10]}eva",),
        "work_year": 2011,
    }
    return Page(**fields | changes)


@dataclass
class Staged:
    """A batch in its staging schema."""

    engine: sa.Engine
    schema: str
    counts: dict[str, int] = field(default_factory=dict)

    def plant(self, statement: str, **parameters: Any) -> list[str]:
        """Run SQL on the staged tables, recount them; what it returns, as row keys."""
        with self.engine.begin() as connection:
            connection.execute(sa.text(f"set local search_path = {self.schema}"))
            result = connection.execute(sa.text(statement), parameters)
            rows = result.all() if result.returns_rows else []
        self.recount()
        return [",".join("null" if part is None else str(part) for part in row) for row in rows]

    def recount(self) -> None:
        """Take the staged rows as the ones that were written."""
        with self.engine.connect() as connection:
            self.counts = staging.staged_counts(connection, self.schema)

    def audit(self, max_set_aside_share: float = 0.2, source: str = SOURCE) -> Verdict:
        """Audit it as a run would."""
        return audit(self.engine, self.schema, RUN, source, self.counts, NOW, max_set_aside_share)

    def rows(self, query: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """What a query on staged tables, `dq` or `warehouse` yields."""
        with self.engine.begin() as connection:
            connection.execute(sa.text(f"set local search_path = {self.schema}"))
            return [tuple(row) for row in connection.execute(sa.text(query), parameters)]

    def violations(self) -> list[tuple[Any, ...]]:
        """Suite, expectation and number of rows, of all expectations that rows failed."""
        return self.rows(
            "select suite, expectation, count(*) from dq.violations group by 1, 2 order by 1, 2"
        )


@contextmanager
def staged(engine: sa.Engine, *pages: Page, source: str = SOURCE) -> Iterator[Staged]:
    """Pages in the staging schema of a batch."""
    with staging.batch(engine, RUN, source) as schema:
        counts = staging.stage(engine, schema, batch(*pages, source=source))
        yield Staged(engine, schema, counts)
