"""ORCID iDs: found in addresses and texts, their check digit verified."""

import re

ORCID = re.compile(r"(?<![\dX-])(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])(?![\dX-])", re.IGNORECASE)
"""An ORCID iD: `https://orcid.org/0000-0002-1825-0097`, `0000000218250097`."""


def find(text: str) -> str | None:
    """The first ORCID iD in `text` with the right check digit, as `0000-0002-1825-0097`.

    >>> find("https://orcid.org/0000-0002-1825-0097"), find("0000-0002-1825-0098")
    ('0000-0002-1825-0097', None)
    """
    for match in ORCID.finditer(text):
        groups = [group.upper() for group in match.groups()]
        if check_digit("".join(groups)[:-1]) == groups[-1][-1]:
            return "-".join(groups)
    return None


def check_digit(digits: str) -> str:
    """The check digit behind the first 15 digits: ISO 7064 mod 11-2, `X` for ten.

    >>> check_digit("000000021825009")
    '7'
    """
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)
