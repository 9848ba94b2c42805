"""Accuracy does not fall below its floors; the slow sets are measured by hand (`make accuracy`)."""

import pytest

from tests.accuracy import entries, pages


@pytest.mark.skipif(not pages.SETS.exists(), reason=f"{pages.SETS} is not on this machine")
def test_pages_like_the_first_one_are_read_as_well_as_ever() -> None:
    assert pages.lows("seedlike", pages.seedlike()) == []


@pytest.mark.parametrize("name", ["open", "held_out", "seedlike", "sample"])
def test_lists_are_found_and_split_as_well_as_ever(name: str) -> None:
    if name not in entries.available():
        pytest.skip(f"{pages.SETS} is not on this machine")

    assert entries.lows(name, entries.scored(name)) == []
