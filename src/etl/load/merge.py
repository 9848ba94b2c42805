"""The SQL that merges a staging twin into its table, derived from the schema.

In these statements `s` is the staged row and `t` the stored one. Every column says in the
schema how the two meet (`MergeRule`); every table says what makes a row the one it is
(`natural`), and which of two rivals for one key is kept (`prefer`).
"""

from typing import Any

import sqlalchemy as sa

from etl.schema import Loaded, merge_rule, staged_columns

FETCHED = "fetched_at"
"""In a table that has it, a row is replaced only by one fetched no earlier."""


def merge(table: type[Loaded], source: str, derived: tuple[str, ...] = ()) -> str:
    """A MERGE of the rows of query `source`; rows that differ in nothing are not touched.

    Expects parameters `run_id` and `now`; `source` also yields the columns `derived`.
    """
    staged = [column.name for column in staged_columns(table)]
    written = [*staged, *derived]
    kept = {c.name: _kept(table, c) for c in staged_columns(table) if _is_set(table, c)}
    kept |= {name: f"s.{name}" for name in derived}
    assignments = ", ".join(f"{name} = {value}" for name, value in kept.items())
    return f"""
        merge into {table.sql().fullname} as t
        using ({source}) as s
        on {_same_key(table)}
        when matched and {differs(table, derived)} then update set
            {assignments},
            run_id = :run_id,
            loaded_at = :now
        when not matched then
            insert ({", ".join(written)}, run_id, loaded_at)
            values ({", ".join(f"s.{name}" for name in written)}, :run_id, :now)
    """


def staged_rows(table: type[Loaded], schema: str) -> str:
    """A query for all staged rows of a table."""
    names = ", ".join(column.name for column in staged_columns(table))
    return f"select {names} from {schema}.{table.__tablename__}"


def owned_rows(table: type[Loaded], schema: str) -> str:
    """A query for the staged rows of a table that belong to versions read anew."""
    names = ", ".join(f"o.{column.name}" for column in staged_columns(table))
    return f"""
        select {names}
        from {schema}.{table.__tablename__} as o
        join {schema}.version_changes as v on v.version_id = o.{table.owner} and v.is_reread
    """


def delete_gone(table: type[Loaded], schema: str) -> str:
    """A DELETE of the stored rows that a version no longer has, now that it was read anew."""
    return f"""
        delete from {table.sql().fullname} as t
        using {schema}.version_changes as v
        where v.version_id = t.{table.owner} and v.is_reread and not v.is_new
            and not exists (
                select from {schema}.{table.__tablename__} as s where {_same_key(table)}
            )
    """


def staged_twice(table: type[Loaded], schema: str) -> str:
    """A query for one primary key that is staged twice: how often, and for which natural keys."""
    keys = ", ".join(_keys(table))
    natural = ", ".join(table.natural)
    return f"""
        select
            concat_ws(', ', {keys}) as key,
            count(*) as count,
            count(distinct ({natural})) > 1 as is_collision,
            string_agg(distinct concat_ws(', ', {natural}), ' | ') as natural_keys
        from {schema}.{table.__tablename__}
        group by {keys}
        having count(*) > 1
        order by is_collision desc
        limit 1
    """


def differs(table: type[Loaded], derived: tuple[str, ...] = ()) -> str:
    """Whether the stored row `t` would change; two natural keys in one key raise an error."""
    anew = [f"s.{name} is distinct from t.{name}" for name in derived]
    replaced = [
        f"s.{c.name} is distinct from t.{c.name}"
        for c in staged_columns(table)
        if merge_rule(c) == "replace" and c.name not in _identity(table)
    ]
    if replaced:
        anew.append(f"(({' or '.join(replaced)}) and {_wins(table)})")
    for column in staged_columns(table):
        if sign := {"least": "<", "greatest": ">"}.get(merge_rule(column)):
            anew.append(f"s.{column.name} {sign} t.{column.name}")
    condition = f"({' or '.join(anew)})"
    if set(table.natural) <= set(_keys(table)):
        return condition
    return f"case when {_is_another(table)} then {_alarm(table)} else {condition} end"


def _kept(table: type[Loaded], column: sa.Column[Any]) -> str:
    """Value of a column once the staged row has met the stored one."""
    name = column.name
    match merge_rule(column):
        case "least":
            return f"least(t.{name}, s.{name})"
        case "greatest":
            return f"greatest(t.{name}, s.{name})"
    if FETCHED not in table.sql().columns:
        return f"s.{name}"
    # Such a row may also be written for its times alone.
    return f"case when {_wins(table)} then s.{name} else t.{name} end"


def _wins(table: type[Loaded]) -> str:
    """Whether the staged row replaces the stored one, where they differ.

    Later fetches win; of shared rows the preferred one wins, and among equals the one that
    comes last as text: whatever the order of batches, the same row is left.
    """
    if FETCHED in table.sql().columns:
        return f"s.{FETCHED} >= t.{FETCHED}"
    if table.prefer is None:
        return "true"
    ranks = []
    for row in "st":
        whole = ", ".join(f"{row}.{c.name}" for c in staged_columns(table))
        ranks.append(f'({table.prefer.format(row=row)}, row({whole})::text collate "C")')
    return f"{ranks[0]} > {ranks[1]}"


def _is_set(table: type[Loaded], column: sa.Column[Any]) -> bool:
    """Whether an update writes a column.

    Not what makes the row the one it is; nor `hashed` texts: their hash is part of that, and
    writing them again would compress them again.
    """
    return column.name not in _identity(table) and merge_rule(column) != "hashed"


def _keys(table: type[Loaded]) -> list[str]:
    """Names of the primary key."""
    return [column.name for column in table.sql().primary_key]


def _identity(table: type[Loaded]) -> set[str]:
    """Names of the primary and the natural key."""
    return {*_keys(table), *table.natural}


def _same_key(table: type[Loaded]) -> str:
    """Whether `s` and `t` have one primary key."""
    return " and ".join(f"s.{name} = t.{name}" for name in _keys(table))


def _is_another(table: type[Loaded]) -> str:
    """Whether `s` and `t` have different natural keys."""
    return " or ".join(f"s.{name} is distinct from t.{name}" for name in table.natural)


def _alarm(table: type[Loaded]) -> str:
    """A call that stops the publish and names the key and both natural keys."""
    stored, staged = (", ".join(f"{row}.{name}" for name in table.natural) for row in "ts")
    key = ", ".join(f"t.{name}" for name in _keys(table))
    rivals = f"concat_ws(', ', {stored}), ' | ', concat_ws(', ', {staged})"
    return f"ops.key_collision('{table.__tablename__}', concat({key}, ' for ', {rivals}))"
