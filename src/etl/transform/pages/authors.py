"""The bylines of an HTML page, by the best witness that names any."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from etl.transform.pages import byline_names, bylines, claims, marked
from etl.transform.pages.byline_names import ORGANISED, PERSON
from etl.transform.pages.byline_words import AGENCY, JOB
from etl.transform.pages.dom import Element
from etl.transform.pages.head import Head
from etl.transform.pages.meta import Meta
from etl.transform.pages.page import Byline
from etl.transform.text import fold

ABOUT = re.compile(
    r"(?:about the (?:author|writer)s?|(?:об|сведения об|коротко об) автор(?:е|ах)"
    r"|дар бораи муаллиф\w*"
    r"|درباره (?:نویسنده|نویسندگان))\W*",
    re.IGNORECASE,
)
"""A heading above what is said of the author: `About the author`."""

IS = re.compile(
    r"(?P<name>[^,.(–—]{5,60}?)\s*(?:\([^)]*\)\s*)?(?:,|\bis\b|\bhas\b|\bworks\b|[–—-]\s|\.\s|\Z)"
)
"""The name a note on the author begins with: that of `Nigora Salimova is a fellow`."""

Witness = list[Byline]
"""The bylines that one place of a page names."""


def find(facts: Meta, tree: Element, top: Head | None) -> list[Byline]:
    """Persons and organisations that made the article, in byline order, none twice.

    Authors are those of the best witness that names persons in full: citation tags, lines around
    the title, JSON-LD, meta tags, marked elements, names beside the date, a note on the author.
    Where none does, a single name counts, then an organisation.
    """
    publishers = claims.publishers(facts)
    linked = _without_house(claims.linked(facts), top, publishers)
    witnesses: list[Witness] = []
    for said in _witnesses(facts, tree, top, linked, publishers):
        witnesses.append([_of_kind(byline, publishers) for byline in said])
        if any(map(_is_full, witnesses[-1])):
            break
    printed = top.authors if top else []
    others = [each for each in (*printed, *linked) if each.role != "author"]
    authors = _as_linked(_best(witnesses, printed, publishers), linked)
    return marked.with_orcids(tree, bylines.once([*authors, *others]))


def _witnesses(
    facts: Meta, tree: Element, top: Head | None, linked: Witness, publishers: frozenset[str]
) -> Iterator[Witness]:
    """What each witness says, the best one first."""
    yield claims.cited(facts, tree)
    yield top.authors if top else []
    yield linked
    yield from (_without_house(tagged, top, publishers) for tagged in claims.tagged(facts))
    marks = marked.Marks(tree, " ".join(top.around) if top else "")
    yield marks.near()
    yield top.hints if top else []
    yield marks.far()
    yield _noted(top.lines) if top else []


def _as_linked(authors: Witness, linked: Witness) -> Witness:
    """`authors` without what was printed behind a name, where JSON-LD has the name alone."""
    known = {fold(each.name): each for each in linked if _is_full(each)}
    return [
        next((name for key, name in known.items() if fold(each.name).startswith(f"{key} ")), each)
        for each in authors
    ]


def _without_house(claimed: Witness, top: Head | None, publishers: frozenset[str]) -> Witness:
    """`claimed` without the site itself, unless a line by the title is nothing but its name.

    Programs that must name an author write the house where nobody is named: of 13 such pages
    among 300 labelled ones (wcxb) 7 have no author, 3 a person, and 3 the house.
    """
    if not any(fold(byline.name) in publishers for byline in claimed):
        return claimed
    shown = {fold(line) for line in top.around} if top else set()
    keys = publishers - shown
    return [byline for byline in claimed if fold(byline.name) not in keys]


def _of_kind(byline: Byline, publishers: frozenset[str]) -> Byline:
    """`byline`, as an organisation where the site bears its name."""
    return byline._replace(kind=ORGANISED) if fold(byline.name) in publishers else byline


def _best(witnesses: Sequence[Witness], printed: Witness, publishers: frozenset[str]) -> Witness:
    """The authors of the first witness that names persons in full, else at all, else any."""
    authors = [[each for each in witness if each.role == "author"] for witness in witnesses]
    for is_good in (_is_full, _is_person, bool):
        for witness in authors:
            if any(is_good(byline) for byline in witness):
                agencies = (each for each in printed if each.kind == ORGANISED)
                signed = [*witness, *(each for each in agencies if each.role == "author")]
                return [each for each in signed if not _is_house(each, witness, publishers)]
    return []


def _is_full(byline: Byline) -> bool:
    """Whether `byline` is a person with more than one name."""
    return _is_person(byline) and " " in byline.name and byline.role == "author"


def _is_person(byline: Byline) -> bool:
    """Whether `byline` is a person."""
    return byline.kind == PERSON


def _is_house(byline: Byline, witness: Witness, publishers: frozenset[str]) -> bool:
    """Whether `byline` is the site itself, its staff or a rubric, named beside a person."""
    if byline.kind == PERSON or not any(map(_is_person, witness)):
        return False
    is_staff = bylines.HOUSE.search(byline.name) or JOB.search(byline.name)
    is_word = " " not in byline.name and not AGENCY.fullmatch(byline.name)
    is_own = fold(byline.name) in publishers
    return bool(is_staff or is_word or is_own)


def _noted(lines: Sequence[str]) -> Witness:
    """The author that a note under a heading of its own is about."""
    for heading, line in pairwise(lines):
        if ABOUT.fullmatch(heading) and (match := IS.match(line)):
            return [Byline(name.text) for name in byline_names.read(match["name"])]
    return []
