"""`etl status` and `etl config show`: what there is, and why it is so."""

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from etl.cli import health, render, rules

MASK = "***"


def status(*, json: bool = False) -> int:
    """Show what the warehouse holds and how its sources are; exit 3 if one needs a person.

    That is a source whose last run failed or lost something, that has been silent for too
    long, or of which a feed fails.

    Parameters
    ----------
    json
        Print JSON.
    """
    from etl.cli.warehouse import opened
    from etl.load import runs
    from etl.settings import Settings

    with opened() as engine:
        found = runs.status(engine)
    found["rules"] = rules.over(Settings.read().own_sources, datetime.now(UTC).date())
    sources = health.merged(found)
    if json:
        render.as_json(found)
    else:
        _show(found, sources)
    return 3 if any(health.is_unwell(row) for row in sources) else 0


RUNS = {
    "started_at": "started",
    "state": "state",
    "flow_run_name": "run",
    "url_count": "urls",
    "loaded_count": "loaded",
    "not_loaded_count": "not loaded",
    "written_count": "written",
    "seconds": "seconds",
}
"""What `etl status` shows of a run, and its heading there; `--json` has all of it."""

TABLES = ("table_name", "row_count", "last_loaded_at")

QUALITY = ("source", "suite", "expectation", "severity", "unexpected_count", "reason")

MOST_REASONS = 20
"""Reasons that are listed with their URLs: what fits on two screens."""


def _show(found: Mapping[str, list[dict[str, Any]]], sources: list[dict[str, Any]]) -> None:
    """Everything that was found, for a person."""
    now = datetime.now(UTC)
    shown = [{title: row[name] for name, title in RUNS.items()} for row in found["runs"]]
    render.table("Runs", shown)
    render.table("Sources", [health.line(row, now) for row in sources])
    runs = health.lost_runs(found["runs"])
    notices = health.notices(sources, found["feeds"])
    _show_notices("Look at", [*runs, *notices, *rules.notices(found["rules"])])
    weekly = [health.shares(row) for row in found["health"] if row["url_count"]]
    render.table("Outcomes of 7 days", _filled(weekly))
    _show_not_loaded(found["not_loaded"])
    render.table("Quality", found["quality"], QUALITY)
    render.table("Tables", found["tables"], TABLES)
    if not found["runs"]:
        render.out("No run yet; type `etl run`.")


def _filled(rows: list[dict[str, str | int]]) -> list[dict[str, str | int]]:
    """The rows without columns in which all of them are empty."""
    names = [name for name in (rows[0] if rows else ()) if any(row[name] != "" for row in rows)]
    return [{name: row[name] for name in names} for row in rows]


def _show_notices(title: str, notices: Iterable[health.Notice]) -> None:
    """Notices under a title; nothing if there are none."""
    listed = list(notices)
    if not listed:
        return
    render.out(title)
    for notice in listed:
        render.out(f"  {notice.about}")
        for line in notice.lines:
            render.out(f"      {line}")
    render.out()


def _show_not_loaded(rows: list[dict[str, Any]]) -> None:
    """URLs that were not loaded, by source and reason."""
    listed = health.not_loaded(rows)
    _show_notices("Not loaded", listed[:MOST_REASONS])
    if (more := len(listed) - MOST_REASONS) > 0:
        render.out(f"  … for {more:,} more reasons; `{render.command()} status --json` has all.")
        render.out()


def config(*, json: bool = False) -> int:
    """Show every setting, its value, and where the value came from; secrets are masked.

    Parameters
    ----------
    json
        Print JSON.
    """
    rows = settings_rows()
    if json:
        render.as_json(rows)
    else:
        render.table("Settings", rows, ("setting", "value", "from", "description"))
    return 0


def settings_rows() -> list[dict[str, str | None]]:
    """One row per setting."""
    from etl.settings import Settings

    settings = Settings.read()
    return [
        {
            "setting": f"ETL_{name.upper()}",
            "value": _shown(getattr(settings, name)),
            "from": _origin(name, name in settings.model_fields_set),
            "description": field.description,
        }
        for name, field in Settings.model_fields.items()
    ]


def _origin(name: str, is_set: bool) -> str:
    """Where a value came from, in the order in which places win."""
    if f"ETL_{name.upper()}" in {key.upper() for key in os.environ}:
        return "environment"
    return ".env" if is_set else "default"


def _shown(value: Any) -> str | None:
    """A value without its secrets: of a URL only the password is hidden."""
    from pydantic import SecretStr

    if not isinstance(value, SecretStr):
        return None if value is None else str(value)
    import sqlalchemy as sa

    try:
        return sa.make_url(value.get_secret_value()).render_as_string(hide_password=True)
    except sa.exc.ArgumentError:
        return MASK
