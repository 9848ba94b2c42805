"""Every way in which the web can be wayward: what a server says, and what is to become of it."""

import gzip
from dataclasses import dataclass

from tests.flows.online import article
from tests.servers import HTML, Reply

HOST = "steppe.example"
NAMES = {
    HOST: "127.0.0.1",
    "patient.example": "127.0.0.1",
    "intranet.example": "10.1.2.3",
    "nowhere.example": None,
}
"""Host names of the invented internet; None: there is no such host."""

ROBOTS = "User-agent: *\nDisallow: /private/\nDisallow: /*.cgi$\n"

RUSSIAN = (
    "<html><head><title>Вода для канала</title></head><body><article><h1>Вода для канала</h1>"
    "<p>3 марта 2025</p>"
    + "<p>Чиновники Таджикистана и Узбекистана встретились в Самарканде, чтобы говорить о воде "
    "для канала. Никто не ждал соглашения до лета, но переговоры шли три дня, и обе стороны "
    "подписали бумагу. Торговцы на границе ждали этого с зимы.</p>" * 3 + "</article></body></html>"
)

NOISE = bytes(range(0x80, 0x100)) * 12
"""Bytes that are text in no charset."""

NOTICE = "<!doctype html><html><head><title>{0}</title></head><body><h1>{0}</h1>{1}</body></html>"


def notice(title: str, text: str) -> bytes:
    """A page that stands in place of another."""
    return NOTICE.format(title, f"<p>{text}</p>").encode()


def moved(to: str, status: int = 301) -> Reply:
    """A redirect."""
    return Reply(status=status, headers={"Location": to})


def long(topic: str) -> bytes:
    """An article with a long foot, so that what is cut off is no article text."""
    return article(topic) + b" " * 4_000


BUSY = Reply(status=429, headers={"Retry-After": "1"})
AWAY = Reply(status=429, headers={"Retry-After": "3600"})
DOWN = Reply(b"try later", status=503)
BOMB = gzip.compress(bytes(40_000_000), 9)
PACKED = {"Content-Encoding": "gzip"}
HUGE = b"<html><body>" + b"<p>word</p>" * 4_600_000
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9
PRIVATE = "an address of this machine or its network"


@dataclass(frozen=True)
class Wayward:
    """One address: what its server says, and what is to become of it."""

    path: str
    replies: tuple[Reply | bytes, ...]
    outcome: str = "loaded"
    reason: str = ""
    """Regular expression found in the reason."""


def case(path: str, *replies: Reply | bytes, **told: str) -> Wayward:
    """A row of the table."""
    return Wayward(path, replies, **told)


CASES = (
    case("/good/first", article("the first")),
    case("/chain/1", moved("/chain/2")),
    case(
        "/loop/1", moved("/loop/2"), outcome="redirects", reason="in a circle: /loop/1 -> /loop/2"
    ),
    case("/away/0", moved("/away/1"), outcome="redirects", reason="^more than 5 redirects"),
    case("/nowhere", Reply(status=302), outcome="redirects", reason="302 Found without a Location"),
    case("/at/number", moved("http://192.168.7.1/a"), outcome="refused", reason=PRIVATE),
    case("/at/name", moved("http://intranet.example/a"), outcome="refused", reason=PRIVATE),
    case("/at/loopback", moved("http://127.0.0.2/a"), outcome="refused", reason=PRIVATE),
    case("/at/ipv6", moved("http://[::1]:8080/a"), outcome="refused", reason=PRIVATE),
    case("/at/file", moved("file:///etc/hosts"), outcome="refused", reason="no http"),
    case("/good/second", article("the second")),
    case("/busy", BUSY, article("patience")),
    case("/hiccup", DOWN, article("a second try")),
    case("/down", DOWN, outcome="http_status", reason="^HTTP 503 .* after 2 tries"),
    case("/too-busy", AWAY, outcome="http_status", reason="left alone for 3,600 s"),
    case("/secret", Reply(status=403), outcome="http_status", reason="^HTTP 403 Forbidden$"),
    case("/lost", Reply(b"none", status=404), outcome="gone", reason="^HTTP 404 Not Found$"),
    case("/deleted", Reply(b"none", status=410), outcome="gone", reason="^HTTP 410 Gone$"),
    case("/slow", Reply(article("slow trains"), pause_seconds=0.2, piece_bytes=1000)),
    case("/silent", Reply(b"x", pause_seconds=60), outcome="timeout", reason="for 1.5 s"),
    case(
        *("/drips", Reply(long("drops"), pause_seconds=0.3, piece_bytes=9)),
        outcome="timeout",
        reason="in 4 s",
    ),
    case(
        *("/cut", Reply(article("a cut"), declared_bytes=90_000)),
        outcome="truncated",
        reason="broke off after .* of 90,000 bytes.* after 2 tries",
    ),
    case("/understated", Reply(long("a foot"), declared_bytes=len(long("a foot")) - 2_000)),
    case(
        *("/cut-gzip", Reply(gzip.compress(article("a half"))[:-400], headers=PACKED)),
        outcome="truncated",
        reason="ends in the middle",
    ),
    case("/packed", Reply(gzip.compress(article("small parcels")), headers=PACKED)),
    case("/good/third", article("the third")),
    case("/bomb", Reply(BOMB, headers=PACKED), outcome="too_large", reason="over 5,000,000"),
    case("/huge", Reply(HUGE), outcome="too_large", reason="50,600,012 bytes, over 5,000,000"),
    case("/endless", Reply(HUGE, declared_bytes=-1), outcome="too_large", reason="over 5,000,000"),
    case("/windows-1251", Reply(RUSSIAN.encode("cp1251"), content_type=HTML)),
    case(
        *("/noise", Reply(article("noise").replace(b"Officials", NOISE), content_type=HTML)),
        outcome="charset",
        reason="utf-8",
    ),
    case("/private/page", article("a secret"), outcome="robots", reason="robots.txt of .* forbids"),
    case("/show.cgi", article("a script"), outcome="robots", reason="robots.txt of .* forbids"),
    case(
        *("/suspended", notice("Account Suspended", "This account has been suspended.")),
        outcome="suspended",
        reason=".",
    ),
    case(
        *("/soft", notice("Page not found", "The page you asked for does not exist.")),
        outcome="soft_404",
        reason=".",
    ),
    case("/sent-home", moved("/", 302), outcome="soft_404", reason="redirected to the home page"),
    case(
        *("/wall", notice("Before you continue", "We use cookies. <button>Accept all</button>")),
        outcome="consent_wall",
        reason=".",
    ),
    case("/empty", b"", outcome="unreadable", reason="."),
    case("/picture", PICTURE, outcome="unreadable", reason="."),
    case("/menu", b"<html><body><a href='/'>Home</a></body>", outcome="not_an_article", reason="."),
    case("/good/last", article("the last")),
)
"""Addresses of one feed, in its order."""

ELSEWHERE = {
    "http://nowhere.example/a": ("dns", "nowhere.example has no address"),
    "http://intranet.example/b": ("refused", PRIVATE),
    "http://127.0.0.1:1/c": ("connection", "127.0.0.1: .*refused"),
}
"""Addresses of other hosts in the same feed."""
