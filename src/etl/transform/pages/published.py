"""When a page was published: the evidence of dateline, meta tags, URL and the rest, weighed."""

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, tzinfo

from htmldate import find_date

from etl.transform.pages import dateline
from etl.transform.pages.dom import Element
from etl.transform.pages.meta import Meta
from etl.transform.pages.stamp import Published, Stamp

TAGS = (
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dc.date.created",
    "og:published_time",
    "published_time",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publish_date",
    "publication_date",
    "pubdate",
    "date",
)
"""Meta tags that hold a date of publication, the most careful first."""


MOST_SEARCHED = 5_000
"""Elements of a page that is searched for a date; hardly a real one has more."""


def when(
    stamp: Stamp | None, tree: Element, meta: Meta, url: str, zone: tzinfo
) -> Published | None:
    """The publication time by the best evidence short of a guess; None if there is none.

    A dateline counts most, unless it is said to be a change's or its weekday is another one;
    then what machines are told, the URL, and such a dateline. Where a later witness names the
    same day more exactly, it is taken.
    """
    is_sure = stamp is not None and not (stamp.is_update or stamp.is_doubtful)
    witnesses = (
        ("dateline", stamp if is_sure else None),
        *(("metadata", told) for told in _told(tree, meta)),
        ("url", dateline.read_url(url)),
        ("dateline", stamp),
    )
    known = [(method, claim) for method, claim in witnesses if claim]
    if not known:
        return None
    method, best = known[0]
    for other_method, other in known[1:]:
        if best.clock is None and _same_day(best, other, zone) and _rank(other) > _rank(best):
            method, best = other_method, other
        elif best.clock == other.clock and best.day == other.day:
            best = replace(best, zone=best.zone or other.zone)
    return best.published(zone, method)


def guess(tree: Element, url: str, latest: datetime) -> Published | None:
    """A day found anywhere on the page, not after `latest`, the time of its fetch.

    Very large pages are not searched: it would take longer than all the rest of the reading.
    """
    if sum(1 for _ in tree.iter()) > MOST_SEARCHED:
        return None
    found = find_date(deepcopy(tree), original_date=True, url=url, max_date=latest)
    stamp = dateline.read_value(found) if found else None
    return stamp.published(UTC, "guess") if stamp else None


def _told(tree: Element, meta: Meta) -> list[Stamp]:
    """Times in meta tags, JSON-LD and the first `<time>`; midnight is taken for a bare day."""
    linked = [str(thing["datePublished"]) for thing in meta.objects if thing.get("datePublished")]
    marked = [value for node in tree.iter("time") if (value := node.get("datetime"))]
    values = (*meta.every(*TAGS), *linked, *marked[:1])
    stamps = filter(None, map(dateline.read_value, values))
    return [replace(stamp, clock=stamp.clock or None) for stamp in stamps]


def _same_day(one: Stamp, other: Stamp, zone: tzinfo) -> bool:
    """Whether `other`, as printed or as seen in `zone`, is within the day, month or year `one`."""
    days = {other.day}
    if other.clock and other.zone:
        days.add(other.published(zone, "").at.astimezone(zone).date())
    parts = {"year": 1, "month": 2, "day": 3}[one.precision]
    return any(day.timetuple()[:parts] == one.day.timetuple()[:parts] for day in days)


def _rank(stamp: Stamp) -> int:
    """How exact a time is: year, month, day, or minute."""
    return ("year", "month", "day").index(stamp.precision) + bool(stamp.clock)
