"""What runs of weeks and months leave in a warehouse, written straight into its tables."""

import itertools
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa

from etl.schema import key
from tests.load.rows import run_id

SOURCES = """
    insert into warehouse.sources (source_id, name, title, language, timezone, run_id, loaded_at)
    values (:source_id, :name, :name, 'en', 'UTC', :run_id, now())
"""

ARTICLES = """
    insert into warehouse.articles (
        article_id, source_id, url, first_seen_at, last_seen_at, run_id, loaded_at
    )
    select id, :source_id, 'u' || id, fetched_at, fetched_at, :run_id, fetched_at
    from unnest(cast(:ids as bigint[]), cast(:fetched as timestamptz[])) as given (id, fetched_at)
"""

VERSIONS = """
    insert into warehouse.article_versions (
        version_id, article_id, version_number, is_current, title, title_key, published_at,
        published_precision, published_method, body, reference_text, word_count, content_hash,
        snapshot_hash, fetched_at, seen_from_at, run_id, loaded_at
    )
    select
        id, id, 1, true, 'A title', 'atitle', published_at,
        case when published_at is not null then :precision end,
        case when published_at is not null then 'dateline' end,
        'A body.', case when has_references then 'A work.' end, 2, 'c' || id,
        's', fetched_at, fetched_at, :run_id, fetched_at
    from unnest(
        cast(:ids as bigint[]), cast(:fetched as timestamptz[]), cast(:published as timestamptz[]),
        cast(:references as boolean[])
    ) as given (id, fetched_at, published_at, has_references)
"""

SIGNED = """
    insert into warehouse.article_authors (
        version_id, position, author_id, printed_name, kind, role, run_id, loaded_at
    )
    select id, 1, 1, 'A. Writer', 'person', 'author', :run_id, now()
    from unnest(cast(:signed as bigint[])) as id
"""

AUTHOR = """
    insert into warehouse.authors (author_id, name, name_key, run_id, loaded_at)
    values (1, 'A. Writer', 'a writer', :run_id, now())
    on conflict do nothing
"""

URLS = """
    insert into ops.urls (
        source, url, article_url, location, feed, is_live, first_seen_at, last_seen_at,
        failure_count
    )
    select :name, 'u' || id, 'u' || id, 'u' || id, 'f', true, found_at, found_at, 0
    from unnest(cast(:ids as bigint[]), cast(:found as timestamptz[])) as given (id, found_at)
"""

RUNS = """
    insert into ops.runs (run_id, flow_run_name, code_version, sources, state, started_at, ended_at)
    select id, 'run', '1', :name, 'completed', at, at
    from unnest(cast(:run_ids as uuid[]), cast(:at as timestamptz[])) as given (id, at)
    on conflict do nothing
"""

STEPS = """
    insert into ops.steps (run_id, source, step, state, started_at, ended_at, error)
    select id, :name, 'extract', :state, at, at, :error
    from unnest(cast(:run_ids as uuid[]), cast(:at as timestamptz[])) as given (id, at)
"""

FEED = """
    insert into ops.feeds (
        source, feed, asked_at, failure_count, interval_seconds, due_at, link_count, new_count,
        problem
    )
    values (:name, :feed, :asked_at, :failures, 3600, :due_at, 1, 0, :problem)
    on conflict (source, feed) do update set
        asked_at = excluded.asked_at,
        due_at = excluded.due_at,
        failure_count = excluded.failure_count,
        problem = excluded.problem
"""

OUTCOMES = """
    insert into ops.outcomes (run_id, source, url, outcome, reason, recorded_at)
    select :run_id, :name, url, outcome, reason, :at
    from unnest(cast(:urls as text[]), cast(:outcomes as text[]), cast(:reasons as text[]))
        as given (url, outcome, reason)
"""

FIRST = datetime(2024, 1, 1, tzinfo=UTC)
"""A Monday."""

_serial = itertools.count(1)


def day(number: float) -> datetime:
    """A time, in days from the first of January 2024."""
    return FIRST + timedelta(days=number)


def noons(count: int, first: int = 0) -> list[datetime]:
    """Noon of some days in a row."""
    return [day(first + n + 0.5) for n in range(count)]


class History:
    """What is remembered of one source; every method adds rows."""

    def __init__(self, engine: sa.Engine, name: str) -> None:
        self.engine = engine
        self.name = name
        self._do(SOURCES, source_id=key(name))

    def articles(
        self,
        found: Sequence[datetime],
        *,
        fetched: Sequence[datetime] | None = None,
        published: datetime | None = None,
        precision: str = "day",
        is_dated: bool = True,
        is_signed: bool = True,
        has_references: bool = True,
    ) -> None:
        """Articles that feeds announced at `found`, published then unless told otherwise."""
        ids = list(itertools.islice(_serial, len(found)))
        count = len(ids)
        dates = [published or at for at in found] if is_dated else [None] * count
        given = {"ids": ids, "fetched": fetched or found, "source_id": key(self.name)}
        self._do(AUTHOR)
        self._do(ARTICLES, **given)
        self._do(
            VERSIONS,
            **given,
            published=dates,
            precision=precision,
            references=[has_references] * count,
        )
        self._do(SIGNED, signed=ids if is_signed else [])
        self._do(URLS, ids=ids, found=found)

    def runs(
        self, at: Iterable[datetime], *, state: str = "completed", error: str | None = None
    ) -> None:
        """Runs that asked the source at these times."""
        times = list(at)
        ids = [uuid5(UUID(int=0), f"{self.name} {time}") for time in times]
        self._do(RUNS, run_ids=ids, at=times)
        self._do(STEPS, run_ids=ids, at=times, state=state, error=error)

    def feed(
        self,
        asked_at: datetime,
        *,
        feed: str = "rss https://steppe.example/feed",
        failures: int = 0,
        problem: str | None = None,
        wait: timedelta = timedelta(hours=1),
    ) -> None:
        """A feed that was last asked at `asked_at`."""
        self._do(
            FEED,
            feed=feed,
            asked_at=asked_at,
            failures=failures,
            problem=problem,
            due_at=asked_at + wait,
        )

    def outcomes(self, at: datetime, *rows: tuple[str, str, str | None]) -> None:
        """A run that ended at `at` with these URLs, outcomes and reasons."""
        self.runs([at])
        urls, outcomes, reasons = map(list, zip(*rows, strict=True))
        run = uuid5(UUID(int=0), f"{self.name} {at}")
        self._do(OUTCOMES, run_id=run, at=at, urls=urls, outcomes=outcomes, reasons=reasons)

    def health(self) -> dict[str, Any]:
        """Its row of `ops.source_health`."""
        asked = sa.text("select * from ops.source_health where source = :name")
        with self.engine.connect() as connection:
            return dict(connection.execute(asked, {"name": self.name}).mappings().one())

    def _do(self, statement: str, **given: Any) -> None:
        """Run one statement about this source."""
        with self.engine.begin() as connection:
            named = {"name": self.name, "run_id": run_id(self.name)}
            connection.execute(sa.text(statement), named | given)


def steady(engine: sa.Engine, name: str = "steady", count: int = 70) -> History:
    """A source that was run every noon and gave one article each time, but for the first day."""
    source = History(engine, name)
    source.runs(noons(count))
    source.articles(noons(count - 1, first=1))
    source.feed(day(count - 0.5))
    return source


def asked(source: History, *times: datetime) -> dict[str, Any]:
    """Its health after runs at `times` that brought nothing."""
    source.runs(times)
    source.feed(times[-1])
    return source.health()
