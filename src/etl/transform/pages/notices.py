"""Headings and sentences of notices that stand in place of a page, as `notices.yaml` has them.

Whether a page that holds some is a notice is told by `walls.py`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from etl.errors import ConsentWall, Rejected, SoftNotFound, SuspendedSite
from etl.transform.pages import phrases
from etl.transform.pages.shapes import is_boilerplate
from etl.transform.pages.titles import SUFFIX
from etl.transform.text import sentences, word_count

ERRORS: Mapping[str, type[Rejected]] = {
    "soft_404": SoftNotFound,
    "suspended": SuspendedSite,
    "server_default": SuspendedSite,
    "fault": SuspendedSite,
    "consent_wall": ConsentWall,
}
"""What is raised for each kind of notice, in the order in which they are looked for."""


SHORTEST_HEADLINE = 4
"""Words of a headline that no name of a site and no rubric is."""

LONGEST_HEADING = 14
"""Words of the heading of a notice, the name of the site included."""

LONGEST_SENTENCE = 45
"""Words of a sentence of a notice."""


class Kind(NamedTuple):
    """A kind of notice."""

    error: type[Rejected]
    move: str
    """What happens next, or what to do about it."""

    most_words: int
    """Words of such a page beside links; one with more is no notice."""

    titles: re.Pattern[str]
    """A heading that nothing but such a notice has."""

    hints: re.Pattern[str]
    """A heading that a news item might have, too."""

    lines: re.Pattern[str]
    """The beginning of a sentence that speaks to the visitor of such a page."""


class Notices(NamedTuple):
    """All that is known of notices; the patterns are for texts as `phrases.spaced` gives them."""

    kinds: Mapping[str, Kind]
    help: re.Pattern[str]
    """The beginning of a sentence to a visitor that any of these pages may hold."""


class Heading(NamedTuple):
    """A heading that is one of a notice."""

    kind: Kind
    said: str
    is_sure: bool
    """Whether no news item would have it."""


class Words(NamedTuple):
    """How many words a text has, and of what sort."""

    all: int
    notice: int
    """Of sentences that only notices have."""

    other: int
    """Of sentences that no notice has."""

    kind: Kind | None
    said: str
    """The first sentence of a notice, and its kind."""


@cache
def known() -> Notices:
    """The notices we know, read at the first use."""
    said = yaml.safe_load(files(__package__).joinpath("notices.yaml").read_text(encoding="utf-8"))
    return Notices(
        {name: _kind(said[name], error, said["fillers"]) for name, error in ERRORS.items()},
        phrases.beginning(said["help"], said["fillers"]),
    )


def _kind(said: Mapping[str, Any], error: type[Rejected], fillers: str) -> Kind:
    """A kind of notice as it is written down."""
    return Kind(
        error,
        said["move"],
        said["most_words"],
        phrases.whole(said["titles"], fillers),
        phrases.whole(said["hints"], fillers),
        phrases.beginning(said["lines"], fillers),
    )


def named(text: str) -> Heading | None:
    """The notice that a heading is one of; not surely, where it names something else beside."""
    if not 0 < word_count(text) <= LONGEST_HEADING:
        return None
    return _matched(text, is_whole=True) or next(
        filter(None, (_matched(part, is_whole=False) for part in SUFFIX.split(text))), None
    )


def _matched(text: str, *, is_whole: bool) -> Heading | None:
    """The notice whose heading `text` is."""
    key = phrases.spaced(text)
    for kind in known().kinds.values():
        if kind.titles.fullmatch(key):
            return Heading(kind, text, is_sure=is_whole)
    for kind in known().kinds.values():
        if kind.hints.fullmatch(key):
            return Heading(kind, text, is_sure=False)
    return None


def surest(found: Iterable[Heading]) -> Heading | None:
    """The first heading that is sure, else the first."""
    return min(found, key=lambda heading: not heading.is_sure, default=None)


def words(lines: Sequence[str], *, is_help_other: bool = False) -> Words:
    """The words of `lines`, sorted by the sentence they stand in; its first notice."""
    total = notice = other = 0
    first: Heading | None = None
    for line in lines:
        for start, end in sentences(line):
            sentence = line[start:end]
            count = word_count(sentence)
            total += count
            said = _said(sentence) if count <= LONGEST_SENTENCE else None
            first = first or said
            if said:
                notice += count
            elif is_help_other or not _is_help(sentence):
                other += count
    return Words(total, notice, other, first and first.kind, first.said if first else "")


def _said(sentence: str) -> Heading | None:
    """The notice that a sentence is of."""
    key = phrases.spaced(sentence)
    is_short = len(key.split()) <= LONGEST_HEADING
    for kind in known().kinds.values():
        if kind.lines.match(key) or (is_short and kind.titles.fullmatch(key)):
            return Heading(kind, sentence, is_sure=True)
    return None


def _is_help(sentence: str) -> bool:
    """Whether a sentence helps a visitor on, as those of notices do, or is of a site's frame."""
    is_frame = word_count(sentence) < SHORTEST_HEADLINE or is_boilerplate(sentence)
    return is_frame or known().help.match(phrases.spaced(sentence)) is not None
