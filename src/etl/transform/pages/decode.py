"""Bytes of a page to text: what is binary, and which charset the rest is in."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, lookup, register_error

from charset_normalizer import from_bytes

from etl.errors import PageTooLarge, UnreadablePage

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

PLAUSIBLE = ("cp1251", "koi8_r", "cp866", "iso8859_5", "cp1252", "cp1256", "cp1254", "utf_8")
"""Charsets a page without a word about it may be in; Cyrillic ones first."""

MAX_REPLACED_SHARE = 0.02
"""Of the characters of a page that may be lost; a page with more is damaged."""

MAX_CONTROL_SHARE = 0.005
"""Of the characters of a page that may be control characters; text has next to none."""

LOST = "\ufffd"
"""What stands for a character that could not be decoded."""

NOT_ASCII = re.compile(r"[^\x00-\x7f]")
"""A character beyond ASCII: `é`."""

BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
"""Bytes of characters beyond ASCII."""

LEAST_VALID = 4
"""Valid characters beyond ASCII for each lost one, from which a text is taken for UTF-8."""

CYRILLIC_WORD = re.compile(r"[«“„]?[А-Яа-яЁё]{3,}[»”]?")
"""A Russian word: `Душанбе`."""

MENDING = "etl-mend-windows-1251"
"""Name of our way to go on after bytes that are no UTF-8."""

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
"""A control character that no text holds."""


def text(content: bytes, content_type: str | None, max_bytes: int) -> str:
    """The text of a page, without NUL and other control characters.

    Raises:
        PageTooLarge: It has more than `max_bytes`.
        UnreadablePage: It is empty, binary, or damaged.
    """
    if len(content) > max_bytes:
        raise PageTooLarge(f"the page has {len(content):,} bytes; at most {max_bytes:,} are read")
    if not content.strip():
        raise UnreadablePage(f"the page is empty ({len(content)} bytes)")
    if kind := next((k for magic, k in SIGNATURES.items() if content.startswith(magic)), None):
        raise UnreadablePage(f"the page is {kind} ({content[:8]!r}), not text")
    decoded = _decode(content, _charset_declared(content, content_type))
    controls = len(CONTROL.findall(decoded))
    if controls > MAX_CONTROL_SHARE * len(decoded):
        raise UnreadablePage(
            f"{controls:,} of {len(decoded):,} characters are control characters; it is binary"
        )
    return CONTROL.sub("", decoded)


def _charset_declared(content: bytes, content_type: str | None) -> str | None:
    """The charset a page says it is in, as Python names it; None if it says none we know."""
    for place in ((content_type or "").encode("ascii", "ignore"), content[:HEAD_BYTES]):
        if match := DECLARED.search(place):
            try:
                return lookup(match["name"].decode("ascii")).name
            except LookupError:
                continue
    return None


def _decode(content: bytes, declared: str | None) -> str:
    """The text in its byte order mark's charset, UTF-8, the declared one, or the likeliest.

    UTF-8 comes before what is declared: other text is hardly ever valid UTF-8 by chance.
    """
    marked = next((name for bom, name in BOMS.items() if content.startswith(bom)), None)
    wide = declared if (declared or "").startswith(("utf-16", "utf-32")) else None
    for name in filter(None, (marked, wide, "utf-8", declared)):
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return _repaired(content, declared)


def _repaired(content: bytes, declared: str | None) -> str:
    """The text of bytes that fit no charset they should: mostly UTF-8, the likeliest, or damaged.

    Raises:
        UnreadablePage: Too many characters would be lost.
    """
    replaced = content.decode("utf-8", errors="replace")
    lost = replaced.count(LOST)
    if LEAST_VALID * lost <= len(NOT_ASCII.findall(replaced)) - lost:
        return _not_damaged(content.decode("utf-8", errors=MENDING))
    guess = from_bytes(content, cp_isolation=list(PLAUSIBLE)).best()
    if guess is not None:
        return str(guess)
    return _not_damaged(content.decode(declared or "utf-8", errors="replace"))


def _not_damaged(decoded: str) -> str:
    """`decoded`, unless too much of it was lost.

    Raises:
        UnreadablePage: It was.
    """
    lost = decoded.count(LOST)
    if lost > MAX_REPLACED_SHARE * len(decoded):
        raise UnreadablePage(f"{lost:,} of {len(decoded):,} characters cannot be decoded")
    return decoded


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
