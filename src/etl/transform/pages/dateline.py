"""Dates as people and machines print them: the grammar of datelines.

English, Russian, Tajik, Persian (both calendars) and Arabic month names, any digits. Numbers
alone are read year first (`2011-03-09`) or day first (`09.03.2011`); month first only where
the second number can be no month, or where the weekday printed beside the date says so.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta, timezone

from etl.transform.pages.calendars import (
    GREGORIAN_MONTHS,
    PERSIAN_MONTHS,
    PERSIAN_YEARS,
    WEEKDAYS,
    from_persian,
)
from etl.transform.pages.stamp import Stamp
from etl.transform.text import SAME_LETTER, collapse


def _any(names: Mapping[str, int]) -> str:
    """Regular expression for any of `names`, longest first; `سه شنبه` may be written apart."""
    longest_first = sorted(names, key=len, reverse=True)
    return "|".join(name.replace("شنبه", r"\s?شنبه") for name in longest_first)


_NAME = rf"(?P<name>{_any(GREGORIAN_MONTHS | PERSIAN_MONTHS)})"
_YEAR = r"(?P<year>(?:1[2-9]|20)\d\d)(?!\d)"
_DAY = r"(?<!\d)(?P<day>\d{1,2})"
_ORDINAL = r"(?:st|nd|rd|th|-?го|-?е)?"
_OF = r"(?:ماه\s*|соли\s+|of\s+)?"
_CLOCK = r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d(?:[.,]\d+)?)?"
_HALF = r"(?:\s*(?P<half>[ap])\.?m\b\.?)?"
_ZONE = (
    r"(?:\s*\(?(?P<zone>z|utc|gmt|msk|мск|est|edt|cet|cest|pst|pdt|bst)\b)?"
    r"(?:\s*(?P<offset>[+-]\d{1,2}(?::?\d\d)?)(?!\d))?"
)

NUMBERS_YEAR_FIRST = re.compile(
    r"(?<![\d-])(?P<year>(?:1[2-9]|20)\d\d)([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)"
)
"""`2011-03-09`, `1389/12/18`."""

NUMBERS_DAY_FIRST = re.compile(rf"{_DAY}\s?([-/.])\s?(?P<month>\d{{1,2}})\s?\2\s?{_YEAR}")
"""`09.03.2011`, `9/3/2011`."""

DAY_MONTH = re.compile(
    rf"{_DAY}{_ORDINAL}[\s.-]*(?:of\s+)?\b{_NAME}\b\.?,?[\s-]*{_OF}{_YEAR}", re.IGNORECASE
)
"""`9 March 2011`, `9th of March, 2011`, `9 марта 2011`, `9 марти соли 2011`, `18 اسفند 1389`."""

MONTH_DAY = re.compile(
    rf"\b{_NAME}\b\.?\s*(?P<day>\d{{1,2}}){_ORDINAL}\s*,?\s*{_YEAR}", re.IGNORECASE
)
"""`March 9, 2011`."""

MONTH = re.compile(rf"\b{_NAME}\b\.?,?\s+{_OF}{_YEAR}", re.IGNORECASE)
"""`March 2011`."""

FORMS = (NUMBERS_YEAR_FIRST, NUMBERS_DAY_FIRST, DAY_MONTH, MONTH_DAY, MONTH)

MACHINE_FORMS = (
    re.compile(r"\A(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)\Z"),
    re.compile(r"\A(?P<year>(?:1[5-9]|20)\d\d)(?:[-/.](?P<month>\d{1,2}))?\Z"),
)
"""Forms that only machines may use: `20110309`; `2011/3`, `2011`."""

URL_FORMS = (
    re.compile(r"/(?P<year>(?:19|20)\d\d)([/_-]?)(?P<month>\d\d)\2(?P<day>\d\d)(?=[/_.-]|\Z)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?=/|\Z)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>\d\d)(?=/)"),
)
"""Dates in URLs: `/2011/03/09/`, `/20110309-nato`; `/2011/3/9`; `/2011/03/`."""

TIME_AFTER = re.compile(rf"\A[^\d]{{0,15}}?{_CLOCK}{_HALF}{_ZONE}", re.IGNORECASE)
"""A time of day soon after a date: ` - 14:27`, `T14:27:00+05:00`, `, at 2:27 p.m.`."""

TIME_BEFORE = re.compile(rf"(?<!\d){_CLOCK}{_HALF}{_ZONE}[^\d]{{0,15}}\Z", re.IGNORECASE)
"""A time of day just before a date: `14:27, `."""

WEEKDAY_BEFORE = re.compile(rf"\b({_any(WEEKDAYS)})\b[\s.,،()-]*\Z", re.IGNORECASE)
"""A weekday just before a date: `Wednesday, `."""

WEEKDAY_AFTER = re.compile(rf"\A[\s.,،()-]*\b({_any(WEEKDAYS)})\b\.?", re.IGNORECASE)
"""A weekday just after a date: ` (Wednesday)`."""

LABEL = re.compile(
    r"\b(?:first|published|posted|created|submitted|added|date|issued?|on|at|in|and|by|online|time"
    r"|опубликовано|опубликована|публикации|размещено|добавлено|создано|дата|время|автор|в|от|г"
    r"|года|нашр|шуд|санаи|сана|соли|соати|соат|تاریخ|انتشار|ساعت|نشر|مورخ|روز|برابر|با)\b",
    re.IGNORECASE,
)
"""Words that stand in a dateline beside the date: `published on`."""

UPDATE = re.compile(
    r"\b(?:last\s+)?(?:updated?|modified|revised|edited|обновлено|изменено|به ?روز ?رسانی)\b",
    re.IGNORECASE,
)
"""Words that make a date the one of a change: `last updated`."""

BYLINE = re.compile(r"\b(?:by|автор|نویسنده)\b", re.IGNORECASE)
"""Words that tie the names in a dateline to it: `submitted by`."""

PARTITION = re.compile(r"[|•·:/–—,،]|\s-\s")
"""Signs that part the date from a rubric or a place: `Analytics | `."""

LETTERS = re.compile(r"[^\W\d_]+")
"""A word without digits: `March`."""

ZONE_HOURS = {"msk": 3, "мск": 3, "est": -5, "edt": -4, "cet": 1, "cest": 2}
ZONE_HOURS |= {"pst": -8, "pdt": -7, "bst": 1, "z": 0, "utc": 0, "gmt": 0}
"""Hours east of UTC of the zone names that are taken at their word."""

LONGEST_DATELINE = 120
"""Characters; names of authors may stand in it."""


def find(text: str) -> Stamp | None:
    """The first date in `text`, with its time of day and weekday.

    >>> find("Wed, March 9, 2011 - 14:27").is_doubtful
    False
    """
    folded = _plain(text)
    matches = [match for form in FORMS if (match := form.search(folded))]
    read_to = 0
    for match in sorted(matches, key=lambda match: match.start()):
        if match.start() < read_to:
            continue
        if stamp := _stamp(match):
            return _with_surroundings(stamp, match)
        # No month may be read out of a day that does not exist.
        read_to = match.end()
    return None


def read_line(line: str) -> Stamp | None:
    """The date of a line that is a dateline: a date and hardly anything else; else None.

    Rubrics, places and names may stand beside the date, prose may not.
    """
    if len(line) > LONGEST_DATELINE or (stamp := find(line)) is None:
        return None
    folded = _plain(line)
    rest = f"{folded[: stamp.span[0]]} | {folded[stamp.span[1] :]}"
    words = LETTERS.findall(LABEL.sub(" ", UPDATE.sub(" ", rest)))
    allowed = _most_words(rest, stamp)
    if len(words) > allowed or any(word[0].islower() for word in words):
        return None
    return replace(stamp, is_update=bool(UPDATE.search(rest)))


def without_date(line: str) -> str:
    """`line` without its first date, time of day and weekday."""
    stamp = find(line)
    if stamp is None:
        return line
    folded = _plain(line)
    return f"{folded[: stamp.span[0]]} {folded[stamp.span[1] :]}".strip(" |•·/–—-,")


def read_value(value: str) -> Stamp | None:
    """The date in a value of a meta tag or attribute, as `2011-03-09T14:27:00+05:00`."""
    folded = _plain(value)
    for form in MACHINE_FORMS:
        if match := form.search(folded):
            return _stamp(match)
    return find(folded)


def read_url(url: str) -> Stamp | None:
    """The date in the path of a URL, as `/2011/03/09/`."""
    for form in URL_FORMS:
        if (match := form.search(url)) and (stamp := _stamp(match)):
            return stamp
    return None


def _plain(text: str) -> str:
    """`text` in one spelling: white space collapsed, Persian letters and digits folded."""
    return collapse(text.translate(SAME_LETTER))


def _most_words(rest: str, stamp: Stamp) -> int:
    """How many words a dateline may hold besides date and labels."""
    if BYLINE.search(rest):
        return 8
    if stamp.precision != "day" and stamp.clock is None:
        return 1
    # `rest` has one sign of ours where the date stood.
    return 6 if len(PARTITION.findall(rest)) > 1 else 2


def _stamp(match: re.Match[str]) -> Stamp | None:
    """The date matched; None if the calendar has no such day."""
    parts = match.groupdict()
    name = (parts.get("name") or "").lower()
    day, month = int(parts.get("day") or 0), int(parts.get("month") or 0)
    if month > 12 >= day:
        day, month = month, day
    precision = "day" if day else "month" if month or name else "year"
    try:
        first = _first_day(int(parts["year"]), name or month or 1, day or 1)
    except ValueError:
        return None
    return Stamp(first, precision, span=match.span())


def _first_day(year: int, month: str | int, day: int) -> date:
    """The Gregorian day; numbers are of the Persian calendar where only its years fit.

    Raises:
        ValueError: There is no such day.
    """
    if isinstance(month, int):
        return (from_persian if year in PERSIAN_YEARS else date)(year, month, day)
    if month in PERSIAN_MONTHS and year in PERSIAN_YEARS:
        return from_persian(year, PERSIAN_MONTHS[month], day)
    return date(year, GREGORIAN_MONTHS.get(month, 0), day)


def _with_surroundings(stamp: Stamp, match: re.Match[str]) -> Stamp:
    """`stamp` with the weekday and the time of day printed beside it."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    weekday = WEEKDAY_BEFORE.search(before) or WEEKDAY_AFTER.search(after)
    if weekday and weekday.re is WEEKDAY_BEFORE:
        before = before[: weekday.start()]
    elif weekday:
        after = after[weekday.end() :]
    if weekday:
        stamp = _with_weekday(stamp, WEEKDAYS[weekday[1].lower().replace(" ", "")], match)
    clock = TIME_AFTER.search(after) or TIME_BEFORE.search(before)
    if stamp.precision == "day" and clock:
        stamp = _with_clock(stamp, clock)
        before = before[: clock.start()] if clock.re is TIME_BEFORE else before
        after = after[clock.end() :] if clock.re is TIME_AFTER else after
    return replace(stamp, span=(len(before), len(match.string) - len(after)))


def _with_weekday(stamp: Stamp, weekday: int, match: re.Match[str]) -> Stamp:
    """`stamp` with its weekday; the month is read first where only that makes them agree."""
    stamp = replace(stamp, weekday=weekday)
    if stamp.is_doubtful and match.re is NUMBERS_DAY_FIRST and stamp.day.day <= 12:
        turned = replace(stamp, day=date(stamp.day.year, stamp.day.day, stamp.day.month))
        return stamp if turned.is_doubtful else turned
    return stamp


def _with_clock(stamp: Stamp, clock: re.Match[str]) -> Stamp:
    """`stamp` with its time of day, and its time zone where one is printed."""
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
    zone = None
    if clock["offset"]:
        zone = timezone(_offset(clock["offset"]))
    elif clock["zone"]:
        zone = timezone(timedelta(hours=ZONE_HOURS[clock["zone"].lower()]))
    return replace(stamp, clock=timedelta(hours=hour, minutes=int(clock["minute"])), zone=zone)


def _offset(printed: str) -> timedelta:
    """Distance from UTC, as in `+05:00`, `-0430` or `+5`."""
    digits = printed[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    distance = timedelta(hours=int(hours) % 24, minutes=int(minutes) % 60)
    return -distance if printed[0] == "-" else distance
