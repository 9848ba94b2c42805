"""A page that lists articles to the CSS selector of its headlines, where one stands out.

For sites without feed or sitemap: what is proposed here a person looks at before it is used.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from lxml import html

from etl.extract import urls

FEWEST_LINKS = 5
"""A list of fewer is as likely to be a menu."""

SHORTEST_HEADLINE = 20
"""Characters: entries of menus have fewer, headlines hardly ever."""

AROUND = ("nav", "header", "footer", "aside")
"""Elements whose links are no news."""

HEADING = re.compile(r"h[1-6]")

NAME = re.compile(r"[A-Za-z][\w-]*\Z", re.ASCII)
"""A class that needs no escapes in a selector: `entry-title`."""

NEXT = 'a[rel~="next"]'


class Proposal(NamedTuple):
    """How the headlines of a page are selected."""

    link: str
    next: str | None
    """Selects the link to older headlines; None if the page has none that says so."""


def proposed(root: html.HtmlElement, address: str) -> Proposal | None:
    """The selector of the most text in links to pages of the same site; None if none is good."""
    texts: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for anchor in root.iter("a"):
        link = urls.resolved(anchor.get("href", ""), address)
        text = " ".join(anchor.text_content().split())
        if link and len(text) >= SHORTEST_HEADLINE and _is_news(anchor, link, address):
            for selector in _selectors(anchor):
                texts[selector].setdefault(link, text)
    listed = {path: found for path, found in texts.items() if len(found) >= FEWEST_LINKS}
    if not listed:
        return None
    # Of equals the first: it was found closest to the link.
    best = max(listed, key=lambda path: sum(map(len, listed[path].values())))
    has_next = bool(root.xpath("//a[contains(concat(' ', @rel, ' '), ' next ')]"))
    return Proposal(best, NEXT if has_next else None)


def _is_news(anchor: html.HtmlElement, link: str, address: str) -> bool:
    """Whether a link leads to another page of the site and stands among its contents."""
    is_inner = urls.is_of_one_site(link, address) and link.rstrip("/") != address.rstrip("/")
    return is_inner and not any(above.tag in AROUND for above in anchor.iterancestors())


def _selectors(anchor: html.HtmlElement) -> Iterator[str]:
    """Selectors of the link by its class, its heading, and the classes of what holds it."""
    path = "a"
    yield from (f"a.{name}" for name in _classes(anchor))
    for above in list(anchor.iterancestors())[:2]:
        if not isinstance(above.tag, str) or above.tag in ("body", "html"):
            return
        yield from (f"{above.tag}.{name} > {path}" for name in _classes(above))
        if HEADING.fullmatch(above.tag):
            yield f"{above.tag} > {path}"
        path = f"{above.tag} > {path}"


def _classes(element: html.HtmlElement) -> list[str]:
    """Classes that can stand in a selector as they are."""
    return [name for name in element.get("class", "").split() if NAME.match(name)]
