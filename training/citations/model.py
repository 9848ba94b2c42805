"""The network: words and gaps to scores of labels, and a CRF over them.

In: features of `etl.transform.citations.tokens`. Out: scores (T, B, L), and the loss of gold
labels. What is exported is everything but the CRF, which is decoded in numpy.
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from etl.transform.citations.encode import Batch
from etl.transform.citations.tokens import SHAPES, SIGNS


class Sizes(NamedTuple):
    """Sizes of vocabularies and layers."""

    words: int
    chars: int
    gaps: int
    labels: int
    word: int = 64
    char: int = 24
    filters: int = 64
    shape: int = 12
    gap: int = 24
    units: int = 128
    dropout: float = 0.4
    unknown: float = 0.12

    def inputs(self) -> int:
        """Width of the features of one word."""
        return self.word + self.filters + self.shape + 2 * (self.gap + len(SIGNS)) + 4


class Labeller(nn.Module):
    """Word vectors, a convolution over characters, gaps, two bidirectional LSTM layers."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.word = nn.Embedding(sizes.words, sizes.word, padding_idx=0)
        self.char = nn.Embedding(sizes.chars, sizes.char, padding_idx=0)
        self.filters = nn.Conv1d(sizes.char, sizes.filters, 3, padding=1)
        self.shape = nn.Embedding(len(SHAPES), sizes.shape)
        self.gap = nn.Embedding(sizes.gaps, sizes.gap, padding_idx=0)
        self.lstm = nn.LSTM(
            sizes.inputs(), sizes.units, num_layers=2, bidirectional=True, dropout=sizes.dropout
        )
        self.out = nn.Linear(2 * sizes.units, sizes.labels)
        self.drop = nn.Dropout(sizes.dropout)
        self.moves = nn.Parameter(torch.zeros(sizes.labels, sizes.labels))
        self.begin = nn.Parameter(torch.zeros(sizes.labels))
        self.end = nn.Parameter(torch.zeros(sizes.labels))

    def forward(self, batch: Batch) -> Tensor:
        """Scores (T, B, L); the references of `batch` must be of one length: nothing is masked."""
        hidden, _ = self.lstm(self.drop(self.features(batch)))
        scores: Tensor = self.out(self.drop(hidden))
        return scores

    def features(self, batch: Batch) -> Tensor:
        """Features of each word (T, B, `inputs`)."""
        word = torch.from_numpy(batch.word)
        if self.training:
            word = word.masked_fill(torch.rand(word.shape) < self.sizes.unknown, 1)
        chars = self.filters(self.char(torch.from_numpy(batch.chars)).transpose(1, 2)).amax(2)
        types = torch.cat(
            [self.word(word), torch.relu(chars), self.shape(torch.from_numpy(batch.shape))], 1
        )
        gaps = torch.cat([self.gap(torch.from_numpy(batch.gap)), torch.from_numpy(batch.signs)], 2)
        parts = [types[torch.from_numpy(batch.place)], gaps[:-1], gaps[1:]]
        return torch.cat([*parts, torch.from_numpy(batch.state)], 2)

    def loss(self, scores: Tensor, gold: Tensor) -> Tensor:
        """Mean negative log-likelihood of `gold` (T, B), whose columns are of one length."""
        return (self._total(scores) - self._path(scores, gold)).mean()

    def _path(self, scores: Tensor, gold: Tensor) -> Tensor:
        """Score of the gold labels of each reference (B)."""
        at = scores.gather(2, gold[..., None])[..., 0].sum(0)
        return (
            at + self.moves[gold[:-1], gold[1:]].sum(0) + self.begin[gold[0]] + self.end[gold[-1]]
        )

    def _total(self, scores: Tensor) -> Tensor:
        """Log of the sum over all paths of each reference (B)."""
        total = self.begin + scores[0]
        for step in range(1, len(scores)):
            total = torch.logsumexp(total[:, :, None] + self.moves, 1) + scores[step]
        return torch.logsumexp(total + self.end, 1)
