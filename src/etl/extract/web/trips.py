"""Where a page is on its way through redirects, and where it goes next.

In come addresses as feeds and servers write them, out go URLs that may be asked for. Sending
requests belongs in `etl.extract.web.exchange`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx2

from etl.extract.web.answers import Ask
from etl.extract.web.failures import Failed, of_address, phrase
from etl.sources.feeds import CREDENTIALS

PERMANENT = frozenset({301, 308})
REDIRECTS = PERMANENT | {302, 303, 307}


@dataclass(frozen=True)
class Reply:
    """The answer to one request: a page, "not modified", or a redirect."""

    status: int
    headers: Mapping[str, str]
    """By name in lower case; a redirect has its cookies too."""
    content: bytes | None = None


@dataclass
class Trip:
    """One page on its way."""

    ask: Ask
    url: httpx2.URL
    """Where it is now, without a fragment."""
    max_bytes: int
    seconds_left: float
    """For requests; waiting for a turn does not count."""
    is_counted: bool = False
    """Whether it is one of `Visits.pages_per_run`."""
    is_robots: bool = False
    """A robots.txt: what is too long is cut, and no robots.txt has a say in it."""
    passed: list[httpx2.URL] = field(default_factory=list)
    """URLs that redirected, in order."""
    is_permanent: bool = True
    """Whether all redirects so far were."""
    cookies: httpx2.Cookies | None = None
    """Of this page only: what comes must not depend on the pages before it."""

    @property
    def place(self) -> str:
        """Where it is now, without credentials."""
        return bare(self.url)

    @property
    def is_given(self) -> bool:
        """Whether a person wrote this host down."""
        first = self.passed[0] if self.passed else self.url
        return self.ask.is_given and self.url.host == first.host

    def follow(self, reply: Reply, most: int) -> None:
        """Go where a redirect leads, if that is one of the first `most`.

        Raises:
            Failed: It leads nowhere, in a circle, or too far.
        """
        new = _target(self.url, reply)
        self.passed.append(self.url)
        # Some sites set a cookie and send back to the same page; that is no circle yet.
        if new in self.passed and "set-cookie" not in reply.headers:
            raise Failed("redirects", f"in a circle: {self._circle(new)}", reply.status)
        if len(self.passed) > most:
            reason = f"more than {most} redirects, the last to {bare(new)}"
            raise Failed("redirects", reason, reply.status)
        self.is_permanent &= reply.status in PERMANENT
        self.url = new

    def _circle(self, new: httpx2.URL) -> str:
        """The way from `new` back to it."""
        start = self.passed.index(new)
        return " -> ".join(_short(url, new) for url in (*self.passed[start:], new))


def http_url(text: str) -> httpx2.URL:
    """`text` as a URL, without its fragment.

    Raises:
        Failed: It is none of http(s) with a host.
    """
    try:
        url = httpx2.URL(text)
    except (httpx2.InvalidURL, ValueError) as error:
        raise of_address(text, error) from error
    if not _is_web(url):
        raise of_address(text)
    return url.copy_with(fragment=None) if url.fragment else url


def bare(url: httpx2.URL) -> str:
    """`url` as text, without credentials."""
    return str(url.copy_with(userinfo=b"") if url.userinfo else url)


def _is_web(url: httpx2.URL) -> bool:
    """Whether `url` leads to the web."""
    return url.scheme in ("http", "https") and bool(url.host)


def _short(url: httpx2.URL, beside: httpx2.URL) -> str:
    """`url` as a person would write it next to `beside`: only its path on the same host."""
    is_near = (url.scheme, url.netloc) == (beside.scheme, beside.netloc)
    return url.raw_path.decode("ascii") if is_near else bare(url)


def _target(url: httpx2.URL, reply: Reply) -> httpx2.URL:
    """Where a redirect from `url` leads, without its fragment.

    Raises:
        Failed: It does not say, or it is nowhere on the web.
    """
    location = reply.headers.get("location", "").strip()
    if not location:
        raise Failed("redirects", f"{phrase(reply.status)} without a Location", reply.status)
    try:
        new = url.join(location)
    except (httpx2.InvalidURL, ValueError) as error:
        reason = f"to {location!r}, which is no address: {error}"
        raise Failed("redirects", reason, reply.status) from error
    if not _is_web(new):
        shown = CREDENTIALS.sub("", location)
        reason = f"redirected to {shown}, which is no http(s) address"
        raise Failed("refused", reason, reply.status)
    return new.copy_with(fragment=None) if new.fragment else new
