"""The project keeps its own promises: docs match code, everything says what it means."""

import re
import subprocess
import sys
import tomllib
from importlib.resources import files

import pytest
import sqlalchemy as sa
import yaml

from etl import schema, sources
from etl.schema import Table, dictionary
from etl.settings import Settings, shipped
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
TRACKED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
    cwd=ROOT,
    capture_output=True,
    text=True,
    check=False,
).stdout.split("\0")[:-1]


def test_data_dictionary_is_current() -> None:
    page = (ROOT / "docs/tables.md").read_text(encoding="utf-8")

    assert page == dictionary.dictionary(), "type `make docs`"


def test_every_table_and_column_says_what_it_means() -> None:
    for table in Table.metadata.tables.values():
        assert table.comment, table
        assert all(column.comment for column in table.columns), table


def test_every_table_and_column_is_commented_in_postgres(warehouse: sa.Engine) -> None:
    bare = """
        select relation.oid::regclass::text, attribute.attname
        from pg_class as relation
        join pg_attribute as attribute
            on attribute.attrelid = relation.oid and attribute.attnum >= 0
                and not attribute.attisdropped
        where relation.relnamespace::regnamespace::text = any(:schemas)
            and relation.relkind in ('r', 'v')
            and relation.relname <> 'alembic_version'
            and (col_description(relation.oid, attribute.attnum) is null
                or obj_description(relation.oid, 'pg_class') is null)
    """
    with warehouse.connect() as connection:
        rows = connection.execute(sa.text(bare), {"schemas": list(schema.SCHEMAS)}).all()

    assert rows == []


@pytest.mark.parametrize("table", schema.LOADED, ids=lambda table: table.__tablename__)
def test_every_table_has_a_suite_and_every_expectation_a_reason(
    table: type[schema.Loaded],
) -> None:
    path = shipped("expectations") / f"{table.__tablename__}.yaml"

    suite = yaml.safe_load(path.read_text(encoding="utf-8"))

    assert suite
    assert all(expectation["meta"]["notes"] for expectation in suite)
    assert all(expectation["severity"] for expectation in suite)


def test_every_setting_is_described_and_in_the_readme() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description
        assert f"`ETL_{name.upper()}`" in README, name


COMMANDS = (
    *("run", "status", "migrate", "sources list", "sources check", "config show", "export"),
    "enrich",
)


def test_every_command_is_in_the_readme() -> None:
    for command in COMMANDS:
        assert f"etl {command}" in README, command


def test_every_source_has_a_kept_page() -> None:
    kept = {path.parent.name for path in (ROOT / "tests/pages").glob("*/*.json")}

    assert set(sources.names()) <= kept


def test_no_committed_file_names_a_machine_or_a_registry() -> None:
    places = re.compile(
        rb"/root/|/home/\w+/|/work/|/opt/|pypi\.org|pythonhosted|--(extra-)?index-url", re.I
    )
    allowed = {"tests/test_house.py"}
    named = [
        name
        for name in TRACKED
        if name not in allowed
        and (ROOT / name).is_file()
        and places.search((ROOT / name).read_bytes().replace(b"--no-emit-index-url", b""))
    ]

    assert named == []


def test_both_lock_files_hold_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = [
        re.split(r"[\[<>=; ]", line)[0].lower().replace("_", "-")
        for line in project["project"]["dependencies"]
    ]
    for lock in ("requirements.lock", "requirements-dev.lock"):
        locked = (ROOT / lock).read_text(encoding="utf-8")
        assert [n for n in names if not re.search(rf"^{n}(\[\w+\])?==", locked, re.M)] == [], lock


def test_the_package_says_that_it_is_typed() -> None:
    assert files("etl").joinpath("py.typed").is_file()


@pytest.mark.parametrize(
    "heavy", ["prefect", "polars", "sqlalchemy", "great_expectations", "trafilatura", "psycopg"]
)
def test_help_imports_nothing_heavy(heavy: str) -> None:
    script = (
        "import sys; from etl.cli import main; main(['--help']); "
        f"sys.exit({heavy!r} in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)

    assert done.returncode == 0, done.stderr.decode()


def test_a_run_leaves_the_reader_of_pages_to_its_workers() -> None:
    script = "import sys; import flows.ingest; sys.exit('trafilatura' in sys.modules)"

    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)

    assert done.returncode == 0, done.stderr.decode()
