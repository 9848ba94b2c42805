"""Several works in one note to the span of each.

A note is cut only where what stands on both sides is a reference by itself: names or a quoted
title at its head, and a year or an address of its own, or a word that means an earlier entry.
Lists of authors, titles with semicolons and `2009;1(2):3–9` stay whole.
"""

import re

from etl.transform.citations import introductions
from etl.transform.citations.repeat_patterns import AGAIN, OP_CIT
from etl.transform.citations.scripts import UPPER
from etl.transform.text import SAME_LETTER

Span = tuple[int, int]
"""Start and end in code points, exclusive."""

CUT = re.compile(
    r"(?P<sign>[;؛])\s+(?=\S)|(?<=[.)»”\"\d])\s+(?=(?:[Ss]ee\s(?:also|e\.g)|[Ss]ee,\s|Cf\.|См\.|Ср\.|Подробнее\s"
    r"|Цит\.\sпо|Ниг\.|Нигаред\s|Vgl\.|Siehe\s|Voir\s|Quoted\s(?:in|from)|Cited\sin|نیز\s|همچنین\s|نگاه\sکنید\s|ر\.\s?ک))"
)
"""Where another work may begin: after `; `, or before `See also` behind a sentence."""

_WORD = rf"[{UPPER}][\w'’ʼ-]+"

HEAD = re.compile(
    rf"(?:(?:van|von|de|al|el)[ -](?:der\s|den\s)?)?"
    rf"(?:{_WORD}(?:,|،|\s(?:[{UPPER}]\.|[{UPPER}]{{1,2}}[,.]))|(?:[{UPPER}]\w?\.[\s-]?){{1,3}}{_WORD}"
    rf"|(?:{_WORD}\s){{1,3}}{_WORD}(?:[,،.]|\s\()|[\"“«„][{UPPER}]|(?:Он|Она|Его|Её|Ее|Их)\sже\b)"
)
"""Names or a quoted title at the head of a reference."""

YEAR = re.compile(r"(?<![\d/.–-])(?:1[3-9]\d\d|20[0-4]\d)(?![\d/])")
"""A year, digits in ASCII: `2004`."""

IDENTIFIER = re.compile(r"https?://|www\.|\bdoi\b|\b10\.\d{4,9}/", re.IGNORECASE)
"""An address or a DOI."""

SHORT = re.compile(
    rf"[{UPPER}][\w'’ʼ-]+(?:\s(?:and|&|и|و)\s[{UPPER}][\w'’ʼ-]+)?\s\(\d{{4}}[a-zа-я]?\)"
)
"""A whole reference to a list elsewhere: `Shaw (2001)`."""

FEWEST_WORDS = 4
"""Words of any other reference; `Ленинград, 2001` is a second place of one."""

MOST_PARTS = 40
"""Works of one note; there are never more than a dozen."""


def parts(entry: str) -> list[Span]:
    """Spans of the works in `entry`, without white space and signs around them; none if empty.

    >>> note = "Shaw A. Rivers. Osh, 2001; Tan M. Roads. Osh, 2002."
    >>> [note[start:end] for start, end in parts(note)]
    ['Shaw A. Rivers. Osh, 2001', 'Tan M. Roads. Osh, 2002.']
    """
    cuts = [match.span() for match in CUT.finditer(entry)][:MOST_PARTS]
    found: list[Span] = []
    start, pending = 0, list(cuts)
    while pending:
        end, after = pending.pop(0)
        following = pending[0][0] if pending else len(entry)
        if _is_whole(entry[start:end]) and _is_whole(entry[after:following]):
            found.append((start, end))
            start = after
    found.append((start, len(entry)))
    return [span for one in found if (span := _trimmed(entry, one))]


def _trimmed(entry: str, span: Span) -> Span | None:
    """`span` without white space at its ends; None if nothing else is in it."""
    piece = entry[slice(*span)]
    inner = piece.strip()
    start = span[0] + len(piece) - len(piece.lstrip())
    return (start, start + len(inner)) if inner else None


def _is_whole(piece: str) -> bool:
    """Whether `piece` is a reference by itself."""
    text = piece[introductions.end(piece) :].strip()
    if AGAIN.match(text) or OP_CIT.search(text):
        return True
    if SHORT.match(text):
        return True
    is_told = YEAR.search(text.translate(SAME_LETTER)) or IDENTIFIER.search(text)
    return bool(HEAD.match(text) and is_told) and len(text.split()) >= FEWEST_WORDS
