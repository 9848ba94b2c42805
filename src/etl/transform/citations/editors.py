"""Editors of a reference, and the authors once more after a stroke."""

import re

from etl.transform.citations import names
from etl.transform.citations.name_patterns import ET_AL
from etl.transform.citations.slate import Slate

AFTER_NAMES = re.compile(
    r"[\s,]*[(\[]?\b(?:eds?|editors?|hrsg|hg|сост|ред|отв\.\s?ред)\b\.?[)\]]?", re.IGNORECASE
)
"""`(eds.)`, `, editor`, `(Hrsg.)` after names at the head: they are editors."""

SIGN = re.compile(
    r",?\s*(?:[(\[]\s?(?:[Ee]ds?|[Hh]rsg|[Hh]g|[Ee]ditors?|ред)\s?\.?\s?[)\]]"
    r"|\b[Ee]ditors?\b|\b[Ee]ds\.)\s*[,:.]?"
)
"""`(eds.),` after names inside a reference."""

BOUNDARY = re.compile(r"(?:\b[Ii]n:?|[.,;:?”\"»’)\x00])\s+|\x00")
"""Where the names before `(eds.)` may begin: after `In `, after a sign."""

BEFORE_NAMES = re.compile(
    r"[\s,.;/(\[]*\b(?:[Ee]d(?:ited|s|itors?)?\.?\s+by|[Ee]ds?\.(?=\s[A-Z])"
    r"|[Пп]од\s+(?:общ(?:ей|\.)\s+)?ред(?:акцией|\.)?|[Оо]тв\.\s?ред\.|[Сс]ост\.|Hrsg\.\s+von"
    r"|به\s+کوشش|زیر\s+نظر|ویراستار)\s*:?\s+"
)
"""`, edited by `, `/ под ред. `, `به کوشش `."""

STROKE = re.compile(r"\s/\s+(?=\S)")
"""` / ` before the authors once more."""

FARTHEST = 250
"""Characters between the first editor and `(eds.)`; chosen by hand, four long names fit."""


def read(slate: Slate, start: int) -> tuple[str, ...]:
    """Editors named from `start` on, as printed; blanked with the words around them."""
    if sign := SIGN.search(slate.rest, start):
        for boundary in BOUNDARY.finditer(
            slate.rest, max(start, sign.start() - FARTHEST), sign.start()
        ):
            spans = names.listed(slate.rest, boundary.end())
            if spans and 0 <= sign.start() - _end(slate, spans) <= 2:
                slate.blank(spans[0][0], sign.end())
                return _printed(slate, spans)
    if before := BEFORE_NAMES.search(slate.rest, start):
        spans = names.listed(slate.rest, before.end())
        if spans:
            slate.blank(before.start(), _end(slate, spans))
            return _printed(slate, spans)
    return ()


def skip_repeated(slate: Slate, start: int) -> None:
    """Blank ` / A. B. Petrov` after a title in Russian order: the authors once more."""
    for stroke in STROKE.finditer(slate.rest, start):
        if spans := names.listed(slate.rest, stroke.end()):
            slate.blank(stroke.start(), _end(slate, spans))
            return


def _end(slate: Slate, spans: list[names.Span]) -> int:
    """Where the names end, `et al.` included."""
    more = ET_AL.match(slate.rest, spans[-1][1])
    return more.end() if more else spans[-1][1]


def _printed(slate: Slate, spans: list[names.Span]) -> tuple[str, ...]:
    """The names at `spans` as printed."""
    return tuple(names.tidy(slate.text[start:end]) for start, end in spans)
