"""How hard the web is asked: limits, and who may go on now.

What else decides whether a host is asked (robots.txt, crawl delays, refused networks, pages
per run) belongs in `Gate`.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple


class Limits(NamedTuple):
    """How long, how often and how many at once; seconds are wall clock.

    Set by hand for small journals on slow servers; tests pass shorter ones.
    """

    page_seconds: float = 60.0
    """For one page: all tries, redirects and waits together."""
    silence_seconds: float = 15.0
    """For a connection, and between two pieces of an answer."""
    tries: int = 3
    backoff_seconds: float = 0.5
    """Wait before the second try; it doubles, and up to half of it is left out by chance."""
    retry_after_seconds: float = 20.0
    """A server that asks to be left alone for longer is not asked again in this run."""
    redirects: int = 5
    at_once: int = 4
    at_once_per_host: int = 2
    host_failures: int = 5
    """So many pages in a row that a host did not serve in all tries: it is left alone."""


class Gate:
    """Lets few pages through at once, fewer per host, and none where a host keeps failing."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._everywhere = asyncio.Semaphore(limits.at_once)
        self._hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(limits.at_once_per_host)
        )
        self._failures: defaultdict[str, int] = defaultdict(int)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait until one more page of `host` may be asked for.

        The host comes first: whoever waits for a busy host holds no place of the others.
        """
        async with self._hosts[host], self._everywhere:
            yield

    def is_shut(self, host: str) -> bool:
        """Whether `host` failed so often in a row that it is left alone."""
        return self._failures[host] >= self._limits.host_failures

    def note(self, host: str, *, answered: bool) -> None:
        """Remember whether `host` answered; an answer such as 404 counts as one."""
        self._failures[host] = 0 if answered else self._failures[host] + 1
