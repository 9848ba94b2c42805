"""Persian organisations and persons, which no capital letter marks.

Only closed lists can tell a name from a sentence here: fields of ministries, given names,
titles. Texts are folded letter by letter first, so Arabic and Persian spellings are one.
"""

import re
from functools import cache

from etl.transform.entities import gazetteer
from etl.transform.entities.known.base import data, words
from etl.transform.entities.scan import level

ARABIC = re.compile(r"[\u0600-\u06ff]{3}")
"""Three letters of the Arabic script: the text is worth reading for Persian."""

FUNCTION_WORDS = words(
    "در از به با که و را بر تا برای است بود شد کرد گفت این آن او وی هم نیز یا اما پس هر همه رئیس "
    "وزیر رییس پیش روز سال ماه خود دیروز امروز فردا می نمی های ها گفته درباره میان بین علیه"
)
"""Words that end a name."""


def organisations(body: str) -> list[tuple[int, int]]:
    """Spans of ministries and universities in a body, with the country right behind."""
    if not ARABIC.search(body):
        return []
    spans = [match.span() for match in institution().finditer(level(body))]
    return [(start, _with_country(body, end)) for start, end in spans]


def persons(body: str) -> list[tuple[int, int]]:
    """Spans of persons in a body: given name and a word behind it, or a title before it."""
    if not ARABIC.search(body):
        return []
    spans = []
    for match in person().finditer(level(body)):
        last, end = match.group("last"), match.end("name")
        if last in FUNCTION_WORDS:
            last, end = None, match.start("last") - 1
        if last or match.start() < match.start("name"):
            spans.append((match.start("name"), end))
    return spans


@cache
def institution() -> re.Pattern[str]:
    """Ministries by field, `وزارت امور خارجه`; universities by the next word, `دانشگاه تهران`."""
    fields = _either(data("heads")["ministries"]["fa"])
    return re.compile(
        rf"\bوزارت {fields}\b"
        r"|\b(?:دانشگاه|پژوهشگاه|فرهنگستان) (?:(?:ملی|دولتی|علوم|آزاد|صنعتی) )*[^\W\d_]{3,}\b"
    )


@cache
def person() -> re.Pattern[str]:
    """A title or none, one or two given names, and the word behind them."""
    titles = _either(data("titles")["fa"])
    given = _either(words(data("given_names")["persian_script"]))
    return re.compile(
        rf"(?:\b{titles} )?(?P<name>\b{given}(?: {given})?\b(?: (?P<last>[^\W\d_]{{2,}}))?)"
    )


def _either(names: list[str] | frozenset[str]) -> str:
    """A pattern that matches any of `names`, the longest first."""
    return "(?:" + "|".join(sorted(map(level, names), key=len, reverse=True)) + ")"


def _with_country(body: str, end: int) -> int:
    """End of a name with the country right behind it."""
    known = gazetteer.name_at(body, end + 1) if end < len(body) else None
    return known[1] if known is not None and known[0].kind == "country" else end
