"""The rules of sources as a person looks after them: do they hold, do they give anything.

In come the rules of source files and what they gave on example pages, out go rows, one a rule,
with what is wrong with it; and the rules of all sources that are over, for `etl status`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

from etl.cli import render
from etl.cli.health import Notice
from etl.errors import Misconfigured

if TYPE_CHECKING:
    from etl.sources import Rule

NEAR_DAYS = 30
"""Days before the end of a rule in which it is told of: time enough to look at a source."""

WIDTH = 74
"""Columns of what is said of a rule; with its indent it fits a screen of 80."""


class Use(NamedTuple):
    """What became of a rule on example pages."""

    page_count: int = 0
    """Pages it was applied to."""
    used_count: int = 0
    """Pages among them on which it gave anything."""
    is_needless: bool = False
    """Whether the generic reader gives the same on all of them."""


def rows(
    rules: "Sequence[Rule]", pages: Sequence[Mapping[str, Any]], today: date
) -> list[dict[str, Any]]:
    """One row per rule of a source: what it says, and what became of it.

    Args:
        rules: The rules.
        pages: Example pages; `idle_rules` and `compared` are those of `compared.Sides`.
        today: Day of the check.
    """
    ruled = [page for page in pages if page["idle_rules"] is not None]
    return [_row(rule, rules, ruled, today) for rule in rules]


def _row(
    rule: "Rule", rules: "Sequence[Rule]", pages: Sequence[Mapping[str, Any]], today: date
) -> dict[str, Any]:
    """One rule."""
    from etl.sources.reading import state

    told = state(rule, rules, today)
    use = _use(rule, pages) if told in ("holds", "expired") else Use()
    return {
        "part": rule.part,
        "selector": rule.selector,
        "valid_from": rule.valid_from,
        "valid_until": rule.valid_until,
        "why": rule.why,
        "state": told,
        "page_count": use.page_count,
        "used_count": use.used_count,
        "problem": _problem(rule, told, use),
        "notice": _notice(rule, use, (rule.valid_until - today).days) if told == "holds" else None,
    }


def _use(rule: "Rule", pages: Sequence[Mapping[str, Any]]) -> Use:
    """What became of a rule on `pages`."""
    used = [page for page in pages if rule.label not in page["idle_rules"]]
    facts = [fact for page in used for fact in page["compared"] if fact["part"] == rule.part]
    is_same = all(fact["generic"] == fact["rule"] for fact in facts)
    return Use(len(pages), len(used), bool(facts) and is_same)


def _problem(rule: "Rule", told: str, use: Use) -> str | None:
    """What has to be put right."""
    is_idle = use.page_count > 0 == use.used_count
    if told == "expired" and is_idle:
        return "it is over, and gives nothing any more; remove it, or write a new one"
    if told == "expired":
        return (
            "it is over, and pages are read without it; write a later valid_until if what it "
            "gives is right, else remove it"
        )
    if is_idle and rule.part != "drop":
        return "it gives nothing on any page; correct the selector, or remove it"
    return None


def _notice(rule: "Rule", use: Use, days: int) -> str | None:
    """What will have to be put right, or may be as it is; the rule holds for `days` more."""
    if days <= NEAR_DAYS:
        when = "today" if days == 0 else f"in {days} day{'s' if days > 1 else ''}"
        return f"it ends {when}; look at the pages and write a later valid_until"
    if use.page_count > 0 == use.used_count and rule.part == "drop":
        return "there is nothing to drop on these pages"
    return "the generic reader gives the same on these pages" if use.is_needless else None


def show(told: Sequence[Mapping[str, Any]]) -> None:
    """The rules under a title; nothing if there are none."""
    for number, row in enumerate(told):
        if number == 0:
            render.out("Reading rules")
        render.out(f"  {row['part']}: {row['selector']}")
        said = [_said(row), *(f"{key}: {row[key]}" for key in NOTES if row[key])]
        for line in (line for text in said for line in wrap(text, WIDTH, subsequent_indent="  ")):
            render.out(f"      {line}")
        if number + 1 == len(told):
            render.out()


NOTES = ("why", "notice", "problem")
"""What is shown of a rule below its days."""


def _said(row: Mapping[str, Any]) -> str:
    """Days and use of a rule: `holds until 2027-06-30; gave something on 3 of 3 pages`."""
    first = f" from {row['valid_from']}" if row["valid_from"] else ""
    words = {"to come": "will hold", "holds": "holds"}.get(row["state"], "held")
    used = f"; gave something on {row['used_count']} of {row['page_count']} pages"
    said = f"{words}{first} until {row['valid_until']}"
    return said + (used if row["page_count"] else "")


def over(folder: Path | None, today: date) -> list[dict[str, Any]]:
    """Rules of all sources that have ended without another; sources that are wrong are left out.

    Args:
        folder: The folder with source files of your own.
        today: The day.
    """
    from etl.sources import load, names
    from etl.sources.reading import expired

    found = []
    try:
        known = names(folder)
    except Misconfigured:
        return []
    for name in known:
        try:
            ended = expired(load(name, folder).rules, today)
        # `etl run` and `etl sources list` say what is wrong with a source file.
        except Misconfigured:
            continue
        found += [{"source": name, **_told(rule)} for rule in ended]
    return found


def _told(rule: "Rule") -> dict[str, Any]:
    """A rule for `etl status`."""
    return {"part": rule.part, "selector": rule.selector, "valid_until": rule.valid_until}


def notices(ended: Iterable[Mapping[str, Any]]) -> Iterator[Notice]:
    """Rules that ended, for a person to look at."""
    for row in ended:
        said = f"it ended on {row['valid_until']}: pages are read without it since; "
        move = f"`{render.command()} sources check {row['source']}` shows what that costs"
        yield Notice(f"{row['source']}: rule {row['part']}: {row['selector']}", (said + move,))
