"""Steppe Notes, an invented journal on the web: articles, feeds, sitemaps, a list, OAI-PMH.

Every document comes with ETag and Last-Modified. What a test needs beside a whole, well-run
journal (errors, bombs, silence) it puts online itself.
"""

import gzip
import json
import socket
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
import sqlalchemy as sa

from tests.servers import HTML, Journal, Reply

ARTICLE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{title} | Steppe Notes</title>{head}</head>
<body><nav><a href="/">Home</a> <a href="/archive">All articles</a></nav>
<article><h1>{title}</h1><p class="date">{day} March 2025, 09:30</p>
<p class="byline">By Zarina Karimova</p>
{paragraphs}
<h2>References</h2><ol>
<li>Saidov A. Rivers of the steppe. Dushanbe: Irfon, 2011. 212 p.</li>
<li>Novak P. Markets after {topic}. Journal of Border Studies, 2019, vol. 4, no. 2, pp. 15-31.</li>
</ol></article><footer>Steppe Notes, Dushanbe</footer></body></html>"""

PARAGRAPHS = (
    "Officials of Tajikistan and Uzbekistan met in Samarkand to talk about {topic}. Dushanbe had "
    "sent its own figures first, and nobody expected an agreement before the summer [1].",
    "The talks about {topic} went on for three days and ended with a paper that both sides "
    "signed. Traders at the border had waited for it since the bazaar was closed in winter [2].",
    "What becomes of {topic} will be seen in autumn, when the World Bank counts what was spent. "
    "{said} Until then the old rules stay in force on both sides of the river.",
)

LAST_MODIFIED = "Mon, 03 Mar 2025 09:30:00 GMT"


def article(topic: str, *, day: int = 3, said: str = "", head: str = "") -> bytes:
    """One article; `said` is one more sentence of it, `head` more of its head."""
    title = f"What was said about {topic}"
    paragraphs = "".join(f"<p>{p.format(topic=topic, said=said)}</p>\n" for p in PARAGRAPHS)
    page = ARTICLE.format(title=title, topic=topic, day=day, head=head, paragraphs=paragraphs)
    return page.encode()


def same_as(address: str) -> str:
    """What the head of a page says if it is another address of an article."""
    return f'<link rel="canonical" href="{escape(address)}">'


def kept(body: bytes, content_type: str = HTML, **more: Any) -> Reply:
    """A reply by whose ETag and Last-Modified a client can ask whether it has changed."""
    etag = f'"{sha256(body).hexdigest()[:16]}"'
    return Reply(body, content_type=content_type, etag=etag, last_modified=LAST_MODIFIED, **more)


def rss(addresses: Iterable[str]) -> bytes:
    """An RSS feed."""
    items = "".join(
        f"<item><title>An article</title><link>{escape(address)}</link>"
        "<pubDate>Mon, 03 Mar 2025 09:30:00 GMT</pubDate></item>"
        for address in addresses
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>Steppe Notes</title><link>/</link>{items}</channel></rss>"
    ).encode()


def atom(addresses: Iterable[str]) -> bytes:
    """An Atom feed."""
    entries = "".join(
        f'<entry><title>An article</title><id>urn:article:{number}</id><link href="{escape(a)}"/>'
        "<updated>2025-03-03T09:30:00Z</updated></entry>"
        for number, a in enumerate(addresses)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        "<title>Steppe Notes</title><id>urn:steppe</id>"
        f"<updated>2025-03-03T09:30:00Z</updated>{entries}</feed>"
    ).encode()


def sitemap(addresses: Iterable[str], *, of: str = "url") -> bytes:
    """A sitemap, or with `of="sitemap"` an index of sitemaps."""
    root = {"url": "urlset", "sitemap": "sitemapindex"}[of]
    rows = "".join(f"<{of}><loc>{escape(address)}</loc></{of}>" for address in addresses)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><{root} xmlns="{space}">{rows}</{root}>'.encode()


def listing(addresses: Iterable[str], following: str | None = None) -> bytes:
    """A page that lists articles, with a link to the page that follows."""
    rows = "".join(f'<h2 class="t"><a href="{escape(a)}">An article</a></h2>' for a in addresses)
    more = f'<a rel="next" class="older" href="{escape(following)}">Older</a>' if following else ""
    return f'<html><body><a href="/about">About</a>{rows}{more}</body></html>'.encode()


@dataclass
class Oai:
    """An OAI-PMH interface; answers every query with a document."""

    base: str
    addresses: Sequence[str]
    portion: int = 2
    """Records in one answer; a resumption token leads to the next ones."""
    day: str = "2025-03-03"

    def __call__(self, query: str, _headers: Mapping[str, str]) -> Reply:
        """The answer to a request."""
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        said = self._identity() if asked.get("verb") == "Identify" else self._records(asked)
        document = (
            '<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
            f"<responseDate>2025-06-01T00:00:00Z</responseDate><request>{self.base}</request>"
            f"{said}</OAI-PMH>"
        )
        return kept(document.encode(), "text/xml; charset=utf-8")

    def _identity(self) -> str:
        return (
            f"<Identify><repositoryName>Steppe</repositoryName><baseURL>{self.base}</baseURL>"
            "<protocolVersion>2.0</protocolVersion><adminEmail>a@steppe.example</adminEmail>"
            f"<earliestDatestamp>{self.day}</earliestDatestamp>"
            "<deletedRecord>no</deletedRecord><granularity>YYYY-MM-DD</granularity></Identify>"
        )

    def _records(self, asked: Mapping[str, str]) -> str:
        if asked.get("from", "")[:10] > self.day:
            return '<error code="noRecordsMatch">Nothing is newer.</error>'
        start = int(asked.get("resumptionToken", "0").removeprefix("after-"))
        ends = min(start + self.portion, len(self.addresses))
        rows = "".join(map(self._record, range(start, ends)))
        token = f"after-{ends}" if ends < len(self.addresses) else ""
        resumption = f"<resumptionToken>{token}</resumptionToken>" if token or start else ""
        return f"<ListRecords>{rows}{resumption}</ListRecords>"

    def _record(self, number: int) -> str:
        return (
            f"<record><header><identifier>oai:steppe:{number}</identifier>"
            f"<datestamp>{self.day}</datestamp></header><metadata>"
            '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>An article</dc:title>'
            f"<dc:identifier>{escape(self.addresses[number])}</dc:identifier>"
            "</oai_dc:dc></metadata></record>"
        )


@dataclass
class Steppe:
    """The journal under one of the host names of a server."""

    server: Journal
    host: str = "127.0.0.1"

    def at(self, path: str) -> str:
        """Address of `path`."""
        return self.server.url(path, self.host)

    def puts(self, path: str, *replies: Reply | bytes) -> str:
        """Put a document online under `path`, whatever the query; return its address.

        Bytes become a document that can be asked for changes; of several replies each is given
        once, and the last one stays.
        """
        left = [kept(reply) if isinstance(reply, bytes) else reply for reply in replies]
        self.server.answers(path, lambda *_: left.pop(0) if len(left) > 1 else left[0])
        return self.at(path)

    def prints(self, *topics: str) -> list[str]:
        """Put an article on each of `topics` online; return their addresses."""
        return [self.puts(f"/articles/{topic}", article(topic)) for topic in topics]

    def takes_down(self, topic: str) -> None:
        """Answer 404 for the article on `topic`."""
        self.puts(f"/articles/{topic}", Reply(b"No such page.", status=404))

    def feeds(self, path: str, addresses: Iterable[str]) -> dict[str, str]:
        """Put an RSS feed online; return what a source file says of it."""
        return {"kind": "rss", "at": self.puts(path, kept(rss(addresses), "application/rss+xml"))}

    def maps(self, *parts: Sequence[str]) -> dict[str, str]:
        """Put a sitemap of several parts online, index and parts packed; as `feeds` does."""
        places = [f"/sitemap-{number}.xml.gz" for number, _ in enumerate(parts)]
        for place, part in zip(places, parts, strict=True):
            self.puts(place, kept(gzip.compress(sitemap(part), mtime=0), "application/gzip"))
        index = gzip.compress(sitemap(map(self.at, places), of="sitemap"), mtime=0)
        return {"kind": "sitemap", "at": self.puts("/map.xml.gz", kept(index, "application/gzip"))}

    def lists(self, *pages: Sequence[str]) -> dict[str, str]:
        """Put pages online that list articles, one leading to the next; as `feeds` does."""
        for number, page in enumerate(pages, start=1):
            following = f"/archive/{number + 1}" if number < len(pages) else None
            self.puts(f"/archive/{number}", listing(page, following))
        return {
            "kind": "listing",
            "at": self.at("/archive/1"),
            "link": "h2.t a",
            "next": "a.older",
        }

    def exposes(self, addresses: Sequence[str]) -> dict[str, str]:
        """Put an OAI-PMH interface online; as `feeds` does."""
        self.server.answers("/oai", Oai(self.at("/oai"), addresses))
        return {"kind": "oai", "at": self.at("/oai")}


def write_source(
    folder: Path, name: str, feeds: Sequence[Mapping[str, Any]], **visits: Any
) -> None:
    """Write a source file; its pages are on this machine and may be asked for at once."""
    told = {
        "title": name.title(),
        "language": "en",
        "visits": {"allow_private": True, "delay_seconds": 0, **visits},
        "feeds": list(feeds),
    }
    (folder / f"{name}.yaml").write_text(json.dumps(told))


def local_names(monkeypatch: pytest.MonkeyPatch, names: Mapping[str, str | None]) -> None:
    """Give host names addresses, or none, without asking any name server.

    127.0.0.1, where the server is, then counts as an address of the internet: so it can be
    seen what becomes of others that do not.
    """
    from etl.extract.web import connections

    real_addresses, real_judge = socket.getaddrinfo, connections.is_public

    def addresses(host: Any, *args: Any, **more: Any) -> Any:
        if host not in names:
            return real_addresses(host, *args, **more)
        if names[host] is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return real_addresses(names[host], *args, **more)

    def is_public(address: Any) -> bool:
        return address == IPv4Address("127.0.0.1") or real_judge(address)

    monkeypatch.setattr(socket, "getaddrinfo", addresses)
    monkeypatch.setattr(connections, "is_public", is_public)


def rows(engine: sa.Engine, query: str, **given: Any) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query), given)]


def last_run(engine: sa.Engine, column: str = "run_id") -> Any:
    """A column of the run that began last."""
    return rows(engine, f"select {column} from ops.runs order by started_at desc limit 1")[0][0]


def ended(engine: sa.Engine) -> dict[str, tuple[str, str | None]]:
    """Outcome and reason of each URL of the last run."""
    told = "select url, outcome, reason from ops.outcomes where run_id = :run_id"
    return {url: (o, why) for url, o, why in rows(engine, told, run_id=last_run(engine))}


def due_now(engine: sa.Engine) -> None:
    """Let the time come when every URL is looked at again."""
    with engine.begin() as connection:
        connection.execute(sa.text("update ops.urls set next_check_at = now()"))
