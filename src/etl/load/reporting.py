"""Files of `sql/ops/` and `sql/reporting/` to views of these schemas, commented to the column."""

from hashlib import sha256
from pathlib import Path

import sqlalchemy as sa
from psycopg import sql

from etl.errors import Misconfigured
from etl.load.statements import run
from etl.schema.views import SCHEMAS, View, meaning, views

ABOUT = "Views for reports and BI tools, made from sql/reporting; fingerprint {}."
"""Comment of schema `reporting`; the fingerprint is that of all views, also those of `ops`."""


def create_views(connection: sa.Connection, folder: Path | None = None) -> list[str]:
    """Make every view anew, those read by others first; return the names in that order.

    Raises:
        Misconfigured: A view lacks its grain or a meaning, or a view of someone else reads ours.
    """
    read = views(folder)
    drop_views(connection)
    for view in read.values():
        name = sql.Identifier(view.schema, view.name)
        run(connection, sql.SQL("create view {} as\n").format(name).as_string() + view.sql)
        run(connection, sql.SQL("comment on view {} is {}").format(name, view.about))
        _comment_columns(connection, view, read)
    about = ABOUT.format(_fingerprint(read))
    run(connection, sql.SQL("comment on schema reporting is {}").format(about))
    return list(read)


def drop_views(connection: sa.Connection) -> None:
    """Drop all views of our schemas, at once for they read each other.

    Raises:
        Misconfigured: A view of someone else reads them.
    """
    listed = sa.text("select schemaname, viewname from pg_views where schemaname = any(:schemas)")
    found = connection.execute(listed, {"schemas": list(SCHEMAS)})
    names = [sql.Identifier(*row) for row in found]
    if not names:
        return
    try:
        run(connection, sql.SQL("drop view {}").format(sql.SQL(", ").join(names)))
    except sa.exc.DBAPIError as error:
        said = " ".join(str(error.orig).splitlines())
        raise Misconfigured(
            f"{said}; drop what reads the views, and make it again after"
        ) from error


def views_are_current(connection: sa.Connection, folder: Path | None = None) -> bool:
    """Whether the views were made from the files as they are now."""
    stored = sa.text("select obj_description(to_regnamespace('reporting'), 'pg_namespace')")
    return bool(connection.scalar(stored) == ABOUT.format(_fingerprint(views(folder))))


def _comment_columns(connection: sa.Connection, view: View, others: dict[str, View]) -> None:
    """Comment every column of a view that was just made."""
    names = [item["name"] for item in sa.inspect(connection).get_columns(view.name, view.schema)]
    for name in names:
        target = sql.Identifier(view.schema, view.name, name)
        told = meaning(view, name, others)
        run(connection, sql.SQL("comment on column {} is {}").format(target, told))
    if odd := sorted(set(view.stated) - set(names)):
        raise Misconfigured(f"view {view.full_name}: {odd} are no columns of it, but get a meaning")


def _fingerprint(read: dict[str, View]) -> str:
    """Hash over names and texts of the views."""
    texts = (f"{view.full_name}\x1f{view.sql}\x1e" for view in read.values())
    return sha256("".join(texts).encode()).hexdigest()[:16]
