"""Article bodies to the FOUND frame of mentions, by a row of extractors.

An extractor is a function from a versions frame (`version_id`, `body`) to a FOUND frame, in a
module of its own with its `VERSION`, and one line in EXTRACTORS. Its rows say where a mention
stands and of what kind it is; `identity` where it knows the entity, `name` where it knows what
is meant. `resolve` turns what was found into entities. A trained model is one more extractor.
"""

from collections.abc import Callable

import polars as pl

from etl.errors import SchemaMismatch
from etl.schema import frames, shape
from etl.transform.entities import (
    acronyms,
    dates,
    gazetteer,
    organisations,
    persons,
    places,
    quoted,
)
from etl.transform.entities.overlaps import without_overlaps

Extractor = Callable[[pl.DataFrame], pl.DataFrame]

EXTRACTORS: dict[str, Extractor] = {
    "acronyms": acronyms.find,
    "gazetteer": gazetteer.find,
    "persons": persons.find,
    "organisations": organisations.find,
    "places": places.find,
    "quoted": quoted.find,
    "dates": dates.find,
}
"""Every extractor by name; where two found spans of one length, the earlier one wins."""


def mentions(versions: pl.DataFrame) -> pl.DataFrame:
    """One row per mention in the bodies, as FOUND; no two overlap.

    Raises:
        SchemaMismatch: An extractor's surface is not the text at its offsets.
    """
    rows = pl.concat([find(versions) for find in EXTRACTORS.values()])
    kept = without_overlaps(shape(rows, frames.FOUND, "mentions"), list(EXTRACTORS))
    return _checked(kept, versions)


def _checked(found: pl.DataFrame, versions: pl.DataFrame) -> pl.DataFrame:
    """`found`, if every surface is the text at its offsets and stands on one line."""
    bodies = dict(versions.select("version_id", "body").iter_rows())
    columns = ("version_id", "start_offset", "end_offset", "surface", "extractor")
    for version_id, start, end, surface, extractor in found.select(columns).iter_rows():
        if (bodies[version_id] or "")[start:end] != surface or surface != surface.strip():
            raise SchemaMismatch(
                f"extractor {extractor}: {surface!r} is not the text at {start}:{end} of "
                f"version {version_id}"
            )
    return found
