"""Our reading of references: how many a second on one core, and what loading it costs.

    python -m benchmarks.citations [--rounds 5] [--sets SET ...]

The references are those of the development sets that are on this machine (`tests.accuracy`), each
read once a turn. A turn is a fresh process on one core, which first reads a few references of
another list, so that models are loaded and nothing is remembered from turn to turn but what a
run would remember too. Lanes take turns; speeds are per second of CPU time, all threads counted.

* one by one: `etl.transform.citations.parse.parse`.
* together: `parse_all` of one list, where the parser has it.

Loading is what a fresh process needs, in CPU time too: the import of the parser, with Polars and
the schema already there as they are in a run, and its first reference.

Published figures stand below as their authors give them, on machines of their own; they are no
measurement of ours.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NamedTuple

from tests.accuracy.labelled import SETS, available, labelled

SKIPPED = "gost"
"""The largest set, of one maker and one style, would drown the others."""

ALREADY = ("polars", "etl.schema")
"""Modules that a run has imported before it comes to references."""

WARM_UP = (
    "Nobody, A. (2001). Warming up. Journal of Beginnings, 1(2), 3–4.",
    "Никто А. Б. Начало // Вестник начал. – 2001. – № 1. – С. 3–4.",
    "هیچ‌کس، الف. آغاز. تهران: نشر آغاز، ۱۳۸۰.",
)

PUBLISHED = (
    ("GROBID, one thread", "100 or more", "its maintainer, issue 243 of kermitt2/grobid, 2017"),
    ("GROBID, ten requests at a time", "about 550", "the same: two million an hour"),
    ("AnyStyle", "none told", "its README says “very fast” and gives no figure"),
    ("CRF with GROBID's features", "130–150", "trial on the shared sets, one core"),
    ("linear-chain CRF", "150–200", "trial on the shared sets, one core"),
    ("BiLSTM-CRF, not batched", "150–280", "trial on the shared sets, one core"),
)
"""Parser, references a second, and who says so."""


class Turn(NamedTuple):
    """What one process did: references of each set a second, and seconds of loading, of CPU."""

    speeds: dict[str, float]
    importing: float
    first: float


def one_by_one(module: Any, raws: list[str]) -> int:
    """Read references one after another."""
    return len([module.parse(raw) for raw in raws])


def together(module: Any, raws: list[str]) -> int:
    """Read references in one call."""
    return len(module.parse_all(raws))


LANES: dict[str, Callable[[Any, list[str]], int]] = {
    "one by one": one_by_one,
    "together": together,
}


def serve(lane: str, sets: Sequence[str]) -> None:
    """Take one turn in this process and print it as JSON; null where the parser lacks the lane."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    for name in ALREADY:
        import_module(name)
    raws = {name: [item.raw for item in labelled(name)] for name in sets}
    began = time.process_time()
    module = import_module("etl.transform.citations.parse")
    imported = time.process_time()
    module.parse(WARM_UP[0])
    ready = time.process_time()
    if LANES[lane] is together and not hasattr(module, "parse_all"):
        print("null")
        return
    LANES[lane](module, list(WARM_UP))
    speeds = {name: speed(LANES[lane], module, raws[name]) for name in sets}
    print(json.dumps(Turn(speeds, imported - began, ready - imported)))


def speed(read: Callable[[Any, list[str]], int], module: Any, raws: list[str]) -> float:
    """References a second of CPU time."""
    began = time.process_time()
    count = read(module, raws)
    return count / (time.process_time() - began)


def turn(lane: str, sets: Sequence[str]) -> Turn | None:
    """What a fresh process did; None where the parser lacks the lane."""
    command = [sys.executable, "-m", "benchmarks.citations", "--serve", lane, "--sets", *sets]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    return Turn(*told) if told else None


def race(sets: Sequence[str], rounds: int) -> dict[str, list[Turn]]:
    """Turns of each lane, round by round."""
    turns: dict[str, list[Turn]] = {name: [] for name in LANES}
    for _ in range(rounds):
        for name, taken in turns.items():
            made = turn(name, sets)
            taken += [made] if made else []
    return turns


def report(turns: dict[str, list[Turn]], sets: Sequence[str]) -> None:
    """Print a line a lane and set, then what loading takes, then what others publish."""
    print(f"{'references a second of CPU':30} {'median':>9} {'least':>9} {'most':>9}")
    for lane, taken in turns.items():
        if not taken:
            print(f"{lane}: this parser does not have it")
            continue
        for name in sets:
            print(line(f"{lane}, {name}", [made.speeds[name] for made in taken], "9.0f"))
    every = [made for taken in turns.values() for made in taken]
    print(f"\n{'loading, ms of CPU':30} {'median':>9} {'least':>9} {'most':>9}")
    print(line("import of the parser", [1000 * made.importing for made in every], "9.1f"))
    print(line("first reference", [1000 * made.first for made in every], "9.1f"))
    print(f"\n{'published, references a second':30}")
    for name, figure, source in PUBLISHED:
        print(f"{name:30} {figure:>12}   {source}")


def line(name: str, figures: Sequence[float], form: str) -> str:
    """Median, least and most of `figures`."""
    told = (statistics.median(figures), min(figures), max(figures))
    return f"{name:30} " + " ".join(format(figure, form) for figure in told)


def main() -> None:
    """Take a turn, or have turns taken and print the tables."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--rounds", type=int, default=5)
    here = [name for name in available() if name != SKIPPED]
    asked.add_argument("--sets", nargs="*", choices=SETS, default=here)
    asked.add_argument("--serve", choices=LANES, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.serve:
        serve(given.serve, given.sets)
    else:
        report(race(given.sets, given.rounds), given.sets)


if __name__ == "__main__":
    main()
