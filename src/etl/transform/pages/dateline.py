"""Lines of a page to the dates they are datelines of; `dateforms.py` knows what dates look like.

A dateline is a date and hardly anything else: rubric, place, names and counters may stand beside
it, prose may not. A date that leads a text (`Dushanbe, 9 March 2011. …`) is read apart.
"""

import re
from dataclasses import replace
from functools import lru_cache

from etl.transform.pages.dateforms import each, find, find_short, plain
from etl.transform.pages.stamp import Stamp

LABEL = re.compile(
    r"\b(?:first|originally|published|posted|created|submitted|added|date|issued?|on|at|in|and|by"
    r"|online|time|last|the|опубликован[оаы]?|публикации|размещен[оаы]?|добавлен[оаы]?|создан[оаы]?"
    r"|дата|время|автор|в|от|г|года|год|час|нашр|шуд|шудааст|санаи|сана|таърихи|соли|соати|соат"
    r"|تاریخ|انتشار|ساعت|نشر|مورخ|مورخه|روز|برابر|با|منتشر|شده|در|هجری|شمسی|میلادی"
    r"|veröffentlicht|erstellt|erschienen|von|am|um|uhr|stand|publié|par|le|à|publicado|por|el|las|il|alle)\b"
    r"|\d{1,2}\s(?:محرم|صفر|ربیع ?(?:الاول|الثانی)|جمادی ?(?:الاول|الاولی|الثانی|الثانیه)|رجب|شعبان"
    r"|رمضان|شوال|(?:ذی|ذو) ?(?:القعده|الحجه|قعده|حجه))\s\d{4}",
    re.IGNORECASE,
)
"""Words that stand in a dateline beside the date: `published on`; a day of the lunar calendar."""

COUNTER = re.compile(
    r"\b\d+[\s-]*(?:min(?:ute)?s?\b\.?(?:\sread)?|comments?|views?|shares?|reads?|words?"
    r"|мин(?:ут\w?)?\b\.?(?:\sчтения)?|комментари\w{1,2}|просмотр\w{0,2}|kommentare?"
    r"|دقیقه(?:\sمطالعه)?|نظر|بازدید|دیدگاه)\b|\b(?:one|no) comments?(?: so far)?\b",
    re.IGNORECASE,
)
"""How long a text takes, and how many have read or answered it: `5 min read`."""

PUBLISHED = re.compile(
    r"\b(?:publish(?:ed)?|publication date|date of publication|posted|опубликован[оаы]?"
    r"|(?:дата|время) (?:публикации|размещения)|размещен[оаы]?|нашр шуд\w*|санаи нашр|таърихи нашр"
    r"|تاریخ (?:انتشار|نشر|درج)|منتشر شده|veröffentlicht|erschienen|erstellt|publié|publicado)\b",
    re.IGNORECASE,
)
"""Words that say a date is the one of publication: `published`."""

UPDATE = re.compile(
    r"\b(?:last\s+)?(?:updated?|modified|revised|edited|reviewed|fact.checked|обновлен[оаы]?"
    r"|обновлён|изменен[оаы]?|изменён|навсозӣ|به ?روز ?رسانی|آخرین (?:تغییر|ویرایش)|ویرایش"
    r"|aktualisiert|geändert|(?:letzte )?änderung|mis à jour|actualizado|aggiornato|atualizado)\b",
    re.IGNORECASE,
)
"""Words that make a date the one of a change: `last updated`."""

ELSEWHERE = re.compile(
    r"\b(?:registered|joined|member since|accessed|retrieved|cached|зарегистрирован\w?|регистрация"
    r"|на сайте с|registriert|عضویت|acceso)\b",
    re.IGNORECASE,
)
"""Words that make a date one of something else: of a reader's account, of a look at a page."""

BYLINE = re.compile(r"\b(?:by|von|par|por|автор|نویسنده|муаллиф)\b", re.IGNORECASE)
"""Words that tie the names in a dateline to it: `submitted by`."""

PARTITION = re.compile(r"[|•·・:/–—,،]|\s-\s")
"""Signs that part the date from a rubric or a place: `Analytics | `."""

LETTERS = re.compile(r"[^\W\d_]+")
"""A word without digits: `March`."""

LEAD = re.compile(r"\A\W*(?:[^\W\d_][\w'.-]*[\s,/(]+){0,4}\Z")
"""What may stand before a date that leads a text: ``, `Dushanbe, (`, `KARACHI (Dawn) `."""

LEAD_END = re.compile(r"\A\s?(?:г\.|года|сол)?\s?[).:/|–—-]")
"""What stands after it: `.`, ` —`, `).`."""

LONGEST_DATELINE = 120
"""Characters; names of authors may stand in it."""

LONGEST_LABEL = 40
"""Characters of words that say what the date after them is."""

LONGEST_LEAD = 80
"""Characters within which a date that leads a text ends."""

REMEMBERED = 4096
"""Lines whose reading is kept: head, body and bylines of a page ask for the same ones."""


@lru_cache(REMEMBERED)
def read_line(line: str) -> Stamp | None:
    """The date of a line that is a dateline: a date and hardly anything else; else None.

    Of several dates the first that is not said to be a change's.
    """
    if len(line) > LONGEST_DATELINE:
        return None
    stamps = list(each(line))[:3] or _short(line)
    if not stamps or ELSEWHERE.search(line):
        return None
    folded = plain(line)
    rest = _rest(folded, stamps)
    said = COUNTER.sub(" ", rest)
    words = LETTERS.findall(LABEL.sub(" ", UPDATE.sub(" ", said)))
    small = [len(word) for word in words if word[0].islower()]
    # Initials of an editor may stand in small letters: `mh 9 March 2011`.
    if len(words) > _most_words(said, stamps[0]) or len(small) > 1 or max(small, default=0) > 3:
        return None
    labelled = _with_labels(folded, stamps)
    return next((stamp for stamp in labelled if not stamp.is_update), labelled[0])


def read_lead(line: str) -> Stamp | None:
    """The day that leads a text, as agencies print it, after hardly more than a place; else None.

    >>> read_lead("DUSHANBE, March 9, 2011 — The council met again.").day
    datetime.date(2011, 3, 9)
    """
    top = plain(line[: 2 * LONGEST_LEAD])
    stamp = find(top)
    if stamp is None or stamp.precision != "day" or stamp.span[1] > LONGEST_LEAD:
        return None
    before, after = top[: stamp.span[0]], top[stamp.span[1] :]
    small = [word for word in LETTERS.findall(LABEL.sub(" ", before)) if word[0].islower()]
    return stamp if LEAD.match(before) and LEAD_END.match(after) and not small else None


def is_published(line: str) -> bool:
    """Whether a dateline says that its date is the one of publication."""
    return PUBLISHED.search(line) is not None


def is_change(label: str) -> bool:
    """Whether `label` is short and makes the date after it the one of a change: `Updated:`."""
    return len(label) <= LONGEST_LABEL and UPDATE.search(label) is not None


def without_date(line: str) -> str:
    """`line` without its first date, time of day and weekday."""
    stamp = find(line)
    if stamp is None:
        return line
    folded = plain(line)
    return f"{folded[: stamp.span[0]]} {folded[stamp.span[1] :]}".strip(" |•·/–—-,")


def _short(line: str) -> list[Stamp]:
    """A date whose year has two digits; `8.5.12` is a number of a section but in a byline."""
    stamp = find_short(line)
    is_padded = stamp is not None and stamp.span[1] - stamp.span[0] >= len("09.03.11")
    return [stamp] if stamp and (is_padded or BYLINE.search(line) or is_published(line)) else []


def _rest(folded: str, stamps: list[Stamp]) -> str:
    """A line without its dates; a sign of ours where the first stood."""
    pieces, read_to = [], 0
    for stamp in stamps:
        pieces.append(folded[read_to : stamp.span[0]])
        read_to = stamp.span[1]
    return " | ".join([pieces[0], " ".join([*pieces[1:], folded[read_to:]])])


def _with_labels(folded: str, stamps: list[Stamp]) -> list[Stamp]:
    """`stamps` with what is said of each: before it, and of the last one after it."""
    labelled, read_to = [], 0
    for stamp in stamps:
        label = folded[read_to : stamp.span[0]]
        read_to = stamp.span[1]
        label += folded[read_to:] if stamp is stamps[-1] else ""
        labelled.append(replace(stamp, is_update=bool(UPDATE.search(label))))
    return labelled


def _most_words(rest: str, stamp: Stamp) -> int:
    """How many words a dateline may hold besides date and labels."""
    if BYLINE.search(rest):
        return 8
    if stamp.precision != "day" and stamp.clock is None:
        return 1
    # `rest` has one sign of ours where the date stood.
    return 6 if len(PARTITION.findall(rest)) > 1 else 2
