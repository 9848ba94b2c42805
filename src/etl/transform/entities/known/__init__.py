"""What our lists know: names of countries, peoples, places, cities and organisations.

`names` feeds the gazetteer, `facts` the resolver. Both are read once, on first use: that takes
about a second and 90 MB at its peak, which no command should pay that reads no text.
"""

from functools import cache

from etl.transform.entities.known import cities, countries, lists
from etl.transform.entities.known.base import Known, Name

__all__ = ["Known", "Name", "facts", "names"]


@cache
def names() -> tuple[Name, ...]:
    """Every spelling of every known entity; where two share one, the earlier is meant."""
    return (
        *countries.names(),
        *lists.names(),
        *countries.peoples(),
        *lists.groups(),
        *cities.names(),
    )


@cache
def facts() -> dict[tuple[str, str], Known]:
    """Every known entity by kind and identity."""
    return {(name.known.kind, name.known.identity): name.known for name in reversed(names())}
