from pathlib import Path

import pytest

from etl.audit import suites
from etl.errors import Misconfigured
from etl.schema import LOADED, Loaded

GOOD = """\
- name: title_length
  type: expect_column_value_lengths_to_be_between
  kwargs: {column: title, min_value: 5}
  severity: warning
  meta:
    notes: Shorter titles are menu labels.
"""

QUERY = """\
- name: dated
  type: unexpected_rows_expectation
  kwargs:
    unexpected_rows_query: select version_id from article_versions
  severity: warning
  meta:
    notes: The batch is what counts.
"""


def suite_file(folder: Path, text: str, name: str = "article_versions") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("table", LOADED, ids=lambda table: table.__tablename__)
class TestShippedSuites:
    def test_expect_something_and_say_why(self, table: type[Loaded]) -> None:
        suite = suites.suite(table.__tablename__)

        assert suite.expectations
        assert all(len(e.meta.notes) > 20 for e in suite.expectations)
        assert all(e.severity in ("critical", "warning", "info") for e in suite.expectations)

    def test_do_not_touch_the_length_of_long_texts(self, table: type[Loaded]) -> None:
        for expectation in suites.suite(table.__tablename__).expectations:
            assert not {"body", "reference_text"} & set(expectation.columns)


def test_a_suite_is_read_as_it_is_written(tmp_path: Path) -> None:
    (expectation,) = suites.read(suite_file(tmp_path, GOOD)).expectations

    assert expectation.name == "title_length"
    assert expectation.column == "title"
    assert expectation.meta.notes == "Shorter titles are menu labels."


def test_a_suite_may_expect_nothing(tmp_path: Path) -> None:
    assert suites.read(suite_file(tmp_path, "# Nothing yet.\n")).expectations == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("severity: warning", "severity: fatal", 4, "'critical', 'warning' or 'info'"),
        ("severity: warning", "gravity: warning", 1, "key 'severity' is missing"),
        ("  severity", "  mostly: 0.5\n  severity", 4, "use one of name, type, kwargs, severity"),
        ("notes", "note", 6, "unknown key 'meta.note'; use one of notes"),
        ("Shorter titles are menu labels.", "Why not", 6, "at least 10 characters"),
        ("column: title", "column: headline", 1, "no column 'headline'; use one of version_id"),
        ("name: title_length", "name: Title length", 1, "should match pattern"),
        ("name: title_length", "name: schema_check_x", 1, "the audit's own"),
        ("type: expect_column_value_", "type: column_", 2, "should match pattern"),
        ("min_value: 5", "row_condition: a", 3, "use unexpected_rows_expectation"),
        ("kwargs: {column: title, min_value: 5}", "kwargs: [title]", 3, "valid dictionary"),
        (GOOD, "title_length: 5", 1, "write one `- name: …` entry"),
        ("kwargs: {", "kwargs: }", 3, "line 3"),
        (GOOD, QUERY, 4, "the query must read {batch}"),
        (GOOD, GOOD + GOOD, 7, "another expectation has this name"),
        (
            "expect_column_value_lengths_to_be_between",
            "expect_compound_columns_to_be_unique",
            2,
            "use unexpected_rows_expectation",
        ),
    ],
)
def test_what_is_wrong_in_a_suite_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    path = suite_file(tmp_path, GOOD.replace(old, new))

    with pytest.raises(Misconfigured) as caught:
        suites.read(path)

    message = str(caught.value)
    assert str(path) in message
    assert f"line {line}" in message
    assert says in message
    assert "\n" not in message


def test_a_suite_for_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="no table 'titles'; use one of sources, articles"):
        suites.read(suite_file(tmp_path, GOOD, name="titles"))


def test_a_missing_suite_is_named(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"works\.yaml"):
        suites.read(tmp_path / "works.yaml")
