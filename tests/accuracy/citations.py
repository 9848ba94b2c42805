"""How well references are read: exact fields and whole references, against labelled ones.

Usage: python -m tests.accuracy.citations [SET …] [--errors FIELD]
Sets: `grobid`, `excite`, `gost`; all if none is named. `--errors` shows where a field went wrong.
A field is right when its folded words are those of the gold, words of its label (`vol`, `pp`,
`und`) left out; a year when it is the last year in the gold's date; a DOI or URL when equal but
for case and punctuation. F1 is micro over the fields a set labels; a whole reference is right
when all of them are. Volumes, issues and pages that are split in the gold are joined. Floors
stand in floors.json, as shares. `gost` is made up and was looked at while the rules
were written; the others were not.
"""

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from etl.transform.citations.parse import Reference, parse, parse_all
from etl.transform.text import fold

SHARED = Path(__file__).parents[3] / "shared"
FLOORS = Path(__file__).with_name("floors.json")

SETS = {"grobid": "dev_grobid", "excite": "dev_excite_en", "gost": "train_gost_synthetic"}

FIELDS = {
    "author": "authors",
    "editor": "editors",
    "title": "title",
    "container": "container_title",
    "date": "year",
    "volume": "volume",
    "issue": "issue",
    "pages": "pages",
    "publisher": "publisher",
    "place": "place",
    "doi": "doi",
    "url": "url",
}
"""Labels of the gold and our fields; series, editions and notes are none of ours."""

WORDS_OF_LABELS = """
    v vol volume no nr n issue is iss т том вып pp p pages page с s in в сб ed eds by edited под
    ред и др et al and und y e others
"""
LABEL_WORDS = frozenset(WORDS_OF_LABELS.split())

YEAR = re.compile(r"(?<!\d)(?:1[3-9]\d\d|20\d\d)(?!\d)")
"""`2004`."""

DOI = re.compile(r"10\.\d{4,9}/.*")
"""`10.1234/abc`."""

URL = re.compile(r"(?:https?|ftp|www)\S*")
"""`https://example.org/a`."""


class Labelled(NamedTuple):
    """A reference and its gold: the text of each label, joined."""

    raw: str
    gold: dict[str, str]


class Score(NamedTuple):
    """Counts of one field."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def f1(self) -> float:
        """F1 in percent."""
        total = 2 * self.right + self.wrong + self.missed
        return 100 * 2 * self.right / total if total else 100.0


class Result(NamedTuple):
    """Scores of one set, in percent and references a second (CPU)."""

    fields: dict[str, Score]
    micro: float
    whole: float
    speed: float


def available() -> list[str]:
    """Sets whose gold is on this machine."""
    return [name for name in SETS if _path(name).exists()]


def _path(name: str) -> Path:
    """Where the gold of a set lies."""
    return SHARED / "eval" / "citations" / f"{SETS[name]}.jsonl.gz"


def labelled(name: str) -> list[Labelled]:
    """References of a set."""
    with gzip.open(_path(name), "rt", encoding="utf-8") as lines:
        return [_labelled(json.loads(line)["segs"]) for line in lines]


def _labelled(segments: list[list[str]]) -> Labelled:
    """One reference; a DOI that is printed as a URL of its resolver counts as a DOI."""
    gold: dict[str, str] = {}
    for label, text in segments:
        gold[label] = f"{gold[label]} {text}" if label in gold else text
    if "doi.org" in gold.get("url", "").replace(" ", ""):
        gold.setdefault("doi", gold.pop("url").replace(" ", ""))
    return Labelled("".join(text for _, text in segments), gold)


def expected(label: str, gold: dict[str, str]) -> list[str]:
    """What the gold says of a field, in comparable form; empty where it says nothing."""
    text = gold.get(label, "")
    if label == "date":
        return YEAR.findall(text)[-1:]
    if label == "doi":
        return [bare(found) for found in DOI.findall(text.lower())]
    if label == "url":
        return [bare(found) for found in URL.findall(text.lower())[:1]]
    return words(text)


def given(label: str, reference: Reference) -> list[str]:
    """What we read, in the same form."""
    value = getattr(reference, FIELDS[label])
    if not value:
        return []
    if label == "date":
        return [str(value)]
    if label in ("doi", "url"):
        return [bare(value.lower())]
    return words(" ".join(value) if isinstance(value, tuple) else value)


def words(text: str) -> list[str]:
    """Folded words of `text`, without words of labels."""
    return [word for word in fold(text.replace("№", " ")).split() if word not in LABEL_WORDS]


def bare(text: str) -> str:
    """Letters and digits of `text`."""
    return re.sub(r"\W", "", text)


def compared(item: Labelled, reference: Reference) -> dict[str, tuple[list[str], list[str]]]:
    """Per field what was expected and what was given, where either is anything."""
    pairs = {f: (expected(f, item.gold), given(f, reference)) for f in FIELDS}
    if "arxiv" in (reference.doi or "") and "doi" not in item.gold:
        # The gold labels arXiv numbers apart; we count them as the DOI arXiv gives them.
        pairs["doi"] = ([], [])
    return {field: pair for field, pair in pairs.items() if any(pair)}


def measure(name: str) -> Result:
    """Scores of a set."""
    items = labelled(name)
    start = time.process_time()
    read = parse_all([item.raw for item in items])
    speed = len(items) / (time.process_time() - start)
    in_gold = {field for item in items for field in item.gold}
    counts: dict[str, Counter[str]] = {f: Counter() for f in FIELDS if f in in_gold}
    whole = 0
    for item, reference in zip(items, read, strict=True):
        pairs = {f: p for f, p in compared(item, reference).items() if f in counts}
        whole += all(gold == ours for gold, ours in pairs.values())
        for field, (gold, ours) in pairs.items():
            right = gold == ours
            counts[field].update(right=right, wrong=bool(ours) and not right)
            counts[field].update(missed=bool(gold) and not right)
    fields = {f: Score(c["right"], c["wrong"], c["missed"]) for f, c in counts.items()}
    total = Score(*(sum(column) for column in zip(*fields.values(), strict=True)))
    return Result(fields, total.f1(), 100 * whole / len(items), speed)


def lows(name: str, result: Result) -> list[str]:
    """Scores of a set that are under their floors."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["citations"][name]
    scores = {"micro": result.micro, "whole": result.whole}
    scores |= {field: score.f1() for field, score in result.fields.items()}
    return [
        f"{f}: {scores[f]:.1f} < {100 * low:.0f}"
        for f, low in floors.items()
        if scores[f] < 100 * low
    ]


def report(name: str, result: Result) -> Iterable[str]:
    """Lines to print of one set."""
    scores = f"micro F1 {result.micro:.1f}, whole {result.whole:.1f}"
    yield f"{name}: {scores}, {result.speed:.0f} references a second"
    for field, score in result.fields.items():
        yield f"  {field:<10} {score.f1():5.1f}  of {score.right + score.missed}"


def errors(name: str, field: str, most: int = 40) -> Iterable[str]:
    """Lines that show references whose `field` went wrong."""
    shown = 0
    for item in labelled(name):
        pair = compared(item, parse(item.raw)).get(field)
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
