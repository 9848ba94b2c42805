"""Suites of one's own, run on a staged batch by Great Expectations."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from etl.audit import expectations, records, suites
from etl.audit.batch import Batch, Finding
from etl.errors import Misconfigured, WarehouseUnreachable
from etl.load.engine import connect
from tests.audit.rows import NOW, RUN, Staged, page, staged
from tests.load.rows import SOURCE

ENTRY = """\
- name: under_test
  type: {type}
  kwargs: {kwargs}
  severity: warning
  meta: {{notes: Only a test expects this.}}
"""


@pytest.fixture
def batch(warehouse: sa.Engine) -> Iterator[Staged]:
    """Three pages."""
    with staged(warehouse, *(page(number) for number in range(3))) as batch:
        yield batch


def evaluate(batch: Staged, folder: Path, kind: str, kwargs: str) -> tuple[Finding, list[str]]:
    """What comes out of one expectation about versions, and the titles of failing rows."""
    path = folder / "article_versions.yaml"
    path.write_text(ENTRY.format(type=kind, kwargs=kwargs), encoding="utf-8")
    audited = Batch(batch.schema, RUN, SOURCE, batch.counts, NOW)
    (finding,) = expectations.findings(batch.engine, audited, [suites.read(path)])
    with batch.engine.begin() as connection:
        connection.execute(sa.text(f"set local search_path = {batch.schema}"))
        records.forget(connection, audited)
        records.add_failing(connection, audited, finding)
    titles = "select row_data ->> 'title' from dq.violations order by 1"
    return finding, [title for (title,) in batch.rows(titles)]


@pytest.mark.parametrize(
    ("kind", "kwargs", "failing"),
    [
        ("expect_column_values_to_be_in_set", "{column: title, value_set: ['100%: a']}", 3),
        ("expect_column_values_to_match_regex", r"{column: title, regex: '^[^\d]+ [12] of'}", 1),
        ("expect_column_values_to_match_like_pattern", "{column: title, like_pattern: '%0%'}", 2),
        ("expect_column_values_to_be_between", "{column: version_id, max_value: 0}", None),
        ("expect_column_values_to_not_be_null", "{column: reference_text}", 0),
        ("expect_column_pair_values_to_be_equal", "{column_A: title, column_B: title_key}", 3),
        (
            "unexpected_rows_expectation",
            "{unexpected_rows_query: \"select version_id from {batch} where title like '%{{1}}' "
            "or title ~ '[12]{{1}} of' and 'a:b' = 'a:b'\"}",
            2,
        ),
        (
            "unexpected_rows_expectation",
            "{unexpected_rows_query: 'select v.version_id from {batch} as v "
            "join articles using (article_id) where fetched_at < {now};'}",
            3,
        ),
    ],
)
def test_the_rows_that_fail_are_told(
    batch: Staged, tmp_path: Path, kind: str, kwargs: str, failing: int | None
) -> None:
    finding, titles = evaluate(batch, tmp_path, kind, kwargs)

    assert finding.result.unexpected_count == len(titles)
    assert failing is None or len(titles) == failing
    assert finding.result.evaluated_count == 3


def test_what_a_table_shows_is_recorded(batch: Staged, tmp_path: Path) -> None:
    kwargs = "{column: word_count, max_value: 10}"

    finding, titles = evaluate(batch, tmp_path, "expect_column_max_to_be_between", kwargs)

    assert not finding.result.passed
    assert finding.result.observed is not None
    assert int(finding.result.observed) > 10
    assert finding.result.unexpected_count is None
    assert titles == []


def test_a_tolerated_share_names_no_rows(batch: Staged, tmp_path: Path) -> None:
    kwargs = "{column: title, regex: '[01] of', mostly: 0.5}"

    finding, titles = evaluate(batch, tmp_path, "expect_column_values_to_match_regex", kwargs)

    assert finding.result.passed
    assert finding.result.unexpected_count == 1
    assert titles == []


@pytest.mark.parametrize(
    ("kind", "kwargs", "says"),
    [
        (
            "expect_column_values_to_be_pretty",
            "{column: title}",
            "expect_column_values_to_be_pretty",
        ),
        ("expect_column_values_to_be_between", "{column: title, least: 5}", "least"),
        (
            "expect_column_values_to_be_between",
            "{column: title, max_value: 5}",
            "column of type TEXT",
        ),
        (
            "unexpected_rows_expectation",
            "{unexpected_rows_query: 'select version_id from {batch} where headline is null'}",
            '"headline" does not exist',
        ),
        (
            "unexpected_rows_expectation",
            "{unexpected_rows_query: 'select title from {batch}'}",
            "3 rows fail, 0 were found",
        ),
        (
            "expect_column_values_to_be_between",
            "{column: fetched_at, min_value: '2035-01-01T00:00:00+00:00'}",
            "its rows cannot be told",
        ),
    ],
)
def test_an_expectation_that_cannot_be_evaluated_is_named(
    batch: Staged, tmp_path: Path, kind: str, kwargs: str, says: str
) -> None:
    with pytest.raises(Misconfigured) as caught:
        evaluate(batch, tmp_path, kind, kwargs)

    message = str(caught.value)
    assert message.startswith("expectations/article_versions.yaml, under_test: ")
    assert says in message
    assert "\n" not in message


def test_a_lost_server_is_no_fault_of_an_expectation(batch: Staged) -> None:
    audited = Batch(batch.schema, RUN, SOURCE, batch.counts, NOW)
    url = batch.engine.url.set(port=1, password="hidden$secret")
    nowhere = connect(url.render_as_string(hide_password=False))

    with pytest.raises(WarehouseUnreachable) as caught:
        expectations.findings(nowhere, audited, [suites.suite("works")])

    assert "hidden" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_connection_cut_in_the_middle_is_no_fault_of_an_expectation(
    batch: Staged, tmp_path: Path
) -> None:
    query = "select version_id from {batch} where pg_terminate_backend(pg_backend_pid())"

    with pytest.raises(WarehouseUnreachable, match=r"terminating connection.*; run again"):
        evaluate(
            batch, tmp_path, "unexpected_rows_expectation", f"{{unexpected_rows_query: '{query}'}}"
        )


def test_a_url_with_several_hosts_will_do(batch: Staged) -> None:
    audited = Batch(batch.schema, RUN, SOURCE, batch.counts, NOW)
    one = batch.engine.url
    hosts = [f"{one.host}:{one.port}"] * 2
    several = one.set(host="", port=None).update_query_dict({"host": hosts})
    engine = connect(several.render_as_string(hide_password=False))

    found = expectations.findings(engine, audited, [suites.suite("works")])

    engine.dispose()
    assert all(finding.result.passed for finding in found)
