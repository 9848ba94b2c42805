"""What a page says of itself to machines: meta tags and JSON-LD."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from etl.transform.pages.dom import Element
from etl.transform.text import collapse

Json = dict[str, Any]

ARTICLE_TYPE = re.compile(r"article|posting|report|webpage|book|thesis|creativework", re.IGNORECASE)
"""Type of a JSON-LD object about a page or text: `NewsArticle`."""

DEEPEST = 6
"""Levels of nested JSON-LD that are looked at."""


MOST_OBJECTS = 100
"""Objects of JSON-LD that are kept: one page is about few; chosen so that a list of them costs
no time."""

LONGEST_VALUE = 5_000
"""Characters of a meta tag that are looked at; room for the names of some 200 authors."""


class Meta(NamedTuple):
    """Meta tags by name, in lower case, and the JSON-LD objects about the article."""

    tags: dict[str, list[str]]
    objects: list[Json]
    named: dict[str, Json]
    """JSON-LD objects with a name, by the `@id` under which others refer to them."""

    def first(self, *names: str) -> str | None:
        """The first value of the first of `names` that has one."""
        return next(iter(self.every(*names)), None)

    def every(self, *names: str) -> list[str]:
        """All values of `names`, in their order."""
        return [value for name in names for value in self.tags.get(name, ())]


def read(tree: Element) -> Meta:
    """The meta tags and JSON-LD of a page; what cannot be read is left out."""
    tags: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        value = collapse((tag.get("content") or "")[:LONGEST_VALUE])
        for key in ("property", "name", "itemprop"):
            if value and (name := tag.get(key)):
                tags.setdefault(name.strip().lower(), []).append(value)
    things = [thing for script in tree.iter("script") for thing in _objects(script)]
    objects = [thing for thing in things if ARTICLE_TYPE.search(_type(thing))]
    named = {str(thing["@id"]): thing for thing in things if "@id" in thing and "name" in thing}
    # Objects about an article tell more than those about the page it is on.
    objects.sort(key=lambda thing: "article" not in _type(thing).lower())
    return Meta(tags, objects[:MOST_OBJECTS], named)


def _objects(script: Element) -> list[Json]:
    """The objects in one `<script>` of JSON-LD."""
    if script.get("type") != "application/ld+json" or not script.text:
        return []
    try:
        value = json.loads(script.text, strict=False)
    except (ValueError, RecursionError):
        return []
    return list(_things(value, DEEPEST))


def _things(value: object, depth: int) -> Iterator[Json]:
    """All objects at the top of `value`, in its lists and graphs."""
    if isinstance(value, list) and depth:
        for item in value:
            yield from _things(item, depth - 1)
    elif isinstance(value, dict) and depth:
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(value.get(key), depth - 1)


def _type(thing: Json) -> str:
    """The type or types of a JSON-LD object, as one text."""
    return str(thing.get("@type", ""))
