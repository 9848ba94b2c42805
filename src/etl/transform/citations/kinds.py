"""What kind of work a reference is of, in the names of CSL."""

import re
from typing import NamedTuple

CONFERENCE = re.compile(
    r"\b(?:proceedings|proc\.|conference|symposium|workshop|congress|colloquium|конференци[ия]"
    r"|съезда?|симпозиума?|конгресса?|чтени[йя])\b|همایش|کنفرانس|کنگره",
    re.IGNORECASE,
)
"""`Proceedings of the conference`, `материалы конференции`."""

LAW = re.compile(
    r"^\W*(?:(?:the\s+)?(?:law|constitution|decree|act|code)\s+(?:of|on)\b"
    r"|(?:resolution|decree|order)\s+(?:of|no)\b|(?:закон|указ|постановление|конституция|кодекс"
    r"|распоряжение|қонуни|конститутсияи)\b|قانون)",
    re.IGNORECASE,
)
"""`Law of the Republic`, `Закон`, `قانون` at the beginning."""

REPORT = re.compile(
    r"\b(?:(?:technical|annual|final|country)?\s*report|working\s+paper|discussion\s+paper"
    r"|policy\s+(?:brief|paper)|white\s+paper|отч[её]т|доклад)\b|گزارش",
    re.IGNORECASE,
)
"""`Annual report`, `policy brief`, `доклад`."""

NEWSPAPER = re.compile(
    r"\b(?:times|post|herald|tribune|guardian|newspaper|telegraph|gazette|daily|zeitung|le\s+monde"
    r"|reuters|news|газета|правда|известия|коммерсантъ?|ведомости|ҷумҳурият)\b"
    r"|روزنامه|اطلاعات|کیهان|همشهری",
    re.IGNORECASE,
)
"""`The Steppe Herald`, `Независимая газета`."""


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


def is_law(text: str) -> bool:
    """Whether `text` begins like the title of a law."""
    return LAW.match(text) is not None


def is_host(text: str) -> bool:
    """Whether `text` names a conference or a newspaper, which works stand in."""
    return bool(CONFERENCE.search(text) or NEWSPAPER.search(text))


def kind(signs: Signs) -> str:
    """Kind of work, one of `WORK_KINDS`, by the plainest sign; `document` where nothing tells."""
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
    return "webpage" if signs.has_url else "document"


def _part(container: str, signs: Signs) -> str:
    """Kind of a work that stands in another."""
    if CONFERENCE.search(container):
        return "paper-conference"
    if signs.has_issue:
        return "article-newspaper" if NEWSPAPER.search(container) else "article-journal"
    if signs.has_imprint or signs.has_editors:
        return "chapter"
    return "article-newspaper" if NEWSPAPER.search(container) else "article-journal"
