"""How each kind of feed is read: the registry of readers, and one call that never fails.

A new kind of feed is a model in `etl.sources.feeds`, a module beside this one with a function
`links(feed, asker)`, and a line in `KINDS`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from etl.errors import EtlError
from etl.extract.feeds import archive, files, listing, oai, rss, sitemap, wayback
from etl.extract.feeds.announced import Announced
from etl.extract.feeds.asking import Asker
from etl.extract.lines import one_line
from etl.sources import Feed

KINDS: Mapping[str, Callable[[Any, Asker], Announced]] = {
    "files": files.links,
    "rss": rss.links,
    "sitemap": sitemap.links,
    "listing": listing.links,
    "oai": oai.links,
    "archive": archive.links,
    "wayback": wayback.links,
}
"""How each kind of feed is read. A reader raises `EtlError` if it gets nothing at all."""


def asked(feed: Feed, asker: Asker) -> Announced:
    """What a feed announces; whatever goes wrong is a problem of this feed alone."""
    try:
        return KINDS[feed.kind](feed, asker)
    except EtlError as error:
        return Announced([], [one_line(error)], is_failure=True)
    # A feed is strangers' data: no error of a parser may stop the other feeds.
    except Exception as error:
        said = one_line(f"{type(error).__name__}: {error}")
        return Announced([], [said], is_failure=True)
