"""The best labels of a chain and how sure they are, against all paths tried one by one."""

from itertools import pairwise, product

import numpy as np
import pytest
from numpy.typing import NDArray

from etl.transform.citations.decode import Chain, best, sureness

Drawn = tuple[Chain, NDArray[np.float32]]

LABELS = 3
LENGTHS = np.array([4, 3, 1])


@pytest.fixture(scope="module", params=range(5))
def drawn(request: pytest.FixtureRequest) -> Drawn:
    chance = np.random.default_rng(request.param)
    sizes = ((LABELS, LABELS), (LABELS,), (LABELS,))
    chain = Chain(*(chance.normal(size=size).astype(np.float32) for size in sizes))
    return chain, chance.normal(size=(4, len(LENGTHS), LABELS)).astype(np.float32)


def score(path: tuple[int, ...], scores: NDArray[np.float32], chain: Chain) -> float:
    moves = sum(chain.moves[a, b] for a, b in pairwise(path))
    at = sum(scores[step, label] for step, label in enumerate(path))
    return float(at + moves + chain.begin[path[0]] + chain.end[path[-1]])


def test_the_best_path_is_the_best_of_all(drawn: Drawn) -> None:
    chain, scores = drawn
    labels = best(scores, LENGTHS, chain)

    for column, length in enumerate(LENGTHS):
        paths = product(range(LABELS), repeat=int(length))
        expected = max(paths, key=lambda path: score(path, scores[:, column], chain))
        assert tuple(labels[:length, column]) == expected
        assert not labels[length:, column].any()


def test_sureness_is_the_share_of_all_paths(drawn: Drawn) -> None:
    chain, scores = drawn
    labels = best(scores, LENGTHS, chain)
    sure = sureness(scores, LENGTHS, chain, labels)

    for column, length in enumerate(LENGTHS):
        paths = list(product(range(LABELS), repeat=int(length)))
        weights = np.exp([score(path, scores[:, column], chain) for path in paths])
        for step in range(length):
            same = [path[step] == labels[step, column] for path in paths]
            assert sure[step, column] == pytest.approx(weights[same].sum() / weights.sum(), 1e-4)


def test_a_long_reference_does_not_overflow() -> None:
    scores = np.random.default_rng(1).normal(scale=20, size=(320, 1, LABELS)).astype(np.float32)
    chain = Chain(np.zeros((LABELS, LABELS), "f"), np.zeros(LABELS, "f"), np.zeros(LABELS, "f"))
    labels = best(scores, np.array([320]), chain)
    sure = sureness(scores, np.array([320]), chain, labels)

    assert np.isfinite(sure).all()
    assert ((sure >= 0) & (sure <= 1)).all()
