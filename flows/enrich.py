"""Cited works looked up at Crossref and OpenAlex, by request only: a flow of its own.

Works with a DOI are asked of OpenAlex in batches, then of Crossref one by one if OpenAlex has none;
works without one are asked of Crossref in words. Each answer is written when it comes, so a
killed run goes on where it was. `flows.ingest` knows nothing of this.
"""

from collections import Counter
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import sqlalchemy as sa
from prefect import flow

from etl.errors import Misconfigured
from etl.extract.registries.questions import Asker
from etl.extract.web import USER_AGENT, Limits, Web, online
from etl.load import enrichments
from etl.load.engine import warehouse
from etl.load.locks import held
from etl.load.migrate import upgrade
from etl.settings import Settings
from etl.sources.feeds import Visits
from flows.lookups import Lookups

LIMITS = Limits(at_once=2, at_once_per_host=1)
"""One request at a time to each of the two, as both ask of those they do not know."""

PAUSE_SECONDS = 0.5
"""Between two requests to one of them: Crossref allows three questions in words a second."""


@dataclass
class EnrichReport:
    """What came of a run: `works` is the sum of all other counts."""

    works: int = 0
    unaskable: int = 0
    """No DOI, and too little is printed to tell whether a record is right."""
    resting: int = 0
    """Answered before, and the answer has not expired."""
    left: int = 0
    """Due, but over the limit of this run or not come to: the next run takes them up."""
    outcomes: Counter[str] = field(default_factory=Counter)
    """Works asked about in this run, by outcome."""
    failures: Counter[str] = field(default_factory=Counter)
    """Reasons of those that failed or were left."""

    @property
    def exit_code(self) -> int:
        """0, or 3 if a question failed."""
        return 3 if self.failures else 0


def run(most: int) -> EnrichReport:
    """Run the flow here and return its report.

    Raises:
        Misconfigured: It is not switched on, or nobody is named to write to.
    """
    report: EnrichReport = enrich(most)
    return report


@flow(name="enrich", persist_result=False)
def enrich(most: int = 2_000) -> EnrichReport:
    """Ask about at most `most` works whose answer is missing or has expired."""
    settings = Settings.read()
    asker = asker_of(settings)
    start_seconds = settings.postgres_start_seconds
    with warehouse(settings.url, settings.home, start_seconds) as engine:
        upgrade(engine)
        # Two runs at once would ask the same.
        with held(engine, "enrich"), _web(settings, asker) as web:
            return _all(engine, Lookups(web, asker), most)


def asker_of(settings: Settings) -> Asker:
    """Who asks, and where.

    Raises:
        Misconfigured: It is not switched on, or nobody is named to write to.
    """
    if not settings.enrich:
        raise Misconfigured(
            "ETL_ENRICH is off, so nobody was asked; set ETL_ENRICH=true and ETL_ENRICH_MAILTO"
        )
    if not settings.enrich_mailto:
        raise Misconfigured(
            "ETL_ENRICH_MAILTO is not set; give the e-mail address that Crossref and OpenAlex may "
            "write to"
        )
    key = settings.enrich_openalex_key
    return Asker(
        settings.enrich_openalex_url,
        settings.enrich_crossref_url,
        settings.enrich_mailto,
        key.get_secret_value() if key else None,
    )


def _web(settings: Settings, asker: Asker) -> AbstractContextManager[Web]:
    """The web as both are asked: they are for programs, so robots.txt has no say."""
    names = ("enrich_openalex_url", "enrich_crossref_url")
    is_own = any(getattr(settings, n) != Settings.model_fields[n].default for n in names)
    visits = Visits(
        allow_private=is_own, obey_robots=False, delay_seconds=PAUSE_SECONDS, pages_per_run=10**6
    )
    return online(visits, LIMITS, user_agent=f"{USER_AGENT} (mailto:{asker.mailto})")


def _all(engine: sa.Engine, lookups: Lookups, most: int) -> EnrichReport:
    """Ask about all that is due; counts that add up."""
    now = datetime.now(UTC)
    counted = enrichments.counts(engine, now)
    report = EnrichReport(*counted)
    for answers in lookups.of(enrichments.due(engine, now, most)):
        enrichments.remember(engine, answers)
        report.outcomes.update(answer.outcome for answer in answers)
        report.failures.update(a.reason for a in answers if a.outcome == "failed")
    report.failures.update(lookups.postponed)
    report.left = counted.works - counted.unaskable - counted.resting - report.outcomes.total()
    return report
