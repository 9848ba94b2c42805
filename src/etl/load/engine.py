"""Connections to the warehouse: an outside Postgres by URL, or the embedded one."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from etl.errors import Misconfigured, WarehouseUnreachable
from etl.load.embedded import EmbeddedPostgres
from etl.load.embedded_data import CONNECTION

OLDEST_MAJOR = 15
"""First version of Postgres with MERGE."""

DRIVERS = ("postgres", "postgresql", "postgresql+psycopg")
"""What a URL may begin with."""

EXAMPLE = "postgresql://user:password@host:5432/database"

CONNECT_SECONDS = 10

# "password=secret" in "postgresql://host/db?user=etl&password=secret"
PASSWORD_OPTION = re.compile(r"(?<=password=)[^&]*")


def connect(url: str) -> sa.Engine:
    """Engine for a warehouse; nothing is connected yet. Times are UTC, names are qualified.

    Raises:
        Misconfigured: The URL cannot be understood.
    """
    return sa.create_engine(
        _parsed(url),
        connect_args={
            "application_name": "etl",
            "connect_timeout": CONNECT_SECONDS,
            "options": "-csearch_path=public -ctimezone=UTC",
        },
    )


def _parsed(url: str) -> sa.URL:
    """The URL with its driver; one that cannot be read is not shown, it may hold a password."""
    scheme = url.partition("://")[0] if "://" in url else ""
    if scheme not in DRIVERS:
        shown = f"{scheme}://***" if scheme else "***"
        raise Misconfigured(f"ETL_WAREHOUSE_URL={shown}: not a Postgres URL; write {EXAMPLE}")
    try:
        return sa.make_url(url).set(drivername="postgresql+psycopg")
    except (sa.exc.ArgumentError, ValueError) as error:
        raise Misconfigured(
            f"ETL_WAREHOUSE_URL={scheme}://***: cannot be read as a URL; write {EXAMPLE}, "
            "special characters of the password as %40 and the like"
        ) from error


def is_made(home: Path) -> bool:
    """Whether an embedded warehouse has been made under `home`."""
    return (home / "postgres" / CONNECTION).exists()


@contextmanager
def warehouse(url: str | None, home: Path, start_seconds: int = 300) -> Iterator[sa.Engine]:
    """Engine for the warehouse at `url`, else for the embedded one under `home`; it has answered.

    Raises:
        WarehouseUnreachable: No connection could be made.
        Misconfigured: The URL is wrong, or the server too old.
    """
    if url is not None:
        with _answering(url) as engine:
            yield engine
        return
    embedded = EmbeddedPostgres(home / "postgres", start_seconds=start_seconds)
    with embedded.session() as inside, _answering(inside) as engine:
        yield engine


@contextmanager
def _answering(url: str) -> Iterator[sa.Engine]:
    """Engine that has connected once; disposed of at the end."""
    engine = connect(url)
    try:
        _greet(engine)
        yield engine
    finally:
        engine.dispose()


def _greet(engine: sa.Engine) -> None:
    """Connect once and look at the version of the server."""
    try:
        with engine.connect() as connection:
            version = connection.scalar(sa.text("show server_version_num"))
    except sa.exc.DBAPIError as error:
        raise WarehouseUnreachable(
            f"{_shown(engine.url)}: {_reason(error)}; check ETL_WAREHOUSE_URL and the server"
        ) from error
    except AssertionError as error:
        # SQLAlchemy does not know the server by its greeting.
        raise Misconfigured(f"{_shown(engine.url)}: this is no Postgres") from error
    if (major := int(version or 0) // 10_000) < OLDEST_MAJOR:
        raise Misconfigured(
            f"{_shown(engine.url)}: Postgres {major}; use version {OLDEST_MAJOR} or newer"
        )


def _shown(url: sa.URL) -> str:
    """The URL without its password, wherever that stands."""
    return PASSWORD_OPTION.sub("***", url.set(drivername="postgresql").render_as_string())


def _reason(error: sa.exc.DBAPIError) -> str:
    """What libpq says in one line; where a name has several addresses, about the last one."""
    lines = str(error.orig).strip().splitlines() or ["no reason given"]
    return (lines[-1] if lines[0].startswith("Multiple") else lines[0]).strip("- ")
