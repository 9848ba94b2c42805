"""Entries that mean an earlier one of their list: which one, and the pages they cite of it.

`Ibid.` means the entry right before that cites anything; `Sharipov, op. cit.` the last one of
that name, alone the one right before; a name with a short title, and nothing else, the last one
of that name whose title begins so. A chain of them leads to the entry that says what it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from etl.transform.citations import introductions, normal
from etl.transform.citations.names import surname
from etl.transform.citations.reference import Reference
from etl.transform.citations.repeat_patterns import AGAIN, NUMBERED, OP_CIT, PAGES
from etl.transform.citations.scripts import UPPER
from etl.transform.citations.several import IDENTIFIER, YEAR
from etl.transform.text import SAME_LETTER, fold

LONGEST_SHORT = 160
"""Characters of an entry with a short title, or before `op. cit.`; full ones are longer."""

MOST_GIVEN = 3
"""Words up to the surname: two given names, one more is none."""

LINKS = frozenset(("and", "und", "et", "al", "др", "ва", "диг", "dr", "others"))
"""Words between names, or for those left out."""

FIRST = re.compile(rf"(?P<name>[{UPPER}][\w'’ʼ-]{{2,}})(?:[,،]|\s[{UPPER}]\.)")
"""A surname at the head of an entry, whatever its reader made of it: `Karimov, `."""

FARTHEST = 200
"""Entries of one name that are looked at; no list cites a person so often."""

SHORTEST_TITLE = 4
"""Characters of a short title; fewer are a volume or an abbreviation."""


class Read(NamedTuple):
    """An entry as printed and as it was read, and what it means of the list before it."""

    raw: str
    reference: Reference
    means: int | None = None
    """Place in the list, from 0, of the full entry it means; None if it stands for itself."""


class _Known(NamedTuple):
    """What an entry is known by: folded surnames and title."""

    surnames: frozenset[str] = frozenset()
    title: str = ""
    is_citing: bool = False
    """Whether it cites anything by itself, and is no remark."""


class _Listed:
    """The entries so far, and where each surname stands among those that cite anything."""

    def __init__(self) -> None:
        self.known: list[_Known] = []
        self.places: dict[str, list[int]] = {}

    def add(self, entry: _Known) -> None:
        """Append an entry."""
        for name in entry.surnames if entry.is_citing else ():
            self.places.setdefault(name, []).append(len(self.known))
        self.known.append(entry)

    def named(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Entries that one of the first `words` names, the last one first, and which word."""
        rows = [(place, i) for i, word in enumerate(words) for place in self.places.get(word, ())]
        yield from sorted(rows, key=lambda row: (-row[0], row[1]))


def resolved(entries: Sequence[tuple[str, Reference]]) -> list[Read]:
    """The entries of one list, in order, with what each means and its pages."""
    listed = _Listed()
    found: list[Read] = []
    for raw, reference in entries:
        means = _meant(raw, found, listed)
        if is_repeat(raw):
            reference = _bare(reference)
        if means is not None or is_repeat(raw):
            reference = _with_pages(raw, reference)
        found.append(Read(raw, reference, means))
        listed.add(_known(raw, reference, means))
    return found


def is_repeat(raw: str) -> bool:
    """Whether an entry says by a word of its own that it means an earlier one.

    >>> is_repeat("См.: Шоу А. Указ. соч. С. 5."), is_repeat("Shaw A. Rivers. Osh, 2001.")
    (True, False)
    """
    text = _led(raw)
    return AGAIN.match(text) is not None or _mark(text) is not None


def _meant(raw: str, found: Sequence[Read], listed: _Listed) -> int | None:
    """The place of the full entry that `raw` means; None if it means none."""
    text = _led(raw)
    if AGAIN.match(text):
        return _right_before(found, listed)
    if mark := _mark(text):
        words = _words(text[: mark.start()])
        return _named(words, listed) if words else _right_before(found, listed)
    if _is_full(text) or len(text) > LONGEST_SHORT:
        return None
    return _named(_words(text), listed)


def _led(raw: str) -> str:
    """An entry without the words that lead to it."""
    return raw[introductions.end(raw) :].strip()


def _mark(text: str) -> re.Match[str] | None:
    """`op. cit.` or the like in an entry, where only a name and a title can stand before it."""
    return OP_CIT.search(text, 0, LONGEST_SHORT)


def _is_full(text: str) -> bool:
    """Whether an entry says itself what it cites: by a year or an address."""
    return bool(YEAR.search(text.translate(SAME_LETTER)) or IDENTIFIER.search(text))


def _right_before(found: Sequence[Read], listed: _Listed) -> int | None:
    """The full entry that the last one means that cites anything; remarks are passed over."""
    for place in range(len(found) - 1, -1, -1):
        if found[place].means is not None:
            return found[place].means
        if is_repeat(found[place].raw):
            return None
        if listed.known[place].is_citing:
            return place
    return None


def _words(text: str) -> list[str]:
    """Folded words of a name and a short title, without initials, volumes and pages."""
    words = fold(NUMBERED.sub(" ", PAGES.sub("", text))).split()
    return [w for w in words if len(w) > 1 and not w.isdecimal() and w not in LINKS]


def _named(words: Sequence[str], listed: _Listed) -> int | None:
    """The last entry whose author is named first, or behind given names.

    Its title begins with the other words, if there are any.
    """
    for place, first in islice(listed.named(words[:MOST_GIVEN]), FARTHEST):
        entry = listed.known[place]
        title = " ".join(word for word in words[first + 1 :] if word not in entry.surnames)
        if not title or (len(title) >= SHORTEST_TITLE and _begins(entry.title, title)):
            return place
    return None


def _begins(title: str, short: str) -> bool:
    """Whether the words of `short` stand at the beginning of `title`, or within it."""
    return f" {title} ".find(f" {short} ") >= 0 or title.startswith(short)


def _known(raw: str, reference: Reference, means: int | None) -> _Known:
    """What later entries may mean this one by; a repetition is known by nothing of its own."""
    if means is not None or is_repeat(raw):
        return _Known()
    people = {surname(name) for name in reference.authors or reference.editors}
    if first := FIRST.match(_led(raw)):
        people.add(fold(first["name"]))
    is_citing = _is_full(raw) or bool(reference.archive_location or (people and reference.title))
    words = {word for name in people for word in name.split() if len(word) > 1}
    return _Known(frozenset(words), " ".join(_words(reference.title or "")), is_citing)


def _bare(reference: Reference) -> Reference:
    """A repetition without what a reader took its words for: it has names and pages only."""
    kept = tuple(s for s in reference.segments if s.field in ("author", "pages"))
    return Reference(
        authors=reference.authors,
        pages=reference.pages,
        page_first=reference.page_first,
        page_last=reference.page_last,
        page_count=reference.page_count,
        language=reference.language,
        confidence=reference.confidence,
        segments=kept,
    )


def _with_pages(raw: str, reference: Reference) -> Reference:
    """`reference` with the pages the entry cites, if the reader did not find them."""
    match = PAGES.search(raw)
    if reference.pages or match is None:
        return reference
    printed = match["marked"] or match["bare"]
    return normal.normalised(replace(reference, pages=printed.strip()), raw)
