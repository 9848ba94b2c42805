"""A warehouse that tests may share, and folders for embedded servers of their own."""

import itertools
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from etl.load.embedded import EmbeddedPostgres
from etl.load.engine import connect
from tests.conftest import admin

_serial = itertools.count(1)


@pytest.fixture(scope="module")
def kept(server: sa.URL, template: str) -> Iterator[sa.Engine]:
    """A migrated warehouse for all tests of a module that leave it as they found it."""
    name = f"kept_{os.getpid()}_{next(_serial)}"
    admin(server, f"create database {name} template {template}")
    engine = connect(server.set(database=name).render_as_string(hide_password=False))
    yield engine
    engine.dispose()
    admin(server, f"drop database {name} with (force)")


@contextmanager
def folder() -> Iterator[Path]:
    """A temporary folder for one server; whatever still runs there is stopped at the end."""
    with tempfile.TemporaryDirectory(prefix="etl-embedded-") as made:
        # Root's server runs as another account, which must get in.
        Path(made).chmod(0o711)
        yield Path(made).resolve()
        EmbeddedPostgres(Path(made)).stop()


@pytest.fixture
def fresh_home() -> Iterator[Path]:
    """A folder where no server has run."""
    with folder() as path:
        yield path


@pytest.fixture(scope="module")
def shared_home() -> Iterator[Path]:
    """A folder where a server has run."""
    with folder() as path:
        with EmbeddedPostgres(path).session():
            pass
        yield path


@pytest.fixture
def used_home(shared_home: Path) -> Iterator[Path]:
    """A folder where servers of other tests have run, and none runs now."""
    yield shared_home
    EmbeddedPostgres(shared_home).stop()
