"""Names we know: countries, peoples, places, cities, organisations, programmes and events.

A walk over the words of a body down a tree of known names, the longest name first. The first
word of a name must be spelt like the list (or in capitals), the others match in any case:
`Russian federation` is meant, `turkey` is not. English, Russian, Persian and Tajik names
stand in one tree, as their scripts and letters part them.
"""

import re
from collections.abc import Iterator
from functools import cache

import polars as pl

from etl.transform.entities.capitals import given_names, not_names
from etl.transform.entities.known import Known, Name, names
from etl.transform.entities.known.base import data
from etl.transform.entities.known.base import words as listed
from etl.transform.entities.scan import UPPER, WORD, Hit, found, level, previous_word

VERSION = "1"

GAPS = frozenset((" ", "  ", "-", ".", ". ", "'", ", ", " & ", "/", " -", "- ", "ٔ ", "َ "))
"""What may stand between two words of one name, in folded text."""

LEADS = listed(
    "in at near from around outside leaving city town в во из под близ городе город города г "
    "شهر کشور استان رود جمهوری گروه سازمان جنبش"
)
"""Words after which an ambiguous name is a place or group: `in Nice`, `в Чаде`, `شهر قم`."""

COUNTRY_LEADS = listed("of the in to from with by and")
"""Words before a country behind which a name may follow that is another."""

CAPITAL_BEFORE = re.compile(r"([A-Z][^\W\d_]*) \Z")
"""A capitalised word right before a name: the `Nintendo ` of `Nintendo Australia`."""

CAPITAL_AFTER = re.compile(r" ([A-Z][^\W\d_]*)")
"""A capitalised word right behind a name: the ` Highway` of `U.S. Highway`."""

CROWDED = 0.5
"""So crowded, the name of a people is part of a longer name half of the time, other names four
times in five: those are dropped. Measured on English; in Cyrillic the neighbours are not read."""

CAPITAL_NEXT = re.compile(rf"[ -][{UPPER}]")
"""A capitalised word right behind a name, as in `Jackson Pollock`."""

NAME_LETTERS = 24
"""How far back and ahead a neighbouring word is looked for."""

ALL_CAPS = 4
"""Names of this many letters and more are also known in capitals."""


NAME_REACH = 80
"""Letters looked at for one name; the longest listed has 74."""


class Node:
    """A place in the tree of names: the words that may follow, and the name that ends here."""

    __slots__ = ("name", "next")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.name: Name | None = None


Word = tuple[str, int, int]
"""A word with its span."""


def find(versions: pl.DataFrame) -> pl.DataFrame:
    """One row per known name in the bodies."""
    return found(versions, hits, "gazetteer", VERSION)


def hits(body: str) -> Iterator[Hit]:
    """Known names in a body, from left to right, none inside another."""
    text = level(body)
    words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(text)]
    root, at, count = tree(), 0, len(words)
    while at < count:
        if words[at][0] not in root:
            at += 1
            continue
        name, last = _longest(text, words, at)
        if name is not None and _fits(text, name, words[at][1], words[last][2]):
            start, end = words[at][1], _with_full_stop(text, words[last])
            if hit := _hit(text, name, start, end):
                yield hit
            at = last
        at += 1


def _hit(text: str, name: Name, start: int, end: int) -> Hit | None:
    """The mention of a name; none where it is only part of a longer one."""
    known, confidence = name.known, name.confidence
    is_crowded = _is_crowded(text, start, end)
    if is_crowded and known.kind != "group" and not _is_led(text, name, start):
        return None
    confidence = round(confidence * CROWDED, 2) if is_crowded else confidence
    return Hit(start, end, known.kind, confidence, known.identity, known.name)


def lookup(phrase: str) -> Known | None:
    """The entity that the whole of `phrase` names, if we know it; ambiguous names count."""
    text = level(phrase).strip().rstrip(".")
    words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(text)]
    if not words or words[0][0] not in tree():
        return None
    name, last = _longest(text, words, 0)
    return name.known if name is not None and last == len(words) - 1 else None


def name_at(body: str, start: int) -> tuple[Known, int] | None:
    """What the longest known name at `start` of a body means, and where it ends."""
    text = level(body[start : start + NAME_REACH])
    words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(text)]
    if not words or words[0][1] or words[0][0] not in tree():
        return None
    name, last = _longest(text, words, 0)
    return (name.known, start + words[last][2]) if name is not None else None


def _is_led(text: str, name: Name, start: int) -> bool:
    """Whether a country's name stands for itself though crowded: `President of Iran Rouhani`."""
    return name.known.kind == "country" and previous_word(text, start) in COUNTRY_LEADS


def _is_crowded(text: str, start: int, end: int) -> bool:
    """Whether an unknown capitalised word stands right before or behind a name."""
    before = CAPITAL_BEFORE.search(text, max(0, start - NAME_LETTERS), start)
    after = CAPITAL_AFTER.match(text, end)
    return any(match is not None and _is_strange(match.group(1)) for match in (before, after))


def _is_strange(word: str) -> bool:
    """Whether a capitalised word opens no sentence, is no title and no name we know."""
    node = tree().get(word)
    is_known = node is not None and node.name is not None
    return not (is_known or word in not_names() or word in given_names() or word in _title_words())


@cache
def _title_words() -> frozenset[str]:
    """Words of English titles, capitalised: `Crown`, `Prince`."""
    return frozenset(word for title in data("titles")["en"] for word in title.split())


@cache
def tree() -> dict[str, Node]:
    """First words of all names; the tree below them."""
    root: dict[str, Node] = {}
    for name in names():
        words = WORD.findall(level(name.text))
        if not words:
            continue
        node = root.setdefault(words[0], Node())
        for word in words[1:]:
            node = node.next.setdefault(word.lower(), Node())
        node.name = node.name or name
    for word in list(root):
        for variant in _variants(word):
            root.setdefault(variant, root[word])
    return root


def _variants(word: str) -> Iterator[str]:
    """How the first word of a name may be spelt besides: in capitals, or opening a sentence."""
    if len(word) >= ALL_CAPS:
        yield word.upper()
    if word.islower():
        yield word.capitalize()


def _longest(text: str, words: list[Word], at: int) -> tuple[Name | None, int]:
    """The longest known name that starts at word `at`, and the index of its last word."""
    node = tree()[words[at][0]]
    best, last, index = node.name, at, at
    while node.next and index + 1 < len(words):
        word, start, _ = words[index + 1]
        following = node.next.get(word.lower())
        if following is None or text[words[index][2] : start] not in GAPS:
            break
        node, index = following, index + 1
        if node.name is not None:
            best, last = node.name, index
    return best, last


def _fits(text: str, name: Name, start: int, end: int) -> bool:
    """Whether an ambiguous name stands where only a name can."""
    if not name.needs_context:
        return True
    return previous_word(text, start) in LEADS and not CAPITAL_NEXT.match(text, end)


def _with_full_stop(text: str, last: Word) -> int:
    """End of a name; the stop behind the last letter of `U.S.` belongs to it."""
    word, start, end = last
    is_dotted = len(word) == 1 and text[start - 1 : start] == "." and text[end : end + 1] == "."
    return end + 1 if is_dotted else end
