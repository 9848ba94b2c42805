"""The journals read, one YAML file each: where new articles are announced, in which language.

Shipped files lie here; files of your own lie in the folder that `extra` names (`ETL_SOURCES`).
A file of your own hides a shipped one of the same name. The name of a source is the name of
its file without `.yaml`: small letters, digits and hyphens. Relative paths in a source file
start at the folder the file is in.
"""

import re
from functools import cache
from pathlib import Path
from typing import Annotated
from zoneinfo import available_timezones

import polars as pl
from pydantic import AfterValidator, Field, ValidationError

from etl import schema
from etl.errors import Misconfigured
from etl.sources import problems, yaml_lines
from etl.sources.feeds import (
    ArchiveFeed,
    Feed,
    FilesFeed,
    ListingFeed,
    OaiFeed,
    RssFeed,
    SitemapFeed,
    Strict,
    Visits,
    WaybackFeed,
    WebUrl,
    filled,
)
from etl.sources.reading import Reading, Rule, rules

__all__ = [
    "ArchiveFeed",
    "Feed",
    "FilesFeed",
    "ListingFeed",
    "OaiFeed",
    "Reading",
    "RssFeed",
    "Rule",
    "SitemapFeed",
    "Source",
    "Visits",
    "WaybackFeed",
    "load",
    "names",
    "row",
]

SHIPPED = Path(__file__).parent
ENDING = ".yaml"

NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
"""Name of a source: `inside-central-asia`."""


def iso_639_1(value: str) -> str:
    """`value`, if it is a language code of two letters."""
    import pycountry  # its tables take 0.1 s to read

    if pycountry.languages.get(alpha_2=value) and value.islower() and len(value) == 2:
        return value
    try:
        meant = getattr(pycountry.languages.lookup(value), "alpha_2", None)
    except LookupError:
        meant = None
    hint = f"did you mean {meant!r}? " if meant else ""
    raise ValueError(f"{hint}write a code of ISO 639-1, two small letters, such as en, ru, fa")


def iana(value: str) -> str:
    """`value`, if it is the name of a time zone."""
    zones = _zones()
    if value in zones:
        return value
    by_lower = {zone.lower(): zone for zone in zones} | {
        zone.rpartition("/")[2].lower(): zone for zone in zones
    }
    close = problems.closest(value, by_lower)
    hint = f"did you mean {by_lower[close]!r}? " if close else ""
    raise ValueError(f"{hint}write an IANA name, such as Asia/Dushanbe, or UTC")


@cache
def _zones() -> list[str]:
    """Names of all time zones of this machine, sorted."""
    return sorted(available_timezones())


class Source(Strict):
    """A journal: what it is called, its language, its feeds, and rules for its pages."""

    name: Annotated[str, Field(pattern=rf"^{NAME.pattern}$")]
    title: Annotated[str, Field(min_length=1)]
    homepage_url: WebUrl | None = None
    language: Annotated[str, AfterValidator(iso_639_1)]
    timezone: Annotated[str, AfterValidator(iana)] = "UTC"
    visits: Visits = Visits()
    feeds: Annotated[tuple[Feed, ...], AfterValidator(filled)]
    reading: tuple[Reading, ...] = ()
    """Where the generic reader errs: selectors that are right until a day."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """One rule per selector in `reading`."""
        return rules(self.reading)


def names(extra: Path | None = None) -> list[str]:
    """Names of all sources, sorted.

    Raises:
        Misconfigured: A folder is missing, or a file in it has a name no source can have.
    """
    return sorted(_files(extra))


def load(name: str, extra: Path | None = None) -> Source:
    """The source `name`, from the file of your own if there is one.

    Raises:
        Misconfigured: There is no such source, or its file is wrong; every problem is named
            with its line and column.
    """
    files = _files(extra)
    if name not in files:
        raise Misconfigured(f"source {name!r} is not known: {problems.one_of(name, sorted(files))}")
    return _read(name, files[name])


def row(source: Source) -> pl.DataFrame:
    """One row, ready to load into `sources`."""
    told = source.model_dump(exclude={"feeds", "visits", "reading"})
    frame = pl.DataFrame([{"source_id": schema.key(source.name), **told}])
    return schema.conform(frame, schema.Source)


def _files(extra: Path | None) -> dict[str, Path]:
    """Source files by name; those in `extra` hide shipped ones."""
    if extra is not None and not extra.is_dir():
        raise Misconfigured(f"ETL_SOURCES={extra}: no such folder; make it or unset ETL_SOURCES")
    folders = [SHIPPED] if extra is None else [SHIPPED, extra]
    return {path.stem: path for folder in folders for path in _listed(folder)}


def _listed(folder: Path) -> list[Path]:
    """Source files in `folder`; a misnamed one is an error, or it would never be read."""
    candidates = [
        path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in (ENDING, ".yml")
        and not path.name.startswith(".")
        and path.is_file()
    ]
    for path in candidates:
        if path.suffix != ENDING or not NAME.fullmatch(path.stem):
            raise Misconfigured(
                f"source file {path}: rename it to <name>{ENDING}, the name in small letters, "
                "digits and hyphens"
            )
    return candidates


def _read(name: str, path: Path) -> Source:
    """The source in the file at `path`."""
    document = _document(path)
    found = list(problems.repeated(document))
    if "name" in document.data:
        found.append(problems.Problem(document.mark(["name"]), NAMED_BY_FILE))
    try:
        source = Source.model_validate({**document.data, "name": name}, context=path.parent)
        found += problems.clashing(source.rules, document)
    except ValidationError as error:
        found += problems.problems(error, document, Source)
    if found:
        lines = "; ".join(str(problem) for problem in sorted(found))
        raise Misconfigured(f"source file {path}: {lines}")
    return source


NAMED_BY_FILE = "`name` is not written down, the file's own name is it; remove the line"


def _document(path: Path) -> yaml_lines.Document:
    """The YAML document at `path`, a mapping."""
    try:
        document = yaml_lines.read(path.read_text(encoding="utf-8-sig"))
    except yaml_lines.YamlBroken as error:
        problem = problems.Problem(error.mark, f"no valid YAML, {error}")
        raise Misconfigured(f"source file {path}: {problem}") from error
    except UnicodeDecodeError as error:
        raise Misconfigured(f"source file {path}: not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise Misconfigured(f"source file {path}: {error.strerror}") from error
    if not isinstance(document.data, dict):
        kind = "empty" if document.data is None else "not a mapping of keys"
        raise Misconfigured(f"source file {path}: {kind}; write title, language and feeds")
    return document
