"""Title and container: where the one ends and the other begins."""

import re
from typing import NamedTuple

from etl.transform.citations.scripts import CAPITAL, LETTER, UPPER, any_of
from etl.transform.citations.slate import PAIRS, Slate

LEAD = re.compile(r"[\s,.;:)\]/\x00\-]*")
"""Signs between the authors and the title."""

OPENING = re.compile(r"``|''|«|[\"“”„‘'](?=\S)")
"""`«`, `“`, `"` before a word."""

CLOSING = {**PAIRS, "„": "“”", "”": "”", "'": "'", "''": "''", "``": "''"}
"""Quotes a title may open with, and which signs may close it."""

CLOSERS = "\"”“»'’"

AFTER_TITLE = re.compile(r"\s*(?:[.,;/(\[\x00\-]|//|$|[Ii]n:?\s|[A-Z])")
"""What may follow a closed title; after other words the quotes hold a part of it only."""

SLASHES = re.compile(r"\s*//\s*")
"""` // `: after it the container, in Russian order."""

IN_WORDS = r"(?:In|IN|in|[Вв]\s+(?:кн|сб)\.|Dans|در)"
LATIN_IN = "Vivo Vitro Situ Memoriam Search Defence Defense Praise Pursuit Honor Honour vivo vitro"
IN_HOST = re.compile(
    rf"(?:(?<=[.,;?!”\"»)\]\x00\-])|^)\s*{IN_WORDS}\b(?!\s{any_of(LATIN_IN)}\b)\s*:?"
    rf"(?:\s+(?=[\s\x00\"“«„'‘]*[{UPPER}\d\x00])|$)"
)
"""`. In: ` before a book, `. В сб.: `."""

HOST_LEAD = re.compile(rf"[\s.,;:/)\]\x00\-]*(?:{IN_WORDS}\s*:?\s+)?[\s.,;:\x00\-]*")
"""What may stand between a title and its container."""

AREA = re.compile(r"[.,]\s?-\s")
"""`. - ` between the areas of a description in Russian order."""

CLUE = (
    r"(?:(?:the|an?)\s+)?(?:(?:[A-Z][\w-]+\s+){0,3}"
    r"(?:Journal|Review|Quarterly|Bulletin|Annals|Magazine)\b"
    r"|(?:In\s+)?Proceedings\b|Proc\.|Materials\s+of|Transactions\b"
    r"|Вестник|Журнал|Материалы|Известия|Труды|Сборник|Сб\.|Газета"
    r"|(?:دو)?فصلنامه|ماهنامه|مجله|روزنامه|هفته\s?نامه|پژوهش\s?نامه|مجموعه\s+مقالات|نشریه)"
)
HOST_CLUE = re.compile(rf"[,.?!]\s+(?={CLUE})")
"""`, Proceedings of`, `، فصلنامه`: a container begins."""

HOST_QUOTE = re.compile(r"[,.]\s+(?=[\"“«„])")
"""`, "Steppe` after a title: the container stands in quotes, which need not close."""

BREAK = re.compile(r"(?:[.?!…]+[\"”»']?\s+|\.\s?-\s+|[.,]\s-\s+)" rf"(?=[{UPPER}\d\"“«„(\x00'‘`])")
"""Between two sentences or areas: `. `, `? `, `. - `."""

ABBREVIATED = re.compile(
    rf"(?:^|[\s.(-])(?:[{CAPITAL}]{LETTER}?"
    r"|vs|St|Mr|Dr|Vol|No|Jr|Sr|ed|eds|op|cit|c|ca|им|гг|др|в|т|Т|С|р)$"
)
"""Ends in a word whose full stop ends no sentence: `St`, `U.S`."""

COMMA = re.compile(rf",\s+(?=(?:the\s+|The\s+)?[\"“«„]?[{UPPER}])")
"""A comma before a capital."""

SHORTENED = """
    Acad Adv Am Amer Ann Anal Appl Arch Asian Astron Atmos Biol Biochem Bull Can Cent Chem Chim
    Clin Comm Commun Comp Comput Conf Dev Econ Electr Electron Energ Eng Environ Ethn Eur Exp Genet
    Geogr Geol Geophys Hist Inst Int Inter Jap Jpn Lang Lett Ling Mag Math Mech Med Mon Nat Natl
    Nucl Opt Philos Phil Phys Pol Polit Proc Prog Psych Psychol Publ Quart Rel Rep Res Rev Roy
    Royal Sci Ser Soc Sociol Spectrosc Stat Stud Suppl Surv Syst Tech Technol Theor Trans Univ Zool
    Вестн Изв Сер Науч
"""
SHORT = re.compile(rf"\b{any_of(SHORTENED)}$")
"""Ends in a word that journal titles shorten: `J. Hist`."""

CAPITALISED_END = re.compile(
    rf"(?<=[^\W\d_A-Z]\s)[{CAPITAL}][\w.&'-]*(?:\s(?:of|and|the|for|in|&|[{CAPITAL}][\w.&'-]*))*$"
)
"""Capitalised words at the end, as in `of river law Steppe Studies`."""

DANGLING = re.compile(r"\s(?:от|of|from|dated|مورخ|مصوب)$")
"""A word that led to a date which is blanked: ` от`, ` dated`."""

NEXT_SENTENCE = re.compile(rf"\x00+[)\]]?\.\s+(?=[{CAPITAL}][\w'’]+\s)")
"""A sentence begins after a date: what stands before it is the title alone."""


class Parts(NamedTuple):
    """Title and container as printed, and where reading may go on."""

    title: str | None
    container: str | None
    end: int


def marked(slate: Slate, start: int) -> tuple[str | None, int]:
    """The title that quotes or a double slash mark, blanked, and where it ends."""
    begin = _skip(LEAD, slate.rest, start)
    span = _quoted(slate.rest, begin) or _before_slashes(slate.rest, begin)
    if span is None:
        return None, start
    title = slate.printed(*span)
    end = span[1] + len(slate.rest[span[1] :]) - len(slate.rest[span[1] :].lstrip(CLOSERS))
    slate.blank(begin, end)
    return title, end


def _skip(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Where `pattern`, which may match nothing, ends when it begins at `start`."""
    found = pattern.match(text, start)
    return found.end() if found else start


def _quoted(rest: str, begin: int) -> tuple[int, int] | None:
    """Span inside the quotes that open at `begin`; None if they do not close, or too early."""
    opening = OPENING.match(rest, begin)
    if opening is None:
        return None
    sign = opening.group()
    close = _close(rest, opening.end(), sign)
    if close is None or close - begin < 3:
        return None
    after = close + (len(CLOSING[sign]) if len(sign) == 2 else 1)
    return (opening.end(), close) if AFTER_TITLE.match(rest, after) else None


def _close(rest: str, position: int, sign: str) -> int | None:
    """Where the quote `sign` that opened before `position` closes; curved ones may nest."""
    if len(sign) == 2:
        found = rest.find(CLOSING[sign], position)
        return found if found >= 0 else None
    depth = 1
    for place in range(position, len(rest)):
        if rest[place] in CLOSING[sign]:
            depth -= sign not in "\"'" or _ends_word(rest, place)
        elif rest[place] == sign:
            depth += 1
        if depth == 0:
            return place
    return None


def _ends_word(rest: str, place: int) -> bool:
    """Whether a straight quote closes: `it's` and ` "the` have a letter after it."""
    return rest[place - 1] in ",.?!" or (
        not rest[place + 1 : place + 2].isalnum() and rest[place - 1] != " "
    )


def _before_slashes(rest: str, begin: int) -> tuple[int, int] | None:
    """Span from `begin` to a double slash."""
    slashes = SLASHES.search(rest, begin)
    if slashes is None or slashes.start() - begin < 3:
        return None
    title = rest[begin : slashes.start()].rstrip(" \x00.,;:-")
    return (begin, begin + len(title)) if title else None


def plain(slate: Slate, start: int, is_article: bool, first_number: int) -> Parts:
    """Title and container that only punctuation parts, blanked.

    `is_article` says that numbers of a journal follow, `first_number` where: then the last
    sentence of the stretch is the container; otherwise the first is the title and what follows
    is left for the imprint.
    """
    begin = _skip(LEAD, slate.rest, start)
    stop = slate.next_blank(begin)
    stretch = DANGLING.sub("", slate.rest[begin:stop].rstrip(" .,;:"))
    is_whole = NEXT_SENTENCE.match(slate.rest, stop) and not BREAK.search(stretch)
    # Something else than numbers follows, as `[in Russian]` after a title.
    is_apart = stop < first_number - 3
    title, host = _divided(stretch, is_article and not is_whole and not is_apart)
    container = slate.keep(begin + host, stop) if host < len(stretch) else None
    return Parts(slate.keep(begin, begin + title), container, begin + title)


def _divided(stretch: str, is_article: bool) -> tuple[int, int]:
    """Where the title of `stretch` ends, and where its container begins (its length: nowhere)."""
    for pattern in (IN_HOST, HOST_CLUE, HOST_QUOTE):
        # Ten letters make a title: `In the valley` begins with no container.
        if mark := pattern.search(stretch, 10):
            return mark.start(), mark.end()
    breaks = [found for found in BREAK.finditer(stretch) if not _is_inside(stretch, found)]
    if is_article:
        return _journal(stretch, breaks)
    # A question mark may stand inside of a title.
    stops = [found for found in breaks if found.group()[0] in ".,"]
    return (stops[0].start() if stops else len(stretch)), len(stretch)


def _is_inside(stretch: str, found: re.Match[str]) -> bool:
    """Whether a full stop belongs to an abbreviation."""
    return found.group()[0] == "." and ABBREVIATED.search(stretch[: found.start()]) is not None


def _journal(stretch: str, breaks: list[re.Match[str]]) -> tuple[int, int]:
    """The same for an article: the container is the last sentence, shortened words included."""
    starts = [0, *(found.end() for found in breaks)]
    ends = [*(found.start() for found in breaks), len(stretch)]
    last = len(starts) - 1
    while last > 0 and _is_shortened(stretch[starts[last - 1] : ends[last - 1]]):
        last -= 1
    if last > 0:
        return ends[last - 1], starts[last]
    return (0, 0) if breaks else _one_sentence(stretch)


def _one_sentence(stretch: str) -> tuple[int, int]:
    """The same where no full stop helps: the last comma, or capitals at the end."""
    commas = list(COMMA.finditer(stretch))
    if commas and len(stretch[: commas[-1].start()].split()) >= 2:
        return commas[-1].start(), commas[-1].end()
    # Physics and astronomy print no titles: a few words are the journal.
    if len(stretch.split()) <= 7:
        return 0, 0
    capitals = CAPITALISED_END.search(stretch)
    end = capitals.start() if capitals else len(stretch)
    return end, end


def _is_shortened(sentence: str) -> bool:
    """Whether `sentence` begins a shortened journal title: `Phys`, `SIAM J. Appl`."""
    words = sentence.split()
    if SHORT.search(sentence) and len(words) <= 4:
        return all(word[0].isupper() for word in words)
    is_cut = len(sentence) <= 10 and sentence[-1] not in "aeiouys"
    return len(words) == 1 and (len(sentence) <= 4 or is_cut)


def in_host(slate: Slate, start: int) -> int | None:
    """Where the container begins after the word `In`; None where no such word stands."""
    found = IN_HOST.search(slate.rest, start)
    return found.end() if found else None


def host(slate: Slate, start: int) -> str | None:
    """The container that stands next from `start` on, blanked."""
    if slashes := SLASHES.search(slate.rest, start):
        slate.blank(start, slashes.end())
        start = slashes.end()
    begin = _skip(HOST_LEAD, slate.rest, start)
    stop = slate.next_blank(begin)
    if area := AREA.search(slate.rest, begin, stop):
        stop = area.start()
    slate.blank(start, begin)
    return slate.keep(begin, stop)
