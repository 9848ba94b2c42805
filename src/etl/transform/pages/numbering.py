"""Numbers that browsers draw, as text: those of `<ol>` items and of footnote marks."""

import re
from collections.abc import Collection

from etl.transform.pages.dom import Element, is_inline, text_of
from etl.transform.pages.shapes import number_of

MARK = re.compile(r"[\[(]?(\d{1,3}|[ivx]{1,4}|\*{1,3})[\])]?")
"""Text of a link to a footnote: `1`, `[12]`, `iv`."""

SUPERSCRIPT = re.compile(r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*")
"""A superscript that may be a footnote mark: `1`, `2, 3`."""


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
        if SUPERSCRIPT.fullmatch(text):
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
        if inner is not None and inner.tag == "sup":
            inner.tag = "span"
