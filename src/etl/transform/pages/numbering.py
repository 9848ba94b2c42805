"""Numbers that browsers draw, as text: those of `<ol>` items and of footnote marks."""

import re
from collections.abc import Collection

from etl.transform.pages.dom import Element, drop, is_inline, marks, text_of
from etl.transform.pages.shapes import SUPERSCRIPT, number_of

MARK = re.compile(r"[\[(]?(\d{1,3}|[ivx]{1,4}|\*{1,3})[\])]?")
"""Text of a link to a footnote: `1`, `[12]`, `iv`."""

RAISED = re.compile(r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*")
"""A superscript that may be a footnote mark: `1`, `2, 3`."""


BACK = re.compile(
    r"(?:back-?link|back-?ref|footnote-?return|to-top|cite-accessibility-label)", re.IGNORECASE
)
"""Class or role of links from a note back to its marks: `mw-cite-backlink`, `doc-backlink`."""

LONGEST_BACK = 60
"""Characters of such links, all that stand before one note together."""


def drop_backlinks(tree: Element) -> None:
    """Take links from notes back to their marks out of `tree`: `↑`, `^ a b`."""
    for node in list(tree.iter("a", "span", "sup")):
        if BACK.search(marks(node)) and len(text_of(node)) <= LONGEST_BACK:
            drop(node)


def raise_numbers(tree: Element) -> None:
    """Write numbers of notes that stand raised before their text as raised digits: `¹ Karimov`."""
    for mark in list(tree.iter("sup")):
        number = text_of(mark)
        if mark.tail and number.isdecimal() and len(number) <= 3 and _is_first(mark):
            _write(mark, "".join(SUPERSCRIPT[int(digit)] for digit in number) + " ")


def _is_first(node: Element) -> bool:
    """Whether nothing stands before `node` in its block."""
    parent = node.getparent()
    if parent is None or node.getprevious() is not None or (parent.text or "").strip():
        return False
    return not is_inline(parent) or _is_first(parent)


def number_items(tree: Element) -> None:
    """Write the number of every item of an ordered list before its text."""
    for listing in tree.iter("ol"):
        number = _start(listing)
        for item in listing.iterchildren("li"):
            value = item.get("value") or ""
            number = int(value) if value.isdecimal() else number
            _prefix(item, f"{number}. ")
            number += 1


def _start(listing: Element) -> int:
    """The number of the first item."""
    start = listing.get("start") or "1"
    return int(start) if start.isdecimal() else 1


def _prefix(item: Element, label: str) -> None:
    """Put `label` before the first text of `item`, unless a number is printed there."""
    if number_of(text_of(item)) is not None:
        return
    place = item
    while not (place.text or "").strip() and len(place) and not is_inline(place[0]):
        place = place[0]
    place.text = label + (place.text or "").lstrip()


def write_marks(tree: Element) -> None:
    """Write links to footnotes as `[1]`, wherever they stand."""
    for link in list(tree.iter("a")):
        if "#" not in (link.get("href") or ""):
            continue
        if match := MARK.fullmatch(text_of(link)):
            _write(link, f"[{match[1]}]")


def write_superscripts(tree: Element, labels: Collection[int]) -> int:
    """Write superscript numbers as `[1]` where the reference list has them all; how many."""
    count = 0
    for mark in list(tree.iter("sup")):
        text = text_of(mark)
        if RAISED.fullmatch(text):
            numbers = {int(number) for number in re.findall(r"\d+", text)}
            if numbers <= set(labels):
                _write(mark, f"[{text}]")
                count += 1
    return count


def _write(node: Element, text: str) -> None:
    """Make `text` the only content of `node`, and of the superscript around it."""
    for child in list(node):
        node.remove(child)
    node.text = text
    parent = node.getparent()
    for inner in (node, parent):
        # A link would count against the paragraph it stands in, as links of menus do.
        if inner is not None and inner.tag in ("sup", "a"):
            inner.tag = "span"
