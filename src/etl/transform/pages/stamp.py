"""A date as printed, and the publication time it makes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple


class Published(NamedTuple):
    """When a page was published: in UTC, how exactly, and where that was read."""

    at: datetime
    precision: str
    method: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as printed, with what stood beside it."""

    day: date
    """The day; the first one of a month or year."""

    precision: str
    """`day`, `month` or `year`; a time of day makes a day a minute."""

    clock: timedelta | None = None
    """Time of day, to the minute."""

    zone: timezone | None = None
    """Time zone, where one is printed."""

    weekday: int | None = None
    """Weekday, where one is printed; Monday is 0."""

    is_update: bool = False
    """Whether it is said to be the time of a change."""

    span: tuple[int, int] = (0, 0)
    """Where it stood in the text that was searched, time and weekday included."""

    @property
    def is_doubtful(self) -> bool:
        """Whether the weekday printed beside the date is another one."""
        return self.weekday is not None and self.weekday != self.day.weekday()

    def published(self, zone: tzinfo, method: str) -> Published:
        """The time in UTC; without a time of day, midnight UTC of the day as printed.

        A bare day is not moved from `zone` to UTC: east of Greenwich it would become the
        day before, and its precision says that the hours mean nothing.
        """
        if self.clock is None:
            return Published(datetime.combine(self.day, time(), UTC), self.precision, method)
        local = datetime.combine(self.day, time(), self.zone or zone) + self.clock
        return Published(local.astimezone(UTC), "minute", method)
