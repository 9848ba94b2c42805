"""The place a source file names to its document: an address on the web, or a file.

Also how a document is described that turned out to be something else.
"""

from pathlib import Path

from etl.errors import FetchFailed
from etl.extract.feeds.asking import Asker, Document
from etl.extract.lines import one_line
from etl.sources.feeds import WEB


def given(at: str, asker: Asker, max_bytes: int) -> Document | None:
    """The document at `at`; None if it is on the web and as it was when it was read last.

    Files are read by every run: that is cheap. Relative links in a file start at the journal's
    home page.

    Raises:
        FetchFailed: It did not come, or has more than `max_bytes`.
    """
    if WEB.match(at):
        return asker.document(at, max_bytes, is_given=True)
    return Document(asker.source.homepage_url or "", _content(Path(at), max_bytes), None)


def described(document: Document) -> str:
    """What a document looks like that is not what it should be: its type, and how it starts."""
    start = one_line(document.content[:200].decode("utf-8", "replace"), 60)
    return f"{document.content_type or 'of no type'}, and starts {start!r}"


def _content(path: Path, max_bytes: int) -> bytes:
    """The bytes of a file."""
    try:
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except OSError as error:
        raise FetchFailed(f"{path}: {error.strerror}") from error
    if len(content) > max_bytes:
        raise FetchFailed(f"{path}: over {max_bytes:,} bytes, too large for a feed")
    return content
