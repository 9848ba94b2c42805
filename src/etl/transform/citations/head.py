"""Who wrote it: names at the head of a reference, and a date that follows them."""

import re
from typing import NamedTuple

from etl.transform.citations import editors, kinds, name_patterns, names, number_patterns
from etl.transform.citations.number_patterns import YEAR
from etl.transform.citations.slate import BLANK, Slate

LABEL = re.compile(r"\s*(?:\[\d{1,4}\]|\(\d{1,3}\)|\d{1,3}[.)](?=\s)|[•*†‡¹²³⁰-⁹]+)\s*")
"""A label left before an entry: `[12] `, `12. `."""

LETTER = re.compile(r"[^\W\d_]")
"""`a`, `Я`, `ک`."""

QUOTE = re.compile(r"(?:^|(?<=[\s,.:(]))(?:[\"“„«]|``|''|‘(?=\w))")
"""Where a quoted title may begin."""

SMALL = re.compile(r"(?<![\w'’-])[^\W\d_A-ZА-ЯЁ][^\W\d_]*")
"""A word in small letters."""

LINK_WORDS = """
    of the for and on in to de la le les et und der die das für van von du des del da dos y e
    и по в на при о al others
"""
LINKS = frozenset(LINK_WORDS.split())
"""Small words that names of persons and bodies may hold."""

SENTENCE = re.compile(r"[^\W\d_]{3,}\.\s|[:?]")
"""Inside a stretch: it is more than one name."""

BODIES = (re.compile(r"[^.\x00]{3,100}?(?=\.\s)"), re.compile(r"[^.,\x00]{3,100}?(?=,\s)"))
"""The first sentence, or what stands before a comma: it may be the name of a body."""

TRANSLATED = re.compile(rf",\s*{YEAR}\s*,\s*\d+\s?(?:pp?|с|стр)\b\.?\s*$")
"""`, 2004, 83 p.` at the end: Russian order in translation, where surnames stand alone."""

SIGNED = re.compile(rf"(?P<names>[^.,;:\x00]{{3,80}})\.\s\(?{YEAR}[a-z]?\)?[.,:]\s")
"""`The Steppe Herald. 2013. `: a body that signs as author."""

TITLE_NEXT = re.compile(r"[\s,.:;]*[\"“«„]?[^\W\d_]")
"""A word or quote after a date in brackets."""

AFTER_NAME = re.compile(rf"^[\s,.:(]*(?:{YEAR}[a-z]?)?[\s,.:)]*")
"""`, `, ` (2004). `: what may stand between a name and a title."""

TWO_WORDS = re.compile(r"[\"“«„]|[^\W_]+[\s,:-]+[^\W\d_]{2,}")
"""A title after a lone surname: a quote, or two words."""

MOST_NAMES = 80
"""Words that names before a date may have; the longest seen list 40 authors."""


class Head(NamedTuple):
    """Names at the head, the date after them, and where the rest begins."""

    names: tuple[str, ...]
    are_editors: bool
    year: int | None
    end: int


def read(slate: Slate) -> Head:
    """Names at the head of `slate` and a date right after them, blanked there."""
    if label := LABEL.match(slate.rest):
        slate.blank(*label.span())
    start = len(slate.rest) - len(slate.rest.lstrip(" \x00.,;"))
    if repeated := name_patterns.REPEATED.match(slate.rest, start):
        return _dated(slate, (), start, repeated.end())
    end = _end(slate.rest, start)
    if end == start and slate.rest[start : start + 1] not in ("(", "["):
        return Head((), False, None, start)
    printed = slate.text[start:end]
    alone = TRANSLATED.search(slate.rest) and end == _surnames(slate.rest, start)
    return _dated(slate, tuple(printed.split(", ")) if alone else names.split(printed), start, end)


def _dated(slate: Slate, found: tuple[str, ...], start: int, end: int) -> Head:
    """The head from `start` to `end` with what follows: `et al.`, `(eds.)`, a date."""
    if more := name_patterns.ET_AL.match(slate.rest, end):
        end = more.end()
    are_editors = editors.AFTER_NAMES.match(slate.rest, end) if found else None
    if are_editors:
        end = are_editors.end()
    date = number_patterns.EARLY.match(slate.rest, end)
    # Words must follow, or the date stands at the end and not between authors and title.
    year = None
    if date and LETTER.search(slate.rest, date.end()):
        end = date.end()
        year = int(date["year"] or date["bare"])
    slate.blank(start, end)
    return Head(found, are_editors is not None, year, end)


def _end(rest: str, start: int) -> int:
    """Where the names that begin at `start` end; `start` if there are none."""
    spans = names.listed(rest, start)
    end = spans[-1][1] if spans else start
    if spans and editors.AFTER_NAMES.match(rest, end):
        return end
    if TRANSLATED.search(rest) and (stop := _surnames(rest, start)) > start:
        return stop
    for stop in (_before_date(rest, start), _before_quote(rest, start)):
        if stop > end and _only_names(rest[start:stop], bool(spans)):
            return stop
    if spans:
        return end if LETTER.search(rest, end) or len(spans) > 1 else start
    if (body := SIGNED.match(rest, start)) and _only_names(body["names"], False):
        return body.end("names")
    for pattern in (name_patterns.SINGLE, name_patterns.SLAVIC):
        if (single := pattern.match(rest, start)) and _title_follows(rest, single.end()):
            return single.end()
    return _body(rest, start)


def _surnames(rest: str, start: int) -> int:
    """Where surnames without initials end; only Slavic endings tell a second one from a title."""
    first = name_patterns.SINGLE.match(rest, start)
    if first is None or name_patterns.WITH_INITIALS.match(rest, start):
        return start
    end = first.end()
    while further := name_patterns.FURTHER_SURNAME.match(rest, end):
        end = further.end()
    return end if _title_follows(rest, end) else start


def _before_date(rest: str, start: int) -> int:
    """Where a date in brackets begins, if it may follow the authors; `start` otherwise."""
    date = number_patterns.IN_BRACKETS.search(rest, start, start + 400)
    if date is None or not TITLE_NEXT.match(rest, date.end()):
        return start
    return start + len(rest[start : date.start()].rstrip(" ,;:"))


def _before_quote(rest: str, start: int) -> int:
    """Where a quoted title begins; `start` if there is none."""
    quote = QUOTE.search(rest, start + 1, start + 300)
    return start + len(rest[start : quote.start()].rstrip(" ,;:")) if quote else start


def _only_names(head: str, has_persons: bool) -> bool:
    """Whether `head` may be names alone: no digits, no small words but those in names."""
    if BLANK in head or "//" in head or QUOTE.search(head) or any(c.isdigit() for c in head):
        return False
    if not has_persons and (SENTENCE.search(head.rstrip(". ")) or kinds.is_law(head)):
        return False
    is_small = any(word not in LINKS for word in SMALL.findall(head))
    return not is_small and len(head.split()) <= (MOST_NAMES if has_persons else 10)


def _title_follows(rest: str, end: int) -> bool:
    """Whether two words or a quote follow, so that a lone surname may stand before a title."""
    return TWO_WORDS.match(AFTER_NAME.sub("", rest[end:])) is not None or bool(
        name_patterns.ET_AL.match(rest, end)
    )


def _body(rest: str, start: int) -> int:
    """Where the name of a body that signs as author ends; `start` if there is none."""
    for pattern in BODIES:
        body = pattern.match(rest, start)
        if (
            body
            and name_patterns.ORGANISATION.search(body.group())
            and _only_names(body.group(), False)
            and LETTER.search(rest, body.end() + 1)
        ):
            return body.end()
    return start
