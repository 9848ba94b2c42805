"""What can go wrong, grouped by what should happen next.

* EtlError
  + Transient            the flow retries: the world may recover on its own
    - FetchFailed
    - WorkerLost
  + Rejected             one page is set aside with its `outcome`, the run goes on
    - NoArticleFound
    - SoftNotFound
    - SuspendedSite
    - ConsentWall
    - UnreadablePage
    - UnknownCharset
    - PageTooLarge
  + Broken               the run stops and a person is told
    - AuditFailed
    - KeyCollision
    - SchemaMismatch
    - StagingLost
    - WarehouseUnreachable
    - Misconfigured      exit code 2: what was typed or written down is wrong

Messages hold the thing, the value and the next move.
"""

from typing import ClassVar


class EtlError(Exception):
    """Something went wrong in the pipeline."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)


class Transient(EtlError):
    """The outside world failed in a way that may pass."""


class FetchFailed(Transient):
    """A page or feed could not be fetched."""


class WorkerLost(Transient):
    """A process that reads pages could not be started."""


class Rejected(EtlError):
    """One page cannot be turned into an article."""

    outcome: ClassVar[str] = "rejected"


class NoArticleFound(Rejected):
    """The page holds no article text."""

    outcome: ClassVar[str] = "not_an_article"


class SoftNotFound(Rejected):
    """The server answered 200, but the page says that there is none."""

    outcome: ClassVar[str] = "soft_404"


class SuspendedSite(Rejected):
    """The host shows its notice in place of the journal: suspended, expired, parked."""

    outcome: ClassVar[str] = "suspended"


class ConsentWall(Rejected):
    """A question to a person, about cookies or being a robot, stands in place of the page."""

    outcome: ClassVar[str] = "consent_wall"


class UnknownCharset(Rejected):
    """The bytes fit neither the charset they declare nor any that was detected."""

    outcome: ClassVar[str] = "charset"


class UnreadablePage(Rejected):
    """The page is empty, binary, or damaged beyond reading."""

    outcome: ClassVar[str] = "unreadable"


class PageTooLarge(Rejected):
    """The page is larger than one article can be."""

    outcome: ClassVar[str] = "too_large"


class Broken(EtlError):
    """The run cannot go on without a person."""


class AuditFailed(Broken):
    """Staged rows failed a critical expectation; the warehouse was not touched."""


class KeyCollision(Broken):
    """Two different natural keys hash to the same 64-bit key."""


class SchemaMismatch(Broken):
    """A frame differs from the table it is meant for."""


class StagingLost(Broken):
    """Staged rows are fewer or more than were written; stage the batch again."""


class WarehouseUnreachable(Broken):
    """No connection to the warehouse could be made."""


class Misconfigured(Broken):
    """A setting, a source file or an expectation is wrong."""

    exit_code: ClassVar[int] = 2
