"""How well references are read: fields and whole references, against labelled ones.

Usage: python -m tests.accuracy.citations [SET …] [--errors FIELD]
Sets: `grobid`, `excite`, `gost` (shared), `cyrillic`, `english-gost`, `english`, `persian` (ours),
the last four with `-unseen` too; all that are there if none is named. `--errors` shows where a
field went wrong.
A field is right when its folded words are those of the gold, words of its label (`vol`, `pp`,
`und`) left out; a year when it is the last year in the gold's date; a DOI or URL when equal but
for case and punctuation. `near` counts a field as right from a Levenshtein ratio of .8. Micro F1
counts fields, macro F1 is the mean of the fields' own, both over the fields a set labels; a
whole reference is right when all of them are. Volumes, issues and pages that are split in the
gold are joined. Floors stand in floors.json, as shares, and bind the exact scores. Errors on
the sets were looked at while references were made up to learn from, but for those on `-unseen`.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from etl.transform.citations.parse import Reference, parse_all
from tests.accuracy.comparison import FIELDS, Pair, compared, is_near
from tests.accuracy.labelled import SETS, Labelled, available, labelled
from tests.accuracy.peers import PEERS

FLOORS = Path(__file__).with_name("floors.json")


class Score(NamedTuple):
    """Counts of one field."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def f1(self) -> float:
        """F1 in percent."""
        total = 2 * self.right + self.wrong + self.missed
        return 100 * 2 * self.right / total if total else 100.0


class Scores(NamedTuple):
    """Scores of a set under one way of comparing; all but the counts in percent."""

    fields: dict[str, Score]
    micro: float
    macro: float
    whole: float


class Result(NamedTuple):
    """Scores of one set, and references a second of CPU time."""

    exact: Scores
    near: Scores
    speed: float


def measure(name: str) -> Result:
    """Scores of a set."""
    items = labelled(name)
    start = time.process_time()
    read = parse_all([item.raw for item in items])
    speed = len(items) / (time.process_time() - start)
    pairs = _scored(items, read)
    exact = scores(pairs, lambda pair: pair[0] == pair[1])
    return Result(exact, scores(pairs, lambda pair: pair[0] == pair[1] or is_near(pair)), speed)


def _scored(items: list[Labelled], read: Sequence[Reference]) -> list[dict[str, Pair]]:
    """Per reference what was expected and given, of the fields that the set labels."""
    in_gold = {field for item in items for field in item.gold}
    return [
        {field: pair for field, pair in compared(item, reference).items() if field in in_gold}
        for item, reference in zip(items, read, strict=True)
    ]


def scores(pairs: list[dict[str, Pair]], is_right: Callable[[Pair], bool]) -> Scores:
    """Scores of references, a pair being right by `is_right`."""
    counts: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    whole = 0
    for reference in pairs:
        rights = {field: is_right(pair) for field, pair in reference.items()}
        whole += all(rights.values())
        for field, (gold, ours) in reference.items():
            right = rights[field]
            counts[field].update(right=right, wrong=bool(ours) and not right)
            counts[field].update(missed=bool(gold) and not right)
    fields = {f: Score(c["right"], c["wrong"], c["missed"]) for f, c in counts.items() if c}
    total = Score(*(sum(column) for column in zip(*fields.values(), strict=True)))
    macro = sum(score.f1() for score in fields.values()) / len(fields)
    return Scores(fields, total.f1(), macro, 100 * whole / len(pairs))


def lows(name: str, result: Result) -> list[str]:
    """Exact scores of a set that are under their floors."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["citations"][name]
    exact = result.exact
    found = {"micro": exact.micro, "macro": exact.macro, "whole": exact.whole}
    found |= {field: score.f1() for field, score in exact.fields.items()}
    return [
        f"{f}: {found[f]:.1f} < {100 * low:.0f}"
        for f, low in floors.items()
        if found[f] < 100 * low
    ]


def report(name: str, result: Result) -> Iterable[str]:
    """Lines to print of one set."""
    exact, near = result.exact, result.near
    yield f"{name}: {result.speed:.0f} references a second"
    yield f"  {'':40}  micro  macro  whole"
    yield f"  {'exact':40}  {exact.micro:5.1f}  {exact.macro:5.1f}  {exact.whole:5.1f}"
    yield f"  {'near':40}  {near.micro:5.1f}  {near.macro:5.1f}  {near.whole:5.1f}"
    for peer in PEERS.get(name, []):
        macro = f"{peer.macro:5.1f}" if peer.macro else "    –"
        told = f"{peer.micro:5.1f}  {macro}  {peer.whole:5.1f}  {peer.speed} a second"
        yield f"  {peer.name:40}  {told}"
    yield f"  {'field':10}  exact   near"
    for field, score in exact.fields.items():
        count = score.right + score.missed
        yield f"  {field:<10}  {score.f1():5.1f}  {near.fields[field].f1():5.1f}  of {count}"


def errors(name: str, field: str, most: int = 40) -> Iterable[str]:
    """Lines that show references whose `field` went wrong."""
    items = labelled(name)
    shown = 0
    for item, reference in zip(items, parse_all([item.raw for item in items]), strict=True):
        pair = compared(item, reference).get(field)
        if pair and pair[0] != pair[1] and (shown := shown + 1) <= most:
            yield f"{item.raw.strip()}\n    gold {' '.join(pair[0])}\n    ours {' '.join(pair[1])}"


def main(arguments: list[str]) -> None:
    """Print scores, or errors, of the sets named."""
    field = arguments[arguments.index("--errors") + 1] if "--errors" in arguments else None
    names = [name for name in arguments if name in SETS] or available()
    for name in names:
        lines = errors(name, field) if field else report(name, measure(name))
        sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main(sys.argv[1:])
