"""Rows that failed a critical expectation, out of the batch, with all that hangs on them.

* A row whose required parent is gone goes too (`parent_set_aside`); a reference that may be
  empty is emptied.
* A row that only rows set aside spoke of goes too, unless it is stored
  (`last_child_set_aside`): an article without a version, an entity without a mention.
* A version that lost something keeps the rest, and loses its `derived_hash`, so that the next
  reading of the same text is merged again.
"""

from collections import Counter

import sqlalchemy as sa

from etl.audit import records
from etl.audit.batch import ROWS_QUERY, Batch, Link, ResultRow, links, row_key, share
from etl.audit.records import VIOLATIONS
from etl.schema import (
    LOADED,
    Article,
    ArticleAuthor,
    ArticleVersion,
    Author,
    Citation,
    Entity,
    Loaded,
    Mention,
    Work,
)

PARENT_GONE = "parent_set_aside"
CHILDREN_GONE = "last_child_set_aside"

REASONS = {
    PARENT_GONE: "A row cannot be published without the row it belongs to.",
    CHILDREN_GONE: "Only rows that were set aside spoke of it.",
}
"""Names and reasons of what follows from setting rows aside."""

SPOKEN_OF: dict[type[Loaded], tuple[type[Loaded], str]] = {
    Article: (ArticleVersion, "article_id"),
    Author: (ArticleAuthor, "author_id"),
    Entity: (Mention, "entity_id"),
    Work: (Citation, "work_id"),
}
"""Tables whose rows are there because others speak of them: in which table and column."""


class SettingAside:
    """Takes rows out of a staged batch, within the transaction of `connection`."""

    def __init__(self, connection: sa.Connection, batch: Batch) -> None:
        self.connection = connection
        self.batch = batch
        self.gone: Counter[str] = Counter()
        """Rows taken out, by table."""
        self.torn: set[int] = set()
        """Versions that lost one of their rows, or a reference in one."""

    def run(self) -> None:
        """Take out the critical violations recorded so far, and what hangs on them."""
        for table in LOADED:
            self._remove(table)
            self._follow_parents(table)
        if not self.gone:
            return
        for table, (child, column) in SPOKEN_OF.items():
            self._follow_children(table, child, column)
        for table in LOADED:
            self._follow_parents(table)
        self._unseal()

    def results(self) -> list[ResultRow]:
        """One result per table and rule by which rows followed others."""
        counted = (
            sa.select(VIOLATIONS.c.suite, VIOLATIONS.c.expectation, sa.func.count())
            .where(*records.of_batch(self.batch, VIOLATIONS), VIOLATIONS.c.expectation.in_(REASONS))
            .group_by(VIOLATIONS.c.suite, VIOLATIONS.c.expectation)
        )
        return [
            self._result(suite, expectation, count)
            for suite, expectation, count in self.connection.execute(counted)
        ]

    def _result(self, suite: str, expectation: str, count: int) -> ResultRow:
        """The result of one rule for one table."""
        staged = self.batch.counts.get(suite)
        return ResultRow(
            suite=suite,
            expectation=expectation,
            expectation_type=ROWS_QUERY,
            column_name=None,
            severity="critical",
            passed=False,
            evaluated_count=staged,
            unexpected_count=count,
            unexpected_share=share(count, staged),
            observed=None,
            reason=REASONS[expectation],
        )

    def _remove(self, table: type[Loaded]) -> None:
        """Delete the staged rows of a table that are recorded as set aside."""
        twin = self.batch.twins[table]
        owner = twin.c[table.owner] if table.owner else sa.null()
        keys = records.set_aside_keys(self.batch, table)
        delete = sa.delete(twin).where(row_key(table, twin).in_(keys)).returning(owner)
        owners = self.connection.scalars(delete).all()
        self.gone += Counter({table.__tablename__: len(owners)})
        self.torn.update(owner for owner in owners if owner is not None)

    def _follow_parents(self, table: type[Loaded]) -> None:
        """Empty the references of a table to rows that are gone, or set its rows aside too."""
        for link in links(table):
            if not self.gone[link.parent.__tablename__]:
                continue
            if link.is_nullable:
                self._empty(table, link)
                continue
            orphaned = self._orphaned(table, link)
            if records.add_rows(self.connection, self.batch, table, orphaned, PARENT_GONE):
                self._remove(table)

    def _empty(self, table: type[Loaded], link: Link) -> None:
        """Empty the references through `link` to rows that are gone."""
        twin = self.batch.twins[table]
        owner = twin.c[table.owner] if table.owner else sa.null()
        update = (
            sa.update(twin)
            .values({link.column: None})
            .where(self._orphaned(table, link))
            .returning(owner)
        )
        owners = self.connection.scalars(update).all()
        self.torn.update(owner for owner in owners if owner is not None)

    def _orphaned(self, table: type[Loaded], link: Link) -> sa.ColumnElement[bool]:
        """Whether a staged row names a parent that is not there any more.

        A stored parent will do, unless it comes and goes with its version itself: then the
        publish deletes the stored one, too.
        """
        # Under a name of its own: a row may point to another of its table.
        staged = self.batch.twins[link.parent].alias("parents")
        value = self.batch.twins[table].c[link.column]
        missing = [value.is_not(None), ~sa.exists().where(staged.c[link.parent_key] == value)]
        if link.column != table.owner and link.parent.owner is None:
            stored = link.parent.sql().alias("stored")
            missing.append(~sa.exists().where(stored.c[link.parent_key] == value))
        return sa.and_(*missing)

    def _follow_children(self, table: type[Loaded], child: type[Loaded], column: str) -> None:
        """Set aside rows of a table that only set-aside rows of `child` named in `column`."""
        if not self.gone[child.__tablename__]:
            return
        value = self.batch.twins[table].c[column]
        staged = self.batch.twins[child]
        stored = table.sql().alias("stored")
        silent = sa.and_(
            value.in_(self._named(child, column)),
            ~sa.exists().where(staged.c[column] == value),
            ~sa.exists().where(stored.c[column] == value),
        )
        if records.add_rows(self.connection, self.batch, table, silent, CHILDREN_GONE):
            self._remove(table)

    def _named(self, child: type[Loaded], column: str) -> sa.Select[int]:
        """What rows of `child` that were set aside had named in `column`."""
        named = VIOLATIONS.c.row_data[column].as_string()
        return sa.select(sa.cast(named, sa.BigInteger)).where(
            *records.of_batch(self.batch, VIOLATIONS),
            VIOLATIONS.c.suite == child.__tablename__,
            VIOLATIONS.c.is_set_aside,
        )

    def _unseal(self) -> None:
        """Forget the hash over the rows of the versions that lost some."""
        versions = self.batch.twins[ArticleVersion]
        torn = sa.literal(list(self.torn), sa.ARRAY(sa.BigInteger))
        self.connection.execute(
            sa.update(versions)
            .values(derived_hash=None)
            .where(versions.c.version_id == sa.any_(torn))
        )
