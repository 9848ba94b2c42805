"""What an audit does to a batch and leaves in `dq`."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import polars as pl
import pytest
import sqlalchemy as sa

from etl.errors import AuditFailed, KeyCollision, StagingLost
from etl.load import runs
from etl.load.publish import publish
from etl.schema import LOADED
from tests.audit.rows import RUN, Staged, page, staged
from tests.load.rows import SOURCE, load
from tests.load.rows import batch as frames

BAD_TITLE = "update article_versions set title = '…' where version_id = :version"
SHIFT = "update mentions set start_offset = start_offset + 1, end_offset = end_offset + 1"


@pytest.fixture
def batch(warehouse: sa.Engine) -> Iterator[Staged]:
    """Four pages that meet every expectation."""
    with staged(warehouse, *(page(number) for number in range(4))) as batch:
        yield batch


def version(number: int) -> int:
    return page(number).version_id(SOURCE)


def test_a_clean_batch_passes_without_a_violation(batch: Staged) -> None:
    verdict = batch.audit()

    assert [r for r in verdict.results if not r.passed] == []
    assert verdict.set_aside == {table.__tablename__: 0 for table in LOADED}
    assert verdict.urls == {}
    assert batch.violations() == []


def test_every_result_is_recorded_with_its_reason(batch: Staged) -> None:
    verdict = batch.audit()

    recorded = batch.rows("select suite, expectation, reason from dq.results")
    assert sorted(recorded) == sorted((r.suite, r.expectation, r.reason) for r in verdict.results)
    assert all(len(reason) > 20 for *_, reason in recorded)
    assert {suite for suite, *_ in recorded} == {table.__tablename__ for table in LOADED}


def test_an_empty_batch_passes_but_for_a_warning(warehouse: sa.Engine) -> None:
    with staged(warehouse, page(0)) as batch:
        for table in reversed(LOADED[1:]):
            batch.plant(f"delete from {table.__tablename__}")

        verdict = batch.audit()

    assert [r.expectation for r in verdict.results if not r.passed] == ["anything_read"]
    assert verdict.warning_count == 1


def test_a_second_audit_replaces_what_the_first_one_left(batch: Staged) -> None:
    batch.plant("update article_versions set word_count = 7 where version_id = :v", v=version(0))
    batch.audit()
    first = batch.rows("select * from dq.results order by suite, expectation")

    batch.plant("update article_versions set word_count = 90")
    batch.audit()

    second = batch.rows("select * from dq.results order by suite, expectation")
    assert len(second) == len(first) > 0
    assert second != first
    assert batch.violations() == []


def test_all_rows_are_named_however_many_fail(warehouse: sa.Engine) -> None:
    long = page(0, cites=tuple(f"Ospanov, Report number {n}, 2011" for n in range(230)))
    with staged(warehouse, long) as batch:
        batch.plant("update citations set raw = 'p. ' || position")

        verdict = batch.audit()
        left = batch.rows("select count(citation_id) from citation_contexts")

        named = [row for row in batch.violations() if row[0] in ("citations", "works")]

    assert named == [
        ("citations", "entry_length", 230),
        ("citations", "raw_is_in_the_list", 230),
        ("citations", "schema_check_ck_citations_span_length", 230),
        ("works", "last_child_set_aside", 230),
    ]
    assert verdict.set_aside["citations"] == 230
    assert left == [(0,)]


def test_a_version_set_aside_takes_along_what_is_only_its_own(batch: Staged) -> None:
    batch.plant(BAD_TITLE, version=version(1))

    verdict = batch.audit()

    taken = {name: count for name, count in verdict.set_aside.items() if count}
    assert taken == {
        "articles": 1,
        "article_versions": 1,
        "authors": 1,
        "article_authors": 1,
        "entities": 1,
        "entity_aliases": 1,
        "mentions": 2,
        "works": 1,
        "citations": 2,
        "citation_names": 2,
        "citation_fields": 2,
        "citation_contexts": 2,
        "signatures": 1,
    }
    names = {name for (name,) in batch.rows("select name from entities")}
    assert names == {f"Herder Union {n}" for n in (0, 2, 3)} | {"Ministry of Water"}


def test_an_article_set_aside_is_named_with_the_reason(batch: Staged) -> None:
    batch.plant(BAD_TITLE, version=version(1))

    verdict = batch.audit()

    assert list(verdict.urls) == [page(1).url]
    assert verdict.urls[page(1).url].startswith("article_versions.title_has_letters: A headline")


def test_an_article_keeps_its_good_version(warehouse: sa.Engine) -> None:
    edited = page(0, title="Meeting 0 of the herders, edited", day=3)
    with staged(warehouse, page(0), edited) as batch:
        batch.plant(BAD_TITLE, version=version(0))

        verdict = batch.audit()

        assert batch.rows("select title from article_versions") == [(edited.title,)]
    assert verdict.set_aside["articles"] == 0
    assert verdict.urls == {}


def test_what_is_stored_already_is_kept(warehouse: sa.Engine) -> None:
    load(warehouse, frames(page(0)))
    edited = page(0, title="Meeting 0 of the herders, edited", day=3)
    with staged(warehouse, edited) as batch:
        batch.plant("update article_versions set title = '…'")

        verdict = batch.audit()

    taken = {name: count for name, count in verdict.set_aside.items() if count}
    assert taken == {
        "article_versions": 1,
        "article_authors": 1,
        "mentions": 2,
        "citations": 2,
        "citation_names": 2,
        "citation_fields": 2,
        "citation_contexts": 2,
        "signatures": 1,
    }
    assert list(verdict.urls) == [edited.url]


def test_a_version_that_loses_a_row_is_merged_again_next_time(batch: Staged) -> None:
    batch.plant(
        f"{SHIFT} where version_id = :version and surface = 'Ministry of Water'", version=version(2)
    )

    verdict = batch.audit()

    assert verdict.set_aside["mentions"] == 1
    assert verdict.urls == {}
    torn = batch.rows("select version_id from article_versions where derived_hash is null")
    assert torn == [(version(2),)]


def test_a_reference_to_an_entity_set_aside_is_emptied(batch: Staged) -> None:
    batch.plant("update entities set iso_3166 = 'Water' where name = 'Ministry of Water'")

    verdict = batch.audit()

    taken = {name: count for name, count in verdict.set_aside.items() if count}
    assert taken == {"entities": 1, "entity_aliases": 1}
    assert batch.rows("select count(*) from mentions where entity_id is null") == [(4,)]
    assert batch.rows("select count(derived_hash) from article_versions") == [(0,)]


def test_names_go_with_their_citation_also_where_it_is_stored(warehouse: sa.Engine) -> None:
    load(warehouse, frames(page(0)))
    with staged(warehouse, page(0)) as batch:
        batch.plant("update citations set raw = 'p. 12' where position = 2")
        verdict = batch.audit()
        nothing = pl.DataFrame(schema=runs.OUTCOMES)
        with runs.run(batch.engine, RUN, "audited", [SOURCE]):
            publish(
                batch.engine, batch.schema, RUN, SOURCE, batch.counts, nothing, verdict.set_aside
            )

    taken = {name: count for name, count in verdict.set_aside.items() if count}
    assert taken == {"citations": 1, "citation_names": 1, "citation_fields": 1}
    with warehouse.connect() as connection:
        for name in taken:
            asked = sa.text(f"select count(*) from warehouse.{name}")
            assert connection.scalar(asked) == 1, name


def test_what_is_left_can_be_published(batch: Staged) -> None:
    batch.plant(BAD_TITLE, version=version(0))
    batch.plant(f"{SHIFT} where version_id = :version", version=version(1))
    batch.plant("update entities set iso_3166 = 'Water' where name = 'Ministry of Water'")
    verdict = batch.audit()
    nothing = pl.DataFrame(schema=runs.OUTCOMES)

    with runs.run(batch.engine, RUN, "audited", [SOURCE]):
        counts = publish(
            batch.engine, batch.schema, RUN, SOURCE, batch.counts, nothing, verdict.set_aside
        )

    assert counts["article_versions"].inserted == 3
    assert counts["mentions"].inserted == 4
    assert batch.rows("select count(*) from warehouse.entities") == [(2,)]


def test_a_failing_table_stops_the_batch_and_leaves_results(batch: Staged) -> None:
    batch.plant(
        "insert into sources select source_id + 1, 'other', title, null, 'en', 'UTC' from sources"
    )
    batch.plant(BAD_TITLE, version=version(0))

    with pytest.raises(AuditFailed) as caught:
        batch.audit()

    message = str(caught.value)
    assert message.startswith("source steppe, table sources: one_source saw 2: A batch is one")
    assert message.endswith(f"see dq.results and dq.violations of run {RUN}")
    assert "\n" not in message
    failed = batch.rows("select suite, expectation, observed from dq.results where not passed")
    assert ("sources", "one_source", "2") in failed
    assert ("article_versions", "title_has_letters", 1) in batch.violations()
    assert batch.rows("select count(*) from article_versions") == [(4,)]


def test_too_large_a_share_of_bad_rows_stops_the_batch(batch: Staged) -> None:
    for number in (0, 1, 2):
        batch.plant(BAD_TITLE, version=version(number))

    with pytest.raises(AuditFailed, match=r"article_versions: 3 of 4 rows fail.*at most 20%"):
        batch.audit()

    assert batch.audit(max_set_aside_share=0.75).set_aside["article_versions"] == 3


def test_one_odd_page_among_few_does_not_stop_the_others(batch: Staged) -> None:
    batch.plant(f"{SHIFT} where version_id in (:a, :b)", a=version(0), b=version(1))

    assert batch.audit().set_aside["mentions"] == 4


def test_without_tolerance_one_bad_row_stops_the_batch(batch: Staged) -> None:
    batch.plant(BAD_TITLE, version=version(0))

    with pytest.raises(AuditFailed, match="article_versions: 1 of 4 rows fail"):
        batch.audit(max_set_aside_share=0)


def test_a_bad_source_stops_the_batch(batch: Staged) -> None:
    batch.plant("update sources set title = null")

    with pytest.raises(AuditFailed, match="table sources: 1 of 1 rows fail"):
        batch.audit()


def test_lost_rows_are_noticed_first(batch: Staged) -> None:
    batch.counts["mentions"] += 1

    with pytest.raises(StagingLost, match="mentions: 8 rows, 9 were written"):
        batch.audit()


def test_a_lost_schema_is_noticed(batch: Staged) -> None:
    batch.schema = "staging_gone"

    with pytest.raises(StagingLost, match=r"staging_gone.* does not exist; stage the batch again"):
        batch.audit()


def test_two_rows_in_one_key_stop_the_run(batch: Staged) -> None:
    batch.plant(
        "insert into entities select entity_id, kind, identity || 's', name, name_key from entities"
    )

    with pytest.raises(KeyCollision, match="entities: two rows that differ in kind, identity"):
        batch.audit()


def test_batches_may_be_audited_side_by_side(warehouse: sa.Engine) -> None:
    with (
        staged(warehouse, page(0), source="one") as one,
        staged(warehouse, page(1), page(2), source="two") as two,
        ThreadPoolExecutor(2) as pool,
    ):
        two.plant("update article_versions set word_count = 7")
        two.plant("update signatures set shingle_count = 7")

        verdicts = list(pool.map(lambda b, s: b.audit(source=s), (one, two), ("one", "two")))

        assert [verdict.warning_count for verdict in verdicts] == [0, 1]
        assert two.rows(
            "select source, expectation, count(*) from dq.violations group by 1, 2"
        ) == [("two", "body_is_long_enough", 2)]


def test_an_audit_leaves_no_connection_open(batch: Staged) -> None:
    batch.audit()

    open_ones = "select count(*) from pg_stat_activity where application_name = 'etl audit'"
    assert batch.rows(open_ones) == [(0,)]


def test_great_expectations_is_not_imported_before_it_is_needed() -> None:
    code = "import etl.audit, sys; sys.exit('great_expectations' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
