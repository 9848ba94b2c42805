"""Addresses on the web to answers, with one line for whatever goes wrong.

The only module that talks to the network. Answers come in the order of the addresses, and an
address that fails never stops the others.
"""

import asyncio
import random
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from importlib.metadata import version
from typing import Any, NamedTuple, TypeVar

import httpx

from etl.errors import PageTooLarge
from etl.extract.announced import one_line
from etl.extract.gate import Gate, Limits

USER_AGENT = f"article-warehouse/{version('article-warehouse')}"

MAY_PASS = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Status codes after which the same request may be answered."""

T = TypeVar("T")


class Answer(NamedTuple):
    """What came back for one address."""

    address: str
    """Where it came from, after redirects; relative links start here."""
    status: int | None = None
    """Last HTTP status; None if no server answered."""
    content_type: str | None = None
    content: bytes | None = None
    """Decompressed; None where `failure` says why."""
    failure: str | None = None
    """`<outcome>: <reason>`, see `etl.extract`."""


class MayPass(Exception):
    """A try failed, and another may not."""

    def __init__(self, reason: str, status: int | None = None, wait_seconds: float = 0.0) -> None:
        super().__init__(reason)
        self.status = status
        self.wait_seconds = wait_seconds


def get(addresses: Sequence[str], max_bytes: int, limits: Limits | None = None) -> list[Answer]:
    """One answer per address, in their order; bodies over `max_bytes` are not read to the end."""
    return _run(_all(addresses, max_bytes, limits or Limits()))


def _run(work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`, also where the calling thread runs an event loop already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(asyncio.run, work).result()


async def _all(addresses: Sequence[str], max_bytes: int, limits: Limits) -> list[Answer]:
    """All answers, a few pages at a time."""
    async with httpx.AsyncClient(
        headers={"User-Agent": USER_AGENT},
        follow_redirects=True,
        max_redirects=limits.redirects,
        timeout=limits.silence_seconds,
    ) as client:
        visitor = _Visitor(client, limits, max_bytes)
        return await asyncio.gather(*(visitor.page(address) for address in addresses))


class _Visitor:
    """One client on its way through the pages of a run."""

    def __init__(self, client: httpx.AsyncClient, limits: Limits, max_bytes: int) -> None:
        self.client = client
        self.limits = limits
        self.max_bytes = max_bytes
        self.gate = Gate(limits)

    async def page(self, address: str) -> Answer:
        """The answer for one address; never raises for what it or its server does."""
        try:
            host = httpx.URL(address).host
            async with self.gate.turn(host):
                if self.gate.is_shut(host):
                    times = self.limits.host_failures
                    return _failed(address, f"not tried: {host} failed {times} pages in a row")
                return await self._in_time(address, host)
        except httpx.TooManyRedirects:
            return _failed(address, f"more than {self.limits.redirects} redirects")
        except httpx.UnsupportedProtocol:
            return _failed(address, "not an http(s) address, or redirected to one that is not")
        except PageTooLarge as error:
            return Answer(address, HTTPStatus.OK, failure=f"{error.outcome}: {error}")
        # Whatever a page makes the client and its decoders raise, the others must come.
        except Exception as error:
            return _failed(address, f"{type(error).__name__}: {error}")

    async def _in_time(self, address: str, host: str) -> Answer:
        """The answer of the tries that fit into the time of one page."""
        seconds = self.limits.page_seconds
        try:
            async with asyncio.timeout(seconds):
                answer, answered = await self._tries(address)
        except TimeoutError:
            answer, answered = _failed(address, f"no complete answer in {seconds:g} s"), False
        self.gate.note(host, answered=answered)
        return answer

    async def _tries(self, address: str) -> tuple[Answer, bool]:
        """The first real answer and True, or the failure of the last try and False."""
        number = 1
        while True:
            try:
                return await self._once(address), True
            except MayPass as error:
                wait = self._wait_seconds(error, number)
                if wait is None:
                    return _failed(address, _given_up(error, number), error.status), False
            await asyncio.sleep(wait)
            number += 1

    async def _once(self, address: str) -> Answer:
        """The answer of one try.

        Raises:
            MayPass: There was none, or one that may be different next time.
            PageTooLarge: The body has more than `max_bytes`.
        """
        try:
            async with self.client.stream("GET", address) as response:
                status = response.status_code
                if status in MAY_PASS:
                    raise MayPass(_phrase(status), status, _retry_after(response))
                if status != HTTPStatus.OK:
                    return _failed(address, _phrase(status), status)
                body = await _body(response, self.max_bytes)
                content_type = response.headers.get("content-type")
                return Answer(str(response.url), status, content_type, body)
        except httpx.TimeoutException as error:
            seconds = self.limits.silence_seconds
            raise MayPass(f"no answer for {seconds:g} s ({type(error).__name__})") from error
        except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
            raise MayPass(f"{type(error).__name__}: {error}") from error

    def _wait_seconds(self, error: MayPass, number: int) -> float | None:
        """Seconds to wait after try `number`; None if there is to be no other."""
        if number >= self.limits.tries or error.wait_seconds > self.limits.retry_after_seconds:
            return None
        backoff = self.limits.backoff_seconds * float(2 ** (number - 1))
        return max(error.wait_seconds, backoff * random.uniform(0.5, 1.0))


async def _body(response: httpx.Response, max_bytes: int) -> bytes:
    """The body, decompressed.

    Raises:
        PageTooLarge: It has more than `max_bytes`, by its header or as it came.
    """
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > max_bytes:
        raise PageTooLarge(too_large(int(declared), max_bytes))
    pieces = bytearray()
    async for piece in response.aiter_bytes():
        pieces += piece
        if len(pieces) > max_bytes:
            raise PageTooLarge(too_large(None, max_bytes))
    return bytes(pieces)


def too_large(byte_count: int | None, max_bytes: int) -> str:
    """Why so many bytes are not taken; None if they were not counted to the end."""
    size = "more bytes" if byte_count is None else f"{byte_count:,} bytes"
    return f"{size}, over {max_bytes:,}"


def _failed(address: str, reason: str, status: int | None = None) -> Answer:
    """The answer for an address that gave no page."""
    return Answer(address, status, failure=f"fetch_failed: {one_line(reason)}")


def _given_up(error: MayPass, number: int) -> str:
    """The reason of a page that was given up after try `number`."""
    tries = f"{number} tries" if number > 1 else "1 try"
    asks = f", asks to wait {error.wait_seconds:,.0f} s" if error.wait_seconds else ""
    return f"{error} after {tries}{asks}"


def _phrase(status: int) -> str:
    """A status as people know it: `HTTP 404 Not Found`."""
    known = status in {item.value for item in HTTPStatus}
    return f"HTTP {status} {HTTPStatus(status).phrase}" if known else f"HTTP {status}"


def _retry_after(response: httpx.Response) -> float:
    """Seconds the server asks to be left alone; 0 if it does not ask, or not clearly."""
    value = response.headers.get("retry-after", "").strip()
    if value.isdigit():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    return max((until.astimezone(UTC) - datetime.now(UTC)).total_seconds(), 0.0)
