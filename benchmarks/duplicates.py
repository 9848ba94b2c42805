"""How well copies are told from other articles, and MinHash by rensa beside datasketch.

    python benchmarks/duplicates.py [TEXTS.jsonl [FIELD]]

Takes the texts of a file of JSON objects (field `text` if none is named), or invented ones.
Every text is copied in the ways copies are made: words replaced, parts cut, parts added. Pairs of
copy and original should be found, pairs of different texts not, nor pairs of short texts in one
frame. `found` means what the publish does: a band in common, and enough shared by the sketches.
Speed needs datasketch (`pip install datasketch`), which the project does not.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from etl.load.likeness import FRAME, LEAST_SHARED
from etl.transform import signatures as s

PERMUTATIONS = 128
"""MinHashes of both libraries where they race."""


MOST_COMPARED = 250
"""Texts of which every two are compared."""


class Text(NamedTuple):
    """A text with all that is known of it."""

    shingles: set[str]
    bands: set[int]
    sketch: list[int]


class Pair(NamedTuple):
    """Two texts compared."""

    true: float
    """Jaccard similarity of their shingles."""
    estimated: float
    has_band: bool
    count: int
    """Shingles of both together, each counted in both."""

    def is_like(self, least: float, frame: float) -> bool:
        """What the publish takes for alike (`IS_LIKE`), with other limits."""
        if self.estimated == 1:
            return True
        shared = self.count - frame * (1 + self.estimated)
        return (1 - self.estimated) * self.count <= (1 - least) * shared


def read(arguments: list[str]) -> list[str]:
    """Texts of the file named, or invented ones; none too short to have a signature."""
    if not arguments:
        return list(invented(300))
    field = arguments[1] if len(arguments) > 1 else "text"
    lines = Path(arguments[0]).read_text(encoding="utf-8").splitlines()
    texts = (str(json.loads(line)[field]) for line in lines)
    return [text for text in texts if s.shingles(text)]


def invented(count: int) -> Iterator[str]:
    """Texts of 100 to 2,000 words, as often used as words are (Zipf)."""
    dice = random.Random(1)
    words = [f"w{n}" for n in range(20_000)]
    weights = [1 / (n + 10) for n in range(len(words))]
    for _ in range(count):
        yield " ".join(dice.choices(words, weights, k=dice.randrange(100, 2_000)))


def replaced(share: float) -> Callable[[list[str], random.Random], list[str]]:
    """Single words replaced, by chance: the hardest way to edit."""
    return lambda words, dice: [f"x{dice.random()}" if dice.random() < share else w for w in words]


def rewritten(share: float) -> Callable[[list[str], random.Random], list[str]]:
    """Runs of 25 words, as of a sentence, replaced."""

    def edit(words: list[str], dice: random.Random) -> list[str]:
        runs = [words[n : n + 25] for n in range(0, len(words), 25)]
        edited = (
            [f"x{dice.random()}" for _ in run] if dice.random() < share else run for run in runs
        )
        return [word for run in edited for word in run]

    return edit


def cut(share: float) -> Callable[[list[str], random.Random], list[str]]:
    """The end left out."""
    return lambda words, _: words[: round(len(words) * (1 - share))]


def prefaced(share: float) -> Callable[[list[str], random.Random], list[str]]:
    """Words added before, so many of the text's."""
    return lambda words, dice: (
        [f"x{dice.random()}" for _ in range(round(len(words) * share))] + words
    )


COPIES = {
    **{f"{n} % of words replaced": replaced(n / 100) for n in (2, 5, 10, 15, 20, 40)},
    **{f"{n} % of sentences rewritten": rewritten(n / 100) for n in (10, 20, 30, 40)},
    **{f"{n} % cut": cut(n / 100) for n in (10, 25, 40, 50, 60)},
    **{f"preface of {n} %": prefaced(n / 100) for n in (10, 25, 50, 75, 100)},
}
"""Ways a copy is made."""


def signed(text: str) -> Text | None:
    """A text with its shingles and signature; None if it is too short."""
    made = s.signature(text)
    return Text(s.shingles(text), set(made[1]), made[2]) if made else None


def compared(one: Text, other: Text) -> Pair:
    """Two texts as they are, and as their signatures say."""
    shared = len(one.shingles & other.shingles)
    count = len(one.shingles) + len(other.shingles)
    estimated = s.similarity(one.sketch, other.sketch)
    return Pair(shared / (count - shared), estimated, bool(one.bands & other.bands), count)


def copies(texts: list[str]) -> dict[str, list[Pair]]:
    """Pairs of original and copy, by the way the copy was made."""
    pairs: dict[str, list[Pair]] = {}
    for number, text in enumerate(texts):
        original, words = signed(text), text.split()
        for way, edit in COPIES.items():
            copy = signed(" ".join(edit(words, random.Random(number))))
            if original and copy:
                pairs.setdefault(way, []).append(compared(original, copy))
    return pairs


def framed(texts: list[str], frame: int, own: int) -> list[Pair]:
    """Pairs of short articles: beginnings of texts in one frame of so many words."""
    words = [text.split() for text in texts]
    around = max(words, key=len)[:frame]
    short = (signed(" ".join(around + w[:own])) for w in words if w[:frame] != around)
    return [compared(a, b) for a, b in combinations([t for t in short if t][:120], 2)]


def share(pairs: Iterable[Pair], least: float = LEAST_SHARED, frame: float = FRAME) -> float:
    """Share of pairs that are found."""
    return statistics.fmean(pair.has_band and pair.is_like(least, frame) for pair in pairs)


def show_accuracy(texts: list[str]) -> None:
    """Print what is found of copies, of different texts and of short texts in one frame."""
    print(f"{len(texts)} texts; least shared {LEAST_SHARED}, frame {FRAME}\n")
    print(f"{'':28} {'similarity':>10} {'found':>7}   error of estimate (RMS)")
    for way, pairs in copies(texts).items():
        show(way, pairs)
    known = [text for text in map(signed, texts) if text][:MOST_COMPARED]
    apart = [compared(a, b) for a, b in combinations(known, 2)]
    show("different texts", apart)
    for frame, own in ((40, 40), (60, 30), (80, 80), (80, 40), (120, 80), (120, 40)):
        show(f"frame of {frame}, {own} own words", framed(texts, frame, own))
    most = sorted((pair.true for pair in apart), reverse=True)
    print(f"\nmost similar different texts: {', '.join(f'{one:.3f}' for one in most[:5])}")
    print(f"candidates a text, in a million: {share(apart, 0, -1e9) * 1e6:.1f}")


def show(name: str, pairs: list[Pair]) -> None:
    """Print one line."""
    error = statistics.fmean((pair.true - pair.estimated) ** 2 for pair in pairs) ** 0.5
    middle = statistics.median(pair.true for pair in pairs)
    print(f"{name:28} {middle:10.2f} {share(pairs):7.1%}   {error:.3f}")


def by_rensa(sets: list[set[str]]) -> list[list[int]]:
    """Signatures by rensa, one text at a time."""
    made = []
    for found in sets:
        one = s._rensa()(PERMUTATIONS, s.SEED)
        one.update(list(found))
        made.append(one.digest())
    return made


def by_rensa_together(sets: list[set[str]]) -> list[list[int]]:
    """Signatures by rensa, all texts in one call."""
    rows = [list(found) for found in sets]
    matrix = s._rensa().digest_matrix_from_token_sets(rows, PERMUTATIONS, s.SEED)
    made: list[list[int]] = matrix.to_rows()
    return made


def by_datasketch(sets: list[set[str]]) -> list[Any]:
    """Signatures by datasketch, with its own way for many tokens."""
    from datasketch import MinHash

    made = []
    for found in sets:
        one = MinHash(num_perm=PERMUTATIONS, seed=s.SEED)
        one.update_batch([shingle.encode() for shingle in found])
        made.append(one.digest())
    return made


def race(texts: list[str], rounds: int = 5) -> None:
    """Print the time of each library for the same shingles, in turns, and its error."""
    sets = [s.shingles(text) for text in texts]
    lanes: dict[str, Callable[[list[set[str]]], list[Any]]] = {
        "rensa": by_rensa,
        "rensa, in one call": by_rensa_together,
        "datasketch": by_datasketch,
    }
    if not find_spec("datasketch"):
        del lanes["datasketch"]
    taken: dict[str, list[float]] = {name: [] for name in lanes}
    errors = {name: error(sets, lane) for name, lane in lanes.items()}
    for _ in range(rounds):
        for name, lane in lanes.items():
            began = time.perf_counter()
            lane(sets)
            taken[name].append(time.perf_counter() - began)
    print(f"\nMinHash of {PERMUTATIONS}, {sum(map(len, sets)) / len(sets):.0f} shingles a text")
    base = statistics.median(taken[list(lanes)[-1]])
    for name, seconds in taken.items():
        middle = statistics.median(seconds)
        print(
            f"{name:20} {middle / len(sets) * 1e6:9.0f} µs a text {base / middle:7.1f}x"
            f"   error of estimate {errors[name]:.3f} (RMS)"
        )


def error(sets: list[set[str]], lane: Callable[[list[set[str]]], list[Any]]) -> float:
    """Error of the similarity by a library, of texts and copies with shingles replaced."""
    pairs = []
    for number, found in enumerate(sets):
        dice, kept = random.Random(number), random.Random(number).random()
        pairs += [found, {x if dice.random() < kept else f"{x} {number}" for x in sorted(found)}]
    made = lane(pairs)
    squares = []
    for n in range(0, len(pairs), 2):
        true = len(pairs[n] & pairs[n + 1]) / len(pairs[n] | pairs[n + 1])
        alike = sum(int(a) == int(b) for a, b in zip(made[n], made[n + 1], strict=True))
        squares.append((true - alike / PERMUTATIONS) ** 2)
    return statistics.fmean(squares) ** 0.5


if __name__ == "__main__":
    given = read(sys.argv[1:])
    show_accuracy(given)
    race(given)
