"""One page of the web to one answer: leave, redirects and tries on the way.

Everything here runs in the event loop of `etl.extract.web`. Who may go on is asked in
`etl.extract.web.gate`, what is allowed in `etl.extract.web.robots`, and requests are sent in
`etl.extract.web.exchange`; no error gets out of `Visitor.page`.
"""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import replace

import httpx2

from etl.extract.lines import one_line
from etl.extract.web.answers import Answer, Ask
from etl.extract.web.exchange import USER_AGENT, Exchange
from etl.extract.web.failures import Failed
from etl.extract.web.gate import Gate, Limits
from etl.extract.web.robots import MAX_BYTES, Robots
from etl.extract.web.trips import REDIRECTS, Reply, Trip, http_url
from etl.sources.feeds import CREDENTIALS, Visits


class Visitor:
    """Gets pages, one at a time for each caller."""

    def __init__(
        self,
        transport: httpx2.AsyncBaseTransport,
        visits: Visits,
        limits: Limits,
        robots: Mapping[str, str],
        user_agent: str = USER_AGENT,
    ) -> None:
        self._obeys_robots = visits.obey_robots
        self._limits = limits
        self._exchange = Exchange(transport, limits, user_agent)
        self._gate = Gate(visits, limits)
        self._robots = Robots(self._robots_txt, robots)

    async def close(self) -> None:
        """Close all connections."""
        await self._exchange.close()

    async def page(self, ask: Ask, max_bytes: int, *, is_counted: bool) -> Answer:
        """The answer to `ask`; never raises for what it or its server does.

        Args:
            ask: What to get.
            max_bytes: A larger body is not read to the end; as sent and as decompressed.
            is_counted: Whether it is one of `Visits.pages_per_run`.
        """
        trip = None
        try:
            url = http_url(ask.address)
            trip = Trip(ask, url, max_bytes, self._limits.page_seconds, is_counted=is_counted)
            return await self._end(trip)
        except Failed as error:
            return _failed(ask, trip, error)
        # Whatever a page makes our own code raise, the others must come.
        except Exception as error:
            reason = f"{type(error).__name__}: {error}; tell the maintainers"
            return _failed(ask, trip, Failed("fetch_failed", reason))

    async def sitemaps(self, at: str) -> list[str]:
        """Addresses of sitemaps in the robots.txt of the site of `at`; none if it has none."""
        try:
            rules = await self._robots.of(http_url(at))
        except Failed:
            return []
        return rules.sitemaps

    def robots(self) -> dict[str, str]:
        """The robots.txt files that were read so far: texts by origin."""
        return dict(self._robots.texts)

    async def _robots_txt(self, at: str) -> Answer | Failed:
        """A robots.txt, or why there is none."""
        seconds = self._limits.page_seconds
        trip = Trip(Ask(at), http_url(at), MAX_BYTES, seconds, is_robots=True)
        try:
            return await self._end(trip)
        except Failed as error:
            # A host that redirects was reached, whatever comes of it.
            return replace(error, is_reached=error.is_reached or bool(trip.passed))

    async def _end(self, trip: Trip) -> Answer:
        """The answer at the end of all redirects.

        Raises:
            Failed: There is none.
        """
        while True:
            await self._ask_leave(trip)
            reply = await self._tries(trip)
            if reply.status not in REDIRECTS:
                return _answer(trip, reply)
            trip.follow(reply, self._limits.redirects)

    async def _ask_leave(self, trip: Trip) -> None:
        """Do nothing if a page may be asked for where it is now.

        Raises:
            Failed: robots.txt forbids it, or its host is left alone.
        """
        host = trip.url.host
        self._gate.check(host)
        if self._obeys_robots and not trip.is_given and not trip.is_robots:
            try:
                rules = await self._robots.check(trip.url)
            except Failed as error:
                if not error.is_reached:
                    self._gate.note(host, is_answered=error.is_answered)
                raise
            self._gate.slow_down(host, rules.delay_seconds)
        if trip.is_counted and not trip.passed:
            self._gate.enter(host)

    async def _tries(self, trip: Trip) -> Reply:
        """The first real reply from where a page is now.

        Raises:
            Failed: There is none, or the last try failed.
        """
        host = trip.url.host
        number = 1
        while True:
            try:
                async with self._gate.turn(host):
                    reply = await self._exchange.once(trip)
            except Failed as error:
                await self._wait(trip, error, number)
            else:
                self._gate.note(host, is_answered=True)
                return reply
            number += 1

    async def _wait(self, trip: Trip, error: Failed, number: int) -> None:
        """Wait until try `number`, which failed, may be followed by another.

        Raises:
            Failed: It was the last.
        """
        if error.outcome == "postponed":
            raise error
        is_last = number >= min(self._limits.tries, error.tries)
        if is_last or error.wait_seconds > self._limits.retry_after_seconds:
            # A robots.txt counts with the page it is read for, see `_ask_leave`.
            if not trip.is_robots:
                self._gate.note(trip.url.host, is_answered=error.is_answered)
            raise _given_up(error, number) from error
        backoff = self._limits.backoff_seconds * float(2 ** (number - 1))
        if error.wait_seconds:
            self._gate.pause(trip.url.host, error.wait_seconds)
        await asyncio.sleep(backoff * random.uniform(0.5, 1.0))


def _answer(trip: Trip, reply: Reply) -> Answer:
    """A reply as the answer for its page."""
    return Answer(
        trip.place,
        reply.status,
        reply.headers.get("content-type"),
        reply.content,
        headers=reply.headers,
        is_moved=bool(trip.passed) and trip.is_permanent,
    )


def _failed(ask: Ask, trip: Trip | None, error: Failed) -> Answer:
    """The answer for a page that did not come."""
    place = CREDENTIALS.sub("", ask.address) if trip is None else trip.place
    # Where redirects go wrong, the reason shows the way itself.
    is_far = trip is not None and trip.passed and error.outcome != "redirects"
    where = f"; redirected to {place}" if is_far else ""
    return Answer(place, error.status, failure=one_line(f"{error}{where}"))


def _given_up(error: Failed, number: int) -> Failed:
    """The failure of a page that was given up after try `number`."""
    tries = f"; given up after {number} tries" if number > 1 else ""
    asks = f"; asks to be left alone for {error.wait_seconds:,.0f} s" if error.wait_seconds else ""
    return replace(error, reason=f"{error.reason}{asks}{tries}")
