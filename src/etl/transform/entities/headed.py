"""Names built around a word that says what they name: Ministry of X, X University, Lake X.

In come the runs of capitalised words of a body and a set of heads; out come spans. The name
reaches left over the capitalised words before its head and right over `of …` phrases.
"""

from collections.abc import Iterator
from typing import NamedTuple

from etl.transform.entities import gazetteer
from etl.transform.entities.capitals import LINKS, Piece, given_names, not_names, runs
from etl.transform.entities.known.base import words
from etl.transform.entities.scan import level


class Heads(NamedTuple):
    """Heads of one kind of name."""

    all: frozenset[str]
    first: frozenset[str]
    """Heads that may open a name before `of`: `Ministry of …`, but no `Times of …`."""
    bare_first: frozenset[str] = frozenset()
    """Heads that open a name without `of`: `Lake Sarez`."""


class Span(NamedTuple):
    """A name with the place of its head."""

    start: int
    end: int
    head: str


RIGHT = frozenset((" of ", " of the ", " for ", " for the ", " on ", " on the ", " under the "))
"""What leads from a head to what it is of."""

TITLES = words(
    "President Minister Secretary Ambassador Chairman Chairwoman Director Governor Mayor Senator "
    "Speaker King Queen Prince Princess General Prime Foreign-Minister Mr Mrs Ms Dr Professor "
    "Chief Head Deputy Sir Lord"
)
"""Titles end the reach of a name to the left: `Director Central Bank`."""

LONGEST = 10
"""Capitalised words that may stand behind the head of a name."""

KEPT_LEFT = words(
    "National International Central Supreme Federal Public Social Economic Political Islamic "
    "Democratic People State World North South East West Northern Southern Eastern Western "
    "Foreign Interior Defense Defence Finance Security Development Press News Police Army "
    "Peace Law Health Republic Kingdom Republican Regional District City Town Village Mountain "
    "Security Cooperation Chief New Great Strategy Policy Project Internet Christian Muslim War "
    "Academy University Institute Technical Military Union Party Service Force Air Africa Asia "
    "Europe America Times Post Daily Weekly Review Journal Act Head General"
)
"""Words that no person's name holds but the name of an organisation may."""


def headed(body: str, heads: Heads) -> Iterator[Span]:
    """Names around `heads` in a body, from left to right, none overlapping."""
    for run in runs(body, LINKS):
        if len(run) < 2:
            continue
        done = 0
        for index, piece in enumerate(run):
            if index >= done and piece.text in heads.all:
                first, last = _reach(body, run, index, done, heads)
                if first < last:
                    end = max(run[last].end, _known_end(body, run[last]))
                    yield Span(run[first].start, end, piece.text)
                    done = last + 1


def _reach(body: str, run: list[Piece], head: int, floor: int, heads: Heads) -> tuple[int, int]:
    """Indexes of the first and last piece of the name around `head`."""
    first = head
    while first > floor and run[first].link == " " and _may_lead(run[first - 1]):
        first -= 1
    last = head
    word = run[head].text
    while last + 1 < len(run) and run[last + 1].link == " " and run[last + 1].text in heads.all:
        last += 1
    is_opening = first < head or word in heads.first
    if is_opening and last + 1 < len(run) and run[last + 1].link in RIGHT:
        last = _right(body, run, last + 1, heads)
    elif first == head and word in heads.bare_first and last + 1 < len(run):
        last = last + 1 if run[last + 1].link == " " else last
    return first, last


def _may_lead(piece: Piece) -> bool:
    """Whether a capitalised word may stand before the head of a name."""
    if piece.is_initial or piece.text in TITLES:
        return False
    return piece.text in KEPT_LEFT or piece.text not in not_names()


def _right(body: str, run: list[Piece], at: int, heads: Heads) -> int:
    """Index of the last piece of the phrase that starts at `at`, behind `of`.

    A country ends it: what stands behind `Ministry of Defense of Tajikistan` is something else.
    """
    last = at
    for index in range(at, min(len(run), at + LONGEST)):
        if index > at and not _goes_on(run[index], heads):
            break
        last = index
        if index == at or run[index].link in RIGHT:
            known = gazetteer.name_at(body, run[index].start)
            if known is not None and known[0].kind in ("country", "place"):
                inside = (i for i in range(index, len(run)) if run[i].end <= known[1])
                return max(inside, default=index)
    return last


def _goes_on(piece: Piece, heads: Heads) -> bool:
    """Whether a piece belongs to the phrase behind `of` that came before it."""
    if piece.link not in (" ", " and ", " & ") and piece.link not in RIGHT:
        return False
    if level(piece.text) in given_names() or piece.text in TITLES:
        return False
    return piece.link not in (" and ", " & ") or not _is_other(piece, heads)


def _is_other(piece: Piece, heads: Heads) -> bool:
    """Whether a word behind `and` begins a name of its own."""
    return (
        piece.text in heads.all
        or (piece.text.isupper() and len(piece.text) > 1)
        or gazetteer.lookup(piece.text) is not None
    )


def _known_end(body: str, piece: Piece) -> int:
    """End of the known name that starts at a piece: `Russian federation` in any case."""
    known = gazetteer.name_at(body, piece.start)
    return known[1] if known else 0
