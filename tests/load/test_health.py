"""Silence: how long a source may give nothing until it is taken for dead, and what counts."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from tests.load.history import History, asked, day, noons, steady


class TestSilence:
    def test_a_source_of_one_article_a_day_is_dead_after_ten_days(
        self, warehouse: sa.Engine
    ) -> None:
        source = steady(warehouse)

        alive = source.health()
        after_nine = asked(source, *noons(9, first=70))
        after_ten = asked(source, day(79.5))

        assert (alive["silence_days"], alive["expected_count"]) == (0, 0)
        assert (alive["silence_probability"], alive["is_stale"]) == (1, False)
        assert after_nine["expected_count"] == pytest.approx(9)
        assert after_nine["is_stale"] is False
        assert after_ten["silence_days"] == 10
        assert after_ten["expected_count"] == pytest.approx(10)
        assert after_ten["silence_probability"] == pytest.approx(4.5e-5, rel=0.01)
        assert after_ten["is_stale"] is True

    def test_half_a_day_counts_for_what_comes_in_that_half(self, warehouse: sa.Engine) -> None:
        source = steady(warehouse)

        morning = asked(source, *noons(2, first=70), day(72.4))
        afternoon = asked(source, day(72.6))

        assert morning["expected_count"] == pytest.approx(2)
        assert afternoon["expected_count"] == pytest.approx(3)

    def test_our_own_silence_is_none_of_the_source(self, warehouse: sa.Engine) -> None:
        source = steady(warehouse)

        assert source.health()["silence_days"] == 0
        assert source.health()["last_asked_at"] == day(69.5)

    def test_runs_in_which_the_feed_is_not_due_say_nothing(self, warehouse: sa.Engine) -> None:
        source = steady(warehouse)
        source.feed(day(71.5), wait=timedelta(days=7), failures=3, problem="dns")
        source.runs(noons(5, first=70))

        assert source.health()["silence_days"] == 2

    def test_a_source_whose_runs_fail_is_dead_too(self, warehouse: sa.Engine) -> None:
        source = steady(warehouse)
        source.runs(noons(10, first=70), state="failed", error="no address")
        source.feed(day(79.5), failures=10, problem="no address")

        health = source.health()

        assert health["is_stale"] is True
        assert health["last_success_at"] == day(69.5)
        assert health["last_run_at"] == day(79.5)

    def test_a_day_without_articles_as_always_is_no_silence(self, warehouse: sa.Engine) -> None:
        source = History(warehouse, "workdays")
        source.runs(noons(75))
        workdays = [at for at in noons(74, first=1) if at.weekday() < 5]
        source.articles([at for at in workdays for _ in range(40)])
        monday = day(77)

        before = asked(source, day(75.5), day(76.5), monday + timedelta(hours=11))
        after = asked(source, monday + timedelta(hours=12))

        assert before["last_new_article_at"] == workdays[-1]
        assert before["expected_count"] < 1
        assert after["is_stale"] is True

    def test_articles_in_lots_count_as_lots(self, warehouse: sa.Engine) -> None:
        source = History(warehouse, "issues")
        source.runs(noons(85))
        source.articles([at for at in noons(80, first=1)[::10] for _ in range(12)])

        health = asked(source, day(85.5))

        assert health["silence_days"] == 14
        assert health["expected_count"] > 10
        assert health["lot_size"] > 3
        assert health["is_stale"] is False


class TestWhatCounts:
    def test_too_little_history_says_nothing(self, warehouse: sa.Engine) -> None:
        source = steady(warehouse, count=15)

        health = asked(source, *noons(60, first=15))

        assert health["silence_days"] == 60
        assert health["expected_count"] is None
        assert (health["silence_probability"], health["is_stale"]) == (1, False)
        assert (health["surge_probability"], health["is_surge"]) == (1, False)

    def test_a_source_without_articles_is_in_the_view(self, warehouse: sa.Engine) -> None:
        source = History(warehouse, "empty")

        health = asked(source, *noons(3))

        assert health["last_run_at"] == day(2.5)
        assert health["last_new_article_at"] is None
        assert health["silence_days"] is None
        assert health["is_stale"] is False
        assert health["is_drifting"] is False

    def test_a_source_that_was_never_loaded_is_in_the_view(self, warehouse: sa.Engine) -> None:
        source = History(warehouse, "gone")
        source.runs(noons(2), state="failed", error="no address")
        with warehouse.begin() as connection:
            connection.execute(sa.text("delete from warehouse.sources"))

        health = source.health()

        assert health["last_success_at"] is None
        assert health["last_asked_at"] == day(1.5)

    @pytest.mark.parametrize(
        "extra",
        [
            {"found": [day(30)] * 90, "published": day(1)},
            {"found": [day(30)] * 90, "published": day(-300), "precision": "month"},
            {"found": [day(0.5)] * 90, "fetched": [day(30)] * 90, "is_dated": False},
            {"found": [day(0.5)] * 90},
        ],
        ids=["old", "of an old month", "announced by the first run", "found by the first run"],
    )
    def test_archives_do_not_count(self, warehouse: sa.Engine, extra: dict[str, Any]) -> None:
        source = steady(warehouse)
        source.articles(**extra)

        health = asked(source, *noons(9, first=70))

        assert health["expected_count"] == pytest.approx(9)
        assert health["lot_size"] == 1

    @pytest.mark.parametrize(
        "extra",
        [
            {"published": day(58)},
            {"published": day(31), "precision": "month"},
            {"published": day(0), "precision": "year"},
            {"is_dated": False},
        ],
        ids=["lately", "this month", "this year", "undated"],
    )
    def test_new_articles_count(self, warehouse: sa.Engine, extra: dict[str, Any]) -> None:
        source = steady(warehouse)
        source.articles([day(60.5)] * 7, **extra)

        assert asked(source, *noons(14, first=70))["expected_count"] > 14.5

    def test_what_comes_after_a_long_gap_does_not_count(self, warehouse: sa.Engine) -> None:
        source = History(warehouse, "holidays")
        source.runs([*noons(30), *noons(40, first=50)])
        source.articles([*noons(29, first=1), *[day(50.5)] * 20, *noons(39, first=51)])

        health = asked(source, *noons(5, first=90))

        assert health["expected_count"] == pytest.approx(5, rel=0.01)
        assert health["lot_size"] == 1

    def test_runs_once_a_week_are_enough(self, warehouse: sa.Engine) -> None:
        source = History(warehouse, "weekly")
        source.runs(noons(100)[::7])
        source.articles([at for at in noons(100)[7::7] for _ in range(20)])

        health = asked(source, day(98.5) + timedelta(days=7))

        assert health["expected_count"] > 15
        assert health["is_stale"] is True

    def test_a_day_is_one_in_utc_for_everybody(self, warehouse: sa.Engine) -> None:
        source = steady(warehouse)
        here = asked(source, *noons(5, first=70))
        asking = sa.text("select * from ops.source_health")

        with warehouse.connect() as connection:
            connection.execute(sa.text("set time zone 'Pacific/Kiritimati'"))
            there = dict(connection.execute(asking).mappings().one())

        assert there == here
