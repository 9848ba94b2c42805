"""Damaged pages and dates through the reader, for as long as one likes.

    python -m benchmarks.fuzz [--minutes 10] [--seed 0] [--seconds 20] [--keep FOLDER]

Every page is a page of the sample journal after some random changes; every tenth time a few hundred
invented datelines are read instead. The reader must end each in an outcome: what it did not foresee
(its reason then names the error), what it needs more time for than a page has, and what ends its
process is counted, told and, with `--keep`, written down. Exits 1 if there was any. The same seed
makes the same pages.
"""

import argparse
import re
import sys
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from etl.transform.pages import dateforms, dateline, read_row
from flows.reading import MEMORY_BYTES, cores
from flows.worker import Lost
from flows.workers import Limits, Workers
from tests.transform.mutations import dateline as some_dateline
from tests.transform.mutations import mutated
from tests.transform.rawpages import raw

KEPT = Path(__file__).parents[1] / "src/etl/sources/zarafshan-review/articles"

UNFORESEEN = re.compile(r"[A-Z]\w+: ")
"""How the reason of a page begins over which the reader stumbled: `KeyError: `."""

BATCH = 200
"""Pages between two looks at the clock."""

DATELINES = 300
"""Lines that count as one page: they take as long."""

MAX_BYTES = 5_000_000


class Told(NamedTuple):
    """What became of one page, or of some datelines."""

    seconds: float
    outcome: str
    problem: str | None = None


def made(number: int) -> bytes:
    """Page `number`: always the same."""
    dice = Random(number)
    return mutated(dice.choice(sorted(KEPT.glob("*.*"))).read_bytes(), dice)


def attempt(number: int) -> Told:
    """Read page `number`; runs in a worker."""
    if number % 10 == 9:
        return datelines(number)
    row = raw(made(number)).row(0, named=True)
    began = time.process_time()
    told = read_row(row, "en", "Asia/Dushanbe", MAX_BYTES)
    seconds = time.process_time() - began
    reason = str(told.get("reason", ""))
    outcome = str(told.get("outcome", "loaded"))
    return Told(seconds, outcome, reason if UNFORESEEN.match(reason) else None)


def datelines(number: int) -> Told:
    """Read some invented datelines."""
    dice, began = Random(number), time.process_time()
    for _ in range(DATELINES):
        line = some_dateline(dice)
        try:
            dateline.read_line(line)
            dateforms.read_value(line)
            dateforms.read_url(f"https://herald.example/{line}/a")
        except Exception as error:
            seconds = time.process_time() - began
            return Told(seconds, "dateline", f"{type(error).__name__}: {error}: {line!r}")
    return Told(time.process_time() - began, "dateline")


def fuzz(minutes: float, seed: int, pool: Workers) -> Iterator[tuple[int, Told | Lost]]:
    """What became of page after page, by number."""
    end = time.monotonic() + 60 * minutes
    first = seed * 1_000_000
    while time.monotonic() < end:
        numbers = range(first, first + BATCH)
        yield from zip(numbers, pool.map(numbers, BATCH), strict=True)
        first += BATCH


def keep(folder: Path | None, number: int) -> str:
    """Write a page down, if asked for; its name."""
    page = made(number)
    name = f"{number}-{sha256(page).hexdigest()[:12]}.html"
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(page)
    return name


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz and tell what came of it."""
    typed = asked(arguments)
    outcomes: dict[str, int] = {}
    slowest: list[tuple[float, int]] = []
    problems = 0
    with Workers("benchmarks.fuzz:attempt", cores(), Limits(typed.seconds, MEMORY_BYTES)) as pool:
        for number, told in fuzz(typed.minutes, typed.seed, pool):
            outcome = "lost" if isinstance(told, Lost) else told.outcome
            outcomes[outcome] = outcomes.get(outcome, 0) + 1
            problem = told.reason if isinstance(told, Lost) else told.problem
            if problem:
                problems += 1
                print(f"{keep(typed.keep, number)}: {problem}", flush=True)
            if isinstance(told, Told):
                slowest = sorted([*slowest, (told.seconds, number)], reverse=True)[:5]
    print(f"\n{sum(outcomes.values()):,} pages, {problems:,} problems;", _counted(outcomes))
    for seconds, number in slowest:
        print(f"  {seconds:6.2f} seconds of CPU: {keep(typed.keep, number)}")
    return 1 if problems else 0


def _counted(outcomes: dict[str, Any]) -> str:
    """Counts of outcomes, the most frequent first."""
    by_count = sorted(outcomes.items(), key=lambda item: -item[1])
    return ", ".join(f"{count:,} {outcome}" for outcome, count in by_count)


def asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What was typed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=20, help="of CPU time for one page")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where odd pages are kept")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    # By name, as workers know it: what they answer with is of its classes.
    from benchmarks import fuzz as program

    sys.exit(program.main())
