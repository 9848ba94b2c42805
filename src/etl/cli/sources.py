"""`etl sources`: what is read, whether it can be, and how a site becomes a source."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.cli import compared, examples, render, rules
from etl.errors import Misconfigured

if TYPE_CHECKING:
    from etl.extract.survey.probe import Probe

COLUMNS = ("name", "title", "language", "feeds", "problem")
"""What `etl sources list` shows."""

DEGRADED = 3
"""Exit code where something is wrong with a source, or nothing was found."""


def list_sources(*, json: bool = False) -> int:
    """List every source and its feeds; exit 2 if one cannot be read.

    Parameters
    ----------
    json
        Print JSON.
    """
    from etl.settings import Settings
    from etl.sources import names

    folder = Settings.read().own_sources
    rows = [_row(name, folder) for name in names(folder)]
    if json:
        render.as_json(rows)
    else:
        render.table("Sources", rows)
        render.hints(
            ("sources check NAME", "what one source would take, loading nothing"),
            ("sources add URL", "find the feeds of a site and write its source file"),
        )
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
    """Probe the feeds of one source and read a few of its pages, loading nothing.

    Where the source has rules for its pages, shows what they and the generic reader give, side
    by side. Exits 3 if a feed has a problem, if none of the pages is an article, or if a rule
    is over or gives nothing.

    Parameters
    ----------
    name
        Name of the source.
    json
        Print JSON.
    """
    from etl.extract import online
    from etl.extract.survey.probe import check as probed
    from etl.settings import Settings
    from etl.sources import load
    from flows.reading import Readers

    settings = Settings.read()
    source = load(name, settings.own_sources)
    now = datetime.now(UTC)
    with (
        asking(source.title),
        online(source.visits) as web,
        Readers(settings.readers, settings.page_seconds) as readers,
    ):
        readers.warm()
        probes = probed(source, web, now)
        pages = examples.pages(source, probes, web, readers, now, settings.max_page_bytes)
    read_by = rules.rows(source.rules, pages, now.date())
    if json:
        told = {"source": name, "title": source.title, "feeds": [as_dict(p) for p in probes]}
        render.as_json({**told, "pages": pages, "rules": read_by})
    else:
        render.out(f"{source.title} ({name}), {source.language}, {source.timezone}")
        _show_check(name, probes, pages, read_by)
    is_fine = all(probe.problem is None for probe in probes)
    is_read = not pages or any(page["outcome"] == examples.LOADED for page in pages)
    is_ruled = all(rule["problem"] is None for rule in read_by)
    return 0 if is_fine and is_read and is_ruled else DEGRADED


def _show_check(
    name: str,
    probes: "list[Probe]",
    pages: list[dict[str, Any]],
    read_by: list[dict[str, Any]],
) -> None:
    """What the feeds give, what the pages hold, how the rules do, and what to type next."""
    for told in probes:
        show(told)
    _show_pages(pages)
    rules.show(read_by)
    render.hints((f"run {name}", "load it"), (f"run {name} --dry-run", "only see the counts"))


def as_dict(probe: "Probe") -> dict[str, Any]:
    """A probe for JSON."""
    links = [
        {"url": link.url, "location": link.location, "announced_at": link.announced_at}
        for link in probe.examples
    ]
    return {**probe._asdict(), "examples": links}


def show(probe: "Probe", more: str = "") -> None:
    """One feed: where it is, what it offers, what is wrong with it; `more` on its second line."""
    render.out(f"  {probe.kind} {probe.at}")
    if probe.is_reachable:
        newest = f", the newest of {render.cell(probe.newest_at)}" if probe.newest_at else ""
        render.out(f"    {probe.count_shown}{newest}{more}")
    for link in probe.examples:
        render.out(f"      {link.url}")
    if probe.problem:
        render.out(f"    problem: {probe.problem}")


@contextmanager
def asking(host: str) -> Iterator[None]:
    """Say on standard error that a site is being asked, if that is a terminal."""
    from rich.console import Console

    with Console(stderr=True).status(f"asking {host}, with pauses between requests"):
        yield


def _show_pages(pages: list[dict[str, Any]]) -> None:
    """What the reader takes from each example page."""
    if pages:
        render.out()
        render.out("Example pages")
    for page in pages:
        render.out(f"  {page['url']}")
        if page["robots"] == "allows":
            render.out("      robots.txt allows it")
        if page["outcome"] == examples.LOADED:
            render.out(f"      would be loaded: {_article(page)}")
        else:
            render.out(f"      {page['outcome']}: {page['reason']}")
        compared.show(page["compared"])
    render.out()


def _article(page: dict[str, Any]) -> str:
    """What was read of a page, on one line."""
    authors = ", ".join(author["name"] for author in sorted(page["authors"], key=_is_aside))
    parts = [
        f"“{render.cell(page['title'])}”",
        f"by {authors}" if authors else "no author",
        f"{page['published_at']:%Y-%m-%d}" if page["published_at"] else "no date",
        page["language"] or "language unknown",
        f"{page['word_count']:,} words",
        f"{page['reference_count']:,} references",
    ]
    return ", ".join(parts)


def _is_aside(author: dict[str, Any]) -> bool:
    """Whether a name in a byline is of no person who wrote: it is shown behind those."""
    return bool((author["kind"], author["role"]) != ("person", "author"))
