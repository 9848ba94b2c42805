"""Dates in any text: the forms they have, and what no text may do to the reader of them."""

import time
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.calendars import EVERY_WEEKDAY, MONTHS, PERSIAN_MONTHS
from etl.transform.pages import dateforms, dateline
from etl.transform.pages.stamp import Stamp

PIECES = st.one_of(
    st.integers(0, 2100).map(str),
    st.integers(0, 99).map(lambda number: f"{number:02}"),
    st.sampled_from([*MONTHS, *PERSIAN_MONTHS, *EVERY_WEEKDAY]),
    st.sampled_from(
        [*"-/.:,T+()|•—", " ", " - ", "\u200c", "st", "th", " of ", " de ", "соли ", "ماه"]
    ),
    st.sampled_from(["14:27", "2:27 p.m.", "+05:00", "UTC", "Z", "EST", "Updated: ", "by ", "от "]),
    st.sampled_from(["۱۳۸۹", "۱۲", "١٨", "१२", "年", "月", "日", "ſ", "K", "İ", "ı", "²", "½"]),
    st.text(max_size=4),
)
TEXTS = st.lists(PIECES, max_size=14).map("".join)


@given(TEXTS)
def test_spans_of_dates_lie_in_the_text_one_after_the_other(text: str) -> None:
    stamps = list(dateforms.each(text))

    ends = [0, *(position for stamp in stamps for position in stamp.span)]
    assert ends == sorted(ends)
    assert ends[-1] <= len(dateforms.plain(text))


@given(TEXTS)
def test_any_line_is_a_dateline_or_none(text: str) -> None:
    stamps = [
        *(dateline.read_line(text), dateline.read_lead(text), dateforms.find_short(text)),
        *(dateforms.read_value(text), dateforms.read_url(f"/{text}")),
    ]
    rest = dateline.without_date(text)

    assert len(rest) <= max(len(text), len(dateforms.plain(text)) + 1)
    for stamp in filter(None, stamps):
        assert_sound(stamp)


def assert_sound(stamp: Stamp) -> None:
    """A stamp is a time that can be stored, whichever way its numbers are read."""
    for each in (stamp, stamp.turned()):
        published = each.published(ZoneInfo("Asia/Dushanbe"), "dateline")
        assert 1200 <= published.at.year <= 2110
        assert published.at.tzinfo is UTC
        assert (published.zone is None) == (published.precision != "minute")


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1:",
        "9-",
        "9/3/",
        "2011 ",
        "9 March ",
        "March 9, ",
        "9 March 2011 ",
        "14:27 ",
        "سه شنبه ",
    ],
)
def test_no_long_text_keeps_the_grammar_busy(piece: str) -> None:
    text = (piece * 160_000)[:160_000]

    start = time.process_time()
    list(dateforms.each(text))
    dateforms.find_short(text)
    dateline.without_date(text)

    # A hang, not a speed: it takes half a second, and minutes if time grows with the square.
    assert time.process_time() - start < 20
