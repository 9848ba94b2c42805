"""An article as it was read, to one without entities that its readers see: `&nbsp;`, `&#8217;`.

They were escaped twice in HTML, or once in plain text. That is mended in what was read and not in
the page, where most of them stand in addresses and scripts and do no harm.
"""

import re
from html import unescape
from html.entities import name2codepoint
from unicodedata import category

from etl.transform.pages.page import Page
from etl.transform.text import collapse

REPAIR = "double-escaped entities"
"""Name of this repair."""

ENTITY = re.compile(r"&(?:amp;)*(?P<name>#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,5}|[A-Za-z]\w{1,9});")
"""An entity that a reader sees: `&nbsp;`, `&#8217;`, `&amp;quot;`."""

NAMES = {name for name, code in name2codepoint.items() if 0xC0 <= code <= 0xFF} - {"times"}
NAMES |= {"amp", "quot", "apos", "nbsp", "ensp", "emsp", "thinsp", "zwnj", "zwj", "shy"}
NAMES |= {"lsquo", "rsquo", "sbquo", "ldquo", "rdquo", "bdquo", "lsaquo", "rsaquo", "laquo"}
NAMES |= {"raquo", "ndash", "mdash", "hellip", "bull", "middot", "euro", "trade"}
"""Entities that text is full of, and letters. Others are names of variables in articles on
programming (`&num;`, `&sum;`), and who writes `&lt;` shows mark-up."""

UNPRINTED = frozenset(("Cc", "Cs", "Cn", "Co"))
"""Categories of Unicode that no page prints: control signs, surrogates, unassigned."""

KEPT = frozenset(("<", ">", "", "\ufffd"))
"""Mark-up, and what numbers stand for that are no letter's."""


def undo(page: Page) -> Page:
    """The page with the signs that its entities stand for; the same if it has none."""
    return page._replace(
        title=_undone(page.title) or page.title,
        authors=tuple(a._replace(name=_undone(a.name) or a.name) for a in page.authors),
        body=_undone(page.body),
        reference_text=_undone(page.reference_text or "") or None,
        teasers=tuple(t._replace(text=_undone(t.text)) for t in page.teasers),
    )


def _undone(text: str) -> str:
    """`text` with signs in place of entities; lines of nothing but spaces are left out."""
    if "&" not in text or not ENTITY.search(text):
        return text
    before, undone = "", text
    # `&#38;quot;` is one that was escaped in two ways.
    while before != undone:
        before, undone = undone, ENTITY.sub(_sign, undone)
    if undone == text:
        return text
    return "\n".join(line for line in map(collapse, undone.split("\n")) if line)


def _sign(match: re.Match[str]) -> str:
    """What an entity stands for; itself if that is mark-up, or nothing that is printed."""
    name = match["name"]
    if name not in NAMES and not name.startswith("#"):
        return match.group()
    sign = unescape(f"&{name};")
    return match.group() if sign in KEPT or category(sign) in UNPRINTED else sign
