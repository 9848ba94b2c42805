"""Surge, drift, outcomes and feeds: what else is said of the health of a source."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from etl.schema import ops
from tests.load.history import History, day, noons, steady
from tests.load.rows import select


class TestSurge:
    def test_far_more_than_usual_is_a_surge(self, warehouse: sa.Engine) -> None:
        source = steady(warehouse)
        source.runs([day(70.5)])
        source.articles([day(70.5)] * 12)
        source.feed(day(70.6))

        health = source.health()

        assert health["day_count"] == 12
        assert health["expected_day_count"] == pytest.approx(1)
        assert health["is_surge"] is True

    def test_a_little_more_than_usual_is_none(self, warehouse: sa.Engine) -> None:
        source = steady(warehouse)
        source.runs([day(70.5)])
        source.articles([day(70.5)] * 5)
        source.feed(day(70.6))

        assert source.health()["is_surge"] is False

    def test_an_issue_as_large_as_those_before_is_none(self, warehouse: sa.Engine) -> None:
        source = History(warehouse, "issues")
        source.runs(noons(85))
        source.articles([at for at in noons(85, first=1)[::28] for _ in range(30)])

        assert source.health()["is_surge"] is False


class TestDrift:
    @pytest.mark.parametrize(
        ("changed", "what"),
        [
            ({"is_dated": False}, "without date"),
            ({"is_signed": False}, "without authors"),
            ({"has_references": False}, "without references"),
        ],
    )
    def test_what_articles_lack_all_of_a_sudden_is_drift(
        self, warehouse: sa.Engine, changed: dict[str, Any], what: str
    ) -> None:
        source = steady(warehouse, count=120)
        source.runs(noons(20, first=120))
        source.articles(noons(20, first=120), **changed)

        health = source.health()

        assert health["drift_of"] == what
        assert (health["drift_share"], health["drift_share_before"]) == (1, 0)
        assert health["drift_score"] > 4
        assert health["is_drifting"] is True

    def test_what_articles_have_all_of_a_sudden_is_drift(self, warehouse: sa.Engine) -> None:
        source = History(warehouse, "signed")
        source.runs(noons(120))
        source.articles(noons(99, first=1), is_signed=False)
        source.articles(noons(20, first=100))

        assert source.health()["drift_score"] < -4
        assert source.health()["is_drifting"] is True

    def test_three_of_twenty_may_be_chance(self, warehouse: sa.Engine) -> None:
        source = steady(warehouse, count=218)
        source.runs(noons(3, first=218))
        source.articles(noons(3, first=218), is_dated=False)

        health = source.health()

        assert health["drift_score"] == pytest.approx(3.2, abs=0.05)
        assert health["is_drifting"] is False

    def test_few_articles_are_not_compared(self, warehouse: sa.Engine) -> None:
        source = steady(warehouse, count=60)
        source.articles(noons(9, first=60), is_dated=False)

        assert source.health()["drift_score"] is None

    def test_archives_are_not_compared(self, warehouse: sa.Engine) -> None:
        source = steady(warehouse, count=120)
        source.articles([day(0.5)] * 200, is_dated=False)

        assert source.health()["drift_share_before"] == 0
        assert source.health()["is_drifting"] is False

    def test_pages_that_are_no_articles_any_more_are_drift(self, warehouse: sa.Engine) -> None:
        source = steady(warehouse, count=120)
        urls = select(warehouse, "select url from ops.urls order by first_seen_at, url")
        ended = ["loaded"] * (len(urls) - 12) + ["soft_404"] * 6 + ["not_an_article"] * 6
        rows = [(url, how, "x") for (url,), how in zip(urls, ended, strict=True)]
        source.outcomes(day(120), *rows)
        source.outcomes(day(121), *[(url, "unchanged", None) for (url,) in urls])

        health = source.health()

        assert health["drift_of"] == "not an article"
        assert (health["drift_share"], health["drift_share_before"]) == (0.6, 0)
        assert health["is_drifting"] is True


def ago(**span: float) -> datetime:
    return datetime.now(UTC) - timedelta(**span)


class TestOutcomes:
    def test_every_kind_of_outcome_has_a_meaning(self, kept: sa.Engine) -> None:
        kinds = dict(select(kept, "select outcome, kind from ops.outcome_kinds"))

        assert set(kinds) == set(ops.OUTCOMES)
        assert {name for name, kind in kinds.items() if kind == "failed"} == set(ops.LOST)

    def test_a_url_counts_once_by_the_last_that_came_of_it(self, warehouse: sa.Engine) -> None:
        source = History(warehouse, "steppe")
        source.outcomes(ago(days=8), ("old", "timeout", "slow"))
        source.outcomes(ago(days=3), ("a", "timeout", "slow"), ("b", "loaded", None))
        source.outcomes(
            ago(days=2),
            ("a", "loaded", None),
            ("b", "unchanged", None),
            ("c", "unchanged", None),
            ("d", "timeout", "slow"),
            ("e", "timeout", "very slow"),
            ("f", "robots", "/private"),
            ("g", "duplicate", "duplicate of a"),
        )
        source.outcomes(
            ago(days=1), ("d", "postponed", "not due"), ("h", "postponed", "too many pages")
        )

        found = select(
            warehouse,
            "select outcome, kind, url_count, share, last_reason from ops.source_outcomes "
            "order by outcome",
        )
        health = source.health()

        assert found == [
            ("duplicate", "duplicate", 1, 0.125, "duplicate of a"),
            ("loaded", "loaded", 2, 0.25, None),
            ("postponed", "postponed", 1, 0.125, "too many pages"),
            ("robots", "rejected", 1, 0.125, "/private"),
            ("timeout", "failed", 2, 0.25, "very slow"),
            ("unchanged", "unchanged", 1, 0.125, None),
        ]
        assert health["url_count"] == 8
        kinds = ("loaded", "unchanged", "duplicate", "rejected", "failed", "postponed")
        assert [health[f"{kind}_share"] for kind in kinds] == [0.25, *[0.125] * 3, 0.25, 0.125]
        assert (health["top_problem"], health["top_problem_count"]) == ("timeout", 2)
        assert health["top_problem_reason"] == "very slow"


class TestFeeds:
    def test_failing_feeds_are_told(self, warehouse: sa.Engine) -> None:
        source = steady(warehouse)
        source.feed(day(69.5), feed="a", failures=1, problem="HTTP 500", wait=timedelta(hours=2))
        source.feed(day(65.5), feed="b", failures=9, problem="no address", wait=timedelta(days=7))

        health = source.health()

        assert (health["feed_count"], health["failing_feed_count"]) == (3, 2)
        assert health["feed_problem"] == "no address"
        assert health["next_due_at"] == day(69.5) + timedelta(hours=1)

    def test_feeds_that_were_taken_out_of_the_source_are_forgotten(
        self, warehouse: sa.Engine
    ) -> None:
        source = steady(warehouse)
        source.feed(day(60), feed="left out", failures=9, problem="no address")

        assert (source.health()["feed_count"], source.health()["failing_feed_count"]) == (1, 0)
