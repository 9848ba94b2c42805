"""A survey of a site to the source file a person would write, and the file to its folder."""

import os
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit
from uuid import uuid4

from etl.errors import Misconfigured

if TYPE_CHECKING:
    from etl.extract.survey import Survey
    from etl.extract.survey.offers import Offer

TOP_LEVEL = re.compile(r"(?:\.(?:ac|co|com|edu|gov|net|org))?\.[a-z][a-z0-9-]*$")
"""End of a host that names nothing: `.org`, `.co.uk`."""

TEMPLATE = """\
title: {title}
homepage_url: {homepage_url}
language: {language}
feeds:
  - kind: listing
    at: {homepage_url}  # the page that lists the articles
    link: h2 > a  # a CSS selector of the links to them
    next: a[rel~="next"]  # of the link to older ones; leave it out if there is none
    pages: 10
"""
"""What to write by hand where nothing was found."""


class Choice(NamedTuple):
    """What a person or the survey decided about a source."""

    name: str
    language: str
    language_from: str
    """Where the language was taken from: `declared by the home page`."""
    timezone: str | None
    allow_private: bool


def name_of(address: str) -> str:
    """Name of the source at a web address.

    >>> name_of("https://www.inside-central-asia.example/news/")
    'inside-central-asia'
    """
    from etl.extract.urls import PREFIX_OF_HOST

    host = PREFIX_OF_HOST.sub("", (urlsplit(address).hostname or "").lower())
    return re.sub(r"[^a-z0-9]+", "-", TOP_LEVEL.sub("", host) or host).strip("-")


def text(found: "Survey", choice: Choice, on: date) -> str:
    """The source file, with comments on what was found."""
    lines = [
        f"# Surveyed on {on} by `etl sources add`; `etl sources check {choice.name}` looks again.",
        f"title: {scalar(found.title)}",
        f"homepage_url: {scalar(found.homepage_url)}",
        f"language: {choice.language}  # {choice.language_from}",
    ]
    if choice.timezone:
        lines.append(f"timezone: {choice.timezone}")
    else:
        lines.append("# timezone: Asia/Dushanbe  # of its datelines; UTC without this line")
    if choice.allow_private:
        lines += ["visits:", "  allow_private: true  # it is on this machine or its network"]
    lines.append("feeds:")
    for offer in found.feeds:
        lines += _entry(offer)
    lines += ["", *_reading(on)]
    if found.notes:
        lines += ["", *(f"# {comment(note)}" for note in found.notes)]
    spare = [offer for offer in found.left_out if offer.probe.link_count]
    if spare:
        lines += ["", "# Found, and not read:"]
    for offer in spare:
        lines += [f"# {line}" for line in _entry(offer)]
    return "\n".join(lines) + "\n"


def _reading(on: date) -> Iterator[str]:
    """A rule for its pages, to be written where the generic reader errs, as a comment."""
    until = date(on.year + 1, on.month, min(on.day, 28))
    yield "# Where its pages are misread, CSS selectors say what is where, until a day:"
    yield "# reading:"
    yield "#   - body: div.article-text  # or title, date, authors, references, drop"
    yield f"#     valid_until: {until}"


def by_hand(found: "Survey", language: str) -> str:
    """A source file to begin with where nothing was found."""
    return TEMPLATE.format(
        title=scalar(found.title), homepage_url=scalar(found.homepage_url), language=language
    )


def proved(name: str, content: str) -> str:
    """`content`, if it is a source file.

    Raises:
        Misconfigured: It is none; the problems are named.
    """
    from etl import sources

    with TemporaryDirectory(prefix="etl-source-") as folder:
        Path(folder, f"{name}{sources.ENDING}").write_text(content, encoding="utf-8")
        sources.load(name, Path(folder))
    return content


def write(folder: Path, name: str, content: str) -> Path:
    """Write a source file that is not there yet: all of it, or nothing.

    Raises:
        Misconfigured: It is there, or the folder cannot be written.
    """
    from etl.sources import ENDING

    path = folder / f"{name}{ENDING}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_whole(path, content)
    except FileExistsError as error:
        raise Misconfigured(
            f"source file {path} is there already; remove it, or give --name"
        ) from error
    except OSError as error:
        raise Misconfigured(
            f"folder {folder}: {error.strerror}; set ETL_SOURCES to one that can be written"
        ) from error
    return path


def _write_whole(path: Path, content: str) -> None:
    """Write a new file beside its place, then put it there.

    Raises:
        FileExistsError: There is one.
    """
    # Hidden, so that no run takes it for a source.
    aside = path.with_name(f".{path.stem}.{uuid4().hex}")
    try:
        with aside.open("x", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            raise FileExistsError(path)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def scalar(value: str) -> str:
    """`value` as YAML on one line, in quotes where it needs them.

    >>> scalar("Oasis: a review")
    "'Oasis: a review'"
    """
    import yaml

    written: str = yaml.safe_dump(value, allow_unicode=True, width=1_000_000)
    return written.removesuffix("\n").removesuffix("\n...")


def comment(line: str) -> str:
    """`line` without what a comment cannot hold: ends of lines, control characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in line).split())


def told(offer: "Offer") -> str:
    """What a feed holds, in words: `10 links, the newest of 2026-11-22`."""
    newest = offer.probe.newest_at
    return offer.probe.count_shown + (f", the newest of {newest:%Y-%m-%d}" if newest else "")


def _entry(offer: "Offer") -> Iterator[str]:
    """One feed as lines of the list."""
    written: Mapping[str, Any] = offer.feed.model_dump(exclude_unset=True)
    yield f"  # {comment(told(offer))}; from {comment(offer.found_in)}."
    if offer.reason:
        yield f"  # {comment(offer.reason)}."
    for number, (key, value) in enumerate(written.items()):
        lead = "  - " if number == 0 else "    "
        if isinstance(value, tuple):
            value = value[0]
        note = "  # lists of articles" if key == "exclude" else ""
        yield f"{lead}{key}: {value if isinstance(value, int) else scalar(value)}{note}"
