"""What stands behind a label, or in a meta tag, to the names of persons and organisations."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from etl.transform.calendars import GREGORIAN_MONTHS
from etl.transform.pages.byline_words import AGENCY, JOB
from etl.transform.pages.name_shapes import (
    ACRONYM,
    INITIAL,
    full_words,
    is_account,
    is_organisation,
    is_person,
    is_turned,
)
from etl.transform.text import collapse

PERSON, ORGANISED = "person", "organisation"

APART = re.compile(r"\s*(?:[;|•·⋅\n\t]|\s/\s|\s[—–-]\s|\s[—–])\s*")
"""What parts a list of names from what else stands in its line: ` | `, ` — `."""

BETWEEN = re.compile(
    r"\s*(?:[,،؛]+\s*(?:(?P<joined>and|и|ва|و|with)\s)?|(?P<and>&|(?<=(?-i:[a-zа-яё]))/|\band\b|\bи\b|\bва\b|\bwith\b|\sو\s))\s*",
    re.IGNORECASE,
)
"""What parts names from names and from what is said of them: `, and `."""

NOISE = re.compile(
    r"\([^()\n]*\)|\[[^\[\]\n]*\]|(?<!\S)[^\s@]+@\S+|(?:https?://|www\.)\S+|(?<!\S)@\w+"
    r"|(?<!\w)(?:dr|prof|professor|mr|mrs|ms|mx|sir|dame|rev|hon|д-?р|проф|акад|г-н"
    r"|г-жа)\b\.?(?=\s+\S)"
    r"|\b(?:доктор|профессор|академик)\s+(?=(?-i:[А-ЯЁ]))|(?:دکتر|پروفسور|استاد|آقای|خانم"
    r"|حجت[\s\u200c]*الاسلام)\s+(?=\S+\s+\S)"
    r"|\bORCID(?:\s*iD)?\b|\b(?-i:iD)\b|[*†‡§®™©¹²³⁴⁵]+",
    re.IGNORECASE,
)  # fmt: skip
"""Titles, addresses and signs around a name: `Dr. `, `(Dushanbe)`, `n@herald.example`, `iD`."""

END = re.compile(
    r"[\s,]+(?:(?:first\s+)?(?:published|updated|posted|modified|created|reviewed)\b"
    r"|last\s+(?:updated|modified)\b"
    rf"|опубликовано\b|обновлено\b|(?:(?:{'|'.join(GREGORIAN_MONTHS)})\.?\s+)?(?<!\w)\d).*",
    re.IGNORECASE,
)  # fmt: skip
"""What ends names of any kind: ` Published: Jan 29`, ` 7 min read`."""

TAIL = re.compile(
    r"[\s,]+(?:on\s+behalf\s+of|writes?|says|reports?|for|in|at|on|from|is|was|who|via|as|about"
    r"|специально\s+для|для)"
    r"\s.*",
    re.IGNORECASE,
)
"""What ends a list of persons: ` for Reuters`, ` in Water`."""

AGENCY_BEHIND = re.compile(rf"(?<=\s){AGENCY.pattern}\Z", re.IGNORECASE)
"""An agency behind a name, without a sign between them: the `Reuters` of `Omid Karim Reuters`."""

BY_ELSEWHERE = re.compile(
    r"(?:von|por|par|door|di|av|przez|od)\s+(?=(?-i:[^\W\d_a-z])|dpa|afp)", re.IGNORECASE
)
"""`By` in languages that are not read otherwise, before a capital: `Von Marta Berg`."""

LAST_FIRST = re.compile(r"(?P<last>[^,،]+)[,،]\s*(?P<first>[^,،]+)")
"""A name with the surname first: `Haydarov, Rustam`."""

STRIPPED = " .,:;،–—-|/*•·&\u200c\u200f\u200e"
"""Signs that stand around names but belong to none."""

QUOTES = re.compile(r"[«\"“„‘'](?P<inner>[^«»\"“”„]*)[»\"”“’']")
"""Quotes around all of a name."""


class Name(NamedTuple):
    """A name, and of what."""

    text: str
    kind: str = PERSON
    is_full: bool = True
    """Whether it is more than a first name or the name of an account."""


def read(value: str, *, is_told: bool = False) -> list[Name]:
    """Names in `value`, in order, none twice.

    Args:
        value: What stands behind a label, or in a tag for authors.
        is_told: Whether something says that these are authors, so that a single word, or a name
            in small letters, is one.

    >>> [name.text for name in read("Dr. R. Haydarov, Senior Analyst & Nigora Salimova")]
    ['R. Haydarov', 'Nigora Salimova']
    >>> read("Institute of Water and Borders")
    [Name(text='Institute of Water and Borders', kind='organisation', is_full=True)]
    """
    clean = collapse(NOISE.sub(" ", value))
    if is_told and (by := BY_ELSEWHERE.match(clean)):
        clean = clean[by.end() :]
    found: list[Name] = []
    for piece in APART.split(clean):
        found += _piece(piece, is_told=is_told and not found)
        if found and (is_told or found[0].kind == ORGANISED):
            break
    return list(dict.fromkeys(found))


def turned(value: str) -> str:
    """`value` with the first name first, where it is a surname, a comma and the rest.

    >>> turned("van der Berg, Marta"), turned("Marta Berg, Omid Karim")
    ('Marta van der Berg', 'Marta Berg, Omid Karim')
    """
    match = LAST_FIRST.fullmatch(value.strip())
    if not match:
        return value
    last, first = match["last"].strip(), match["first"].strip()
    is_two = min(full_words(last), full_words(first)) >= 2 and last.split()[0][0].isupper()
    return value if is_two or JOB.search(first) else f"{first} {last}"


def cut(text: str) -> str:
    """`text` up to what ends a list of persons."""
    return TAIL.sub("", f"{END.sub('', text)} ").strip(STRIPPED)


def _piece(piece: str, *, is_told: bool) -> list[Name]:
    """Names in a piece that no strong sign parts: an organisation as a whole, or a list."""
    whole = END.sub("", piece).strip(STRIPPED)
    if quoted := QUOTES.fullmatch(whole):
        whole = quoted["inner"]
    whole = whole.removeprefix("the ")
    short = cut(whole)
    if is_organisation(whole) and not (_is_list(short) or _person(short)):
        return [Name(whole, ORGANISED)]
    parts = _parts(short)
    if len(parts) == 2 and "," in short and is_turned(parts[0].text, parts[1].text):
        parts = [Part(f"{parts[1].text} {parts[0].text}")]
    found = [_with_stop(name, piece) for name in _listed(parts)]
    if not found and is_told:
        found = _told(parts)
    return found or ([Name(short, ORGANISED)] if is_organisation(short) else [])


def _is_list(text: str) -> bool:
    """Whether `text` begins with the name of a person and goes on behind a comma or `and`."""
    first = BETWEEN.split(text, maxsplit=1)[0].strip(STRIPPED)
    return first != text and is_person(first)


class Part(NamedTuple):
    """A part of a list of names."""

    text: str
    is_joined: bool = True
    """Whether `and` stands before it, or nothing: it is a name, not said of the one before."""


def _parts(text: str) -> list[Part]:
    """The parts of a list of names."""
    start, is_joined = 0, True
    parts: list[Part] = []
    for sign in BETWEEN.finditer(text):
        parts.append(Part(text[start : sign.start()].strip(STRIPPED), is_joined))
        start, is_joined = sign.end(), bool(sign["joined"] or sign["and"])
    parts.append(Part(text[start:].strip(STRIPPED), is_joined))
    return [part for part in parts if part.text]


def _listed(parts: list[Part]) -> Iterator[Name]:
    """Persons in full and agencies among `parts`, without what is said of them.

    Behind a job all up to the next `and` belongs to it: `Karim Alizoda, Director, East Herald`.
    """
    is_said = False
    for place, part in enumerate(parts):
        is_said = is_said and not part.is_joined
        if AGENCY.fullmatch(part.text):
            yield Name(part.text, ORGANISED)
        elif not is_said and (person := _person(part.text)):
            yield Name(person)
            is_said = person != part.text
        elif (place == 0 or part.is_joined) and not is_said and is_organisation(part.text):
            yield Name(part.text.removeprefix("the "), ORGANISED)
        else:
            is_said = is_said or bool(JOB.search(part.text))


def _told(parts: list[Part]) -> list[Name]:
    """Names in small letters or of one word: the first of `parts`, and those joined to it."""
    found: list[Name] = []
    for part in parts:
        if (found and not part.is_joined) or (part is not parts[0] and not found):
            break
        if is_person(part.text, is_told=True):
            found.append(Name(part.text))
        elif account := _account(part.text):
            found.append(account)
    return found


def _person(part: str) -> str | None:
    """The person `part` begins with; what somebody is may follow."""
    if is_person(part):
        return part
    said = JOB.search(part) or AGENCY_BEHIND.search(part)
    before = part[: said.start()].strip(STRIPPED) if said else ""
    return before if is_person(before) else None


def _account(part: str) -> Name | None:
    """A name of one word: of a person, or of an organisation if it is all capitals."""
    if ACRONYM.fullmatch(part):
        return Name(part, ORGANISED)
    return Name(part, PERSON, is_full=False) if is_account(part) else None


def _with_stop(name: Name, printed: str) -> Name:
    """`name` with the full stop of its last initial, where that was printed: `Haydarov R.`."""
    text = name.text
    is_initial = len(text.rsplit(" ", 1)[-1]) == 1 or INITIAL.search(text[-4:] + ".") is not None
    return name._replace(text=f"{text}.") if is_initial and f"{text}." in printed else name
