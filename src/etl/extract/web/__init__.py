"""Addresses on the web to answers, with one line for whatever goes wrong.

`online` opens the web for one source and one run; `Web` has a blocking interface over an event
loop in a thread of its own, so it works wherever it is called. An address that fails never
stops the others. What happens to one page on its way stands in `etl.extract.web.visitor`.
"""

import asyncio
import queue
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from urllib.parse import urlsplit

from anyio.from_thread import BlockingPortal, start_blocking_portal

from etl.extract.web.answers import Answer, Ask
from etl.extract.web.connections import Transport
from etl.extract.web.exchange import USER_AGENT
from etl.extract.web.gate import Limits
from etl.extract.web.visitor import Visitor
from etl.sources.feeds import Visits

__all__ = ["USER_AGENT", "Answer", "Ask", "Limits", "Web", "online"]

WAITING_BYTES = 64 * 2**20
"""Answers that lie waiting for a slow consumer of `Web.each`; more are not fetched meanwhile."""

PORTION_PAGES = 16
PORTION_SECONDS = 0.01
"""Answers are handed over together if they are so many, or so long after the first of them."""

Numbered = tuple[int, Answer]
"""An answer behind the position of its ask."""


@contextmanager
def online(
    visits: Visits | None = None,
    limits: Limits | None = None,
    robots: Mapping[str, str] | None = None,
    user_agent: str = USER_AGENT,
) -> Iterator["Web"]:
    """The web, as one source visits it in one run: limits, pauses and robots.txt hold for all.

    When it is left, requests on their way are broken off and all connections are closed.

    Args:
        visits: How the source is visited.
        limits: How long, how often and how many at once.
        robots: Texts of robots.txt files read of late, by origin; they are not asked for.
        user_agent: What requests call themselves.
    """
    visits, limits = visits or Visits(), limits or Limits()
    with start_blocking_portal(name="web") as portal:
        web = Web(portal, portal.call(_visitor, visits, limits, robots or {}, user_agent), limits)
        try:
            yield web
        finally:
            portal.call(web.close)


async def _visitor(
    visits: Visits, limits: Limits, robots: Mapping[str, str], user_agent: str
) -> Visitor:
    """A visitor, made in the event loop it belongs to."""
    transport = Transport(limits, allow_private=visits.allow_private)
    return Visitor(transport, visits, limits, robots, user_agent)


class Web:
    """Gets pages; may be used by several threads at once. Made by `online`."""

    def __init__(self, portal: BlockingPortal, visitor: Visitor, limits: Limits) -> None:
        self._portal = portal
        self._visitor = visitor
        self._limits = limits
        self._work: set[Future[None]] = set()

    async def close(self) -> None:
        """Break off what is under way and close all connections; runs in the event loop."""
        for work in tuple(self._work):
            work.cancel()
        await self._visitor.close()

    def get(self, ask: Ask, max_bytes: int) -> Answer:
        """The answer to `ask`; never raises for what a server does.

        For documents of feeds: `Visits.pages_per_run` does not count them.

        Args:
            ask: What to get.
            max_bytes: A larger body is not read to the end; as sent and as decompressed.
        """
        return self._portal.call(self._page, ask, max_bytes)

    async def _page(self, ask: Ask, max_bytes: int) -> Answer:
        """The answer to `ask`."""
        return await self._visitor.page(ask, max_bytes, is_counted=False)

    def each(self, asks: Sequence[Ask], max_bytes: int) -> Iterator[tuple[int, Answer]]:
        """The answers to `asks`, each with the position of its ask, in the order they come.

        Nothing is asked before the first answer is wanted, and nothing more once the iterator
        is closed.

        Args:
            asks: What to get; none is left out.
            max_bytes: A larger body is not read to the end; as sent and as decompressed.
        """
        pile = _Pile()
        work = self._portal.start_task_soon(self._all, asks, max_bytes, pile)
        self._work.add(work)
        work.add_done_callback(lambda _: pile.end())
        try:
            while portion := pile.take():
                yield from portion
            work.result()
        finally:
            work.cancel()
            self._work.discard(work)

    def sitemaps(self, at: str) -> list[str]:
        """Addresses of sitemaps that the robots.txt of the site of `at` names; often none."""
        return self._portal.call(self._visitor.sitemaps, at)

    def robots(self) -> dict[str, str]:
        """Texts of the robots.txt files that were read so far, by origin; empty: it has none."""
        return self._visitor.robots()

    async def _all(self, asks: Sequence[Ask], max_bytes: int, pile: "_Pile") -> None:
        """Put the answers to all `asks` on `pile`; a few visitors per host take turns."""
        hosts: defaultdict[str, deque[int]] = defaultdict(deque)
        for index, ask in enumerate(asks):
            hosts[_host(ask)].append(index)

        async def visit(left: deque[int]) -> None:
            """Get the pages of one host until none is left."""
            while left:
                index = left.popleft()
                answer = await self._visitor.page(asks[index], max_bytes, is_counted=True)
                await pile.put(index, answer)

        async with asyncio.TaskGroup() as group:
            for left in hosts.values():
                for _ in range(min(self._limits.at_once_per_host, len(left))):
                    group.create_task(visit(left))
        pile.hand_over()


def _host(ask: Ask) -> str:
    """Host of an address; empty if it has none."""
    try:
        return urlsplit(ask.address).hostname or ""
    except ValueError:
        return ""


class _Pile:
    """Answers on their way from the event loop to their consumer in another thread.

    They are handed over in small portions: waking a thread takes a tenth of the time of a page.
    """

    def __init__(self) -> None:
        self._portions: queue.SimpleQueue[list[Numbered]] = queue.SimpleQueue()
        self._portion: list[Numbered] = []
        self._room = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        # Each count is written by one thread only, so no lock is needed.
        self._put_bytes = 0
        self._taken_bytes = 0

    async def put(self, index: int, answer: Answer) -> None:
        """Lay down an answer; wait if the consumer is far behind."""
        self._loop = asyncio.get_running_loop()
        self._put_bytes += len(answer.content or b"")
        self._portion.append((index, answer))
        if len(self._portion) == 1:
            self._loop.call_later(PORTION_SECONDS, self.hand_over)
        elif len(self._portion) >= PORTION_PAGES:
            self.hand_over()
        while self._is_full():
            self._room.clear()
            if self._is_full():
                await self._room.wait()

    def hand_over(self) -> None:
        """Let the consumer have what lies here."""
        if self._portion:
            portion, self._portion = self._portion, []
            self._portions.put(portion)

    def end(self) -> None:
        """Say that nothing more comes."""
        self._portions.put([])

    def take(self) -> list[Numbered]:
        """The next answers; none if there are no more."""
        portion = self._portions.get()
        self._taken_bytes += sum(len(answer.content or b"") for _, answer in portion)
        if self._loop is not None and not self._room.is_set() and not self._is_full():
            self._loop.call_soon_threadsafe(self._room.set)
        return portion

    def _is_full(self) -> bool:
        """Whether too much lies here."""
        return self._put_bytes - self._taken_bytes > WAITING_BYTES
