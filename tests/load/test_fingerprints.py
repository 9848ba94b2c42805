"""Shared rows that were published before are not looked at again, and no others are missed."""

import polars as pl
import sqlalchemy as sa

from etl.load import fingerprints
from etl.schema import Entity
from tests.load.pages import Page
from tests.load.rows import batch, changed, load, select, written

LOADS = "select fingerprint from ops.loads where table_name = 'entities' order by run_id"


def test_order_of_rows_does_not_matter() -> None:
    frame = pl.DataFrame({"name": ["Rahmon", "Mirziyoyev", None]})

    assert fingerprints.fingerprint(frame) == fingerprints.fingerprint(frame.reverse())
    assert fingerprints.fingerprint(frame) != fingerprints.fingerprint(frame.head(2))


def test_every_load_leaves_its_fingerprint(warehouse: sa.Engine) -> None:
    frames = batch(Page("a", 1, mentions=("Rahmon",)))

    load(warehouse, frames, "first")
    load(warehouse, frames, "second")

    marks = select(warehouse, LOADS)
    assert marks == [(fingerprints.fingerprint(frames[Entity]),)] * 2


def test_changed_shared_row_arrives_though_no_version_changed(warehouse: sa.Engine) -> None:
    frames = batch(Page("a", 1, mentions=("Rahmon",)))
    load(warehouse, frames, "first")
    longer = {**frames, Entity: changed(frames[Entity], {"name": "A much longer spelling of it"})}

    counts = load(warehouse, longer, "second")

    assert set(written(counts)) == {"entities"}
    names = select(warehouse, "select distinct name from warehouse.entities")
    assert names == [("A much longer spelling of it",)]


def test_rows_another_source_published_are_looked_at(warehouse: sa.Engine) -> None:
    frames = batch(Page("a", 1, mentions=("Rahmon",)))
    load(warehouse, frames, "first")

    with warehouse.begin() as connection:
        marks = {"entities": fingerprints.fingerprint(frames[Entity])}
        seen = fingerprints.known(connection, "elsewhere", marks)

    assert seen == set()
