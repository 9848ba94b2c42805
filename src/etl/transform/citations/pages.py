"""Pages of a reference: as printed to first and last page, or to how many there are."""

import re
from typing import NamedTuple

from etl.transform.citations.plain import PLAIN

COUNT = re.compile(
    r"(?<![\w-])(?P<count>\d{1,5})\s?"
    r"(?:pp?|pages|pgs|с|стр|б|бет|саҳ|S|Seiten|ص|صص|صفحه|صفحات)(?!\w)\.?(?!\s*\d)",
    re.IGNORECASE,
)
"""`83 p.`, `340 с.`, `۲۴۰ ص`; a mark before the number makes it the page of that number."""

PAGE = (
    r"(?:[A-Za-zСс]{0,2}\d{1,7}(?:[A-EG-Za-eg-z](?!\w)|(?!\d))"
    r"|(?<![^\W\d_])[ivxlc]{1,7}(?![^\W\d_]))"
)
"""`44`, `S12`, `e20`, `xii`."""

SPAN = re.compile(
    rf"(?<!\w)(?P<first>{PAGE})(?:\s?-{{1,2}}\s?(?P<last>{PAGE})|\s?(?P<on>ff?)\b\.?)?"
)
"""`44-61`, `44f.`, `44`."""

MARK = re.compile(
    r"^\W*(?:pp?|pages?|pgs?|S(?!\d)|Seiten?|[CС]|стр|б|бет|саҳ|صص?|صفحات|صفحهٔ?)(?:\.|(?=[\s\d:]))",
    re.IGNORECASE,
)
"""`pp. `, `С. `, `ص ` before pages."""

NUMBER = re.compile(r"(?P<letters>\D*)(?P<digits>\d+)(?P<tail>\D*)")
"""A page with its letters: `S12`."""


class Pages(NamedTuple):
    """First and last page as printed, in ASCII digits, or how many pages there are."""

    first: str | None = None
    last: str | None = None
    page_count: int | None = None


def read(printed: str) -> Pages:
    """What `printed` says; the last page is written out, and none where it is not sure.

    >>> read("С. 83–8"), read("340 с.")
    (Pages(first='83', last='88', page_count=None), Pages(first=None, last=None, page_count=340))
    """
    text = ascii_digits(printed.translate(PLAIN))
    mark = MARK.match(text)
    if mark is None and (count := COUNT.search(text)):
        return Pages(page_count=int(count["count"]) or None)
    spans = list(SPAN.finditer(text, mark.end() if mark else 0))
    if not spans:
        return Pages()
    return Pages(spans[0]["first"], _last(spans[-1]))


def ascii_digits(text: str) -> str:
    """`text` with the digits of any script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(int(c)) if c.isdecimal() and not c.isascii() else c for c in text)


def _last(span: re.Match[str]) -> str | None:
    """The last page of a span; that of a single page is itself."""
    if span["on"]:
        page = NUMBER.fullmatch(span["first"])
        is_next = span["on"] == "f" and page is not None
        return f"{page['letters']}{int(page['digits']) + 1}" if page and is_next else None
    return completed(span["first"], span["last"]) if span["last"] else span["first"]


def completed(first: str, last: str) -> str | None:
    """`last` with the digits it leaves out; None where it comes before `first` all the same.

    >>> completed("123", "25"), completed("S12", "8"), completed("129", "5"), completed("x", "xii")
    ('125', 'S18', None, 'xii')
    """
    begin, end = NUMBER.fullmatch(first), NUMBER.fullmatch(last)
    if begin is None or end is None:
        return last
    missing = len(begin["digits"]) - len(end["digits"])
    digits = begin["digits"][:missing] + end["digits"] if missing > 0 else end["digits"]
    if begin["letters"] in ("", end["letters"]) or not end["letters"]:
        is_after = int(digits) >= int(begin["digits"])
        return f"{end['letters'] or begin['letters']}{digits}{end['tail']}" if is_after else None
    return last
