"""A reference to words and the gaps between them, and what the labeller sees of each.

In: a reference as printed. A word is a run of letters or of digits, or a whole URL or DOI;
everything else (spaces, signs) is a gap. Labels are given to words alone, so a reference of 140
characters is some 22 steps and not 50, and a gap is a feature of both of its neighbours. Training
and reading share this module and `encode`, so that a model always sees the features it was
trained on.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

WORD = re.compile(
    r"(?:https?://|ftp://|www\.|10\.\d{4,9}/)[^\s<>\"«»“”]*[^\s<>\"«»“”.,;:)\]]"
    r"|[^\W\d_](?:(?!(?<=[a-zà-ÿа-яё])[A-ZÀ-ÞА-ЯЁ])[^\W\d_]"
    r"|[\u0300-\u036f\u064b-\u065f\u200c]|['’](?=[^\W\d_]))*|\d+"
)
"""`https://example.org/a`, `O'Neill`, `2008`; `178с` and `HillNew` are two words each: text that
was taken out of a PDF lacks spaces."""

MOST_WORDS = 320
"""Words that are read; of 23,000 labelled references the longest has 230."""

LONGEST_GAP = 12
"""Signs of a gap that are looked at."""

PLAIN = str.maketrans(
    dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("“”„«»″＂", '"')
    | dict.fromkeys("‘’‚`´", "'")
    | {"،": ",", "؛": ";", "：": ":", "，": ",", "؟": "?", "\n": " ", "\t": " ", "\xa0": " "}
)
"""Signs that say the same: a gap is looked up in this plain form."""

SPACES = re.compile(r"\s+")
"""Several spaces are one."""

SIGNS = (" ", ".", ",", ";", ":", "(", ")", "[", "]", '"', "'", "/", "//", "-", "&", "№", "?", "=")
"""Signs of a gap that are features of their own, for gaps that were never seen in training."""

SHAPES = (
    "digit",
    "two digits",
    "three digits",
    "year",
    "solar year",
    "four digits",
    "more digits",
    "initial",
    "small letter",
    "small",
    "capitalised",
    "short capitals",
    "capitals",
    "mixed",
    "roman",
    "caseless",
    "url",
    "doi",
)
"""What a word looks like; its place in this tuple is the number of the feature."""

ROMAN = re.compile(r"(?:[ivxlc]{1,7}|[IVXLC]{1,7})\Z")
"""`xiv`, `XIV`."""


class Vocabulary(NamedTuple):
    """Numbers of words, characters and gaps; 0 pads, 1 is anything unknown."""

    words: dict[str, int]
    chars: dict[str, int]
    gaps: dict[str, int]


class Split(NamedTuple):
    """One reference: its words, where each starts, and the gaps: one more than words."""

    words: list[str]
    starts: list[int]
    gaps: list[str]


def split(raw: str) -> Split:
    """Words of `raw`, their starts and the gaps around them; white space around it is nothing."""
    words: list[str] = []
    starts: list[int] = []
    gaps: list[str] = []
    end = 0
    for found in WORD.finditer(raw):
        if len(words) == MOST_WORDS:
            break
        words.append(found.group())
        starts.append(found.start())
        gaps.append(raw[end : found.start()])
        end = found.end()
    gaps.append(raw[end : end + LONGEST_GAP].rstrip())
    gaps[0] = gaps[0].lstrip()
    return Split(words, starts, gaps)


def spelling(word: str) -> str:
    """The form of `word` that is looked up: small letters, digits as their count.

    >>> spelling("Вестник"), spelling("2008"), spelling("https://example.org")
    ('вестник', '0000', '<url>')
    """
    if word[0].isdecimal():
        return "0" * min(len(word), 6) if len(word) < 10 or "/" not in word else "<doi>"
    if "://" in word or word.startswith("www."):
        return "<url>"
    return word.lower()


def shape(word: str) -> int:
    """The number of what `word` looks like, in `SHAPES`."""
    return SHAPES.index(_shape(word))


def _shape(word: str) -> str:
    if word[0].isdecimal():
        return _digits(word)
    if "://" in word or word.startswith("www."):
        return "url"
    if len(word) == 1:
        return "initial" if word.isupper() else "small letter" if word.islower() else "caseless"
    if ROMAN.match(word):
        return "roman"
    if word.islower():
        return "small"
    if word.isupper():
        return "short capitals" if len(word) < 4 else "capitals"
    if word[0].isupper() and word[1:].islower():
        return "capitalised"
    return "caseless" if word.lower() == word.upper() else "mixed"


def _digits(word: str) -> str:
    """What a number looks like; years until 2099 and those of the solar calendar are told."""
    if len(word) > 9 and "/" in word:
        return "doi"
    if len(word) != 4:
        return (
            ("digit", "two digits", "three digits")[len(word) - 1]
            if len(word) < 4
            else ("more digits")
        )
    year = int(word)
    if not word.isascii() and 1250 <= year < 1450:
        return "solar year"
    return "year" if 1450 <= year < 2100 else "four digits"


def plain_gap(gap: str) -> str:
    """`gap` in the form that is looked up."""
    return SPACES.sub(" ", gap.translate(PLAIN))[:LONGEST_GAP]


def vocabulary(splits: Iterable[Split], least_words: int, least_gaps: int) -> Vocabulary:
    """Words, characters and gaps seen at least so often in `splits`."""
    words: Counter[str] = Counter()
    chars: Counter[str] = Counter()
    gaps: Counter[str] = Counter()
    for item in splits:
        words.update(map(spelling, item.words))
        chars.update("".join(item.words))
        gaps.update(map(plain_gap, item.gaps))
    return Vocabulary(_ranked(words, least_words), _ranked(chars, 5), _ranked(gaps, least_gaps))


def _ranked(counts: Counter[str], least: int) -> dict[str, int]:
    """Keys with their numbers from 2, the most frequent first."""
    kept = sorted((k for k, n in counts.items() if n >= least), key=lambda k: (-counts[k], k))
    return {key: number for number, key in enumerate(kept, start=2)}
