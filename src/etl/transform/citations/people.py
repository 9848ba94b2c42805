"""Names of persons and bodies in references: as printed to family and given name, as CSL has them.

Which word is the family name is told by a comma, by initials, by particles (`van der`), by the
endings of Russian and Tajik patronymics and surnames; else it is the last one.
"""

import re
from collections import Counter
from typing import NamedTuple

from etl.transform import scripts
from etl.transform.citations.name_patterns import ET_AL, ORGANISATION
from etl.transform.citations.plain import PLAIN
from etl.transform.citations.scripts import CAPITAL
from etl.transform.text import collapse

SUFFIX = re.compile(r",?\s+(?P<suffix>Jr|Sr|II|III|IV|мл|ст)\b\.?(?=,|$)")
"""`, Jr.` after a family or a given name."""

COMMA = re.compile(r"\s*[,،]\s*")
"""Between family and given name."""

PARTICLE_WORDS = """
    de del della der den des di do dos du da das la le van von ter ten te zu zum zur af av vom y
    bin ibn bint ben al el ul
"""
PARTICLES = frozenset(PARTICLE_WORDS.split())
"""Words before a family name that are no part of it, in small letters."""

BARE = re.compile(rf"[{CAPITAL}](?:-?[{CAPITAL}]){{0,2}}")
"""`AB`, `K-U`: initials without full stops."""

INITIALS = re.compile(rf"(?:[^\W\d_]{{1,2}}\.[\s-]?)+|{BARE.pattern}")
"""`А.`, `J.-P.`, `Yu.`, `AB`, `K-U`: a word made of initials."""

LETTER = re.compile(r"[^\W\d_]")
"""Any letter."""

JOINED = re.compile(r"(?<=[^\W\d_]\.)(?=[^\W\d_])")
"""Between initials that are printed together: `А.Б.`."""

PATRONYMIC = re.compile(
    r"\w{2,}(?:вич|вна|ична|инична|ович|овна|ovich|evich|ovna|evna|ичи?|ogly|oglu|оглы|кызы|kyzy)$",
    re.IGNORECASE,
)
"""`Алиевич`, `Ivanovna`, `оглы`."""

FAMILY = re.compile(r"[а-яё](?:[оеё]ва?|ск(?:ий|ая)|енко|зода|заде)$")
"""`Шарипов`, `Рахмонзода`: endings that family names have and given names do not."""

DEGREE = re.compile(
    r"^(?:(?:Dr|Prof|Professor|Sir|Mr|Mrs|Ms|проф|акад|д-р|доц|д\.\s?и\.\s?н|к\.\s?и\.\s?н)\b\.?"
    r"|دکتر(?!\w)|استاد(?!\w))\s*",
    re.IGNORECASE,
)
"""`Dr.`, `проф.` before a name."""

LINKED = re.compile(r"(?<!\S)(?:of|for|and|[Tt]he|on|по|при|для|и|برای)(?!\S)")
"""A small word that the names of bodies hold and those of persons do not."""

ACRONYM = re.compile(rf"[{CAPITAL}]{{2,9}}")
"""`NATO`: capitals alone are a body, unless initials or a family name stand beside them."""

LONGEST = 6
"""Words of a person's name at most; what has more is a body."""


class Person(NamedTuple):
    """One name. A body has a `literal` and nothing else; a person has at least a family name."""

    family: str | None = None
    given: str | None = None
    particle: str | None = None
    suffix: str | None = None
    literal: str | None = None
    script: str | None = None


def read(printed: str) -> Person:
    """The parts of one printed name.

    >>> read("Jaap de Hoop Scheffer")[:3], read("Шарипов С.А.")[:2]
    (('Hoop Scheffer', 'Jaap', 'de'), ('Шарипов', 'С. А.'))
    >>> read("World Bank Institute").literal
    'World Bank Institute'
    """
    name = collapse(ET_AL.sub("", printed)).strip(" ,،;؛")
    script = script_of(name)
    if script is None or _is_body(name):
        return Person(literal=name or printed, script=script)
    name = DEGREE.sub("", name) or name
    suffix = SUFFIX.search(name)
    if suffix:
        name = name[: suffix.start()] + name[suffix.end() :]
    parts = COMMA.split(name.strip(" ,،"), maxsplit=1)
    person = _turned(*parts) if len(parts) == 2 else _straight(parts[0].split())
    return person._replace(suffix=suffix["suffix"] if suffix else None, script=script)


def script_of(text: str) -> str | None:
    """Script of most letters of `text`, ISO 15924; None if it has no letters."""
    found = scripts.count(Counter(text))
    return found.most_common(1)[0][0] if found else None


def _is_body(name: str) -> bool:
    """Whether a name is that of a body."""
    words = name.split()
    return (
        ORGANISATION.search(name) is not None
        or LINKED.search(name) is not None
        or (len(words) == 1 and ACRONYM.fullmatch(name) is not None)
        or len(words) > LONGEST
        or any(c.isdigit() for c in name)
    )


def _turned(family: str, given: str) -> Person:
    """`van der Berg, J.`, `Hoop Scheffer, Jaap de`, `احمدی، علی`."""
    words = given.split()
    behind: list[str] = []
    while len(words) > 1 and words[-1].lower() in PARTICLES:
        behind.insert(0, words.pop())
    before, names = _particles(family.split())
    particle = " ".join([*before, *behind]) or None
    return Person(" ".join(names), _spaced(" ".join(words)) or None, particle)


def _particles(words: list[str]) -> tuple[list[str], list[str]]:
    """Particles a family name begins with, and the rest; one word is always left."""
    count = 0
    while count < len(words) - 1 and words[count].lower() in PARTICLES:
        count += 1
    return words[:count], words[count:]


def _straight(words: list[str]) -> Person:
    """A name without a comma."""
    kinds = [_is_initials(word) for word in words]
    if all(kinds):
        return Person(literal=" ".join(words))
    if len(words) == 1:
        return Person(words[0])
    if kinds[0] or (words[0] in PARTICLES | {"Ibn", "Bin"} and not kinds[-1]):
        return _split(words, kinds.index(False))
    if kinds[-1]:
        last = len(words) - kinds[::-1].index(False)
        before, names = _particles(words[:last])
        return Person(" ".join(names), _spaced(" ".join(words[last:])), " ".join(before) or None)
    if _is_family_first(words):
        return Person(words[0], " ".join(words[1:]))
    place = next((n for n, word in enumerate(words) if n and word in PARTICLES), len(words) - 1)
    return _split(words, place)


def _split(words: list[str], place: int) -> Person:
    """Given names before `place`, particles and family name from there on."""
    before, names = _particles(words[place:])
    while len(names) > 1 and _is_initials(names[0]):
        before, names = [*before, names[0]], names[1:]
    initials = [word for word in before if _is_initials(word)]
    given = " ".join([*words[:place], *initials])
    particle = " ".join(word for word in before if word not in initials)
    return Person(" ".join(names), _spaced(given) or None, particle or None)


def _is_family_first(words: list[str]) -> bool:
    """Whether full names stand in Russian order: `Шарипов Сухроб Алиевич`, `Шарипов Сухроб`."""
    if len(words) == 3 and PATRONYMIC.search(words[-1]):
        return True
    are_families = [FAMILY.search(word) is not None for word in (words[0], words[-1])]
    return len(words) == 2 and are_families == [True, False]


def _is_initials(word: str) -> bool:
    """Whether `word` is made of initials; capitals alone are, up to three."""
    return INITIALS.fullmatch(word.translate(PLAIN)) is not None


def _spaced(given: str) -> str:
    """Given names with a space between initials, and a full stop behind each.

    >>> _spaced("С.А."), _spaced("AB"), _spaced("K-U"), _spaced("Anna M.")
    ('С. А.', 'A. B.', 'K.-U.', 'Anna M.')
    """
    words = [
        LETTER.sub(r"\g<0>.", word) if BARE.fullmatch(word) else word for word in given.split()
    ]
    return JOINED.sub(" ", " ".join(words))
