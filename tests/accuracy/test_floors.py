"""Accuracy does not fall below its floors; the slow sets are measured by `tests.accuracy.pages`."""

import pytest

from tests.accuracy import pages


@pytest.mark.skipif(not pages.SETS.exists(), reason=f"{pages.SETS} is not on this machine")
def test_pages_like_the_first_one_are_read_as_well_as_ever() -> None:
    assert pages.lows("seedlike", pages.seedlike()) == []
