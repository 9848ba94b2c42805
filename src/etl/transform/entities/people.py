"""Which mentions of persons in one body mean the same person, and what each person's key is.

`Rahmon` and `E. Rahmon` are `Emomali Rahmon` where the body names him in full; in a body that
does not, they stay apart. Across bodies persons are one only when their keys are equal.
"""

import re
from collections.abc import Sequence
from functools import cache

from etl.transform.entities.known import endings
from etl.transform.entities.known.base import data, words
from etl.transform.text import fold

PATRONYMIC = re.compile(r"(?:ovich|evich|yevich|ovna|evna|ович|евич|овна|евна)$")
"""Ends a patronymic: `Sharipovich`, `Шарипович`."""

DECLINED_SURNAME = re.compile(r"^(.+(?:ов|ев|ин|ын))(?:а|у|ым|е)$")
"""A Russian surname in another case than the nominative: `Назарова`, `Назаровым`."""

DECLINED_ALONE = re.compile(r"^(.+(?:ов|ев))(?:у|ым|е)$")
"""The same in a case that tells a man's surname from a woman's."""

DECLINED = re.compile(r"^(.{3,}?)(?:ом|ем|ой|ей|ым|а|я|у|ю|е|ы|и)$")
"""Any Russian word with an ending of declension: `Рахмона`."""

CYRILLIC = re.compile(r"[а-яё]")


def key(name: str) -> str:
    """Key of a person: folded parts without middle initials and patronymics, in the nominative.

    >>> key("George W. Bush"), key("Рустама Назарова")
    ('george bush', 'рустам назаров')
    """
    parts = fold(name).split()
    middle = [w for w in parts[1:-1] if len(w) > 1 and not PATRONYMIC.search(w)]
    kept = [parts[0], *middle, parts[-1]] if len(parts) > 1 else parts
    return " ".join(_nominative(kept))


def display(name: str) -> str:
    """A person's name as printed, but a Russian one in the nominative where that can be told."""
    parts = fold(name).split()
    plain = _nominative(parts)
    return name if plain == parts else " ".join(word.capitalize() for word in plain)


def same_persons(names: Sequence[str]) -> list[int]:
    """For each name of a body, in reading order, the index of the fullest name of that person.

    A short name means the nearest fuller one before it, else the first fuller one behind it.
    """
    keys = [key(name) for name in names]
    first = {name: place for place, name in reversed(list(enumerate(keys)))}
    fuller = _fuller(list(dict.fromkeys(keys)))
    return [first[_meant(place, keys, fuller)] for place in range(len(keys))]


def _meant(place: int, keys: list[str], fuller: dict[str, list[str]]) -> str:
    """Key of the fullest name that the name at `place` stands for; its own where none is."""
    candidates = fuller[keys[place]]
    if not candidates:
        return keys[place]
    chosen = candidates[0]
    if len(candidates) > 1:
        before = (keys[i] for i in range(place - 1, -1, -1))
        chosen = next((name for name in before if name in candidates), chosen)
    return fuller[chosen][0] if fuller[chosen] else chosen


def _fuller(names: list[str]) -> dict[str, list[str]]:
    """For each key those that say more about one person, in reading order."""
    by_surname: dict[str, list[list[str]]] = {}
    for name in names:
        by_surname.setdefault(_stem(name.split()[-1]), []).append(name.split())
    return {
        name: [
            " ".join(other)
            for other in by_surname[_stem(name.split()[-1])]
            if " ".join(other) != name and _is_short_for(name.split(), other)
        ]
        for name in names
    }


def _is_short_for(short: list[str], full: list[str]) -> bool:
    """Whether `short` is a shorter way to print `full`: surname alone, or with initials."""
    if len(full) < 2 or len(short) > len(full) or not _alike(short[-1], full[-1]):
        return False
    if len(short) == 1:
        return True
    if len(short) == len(full) and all(map(_alike, short, full)):
        return _weight(short) > _weight(full)
    return len(short[0]) == 1 and full[0].startswith(short[0]) and len(full[0]) > 1


def _weight(parts: list[str]) -> tuple[int, list[str]]:
    """Orders the forms of one name, the nominative (the shortest) first."""
    return sum(map(len, parts)), parts


def _alike(one: str, other: str) -> bool:
    """Whether two parts are forms of one; only Russian parts have several."""
    if one == other:
        return True
    return bool(CYRILLIC.search(one)) and _stem(one) == _stem(other)


def _stem(word: str) -> str:
    """A word without its ending of declension."""
    match = DECLINED.match(word)
    return match.group(1) if match else word


def _nominative(parts: list[str]) -> list[str]:
    """The parts of a Russian name in the nominative, where a listed given name tells its case.

    A surname alone is brought back from the cases that only a man's has: `Назарова` may be a
    woman's name, `Назаровым` may not.
    """
    if len(parts) == 1:
        match = DECLINED_ALONE.match(parts[0])
        return [match.group(1)] if match else parts
    listed = _given_nominatives()
    if listed.get(parts[0], parts[0]) == parts[0]:
        return parts
    given = listed[parts[0]]
    ending = parts[0][len(given) :] if parts[0].startswith(given) else ""
    middle = [listed.get(word, word) for word in parts[1:-1]]
    return [given, *middle, _surname(parts[-1], ending)]


def _surname(word: str, ending: str) -> str:
    """A surname in the nominative, behind a given name declined with `ending`."""
    if match := DECLINED_SURNAME.match(word):
        return match.group(1)
    return word.removesuffix(ending) if ending else word


@cache
def _given_nominatives() -> dict[str, str]:
    """Nominative of every form of the listed Russian given names, folded."""
    names = words(data("given_names")["russian"])
    declined = {fold(form): fold(name) for name in sorted(names) for form in endings.noun(name)}
    return declined | {fold(name): fold(name) for name in names}
