"""References are read as well as they were: no score falls under its floor."""

import pytest

from tests.accuracy import citations
from tests.accuracy.labelled import OWN, SETS, available


@pytest.mark.parametrize("name", SETS)
def test_no_score_is_under_its_floor(name: str) -> None:
    if name not in OWN and name not in available():
        pytest.skip(f"the gold of {name!r} is not on this machine")

    result = citations.measure(name)

    assert citations.lows(name, result) == []
