"""Entities, the names they go by, and where articles mention them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    create_entities()
    create_entity_aliases()
    create_mentions()


def downgrade() -> None:
    op.drop_table("mentions", schema="warehouse")
    op.drop_table("entity_aliases", schema="warehouse")
    op.drop_table("entities", schema="warehouse")


def create_entities() -> None:
    op.create_table(
        "entities",
        sa.Column(
            "entity_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Hash of kind and identity.",
        ),
        sa.Column("kind", sa.Text(), nullable=False, comment="Kind of entity."),
        sa.Column(
            "identity",
            sa.Text(),
            nullable=False,
            comment="What makes it the one it is: `iso:TJ`, `geonames:1221874`, "
            "`wikidata:Q1065`, else `name:` and its name key.",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Canonical name."),
        sa.Column(
            "name_key", sa.Text(), nullable=False, comment="Canonical name folded for matching."
        ),
        sa.Column(
            "iso_3166",
            sa.Text(),
            comment="ISO 3166-1 alpha-2 code: of a country itself, of a place or group the "
            "country it is of.",
        ),
        sa.Column("geonames_id", sa.BigInteger(), comment="GeoNames id."),
        sa.Column("wikidata_id", sa.Text(), comment="Wikidata id, as in Q1065."),
        sa.Column("latitude", sa.Double(), comment="Latitude, degrees north, WGS 84."),
        sa.Column("longitude", sa.Double(), comment="Longitude, degrees east, WGS 84."),
        *lineage(),
        sa.PrimaryKeyConstraint("entity_id", name="pk_entities"),
        sa.UniqueConstraint("kind", "identity", name="uq_entities_kind_identity"),
        sa.CheckConstraint(
            "(latitude is null) = (longitude is null)", name=op.f("ck_entities_coordinates_whole")
        ),
        sa.CheckConstraint(
            "kind in ('person', 'organisation', 'country', 'place', 'group', 'event', "
            "'programme', 'law', 'date')",
            name=op.f("ck_entities_kind_known"),
        ),
        sa.CheckConstraint(
            "latitude between -90 and 90", name=op.f("ck_entities_latitude_on_earth")
        ),
        sa.CheckConstraint(
            "longitude between -180 and 180", name=op.f("ck_entities_longitude_on_earth")
        ),
        schema="warehouse",
        comment="One row per person, organisation, country, place or other thing that "
        "articles name.",
    )
    op.create_index("ix_entities_name_key", "entities", ["name_key"], schema="warehouse")


def create_entity_aliases() -> None:
    op.create_table(
        "entity_aliases",
        sa.Column(
            "alias_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Hash of entity and spelling.",
        ),
        sa.Column("entity_id", sa.BigInteger(), nullable=False, comment="Entity."),
        sa.Column(
            "alias", sa.Text(), nullable=False, comment="The spelling, whitespace collapsed."
        ),
        sa.Column(
            "alias_key", sa.Text(), nullable=False, comment="The spelling folded for matching."
        ),
        *lineage(),
        sa.PrimaryKeyConstraint("alias_id", name="pk_entity_aliases"),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["warehouse.entities.entity_id"], name="fk_entity_aliases_entity_id"
        ),
        sa.UniqueConstraint("entity_id", "alias", name="uq_entity_aliases_entity_id_alias"),
        schema="warehouse",
        comment="One row per spelling under which an entity was printed.",
    )
    op.create_index(
        "ix_entity_aliases_alias_key", "entity_aliases", ["alias_key"], schema="warehouse"
    )


def create_mentions() -> None:
    op.create_table(
        "mentions",
        sa.Column(
            "mention_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Hash of version and span.",
        ),
        sa.Column("version_id", sa.BigInteger(), nullable=False, comment="Version."),
        sa.Column(
            "start_offset",
            sa.Integer(),
            nullable=False,
            comment="Start in `body`, in code points from 0.",
        ),
        sa.Column("end_offset", sa.Integer(), nullable=False, comment="End in `body`, exclusive."),
        sa.Column("surface", sa.Text(), nullable=False, comment="The words as printed."),
        sa.Column("kind", sa.Text(), nullable=False, comment="Kind of entity."),
        sa.Column(
            "entity_id",
            sa.BigInteger(),
            comment="Entity named; null for dates and what could not be resolved.",
        ),
        sa.Column(
            "sentence_start_offset",
            sa.Integer(),
            nullable=False,
            comment="Start of its sentence in `body`.",
        ),
        sa.Column(
            "sentence_end_offset",
            sa.Integer(),
            nullable=False,
            comment="End of its sentence in `body`, exclusive.",
        ),
        sa.Column(
            "confidence", sa.Double(), nullable=False, comment="How sure the extractor is, 0 to 1."
        ),
        sa.Column("extractor", sa.Text(), nullable=False, comment="Extractor that found it."),
        sa.Column(
            "extractor_version", sa.Text(), nullable=False, comment="Version of that extractor."
        ),
        *lineage(),
        sa.PrimaryKeyConstraint("mention_id", name="pk_mentions"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["warehouse.article_versions.version_id"], name="fk_mentions_version_id"
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["warehouse.entities.entity_id"], name="fk_mentions_entity_id"
        ),
        sa.UniqueConstraint(
            "version_id",
            "start_offset",
            "end_offset",
            name="uq_mentions_version_id_start_offset_end_offset",
        ),
        sa.CheckConstraint("confidence between 0 and 1", name=op.f("ck_mentions_confidence_share")),
        sa.CheckConstraint(
            "sentence_start_offset <= start_offset and end_offset <= sentence_end_offset",
            name=op.f("ck_mentions_inside_sentence"),
        ),
        sa.CheckConstraint(
            "kind in ('person', 'organisation', 'country', 'place', 'group', 'event', "
            "'programme', 'law', 'date')",
            name=op.f("ck_mentions_kind_known"),
        ),
        sa.CheckConstraint(
            "start_offset >= 0 and end_offset > start_offset",
            name=op.f("ck_mentions_span_in_order"),
        ),
        sa.CheckConstraint(
            "char_length(surface) = end_offset - start_offset", name=op.f("ck_mentions_span_length")
        ),
        schema="warehouse",
        comment="One row per place in a body where an entity is named; mentions do not overlap.",
    )
    op.create_index("ix_mentions_entity_id", "mentions", ["entity_id"], schema="warehouse")


def lineage() -> list[sa.Column[Any]]:
    return [
        sa.Column(
            "run_id",
            sa.Uuid(),
            nullable=False,
            comment="Run that wrote the row as it stands (`ops.runs`; no foreign key, runs "
            "expire).",
        ),
        sa.Column(
            "loaded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="When the row was written as it stands; the column for incremental reads.",
        ),
    ]
