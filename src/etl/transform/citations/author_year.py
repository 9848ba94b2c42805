"""Markers of author and year in a body, as in `(Sharipov 2008: 15)`, and the entry each means.

A marker is taken only where exactly one entry of the list fits its names and its year with its
letter: what is in round brackets may be anything.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from etl.transform.citations import introductions
from etl.transform.citations.names import surname
from etl.transform.citations.scripts import ARABIC, CAPITAL
from etl.transform.text import SAME_LETTER, fold

_NAME = rf"(?:(?:van|von|de|al|el)[ -](?:der\s)?)?[{CAPITAL}{ARABIC}][\w'’ʼ\u200c-]{{1,40}}"
_AND = r"(?:,?\s(?:and|&|und|et|и|ва|و)\s|[,،]\s)"
_MORE = r"(?:,?\s(?:et\sal\b\.?|и\sдр\.|ва\sдиг(?:арон|\.)|و\sدیگران|и\sсоавт\.|u\.\s?a\.))"
_DATE = r"(?<!\d)(?:1[3-9]|20|۱[۳-۹]|۲۰)[\d]{2}[a-zа-в]?(?!\w)"

BRACKET = re.compile(r"\((?P<round>[^()\[\]\n]{6,240})\)|\[(?P<square>[^()\[\]\n]{6,240})\]")
"""What stands in brackets: `(Sharipov 2008: 15; Shtoll 2004)`."""

NAMED = re.compile(
    rf"(?<![\w'’ʼ-])(?P<names>{_NAME}(?:{_AND}{_NAME}){{0,3}}{_MORE}?)(?:['’]s)?\s(?P<bracket>[(\[](?P<dates>{_DATE})[^()\[\]\n]{{0,60}}[)\]])"
)
"""A name before a date in brackets: `Sharipov (2008, p. 15)`."""

ITEM = re.compile(
    rf"\s*(?P<names>[^\d;]{{2,100}}?)[\s,،:]{{1,3}}(?P<dates>{_DATE}(?:(?:,\s?|\sand\s|\sи\s|\sو\s){_DATE}){{0,3}})"
    r"(?P<locator>\s?[,:،]\s?[^;]{1,40})?\s*"
)
"""One work in brackets: `Sharipov et al. 2008a, 2009: 15`."""

DATE = re.compile(_DATE)
"""A year with its letter: `2008a`."""

SEPARATOR = re.compile(r"[;؛]")
"""Between works in brackets."""

WORDS = re.compile(r"[^\W\d_][\w'’ʼ\u200c-]+")
"""Words of names, without initials."""

LINKS = frozenset(
    ("and", "und", "et", "al", "и", "др", "ва", "диг", "дигарон", "و", "دیگران", "соавт")
)
"""Words between names, or for those left out."""

LONGEST_ENDING = 3
"""Letters by which a Slavic surname in a sentence may be longer than in the list: `Шариповым`."""


class Known(NamedTuple):
    """What an entry of the list is known by."""

    position: int
    surnames: tuple[str, ...]
    """Folded surnames of its authors in order."""
    first: str
    """The first author as printed, folded: bodies are named as a whole."""
    years: frozenset[str]
    """Year, with its letter if it has one; as printed in the Persian calendar, too."""


class Marker(NamedTuple):
    """A marker in a body and the works it names: label and place of each in the list."""

    start: int
    end: int
    works: tuple[tuple[str, int], ...]


def known(position: int, authors: str | None, year: int | None, raw: str) -> Known | None:
    """What an entry is known by; None without a name or a year.

    >>> known(1, "Shaw, A.; Tan, M.", 2004, "Shaw, A., & Tan, M. (2004b). Rivers.")
    Known(position=1, surnames=('shaw', 'tan'), first='shaw a', years=frozenset({'2004b'}))
    """
    names = [name for name in (authors or "").split("; ") if name.strip()]
    if not names or year is None:
        return None
    printed = DATE.findall(raw.translate(SAME_LETTER))
    # Years of the Persian calendar are stored as Gregorian ones.
    years = [date for date in printed if date[:4] == str(year) or date.startswith(("13", "14"))]
    lettered = [date for date in years if not date.isdecimal()]
    dates = frozenset(lettered or [*years, str(year)])
    return Known(position, tuple(map(surname, names)), fold(names[0]), dates)


def markers(body: str, entries: Sequence[Known]) -> list[Marker]:
    """Markers in `body`, in order, each with the works it names that one entry fits alone."""
    if not entries:
        return []
    found = {marker.start: marker for marker in _named(body, entries)}
    taken = {marker.end for marker in found.values()}
    for marker in _bracketed(body, entries):
        if marker.end not in taken:
            found[marker.start] = marker
    return sorted(found.values())


def _named(body: str, entries: Sequence[Known]) -> Iterator[Marker]:
    """`Sharipov (2008)`."""
    for match in NAMED.finditer(body):
        dates = DATE.findall(match["bracket"])
        for start, names in _fewer(match["names"]):
            if works := _works(names, dates, entries):
                yield Marker(match.start() + start, match.end(), works)
                break


def _fewer(names: str) -> Iterator[tuple[int, str]]:
    """`names`, then without the first of them: `In Tashkent, Sharipov` ends with the one meant.

    Not beyond `and`: what stands before it is an author.
    """
    yield 0, names
    for word in re.finditer(r"\S+\s+", names):
        following = names[word.end() :].split(maxsplit=1)[0]
        if following.strip(",،.") in LINKS or following == "&":
            break
        yield word.end(), names[word.end() :]


def _bracketed(body: str, entries: Sequence[Known]) -> Iterator[Marker]:
    """`(Sharipov 2008; Shtoll 2004)`."""
    for match in BRACKET.finditer(body):
        inner = match["round"] or match["square"]
        works: list[tuple[str, int]] = []
        for piece in SEPARATOR.split(inner):
            item = ITEM.fullmatch(piece[introductions.end(piece) :])
            if item:
                dates = DATE.findall(item["dates"])
                tried = (_works(names, dates, entries) for names in _without_lead(item["names"]))
                works += next(filter(None, tried), ())
        if works:
            yield Marker(match.start(), match.end(), tuple(dict.fromkeys(works)))


def _without_lead(names: str) -> Iterator[str]:
    """`names`, then without the words in small letters before them: `as also Sharipov`."""
    yield names
    for word in re.finditer(r"\S+\s+", names):
        if not word.group()[0].islower():
            break
        yield names[word.end() :]


def _works(
    names: str, dates: Sequence[str], entries: Sequence[Known]
) -> tuple[tuple[str, int], ...]:
    """Label and place of the works of `names` in each of `dates` that one entry fits alone."""
    printed = [word for word in WORDS.findall(names) if word not in LINKS]
    found = []
    for date in dates:
        places = _fitting(names, printed, date.translate(SAME_LETTER), entries)
        if len(places) == 1 and printed:
            found.append((f"{printed[0]} {date}", places[0]))
    return tuple(found)


def _fitting(names: str, printed: Sequence[str], date: str, entries: Sequence[Known]) -> list[int]:
    """Places of the entries that fit; those with as many authors as are named, if any have."""
    dated = [entry for entry in entries if date in entry.years]
    words = [fold(word) for word in printed]
    fits = [entry for entry in dated if words and _has_names(entry, words, fold(names))]
    exact = [entry for entry in fits if len(entry.surnames) == len(words)]
    return [entry.position for entry in (exact or fits)]


def _has_names(entry: Known, words: Sequence[str], whole: str) -> bool:
    """Whether the names of a marker are those of an entry, its first author first.

    Or together the name of a body.
    """
    if whole in (entry.first, entry.surnames[0]):
        return True
    if not _is_form(words[0], entry.surnames[0]):
        return False
    return all(any(_is_form(word, name) for name in entry.surnames) for word in words)


def _is_form(word: str, name: str) -> bool:
    """Whether `word` is the surname `name`, or a case of it in a Slavic language."""
    if word == name:
        return True
    if not "а" <= name[:1] <= "я" or len(name) < 4:
        return False
    stem = name[:-1] if name[-1] in "аяйь" else name
    return word.startswith(stem) and len(word) <= len(stem) + LONGEST_ENDING
