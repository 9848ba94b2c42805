"""Labelled references to examples: the words of each and the number of the label of each word.

In: JSON lines of `segs`, `[label, text]` pairs that concatenate to the reference. Corpora differ
in where a field ends (one keeps `pp. ` and the full stop in it, another does not), so words that
name a field are taken off its edges; signs belong to no word and need no rule.
"""

import gzip
import json
import re
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from etl.transform.citations.tokens import Split, split
from etl.transform.citations.word_labels import EDGES, LABELS

Segments = list[tuple[str, str]]
"""A labelled reference: (label, text), concatenating to what is printed."""

NUMBERS = {label: number for number, label in enumerate(LABELS)} | {"O": 0}
"""Numbers of labels, and of the `O` of corpora."""

TAG = re.compile(r"</?[a-zA-Z]{1,12}\s?/?>")
"""A tag left by a page."""


class Example(NamedTuple):
    """One reference, and the number of the label of each of its words."""

    split: Split
    labels: list[int]


def read(path: Path) -> list[Segments]:
    """Labelled references of a file, without tags."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [
            [(label, TAG.sub("", text)) for label, text in json.loads(line)["segs"]]
            for line in lines
        ]


def printed(segments: Segments) -> str:
    """The reference as printed."""
    return "".join(text for _, text in segments)


def example(segments: Segments) -> Example | None:
    """Words with labels; None where there is no word.

    A word that begins outside of any field and ends in one is of that field: the address of a
    resolver before a DOI.
    """
    parts = split(printed(segments))
    if not parts.words:
        return None
    ends = list(accumulate(len(text) for _, text in segments))
    labels = [NUMBERS[label] for label, _ in segments]
    at, found = 0, []
    for word, start in zip(parts.words, parts.starts, strict=True):
        while ends[at] <= start:
            at += 1
        is_cut = ends[at] < start + len(word) and not labels[at]
        found.append(labels[at + is_cut])
    return Example(parts, _trimmed(parts, found))


def _trimmed(parts: Split, labels: list[int]) -> list[int]:
    """`labels` without the words at the edges of fields that only name them.

    What sticks to its number stays: the `S` of page `S08003`, the `p` of `98p`.
    """
    start = 0
    for end in range(1, len(labels) + 1):
        if end < len(labels) and labels[end] == labels[start]:
            continue
        edges = EDGES.get(LABELS[labels[start]], frozenset())
        first, last = start, end
        while first < last and _names_a_field(parts, first, first + 1, edges):
            first += 1
        while last > first and _names_a_field(parts, last - 1, last - 1, edges):
            last -= 1
        if first < last:
            labels[start:first] = [0] * (first - start)
            labels[last:end] = [0] * (end - last)
        start = end
    return labels


def _names_a_field(parts: Split, at: int, gap: int, edges: frozenset[str]) -> bool:
    """Whether word `at` is one of `edges`, with something in `gap` between it and its field."""
    return parts.words[at].lower() in edges and parts.gaps[gap] != ""


def key(segments: Segments) -> str:
    """Letters and digits of a reference: equal for one that stands in two sets."""
    return re.sub(r"[\W_]", "", printed(segments)).lower()


def without(items: Iterable[Segments], measured: Iterable[Segments]) -> list[Segments]:
    """`items` without those that stand in a set for measuring."""
    known = {key(item) for item in measured}
    return [item for item in items if key(item) not in known]
