"""A warehouse that tests may share."""

import itertools
import os
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

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
