"""Tables of schema `warehouse`: articles, entities and citations, normalized.

Each row of a table is one *grain*, stated in the first line of its class. Offsets count code
points from 0 and are half-open: `substr(text, start_offset + 1, end_offset - start_offset)`
is the span. Positions in lists count from 1. The classes stand in `articles`, `entities` and
`citations`; to add a column, add it there.
"""

from etl.schema.articles import Article, ArticleAuthor, ArticleVersion, Author, Source
from etl.schema.base import Loaded
from etl.schema.citations import (
    Citation,
    CitationContext,
    CitationField,
    CitationName,
    Work,
)
from etl.schema.entities import Entity, EntityAlias, Mention
from etl.schema.signatures import Signature

LOADED: tuple[type[Loaded], ...] = (
    Source,
    Article,
    ArticleVersion,
    Author,
    ArticleAuthor,
    Entity,
    EntityAlias,
    Mention,
    Work,
    Citation,
    CitationName,
    CitationField,
    CitationContext,
    Signature,
)
"""Tables the pipeline fills, parents first."""
