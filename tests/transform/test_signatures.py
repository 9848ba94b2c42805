"""Signatures of texts tell how much they have in common."""

import random
from statistics import fmean

import polars as pl
import pytest

from etl.schema import Signature, frame_schema
from etl.transform.signatures import (
    BANDS,
    FEWEST_WORDS,
    LONGEST,
    shingles,
    signature,
    signatures,
    similarity,
)

PARAGRAPH = (
    "The canal was opened in spring, before the snow on the upper pass had melted. Its engineers "
    "had promised water for nine thousand hectares; in the first year it reached fewer than "
    "three. Farmers at the tail end dug wells, sold their cattle and waited. By the second autumn "
    "the ministry had sent two commissions, each of which blamed the seepage on the other."
)


def text(seed: int, words: int) -> list[str]:
    dice = random.Random(seed)
    return [f"w{dice.randrange(5_000)}" for _ in range(words)]


def pair(share: float, words: int, seed: int) -> tuple[str, str]:
    """A text, and the same with a share of its words replaced."""
    dice, original = random.Random(seed), text(seed, words)
    return " ".join(original), " ".join(
        f"x{dice.randrange(5_000)}" if dice.random() < share else word for word in original
    )


def measured(one: str, other: str) -> tuple[float, float]:
    """Similarity of two texts by their sketches, and in truth."""
    a, b = signature(one), signature(other)
    assert a
    assert b
    every = shingles(one), shingles(other)
    return similarity(a[2], b[2]), len(every[0] & every[1]) / len(every[0] | every[1])


def test_a_signature_is_the_same_on_every_machine_and_in_every_run() -> None:
    made = signature(PARAGRAPH)

    assert made
    count, bands, sketch = made
    assert count == 62
    assert (bands[0], bands[-1]) == (6891344709589676833, -3444058761804460849)
    assert (sketch[0], sketch[-1]) == (86835845668581019, -3194616950867962735)


def test_equal_texts_have_equal_signatures_however_they_are_printed() -> None:
    shouted = PARAGRAPH.upper().replace(" ", "\n  ").replace(",", " —")

    assert signature(shouted) == signature(PARAGRAPH)


def test_letters_that_are_one_to_a_reader_are_one() -> None:
    persian = "آب کانال در بهار به یک روستای کوچک رسید و کشاورزان منتظر ماندند "
    words = " ".join(f"{persian} {n}" for n in range(6))

    assert signature(words.replace("ی", "ي").replace("ک", "ك")) == signature(words)


@pytest.mark.parametrize("words", [80, 400, 3_000])
@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 1])
def test_the_sketch_tells_the_similarity_within_three_hundredths(share: float, words: int) -> None:
    pairs = [measured(*pair(share, words, seed)) for seed in range(12)]

    assert fmean((told - true) ** 2 for told, true in pairs) ** 0.5 < 0.03


def test_an_equal_text_is_similar_by_exactly_one() -> None:
    told, true = measured(PARAGRAPH, PARAGRAPH)

    assert told == true == 1


def test_similar_texts_have_a_band_in_common_and_different_ones_have_none() -> None:
    found = []
    for share in (0.05, 1):
        for seed in range(30):
            one, other = map(signature, pair(share, 400, seed))
            assert one
            assert other
            found.append(bool(set(one[1]) & set(other[1])))

    assert found == [True] * 30 + [False] * 30


def test_one_band_in_two_places_is_two_bands() -> None:
    made = signature(PARAGRAPH)

    assert made
    assert len(set(made[1])) == BANDS


def test_a_short_text_has_none() -> None:
    words = text(1, FEWEST_WORDS)

    assert signature(" ".join(words))
    assert signature(" ".join(words[:-1])) is None
    assert signature("") is None


def test_of_a_book_the_beginning_counts() -> None:
    book = " ".join(text(1, LONGEST // 3))

    assert len(book) > LONGEST
    assert signature(book) == signature(book[:LONGEST])


def test_every_version_that_is_long_enough_has_a_row() -> None:
    versions = pl.DataFrame({"version_id": [7, 8, 9], "body": [PARAGRAPH, "Too short.", PARAGRAPH]})

    rows = signatures(versions)

    assert rows.schema == frame_schema(Signature)
    assert rows["version_id"].to_list() == [7, 9]
    assert rows.row(0)[1:] == rows.row(1)[1:] == signature(PARAGRAPH)


def test_no_versions_have_no_rows() -> None:
    none = signatures(pl.DataFrame(schema={"version_id": pl.Int64, "body": pl.String}))

    assert none.height == 0
    assert none.schema == frame_schema(Signature)
