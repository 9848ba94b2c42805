"""References whose parts are labelled: shared sets and our own, by name of the set.

Shared sets are JSON lines of segments beside the project and may be missing; ours are text with
inline tags in `references/`, whose README says what the labels mean.
"""

import gzip
import json
import re
from pathlib import Path
from typing import NamedTuple

SHARED = Path(__file__).parents[3] / "shared" / "eval" / "citations"
OURS = Path(__file__).with_name("references")
UNSEEN = OURS / "held_out"

SETS = {
    "grobid": SHARED / "dev_grobid.jsonl.gz",
    "excite": SHARED / "dev_excite_en.jsonl.gz",
    "gost": SHARED / "train_gost_synthetic.jsonl.gz",
    "cyrillic": OURS / "gost_cyrillic.txt",
    "english-gost": OURS / "gost_english.txt",
    "english": OURS / "english_styles.txt",
    "persian": OURS / "persian.txt",
    "cyrillic-unseen": UNSEEN / "gost_cyrillic.txt",
    "english-gost-unseen": UNSEEN / "gost_english.txt",
    "english-unseen": UNSEEN / "english_styles.txt",
    "persian-unseen": UNSEEN / "persian.txt",
}

OWN = tuple(name for name, path in SETS.items() if path.parent in (OURS, UNSEEN))
"""Sets that are part of the project."""

NAMES_OF_LABELS = """
    citenum author editor title container date volume issue pages publisher place series edition
    url doi isbn arxiv note
"""
LABELS = frozenset(NAMES_OF_LABELS.split())

PART = re.compile(r"<(?P<label>[a-z]+)>(?P<text>[^<>]+)</(?P=label)>")
"""`<date>2008</date>`."""

OTHER = "O"
"""Label of text that belongs to no part."""


class Labelled(NamedTuple):
    """A reference and its gold: the text of each label, joined."""

    raw: str
    gold: dict[str, str]


def available() -> list[str]:
    """Sets whose gold is on this machine."""
    return [name for name, path in SETS.items() if path.exists()]


def labelled(name: str) -> list[Labelled]:
    """References of a set."""
    path = SETS[name]
    if name in OWN:
        return [joined(segments(line)) for line in tagged_lines(path)]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [joined(json.loads(line)["segs"]) for line in lines]


def tagged_lines(path: Path) -> list[str]:
    """Lines of a tagged file that hold a reference."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def segments(line: str) -> list[list[str]]:
    """Labels and texts of a tagged line, in order; their texts joined are the reference.

    >>> segments("<author>Хамидов С.</author> М., <date>2005</date>.")
    [['author', 'Хамидов С.'], ['O', ' М., '], ['date', '2005'], ['O', '.']]
    """
    found, end = [], 0
    for part in PART.finditer(line):
        found += [[OTHER, line[end : part.start()]], [part["label"], part["text"]]]
        end = part.end()
    found.append([OTHER, line[end:]])
    return [segment for segment in found if segment[1]]


def joined(found: list[list[str]]) -> Labelled:
    """One reference; a DOI that is printed as a URL of its resolver counts as a DOI."""
    gold: dict[str, str] = {}
    for label, text in found:
        gold[label] = f"{gold[label]} {text}" if label in gold else text
    if "doi.org" in gold.get("url", "").replace(" ", ""):
        gold.setdefault("doi", gold.pop("url").replace(" ", ""))
    return Labelled("".join(text for _, text in found), gold)
