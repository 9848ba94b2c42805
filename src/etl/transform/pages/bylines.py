"""Lines of a page to the bylines in them: who wrote, translated, took the photographs."""

import re
from collections.abc import Iterable

from etl.transform.entities.capitals import given_names
from etl.transform.entities.scan import level
from etl.transform.pages import byline_names, roles
from etl.transform.pages.byline_names import ORGANISED, PERSON, Name
from etl.transform.pages.byline_words import AGENCY, JOB, RUBRIC
from etl.transform.pages.page import Byline
from etl.transform.text import fold

LONGEST_BYLINE = 160
LONGEST_BARE = 80
LONGEST_LABEL = 40
"""Characters of a byline, of a line of names alone, and of a label alone."""

PICTURED = frozenset(("photographer", "illustrator"))
"""Roles whose organisations are agencies of pictures, named in any caption: they are left out."""

PROSE = re.compile(r"[^\W\d_]{3,}[.!?…]\s+[^\W\d_]")
"""Ends of a sentence, which bylines do not hold: `the border. It`."""

LATER = re.compile(r"(?<=[|·•/])\s*by\s", re.IGNORECASE)
"""A label behind something else: the `by` of `3 min read · by Nigora Salimova`."""

CASELESS = re.compile(r"\W*[\u0600-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""A line in a script without capitals, in which any words look like names."""

SAID = re.compile(
    rf",\s+(?={JOB.pattern}).*|,?\s+(?:специально\s+для|special(?:ly)?\s+(?:to|for))\s.*",
    re.IGNORECASE,
)
"""What is said of somebody behind a name: `, Senior Analyst`, `, специально для «Вестника»`."""

SOURCE = re.compile(r"\W*(?:source|источник|манбаъ|منبع)\s*:\s*(?P<agency>.+)", re.IGNORECASE)
"""A line that names an agency as the source: `Источник: ТАСС`."""

STOCK = re.compile(
    r"/|\b(?:stock|getty|unsplash|pexels|pixabay|flickr|commons|courtesy|archive|screenshot)",
    re.IGNORECASE,
)
"""What shows that a picture is of an agency: `Getty Images`."""

HOUSE = re.compile(
    r"\b(?:staff|team|editors|editorial|newsroom|news\s?desk|редакция|таҳририя|تحریریه)\b",
    re.IGNORECASE,
)
"""A word by which an organisation that stands alone is known for an author: `Herald Staff`."""


def read_line(line: str) -> list[Byline]:
    """Bylines in a line that says whom it names; none for any other line.

    >>> [byline.name for byline in read_line("By Rustam Haydarov and Nigora Salimova")]
    ['Rustam Haydarov', 'Nigora Salimova']
    """
    if len(line) > LONGEST_BYLINE:
        return []
    if (source := SOURCE.fullmatch(line)) and AGENCY.fullmatch(source["agency"]):
        return [Byline(source["agency"], ORGANISED, "contributor")]
    parts = roles.parts(line)
    if not parts and (later := LATER.search(line)):
        parts = roles.parts(line[later.start() :])
    if not parts or PROSE.search(byline_names.NOISE.sub(" ", parts[0].text)):
        return []
    found = [
        Byline(name.text, name.kind, part.role)
        for part in parts
        for name in _said(part, is_alone=len(parts) == 1)
        if part.role not in PICTURED or (_is_full(name) and not STOCK.search(part.text))
    ]
    return once(found)


def read_labelled(label: str, line: str) -> list[Byline]:
    """Bylines in a line below a label that stands alone: `Written by`, then `Nigora Salimova`."""
    role = roles.parts(f"{label}:")[-1].role
    names = byline_names.read(line, is_told=True) if len(line) <= LONGEST_BARE else []
    return [
        Byline(name.text, name.kind, role)
        for name in names
        if role not in PICTURED or _is_full(name)
    ]


def is_label(line: str) -> bool:
    """Whether `line` is a label alone, so that the names stand below it: `By`, `Автор`."""
    if len(line) > LONGEST_LABEL:
        return False
    return any(not part.text.strip(":") for part in roles.parts(f"{line}:")[-1:])


def read_bare(line: str) -> list[Byline]:
    """Names in a line of nothing but names, as they stand under titles, and what they are.

    Headlines look like that too: ask `name_shapes.is_signature`, or where the line stands.
    """
    if len(line) > LONGEST_BARE or line[-1:] in "!?:;…" or any(c.isdigit() for c in line):
        return []
    if AGENCY.fullmatch(line):
        return [Byline(line, ORGANISED)]
    if RUBRIC.search(line) or roles.FIRST.match(line) or not _is_told_by_script(line):
        return []
    bare = SAID.sub("", line)
    found = byline_names.read(bare)
    left = len(byline_names.BETWEEN.sub("", bare)) - sum(len(name.text) for name in found)
    return [Byline(n.text, n.kind) for n in found] if left <= 2 and _are_plain(found) else []


def read_beside(rest: str) -> list[Byline]:
    """Names in what stands beside a date: `Nigora Salimova in Water`; ask where it stands."""
    pieces = byline_names.APART.split(rest)
    return next(filter(None, (read_bare(byline_names.cut(piece)) for piece in pieces)), [])


def begins_as_person(name: str) -> bool:
    """Whether `name` begins with a given name that is known.

    >>> begins_as_person("Omid Karim"), begins_as_person("Modern Water")
    (True, False)
    """
    return level(name.split()[0]) in given_names()


def once(bylines: Iterable[Byline]) -> list[Byline]:
    """`bylines` without those whose name stood before, alone or with more behind it.

    An ORCID iD is kept whichever of them has it.
    """
    found: dict[str, Byline] = {}
    for byline in bylines:
        key = fold(byline.name)
        longer = [known for known in found if known.startswith(f"{key} ") and " " in key]
        shorter = [known for known in found if key.startswith(f"{known} ") and " " in known]
        key = next(iter(shorter), key)
        known = found.get(key, byline)
        if longer:
            found = {key if each == longer[0] else each: other for each, other in found.items()}
        found[key] = known._replace(orcid=known.orcid or byline.orcid)
    found.pop("", None)
    return list(found.values())


def _said(part: roles.Part, *, is_alone: bool) -> list[Name]:
    """Names behind a label; a single word only where nothing but a name stands there."""
    names = byline_names.read(part.text)
    if CASELESS.match(part.text) and not part.has_sign:
        return [name for name in names if begins_as_person(name.text)]
    if names:
        return names
    told = byline_names.read(part.text, is_told=True)
    first = byline_names.APART.split(part.text)[0]
    printed = byline_names.END.sub("", first).strip(byline_names.STRIPPED)
    is_whole = bool(told) and printed == told[0].text
    is_small = printed.islower() and (part.has_sign or " " in printed)
    return told if is_whole and not is_small and (is_alone or " " not in printed) else []


def _is_told_by_script(line: str) -> bool:
    """Whether capitals tell names in `line`, or it begins with a given name that is known."""
    return not CASELESS.match(line) or begins_as_person(line)


def _is_full(name: Name) -> bool:
    """Whether `name` is of a person, and more than one word."""
    return name.kind == PERSON and name.is_full


def _are_plain(names: list[Name]) -> bool:
    """Whether `names` are of persons, or of a staff."""
    return bool(names) and all(name.kind == PERSON or HOUSE.search(name.text) for name in names)
