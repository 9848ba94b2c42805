"""What is wrong in a source file, one line per problem: place, value, next move."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from etl.sources.feeds import MODELS
from etl.sources.reading import Rule, clashes
from etl.sources.yaml_lines import Document, Mark

LONGEST_VALUE = 60
"""Longer values are cut in messages; longer than any key or kind we know."""

PLAIN = {
    "string_type": "must be text",
    "tuple_type": "must be a list, one `- ` per item",
    "model_type": "must be a mapping of keys",
    "model_attributes_type": "must be a mapping of keys",
    "string_too_short": "must not be empty",
}
"""What pydantic's type errors mean to someone who writes YAML."""

MISSING = {"valid_until": "; write the last day on which it is sure to be right: 2027-06-30"}
"""What to write for a key that is missing, where its name does not say it."""


class Problem(NamedTuple):
    """One thing that is wrong, and where."""

    mark: Mark
    text: str

    def __str__(self) -> str:
        return f"line {self.mark.line}, column {self.mark.column}: {self.text}"


def problems(error: ValidationError, document: Document, model: type[BaseModel]) -> list[Problem]:
    """One problem per error of pydantic's, placed in the file."""
    return [_problem(details, document, model) for details in error.errors()]


def repeated(document: Document) -> Iterator[Problem]:
    """One problem per key written twice in one mapping."""
    for key, mark in document.repeated():
        yield Problem(mark, f"`{key}` stands here a second time; keep one")


def clashing(rules: Sequence[Rule], document: Document) -> Iterator[Problem]:
    """One problem per rule that is for the part and the days of an earlier one."""
    for one, other in clashes(rules):
        earlier, later = (f"reading[{rule.row}].{rule.part}" for rule in (one, other))
        last = min(one.valid_until, other.valid_until)
        move = "join the two selectors by a comma, or write a `valid_from`"
        text = f"`{later}` and `{earlier}` both hold on {last}; {move}"
        yield Problem(document.mark(("reading", other.row, other.part)), text)


def one_of(value: object, allowed: Iterable[str]) -> str:
    """`did you mean …? use one of …`, for a value that is not among `allowed`.

    >>> one_of("rs", ["files", "rss"])
    "did you mean 'rss'? use one of files, rss"
    """
    known = list(allowed)
    close = closest(value, known)
    hint = f"did you mean {close!r}? " if close else ""
    return f"{hint}use one of {', '.join(known) or '(there are none)'}"


def closest(value: object, allowed: Iterable[str]) -> str | None:
    """The one of `allowed` that `value` was most likely meant to be, if any is near."""
    return next(iter(difflib.get_close_matches(str(value).lower(), allowed, n=1)), None)


def shown(value: object) -> str:
    """`value` as it is put into a message: quoted, in one line, not too long."""
    text = repr(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def _problem(details: ErrorDetails, document: Document, model: type[BaseModel]) -> Problem:
    """One error of pydantic's as a problem."""
    path = _written(details["loc"])
    name = _name(path)
    match details["type"]:
        case "missing":
            return Problem(
                document.mark(path), f"`{name}` is missing{MISSING.get(name.split('.')[-1], '')}"
            )
        case "extra_forbidden":
            keys = one_of(path[-1], _keys(details["loc"], model))
            return Problem(document.mark(path), f"`{name}` is not known; {keys}")
        case "union_tag_invalid":
            return _odd_kind(details, document, (*path, "kind"))
        case "union_tag_not_found":
            kinds = f"use one of {', '.join(MODELS)}"
            return Problem(document.mark(path), f"`{name}.kind` is missing; {kinds}")
    text = f"`{name}` is {shown(details['input'])}: {_plain(details)}"
    return Problem(document.mark(path), text)


def _odd_kind(details: ErrorDetails, document: Document, path: tuple[int | str, ...]) -> Problem:
    """The problem of a feed whose kind does not exist."""
    kind = details["input"].get("kind") if isinstance(details["input"], dict) else None
    text = f"`{_name(path)}` is {shown(kind)}: {one_of(kind, MODELS)}"
    return Problem(document.mark(path), text)


def _written(loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """A path as the file has it: pydantic puts the kind of a feed after its number."""
    return loc[:2] + loc[3:] if loc[0] == "feeds" and loc[2:3] and loc[2] in MODELS else loc


def _name(path: tuple[int | str, ...]) -> str:
    """A path as people write it.

    >>> _name(("feeds", 0, "at"))
    'feeds[0].at'
    """
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def _keys(loc: tuple[int | str, ...], model: type[BaseModel]) -> list[str]:
    """Keys that may stand where an unknown one was found."""
    inner = model
    for part in loc[:-1]:
        if isinstance(part, str):
            inner = MODELS.get(part) or _model(inner.model_fields[part].annotation) or inner
    return [key for key in inner.model_fields if inner is not model or key != "name"]


def _model(annotation: Any) -> type[BaseModel] | None:
    """The first model in the annotation of a field."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model, get_args(annotation))), None)


def _plain(details: ErrorDetails) -> str:
    """The message of an error, in words that fit YAML."""
    context: dict[str, Any] = details.get("ctx", {})
    if details["type"] == "value_error":
        return str(context["error"])
    if details["loc"][0] == "reading" and details["input"] is None:
        return "must be text; in quotes if it begins with #"
    return PLAIN.get(details["type"], details["msg"])
