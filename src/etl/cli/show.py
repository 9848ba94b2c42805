"""`etl status` and `etl config show`: what there is, and why it is so."""

import os
from typing import Any

from etl.cli import render

MASK = "***"


def status(*, json: bool = False) -> int:
    """Show what the warehouse holds and how the last runs went; exit 3 if a source failed.

    Parameters
    ----------
    json
        Print JSON.
    """
    from etl.cli.warehouse import opened
    from etl.load import runs

    with opened() as engine:
        found = runs.status(engine)
    if json:
        render.as_json(found)
    else:
        for title, columns in SHOWN.items():
            render.table(title.replace("_", " ").capitalize(), found[title], columns)
        _show_not_loaded(found["not_loaded"])
        if not found["runs"]:
            render.out("No run yet; type `etl run`.")
    return _health(found["sources"])


SHOWN = {
    "runs": (
        *("started_at", "state", "flow_run_name", "url_count", "loaded_count"),
        *("not_loaded_count", "written_count", "seconds", "error"),
    ),
    "sources": (
        *("source", "last_run_at", "state", "url_count", "unmet_count", "article_count"),
        *("latest_published_at", "error"),
    ),
    "tables": ("table_name", "row_count", "last_loaded_at"),
    "quality": None,
}
"""What `etl status` shows of each question, in this order; `--json` has all of it."""


def _show_not_loaded(rows: list[dict[str, Any]]) -> None:
    """URLs that were not loaded, with their reasons."""
    if not rows:
        return
    render.out("Not loaded")
    for row in rows:
        render.out(f"  {row['url']}")
        render.out(f"      {row['outcome']}: {row['reason']}")
    render.out()


def _health(sources: list[dict[str, Any]]) -> int:
    """3 if the last run of any source did not complete, else 0."""
    return 3 if any(row["state"] in ("failed", "degraded") for row in sources) else 0


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
