"""Requests to connections: to checked addresses only, kept open and shared.

Names are resolved here, judged by `etl.extract.web.private`, and connected to at exactly the
address that was judged: a name that means another address a moment later gains nothing.

Proxies are those of the environment (`HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`), which
whoever runs this machine has set: the proxy itself may be at a private address. It resolves names
by itself, so a host is judged here beforehand by what this machine takes its name to mean, and
one that only the proxy knows is left to the proxy's own rules.
"""

import asyncio
import socket
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Mapping
from ipaddress import ip_address
from typing import cast
from urllib.request import getproxies, proxy_bypass

import httpcore2
import httpx2

from etl.errors import Misconfigured
from etl.extract.web import failures
from etl.extract.web.failures import Failed
from etl.extract.web.gate import Limits
from etl.extract.web.private import is_public
from etl.sources.feeds import CREDENTIALS

ADDRESSES = 4
"""Addresses of a host that are tried: both families twice, as far as there are so many."""

KEPT_SECONDS = 30.0
"""How long an idle connection is kept; most servers close them after 5 to 75 s."""


class CheckedBackend(httpcore2.AnyIOBackend):
    """Connects to hosts, unless they are private."""

    def __init__(self, *, allow_private: bool, role: str = "") -> None:
        """A way to the network; `role` comes before the name of a host in reasons."""
        super().__init__()
        self._allow_private = allow_private
        self._role = role

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """A connection to the first address of `host` that takes one; they share the time.

        Raises:
            Failed: The name has no address, only private ones, or none that answers.
        """
        addresses = (await self.addresses(host, port))[:ADDRESSES]
        seconds = None if timeout is None else timeout / len(addresses)
        options = None if socket_options is None else list(socket_options)
        last: Exception | None = None
        for address in addresses:
            try:
                return await super().connect_tcp(address, port, seconds, local_address, options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                last = error
        raise failures.of_connecting(self._role + host, last or OSError(), seconds) from last

    async def addresses(self, host: str, port: int) -> list[str]:
        """The addresses of `host` that may be asked, best first; at least one.

        Private ones among public ones are passed over and do not condemn the host: some zones
        hold a stray second address, and no connection goes to it.

        Raises:
            Failed: There are none, or only private ones.
        """
        found = await self.resolve(host, port)
        if self._allow_private:
            return found
        public = [address for address in found if is_public(ip_address(address))]
        if not public:
            where = "is" if host == found[0] else f"is at {found[0]},"
            reason = f"{host} {where} an address of this machine or its network"
            cure = "set visits.allow_private: true in the source if it is meant"
            raise Failed("refused", f"{reason}; {cure}", is_reached=False)
        return public

    async def resolve(self, host: str, port: int) -> list[str]:
        """The addresses of a name, or of a number in any spelling; at least one.

        Raises:
            Failed: There are none.
        """
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise failures.of_lookup(self._role + host, error) from error
        return list(dict.fromkeys(str(place[0]) for *_, place in found))


class Transport(httpx2.AsyncBaseTransport):
    """Sends requests on kept connections; errors are those of `httpcore2`, or `Failed`."""

    def __init__(self, limits: Limits, *, allow_private: bool) -> None:
        """A transport without connections yet.

        Raises:
            Misconfigured: The environment names a proxy that cannot be used.
        """
        self._proxies = _proxies(getproxies())
        self._allow_private = allow_private
        # A request waits for its turn, never for a connection.
        self._most = limits.at_once + limits.at_once_per_host
        self._backend = CheckedBackend(allow_private=allow_private)
        self._pools: dict[tuple[str, str], httpcore2.AsyncConnectionPool] = {}

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer to `request`, its body still to come."""
        url = request.url
        proxy = self._proxy(url)
        if proxy:
            await self._judge(url)
        answer = await self._pool(url.scheme, proxy).handle_async_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=cast("AsyncIterable[bytes]", request.stream),
                extensions=request.extensions,
            )
        )
        return httpx2.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Stream(answer),
            extensions=answer.extensions,
        )

    async def aclose(self) -> None:
        """Close all connections."""
        for pool in self._pools.values():
            await pool.aclose()

    def _proxy(self, url: httpx2.URL) -> str:
        """Address of the proxy to take for `url`; empty for none."""
        if not self._proxies or proxy_bypass(url.host):
            return ""
        return self._proxies.get(url.scheme) or self._proxies.get("all", "")

    async def _judge(self, url: httpx2.URL) -> None:
        """Do nothing if a proxy may be asked for `url`.

        Raises:
            Failed: As far as this machine knows, its host is private.
        """
        try:
            await self._backend.addresses(url.raw_host.decode("ascii"), url.port or 0)
        except Failed as error:
            if error.outcome == "refused":
                raise

    def _pool(self, scheme: str, proxy: str) -> httpcore2.AsyncConnectionPool:
        """The connections of a scheme; made when first needed, as certificates take a while."""
        key = scheme, proxy
        if key not in self._pools:
            is_safe = scheme == "https"
            trusted = CheckedBackend(allow_private=True, role="the proxy ")
            self._pools[key] = httpcore2.AsyncConnectionPool(
                ssl_context=httpx2.create_ssl_context() if is_safe else None,
                proxy=_asked_proxy(proxy) if proxy else None,
                max_connections=self._most,
                keepalive_expiry=KEPT_SECONDS,
                http2=is_safe,
                network_backend=trusted if proxy else self._backend,
            )
        return self._pools[key]


class _Stream(httpx2.AsyncByteStream):
    """A body as `httpx2` wants it."""

    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer
        self._pieces = cast("AsyncIterable[bytes]", answer.stream)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._pieces.__aiter__()

    async def aclose(self) -> None:
        """Give the connection back."""
        await self._answer.aclose()


def _proxies(found: Mapping[str, str]) -> dict[str, str]:
    """Addresses of proxies by `http`, `https` and `all`.

    Raises:
        Misconfigured: One of them is of another kind.
    """
    proxies = {name: found[name] for name in ("http", "https", "all") if found.get(name)}
    for name, text in proxies.items():
        proxies[name] = text if "://" in text else f"http://{text}"
        if httpx2.URL(proxies[name]).scheme not in ("http", "https"):
            shown = CREDENTIALS.sub("", text)
            raise Misconfigured(
                f"{name.upper()}_PROXY={shown!r}: only http:// and https:// proxies can be used; "
                "unset it, or name the hosts that need none in NO_PROXY"
            )
    return proxies


def _asked_proxy(address: str) -> httpcore2.Proxy:
    """A proxy, with the credentials that stand in its address."""
    url = httpx2.URL(address)
    auth = (url.username, url.password) if url.userinfo else None
    return httpcore2.Proxy(str(url.copy_with(userinfo=b"")), auth=auth)
