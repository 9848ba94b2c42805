"""Dates in any text, as people and machines print them: the grammar.

English, Russian, Tajik, Persian (both calendars) and Arabic names of months and those of their
neighbours (`calendars.py`), any digits. Numbers alone are read year first (`2011-03-09`) or day
first (`09.03.2011`); month first only where the second number can be no month, or where the
weekday printed beside the date says so. `dateline.py` tells which lines are datelines.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from etl.transform.calendars import (
    MONTHS,
    PERSIAN_MONTHS,
    PERSIAN_YEARS,
    from_persian,
)
from etl.transform.pages.daytimes import CLOCK, HALF, ZONE, with_clock, with_surroundings
from etl.transform.pages.stamp import Stamp
from etl.transform.text import SAME_LETTER, collapse

_NAME = r"(?P<name>(?:(?:کانون|تشرین) )?[^\W\d_]{2,12})"
_YEAR = r"(?<!\d)(?P<year>(?:1[2-9]|20)\d\d)(?!\d)"
_DAY = r"(?<!\d)(?P<day>\d{1,2})"
_ORDINAL = r"(?:st|nd|rd|th|er|[ºª.]|-?го|-?е|-?уми|-?юми)?"
_OF = r"(?:ماه\s*|(?:соли|сол)\s+|of\s+|de\s+|del\s+)?"
NUMBERS_YEAR_FIRST = re.compile(
    r"(?<![\d-])(?P<year>(?:1[2-9]|20)\d\d)([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)"
)
"""`2011-03-09`, `1389/12/18`."""

IDEOGRAPHS = re.compile(rf"{_YEAR}\s?年\s?(?P<month>\d{{1,2}})\s?月\s?(?P<day>\d{{1,2}})\s?日")
"""`2011年3月9日`."""

NUMBERS_DAY_FIRST = re.compile(
    rf"{_DAY}\s?(?P<sign>[-/.])\s?(?P<month>\d{{1,2}})\s?(?P=sign)\s?{_YEAR}"
)
"""`09.03.2011`, `9/3/2011`."""

DAY_MONTH = re.compile(
    rf"{_DAY}{_ORDINAL}[\s.-]*(?:of\s+|de\s+)?\b{_NAME}\b\.?,?[\s-]*{_OF}{_YEAR}", re.IGNORECASE
)
"""`9 March 2011`, `9th of March, 2011`, `9 марта 2011`, `9 марти соли 2011`, `18 اسفند 1389`."""

MONTH_DAY = re.compile(
    rf"\b{_NAME}\b\.?\s*(?P<day>\d{{1,2}}){_ORDINAL}\s*,?\s*{_YEAR}", re.IGNORECASE
)
"""`March 9, 2011`."""

YEAR_DAY_MONTH = re.compile(
    rf"{_YEAR}[\s-]?(?:yil|йил|жыл\w{{0,4}}|il|соли|года?|г\.)?,?\s*{_DAY}[\s-]?{_NAME}\b",
    re.IGNORECASE,
)
"""`2011-yil 9-mart`, `2011 жылғы 9 наурыз`."""

CLOCK_INSIDE = re.compile(
    rf"\b{_NAME}\b\.?\s+(?P<day>\d{{1,2}}),?\s+{CLOCK}{HALF}{ZONE}\s+{_YEAR}", re.IGNORECASE
)
"""As computers write it: `Wed Mar  9 14:27:00 +0500 2011`."""

MONTH = re.compile(rf"\b{_NAME}\b\.?,?\s+{_OF}{_YEAR}", re.IGNORECASE)
"""`March 2011`."""

FORMS = (
    *(NUMBERS_YEAR_FIRST, IDEOGRAPHS, NUMBERS_DAY_FIRST),
    *(DAY_MONTH, MONTH_DAY, YEAR_DAY_MONTH, CLOCK_INSIDE, MONTH),
)

SHORT_FORMS = (
    re.compile(r"(?<![\d/.-])(?P<persian>[7-9]\d)/(?P<month>\d\d?)/(?P<day>\d\d?)(?![\d/.-])"),
    re.compile(r"(?<![\d/.-])(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<short>\d\d)(?![\d/.:-])"),
)
"""Years of two digits, where it is sure which number is the year: `89/12/18` is of the Persian
year 1389, as no day is the 89th; `09.03.11` is printed by those who put the day first."""

MACHINE_FORMS = (
    re.compile(
        r"\A(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"
        r"(?:T?(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?:[0-5]\d)?(?P<zone>z)?)?\Z",
        re.IGNORECASE,
    ),
    re.compile(r"\A(?P<year>(?:1[5-9]|20)\d\d)(?:[-/.](?P<month>\d{1,2}))?\Z"),
)
"""Forms that only machines may use: `20110309`, `20110309T092700Z`; `2011/3`, `2011`."""

EPOCH_SECONDS = re.compile(r"\A(?P<seconds>1\d{9})(?:\.\d+|\d{3})?\Z")
"""Seconds or milliseconds since 1970, of this century: `1299662820`."""

URL_FORMS = (
    re.compile(r"/(?P<year>(?:19|20)\d\d)([/_-]?)(?P<month>\d\d)\2(?P<day>\d\d)(?=[/_.-]|\Z)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?=/|\Z)"),
    re.compile(r"/(?P<day>\d\d)([.-])(?P<month>\d\d)\2(?P<year>(?:19|20)\d\d)(?=[/_.-]|\Z)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>\d\d)(?=/)"),
)
"""Dates in URLs: `/2011/03/09/`, `/20110309-nato`; `/2011/3/9`; `/09-03-2011`; `/2011/03/`."""

NUMBER = re.compile(r"\d\d")
"""What every date has: `11`."""

EVERY_MONTH = MONTHS.keys() | PERSIAN_MONTHS.keys()
"""Names of months of both calendars."""

LONGEST_VALUE = 200
"""Characters of a value for machines; no date needs more."""

EARLIEST_YEAR = 1600
"""Nothing was published day by day before; `9 March 1389` names a year of another calendar."""


def plain(text: str) -> str:
    """`text` in one spelling: white space collapsed, Persian letters and digits folded."""
    return collapse(text.translate(SAME_LETTER))


def find(text: str) -> Stamp | None:
    """The first date in `text`, with its time of day and weekday.

    >>> find("Wed, March 9, 2011 - 14:27").is_doubtful
    False
    """
    return next(each(text), None)


def each(text: str) -> Iterator[Stamp]:
    """All dates in `text`, in their order; spans are those of `plain(text)`."""
    folded = plain(text)
    if not NUMBER.search(folded):
        return
    matches = sorted(
        (match for form in FORMS for match in form.finditer(folded) if _has_month(match)),
        key=lambda match: (match.start(), -match.end()),
    )
    read_to = 0
    for match in matches:
        if match.start() < read_to:
            continue
        stamp = _stamp(match)
        stamp = stamp and with_surroundings(stamp, match, read_to)
        # No month may be read out of a day that does not exist.
        read_to = stamp.span[1] if stamp else match.end()
        if stamp:
            yield stamp


def _has_month(match: re.Match[str]) -> bool:
    """Whether the word in a match, if it has one, is the name of a month."""
    name = match.groupdict().get("name")
    return name is None or name.casefold() in EVERY_MONTH


def find_short(text: str) -> Stamp | None:
    """The first date in `text` whose year has two digits; only for lines that are datelines.

    >>> find_short("09.03.11").day
    datetime.date(2011, 3, 9)
    """
    folded = plain(text)
    for form in SHORT_FORMS:
        if (match := form.search(folded)) and (stamp := _stamp(match)):
            return with_surroundings(stamp, match)
    return None


def read_value(value: str) -> Stamp | None:
    """The date in a value of a meta tag or attribute, as `2011-03-09T14:27:00+05:00`."""
    folded = plain(value[:LONGEST_VALUE])
    for form in MACHINE_FORMS:
        if match := form.search(folded):
            return _stamp(match)
    if match := EPOCH_SECONDS.search(folded):
        return _of_seconds(int(match["seconds"]))
    return find(folded)


def read_url(url: str) -> Stamp | None:
    """The date in the path of a URL, as `/2011/03/09/`."""
    for form in URL_FORMS:
        if (match := form.search(url)) and (stamp := _stamp(match)):
            return stamp
    return None


def _of_seconds(seconds: int) -> Stamp:
    """The minute that is `seconds` after the beginning of 1970."""
    at = datetime.fromtimestamp(seconds, UTC)
    return Stamp(at.date(), "day", timedelta(hours=at.hour, minutes=at.minute), UTC)


def _stamp(match: re.Match[str]) -> Stamp | None:
    """The date matched; None if the calendar has no such day."""
    parts = match.groupdict()
    name = (parts.get("name") or "").casefold()
    day, month = int(parts.get("day") or 0), int(parts.get("month") or 0)
    year, order = _year(parts), parts.get("sign") or ""
    if max(day, month) > 12 or day == month or year in PERSIAN_YEARS:
        order = ""
    if month > 12 >= day:
        day, month = month, day
    precision = "day" if day else "month" if month or name else "year"
    try:
        first = _first_day(year, name or month or 1, day or 1)
    except ValueError:
        return None
    stamp = Stamp(first, precision, span=match.span(), order=order)
    return with_clock(stamp, parts) if parts.get("hour") else stamp


def _year(parts: Mapping[str, str | None]) -> int:
    """The year; of two digits from 70 on it is of the last century."""
    if persian := parts.get("persian"):
        return 1300 + int(persian)
    if short := parts.get("short"):
        return int(short) + (1900 if int(short) >= 70 else 2000)
    return int(parts["year"] or 0)


def _first_day(year: int, month: str | int, day: int) -> date:
    """The Gregorian day; numbers are of the Persian calendar where only its years fit.

    Raises:
        ValueError: There is no such day.
    """
    if isinstance(month, str) and month not in PERSIAN_MONTHS:
        month = MONTHS.get(month, 0)
    elif year in PERSIAN_YEARS:
        return from_persian(year, PERSIAN_MONTHS[month] if isinstance(month, str) else month, day)
    if isinstance(month, str) or year < EARLIEST_YEAR:
        raise ValueError(f"{year}-{month}-{day} is no day of this calendar")
    return date(year, month, day)
