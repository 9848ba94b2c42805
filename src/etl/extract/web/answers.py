"""What is asked of the web, and what comes back; one of each per page."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import NamedTuple

SENDABLE = re.compile(r"[ -~]+")
"""What may stand in a header: `"33a64df5"`."""

NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class Ask(NamedTuple):
    """One page to get."""

    address: str
    etag: str | None = None
    """As the last answer had it; with it or the next, a page that has not changed is not sent."""
    last_modified: str | None = None
    """As the last answer had it, in its own words."""
    is_given: bool = False
    """A person wrote the address down: robots.txt is not asked about it."""

    @property
    def conditions(self) -> dict[str, str]:
        """Request headers under which "not modified" is an answer; often none.

        What a server once wrote, but no request can hold, is left out.
        """
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in told.items() if value and SENDABLE.fullmatch(value)}


class Answer(NamedTuple):
    """What came back for one page."""

    address: str
    """Where it came from, after redirects and without credentials; relative links start here."""
    status: int | None = None
    """Last HTTP status; None if no server answered."""
    content_type: str | None = None
    content: bytes | None = None
    """Decompressed; None if it is unmodified, or where `failure` says why."""
    failure: str | None = None
    """`<outcome>: <reason>`; the outcome is one of `ops.UNFETCHED`, or `postponed`."""
    headers: Mapping[str, str] = NO_HEADERS
    """By name in lower case; cookies are left out."""
    is_moved: bool = False
    """Redirected, and every redirect on the way was permanent (301, 308)."""

    @property
    def is_unmodified(self) -> bool:
        """Whether the page is as the asker has it already."""
        return self.status == HTTPStatus.NOT_MODIFIED and self.failure is None

    @property
    def etag(self) -> str | None:
        """What to ask with next time."""
        return self.headers.get("etag")

    @property
    def last_modified(self) -> str | None:
        """What to ask with next time, in the server's own words."""
        return self.headers.get("last-modified")
