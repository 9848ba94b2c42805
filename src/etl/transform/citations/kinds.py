"""What kind of work a reference is of, in the names of CSL."""

from typing import NamedTuple

from etl.transform.citations.kind_patterns import (
    BILL,
    BLOGGED,
    CASE,
    CONFERENCE,
    DICTIONARY,
    ENCYCLOPEDIA,
    FILMED,
    GAZETTE,
    GENRES,
    INTERVIEW,
    INTERVIEW_HINTS,
    LAW,
    LAW_MARK,
    MAP,
    NEWSPAPER,
    PATENT,
    PERSONAL,
    POSTED,
    REPORT,
    REVIEW,
    SPEECH,
    SPEECH_HINTS,
    STANDARD,
    TREATY,
)

OFFICIAL = (("standard", STANDARD), ("bill", BILL), ("legal_case", CASE), ("treaty", TREATY))
"""Kinds of what is signed by no person, by how its title begins."""

WORDED = (
    ("interview", INTERVIEW_HINTS, INTERVIEW, True),
    ("speech", SPEECH_HINTS, SPEECH, True),
    ("review-book", ("review", "рец", "тақриз"), REVIEW, True),
    ("personal_communication", ("personal", "mail", "личн", "шахс", "شخصی"), PERSONAL, False),
    ("patent", ("patent", "пат", "а. с", "а.с", "اختراع"), PATENT, False),
    ("map", ("map", "карт", "масштаб", "scale", "харита", "نقشه"), MAP, False),
    ("motion_picture", ("direct", "dir.", "реж", "коргардон", "کارگردان"), FILMED, False),
)
"""Kind, small words without one of which its pattern cannot match (a search takes ten times as
long as the look for them), its pattern, and whether it is about the title."""


class Signs(NamedTuple):
    """What the fields of a reference say about its kind."""

    text: str
    title: str | None
    container: str | None
    is_thesis: bool
    has_issue: bool
    has_editors: bool
    has_imprint: bool
    has_url: bool
    has_authors: bool = False
    is_archival: bool = False
    is_preprint: bool = False


def is_law(text: str) -> bool:
    """Whether `text` begins like the title of a law."""
    return LAW.match(text) is not None


def kind(signs: Signs) -> str:
    """Kind of work, one of `WORK_KINDS`, by the plainest sign; `document` where nothing tells."""
    if signs.is_archival:
        return "manuscript"
    if named := _named(signs):
        return named
    if signs.is_thesis:
        return "thesis"
    if signs.container:
        return _part(signs.container, signs)
    if is_law(signs.title or signs.text):
        return "legislation"
    if REPORT.search(signs.text):
        return "report"
    if signs.has_imprint:
        return "book"
    if signs.is_preprint:
        return "article"
    if signs.has_url:
        return _page(signs)
    return "document"


def _named(signs: Signs) -> str | None:
    """Kind by words that stand in the title, or in brackets, whatever the work stands in."""
    if official := _official(signs):
        return official
    lowered = signs.text.lower()
    for name, hints, pattern, is_of_title in WORDED:
        if not any(hint in lowered for hint in hints):
            continue
        if pattern.search(signs.text) or (is_of_title and pattern.search(signs.title or "")):
            return name
    if "[" in lowered or "(" in lowered:
        return next((name for name, pattern in GENRES if pattern.search(signs.text)), None)
    return None


def _official(signs: Signs) -> str | None:
    """Kind of what states, courts and standards bodies issue: the entry begins with its title.

    A person who signs a title like that wrote about it.
    """
    for text in (
        (signs.text, signs.title) if signs.title and not signs.has_authors else (signs.text,)
    ):
        for name, pattern in OFFICIAL:
            if pattern.match(text):
                return name
        if is_law(text) and (not signs.container or _is_of_a_law(signs)):
            return "legislation"
    return None


def _is_of_a_law(signs: Signs) -> bool:
    """Whether title or what stands before it bear what a law has and an article about laws not."""
    title = signs.title or signs.text
    head = signs.text[: signs.text.find(title) + len(title)] if title in signs.text else title
    return bool(LAW_MARK.search(head) or GAZETTE.search(signs.text))


def _part(container: str, signs: Signs) -> str:
    """Kind of a work that stands in another."""
    if CONFERENCE.search(container):
        return "paper-conference"
    if ENCYCLOPEDIA.search(container):
        return "entry-encyclopedia"
    if DICTIONARY.search(container):
        return "entry-dictionary"
    if signs.has_issue:
        return "article-newspaper" if NEWSPAPER.search(container) else "article-journal"
    if signs.has_imprint or signs.has_editors:
        return "chapter"
    if signs.has_url and BLOGGED.search(container):
        return "post-weblog"
    return "article-newspaper" if NEWSPAPER.search(container) else "article-journal"


def _page(signs: Signs) -> str:
    """Kind of a work that only an address tells."""
    if POSTED.search(signs.text):
        return "post"
    return "post-weblog" if BLOGGED.search(signs.text) else "webpage"
