"""An OAI-PMH repository or e-journal to links; feed kind `oai`.

The first harvest lists everything, later ones what has changed since. Requests and the XML of
answers belong to `etl.extract.feeds.repository`; which of the addresses in a record is its page is
decided here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit

from oaipmh_scythe import (
    BadArgument,
    BadResumptionToken,
    CannotDisseminateFormat,
    NoRecordsMatch,
    NoSetHierarchy,
    OAIPMHException,
)
from oaipmh_scythe.client import OAI_NAMESPACE
from oaipmh_scythe.models import Record

from etl.errors import FetchFailed
from etl.extract import urls
from etl.extract.feeds.announced import Announced, Link, Read
from etl.extract.feeds.asking import Asker
from etl.extract.feeds.repository import Page, Repository, address
from etl.extract.lines import one_line
from etl.sources import OaiFeed
from etl.sources.feeds import WEB

OVERLAP = timedelta(days=1)
"""How far a harvest reaches back behind the last one: records are dated before they can be
seen, and some repositories write their local time as if it were UTC."""

DAY = "%Y-%m-%d"
SECOND = "%Y-%m-%dT%H:%M:%SZ"
"""How dates are written to repositories, by how fine theirs are."""

DAY_LENGTH = len("2024-05-01")

RESOLVERS = frozenset({"doi.org", "dx.doi.org", "hdl.handle.net"})
"""Hosts that know where a page is today; its own address is better."""

NO_PAGE = re.compile(
    r"/(?:download|viewFile)/|\.(?:pdf|docx?|odt|rtf|epub|zip|xml|jpe?g|png|tiff?|mp[34])$",
    re.IGNORECASE,
)
"""Path of a file that goes with an article: `/article/download/12/7`, `/12/1/paper.pdf`."""

HINTS: dict[type[OAIPMHException], str] = {
    BadArgument: "; check `at`, `set` and `prefix`",
    CannotDisseminateFormat: "; correct `prefix`",
    NoSetHierarchy: "; leave `set` out",
}
"""What to do about an error of the repository."""


@dataclass
class Harvest:
    """What came of one harvest."""

    host: str
    """Where the repository is."""
    found: dict[str, Link] = field(default_factory=dict)
    """By URL."""
    page_count: int = 0
    damaged_count: int = 0
    """Pages of which records were lost."""
    record_count: int = 0
    """Records that are not deleted."""
    nameless_count: int = 0
    """Records that name no page on the web."""
    stop: str | None = None
    """Why the list ended too early; None if it did not."""

    def begin(self) -> None:
        """Count from the start of the list; links that were found already stay."""
        self.page_count = self.damaged_count = self.record_count = self.nameless_count = 0

    @property
    def is_complete(self) -> bool:
        """Whether all records came."""
        return self.stop is None and not self.damaged_count

    def take(self, page: Page) -> None:
        """Add one page of the list."""
        self.page_count += 1
        self.damaged_count += page.is_damaged
        for element in page.xml.iterfind(f".//{OAI_NAMESPACE}record"):
            try:
                record = Record(element)
            # Without a header, or with nothing in its metadata.
            except (ValueError, StopIteration):
                record = None
            if record is None or not record.deleted:
                self._add(record)

    def _add(self, record: Record | None) -> None:
        """Add one record; None stands for one that cannot be read."""
        self.record_count += 1
        where = page_address(_identifiers(record), self.host) if record else None
        if record is None or where is None:
            self.nameless_count += 1
            return
        url = urls.canonical(where)
        self.found[url] = Link(url, where, changed_at(record.header.datestamp))


def links(feed: OaiFeed, asker: Asker) -> Announced:
    """One link per record that names its page, in the order of the list; deleted ones left out.

    `announced_at` is when the record was changed, for the whole day where only that is told.
    Where a list ended too early, what came is kept, and the next harvest begins where this did.

    Raises:
        FetchFailed: Nothing came.
    """
    query = {"verb": "ListRecords", "metadataPrefix": feed.prefix}
    place = address(feed.at, query | ({"set": feed.set} if feed.set else {}))
    since = asker.known.get(place, Read(place)).since
    repository = Repository(feed.at, asker)
    harvest = Harvest(urlsplit(feed.at).hostname or "")
    try:
        since = _listed(repository, feed, since, harvest)
    except (FetchFailed, OAIPMHException) as error:
        harvest.stop = _reason(error)
        if not harvest.page_count and not harvest.found:
            raise FetchFailed(harvest.stop) from error
    read: tuple[Read, ...] = ()
    if harvest.is_complete:
        read = (Read(place, since=_next_since(repository, since, asker.now)),)
    return Announced(list(harvest.found.values()), _problems(harvest), read)


def page_address(identifiers: Iterable[str], host: str) -> str | None:
    """Which of the identifiers of a record is the address of its page; None if none is.

    On the repository's own `host`, the shortest: e-journals name files of an article beside it,
    at longer addresses. Else the first one anywhere, resolvers of DOIs and handles last.

    >>> names = ["10.5555/7", "https://doi.org/10.5555/7", "https://oasis.example/view/7"]
    >>> page_address(names, "oasis.example")
    'https://oasis.example/view/7'
    """

    def rank(where: str) -> tuple[int, bool, int]:
        """The lowest is best; of equals the first."""
        parts = urlsplit(where)
        is_file = NO_PAGE.search(parts.path) is not None
        if _site(parts.hostname) == _site(host):
            return 0, is_file, len(where)
        return 2 if _site(parts.hostname) in RESOLVERS else 1, is_file, 0

    on_web = (urls.resolved(name, None) for name in identifiers if WEB.match(name))
    return min((where for where in on_web if where), key=rank, default=None)


def changed_at(datestamp: str | None) -> datetime | None:
    """When a record was changed, in UTC; the last second of a day without a time.

    >>> changed_at("2024-05-01").isoformat(), changed_at("2024-05-01T10:00:00Z").isoformat()
    ('2024-05-01T23:59:59+00:00', '2024-05-01T10:00:00+00:00')
    """
    text = (datestamp or "").strip()
    try:
        at = datetime.fromisoformat(text)
        if len(text) == DAY_LENGTH:
            at = datetime.combine(at, time(23, 59, 59))
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _listed(
    repository: Repository, feed: OaiFeed, since: str | None, harvest: Harvest
) -> str | None:
    """Harvest the list to its end; `since`, or None if the repository no longer accepts it.

    Once it starts over: tokens expire, and a new version of a repository may date by days.

    Raises:
        FetchFailed: A page of the list did not come.
        OAIPMHException: The repository answers with an error.
    """
    try:
        _pages(repository, feed, since, harvest)
    except BadResumptionToken:
        _pages(repository, feed, since, harvest)
    except BadArgument:
        if since is None:
            raise
        since = None
        _pages(repository, feed, since, harvest)
    return since


def _pages(repository: Repository, feed: OaiFeed, since: str | None, harvest: Harvest) -> None:
    """Harvest the list once; that nothing matches means that nothing has changed."""
    harvest.begin()
    begin = _from(since) if since else None
    try:
        for page in repository.pages(begin, feed.prefix, feed.set):
            harvest.take(page)
    except NoRecordsMatch:
        return


def _from(since: str) -> str:
    """Where a harvest begins if the last one was made at `since`; as fine as that is written."""
    form = DAY if len(since) == DAY_LENGTH else SECOND
    return (datetime.fromisoformat(since) - OVERLAP).strftime(form)


def _next_since(repository: Repository, before: str | None, now: datetime) -> str:
    """When this harvest was made, by the clock of the repository if that is not ahead of ours."""
    by_second = len(before) > DAY_LENGTH if before else repository.dates_by_second()
    at = min(repository.listed_at or now, now).astimezone(UTC)
    return at.strftime(SECOND if by_second else DAY)


def _problems(harvest: Harvest) -> list[str]:
    """One line for each way in which records were lost."""
    lines = []
    if harvest.stop:
        lines.append(
            f"after page {harvest.page_count:,} of the list: {harvest.stop}; what came is kept, "
            "the next harvest starts over"
        )
    if harvest.damaged_count:
        lines.append(
            f"records are missing on {harvest.damaged_count:,} of {harvest.page_count:,} pages "
            "of the list: their XML is damaged; the next harvest starts over"
        )
    if harvest.nameless_count:
        lines.append(
            f"{harvest.nameless_count:,} of {harvest.record_count:,} records name no page on the "
            "web; they are left out"
        )
    return lines


def _identifiers(record: Record) -> list[str]:
    """What the elements of a record that end in `identifier` say, in any metadata format."""
    return [
        text.strip()
        for name, texts in record.metadata.items()
        if name.lower().endswith("identifier")
        for text in texts
        if text
    ]


def _site(host: str | None) -> str:
    """A host without `www.`."""
    return (host or "").removeprefix("www.")


def _reason(error: Exception) -> str:
    """An error in one line."""
    if not isinstance(error, OAIPMHException):
        return one_line(error)
    name, hint = type(error).__name__, HINTS.get(type(error), "")
    return one_line(f"the repository says {name}: {str(error) or 'no more than that'}{hint}")
