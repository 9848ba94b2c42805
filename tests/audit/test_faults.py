"""One batch in which every page but one has a fault of its own, audited once."""

import os
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from etl.audit import Verdict, suite
from etl.load.engine import connect
from etl.schema import LOADED
from tests.audit.faults import ABOUT_TABLES, FAULTS, Fault
from tests.audit.rows import Staged, page, staged
from tests.conftest import admin
from tests.load.rows import SOURCE

CLEAN = 0
"""Number of the page without a fault; fault n spoils page n + 1."""


class Spoiled:
    """The audited batch, and the rows that each fault spoiled."""

    def __init__(self, batch: Staged) -> None:
        self.keys = [self._spoil(batch, n, fault) for n, fault in enumerate(FAULTS, CLEAN + 1)]
        self.verdict: Verdict = batch.audit(max_set_aside_share=1)
        self.violations = batch.rows(
            "select suite, expectation, row_key, severity, is_set_aside, row_data"
            " from dq.violations"
        )

    def _spoil(self, batch: Staged, number: int, fault: Fault) -> list[str]:
        """Plant a fault in a page; keys of the rows it spoils."""
        spoiled = page(number)
        ids = {"version": spoiled.version_id(SOURCE), "article": spoiled.article_id(SOURCE)}
        names = [name for name in ids if f":{name}" in fault.sql]
        return batch.plant(fault.sql, **{name: ids[name] for name in names})

    def named(self, suite: str, expectation: str) -> set[str]:
        """Keys of the rows that failed an expectation."""
        return {row[2] for row in self.violations if row[:2] == (suite, expectation)}


@pytest.fixture(scope="module")
def spoiled(server: sa.URL, template: str) -> Iterator[Spoiled]:
    """The batch with all faults, after its audit."""
    name = f"test_{os.getpid()}_faults"
    admin(server, f"create database {name} template {template}")
    engine = connect(server.set(database=name).render_as_string(hide_password=False))
    pages = [page(number) for number in range(CLEAN, len(FAULTS) + 1)]
    try:
        with staged(engine, *pages) as batch:
            yield Spoiled(batch)
    finally:
        engine.dispose()
        admin(server, f"drop database {name} with (force)")


def test_every_expectation_about_rows_has_its_fault() -> None:
    expected = {
        (table.__tablename__, expectation.name)
        for table in LOADED
        for expectation in suite(table.__tablename__).expectations
    }

    assert expected - {fault[:2] for fault in FAULTS} == ABOUT_TABLES


@pytest.mark.parametrize(
    "number", range(len(FAULTS)), ids=lambda n: f"{FAULTS[n].suite}-{FAULTS[n].expectation}-{n}"
)
def test_a_fault_is_found_by_the_expectation_meant_for_it(spoiled: Spoiled, number: int) -> None:
    fault = FAULTS[number]

    keys = set(spoiled.keys[number])

    assert keys
    assert keys <= spoiled.named(fault.suite, fault.expectation)


def test_a_page_without_a_fault_is_not_blamed(spoiled: Spoiled) -> None:
    version_id = page(CLEAN).version_id(SOURCE)

    blamed = [row[:3] for row in spoiled.violations if row[5].get("version_id") == version_id]

    assert blamed == []


def test_only_critical_violations_are_set_aside(spoiled: Spoiled) -> None:
    assert {(row[3], row[4]) for row in spoiled.violations} == {
        ("critical", True),
        ("warning", False),
        ("info", False),
    }


def test_violations_show_the_row_without_its_long_texts(spoiled: Spoiled) -> None:
    shown = [row[5] for row in spoiled.violations if row[0] == "article_versions"]

    assert all({"title", "word_count"} <= set(row) for row in shown)
    assert not any({"body", "reference_text"} & set(row) for row in shown)


def test_every_violation_has_a_result_that_counts_it(spoiled: Spoiled) -> None:
    results = {(r.suite, r.expectation): r for r in spoiled.verdict.results}

    for name in {row[:2] for row in spoiled.violations}:
        result = results[name]
        assert not result.passed
        assert (result.unexpected_count or 0) >= len(spoiled.named(*name))
