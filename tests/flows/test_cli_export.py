"""`etl export` as people use it."""

import json
from pathlib import Path

import jsonschema
import pytest
import sqlalchemy as sa
from pybtex.database import parse_string

from etl.cli import main
from tests.csl_schema import ITEMS

Captured = pytest.CaptureFixture[str]


def test_what_was_run_can_be_exported(home: Path, warehouse: sa.Engine, capsys: Captured) -> None:
    assert main(["run", "wire"]) == 0
    capsys.readouterr()

    assert main(["export"]) == 0
    items = json.loads(capsys.readouterr().out)
    assert main(["export", "wire", "--format", "bibtex"]) == 0
    entries = parse_string(capsys.readouterr().out, "bibtex").entries

    jsonschema.validate(items, ITEMS)
    with warehouse.connect() as connection:
        count = connection.scalar(sa.text("select count(*) from warehouse.citations"))
    assert len(items) == count == 6
    assert [item["id"] for item in items] == list(entries)
    assert {item["author"][0]["family"] for item in items} == {"Saidov", "Novak"}


def test_a_file_appears_whole_and_a_window_may_be_empty(
    home: Path, tmp_path: Path, capsys: Captured
) -> None:
    main(["run", "wire"])
    capsys.readouterr()
    kept = tmp_path / "cited.json"

    assert main(["export", "--since", "2026-03-02", "--output", str(kept)]) == 0
    assert capsys.readouterr().err == f"{kept}: 4 citations\n"
    assert len(json.loads(kept.read_text(encoding="utf-8"))) == 4

    assert main(["export", "--until", "2026-02-01", "-o", str(kept)]) == 0
    assert json.loads(kept.read_text(encoding="utf-8")) == []
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["nope"], "source 'nope' is not in the warehouse"),
        (["--article", "https://wire.example/9"], "article 'https://wire.example/9' is not in"),
        (["--format", "word"], "--format"),
        (["--output", "nowhere/cited.json"], "nowhere/cited.json: No such file"),
    ],
)
def test_what_cannot_be_exported_is_said(
    words: list[str], line: str, home: Path, capsys: Captured
) -> None:
    main(["run", "wire"])
    capsys.readouterr()

    assert main(["export", *words]) == 2
    assert line in capsys.readouterr().err
