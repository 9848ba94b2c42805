"""Times as sitemaps and web pages write them to UTC: the forms of W3C-DTF, and their near misses.

Times of RSS and Atom are read by the parsers of `rss`.
"""

import re
from datetime import UTC, date, datetime, time, tzinfo

YEAR_OR_MONTH = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d))?\Z", re.ASCII)
"""A date without its day: `2024`, `2024-05`."""

DAY_LENGTH = len("2024-05-01")

LAST_SECOND = time(23, 59, 59)


def moment(written: str | None, zone: tzinfo) -> datetime | None:
    """The time that is written, UTC; None if it is none.

    Times and days without a zone are taken to be of `zone`, the journal's own.

    A day is its last second: a page that was read at noon and changed in the evening is dated
    later than it was read, so its change is not missed. A month or year is its first second,
    as its last one would have the page read again by every run for as long as it lasts.

    >>> str(moment("2024-05-01", UTC)), str(moment("2024-05-01T10:00+05:00", UTC))
    ('2024-05-01 23:59:59+00:00', '2024-05-01 05:00:00+00:00')
    """
    try:
        # ISO 8601 lets `t` and `z` be small; Python does not.
        return _told((written or "").strip().upper(), zone).astimezone(UTC)
    # In the years 1 and 9999 another zone may lie outside of the calendar.
    except (ValueError, OverflowError):
        return None


def _told(text: str, zone: tzinfo) -> datetime:
    """The time that is written.

    Raises:
        ValueError: It is none.
    """
    if match := YEAR_OR_MONTH.match(text):
        return datetime(int(match["year"]), int(match["month"] or 1), 1, tzinfo=zone)
    if len(text) <= DAY_LENGTH:
        return datetime.combine(date.fromisoformat(text), LAST_SECOND, zone)
    told = datetime.fromisoformat(text)
    return told if told.tzinfo else told.replace(tzinfo=zone)
