"""Countries and their peoples: CLDR and ISO 3166 names, and what our lists add."""

from collections.abc import Iterator
from typing import Any

from etl.transform.entities.known import endings
from etl.transform.entities.known.base import Known, Name, data, spellings, words

NOT_COUNTRIES = words("AQ AX BL BQ BV CC CX GS HM IO MF NF PM SJ TF TK UM WF")
"""ISO 3166 codes of dependencies and empty islands that no article means by these names."""

USER_ASSIGNED = ("XK",)
"""Codes in general use that ISO 3166 leaves to the user: Kosovo."""

NEED_CONTEXT = frozenset(
    ("مالی", "پرو", "توگو", "کره", "بلیز", "گینه", "مالت", "Réunion", "Jersey", "Того", "Чад")
)
"""Country names that are common words: Persian `مالی` is also "financial"."""

COUNTRY_CONFIDENCE = 0.9
PEOPLE_CONFIDENCE = 0.93
"""Precision on 6,000 texts of the mixed training set; `the` before a name counts neither way."""


def names() -> Iterator[Name]:
    """Every spelling of every country."""
    extra = data("countries")
    for code in codes():
        for known, text in _spelt(code, extra.get(code, {})):
            yield Name(text, known, COUNTRY_CONFIDENCE, text in NEED_CONTEXT)


def peoples() -> Iterator[Name]:
    """Every form of every nationality, as adjective and noun."""
    for code, entry in data("demonyms").items():
        if not entry["en"]:
            continue
        known = Known("group", f"iso:{code}", entry["en"][0].rstrip("."), code)
        for text in people_forms(entry):
            yield Name(text, known, PEOPLE_CONFIDENCE)


def people_forms(entry: dict[str, Any]) -> Iterator[str]:
    """Forms of the name of a people or group, from an entry of `demonyms` or `groups`."""
    for text in entry.get("en", ()):
        yield text.rstrip(".")
        if not text.endswith("."):
            yield f"{text}s"
    for word in entry.get("ru_adjective", ()):
        yield from endings.adjective(word)
    for word in entry.get("ru_noun", ()):
        yield from endings.person(word)
    yield from entry.get("fa", ())
    yield from entry.get("tg", ())


def codes() -> list[str]:
    """ISO 3166-1 codes of what we call a country."""
    import pycountry

    known = {country.alpha_2 for country in pycountry.countries}
    return sorted((known - NOT_COUNTRIES).union(USER_ASSIGNED))


def _spelt(code: str, entry: dict[str, Any]) -> Iterator[tuple[Known, str]]:
    """The country of `code` beside each of its spellings, in every form."""
    official = list(_official(code))
    canonical = entry.get("name") or official[0][1]
    known = Known("country", f"iso:{code}", canonical, code)
    for language, text in [*official, *spellings(entry)]:
        if language == "ru":
            yield from ((known, form) for form in endings.phrase(text))
        elif language == "tg":
            yield from ((known, form) for form in endings.tajik(text))
        else:
            yield known, text


def _official(code: str) -> Iterator[tuple[str, str]]:
    """Language and name of a country in CLDR and ISO 3166."""
    import pycountry
    from babel import Locale

    for language in ("en", "ru", "fa", "tg"):
        if name := _plain(Locale(language).territories.get(code, "")):
            yield language, name
    if country := pycountry.countries.get(alpha_2=code):
        for field in ("official_name", "common_name", "name"):
            text = getattr(country, field, None)
            if text and "," not in text:
                yield "en", text.removeprefix("the ").removeprefix("The ")


def _plain(territory: str) -> str:
    """Name in a CLDR territory without its bracket; empty where no text would print it so.

    >>> _plain("Myanmar (Burma)"), _plain("Congo - Kinshasa")
    ('Myanmar', '')
    """
    name = territory.partition("(")[0].replace(" SAR China", "").strip()
    return "" if " - " in name or "о-в" in name else name
