"""Names of persons at the head of a reference, as printed, and their surnames."""

import re

from etl.transform.citations.cities import CITY
from etl.transform.citations.name_patterns import (
    CLOSED,
    CONJUNCTION,
    DIRECT,
    ET_AL,
    GIVEN_FIRST,
    GIVEN_SHORT,
    INVERTED,
    LAST_INVERTED,
    LINK_WORD,
    ORGANISATION,
    SEPARATOR,
    SLAVIC_SHORT,
    SLAVIC_SURNAME,
    WITH_INITIALS,
)
from etl.transform.citations.plain import PLAIN
from etl.transform.text import fold

Span = tuple[int, int]

LAST_INITIAL = re.compile(r"(?:^|[\s.,-])[^\W\d_][a-zа-яё]?\.$")
"""Ends in an initial whose full stop belongs to it: `A. B.`."""

TITLE_ENDS = re.compile(rf"\.\s+(?:-\s*)?{CITY}")
"""`. Osh, ` after a word: that word was the title and no surname."""

SEMICOLON = re.compile(r"[;؛]")
"""`;`, and as Persian prints it."""

COMMA = re.compile(r"[,،]")
"""`,`, and as Persian prints it."""

COMMAS = re.compile(rf"[,،]\s*(?:{CONJUNCTION}\s+)?|\s{CONJUNCTION}\s+|\s?&\s?")
"""Between the names of a stretch that holds nothing else."""


def listed(text: str, start: int) -> list[Span]:
    """Spans of the names of persons that stand in `text` from `start` on, in order.

    Names with initials make a list by themselves; full names need a semicolon before them or a
    conjunction before the last one, or a title after commas would be read as names.
    """
    spans: list[Span] = []
    position, link = start, ""
    while match := _next(text, position, link, spans):
        spans.append(match.span())
        separator = SEPARATOR.match(text, match.end())
        if separator is None:
            break
        is_last, link = LINK_WORD.search(link), separator.group()
        if is_last and ";" not in link and not LINK_WORD.search(link):
            break
        position = separator.end()
    return spans


def _next(text: str, position: int, link: str, before: list[Span]) -> re.Match[str] | None:
    """The name at `position`, given the separator and the names before it."""
    short = WITH_INITIALS.match(text, position)
    if not before or ";" in link:
        return _whole(text, short) or INVERTED.match(text, position) or DIRECT.match(text, position)
    if LINK_WORD.search(link):
        return (
            _whole(text, short)
            or LAST_INVERTED.match(text, position)
            or DIRECT.match(text, position)
        )
    if not WITH_INITIALS.fullmatch(text, *before[0]) and CLOSED.match(text, position):
        return _whole(text, short) or DIRECT.match(text, position)
    return short


def _whole(text: str, short: re.Match[str] | None) -> re.Match[str] | None:
    """`Anna B. Petrova` where `Anna B.` alone would be read as surname and initial."""
    if short is None or not GIVEN_SHORT.match(short.group()) or SLAVIC_SHORT.match(short.group()):
        return short
    full = GIVEN_FIRST.match(text, short.start())
    return short if full is None or TITLE_ENDS.match(text, full.end()) else full


def split(head: str) -> tuple[str, ...]:
    """Names in `head`, a stretch that is known to hold nothing else.

    >>> split("Brandt, Lena, Omar Said and Mei Tan")
    ('Brandt, Lena', 'Omar Said', 'Mei Tan')
    >>> split("Ministry of Water and Energy")
    ('Ministry of Water and Energy',)
    """
    head = ET_AL.sub("", head).strip(" ,،;؛&\x00")
    surnames = COMMAS.split(head)
    if len(surnames) > 1 and all(map(SLAVIC_SURNAME.fullmatch, surnames)):
        return tuple(surnames)
    spans = listed(head.translate(PLAIN), 0)
    if spans and len(head) - spans[-1][1] < 3:
        return tuple(tidy(head[start:end]) for start, end in spans)
    parts = SEMICOLON.split(head)
    if len(parts) == 1:
        parts = [head] if ORGANISATION.search(head) else _by_commas(head)
    return tuple(name for part in parts if (name := tidy(part)))


def _by_commas(head: str) -> list[str]:
    """Names between commas and conjunctions; a lone given name joins the surname before it."""
    parts = [part.strip() for part in COMMAS.split(head) if part.strip()]
    if len(parts) == 2 and COMMA.search(head) and all(" " not in part for part in parts):
        return [head]
    if len(parts) > 2 and " " not in parts[0] and " " in parts[2]:
        comma = "،" if "،" in head else ","
        return [f"{parts[0]}{comma} {parts[1]}", *parts[2:]]
    return parts


def tidy(name: str) -> str:
    """`name` without the signs of its list; a full stop stays where it belongs to an initial.

    >>> tidy(" Karimov A. B., "), tidy("World Bank.")
    ('Karimov A. B.', 'World Bank')
    """
    name = name.strip(" ,،;؛:&/\x00")
    return name if LAST_INITIAL.search(name) else name.rstrip(" .")


def surname(name: str) -> str:
    """The folded surname of a printed name: before the comma, else the word that is no initial.

    >>> surname("Petrova, Anna"), surname("A. B. Petrov"), surname("Петров А. Б.")
    ('petrova', 'petrov', 'петров')
    """
    for comma in ",،":
        if comma in name:
            return fold(name.split(comma)[0])
    words = name.replace(".", ". ").split()
    full = [word for word in words if not _is_initials(word)]
    if not full:
        return fold(name)
    # `Petrov AB` and `Petrov A. B.` begin with the surname, `Anna B. Petrov` ends with it.
    return fold(full[0] if _is_initials(words[-1]) else full[-1])


def _is_initials(word: str) -> bool:
    """Whether `word` is made of initials: `A.`, `AB`."""
    return word.endswith(".") or (len(word) <= 3 and word.isupper() and word.isalpha())
