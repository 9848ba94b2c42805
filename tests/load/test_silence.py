"""The rules of silence over invented years, and that the view follows the same rules."""

import random
from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from tests.load.history import History
from tests.load.rows import select
from tests.load.silence import DAY, Judgement, judge
from tests.load.streams import HOUR, NO_WEEKENDS, START, Source, Stream


class Invented:
    """A source with a life of its own: rate, lots, weekends, gaps in runs, an end."""

    def __init__(self, seed: int) -> None:
        rnd = random.Random(seed)
        self.runs = self._runs(rnd)
        self.found = self._found(rnd)

    def _runs(self, rnd: random.Random) -> list[int]:
        """Times of runs, now and then with a gap of up to three weeks."""
        times, now = [], START + rnd.randrange(DAY)
        every = rnd.choice([DAY // 4, DAY, 5 * DAY // 2, 7 * DAY])
        end = START + rnd.randint(5, 150) * DAY
        while now < end:
            times.append(now)
            now += round(rnd.uniform(0.7, 1.3) * every)
            now += rnd.randint(1, 20) * DAY * (rnd.random() < 0.02)
        return times

    def _found(self, rnd: random.Random) -> list[int]:
        """Times of the runs that found its articles."""
        rate, end = rnd.choice([0.05, 0.3, 1, 5, 20]), rnd.uniform(0.3, 1.5)
        found, now = [self.runs[0]], START - 20.0 * DAY
        last = min(START + end * (self.runs[-1] - START), self.runs[-1])
        while (now := now + rnd.expovariate(rate / DAY)) < last:
            is_weekend = int(now // DAY) % 7 in (2, 3)
            if not (is_weekend and rnd.random() < 0.8):
                by = self.runs[bisect_left(self.runs, now)]
                found += [by] * rnd.choice([1, 1, 1, 4])
        return sorted(found)

    def judged(self) -> Judgement:
        """What the rules in Python say."""
        return judge(self.found, sorted({at // DAY for at in self.runs}), self.runs[-1])

    def keep(self, engine: sa.Engine, name: str) -> None:
        """Write its history."""
        source = History(engine, name)
        source.runs(moments(self.runs))
        source.articles(moments(self.found))
        source.feed(moments(self.runs)[-1])


def near(value: float | None) -> object:
    return value if value is None else pytest.approx(value, rel=1e-9)


def moments(seconds: Sequence[int]) -> list[datetime]:
    return [datetime.fromtimestamp(second, UTC) for second in seconds]


def test_view_and_rules_in_python_agree(warehouse: sa.Engine) -> None:
    told = {f"s{seed:02}": Invented(seed) for seed in range(50)}
    for name, source in told.items():
        source.keep(warehouse, name)

    found = select(
        warehouse,
        "select source, expected_count, lot_size, silence_probability, day_count, "
        "surge_probability, is_surge, is_stale from ops.source_silence order by source",
    )

    judged = [source.judged() for source in told.values()]
    assert [row[0] for row in found] == list(told)
    for row, said in zip(found, judged, strict=True):
        assert list(row[1:]) == [near(value) for value in (*said, said.is_stale)]
    assert 2 < sum(said.is_stale for said in judged) < 40
    assert sum(said.expected is None for said in judged) < 25


YEARS = 4

STREAMS = {
    "1 a day": (Stream(1), 11),
    "1 a day, none on weekends": (Stream(1, NO_WEEKENDS), 11),
    "30 a day": (Stream(30), 1),
    "30 a day, in office hours": (Stream(30, NO_WEEKENDS, (8, 18)), 1.2),
    "10 a day, in lots of 5": (Stream(10, lot=5), 6),
    "an issue of 10 a week": (Stream(10 / 7, issue_days=7), 35),
}


@pytest.mark.slow
@pytest.mark.parametrize(("stream", "most_days"), STREAMS.values(), ids=STREAMS.keys())
def test_the_dead_are_noticed_soon_and_the_living_left_alone(
    stream: Stream, most_days: float
) -> None:
    source = Source(stream.found(365 * YEARS, seed=1))
    rnd = random.Random(2)
    ends = [START + rnd.randrange(100 * 24, 365 * YEARS * 24) * HOUR for _ in range(40)]

    noticed = [source.hours_to_notice(end) for end in ends]

    assert source.false_alarms() < YEARS
    assert None not in noticed
    assert sum(hours or 0 for hours in noticed) / len(noticed) / 24 < most_days


@pytest.mark.slow
def test_living_sources_hardly_ever_surge() -> None:
    found = Stream(10, NO_WEEKENDS).found(365 * YEARS, seed=3)

    assert Source(found).false_surges() < YEARS
