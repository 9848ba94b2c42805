"""The command line as people and scripts use it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from etl.cli import main

Captured = pytest.CaptureFixture[str]


def said(command: list[str], capsys: Captured) -> tuple[int, Any]:
    """Exit code and JSON of a command."""
    capsys.readouterr()
    code = main([*command, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_run_and_status_agree_with_the_database(
    home: Path, warehouse: sa.Engine, capsys: Captured
) -> None:
    code, report = said(["run", "wire"], capsys)
    healthy, status = said(["status"], capsys)

    assert (code, healthy) == (0, 0)
    assert report["sources"][0]["outcomes"] == {"loaded": 3}
    counts = {row["table_name"]: row["row_count"] for row in status["tables"]}
    assert counts == {name: table["inserted"] for name, table in report["tables"].items()}
    with warehouse.connect() as connection:
        for name, rows in counts.items():
            assert connection.scalar(sa.text(f"select count(*) from warehouse.{name}")) == rows


def test_second_run_says_that_nothing_is_new(home: Path, capsys: Captured) -> None:
    main(["run", "wire"])
    capsys.readouterr()

    code = main(["run", "wire"])

    assert code == 0
    line = "Nothing new: feeds asked: 1, URLs looked at: 3, no row of the warehouse written."
    assert line in capsys.readouterr().out


def test_status_is_degraded_after_a_source_failed(
    home: Path, journal: Path, capsys: Captured
) -> None:
    (journal / "gone.yaml").write_text(
        "title: Gone\nlanguage: en\nfeeds: [{kind: files, at: gone}]\n"
    )

    (journal / "odd.yaml").write_text("title: Odd\n")

    assert main(["run", "gone", "odd", "wire"]) == 3

    code, status = said(["status"], capsys)
    assert code == 3
    states = {row["source"]: row["state"] for row in status["sources"]}
    assert states == {"gone": "failed", "odd": "failed", "wire": "completed"}


def test_status_is_degraded_while_a_feed_is_dead(
    home: Path, journal: Path, capsys: Captured
) -> None:
    with (journal / "wire.yaml").open("a") as file:
        file.write("  - {kind: files, at: gone}\n")

    assert main(["run", "wire"]) == 3

    code, status = said(["status"], capsys)
    assert code == 3
    assert [row["state"] for row in status["sources"]] == ["degraded"]
    assert "gone" in status["sources"][0]["error"]


def test_sql_answers_and_cannot_write(home: Path, warehouse: sa.Engine, capsys: Captured) -> None:
    assert said(["sql", "select 7 as n, '50%' as share"], capsys) == (0, [{"n": 7, "share": "50%"}])

    code = main(["sql", "delete from warehouse.articles"])

    assert code == 2
    assert "read-only transaction" in capsys.readouterr().err


def test_config_says_where_a_value_came_from_and_hides_the_password(
    home: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ETL_WAREHOUSE_URL", "postgresql://etl:secret@db.example/news")
    Path(".env").write_text("ETL_MAX_PAGE_BYTES=9999\n")

    code, rows = said(["config", "show"], capsys)

    told = {row["setting"]: (row["value"], row["from"]) for row in rows}
    assert code == 0
    assert told["ETL_WAREHOUSE_URL"] == ("postgresql://etl:***@db.example/news", "environment")
    assert told["ETL_MAX_PAGE_BYTES"] == ("9999", ".env")
    assert told["ETL_MAX_SET_ASIDE_SHARE"] == ("0.2", "default")


@pytest.mark.parametrize(
    ("command", "code", "line"),
    [
        (["bogus"], 2, "Unknown command"),
        (["run", "nope"], 2, "source 'nope' is not known"),
        (["sql", "select from nowhere"], 2, 'relation "nowhere" does not exist'),
    ],
)
def test_what_cannot_be_done_is_said_with_its_exit_code(
    command: list[str], code: int, line: str, home: Path, capsys: Captured
) -> None:
    assert main(command) == code
    assert line in capsys.readouterr().err


def test_bad_setting_is_named(
    home: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ETL_MAX_PAGE_BYTES", "many")

    assert main(["status"]) == 2
    assert "ETL_MAX_PAGE_BYTES='many'" in capsys.readouterr().err


def test_without_a_warehouse_status_says_what_makes_one(
    home: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ETL_WAREHOUSE_URL")

    assert main(["status"]) == 1
    assert "`etl run` makes one" in capsys.readouterr().err


def test_serve_prints_a_url_that_answers_until_it_is_stopped(home: Path) -> None:
    serving = subprocess.Popen(
        [sys.executable, "-m", "etl.cli", "serve"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert serving.stdout is not None
    url = serving.stdout.readline().strip()

    with psycopg.connect(url) as connection:
        found = connection.execute("select count(*) from reporting.articles").fetchone()
    serving.send_signal(signal.SIGTERM)

    assert found == (0,)
    assert serving.wait(timeout=30) == 0
    serving.stdout.close()
