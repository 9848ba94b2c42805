"""A folder of pages to links; feed kind `files`.

Hidden files and folders are passed over. Linked folders are not entered (inside the folder
their files are found where they really lie, outside they are none of ours), and a linked
file counts only if what it points to lies in the folder.
"""

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from etl.errors import FetchFailed
from etl.extract import urls
from etl.extract.feeds.announced import Announced, Link
from etl.extract.feeds.asking import Asker
from etl.sources import FilesFeed

CONTENT_TYPES = {
    ".htm": "text/html",
    ".html": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".txt": "text/plain",
}
"""Content types of files by ending; own ones, as those of a machine differ."""

PAGE_TYPES = tuple(dict.fromkeys(CONTENT_TYPES.values()))
"""Content types of pages, in archives too."""


def links(feed: FilesFeed, asker: Asker) -> Announced:
    """One link per matching file, sorted by path; `announced_at` is unknown.

    The folder is read anew every time: that is cheap, and nothing tells that a file has changed.

    Raises:
        FetchFailed: The folder is missing or cannot be read.
    """
    folder = Path(feed.at)
    if not folder.is_dir():
        kind = "not a folder" if folder.exists() else "no such folder"
        raise FetchFailed(f"{folder}: {kind}; make it or correct `at`")
    root = folder.resolve()
    found: list[Link] = []
    problems: list[str] = []
    for path in sorted(_files(root, problems), key=lambda path: path.parts):
        relative = path.relative_to(root).as_posix()
        if not wanted(relative, feed.pattern):
            continue
        try:
            relative.encode()  # a name that is not UTF-8 fits neither frames nor Postgres
            url = urls.of_file(relative, feed.base_url, asker.source.name)
            # Every run reads it while it is there, so nothing needs to come back to it.
            found.append(Link(url, str(path), None, is_live=False))
        except ValueError as error:
            problems.append(f"{relative!r}: {_reason(error)}")
    return Announced(found, problems)


def wanted(relative: str, patterns: tuple[str, ...]) -> bool:
    """Whether any glob takes the file at this path; upper and lower case are the same.

    >>> wanted("2011/March/A.HTML", ("**/*.html",)), wanted("x/a.html", ("*.html",))
    (True, False)
    """
    parts = relative.lower().split("/")
    return any(_matches(parts, pattern.lower().split("/")) for pattern in patterns)


def _files(root: Path, problems: list[str]) -> Iterator[Path]:
    """Visible files below `root`; folders that cannot be listed are added to `problems`.

    Raises:
        FetchFailed: `root` itself cannot be listed.
    """

    def unreadable(error: OSError) -> None:
        """Stop at the root, note anything deeper."""
        if Path(error.filename) == root:
            raise FetchFailed(f"{root}: {error.strerror}") from error
        inside = Path(error.filename).relative_to(root).as_posix()
        problems.append(f"folder {inside!r}: {error.strerror}")

    for folder, folders, names in os.walk(root, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        visible = (Path(folder, name) for name in names if not name.startswith("."))
        yield from (path for path in visible if path.is_file() and _inside(path, root))


def _inside(path: Path, root: Path) -> bool:
    """Whether the file lies in the folder, also when it is reached by a link."""
    return not path.is_symlink() or path.resolve().is_relative_to(root)


def _matches(parts: list[str], pattern: list[str]) -> bool:
    """Whether the parts of a path fit those of a glob; `**` takes any number, also none."""
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_matches(parts[skip:], pattern[1:]) for skip in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _matches(parts[1:], pattern[1:])


def _reason(error: ValueError) -> str:
    """Why a file cannot be taken."""
    if isinstance(error, UnicodeEncodeError):
        return "the name is not valid UTF-8; rename it"
    return str(error)
