"""Staged rows against what the schema says: nulls, keys, checks, foreign keys.

Twins have no constraints, so that one bad row does not stop a batch. What the tables would
refuse is found here, row by row, before the publish meets it as an error of the database.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import sqlalchemy as sa

from etl.audit.batch import ROWS_QUERY, Batch, Finding, ResultRow, key_names, links, share
from etl.errors import KeyCollision, StagingLost
from etl.schema import LOADED, Loaded, merge_rule, staged_columns

PREFIX = "schema_check_"
"""Beginning of the names of these checks; the rest is the name of the constraint."""


class Check(NamedTuple):
    """One constraint of a table as a question to its staged rows."""

    name: str
    type: str
    columns: tuple[str, ...]
    reason: str
    failing: sa.Select[*tuple[Any, ...]]
    """Primary keys of the rows that break it."""


def findings(connection: sa.Connection, batch: Batch) -> list[Finding]:
    """One finding per constraint of a loaded table; one statement per table.

    Raises:
        StagingLost: Staged rows are not as many as were written.
        KeyCollision: Two natural keys of the batch have one primary key.
    """
    found: list[Finding] = []
    for table in LOADED:
        checks = list(_checks(batch, table))
        staged, *broken = _counts(connection, batch, table, checks)
        if staged != batch.count(table):
            raise StagingLost(
                f"{batch.schema}.{table.__tablename__}: {staged} rows, {batch.count(table)} were "
                "written; stage the batch again"
            )
        found += [
            _finding(table, check, count, staged)
            for check, count in zip(checks, broken, strict=True)
        ]
        if not found[-len(checks)].result.passed:
            _refuse_collisions(connection, batch, table)
    return found


def _counts(
    connection: sa.Connection, batch: Batch, table: type[Loaded], checks: list[Check]
) -> tuple[int, ...]:
    """The rows staged, then the rows that break each check."""
    staged = sa.select(sa.func.count()).select_from(batch.twins[table]).scalar_subquery()
    broken = (
        sa.select(sa.func.count()).select_from(check.failing.subquery()).scalar_subquery()
        for check in checks
    )
    try:
        return tuple(connection.execute(sa.select(staged, *broken)).one())
    except sa.exc.ProgrammingError as error:
        reason = str(error.orig).splitlines()[0]
        raise StagingLost(f"{batch.schema}: {reason}; stage the batch again") from error


def _finding(table: type[Loaded], check: Check, count: int, staged: int) -> Finding:
    """What came out of a check."""
    result = ResultRow(
        suite=table.__tablename__,
        expectation=PREFIX + check.name,
        expectation_type=check.type,
        column_name=check.columns[0] if len(check.columns) == 1 else None,
        severity="critical",
        passed=not count,
        evaluated_count=staged,
        unexpected_count=count,
        unexpected_share=share(count, staged),
        observed=None,
        reason=check.reason,
    )
    return Finding(result, table, check.failing.subquery() if count else None)


def _checks(batch: Batch, table: type[Loaded]) -> Iterator[Check]:
    """The constraints of a table that its staged columns can break, primary key first."""
    yield from _keys(batch, table)
    yield _not_null(batch, table)
    yield from _conditions(batch, table)
    yield from _foreign_keys(batch, table)


def _rows(batch: Batch, table: type[Loaded]) -> sa.Select[*tuple[Any, ...]]:
    """Primary keys of the staged rows of a table."""
    twin = batch.twins[table]
    return sa.select(*(twin.c[name] for name in key_names(table)))


def _keys(batch: Batch, table: type[Loaded]) -> Iterator[Check]:
    """The primary key and the unique constraints, within the batch."""
    twin = batch.twins[table]
    unique = [c for c in table.sql().constraints if isinstance(c, sa.UniqueConstraint)]
    for constraint in [table.sql().primary_key, *sorted(unique, key=lambda c: str(c.name))]:
        names = tuple(column.name for column in constraint.columns)
        if not set(names) <= set(twin.c.keys()):
            continue
        columns = [twin.c[name] for name in names]
        twice = sa.select(*columns).group_by(*columns).having(sa.func.count() > 1)
        yield Check(
            str(constraint.name),
            "expect_column_values_to_be_unique"
            if len(names) == 1
            else "expect_compound_columns_to_be_unique",
            names,
            f"No two rows of {table.__tablename__} may share {', '.join(names)}.",
            _rows(batch, table).where(sa.tuple_(*columns).in_(twice)),
        )


def _not_null(batch: Batch, table: type[Loaded]) -> Check:
    """All columns that must be filled, as one check."""
    twin = batch.twins[table]
    names = tuple(column.name for column in staged_columns(table) if not column.nullable)
    return Check(
        "not_null",
        "expect_column_values_to_not_be_null",
        names,
        f"In {table.__tablename__} these must be filled: {', '.join(names)}.",
        _rows(batch, table).where(sa.or_(*(twin.c[name].is_(None) for name in names))),
    )


def _conditions(batch: Batch, table: type[Loaded]) -> Iterator[Check]:
    """The check constraints, except those about columns that the publish computes."""
    derived = [c.name for c in table.sql().columns if merge_rule(c) == "derived"]
    checks = [c for c in table.sql().constraints if isinstance(c, sa.CheckConstraint)]
    for check in sorted(checks, key=lambda c: str(c.name)):
        condition = str(check.sqltext)
        words = set(re.findall(r"\w+", condition))
        if words & set(derived):
            continue
        columns = tuple(c.name for c in staged_columns(table) if c.name in words)
        yield Check(
            str(check.name),
            ROWS_QUERY,
            columns,
            f"The table accepts only rows with {condition}.",
            _rows(batch, table).where(sa.text(f"not ({condition})")),
        )


def _foreign_keys(batch: Batch, table: type[Loaded]) -> Iterator[Check]:
    """The foreign keys, to rows that are staged or stored."""
    twin = batch.twins[table]
    for link in links(table):
        stored = link.parent.sql()
        # Aliases, lest a parent be taken for the table of the outer query.
        staged, parent = batch.twins[link.parent].alias("parents"), stored.alias("stored")
        value = twin.c[link.column]
        yield Check(
            f"fk_{table.__tablename__}_{link.column}",
            ROWS_QUERY,
            (link.column,),
            f"{link.column} must name a row of {stored.name}, staged now or stored before.",
            _rows(batch, table).where(
                value.is_not(None),
                ~sa.exists().where(staged.c[link.parent_key] == value),
                ~sa.exists().where(parent.c[link.parent_key] == value),
            ),
        )


def _refuse_collisions(connection: sa.Connection, batch: Batch, table: type[Loaded]) -> None:
    """Stop if rows with one primary key have different natural keys: a row would get lost."""
    twin = batch.twins[table]
    keys = [twin.c[name] for name in key_names(table)]
    natural = sa.tuple_(*(twin.c[name] for name in table.natural))
    rivals = sa.select(*keys).group_by(*keys).having(sa.func.count(natural.distinct()) > 1).limit(1)
    if row := connection.execute(rivals).one_or_none():
        raise KeyCollision(
            f"{table.__tablename__}: two rows that differ in {', '.join(table.natural)} have the "
            f"key {', '.join(str(part) for part in row)}; change one of them at its source"
        )
