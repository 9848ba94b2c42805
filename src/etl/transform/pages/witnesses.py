"""What a page says of the day it was published, each with its place: the most careful first.

In come the tree, its blocks and meta tags; out come witnesses. `published.py` weighs them.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from etl.transform.pages import dateforms, dateline, printed
from etl.transform.pages.dom import Block, Element, marks, text_of
from etl.transform.pages.meta import Json, Meta
from etl.transform.pages.printed import is_aside
from etl.transform.pages.stamp import PLACES, Stamp, Witness

TAGS = (
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dc.date.created",
    "og:published_time",
    "published_time",
    "article.published",
    "article:published",
    "og:article:published_time",
    "vr:published-time",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publish_date",
    "published_date",
    "published-date",
    "publisheddate",
    "publishdate",
    "publication_date",
    "publicationdate",
    "originalpublicationdate",
    "pubdate",
    "pdate",
    "dcterms.date",
    "date",
    "datecreated",
)
"""Meta tags that hold a date of publication, the most careful first."""

TAGS_OF_CHANGE = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified")
"""Meta tags that hold the time of the last change."""

PROPERTIES = frozenset(
    {"datepublished", "schema:datepublished", "datecreated", "schema:datecreated"}
    | {"dc:date", "dc:created", "dc:issued", "dcterms:issued", "dcterms:created", "pubdate"}
)
"""Values of `itemprop` and `property` that mark a date of publication in the page."""

CLASSES = frozenset({"published", "entry-date", "entry-time", "dt-published", "date-published"})
"""Classes that do so on `<time>` and `<abbr>`."""

WEEK = timedelta(days=7)

CHANGES = ("updat", "modif")
"""Parts of the names of elements that hold the time of a change."""

DIGITS = re.compile(r"\d")
"""A digit: what stands after the last one before a time tells what it is."""

MARKED = ("time", "abbr", "span", "div", "p", "li", "small", "em", "b", "i")
"""Elements that may be marked as a time."""


def of_page(
    tree: Element, blocks: Sequence[Block], row: int | None, meta: Meta, url: str
) -> list[Witness]:
    """All witnesses of a page, the most careful first; `row` is the one of its title, if any.

    Datelines that are doubtful or of a change come last; a month in the URL even later.
    """
    lines = list(printed.of_page(blocks, row))
    near = {} if row is None else {b.node: b.text for b in printed.furniture(blocks, row)}
    at = dateforms.read_url(url)
    found = [*lines, *_told(tree, meta, near), *([Witness("url", at)] if at else [])]
    changed = {each.stamp.day for each in lines if each.stamp.is_update}
    return sorted((each for each in found if _is_apt(each, found, changed)), key=_order)


def _is_apt(witness: Witness, found: Sequence[Witness], changed: Collection[date]) -> bool:
    """Whether a witness is worth hearing.

    `<time>` elements of the day of a change are of the change. A date that opens a text without a
    place before it may be that of an event: it is heard if another is of the same week.
    """
    day = witness.stamp.day
    if witness.place == "loose":
        return day not in changed
    days = (each.stamp.day for each in found if each.place != "opening")
    return witness.place != "opening" or any(abs(day - other) <= WEEK for other in days)


def changes(meta: Meta) -> set[date]:
    """Days on which a page says to machines that it was last changed."""
    values = [*meta.every(*TAGS_OF_CHANGE), *_linked(meta.objects, "dateModified")]
    return {stamp.day for value in values if (stamp := dateforms.read_value(value))}


def _order(witness: Witness) -> int:
    """Place of a witness among all: by where it stands, then what is doubtful, then months."""
    if witness.stamp.precision != "day":
        return len(PLACES) + (2 if witness.place == "url" else 0)
    return PLACES.index(witness.place) if witness.stamp.is_sure else len(PLACES) + 1


def _told(tree: Element, meta: Meta, near: Mapping[Element, str]) -> Iterator[Witness]:
    """Times in JSON-LD, in meta tags and in marked elements; midnight is taken for a bare day."""
    nodes = [node for node in tree.iter(*MARKED) if _is_marked(node) and not _is_change(node)]
    nodes = [node for node in nodes if not is_aside(node)]
    values = [
        *(("meta", value) for value in meta.every(*TAGS)),
        *(("linked", value) for value in _linked(meta.objects, "datePublished")),
        *(("marked", value) for value in _marked(nodes, near)),
        *(("linked", value) for value in _linked(meta.objects, "dateCreated")),
        *(("loose", value) for value in _loose(nodes)),
    ]
    for place, value in values:
        if stamp := dateforms.read_value(value):
            yield Witness(place, _bare(stamp))


def _bare(stamp: Stamp) -> Stamp:
    """`stamp` without a time of day that is midnight: machines write it where they know none."""
    return stamp if stamp.clock else replace(stamp, clock=None, zone=None)


def _linked(objects: Sequence[Json], key: str) -> list[str]:
    """What the JSON-LD objects say under `key`."""
    return [str(thing[key]) for thing in objects if thing.get(key)]


def _marked(nodes: Sequence[Element], near: Mapping[Element, str]) -> list[str]:
    """Times in the marked elements near the title, else of the whole page if they agree."""
    sure = {node for node in nodes if _is_published(node)}
    for node in nodes:
        if node in sure or node.tag == "time":
            line = next((near[above] for above in _with_above(node) if above in near), None)
            if line is not None and not _is_said_change(node, line) and (value := _value(node)):
                return [value]
    return _agreed(node for node in nodes if node in sure)


def _loose(nodes: Sequence[Element]) -> list[str]:
    """The time of the `<time>` elements if all of them name one day."""
    return _agreed(node for node in nodes if node.tag == "time")


def _agreed(nodes: Iterable[Element]) -> list[str]:
    """The value of the first of `nodes` if all of them name one day."""
    values = list(filter(None, map(_value, nodes)))
    days = {stamp.day for value in values if (stamp := dateforms.read_value(value))}
    return values[:1] if len(days) == 1 else []


def _with_above(node: Element) -> Iterator[Element]:
    """`node` and the elements it stands in, from the inside out."""
    yield node
    yield from node.iterancestors()


def _is_said_change(node: Element, line: str) -> bool:
    """Whether the words before a marked element, in its line, make it the time of a change."""
    text = text_of(node)
    before = line.partition(text)[0] if text else ""
    label = f"{DIGITS.split(before)[-1]} {DIGITS.split(text)[0]}"
    return dateline.is_change(label)


def _is_marked(node: Element) -> bool:
    """Whether an element says to machines what it is, or is for times by its name."""
    return node.tag in ("time", "abbr") or bool(node.get("itemprop") or node.get("property"))


def _is_published(node: Element) -> bool:
    """Whether an element is marked as the time of publication."""
    said = f"{node.get('itemprop') or ''} {node.get('property') or ''}".lower().split()
    if not PROPERTIES.isdisjoint(said) or node.get("pubdate") is not None:
        return True
    classes = (node.get("class") or "").lower().split()
    return node.tag in ("time", "abbr") and not CLASSES.isdisjoint(classes)


def _is_change(node: Element) -> bool:
    """Whether an element is marked as the time of a change."""
    said = f"{marks(node)} {node.get('property') or ''}".lower()
    is_change = any(part in said for part in CHANGES)
    return is_change and "publish" not in said and "created" not in said


def _value(node: Element) -> str:
    """What a marked element says to machines, else to readers."""
    for name in ("content", "datetime", "title"):
        if (value := node.get(name)) and dateforms.read_value(value):
            return value
    return text_of(node)[: dateforms.LONGEST_VALUE]
