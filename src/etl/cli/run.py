"""`etl run`: new pages of one source or all, all the way to published tables."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from etl.cli import render

if TYPE_CHECKING:
    from flows.report import RunReport


def run(
    *source: str,
    dry_run: bool = False,
    due: bool = False,
    json: bool = False,
    verbose: Annotated[bool, Parameter(alias="-v")] = False,
) -> int:
    """Extract, transform, stage, audit and publish what is new.

    Parameters
    ----------
    source
        Names of sources; all of them if none is named.
    dry_run
        Read and transform, but write nothing.
    due
        Leave feeds and failed pages alone that rest: what a schedule does.
    json
        Print the report as JSON.
    verbose
        Show Prefect's own log, and the traceback of an error.
    """
    report = _ingest(list(source), dry_run=dry_run, due=due, verbose=verbose)
    if json:
        render.as_json(as_dict(report))
    else:
        show(report)
    return report.exit_code


def _ingest(sources: list[str], *, dry_run: bool, due: bool, verbose: bool) -> "RunReport":
    """Run the flow against the Prefect in force and listen to its progress."""
    from etl.settings import Settings
    from flows import runtime

    settings = Settings.read()
    runtime.prepare(settings.home, settings.prefect_start_seconds, verbose=verbose)
    from sqlalchemy.exc import OperationalError

    from etl.errors import Broken, EtlError, WarehouseUnreachable
    from flows import ingest

    try:
        with _progress():
            return ingest.run(sources, dry_run, due)
    except EtlError:
        raise
    except OperationalError as error:
        line = str(error.orig).splitlines()[0]
        raise WarehouseUnreachable(f"lost during the run: {line}; start it again") from error
    except Exception as error:
        if verbose:
            raise
        server = os.environ.get("PREFECT_API_URL", "its own temporary server")
        line = (str(error) or repr(error)).splitlines()[0]
        raise Broken(
            f"{type(error).__name__}: {line} (Prefect: {server}); `etl run --verbose` tells more"
        ) from error


@contextmanager
def _progress() -> Iterator[None]:
    """A bar on standard error, if that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from flows.progress import heard_by

    bar = Progress(
        TextColumn("{task.description:<40}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(file=sys.stderr),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    with bar:
        task = bar.add_task("starting Prefect and Postgres", total=None)

        def listen(source: str, step: str, done: int, total: int) -> None:
            bar.update(task, description=f"{source}: {step}", completed=done, total=total)

        with heard_by(listen):
            yield


def as_dict(report: "RunReport") -> dict[str, object]:
    """The report with its sums, for JSON."""
    return {
        **asdict(report),
        "state": report.state,
        "exit_code": report.exit_code,
        "error": report.error,
        "rows_written": report.rows_written,
        "tables": {name: asdict(counts) for name, counts in report.tables().items()},
    }


def show(report: "RunReport") -> None:
    """Print what was loaded, what was not and why, and what to type next."""
    dry = " (dry run: nothing was written)" if report.is_dry else ""
    render.out(f"Run {report.name}: {report.state} in {report.seconds:.1f} s{dry}")
    render.out()
    _show_sources(report)
    _show_tables(report)
    _show_issues(report)
    _show_rules(report)
    for line in _errors(report):
        sys.stderr.write(f"{line}\n")
    if not report.is_dry and not report.rows_written and report.state == "completed":
        render.out(f"Nothing new: {_looked_at(report)}, no row of the warehouse written.")
        render.out()
    render.hints(*_next(report))


def _looked_at(report: "RunReport") -> str:
    """What a run looked at: `feeds asked: 2 (1 with no news), URLs looked at: 32`."""
    feeds = sum(source.feed_count for source in report.sources)
    still = sum(source.still_count for source in report.sources)
    urls = sum(source.url_count for source in report.sources)
    as_before = f" ({still:,} with no news)" if still else ""
    return f"feeds asked: {feeds:,}{as_before}, URLs looked at: {urls:,}"


def _show_sources(report: "RunReport") -> None:
    """URLs by outcome, one line a source."""
    kinds = sorted({kind for source in report.sources for kind in source.outcomes})
    render.table(
        "URLs",
        [
            {"source": source.source, "found": source.url_count}
            | {kind: source.outcomes.get(kind, 0) for kind in kinds}
            | {"warnings": source.warnings, "seconds": round(source.seconds, 1)}
            for source in report.sources
        ],
    )


def _show_tables(report: "RunReport") -> None:
    """What became of the staged rows, one line a table."""
    render.table(
        "Rows",
        [
            {"table": name} | asdict(counts)
            for name, counts in report.tables().items()
            if counts.staged or counts.written
        ],
    )


def _show_issues(report: "RunReport", most: int = 20) -> None:
    """URLs that were not loaded, with their reasons."""
    issues = [issue for source in report.sources for issue in source.issues]
    if not issues:
        return
    render.out("Not loaded")
    for issue in issues[:most]:
        render.out(f"  {issue.url}")
        render.out(f"      {issue.outcome}: {issue.reason}")
    if len(issues) > most:
        render.out(f"  … and {len(issues) - most} more: `etl status` lists them all")
    render.out()


def _show_rules(report: "RunReport") -> None:
    """Rules for pages that a person should look at."""
    notes = [f"{source.source}: {note}" for source in report.sources for note in source.rule_notes]
    if notes:
        render.out("Reading rules")
        for note in notes:
            render.out(f"  {note}")
        render.out()


def _errors(report: "RunReport") -> list[str]:
    """One line per source that failed and per feed that could not be read."""
    lines = [f"etl: {s.source}: {s.error}" for s in report.sources if s.error]
    return lines + [
        f"etl: {s.source}: {failure}"
        for s in report.sources
        for failure in s.feed_failures
        if failure != s.error
    ]


def _next(report: "RunReport") -> list[tuple[str, str]]:
    """The commands that lead on from here."""
    if report.is_dry:
        return [("run", "load it")]
    if report.state == "failed":
        return [("status", "what the last runs did"), ("config show", "the settings in force")]
    return [
        ("status", "what the warehouse holds and how the last runs went"),
        ('sql "select title, citation_count from reporting.most_cited_works limit 5"', "ask it"),
        ("serve", "keep it up for a BI tool, and print its URL"),
        ("sources list", "what is read; ETL_SOURCES names a folder of your own"),
    ]
