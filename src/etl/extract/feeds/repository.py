"""An OAI-PMH repository as oaipmh-scythe reads it, asked through an `Asker`.

The library follows resumption tokens, names errors and reads records; its own client is never
used, so that limits, pauses and refused addresses hold here as everywhere. Which links a harvest
gives belongs to `etl.extract.feeds.oai`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx2
from lxml import etree
from oaipmh_scythe import OAIPMHException, OAIResponse, Scythe
from oaipmh_scythe.client import OAI_NAMESPACE
from oaipmh_scythe.iterator import OAIResponseIterator

from etl.errors import FetchFailed
from etl.extract.feeds.asking import Asker, Document
from etl.extract.lines import one_line

MAX_ANSWER_BYTES = 20_000_000
"""Lists come in pages of 20 to 1,000 records of some 3 kB each."""

MAX_PAGES = 2_000
"""Pages of one list: with 100 records each twenty times the largest journals."""

ARGUMENTS = frozenset(
    {"verb", "metadataPrefix", "set", "from", "until", "identifier", "resumptionToken"}
)
"""Arguments of the protocol; in the address of an endpoint they are left over from a browser."""

RECORD = re.compile(rb"<(?:[\w.-]+:)?record[\s>]")
"""Start of a record: `<record>`, `<oai:record xml:lang="ru">`."""

END = re.compile(rb"</(?:[\w.-]+:)?OAI-PMH\s*>")
"""End of every answer."""


@dataclass
class Page(OAIResponse):
    """One answer: for lists one page of it."""

    root: etree._Element
    is_damaged: bool
    """Whether records of it were lost to damaged markup."""

    @property
    def xml(self) -> etree._Element:
        """The answer, read once and without what a stranger's XML can do to its reader."""
        return self.root


class Repository(Scythe):
    """Asks one repository, and knows when it first answered."""

    def __init__(self, at: str, asker: Asker) -> None:
        """The repository at the address `at`."""
        super().__init__(at, iterator=OAIResponseIterator)
        self._asker = asker
        self._tokens: set[str] = set()
        self.listed_at: datetime | None = None
        """When its first answer with a list was made, by its own clock; None if it said not."""

    def pages(self, begin: str | None, prefix: str, part: str | None) -> Iterator[Page]:
        """The list of records, page by page.

        Args:
            begin: Day or second from which on; None: all.
            prefix: Metadata format.
            part: `setSpec` of the part to take; None: all.

        Raises:
            FetchFailed: A page did not come.
            OAIPMHException: The repository answers with an error.
        """
        for page in self.list_records(from_=begin, metadata_prefix=prefix, set_=part):
            # The library says that records may come, too; with its iterator over pages none do.
            if isinstance(page, Page):
                yield page

    def harvest(self, query: dict[str, str]) -> Page:
        """The answer to one request.

        Raises:
            FetchFailed: It did not come, is none, or would never end.
            OAIPMHException: The repository answers with an error.
        """
        self._follow(query.get("resumptionToken"))
        document = self._asker.document(
            address(self.endpoint, query), MAX_ANSWER_BYTES, is_given=True
        )
        if document is None:
            raise FetchFailed("the repository says that nothing has changed, and was not asked")
        root, is_damaged = _parsed(document)
        if query["verb"] == "ListRecords":
            self.listed_at = self.listed_at or _time(root.findtext(f"{OAI_NAMESPACE}responseDate"))
        http = httpx2.Response(HTTPStatus.OK, content=document.content)
        page = Page(http, query, root, is_damaged)
        page.raise_for_oaipmh_error()
        return page

    def dates_by_second(self) -> bool:
        """Whether lists may begin at a second; every repository understands days."""
        try:
            granularity = getattr(self.identify(), "granularity", None)
        except (FetchFailed, OAIPMHException, ValueError):
            return False
        return str(granularity).strip() == "YYYY-MM-DDThh:mm:ssZ"

    def _follow(self, token: str | None) -> None:
        """Remember one more token; without one a list begins.

        Raises:
            FetchFailed: The list leads in a circle, or on and on.
        """
        if token is None:
            self._tokens.clear()
            return
        if token in self._tokens:
            raise FetchFailed(f"the list leads in a circle: token {token[:60]!r} came twice")
        self._tokens.add(token)
        if len(self._tokens) >= MAX_PAGES:
            raise FetchFailed(f"the list has more than {MAX_PAGES:,} pages; take a `set` of it")


def address(endpoint: str, query: dict[str, str]) -> str:
    """Address of one request; arguments that the endpoint needs itself stay.

    >>> address("https://oasis.example/index.php?page=oai&verb=Identify", {"verb": "ListSets"})
    'https://oasis.example/index.php?page=oai&verb=ListSets'
    """
    parts = urlsplit(endpoint)
    own = [pair for pair in parse_qsl(parts.query, True) if pair[0] not in ARGUMENTS]
    return parts._replace(query=urlencode([*own, *query.items()]), fragment="").geturl()


def _parsed(document: Document) -> tuple[etree._Element, bool]:
    """An answer as XML, and whether records of it were lost.

    Control characters and stray `&` from pasted abstracts are common, and passed over.

    Raises:
        FetchFailed: It is no answer of a repository, or breaks off.
    """
    # Entities are not resolved, nothing is loaded, and libxml2's own limits stay in force.
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.XML(document.content, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None or etree.QName(root).localname != "OAI-PMH":
        start = one_line(document.content[:200].decode("utf-8", "replace"), 60)
        raise FetchFailed(f"no OAI-PMH: it is {document.content_type}, and starts {start!r}")
    if not END.search(document.content):
        raise FetchFailed("the answer breaks off in the middle")
    lost = len(RECORD.findall(document.content)) > sum(1 for _ in root.iter("{*}record"))
    return root, lost and len(parser.error_log) > 0


def _time(text: str | None) -> datetime | None:
    """A time in UTC from ISO 8601; None if it is no time."""
    try:
        at = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at
