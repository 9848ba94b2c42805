"""Names of authors: out of bylines as printed, and out of values of meta tags."""

import re

from etl.transform.pages.calendars import GREGORIAN_MONTHS, WEEKDAYS
from etl.transform.text import collapse

BY = re.compile(
    r"\W*(?:(?:written|posted|submitted|published|prepared|text|story|article|interview|reporting)\s+by\b"
    r"|by\b|authors?\s*:|text\s*:|автор(?:ы|а)?\s*[:—–-]|текст\s*:|подготовил\w*\s*:?|муаллиф\w*\s*:"
    r"|(?:به )?(?:قلم|نویسنده|نویسندگان|نگارنده)\s*:?|муаллифон\s*:)\s*(?P<names>\S.*)",
    re.IGNORECASE,
)
"""A line that names its authors: `By Rustam Haydarov`, `Автор: Р. Хайдаров`, `نویسنده: …`."""

BETWEEN = re.compile(
    r"\s*(?:[;|/&•·,،؛\n]|\band\b|\bи\b|\bва\b|\bwith\b|\s[—–-]\s|\sو\s)\s*", re.IGNORECASE
)
"""What parts names from names and from what is said of them."""

NOISE = re.compile(
    r"\([^()\n]*\)|(?<!\S)[^\s@]+@\S+|https?://\S+|@\w+|\b(?:dr|prof|professor|mr|mrs|ms|sir)\.?(?=\s)"
    r"|,?\s*\b(?:ph\.?\s?d|m\.?d|jr|sr|esq)\b\.?",
    re.IGNORECASE,
)
"""Titles, degrees and addresses around a name: `Dr. `, `, PhD`, `(Dushanbe)`."""

PARTICLES = re.compile(
    r"de|da|do|dos|del|della|der|den|van|von|zu|la|le|bin|ibn|bint|al|el|ul|ud|abu|oglu|ogly|oğlu"
    r"|qizi|kizi|оглы|кызы|зода|заде|фон|де|ибн|аль|уулу"
)
"""A word of a name that is not capitalised: `ibn`."""

NO_NAME = re.compile(
    r"\A(?:the|our|an?)\b|\b(?:staff|admin(?:istrator)?|editor(?:s|ial)?|newsroom|desk|news|agency|reuters|press|team|group"
    r"|times|post|journal|magazine|institute|university|cent(?:er|re)|foundation|company|inc|llc|ltd|ministry"
    r"|department|council|committee|association|society|republic|correspondents?|reporters?|contributors?"
    r"|webmaster|guest|anonymous|unknown|author|user|wire|media|network|online|website|blog|home|contact"
    r"|about|analytics|opinion|politics|economy|central|asia|east|west|north|south|middle|international"
    r"|relations|security|редакци\w*|админ\w*|агентство|институт\w*|университет\w*|центр\w*|министерств\w*"
    r"|корреспондент\w*|комитет\w*|новости|аналитика|азия|восток|idaraa?|خبرگزاری|دانشگاه|موسسه|تحریریه"
    r"|مرکز|سردبیر|وزارت|روزنامه)\b",
    re.IGNORECASE,
)
"""Words of organisations, sections and roles: `Editorial Staff`, `Редакция`."""

INITIAL = re.compile(r"\b[A-ZА-ЯЁ]\.")
"""An initial: the `R.` of `R. Haydarov`."""

PATRONYMIC = re.compile(r"(?:ович|евич|овна|евна|[oe]vich|[oe]vna)\b", re.IGNORECASE)
"""The middle of a Russian name: `Ахмедович`."""

LONGEST_BYLINE = 120
LONGEST_BARE = 80
"""Characters of a byline, and of a line of names alone."""


def read_line(line: str) -> list[str]:
    """Names in a line that says it names authors; none for any other line.

    >>> read_line("By Rustam Haydarov and Nigora Salimova")
    ['Rustam Haydarov', 'Nigora Salimova']
    """
    if len(line) > LONGEST_BYLINE or not (match := BY.match(line)):
        return []
    return names(match["names"])


def read_bare(line: str) -> list[str]:
    """Names in a line of nothing but names, as they stand under titles.

    Headlines look like that too: ask `is_signature`, or where the line stands.
    """
    if len(line) > LONGEST_BARE or line[-1:] in "!?:;…" or any(c.isdigit() for c in line):
        return []
    found = names(line)
    left = len(BETWEEN.sub("", line)) - sum(map(len, found))
    return found if left <= 2 else []


def is_signature(line: str) -> bool:
    """Whether an initial or a patronymic shows that a line of names is no headline."""
    return bool(INITIAL.search(line) or PATRONYMIC.search(line))


def names(value: str) -> list[str]:
    """Names in `value`, in order, none twice; organisations, months and addresses are none.

    >>> names("Haydarov, Rustam"), names("Dr. R. Haydarov, PhD & The Times Staff")
    (['Rustam Haydarov'], ['R. Haydarov'])
    """
    parts = [collapse(part).strip(" .,-–—:") for part in BETWEEN.split(NOISE.sub(" ", value))]
    parts = [part for part in parts if part]
    if len(parts) == 2 and "," in value and all(_is_one_word(part) for part in parts):
        parts = [f"{parts[1]} {parts[0]}"]
    return list(dict.fromkeys(_with_stop(part, value) for part in parts if is_name(part)))


def is_name(text: str) -> bool:
    """Whether `text` could be the name of a person: two to five words, capitalised as names are."""
    words = text.split()
    if not 2 <= len(words) <= 5 or len(text) > 60 or NO_NAME.search(text):
        return False
    return not PARTICLES.fullmatch(words[0]) and all(map(_is_name_word, words))


def _is_name_word(word: str) -> bool:
    """Whether `word` could be part of a name."""
    bare = word.strip(".'’ʼ-–")
    if not bare or not all(c.isalpha() or c in ".'’ʼʻ‘-–‌" for c in bare):
        return False
    if bare.lower() in GREGORIAN_MONTHS | WEEKDAYS and bare.lower() not in {"may", "april", "june"}:
        return False
    is_particle = PARTICLES.fullmatch(bare) or bare.startswith(("al-", "el-", "d'"))
    return not bare[0].islower() or bool(is_particle)


def _is_one_word(part: str) -> bool:
    """Whether `part` is one word of a name, or such a word with initials."""
    words = [word for word in part.split() if not INITIAL.fullmatch(word)]
    return len(words) <= 1 and all(_is_name_word(word) for word in part.split())


def _with_stop(name: str, printed: str) -> str:
    """`name` with the full stop of its last initial, where that was printed: `Haydarov R.`."""
    is_initial = len(name.rsplit(" ", 1)[-1]) == 1 or INITIAL.search(name[-4:] + ".") is not None
    return f"{name}." if is_initial and f"{name}." in collapse(printed) else name
