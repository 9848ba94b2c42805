"""A zip file to the names of its pages, and names to pages; nothing is ever unpacked to disk.

A name is a name only: it never becomes a path of this machine.
"""

import stat
import zipfile
import zlib
from collections.abc import Collection, Iterator
from http import HTTPStatus
from pathlib import Path, PurePosixPath

from etl.errors import FetchFailed
from etl.extract.feeds import files
from etl.extract.lines import one_line
from etl.extract.web.answers import Answer
from etl.extract.web.failures import Failed, of_size

ENCRYPTED = 0x1
"""Flag of a member that needs a password."""

NOT_OURS = "__MACOSX"
"""Folder that macOS adds to zip files, for what its file system knows about their members."""

DAMAGES = (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What `zipfile` raises for damaged, encrypted, or oddly compressed members."""


def names(path: Path, patterns: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Names of the members that a pattern takes, in the order of the file, and problems.

    Hidden files, links and encrypted members are left out. Of several members of one name the
    last counts, as for everyone who unpacks the file.

    Raises:
        FetchFailed: It is no zip file, or its list of members is damaged.
        OSError: It cannot be read.
    """
    with _opened(path) as archive:
        found = {
            info.filename: info
            for info in archive.infolist()
            if _is_page(info) and files.wanted(relative(info.filename), patterns)
        }
    locked = [name for name, info in found.items() if info.flag_bits & ENCRYPTED]
    problems: list[str] = []
    if locked:
        problems.append(
            f"{len(locked):,} members need a password, the first is {locked[0][:100]!r}; "
            "pack them again without one"
        )
    return [name for name in found if name not in {*locked}], problems


def relative(name: str) -> str:
    r"""The name of a member as a path that stays inside its folder.

    >>> relative("../../etc/./passwd"), relative("C:\\issues\\5\\a.html")
    ('etc/passwd', 'issues/5/a.html')
    """
    parts = name.replace("\\", "/").split("/")
    if len(parts[0]) == 2 and parts[0].endswith(":"):
        parts = parts[1:]
    return "/".join(part for part in parts if part not in ("", ".", ".."))


def answers(path: Path, places: Collection[str], max_bytes: int) -> Iterator[tuple[str, Answer]]:
    """Each of the members named, as they follow each other in the file, with its content."""
    try:
        archive = _opened(path)
    except (FetchFailed, OSError) as error:
        for place in places:
            yield (
                place,
                _failed(place, Failed("fetch_failed", f"archive not read: {reason(error)}")),
            )
        return
    with archive:
        found = {place: archive.NameToInfo.get(place) for place in places}
        for place, info in sorted(found.items(), key=_order):
            yield place, _answer(archive, place, info, max_bytes)


def reason(error: Exception) -> str:
    """An error in one line, without a path of this machine."""
    return one_line(getattr(error, "strerror", None) or error or type(error).__name__)


def _opened(path: Path) -> zipfile.ZipFile:
    """The zip file.

    Raises:
        FetchFailed: It is none.
        OSError: It cannot be read.
    """
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise FetchFailed(f"no zip file that can be read ({reason(error)}); replace it") from error


def _is_page(info: zipfile.ZipInfo) -> bool:
    """Whether a member may be a page: a visible file, not a link to one."""
    parts = relative(info.filename).split("/")
    is_hidden = any(part.startswith(".") or part == NOT_OURS for part in parts)
    is_link = stat.S_ISLNK(info.external_attr >> 16)
    return not (info.is_dir() or is_hidden or is_link) and parts != [""]


def _order(found: tuple[str, zipfile.ZipInfo | None]) -> int:
    """Where a member begins in the file."""
    return found[1].header_offset if found[1] else -1


def _answer(
    archive: zipfile.ZipFile, place: str, info: zipfile.ZipInfo | None, max_bytes: int
) -> Answer:
    """One member as an answer."""
    try:
        content = _content(archive, info, max_bytes)
    except Failed as failure:
        return _failed(place, failure)
    except DAMAGES as error:
        return _failed(place, Failed("fetch_failed", f"damaged in its archive: {reason(error)}"))
    content_type = files.CONTENT_TYPES.get(PurePosixPath(place).suffix.lower())
    return Answer(place, HTTPStatus.OK, content_type, content)


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo | None, max_bytes: int) -> bytes:
    """The bytes of a member, unpacked no further than `max_bytes`.

    Raises:
        Failed: There is none, it needs a password, or it is too large.
    """
    if info is None:
        raise Failed("fetch_failed", "no longer in its archive")
    if info.flag_bits & ENCRYPTED:
        raise Failed("fetch_failed", "needs a password; pack it again without one")
    with archive.open(info) as member:
        content = member.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise of_size(max(info.file_size, len(content)), max_bytes)
    return content


def _failed(place: str, failure: Failed) -> Answer:
    """The answer for a member that cannot be had."""
    return Answer(place, failure=str(failure))
