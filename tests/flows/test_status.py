"""What `etl status` says of sources, and when it calls for a person."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from etl.cli import health, main
from tests.load.history import History

NOW = datetime.now(UTC).replace(microsecond=0)

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def settings(warehouse_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings for commands that read a warehouse of the test's own."""
    for name in [name for name in os.environ if name.startswith("ETL_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ETL_WAREHOUSE_URL", warehouse_url)


def source(engine: sa.Engine, name: str = "steppe", silent_days: int = 0) -> History:
    """A source that gave an article a day until some days ago."""
    made = History(engine, name)
    times = [NOW - timedelta(days=n) for n in range(70, -1, -1)]
    made.runs(times)
    made.articles(times[1 : len(times) - silent_days])
    made.feed(NOW)
    return made


def shown(capsys: Captured) -> tuple[int, str]:
    """Exit code and text of `etl status`."""
    capsys.readouterr()
    return main(["status"]), capsys.readouterr().out


def test_a_living_source_needs_nobody(warehouse: sa.Engine, capsys: Captured) -> None:
    source(warehouse)

    code, text = shown(capsys)

    assert code == 0
    assert "Look at" not in text


def test_a_stale_source_needs_a_person(warehouse: sa.Engine, capsys: Captured) -> None:
    source(warehouse, silent_days=12)

    code, text = shown(capsys)

    assert code == 3
    assert "12 d, 1 in " in text
    assert "steppe: stale\n      no new article for 12 d, where 1" in text


def test_a_failing_feed_needs_a_person_also_while_it_rests(
    warehouse: sa.Engine, capsys: Captured
) -> None:
    made = source(warehouse)
    made.feed(NOW, feed="rss x", failures=3, problem="HTTP 503", wait=timedelta(hours=8))
    made.runs([NOW + timedelta(hours=1)])

    code, text = shown(capsys)

    assert code == 3
    assert "steppe: feed rss x\n      HTTP 503; failures in a row: 3, due again " in text


def test_surge_and_drift_are_shown_and_need_nobody(warehouse: sa.Engine, capsys: Captured) -> None:
    source(warehouse).articles([NOW] * 20, is_signed=False)

    code, text = shown(capsys)

    assert code == 0
    assert "surge, drifting" in text
    assert "21 new articles in 24 hours, where 1.0 were expected" in text
    assert "of the newest 20 are without authors, of those before" in text


def test_outcomes_are_shown_by_source_and_reason(warehouse: sa.Engine, capsys: Captured) -> None:
    made = source(warehouse)
    slow = [(f"https://steppe.example/{n}", "timeout", "no answer") for n in range(5)]
    made.outcomes(NOW + timedelta(seconds=1), *slow, *[(str(n), "loaded", None) for n in range(15)])

    code, text = shown(capsys)

    assert code == 3
    assert "steppe    20  75 %    25 %    timeout (5)" in text
    assert (
        "  steppe, timeout: no answer\n"
        "      https://steppe.example/0\n"
        "      https://steppe.example/1\n"
        "      https://steppe.example/2\n"
        "      … and 2 more\n"
    ) in text


def test_json_has_everything(warehouse: sa.Engine, capsys: Captured) -> None:
    source(warehouse, silent_days=12)

    code = main(["status", "--json"])

    status = json.loads(capsys.readouterr().out)
    assert code == 3
    assert status["health"][0]["is_stale"] is True
    assert status["health"][0]["silence_probability"] < 1e-4
    assert {"sources", "outcomes", "feeds", "not_loaded", "quality", "runs"} <= set(status)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-3, "0 min"),
        (59 * 60, "59 min"),
        (3 * 3600, "3 h"),
        (47 * 3600, "47 h"),
        (3.14 * 86400, "3.1 d"),
        (12.4 * 86400, "12 d"),
    ],
)
def test_durations_are_told_in_their_unit(seconds: float, said: str) -> None:
    assert health.duration(seconds) == said


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (1.0, "3.0 d"),
        (0.5, "3.0 d"),
        (0.3, "3.0 d, 1 in 3"),
        (0.00092, "3.0 d, 1 in 1,100"),
        (1e-5, "3.0 d, 1 in 100,000"),
        (1e-300, "3.0 d, under 1 in 1,000,000"),
    ],
)
def test_silence_is_told_with_its_chance(chance: float, said: str) -> None:
    assert health.quiet({"silence_days": 3.0, "silence_probability": chance}) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [(None, ""), (0.0, ""), (0.004, "<1 %"), (0.5, "50 %"), (0.996, ">99 %"), (1.0, "100 %")],
)
def test_shares_are_told_in_percent(share: float | None, said: str) -> None:
    assert health.percent(share) == said


@pytest.mark.parametrize(
    ("row", "is_unwell"),
    [
        ({"state": "completed"}, False),
        ({"state": "running"}, False),
        ({"state": "degraded"}, True),
        ({"state": "failed"}, True),
        ({"state": "completed", "is_stale": True}, True),
        ({"state": "completed", "failing_feed_count": 1}, True),
        ({"state": "completed", "is_surge": True, "is_drifting": True}, False),
    ],
)
def test_who_needs_a_person(row: dict[str, Any], is_unwell: bool) -> None:
    assert health.is_unwell(row) is is_unwell
