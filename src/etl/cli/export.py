"""`etl export`: citations for reference managers and citation processors."""

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from json import dumps
from pathlib import Path
from typing import Annotated, Any, Literal, TextIO

from cyclopts import Parameter

from etl.errors import Misconfigured

Item = dict[str, Any]


def export(
    *source: str,
    format: Annotated[Literal["csl", "bibtex"], Parameter(alias="-f")] = "csl",
    article: str | None = None,
    since: date | None = None,
    until: date | None = None,
    output: Annotated[Path | None, Parameter(alias="-o")] = None,
) -> int:
    """Write what current articles cite as CSL-JSON or BibTeX, one item an entry.

    Parameters
    ----------
    source
        Names of sources whose articles are wanted; all of them if none is named.
    format
        CSL-JSON 1.0.2, or BibTeX that biblatex reads too.
    article
        URL of the one citing article that is wanted.
    since
        First day on which the citing article was published, as 2024-05-31.
    until
        Last such day.
    output
        File to write, in place of standard output; it appears once it is whole.
    """
    from etl.cli.warehouse import opened
    from etl.load.exports import Chosen, citations
    from etl.transform.citations.csl import item

    with opened() as engine:
        items = (item(row) for row in citations(engine, Chosen(source, article, since, until)))
        count = _written(WRITERS[format](items), output)
    if output is not None:
        sys.stderr.write(f"{output}: {count:,} citations\n")
    return 0


def _as_csl(items: Iterable[Item]) -> Iterator[str]:
    """Pieces of a JSON array, one item a piece, then its end."""
    opening = "["
    for found in items:
        yield f"{opening}\n{dumps(found, ensure_ascii=False)}"
        opening = ","
    yield "[]\n" if opening == "[" else "\n]\n"


def _as_bibtex(items: Iterable[Item]) -> Iterator[str]:
    """Entries, then nothing, as the end of an array would stand there."""
    from etl.transform.citations.bibtex import entry

    for found in items:
        yield entry(found) + "\n"
    yield ""


WRITERS: dict[str, Callable[[Iterable[Item]], Iterator[str]]] = {
    "csl": _as_csl,
    "bibtex": _as_bibtex,
}
"""What turns items into pieces of a file: one an item, and the end."""


def _written(pieces: Iterator[str], output: Path | None) -> int:
    """Write the pieces; how many items they were."""
    if output is None:
        return _put(pieces, sys.stdout)
    part = output.with_name(f"{output.name}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            count = _put(pieces, file)
        part.replace(output)
    except OSError as error:
        raise Misconfigured(f"{output}: {error.strerror}; give another --output") from error
    finally:
        part.unlink(missing_ok=True)
    return count


def _put(pieces: Iterator[str], file: TextIO) -> int:
    """Write the pieces to `file`; how many but the last."""
    count = -1
    for piece in pieces:
        file.write(piece)
        count += 1
    return count
