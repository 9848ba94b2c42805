"""Groups, organisations, places, programmes and events from the hand-written lists."""

from collections.abc import Iterator
from typing import Any

from etl.transform.entities.known import endings, geonames
from etl.transform.entities.known.base import Known, Name, data, listed, spellings
from etl.transform.entities.known.countries import people_forms

LISTED_CONFIDENCE = 0.82
GROUP_CONFIDENCE = 0.73
STATE_CONFIDENCE = 0.86
"""Precision on 6,000 texts of the mixed training set."""


def names() -> Iterator[Name]:
    """Every spelling in `places`, `organisations` and `programmes`, and the states of the USA."""
    for entry in data("places"):
        yield from _forms(listed(entry.get("kind", "place"), entry), entry)
    for entry in data("organisations"):
        yield from _forms(listed("organisation", entry), entry)
    for entry in data("programmes"):
        yield from _forms(listed(entry["kind"], entry), entry)
    yield from _states()


def groups() -> Iterator[Name]:
    """Every form of the peoples without a country code, religions and currents of `groups`."""
    for entry in data("groups"):
        known = listed("group", entry)
        for text in people_forms(entry):
            yield Name(text, known, GROUP_CONFIDENCE)


def _forms(known: Known, entry: dict[str, Any]) -> Iterator[Name]:
    """The names of an entry in every form."""
    context = frozenset(entry.get("context", ()))
    for language, text in spellings(entry):
        forms = {text}
        if language == "ru":
            forms = endings.phrase(text)
        elif language == "tg":
            forms = endings.tajik(text)
        for form in sorted(forms):
            yield Name(form, known, LISTED_CONFIDENCE, text in context)


def _states() -> Iterator[Name]:
    """States of the USA, but those whose name is more often something else."""
    left_out = frozenset(data("states"))
    for state in geonames.states():
        if state["name"] not in left_out:
            number = int(state["geonameid"])
            known = Known("place", f"geonames:{number}", state["name"], "US", number)
            yield Name(state["name"], known, STATE_CONFIDENCE)
