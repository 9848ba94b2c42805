r"""Items of CSL-JSON to entries of BibTeX, as BibTeX and biblatex read them.

Text stays Unicode; signs that mean something to TeX are escaped, and braces are written as
commands, for BibTeX counts them even behind a backslash. Addresses and DOIs are not escaped: both
programs read them as they are.
"""

from collections.abc import Iterator
from typing import Any

from etl.transform.text import collapse

Item = dict[str, Any]

TYPES = {
    "article-journal": "article",
    "article-newspaper": "article",
    "review-book": "article",
    "book": "book",
    "chapter": "incollection",
    "entry-dictionary": "incollection",
    "entry-encyclopedia": "incollection",
    "manuscript": "unpublished",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
"""Kind of entry by the type in CSL; others are `misc` and say their type in a field."""

HOSTS = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
"""Where the container of a work stands."""

PUBLISHERS = {"techreport": "institution", "phdthesis": "school"}
"""Where the publisher of a work stands, if not in `publisher`."""

TEXTS = {
    "title": "title",
    "volume": "volume",
    "issue": "number",
    "edition": "edition",
    "collection-title": "series",
    "publisher-place": "address",
    "number-of-pages": "pagetotal",
    "ISBN": "isbn",
    "language": "language",
}
"""Variables of CSL that are fields of every entry."""

MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
"""Macros every style knows."""

ESCAPED = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_"}
    | {
        "{": "\\textbraceleft{}",
        "}": "\\textbraceright{}",
        "\\": "\\textbackslash{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
    }
    | dict.fromkeys((*range(0x20), 0x7F))
)
"""Signs of TeX as text; controls vanish."""

ENCODED = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20", '"': "%22", "\n": ""})
"""Signs of BibTeX in an address."""


def entry(item: Item) -> str:
    """The entry of one item, with a line break at its end."""
    kind = TYPES.get(item["type"], "misc")
    lines = [f"  {name} = {value}," for name, value in _fields(item, kind)]
    return "\n".join([f"@{kind}{{{item['id']},", *lines, "}", ""])


def _fields(item: Item, kind: str) -> Iterator[tuple[str, str]]:
    """Fields of an entry with their values, braces or macro included."""
    for role in ("author", "editor", "translator"):
        if role in item:
            has_more = role == "author" and item["custom"].get("has_more_authors")
            yield role, _braced(_names(item[role], has_more=bool(has_more)))
    for variable, name in TEXTS.items():
        if variable in item:
            yield name, _text(str(item[variable]))
    if "container-title" in item:
        yield HOSTS.get(kind, "booktitle"), _text(item["container-title"])
    if "publisher" in item:
        yield PUBLISHERS.get(kind, "publisher"), _text(item["publisher"])
    if "page" in item:
        yield "pages", _text(item["page"].replace("-", "--"))
    yield from _dates(item)
    yield from _addresses(item)
    if note := _note(item):
        yield "note", _text(note)
    if kind in ("misc", "phdthesis"):
        yield "type", _text(item["type"].replace("_", " "))


def _dates(item: Item) -> Iterator[tuple[str, str]]:
    """Year and month; a range or a season as biblatex has them; the day of a visit."""
    if issued := item.get("issued"):
        first = issued["date-parts"][0]
        yield "year", _braced(f"{first[0]:04}")
        if len(first) > 1:
            yield "month", MONTHS[first[1] - 1]
        if len(issued["date-parts"]) > 1 or "season" in issued:
            yield "date", _braced("/".join(_iso(part, issued) for part in issued["date-parts"]))
    if accessed := item.get("accessed"):
        yield "urldate", _braced(_iso(accessed["date-parts"][0], {}))


def _iso(parts: list[int], issued: Item) -> str:
    """`2008-05-12`, `2008-21` for a season."""
    season = [issued["season"] + 20] if "season" in issued else []
    return "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in [*parts[1:], *season])])


def _addresses(item: Item) -> Iterator[tuple[str, str]]:
    """DOI, URL and number in arXiv."""
    for variable, name in (("DOI", "doi"), ("URL", "url")):
        if variable in item:
            yield name, _braced(item[variable].translate(ENCODED))
    if arxiv := item["custom"].get("arxiv"):
        yield "eprint", _braced(arxiv)
        yield "archiveprefix", _braced("arXiv")


def _note(item: Item) -> str | None:
    """Where an archive holds it; the entry as printed where it was not understood."""
    if "archive_location" in item:
        return ", ".join(filter(None, (item.get("archive"), item["archive_location"])))
    return None if "title" in item else item["custom"]["raw"]


def _names(names: list[Item], *, has_more: bool) -> str:
    """Names as BibTeX parts them: `van der Berg, Jr, Jan and {World Bank} and others`."""
    return " and ".join([*map(_name, names), *(["others"] if has_more else [])])


def _name(name: Item) -> str:
    """One name; a body in braces, so that nothing of it is taken for a given name."""
    if "literal" in name:
        return _braced(_escaped(name["literal"]))
    family = " ".join(
        _part(name[part]) for part in ("non-dropping-particle", "family") if part in name
    )
    parts = [family, *(_part(name[part]) for part in ("suffix", "given") if part in name)]
    return ", ".join(parts) if len(parts) > 1 else _braced(family)


def _part(part: str) -> str:
    """A part of a name, in braces where it holds what parts names."""
    text = _escaped(part)
    return _braced(text) if "," in text or " and " in f" {text.lower()} " else text


def _text(value: str) -> str:
    """A value of a field."""
    return _braced(_escaped(value))


def _escaped(value: str) -> str:
    """`value` on one line, with nothing TeX would take for a command."""
    return collapse(value).translate(ESCAPED)


def _braced(value: str) -> str:
    """`value` in braces."""
    return f"{{{value}}}"
