"""What the name of a person, of an organisation or of an account looks like."""

import re

from etl.transform.calendars import GREGORIAN_MONTHS, WEEKDAYS
from etl.transform.pages.byline_words import (
    AGENCY,
    JOB,
    NOBODY,
    ORGANISATION,
    PARTICLES,
    SECTION,
)

DATE_WORDS = (GREGORIAN_MONTHS.keys() | WEEKDAYS.keys()) - {
    *("may", "april", "june", "jan", "mar", "sun", "мая", "марта"),
}
"""Months and weekdays, without those that are names of persons as often: `May`, `Марта`."""

INITIAL = re.compile(r"\b[A-ZА-ЯЁҒӢҚӮҲҶ]\.")
"""An initial: the `R.` of `R. Haydarov`."""

DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", re.IGNORECASE)
"""An address that is used as a name: `Herald.example`."""

ACRONYM = re.compile(r"[A-ZА-ЯЁ]{2,6}")
"""A word of nothing but capitals: `CDC`."""

HANDLE = re.compile(r"[^\W\d_][^\W\d_'’ʼ.-]{2,24}")
"""A single name or the name of an account, without digits: `Nigora`, `nsalimova`."""

COUNTER = re.compile(r"[?!:]\Z|\b(?:read|comments?|views?|shares?)\Z", re.IGNORECASE)
"""Ends of counters and sentences: `6 comments`."""

PATRONYMIC = re.compile(r"(?:ович|евич|овна|евна|[oe]vich|[oe]vna)\b", re.IGNORECASE)
"""The middle of a Russian name: `Ахмедович`."""

LETTERS = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’ʼʻ‘`–\u200c\u0300-\u036f\u064b-\u0652-])*")
"""A word of a name: `al-Karim`, `O’Brien`."""

PREFIXED = re.compile(r"al-|el-|ul-|d'|d’|аль-")
"""A small prefix of a name: `al-Karim`."""

MOST_WORDS = 5
"""Words of a person's name; `Juan Manuel de la Cruz` has five."""

LONGEST = 60
"""Characters of a person's name; longer ones are sentences."""

MOST_ORGANISED_WORDS = 9
"""Words of the name of an organisation: institutes of academies come near."""


def is_person(text: str, *, is_told: bool = False) -> bool:
    """Whether `text` could be the name of a person: two to five words, capitalised as names are.

    Args:
        text: Without signs around it.
        is_told: Whether it is said to be a name, so that all of it may be in small letters.
    """
    words = text.split()
    if not 2 <= len(words) <= MOST_WORDS or len(text) > LONGEST or is_other(text):
        return False
    is_small = is_told and text.islower()
    if words[0] == "A" or _is_acronym_of_others(words):
        return False
    if PARTICLES.fullmatch(words[0]) and not is_small:
        return False
    return all(_is_name_word(word, is_small=is_small) for word in words)


def is_organisation(text: str) -> bool:
    """Whether `text` is the name of an organisation, by a word of it or by its shape."""
    words = text.split()
    if not words or len(words) > MOST_ORGANISED_WORDS or NOBODY.fullmatch(text):
        return False
    if AGENCY.fullmatch(text) or DOMAIN.fullmatch(text):
        return True
    if any(word.isdigit() for word in words) or COUNTER.search(text):
        return False
    first = words[1] if words[0].lower() == "the" and len(words) > 1 else words[0]
    is_capitalised = not first[0].islower() or len(words) == 1
    return bool(ORGANISATION.search(text)) and is_capitalised


def is_account(text: str) -> bool:
    """Whether `text` is a single name, or the name of an account."""
    is_word = HANDLE.fullmatch(text) and text.lower() not in DATE_WORDS
    return bool(is_word) and not is_other(text)


def is_signature(line: str) -> bool:
    """Whether an initial or a patronymic shows that a line of names is no headline."""
    return bool(INITIAL.search(line) or PATRONYMIC.search(line))


def is_other(text: str) -> bool:
    """Whether `text` holds words of organisations, jobs, rubrics or of nobody."""
    return bool(
        NOBODY.fullmatch(text)
        or AGENCY.fullmatch(text)
        or ORGANISATION.search(text)
        or JOB.search(text)
        or SECTION.search(text)
    )


def is_turned(last: str, first: str) -> bool:
    """Whether two parts are a surname, one word, and a first name or initials behind it."""
    words = [word for word in first.split() if not INITIAL.fullmatch(word)]
    return (
        len(last.split()) == 1
        and len(words) <= 1
        and not (is_other(last) or is_other(first) or ACRONYM.fullmatch(first))
        and all(_is_name_word(word, is_small=False) for word in (last, *first.split()))
    )


def full_words(text: str) -> int:
    """Words of `text` that are neither initials nor particles."""
    words = text.split()
    return sum(len(word.strip(".")) > 1 and not PARTICLES.fullmatch(word) for word in words)


def _is_acronym_of_others(words: list[str]) -> bool:
    """Whether a word of three capitals or more begins `words`, and the others are not all so."""
    is_acronym = len(words[0]) > 2 and ACRONYM.fullmatch(words[0])
    return bool(is_acronym) and not all(word.isupper() for word in words)


def _is_name_word(word: str, *, is_small: bool) -> bool:
    """Whether `word` could be part of a name; `is_small`: all of the name is in small letters."""
    bare = word.strip(".'’ʼ-–")
    if not LETTERS.fullmatch(bare) or bare.lower() in DATE_WORDS:
        return False
    is_particle = PARTICLES.fullmatch(bare) or PREFIXED.match(bare)
    return is_small or not bare[0].islower() or bool(is_particle)
