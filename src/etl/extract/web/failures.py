"""Whatever goes wrong on the web to one outcome and one line a person can act on.

In come errors of names, connections, TLS and HTTP; out go `Failed`, whose outcome is one of
`ops.UNFETCHED` or `postponed`. What is done about them, such as another try, is decided in
`etl.extract.web.visitor`.
"""

import os
import socket
import ssl
from dataclasses import dataclass
from http import HTTPStatus

import httpcore2
import httpx2

from etl.sources.feeds import CREDENTIALS

GONE = frozenset({404, 410})

MAY_PASS = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Status codes after which the same request may be answered."""

MANY = 1_000
"""Tries of what may pass: as many as `Limits.tries` allows."""

STATUSES = frozenset(HTTPStatus)


@dataclass(eq=False)
class Failed(Exception):
    """A page did not come, or not yet."""

    outcome: str
    """One of `ops.UNFETCHED`, or `postponed`."""
    reason: str
    """One line, without credentials."""
    status: int | None = None
    """The HTTP status; None if no server answered."""
    tries: int = 1
    """How often such a request is sent at most; 1: another would fail the same way."""
    wait_seconds: float = 0.0
    """How long the server asks to be left alone."""
    is_answered: bool = True
    """Whether the host did what hosts do, if only to say no."""
    is_reached: bool = True
    """Whether a connection to the host was made."""

    def __str__(self) -> str:
        return f"{self.outcome}: {self.reason}"


def of_status(status: int, wait_seconds: float = 0.0) -> Failed:
    """An answer that is no page."""
    outcome = "gone" if status in GONE else "http_status"
    if status in MAY_PASS:
        return Failed(outcome, phrase(status), status, MANY, wait_seconds, is_answered=False)
    return Failed(outcome, phrase(status), status)


def of_lookup(host: str, error: OSError | UnicodeError) -> Failed:
    """A name that could not be resolved; tried twice at most, as most such names are wrong."""
    why = error.strerror if isinstance(error, socket.gaierror) else str(error)
    return _unreached("dns", f"{host} has no address: {why}", tries=2)


def of_connecting(host: str, error: Exception, seconds: float | None) -> Failed:
    """A host that let no connection be made; `seconds` is how long each address was tried."""
    if isinstance(error, httpcore2.ConnectTimeout):
        return _unreached("timeout", f"no connection to {host} in {seconds:.3g} s")
    number = next((e.errno for e in _causes(error) if isinstance(e, OSError) and e.errno), None)
    why = os.strerror(number) if number else str(error)
    return _unreached("connection", f"no connection to {host}: {why}")


def of_exchange(host: str, error: Exception, seconds: float) -> Failed:
    """A request that got no answer; `seconds` is the longest silence allowed."""
    match error:
        case httpcore2.ConnectTimeout():
            return _unreached("timeout", f"no safe connection to {host} in {seconds:g} s")
        case httpcore2.TimeoutException():
            reason = f"no answer from {host} for {seconds:g} s"
            return Failed("timeout", reason, tries=MANY, is_answered=False)
        case httpcore2.ProxyError():
            return _unreached("connection", f"the proxy does not lead to {host}: {error}")
        case httpcore2.ConnectError():
            return _of_tls(host, error)
        case httpcore2.ProtocolError() if not _is_closed(error):
            reason = f"{host} does not answer in HTTP: {error}"
            return Failed("connection", reason, tries=MANY, is_answered=False)
        case httpcore2.NetworkError() | httpcore2.ProtocolError():
            reason = f"{host} closed the connection before it answered"
            return Failed("connection", reason, tries=MANY, is_answered=False)
        case _:
            return Failed("fetch_failed", f"{type(error).__name__}: {error}")


def of_body(host: str, error: Exception, seconds: float, came: int, declared: int | None) -> Failed:
    """A body that broke off after `came` bytes of those that were declared, if they were."""
    if isinstance(error, httpcore2.NetworkError | httpcore2.ProtocolError):
        size = f"{came:,} bytes" if declared is None else f"{came:,} of {declared:,} bytes"
        reason = f"{host} broke off after {size}"
        return Failed("truncated", reason, tries=MANY, is_answered=False)
    return of_exchange(host, error, seconds)


def of_address(address: str, error: Exception | None = None) -> Failed:
    """What is announced, but cannot be asked for."""
    why = str(error) if isinstance(error, httpx2.InvalidURL) else "no http(s) address"
    shown = CREDENTIALS.sub("", address) or "nothing"
    return Failed("refused", f"{shown}: {why}; correct it where it is announced")


def of_size(byte_count: int | None, max_bytes: int) -> Failed:
    """A page with more bytes than are taken; None if they were not counted to the end."""
    return Failed("too_large", too_large(byte_count, max_bytes), HTTPStatus.OK.value)


def too_large(byte_count: int | None, max_bytes: int) -> str:
    """Why so many bytes are not taken; None if they were not counted to the end."""
    size = "more bytes" if byte_count is None else f"{byte_count:,} bytes"
    cure = "raise ETL_MAX_PAGE_BYTES, or leave the page out of its feed"
    return f"{size}, over {max_bytes:,}; {cure}"


def phrase(status: int) -> str:
    """A status as people know it.

    >>> phrase(404), phrase(799)
    ('HTTP 404 Not Found', 'HTTP 799')
    """
    return f"HTTP {status} {HTTPStatus(status).phrase}" if status in STATUSES else f"HTTP {status}"


def _unreached(outcome: str, reason: str, tries: int = MANY) -> Failed:
    """A host to which no connection was made."""
    return Failed(outcome, reason, tries=tries, is_answered=False, is_reached=False)


def _of_tls(host: str, error: Exception) -> Failed:
    """A connection that could not be made safe; such errors last."""
    cause = next((e for e in _causes(error) if isinstance(e, ssl.SSLError)), None)
    # Versions of OpenSSL differ in what they make of a host that hangs up.
    if cause is None or isinstance(cause, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return _unreached("connection", f"{host} closed the connection before it was safe")
    if isinstance(cause, ssl.SSLCertVerificationError):
        why = f"the certificate of {host} does not hold: {cause.verify_message}"
        return _unreached("tls", f"{why}; its owner must put it right", tries=1)
    return _unreached("tls", f"no safe connection to {host}: {cause.reason or cause}", tries=1)


def _is_closed(error: Exception) -> bool:
    """Whether the other side only closed the connection, or its part of one (HTTP/2).

    `httpcore2` says so in words, or with the event it saw.
    """
    is_event = bool(error.args) and not isinstance(error.args[0], str | Exception)
    return is_event or "disconnected" in str(error)


def _causes(error: BaseException) -> list[BaseException]:
    """`error` and what led to it; `httpcore2` drops causes, but keeps them as first argument."""
    causes = [error]
    while True:
        last = causes[-1]
        first = last.args[0] if last.args else None
        inner = first if isinstance(first, BaseException) else last.__cause__
        if inner is None or inner in causes:
            return causes
        causes.append(inner)
