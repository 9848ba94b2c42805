"""A reference while it is read: the text as printed, and what of it is still unexplained.

Every step of the parser finds its part in `rest` and blanks it there, so offsets never move,
later steps see only what is left, and the words left at the end tell how much was understood.
"""

import re

from etl.transform.text import collapse

BLANK = "\x00"
"""Stands in `rest` for each character that is explained; it is no letter, digit or space."""

LONGEST = 2_000
"""Characters that are read; the longest of 16,000 labelled references has 1,700."""

TAG = re.compile(r"</?[A-Za-z]{1,10}\s?/?>")
"""A tag left by the page: `<i>`."""

LOOSE = re.compile(r" ([,.;:](?!\.))")
"""A space before a sign that should follow its word: `Journal , 12`."""

EDGE = " \t\n,;:،؛./-–—\x00\\|_=·•*"
"""What may stick to the ends of a part without belonging to it."""

OPENERS = "([{«“„‘"
"""What may stick to its end besides."""

PAIRS = {"(": ")", "[": "]", "«": "»", "“": "”", "„": "“", '"': '"', "‘": "’", "``": "''"}
"""Opening signs and what closes them."""

QUOTES = {"«": "»", "“": "”", "„": "“", '"': '"'}
"""Quotes that are taken off when they hold the whole part."""

# One character for one, so offsets in `rest` are offsets in `text`.
PLAIN = str.maketrans(
    dict.fromkeys("‐‑‒–—―−", "-")
    | {"،": ",", "؛": ";", "：": ":", "，": ",", "؟": "?", "´": "'", "¨": '"', "＂": '"'}
    | {chr(0x0660 + n): str(n) for n in range(10)}
    | {chr(0x06F0 + n): str(n) for n in range(10)}
)


class Slate:
    """One reference: `text` as printed, `rest` of the same length, plain and partly blanked."""

    def __init__(self, raw: str) -> None:
        printed = collapse(TAG.sub("", raw).replace(BLANK, " "))
        self.text = LOOSE.sub(r"\1", printed)[:LONGEST]
        self.rest = self.text.translate(PLAIN)

    def take(self, pattern: re.Pattern[str], start: int = 0) -> re.Match[str] | None:
        """The first match of `pattern` from `start`, blanked in `rest`."""
        if found := pattern.search(self.rest, start):
            self.blank(*found.span())
        return found

    def blank(self, start: int, end: int) -> None:
        """Mark `start:end` as explained."""
        if end > start:
            self.rest = self.rest[:start] + BLANK * (end - start) + self.rest[end:]

    def keep(self, start: int, end: int) -> str | None:
        """What is printed at `start:end`, which is now explained."""
        part = self.printed(start, end)
        self.blank(start, end)
        return part

    def next_blank(self, start: int) -> int:
        """Where the next explained stretch begins; the end of the text if there is none."""
        found = self.rest.find(BLANK, start)
        return len(self.rest) if found < 0 else found

    def printed(self, start: int, end: int) -> str | None:
        """What is printed at `start:end`, without loose signs at its ends; None if nothing is."""
        part = self.text[start:end].strip(EDGE).rstrip(EDGE + OPENERS)
        return balanced(part).strip(EDGE) or None

    def group(self, found: re.Match[str] | None, name: str) -> str | None:
        """What is printed where group `name` of `found` matched."""
        if found is None or found[name] is None:
            return None
        return self.printed(*found.span(name))


def balanced(part: str) -> str:
    """`part` without quotes around all of it, or a bracket or quote whose other half is elsewhere.

    >>> balanced('"Steppe Studies'), balanced("Steppe Studies (a reader)")
    ('Steppe Studies', 'Steppe Studies (a reader)')
    """
    if part[-1:] == QUOTES.get(part[:1]) and not {part[0], part[-1]} & set(part[1:-1]):
        return part[1:-1].strip(EDGE)
    for opening, closing in PAIRS.items():
        if part.startswith(opening) and closing not in part[len(opening) :]:
            part = part[len(opening) :].lstrip(EDGE)
        if part.endswith(closing) and opening not in part[: -len(closing)]:
            part = part[: -len(closing)].rstrip(EDGE)
    return part
