"""Example pages as the generic reader and as rules of their source read them, side by side.

In come pages as they were fetched, out go facts in two columns: what each way of reading gives.
Rules that have just ended are applied too, so that one sees whether they are still right.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from etl.cli import render

if TYPE_CHECKING:
    import polars as pl

    from etl.sources import Rule, Source
    from flows.reading import Readers

Row = Mapping[str, Any]

WIDTH = 80
"""Columns of the comparison at most: two texts are easier to compare if they are narrow."""

LONGEST_CELL = 85
"""Characters of a text that are shown: what makes three or four lines of a column."""

LAST_LINE = "last line"
"""The fact of which the end is shown, not the beginning."""

DAYS = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d", "minute": "%Y-%m-%d %H:%M UTC"}
"""How a time is shown, by its precision."""


class Sides(NamedTuple):
    """One page read in both ways."""

    facts: list[dict[str, Any]]
    """What to compare: `part` of a page and `fact` of it, `generic` and `rule` (what each way
    gives), `is_idle` and `is_over` (whether a rule for it gave nothing, or has ended)."""
    idle: list[str] | None
    """Labels of the rules that gave nothing; None if none was applied."""


def sides(
    raw: "pl.DataFrame", source: "Source", readers: "Readers", today: date, max_bytes: int
) -> dict[str, Sides]:
    """Pages by URL, read in both ways; none for a source without rules.

    Args:
        raw: Frame `raw`.
        source: The source.
        readers: What reads the pages.
        today: Day of the check.
        max_bytes: Larger pages are not read.
    """
    from etl.sources.reading import expired

    rules = applied(source.rules, today)
    if not rules:
        return {}
    generic, ruled = (_read(raw, source, readers, max_bytes, used) for used in ((), rules))
    over = {rule.part for rule in expired(source.rules, today)}
    return {url: _sides(generic[url], ruled[url], rules, over) for url in generic}


def applied(rules: "Sequence[Rule]", today: date) -> "list[Rule]":
    """The rules to compare: those that hold, and those that ended without another, set free."""
    from etl.sources.reading import state

    used = [rule for rule in rules if state(rule, rules, today) in ("holds", "expired")]
    return [rule._replace(valid_from=None, valid_until=date.max) for rule in used]


def _read(
    raw: "pl.DataFrame",
    source: "Source",
    readers: "Readers",
    max_bytes: int,
    rules: "Sequence[Rule]",
) -> dict[str, Row]:
    """Pages by URL: rows of frame `pages`, or of `rejects`."""
    read = readers.read(raw, source.language, source.timezone, max_bytes, rules)
    return {row["url"]: row for frame in read for row in frame.to_dicts()}


def _sides(generic: Row, ruled: Row, rules: "Sequence[Rule]", over: Collection[str]) -> Sides:
    """One page: facts that a rule is for, and others that differ; `over` are parts."""
    is_page = "body" in ruled and ruled["body_method"] != "text"
    idle = ruled["idle_rules"] if is_page else None
    labels = {rule.part: rule.label for rule in rules}
    facts = []
    for part, fact, told in FACTS:
        values = told(generic), told(ruled)
        if part in labels or values[0] != values[1]:
            named = {"part": part, "fact": fact, "generic": values[0], "rule": values[1]}
            is_idle = labels.get(part) in (idle or ())
            facts.append({**named, "is_idle": is_idle, "is_over": part in over})
    return Sides(facts, idle)


def _outcome(row: Row) -> str:
    """How the reading of a page ended."""
    return f"{row['outcome']}: {row['reason']}" if "outcome" in row else "an article"


def _date(row: Row) -> str | None:
    """When a page was published, as exactly as it is known."""
    at = row.get("published_at")
    return f"{at:{DAYS[row['published_precision']]}}" if at else None


def _authors(row: Row) -> str | None:
    """The names in a byline."""
    return ", ".join(author["name"] for author in row.get("authors") or ()) or None


def _words(row: Row) -> int | None:
    """Words of the text."""
    from etl.transform.text import word_count

    return word_count(row["body"]) if "body" in row else None


def _line(number: int) -> Callable[[Row], str | None]:
    """What gives the line `number` of a text."""
    return lambda row: row["body"].split("\n")[number] if "body" in row else None


def _references(row: Row) -> int | None:
    """Entries of the reference list."""
    from etl.transform.citations.locate import entries

    return len(entries(row["reference_text"] or "")) if "body" in row else None


FACTS: tuple[tuple[str, str, Callable[[Row], str | int | None]], ...] = (
    ("outcome", "outcome", _outcome),
    ("title", "title", lambda row: row.get("title")),
    ("date", "date", _date),
    ("authors", "authors", _authors),
    ("body", "words", _words),
    ("body", "first line", _line(0)),
    ("body", LAST_LINE, _line(-1)),
    ("references", "references", _references),
)
"""What is compared: the part it belongs to, its name, and how it is told of a row."""


def show(facts: Sequence[Row]) -> None:
    """Facts in two columns."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not facts:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False, expand=True)
    table.add_column("", no_wrap=True)
    for name in ("generic", "by rule"):
        table.add_column(name, ratio=1, overflow="fold")
    for row in facts:
        table.add_row(*(Text(cell) for cell in _cells(row)))
    console = Console(width=min(WIDTH, render.width()) - 6, highlight=False)
    with console.capture() as shown:
        console.print(table)
    for line in shown.get().splitlines():
        render.out(f"      {line}".rstrip())


def _cells(row: Row) -> Iterator[str]:
    """One fact as three cells."""
    yield f"{row['fact']} (over)" if row["is_over"] else row["fact"]
    yield _short(row, "generic")
    if row["is_idle"]:
        yield "(nothing; as generic)"
    else:
        yield "(the same)" if row["generic"] == row["rule"] else _short(row, "rule")


def _short(row: Row, side: str) -> str:
    """A value on one line, cut to a few lines of a column; of a last line its end is kept."""
    text = "none" if row[side] is None else render.cell(row[side])
    if len(text) <= LONGEST_CELL:
        return text
    if row["fact"] == LAST_LINE:
        return f"…{text[1 - LONGEST_CELL :].lstrip()}"
    return f"{text[: LONGEST_CELL - 1].rstrip()}…"
