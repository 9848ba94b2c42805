"""Year, volume, issue and pages of a reference."""

import re
from typing import NamedTuple

from etl.transform.citations.number_patterns import (
    ANY_YEAR,
    CLUSTERS,
    DATED_CLUSTERS,
    IN_BRACKETS,
    ISSUE,
    LABELLED_PAGES,
    PAGE_COUNT,
    PAGE_LAST,
    PAGE_RANGE,
    PLAIN_YEAR,
    VOLUME,
    VOLUME_LAST,
)
from etl.transform.citations.slate import Slate

SOLAR_HIJRI = range(1300, 1420)
"""Years of the Persian calendar in print; adding 621 gives the year in which they began."""


class Numbers(NamedTuple):
    """What the numbers of a reference say, as printed; the first one stands at `start`."""

    year: int | None
    volume: str | None
    issue: str | None
    pages: str | None
    is_article: bool
    start: int


def read(slate: Slate, start: int, year: int | None) -> Numbers:
    """Numbers of `slate` from `start` on, blanked there; a `year` that is known is kept.

    Words tell most (`vol. 3`), then forms with a year (`12 (2004) 5`), then bare forms. A volume
    and an issue, or a span of pages, are signs of an article.
    """
    reader = _Reader(slate, start)
    for pattern in (PAGE_COUNT, LABELLED_PAGES, VOLUME, ISSUE):
        reader.take(pattern)
    reader.clusters(DATED_CLUSTERS)
    if year is None:
        year = int(reader.found["year"]) if "year" in reader.found else reader.late_year()
    reader.clusters(CLUSTERS)
    found = reader.found
    for pattern in (PAGE_RANGE, PAGE_LAST):
        if "pages" not in found:
            reader.take(pattern)
    if "volume" not in found and ("pages" in found or "issue" in found):
        reader.take(VOLUME_LAST)
    # `Soc. 4169 (1969)`: no journal has that many volumes.
    if "pages" not in found and len(found.get("volume", "")) == 4:
        found["pages"] = found.pop("volume")
    is_article = any(name in found for name in ("volume", "issue", "pages"))
    pages = found.get("pages") or found.get("count")
    places = (year, found.get("volume"), found.get("issue"), pages)
    return Numbers(*places, is_article=is_article, start=reader.first)


class _Reader:
    """Finds numbers from `start` on and remembers where the first one stood."""

    def __init__(self, slate: Slate, start: int) -> None:
        self.slate = slate
        self.start = start
        self.found: dict[str, str] = {}
        self.first = len(slate.rest)

    def take(self, pattern: re.Pattern[str]) -> None:
        """Keep what `pattern` names where it matches; what was found before stays."""
        match = self.slate.take(pattern, self.start)
        if match is None:
            return
        self.first = min(self.first, match.start())
        for name, span in ((name, match.span(name)) for name in match.groupdict()):
            if span[0] >= 0 and (value := self.slate.text[slice(*span)].strip()):
                self.found.setdefault(name, value)

    def clusters(self, patterns: tuple[re.Pattern[str], ...]) -> None:
        """Keep what `patterns` say until the volume is known, and pages or issue with it."""
        for pattern in patterns:
            if "volume" in self.found and ("pages" in self.found or "issue" in self.found):
                return
            self.take(pattern)

    def late_year(self) -> int | None:
        """The year printed last, dates in brackets first; blanked with its date."""
        for pattern in (IN_BRACKETS, PLAIN_YEAR, ANY_YEAR):
            matches = list(pattern.finditer(self.slate.rest, self.start))
            if matches:
                self.first = min(self.first, matches[-1].start())
                self.slate.blank(*matches[-1].span())
                return int(matches[-1]["year"])
        return None


def is_solar(year: int, language: str | None) -> bool:
    """Whether `year` is of the Persian calendar: Persian references print solar years."""
    return language == "fa" and year in SOLAR_HIJRI


def gregorian(year: int | None, language: str | None) -> int | None:
    """`year` of the Gregorian calendar.

    >>> gregorian(1387, "fa"), gregorian(2008, "fa")
    (2008, 2008)
    """
    return year + 621 if year is not None and is_solar(year, language) else year
