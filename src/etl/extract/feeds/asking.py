"""What a reader of a feed may ask: documents of the web, once more only if they changed.

In come a source, the web and what earlier runs remember of its documents; out go documents.
How a feed is understood belongs to the module of its kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from etl.errors import FetchFailed
from etl.extract.feeds.announced import Read
from etl.extract.web import Ask, Web
from etl.sources import Source


@dataclass(frozen=True)
class Document:
    """A document of a feed, as it came."""

    address: str
    """Where it came from, after redirects; relative links start here."""
    content: bytes
    content_type: str | None


@dataclass
class Asker:
    """Asks for the documents of one feed in one run, and keeps what a later run needs to know."""

    source: Source
    web: Web
    now: datetime
    known: Mapping[str, Read] = field(default_factory=dict)
    """Documents read by earlier runs, by address."""
    read: list[Read] = field(default_factory=list)
    """Documents read now, for `Announced.read`."""

    def document(self, address: str, max_bytes: int, *, is_given: bool = False) -> Document | None:
        """The document at `address`; None if it is as it was when it was read last.

        Args:
            address: An http(s) address.
            max_bytes: A larger one fails; counted after decompression of the transfer.
            is_given: A person wrote the address down: robots.txt is not asked.

        Raises:
            FetchFailed: It did not come; the message is the reason alone.
        """
        before = self.known.get(address, Read(address))
        ask = Ask(address, before.etag, before.last_modified, is_given=is_given)
        answer = self.web.get(ask, max_bytes)
        if answer.is_unmodified:
            return None
        if answer.content is None:
            raise FetchFailed((answer.failure or "").partition(": ")[2] or "no answer")
        content_hash = sha256(answer.content).hexdigest()
        now = Read(address, answer.etag, answer.last_modified, content_hash)
        self.read.append(now)
        if content_hash == before.content_hash:
            return None
        return Document(answer.address, answer.content, answer.content_type)
