"""What extractors share: reading bodies one by one, and making the FOUND frame.

An extractor writes a function from a body to hits; `found` does the rest. Folding here keeps
the length of the text, so that offsets in the folded text are offsets in the body.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

import polars as pl

from etl.schema import frames, shape

WORD = re.compile(r"[^\W_]+")
"""A word of the folded text: `Tajikistan`, `Côte` (folded `Cote`), `تاجیکستان`."""

UPPER = "".join(chr(c) for c in range(0x41, 0x530) if chr(c).isupper())
"""Capital letters of Latin, Greek and Cyrillic, for character classes."""

SAME_LETTER = (
    {"ي": "ی", "ى": "ی", "ك": "ک", "ۀ": "ه", "ة": "ه", "أ": "ا", "إ": "ا", "ٱ": "ا", "ؤ": "و"}
    | {"\u200c": " ", "\u00a0": " ", "\u202f": " ", "ё": "е", "Ё": "Е", "İ": "I", "ı": "i"}
    | {"’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "‑": "-", "‐": "-"}
    | {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h"}
)
"""Letters and signs that are one to a reader, each one code point for another."""


class Hit(NamedTuple):
    """A mention in one body; offsets count code points."""

    start: int
    end: int
    kind: str
    confidence: float
    identity: str | None = None
    name: str | None = None


Finder = Callable[[str], Iterable[Hit]]
"""From a body to the mentions in it."""


@cache
def same_letters() -> dict[int, str]:
    """Table for `str.translate`: one code point to one, accents off Latin letters.

    Cyrillic keeps its marks: `й` is a letter, and Tajik `ӣ` parts words.
    """
    table = {ord(letter): plain for letter, plain in SAME_LETTER.items()}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFKD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table.setdefault(code, base)
    return table


def level(text: str) -> str:
    """`text` folded letter by letter; as long as `text`, so offsets hold.

    >>> level("Herāt, آسیای‌ميانه")
    'Herat, آسیای میانه'
    """
    return text.translate(same_letters())


def found(versions: pl.DataFrame, find: Finder, extractor: str, version: str) -> pl.DataFrame:
    """One row per mention that `find` sees in the bodies of `versions`, as FOUND.

    White space at the ends of a span is left out, and a span that is empty or crosses a line
    break is dropped: such are no mentions.
    """
    rows = [
        (version_id, start, end, body[start:end], *hit[2:])
        for version_id, body in versions.select("version_id", "body").iter_rows()
        for hit in find(body or "")
        for start, end in [trimmed(body, hit.start, hit.end)]
        if start < end and "\n" not in body[start:end]
    ]
    columns = ("version_id", "start_offset", "end_offset", "surface", "kind", "confidence")
    schema = {name: frames.FOUND[name] for name in (*columns, "identity", "name")}
    return shape(
        pl.DataFrame(rows, schema=schema, orient="row").with_columns(
            extractor=pl.lit(extractor), extractor_version=pl.lit(version)
        ),
        frames.FOUND,
        extractor,
    )


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends; empty where nothing else is in it."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return start + left, start + left + len(piece.strip())


def previous_word(text: str, start: int) -> str:
    """The word just before `start`, in lower case; empty where none is on the line."""
    before = WORD.findall(text[max(0, start - 24) : start].rpartition("\n")[2])
    return before[-1].lower() if before else ""
