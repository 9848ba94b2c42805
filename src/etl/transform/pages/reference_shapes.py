"""Whether a line has the shape of a reference, wherever it stands.

A year alone tells nothing: points of agendas, chronologies and recommendations have years, too.
What tells is how references begin (a name, a quoted title), how they end (a year, pages) and what
only they hold (volumes, publishers, `//`).
"""

import re
from collections.abc import Sequence

from etl.transform.pages.shapes import LABEL
from etl.transform.text import SAME_LETTER

YEAR = re.compile(r"(?<!\d)(?:1[3-9]\d\d|20[0-4]\d)(?!\d)")
"""A year of publication: `2004`, `1389`."""

_FEATURES = (
    r"doi\.org|\bdoi:|https?://|www\.|\bisbn\b",
    r"\bpp?\.?\s*\d|\d\s*(?:p|pp|с|s|б)\.|\b[сб]\.\s*\d|صص?\.?\s*\d",
    r"\bvol\.?\s*\d|№\s*\d|\bnos?\.\s*\d|شماره\s*\d",
    r"\beds?[.)]|\bpress\b|\bjournal\b|\buniversity\b|انتشارات|نشر|ترجمه|مجله|فصلنامه",
    r"\bibid\b|\b(?:op|loc)\.? ?cit|\bet al\b|\bтам же\b|\bуказ\. ?соч|\bҳамон ҷо|همان",
    r"\bretrieved\b|\baccessed\b|дата обращения",
    r"[«“\"„].{8,}?[»”\"]|\s//\s|\b(?:м|спб|л)\.\s?[:,]",
)

FEATURE = re.compile("|".join(_FEATURES), re.IGNORECASE)
"""What references hold and prose hardly does: `83 p.`, `vol. 2`, `//`, `انتشارات`."""

_UPPER = (
    "".join(c for c in map(chr, range(0x41, 0x530)) if c.isupper()) + "\u0620-\u064a\u066e-\u06d3"
)
_NAME = rf"[{_UPPER}][\w'’ʼ-]+"
_INITIAL = rf"[{_UPPER}]\w?\."

HEAD = re.compile(
    rf"(?:(?:van|von|de|al|el)[ -](?:der |den )?)?{_NAME}(?:,|،)\s"
    rf"|{_NAME},?\s{_INITIAL}|{_NAME}\s[{_UPPER}]{{1,3}}[,.;]"
    rf"|(?:{_INITIAL}[\s-]?){{1,3}}{_NAME}[\s,.:،]"
    rf"|(?:{_NAME}\s){{1,3}}{_NAME}[,،]\s[\"“«{_UPPER}]"
    rf"|[{_UPPER}][\w' -]{{2,40}}\(\d{{4}}|[\"“«„]{_NAME}"
)
"""How references begin: `Karimov A.`, `A. Karimov`, `Karimov, `, `Ann Karimov, `, `“Rivers`."""

SIGNED = re.compile(
    rf"(?:(?:van|von|de|al|el)[ -](?:der |den )?)?{_NAME}(?:,\s|\s|،\s)"
    rf"(?:{_INITIAL}|{_NAME}[.،,]\s|{_NAME}\s\()"
    rf"|(?:{_INITIAL}[\s-]?){{1,3}}{_NAME}[\s,.:،]|{_NAME}\s[{_UPPER}]{{1,3}}[,.;]\s"
)
"""Names at the head, with initials or the other way round: `Karimov, A.`, `Karimov, Ann. `."""

IMPRINT = re.compile(
    rf":\s?[{_UPPER}][^.,;:]{{2,60}}[,،;]\s(?:1[3-9]|20)\d\d|^.{{3,120}}?\((?:1[3-9]|20)\d\d[a-zа-я]?\)[.,:،]?\s"
)
"""`Osh: Valley Press, 2004`; `Karimov, A. (2004). `."""

LAST = re.compile(
    r"(?:(?<!\d)(?:1[3-9]|20)\d\d[a-zа-я]?|\d{1,4}\s?[-–—]\s?\d{1,4}|(?<!\d)\d{1,4}\s?(?:pp?|с|s|б|b)"
    r"|(?:\b(?:pp?|с|s|б)|صص?)\.?\s?\d{1,4}),?\s?(?:г|م|ش)?[\s.)\]»”]*$",
    re.IGNORECASE,
)
"""How references end: `2004.`, `83 p.`, `С. 15–20.`."""

AGAIN = re.compile(
    r"\W{0,2}(?:ibid|idem|op\. ?cit|там же|ҳамон ҷо|همان|همو|ebd|ebenda)\b", re.IGNORECASE
)
"""An entry that means an earlier one: `Ibid., p. 5`."""

OF_DUTY = re.compile(
    r"\b(?:should|must|shall|ought to|(?:is|are) to be|необходимо|следует|нужно|надо|должн\w+"
    r"|лозим|бояд|даркор)\b|باید|شود\b|\?\s*$",
    re.IGNORECASE,
)
"""What points and questions hold, and references do not: `should`, `следует`."""

LEAST_SHAPED_SHARE = 0.6
"""Of the items of a list that nothing announces as one of references; notes between them may be
any text."""


def is_shaped(line: str) -> bool:
    """Whether `line` has two of the four marks of a reference, or means an earlier one.

    >>> is_shaped("2. Shaw A. Rivers. Osh, 2001."), is_shaped("2. To elect the clerk of 2020.")
    (True, False)
    """
    text = line.translate(SAME_LETTER)
    if label := LABEL.match(text):
        text = text[label.end() :]
    if AGAIN.match(text):
        return True
    marks = (HEAD.match(text), IMPRINT.search(text), LAST.search(text), FEATURE.search(text))
    return sum(mark is not None for mark in marks) - bool(OF_DUTY.search(text)) >= 2


def is_signed(line: str) -> bool:
    """Whether `line` begins with names as references print them."""
    return SIGNED.match(line.translate(SAME_LETTER)) is not None


def shaped_share(lines: Sequence[str]) -> float:
    """Share of `lines` that have the shape of a reference, 0 to 1."""
    return sum(map(is_shaped, lines)) / len(lines) if lines else 0.0
