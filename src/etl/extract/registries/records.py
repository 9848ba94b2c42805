"""Answers of Crossref and OpenAlex to records; whatever does not fit their formats is left out.

Formats: "message" of Crossref's REST API, "results" of OpenAlex's /works.
"""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

MOST_CHARACTERS = 2_000
"""Of one text of a record; the longest title of a work is shorter."""

MOST_AUTHORS = 200
"""Of one record; collaborations have thousands."""

RESOLVERS = ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/")

YEARS = range(1000, 2200)
"""What may be a year of publication."""

Name = dict[str, str]


class Unreadable(ValueError):
    """The answer is not in the format of its provider."""


class Record(NamedTuple):
    """What a provider knows of one work; None where it does not say."""

    record_id: str
    doi: str | None
    titles: tuple[str, ...]
    """The title, and those in other languages."""
    container_title: str | None
    year: int | None
    kind: str | None
    authors: tuple[Name, ...]
    """`family` and `given`, or `literal`."""


def openalex(content: bytes) -> list[Record]:
    """Records of a list of works of OpenAlex.

    Raises:
        Unreadable: It is none.
    """
    return list(_openalex(_listed(_loaded(content), "results")))


def crossref(content: bytes) -> list[Record]:
    """Records of Crossref: of one DOI, or of a question in words.

    Raises:
        Unreadable: It is neither.
    """
    message = _loaded(content).get("message")
    if not isinstance(message, dict):
        raise Unreadable("no message in it")
    return list(_crossref(_listed(message, "items") if "items" in message else [message]))


def _loaded(content: bytes) -> dict[str, Any]:
    """The JSON object that an answer is."""
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Unreadable("no JSON") from error
    if not isinstance(answer, dict):
        raise Unreadable("no JSON object")
    return answer


def _listed(answer: dict[str, Any], name: str) -> list[Any]:
    """A list that an answer must have."""
    items = answer.get(name)
    if not isinstance(items, list):
        raise Unreadable(f"no {name} in it")
    return items


def _openalex(items: list[Any]) -> Iterator[Record]:
    """Items of OpenAlex that are records."""
    for item in _objects(items):
        if number := _text(item.get("id")):
            place = _object(_object(item.get("primary_location")).get("source"))
            names = (_object(a.get("author")) for a in _objects(item.get("authorships")))
            yield Record(
                number,
                _doi(item.get("doi")),
                _texts([item.get("display_name")]),
                _text(place.get("display_name")),
                _year(item.get("publication_year")),
                _text(item.get("type")),
                _named({"literal": name.get("display_name")} for name in names),
            )


def _crossref(items: list[Any]) -> Iterator[Record]:
    """Items of Crossref that are records."""
    for item in _objects(items):
        if doi := _doi(item.get("DOI")):
            places = _texts(_list(item.get("container-title")))
            names = _objects(item.get("author"))
            yield Record(
                doi,
                doi,
                _texts([*_list(item.get("title")), *_list(item.get("original-title"))]),
                places[0] if places else None,
                _issued(item.get("issued")),
                _text(item.get("type")),
                _named(
                    {"family": n.get("family"), "given": n.get("given"), "literal": n.get("name")}
                    for n in names
                ),
            )


def _issued(value: Any) -> int | None:
    """Year of `{"date-parts": [[2019, 5]]}`."""
    parts = _list(_object(value).get("date-parts"))
    first = _list(parts[0]) if parts else []
    return _year(first[0]) if first else None


def _named(names: Iterator[dict[str, Any]]) -> tuple[Name, ...]:
    """Names without what they lack, and only those that say something."""
    told = ({key: text for key, value in n.items() if (text := _text(value))} for n in names)
    return tuple(name for name in told if name)[:MOST_AUTHORS]


def _doi(value: Any) -> str | None:
    """A DOI in lower case, without a resolver."""
    text = (_text(value) or "").lower()
    for resolver in RESOLVERS:
        text = text.removeprefix(resolver)
    return text if text.startswith("10.") else None


def _year(value: Any) -> int | None:
    """A year that can be one."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and value in YEARS else None


def _texts(values: list[Any]) -> tuple[str, ...]:
    """Those of the values that are texts."""
    return tuple(text for value in values if (text := _text(value)))


def _text(value: Any) -> str | None:
    """A text that Postgres can hold, on one line; None if there is none."""
    if not isinstance(value, str):
        return None
    whole = value.encode(errors="ignore").decode().replace("\x00", " ")
    return " ".join(whole[:MOST_CHARACTERS].split()) or None


def _object(value: Any) -> dict[str, Any]:
    """An object; an empty one if it is none."""
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    """A list; an empty one if it is none."""
    return value if isinstance(value, list) else []


def _objects(value: Any) -> list[dict[str, Any]]:
    """Those of a list that are objects."""
    return [item for item in _list(value) if isinstance(item, dict)]
