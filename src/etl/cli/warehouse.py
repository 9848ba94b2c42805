"""`etl migrate`, `etl sql`, `etl serve`: the warehouse itself."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from etl.cli import render

if TYPE_CHECKING:
    import sqlalchemy as sa

MOST_ROWS = 1_000
"""Rows `etl sql` shows: more than a screen, fewer than a mistake."""


@contextmanager
def opened(*, may_create: bool = False) -> "Iterator[sa.Engine]":
    """The warehouse of the settings in force, migrated.

    Raises:
        Broken: There is none yet, and making one was not asked for.
    """
    from etl.errors import Broken
    from etl.load.engine import is_made, warehouse
    from etl.load.migrate import current
    from etl.settings import Settings

    settings = Settings.read()
    if not (may_create or settings.url or is_made(settings.home)):
        raise Broken(f"no warehouse in {settings.home.absolute()}; `etl run` makes one")
    with warehouse(settings.url, settings.home, settings.postgres_start_seconds) as engine:
        if not may_create and current(engine) is None:
            raise Broken(f"the database {engine.url!r} holds no warehouse; `etl run` makes one")
        yield engine


def migrate(*, json: bool = False) -> int:
    """Bring the tables and views of the warehouse to this version.

    Parameters
    ----------
    json
        Print JSON.
    """
    from etl.load.migrate import current, upgrade

    with opened(may_create=True) as engine:
        applied = upgrade(engine)
        revision = current(engine)
    if json:
        render.as_json({"applied": applied, "revision": revision})
    elif applied:
        render.out(f"Applied {', '.join(applied)}; the warehouse is at {revision}.")
    else:
        render.out(f"Nothing to do; the warehouse is at {revision}.")
    return 0


def sql(query: str, *, json: bool = False) -> int:
    """Ask the warehouse one question, read-only; at most 1,000 rows are shown.

    Parameters
    ----------
    query
        One SQL query.
    json
        Print the rows as JSON.
    """
    rows = _ask(query)
    if json:
        render.as_json(rows)
    elif rows:
        render.table("", rows, parted=False)
    else:
        render.out("No rows.")
    return 0


def _ask(query: str) -> list[dict[str, Any]]:
    """Rows of a query run in a read-only transaction.

    Raises:
        Misconfigured: Postgres refuses the query.
    """
    import psycopg
    from psycopg.rows import dict_row

    from etl.errors import Misconfigured

    with opened() as engine:
        raw = engine.raw_connection()
        try:
            driver = raw.driver_connection
            assert isinstance(driver, psycopg.Connection)
            driver.read_only = True
            cursor = driver.cursor(row_factory=dict_row)
            cursor.execute(query.encode())
            return cursor.fetchmany(MOST_ROWS) if cursor.description else []
        except psycopg.Error as error:
            line = str(error).splitlines()[0]
            raise Misconfigured(f"{line}; views and columns are in docs/tables.md") from error
        finally:
            raw.invalidate()


def serve() -> int:
    """Keep the warehouse up and print its URL, until Ctrl-C; for psql and BI tools."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with opened() as engine:
        render.out(engine.url.set(drivername="postgresql").render_as_string(hide_password=False))
        render.out("Ctrl-C stops it.")
        try:
            while not stop.wait(1):
                pass
        except KeyboardInterrupt:
            render.out("")
    return 0
