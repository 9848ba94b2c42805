"""Batches, the learning itself, and scores while it goes on."""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy

import numpy as np
import torch
from torch import Tensor

from etl.transform.citations.decode import Chain, best
from etl.transform.citations.encode import Encoder
from training.citations.data import Example
from training.citations.model import Labeller

MOST_WORDS = 1_400
"""Words of one batch; references in it are of one length, so that nothing is padded."""

AVERAGED = 0.999
"""Weight of the past in the running mean of the weights, which is what is shipped."""


def batches(items: Sequence[Example], chance: random.Random) -> Iterator[list[Example]]:
    """`items` in batches of one length, in random order."""
    by_length: dict[int, list[Example]] = defaultdict(list)
    for item in items:
        by_length[len(item.labels)].append(item)
    cut = []
    for length, group in by_length.items():
        chance.shuffle(group)
        size = min(48, max(1, MOST_WORDS // length))
        cut += [group[i : i + size] for i in range(0, len(group), size)]
    chance.shuffle(cut)
    yield from cut


def gold(batch: Sequence[Example]) -> Tensor:
    """Numbers of labels (T, B)."""
    return torch.tensor([item.labels for item in batch]).T


def learn(
    model: Labeller,
    encode: Encoder,
    epochs: int,
    items: Callable[[int], list[Example]],
    told: Callable[[int, Labeller], None],
    rate: float = 2e-3,
    seconds: float = 1e9,
) -> Labeller:
    """The mean of the weights of `model` over its last steps.

    `items` gives the examples of an epoch; `told` is called after each with the mean so far. The
    rate rises for a fifth of the first epoch and then falls to nothing along a cosine, over the
    epochs or the `seconds`, whichever end first.
    """
    mean: Labeller = deepcopy(model).eval()
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=1e-3)
    chance, start = random.Random(1), time.monotonic()
    for epoch in range(epochs):
        cut = list(batches(items(epoch), chance))
        model.train()
        for step, batch in enumerate(cut):
            done = max((epoch + step / len(cut)) / epochs, (time.monotonic() - start) / seconds)
            _set_rate(optimizer, rate, min(done, 1.0), epochs)
            _step(model, optimizer, encode, batch)
            _average(mean, model, min(AVERAGED, (1 + step + epoch * len(cut)) / 200 + 0.5))
        told(epoch, mean)
        if done >= 1.0:
            break
    return mean


def _set_rate(optimizer: torch.optim.Optimizer, rate: float, done: float, epochs: int) -> None:
    """Warm up, then a cosine."""
    warm = min(1.0, done * epochs * 5 + 0.02)
    for group in optimizer.param_groups:
        group["lr"] = rate * warm * (0.5 * (1 + float(np.cos(np.pi * done))) + 0.005)


def _step(
    model: Labeller,
    optimizer: torch.optim.Optimizer,
    encode: Encoder,
    batch: Sequence[Example],
) -> None:
    """One step down the gradient of a batch."""
    features = encode([item.split for item in batch])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(features)
    loss = model.loss(scores.float(), gold(batch))
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
    optimizer.step()


@torch.no_grad()
def _average(mean: Labeller, model: Labeller, kept: float) -> None:
    """Move `mean` towards `model`."""
    kept = min(kept, AVERAGED)
    for ours, theirs in zip(mean.parameters(), model.parameters(), strict=True):
        ours.lerp_(theirs, 1 - kept)


@torch.no_grad()
def labelled(
    model: Labeller, encode: Encoder, items: Sequence[Example]
) -> list[tuple[Example, list[int]]]:
    """Each example with the best labels of `model`."""
    model.eval()
    found = []
    for batch in batches(items, random.Random(1)):
        scores = model(encode([item.split for item in batch])).numpy()
        chain = Chain(*(p.numpy() for p in (model.moves, model.begin, model.end)))
        paths = best(scores, np.full(len(batch), len(scores)), chain)
        found += [(item, paths[:, i].tolist()) for i, item in enumerate(batch)]
    return found


def scores(
    found: Sequence[tuple[Example, list[int]]], fields: Sequence[int]
) -> tuple[float, float]:
    """Micro F1 over the spans of `fields` and share of references that are right in all of them."""
    right = given = expected = whole = 0
    for item, labels in found:
        ours, theirs = texts(item, labels, fields), texts(item, item.labels, fields)
        same = sum(ours.get(f) == v for f, v in theirs.items())
        right, given, expected = right + same, given + len(ours), expected + len(theirs)
        whole += ours == theirs
    return 200 * right / max(1, given + expected), 100 * whole / max(1, len(found))


def texts(item: Example, labels: Sequence[int], fields: Sequence[int]) -> dict[int, list[str]]:
    """The words of each field."""
    found: dict[int, list[str]] = {}
    for word, label in zip(item.split.words, labels, strict=True):
        if label in fields:
            found.setdefault(label, []).append(word)
    return found
