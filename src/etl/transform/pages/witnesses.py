"""What a page says of the day it was published, each with its place: the most careful first.

In come the tree, its blocks and meta tags; out come witnesses. `published.py` weighs them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from etl.transform.pages import dateforms, dateline
from etl.transform.pages.dom import Block, Element, marks, text_of
from etl.transform.pages.meta import Json, Meta
from etl.transform.pages.shapes import LONG_LINE
from etl.transform.pages.stamp import Stamp

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

CHANGES = ("updat", "modif")
"""Parts of the names of elements that hold the time of a change."""

YEAR = re.compile(r"\d{4}")
"""Four digits, as every printed year has: `2011`."""

DIGITS = re.compile(r"\d")
"""A digit: what stands after the last one before a time tells what it is."""

MARKED = ("time", "abbr", "span", "div", "p", "li", "small", "em", "b", "i")
"""Elements that may be marked as a time."""

PLACES = ("near", "marked", "meta", "linked", "above", "url", "labelled", "far", "lead", "loose")
"""Places of witnesses, the most careful first. Where two of them named different days of the 565
dated pages of two development sets, the right one was, first against second: near against meta and
linked 13 to 7, marked 10 to 4; above 2 to 2 and far 3 to 3, which say less on a page of lists.
"""

NEAR = 12
"""Lines below a title in which its dateline stands."""

NEAR_ABOVE = 4
"""Lines above it."""

FAR = 30
"""Lines below a title in which a dateline is looked for behind a summary or a box."""

FAR_LONG = 3
"""Long lines among them at most: further down it would be the date of something told."""


class Witness(NamedTuple):
    """One date of a page, and where it stands."""

    place: str
    """`near`, `above`, `far`, `labelled` and `lead` are printed; `linked`, `meta`, `marked` and
    `loose` are said to machines; `url` is in the address."""

    stamp: Stamp

    @property
    def method(self) -> str:
        """One of `etl.schema.articles.DATE_METHODS`."""
        if self.place == "url":
            return "url"
        return "metadata" if self.place in ("linked", "meta", "marked", "loose") else "dateline"


def of_page(
    tree: Element, blocks: Sequence[Block], row: int | None, meta: Meta, url: str
) -> list[Witness]:
    """All witnesses of a page, the most careful first; `row` is the one of its title, if any.

    Datelines that are doubtful or of a change come last; a month in the URL even later.
    """
    printed = list(_printed([block.text for block in blocks], row))
    lines = {} if row is None else {b.node: b.text for b in blocks[row : row + 1 + NEAR]}
    at = dateforms.read_url(url)
    changed = {each.stamp.day for each in printed if each.stamp.is_update}
    told = [
        each
        for each in _told(tree, meta, lines)
        if each.place != "loose" or each.stamp.day not in changed
    ]
    return sorted([*printed, *told, *([Witness("url", at)] if at else [])], key=_order)


def changes(meta: Meta) -> set[date]:
    """Days on which a page says to machines that it was last changed."""
    values = [*meta.every(*TAGS_OF_CHANGE), *_linked(meta.objects, "dateModified")]
    return {stamp.day for value in values if (stamp := dateforms.read_value(value))}


def _order(witness: Witness) -> int:
    """Place of a witness among all: by where it stands, then what is doubtful, then months."""
    if witness.stamp.precision != "day":
        return len(PLACES) + (2 if witness.place == "url" else 0)
    return PLACES.index(witness.place) if _is_sure(witness.stamp) else len(PLACES) + 1


def _is_sure(stamp: Stamp) -> bool:
    """Whether a dateline is no change's, and its weekday, if it has one, is right."""
    return not (stamp.is_update or stamp.is_doubtful)


def _printed(lines: Sequence[str], row: int | None) -> Iterator[Witness]:
    """The datelines around the title in `row`, and those that say what they are anywhere."""
    if row is not None:
        yield from _below(lines, row)
        for line in reversed(lines[max(0, row - NEAR_ABOVE) : row]):
            if stamp := dateline.read_line(line):
                yield Witness("above", stamp)
    yield from alike(
        "labelled",
        [
            stamp
            for line in lines
            if len(line) <= dateline.LONGEST_DATELINE
            and YEAR.search(line)
            and dateline.is_published(line)
            and (stamp := dateline.read_line(line))
        ],
    )


def _below(lines: Sequence[str], row: int) -> Iterator[Witness]:
    """The datelines below the title: near it, behind longer lines, and those that lead a text."""
    far: list[Stamp] = []
    long_lines = 0
    for number in range(row + 1, min(row + 1 + FAR, len(lines))):
        line = lines[number]
        long_lines += len(line) >= LONG_LINE
        if long_lines > FAR_LONG:
            break
        if stamp := dateline.read_line(line):
            stamp = replace(
                stamp, is_update=stamp.is_update or dateline.is_change(lines[number - 1])
            )
            if long_lines or number > row + NEAR:
                far.append(stamp)
            else:
                yield Witness("near", stamp)
        elif len(line) >= LONG_LINE and (stamp := dateline.read_lead(line)):
            yield Witness("lead", stamp)
    yield from alike("far", far)


def alike(place: str, stamps: Iterable[Stamp]) -> Iterator[Witness]:
    """The first of `stamps` if all name one day; of several nobody knows whose they are."""
    sure = [stamp for stamp in stamps if _is_sure(stamp)]
    if len({stamp.day for stamp in sure}) == 1:
        yield Witness(place, sure[0])


def _told(tree: Element, meta: Meta, near: Mapping[Element, str]) -> Iterator[Witness]:
    """Times in JSON-LD, in meta tags and in marked elements; midnight is taken for a bare day."""
    nodes = [node for node in tree.iter(*MARKED) if _is_marked(node) and not _is_change(node)]
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
