"""`etl status` tells how things stand: what is held, what went wrong and why."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
import sqlalchemy as sa

from etl.load import runs, staging
from etl.load.publish import publish
from etl.load.statements import run as ask
from etl.schema import LOADED, frames, ops
from tests.frames import frame
from tests.load.history import History
from tests.load.rows import SOURCE, Page, batch, dump, run_id, settle


def test_status_tells_how_things_stand(warehouse: sa.Engine) -> None:
    run = run_id("first")
    published = datetime(2024, 1, 2, tzinfo=UTC)
    found = frame(
        """
        url | outcome      | reason         | content_hash
        a   | loaded       |                | a1
        b   | fetch_failed | HTTP 500       |
        c   | unreadable   | no known bytes | c1
        d   | duplicate    | duplicate of a | d1
        e   | postponed    | too many pages |
        """
    ).with_columns(asked_at=pl.lit(None, frames.TIME))
    with (
        runs.run(warehouse, run, "first", [SOURCE]),
        staging.batch(warehouse, run, SOURCE) as schema,
        runs.step(warehouse, run, SOURCE, "extract"),
    ):
        counts = staging.stage(warehouse, schema, batch(Page("a", 1, published=published)))
        publish(warehouse, schema, run, SOURCE, counts, found)

    status = runs.status(warehouse)

    assert [row["table_name"] for row in status["tables"]] == [t.__tablename__ for t in LOADED]
    held = {name: len(rows) for name, rows in dump(warehouse).items()}
    assert {row["table_name"]: row["row_count"] for row in status["tables"]} == held
    (source,) = status["sources"]
    assert source["state"] == "degraded"
    assert source["url_count"] == 5
    assert source["loaded_count"] == source["article_count"] == 1
    assert source["not_loaded_count"] == 2
    assert source["duplicate_count"] == source["postponed_count"] == 1
    assert source["latest_published_at"] == published
    assert [(row["url"], row["reason"]) for row in status["not_loaded"]] == [
        ("b", "HTTP 500"),
        ("c", "no known bytes"),
    ]
    assert [row["not_loaded_count"] for row in status["runs"]] == [2]
    assert [row["written_count"] for row in status["runs"]] == [sum(held.values())]
    assert status["quality"] == []


@pytest.mark.parametrize("outcome", ops.OUTCOMES)
def test_a_source_is_degraded_by_what_a_person_should_look_at(
    warehouse: sa.Engine, outcome: str
) -> None:
    source = History(warehouse, SOURCE)

    source.outcomes(datetime.now(UTC), ("a", outcome, "why"))

    (row,) = runs.status(warehouse)["sources"]
    assert row["state"] == ("degraded" if outcome in ops.LOST else "completed")


def test_status_has_health_outcomes_and_failing_feeds(warehouse: sa.Engine) -> None:
    now = datetime.now(UTC)
    source = History(warehouse, SOURCE)
    source.outcomes(now - timedelta(minutes=1), ("a", "timeout", "slow"), ("b", "loaded", None))
    source.feed(now, feed="a")
    source.feed(now, feed="b", failures=2, problem="HTTP 500")

    status = runs.status(warehouse)

    assert [row["failing_feed_count"] for row in status["health"]] == [1]
    assert [(row["outcome"], row["share"]) for row in status["outcomes"]] == [
        ("loaded", 0.5),
        ("timeout", 0.5),
    ]
    assert [(row["feed"], row["problem"]) for row in status["feeds"]] == [("b", "HTTP 500")]


def test_status_lists_what_earlier_runs_could_not_load(warehouse: sa.Engine) -> None:
    settle(
        warehouse,
        "first",
        frame(
            """
            url | outcome    | reason | content_hash
            a   | unreadable | binary | a1
            b   | unreadable | binary | b1
            c   | timeout    | slow   |
            """
        ),
    )
    settle(
        warehouse,
        "second",
        frame(
            """
            url | outcome   | reason  | content_hash
            a   | unchanged |         | a1
            b   | loaded    |         | b2
            c   | postponed | not due |
            """
        ),
    )

    assert [row["url"] for row in runs.status(warehouse)["not_loaded"]] == ["a", "c"]


def test_status_shows_expectations_that_did_not_hold(warehouse: sa.Engine) -> None:
    rows = [
        ("first", "old", "false"),
        ("second", "short_title", "false"),
        ("second", "fine", "true"),
    ]
    for day, (run, name, passed) in enumerate(rows, 1):
        with warehouse.begin() as connection:
            ask(
                connection,
                "insert into dq.results (run_id, source, suite, expectation, expectation_type, "
                "severity, passed, reason, checked_at) "
                f"values ('{run_id(run)}', '{SOURCE}', 'articles', '{name}', 'a_type', "
                f"'warning', {passed}, 'because', '2024-05-0{day}')",
            )

    found = [(row["suite"], row["expectation"]) for row in runs.status(warehouse)["quality"]]
    assert found == [("articles", "short_title")]
