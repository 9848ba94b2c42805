"""Reports as a person reads them, on standard output.

Small tables, or one record after another where a table would be wider than the screen.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]

LOG_WIDTH = 160
"""Columns assumed where standard output is no terminal: logs scroll sideways."""

GAP = 2
"""Spaces between columns."""


def out(line: str = "") -> None:
    """One line on standard output."""
    sys.stdout.write(line + "\n")


def as_json(value: Any) -> None:
    """`value` as one JSON document."""
    out(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: Any) -> str:
    """JSON for what JSON has no word for: times in ISO 8601, the rest as text."""
    return value.isoformat() if isinstance(value, datetime) else str(value)


def table(
    title: str,
    rows: Iterable[Row],
    columns: Sequence[str] | None = None,
    *,
    parted: bool = True,
) -> None:
    """Print rows under a title; nothing is printed for no rows.

    Args:
        title: What stands above, if anything.
        rows: The rows, all with the same columns.
        columns: Columns to show, in this order; all of them if None.
        parted: Whether thousands are parted: right for counts, wrong for ids and years.
    """
    listed = list(rows)
    if not listed:
        return
    names = list(columns or listed[0])
    cells = [[cell(row[name], parted=parted) for name in names] for row in listed]
    if title:
        out(title)
    widths = [max(len(n), *(len(c[i]) for c in cells)) for i, n in enumerate(names)]
    if sum(widths) + GAP * len(widths) <= width():
        _as_grid(names, listed, cells, widths)
    else:
        _as_records(names, cells)
    out()


def width() -> int:
    """Columns of the screen."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else LOG_WIDTH


def _as_grid(names: list[str], rows: list[Row], cells: list[list[str]], widths: list[int]) -> None:
    """One line a row; numbers stand right."""
    right = [any(_is_number(row[name]) for row in rows) for name in names]

    def line(texts: Iterable[str]) -> str:
        parts = zip(texts, widths, right, strict=True)
        laid = (
            text.rjust(width) if is_right else text.ljust(width) for text, width, is_right in parts
        )
        return (" " * GAP + (" " * GAP).join(laid)).rstrip()

    out(line(name.replace("_", " ") for name in names))
    for row in cells:
        out(line(row))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _as_records(names: list[str], cells: list[list[str]]) -> None:
    """One line a value, empty ones left out; a blank line between rows."""
    width = max(len(name) for name in names)
    for number, row in enumerate(cells):
        if number:
            out()
        for name, text in zip(names, row, strict=True):
            if text:
                out(f"  {name.replace('_', ' '):<{width}}  {text}")


def cell(value: Any, *, parted: bool = True) -> str:
    """A value on one line: times to the minute in UTC, numbers short."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}" if parted else str(value)
        case float():
            return f"{value:,.1f}" if parted else str(value)
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case _:
            return " ".join(str(value).split())


def hints(*pairs: tuple[str, str]) -> None:
    """The next things to type after `etl`, and what each is for."""
    etl = command()
    width = max(len(words) for words, _ in pairs)
    out("Next:")
    for words, meaning in pairs:
        out(f"  {etl} {words:<{width}}   {meaning}")


def command() -> str:
    """How this program is called from here: `etl` if it is on the path, else where it lies."""
    called = Path(sys.argv[0])
    on_path = shutil.which("etl")
    if called.name != "etl" or (on_path and Path(on_path).resolve() == called.resolve()):
        return "etl"
    return min(os.path.relpath(called), str(called), key=len)
