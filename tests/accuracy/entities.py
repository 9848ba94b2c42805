"""How well entities are found: exact span and kind, F1 by kind, against hand-made gold.

Usage: python -m tests.accuracy.entities [SET …] [--errors]
Sets: `page` (one article page, body only), `mixed`, `wikigold`, `politics`; all if none is named.
A mention counts when its span and its kind are those of the gold. Persons, organisations,
places (countries among them) and groups are scored everywhere; dates, programmes and events
on `page` alone. Floors stand in floors.json, as shares.
"""

import gzip
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from etl.transform.entities import mentions
from etl.transform.entities.resolve import resolve

SHARED = Path(__file__).parents[3] / "shared"
FLOORS = Path(__file__).with_name("floors.json")

SETS = {
    "mixed": "dev_mixed",
    "wikigold": "dev_wikigold",
    "politics": "dev_crossner_politics",
}

TAGS = {"PER": "person", "ORG": "organisation", "LOC": "place", "NORP": "group"}
"""Kinds of the tagged sets; MISC is scored neither way."""

TYPES = TAGS | {
    "PERSON": "person",
    "GPE": "place",
    "DATE": "date",
    "PROGRAM": "programme",
    "EVENT": "event",
}
"""Kinds of the page's gold; MISC is optional throughout."""

SAME = {"country": "place"}
"""Kinds the gold does not part."""

CLOSING = frozenset([".", ",", ";", ":", "!", "?", ")", "]", "%", "'s", "’s", "n't", "”"])
OPENING = frozenset(["(", "[", "“", "$"])

Span = tuple[int, int, str]


class Text(NamedTuple):
    """A body with the spans of its gold."""

    body: str
    gold: set[Span]
    ignored: list[Span]
    """Optional mentions and accepted alternatives: right or wrong, they count neither way."""
    alternatives: dict[Span, set[Span]]


class Score(NamedTuple):
    """Counts of one kind."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def f1(self) -> float:
        """F1 in percent."""
        total = 2 * self.right + self.wrong + self.missed
        return 100 * 2 * self.right / total if total else 100.0

    def __str__(self) -> str:
        gold = self.right + self.missed
        precision = 100 * self.right / max(1, self.right + self.wrong)
        recall = 100 * self.right / max(1, gold)
        return f"P {precision:5.1f}  R {recall:5.1f}  F1 {self.f1():5.1f}  of {gold}"


def tagged(name: str) -> list[Text]:
    """Texts of a BIO file; sentences of one document make one text."""
    path = SHARED / "eval" / "entities" / f"{name}.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    documents: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for number, row in enumerate(rows):
        documents[f"{row.get('src', '')} {row['doc'] or number}"].append(row)
    return [_joined(rows) for rows in documents.values()]


def _joined(rows: list[dict[str, Any]]) -> Text:
    """One body of token lists, one line each, spaced like print."""
    body, gold = "", set()
    ignored = []
    for row in rows:
        body += "\n" if body else ""
        spans = []
        for place, token in enumerate(row["tokens"]):
            before = row["tokens"][place - 1] if place else None
            if place and token not in CLOSING and before not in OPENING:
                body += " "
            spans.append((len(body), len(body) + len(token)))
            body += token
        for first, last, tag in _chunks(row["tags"]):
            span = (spans[first][0], spans[last][1])
            if tag in TAGS:
                gold.add((*span, TAGS[tag]))
            else:
                ignored.append((*span, tag))
    return Text(body, gold, ignored, {})


def _chunks(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    """First token, last token and label of every BIO chunk."""
    start = 0
    for place, tag in enumerate(tags):
        if tag.startswith("B-") or (tag != "O" and (not place or tags[place - 1] == "O")):
            start = place
        following = tags[place + 1] if place + 1 < len(tags) else "O"
        if tag != "O" and not following.startswith("I-"):
            yield start, place, tag[2:]


def page() -> list[Text]:
    """The body of the one hand-annotated article page."""
    text = (SHARED / "seed" / "page.txt").read_text(encoding="utf-8")
    lines = (SHARED / "seed" / "entities_gold.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["section"] == "body"]
    low = text.rfind("\n", 0, min(row["start"] for row in rows)) + 1
    high = text.find("\n\n", max(row["end"] for row in rows))
    made = Text(text[low:high], set(), [], {})
    for row in rows:
        span = (row["start"] - low, row["end"] - low, TYPES.get(row["type"], row["type"]))
        others = set(_alternatives(made.body, span, row["alt"]))
        if row["optional"]:
            made.ignored.extend([span, *others])
        else:
            made.gold.add(span)
            made.alternatives[span] = others
    return [made]


def _alternatives(body: str, span: Span, listed: Iterable[str]) -> Iterator[Span]:
    """Spans of the accepted readings of a mention, written `July of 2006/DATE`."""
    for item in listed:
        words, _, kind = item.rpartition("/")
        start = body.find(words, max(0, span[0] - len(words)))
        if 0 <= start < span[1]:
            yield start, start + len(words), TYPES.get(kind, kind)


def compare(text: Text, found: set[Span], counts: dict[str, Counter[str]]) -> list[str]:
    """Add the right, wrong and missed mentions of a text to `counts`; say what was wrong."""
    left = found - text.gold
    notes = []
    for span in text.gold:
        others = text.alternatives.get(span, set())
        hit = span in found or bool(others & found)
        left -= others
        counts[span[2]]["right" if hit else "missed"] += 1
        if not hit:
            notes.append(f"missed {span[2]}: {text.body[span[0] : span[1]]!r}")
    for start, end, kind in left:
        if any(start < stop and begin < end for begin, stop, _ in text.ignored):
            continue
        counts[kind]["wrong"] += 1
        around = text.body[max(0, start - 25) : end + 25].replace("\n", "|")
        notes.append(f"wrong {kind}: {text.body[start:end]!r} in {around!r}")
    return notes


def score(texts: list[Text], kinds: set[str]) -> tuple[dict[str, Score], list[str], float]:
    """Scores by kind and of all (`all`), notes on errors, and seconds of finding."""
    versions = pl.DataFrame(
        {"version_id": range(len(texts)), "body": [t.body for t in texts]}
    ).with_columns(language=pl.lit("en"))
    start = time.perf_counter()
    rows = mentions(versions)
    seconds = time.perf_counter() - start
    found: dict[int, set[Span]] = defaultdict(set)
    for number, first, last, kind in rows.select(
        "version_id", "start_offset", "end_offset", "kind"
    ).iter_rows():
        if (same := SAME.get(kind, kind)) in kinds:
            found[number].add((first, last, same))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    notes = [n for i, text in enumerate(texts) for n in compare(text, found[i], counts)]
    scores = {kind: Score(**counts[kind]) for kind in sorted(counts)}
    total = [sum(getattr(s, field) for s in scores.values()) for field in Score._fields]
    return scores | {"all": Score(*total)}, notes, seconds


def linked() -> tuple[int, int]:
    """Of the page's gold mentions with an id that were found: those with the right id, and all."""
    text = (SHARED / "seed" / "page.txt").read_text(encoding="utf-8")
    lines = (SHARED / "seed" / "entities_gold.jsonl").read_text(encoding="utf-8").splitlines()
    versions = pl.DataFrame({"version_id": [1], "body": [text], "language": ["en"]})
    resolved = resolve(mentions(versions), versions)
    rows = resolved.mentions.join(resolved.entities, on="entity_id", suffix="_entity")
    ours = {
        (row["start_offset"], row["end_offset"]): {f"iso:{row['iso_3166']}", row["identity"]}
        for row in rows.iter_rows(named=True)
    }
    gold = {
        (row["start"], row["end"]): {_identity(link) for link in row["links"]}
        for row in map(json.loads, lines)
        if row["links"] and row["section"] == "body"
    }
    both = gold.keys() & ours.keys()
    return sum(bool(gold[at] & ours[at]) for at in both), len(both)


def _identity(link: str) -> str:
    """A link of the gold in our names: `wd:Q7184` is `wikidata:Q7184`."""
    return link.replace("wd:", "wikidata:").replace("gn:", "geonames:")


def measure(name: str) -> tuple[dict[str, Score], list[str], float, int]:
    """Scores, notes, seconds and words of one set."""
    texts = page() if name == "page" else tagged(SETS[name])
    kinds = set(TYPES.values()) if name == "page" else set(TAGS.values())
    scores, notes, seconds = score(texts, kinds)
    return scores, notes, seconds, sum(len(text.body.split()) for text in texts)


def available() -> list[str]:
    """Names of the sets that are on this machine."""
    folder = SHARED / "eval" / "entities"
    here = [name for name, file in SETS.items() if (folder / f"{file}.jsonl.gz").exists()]
    return here + ["page"] * (SHARED / "seed" / "entities_gold.jsonl").exists()


def lows(name: str, scores: dict[str, Score]) -> list[str]:
    """What is under its floor."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["entities"].get(name, {})
    return [
        f"{name} {kind}: F1 {scores[kind].f1():.1f} is under its floor of {floor:.0%}"
        for kind, floor in floors.items()
        if scores[kind].f1() < 100 * floor
    ]


def main(arguments: list[str]) -> int:
    """Print scores; 1 where one is under its floor."""
    mentions(pl.DataFrame({"version_id": [0], "body": ["Iran"], "language": ["en"]}))
    low = []
    lines = []
    for name in [a for a in arguments if not a.startswith("-")] or available():
        scores, notes, seconds, count = measure(name)
        low += lows(name, scores)
        lines.append(f"{name}: {count} words, {count / seconds:,.0f} words a second")
        lines += [f"  {kind:13} {value}" for kind, value in scores.items()]
        lines += [f"    {note}" for note in notes] if "--errors" in arguments else []
    if "page" in available():
        lines.append("page: right id for {} of {} mentions found".format(*linked()))
    sys.stdout.write("\n".join([*lines, *low, ""]))
    return int(bool(low))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
