"""One request to one reply: what is sent, what is taken, and what is left unread.

How often it is tried, and whether it may be sent at all, is decided in `etl.extract.web.visitor`.
"""

import asyncio
import time
from contextlib import aclosing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from importlib.metadata import version

import httpx2

from etl.extract.web import bodies, failures
from etl.extract.web.bodies import Body
from etl.extract.web.failures import MAY_PASS, Failed
from etl.extract.web.gate import Limits
from etl.extract.web.robots import PRODUCT
from etl.extract.web.trips import REDIRECTS, Reply, Trip

USER_AGENT = f"{PRODUCT}/{version('article-warehouse')}"

WHOLE = frozenset({HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION})
"""Status codes of a page; 206 is a part that no one asked for, 204 and 205 have none."""

SPARE_BYTES = 16_384
"""So much of a body that no one needs is read, as a kept connection is worth more than that."""

SPARE_SECONDS = 1.0
"""So long it is waited for."""


class Exchange:
    """Sends requests; replies to redirects are not followed."""

    def __init__(
        self,
        transport: httpx2.AsyncBaseTransport,
        limits: Limits,
        user_agent: str = USER_AGENT,
    ) -> None:
        # The transport alone: redirects, cookies and decoders of a client are not those wanted.
        self._transport = transport
        self._page_seconds = limits.page_seconds
        self._silence_seconds = limits.silence_seconds
        pause = limits.silence_seconds
        self._extensions = {"timeout": {"connect": pause, "read": pause, "write": pause}}
        self._headers = {
            "User-Agent": user_agent,
            "Accept": "*/*",
            "Accept-Encoding": bodies.ENCODINGS,
        }

    async def close(self) -> None:
        """Close all connections."""
        await self._transport.aclose()

    async def once(self, trip: Trip) -> Reply:
        """The reply from where a page is now, within the time that it has left.

        Raises:
            Failed: There was none, or none of use.
        """
        started = time.monotonic()
        try:
            async with asyncio.timeout(trip.seconds_left):
                return await self._sent(trip)
        except TimeoutError:
            reason = f"no whole answer from {trip.url.host} in {self._page_seconds:g} s"
            raise Failed("timeout", reason, is_answered=False) from None
        finally:
            trip.seconds_left -= time.monotonic() - started

    async def _sent(self, trip: Trip) -> Reply:
        """Send a request and read its answer.

        Raises:
            Failed: There was none, or none of use.
        """
        request = self._request(trip)
        try:
            response = await self._transport.handle_async_request(request)
        except Failed:
            raise
        # Whatever the transport meets is a failure of this page alone.
        except Exception as error:
            raise failures.of_exchange(trip.url.host, error, self._silence_seconds) from error
        response.request = request
        try:
            return await self._reply(trip, response)
        finally:
            await response.aclose()

    def _request(self, trip: Trip) -> httpx2.Request:
        """The request for where a page is now."""
        conditions = trip.ask.conditions
        headers = {**self._headers, **conditions} if conditions else self._headers
        request = httpx2.Request("GET", trip.url, headers=headers, extensions=self._extensions)
        if trip.cookies is not None:
            trip.cookies.set_cookie_header(request)
        if trip.url.userinfo:
            auth = httpx2.BasicAuth(trip.url.username, trip.url.password)
            return next(auth.sync_auth_flow(request))
        return request

    async def _reply(self, trip: Trip, response: httpx2.Response) -> Reply:
        """What a response says.

        Raises:
            Failed: It says that there is no page, or its body does not come.
        """
        status = response.status_code
        if status in WHOLE:
            content = await self._body(trip, response)
            return Reply(status, _headers(response), content)
        await _drain(response)
        if status in REDIRECTS:
            _keep_cookies(trip, response)
            return Reply(status, response.headers)
        if status == HTTPStatus.NOT_MODIFIED:
            if trip.ask.conditions:
                return Reply(status, _headers(response))
            reason = f"{failures.phrase(status)}, though any answer was asked for"
            raise Failed("http_status", reason, status)
        raise failures.of_status(status, _retry_after(response) if status in MAY_PASS else 0.0)

    async def _body(self, trip: Trip, response: httpx2.Response) -> bytes:
        """The body, decompressed.

        Raises:
            Failed: It does not come as a whole, or is too large.
        """
        length = response.headers.get("content-length", "")
        declared = int(length) if length.isdecimal() and len(length) < 20 else None
        if declared is not None and declared > trip.max_bytes and not trip.is_robots:
            raise failures.of_size(declared, trip.max_bytes)
        encoding = response.headers.get("content-encoding", "")
        body = Body(encoding, trip.max_bytes, is_cut=trip.is_robots)
        try:
            async with aclosing(response.aiter_raw()) as pieces:
                async for piece in pieces:
                    if not body.add(piece):
                        break
        except Failed:
            raise
        except Exception as error:
            host, pause = trip.url.host, self._silence_seconds
            raise failures.of_body(host, error, pause, body.wire_count, declared) from error
        return body.whole()


async def _drain(response: httpx2.Response) -> None:
    """Read the rest of a short body, so that its connection can be used again."""
    count = 0
    try:
        async with asyncio.timeout(SPARE_SECONDS), aclosing(response.aiter_raw()) as pieces:
            async for piece in pieces:
                count += len(piece)
                if count > SPARE_BYTES:
                    return
    # No one needs this body, so nothing that befalls it matters.
    except Exception:
        return


def _keep_cookies(trip: Trip, response: httpx2.Response) -> None:
    """Keep the cookies of a redirect for where it leads."""
    if "set-cookie" in response.headers:
        trip.cookies = trip.cookies or httpx2.Cookies()
        trip.cookies.extract_cookies(response)


def _headers(response: httpx2.Response) -> dict[str, str]:
    """The headers of an answer but its cookies, by name in lower case."""
    return {name: value for name, value in response.headers.items() if name != "set-cookie"}


def _retry_after(response: httpx2.Response) -> float:
    """Seconds the server asks to be left alone; 0 if it does not ask, or not clearly."""
    value = response.headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
        left = until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)
    except (ValueError, OverflowError):
        return 0.0
    return max(left.total_seconds(), 0.0)
