"""Bytes of a page to text: what is binary, which charset the rest is in, what had to be mended."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, lookup, register_error
from collections.abc import Sequence
from itertools import compress
from typing import NamedTuple

from etl.errors import PageTooLarge, UnknownCharset, UnreadablePage
from etl.transform.pages import charset, mojibake

SIGNATURES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive or office file",
    b"\x1f\x8b": "gzip data",
    b"\x89PNG": "a PNG image",
    b"GIF8": "a GIF image",
    b"\xff\xd8\xff": "a JPEG image",
    b"RIFF": "a RIFF file",
    b"\xd0\xcf\x11\xe0": "an old office file",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"BZh": "bzip2 data",
    b"\x28\xb5\x2f\xfd": "zstd data",
    b"\x7fELF": "a program",
}
"""First bytes of files that are no pages."""

BOMS = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}

DECLARED = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*(?P<name>[A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
"""A charset in a header, a meta tag or an XML declaration: `charset=windows-1251`."""

HEAD_BYTES = 4096
"""Bytes at the top of a page in which it may declare its charset."""

MOST_LOST_SHARE = 0.05
"""Of the characters beside markup that may be lost: as many as accents in French, or far more
than quotes in English. With more of them lost, every other word is damaged."""

MAX_CONTROL_SHARE = 0.005
"""Of the characters of a page that may be control characters; text has next to none."""

LOST = "\ufffd"
"""What stands for a character that could not be decoded."""

MARKUP = re.compile(r"<(script|style)\b.*?(?:</\1\b[^<>]*>|\Z)|<[^<>]*>", re.DOTALL | re.IGNORECASE)
"""What no reader sees: `<p class="a">`, a whole `<script>`."""

NOT_ASCII = re.compile(r"[^\x00-\x7f]")
"""A character beyond ASCII: `é`."""

PIECE = re.compile(rb"[<>\n]?[^<>\n]*")
"""A tag, or the text up to the next one or to the end of the line: one of these is written at
one time, so it is in one charset."""

SURE = 3
"""Characters that are valid UTF-8 by chance only together: Windows-1251 has pairs such as `Её`."""

EAST_ASIAN = frozenset(
    (
        "gb18030",
        "gbk",
        "gb2312",
        "big5",
        "big5hkscs",
        "shift_jis",
        "cp932",
        "euc_jp",
        "euc_kr",
        "cp949",
    )
)
"""Charsets of several bytes a letter: what fits one is in it."""

LEAST_ZEROS = 0.05
"""Of the bytes of a page in UTF-16: the upper halves of its spaces and tags."""

BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
"""Bytes of characters beyond ASCII."""

CYRILLIC_WORD = re.compile(r"[«“„]?[А-Яа-яЁё]{3,}[»”]?")
"""A Russian word: `Душанбе`."""

MENDING = "etl-mend-windows-1251"
"""Name of our way to go on after bytes that are no UTF-8."""

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
"""A control character that no text holds."""

PRINTED = bytes(code for code in range(256) if not CONTROL.match(chr(code)))
"""Bytes that are no such character: to take them out is ten times as fast as to search."""


MENDED = "windows-1251 words in utf-8"
"""Name of that repair."""


class Decoded(NamedTuple):
    """The text of a page, and how it was had from its bytes."""

    text: str

    charset: str
    """As Python names it: `utf-8`, `cp1251`; `mixed: utf-8, cp1251` if parts are in others."""

    repairs: tuple[str, ...] = ()
    """What was mended, each kind once, such as `mojibake utf-8 as windows-1252`."""


def text(content: bytes, content_type: str | None, max_bytes: int) -> Decoded:
    """The text of a page, mended, without NUL and other control characters.

    Raises:
        PageTooLarge: It has more than `max_bytes`.
        UnreadablePage: It is empty or binary.
        UnknownCharset: It is neither UTF-8, nor in the charset it declares, nor in any likely one.
    """
    if len(content) > max_bytes:
        raise PageTooLarge(f"the page has {len(content):,} bytes; at most {max_bytes:,} are read")
    if not content.strip():
        raise UnreadablePage(f"the page is empty ({len(content)} bytes)")
    if kind := next((k for magic, k in SIGNATURES.items() if content.startswith(magic)), None):
        raise UnreadablePage(f"the page is {kind} ({content[:8]!r}), not text")
    declared = _charset_declared(content, content_type)
    decoded = _decode(content, declared)
    controls = _count_controls(content, decoded)
    if controls > MAX_CONTROL_SHARE * len(decoded.text):
        raise UnreadablePage(
            f"{controls:,} of {len(decoded.text):,} characters are control characters; it is binary"
        )
    mended = mojibake.mend(CONTROL.sub("", decoded.text) if controls else decoded.text)
    _check_lost(mended.text, declared)
    return Decoded(mended.text, decoded.charset, decoded.repairs + mended.repairs)


def _count_controls(content: bytes, decoded: Decoded) -> int:
    """Control characters of a page: bytes of that value in all charsets but those of two bytes."""
    if decoded.charset.startswith("utf-16"):
        return len(CONTROL.findall(decoded.text))
    return len(content.translate(None, PRINTED))


def _charset_declared(content: bytes, content_type: str | None) -> str | None:
    """The charset a page says it is in, as Python names it; None if it says none we know."""
    for place in ((content_type or "").encode("ascii", "ignore"), content[:HEAD_BYTES]):
        if match := DECLARED.search(place):
            try:
                name = lookup(match["name"].decode("ascii")).name
                # Python names what is no charset, too: `hex`, `idna`.
                b"\xff".decode(name, "replace")
            except (LookupError, ValueError):
                continue
            return name
    return None


def _decode(content: bytes, declared: str | None) -> Decoded:
    """The text in the first charset that fits it as a whole, else piece by piece.

    UTF-8 comes before what is declared: other text is hardly ever valid UTF-8 by chance.
    """
    marked = next((name for bom, name in BOMS.items() if content.startswith(bom)), None)
    for name in filter(None, (marked, _wide(content), "utf-8")):
        try:
            return Decoded(content.decode(name), name.removesuffix("-sig"))
        except UnicodeDecodeError:
            continue
    return _decode_east_asian(content, declared) or _decode_pieces(content, declared)


def _wide(content: bytes) -> str | None:
    """UTF-16 of either byte order, where it shows, whatever is declared; else None."""
    if 0 not in content[:HEAD_BYTES]:
        return None
    even, odd = content[::2].count(0), content[1::2].count(0)
    if max(even, odd) < LEAST_ZEROS * len(content) or min(even, odd) > max(even, odd) / 20:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _decode_east_asian(content: bytes, declared: str | None) -> Decoded | None:
    """The text in a declared charset of several bytes a letter, if it fits; else None."""
    if declared not in EAST_ASIAN:
        return None
    name = charset.LARGER.get(declared, declared)
    decoded = content.decode(name, "replace")
    is_fit = decoded.count(LOST) <= MOST_LOST_SHARE * len(NOT_ASCII.findall(decoded))
    return Decoded(decoded, name) if is_fit else None


def _decode_pieces(content: bytes, declared: str | None) -> Decoded:
    """The text of a page with UTF-8 and other bytes: every piece in its own charset.

    Old articles in a new frame are like that, and pages that lost a byte.
    """
    valid, lost = _count(content)
    least = 1 if valid >= lost else SURE
    pieces = PIECE.findall(content)
    are_others = [not piece.isascii() and not _is_utf_8(piece, least) for piece in pieces]
    other = charset.likeliest(b"\n".join(compress(pieces, are_others)), declared)
    decoded = "".join(
        piece.decode(other or "utf-8", "replace") if is_other else _decode_mended(piece)
        for piece, is_other in zip(pieces, are_others, strict=True)
    )
    rest = [p for p, is_other in zip(pieces, are_others, strict=True) if not is_other]
    return Decoded(decoded, _named(other if any(are_others) else None, rest), _repairs(rest))


def _named(other: str | None, rest: Sequence[bytes]) -> str:
    """The charset of a page whose pieces are in `other`, but for the rest."""
    if other is None:
        return "utf-8"
    return other if all(map(bytes.isascii, rest)) else f"mixed: utf-8, {other}"


def _repairs(pieces: Sequence[bytes]) -> tuple[str, ...]:
    """What `_mend` does to pieces in UTF-8, if anything."""
    for piece in pieces:
        if not piece.isascii() and _decode_mended(piece) != piece.decode("utf-8", "replace"):
            return (MENDED,)
    return ()


def _decode_mended(piece: bytes) -> str:
    """A piece in UTF-8, with Russian words in Windows-1251 that stand in it."""
    return piece.decode("utf-8", MENDING)


def _count(content: bytes) -> tuple[int, int]:
    """How many characters beyond ASCII are valid UTF-8, and how many signs are not."""
    replaced = content.decode("utf-8", "replace")
    lost = replaced.count(LOST)
    return len(NOT_ASCII.findall(replaced)) - lost, lost


def _is_utf_8(piece: bytes, least: int) -> bool:
    """Whether most of `piece` is valid UTF-8, and at least so many characters of it."""
    valid, lost = _count(piece)
    return valid >= max(lost, least)


def _check_lost(decoded: str, declared: str | None) -> None:
    """Do nothing for a text that has lost a few characters at most.

    Raises:
        UnknownCharset: It has lost more: in its charset as we know it, or before it was sent.
    """
    if LOST not in decoded:
        return
    shown = MARKUP.sub("", decoded)
    lost = shown.count(LOST)
    if lost > MOST_LOST_SHARE * len(shown):
        raise UnknownCharset(
            f"{lost:,} of {len(shown):,} characters are lost; the page declares "
            f"{declared or 'no charset'}, but makes words neither in that nor in UTF-8 nor in any "
            "other likely charset: look at its bytes"
        )


def _mend(error: UnicodeError) -> tuple[str, int]:
    """A word of Windows-1251 in UTF-8 text, as old content systems leave it; else one sign lost."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    run = BEYOND_ASCII.match(error.object, error.start)
    word = run.group().decode("cp1251", errors="replace") if run else ""
    if run and CYRILLIC_WORD.fullmatch(word):
        return word, run.end()
    return LOST, error.end


register_error(MENDING, _mend)
