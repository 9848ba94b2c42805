"""Lines of a text that belong to its page: what stands around and between its paragraphs.

In come the lines of the main text, each with the block it was read from; out go those of the
article. What a line says counts (`shapes.py`, and the credits here), what it is in the mark-up
(a heading, a link), and where it stands: at the top, at the end, or between paragraphs.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.transform.pages import bylines, dateline, dom
from etl.transform.pages.dom import HEADING, Block
from etl.transform.pages.reference_shapes import YEAR
from etl.transform.pages.shapes import is_boilerplate, is_truncated, number_of
from etl.transform.text import fold, word_count

TOP_LINES = 6
"""Lines at the top of a text in which its title, date and byline may be repeated."""

LEAST_AGREEMENT = 0.7
"""Share of common words from which a line is taken for the title."""

LONGEST_LINK = 200
"""Characters of a line that may be nothing but a link."""

FEWEST_LINK_WORDS = 4
"""Words of a linked headline; fewer are a name or a term that the text itself may hold."""

LEAST_LINKED_SHARE = 0.95
"""Of the characters of a line that must stand in links if it is nothing but a link."""

MOST_LABEL_WORDS, LONGEST_LABEL = 3, 40
"""Words and characters of a label at an end of a text: a rubric, a button, a name. Some scripts do
not part words."""

MOST_BYLINE_WORDS = 12
"""Words of a line that begins with the name of the author and is no sentence."""

FEWEST_SUBTITLE_WORDS = 8
"""Words of a subtitle; shorter headings on top head the first section."""

LONGEST_CREDIT = 400
"""Characters of a line that says who worked on a text."""

SENTENCE_END = re.compile(r"[.!?…؟۔:;。！？][\"'”’»)\]]*\Z")
"""How a sentence ends: `in 2004.”`."""

READING_TIME = re.compile(
    r"(?:.{0,40}\W)?\d{1,3}\s?[-–]?\s?(?:min(?:ute)?s?\.?|минут\w*|мин\.?|дақиқа|دقیقه|minutos?|minuten)"
    r"(?:[\s-]*(?:read(?:ing)?(?: time)?|чтения|de leitura|lesezeit|مطالعه))?\W*"
    r"|(?:estimated )?reading time\W*.{0,20}|tempo de leitura\W*.{0,20}|время чтения\W*.{0,20}"
    r"|زمان مطالعه\W*.{0,20}",
    re.IGNORECASE,
)
"""How long a text takes to read: `Nov 18, 2019 • 2 min read`, `Время чтения: 5 минут`."""

CREDIT = re.compile(
    r"\W*(?:(?:additional |with )?reporting (?:and writing )?by\b"
    r"|(?:written|edited|editing|compiled|translated|produced|writing) by\b|sources?\s*:"
    r"|©|перевод(?:\s*:|чик)|источник\s*:"
    r"|подготовил\w*\b|منبع\s*:|مترجم\s*:|сарчашма\s*:|манбаъ\s*:)"
    r"|.{0,120}\bcontributed(?: reporting|(?: \w+){0,3} to (?:this|the) (?:report|story|article))",
    re.IGNORECASE,
)
"""A line that says who worked on a text, or where it came from: `(Reporting by …)`,
`Источник: …`, `A. Name contributed reporting.`."""

CREDIT_LINES = 4
"""Lines at the end of a text that may be such."""

ITEMS = frozenset(("li", "td", "th", "tr", "dd", "dt", "pre"))
"""Elements whose text is short by nature."""

NO_LETTERS = re.compile(r"[\W\d]*")
"""A line without letters: `***`, `—`, `1 / 5`."""

CONTACT = re.compile(r"[^\s@]*@[^\s@]+|(?:https?://|www\.|twitter\.com/)\S+", re.IGNORECASE)
"""One address: `r.haydarov@zarafshan.example`, `@haydarov`. Lines of them are looked at word by
word: a pattern for a whole line took minutes for some of no more than 200 characters."""


class Line(NamedTuple):
    """A line of a text and the block it was read from."""

    text: str
    block: Block | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading in the mark-up."""
        return self.block is not None and HEADING.fullmatch(self.block.node.tag) is not None

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list, a cell or a row."""
        if self.block is None:
            return False
        parent = self.block.node.getparent()
        return self.block.node.tag in ITEMS or (parent is not None and parent.tag in ITEMS)

    @property
    def is_link(self) -> bool:
        """Whether it is nothing but links, and no sentence."""
        if self.block is None or len(self.text) > LONGEST_LINK or SENTENCE_END.search(self.text):
            return False
        return linked_share(self.block) >= LEAST_LINKED_SHARE

    @property
    def leads_within(self) -> bool:
        """Whether its first link leads to a place of the same page, as tables of contents do."""
        link = None if self.block is None else next(self.block.node.iter("a"), None)
        return link is not None and (link.get("href") or "").startswith("#")


def linked_share(block: Block) -> float:
    """Share of the characters of a block that stand in links."""
    linked = sum(len(dom.text_of(link)) for link in block.node.iter("a"))
    return linked / max(len(block.text), 1)


def without(lines: Sequence[Line], title: str, authors: Sequence[str]) -> list[str]:
    """The text of `lines` without title, dates and bylines on top, plugs, labels and credits."""
    top = [line for line in lines[:TOP_LINES] if not _is_repeated(line.text, title, authors)]
    kept = [line for line in (*top, *lines[TOP_LINES:]) if not _is_plug(line)]
    return [line.text for line in _without_end(_without_top(kept), authors)]


def _is_repeated(line: str, title: str, authors: Sequence[str]) -> bool:
    """Whether `line` repeats title or authors, or is a dateline, a byline or a reading time."""
    ours, theirs = set(fold(line).split()), set(fold(title).split())
    if len(ours & theirs) >= LEAST_AGREEMENT * max(len(ours | theirs), 1):
        return True
    if authors and _names_authors(line, authors):
        return True
    if len(line) <= LONGEST_LINK and READING_TIME.fullmatch(line):
        return True
    return bool(dateline.read_line(line) or bylines.read_line(line))


def _names_authors(line: str, authors: Sequence[str]) -> bool:
    """Whether `line` is a byline: the first author, and no sentence about him."""
    if fold(line) == fold(" ".join(authors)):
        return True
    is_short = word_count(line) <= MOST_BYLINE_WORDS and not SENTENCE_END.search(line)
    return line.casefold().startswith(authors[0].casefold()) and is_short


def _is_plug(line: Line) -> bool:
    """Whether a line, wherever it stands, labels or plugs something of the site."""
    text = line.text
    if is_boilerplate(text):
        return True
    if line.is_heading or not line.is_link:
        return False
    return line.leads_within or (not line.is_item and word_count(text) >= FEWEST_LINK_WORDS)


def _without_top(lines: Sequence[Line]) -> list[Line]:
    """`lines` without cut-off ones, links and labels above the first paragraph."""
    whole = [row for row, line in enumerate(lines) if not is_truncated(line.text)]
    start = whole[0] if whole else 0
    while start < len(lines) and _is_label(lines[start]) and not lines[start].is_heading:
        start += 1
    if start + 1 < len(lines) and _is_subtitle(*lines[start : start + 2]):
        start += 1
    return list(lines[start:])


def _is_subtitle(line: Line, below: Line) -> bool:
    """Whether a line on top goes with the title: a heading as long as a sentence, with no number.

    Of 481 labelled texts nine leave such a line out and four keep it.
    """
    is_long = word_count(line.text) >= FEWEST_SUBTITLE_WORDS
    return line.is_heading and is_long and not below.is_heading and number_of(line.text) is None


def _without_end(lines: Sequence[Line], authors: Sequence[str]) -> list[Line]:
    """`lines` without credits, labels and headings at the end, and two or more cut-off ones.

    A single cut-off line at the end may be the text itself, cut by a paywall.
    """
    end = _end_of_whole(lines)
    credits_left = CREDIT_LINES
    while end > 1:
        line = lines[end - 1]
        is_credit = credits_left and _is_credit(line.text, authors)
        if not (is_credit or line.is_heading or _is_label(line)):
            break
        credits_left -= bool(is_credit)
        end -= 1
    return list(lines[:end])


def _end_of_whole(lines: Sequence[Line]) -> int:
    """The row after the last line that was not cut off; after the only cut-off one at the end."""
    whole = [row for row, line in enumerate(lines) if not is_truncated(line.text)]
    end = whole[-1] + 1 if whole else len(lines)
    return end if len(lines) - end > 1 else len(lines)


def _is_label(line: Line) -> bool:
    """Whether a line at an end of a text is no part of it: a link, a few words, no letters."""
    text = line.text
    if NO_LETTERS.fullmatch(text) or line.is_link:
        return True
    is_short = len(text) <= LONGEST_LABEL and word_count(text) <= MOST_LABEL_WORDS
    is_short = is_short and not SENTENCE_END.search(text)
    return is_short and line.block is not None and not line.is_item


def _is_credit(text: str, authors: Sequence[str]) -> bool:
    """Whether a line at the end says who wrote, edited, translated or published the text."""
    if len(text) > LONGEST_CREDIT:
        return False
    is_signed = text in authors or bool(bylines.read_line(text))
    # A source with a year is a reference that nothing marks as one.
    is_credited = CREDIT.match(text) is not None and YEAR.search(text) is None
    return is_signed or is_credited or all(map(CONTACT.fullmatch, text.split()))
