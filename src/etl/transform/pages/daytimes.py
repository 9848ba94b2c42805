"""What stands beside a date in a text: its weekday, and its time of day with the zone.

In come a stamp and the match it was read from; out comes the stamp with them.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta, timezone

from etl.transform.calendars import EVERY_WEEKDAY
from etl.transform.pages.stamp import Stamp

CLOCK = r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d(?:[.,]\d{1,9})?)?"
HALF = r"(?:\s*(?P<half>[ap])\.?m\b\.?)?"
ZONE = (
    r"(?:\s*\(?(?P<zone>z|utc|gmt|msk|мск|est|edt|eet|eest|cet|cest|pst|pdt|bst)\b)?"
    r"(?:\s*(?P<offset>[+-](?:0?\d|1[0-4])(?::?[0-5]\d)?)(?![\d:]))?"
)
"""Parts of a time of day: `14:27:00`, ` p.m.`, ` (UTC+05:00)`."""

TIME_AFTER = re.compile(rf"\A[^\d]{{0,15}}?{CLOCK}{HALF}{ZONE}", re.IGNORECASE)
"""A time of day soon after a date: ` - 14:27`, `T14:27:00+05:00`, `, at 2:27 p.m.`."""

TIME_BEFORE = re.compile(rf"(?<![\d:]){CLOCK}{HALF}{ZONE}[^\d]{{0,15}}\Z", re.IGNORECASE)
"""A time of day just before a date: `14:27, `."""

_WEEKDAY = r"\b((?:(?:یک|دو|سه|چهار|پنج) ?شنبه)|[^\W\d_]{2,12})\b"

WEEKDAY_BEFORE = re.compile(rf"{_WEEKDAY}[\s.,،()-]*\Z")
"""A word just before a date, which may be a weekday: `Wednesday, `."""

WEEKDAY_AFTER = re.compile(rf"\A[\s.,،()-]*{_WEEKDAY}\.?")
"""A word just after a date, which may be one: ` (Wednesday)`."""

REACH = 60
"""Characters before and after a date in which its weekday and time of day are looked for."""

ZONE_HOURS = {"msk": 3, "мск": 3, "est": -5, "edt": -4, "eet": 2, "eest": 3, "cet": 1, "cest": 2}
ZONE_HOURS |= {"pst": -8, "pdt": -7, "bst": 1, "z": 0, "utc": 0, "gmt": 0}
"""Hours east of UTC of the zone names that are taken at their word."""


def with_surroundings(stamp: Stamp, match: re.Match[str], read_to: int = 0) -> Stamp:
    """`stamp` with the weekday and the time of day printed beside it, none before `read_to`."""
    text, (start, end) = match.string, match.span()
    read_to = max(read_to, start - REACH)
    before = WEEKDAY_BEFORE.search(text[read_to:start])
    after = WEEKDAY_AFTER.search(text[end : end + REACH])
    if before and (weekday := _weekday(before[1])) is not None:
        start -= len(before[0])
        stamp = _with_weekday(stamp, weekday)
    elif after and (weekday := _weekday(after[1])) is not None:
        end += after.end()
        stamp = _with_weekday(stamp, weekday)
    if stamp.precision == "day" and stamp.clock is None:
        if clock := TIME_AFTER.search(text[end : end + REACH]):
            end += clock.end()
        elif clock := TIME_BEFORE.search(text[read_to:start]):
            start -= len(clock[0])
        if clock:
            stamp = with_clock(stamp, clock.groupdict())
    return replace(stamp, span=(start, end))


def _weekday(word: str) -> int | None:
    """`date.weekday()` of a word that is a weekday; `سه شنبه` may be written apart."""
    return EVERY_WEEKDAY.get(word.casefold().replace(" ", ""))


def _with_weekday(stamp: Stamp, weekday: int) -> Stamp:
    """`stamp` with its weekday; the month is read first where only that makes them agree."""
    stamp = replace(stamp, weekday=weekday)
    turned = stamp.turned()
    if stamp.is_doubtful and not turned.is_doubtful:
        stamp = turned
    return stamp if stamp.is_doubtful else replace(stamp, order="")


def with_clock(stamp: Stamp, parts: Mapping[str, str | None]) -> Stamp:
    """`stamp` with its time of day, and its time zone where one is printed."""
    hour, minute = int(parts["hour"] or 0), int(parts["minute"] or 0)
    if half := parts.get("half"):
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    zone = None
    if offset := parts.get("offset"):
        zone = timezone(_offset(offset))
    elif name := parts.get("zone"):
        zone = timezone(timedelta(hours=ZONE_HOURS.get(name.casefold(), 0)))
    return replace(stamp, clock=timedelta(hours=hour, minutes=minute), zone=zone)


def _offset(printed: str) -> timedelta:
    """Distance from UTC, as in `+05:00`, `-0430` or `+5`."""
    digits = printed[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    distance = timedelta(hours=int(hours), minutes=int(minutes))
    return -distance if printed[0] == "-" else distance
