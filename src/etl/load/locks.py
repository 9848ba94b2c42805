"""Locks of the database that die with whoever holds them."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from etl.schema import key


@contextmanager
def held(engine: sa.Engine, name: str) -> Iterator[None]:
    """Hold lock `name` on a connection of its own; a killed process lets go of it.

    Waits while another process holds it.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # No longer the pool's: it takes nobody's place there, and its end is the lock's end.
        connection.detach()
        connection.execute(sa.text("select pg_advisory_lock(:key)"), {"key": key("lock", name)})
        yield


def is_free(connection: sa.Connection, name: str) -> bool:
    """Whether nobody holds lock `name`; if so, it is ours until the transaction ends."""
    asked = sa.text("select pg_try_advisory_xact_lock(:key)")
    return bool(connection.scalar(asked, {"key": key("lock", name)}))


def take(connection: sa.Connection, name: str) -> None:
    """Wait for lock `name` and hold it until the transaction ends."""
    connection.execute(sa.text("select pg_advisory_xact_lock(:key)"), {"key": key("lock", name)})
