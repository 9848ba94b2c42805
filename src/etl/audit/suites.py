"""Suites of expectations, one YAML file per table, read and checked without Great Expectations.

Entries have the keys of Great Expectations (`type`, `kwargs`, `severity`, `meta`) and a `name`
of their own, under which results and violations are recorded.
"""

from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator
from pydantic_core import ErrorDetails

from etl.audit.batch import ROWS_QUERY
from etl.errors import Misconfigured
from etl.schema import LOADED, Loaded, staged_columns
from etl.settings import shipped

OWN_NAMES = ("schema_check_", "parent_set_aside", "last_child_set_aside")
"""Beginnings of the names that the audit itself gives to what it finds."""

WRITTEN_AS_QUERY = ("expect_compound_columns_to_be_unique",)
"""Types whose failing rows Great Expectations 1.24 cannot name: its query for them is broken."""

COLUMN_KEYS = ("column", "column_A", "column_B", "column_list", "column_set")
"""Arguments that name columns of the table."""


class Meta(BaseModel):
    """What people should know about an expectation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    notes: str = Field(min_length=10)
    """Why this is expected."""


class Expectation(BaseModel):
    """One thing that is expected of a staged table."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    type: str = Field(pattern=rf"^(expect_[a-z_]+|{ROWS_QUERY})$")
    kwargs: dict[str, Any]
    severity: Literal["critical", "warning", "info"]
    meta: Meta

    @field_validator("name")
    @classmethod
    def _is_free(cls, name: str) -> str:
        """Leave the audit's own names to it."""
        if name.startswith(OWN_NAMES):
            raise ValueError(f"names that begin with {', '.join(OWN_NAMES)} are the audit's own")
        return name

    @field_validator("type")
    @classmethod
    def _names_its_rows(cls, kind: str) -> str:
        """Refuse types whose failing rows cannot be named."""
        if kind in WRITTEN_AS_QUERY:
            raise ValueError(f"its failing rows cannot be named; use {ROWS_QUERY}")
        return kind

    @field_validator("kwargs")
    @classmethod
    def _names_all_rows(cls, kwargs: dict[str, Any]) -> dict[str, Any]:
        """Refuse what the query for failing rows would leave out."""
        if "row_condition" in kwargs:
            raise ValueError(f"row_condition gets lost on the way to the rows; use {ROWS_QUERY}")
        query = kwargs.get("unexpected_rows_query", "{batch}")
        if "{batch}" not in query:
            raise ValueError("the query must read {batch}, the staged table")
        return kwargs

    @property
    def column(self) -> str | None:
        """The column it is about; null if it is about whole rows or several columns."""
        column: str | None = self.kwargs.get("column")
        return column

    @property
    def columns(self) -> list[str]:
        """All columns its arguments name."""
        named = [self.kwargs[key] for key in COLUMN_KEYS if key in self.kwargs]
        return [name for item in named for name in ([item] if isinstance(item, str) else item)]


class Suite(NamedTuple):
    """What is expected of one table."""

    name: str
    expectations: tuple[Expectation, ...]


_ENTRIES = TypeAdapter(tuple[Expectation, ...])


@cache
def suite(table_name: str) -> Suite:
    """The suite that ships for a table.

    Raises:
        Misconfigured: The file is missing, or something in it does not fit.
    """
    return read(shipped("expectations") / f"{table_name}.yaml")


def read(path: Path) -> Suite:
    """The suite in a YAML file named like its table.

    Raises:
        Misconfigured: As above, with file, line, key and what is allowed there.
    """
    table = _table(path)
    try:
        text = path.read_text(encoding="utf-8")
        node, data = yaml.compose(text, yaml.SafeLoader), yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Misconfigured(f"suite {path}: {' '.join(str(error).split())}") from error
    try:
        entries = _ENTRIES.validate_python(data or ())
    except ValidationError as error:
        raise Misconfigured("; ".join(_problem(path, node, e) for e in error.errors())) from error
    for number, entry in enumerate(entries):
        _fits(path, _line(node, (number,)), entry, entries[:number], table)
    return Suite(path.stem, entries)


def _table(path: Path) -> type[Loaded]:
    """The table a suite file is named for."""
    tables = {table.__tablename__: table for table in LOADED}
    if path.stem not in tables:
        raise Misconfigured(f"suite {path}: no table {path.stem!r}; use one of {', '.join(tables)}")
    return tables[path.stem]


def _fits(
    path: Path,
    line: int,
    entry: Expectation,
    earlier: tuple[Expectation, ...],
    table: type[Loaded],
) -> None:
    """Refuse a name used before and columns the staged table does not have."""
    where = f"suite {path}, line {line}, {entry.name}"
    if entry.name in {other.name for other in earlier}:
        raise Misconfigured(f"{where}: another expectation has this name; choose a new one")
    staged = [column.name for column in staged_columns(table)]
    if unknown := [name for name in entry.columns if name not in staged]:
        raise Misconfigured(f"{where}: no column {unknown[0]!r}; use one of {', '.join(staged)}")


def _problem(path: Path, node: yaml.Node | None, error: ErrorDetails) -> str:
    """One finding of pydantic in one line: file, line, key, value and what is allowed."""
    where = f"suite {path}, line {_line(node, error['loc'])}"
    key = ".".join(str(part) for part in error["loc"] if isinstance(part, str))
    match error["type"]:
        case "extra_forbidden":
            allowed = Meta.model_fields if key.startswith("meta") else Expectation.model_fields
            return f"{where}: unknown key {key!r}; use one of {', '.join(allowed)}"
        case "missing":
            return f"{where}: key {key!r} is missing"
        case "tuple_type":
            return f"{where}: not a list; write one `- name: …` entry per expectation"
    allowed_values = error.get("ctx", {}).get("expected")
    hint = f"use one of {allowed_values}" if allowed_values else error["msg"]
    return f"{where}: {key or 'entry'} {error['input']!r}: {hint}"


def _line(node: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    """Line of the file, from 1, that holds the value at `location`, or else what is around it."""
    for part in location:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
        elif isinstance(node, yaml.MappingNode):
            found = [pair for pair in node.value if pair[0].value == part]
            if not found:
                break
            # The key, not the value: a block of text starts one line below its key.
            node = found[0][1] if isinstance(found[0][1], yaml.CollectionNode) else found[0][0]
    return node.start_mark.line + 1 if node is not None else 1
