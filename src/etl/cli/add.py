"""`etl sources add`: the address of a site to a source file that works."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.cli import render, source_file
from etl.cli.sources import DEGRADED, as_dict, asking, show
from etl.errors import FetchFailed, Misconfigured

if TYPE_CHECKING:
    from etl.extract.survey import Survey
    from etl.extract.survey.offers import Offer
    from etl.settings import Settings

PRIVATE = "allow_private"
"""In the reason of an address that is refused for being of this machine or its network."""

ENGLISH = "en"
"""What templates of sites declare where nobody changed it."""


def add(
    url: str,
    *,
    name: str | None = None,
    language: str | None = None,
    timezone: str | None = None,
    allow_private: bool = False,
    dry_run: bool = False,
    json: bool = False,
) -> int:
    """Find the feeds of a site and write its source file.

    Looks at the home page, robots.txt and the usual places, with 25 requests at most, and reads
    every feed it finds. Exits 3 if there is none.

    Parameters
    ----------
    url
        Address of the home page, or of a feed.
    name
        Name of the source; made of the host if not given.
    language
        Main language, a code of ISO 639-1; as the home page has it if not given.
    timezone
        Time zone of its datelines, such as Asia/Dushanbe; UTC if not given.
    allow_private
        The site may be on this machine or its network.
    dry_run
        Print the source file, but do not write it.
    json
        Print what was found as JSON.
    """
    from etl.settings import Settings

    settings = Settings.read()
    named = _free(name or source_file.name_of(_with_scheme(url)[0]), settings)
    _check(language, timezone)
    found = _surveyed(url, allow_private=allow_private)
    if not found.feeds:
        where = settings.sources_to_write / f"{named}.yaml"
        return _nothing(found, language, where, json=json)
    spoken, spoken_from = _language(found, language)
    choice = source_file.Choice(named, spoken, spoken_from, timezone, allow_private)
    content = source_file.text(found, choice, datetime.now(UTC).date())
    source_file.proved(named, content)
    path = None if dry_run else source_file.write(settings.sources_to_write, named, content)
    if json:
        render.as_json({**_told(found, choice), "path": path, "yaml": content})
    elif path is None:
        render.out(content.rstrip("\n"))
    else:
        _show(found, choice, path)
    return 0


def _with_scheme(url: str) -> list[str]:
    """The addresses a person may have meant, best first.

    Raises:
        Misconfigured: It is no web address.
    """
    from etl.sources.feeds import web_url

    written = url.strip()
    meant = [written] if "://" in written else [f"https://{written}", f"http://{written}"]
    try:
        return [web_url(address) for address in meant]
    except ValueError as error:
        raise Misconfigured(f"{url!r}: {error}, such as https://journal.example/") from error


def _free(name: str, settings: "Settings") -> str:
    """`name`, if a new source can have it.

    Raises:
        Misconfigured: It cannot.
    """
    from etl.sources import NAME, names

    if not NAME.fullmatch(name):
        raise Misconfigured(
            f"{name!r} is no name of a source; give --name, small letters, digits and hyphens"
        )
    own = settings.own_sources
    if name in names(own if own is not None and own.is_dir() else None):
        raise Misconfigured(
            f"source {name!r} is there already; `etl sources check {name}` looks at it, "
            "--name adds this one under another name"
        )
    return name


def _check(language: str | None, timezone: str | None) -> None:
    """Refuse what no source file may say, before anything is asked.

    Raises:
        Misconfigured: It is no language or no time zone.
    """
    from etl.sources import iana, iso_639_1

    for option, value, rule in (("language", language, iso_639_1), ("timezone", timezone, iana)):
        try:
            if value is not None:
                rule(value)
        except ValueError as error:
            raise Misconfigured(f"--{option} {value!r}: {error}") from error


def _surveyed(url: str, *, allow_private: bool) -> "Survey":
    """What the site offers.

    Raises:
        FetchFailed: It could not be reached.
    """
    from etl.extract import online
    from etl.extract.survey import survey
    from etl.sources import Visits

    failures: list[str] = []
    with asking(url), online(Visits(allow_private=allow_private)) as web:
        for address in _with_scheme(url):
            try:
                return survey(address, web)
            except FetchFailed as error:
                failures.append(str(error))
    if any(PRIVATE in failure for failure in failures):
        failures.append("or give --allow-private")
    raise FetchFailed("; ".join(failures))


def _language(found: "Survey", given: str | None) -> tuple[str, str]:
    """The language of a site, and where that was taken from.

    Raises:
        Misconfigured: Nobody says it, and the text is too short to tell.
    """
    from etl.transform.pages.language import detect

    if given:
        return given, "as given"
    declared, read = found.language, detect(found.text, found.language or ENGLISH).language
    if declared and (declared != ENGLISH or read is None or read == ENGLISH):
        return declared, "as its home page declares"
    if read:
        unlike = f", though it declares {declared}" if declared else ""
        return read, f"by the text of its home page{unlike}"
    raise Misconfigured(
        f"{found.homepage_url} does not say its language; give --language, such as en, ru, fa"
    )


def _nothing(found: "Survey", language: str | None, where: Path, *, json: bool) -> int:
    """Say that no feed was found, and what can be done by hand."""
    content = source_file.by_hand(found, language or found.language or ENGLISH)
    if json:
        render.as_json({**_told(found), "path": None, "yaml": None})
        return DEGRADED
    render.out(f"{found.homepage_url}: no feed, sitemap or repository with links was found.")
    _show_left_out(found)
    render.out()
    render.out(f"If one of its pages lists its articles, write {where} by hand, like this:")
    render.out()
    for line in content.splitlines():
        render.out(f"  {line}")
    return DEGRADED


def _told(found: "Survey", choice: source_file.Choice | None = None) -> dict[str, Any]:
    """The survey for JSON."""
    return {
        "name": choice.name if choice else None,
        "homepage_url": found.homepage_url,
        "title": found.title,
        "language": choice.language if choice else found.language,
        "timezone": choice.timezone if choice else found.timezone,
        "feeds": [_offer(offer) for offer in found.feeds],
        "left_out": [_offer(offer) for offer in found.left_out],
        "notes": found.notes,
    }


def _offer(offer: "Offer") -> dict[str, Any]:
    """A feed for JSON."""
    return {
        "feed": offer.feed.model_dump(exclude_unset=True),
        "found_in": offer.found_in,
        "reason": offer.reason,
        **as_dict(offer.probe),
    }


def _show(found: "Survey", choice: source_file.Choice, path: Path) -> None:
    """Print what was found and written, and what to type next."""
    render.out(f"{found.title} ({choice.name}), {choice.language}: {found.homepage_url}")
    for offer in found.feeds:
        show(offer.probe, f"; from {offer.found_in}")
    _show_left_out(found)
    render.out()
    render.out(f"Wrote {path}; read it, and change what you know better.")
    render.out()
    render.hints(
        (f"sources check {choice.name}", "what it would take, loading nothing"),
        (f"run {choice.name}", "load it"),
    )


def _show_left_out(found: "Survey") -> None:
    """What else there is, and why it is not read."""
    if found.left_out:
        render.out("Not read")
    for offer in found.left_out:
        render.out(f"  {offer.probe.kind} {offer.probe.at}")
        count = f"{offer.probe.count_shown}: " if offer.probe.link_count else ""
        render.out(f"      {count}{offer.reason}")
    for note in found.notes:
        render.out(f"  {note}")
