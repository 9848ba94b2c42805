"""Migrations in `sql/migrations/` to tables, and the views that read them.

One transaction under a lock: a database is at one revision or the other, whoever is killed,
and two processes may start at once. A new column is declared in `etl.schema`; `draft` then
writes its migration, and a person reads it.
"""

import io
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from alembic.util.exc import CommandError

from etl.errors import Misconfigured
from etl.load.reporting import create_views, drop_views, views_are_current
from etl.schema import key
from etl.settings import shipped

LOCK = key("lock", "migrate")
"""Advisory lock of who migrates."""

NO_RIGHT = "42501"
"""What Postgres says when a role may not create schemas."""


def config(connection: sa.Connection) -> Config:
    """Alembic's configuration for an open connection."""
    made = Config(stdout=io.StringIO())
    # Alembic reads the value with configparser, to which % is special.
    folder = str(shipped("sql") / "migrations").replace("%", "%%")
    made.set_main_option("script_location", folder)
    made.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    made.attributes["connection"] = connection
    return made


def current(engine: sa.Engine) -> str | None:
    """Revision the database is at; None if it holds no warehouse."""
    with engine.connect() as connection:
        return _revision(connection)


def upgrade(engine: sa.Engine) -> list[str]:
    """Bring tables and views to this version; return the revisions applied, oldest first.

    Raises:
        Misconfigured: The database is newer than this package, or its role may not create
            schemas.
    """
    try:
        with engine.begin() as connection:
            _lock(connection)
            steps = _missing(connection)
            if steps:
                connection.execute(sa.text("create schema if not exists ops"))
                drop_views(connection)
                command.upgrade(config(connection), "head")
            if steps or not views_are_current(connection):
                create_views(connection)
            return steps
    except sa.exc.ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) != NO_RIGHT:
            raise
        raise Misconfigured(
            f"{engine.url!r}: {str(error.orig).splitlines()[0]}; "
            "let its role create schemas: grant create on database … to …"
        ) from error


def downgrade(engine: sa.Engine, revision: str) -> None:
    """Take tables back to `revision` (`base`: to none); their rows go with them.

    The views are gone afterwards: they belong to the newest tables.
    """
    with engine.begin() as connection:
        _lock(connection)
        drop_views(connection)
        command.downgrade(config(connection), revision)


def draft(engine: sa.Engine, message: str) -> Path:
    """Write the next migration by comparing `etl.schema` with a migrated database.

    Checks are not compared: add changed ones by hand.
    """
    with engine.begin() as connection:
        settings = config(connection)
        last = ScriptDirectory.from_config(settings).get_current_head() or "0000"
        name = f"{int(last) + 1:04d}"
        command.revision(settings, message, autogenerate=True, rev_id=name)
    return next((shipped("sql") / "migrations/versions").glob(f"{name}_*.py"))


def _lock(connection: sa.Connection) -> None:
    """Wait until nobody else migrates this database."""
    connection.execute(sa.text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def _revision(connection: sa.Connection) -> str | None:
    """Revision the database is at; None if it holds no warehouse."""
    there = connection.scalar(sa.text("select to_regclass('ops.alembic_version') is not null"))
    if not there:
        return None
    revision: str | None = connection.scalar(sa.text("select version_num from ops.alembic_version"))
    return revision


def _missing(connection: sa.Connection) -> list[str]:
    """Revisions between the database and this package, oldest first."""
    scripts = ScriptDirectory.from_config(config(connection))
    stored = _revision(connection)
    try:
        newer = list(scripts.iterate_revisions("head", stored or "base"))
    except (CommandError, RevisionError) as error:
        raise Misconfigured(
            f"the warehouse is at revision {stored}, which this version does not know; "
            "install the version that wrote it, or a newer one"
        ) from error
    return [script.revision for script in reversed(newer)]
