"""Acronyms: defined in the text, either way round, spelt out elsewhere in it, or just printed.

`Agency for Water Quality (AWQ)` gives both names of one organisation, and every later `AWQ` is
it. `name` holds what an acronym stands for; the resolver makes the entity of it. What a text
defines goes before what our lists know: there, too, ADB may be another bank.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator
from functools import cache
from typing import NamedTuple

import polars as pl

from etl.transform.entities import gazetteer
from etl.transform.entities.known.base import data, words
from etl.transform.entities.scan import UPPER, Hit, found, level
from etl.transform.text import collapse, fold

VERSION = "1"

DEFINED, SPELT_OUT, ALONE = 0.79, 0.8, 0.42
"""Precision on 6,000 texts of the mixed training set; of SPELT_OUT by hand, it saw four."""

IN_BRACKETS = re.compile(r"[(\[]\s?([^()\[\]\n]{2,80}?)\s?[)\]]")
"""A bracket with what it holds: `(AWQ)`, `(Agency for Water Quality)`."""

ACRONYM = re.compile(rf"\b[{UPPER}][{UPPER}a-zа-я&/-]{{0,8}}[{UPPER}]\b")
"""An acronym: `AWQ`, `PfP`, `ОДКБ`, `R&D`."""

CAPITALS = re.compile(rf"\b[{UPPER}]{{2,7}}\b")
"""A word of capitals."""

SHOUTED = re.compile(rf"\b[{UPPER}]{{2,}}(?: [{UPPER}]{{2,}}){{2,}}\b")
"""Three words in capitals and more: a headline, whose words are no acronyms."""

NUMERAL = re.compile(r"[IVXLCDM]+|[А-ЯA-Z]{1,2}\d*")
"""A Roman numeral, or too short to tell."""

GOES_ON = re.compile(rf"[ /-][{UPPER}\d]|\d")
"""What follows makes the capitals part of something else: `USC Trojans`, `UTF-8`."""

SMALL = words("of for the and on in to de du la des et a an по за и в во о об на с от")
"""Words that give an acronym no letter."""

WORD_BEFORE = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
"""A word of the name before a bracket: `Agency`, `Co-operation`."""

MANY = 40
"""Acronyms of one body that are looked for spelt out; each costs a pass over the body."""

QUOTES = "\"'“”„«»‘’"

PROGRAMME = re.compile(
    r"\b(?:Program|Programme|Initiative|Plan|Project|Agreement|Treaty|Accord|Pact|Convention"
    r"|Protocol|Partnership|Strategy|Process|Goals|Программа|Договор|Соглашение|Инициатива)\b"
)
"""A word that makes a name one of a programme or treaty."""

LAW = re.compile(r"\b(?:Law|Act|Code|Constitution|Закон|Кодекс|Конституция)\b")
PLACE = re.compile(r"\b(?:Region|Oblast|Province|Republic|Area|Zone|Valley|Republics)\b")
EVENT = re.compile(r"\b(?:War|Conference on|Summit|Festival|Games|Championship|Cup)\b")


class Definition(NamedTuple):
    """An acronym with what it stands for, and where that is printed."""

    short: str
    long: str
    long_start: int
    long_end: int


def find(versions: pl.DataFrame) -> pl.DataFrame:
    """One row per acronym and per name that defines one."""
    return found(versions, hits, "acronyms", VERSION)


def hits(body: str) -> Iterator[Hit]:
    """Acronyms in a body and the names they stand for."""
    meant: dict[str, tuple[str, str]] = {}
    for short, long, start, end in definitions(body):
        name = _canonical(short, long)
        kind = kind_of(name)
        yield Hit(start, end, kind, DEFINED, None, name)
        meant.setdefault(short, (kind, name))
    for match in ACRONYM.finditer(body):
        if match.group() in meant:
            kind, long = meant[match.group()]
            yield Hit(match.start(), match.end(), kind, DEFINED, None, long)
    yield from _undefined(body, meant.keys())


def definitions(body: str) -> Iterator[Definition]:
    """Acronyms a body defines: `Long Name (LN)` and `LN (Long Name)`."""
    for match in IN_BRACKETS.finditer(body):
        inner = match.group(1)
        if ACRONYM.fullmatch(inner) and inner not in not_organisations():
            if span := _spelt_before(body, match.start(), inner):
                yield Definition(inner, collapse(body[slice(*span)]), *span)
            continue
        short = ACRONYM.search(body, max(0, match.start() - 12), match.start())
        if (
            short
            and not body[short.end() : match.start()].strip()
            and _spells(inner, short.group())
        ):
            yield Definition(short.group(), collapse(inner), match.start(1), match.end(1))


def _canonical(short: str, long: str) -> str:
    """The name we know an acronym by, where the text spells it out in nearly those words."""
    known = gazetteer.lookup(short)
    if known is None or gazetteer.lookup(long) is not None:
        return long
    ours, theirs = set(fold(known.name).split()), set(fold(long).split())
    return known.name if 2 * len(ours & theirs) > len(ours | theirs) else long


def kind_of(long: str) -> str:
    """Kind of what an acronym stands for: as we know it, else by its words."""
    if known := gazetteer.lookup(long):
        return known.kind
    for pattern, kind in ((PROGRAMME, "programme"), (LAW, "law"), (EVENT, "event")):
        if pattern.search(long):
            return kind
    return "place" if PLACE.search(long) else "organisation"


@cache
def not_organisations() -> frozenset[str]:
    """Acronyms that name no organisation: `GDP`, `HIV`, `OK`."""
    return words(data("words")["acronyms_of_no_organisation"])


def _spelt_before(body: str, bracket: int, short: str) -> tuple[int, int] | None:
    """Span of the words before a bracket whose initials make `short`."""
    line = body.rfind("\n", 0, bracket) + 1
    start = max(line, bracket - 12 * len(short) - 30)
    found_words = [m.span() for m in WORD_BEFORE.finditer(body, start, bracket)]
    if not found_words or body[found_words[-1][1] : bracket].strip(" " + QUOTES):
        return None
    for first in range(len(found_words) - 1, -1, -1):
        begin, end = found_words[first][0], found_words[-1][1]
        if body[begin].isupper() and _spells(body[begin:end], short):
            return begin, end
    return None


def _spells(long: str, short: str) -> bool:
    """Whether the initials of `long` make `short`, small words counting or not.

    >>> _spells("Agency for Water Quality", "AWQ"), _spells("Funds for Fairs", "FfF")
    (True, True)
    """
    parts = re.findall(r"[^\W_]+", level(long))
    letters = [c for c in level(short).lower() if c.isalnum()]
    if len(parts) < 2 or not long[0].isupper():
        return False
    return _follows(parts, letters)


def _follows(parts: list[str], letters: list[str]) -> bool:
    """Whether `letters` are the initials of `parts` in order; only small words are skipped."""
    reached = {0}
    for word in parts:
        small = word.lower() in SMALL
        may_count = small or word[0].isupper() or not word.isascii()
        taken = {
            n + 1
            for n in reached
            if may_count and n < len(letters) and word[0].lower() == letters[n]
        }
        reached = taken | reached if small else taken
    return len(letters) in reached


def _undefined(body: str, defined: Container[str]) -> Iterator[Hit]:
    """Acronyms no bracket explains: of a known name printed in full elsewhere, or alone."""
    spelt: dict[str, str | None] = {}
    quiet = SHOUTED.sub(lambda match: "." * len(match[0]), body)
    for match in CAPITALS.finditer(quiet):
        short = match.group()
        if short in not_organisations() or gazetteer.lookup(short) or short in defined:
            continue
        if short not in spelt:
            spelt[short] = _spelt_anywhere(body, short) if len(spelt) < MANY else None
        if long := spelt[short]:
            yield Hit(match.start(), match.end(), kind_of(long), SPELT_OUT, None, long)
        elif _is_alone(body, match):
            yield Hit(match.start(), match.end(), "organisation", ALONE)


def _is_alone(body: str, match: re.Match[str]) -> bool:
    """Whether capitals nobody explains look like an organisation all the same."""
    short, end = match.group(), match.end()
    return 2 < len(short) < 6 and not (NUMERAL.fullmatch(short) or GOES_ON.match(body, end))


def _spelt_anywhere(body: str, short: str) -> str | None:
    """The known name in a body with the initials `short`: the only one, or by far the commonest."""
    link = r"(?: (?:of|for|the|and|on|по|и))*"
    pattern = r"\b" + rf"{link} ".join(rf"{letter}[^\W\d_]+" for letter in short)
    names = Counter(m.group() for m in re.finditer(pattern + r"\b", body))
    known = [(count, name) for name, count in names.items() if gazetteer.lookup(name)]
    known.sort(reverse=True)
    is_clear = len(known) == 1 or (len(known) > 1 and known[0][0] > 2 * known[1][0])
    return known[0][1] if is_clear else None
