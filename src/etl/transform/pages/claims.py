"""What JSON-LD and meta tags say of who wrote a page, to bylines."""

import html
import re
from collections.abc import Iterator, Sequence

from etl.transform.pages import byline_names, bylines, orcid, roles
from etl.transform.pages.byline_names import ORGANISED, PERSON
from etl.transform.pages.byline_words import NOBODY
from etl.transform.pages.dom import Element
from etl.transform.pages.meta import Json, Meta
from etl.transform.pages.name_shapes import is_person
from etl.transform.pages.page import Byline
from etl.transform.text import collapse, fold

TAGS = (
    *("author", "article:author", "dc.creator", "dcterms.creator", "dc.contributor.author"),
    *("parsely-author", "sailthru.author", "byl", "cxenseparse:author", "article:author_name"),
    "og:article:author",
)
"""Meta tags that name authors, the most trusted first."""

LABELS = (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2"))
"""Pairs of meta tags, a label and what it is said of: `Written by`, `Nigora Salimova`."""

OTHER_ROLES = ("editor", "translator", "illustrator", "contributor")
"""Properties of JSON-LD that are roles of ours."""

TITLED = re.compile(
    r"(?:\d+\s)?[^\W\d_a-zа-я][\w'’.-]*(?:\s(?:[^\W\d_a-zа-я][\w'’.-]*|of|the|and|for|on|&)){1,10}"
)
"""Words with capitals, said to be an author but of no person: `Help Water Security`."""

HOST = re.compile(
    r"https?://(?:[\w-]+\.)*?([\w-]+)\.(?:(?:com?|org|net|ac|gov|edu)\.)?[a-z]{2,}(?=[:/]|\Z)"
)
"""The name of a site in its address: the `herald` of `https://www.herald.example/a`."""

LONGEST_ORGANISED = 120
"""Characters of the name of an organisation; a longer one is what it says of itself."""

DEEPEST = 4
"""Levels of lists and objects that an author may stand in."""


def cited(facts: Meta, tree: Element) -> list[Byline]:
    """The authors in citation tags, each with the ORCID iD that follows it."""
    if not facts.every("citation_author"):
        return []
    found: list[Byline] = []
    for tag in tree.iter("meta"):
        name, value = (tag.get("name") or "").lower(), collapse(tag.get("content") or "")
        if name == "citation_author":
            read = byline_names.read(byline_names.turned(value), is_told=True)
            found += [Byline(each.text, each.kind) for each in read]
        elif name == "citation_author_orcid" and found:
            found.append(found.pop()._replace(orcid=orcid.find(value)))
    return bylines.once(found)


def linked(facts: Meta) -> list[Byline]:
    """The authors of the first JSON-LD object that has any, then editors and the like."""
    for thing in facts.objects:
        written = thing.get("author") or thing.get("creator")
        found = list(_linked(facts, written, "author", DEEPEST))
        if found:
            others = [
                byline
                for role in OTHER_ROLES
                for byline in _linked(facts, thing.get(role), role, DEEPEST)
            ]
            return bylines.once([*found, *(each for each in others if each.kind == PERSON)])
    return []


def tagged(facts: Meta) -> Iterator[list[Byline]]:
    """Bylines in each kind of meta tag, the most trusted first."""
    for tag in TAGS:
        values = facts.every(tag)
        if tag.startswith("dc"):
            values = [byline_names.turned(value) for value in values]
        yield bylines.once(each for value in values for each in named(value))
    for label, data in LABELS:
        said = roles.parts(facts.first(label) or "")
        if said and not said[0].text and (value := facts.first(data)):
            yield named(value, said[0].role)


def named(value: str, role: str = "author") -> list[Byline]:
    """Bylines in a value that is said to name somebody, with a label of its own or without."""
    value = html.unescape(value)
    if labelled := bylines.read_line(value):
        return labelled
    names = byline_names.read(value, is_told=True)
    is_short = len(value) <= LONGEST_ORGANISED
    if not names and is_short and TITLED.fullmatch(value) and not NOBODY.fullmatch(value):
        return [Byline(value, ORGANISED, role)]
    return [Byline(name.text, name.kind, role) for name in names]


def publishers(facts: Meta) -> frozenset[str]:
    """Folded names of the site and its publishers, and the name in its address.

    Not those of a person whose own site it is.
    """
    names = facts.every("og:site_name", "application-name")
    people: list[str] = []
    names += [host[1] for url in facts.every("og:url") if (host := HOST.match(url))]
    for thing in facts.objects:
        for said in _each(facts, thing.get("publisher")):
            is_one = "person" in str(said.get("@type", "")).lower()
            (people if is_one else names).extend(_texts(said.get("name")))
    people += [name for name in names if is_person(name) and bylines.begins_as_person(name)]
    return _folded(names) - _folded(people)


def _folded(names: Sequence[str]) -> frozenset[str]:
    """Folded `names`, empty ones left out."""
    return frozenset(filter(None, (fold(html.unescape(name)) for name in names)))


def _linked(facts: Meta, value: object, role: str, depth: int) -> Iterator[Byline]:
    """Bylines of a JSON-LD value: a text, a person, an organisation, or a list of them."""
    if isinstance(value, str) and "://" not in value:
        yield from named(value, role)
    elif isinstance(value, list) and depth:
        for each in value:
            yield from _linked(facts, each, role, depth - 1)
    elif isinstance(value, dict):
        thing = resolved(facts, value)
        is_organised = "organization" in str(thing.get("@type", "")).lower()
        for name in _names(thing):
            found = _organised(name, role) if is_organised else named(name, role)
            yield from (each._replace(orcid=_orcid(thing, found)) for each in found)


def resolved(facts: Meta, thing: Json) -> Json:
    """`thing`, or what its `@id` names elsewhere on the page, where it is no more than that."""
    known = facts.named.get(str(thing.get("@id", "")), {})
    return thing if _names(thing) else known


def _each(facts: Meta, value: object) -> list[Json]:
    """The objects in `value`: itself, or those of a list."""
    values = value if isinstance(value, list) else [value]
    return [resolved(facts, each) for each in values if isinstance(each, dict)]


def _names(thing: Json) -> list[str]:
    """The names of a JSON-LD object."""
    parts = (thing.get("givenName"), thing.get("familyName"))
    return _texts(thing.get("name")) or (
        [" ".join(map(str, parts))] if all(isinstance(part, str) for part in parts) else []
    )


def _texts(value: object) -> list[str]:
    """The texts in `value`: itself, or those of a list."""
    values = value if isinstance(value, list) else [value]
    return [collapse(each) for each in values if isinstance(each, str) and each.strip()]


def _organised(name: str, role: str) -> list[Byline]:
    """The byline of an organisation."""
    name = html.unescape(name)
    is_name = len(name) <= LONGEST_ORGANISED and not NOBODY.fullmatch(name)
    return [Byline(name, ORGANISED, role)] if is_name else []


def _orcid(thing: Json, found: Sequence[Byline]) -> str | None:
    """The ORCID iD that an object gives for its one name."""
    if len(found) != 1:
        return None
    said = (thing.get(key) for key in ("sameAs", "identifier", "@id", "url"))
    texts = " ".join(str(value) for value in said if "orcid" in str(value).lower())
    return orcid.find(texts)
