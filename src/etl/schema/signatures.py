"""What the publish compares texts by, in schema `warehouse`."""

import sqlalchemy as sa
from sqlalchemy import orm

from etl.schema.base import SCHEMA, Loaded, column, key, reference


class Signature(Loaded):
    """One row per version whose body is long enough to be compared with others."""

    __tablename__ = "signatures"
    natural = ("version_id",)
    owner = "version_id"
    __table_args__ = (
        sa.CheckConstraint("shingle_count > 0", name="shingle_count_positive"),
        sa.CheckConstraint("cardinality(bands) = 32", name="bands_whole"),
        sa.CheckConstraint("cardinality(sketch) = 32", name="sketch_whole"),
        # Without `fastupdate` new rows would lie in a list that every look-up reads whole.
        sa.Index(
            "ix_signatures_bands",
            "bands",
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        ),
        {"schema": SCHEMA, "comment": __doc__},
    )

    version_id: orm.Mapped[int] = key(
        "Version.", reference("article_versions.version_id"), primary_key=True
    )
    shingle_count: orm.Mapped[int] = column("Different shingles, rows of three words, of the body.")
    bands: orm.Mapped[list[int]] = column(
        "Hashes of the 32 bands of its MinHash; texts that have one in common may be alike.",
        sa.ARRAY(sa.BigInteger),
    )
    sketch: orm.Mapped[list[int]] = column(
        "2,048 bits, one of each MinHash, in 32 numbers of 64; two texts differ in a share of "
        "(1 - similarity) / 2 of them.",
        sa.ARRAY(sa.BigInteger),
    )
