"""What articles name: entities, their spellings, and every mention, in schema `warehouse`."""

from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy import orm

from etl.schema.base import SCHEMA, Loaded, column, key, one_of, reference

ENTITY_KINDS = (
    "person",
    "organisation",
    "country",
    "place",
    "group",
    "event",
    "programme",
    "law",
    "date",
)
"""Kinds of entity: `group` is a nationality, religion or movement, `programme` also a treaty."""


class Entity(Loaded):
    """One row per person, organisation, country, place or other thing that articles name."""

    __tablename__ = "entities"
    is_shared: ClassVar[bool] = True
    natural = ("kind", "identity")
    prefer: ClassVar[str | None] = "length({row}.name)"
    __table_args__ = (
        sa.UniqueConstraint("kind", "identity"),
        sa.Index("ix_entities_name_key", "name_key"),
        one_of("kind", ENTITY_KINDS),
        sa.CheckConstraint("latitude between -90 and 90", name="latitude_on_earth"),
        sa.CheckConstraint("longitude between -180 and 180", name="longitude_on_earth"),
        sa.CheckConstraint("(latitude is null) = (longitude is null)", name="coordinates_whole"),
        {"schema": SCHEMA, "comment": __doc__},
    )

    entity_id: orm.Mapped[int] = key("Hash of kind and identity.", primary_key=True)
    kind: orm.Mapped[str] = column("Kind of entity.")
    identity: orm.Mapped[str] = column(
        "What makes it the one it is: `iso:TJ`, `geonames:1221874`, `wikidata:Q1065`, else "
        "`name:` and its name key."
    )
    name: orm.Mapped[str] = column("Canonical name.")
    name_key: orm.Mapped[str] = column("Canonical name folded for matching.")
    iso_3166: orm.Mapped[str | None] = column(
        "ISO 3166-1 alpha-2 code: of a country itself, of a place or group the country it is of."
    )
    geonames_id: orm.Mapped[int | None] = column("GeoNames id.", sa.BigInteger)
    wikidata_id: orm.Mapped[str | None] = column("Wikidata id, as in Q1065.")
    latitude: orm.Mapped[float | None] = column("Latitude, degrees north, WGS 84.")
    longitude: orm.Mapped[float | None] = column("Longitude, degrees east, WGS 84.")


class EntityAlias(Loaded):
    """One row per spelling under which an entity was printed."""

    __tablename__ = "entity_aliases"
    is_shared: ClassVar[bool] = True
    natural = ("entity_id", "alias")
    __table_args__ = (
        sa.UniqueConstraint("entity_id", "alias"),
        sa.Index("ix_entity_aliases_alias_key", "alias_key"),
        {"schema": SCHEMA, "comment": __doc__},
    )

    alias_id: orm.Mapped[int] = key("Hash of entity and spelling.", primary_key=True)
    entity_id: orm.Mapped[int] = key("Entity.", reference("entities.entity_id"))
    alias: orm.Mapped[str] = column("The spelling, whitespace collapsed.")
    alias_key: orm.Mapped[str] = column("The spelling folded for matching.")


class Mention(Loaded):
    """One row per place in a body where an entity is named; mentions do not overlap."""

    __tablename__ = "mentions"
    natural = ("version_id", "start_offset", "end_offset")
    owner = "version_id"
    __table_args__ = (
        sa.UniqueConstraint("version_id", "start_offset", "end_offset"),
        sa.Index("ix_mentions_entity_id", "entity_id"),
        one_of("kind", ENTITY_KINDS),
        sa.CheckConstraint("start_offset >= 0 and end_offset > start_offset", name="span_in_order"),
        sa.CheckConstraint("char_length(surface) = end_offset - start_offset", name="span_length"),
        sa.CheckConstraint(
            "sentence_start_offset <= start_offset and end_offset <= sentence_end_offset",
            name="inside_sentence",
        ),
        sa.CheckConstraint("confidence between 0 and 1", name="confidence_share"),
        {"schema": SCHEMA, "comment": __doc__},
    )

    mention_id: orm.Mapped[int] = key("Hash of version and span.", primary_key=True)
    version_id: orm.Mapped[int] = key("Version.", reference("article_versions.version_id"))
    start_offset: orm.Mapped[int] = column("Start in `body`, in code points from 0.")
    end_offset: orm.Mapped[int] = column("End in `body`, exclusive.")
    surface: orm.Mapped[str] = column("The words as printed.")
    kind: orm.Mapped[str] = column("Kind of entity.")
    entity_id: orm.Mapped[int | None] = key(
        "Entity named; null for dates and what could not be resolved.",
        reference("entities.entity_id"),
    )
    sentence_start_offset: orm.Mapped[int] = column("Start of its sentence in `body`.")
    sentence_end_offset: orm.Mapped[int] = column("End of its sentence in `body`, exclusive.")
    confidence: orm.Mapped[float] = column("How sure the extractor is, 0 to 1.")
    extractor: orm.Mapped[str] = column("Extractor that found it.")
    extractor_version: orm.Mapped[str] = column("Version of that extractor.")
