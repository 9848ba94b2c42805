"""Mentions to entities: inside a body first, then across bodies by identity alone.

Identity is what an extractor knows (`iso:TJ`), else what our lists know of the name, else
`name:` and the folded name. Equal identities of one kind are one entity, whichever bodies
they stand in; nothing is looked up, so a batch gives the same keys today and next year.
"""

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import polars as pl

from etl.schema import Entity, EntityAlias, Mention, conform, key
from etl.transform.entities import gazetteer, people
from etl.transform.entities.known import Known, facts
from etl.transform.text import collapse, enclosing, fold, sentences


class Resolved(NamedTuple):
    """Three frames, each ready to load into its table."""

    entities: pl.DataFrame
    """One row per entity named."""

    entity_aliases: pl.DataFrame
    """One row per entity and spelling."""

    mentions: pl.DataFrame
    """One row per mention."""


class Target(NamedTuple):
    """The entity a mention means."""

    kind: str
    identity: str
    name: str


Row = dict[str, Any]

SHORT_FORM_WORDS = 2
"""A short form of an organisation's name has two words at least: `the Ministry` may be any."""


def resolve(found: pl.DataFrame, versions: pl.DataFrame) -> Resolved:
    """Entities, their spellings and mentions of `found`; every mention keeps its row.

    `versions` holds the bodies of all versions in `found`. Dates and names without a letter
    or digit have no entity.
    """
    bodies = dict(versions.select("version_id", "body").iter_rows())
    ordered = found.sort("version_id", "start_offset")
    rows: list[Row] = []
    for (version_id,), group in ordered.group_by("version_id", maintain_order=True):
        inside = group.to_dicts()
        spans = sentences(bodies[version_id] or "")
        for row, target in zip(inside, targets(inside), strict=True):
            rows.append(row | _sentence(spans, row) | {"target": target})
    return Resolved(_entities(rows), _aliases(rows), _mentions(rows))


def targets(rows: list[Row]) -> list[Target | None]:
    """The entity each mention of one body means, in reading order; null for none."""
    means = [_target(row) for row in rows]
    _link_persons(rows, means)
    _link_short_forms(rows, means)
    return means


def _target(row: Row) -> Target | None:
    """The entity of a mention by itself."""
    kind, identity, name = row["kind"], row["identity"], row["name"] or collapse(row["surface"])
    if kind == "date" or not fold(name):
        return None
    if identity:
        return Target(kind, identity, name)
    known = gazetteer.lookup(name)
    if known is not None and known.kind == kind:
        return Target(kind, known.identity, known.name)
    return Target(kind, f"name:{fold(name)}", name)


def _link_persons(rows: list[Row], means: list[Target | None]) -> None:
    """Give the persons of one body the identity of their fullest name in it."""
    places = [
        i for i, t in enumerate(means) if t and t.kind == "person" and not rows[i]["identity"]
    ]
    names = [collapse(rows[i]["surface"]) for i in places]
    for place, full in zip(places, people.same_persons(names), strict=True):
        means[place] = Target(
            "person", f"name:{people.key(names[full])}", people.display(names[full])
        )


def _link_short_forms(rows: list[Row], means: list[Target | None]) -> None:
    """Give `Ministry of Defense` the identity of the only longer name before it that it opens."""
    opened: dict[str, set[Target]] = {}
    for place, target in enumerate(means):
        if target is None or target.kind != "organisation":
            continue
        parts = fold(target.name).split()
        if rows[place]["identity"] is None and len(opened.get(" ".join(parts), ())) == 1:
            means[place] = next(iter(opened[" ".join(parts)]))
            continue
        for count in range(SHORT_FORM_WORDS, len(parts)):
            opened.setdefault(" ".join(parts[:count]), set()).add(target)


def _sentence(spans: list[tuple[int, int]], row: Row) -> Row:
    """Offsets of the sentence around a mention."""
    start, end = row["start_offset"], row["end_offset"]
    first = max(bisect_right(spans, (start, sys.maxsize)) - 1, 0)
    # A mention crosses few borders; the whole list would cost a pass per mention.
    begin, stop = enclosing(spans[first : first + 8], start, end)
    return {"sentence_start_offset": begin, "sentence_end_offset": stop}


def _named(rows: list[Row]) -> Iterator[tuple[Target, Row]]:
    """Mentions that mean an entity."""
    return ((row["target"], row) for row in rows if row["target"] is not None)


def _entities(rows: list[Row]) -> pl.DataFrame:
    """One row per entity: facts from our lists, else the longest name it was given."""
    names: dict[tuple[str, str], str] = {}
    for target, _ in _named(rows):
        at = (target.kind, target.identity)
        names[at] = max(names.get(at, ""), target.name, key=lambda name: (len(name), name))
    known = facts() if names else {}
    listed = [known.get(at) or Known(*at, name) for at, name in sorted(names.items())]
    frame = pl.DataFrame(listed, schema=list(Known._fields), orient="row", infer_schema_length=None)
    return conform(
        frame.with_columns(
            entity_id=pl.Series([key(k.kind, k.identity) for k in listed], dtype=pl.Int64),
            name_key=pl.Series([fold(k.name) for k in listed], dtype=pl.String),
        ),
        Entity,
    )


def _aliases(rows: list[Row]) -> pl.DataFrame:
    """One row per entity and spelling, white space collapsed."""
    spelt: Iterable[tuple[int, str]] = {
        (key(target.kind, target.identity), collapse(row["surface"]))
        for target, row in _named(rows)
    }
    made = [(key(e, alias), e, alias, fold(alias) or alias) for e, alias in sorted(spelt)]
    names = ["alias_id", "entity_id", "alias", "alias_key"]
    return conform(pl.DataFrame(made, schema=names, orient="row"), EntityAlias)


def _mentions(rows: list[Row]) -> pl.DataFrame:
    """One row per mention, in reading order."""
    made = [
        row
        | {
            "mention_id": key(row["version_id"], row["start_offset"], row["end_offset"]),
            "entity_id": key(row["target"].kind, row["target"].identity) if row["target"] else None,
        }
        for row in rows
    ]
    names = [
        column.name
        for column in Mention.sql().columns
        if column.name not in ("run_id", "loaded_at")
    ]
    return conform(pl.DataFrame(made, schema=names, infer_schema_length=None), Mention)
