"""The signs of references: what sticks to the ends of a part, what belongs to it, what is plain."""

import re

from etl.transform.text import collapse

BLANK = "\x00"
"""Stands for each character of what was found already; it is no letter, digit or space."""

LONGEST = 2_000
"""Characters that are read; the longest of 16,000 labelled references has 1,700."""

TAG = re.compile(r"</?[A-Za-z]{1,10}\s?/?>")
"""A tag left by the page: `<i>`."""

LOOSE = re.compile(r" ([,.;:](?!\.))")
"""A space before a sign that should follow its word: `Journal , 12`."""

EDGE = " \t\n,;:،؛./-–—\x00\\|_=·•*"
"""What may stick to the ends of a part without belonging to it."""

PAIRS = {"(": ")", "[": "]", "«": "»", "“": "”", "„": "“", '"': '"', "‘": "’", "``": "''"}
"""Opening signs and what closes them."""

QUOTES = {"«": "»", "“": "”", "„": "“", '"': '"'}
"""Quotes that are taken off when they hold the whole part."""

HALVES = re.compile(r"[()\[\]{}«»“”„\"‘’'`]")
"""A sign that opens or closes something."""

# One character for one, so that no offset moves.
PLAIN = str.maketrans(
    dict.fromkeys("‐‑‒–—―−", "-")
    | {"،": ",", "؛": ";", "：": ":", "，": ",", "؟": "?", "´": "'", "¨": '"', "＂": '"'}
    | {chr(0x0660 + n): str(n) for n in range(10)}
    | {chr(0x06F0 + n): str(n) for n in range(10)}
)


def plain(raw: str) -> str:
    """An entry on one line, without tags, signs behind their words; cut where it is too long."""
    return LOOSE.sub(r"\1", collapse(TAG.sub("", raw).replace(BLANK, " ")))[:LONGEST]


def balanced(part: str) -> str:
    """`part` without quotes around all of it, or a bracket or quote whose other half is elsewhere.

    >>> balanced('"Steppe Studies'), balanced("Steppe Studies (a reader)")
    ('Steppe Studies', 'Steppe Studies (a reader)')
    """
    if HALVES.search(part) is None:
        return part
    if part[-1:] == QUOTES.get(part[:1]) and not {part[0], part[-1]} & set(part[1:-1]):
        return part[1:-1].strip(EDGE)
    for opening, closing in PAIRS.items():
        if part.startswith(opening) and closing not in part[len(opening) :]:
            part = part[len(opening) :].lstrip(EDGE)
        if part.endswith(closing) and opening not in part[: -len(closing)]:
            part = part[: -len(closing)].rstrip(EDGE)
    return part
