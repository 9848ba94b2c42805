"""The `article_versions` frame to `signatures`: what bodies are compared by.

A body is the set of its shingles, rows of three folded words. Two bodies are as similar as the
share of shingles they have in common (Jaccard). MinHash keeps that: of each of 2,048 random
orders of all shingles we keep the least one's hash, and two sets agree in it as often as they
are similar. From the first 96 of them come the bands (LSH), by which the publish finds texts
that may be alike; from all of them the sketch, one bit each (Li and König, "b-Bit Minwise
Hashing", 2010), by which it compares these.

Signatures of different makings do not fit together. `MAKING` is part of every band, so such
texts are not found to be alike until both were read anew.
"""

import importlib
from collections.abc import Sequence
from typing import Any

import polars as pl

from etl.schema import Signature, conform, key
from etl.transform.text import folded_words

SHINGLE_WORDS = 3
"""Words of a shingle. Of 481 articles of news sites and journals, the two most similar different
ones share 17 % of their rows of three (the same event, the same quotations), 22 % of their rows of
two, 48 % of their words; a text with every tenth word changed keeps 57 % of its rows of three, and
48 % of its rows of four."""

FEWEST_WORDS = 50
"""Shorter bodies have no signature: captions, notices and teasers repeat each other by nature."""

SLOTS = 2_048
"""MinHashes of a text. The sketch of so many bits misses a similarity by 0.02 (standard error)."""

BAND_SLOTS, BANDS = 3, 32
"""MinHashes of a band, and bands. Texts have one in common with a chance of 1 - (1 - s³)³²: 0.88,
0.985 and 0.9996 for similarities of 0.4, 0.5 and 0.6, but 0.004 for 0.05, as of articles in one
frame, and 4 in a million for different ones. With four a band 0.4 would be found in 0.56 of cases;
with two, a large source would compare each of its articles with thousands of others."""

WORD_BITS = 64
"""Bits of a number of the sketch."""

SEED = 42
"""Of the random orders; any number will do, always the same."""

LONGEST = 200_000
"""Characters of a body that are looked at: of a book the beginning."""


def _rensa() -> Any:
    """The class of the MinHash; it ships no types."""
    return importlib.import_module("rensa").RMinHash


MAKING = f"rensa {_rensa().ALGORITHM_VERSION} {SHINGLE_WORDS} {BAND_SLOTS} {SEED}"
"""All that a signature depends on but the text: see the module."""


def signatures(versions: pl.DataFrame) -> pl.DataFrame:
    """One row per version whose body has `FEWEST_WORDS`, ready to load into `signatures`."""
    bodies = zip(versions["version_id"], versions["body"], strict=True)
    rows = [(version_id, *made) for version_id, body in bodies if (made := signature(body))]
    names = ("version_id", "shingle_count", "bands", "sketch")
    frame = pl.DataFrame(
        {name: [row[n] for row in rows] for n, name in enumerate(names)},
        schema={
            "version_id": pl.Int64,
            "shingle_count": pl.Int32,
            "bands": pl.List(pl.Int64),
            "sketch": pl.List(pl.Int64),
        },
    )
    return conform(frame, Signature)


def signature(body: str) -> tuple[int, list[int], list[int]] | None:
    """Number of shingles, bands and sketch of a body; None if it is too short."""
    found = shingles(body)
    if not found:
        return None
    made = _rensa()(SLOTS, SEED)
    made.update(list(found))
    slots: list[int] = made.digest()
    return len(found), _bands(slots), _sketch(slots)


def shingles(body: str) -> set[str]:
    """All rows of `SHINGLE_WORDS` words of a body, folded; none if it has too few words.

    >>> len(shingles("word " * 49)), len(shingles("word " * 50))
    (0, 1)
    """
    words = folded_words(body[:LONGEST])
    if len(words) < FEWEST_WORDS:
        return set()
    rows = zip(*(words[n:] for n in range(SHINGLE_WORDS)), strict=False)
    return {" ".join(row) for row in rows}


def similarity(one: Sequence[int], other: Sequence[int]) -> float:
    """Similarity of two texts by their sketches, 0 to 1, as the publish computes it."""
    apart = sum(
        ((a ^ b) & (1 << WORD_BITS) - 1).bit_count() for a, b in zip(one, other, strict=True)
    )
    return max(0.0, 1 - 2 * apart / (WORD_BITS * len(one)))


def _bands(slots: Sequence[int]) -> list[int]:
    """Keys of the bands; a band in another place is another band."""
    cut = (slots[n * BAND_SLOTS : (n + 1) * BAND_SLOTS] for n in range(BANDS))
    return [key(MAKING, place, *band) for place, band in enumerate(cut)]


def _sketch(slots: Sequence[int]) -> list[int]:
    """The lowest bit of every MinHash, in signed numbers of `WORD_BITS`."""
    bits = "".join("1" if slot & 1 else "0" for slot in slots)
    cut = (bits[n : n + WORD_BITS] for n in range(0, len(bits), WORD_BITS))
    return [_signed(int(word, 2)) for word in cut]


def _signed(word: int) -> int:
    """Unsigned 64-bit number as the signed one of the same bits."""
    return word - (1 << WORD_BITS) if word >> (WORD_BITS - 1) else word
