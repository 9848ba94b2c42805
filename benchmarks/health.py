"""How soon a dead source is noticed, and how often a living one is taken for dead.

    python -m benchmarks.health [--years 10] [--deaths 200]

Invented sources of several kinds are asked every hour over years, once as they are and once
cut off at random times. The rules are those of `ops.source_silence`, in Python
(`tests/load/silence.py`; a test holds both to the same answers). Beside them a rule of
z-scores: a day is odd if its count is three standard deviations below the mean of the eight
weeks before. Layouts that do not change are compared as `ops.source_drift` does.
"""

import argparse
import math
import random
import statistics
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from tests.load.silence import DAY, HISTORY_DAYS
from tests.load.streams import HOUR, NO_WEEKENDS, START, Source, Stream

STREAMS = {
    "0.1 a day": Stream(0.1),
    "1 a day": Stream(1),
    "1 a day, no weekends": Stream(1, NO_WEEKENDS),
    "10 a day": Stream(10),
    "10 a day, no weekends": Stream(10, NO_WEEKENDS),
    "30 a day": Stream(30),
    "30 a day, office hours": Stream(30, NO_WEEKENDS, (8, 18)),
    "10 a day, lots of 5": Stream(10, lot=5),
    "10 a week, one issue": Stream(10 / 7, issue_days=7),
    "12 in four weeks, one issue": Stream(12 / 28, issue_days=28),
}

ODD = 3.0
"""Standard deviations from which a rule of z-scores calls a day odd."""

LONGEST_DAYS = 60
"""Who has not noticed by then never will: the eight weeks before hold nothing any more."""

ODD_DRIFT = 4.5
"""Standard errors from which a share drifts, as in `ops.source_health`."""

COMPARED = (20, 200)
"""Articles whose shares are compared (`ops.source_drift`)."""


def z_score_days(found: Sequence[int], end: int) -> int | None:
    """Whole days from the end of a source to the first odd day; None if there is none."""
    counts = Counter(at // DAY for at in found[: bisect_left(found, end)])
    last = end // DAY
    for today in range(last + 1, last + LONGEST_DAYS):
        before = [counts[day] for day in range(today - HISTORY_DAYS, today)]
        spread = statistics.pstdev(before)
        if spread and (counts[today] - statistics.fmean(before)) / spread < -ODD:
            return today + 1 - last
    return None


def false_drifts(share: float, articles: int, seed: int) -> int:
    """How often a share that stays as it is seems to drift, anew after each time it does not."""
    rnd = random.Random(seed)
    told = [rnd.random() < share for _ in range(articles)]
    new, old = COMPARED
    is_drifting, alarms = False, 0
    for place in range(new + old, articles):
        now = abs(drift(sum(told[place - new : place]), sum(told[place - new - old : place - new])))
        alarms += now > ODD_DRIFT and not is_drifting
        is_drifting = now > ODD_DRIFT
    return alarms


def drift(new_so: int, old_so: int) -> float:
    """Score of a change from `old_so` of 200 to `new_so` of 20, as in `ops.source_drift`."""
    new, old = COMPARED
    angles = (
        math.asin(math.sqrt((so + 0.375) / (count + 0.75)))
        for so, count in ((new_so, new), (old_so, old))
    )
    return 2 * (next(angles) - next(angles)) / math.sqrt(1 / new + 1 / old)


def measured(stream: Stream, years: int, deaths: int) -> str:
    """One line of figures about a kind of source."""
    found = stream.found(365 * years, seed=1)
    source, rnd = Source(found), random.Random(2)
    ends = [START + rnd.randrange(100 * 24, 365 * years * 24) * HOUR for _ in range(deaths)]
    hours = [source.hours_to_notice(end) for end in ends]
    days = sorted(h / 24 for h in hours if h is not None)
    odd = [z_score_days(found, end) for end in ends]
    noticed = [day for day in odd if day is not None]
    z_score = f"{statistics.fmean(noticed):.1f}" if noticed else "-"
    return (
        f"{statistics.fmean(days):10.1f}{days[int(0.9 * len(days))]:8.1f}"
        f"{hours.count(None) / len(hours):8.0%}"
        f"{source.false_alarms() / years:12.2f}{source.false_surges() / years:10.2f}"
        f"{z_score:>14}{odd.count(None) / len(odd):>10.0%}"
    )


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(description=__doc__, add_help=True)
    asked.add_argument("--years", type=int, default=10)
    asked.add_argument("--deaths", type=int, default=200)
    given = asked.parse_args()
    print(f"{'':30}{'days to notice':>26}{'a year, falsely':>22}{'z-score: days':>16}")
    titles = ("mean", 10), ("90 %", 8), ("never", 8), ("dead", 12), ("surge", 10), ("mean", 14)
    heads = "".join(f"{title:>{width}}" for title, width in (*titles, ("never", 10)))
    print(f"{'':30}{heads}")
    for name, stream in STREAMS.items():
        print(f"{name:30}{measured(stream, given.years, given.deaths)}", flush=True)
    print("\nFalse drifts a year of 30 articles a day, by the share that stays as it is:")
    for share in (0.02, 0.1, 0.3, 0.5):
        print(f"{share:<30}{false_drifts(share, 30 * 365 * given.years, 1) / given.years:10.2f}")


if __name__ == "__main__":
    main()
