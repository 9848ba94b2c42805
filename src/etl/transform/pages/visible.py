"""A page as read to the same page without characters that no reader sees.

Editors and templates strew soft hyphens, joiners and byte order marks about, and take them out
again: neither makes a new version of an article, and names are found across them. What is left
in the text is what offsets count.
"""

from collections.abc import Iterator
from unicodedata import normalize

from etl.transform.pages.page import Page
from etl.transform.text import collapse

UNSEEN = dict.fromkeys(
    (
        *(0x00AD, 0x200B, 0x2060, 0xFEFF, 0x180E, 0x034F),
        *(0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
    )
)
"""Characters without a shape or a width: soft hyphen, zero-width space, word joiner, byte order
mark and their like; marks of direction, for which readers have the letters.

Not U+200C and U+200D: in Persian they part and join letters, as in `می‌خواهم`.
"""


def seen(page: Page) -> Page:
    """`page` with title, body, reference list and teasers as readers see them, in NFC."""
    return page._replace(
        title=_plain(page.title),
        body=_plain(page.body),
        reference_text=(_plain(page.reference_text) or None) if page.reference_text else None,
        teasers=tuple(teaser._replace(text=_plain(teaser.text)) for teaser in page.teasers),
    )


def _plain(text: str) -> str:
    r"""`text` in NFC without unseen characters, and without lines that held nothing else.

    >>> _plain("Tad\u00adji\u200bkistan\n\ufeff\nUzbekistan")
    'Tadjikistan\nUzbekistan'
    """
    cleaned = normalize("NFC", text.translate(UNSEEN))
    if cleaned == text:
        return text
    return "\n".join(_lines(cleaned))


def _lines(text: str) -> Iterator[str]:
    """The lines of a text that hold anything, white space collapsed."""
    for line in text.split("\n"):
        if kept := collapse(line):
            yield kept
