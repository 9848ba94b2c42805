"""Scores of labels to the best labels, and how sure each of them is.

A linear-chain CRF: Viterbi for the labels, forward and backward for their probabilities, over a
batch whose references stand in columns, the longest first. In and out: numpy arrays.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Chain(NamedTuple):
    """What a label costs after another (L, L), at the beginning (L) and at the end (L)."""

    moves: Floats
    begin: Floats
    end: Floats


def best(scores: Floats, lengths: Ints, chain: Chain) -> Ints:
    """The best labels (T, B) of `scores` (T, B, L); 0 beyond a length.

    `lengths` (B) never rise, so the references that have a word at a step are the first ones.
    """
    steps, labels = len(scores), np.zeros(scores.shape[:2], np.int64)
    total, back = chain.begin + scores[0], np.zeros(scores.shape, np.int64)
    live = _live(lengths, steps)
    for step in range(1, steps):
        grown = total[: live[step], :, None] + chain.moves
        back[step, : live[step]] = grown.argmax(1)
        total[: live[step]] = grown.max(1) + scores[step, : live[step]]
    last = (total + chain.end).argmax(1)
    for step in range(steps - 1, -1, -1):
        # References that end here begin their way back; the others are on it.
        labels[step, : live[step]] = last[: live[step]]
        if step:
            at = labels[step, : live[step], None]
            last[: live[step]] = np.take_along_axis(back[step, : live[step]], at, 1)[:, 0]
    return labels


def _live(lengths: Ints, steps: int) -> list[int]:
    """How many references have a word at each step."""
    return [int(count) for count in np.searchsorted(-lengths, -np.arange(steps), side="left")]


def sureness(scores: Floats, lengths: Ints, chain: Chain, labels: Ints) -> Floats:
    """The probability of each label (T, B), given the whole reference; 1 beyond a length."""
    steps, live = len(scores), _live(lengths, len(scores))
    emitted = np.exp(scores - scores.max(2, keepdims=True)).astype(np.float64)
    moves, ends = np.exp(chain.moves).astype(np.float64), np.exp(chain.end).astype(np.float64)
    forward = np.zeros(scores.shape)
    forward[0] = _scaled(emitted[0] * np.exp(chain.begin))
    for step in range(1, steps):
        count = live[step]
        forward[step, :count] = _scaled((forward[step - 1, :count] @ moves) * emitted[step, :count])
    found = np.ones(scores.shape[:2], np.float32)
    backward = np.tile(ends, (len(lengths), 1))
    for step in range(steps - 1, -1, -1):
        count = live[step]
        both = _scaled(forward[step, :count] * backward[:count])
        at = labels[step, :count, None]
        found[step, :count] = np.take_along_axis(both, at, 1)[:, 0]
        backward[:count] = _scaled((backward[:count] * emitted[step, :count]) @ moves.T)
    return found


def _scaled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """`values` (B, L) as shares of their sum, so that products of many stay in range."""
    shares: NDArray[np.float64] = values / np.maximum(values.sum(1, keepdims=True), 1e-300)
    return shares
