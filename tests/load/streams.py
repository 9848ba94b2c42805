"""Invented streams of articles: when those of years would be found, by chance but repeatably."""

import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tests.load.silence import DAY, Judgement, judge

HOUR = 3_600

EVERY_DAY = (1.0,) * 7
NO_WEEKENDS = (7 / 5, 7 / 5, 0.0, 0.0, 7 / 5, 7 / 5, 7 / 5)
"""Rate over mean rate by weekday, from Thursday on: none on Saturday and Sunday."""

START = 19_723 * DAY
"""2024-01-01."""


class Stream(NamedTuple):
    """How the articles of a source come; it is asked every hour."""

    rate: float
    """Articles a day."""
    weekdays: Sequence[float] = EVERY_DAY
    hours: tuple[int, int] = (0, 24)
    """Hours of the day between which they come."""
    lot: int = 1
    """Articles that come at a time."""
    issue_days: int | None = None
    """Days between issues, if all articles come in issues."""

    def found(self, days: int, seed: int) -> list[int]:
        """Times at which the articles of `days` are found: the next full hour."""
        rnd = random.Random(seed)
        arrivals = self._issues(days, rnd) if self.issue_days else self._singly(days, rnd)
        return sorted(START + -(-int(at * DAY) // HOUR) * HOUR for at in arrivals)

    def _singly(self, days: int, rnd: random.Random) -> Iterator[float]:
        """Articles by chance, or lots of them."""
        first, last = self.hours
        for day in range(days):
            left = rnd.expovariate(1)
            expected = self.rate * self.weekdays[(START // DAY + day) % 7] / self.lot
            while left < expected:
                yield from [day + rnd.uniform(first, last) / 24] * self.lot
                left += rnd.expovariate(1)

    def _issues(self, days: int, rnd: random.Random) -> Iterator[float]:
        """Issues a day early or late, their articles within an hour; a tenth more or fewer."""
        assert self.issue_days
        for day in range(0, days, self.issue_days):
            size = self.rate * self.issue_days
            at = day + max(0, rnd.gauss(1, 0.5))
            yield from (at + rnd.random() / 24 for _ in range(round(rnd.gauss(size, size / 10))))


class Source:
    """What is said of a source over the years, asked every hour."""

    def __init__(self, found: Sequence[int]) -> None:
        self.found = found
        self.days = range(START // DAY, found[-1] // DAY + 1000)

    def at(self, asked: int) -> Judgement:
        """What is said at a time, knowing nothing of what comes later."""
        return judge(self.found[: bisect_left(self.found, asked + 1)], self.days, asked)

    def false_alarms(self) -> int:
        """Silences that end by themselves and were taken for the end."""
        pairs = zip(self.found, self.found[1:], strict=False)
        # A silence is longest at the last asking before it ends.
        return sum(
            self.at(later - HOUR).is_stale for early, later in pairs if early // DAY < later // DAY
        )

    def false_surges(self) -> int:
        """Days, the first of each row of them, on which too much was said to have come."""
        most: dict[int, tuple[int, int]] = {}
        for place, at in enumerate(self.found):
            count = place + 1 - bisect_left(self.found, at - DAY + 1)
            most[at // DAY] = max(most.get(at // DAY, (0, 0)), (count, at))
        days = {day for day, (_, at) in most.items() if self.at(at).is_surge}
        return sum(day - 1 not in days for day in days)

    def hours_to_notice(self, end: int, at_most: int = 10_000) -> int | None:
        """Hours from the end of a source until its silence is noticed; None if never."""
        dead = Source(self.found[: bisect_left(self.found, end)])
        low, high = 0, at_most
        if not dead.at(end + high * HOUR).is_stale:
            return None
        # The longer the silence, the less likely it is.
        while low < high:
            middle = (low + high) // 2
            if dead.at(end + middle * HOUR).is_stale:
                high = middle
            else:
                low = middle + 1
        return low
