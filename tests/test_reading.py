"""Rules for pages in source files are read, or refused with the place and the next move."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from etl import schema, sources
from etl.errors import Misconfigured
from etl.sources import Rule
from etl.sources.reading import PARTS, expired, state
from etl.transform.pages.rules import TAKERS
from flows import rules

START = "title: O\nlanguage: en\nfeeds: [{kind: files, at: .}]\nreading:\n"

TODAY = date(2026, 5, 1)


def load(tmp_path: Path, reading: str) -> sources.Source:
    """A source with rules; the text of those begins in line 5."""
    (tmp_path / "oasis.yaml").write_text(START + reading, encoding="utf-8")
    return sources.load("oasis", tmp_path)


def test_a_source_says_what_is_where_on_its_pages_and_until_when(tmp_path: Path) -> None:
    source = load(
        tmp_path,
        "  - {valid_until: 2026-05-01, body: div.old}\n"
        "  - drop: .also, .share\n"
        "    body: div.text\n"
        "    valid_from: 2026-05-02\n"
        "    valid_until: 2027-06-30\n"
        "    why: two columns\n",
    )

    assert source.rules == (
        Rule("body", "div.old", date(2026, 5, 1)),
        Rule("body", "div.text", date(2027, 6, 30), date(2026, 5, 2), "two columns", 1),
        Rule("drop", ".also, .share", date(2027, 6, 30), date(2026, 5, 2), "two columns", 1),
    )
    assert source.rules[1].label == "body: div.text"


def test_rules_are_no_column_of_the_source(tmp_path: Path) -> None:
    row = sources.row(load(tmp_path, "  - {title: h1, valid_until: 2027-06-30}\n"))

    assert row.schema == schema.frame_schema(schema.Source)


def test_every_part_that_can_be_written_can_be_read() -> None:
    assert set(PARTS) == set(TAKERS)


REFUSED = {
    "no last day": (
        "  - body: div.text",
        "line 5, column 5: `reading[0].valid_until` is missing; write the last day on which it "
        "is sure to be right: 2027-06-30",
    ),
    "no day": (
        "  - body: div.text\n    valid_until: 30.06.2027",
        "line 6, column 5: `reading[0].valid_until` is '30.06.2027': write year, month and day, "
        "such as 2027-06-30",
    ),
    "days turned round": (
        "  - body: div.text\n    valid_from: 2027-07-01\n    valid_until: 2027-06-30",
        "line 7, column 5: `reading[0].valid_until` is '2027-06-30': lies before valid_from, "
        "2027-07-01; write a later day",
    ),
    "unknown part": (
        "  - bodi: div.text\n    valid_until: 2027-06-30",
        "line 5, column 5: `reading[0].bodi` is not known; did you mean 'body'? use one of title, "
        "date, authors, body, references, drop, valid_from, valid_until, why",
    ),
    "nothing selected": (
        "  - valid_until: 2027-06-30",
        "line 5, column 5: `reading[0]` is {'valid_until': '2027-06-30'}: selects nothing; write "
        "one or more of title, date, authors, body, references, drop",
    ),
    "no selector": (
        "  - body: div[\n    valid_until: 2027-06-30",
        "line 5, column 5: `reading[0].body` is 'div[': no CSS selector: Expected ident or '*', "
        "got <EOF at 4>",
    ),
    "selector of a namespace": (
        "  - body: svg|text\n    valid_until: 2027-06-30",
        "line 5, column 5: `reading[0].body` is 'svg|text': no CSS selector: Undefined namespace "
        "prefix",
    ),
    "selector that yaml takes for a comment": (
        "  - body: #text\n    valid_until: 2027-06-30",
        "line 5, column 5: `reading[0].body` is None: must be text; in quotes if it begins with #",
    ),
    "two for one day": (
        "  - {body: div.a, valid_until: 2027-06-30}\n"
        "  - title: h1\n"
        "    body: div.b\n"
        "    valid_from: 2027-06-30\n"
        "    valid_until: 2028-06-30",
        "line 7, column 5: `reading[1].body` and `reading[0].body` both hold on 2027-06-30; join "
        "the two selectors by a comma, or write a `valid_from`",
    ),
    "no list": (
        "  body: div.text",
        "line 4, column 1: `reading` is {'body': 'div.text'}: must be a list, one `- ` per item",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_wrong_rule_is_refused_with_place_and_next_move(tmp_path: Path, case: str) -> None:
    text, reason = REFUSED[case]

    with pytest.raises(Misconfigured) as refused:
        load(tmp_path, text)

    assert str(refused.value) == f"source file {tmp_path / 'oasis.yaml'}: {reason}"


def test_keys_of_an_inner_mapping_are_those_of_that_mapping(tmp_path: Path) -> None:
    (tmp_path / "oasis.yaml").write_text(START.replace("reading:", "visits: {delay: 3}"))

    with pytest.raises(Misconfigured, match=r"`visits\.delay` is not known; .*delay_seconds"):
        sources.load("oasis", tmp_path)


def test_several_rules_may_drop_at_once(tmp_path: Path) -> None:
    until = "valid_until: 2027-06-30"

    source = load(tmp_path, f"  - {{drop: .a, {until}}}\n  - {{drop: .b, {until}}}\n")

    assert [rule.selector for rule in source.rules] == [".a", ".b"]


OLDER = Rule("body", "div.older", date(2019, 12, 31))
OLD = Rule("body", "div.old", date(2025, 12, 31), date(2020, 1, 1))
LAST_DAY = Rule("title", "h1", TODAY)
COMING = Rule("body", "div.new", date(2027, 12, 31), date(2026, 7, 1))


def test_a_rule_is_over_unless_it_holds_or_another_follows() -> None:
    told = (OLDER, OLD, LAST_DAY)

    assert expired(told, TODAY) == [OLD]
    assert expired((*told, COMING), TODAY) == []
    assert [state(rule, (*told, COMING), TODAY) for rule in (*told, COMING)] == [
        *("replaced", "replaced", "holds", "to come"),
    ]


def test_a_run_says_which_rules_are_over() -> None:
    (said,) = rules.ended((OLDER, OLD, LAST_DAY), TODAY)

    assert said.startswith("`body: div.old` held until 2025-12-31: pages are read without it")


def test_a_run_counts_the_pages_on_which_a_rule_gave_nothing() -> None:
    title, drop = Rule("title", "h3", date(2027, 1, 1)), Rule("drop", ".ad", date(2027, 1, 1))
    later = Rule("body", "div", date(2027, 1, 1), date(2026, 5, 2))
    found = {
        "fetched_at": [datetime(2026, 5, day, tzinfo=UTC) for day in (1, 2, 3, 4)],
        "body_method": ["html", "rule", "html", "text"],
        "idle_rules": [["title: h3", "drop: .ad"], [], ["title: h3", "body: div"], []],
    }
    pages = pl.DataFrame(found, schema_overrides={"idle_rules": pl.List(pl.String)})

    assert rules.idle((title, drop, later), pages) == [
        "`title: h3` gave nothing on 2 of 3 pages",
        "`body: div` gave nothing on 1 of 2 pages",
    ]
