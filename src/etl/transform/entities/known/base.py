"""What a list entry is, and how the hand-written lists in `data/` are read."""

from collections.abc import Iterator
from importlib import resources
from typing import Any, NamedTuple

from etl.transform.text import fold


class Known(NamedTuple):
    """An entity that our lists know, with the facts the `entities` table keeps."""

    kind: str
    identity: str
    name: str
    iso_3166: str | None = None
    geonames_id: int | None = None
    wikidata_id: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class Name(NamedTuple):
    """One spelling of a known entity."""

    text: str
    known: Known
    confidence: float
    needs_context: bool = False
    """Also a common word, given name or surname: taken only where the words around it agree."""


def data(name: str) -> Any:
    """Content of `data/<name>.yaml`."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    path = resources.files("etl.transform.entities") / "data" / f"{name}.yaml"
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)


def words(text: str) -> frozenset[str]:
    """The words of a list written as one block of text."""
    return frozenset(text.split())


def listed(kind: str, entry: dict[str, Any]) -> Known:
    """The entity of a list entry: by GeoNames or Wikidata id where given, else by name."""
    geonames, wikidata = entry.get("geonames"), entry.get("wikidata")
    identity = f"name:{fold(entry['name'])}"
    if wikidata:
        identity = f"wikidata:{wikidata}"
    if geonames:
        identity = f"geonames:{geonames}"
    latitude, longitude = entry.get("at", (None, None))
    return Known(
        kind, identity, entry["name"], entry.get("iso"), geonames, wikidata, latitude, longitude
    )


def spellings(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Language and text of every name an entry gives, its canonical name first."""
    if "name" in entry:
        yield "en", entry["name"]
    for label, language in (("also", "en"), ("en", "en"), ("ru", "ru"), ("fa", "fa"), ("tg", "tg")):
        for text in entry.get(label, ()):
            yield language, text
