"""Programmes and laws: named in quotation marks beside a word that says so, or by their form.

`a program called “Clear Rivers”`, `the Law "On Languages"`, `Constitution of the
Republic of …`. A quoted name found once is the same thing wherever it is quoted again.
"""

import re
from collections.abc import Iterator

import polars as pl

from etl.transform.entities.scan import UPPER, Hit, found
from etl.transform.text import fold

VERSION = "1"

CONFIDENCE = 0.75
"""Set by hand: the training sets have no such kind."""

QUOTED = re.compile(rf"[\"“«„]([{UPPER}][^\"“”«»„\n]{{3,120}}?)[.,]?[\"”»“]")
"""Words in quotation marks that begin with a capital."""

PROGRAMME_BEFORE = re.compile(
    r"(?:\b(?:program|programme|project|initiative|strategy|concept|plan|treaty|agreement|scheme)s?"
    r"|\b(?:программ|проект|инициатив|стратеги|концепци|план|договор|соглашени)[а-я]*"
    r"|(?:برنامه|طرح|پروژه|پیمان|راهبرد))"
    r"(?:,? (?:called|named|entitled|titled|known as|of [A-Z]+|under the name|под названием))?"
    r"(?: of| on| for| the)?,? ?\Z",
    re.IGNORECASE,
)
"""What stands before the quoted name of a programme: `a program called `."""

PROGRAMME_AFTER = re.compile(
    r"\A,? (?:\([A-Z]\w+\) )?"
    r"(?:program|programme|project|initiative|strategy|plan|treaty|scheme)s?\b",
    re.IGNORECASE,
)
"""What stands behind it: ` program`."""

LAW_BEFORE = re.compile(
    r"(?:\b(?:law|act|decree|code|bill|resolution)s?|\b(?:закон|указ|кодекс|постановлени)[а-я]*|قانون)"
    r"(?: of(?: the)? [\w ]{3,40}| Республики [\w]+| №? ?\d+)?(?: dated| from| of| от)?"
    r"(?: [\w.,]+ \d{4}(?: года| г\.)?)?,? ?\Z",
    re.IGNORECASE,
)
"""What stands before the quoted name of a law: `the Law of the Republic of Uzbekistan `."""

STATUTE = re.compile(
    r"\b(?:Constitution|(?:Criminal|Civil|Tax|Labou?r|Family|Land|Customs|Administrative) Code)"
    r"(?: of(?: the)?(?: [A-Z][a-z]+(?: of [A-Z][a-z]+)?){1,3})?"
)
"""A law named by what it is: `Constitution of the Republic of Tajikistan`, `Criminal Code`."""

LONGEST = 14
"""Words; longer quotations are speech."""


def find(versions: pl.DataFrame) -> pl.DataFrame:
    """One row per programme or law named in quotation marks or by its form."""
    return found(versions, hits, "quoted", VERSION)


def hits(body: str) -> Iterator[Hit]:
    """Programmes and laws in a body."""
    spans = [m.span(1) for m in QUOTED.finditer(body) if len(m.group(1).split()) <= LONGEST]
    kinds: dict[str, str] = {}
    for start, end in spans:
        if kind := _kind(body, start, end):
            kinds.setdefault(fold(body[start:end]), kind)
    for start, end in spans:
        if kind := kinds.get(fold(body[start:end]), ""):
            yield Hit(start, end, kind, CONFIDENCE)
    for match in STATUTE.finditer(body):
        yield Hit(match.start(), match.end(), "law", CONFIDENCE)


def _kind(body: str, start: int, end: int) -> str:
    """Kind of a quoted name by the words beside it; empty where they say nothing."""
    before, after = body[max(0, start - 80) : start - 1], body[end + 1 : end + 40]
    before = before.rpartition("\n")[2]
    if LAW_BEFORE.search(before):
        return "law"
    if PROGRAMME_BEFORE.search(before) or PROGRAMME_AFTER.search(after):
        return "programme"
    return ""
