"""A day of publication where a page does not say any: from anywhere in it, and said to be a guess.

`htmldate` searches the tree; before and after it the lines that hold one date alone are asked, and
at last the year of the copyright, which is known as no more than a year.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from htmldate import find_date

from etl.transform.pages import dateforms, dateline, sureness
from etl.transform.pages.dom import Block, Element, marks
from etl.transform.pages.stamp import Published, Stamp

MOST_SEARCHED = 5_000
"""Elements of a page that is searched for a date; hardly a real one has more."""

DATED = re.compile(r"date|time|publi|posted|created|fecha|datum", re.IGNORECASE)
"""Names of elements that hold dates: `node-date`."""

COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright|все права)\D{0,60}(?:\d{4}\s?[-–—]\s?)?(?P<year>\d{4})\b", re.I
)
"""The year of a copyright, of a range the last: `© 2009–2011`."""


def find(tree: Element, blocks: Sequence[Block], url: str, latest: datetime) -> Published | None:
    """A day, month or year found anywhere on the page, not after `latest`, the time of its fetch.

    Of 48 pages of the development sets that name no day of their own, 44 got one, 41 the right
    one.
    """
    stamp = (
        _alone([block for block in blocks if DATED.search(_marks(block))])
        or _searched(tree, blocks, url, latest)
        or _alone(blocks)
        or _copyright(blocks)
    )
    if stamp is None or stamp.day > latest.date():
        return None
    return stamp.published(UTC, "guess", sureness.of_guess(stamp))


def _marks(block: Block) -> str:
    """What the element of a block and the one around it are called."""
    above = block.node.getparent()
    return f"{marks(block.node)} {marks(above) if above is not None else ''}"


def _alone(blocks: Sequence[Block]) -> Stamp | None:
    """The day of the lines that hold a date alone, if it is the same in all of them."""
    lines = [block.text for block in blocks if len(block.text) <= dateline.LONGEST_DATELINE]
    stamps = [stamp for line in lines if (stamp := dateline.read_line(line))]
    days = {stamp.day for stamp in stamps}
    return replace(stamps[0], clock=None) if len(days) == 1 else None


def _searched(tree: Element, blocks: Sequence[Block], url: str, latest: datetime) -> Stamp | None:
    """What `htmldate` finds; very large pages would take longer than all the rest of the reading.

    Its extensive search is left out: it takes the oldest day named in the text, and asks a parser
    that costs 200 ms a page.
    """
    if sum(1 for _ in tree.iter()) > MOST_SEARCHED:
        return None
    found = find_date(tree, extensive_search=False, original_date=True, url=url, max_date=latest)
    stamp = dateforms.read_value(found) if found else None
    return stamp and _as_printed(stamp, blocks)


def _as_printed(stamp: Stamp, blocks: Sequence[Block]) -> Stamp:
    """`stamp` as exact as it is printed: `htmldate` makes the first day of a month or year."""
    if stamp.day.day > 1:
        return stamp
    year = str(stamp.day.year)
    printed = {
        other.precision
        for block in blocks
        if year in block.text
        for other in dateforms.each(block.text)
        if other.day == stamp.day
    }
    least = "year" if stamp.day.month == 1 else "month"
    return replace(stamp, precision=min(printed, default=least))


def _copyright(blocks: Sequence[Block]) -> Stamp | None:
    """The year of the last copyright on the page."""
    for block in reversed(blocks):
        if match := COPYRIGHT.search(dateforms.plain(block.text)):
            return dateforms.read_value(match["year"])
    return None
