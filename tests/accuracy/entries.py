"""How well reference lists are found and split, and markers linked.

Usage: python -m tests.accuracy.entries [SET …] [--misses]
Sets: `open` and `held_out` (invented pages, see `marked.py`), `seedlike`, `shared`, `sample`; all
if none is named. Precision and recall are micro: an entry is right when its text, white space
collapsed, is that of the gold; a link when the words before its marker are, and the entry it
points to. On `shared` only the number of entries is known, on `sample` the title of each.
A decoy is untouched when its lines stand in the body. Floors stand in floors.json.

Rules were changed by the misses on `open` alone. `held_out` was written by the same hand before
any rule was changed, so it is no blind test; of its misses none was looked at.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import yaml

from etl.transform.citations import citations
from etl.transform.pages import read
from etl.transform.text import fold
from tests import test_pages
from tests.accuracy import marked, pages
from tests.accuracy.marked import Case, Gold

FLOORS = Path(__file__).with_name("floors.json")

SETS = ("open", "held_out", "seedlike", "shared", "sample")


class Score(NamedTuple):
    """Counts of one kind of thing."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def precision(self) -> float:
        """Share of what was given that is right, 0 to 1."""
        return self.right / self.given if self.given else 1.0

    def recall(self) -> float:
        """Share of what was wanted that was given, 0 to 1."""
        return self.right / self.wanted if self.wanted else 1.0


Scores = dict[str, float]


def available() -> list[str]:
    """Sets whose pages are on this machine."""
    return [n for n in SETS if n not in ("seedlike", "shared") or pages.SETS.exists()]


def counted(case: str) -> int:
    """Entries of a page of `shared`, counted by eye; pages that are not named have none."""
    return _counts().get(case, 0)


@cache
def _counts() -> dict[str, int]:
    """Numbers of entries by page."""
    found: dict[str, int] = yaml.safe_load(
        (marked.LISTS / "shared.yaml").read_text(encoding="utf-8")
    )
    return found


def rows(cases: list[Case]) -> pl.DataFrame:
    """Body and reference list of each case that is read, by its place in `cases`."""
    parts = []
    for kind in sorted({case.content_type for case in cases}):
        chosen = [(str(i), c.content) for i, c in enumerate(cases) if c.content_type == kind]
        parts.append(read(pages.raw(chosen, kind), "en", "UTC", pages.MAX_BYTES)[0])
    return pl.concat(parts).select(
        pl.col("url").cast(pl.Int64).alias("version_id"), "body", "reference_text"
    )


class Found(NamedTuple):
    """What was found on a page."""

    entries: list[str]
    links: list[tuple[str, int]]
    body: str


def found(cases: list[Case]) -> list[Found]:
    """What is found on each of `cases`; nothing where no article is."""
    versions = rows(cases)
    cited = citations(versions)
    places = cited.citations.select("citation_id", "position")
    pointed = cited.citation_contexts.join(places, on="citation_id").sort("start_offset")
    listed = _by_version(cited.citations.select("version_id", "raw"))
    linked = _by_version(pointed.select("version_id", "start_offset", "position"))
    bodies = dict(versions.select("version_id", "body").iter_rows())
    return [
        Found(
            [" ".join(raw.split()) for (raw,) in listed.get(i, [])],
            [(marked.letters(bodies[i][:start]), place) for start, place in linked.get(i, [])],
            bodies.get(i, ""),
        )
        for i in range(len(cases))
    ]


def _by_version(frame: pl.DataFrame) -> dict[int, list[tuple[Any, ...]]]:
    """Rows by version, without its number."""
    grouped: dict[int, list[tuple[Any, ...]]] = {}
    for version_id, *values in frame.iter_rows():
        grouped.setdefault(version_id, []).append(tuple(values))
    return grouped


def compared(gold: Iterable[Any], given: Iterable[Any]) -> Score:
    """Counts of what is in both."""
    want, got = Counter(gold), Counter(given)
    return Score((want & got).total(), got.total(), want.total())


def total(scores: Iterable[Score]) -> Score:
    """The sum of scores."""
    return Score(*(sum(column) for column in zip(*scores, strict=True)))


def measured(cases: list[Case]) -> Scores:
    """Precision and recall of entries and links; shares of pages and of decoys that are right."""
    pairs = [(case.gold, seen) for case, seen in zip(cases, found(cases), strict=True)]
    entries = [compared(gold.entries, seen.entries) for gold, seen in pairs]
    scores = {**_shares("entry", total(entries)), "pages": _whole(entries)}
    if any(gold.links for gold, _ in pairs):
        links = total(compared(gold.links, seen.links) for gold, seen in pairs)
        scores |= _shares("link", links)
    if decoys := [decoy in seen.body for gold, seen in pairs for decoy in gold.decoys]:
        scores["decoy"] = sum(decoys) / len(decoys)
    return scores


def _shares(kind: str, score: Score) -> Scores:
    """Precision and recall by name."""
    return {f"{kind}_precision": score.precision(), f"{kind}_recall": score.recall()}


def _whole(scores: list[Score]) -> float:
    """Share of pages whose entries are exactly those of the gold."""
    return sum(s.right == s.given == s.wanted for s in scores) / len(scores)


def shared() -> Scores:
    """Precision and recall by the number of entries on the shared pages of the web."""
    cases = [
        Case(f"{folder}/{name}", content, "text/html", Gold(()))
        for folder, name, content in _web_pages()
    ]
    wanted = [counted(case.name) for case in cases]
    given = [len(seen.entries) for seen in found(cases)]
    pairs = list(zip(wanted, given, strict=True))
    scores = [Score(min(pair), pair[1], pair[0]) for pair in pairs]
    return {**_shares("entry", total(scores)), "pages": _whole(scores)}


def _web_pages() -> Iterator[tuple[str, str, bytes]]:
    """Set, name and content of the shared pages."""
    for folder in ("scrapinghub", "wcxb", "htmldate"):
        for path in sorted((pages.SETS / folder / "html").glob("*.html.gz")):
            yield folder, path.name.removesuffix(".html.gz"), gzip.decompress(path.read_bytes())


def sample() -> Scores:
    """Precision and recall on the sample journal, whose gold tells the title of each entry."""
    journal = test_pages.read("zarafshan-review")
    scores = []
    for want in test_pages.wanted("zarafshan-review"):
        raws = test_pages.of_page(journal.citations, want).sort("position")["raw"].to_list()
        titles = [entry["title"] or "" for entry in want["citations"]]
        right = sum(fold(title) in fold(raw) for title, raw in zip(titles, raws, strict=False))
        scores.append(Score(right, len(raws), len(titles)))
    return {**_shares("entry", total(scores)), "pages": _whole(scores)}


def cases_of(name: str) -> list[Case]:
    """The pages of `open`, `held_out` or `seedlike`."""
    return marked.seedlike() if name == "seedlike" else marked.invented(name)


def scored(name: str) -> Scores:
    """Scores of a set."""
    whole = {"shared": shared, "sample": sample}
    if name in whole:
        return whole[name]()
    return measured(cases_of(name))


def misses(cases: list[Case]) -> Iterator[str]:
    """Lines that show what is not as the gold has it."""
    for case, seen in zip(cases, found(cases), strict=True):
        for name, want, got in (
            ("entry", case.gold.entries, seen.entries),
            ("link", case.gold.links, seen.links),
        ):
            yield from (f"{case.name}: {name} missed {m}" for m in _left(want, got))
            yield from (f"{case.name}: {name} made up {m}" for m in _left(got, want))
        yield from (f"{case.name}: decoy {d}" for d in case.gold.decoys if d not in seen.body)


def _left(some: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    """What of `some` is not in `others`."""
    return list((Counter(some) - Counter(others)).elements())


def lows(name: str, scores: Scores) -> list[str]:
    """Scores of a set that are under their floors."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["entries"][name]
    return [f"{k}: {scores[k]:.3f} < {low}" for k, low in floors.items() if scores[k] < low]


def main(arguments: list[str]) -> None:
    """Print scores, or misses, of the sets named."""
    names = [name for name in arguments if name in SETS] or available()
    for name in names:
        if "--misses" in arguments and name in ("open", "seedlike"):
            cases = cases_of(name)
            sys.stdout.writelines(f"{line}\n" for line in misses(cases))
        line = ", ".join(f"{key} {value:.3f}" for key, value in scored(name).items())
        sys.stdout.write(f"{name}: {line}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
