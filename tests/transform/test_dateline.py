"""Datelines in the languages and calendars we read."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from etl.transform.calendars import from_persian
from etl.transform.pages import dateforms, dateline

DUSHANBE = ZoneInfo("Asia/Dushanbe")


@pytest.mark.parametrize(
    ("line", "at", "precision"),
    [
        ("Wed, March 9, 2011 - 14:27", "2011-03-09T14:27", "minute"),
        ("9 March 2011", "2011-03-09T00:00", "day"),
        ("Published: 9th of March, 2011", "2011-03-09T00:00", "day"),
        ("Mar. 9, 2011, 2:27 p.m.", "2011-03-09T14:27", "minute"),
        ("12:05 AM, 9 March 2011", "2011-03-09T00:05", "minute"),
        ("March 2011", "2011-03-01T00:00", "month"),
        ("2011-03-09 14:27", "2011-03-09T14:27", "minute"),
        ("09.03.2011 14:27", "2011-03-09T14:27", "minute"),
        ("14:27, 09.03.2011", "2011-03-09T14:27", "minute"),
        ("03/13/2011", "2011-03-13T00:00", "day"),
        ("Analytics | 9 March 2011", "2011-03-09T00:00", "day"),
        ("Submitted by Nigora Salimova on Wed, 03/09/2011 - 14:27", "2011-03-09T14:27", "minute"),
        ("9 марта 2011 г., 14:27", "2011-03-09T14:27", "minute"),
        ("Среда, 9 марта 2011 года", "2011-03-09T00:00", "day"),
        ("Душанбе, 9 марта 2011", "2011-03-09T00:00", "day"),
        ("Опубликовано: 9.3.2011", "2011-03-09T00:00", "day"),
        ("9 марти соли 2011, соати 14:27", "2011-03-09T14:27", "minute"),
        ("чоршанбе, 9 март 2011", "2011-03-09T00:00", "day"),
        ("چهارشنبه ۱۸ اسفند ۱۳۸۹ - ۱۴:۲۷", "2011-03-09T14:27", "minute"),
        ("تاریخ انتشار: ۱۳۸۹/۱۲/۱۸", "2011-03-09T00:00", "day"),
        ("۹ مارس ۲۰۱۱", "2011-03-09T00:00", "day"),
        ("پنج‌شنبه ۱۹ حوت ۱۳۸۹", "2011-03-10T00:00", "day"),
        ("٩ مارس ٢٠١١", "2011-03-09T00:00", "day"),
    ],
)
def test_a_dateline_is_read_in_its_language(line: str, at: str, precision: str) -> None:
    stamp = dateline.read_line(line)

    assert stamp is not None
    assert not stamp.is_doubtful
    published = stamp.published(UTC, "dateline")
    assert published[:3] == (datetime.fromisoformat(at).replace(tzinfo=UTC), precision, "dateline")


@pytest.mark.parametrize(
    "line",
    [
        "The canal agreement of 9 March 2011 in Isfara",
        "On 9 March 2011 the council met.",
        "The Uprising Of March 2004",
        "31.02.2011",
        "30 اسفند 1390",
        "Page 12 of 2011",
        "Issue 9, 2011",
        "",
    ],
)
def test_prose_and_impossible_days_are_no_datelines(line: str) -> None:
    assert dateline.read_line(line) is None


def test_a_weekday_that_disagrees_makes_a_date_doubtful() -> None:
    stamp = dateline.read_line("Thursday, March 9, 2011")

    assert stamp is not None
    assert stamp.is_doubtful


def test_a_weekday_decides_between_day_and_month_first() -> None:
    day_first = dateline.read_line("Saturday, 03/09/2011")
    month_first = dateline.read_line("Wednesday, 03/09/2011")

    assert day_first is not None and day_first.day == date(2011, 9, 3)
    assert month_first is not None and month_first.day == date(2011, 3, 9)


def test_a_time_of_day_is_moved_from_the_zone_of_the_source_to_utc() -> None:
    stamp = dateline.read_line("9 March 2011, 02:27")

    assert stamp is not None
    assert stamp.published(DUSHANBE, "dateline").at == datetime(2011, 3, 8, 21, 27, tzinfo=UTC)


def test_a_bare_day_stays_the_day_that_is_printed() -> None:
    stamp = dateline.read_line("9 March 2011")

    assert stamp is not None
    assert stamp.published(DUSHANBE, "dateline").at == datetime(2011, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "hour"),
    [
        ("2011-03-09T14:27:00+05:00", 9),
        ("2011-03-09T14:27:00Z", 14),
        ("Wed, 09 Mar 2011 14:27:00 -0430", 18),
        ("2011-03-09 14:27:33.120 GMT+3", 11),
        ("9 марта 2011, 14:27 МСК", 11),
    ],
)
def test_a_zone_that_is_printed_counts_more_than_that_of_the_source(value: str, hour: int) -> None:
    stamp = dateforms.read_value(value)

    assert stamp is not None
    assert stamp.published(DUSHANBE, "metadata").at.hour == hour


def test_machines_may_write_bare_years_months_and_days() -> None:
    stamps = [dateforms.read_value(value) for value in ("2011", "2011/3", "20110309")]

    assert [stamp and (stamp.day, stamp.precision) for stamp in stamps] == [
        (date(2011, 1, 1), "year"),
        (date(2011, 3, 1), "month"),
        (date(2011, 3, 9), "day"),
    ]


def test_urls_hold_dates() -> None:
    urls = (
        "https://a.example/2011/03/09/x",
        "https://a.example/2011/03/x",
        "https://a.example/x/1",
    )

    assert [(s := dateforms.read_url(url)) and s.precision for url in urls] == [
        "day",
        "month",
        None,
    ]


def test_a_change_is_told_from_a_publication() -> None:
    stamp = dateline.read_line("Last updated: 9 March 2011")

    assert stamp is not None
    assert stamp.is_update


@pytest.mark.parametrize(
    ("persian", "gregorian"),
    [
        ((1389, 12, 18), date(2011, 3, 9)),
        ((1400, 1, 1), date(2021, 3, 21)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1357, 11, 22), date(1979, 2, 11)),
    ],
)
def test_persian_days_are_those_of_the_calendar(
    persian: tuple[int, int, int], gregorian: date
) -> None:
    assert from_persian(*persian) == gregorian


def test_a_day_the_persian_calendar_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="no day"):
        from_persian(1400, 12, 30)
