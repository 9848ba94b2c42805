"""What the files of `sql/ops/` and `sql/reporting/` say about themselves: views of these schemas.

A file is one select. Its leading comment says what the view answers and must state the grain;
a line `-- name: meaning` in it is about that column, three spaces continue it. Other columns
mean what the first table or view of the file that has one of that name says.
"""

import re
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from pathlib import Path
from typing import NamedTuple

from etl.errors import Misconfigured
from etl.schema.base import Table
from etl.settings import shipped

SCHEMAS = ("ops", "reporting")
"""Schemas that have views, each in the folder of `sql/` with its name."""

READS = re.compile(r"\b(warehouse|ops|dq|reporting)\.(\w+)")
"""A table or view that a file reads: `warehouse.articles`."""

MEANING = re.compile(r"([a-z_][a-z0-9_]*): (.+)")
"""Meaning of one column: `citation_count: Entries that resolve to the work.`"""

NAME = re.compile(r"(\w+)\s*$")
"""Name of an output column, last in its expression: `count(*) as citation_count`."""


class View(NamedTuple):
    """One file of `sql/ops/` or `sql/reporting/`."""

    schema: str
    name: str
    sql: str
    about: str
    stated: dict[str, str]
    """Meanings of columns that the file states itself."""
    reads: tuple[tuple[str, str], ...]
    """Schema and name of what the view reads, in order of appearance."""

    @property
    def full_name(self) -> str:
        """Schema and name, as in `reporting.articles`."""
        return f"{self.schema}.{self.name}"


def views(folder: Path | None = None) -> dict[str, View]:
    """All views by schema and name, those read by others first.

    Args:
        folder: Holds a folder for each of `SCHEMAS`; the shipped `sql` if None.

    Raises:
        Misconfigured: A view does not state its grain.
    """
    read = {view.full_name: view for view in _files(folder or shipped("sql"))}
    for view in read.values():
        if "Grain: " not in view.about:
            raise Misconfigured(
                f"view {view.full_name}: no grain; begin with `-- Grain: one row per …`"
            )
    needs = {name: [".".join(other) for other in view.reads] for name, view in read.items()}
    return {name: read[name] for name in TopologicalSorter(needs).static_order() if name in read}


def _files(folder: Path) -> Iterator[View]:
    """The views of a folder, by schema and name."""
    for schema in SCHEMAS:
        for path in sorted((folder / schema).glob("*.sql")):
            yield parse(schema, path.stem, path.read_text(encoding="utf-8"))


def parse(schema: str, name: str, sql: str) -> View:
    """Read one file: its leading comment, and what it reads."""
    about: list[str] = []
    stated: dict[str, str] = {}
    last = ""
    for line in _leading_comment(sql):
        if found := MEANING.fullmatch(line.strip()):
            last = found[1]
            stated[last] = found[2]
        elif last and line.startswith("   "):
            stated[last] += f" {line.strip()}"
        else:
            about.append(line.strip())
    reads = tuple(dict.fromkeys(READS.findall(_code(sql))))
    return View(
        schema, name, sql.rstrip().rstrip(";"), " ".join(filter(None, about)), stated, reads
    )


def columns(view: View) -> list[str]:
    """Names of a view's columns, in order.

    >>> columns(parse("ops", "v", "select a.id, count(*) as n, (select 1 from x) as y from b as a"))
    ['id', 'n', 'y']
    """
    code = _code(view.sql)
    outer = "".join(char if depth == 0 else " " for char, depth in _depths(code))
    words = list(re.finditer(r"\b(select|from)\b", outer, re.I))
    start = max(i for i, word in enumerate(words) if word[0].lower() == "select")
    end = words[start + 1].start() if start + 1 < len(words) else len(outer)
    listed = outer[words[start].end() : end].split(",")
    return [found[1] for item in listed if (found := NAME.search(item))]


def meaning(view: View, column: str, others: Mapping[str, View]) -> str:
    """What a column of a view means.

    Raises:
        Misconfigured: Nothing says so.
    """
    if column in view.stated:
        return view.stated[column]
    for name in map(".".join, view.reads):
        table = Table.metadata.tables.get(name)
        if table is not None and column in table.columns:
            return table.columns[column].comment or ""
        if name in others and column in columns(others[name]):
            return meaning(others[name], column, others)
    raise Misconfigured(
        f"view {view.full_name}: nothing says what {column!r} means; add a line `-- {column}: …`"
    )


def _leading_comment(sql: str) -> Iterator[str]:
    """The `--` lines a file begins with, without their dashes."""
    for line in sql.splitlines():
        if not line.startswith("--"):
            return
        yield line.removeprefix("--")


def _code(sql: str) -> str:
    """The file without its comments."""
    return "\n".join(line.partition("--")[0] for line in sql.splitlines())


def _depths(code: str) -> Iterator[tuple[str, int]]:
    """Every character with how many parentheses are open around it."""
    depth = 0
    for char in code:
        depth -= char == ")"
        yield char, depth + (char == ")")
        depth += char == "("
