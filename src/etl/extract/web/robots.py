"""robots.txt of a site to whether a page may be asked for, and how quickly (RFC 9309).

Each origin (scheme, host, port) has its own file, read once as long as we are online, and not at
all if it was read within a day (RFC 9309, 2.4). What is done about a delay belongs in
`etl.extract.web.gate`.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus

import httpx2
from protego import Protego

from etl.extract.web.answers import Answer
from etl.extract.web.failures import Failed, phrase

PRODUCT = "article-warehouse"
"""What robots.txt knows us by; the first part of our User-Agent."""

MAX_BYTES = 500 * 1024
"""As much is read of a robots.txt (RFC 9309); the rest is passed over."""

UNWELCOME = HTTPStatus.TOO_MANY_REQUESTS
"""The one status of 4xx that does not mean that there is no robots.txt: it means us."""

Read = Callable[[str], Awaitable[Answer | Failed]]
"""Reads a robots.txt."""


@dataclass(frozen=True)
class Rules:
    """What the robots.txt of one origin says."""

    parser: Protego | None = None
    """None: there is none, everything is allowed; or see `failure`."""
    failure: Failed | None = None
    """Why it could not be read: nothing is allowed."""

    @property
    def delay_seconds(self) -> float:
        """Least time between two requests; 0 if it does not say."""
        return (self.parser and self.parser.crawl_delay(PRODUCT)) or 0.0

    @property
    def sitemaps(self) -> list[str]:
        """Addresses of its sitemaps."""
        return list(self.parser.sitemaps) if self.parser else []


class Robots:
    """The robots.txt files of a run, each read when it is first needed."""

    def __init__(self, read: Read, kept: Mapping[str, str]) -> None:
        """Rules to be had by `read`; texts in `kept`, by origin, need not be read."""
        self._read = read
        self._rules = {origin: _said(content) for origin, content in kept.items()}
        self.texts: dict[str, str] = {}
        """What was read, by origin; empty where there is no robots.txt."""
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def of(self, url: httpx2.URL) -> Rules:
        """The rules for `url`."""
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        if (known := self._rules.get(origin)) is not None:
            return known
        # Whoever waits here reads it if the one who began was stopped.
        async with self._locks[origin]:
            if origin not in self._rules:
                came = await self._read(f"{origin}/robots.txt")
                self._rules[origin] = rules = _rules(url.host, came)
                if rules.failure is None:
                    self.texts[origin] = _text(came)
            return self._rules[origin]

    async def check(self, url: httpx2.URL) -> Rules:
        """The rules that allow `url`.

        Raises:
            Failed: They forbid it or are unknown; or its host cannot be reached.
        """
        rules = await self.of(url)
        if (failure := rules.failure) is not None:
            raise replace(failure)
        if rules.parser is not None and not rules.parser.can_fetch(str(url), PRODUCT):
            raise Failed("robots", f"robots.txt of {url.host} forbids {url.path} to {PRODUCT}")
        return rules


def _rules(host: str, came: Answer | Failed) -> Rules:
    """The rules of a robots.txt that came or did not."""
    if isinstance(came, Answer):
        return _said(_text(came))
    status = came.status or 0
    if not came.is_reached or came.outcome == "postponed":
        # The page would end in the same way, and that says more.
        return Rules(failure=came)
    # RFC 9309, 2.3.1: one that is not there allows everything; so does one behind a circle.
    if 200 <= status < 500 and status != UNWELCOME:
        return Rules()
    why = phrase(status) if status else came.reason
    reason = f"robots.txt of {host} could not be read ({why}), so nothing is asked of it"
    return Rules(failure=Failed("robots", reason))


def _said(content: str) -> Rules:
    """The rules of a robots.txt with this text."""
    return Rules(Protego.parse(content))


def _text(came: Answer | Failed) -> str:
    """The text of a robots.txt, as Postgres can keep it; empty if there is none."""
    content = (came.content or b"") if isinstance(came, Answer) else b""
    return content.decode("utf-8-sig", "replace").replace("\0", "")
