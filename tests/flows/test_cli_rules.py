"""`etl sources check`, `etl run` and `etl status` say how the rules of a source do."""

import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml

from etl import sources
from etl.cli import main
from etl.cli.rules import NEAR_DAYS
from tests.transform.rawpages import PROSE, TEXT
from tests.transform.test_rules import OTHER, OTHER_TEXT

Captured = pytest.CaptureFixture[str]

TODAY = datetime.now(UTC).date()

FAR, NEAR, OVER = TODAY + timedelta(400), TODAY + timedelta(1), TODAY - timedelta(1)

WORDS = sum(len(line.split()) for line in OTHER)

PAGE = (
    "<!doctype html><html><head><title>Water and Neighbours in Chorkuh</title></head><body>"
    "<h1>Water and Neighbours in Chorkuh</h1><p>{day} March 2011</p><p class='by'>Rumi</p>"
    f"<div class='left'>{OTHER_TEXT}</div><div class='right'>{TEXT}</div></body></html>"
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of sources, with two pages of the source `oasis`; no other settings."""
    for name in [name for name in os.environ if name.startswith("ETL_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "sources"
    (folder / "oasis").mkdir(parents=True)
    for day in (1, 2):
        (folder / "oasis" / f"{day}.html").write_text(PAGE.format(day=day))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ETL_SOURCES", str(folder))
    return folder


def written(folder: Path, *rules: str) -> None:
    """The source file of `oasis`, with rules."""
    entries = "".join(f"  - {{{rule}}}\n" for rule in rules)
    (folder / "oasis.yaml").write_text(
        "title: Oasis\nlanguage: en\n"
        "feeds: [{kind: files, at: oasis, base_url: 'https://oasis.example/'}]\n"
        f"reading:\n{entries}"
    )


def checked(capsys: Captured) -> tuple[int, Any]:
    """Exit code and JSON of `etl sources check oasis`."""
    code = main(["sources", "check", "oasis", "--json"])
    return code, json.loads(capsys.readouterr().out)


def facts(page: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What was read of a page in both ways."""
    return {fact["fact"]: (fact["generic"], fact["rule"]) for fact in page["compared"]}


def test_check_shows_what_generic_and_rule_give(here: Path, capsys: Captured) -> None:
    written(here, f"body: div.left, authors: .by, title: h1, valid_until: {FAR}")

    code, told = checked(capsys)

    assert code == 0
    read = facts(told["pages"][0])
    assert read["title"] == ("Water and Neighbours in Chorkuh",) * 2
    assert read["authors"][1] == "Rumi"
    assert read["first line"][1] == OTHER[0]
    assert read["last line"][1] == OTHER[-1] != read["last line"][0]
    assert read["words"][1] == WORDS != read["words"][0]
    assert "date" not in read
    assert "references" not in read
    assert told["pages"][0]["word_count"] == read["words"][1]
    assert [(r["part"], r["state"], r["page_count"], r["used_count"]) for r in told["rules"]] == [
        ("title", "holds", 2, 2),
        ("authors", "holds", 2, 2),
        ("body", "holds", 2, 2),
    ]
    assert told["rules"][0]["notice"] == "the generic reader gives the same on these pages"


def test_check_lays_both_side_by_side_on_a_small_screen(here: Path, capsys: Captured) -> None:
    written(here, f"body: div.right, authors: .by, title: h1, valid_until: {FAR}, why: columns")

    code = main(["sources", "check", "oasis"])

    shown = capsys.readouterr().out.split("\n")
    start = next(row for row, line in enumerate(shown) if "generic" in line)
    table = shown[start : next(r for r, line in enumerate(shown) if "2.html" in line and r > start)]
    assert code == 0
    assert max(map(len, table)) <= 80
    assert table[0].split() == ["generic", "by", "rule"]
    columns = table[0].index("generic"), table[0].index("by rule")
    for column in columns:
        assert {line[column - 2 : column] for line in table} <= {"  ", ""}
    cells = {line[6 : columns[0]].strip(): line[columns[1] :] for line in table[1:]}
    assert cells["authors"] == "Rumi"
    assert cells["title"] == "(the same)"
    assert cells["first line"] in PROSE
    assert "  body: div.right\n" in "\n".join(shown)
    assert f"      holds until {FAR}; gave something on 2 of 2 pages" in shown
    assert "      why: columns" in shown


def test_check_says_nothing_of_rules_where_there_are_none(here: Path, capsys: Captured) -> None:
    written(here, f"body: div.right, valid_until: {FAR}")
    text = (here / "oasis.yaml").read_text().partition("reading:")[0]
    (here / "oasis.yaml").write_text(text)

    code, told = checked(capsys)
    main(["sources", "check", "oasis"])

    assert (code, told["rules"], told["pages"][0]["compared"]) == (0, [], [])
    shown = capsys.readouterr().out
    assert "generic" not in shown
    assert "Reading rules" not in shown


@pytest.mark.parametrize(
    ("rule", "code", "said"),
    [
        (f"body: div.right, valid_until: {OVER}", 3, "it is over, and pages are read without it;"),
        (f"body: div.gone, valid_until: {OVER}", 3, "it is over, and gives nothing any more;"),
        (f"body: div.gone, valid_until: {FAR}", 3, "it gives nothing on any page; correct"),
        (f"drop: div.gone, valid_until: {FAR}", 0, "there is nothing to drop on these pages"),
        (f"body: div.right, valid_until: {NEAR}", 0, "it ends in 1 day; look at the pages"),
        (f"body: div.right, valid_until: {TODAY}", 0, "it ends today; look at the pages"),
    ],
)
def test_check_tells_of_rules_that_need_a_person(
    rule: str, code: int, said: str, here: Path, capsys: Captured
) -> None:
    written(here, rule)

    ended, told = checked(capsys)
    main(["sources", "check", "oasis"])

    (row,) = told["rules"]
    assert ended == code
    assert (row["problem"] if code else row["notice"]).startswith(said)
    assert (row["problem"] is None) == (code == 0)
    assert said in " ".join(capsys.readouterr().out.split())


def test_a_rule_ends_soon_within_a_month(here: Path, capsys: Captured) -> None:
    day = TODAY + timedelta(NEAR_DAYS + 1)
    written(here, f"body: div.right, valid_until: {day}")

    _, told = checked(capsys)

    assert told["rules"][0]["notice"] is None


def test_a_rule_that_is_over_shows_what_it_would_give(here: Path, capsys: Captured) -> None:
    written(here, f"body: div.left, valid_until: {OVER}", f"title: h3, valid_until: {FAR}")

    _, told = checked(capsys)
    main(["sources", "check", "oasis"])

    page = told["pages"][0]
    assert facts(page)["words"] == (page["word_count"], WORDS)
    assert page["word_count"] != WORDS
    shown = capsys.readouterr().out
    assert "words (over)" in shown
    assert "(nothing; as generic)" in shown


def test_rules_of_other_days_are_named_and_left_alone(here: Path, capsys: Captured) -> None:
    written(
        here,
        "body: div.gone, valid_until: 2019-12-31",
        f"body: div.right, valid_from: 2020-01-01, valid_until: {FAR}",
        f"title: h4, valid_from: {FAR}, valid_until: {FAR + timedelta(9)}",
    )

    code, told = checked(capsys)

    assert code == 0
    assert [(row["state"], row["page_count"]) for row in told["rules"]] == [
        *(("replaced", 0), ("holds", 2), ("to come", 0)),
    ]


def test_a_page_that_only_a_rule_makes_an_article_is_told_of(here: Path, capsys: Captured) -> None:
    (here / "oasis" / "1.html").write_text(
        f"<!doctype html><html><body><div class='name'>Water</div>{TEXT}</body></html>"
    )
    written(here, f"title: .name, valid_until: {FAR}")

    code, told = checked(capsys)

    page = next(page for page in told["pages"] if page["url"].endswith("1.html"))
    assert code == 0
    assert page["outcome"] == "loaded"
    generic, ruled = facts(page)["outcome"]
    assert "the page has neither headline nor title" in generic
    assert ruled == "an article"
    assert facts(page)["title"] == (None, "Water")


def test_a_run_reads_by_rules_and_tells_what_they_did_not_give(
    home: Path, journal: Path, warehouse: sa.Engine, capsys: Captured
) -> None:
    with (journal / "wire.yaml").open("a") as file:
        file.write(
            f"reading:\n  - {{body: article p, date: .gone, drop: .gone, valid_until: {FAR}}}\n"
            f"  - {{title: h1, valid_until: {OVER}}}\n"
        )
    (journal / "wire" / "2.html").write_text("<html><title>No</title><p>Nothing here.</html>")

    code = main(["run", "wire"])

    shown = capsys.readouterr().out
    assert code == 0
    assert "  wire: `date: .gone` gave nothing on 2 of 2 pages" in shown
    assert "  wire: `drop: .gone` gave nothing on 2 of 2 pages" in shown
    assert f"  wire: `title: h1` held until {OVER}: pages are read without it" in shown
    assert "`body: article p`" not in shown
    with warehouse.connect() as connection:
        methods = connection.scalars(sa.text("select body_method from warehouse.article_versions"))
        assert set(methods) == {"rule"}

    main(["status"])
    shown = capsys.readouterr().out
    main(["status", "--json"])
    told = json.loads(capsys.readouterr().out)

    assert f"wire: rule title: h1\n      it ended on {OVER}: pages are read without it" in shown
    assert told["rules"] == [
        {"source": "wire", "part": "title", "selector": "h1", "valid_until": str(OVER)}
    ]


def test_the_example_in_a_new_source_file_is_a_rule() -> None:
    from etl.cli import source_file
    from etl.extract.survey import Survey

    found = Survey("https://oasis.example/", "Oasis", None, "", None, (), (), ())
    choice = source_file.Choice("oasis", "en", "as given", None, allow_private=False)

    text = source_file.text(found, choice, date(2028, 2, 29))

    block = text[text.index("# reading:") :].replace("# ", "", 1).replace("\n# ", "\n")
    told = yaml.safe_load(block)["reading"]
    assert told == [{"body": "div.article-text", "valid_until": date(2029, 2, 28)}]
    assert sources.Reading.model_validate(told[0]).body == "div.article-text"
