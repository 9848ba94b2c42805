"""Queries of expectations, filled in, and the failing rows they and Great Expectations name.

A query runs with the staging schema as its search path: staged tables go by their own names,
stored ones are written `warehouse.…`. Its first columns are the primary key of failing rows.
Besides `{batch}`, the staged table of the suite, it may hold

* `{now}`              the time of the audit
* `{body_lines}`       one row per line of a staged body: version_id, line, starts_at, ends_at
* `{reference_lines}`  the same of the staged reference lists

`{batch}` is a derived table: in a query with a join it needs an alias, in one without it has
one already. A literal brace is doubled, as in `[0-9]{{4}}`.
"""

import re
from datetime import datetime

import sqlalchemy as sa

from etl.audit.batch import key_names
from etl.schema import Loaded

LINES = """(
    select
        version_id,
        line,
        sum(char_length(line) + 1) over lines - 1 - char_length(line) as starts_at,
        sum(char_length(line) + 1) over lines - 1 as ends_at
    from article_versions
    cross join lateral string_to_table({column}, chr(10)) with ordinality as t (line, number)
    window lines as (partition by version_id order by number)
)"""
"""Lines with their offsets.

In UTF-8 `substr` counts from the start of its text. 300,000 mentions in 10,000 bodies of 5 kB
took 4.4 s to compare with their bodies and 1.2 s with their lines; the longer the bodies, the
larger the difference.
"""

# "a join b", as Great Expectations sees it; not "joined"
JOIN = re.compile(r"\bjoin\b", re.IGNORECASE)


def filled(query: str, now: datetime) -> str:
    """A query of a suite with everything but `{batch}` filled in."""
    values = {
        "{now}": f"timestamptz '{now.isoformat()}'",
        "{body_lines}": LINES.format(column="body"),
        "{reference_lines}": LINES.format(column="reference_text"),
    }
    for placeholder, value in values.items():
        query = query.replace(placeholder, value)
    return query


def standalone(query: str, table: type[Loaded]) -> str:
    """A filled query with `{batch}` as Great Expectations puts it, to be run without it."""
    alias = "" if JOIN.search(query) else " as subselect"
    return query.rstrip("; \n").format(batch=f"(select * from {table.__tablename__}){alias}")


def rows(query: str, table: type[Loaded]) -> sa.FromClause:
    """The primary keys that a query for failing rows yields in its first columns."""
    keys = [table.sql().c[name] for name in key_names(table)]
    # By place: Great Expectations may select a column of the key once more, by its name.
    places = [f"key_{number}" for number in range(len(keys))]
    named = ", ".join(f"{place} as {key.name}" for place, key in zip(places, keys, strict=True))
    inner = query.rstrip("; \n")
    # SQLAlchemy would take ":x" for a parameter.
    text = f"select {named} from ({inner}) as failing ({', '.join(places)})".replace(":", r"\:")
    return sa.text(text).columns(*(sa.column(key.name, key.type) for key in keys)).subquery()
