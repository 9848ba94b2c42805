"""Migrations and the declared schema give the same database, whoever runs them and how often."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import alembic.command
import pytest
import sqlalchemy as sa

from etl.errors import Misconfigured
from etl.load import migrate, reporting
from etl.load.engine import connect
from etl.schema import SCHEMAS, Table
from etl.settings import shipped
from tests.conftest import admin
from tests.load.rows import Page, batch, load

NAMES = "select relname from pg_class where relnamespace = to_regnamespace(:schema) order by 1"


@pytest.fixture
def empty(server: sa.URL) -> Iterator[sa.Engine]:
    """A database without a warehouse."""
    admin(server, "create database not_migrated")
    engine = connect(server.set(database="not_migrated").render_as_string(hide_password=False))
    yield engine
    engine.dispose()
    admin(server, "drop database not_migrated with (force)")


def catalog(engine: sa.Engine) -> list[tuple[str, str]]:
    """Every object of our schemas with the transaction that last wrote it."""
    asked = (
        "select oid::regclass::text, xmin::text from pg_class "
        "where relnamespace::regnamespace::text = any(:schemas) order by 1"
    )
    with engine.connect() as connection:
        rows = connection.execute(sa.text(asked), {"schemas": list(SCHEMAS)})
        return [(row[0], row[1]) for row in rows]


def test_migrations_and_schema_agree(kept: sa.Engine) -> None:
    with kept.connect() as connection:
        alembic.command.check(migrate.config(connection))


def test_a_fresh_database_gets_every_revision_and_every_table(empty: sa.Engine) -> None:
    assert migrate.current(empty) is None

    applied = migrate.upgrade(empty)

    assert applied == sorted(applied)
    assert migrate.current(empty) == applied[-1]
    assert set(sa.inspect(empty).get_table_names("warehouse")) == {
        table.name for table in Table.metadata.tables.values() if table.schema == "warehouse"
    }


def test_a_second_upgrade_touches_nothing(kept: sa.Engine) -> None:
    before = catalog(kept)

    assert migrate.upgrade(kept) == []
    assert catalog(kept) == before


def test_everything_can_be_taken_back_and_made_again(warehouse: sa.Engine) -> None:
    load(warehouse, batch(Page("a", 1, mentions=("NATO",), cites=("Zinc",))))

    migrate.downgrade(warehouse, "base")

    assert migrate.current(warehouse) is None
    assert catalog(warehouse) == [
        ("ops.alembic_version", catalog(warehouse)[0][1]),
        ("ops.alembic_version_pkc", catalog(warehouse)[1][1]),
    ]
    assert migrate.upgrade(warehouse)
    with warehouse.connect() as connection:
        alembic.command.check(migrate.config(connection))


def test_views_are_made_again_when_their_files_changed(warehouse: sa.Engine) -> None:
    with warehouse.begin() as connection:
        connection.execute(sa.text("comment on schema reporting is 'made from older files'"))
        connection.execute(sa.text("create view reporting.older as select 1 as one"))

    assert migrate.upgrade(warehouse) == []

    with warehouse.connect() as connection:
        assert reporting.views_are_current(connection)
        assert "older" not in sa.inspect(connection).get_view_names("reporting")


def test_a_database_of_a_newer_version_is_refused(warehouse: sa.Engine) -> None:
    with warehouse.begin() as connection:
        connection.execute(sa.text("update ops.alembic_version set version_num = '9999'"))

    with pytest.raises(Misconfigured, match="revision 9999, which this version does not know"):
        migrate.upgrade(warehouse)


def test_a_role_without_rights_is_told_which_it_needs(empty: sa.Engine, server: sa.URL) -> None:
    admin(server, "create role guest login password 'guest'")
    url = empty.url.set(username="guest", password="guest")
    guest = connect(url.render_as_string(hide_password=False))

    with pytest.raises(Misconfigured, match="grant create on database"):
        migrate.upgrade(guest)

    guest.dispose()
    admin(server, "drop role guest")


def test_processes_may_migrate_at_once(empty: sa.Engine) -> None:
    script = (
        "import sys; from etl.load.engine import connect; from etl.load.migrate import upgrade; "
        "print(len(upgrade(connect(sys.argv[1]))))"
    )
    command = [sys.executable, "-c", script, empty.url.render_as_string(hide_password=False)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]

    applied = [int(process.communicate(timeout=120)[0]) for process in running]

    assert [process.returncode for process in running] == [0, 0]
    assert min(applied) == 0
    assert max(applied) > 0


def test_a_new_column_gets_its_migration_written(
    warehouse: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(shipped("sql") / "migrations", tmp_path / "migrations")
    monkeypatch.setattr(migrate, "shipped", lambda _: tmp_path)
    with warehouse.begin() as connection:
        reporting.drop_views(connection)
        connection.execute(sa.text("alter table warehouse.works drop column isbn"))

    written = migrate.draft(warehouse, "Add the ISBN of works")

    assert re.match(r"\d{4}_add_the_isbn_of_works\.py", written.name)
    assert "op.add_column('works', sa.Column('isbn'" in written.read_text()


VIOLATIONS = {
    "a kind nobody knows": "update warehouse.entities set kind = 'spirit'",
    "a span that ends before it starts": "update warehouse.mentions set end_offset = start_offset",
    "a surface of another length": "update warehouse.mentions set surface = 'NATO and others'",
    "a share above one": "update warehouse.citations set confidence = 1.5",
    "a position below one": "update warehouse.citations set position = 0",
    "a last sight before the first": "update warehouse.articles set last_seen_at = '2000-01-01'",
    "a version both current and over": "update warehouse.article_versions set seen_to_at = now()",
    "a time of unknown precision": "update warehouse.article_versions set published_at = now()",
    "half a pair of coordinates": "update warehouse.entities set latitude = 1",
    "a run in no state": "update ops.runs set state = 'tired'",
    "a step nobody takes": "update ops.steps set step = 'dance'",
    "an outcome nobody knows": "update ops.outcomes set outcome = 'lost'",
    "fewer than no rows": "update ops.loads set deleted_count = -1",
}


@pytest.fixture(scope="module")
def filled(kept: sa.Engine) -> sa.Engine:
    """A warehouse with a row in every table that has checks."""
    load(kept, batch(Page("a", 1, mentions=("NATO",), cites=("Zinc",))))
    with kept.begin() as connection:
        connection.execute(
            sa.text("insert into ops.steps select run_id, 'a', 'stage', state, now() from ops.runs")
        )
        connection.execute(
            sa.text(
                "insert into ops.outcomes (run_id, source, url, outcome, recorded_at) "
                "select run_id, 'a', 'u', 'loaded', now() from ops.runs"
            )
        )
    return kept


@pytest.mark.parametrize("statement", VIOLATIONS.values(), ids=VIOLATIONS.keys())
def test_checks_refuse(filled: sa.Engine, statement: str) -> None:
    with pytest.raises(sa.exc.IntegrityError, match="check constraint"), filled.begin() as opened:
        opened.execute(sa.text(statement))


def test_a_key_collision_has_a_state_of_its_own(kept: sa.Engine) -> None:
    said = re.escape("works: two natural keys share one key: 7 for a | b")

    with pytest.raises(sa.exc.DBAPIError, match=said) as caught, kept.connect() as connection:
        connection.execute(sa.text("select ops.key_collision('works', '7 for a | b')"))

    assert getattr(caught.value.orig, "sqlstate", None) == "ET001"
