"""The authors of an HTML page, by the best witness that names any."""

import re
from collections.abc import Iterator, Sequence

from etl.transform.pages import bylines
from etl.transform.pages.dom import Element, marks, text_of
from etl.transform.pages.meta import Meta

MARKED = re.compile(
    r"(?:\A|[\s_-])(?:(?:post|entry|article|blog)[_-]*)?(?:author(?:s|[_-]*(?:name|link))?|byline)"
    r"(?=\Z|\s)",
    re.IGNORECASE,
)
"""Class or role of an element that names the author: `author`, `post-author__name`."""

LONGEST_MARKED = 100
"""Characters; more is a biography."""


def find(facts: Meta, tree: Element, printed: Sequence[str]) -> list[str]:
    """Names of the authors: of citation tags, as printed, of JSON-LD, meta tags and marks."""
    witnesses = (
        _every(facts.every("citation_author")),
        printed,
        [name for thing in facts.objects for name in _linked(thing.get("author"))],
        _every(facts.every("author", "article:author", "dc.creator", "parsely-author")),
        next(_marked(tree), []),
    )
    return list(dict.fromkeys(next(filter(None, witnesses), [])))


def _every(values: Sequence[str]) -> list[str]:
    """Names in all `values`."""
    return [name for value in values for name in bylines.names(value)]


def _linked(author: object) -> list[str]:
    """Names of a JSON-LD author: a text, a person, or a list of them."""
    if isinstance(author, list):
        return [name for each in author for name in _linked(each)]
    if isinstance(author, dict):
        is_person = "organization" not in str(author.get("@type", "")).lower()
        return _linked(author.get("name")) if is_person else []
    return bylines.names(author) if isinstance(author, str) else []


def _marked(tree: Element) -> Iterator[list[str]]:
    """Names in each element that is marked as naming the author."""
    for node in tree.iter("a", "span", "p", "div", "li", "address", "strong", "h4", "h5", "h6"):
        if node.get("rel") == "author" or MARKED.search(marks(node)):
            text = text_of(node)
            if len(text) <= LONGEST_MARKED and (
                names := bylines.read_line(text) or bylines.names(text)
            ):
                yield names
