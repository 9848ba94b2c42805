"""When a page was published: what dateline, meta tags, URL and the rest say, weighed."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from etl.transform.pages import guesses, sureness, witnesses
from etl.transform.pages.dom import Block, Element
from etl.transform.pages.meta import Meta
from etl.transform.pages.stamp import Published, Stamp, Witness

PRINTED_FIRST = ("near", "marked")
"""Places of dates that readers see beside the title."""

AHEAD = timedelta(days=366)
"""A later date was not read right: nobody dates a page a year ahead."""

ZONE_STEP = timedelta(minutes=30)
"""Zones of today are this apart, but for three of a quarter hour: two times that differ by
anything else are not the same."""

WIDEST_ZONE = timedelta(hours=14)
"""No zone is further from UTC."""

MONTH_FIRST = re.compile(r"\Aen[-_]US\b", re.IGNORECASE)
"""Language of a page whose dates with slashes have the month first: `en-US`."""


def read(
    tree: Element,
    blocks: Sequence[Block],
    row: int | None,
    meta: Meta,
    url: str,
    zone: tzinfo,
    fetched_at: datetime,
    given: Stamp | None = None,
) -> Published | None:
    """The publication time of a page by the best evidence; None if there is none.

    A dateline counts most, unless it is said to be a change's or its weekday is another one;
    then what machines are told, the URL, and such a dateline. Where a later witness names the
    same day more exactly, it is taken. A guess is asked for where nothing else is known, or no
    more than the month in the URL.

    Args:
        tree: The page.
        blocks: Its blocks of text.
        row: The block that is the title; None where it is not printed.
        meta: Its meta tags and JSON-LD.
        url: Its address.
        zone: That of the source, for times of day printed without one.
        fetched_at: When it was fetched: it cannot have been published long after.
        given: What a rule for the source selects; it counts as a dateline beyond doubt.
    """
    said = witnesses.of_page(tree, blocks, row, meta, url)
    said = [each for each in said if each.stamp.day <= fetched_at.date() + AHEAD]
    said = _in_order(said, tree.get("lang") or "", fetched_at.date())
    if given:
        return _of_rule(given, said, zone)
    if not said:
        return guesses.find(tree, blocks, url, fetched_at)
    best = _best(said, witnesses.changes(meta))
    if best.place == "url" and best.stamp.precision != "day":
        found = guesses.find(tree, blocks, url, fetched_at)
        if found and found.precision == "day" and found.at.date().replace(day=1) == best.stamp.day:
            return found
    share = sureness.of(best, said)
    exact = _most_exact(best, said, zone)
    method = best.method if exact.method == "guess" else exact.method
    return exact.stamp.published(zone, method, share)


def _of_rule(given: Stamp, said: Sequence[Witness], zone: tzinfo) -> Published:
    """The time that a rule selects, as exact as another witness of the same day tells it."""
    best = Witness("near", given)
    exact = _most_exact(best, said, zone)
    return exact.stamp.published(zone, "dateline", sureness.of(best, [best, *said]))


def of_dateline(stamp: Stamp, zone: tzinfo) -> Published:
    """The publication time of a page of which nothing but its dateline is known."""
    witness = Witness("near", stamp)
    return stamp.published(zone, "dateline", sureness.of(witness, [witness]))


def _best(said: Sequence[Witness], changes: Collection[date]) -> Witness:
    """The first witness; of several datelines near the title the first that another confirms.

    A dateline of the day the page was last changed on gives way to an earlier day of publication
    in its meta tags: of 8 such pages of the development sets those were right on 5.
    """
    first = said[0]
    if first.place not in PRINTED_FIRST:
        return first
    told = next((each for each in said if each.place == "meta"), first)
    if first.stamp.day in changes and told.stamp.day < first.stamp.day - timedelta(days=1):
        return told
    days = {each.stamp.day for each in said if each.place not in PRINTED_FIRST}
    near = [each for each in said if each.place == first.place]
    return next((each for each in near if each.stamp.day in days), first)


def _most_exact(best: Witness, said: Sequence[Witness], zone: tzinfo) -> Witness:
    """`best`, or what tells the same day more exactly; its time zone may come from another."""
    for other in said:
        ours, theirs = best.stamp, other.stamp
        if ours.clock is None and _same_day(ours, theirs, zone) and _rank(theirs) > _rank(ours):
            best = other
        elif ours.clock is not None and theirs.clock is not None:
            best = best._replace(stamp=_in_zone(ours, theirs))
    return best


def _in_zone(ours: Stamp, theirs: Stamp) -> Stamp:
    """`ours` as a clock on the wall showed it, where `theirs` is the same time and tells the zone.

    `14:27` beside `14:27+05:00` or `09:27Z` was five hours east of UTC; so was `09:27Z` beside
    `14:27` or `14:27+05:00`.
    """
    if ours.zone is None and theirs.zone and _on_wall(ours) == _on_wall(theirs):
        return replace(ours, zone=theirs.zone)
    if ours.zone == UTC and theirs.zone and _on_wall(ours, UTC) == _on_wall(theirs, UTC):
        return theirs
    if {ours.zone, theirs.zone} == {UTC, None}:
        local, world = (ours, theirs) if ours.zone is None else (theirs, ours)
        ahead = _on_wall(local) - _on_wall(world)
        if ahead % ZONE_STEP == timedelta(0) and abs(ahead) <= WIDEST_ZONE:
            return replace(local, zone=timezone(ahead))
    return ours


def _on_wall(stamp: Stamp, zone: tzinfo | None = None) -> datetime:
    """The date and time of `stamp` as printed, or as seen in `zone`; without a zone of its own."""
    local = datetime.combine(stamp.day, time(), stamp.zone) + (stamp.clock or timedelta(0))
    return (local.astimezone(zone) if zone else local).replace(tzinfo=None)


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


def _in_order(said: Sequence[Witness], language: str, fetched_on: date) -> list[Witness]:
    """`said` with day and month in their places, where the rest of the page tells them.

    `09.10.2024` is 10 September beside `2024-09-10`; `3/4/2025` is 4 March on a page in American
    English; and nothing is published after it was fetched.
    """
    clear = {each.stamp.day for each in said if not each.stamp.order}
    dotted = clear | {each.stamp.day for each in said if each.stamp.order == "."}
    turned = []
    for each in said:
        stamp, other = each.stamp, each.stamp.turned()
        known = clear if stamp.order == "." else dotted
        is_american = stamp.order == "/" and MONTH_FIRST.match(language)
        is_early = stamp.day > fetched_on >= other.day
        if stamp.day not in clear and (other.day in known or is_american or is_early):
            each = each._replace(stamp=other)
        turned.append(each)
    return turned
