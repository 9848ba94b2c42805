"""`etl sources`: what is read, and whether it can be."""

from typing import TYPE_CHECKING, Any

from etl.cli import render

if TYPE_CHECKING:
    from etl.extract import Probe


def list_sources(*, json: bool = False) -> int:
    """List every source and its feeds.

    Parameters
    ----------
    json
        Print JSON.
    """
    from etl.errors import Misconfigured
    from etl.settings import Settings
    from etl.sources import load, names

    folder = Settings.read().sources
    rows: list[dict[str, Any]] = []
    code = 0
    for name in names(folder):
        try:
            source = load(name, folder)
        except Misconfigured as error:
            rows.append({"name": name, "title": None, "language": None, "feeds": str(error)})
            code = error.exit_code
            continue
        feeds = ", ".join(feed.kind for feed in source.feeds)
        rows.append(
            {"name": name, "title": source.title, "language": source.language, "feeds": feeds}
        )
    if json:
        render.as_json(rows)
    else:
        render.table("Sources", rows)
        render.hints(("sources check NAME", "what one source would take, loading nothing"))
    return code


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
