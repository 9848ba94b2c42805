"""Blocks of a page to the dates printed in them: datelines around the title and further off."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from etl.transform.pages import dateline
from etl.transform.pages.dom import Block, Element, marks
from etl.transform.pages.shapes import LONG_LINE, is_truncated
from etl.transform.pages.stamp import Stamp, Witness

NEAR = 12
"""Lines below a title in which its dateline stands."""

NEAR_ABOVE = 4
"""Lines above it."""

FAR = 30
"""Lines below a title in which a dateline is looked for behind a summary or a box."""

FAR_LONG = 3
"""Long lines among them at most: further down it would be the date of something told."""

YEAR = re.compile(r"\d{4}")
"""Four digits, as every printed year has: `2011`."""

OTHERS = re.compile(
    r"\W*(?:related|similar|recommended|popular|trending|latest|recent|read (?:more|also|next)"
    r"|see also|more (?:from|on|in)\b|most (?:read|popular|viewed)|читайте|смотрите|похожие|по теме"
    r"|новости|другие|последние|популярн|инчунин|хабарҳо|мақолаҳо|дигар|lesen sie|lire aussi"
    r"|mehr (?:zum|aus)|آخرین|اخبار|مطالب|مرتبط|پربازدید|بیشتر بخوان)",
    re.IGNORECASE,
)
"""Beginnings of headings above other articles: `Related stories`, `Читайте также`."""

LONGEST_HEADING = 60
"""Characters of such a heading."""

ASIDE = re.compile(
    r"(?<![\w-])(?:side-?bar|related|widget|teasers?|recommend\w*|promo|aside|latest|popular"
    r"|comments?)(?!\w)",
    re.IGNORECASE,
)
"""What boxes of other articles and of comments are called: `sidebar-left`."""


def of_page(blocks: Sequence[Block], row: int | None) -> Iterator[Witness]:
    """The datelines around the title in `row`, and those that say what they are anywhere."""
    end = len(blocks)
    if row is not None:
        end = _end(blocks, row)
        yield from _below(blocks, row, end)
        yield from _above(blocks, row)
    lines = [block for block in blocks[:end] if _is_labelled(block.text)]
    stamps = (dateline.read_line(block.text) for block in lines if not is_aside(block.node))
    yield from alike("labelled", filter(None, stamps))


def furniture(blocks: Sequence[Block], row: int) -> list[Block]:
    """The title in `row` and the short lines near below it; none below the last of the text."""
    end = min(_end(blocks, row), row + 1 + NEAR)
    near: list[Block] = []
    has_text = False
    for number in range(row, end):
        is_long = len(blocks[number].text) >= LONG_LINE
        has_text |= is_long
        if has_text and not _is_before_text(blocks[number + 1 :]):
            break
        near += [] if is_long else [blocks[number]]
    return near


def alike(place: str, stamps: Iterable[Stamp]) -> Iterator[Witness]:
    """The first of `stamps` if all name one day; of several nobody knows whose they are."""
    sure = [stamp for stamp in stamps if stamp.is_sure]
    if len({stamp.day for stamp in sure}) == 1:
        yield Witness(place, sure[0])


def is_aside(node: Element) -> bool:
    """Whether an element stands in a box beside the article."""
    boxes = (above for above in node.iterancestors() if above.tag not in ("body", "html"))
    return any(box.tag == "aside" or ASIDE.search(marks(box)) for box in boxes)


def _end(blocks: Sequence[Block], row: int) -> int:
    """The row below the title where other articles begin; the end of the page if nowhere."""
    for number in range(row + 1, len(blocks)):
        line = blocks[number].text
        if len(line) <= LONGEST_HEADING and OTHERS.match(line) and not YEAR.search(line):
            return number
    return len(blocks)


def _is_labelled(line: str) -> bool:
    """Whether a line may be a dateline that says it is one."""
    is_short = len(line) <= dateline.LONGEST_DATELINE
    return is_short and YEAR.search(line) is not None and dateline.is_published(line)


def _above(blocks: Sequence[Block], row: int) -> Iterator[Witness]:
    """The datelines above the title, up to what was cut off or is long: it announces others."""
    for block in reversed(blocks[max(0, row - NEAR_ABOVE) : row]):
        if len(block.text) >= LONG_LINE or is_truncated(block.text):
            return
        if (stamp := dateline.read_line(block.text)) and not is_aside(block.node):
            yield Witness("above", stamp)


def _below(blocks: Sequence[Block], row: int, end: int) -> Iterator[Witness]:
    """The datelines below the title: near it, behind longer lines, and those that lead a text."""
    far: list[Stamp] = []
    long_lines = 0
    for number in range(row + 1, min(row + 1 + FAR, end)):
        block = blocks[number]
        is_long = len(block.text) >= LONG_LINE
        long_lines += is_long
        if long_lines > FAR_LONG:
            break
        if stamp := dateline.read_line(block.text):
            is_change = stamp.is_update or dateline.is_change(blocks[number - 1].text)
            stamp = replace(stamp, is_update=is_change)
            if not long_lines and number <= row + NEAR:
                yield Witness("near", stamp)
            elif _is_before_text(blocks[number + 1 : end]) and not is_aside(block.node):
                far.append(stamp)
        elif is_long:
            yield from _leading(block.text)
    yield from alike("far", far)


def _is_before_text(blocks: Sequence[Block]) -> bool:
    """Whether the text goes on soon; a date below all of it may belong to what follows."""
    return any(len(block.text) >= LONG_LINE for block in blocks[:NEAR])


def _leading(line: str) -> Iterator[Witness]:
    """The date that leads a text, after its place or without one."""
    if stamp := dateline.read_lead(line):
        has_place = dateline.LETTERS.search(dateline.LABEL.sub(" ", line[: stamp.span[0]]))
        yield Witness("lead" if has_place else "opening", stamp)
