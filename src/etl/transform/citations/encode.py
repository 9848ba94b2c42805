"""Words and gaps of references to arrays of numbers, which the network reads.

In: a batch of split references. Out: its features, padded. Features of a word or gap are worked
out once and kept: most words of a batch were in the batches before it.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.transform.citations.tokens import SIGNS, Split, Vocabulary, plain_gap, shape, spelling

CHARS = 16
"""Characters of a word that are read: its first 10 and last 6 where it is longer."""

HEAD = 10

MOST_KEPT = 200_000
"""Words whose features are kept; then all are forgotten. A word takes some 400 bytes."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


class Batch(NamedTuple):
    """Features of a batch of B references of at most T words, which have U different words.

    `word` (U) and `chars` (U, 16), `shape` (U) belong to the different words; `place` (T, B) says
    which stands where; `gap` (T + 1, B), `signs` (T + 1, B, 18); `state` (T, B, 4); `lengths` (B).
    """

    word: Ints
    chars: Ints
    shape: Ints
    place: Ints
    gap: Ints
    signs: Floats
    state: Floats
    lengths: NDArray[np.int32]


class Gap(NamedTuple):
    """Features of one gap: its number, brackets it opens less closes, quotes in it, its signs."""

    number: int
    depth: int
    quotes: int
    signs: tuple[float, ...]


class Encoder:
    """Makes batches by one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._words: dict[str, tuple[int, ...]] = {}
        self._gaps: dict[str, Gap] = {}

    def __call__(self, splits: Sequence[Split]) -> Batch:
        """Features of a batch; every reference needs a word."""
        lengths = np.fromiter((len(item.words) for item in splits), np.int32, len(splits))
        types: dict[str, int] = {}
        index = np.zeros((int(lengths.max()), len(splits)), np.int64)
        for column, item in enumerate(splits):
            index[: len(item.words), column] = [types.setdefault(w, len(types)) for w in item.words]
        rows = np.array([self._word(word) for word in types], np.int64)
        gaps, opened, signs = self._between(splits, len(index))
        return Batch(
            word=rows[:, 0],
            chars=np.ascontiguousarray(rows[:, 2:]),
            shape=rows[:, 1],
            place=index,
            gap=gaps,
            signs=signs,
            state=_state(opened, lengths),
            lengths=lengths,
        )

    def _word(self, word: str) -> tuple[int, ...]:
        """Number, shape and characters of a word."""
        if (found := self._words.get(word)) is None:
            if len(self._words) >= MOST_KEPT:
                self._words.clear()
            cut = word if len(word) <= CHARS else word[:HEAD] + word[HEAD - CHARS :]
            chars = [self.vocabulary.chars.get(c, 1) for c in cut] + [0] * (CHARS - len(cut))
            number = self.vocabulary.words.get(spelling(word), 1)
            found = self._words[word] = (number, shape(word), *chars)
        return found

    def _gap(self, gap: str) -> Gap:
        """Features of a gap."""
        if (found := self._gaps.get(gap)) is None:
            if len(self._gaps) >= MOST_KEPT:
                self._gaps.clear()
            plain = plain_gap(gap)
            found = self._gaps[gap] = Gap(
                number=self.vocabulary.gaps.get(plain, 1),
                depth=plain.count("(") + plain.count("[") - plain.count(")") - plain.count("]"),
                quotes=plain.count('"'),
                signs=tuple(float(sign in plain) for sign in SIGNS),
            )
        return found

    def _between(self, splits: Sequence[Split], steps: int) -> tuple[Ints, Ints, Floats]:
        """Numbers (T + 1, B), depth and quotes (T + 1, B, 2), signs (T + 1, B, 18) of gaps."""
        seen: dict[str, int] = {"": 0}
        where = np.zeros((steps + 1, len(splits)), np.int64)
        for column, item in enumerate(splits):
            where[: len(item.gaps), column] = [seen.setdefault(g, len(seen)) for g in item.gaps]
        found = [self._gap(gap) for gap in seen]
        numbers = np.array([gap.number for gap in found], np.int64)
        opened = np.array([(gap.depth, gap.quotes) for gap in found], np.int64)
        signs = np.array([gap.signs for gap in found], np.float32)
        return numbers[where], opened[where], signs[where]


def _state(opened: Ints, lengths: NDArray[np.int32]) -> Floats:
    """Per word whether brackets or quotes are open, and how far on it stands (T, B, 4)."""
    sums = opened.cumsum(axis=0)[:-1]
    state = np.empty((*sums.shape[:2], 4), np.float32)
    steps = np.arange(len(sums), dtype=np.float32)[:, None]
    state[..., 0] = sums[..., 0] > 0
    state[..., 1] = sums[..., 1] % 2
    state[..., 2] = steps / lengths
    state[..., 3] = np.minimum(steps / 20, 1)
    return state
