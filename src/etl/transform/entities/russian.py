"""Russian organisations by what they are: Министерство …, Академия наук, … университет.

Lower-case words behind a head belong to the name as long as they end like the case it asks
for and not like a verb; a country right behind belongs to it, too.
"""

import re
from functools import cache

from etl.transform.entities import gazetteer
from etl.transform.entities.known import endings
from etl.transform.entities.known.base import data, words
from etl.transform.entities.scan import level

VERB = r"(?![а-я]+(?:ла|ло|ли|л|ся|сь|ть|ет|ит|ют|ут|ят|ат|на|но|ны)\b)"
"""No past, present or passive verb: `заявила`, `проводит`, `создана`."""

OBLIQUE = rf"{VERB}[а-я-]{{3,}}(?:ю|у|ам|ям|ой|ей|ами|ями|ом|ем|ых|их|ов|ев|ий|ии|ия|и|ы|а|я|ств)"
"""A word in the genitive, dative or instrumental: `контролю`, `наркотиками`, `наук`."""

FULL_ADJECTIVE = r"[а-я-]{2,}(?:ый|ий|ого|ом|ому|ым|им|ая|ой|ую|ое)"
"""An adjective: `Таджикский`, `национальной`."""

CYRILLIC = re.compile(r"[а-яё]{3}")
"""Three Cyrillic letters: the text is worth reading for Russian."""


def organisations(body: str) -> list[tuple[int, int]]:
    """Spans of Russian organisations in a body."""
    if not CYRILLIC.search(body):
        return []
    spans = [match.span() for match in pattern().finditer(level(body))]
    return [(start, _with_country(body, end)) for start, end in spans]


@cache
def pattern() -> re.Pattern[str]:
    """The four forms of an organisation's name, longest reading first.

    `Министерство обороны`; `Агентство по контролю за наркотиками`; `Таджикский национальный
    университет`; `Академия наук`, `Центр стратегических исследований`.
    """
    listed = data("heads")
    nouns = {level(f) for head in words(listed["organisation"]["ru"]) for f in endings.noun(head)}
    head = "(?:" + "|".join(sorted(nouns, key=len, reverse=True)) + ")"
    small = "(?:" + "|".join(sorted({n.lower() for n in nouns}, key=len, reverse=True)) + ")"
    fields = "|".join(level(field) for field in listed["ministries"]["ru"])
    genitive = rf"(?: (?:{OBLIQUE}|наук|дел|прав|лиц))"
    return re.compile(
        rf"\b(?:Министерств(?:о|а|у|ом|е) (?:{fields})"
        rf"|{head} по {OBLIQUE}(?: (?:за|и|с) {OBLIQUE}|{genitive}){{0,3}}"
        rf"|[А-Я]{FULL_ADJECTIVE}(?: {FULL_ADJECTIVE})* {small}\b(?: наук)?"
        rf"|{head}(?: {FULL_ADJECTIVE.replace('ый|', 'ых|их|')})?{genitive}(?: и {OBLIQUE})?)\b"
    )


def _with_country(body: str, end: int) -> int:
    """End of a name with the country right behind it."""
    known = gazetteer.name_at(body, end + 1) if body[end : end + 1] == " " else None
    return known[1] if known is not None and known[0].kind == "country" else end
