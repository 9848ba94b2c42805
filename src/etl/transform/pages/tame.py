"""HTML that would keep its parser or its readers busy for minutes to HTML of the same text.

Two things make a parser give up or go on for minutes: hundreds of thousands of attributes in one
tag, which it compares with each other, and elements within each other hundreds of levels deep,
where it stops in the middle without a word. Ordinary pages go through as they are.
"""

import re

from lxml.etree import _Element as Element

LONGEST_TAG = 10_000
"""Characters of a tag that is left as it is: with 2,500 attributes it takes the parser 20 ms, with
20,000 of them a second, with 200,000 four minutes. 37 of 794 real pages have a longer
one, for data or pictures."""

MOST_ATTRIBUTES = 100
"""Attributes that a longer tag keeps."""

LONGEST_VALUE = 2_000
"""Characters of an attribute that a longer tag keeps."""

LONG_TAG = re.compile(r"<([a-z][a-z0-9:-]{0,30})(?=[\s/])([^<>]*)>?", re.IGNORECASE)
"""A tag with attributes: `<div class="a">`."""

ATTRIBUTE = re.compile(r"""\s*([^\s=>"'/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
"""One of them: ` class="a"`."""

DEEPEST_PARSED = 250
"""Levels of a tree; libxml2 stops at 255 without a word. Of 794 real pages none has over 60."""

MOST_LEVELS = 100
"""Levels that are left of a deeper page, tables and lists counted by what stands in them."""

LEVELS = {"table": 3, "ul": 2, "ol": 2, "dl": 2}
"""Levels that an element stands for, with those in it that are not counted: rows, cells, items."""

TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^<>]*>?", re.IGNORECASE)
"""A tag: `<div class="a">`, `</b>`."""

UNCOUNTED = re.compile(
    r"area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|html|head|body|title"
    r"|p|li|d[dt]|t[dhr]|thead|tbody|tfoot|caption|colgroup|option|optgroup",
    re.IGNORECASE,
)
"""An element that has no end tag, or may be ended by the next of its kind: `br`, `p`."""


def short_tags(text: str) -> str:
    """`text` with very long tags cut down to their first attributes of ordinary length."""
    pieces = text.split("<")
    if not any(len(piece) > LONGEST_TAG and _is_long_tag(piece) for piece in pieces):
        return text
    return LONG_TAG.sub(_shortened, text)


def _is_long_tag(piece: str) -> bool:
    """Whether the text between two `<` begins with a long tag, and not with a long text."""
    return piece[:1].isalpha() and piece.find(">", 0, LONGEST_TAG) < 0


def _shortened(tag: re.Match[str]) -> str:
    """A long tag with fewer attributes; any other as it is."""
    if len(tag[0]) <= LONGEST_TAG:
        return tag[0]
    # A quote left open goes on behind this `>`, which is none: the tag is not known as a whole.
    if re.search("[\"']", ATTRIBUTE.sub("", tag[2])):
        return tag[0]
    kept: list[str] = []
    for attribute in ATTRIBUTE.finditer(tag[2]):
        if len(attribute[0]) <= LONGEST_VALUE:
            kept.append(attribute[0])
        if len(kept) == MOST_ATTRIBUTES:
            break
    return f"<{tag[1]}{''.join(kept)}>"


def is_cut_off(tree: Element) -> bool:
    """Whether the parser stopped in the middle of a page that is too deep: there it ended."""
    node, depth = tree, 1
    while len(node):
        node, depth = node[-1], depth + 1
    return depth >= DEEPEST_PARSED


def shallow(text: str) -> str:
    """`text` without the tags of elements that are too deep; what they hold stays."""
    kept: list[str] = []
    levels: list[int] = []
    dropped, end = 0, 0
    for tag in TAG.finditer(text):
        if UNCOUNTED.fullmatch(tag[2]):
            continue
        kept.append(text[end : tag.start()])
        end = tag.end()
        if tag[1] and dropped:
            dropped -= 1
        elif not tag[1] and sum(levels) >= MOST_LEVELS:
            dropped += 1
        else:
            kept.append(tag[0])
            if not tag[1]:
                levels.append(LEVELS.get(tag[2].lower(), 1))
            elif levels:
                levels.pop()
    return "".join((*kept, text[end:]))
