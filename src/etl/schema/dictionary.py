"""The tables of `etl.schema` and the views of `sql/` to a page of Markdown.

python -m etl.schema.dictionary > docs/tables.md
"""

import sys
from collections.abc import Iterator

import sqlalchemy as sa

from etl.schema import dq, ops, views, warehouse
from etl.schema.base import Loaded, Table

INTRODUCTION = """# Tables and views

Written by `python -m etl.schema.dictionary`; the same texts are comments in the database.
Times are UTC. Offsets count code points from 0 and are half-open, positions in lists count
from 1, shares run from 0 to 1. Keys ending in `_id` are 64-bit hashes of the natural key."""

REPORTING = "Views for people: what reports and BI tools should read."

SCHEMAS = {
    "warehouse": warehouse.__doc__,
    "ops": ops.__doc__,
    "dq": dq.__doc__,
    "reporting": REPORTING,
}
"""What each schema is for, in its first line."""

POSTGRES = sa.make_url("postgresql+psycopg://").get_dialect()()

TIME = "timestamptz"


def dictionary() -> str:
    """The data dictionary: a diagram, then every table and view with its columns."""
    parts = [INTRODUCTION, "## How the tables hang together", _diagram()]
    every = views.views()
    for schema, about in SCHEMAS.items():
        parts += [f"## Schema {schema}", (about or "").strip().splitlines()[0]]
        for table in _tables(schema):
            parts += [f"### {schema}.{table.__tablename__}", *_described(table)]
        for view in sorted(view for view in every.values() if view.schema == schema):
            parts += [f"### {view.full_name}", view.about, _view_columns(view, every)]
    return "\n\n".join(parts) + "\n"


def _tables(schema: str) -> list[type[Table]]:
    """Tables of a schema, in the order in which they are declared."""
    mapped = [mapper.class_ for mapper in Table.registry.mappers]
    order = {table.fullname: n for n, table in enumerate(Table.metadata.tables.values())}
    found = [c for c in mapped if issubclass(c, Table) and c.sql().schema == schema]
    return sorted(found, key=lambda table: order[table.sql().fullname])


def _diagram() -> str:
    """Foreign keys as an entity-relationship diagram; `o` where there may be none."""
    lines = ["```mermaid", "erDiagram"]
    for table in (t.sql() for schema in SCHEMAS for t in _tables(schema)):
        for column in table.columns:
            for key in column.foreign_keys:
                parent = f"{key.column.table.name} |{'o' if column.nullable else '|'}"
                lines.append(f"    {parent}--o{{ {table.name} : {column.name}")
    return "\n".join([*lines, "```"])


def _described(table: type[Table]) -> Iterator[str]:
    """Grain, natural key and columns of a table."""
    yield (table.__doc__ or "").strip()
    if issubclass(table, Loaded):
        yield f"Natural key: {', '.join(f'`{name}`' for name in table.natural)}."
    head = ["| column | type | meaning |", "| --- | --- | --- |"]
    yield "\n".join([*head, *(_column(column) for column in table.sql().columns)])


def _column(column: sa.Column[object]) -> str:
    """One line of a table of columns."""
    kind = column.type.compile(dialect=POSTGRES).lower().replace("timestamp with time zone", TIME)
    kind += ", primary key" if column.primary_key else ", may be null" if column.nullable else ""
    points = "".join(f" → `{key.target_fullname}`" for key in column.foreign_keys)
    return f"| `{column.name}` | {kind} | {column.comment}{points} |"


def _view_columns(view: views.View, others: dict[str, views.View]) -> str:
    """Columns of a view and what they mean."""
    rows = (f"| `{n}` | {views.meaning(view, n, others)} |" for n in views.columns(view))
    return "\n".join(["| column | meaning |", "| --- | --- |", *rows])


if __name__ == "__main__":
    sys.stdout.write(dictionary())
