"""References are read as well as they were: no score falls under its floor."""

import pytest

from tests.accuracy import citations


@pytest.mark.parametrize("name", citations.SETS)
def test_no_score_is_under_its_floor(name: str) -> None:
    if name not in citations.available():
        pytest.skip(f"the gold of {name!r} is not on this machine")

    result = citations.measure(name)

    assert citations.lows(name, result) == []
