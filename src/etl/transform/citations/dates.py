"""Dates of references: as printed to ISO 8601, as exact as they are printed.

Years of the Persian calendar become Gregorian: whole days exactly, months and years alone the year
in which they began. Seasons and ranges are written as ISO 8601-2 (EDTF) has them: `2008-21` is the
spring of 2008, `1998/2001` a range, `1998~` about 1998.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from etl.transform.calendars import MONTHS, PERSIAN_MONTHS, PERSIAN_YEARS, from_persian
from etl.transform.citations.date_patterns import DATED
from etl.transform.citations.notes import ACCESSED, UNDATED
from etl.transform.citations.plain import PLAIN
from etl.transform.citations.solar import is_solar
from etl.transform.text import SAME_LETTER, collapse

SHORT_MONTHS = {"февр": 2, "июнь": 6, "нояб": 11, "sept": 9, "дек": 12, "апр": 4}
"""Short names in references that datelines do not have."""

GREGORIAN = MONTHS | SHORT_MONTHS

SEASONS = {
    name.translate(SAME_LETTER): number
    for number, names in enumerate(
        (
            "spring весна весной баҳор بهار printemps frühjahr frühling primavera",
            "summer лето летом тобистон تابستان été sommer verano",
            "autumn fall осень осенью тирамоҳ پاییز خزان automne herbst otoño",
            "winter зима зимой зимистон زمستان hiver invierno",
        ),
        start=1,
    )
    for name in names.split()
}
"""Number of a season by its name, as CSL counts them: spring is 1."""

CIRCA = re.compile(r"(?<!\w)(?:c|ca|circa|approx|ок|около|حدود)\b|\d\s?\?", re.IGNORECASE)
"""`c. 1998`, `ок. 1998`, `1998?`."""

NUMBERS = (
    re.compile(
        r"(?<!\d)(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d\d?)(?P=sign)(?P<day>\d\d?)(?!\d)"
    ),
    re.compile(
        r"(?<!\d)(?P<day>\d\d?)(?P<sign>[-/.])(?P<month>\d\d?)(?P=sign)(?P<year>\d{4})(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<day>\d\d?)(?P<sign>\.)(?P<month>\d\d?)\.(?P<short>\d\d)(?!\d)"),
)
"""`2020-05-12`, `12.05.2020`, `12.05.20`."""

TOKEN = re.compile(r"(?P<number>\d+)|(?P<word>[^\W\d_]+)|(?P<dash>[-–—−]+)|(?P<stroke>/)")
"""A number, a word, a dash or a stroke."""

YEARS = range(1280, 2100)
"""Numbers that may be years, of either calendar."""

LONGEST_RANGE = 60
"""Years that a range of dates may span; longer ones are lives and reigns. Chosen by hand."""

AROUND = 30
"""Characters before a year in which its day and month may stand."""

PRINTED = re.compile(
    r"(?:(?:(?<=[(\[])(?-i:c\.)|\bca\.|\bcirca|\bок\.|\bоколо)\s?)?(?:(?<!\d)\d{4}\s?[-/]\s?(?=\d{4}))?"
    rf"{DATED}(?:\s?[-/]\s?(?:\d{{4}}|\d\d)(?![\d-]))?",
    re.IGNORECASE,
)
"""A year with what of its date stands around it, as the text without typographic dashes has it."""


class Moment(NamedTuple):
    """A Gregorian date, as exact as it is known; a season has no month."""

    year: int
    month: int | None = None
    day: int | None = None
    season: int | None = None

    def iso(self) -> str:
        """`2008`, `2008-05`, `2008-05-12`, `2008-21` for a season."""
        month = self.season + 20 if self.season else self.month
        parts = (f"{self.year:04}", *(f"{part:02}" for part in (month, self.day) if part))
        return "-".join(parts)


class Dated(NamedTuple):
    """A date or a range of dates."""

    first: Moment
    last: Moment | None = None
    is_about: bool = False

    def iso(self) -> str:
        """ISO 8601 of the date or range; `~` where it is about that time."""
        text = self.first.iso() + ("~" if self.is_about else "")
        return f"{text}/{self.last.iso()}" if self.last else text

    def is_of(self, year: int) -> bool:
        """Whether it begins or ends in `year`; a whole day tells the year better."""
        ends = (self.first.year, self.last.year if self.last else None)
        return year in ends or self.first.day is not None


def read(printed: str, language: str | None = None) -> Dated | None:
    """The date `printed`, with nothing but a date in it; None if no year is there.

    Numbers alone are read day first; where strokes part them and month first would do as well,
    only the year is sure. Years alone are of the Persian calendar if `language` is Persian.

    >>> read("12–14 мая 2008 г.").iso(), read("2008/09").iso(), read("Spring 2008").iso()
    ('2008-05-12/2008-05-14', '2008/2009', '2008-21')
    """
    text = collapse(printed.translate(SAME_LETTER)).casefold()
    is_about = CIRCA.search(text) is not None
    for pattern in NUMBERS:
        if match := pattern.search(text):
            moment = _of_numbers(match)
            return Dated(moment, None, is_about) if moment else None
    found = _of_words(list(_tokens(text)), language)
    return found and found._replace(is_about=is_about)


def _of_numbers(match: re.Match[str]) -> Moment | None:
    """The day that three numbers name; the year alone where day and month may be swapped."""
    parts = match.groupdict()
    year = int(parts.get("year") or 2000 + int(parts["short"]))
    day, month = int(parts["day"]), int(parts["month"])
    is_day_first = match.start("day") < match.start("month")
    if month > 12 >= day:
        day, month = month, day
    elif is_day_first and parts["sign"] == "/" and day <= 12 and day != month:
        return _moment(year)
    return _moment(year, month, day, is_persian=year in PERSIAN_YEARS)


def _moment(
    year: int, month: int | None = None, day: int | None = None, *, is_persian: bool = False
) -> Moment | None:
    """The Gregorian moment; None if the calendar has no such day."""
    try:
        if is_persian:
            first = from_persian(year, month or 1, day or 1)
            return Moment(first.year, first.month, first.day) if day else Moment(first.year)
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return Moment(year, month, day)


class _Token(NamedTuple):
    """One token of a date: its kind and value."""

    kind: str
    value: int = 0


def _tokens(text: str) -> Iterator[_Token]:
    """Tokens of a date: `y`ear, `n`umber, `m`onth, `p`ersian month, `s`eason, `-` and `/`."""
    for match in TOKEN.finditer(text):
        if digits := match["number"]:
            value = int(digits) if len(digits) <= 4 else 0
            yield _Token("y" if len(digits) == 4 and value in YEARS else "n", value)
        elif word := match["word"]:
            for kind, names in (("m", GREGORIAN), ("p", PERSIAN_MONTHS), ("s", SEASONS)):
                if word in names:
                    yield _Token(kind, names[word])
                    break
        else:
            yield _Token("-" if match["dash"] else "/")


def _of_words(tokens: list[_Token], language: str | None) -> Dated | None:
    """The date that tokens name."""
    place = next((n for n, token in enumerate(tokens) if token.kind == "y"), None)
    if place is None:
        return None
    first, last = tokens[place].value, _last_year(tokens, place)
    months = [token for token in tokens if token.kind in "mp"]
    if not months:
        return _without_months(tokens, place, last, language)
    days = [token.value for token in tokens if token.kind == "n" and 1 <= token.value <= 31]
    begin = _named(first, months[0], days[0] if days else None) or Moment(first)
    if last is None and len(months) == 1 and len(days) <= 1:
        return Dated(begin)
    if not any(token.kind in "-/" for token in tokens):
        return Dated(begin)
    end = _named(last or first, months[-1], days[-1] if len(days) > 1 else None)
    return Dated(begin, end if end and end.month and end.iso() > begin.iso() else None)


def _named(year: int, month: _Token, day: int | None) -> Moment | None:
    """The day, or the month, that a named month and a year give."""
    return _moment(year, month.value, day, is_persian=month.kind == "p")


def _last_year(tokens: list[_Token], place: int) -> int | None:
    """The year a range ends with: `1998-2001`, `1998-99`, `2008/09`; None if it is no range.

    `place` is that of the year it begins with.
    """
    begin = tokens[place].value
    further = next((n for n in range(place + 1, len(tokens)) if tokens[n].kind == "y"), None)
    if further is not None:
        end = tokens[further].value
        between = [token.kind for token in tokens[place + 1 : further]]
        is_range = "-" in between or ("/" in between and end == begin + 1)
        return end if is_range and begin < end <= begin + LONGEST_RANGE else None
    short = _number_after(tokens[place:])
    end = begin // 100 * 100 + short
    return end if begin < end and (end == begin + 1 or short > 12) else None


def _number_after(tokens: list[_Token]) -> int:
    """The number behind a year and a dash or stroke; 0 if there is none."""
    is_there = [token.kind for token in tokens[1:3]] in (["-", "n"], ["/", "n"])
    return tokens[2].value if is_there else 0


def _without_months(
    tokens: list[_Token], place: int, last: int | None, language: str | None
) -> Dated | None:
    """A year, a range of years, a season, or a year and the number of its month."""
    first = tokens[place].value
    is_persian = is_solar(first, language)
    begin = _moment(first, is_persian=is_persian)
    if begin is None:
        return None
    if last is not None:
        return Dated(begin, _moment(last, is_persian=is_persian))
    if season := next((token.value for token in tokens if token.kind == "s"), None):
        return Dated(begin._replace(season=season))
    month = _number_after(tokens[place:])
    numbered = _moment(first, month, is_persian=is_persian) if 1 <= month <= 12 else None
    return Dated(numbered or begin)


def printed(text: str, year: int | None) -> str | None:
    """The date in `text` as printed, given its Gregorian year; or words that there is none.

    `text` is an entry without its URLs and access notes. The date with the most parts is taken,
    of equal ones the first.

    >>> printed("Shaw A. Rivers // Steppe. – 2008. – 12 мая 2008. – С. 5.", 2008)
    '12 мая 2008'
    """
    if year is None:
        none = UNDATED.search(text)
        return none.group().strip("()[]") if none else None
    plain = text.translate(PLAIN)
    found = [
        span
        for number in (year, year - 621)
        for place in re.finditer(rf"(?<!\d){number}(?!\d)", plain)
        if (span := _around(plain, place.start(), place.end()))
    ]
    start, end = max(found, key=lambda span: span[1] - span[0], default=(0, 0))
    return text[start:end].strip(" ,;") or None


def _around(plain: str, start: int, end: int) -> tuple[int, int] | None:
    """Span of the date around the year at `start:end`."""
    begin = max(0, start - AROUND)
    for match in PRINTED.finditer(plain, begin, min(len(plain), end + AROUND)):
        if match.start() <= start and match.end() >= end:
            return match.span()
    return None


def accessed(text: str) -> str | None:
    """ISO date of the day on which a web reference says it was read.

    >>> accessed("URL: http://example.org (дата обращения: 12.05.2020)")
    '2020-05-12'
    """
    note = ACCESSED.search(text.translate(PLAIN))
    found = read(note.group()) if note else None
    return found.first.iso() if found else None
