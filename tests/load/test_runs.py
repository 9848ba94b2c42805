"""Runs, their steps and outcomes are remembered, also when a run is killed."""

from datetime import timedelta

import polars as pl
import pytest
import sqlalchemy as sa

from etl.errors import SchemaMismatch, WarehouseUnreachable
from etl.load import locks, runs, staging
from etl.load.publish import publish
from etl.load.statements import run as ask
from etl.schema import frames, ops
from tests.frames import frame
from tests.load.rows import SOURCE, Page, batch, dump, run_id, settle

DAY = timedelta(days=1)

ALL = pl.Series(["a", "b", "c"])


def snapshots(text: str) -> pl.DataFrame:
    """Snapshots as a table of url, content_hash and day."""
    days = frame(text, day=pl.Int32())
    return days.select(
        "url",
        "content_hash",
        fetched_at=pl.datetime(2024, 5, pl.col("day"), time_zone="UTC"),
        status=pl.lit(200, pl.Int16),
        content_type=pl.lit("text/html"),
        address=pl.col("url"),
        etag=pl.lit('"1"'),
        last_modified=pl.lit(None, pl.String),
        headers=pl.lit('{"etag": "1"}'),
        byte_count=pl.lit(10, pl.Int64),
        path=pl.lit("aa/bb"),
    )


def known(engine: sa.Engine) -> list[tuple[object, ...]]:
    found = runs.known(engine, SOURCE, ALL)
    return found.select("url", "content_hash", pl.col("fetched_at").dt.day(), "is_settled").rows()


def recorded(engine: sa.Engine, query: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in ask(connection, query)]


RUNS = "select flow_run_name, state, error, ended_at is not null from ops.runs order by started_at"

STEPS = "select step, state, input_count, output_count, error from ops.steps order by started_at"


def test_a_run_is_running_and_then_what_it_was_said_to_be(warehouse: sa.Engine) -> None:
    with runs.run(warehouse, run_id("a"), "a", ["x", "y"]):
        assert recorded(warehouse, RUNS) == [("a", "running", None, False)]
    with runs.run(warehouse, run_id("b"), "b", []):
        runs.finish_run(warehouse, run_id("b"), "degraded", "x: no feed")
    with pytest.raises(ValueError, match="first"), runs.run(warehouse, run_id("c"), "c", []):
        raise ValueError("first line\nsecond line")

    assert recorded(warehouse, RUNS) == [
        ("a", "completed", None, True),
        ("b", "degraded", "x: no feed", True),
        ("c", "failed", "ValueError: first line", True),
    ]
    assert recorded(warehouse, "select sources from ops.runs where flow_run_name = 'a'") == [
        ("x, y",)
    ]


def test_steps_are_recorded_with_their_counts(warehouse: sa.Engine) -> None:
    run = run_id("a")
    with runs.run(warehouse, run, "a", [SOURCE]):
        with runs.step(warehouse, run, SOURCE, "extract") as counts:
            counts.output_count = 7
        with runs.step(warehouse, run, SOURCE, "transform", 7) as counts:
            assert recorded(warehouse, STEPS)[1] == ("transform", "running", 7, None, None)
        with pytest.raises(KeyError), runs.step(warehouse, run, SOURCE, "stage"):
            raise KeyError("articles")

    assert recorded(warehouse, STEPS) == [
        ("extract", "completed", None, 7, None),
        ("transform", "completed", 7, None, None),
        ("stage", "failed", None, None, "KeyError: 'articles'"),
    ]


def test_a_step_tried_again_forgets_its_failure(warehouse: sa.Engine) -> None:
    run = run_id("a")
    with runs.run(warehouse, run, "a", [SOURCE]):
        with pytest.raises(KeyError), runs.step(warehouse, run, SOURCE, "stage"):
            raise KeyError("articles")
        with runs.step(warehouse, run, SOURCE, "stage") as counts:
            counts.output_count = 1

    assert recorded(warehouse, STEPS) == [("stage", "completed", None, 1, None)]


def test_killed_runs_are_marked_when_the_next_one_starts(warehouse: sa.Engine) -> None:
    for name in ("dead", "alive"):
        with runs.run(warehouse, run_id(name), name, [SOURCE]):
            pass
        with runs.step(warehouse, run_id(name), SOURCE, "stage"):
            pass
    with warehouse.begin() as connection:
        for table in ("runs", "steps"):
            ask(connection, f"update ops.{table} set state = 'running', ended_at = null")

    with locks.held(warehouse, f"run {run_id('alive')}"):
        states = {row["flow_run_name"]: row["state"] for row in runs.status(warehouse)["runs"]}
        assert states == {"dead": "killed", "alive": "running"}
        with runs.run(warehouse, run_id("next"), "next", [SOURCE]):
            pass

    assert recorded(warehouse, RUNS) == [
        ("dead", "failed", runs.KILLED, True),
        ("alive", "running", None, False),
        ("next", "completed", None, True),
    ]
    assert recorded(warehouse, "select state, error from ops.steps order by started_at") == [
        ("failed", runs.KILLED),
        ("running", None),
    ]


def test_a_run_tried_again_is_one_run(warehouse: sa.Engine) -> None:
    with pytest.raises(ValueError, match="once"), runs.run(warehouse, run_id("a"), "a", []):
        raise ValueError("once")
    with runs.run(warehouse, run_id("a"), "a", []):
        pass

    assert recorded(warehouse, RUNS) == [("a", "completed", None, True)]


class TestSnapshots:
    TWO = snapshots(
        """
        url | content_hash | day
        a   | a1           | 1
        b   | b1           | 1
        """
    )

    def test_are_known_until_and_after_they_are_settled(self, warehouse: sa.Engine) -> None:
        assert runs.known(warehouse, SOURCE, ALL).schema == frames.KNOWN
        assert runs.remember(warehouse, SOURCE, self.TWO) == 2
        assert known(warehouse) == [("a", "a1", 1, False), ("b", "b1", 1, False)]

        settle(
            warehouse,
            "first",
            frame(
                """
                url | outcome      | reason   | content_hash
                a   | loaded       |          | a1
                b   | fetch_failed | HTTP 500 | b1
                c   | unreadable   | binary   | c1
                """
            ),
        )

        assert known(warehouse) == [("a", "a1", 1, True), ("b", "b1", 1, False)]
        assert runs.known(warehouse, "other", ALL).is_empty()
        assert runs.known(warehouse, SOURCE, ALL.clear()).is_empty()

    def test_are_remembered_once(self, warehouse: sa.Engine) -> None:
        runs.remember(warehouse, SOURCE, self.TWO)

        later = self.TWO.with_columns(pl.col("fetched_at") + DAY)
        assert runs.remember(warehouse, SOURCE, later) == 0
        assert known(warehouse) == [("a", "a1", 1, False), ("b", "b1", 1, False)]

    @pytest.mark.parametrize("outcome", ops.OUTCOMES)
    def test_are_settled_by_what_will_not_change(self, warehouse: sa.Engine, outcome: str) -> None:
        runs.remember(warehouse, SOURCE, self.TWO.head(1))
        found = {"url": ["a"], "outcome": [outcome], "reason": [None], "content_hash": ["a1"]}

        settle(warehouse, "first", pl.DataFrame(found))

        brought_nothing = {"unchanged", "postponed", *ops.UNFETCHED} - {"too_large"}
        assert known(warehouse)[0][-1] is (outcome not in brought_nothing)

    def test_that_come_back_after_others_are_new_again(self, warehouse: sa.Engine) -> None:
        for day, content in ((1, "one"), (2, "two")):
            row = f"url | content_hash | day\na | {content} | {day}"
            runs.remember(warehouse, SOURCE, snapshots(row))
            done = f"url | outcome | reason | content_hash\na | loaded | | {content}"
            settle(warehouse, str(day), frame(done))
        assert known(warehouse) == [("a", "two", 2, True)]

        back = snapshots("url | content_hash | day\na | one | 5")
        assert runs.remember(warehouse, SOURCE, back) == 1
        assert known(warehouse) == [("a", "one", 5, False)]

        settle(warehouse, "5", frame("url | outcome | reason | content_hash\na | loaded | | one"))
        assert known(warehouse) == [("a", "one", 5, True)]


def test_outcomes_are_part_of_the_publish(warehouse: sa.Engine) -> None:
    run = run_id("first")
    found = frame("url | outcome | reason | content_hash\na | lost | | a1").with_columns(
        asked_at=pl.lit(None, frames.TIME)
    )
    with (
        pytest.raises(SchemaMismatch, match="outcome_known"),
        runs.run(warehouse, run, "first", [SOURCE]),
        staging.batch(warehouse, run, SOURCE) as schema,
    ):
        counts = staging.stage(warehouse, schema, batch(Page("a", 1)))
        publish(warehouse, schema, run, SOURCE, counts, found)

    assert not any(dump(warehouse).values())


def test_errors_are_kept_in_one_line() -> None:
    assert runs.one_line(ValueError("a\nb")) == "ValueError: a"
    assert runs.one_line(WarehouseUnreachable("gone; run again")) == "gone; run again"
    assert runs.one_line(KeyboardInterrupt()) == "KeyboardInterrupt"
