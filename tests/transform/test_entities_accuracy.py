"""Entities are found as well as they were: no score falls under its floor."""

import pytest

from tests.accuracy import entities


@pytest.mark.parametrize("name", ["page", "mixed"])
def test_no_score_is_under_its_floor(name: str) -> None:
    if name not in entities.available():
        pytest.skip(f"the gold of {name!r} is not on this machine")

    scores, *_ = entities.measure(name)

    assert entities.lows(name, scores) == []
