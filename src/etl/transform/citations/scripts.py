"""Letters of the scripts we read, for use in patterns, and the language a script tells."""

import re
from collections import Counter

from etl.transform.text import WORD

ARABIC = "\u0620-\u064a\u066e-\u06d3\u06fa-\u06fc"
"""Letters of Arabic and Persian, which know no capitals: any of them may start a name."""

CASELESS = (
    "\u0590-\u05ea\u0900-\u0dff\u10d0-\u10fa\u1100-\u11ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3"
)
"""Letters of further scripts without capitals: Hebrew, Indic, Georgian, Korean, Chinese."""

CAPITAL = "".join(c for c in map(chr, range(0x41, 0x2000)) if c.isupper())
"""Capital letters, for use inside `[...]`."""

UPPER = CAPITAL + ARABIC + CASELESS
"""Letters that may start a name, for use inside `[...]`."""

LETTER = r"[^\W\d_]"
"""Any letter."""

TAIL = rf"(?:{LETTER}|['’ʼʻ`\u064b-\u0652\u200c])"
"""What may follow the first letter of a word: `’` in `O’Hara`, a Persian half-space."""

CYRILLIC = re.compile(r"[\u0400-\u052f]")
"""`Я`."""

LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
"""`A`, `é`."""

PERSO_ARABIC = re.compile(r"[\u0600-\u06ff]")
"""`ک`, `ك`."""

PERSIAN = re.compile(r"[پچژگکی]")
"""Letters Arabic does not have."""

LETTERS_OF = (
    ("kk", re.compile(r"[әұһ]", re.IGNORECASE)),
    ("uz", re.compile(r"ў", re.IGNORECASE)),
    ("ky", re.compile(r"[ңөү]", re.IGNORECASE)),
    ("uk", re.compile(r"[їєґ]", re.IGNORECASE)),
    # қ and ғ are Kazakh and Uzbek letters too, so Tajik comes after them.
    ("tg", re.compile(r"[ҷҳӣӯқғ]", re.IGNORECASE)),
)
"""Cyrillic letters that Russian does not have; the first language with one wins."""

SMALL_WORDS = {
    "en": "the of and in for on from to with",
    "de": "der die das und für im zu zur von über",
    "fr": "le la les des du et un une dans pour sur",
    "es": "el los las del y un una en para por",
    "tr": "ve bir için ile üzerine",
}
LANGUAGES_OF = {
    word: [name for name, words in SMALL_WORDS.items() if word in words.split()]
    for words in SMALL_WORDS.values()
    for word in words.split()
}
"""Languages by small word; the language with most of them wins, the earlier one in a tie."""


def any_of(words: str) -> str:
    r"""A group of alternatives from lines of words, longest first; `;` parts what has spaces.

    >>> any_of("York; New York")
    '(?:New\\ York|York)'
    """
    parts = words.split(";") if ";" in words else words.split()
    found = sorted({" ".join(part.split()) for part in parts} - {""}, key=lambda w: (-len(w), w))
    return f"(?:{'|'.join(map(re.escape, found))})"


ET_AL = re.compile(r"\bet\s+al\b")
"""`et al`, which is Latin in every language."""


def language(text: str) -> str | None:
    """Language of `text` by its main script, ISO 639-1; None where the script does not tell.

    Latin script tells nothing by itself: small words decide, and without any it stays None.

    >>> language("Вестник истории, 2004"), language("تاریخ آسیای میانه"), language("Nature 401")
    ('ru', 'fa', None)
    """
    if text.isascii():
        return _latin(text)
    cyrillic = len(CYRILLIC.findall(text))
    arabic = len(PERSO_ARABIC.findall(text))
    latin = len(LATIN.findall(text))
    if arabic > max(cyrillic, latin):
        return "fa" if PERSIAN.search(text) else "ar"
    if cyrillic > latin:
        return next((name for name, letters in LETTERS_OF if letters.search(text)), "ru")
    return _latin(text)


def _latin(text: str) -> str | None:
    """Language of Latin text with most of its small words."""
    hits = Counter(
        name
        for word in WORD.findall(ET_AL.sub("", text.lower()))
        for name in LANGUAGES_OF.get(word, ())
    )
    return max(SMALL_WORDS, key=lambda name: hits[name]) if hits else None
