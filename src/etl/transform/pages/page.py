"""What is read from one page, before it becomes a row of the `pages` frame."""

from typing import NamedTuple

from etl.transform.pages.stamp import Published


class Page(NamedTuple):
    """An article as its page shows it."""

    title: str
    published: Published | None
    authors: tuple[str, ...]
    """Names as printed, in byline order."""

    body: str
    """Paragraphs separated by a newline."""

    reference_text: str | None
    """One entry a line, with the number that is printed before it."""
