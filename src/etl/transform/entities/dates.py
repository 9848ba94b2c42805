"""Dates and years as printed, in English, Russian, Tajik and Persian.

Points in time only: days, months, years, decades, centuries. Durations (`for 15 years`) and
words like `today` are left out. `name` is the date in ISO 8601 where it is one of the
Gregorian calendar; dates are no entities.
"""

import re
from collections.abc import Iterator
from functools import cache

import polars as pl

from etl.transform.entities.scan import Hit, found

VERSION = "1"

FULL, MONTH_OF_YEAR, YEAR_ALONE, DAY_OF_MONTH = 0.98, 0.97, 0.85, 0.9
"""Set by hand: the training sets have no dates."""

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ru": "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр",
    "tg": "январ феврал март апрел май июн июл август сентябр октябр ноябр декабр",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
}
"""Months in order; Russian and Tajik as stems."""

JALALI = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
"""Months of the Iranian calendar."""

SHORT_MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
ENGLISH = "|".join([*MONTHS["en"].split(), SHORT_MONTHS])
RUSSIAN = "(?:" + "|".join(MONTHS["ru"].split()) + ")(?:[аяеьийю]|ом|ём|ем|ех)?"
PERSIAN = "|".join([*MONTHS["fa"].split(), *JALALI.split(), "ژانویهٔ", "جولای", "آگوست", "می"])
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
YEAR = r"(?:1[0-9]|20)\d\d"

ENGLISH_DATE = re.compile(
    rf"\b{WEEKDAY}(?:"
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{ENGLISH})\.?,?(?: of)?"
    rf" (?P<year>{YEAR})\b"
    rf"|(?P<month2>{ENGLISH})\.? (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year2>{YEAR}))\b"
    rf"|(?P<month3>{ENGLISH})\.?,?(?: of)? (?P<year3>{YEAR})\b"
    rf"|(?P<day4>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month4>{ENGLISH})\b(?!\.? [a-z]+ing\b)"
    rf"|(?P<month5>{ENGLISH})\.? (?P<day5>\d{{1,2}})(?:st|nd|rd|th)?\b(?![\d:%])"
    rf")"
)
"""`Friday, May 3, 2019`, `3 May 2019`, `May 2019`, `3 May`, `May 3`."""

NUMERIC = re.compile(
    rf"\b(?P<year>{YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-2]\d|3[01])\b"
    rf"|\b(?P<day2>[0-2]?\d|3[01])\.(?P<month2>0?[1-9]|1[0-2])\.(?P<year2>{YEAR})\b"
)
"""`2011-03-09`, `09.03.2011`."""

RUSSIAN_DATE = re.compile(
    rf"\b(?P<day4>\d{{1,2}})(?:-?[уюи]?м)? (?P<month4>{RUSSIAN})и? соли (?P<year4>{YEAR})\b"
    rf"|\b(?:(?P<day>\d{{1,2}}) )?(?P<month>{RUSSIAN}) (?P<year>{YEAR})(?: года?у?\b| г\.|-го)?"
    rf"|\b(?P<day2>\d{{1,2}}) (?P<month2>{RUSSIAN})\b"
    rf"|\b(?:соли )?(?P<year3>{YEAR})(?:-[а-я]{{1,3}})?(?: год[ауоме]*\b| гг?\.|-х годов)"
)
"""`9 марта 2011 года`, `в марте 2011 г.`, `2011 году`, `9 марти соли 2011`."""

PERSIAN_DATE = re.compile(
    rf"(?<!\w)(?:(?:(?P<day>[\d۰-۹]{{1,2}}) )?(?:{PERSIAN})(?: ماه)?(?: سال)?"
    rf" (?P<year>[\d۰-۹]{{4}})"
    rf"|(?P<day2>[\d۰-۹]{{1,2}}) (?:{PERSIAN})|سال (?P<year2>[\d۰-۹]{{4}}))(?!\w)"
)
"""`۹ مارس ۲۰۱۱`, `۱۸ اسفند ۱۳۸۹`, `سال ۱۳۸۹`."""

SPAN_OF_TIME = re.compile(
    r"\b(?:(?:early|mid|late)[- ])?(?:1[5-9]|20)\d0s\b"
    r"|\b(?:(?:early|mid|late)[- ])?(?:\d{1,2}(?:st|nd|rd|th)|[Tt]wentieth|[Tt]wenty-first"
    r"|[Nn]ineteenth|[Ee]ighteenth) [Cc]entur(?:y|ies)(?: BCE?| AD)?\b"
    r"|\b(?:[IVX]{1,5}|\d{1,2})(?:-м|-го)? (?:век[аеу]?|столети[еяию])\b"
    r"|\b(?:1[5-9]|20)\d0-[ехми]{1,2} (?:годы|годов|годах|годам|гг\.)"
)
"""`1990s`, `late 19th century`, `XIX века`, `1990-е годы`."""

YEAR_IN_CONTEXT = re.compile(
    rf"(?:\b(?:[Ii]n|[Ss]ince|[Ff]rom|[Uu]ntil|[Tt]ill|[Bb]y|[Oo]f|[Aa]fter|[Bb]efore|[Dd]uring"
    rf"|[Bb]etween|[Aa]round|[Cc]irca|[Ll]ate|[Ee]arly|[Yy]ears?|[Tt]hroughout|[Ss]pring|[Ss]ummer"
    rf"|[Aa]utumn|[Ww]inter|[Ff]all|mid-?|[Dd]ated|[Bb]orn|[Dd]ied)(?: the)?(?: year| years)? "
    rf"|\(|{YEAR}(?: and | to | or |, ?|[-–—]))"
    rf"(?P<year>{YEAR})\b(?!(?:[.,]\d|%| (?:per|million|thousand|people|km|meters|metres|troops|men"
    rf"|dollars|percent|tons|tonnes|soldiers|hectares|kilomet\w+|members|families|USD|MW)\b))"
)
"""A year behind a word that leads to one: `in 1994`, `2004 and 2005`, `(1924`."""


def find(versions: pl.DataFrame) -> pl.DataFrame:
    """One row per date in the bodies."""
    return found(versions, hits, "dates", VERSION)


def hits(body: str) -> Iterator[Hit]:
    """Dates in a body; the forms may overlap, the longest is kept later."""
    for pattern in (ENGLISH_DATE, NUMERIC, RUSSIAN_DATE, PERSIAN_DATE):
        for match in pattern.finditer(body):
            yield _hit(match)
    for match in SPAN_OF_TIME.finditer(body):
        yield Hit(match.start(), match.end(), "date", YEAR_ALONE)
    for match in YEAR_IN_CONTEXT.finditer(body):
        yield Hit(*match.span("year"), "date", YEAR_ALONE, None, match.group("year"))


def _hit(match: re.Match[str]) -> Hit:
    """The date a pattern matched, with its ISO form where it has one."""
    parts = {name.rstrip("2345"): text for name, text in match.groupdict().items() if text}
    confidence = FULL if len(parts) == 3 else MONTH_OF_YEAR if "year" in parts else DAY_OF_MONTH
    return Hit(match.start(), match.end(), "date", confidence, None, iso(parts))


def iso(parts: dict[str, str]) -> str | None:
    """ISO 8601 of a Gregorian date, `2011-03-09`, `2011-03` or `2011`; null where it is none.

    >>> iso({"day": "9", "month": "марта", "year": "2011"})
    '2011-03-09'
    """
    if "year" not in parts or not parts["year"].isascii():
        return None
    text = parts["year"]
    if month := _month(parts.get("month", "")):
        text += f"-{month:02}"
        if day := parts.get("day"):
            text += f"-{int(day):02}"
    return text


def _month(name: str) -> int:
    """Number of a month by its name, stem or digits; 0 for none."""
    if name.isdigit():
        return int(name)
    starts = _starts()
    return next((starts[name.lower()[:n]] for n in (4, 3, 2) if name.lower()[:n] in starts), 0)


@cache
def _starts() -> dict[str, int]:
    """Months by the first letters of their names."""
    return {
        name.lower()[:3]: number
        for language in ("en", "ru")
        for number, name in enumerate(MONTHS[language].split(), start=1)
    } | {"май": 5, "мая": 5, "мае": 5, "март": 3}
