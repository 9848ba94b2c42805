"""How hard the web is asked: limits, and who may go on now.

In come hosts, out go turns: few at once, fewer per host, with a pause between two requests to
one host, and none where a host keeps failing or the time of the run is over. What robots.txt
says belongs in `etl.extract.web.robots`.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from etl.extract.web.failures import Failed
from etl.sources.feeds import Visits


class Limits(NamedTuple):
    """How long, how often and how many at once; seconds are wall clock.

    Set by hand for small journals on slow servers; tests pass shorter ones.
    """

    page_seconds: float = 60.0
    """For one page: its tries and redirects together; waiting for its turn does not count."""
    silence_seconds: float = 15.0
    """For a connection, and between two pieces of an answer."""
    tries: int = 3
    backoff_seconds: float = 0.5
    """Wait before the second try; it doubles, and up to half of it is left out by chance."""
    retry_after_seconds: float = 20.0
    """A page whose server asks to be left alone for longer is not asked for again in this run."""
    redirects: int = 5
    at_once: int = 4
    at_once_per_host: int = 2
    host_failures: int = 5
    """So many pages in a row that a host did not serve in all tries: it is left alone."""
    run_seconds: float = 1_800.0
    """From the moment of going online; requests that could only start later are postponed."""


class _Host:
    """What is known of one host in this run."""

    def __init__(self, limits: Limits, delay: float) -> None:
        self.slots = asyncio.Semaphore(limits.at_once_per_host)
        self.line = asyncio.Lock()
        self.delay = delay
        self.asked_delay = 0.0
        self.free_at = 0.0
        self.failures = 0
        self.pages = 0


class Gate:
    """Lets requests through, and knows which hosts are left alone."""

    def __init__(self, visits: Visits, limits: Limits) -> None:
        self._visits = visits
        self._limits = limits
        self._ends_at = time.monotonic() + limits.run_seconds
        self._everywhere = asyncio.Semaphore(limits.at_once)
        self._hosts: defaultdict[str, _Host] = defaultdict(
            lambda: _Host(limits, visits.delay_seconds)
        )

    def enter(self, host: str) -> None:
        """Count one more page of `host`.

        Raises:
            Failed: It is one too many.
        """
        state, most = self._hosts[host], self._visits.pages_per_run
        if state.pages >= most:
            raise Failed(
                "postponed",
                f"{most:,} pages of {host} were fetched in this run, the limit "
                "visits.pages_per_run; the next run goes on",
            )
        state.pages += 1

    def check(self, host: str) -> None:
        """Let nothing through to a host that keeps failing.

        Raises:
            Failed: It is left alone.
        """
        times = self._limits.host_failures
        if self._hosts[host].failures >= times:
            raise Failed("postponed", f"not tried: {host} failed {times} pages in a row")

    def note(self, host: str, *, is_answered: bool) -> None:
        """Remember whether `host` answered; an answer such as 404 counts as one."""
        state = self._hosts[host]
        state.failures = 0 if is_answered else state.failures + 1

    def slow_down(self, host: str, seconds: float) -> None:
        """Take note that robots.txt of `host` wants `seconds` between two requests."""
        state = self._hosts[host]
        state.asked_delay = seconds
        state.delay = max(state.delay, seconds)

    def pause(self, host: str, seconds: float) -> None:
        """Leave `host` alone for `seconds`."""
        state = self._hosts[host]
        state.free_at = max(state.free_at, time.monotonic() + seconds)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait until one more request may be sent to `host`.

        The host comes first: whoever waits for a busy host holds no place of the others.

        Raises:
            Failed: The time of the run would be over before.
        """
        state = self._hosts[host]
        async with state.slots:
            async with state.line:
                await self._wait(host, state)
                await self._everywhere.acquire()
                state.free_at = max(state.free_at, time.monotonic() + state.delay)
            try:
                yield
            finally:
                self._everywhere.release()

    async def _wait(self, host: str, state: _Host) -> None:
        """Wait until `host` may be asked.

        Raises:
            Failed: The time of the run would be over before.
        """
        while True:
            now = time.monotonic()
            if max(state.free_at, now) > self._ends_at:
                raise Failed("postponed", self._too_late(host, state))
            if state.free_at <= now:
                return
            await asyncio.sleep(state.free_at - now)

    def _too_late(self, host: str, state: _Host) -> str:
        """Why a page does not fit into the run."""
        reason = f"the {self._limits.run_seconds:,.0f} s of a run are used up"
        if state.asked_delay > self._visits.delay_seconds:
            reason += f", as robots.txt of {host} asks for {state.asked_delay:g} s between pages"
        return f"{reason}; the next run goes on"
