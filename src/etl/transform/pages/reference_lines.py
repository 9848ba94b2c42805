"""Reference lists among lines of text: their headings, entries and ends.

What counts is the shape of the lines; `reference_block.py` adds what mark-up knows.
"""

import re
from collections.abc import Sequence

from etl.transform.pages.shapes import LABEL, number_of
from etl.transform.text import SAME_LETTER

_HEADINGS = (
    r"(?:list of |selected |select |cited |further )?"
    r"(?:references?|bibliography|literature|sources|works)"
    r"(?: (?:cited|list|and notes|and references|and literature|used|& notes))?",
    r"(?:foot|end)?\s?notes?(?: (?:and|&) (?:references?|sources?))?|citations?",
    r"(?:список |перечень )?(?:использованн\w+ |цитируем\w+ )?(?:литератур[аы]|источник(?:и|ов))"
    r"(?: и (?:литератур[аы]|источник(?:и|ов)|примечания))?",
    r"библиографи(?:я|ческий список)|примечания|сноски|ссылки",
    r"рӯйхати адабиёт|адабиёт\w*(?: истифодашуда)?|сарчашмаҳо|пайнавишт\w*|эзоҳ\w*",
    r"(?:пайдаланылған )?әдебиеттер\w*|адабияттар\w*|(?:foydalanilgan )?adabiyotlar\w*",
    r"kaynak(?:ça|lar)|literatur(?:verzeichnis)?|quellen(?:verzeichnis)?|einzelnachweise",
    r"fu(?:ß|ss)noten|anmerkungen|r[ée]f[ée]rences(?: bibliographiques)?|bibliographie",
    r"referencias|bibliograf[ií]a|notas",
    r"(?:فهرست )?منابع(?: و (?:ماخذ|مآخذ))?|ماخذ|مآخذ|پی نوشت(?: ?ها)?|پانوشت(?: ?ها)?",
    r"یادداشت ?ها|کتاب ?نامه|ارجاعات|المراجع|المصادر|الهوامش",
)

HEADING = re.compile(rf"\W*(?:\d{{1,2}}\.?\s*)?(?:{'|'.join(_HEADINGS)})\W*", re.IGNORECASE)
"""A line that heads a list of references: `References`, `Литература:`, `منابع`."""

LONGEST_HEADING = 60
"""Characters."""

YEAR = re.compile(r"(?<!\d)(?:1[3-9]\d\d|20[0-4]\d)(?!\d)")
"""A year of publication: `2004`, `1389`."""

_FEATURES = (
    r"doi\.org|\bdoi:|https?://|www\.|\bisbn\b",
    r"\bpp?\.?\s*\d|\d\s*(?:p|pp|с|s|б)\.|\bс\.\s*\d|صص?\.?\s*\d",
    r"\bvol\.?\s*\d|№\s*\d|\bnos?\.\s*\d|شماره\s*\d",
    r"\beds?[.)]|\bpress\b|\bjournal\b|\buniversity\b|انتشارات|نشر|ترجمه|مجله|فصلنامه",
    r"\bibid\b|\bop\. ?cit|\bet al\b|там же|همان",
    r"\bretrieved\b|\baccessed\b|дата обращения",
    r"[«“\"„].{8,}?[»”\"]|\s//\s|\b(?:м|спб|л)\.\s?[:,]",
)

FEATURE = re.compile("|".join(_FEATURES), re.IGNORECASE)
"""What references hold and prose hardly does: `83 p.`, `vol. 2`, `//`, `انتشارات`."""

SURE = re.compile(rf"{YEAR.pattern}|doi|https?://|www\.|\bisbn\b", re.IGNORECASE)
"""What hardly a list but one of references has in most of its items."""

LEAST_SURE_SHARE = 0.3
"""Of the entries of a list that must have a year or an address; footnotes often have none."""

LONGEST_REST = 120
"""Characters of a line that may be the rest of the entry above it."""

SHORTEST_ENTRY, LONGEST_ENTRY = 12, 1200
"""Characters of one entry."""


def is_heading(line: str) -> bool:
    """Whether `line` heads a list of references."""
    folded = line.translate(SAME_LETTER)
    return 0 < len(line) <= LONGEST_HEADING and HEADING.fullmatch(folded) is not None


def looks_cited(line: str) -> bool:
    """Whether `line` could be an entry: a year, or anything else that references hold."""
    folded = line.translate(SAME_LETTER)
    fits = SHORTEST_ENTRY <= len(line) <= LONGEST_ENTRY
    return fits and bool(YEAR.search(folded) or FEATURE.search(folded))


def cited_share(lines: Sequence[str]) -> float:
    """Share of `lines` that could be entries, 0 to 1."""
    return sum(map(looks_cited, lines)) / len(lines) if lines else 0.0


def is_reference_list(lines: Sequence[str], least_share: float) -> bool:
    """Whether enough of `lines` could be entries, and some beyond doubt: by year or address."""
    sure = sum(bool(SURE.search(line.translate(SAME_LETTER))) for line in lines)
    return cited_share(lines) >= least_share and sure >= LEAST_SURE_SHARE * len(lines) > 0


def merged(lines: Sequence[str]) -> list[str]:
    """One line per entry: labels on their own join what follows, broken entries are mended.

    >>> merged(["[1]", "Shtoll, The Evolution,", "Moscow, 2004", "[2]", "Sharipov, 2007"])
    ['[1] Shtoll, The Evolution, Moscow, 2004', '[2] Sharipov, 2007']
    """
    entries: list[str] = []
    numbers = [number_of(f"{line} .") is not None for line in lines]
    # A note may stand above the first number; an entry breaks into four lines at most.
    is_numbered = any(numbers[:2]) and 4 * sum(numbers) >= len(lines)
    for line, has_number in zip(lines, numbers, strict=True):
        is_new = has_number or not is_numbered
        if entries and (not is_new or _is_label(entries[-1])):
            entries[-1] += f" {line}"
        else:
            entries.append(line)
    return entries


def _is_label(line: str) -> bool:
    """Whether `line` is nothing but the number of an entry: `[1]`, `2.`."""
    match = LABEL.match(f"{line} .")
    return match is not None and match.end() == len(line) + 1


def numbered_run(lines: Sequence[str], *, start: int = 0) -> range | None:
    """Rows of the last list numbered 1, 2, 3 … that looks like references; None without one.

    At least two entries of `lines` from `start` on; most have a year, all are short.
    """
    best = None
    for first in range(start, len(lines)):
        if number_of(lines[first]) == 1:
            rows = _run_from(lines, first)
            # The last entry may go on in the next line.
            rest = [line for line in lines[rows.stop : rows.stop + 1] if len(line) <= LONGEST_REST]
            items = merged([*(lines[row] for row in rows), *rest])
            if len(items) >= 2 and _is_reference_run(items):
                best = rows
    return best


def _run_from(lines: Sequence[str], first: int) -> range:
    """Rows of the numbered list that begins in row `first`, with continuation lines."""
    expected, end = 1, first
    for row in range(first, len(lines)):
        if number_of(lines[row]) == expected:
            expected, end = expected + 1, row + 1
        elif row - end >= 2 or len(lines[row]) > 200:
            break
    return range(first, end)


def _is_reference_run(items: Sequence[str]) -> bool:
    """Whether numbered items are references: recommendations have neither year nor features."""
    dated = sum(bool(YEAR.search(item.translate(SAME_LETTER))) for item in items)
    short = all(len(item) <= LONGEST_ENTRY for item in items)
    return short and dated >= 0.6 * len(items) and cited_share(items) >= 0.8
