"""Text that was decoded in the wrong charset before the page was sent, to what was meant.

`decode.py` gives what the bytes of a page say. Some were decoded wrongly once before and encoded
again, so that they say `Ã©`, `Ð¿Ñ€Ð¸` or `Ïðèâåò`: whole pages, or a title or quotation that was
copied. That is mended before the page is read, since dates and names are in it, too; each repair
is named, and the bytes are kept as they came. Nothing else is changed: quotes, ligatures and
full-width letters stay as they are printed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple

import ftfy
from ftfy.badness import is_bad

from etl.transform.pages import charset

ASCII_TO_SPACE = bytes([32] * 128) + bytes(range(128, 256))

HINTS = tuple(
    pair.encode()
    for pair in (
        "Р°",
        "Рѕ",
        "Рµ",
        "вЂ",
        "¬†",
        "‚Ä",
        "√",
        "ñò",
        "íî",
        "íà",
        "ÓÔ",
        "ÎÏ",
        "Çá",
        "Çä",
        "þ",
    )
)
"""What frequent pairs become: `а`, `о`, `е` and quotes of UTF-8 read in Windows-1251; spaces,
quotes and accents read in MacRoman; `ст`, `но`, `на` of Windows-1251, `ст`, `но` of KOI8, `ال`,
`ان` of Windows-1256 and `ş` of Windows-1254 read in Windows-1252. Languages that are read here
have none of them."""

_SIGN = (
    rb"(?:\xc2[\x80-\xbf]|\xe2\x80[\x90-\xbf]|\xe2\x82\xac|\xe2\x84\xa2"
    rb"|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xc6\x92|\xcb[\x86\x9c])"
)
TWICE = re.compile(
    rb"\xc3(?:[\x82\x83](?: |SIGN)|[\x84-\x9b]SIGN|[\xa0-\xb4]SIGN{2})".replace(b"SIGN", _SIGN)
)
"""A letter from Â to ô with as many signs as it has bytes to follow: how UTF-8 that was read in
Windows-1252 looks in UTF-8 (`Ã©`, `Ð°`, `â€™`)."""

CONTROL = re.compile(rb"\xc2[\x80-\x9f]")
"""A control sign in UTF-8, such as U+0092, which was meant to be the `’` of Windows-1252."""

_REST = re.escape(bytes(range(0x80, 0xC0)).decode("sloppy-windows-1252")) + r"\x80-\x9f"
RUN = re.compile(rf"(?:[Â-ß][{_REST}]|[à-ï][{_REST}]{{2}}){{3,}}")
"""Three characters and more of UTF-8 read in Windows-1252: `Ð¡Ñ‚ÐµÐ¿ÑŒ`; no language has it."""

SEEN = re.compile(
    r"<(script|style)\b(?![^<>]*ld\+json).*?(?:</\1\b|\Z)|<(?!meta\b)[^<>]*>|(?P<text>[^<>\n]+)",
    re.DOTALL | re.IGNORECASE,
)
"""A whole script or a tag, which are left alone, or text: up to the next tag or the end of the
line, in `<meta content="…">` or in JSON-LD."""

OTHER_WORD = re.compile(r"[À-ÖØ-öø-ÿ¨¸ª¿¯]{2,}")
"""A word without a letter of ASCII: `Ïðèâåò`. Languages in Latin letters hardly have any."""

MIXED_WORD = re.compile(r"[A-Za-z][À-ÖØ-öø-ÿ]|[À-ÖØ-öø-ÿ][A-Za-z]")
"""What a language in Latin letters has instead: the beginning of `été`, the end of `voilà`."""

ONE_BYTE = frozenset(
    ("cp1251", "koi8_u", "koi8_t", "cp866", "iso8859_5", "cp1256", "iso8859_6"),
)
"""Charsets of Cyrillic and Arabic, in which words have no letter of ASCII."""

FEWEST_WORDS = 3
"""Different words of so many letters and more on a page that tell; Icelandic has no long ones."""

LONG_WORD = 4
"""Letters of such a word."""

FEWEST_LETTERS = 100
"""Letters of a page in another charset than Windows-1251: from there their frequencies tell."""

LOST_SPACE = re.compile(r"[ÂÃ] ")
"""A no-break space, or `à`, whose second byte became a plain space; or a word of Welsh."""

NAMES = {"latin-1": "windows-1252", "macroman": "mac-roman"}
NAMES |= {"cp1251": "windows-1251", "cp1256": "windows-1256"}
"""Charsets that are named otherwise in what is recorded; browsers take Latin-1 for the first."""

TURKISH = str.maketrans("ÐðÝýÞþ", "ĞğİıŞş")
"""Letters in which Windows-1254 differs from Windows-1252."""

TURKISH_LETTER = re.compile("[ĞğİıŞş]")
"""A letter that damaged text has lost: `ş`."""

FEWEST_TURKISH = 8
"""Letters in text with `þ` or `ð` that tell; a sentence of Turkish has as many. Icelandic has them
beside `á` and `í`; Turkmen and Czech have `ý` alone."""

PART = ftfy.ExplanationStep("apply", "decode_inconsistent_utf8")
"""Step of ftfy for a damaged part of a sound text."""

SIGNS = "windows-1252 signs as control characters"
IN_PLACES = "mojibake utf-8 in places"


class Mended(NamedTuple):
    """A text, and what was done to it."""

    text: str

    repairs: tuple[str, ...] = ()
    """Such as `mojibake utf-8 as windows-1252`: what it was, and what it was read in."""


def mend(text: str) -> Mended:
    """The text of a page with what was decoded wrongly before decoded as it should have been."""
    if not _may_be_damaged(text):
        return Mended(text)
    found = (match["text"] for match in SEEN.finditer(text))
    pieces = dict.fromkeys(piece for piece in found if piece and not piece.isascii())
    fixes: dict[str, str] = {}
    ways = (_mend_one_byte, _mend_turkish, _mend_utf_8)
    repairs = dict.fromkeys(name for way in ways for name in way(pieces, fixes))
    if not fixes:
        return Mended(text)
    mended = SEEN.sub(lambda match: fixes.get(match.group(), match.group()), text)
    return Mended(mended, tuple(repairs))


def _may_be_damaged(text: str) -> bool:
    """Whether `text` may hold mojibake; if not, that costs one or two microseconds a kilobyte.

    Most of a page is ASCII, so the few runs of other letters are taken out first.
    """
    if text.isascii():
        return False
    data = text.encode("utf-8", "surrogatepass").translate(ASCII_TO_SPACE)
    runs = b"%b " % b" ".join(data.split())
    if any(hint in runs for hint in HINTS):
        return True
    return TWICE.search(runs) is not None or CONTROL.search(runs) is not None


def _mend_one_byte(pieces: Iterable[str], fixes: dict[str, str]) -> list[str]:
    """Add pieces in Cyrillic or Arabic that were read in Windows-1252 to `fixes`; the repair."""
    raw = {piece: data for piece in pieces if (data := _bytes_of_others(piece))}
    words = {word for piece in raw for word in OTHER_WORD.findall(piece)}
    if sum(len(word) >= LONG_WORD for word in words) < FEWEST_WORDS:
        return []
    name = charset.likeliest(b"\n".join(raw.values()), None)
    is_enough = name == "cp1251" or sum(map(len, words)) >= FEWEST_LETTERS
    if name not in ONE_BYTE or not is_enough:
        return []
    fixes |= {piece: data.decode(name, "replace") for piece, data in raw.items()}
    return [f"mojibake {NAMES.get(name, name)} as windows-1252"]


def _bytes_of_others(piece: str) -> bytes | None:
    """`piece` in Windows-1252 if none of its words is of a language in Latin letters and accents.

    UTF-8 is left to `_mend_utf_8`.
    """
    if not OTHER_WORD.search(piece) or MIXED_WORD.search(piece):
        return None
    for name in ("latin-1", "sloppy-windows-1252"):
        with suppress(UnicodeEncodeError):
            data = piece.encode(name)
            return None if _is_utf_8(data) else data
    return None


def _is_utf_8(data: bytes) -> bool:
    """Whether `data` is valid UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mend_turkish(pieces: Iterable[str], fixes: dict[str, str]) -> list[str]:
    """Add pieces in Turkish that were read in Windows-1252 to `fixes`; the repair."""
    damaged = [p for p in pieces if p not in fixes and not TURKISH_LETTER.search(p)]
    counts = Counter("".join(p for p in damaged if "þ" in p or "ð" in p))
    told = sum(counts[char] for char in "ÐðÝýÞþ")
    others = sum(counts[char] for char in "áíóúæ")
    if told < FEWEST_TURKISH or 4 * others > told:
        return []
    mended = {piece: piece.translate(TURKISH) for piece in damaged}
    fixes |= {piece: text for piece, text in mended.items() if text != piece}
    return ["mojibake windows-1254 as windows-1252"]


def _mend_utf_8(pieces: Iterable[str], fixes: dict[str, str]) -> list[str]:
    """Add pieces in UTF-8 that were read in another charset to `fixes`; the repairs.

    What one piece was read in is tried on those that are too short to look wrong by themselves.
    """
    steps: dict[ftfy.ExplanationStep, None] = {}
    doubtful: dict[str, str] = {}
    for piece in filter(is_bad, pieces):
        fixed, plan = ftfy.fix_encoding_and_explain(piece)
        if fixed == piece:
            fixed, plan = RUN.sub(_run_as_utf_8, piece), [PART]
        if piece in fixes or fixed == piece or not _is_sound(fixed, plan or []):
            continue
        if is_bad(LOST_SPACE.sub(" ", piece)):
            fixes[piece] = fixed
            steps |= dict.fromkeys(plan or [])
        else:
            doubtful[piece] = fixed
    if steps:
        fixes |= doubtful
    read_in = [step.parameter for step in steps if step.action == "encode"]
    for piece in pieces:
        for name in read_in:
            if piece not in fixes and (fixed := _as_utf_8(piece, name)):
                fixes[piece] = fixed
    return _named(list(steps))


def _run_as_utf_8(match: re.Match[str]) -> str:
    """What a run was, where ftfy sees none, as beside a quote; itself if it was no UTF-8."""
    return _as_utf_8(match.group(), "sloppy-windows-1252") or match.group()


def _is_sound(fixed: str, plan: Sequence[ftfy.ExplanationStep]) -> bool:
    """Whether a repair is to be believed: of a whole piece, or one that makes words."""
    is_whole = all(step.action != "apply" for step in plan)
    return is_whole or charset.plausibility(fixed) >= charset.LEAST_PLAUSIBLE


def _as_utf_8(piece: str, name: str) -> str:
    """`piece` as it would be in UTF-8 if it was read in the charset `name`; empty if it was not."""
    try:
        return piece.encode(name).decode("utf-8")
    except UnicodeError:
        return ""


def _named(steps: Sequence[ftfy.ExplanationStep]) -> list[str]:
    """The repairs that a plan of ftfy consists of."""
    names = []
    is_signs = ftfy.ExplanationStep("decode", "windows-1252") in steps
    for action, name in steps:
        if action == "encode" and not (is_signs and name == "latin-1"):
            plain = NAMES.get(name, name.removeprefix("sloppy-"))
            names.append(f"mojibake utf-8 as {plain}")
        elif name == "fix_c1_controls" or (action, name) == ("decode", "windows-1252"):
            names.append(SIGNS)
        elif name == "decode_inconsistent_utf8":
            names.append(IN_PLACES)
    return names
