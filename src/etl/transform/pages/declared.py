"""What a page says of its kind, in mark-up alone: list or article, login, free or not.

Read once from the tree before it is worked on; what follows from it is said in `listings.py`
and `stubs.py`.
"""

import re
from itertools import islice
from typing import NamedTuple

from etl.transform.pages.dom import Element
from etl.transform.pages.meta import Meta

TYPES = re.compile(r'"@type"\s*:\s*(\[[^\]]{0,300}\]|"[^"]{0,60}")')
"""The type or types of an object in JSON-LD: `"@type": "NewsArticle"`."""

NAME = re.compile(r"[A-Z]\w+")
"""One type in these, or at the end of an address of one: `CollectionPage`."""

ARTICLE = re.compile(r"\w*(?:Article|BlogPosting|SocialMediaPosting|Report|Review|Recipe|HowTo)")
"""A type of a text: `NewsArticle`."""

LIST = frozenset(("CollectionPage", "SearchResultsPage", "ProfilePage"))
"""Types of pages that list others."""

PICTURES = frozenset(("ImageGallery", "MediaGallery", "VideoGallery"))
"""Types of pages of pictures."""

NOT_FREE = re.compile(r'"isAccessibleForFree"\s*:\s*"?\s*false', re.IGNORECASE)
"""What a page behind a paywall says to search engines."""

LIST_CLASSES = (
    frozenset(("archive",)),
    frozenset(("home", "blog")),
    *(frozenset(("search", f"search-{how}")) for how in ("results", "no-results")),
    *(frozenset((name,)) for name in ("page-taxonomy", "path-taxonomy", "path-frontpage")),
    *(frozenset((f"pkp_page_{name}",)) for name in ("issue", "search", "login", "user", "catalog")),
    *(frozenset((name,)) for name in ("view-category", "view-featured", "com_tags", "com_finder")),
)
"""Classes of `<body>` by which WordPress, Drupal, OJS and Joomla tell pages that list others."""

SINGLE = re.compile(
    r"(?:\s|^)(?:single|postid-|page-node|node-type-|pkp_page_article|view-article)"
)
"""Classes of `<body>` by which they tell pages of one text."""

PAYWALL = re.compile(
    r"paywall|regwall|subscri(?:be|ption|ber)s?[_-](?:wall|only|required|to-read|offer)"
    r"|(?:premium|locked|restricted|metered)[_-]?(?:content|article|overlay|message)",
    re.IGNORECASE,
)
"""Class or id of what stands before the rest of a text: `paywall`, `subscriber-only`."""

MOST_BOXES = 3_000
"""Boxes of a page that are looked at for such names."""


class Declared(NamedTuple):
    """What a page says of its kind."""

    types: frozenset[str]
    """Types in JSON-LD and of the page as a whole."""

    is_article: bool
    """Whether tags in its head, or one description in JSON-LD, say that it is one text."""

    is_list: bool
    """Whether its system or its types say that it lists texts."""

    is_website: bool
    """Whether it says that it is a site, and no text."""

    is_free: bool
    """False where it says that a part of it is not free."""


def read(tree: Element, facts: Meta) -> Declared:
    """What the mark-up of a page says of its kind."""
    scripts = [node.text or "" for node in tree.iter("script") if _is_linked(node)]
    names = [
        name for text in scripts for found in TYPES.findall(text) for name in NAME.findall(found)
    ]
    whole = {found[0] for found in map(NAME.findall, _of_page(tree)) if found}
    types, articles = frozenset((*names, *whole)), sum(bool(ARTICLE.fullmatch(n)) for n in names)
    classes = next((node.get("class") or "" for node in tree.iter("body")), "")
    tokens, is_single = set(classes.split()), bool(SINGLE.search(classes))
    is_told = bool(
        facts.first("article:published_time", "citation_title", "citation_date")
        or (facts.first("og:type") or "").lower().startswith("article")
    )
    by_system = any(names <= tokens for names in LIST_CLASSES) and not is_single
    by_type = bool(types & LIST) and not articles
    return Declared(
        types,
        is_article=not by_system and (is_single or is_told or articles in (1, 2)),
        is_list=by_system or (by_type and not is_single and not is_told),
        is_website=(facts.first("og:type") or "").lower() in ("website", "blog"),
        is_free=not any(map(NOT_FREE.search, scripts)),
    )


def has_paywall(tree: Element) -> bool:
    """Whether something on a page is named for a paywall."""
    boxes = islice(tree.iter("div", "section", "aside", "p"), MOST_BOXES)
    return any(PAYWALL.search(f"{b.get('class') or ''} {b.get('id') or ''}") for b in boxes)


def _is_linked(node: Element) -> bool:
    """Whether a script is JSON-LD."""
    return node.get("type") == "application/ld+json"


def _of_page(tree: Element) -> list[str]:
    """Last parts of the types that the page as a whole is said to have."""
    places = (tree, *tree.iter("body"))
    return [(node.get("itemtype") or "").rpartition("/")[2] for node in places]
