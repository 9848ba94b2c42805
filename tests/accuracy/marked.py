"""Invented pages with reference lists, and the gold that is marked in them.

In the files of `lists/`, `⟦…⟧` is an entry, `⟨1,3|[1, 3]⟩` a marker that points to the first and
third of them, `⦃…⦄` an item of a list that belongs to the body, `{prose}` the paragraphs of
`prose.yaml`.
"""

import html
import json
import re
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.accuracy import pages

LISTS = Path(__file__).with_name("lists")

ENTRY = re.compile(r"⟦(.*?)⟧", re.DOTALL)
"""`⟦an entry⟧`."""

MARKER = re.compile(r"⟨([\d,]+)\|(.*?)⟩", re.DOTALL)
"""`⟨1,3|[1, 3]⟩`."""

DECOY = re.compile(r"⦃(.*?)⦄", re.DOTALL)
"""`⦃an item of another list⦄`."""

TAG = re.compile(r"<[^>]+>")
"""`<li>`."""

DOI = re.compile(r"(?<=>)https://doi\.org/[^\s<]+(?=<)")
"""A DOI that is text of a page."""

LETTERS_BEFORE = 12
"""Letters before a marker that tell it from others of its page."""


class Gold(NamedTuple):
    """What is to be found on a page."""

    entries: tuple[str, ...]
    links: tuple[tuple[str, int], ...] = ()
    decoys: tuple[str, ...] = ()


class Case(NamedTuple):
    """A page and its gold."""

    name: str
    content: bytes
    content_type: str
    gold: Gold


def invented(name: str) -> list[Case]:
    """The pages of `lists/{name}.yaml`."""
    prose = yaml.safe_load((LISTS / "prose.yaml").read_text(encoding="utf-8"))
    listed = yaml.safe_load((LISTS / f"{name}.yaml").read_text(encoding="utf-8"))
    return [_case(item, prose[item["language"]]) for item in listed]


def _case(item: dict[str, Any], prose: dict[str, Any]) -> Case:
    """One page, with the marks of its gold taken off."""
    is_text = item.get("form") == "text"
    marked = item["page"].replace("{prose}", _prose(prose["paragraphs"], is_text=is_text))
    plain = DECOY.sub(r"\1", MARKER.sub(r"\2", ENTRY.sub(r"\1", marked)))
    if is_text:
        content = f"{prose['title']}\n\n{prose['date']}\n\n{plain}"
    else:
        content = _page(item["language"], prose["title"], prose["date"], plain)
    kind = "text/plain" if is_text else "text/html"
    return Case(item["name"], content.encode(), f"{kind}; charset=utf-8", _gold(marked))


def _prose(paragraphs: list[str], *, is_text: bool) -> str:
    """Paragraphs as they stand on a page."""
    return "\n".join(paragraphs if is_text else (f"<p>{each}</p>" for each in paragraphs))


def _page(language: str, title: str, date: str, content: str) -> str:
    """A page around an article."""
    return (
        f'<html lang="{language}"><head><title>{title}</title></head><body><div class="content">'
        f'<h1>{title}</h1><p class="date">{date}</p>{content}</div></body></html>'
    )


def _gold(marked: str) -> Gold:
    """Gold out of the marks of a page."""
    bare = DECOY.sub(r"\1", ENTRY.sub(r"\1", marked))
    links = [
        (letters(MARKER.sub(r"\2", bare[: match.start()])), int(position))
        for match in MARKER.finditer(bare)
        for position in match[1].split(",")
    ]
    entries = tuple(_text(MARKER.sub(r"\2", entry)) for entry in ENTRY.findall(marked))
    return Gold(entries, tuple(links), tuple(map(_text, DECOY.findall(marked))))


def _text(marked: str) -> str:
    """Text of a piece of mark-up, white space collapsed."""
    return " ".join(html.unescape(TAG.sub(" " if "<br" in marked else "", marked)).split())


def letters(before: str) -> str:
    """The last letters before a marker."""
    text = html.unescape(TAG.sub("", before))
    return "".join(c for c in text if c.isalpha())[-LETTERS_BEFORE:]


def seedlike() -> list[Case]:
    """The seed page in many mark-ups, three entries each; one mark-up adds a DOI to each."""
    folder = pages.SETS / "seedlike"
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["refs"]
    return [
        Case(path.stem, path.read_bytes(), "text/html; charset=utf-8", Gold(_printed(path, gold)))
        for path in sorted(folder.glob("*.html"))
    ]


def _printed(path: Path, entries: Iterable[str]) -> tuple[str, ...]:
    """`entries` as the page prints them."""
    dois = DOI.findall(path.read_text(encoding="utf-8"))
    return tuple(" ".join(pair).strip() for pair in zip_longest(entries, dois, fillvalue=""))
