"""Stored citations to CSL-JSON 1.0.2, the exchange format of citation processors.

In come rows of `load.exports`, out go items. What CSL has no name for (the entry as printed, who
cites it, how sure the reading is) stands under `custom`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from etl.transform.text import fold

Row = Mapping[str, Any]
Item = dict[str, Any]

TEXTS = {
    "title": "title",
    "container_title": "container-title",
    "series": "collection-title",
    "volume": "volume",
    "issue": "issue",
    "publisher": "publisher",
    "place": "publisher-place",
    "archive": "archive",
    "archive_location": "archive_location",
    "doi": "DOI",
    "isbn": "ISBN",
    "language": "language",
}
"""Columns that are variables of CSL as they are."""

DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?")
"""`2008-05-12`; a month over 20 is a season."""

ORDINAL = re.compile(r"\d{1,3}")
"""The number of an edition: `2-е изд.`."""

ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "first اول نخست",
            "second دوم",
            "third سوم",
            "fourth چهارم",
            "fifth پنجم",
            "sixth ششم",
            "seventh هفتم",
        ),
        start=1,
    )
    for word in words.split()
}
"""Number of an edition by its word."""

LETTERS = """
    а:a б:b в:v г:g д:d е:e ж:zh з:z и:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch
    ш:sh щ:shch ъ: ы:y ь: э:e ю:yu я:ya ғ:gh қ:q ҳ:h ҷ:j і:i є:ye ґ:g ә:a ң:ng ө:o ү:u ұ:u һ:h
"""
LATIN = {pair[0]: pair[2:] for pair in LETTERS.split()}
"""Cyrillic letters, folded, as keys have them."""

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"

LONGEST_NAME = 24
"""Letters of a name in a key."""


def item(row: Row) -> Item:
    """The item of one citation; variables it has nothing for are left out."""
    found: Item = {"id": key(row), "type": row["kind"]}
    for role in ("author", "editor", "translator"):
        if listed := [_name(name) for name in row["names"] or () if name["role"] == role]:
            found[role] = listed
    found |= {name: row[column] for column, name in TEXTS.items() if row[column]}
    for column in ("issued", "accessed"):
        if row[column]:
            found[column] = date(row[column])
    found |= _pages(row)
    if row["edition"]:
        found["edition"] = edition(row["edition"])
    if row["url"]:
        found["URL"] = row["url"] if "://" in row["url"] else f"http://{row['url']}"
    if row["arxiv"]:
        found["number"] = f"arXiv:{row['arxiv']}"
    return found | {"custom": _custom(row)}


def _name(name: Row) -> Item:
    """A name variable: the parts of a person, or a body as it is printed."""
    parts = {
        "family": name["family"],
        "given": name["given"],
        "non-dropping-particle": name["particle"],
        "suffix": name["suffix"],
        "literal": name["literal"],
    }
    return {part: text for part, text in parts.items() if text}


def _pages(row: Row) -> Item:
    """`page` and `page-first`, or how many pages there are."""
    if row["page_count"]:
        return {"number-of-pages": row["page_count"]}
    first, last = row["page_first"], row["page_last"]
    if not first:
        return {"page": row["pages"]} if row["pages"] else {}
    return {"page": first if last in (None, first) else f"{first}-{last}", "page-first": first}


def _custom(row: Row) -> Item:
    """What CSL has no name for."""
    names = ("raw", "source", "citing_url", "position", "confidence", "arxiv", "date_printed")
    found = {name: row[name] for name in names if row[name] is not None}
    return found | ({"has_more_authors": True} if row["has_more_authors"] else {})


def date(iso: str) -> Item:
    """The date variable of a date in ISO 8601, as `schema.citations` has them.

    >>> date("2008-05-12"), date("1998/2001")
    ({'date-parts': [[2008, 5, 12]]}, {'date-parts': [[1998], [2001]]})
    >>> date("2008-21"), date("1998~")
    ({'date-parts': [[2008]], 'season': 1}, {'date-parts': [[1998]], 'circa': True})
    """
    moments = [match.groupdict() for match in DATE.finditer(iso)]
    found: Item = {"date-parts": [list(_numbers(moment)) for moment in moments]}
    if (season := int(moments[0]["month"] or 0) - 20) > 0:
        found["season"] = season
    return found | ({"circa": True} if "~" in iso else {})


def _numbers(moment: Mapping[str, str | None]) -> Iterator[int]:
    """Year, month and day as far as they are known; a season is none of them."""
    yield int(moment["year"] or 0)
    month = int(moment["month"] or 0)
    if 1 <= month <= 12:
        yield month
        if day := moment["day"]:
            yield int(day)


def edition(printed: str) -> str:
    """The number of an edition; without one, as it is printed.

    >>> edition("2-е изд., испр."), edition("چاپ سوم"), edition("rev. ed.")
    ('2', '3', 'rev. ed.')
    """
    if number := ORDINAL.search(printed):
        return str(int(number.group()))
    numbers = (ORDINALS.get(word) for word in printed.lower().split())
    return str(next((number for number in numbers if number), printed))


def key(row: Row) -> str:
    """A key that no other citation has, and that stays: first name, year and id.

    >>> row = {"names": [{"family": "Шарипов", "literal": None}], "year": 2007, "citation_id": 71}
    >>> key(row), key({"names": None, "year": None, "citation_id": -1})
    ('sharipov2007-1z', 'ref-3w5e11264sgsf')
    """
    names = row["names"] or ()
    name = next((name["family"] or name["literal"] for name in names), "")
    return f"{_latin(name) or 'ref'}{row['year'] or ''}-{_short(row['citation_id'])}"


def _latin(name: str) -> str:
    """`name` in small Latin letters alone; nothing where its script is another."""
    letters = (LATIN.get(letter, letter) for letter in fold(name))
    return re.sub(r"[^a-z]", "", "".join(letters))[:LONGEST_NAME]


def _short(citation_id: int) -> str:
    """A 64-bit id in base 36."""
    number, digits = citation_id % 2**64, ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = ALPHABET[digit] + digits
    return digits
