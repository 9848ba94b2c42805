"""The rules of `ops.source_silence` once more in plain Python, to try them over invented years.

Times are whole seconds since the start of 1970, a Thursday; days are whole days since then.
A test holds both to the same answers.
"""

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

DAY = 86_400

UNLIKELY = 1e-4

HISTORY_DAYS = 56
LEAST_DAYS = 14
LONGEST_GAP_DAYS = 8


class Rates(NamedTuple):
    """What the eight weeks before say."""

    by_weekday: list[float]
    """Articles of a day, by weekday, 0 for Thursday."""
    early: list[float]
    """Articles of a day until the time of day of the last asking."""
    lot_size: float
    most: int
    """Articles of the richest day."""


class Judgement(NamedTuple):
    """What is said of a source."""

    expected: float | None
    lot_size: float | None
    chance: float
    day_count: int
    surge_chance: float
    is_surge: bool

    @property
    def is_stale(self) -> bool:
        """Whether the silence is no chance any more."""
        return self.chance < UNLIKELY


def judge(found: Sequence[int], read_days: Sequence[int], asked: int) -> Judgement:
    """What is said of a source when it was last asked at `asked`.

    Args:
        found: Times at which its fresh articles were announced, in order.
        read_days: Days on which it was read, in order, none twice.
        asked: When it was last asked.
    """
    newest = found[-1] // DAY
    day_count = len(found) - bisect_right(found, asked - DAY)
    rates = _rates(found, _observed(read_days, newest), asked % DAY)
    if rates is None:
        return Judgement(None, None, 1.0, day_count, 1.0, is_surge=False)
    today = asked // DAY
    silent = sum(rates.by_weekday[day % 7] for day in range(newest + 1, today))
    expected = silent + (rates.early[today % 7] if today > newest else 0)
    usual = max(rates.by_weekday[today % 7], rates.by_weekday[(today - 1) % 7])
    surge = _surge(day_count, usual, rates.lot_size)
    return Judgement(
        expected,
        rates.lot_size,
        math.exp(-min(expected / rates.lot_size, 700)),
        day_count,
        surge,
        is_surge=surge < UNLIKELY and day_count > rates.most,
    )


def _observed(read_days: Sequence[int], newest: int) -> list[int]:
    """Days of the eight weeks that a reading tells of."""
    first, last = newest - 1 - HISTORY_DAYS, newest - 2
    days: list[int] = []
    for place in range(bisect_left(read_days, first - LONGEST_GAP_DAYS) or 1, len(read_days)):
        before, day = read_days[place - 1], read_days[place]
        if before > last:
            break
        if day - before <= LONGEST_GAP_DAYS:
            days += range(max(before + 1, first), min(day, last) + 1)
    return days


def _rates(found: Sequence[int], observed: Sequence[int], time_of_day: int) -> Rates | None:
    """Rates learned on the observed days; None if these are too few, or empty."""
    known = set(observed)
    within = found[bisect_left(found, min(known, default=0) * DAY) :]
    times = [time for time in within if time // DAY in known]
    if len(known) < LEAST_DAYS or not times:
        return None
    mean = len(times) / len(known)
    early = [time for time in times if time % DAY <= time_of_day]
    counts = Counter(time // DAY for time in times)
    days = Counter(day % 7 for day in known)
    all_by_weekday = Counter(time // DAY % 7 for time in times)
    early_by_weekday = Counter(time // DAY % 7 for time in early)
    rates = [(all_by_weekday[w] + 1) / (days[w] + 1 / mean) for w in range(7)]
    share = len(early) / len(times)
    variance = sum((counts[day] - rates[day % 7]) ** 2 for day in known)
    usual = sum(rates[day % 7] for day in known)
    return Rates(
        rates,
        [(early_by_weekday[w] + share) / (days[w] + 1 / mean) for w in range(7)],
        max(1.0, variance / usual),
        max(counts.values()),
    )


def _surge(count: int, usual: float, lot_size: float) -> float:
    """Chernoff's bound on the chance of `count` or more where `usual` are."""
    if count <= usual:
        return 1.0
    return math.exp(-min((count * math.log(count / usual) - count + usual) / lot_size, 700))
