"""`etl enrich`: what Crossref and OpenAlex know of cited works, beside what pages print."""

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from etl.cli import render

if TYPE_CHECKING:
    from flows.enrich import EnrichReport


def enrich(
    *,
    limit: Annotated[int, Parameter(validator=Number(gte=1))] = 2_000,
    json: bool = False,
    verbose: Annotated[bool, Parameter(alias="-v")] = False,
) -> int:
    """Ask Crossref and OpenAlex about cited works; only if ETL_ENRICH is on.

    Parameters
    ----------
    limit
        Works asked about in this run; the next run goes on.
    json
        Print the report as JSON.
    verbose
        Show Prefect's own log.
    """
    from etl.settings import Settings
    from flows import runtime

    settings = Settings.read()
    runtime.prepare(settings.home, settings.prefect_start_seconds, verbose=verbose)
    from flows import enrich

    # Before Prefect and Postgres start: most mistakes are here.
    enrich.asker_of(settings)
    report = enrich.run(limit)
    if json:
        render.as_json(vars(report) | {"exit_code": report.exit_code})
    else:
        _show(report)
    return report.exit_code


def _show(report: "EnrichReport") -> None:
    """Print counts that add up to the works of the warehouse, and what failed."""
    counted = {name: getattr(report, name) for name in ("works", "unaskable", "resting", "left")}
    render.table("Cited works", [counted | dict(sorted(report.outcomes.items()))])
    if report.failures:
        render.table(
            "Failed or left",
            [{"works": n, "reason": reason} for reason, n in report.failures.most_common(20)],
        )
    question = "select * from reporting.enriched_works where outcome = 'found' limit 5"
    render.hints((f'sql "{question}"', "what was found"))
