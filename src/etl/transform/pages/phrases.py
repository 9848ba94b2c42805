"""Phrases written for people to patterns over folded text.

The small language they are written in: `page/file not found` has a choice, `[the] page` an
optional word, `… found` up to four words of any kind, `cookie*` any ending. Case, accents and
apostrophes do not count, as `text.fold` takes them away.
"""

import re

from etl.transform.text import fold

GAP = r"(?: \w+){0,4}?"
"""What `…` stands for."""

SPLIT = re.compile(r"\s*[;\n]\s*")
"""What parts phrases from each other in a list of them."""


def whole(phrases: str, fillers: str) -> re.Pattern[str]:
    """A pattern for a text, folded, that is one of `phrases`, with `fillers` before and after."""
    around = rf"(?:{_any(fillers)}){{0,5}}"
    return re.compile(rf"{around}(?:{_any(phrases)}){around}")


def beginning(phrases: str, fillers: str) -> re.Pattern[str]:
    """A pattern for the beginning of a sentence, folded; `fillers` may stand before it."""
    return re.compile(rf"(?:{_any(fillers)}){{0,3}}(?:{_any(phrases)})\b")


def spaced(text: str) -> str:
    """`text` as the patterns want it: folded, with a space before every word.

    >>> spaced("Page not found!")
    ' page not found'
    """
    return f" {fold(text)}"


def _any(phrases: str) -> str:
    """Regular expression for any of a list of phrases."""
    return "|".join(_one(phrase) for phrase in SPLIT.split(phrases.strip()) if phrase)


def _one(phrase: str) -> str:
    """Regular expression for a phrase; every word takes the space before it along."""
    return "".join(map(_word, phrase.split()))


def _word(word: str) -> str:
    """Regular expression for a word, a choice of words, an optional word, or a gap."""
    if word == "…":
        return GAP
    if word.startswith("["):
        return f"(?:{_word(word[1:-1])})?"
    if "/" in word:
        return f"(?:{'|'.join(map(_word, word.split('/')))})"
    ending = r"\w*" if word.endswith("*") else ""
    return rf" {re.escape(fold(word))}{ending}"
