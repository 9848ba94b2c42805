"""Persons: titled (`President Rahmon`), by given name, by initials, by the ending of a surname.

A run of capitalised words is cut at words that no name holds: sentence openers, titles,
countries, heads of organisations. What is left between the cuts is a person if a rule says
so. The surname of a person found in a body is a person wherever else it stands there alone.
"""

import re
from collections.abc import Iterator
from functools import cache

import polars as pl

from etl.transform.entities import gazetteer, organisations, persian, places
from etl.transform.entities.capitals import PARTICLES, Piece, given_names, not_names, runs
from etl.transform.entities.headed import TITLES
from etl.transform.entities.known.base import data, words
from etl.transform.entities.scan import UPPER, Hit, found, level

VERSION = "1"

TITLED = 0.87
GIVEN = 0.87
INITIALS = 0.87
ENDING = 0.82
AGAIN = 0.87
SPEAKS = 0.74
OF_TITLE = 0.6
PERSIAN = 0.6
"""Precision on 6,000 texts of the mixed training set, of the first three together; the last two
by hand."""

LONGEST = 5
"""A name has at most five words; longer runs are headlines."""

SURNAME_ENDING = re.compile(
    r"[a-z](?:ov|ev|yov|ova|eva|yeva|iev|skiy|skii|skaya|enko|shvili|adze|idze|zoda|zade|zadeh"
    r"|zada|ogly|oglu|nejad|pour|bekov|ovich|evich|ovna|evna)$"
    r"|[а-я](?:ов|ев|ова|ева|ского|ский|ская|енко|швили|дзе|зода|заде|ович|евич|овна|евна)"
    r"(?:а|у|ым|е|ой)?$"
)
"""How surnames and patronymics of the region end: `Nazarov`, `Amonzoda`, `Шарипович`."""

SPEAKS_AFTER = re.compile(
    r",? (?:said|told|says|noted|stressed|added|argued|declared|stated|warned|claimed|insisted"
    r"|explained|who|died|was born)\b"
)
"""What only a person does: ` said`, `, who`."""

NUMERAL = re.compile(r"[IVX]{1,5}")
"""Number of a monarch or pope: the `II` of `John Paul II`."""

NOT_IN_LOWER = words(
    "count general major chief father justice officer agent saint khan shah lord lady captain "
    "representative leader miss"
)
"""Titles that are plain words when printed small: `major Powers`."""

OF_TITLE_BEFORE = re.compile(
    rf"\b(?:President|Minister|Secretary[ -]General|Director|Chairman|Head|Rector|Ambassador"
    rf"|Commander|Speaker|Representative|Leader|Governor|Mayor|Chief|King|Emir|Foreign Minister)"
    rf"(?: (?:of|for|to))(?: (?:the|of|for|and|on|in|[{UPPER}][\w.'’-]*)){{1,8}} $",
    re.IGNORECASE,
)
"""A title with what it is of: `Director of the Water Agency `."""


def find(versions: pl.DataFrame) -> pl.DataFrame:
    """One row per person named in the bodies."""
    return found(versions, hits, "persons", VERSION)


def hits(body: str) -> Iterator[Hit]:
    """Persons in a body: by rule, then surnames alone of those found."""
    alone: list[list[Piece]] = []
    surnames: set[str] = set()
    for segment in segments(body):
        confidence, first = _judge(body, segment)
        if not confidence:
            alone.append(segment)
            continue
        name = segment[first:]
        yield Hit(name[0].start, name[-1].end, "person", confidence)
        if not gazetteer.lookup(name[-1].text):
            surnames.add(level(name[-1].text))
    for segment in alone:
        if len(segment) <= 2 and level(segment[-1].text) in surnames:
            yield Hit(segment[0].start, segment[-1].end, "person", AGAIN)
    for start, end in persian.persons(body):
        yield Hit(start, end, "person", PERSIAN)


def segments(body: str) -> Iterator[list[Piece]]:
    """Pieces of the runs of a body between words that no person's name holds."""
    for run in runs(body, PARTICLES):
        segment: list[Piece] = []
        for place, piece in enumerate(run):
            if _parts(run, place):
                if segment:
                    yield segment
                segment = []
            else:
                segment.append(piece)
        if segment:
            yield segment


def _parts(run: list[Piece], place: int) -> bool:
    """Whether the piece at `place` belongs to no person's name."""
    piece = run[place]
    if piece.is_initial:
        return place + 1 == len(run)
    word = level(piece.text)
    if NUMERAL.fullmatch(word) and place and not _is_barrier(level(run[place - 1].text)):
        return False
    if place and piece.link == " " and _is_namesake(run[place - 1], word):
        return False
    has_next = place + 1 < len(run)
    if has_next and word in given_names() and not _is_barrier(level(run[place + 1].text)):
        return False
    return _is_barrier(word)


def _is_namesake(before: Piece, word: str) -> bool:
    """Whether a country's name is a surname here: the `Jordan` of `Michael Jordan`."""
    given = level(before.text)
    if given not in given_names() or _is_barrier(given):
        return False
    known = gazetteer.lookup(word)
    return known is not None and known.kind == "country"


@cache
def title_words() -> frozenset[str]:
    """English titles of one word, capitalised."""
    return frozenset(title for title in data("titles")["en"] if " " not in title) | TITLES


def _is_barrier(word: str) -> bool:
    """Whether a folded word ends a name: an opener, a title, a head, a known name."""
    if word in not_names() or word in title_words() or word in _heads():
        return True
    if len(word) > 1 and word.isupper():
        return True
    node = gazetteer.tree().get(word)
    return node is not None and node.name is not None and node.name.known.kind != "place"


@cache
def _heads() -> frozenset[str]:
    """Heads of organisations and places."""
    return organisations.heads().all | places.heads().all


def _judge(body: str, segment: list[Piece]) -> tuple[float, int]:
    """How sure a segment is a person, 0 for not at all, and the piece its name begins with."""
    if len(segment) > LONGEST or segment[-1].is_initial:
        return 0, 0
    start = segment[0].start
    if titled().search(body, max(0, start - 40), start) and not _is_known_place(body, segment):
        return TITLED, 0
    if len(segment) > 1:
        if segment[0].is_initial:
            return INITIALS, 0
        place = next((i for i, p in enumerate(segment[:-1]) if level(p.text) in given_names()), -1)
        if place >= 0:
            return GIVEN, place
        if SURNAME_ENDING.search(level(segment[-1].text)):
            return ENDING, 0
    is_speaking = len(segment) < 4 and segment[0].link != " "
    if is_speaking and SPEAKS_AFTER.match(body, segment[-1].end):
        return (0, 0) if _is_known_place(body, segment) else (SPEAKS, 0)
    if not _is_known_place(body, segment) and OF_TITLE_BEFORE.search(
        body[max(0, start - 90) : start].rpartition("\n")[2]
    ):
        return (OF_TITLE, 0) if segment[0].link == " " else (0, 0)
    return 0, 0


def _is_known_place(body: str, segment: list[Piece]) -> bool:
    """Whether the words are the name of something we know: `President of Washington`."""
    known = gazetteer.name_at(body, segment[0].start)
    return known is not None and known[1] >= segment[-1].end


@cache
def titled() -> re.Pattern[str]:
    """Any title at the end of a text, in English or Russian: `… the President `."""
    listed = data("titles")
    english = set(listed["en"])
    english |= {t.lower() for t in english if t.lower() not in NOT_IN_LOWER}
    russian = {t[:-1] if t[-1] in "аоьй" else t for t in listed["ru"]}
    either = "|".join(re.escape(t) for t in sorted(english, key=len, reverse=True))
    cyrillic = "|".join(re.escape(t) for t in sorted(russian, key=len, reverse=True))
    return re.compile(rf"(?:\b(?:{either})|\b(?:{cyrillic})[а-я]{{0,3}})\.?[  ]\Z")
