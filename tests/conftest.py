"""Fixtures of all tests.

Postgres starts once; each test gets a copy of one migrated template.
"""

import itertools
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from etl.load.embedded import EmbeddedPostgres
from etl.load.engine import connect
from etl.load.migrate import upgrade

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""Settings of a server whose data nobody needs after a crash; tests of crashes start their own."""


@pytest.fixture(scope="session")
def server() -> Iterator[sa.URL]:
    """A running Postgres: `ETL_TEST_POSTGRES_URL`, or the embedded one in a folder of its own."""
    if url := os.environ.get("ETL_TEST_POSTGRES_URL"):
        yield sa.make_url(url).set(drivername="postgresql+psycopg")
        return
    with (
        tempfile.TemporaryDirectory(prefix="etl-pg-", ignore_cleanup_errors=True) as folder,
        EmbeddedPostgres(Path(folder), settings=CARELESS).session() as url,
    ):
        yield sa.make_url(url).set(drivername="postgresql+psycopg")


def admin(server: sa.URL, statement: str) -> None:
    """Run one statement outside a transaction, on the server's own database."""
    dsn = server.set(drivername="postgresql", database="postgres")
    with psycopg.connect(dsn.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture(scope="session")
def template(server: sa.URL) -> Iterator[str]:
    """Name of a migrated database to clone."""
    name = f"template_etl_{os.getpid()}"
    admin(server, f"create database {name}")
    engine = connect(server.set(database=name).render_as_string(hide_password=False))
    upgrade(engine)
    engine.dispose()
    yield name
    admin(server, f"drop database {name} with (force)")


_serial = itertools.count(1)


@pytest.fixture
def warehouse_url(server: sa.URL, template: str) -> Iterator[str]:
    """URL of an empty, migrated warehouse of its own."""
    name = f"test_{os.getpid()}_{next(_serial)}"
    admin(server, f"create database {name} template {template}")
    yield server.set(database=name).render_as_string(hide_password=False)
    admin(server, f"drop database {name} with (force)")


@pytest.fixture
def warehouse(warehouse_url: str) -> Iterator[sa.Engine]:
    """An empty, migrated warehouse of its own."""
    engine = connect(warehouse_url)
    yield engine
    engine.dispose()
