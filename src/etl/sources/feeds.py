"""The kinds of feed a source file can name, one model each.

A new kind is its model here, in the union `Feed`, and one module in `etl.extract` with one
line in its registry `KINDS`. Models only say what may be written in a source file; how a kind
is read stands in `etl.extract`.
"""

import re
from pathlib import Path
from typing import Annotated, Literal, TypeVar, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

WEB = re.compile(r"https?://", re.IGNORECASE)
"""Start of an address on the web: `https://`."""

SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
"""Start of any other address: `ftp:`, `file:`; one letter is a drive, as in `C:`."""

CREDENTIALS = re.compile(r"(?<=//)[^/?#]*@")
"""User and password in an address: `reader:secret@`."""


T = TypeVar("T")


class Strict(BaseModel):
    """Base of what is written in source files: no unknown keys, no changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def web_url(value: str) -> str:
    """`value`, if it is an http(s) URL with a host."""
    if not WEB.match(value) or not urlsplit(value).hostname:
        raise ValueError("write a URL that starts with http:// or https://")
    return value


def folder_path(value: str, info: ValidationInfo) -> str:
    """`value` as a path; a relative one lies beside the source file."""
    if SCHEME.match(value):
        raise ValueError("write a path; relative ones start at the folder of this file")
    path = Path(value).expanduser()
    return str(((info.context or Path()) / path).absolute())


def feed_address(value: str, info: ValidationInfo) -> str:
    """`value`, if it is a web URL, else the path of a feed file beside the source file."""
    if WEB.match(value):
        return web_url(value)
    if SCHEME.match(value):
        raise ValueError("write an http(s) URL, or the path of a feed file")
    return folder_path(value, info)


def listed(value: object) -> object:
    """One pattern as a list of one."""
    return (value,) if isinstance(value, str) else value


def filled(value: tuple[T, ...]) -> tuple[T, ...]:
    """`value`, if it holds anything; pydantic's `min_length` does not count what is invalid."""
    if not value:
        raise ValueError("must not be empty")
    return value


def inner_glob(value: str) -> str:
    """`value`, if it is a glob that stays inside its folder."""
    if value.startswith("/") or "\\" in value or ".." in value.split("/"):
        raise ValueError("write a glob below the folder, such as **/*.html")
    return value


WebUrl = Annotated[str, AfterValidator(web_url)]
FolderPath = Annotated[str, Field(min_length=1), AfterValidator(folder_path)]
FeedAddress = Annotated[str, Field(min_length=1), AfterValidator(feed_address)]
Glob = Annotated[str, Field(min_length=1), AfterValidator(inner_glob)]


class AnyFeed(Strict):
    """What all kinds share: a kind and the place where new pages are announced."""

    kind: str
    at: str

    @property
    def label(self) -> str:
        """Kind and place in one line, without credentials, as in `rss https://…/feed.xml`."""
        return f"{self.kind} {CREDENTIALS.sub('', self.at)}"


class FilesFeed(AnyFeed):
    """A folder of pages, read anew by every run."""

    kind: Literal["files"]
    at: FolderPath
    base_url: WebUrl | None = None
    """Where the folder is, or was, on the web; file names follow it in URLs."""
    pattern: Annotated[tuple[Glob, ...], BeforeValidator(listed), AfterValidator(filled)] = (
        "**/*.html",
        "**/*.htm",
        "**/*.txt",
    )
    """Globs of the files to take, in any case; `**` stands for any number of folders."""


class RssFeed(AnyFeed):
    """An RSS, Atom or JSON feed on the web, or kept in a file."""

    kind: Literal["rss"]
    at: FeedAddress


Feed = Annotated[FilesFeed | RssFeed, Field(discriminator="kind")]
"""A feed of any kind; `kind` tells which."""

MODELS: dict[str, type[AnyFeed]] = {
    get_args(model.model_fields["kind"].annotation)[0]: model
    for model in get_args(get_args(Feed)[0])
}
"""Models by kind, in the order of the union."""
