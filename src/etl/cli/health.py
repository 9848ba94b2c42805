"""Rows of `ops.source_health` as a person reads them: one line a source, and what to look at.

In come rows of `etl status`, out go the same rows with cells of text, and sentences. What is
healthy is judged in `sql/ops/`; how a table is laid out, in `render`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from etl.cli import render

Row = Mapping[str, Any]

MINUTE, HOUR, DAY = 60, 3_600, 86_400

LONGEST_ODDS = 1_000_000
"""Chances below 1 in so many are no longer told apart."""

EXAMPLES = 3
"""URLs shown of those that were not loaded for one reason."""

NOTABLE = 0.5
"""Silences that are likelier than this need no word about it."""

NOTABLE_LOT = 1.5
"""Articles that come at a time: fewer are told as one by one."""

SHARES = ("loaded", "unchanged", "duplicate", "rejected", "failed", "postponed")
"""Kinds of outcomes, as in `ops.outcome_kinds`, in the order in which they are shown."""


class Notice(NamedTuple):
    """One thing a person should look at."""

    about: str
    """Source and what it is, as in `steppe: stale`."""
    lines: tuple[str, ...]
    """What there is to say of it."""


def merged(found: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """One row per source: how its last run went (`sources`), and how it is (`health`)."""
    health = {row["source"]: row for row in found["health"]}
    return [{**health.get(row["source"], {}), **row} for row in found["sources"]]


def is_unwell(row: Row) -> bool:
    """Whether a source needs a person: its last run, its silence or a feed of it."""
    is_bad = row["state"] in ("failed", "degraded")
    return bool(is_bad or row.get("is_stale") or row.get("failing_feed_count"))


def line(row: Row, now: datetime) -> dict[str, str | int]:
    """A merged row as cells: how its last run ended, what came last, how quiet it is."""
    fresh = row.get("last_new_article_at")
    return {
        "source": row["source"],
        "state": row["state"],
        "articles": row["article_count"],
        "success": ago(row.get("last_success_at"), now),
        # Articles of a first load, or older than two weeks when they were found, are no news.
        "fresh article": ago(fresh, now) if fresh else "none yet",
        "quiet": quiet(row),
        "look at": ", ".join(_flags(row)),
    }


def quiet(row: Row) -> str:
    """How long nothing new came, and the chance of that: `3.1 d, 1 in 1,100`."""
    days = row.get("silence_days")
    if days is None:
        return ""
    silence = duration(days * DAY)
    return f"{silence}, {odds(row)}" if row["silence_probability"] < NOTABLE else silence


def odds(row: Row) -> str:
    """Chance of the silence of a source, on two digits: `1 in 1,100`."""
    chance = row["silence_probability"]
    if chance < 1 / LONGEST_ODDS:
        return f"under 1 in {LONGEST_ODDS:,}"
    return f"1 in {float(f'{1 / chance:.2g}'):,.0f}"


def shares(row: Row) -> dict[str, str | int]:
    """How the URLs of a source ended in a week, as cells."""
    worst = row.get("top_problem")
    cells = {kind: percent(row.get(f"{kind}_share")) for kind in SHARES}
    problem = f"{worst} ({row['top_problem_count']:,})" if worst else ""
    return {"source": row["source"], "urls": row["url_count"], **cells, "top problem": problem}


def lost_runs(runs: Sequence[Row]) -> Iterator[Notice]:
    """The latest run, if it did not reach its end or got nothing done."""
    for run in runs[:1]:
        if run["state"] in ("failed", "killed"):
            said = run["error"] or "its process ended without a word"
            yield Notice(f"run {run['flow_run_name']}: {run['state']}", (said,))


def notices(rows: Iterable[Row], feeds: Iterable[Row]) -> Iterator[Notice]:
    """What a person should look at: errors, silence, surge, drift, then feeds that fail."""
    for row in rows:
        yield from (Notice(f"{row['source']}: {what}", (said,)) for what, said in _said(row))
    for feed in feeds:
        due = render.cell(feed["due_at"])
        said = f"{feed['problem']}; failures in a row: {feed['failure_count']}, due again {due}"
        yield Notice(f"{feed['source']}: feed {feed['feed']}", (said,))


def not_loaded(rows: Iterable[Row]) -> list[Notice]:
    """URLs that were not loaded, one notice per source and reason: the failed ones first."""
    grouped: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["kind"], row["source"])):
        about = f"{row['source']}, {row['outcome']}: {row['reason']}"
        grouped[row["kind"], row["source"], about].append(row["url"])
    return [Notice(about, _some(urls)) for (_, _, about), urls in grouped.items()]


def _some(urls: list[str]) -> tuple[str, ...]:
    """The first URLs, and how many more there are."""
    more = len(urls) - EXAMPLES
    return (*urls[:EXAMPLES], *([f"… and {more:,} more"] if more > 0 else []))


def ago(at: datetime | None, now: datetime) -> str:
    """How long ago a time was: `3 h ago`."""
    return "never" if at is None else f"{duration((now - at).total_seconds())} ago"


def duration(seconds: float) -> str:
    """Some seconds in the unit that suits them: `20 min`, `5 h`, `3.1 d`, `12 d`."""
    if seconds < 2 * HOUR:
        return f"{max(seconds, 0) / MINUTE:.0f} min"
    if seconds < 2 * DAY:
        return f"{seconds / HOUR:.0f} h"
    return f"{seconds / DAY:.{1 if seconds < 10 * DAY else 0}f} d"


def percent(share: float | None) -> str:
    """A share in percent; nothing for none, so that what there is stands out."""
    if not share:
        return ""
    if share < 1:
        return "<1 %" if share < 0.01 else ">99 %" if share > 0.99 else f"{100 * share:.0f} %"
    return "100 %"


def _flags(row: Row) -> Iterator[str]:
    """What stands out about a source, in a word each."""
    for name in ("stale", "surge", "drifting"):
        if row.get(f"is_{name}"):
            yield name
    if failing := row.get("failing_feed_count"):
        yield "a feed fails" if failing == 1 else f"{failing} feeds fail"


def _said(row: Row) -> Iterator[tuple[str, str]]:
    """What stands out about a source, in a sentence each."""
    if row["error"]:
        yield row["state"], row["error"]
    if row.get("is_stale"):
        yield "stale", _staleness(row)
    if row.get("is_surge"):
        yield "surge", _surge(row)
    if row.get("is_drifting"):
        yield "drifting", _drift(row)


def _staleness(row: Row) -> str:
    """Why a source is taken to be dead."""
    lots = f" in lots of {row['lot_size']:.0f}" if row["lot_size"] >= NOTABLE_LOT else ""
    return (
        f"no new article for {duration(row['silence_days'] * DAY)}, where "
        f"{row['expected_count']:,.1f} were expected{lots}; the chance of that is {odds(row)}"
    )


def _surge(row: Row) -> str:
    """Why a source is taken to give too much."""
    return (
        f"{row['day_count']:,} new articles in 24 hours, where "
        f"{row['expected_day_count']:,.1f} were expected"
    )


def _drift(row: Row) -> str:
    """Why the pages of a source are taken to look different."""
    return (
        f"{percent(row['drift_share']) or 'none'} of the newest 20 are {row['drift_of']}, "
        f"of those before {percent(row['drift_share_before']) or 'none'}"
    )
