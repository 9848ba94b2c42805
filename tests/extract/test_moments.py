"""Times in every form of W3C-DTF become UTC, and what is no time becomes none."""

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.feeds.moments import moment

DUSHANBE = ZoneInfo("Asia/Dushanbe")
"""Five hours ahead of UTC, all year."""

WRITTEN: dict[str, tuple[int, ...] | None] = {
    "2024": (2023, 12, 31, 19),
    "2024-05": (2024, 4, 30, 19),
    "2024-05-01": (2024, 5, 1, 18, 59, 59),
    "20240501": (2024, 5, 1, 18, 59, 59),
    "2024-05-01T10:20Z": (2024, 5, 1, 10, 20),
    "2024-05-01t10:20:30z": (2024, 5, 1, 10, 20, 30),
    "2024-05-01T10:20:30.5-03:00": (2024, 5, 1, 13, 20, 30),
    " 2024-05-01 10:20:30+0300\n": (2024, 5, 1, 7, 20, 30),
    "2024-05-01T10:20:30": (2024, 5, 1, 5, 20, 30),
    "0001": None,
    "2024-13": None,
    "0000-00-00": None,
    "9999-12-31T23:59:59-01:00": None,
    "yesterday": None,
    "": None,
}


@pytest.mark.parametrize("written", WRITTEN)
def test_every_form_is_read(written: str) -> None:
    told = moment(written, DUSHANBE)

    expected = WRITTEN[written]
    assert (told and told.tzinfo) is (expected and UTC)
    assert (told and told.timetuple()[:6]) == (expected and (*expected, 0, 0, 0)[:6])


@given(written=st.none() | st.text(max_size=30) | st.from_regex(r"\d{4}-?\d\d-?\d\d.{0,16}"))
def test_whatever_is_written_is_a_time_in_utc_or_none(written: str | None) -> None:
    told = moment(written, DUSHANBE)

    assert told is None or told.tzinfo is UTC
