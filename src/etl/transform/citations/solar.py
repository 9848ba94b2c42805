"""Years of the Persian calendar as years of ours."""

SOLAR_HIJRI = range(1300, 1420)
"""Years of the Persian calendar in print; adding 621 gives the year in which they began."""


def is_solar(year: int, language: str | None) -> bool:
    """Whether `year` is of the Persian calendar: Persian references print solar years."""
    return language == "fa" and year in SOLAR_HIJRI


def gregorian(year: int | None, language: str | None) -> int | None:
    """`year` of the Gregorian calendar.

    >>> gregorian(1387, "fa"), gregorian(2008, "fa")
    (2008, 2008)
    """
    return year + 621 if year is not None and is_solar(year, language) else year
