"""Every table, declared once; everything else derives from here.

From these classes come the Postgres tables (Alembic), the Polars dtypes that transforms must
produce (`frame_schema`), the staging twins (`staging_table`), the merge SQL and the data
dictionary. Schemas: `warehouse` (what was read), `ops` (how it ran), `dq` (how good it is).
"""

from etl.schema import dq, frames, ops
from etl.schema.articles import Article, ArticleAuthor, ArticleVersion, Author, Source
from etl.schema.base import (
    LINEAGE,
    Loaded,
    Table,
    conform,
    frame_schema,
    merge_rule,
    shape,
    staged_columns,
    staging_table,
)
from etl.schema.citations import (
    Citation,
    CitationContext,
    CitationField,
    CitationName,
    Work,
)
from etl.schema.enrichment import Enrichment
from etl.schema.entities import Entity, EntityAlias, Mention
from etl.schema.fetching import Feed, FeedDocument, Sighting, Teaser, Url
from etl.schema.keys import key, keys, with_key
from etl.schema.signatures import Signature
from etl.schema.warehouse import LOADED

SCHEMAS = ("warehouse", "ops", "dq", "reporting")
"""Postgres schemas the project owns, besides one staging schema per batch."""

__all__ = [
    "LINEAGE",
    "LOADED",
    "SCHEMAS",
    "Article",
    "ArticleAuthor",
    "ArticleVersion",
    "Author",
    "Citation",
    "CitationContext",
    "CitationField",
    "CitationName",
    "Enrichment",
    "Entity",
    "EntityAlias",
    "Feed",
    "FeedDocument",
    "Loaded",
    "Mention",
    "Sighting",
    "Signature",
    "Source",
    "Table",
    "Teaser",
    "Url",
    "Work",
    "conform",
    "dq",
    "frame_schema",
    "frames",
    "key",
    "keys",
    "merge_rule",
    "ops",
    "shape",
    "staged_columns",
    "staging_table",
    "with_key",
]
