"""The title of a page: where its headline, its meta tags and its window title agree."""

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.transform.pages import bylines, dateline
from etl.transform.pages.dom import Element, text_of
from etl.transform.pages.meta import Meta
from etl.transform.text import collapse, fold

SUFFIX = re.compile(r"\s+[|\-–—•·»:]+\s+|\s*\|\s*")
"""What parts a headline from the name of its site: ` | `, ` - `."""

DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,6}", re.IGNORECASE)
"""A site named by its address: `herald.example`."""

LONGEST_SITE_NAME = 4
"""Words of the name of a site behind a headline."""

SHORTEST = 8
"""Characters of a headline; less is a rubric."""

FEWEST_WORDS = 3
"""Words of a claim that is looked for on the page; shorter ones stand in menus too."""

LEAST_AGREEMENT = 0.35
"""Share of common words from which a headline and a window title are taken for the same."""


class Title(NamedTuple):
    """The title of a page."""

    text: str
    node: Element | None
    """The headline on the page; None if the title stands in meta tags only."""

    is_certain: bool
    """Whether two places of the page agree on it word by word."""


def find(tree: Element, meta: Meta) -> Title | None:
    """The title of a page; None if it has none at all."""
    headlines = [(text, node) for node in tree.iter("h1") if (text := text_of(node))]
    if cited := meta.first("citation_title"):
        same = [node for text, node in headlines if fold(text) == fold(cited)]
        return Title(cited, same[0] if same else None, len(same) == 1)
    site = fold(meta.first("og:site_name") or "")
    headlines = [(text, node) for text, node in headlines if fold(text) != site]
    linked = [
        collapse(html.unescape(str(t["headline"]))) for t in meta.objects if t.get("headline")
    ]
    window = [collapse(title.text or "") for title in tree.iter("title")]
    shown = [*meta.every("og:title", "twitter:title", "dc.title")[:2], *filter(None, window[:1])]
    claim = linked[0] if linked else _without_site(shown, site)
    return (
        _agreed(headlines, [*shown, *linked[:1]], site)
        or _printed_elsewhere(tree, headlines, claim)
        or _alone(headlines)
        or _claimed(tree, claim)
    )


def _agreed(
    headlines: Sequence[tuple[str, Element]], claims: Sequence[str], site: str
) -> Title | None:
    """The headline that a claim repeats, holds, or mostly shares; of equals the longest."""
    scored = [
        (max((_agreement(fold(text), fold(claim)) for claim in claims), default=0.0), text, node)
        for text, node in headlines
        if len(fold(text)) >= SHORTEST
    ]
    best = max(scored, key=lambda each: (each[0], len(each[1])), default=None)
    if best is None or best[0] < LEAST_AGREEMENT:
        return None
    agreement, text, node = best
    same = [key for key, _ in headlines if fold(key) == fold(text)]
    return Title(_bare(text, claims, site), node, agreement >= 1 and len(same) == 1)


def _bare(headline: str, claims: Sequence[str], site: str) -> str:
    """`headline` without the name of the site, or the dateline that stands in it too."""
    for claim in claims:
        rest = headline[len(claim) :].strip() if headline.startswith(f"{claim} ") else ""
        if rest and (dateline.read_line(rest) or bylines.read_line(rest)):
            return claim
    cut = next(reversed(list(SUFFIX.finditer(headline))), None)
    return headline[: cut.start()] if cut and _is_site(headline[cut.end() :], site) else headline


def _is_site(text: str, site: str) -> bool:
    """Whether `text` is the name of the site, or an address."""
    return (bool(site) and fold(text) == site) or DOMAIN.fullmatch(text) is not None


def _printed_elsewhere(
    tree: Element, headlines: Sequence[tuple[str, Element]], claim: str | None
) -> Title | None:
    """A claim that an element prints, where the only headline has little in common with it."""
    if not claim or len(headlines) != 1 or len(fold(claim).split()) < FEWEST_WORDS:
        return None
    found = _claimed(tree, claim)
    return found if found and found.node is not None else None


def _agreement(headline: str, claim: str) -> float:
    """2 for the same words, 1 where the claim holds the headline, else the share in common."""
    if headline == claim:
        return 2.0
    if f" {headline} " in f" {claim} ":
        return 1.0
    ours, theirs = set(headline.split()), set(claim.split())
    if len(ours) == 2:
        return LEAST_AGREEMENT if ours <= theirs else 0.0
    return len(ours & theirs) / max(len(ours | theirs), 1) if len(ours) >= 3 else 0.0


def _alone(headlines: Sequence[tuple[str, Element]]) -> Title | None:
    """The only headline, if it is long enough to be one."""
    if len(headlines) == 1 and len(headlines[0][0].split()) >= 4:
        return Title(*headlines[0], is_certain=False)
    return None


def _claimed(tree: Element, claim: str | None) -> Title | None:
    """A title that no `<h1>` shows, with the one element that prints it, if there is one."""
    if not claim:
        return None
    printed = _printed(tree, 2 * len(claim))
    # The name of a site behind the title may be as long as a title itself.
    shorter = [claim[: cut.start()] for cut in SUFFIX.finditer(claim)]
    for text in (claim, *(each for each in shorter if len(fold(each)) >= SHORTEST)):
        if nodes := printed.get(fold(text)):
            return Title(text, nodes[0], len(nodes) == 1)
    return Title(claim, None, is_certain=False)


def _printed(tree: Element, longest: int) -> dict[str, list[Element]]:
    """Elements that may print a title, by the key of their text."""
    printed: dict[str, list[Element]] = {}
    for node in tree.iter("h2", "h3", "h4", "b", "strong", "div", "p", "span", "td", "font"):
        if len(node) <= 1 and SHORTEST <= len(text := text_of(node)) <= longest:
            printed.setdefault(fold(text), []).append(node)
    return printed


def _without_site(claims: Sequence[str], site: str) -> str | None:
    """The title among `claims` without the name of the site, known by its name or its place."""
    for claim in claims:
        if any(other != claim and other.startswith(claim) for other in claims):
            return claim
    return without_site(claims[0], site) if claims else None


def without_site(title: str, site: str) -> str:
    """`title` without the name of the site before or behind it; `site` is its folded name.

    >>> without_site("Water and Borders in Ferghana | East Herald", "east herald")
    'Water and Borders in Ferghana'
    """
    cuts = list(SUFFIX.finditer(title))
    if not cuts:
        return title
    first, last = title[: cuts[0].start()], title[cuts[-1].end() :]
    if site and fold(first) == site:
        return title[cuts[0].end() :]
    is_short = len(last.split()) <= LONGEST_SITE_NAME and len(first.split()) >= 3
    return title[: cuts[-1].start()] if is_short or _is_site(last, site) else title
