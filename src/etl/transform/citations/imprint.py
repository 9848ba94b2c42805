"""Place of publication and publisher."""

import re
from typing import NamedTuple

from etl.transform.citations.cities import PLACE, REGION, REGIONS
from etl.transform.citations.scripts import UPPER, any_of
from etl.transform.citations.slate import Slate

KNOWN_PLACE = re.compile(PLACE)
"""`Moscow`, as it is listed."""

ANYWHERE = (
    rf"(?:{PLACE}|[{UPPER}][\w'’.-]*(?:\s(?:[{UPPER}][\w'’.-]*|am|de|del|upon|sur)){{0,2}}{REGION})"
)
"""A place by its position, known or not."""

BEGIN = r"(?:(?<=[.,;(!?\x00\-]\s)|(?<=[(\x00]))"
LAST = r"(?=\s*[,.;)]*\s*(?:\x00|$))"
"""Only signs follow, then what is explained already (the year, most often) or the end."""

WITH_COLON = re.compile(
    r"(?:(?<=[.,;(\]?!\x00\-]\s)|(?<=[(\x00\"”»])|(?<=[.,;)]))"
    rf"\s?(?P<place>{PLACE})\s?:\s?(?P<publisher>[{UPPER}\d«\"“][^\x00:;()]{{1,90}}?)"
    r"(?=\s*[,.;)\]]?\s*(?:\x00|$)|\s*[;)]\s|(?<!\sИзд)(?<!\sSt)(?<!\s[A-Z])\s*\.\s|,\s(?:\x00|pp?\.))"
)
"""`. Moscow: Nauka, `, `. М.: Наука, `, `(London: Tauris, `."""

WITH_COLON_ANYWHERE = re.compile(
    rf"{BEGIN}\s?(?P<place>{ANYWHERE})\s?:\s?"
    rf"(?P<publisher>[{UPPER}\d«\"“](?:[^\x00:;().,]|\.(?!\s)|,\s(?=Inc|Ltd|and\s)){{1,70}}?){LAST}"
)
"""`. Nurek: Steppe Press, ` before the year: the place is not known."""

WITHOUT_SIGN = re.compile(
    r"(?<=[^\W\d_]\s)(?<!\bin\s)(?<!\bof\s)(?<!\bto\s)(?<!\band\s)(?<!\bfor\s)(?<!\bfrom\s)(?<!\bв\s)"
    rf"(?P<place>{PLACE})\s?:\s?(?P<publisher>[{UPPER}](?:[^\x00:;(),.]|\.(?!\s)){{1,70}}?){LAST}"
)
"""` Moscow: Nauka` right after a title, before the year or at the end."""

PLACE_FIRST = re.compile(
    rf"{BEGIN}(?P<place>{PLACE}),\s(?!(?:[A-Z]{{2}}|{any_of(REGIONS)})\b)(?P<publisher>[{UPPER}«\"“][^\x00:;(),]{{1,80}}?)"
    r"(?=\s*[,.;]\s*\x00)"
)
"""`. М., Наука, ` before the year."""

IN_BRACKETS = re.compile(
    rf"\(\s?(?P<publisher>[{UPPER}][^\x00:;(),]{{1,60}})(?:,\s?(?P<place>{ANYWHERE}))?"
    r"\s*,?\s*(?=\x00+\s*\))"
)
"""`(Steppe Press, 2006)`, `(Steppe Press, Leiden, 2006)`."""

PUBLISHER_FIRST = re.compile(
    rf"(?P<publisher>[{UPPER}][^\x00:;(),]{{1,70}}(?:,\s(?:Inc|Ltd|Co)\.?)?),\s"
    rf"(?P<place>{ANYWHERE}){LAST}"
)
"""`Chapman and Hall, New York.`"""

PLACE_ALONE = re.compile(rf"{BEGIN}(?P<place>{PLACE}){LAST}")
"""`, Dushanbe, ` before the year or at the end."""

COLONS = (WITH_COLON, WITH_COLON_ANYWHERE, WITHOUT_SIGN)
PLACES = (PLACE_FIRST, IN_BRACKETS, PLACE_ALONE)
"""From the surest form to the weakest; those with a colon come first."""

NAME_WORD = rf"(?:[{UPPER}&][\w'’.&-]*|of|and|for|de|the)"
NAMED = re.compile(
    rf"(?:(?<=[,.;])\s|(?<=\x00)\s?)(?P<publisher>(?=[{UPPER}]){NAME_WORD}"
    rf"(?:\s{NAME_WORD}){{0,8}}(?:,\s(?:Inc|Ltd|Co)\b\.?)?)(?=\s*[,.(;]*\s*(?:\x00|$))"
)
"""`, Steppe University Press (` before the year."""

PIECE = re.compile(r"(?P<publisher>[^\x00.;()]{3,90}(?:\.[^\x00.;()]{1,40})?)")
"""Any stretch between signs."""

PUBLISHERS = """
    Press Publisher Publishers Publishing Publication Publications Verlag Book Books University
    Univ Wiley Springer Elsevier Routledge Sage SAGE Academic Macmillan McGraw Hall Sons Inc Ltd Co
    Company Penguin Addison Kaufmann Brill Nauka Mysl Edition Editions Éditions Institut Institute
    Instituto Center Centre Foundation House Kluwer IEEE ACM AAAI Tauris Palgrave Ashgate Elgar
    Blackwell Norton Harper Изд Изд-во Наука Мысль Прогресс Эксмо Ирфон Дониш Институт Академия
    Академии انتشارات نشر دانشگاه مؤسسه موسسه امیرکبیر
"""
PUBLISHER_WORD = re.compile(rf"\b(?:издат\w*|{any_of(PUBLISHERS)})\b")
"""Words that publishers bear: `Press`, `Verlag`, `انتشارات`."""

WORD = re.compile(r"[^\W\d_]{3,}|\x00")
"""A word that may be the title, or something explained: an imprint never comes first."""


class Imprint(NamedTuple):
    """Place and publisher as printed."""

    place: str | None = None
    publisher: str | None = None


def marked(slate: Slate, start: int) -> Imprint:
    """Place and publisher that signs mark, blanked: a colon, a bracket, a place before a comma.

    A place alone at the end counts when it is known; then the publisher is None.
    """
    for pattern in (*COLONS, *PLACES) if ":" in slate.rest[start:] else PLACES:
        # The last one: `Maps: A Reader. Nurek: Steppe Press` has its title before the imprint.
        for match in reversed(list(pattern.finditer(slate.rest, start))):
            if WORD.search(slate.rest, start, match.start()):
                return _taken(slate, match)
    return Imprint()


def named(slate: Slate, start: int) -> str | None:
    """A publisher that a word like `Press` marks, at the end of what is left; blanked."""
    for match in NAMED.finditer(slate.rest, start):
        publisher = PUBLISHER_WORD.search(match["publisher"])
        if publisher and WORD.search(slate.rest, start, match.start()):
            return _taken(slate, match).publisher
    return None


def left_over(slate: Slate, start: int) -> Imprint:
    """Place and publisher among what is left once title and container are known; blanked."""
    match = PUBLISHER_FIRST.search(slate.rest, start)
    if match and (
        PUBLISHER_WORD.search(match["publisher"]) or KNOWN_PLACE.fullmatch(match["place"])
    ):
        return _taken(slate, match)
    for piece in PIECE.finditer(slate.rest, start):
        if PUBLISHER_WORD.search(piece["publisher"]):
            return _taken(slate, piece)
    return Imprint()


def _taken(slate: Slate, match: re.Match[str]) -> Imprint:
    """Place and publisher of `match`, blanked; an abbreviated place keeps its full stop."""
    groups = match.groupdict()
    place = slate.group(match, "place") if groups.get("place") else None
    if place and len(place) <= 3 and (groups["place"] or "").endswith("."):
        place += "."
    publisher = slate.group(match, "publisher") if groups.get("publisher") else None
    slate.blank(*match.span())
    return Imprint(place, publisher)
