"""What is read from one page, before it becomes a row of the `pages` frame."""

from typing import NamedTuple

from etl.transform.pages.stamp import Published


class Byline(NamedTuple):
    """One name of a byline, and what the page says of it."""

    name: str
    """As printed."""

    kind: str = "person"
    """`person` or `organisation`."""

    role: str = "author"
    """One of `etl.schema.articles.AUTHOR_ROLES`."""

    orcid: str | None = None


class Teaser(NamedTuple):
    """What a page shows of another article."""

    text: str
    """As printed, cut off where it is."""

    url: str | None = None
    """Where it leads, as the page says it."""


class Page(NamedTuple):
    """An article as its page shows it."""

    title: str
    published: Published | None
    authors: tuple[Byline, ...]
    """Persons and organisations, in byline order."""

    body: str
    """Paragraphs separated by a newline."""

    reference_text: str | None
    """One entry a line, with the number that is printed before it."""

    body_method: str = "html"
    """One of `etl.schema.articles.BODY_METHODS`."""

    teasers: tuple[Teaser, ...] = ()

    idle_rules: tuple[str, ...] = ()
    """Rules of the source that gave nothing on this page, as they name themselves."""
