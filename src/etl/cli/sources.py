"""`etl sources`: what is read, and whether it can be."""

from pathlib import Path
from typing import TYPE_CHECKING

from etl.cli import render
from etl.errors import Misconfigured

if TYPE_CHECKING:
    from etl.extract import Probe

COLUMNS = ("name", "title", "language", "feeds", "problem")
"""What `etl sources list` shows."""


def list_sources(*, json: bool = False) -> int:
    """List every source and its feeds; exit 2 if one cannot be read.

    Parameters
    ----------
    json
        Print JSON.
    """
    from etl.settings import Settings
    from etl.sources import names

    folder = Settings.read().sources
    rows = [_row(name, folder) for name in names(folder)]
    if json:
        render.as_json(rows)
    else:
        render.table("Sources", rows)
        render.hints(("sources check NAME", "what one source would take, loading nothing"))
    return Misconfigured.exit_code if any(row["problem"] for row in rows) else 0


def _row(name: str, folder: Path | None) -> dict[str, str | None]:
    """One source as a row; what is wrong with its file is in `problem`."""
    from etl.sources import load

    try:
        source = load(name, folder)
    except Misconfigured as error:
        return dict.fromkeys(COLUMNS) | {"name": name, "problem": str(error)}
    feeds = ", ".join(feed.kind for feed in source.feeds)
    values = (name, source.title, source.language, feeds, None)
    return dict(zip(COLUMNS, values, strict=True))


def check(name: str, *, json: bool = False) -> int:
    """Probe one source and show what it would take, loading nothing.

    Parameters
    ----------
    name
        Name of the source.
    json
        Print JSON.
    """
    from etl import extract
    from etl.settings import Settings
    from etl.sources import load

    source = load(name, Settings.read().sources)
    probes = extract.check(source)
    if json:
        render.as_json([probe._asdict() for probe in probes])
    else:
        render.out(f"{source.title} ({name})")
        for probe in probes:
            _show(probe)
    return 0 if all(probe.problem is None for probe in probes) else 3


def _show(probe: "Probe") -> None:
    """One feed: where it is, what it offers, what is wrong with it."""
    render.out(f"  {probe.kind} {probe.at}")
    render.out(f"    {probe.link_count:,} links")
    for url in probe.example_urls:
        render.out(f"      {url}")
    if probe.problem:
        render.out(f"    problem: {probe.problem}")
