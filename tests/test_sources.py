"""Source files are read, or refused with the place and the next move."""

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from etl import schema, sources
from etl.errors import Misconfigured
from etl.extract import online
from etl.extract.feeds.kinds import KINDS
from etl.extract.survey.probe import check
from etl.sources import feeds

NOW = datetime(2024, 5, 1, tzinfo=UTC)

OASIS = """\
title: Oasis Review
homepage_url: https://oasis.example
language: en
timezone: Asia/Dushanbe
feeds:
  - kind: rss
    at: https://oasis.example/feed.xml
  - kind: files
    at: pages
    base_url: https://oasis.example/archive
    pattern: "*.html"
"""


def folder(tmp_path: Path, **files: str) -> Path:
    """A folder of source files."""
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def refusal(tmp_path: Path, text: str) -> str:
    """Why a source file is refused, without the name of the file."""
    with pytest.raises(Misconfigured) as caught:
        sources.load("oasis", folder(tmp_path, oasis=text))
    message = str(caught.value)
    assert "\n" not in message
    start = f"source file {tmp_path / 'oasis.yaml'}: "
    assert message.startswith(start)
    return message.removeprefix(start)


def test_a_source_file_says_what_a_journal_is(tmp_path: Path) -> None:
    source = sources.load("oasis", folder(tmp_path, oasis=OASIS))

    assert (source.name, source.title, source.language) == ("oasis", "Oasis Review", "en")
    assert source.timezone == "Asia/Dushanbe"
    rss, files = source.feeds
    assert isinstance(rss, sources.RssFeed)
    assert isinstance(files, sources.FilesFeed)
    assert rss.at == "https://oasis.example/feed.xml"
    assert files.pattern == ("*.html",)


def test_relative_paths_start_at_the_source_file(tmp_path: Path) -> None:
    text = "title: O\nlanguage: fa\nfeeds: [{kind: files, at: ../pages}, {kind: rss, at: f.xml}]"

    files, rss = sources.load("oasis", folder(tmp_path, oasis=text)).feeds

    assert Path(files.at).resolve() == tmp_path.parent / "pages"
    assert Path(rss.at) == tmp_path / "f.xml"


def test_defaults_are_utc_and_pages_of_any_depth(tmp_path: Path) -> None:
    text = "title: O\nlanguage: ru\nfeeds:\n- {kind: files, at: .}"

    source = sources.load("oasis", folder(tmp_path, oasis=text))

    assert (source.timezone, source.homepage_url) == ("UTC", None)
    assert isinstance(source.feeds[0], sources.FilesFeed)
    assert source.feeds[0].pattern == ("**/*.html", "**/*.htm", "**/*.txt")


def test_words_that_yaml_takes_for_other_things_stay_words(tmp_path: Path) -> None:
    text = "title: 2011\nlanguage: no\nfeeds: [{kind: files, at: 1.50}]"

    source = sources.load("oasis", folder(tmp_path, oasis=text))

    assert (source.title, source.language) == ("2011", "no")
    assert Path(source.feeds[0].at).name == "1.50"


REFUSED = {
    "unknown key": (
        OASIS.replace("timezone", "time_zone"),
        "line 4, column 1: `time_zone` is not known; did you mean 'timezone'? use one of title, "
        "homepage_url, language, timezone, visits, feeds, reading",
    ),
    "unknown key of a feed": (
        OASIS.replace("patern", "").replace("    pattern", "    patern"),
        "line 11, column 5: `feeds[1].patern` is not known; did you mean 'pattern'? use one of "
        "kind, at, include, exclude, base_url, pattern",
    ),
    "unknown kind": (
        OASIS.replace("kind: rss", "kind: rs"),
        "line 6, column 5: `feeds[0].kind` is 'rs': did you mean 'rss'? use one of files, rss, "
        "sitemap, listing, oai, archive, wayback",
    ),
    "no kind": (
        "title: O\nlanguage: en\nfeeds:\n  - at: pages",
        "line 4, column 5: `feeds[0].kind` is missing; use one of files, rss, "
        "sitemap, listing, oai, archive, wayback",
    ),
    "missing key": (
        "title: O\nfeeds: [{kind: files, at: .}]",
        "line 1, column 1: `language` is missing",
    ),
    "missing key of a feed": (
        "title: O\nlanguage: en\nfeeds:\n  - kind: rss",
        "line 4, column 5: `feeds[0].at` is missing",
    ),
    "language by name": (
        OASIS.replace("language: en", "language: english"),
        "line 3, column 1: `language` is 'english': did you mean 'en'? write a code of ISO 639-1, "
        "two small letters, such as en, ru, fa",
    ),
    "language of no one": (
        OASIS.replace("language: en", "language: xx"),
        "line 3, column 1: `language` is 'xx': write a code of ISO 639-1, two small letters, "
        "such as en, ru, fa",
    ),
    "time zone": (
        OASIS.replace("Asia/Dushanbe", "Asia/Dushanbee"),
        "line 4, column 1: `timezone` is 'Asia/Dushanbee': did you mean 'Asia/Dushanbe'? write "
        "an IANA name, such as Asia/Dushanbe, or UTC",
    ),
    "home page": (
        OASIS.replace("https://oasis.example\n", "oasis.example\n"),
        "line 2, column 1: `homepage_url` is 'oasis.example': write a URL that starts with "
        "http:// or https://",
    ),
    "feed address": (
        OASIS.replace("https://oasis.example/feed", "ftp://oasis.example/feed"),
        "line 7, column 5: `feeds[0].at` is 'ftp://oasis.example/feed.xml': write an http(s) URL, "
        "or the path of a feed file",
    ),
    "folder": (
        OASIS.replace("at: pages", "at: https://oasis.example/"),
        "line 9, column 5: `feeds[1].at` is 'https://oasis.example/': write a path; relative "
        "ones start at the folder of this file",
    ),
    "pattern": (
        OASIS.replace('"*.html"', '["*.html", "../*.html"]'),
        "line 11, column 25: `feeds[1].pattern[1]` is '../*.html': write a glob below the folder, "
        "such as **/*.html",
    ),
    "no feeds": (
        "title: O\nlanguage: en\nfeeds: []",
        "line 3, column 1: `feeds` is []: must not be empty",
    ),
    "feeds without hyphens": (
        "title: O\nlanguage: en\nfeeds:\n  kind: rss\n  at: x",
        "line 3, column 1: `feeds` is {'kind': 'rss', 'at': 'x'}: must be a list, "
        "one `- ` per item",
    ),
    "text for a feed": (
        "title: O\nlanguage: en\nfeeds: [rss]",
        "line 3, column 9: `feeds[0]` is 'rss': must be a mapping of keys",
    ),
    "list for a title": (
        "title: [O, P]\nlanguage: en\nfeeds: [{kind: files, at: .}]",
        "line 1, column 1: `title` is ['O', 'P']: must be text",
    ),
    "nothing for a title": (
        "title:\nlanguage: en\nfeeds: [{kind: files, at: .}]",
        "line 1, column 1: `title` is None: must be text",
    ),
    "key written twice": (
        "title: O\nlanguage: en\ntitle: P\nfeeds: [{kind: files, at: .}]",
        "line 3, column 1: `title` stands here a second time; keep one",
    ),
    "name written down": (
        f"name: oasis\n{OASIS}",
        "line 1, column 1: `name` is not written down, the file's own name is it; remove the line",
    ),
    "several": (
        "title: ''\nlanguage: en\nfeed: []",
        "line 1, column 1: `feeds` is missing; line 1, column 1: `title` is '': must not be "
        "empty; line 3, column 1: `feed` is not known; did you mean 'feeds'? use one of title, "
        "homepage_url, language, timezone, visits, feeds, reading",
    ),
    "syntax": (
        "title: O\nlanguage: [en\nfeeds: []",
        "line 3, column 6: no valid YAML, expected ',' or ']', but got ':'",
    ),
    "tab": (
        "title: O\nfeeds:\n\t- kind: rss",
        "line 3, column 1: no valid YAML, found character '\\t' that cannot start any token",
    ),
    "python object": (
        "title: !!python/object/apply:os.getcwd []\n",
        "line 1, column 8: no valid YAML, could not determine a constructor for the tag "
        "'tag:yaml.org,2002:python/object/apply:os.getcwd'",
    ),
    "two documents": (
        "title: O\n---\ntitle: P",
        "line 2, column 1: no valid YAML, but found another document",
    ),
    "control character": (
        "title: O\nlanguage: e\x07n",
        "line 2, column 12: no valid YAML, character '\\x07' is not allowed",
    ),
    "nesting": (
        f"title: {'[' * 5_000}",
        "line 1, column 1: no valid YAML, nested too deeply",
    ),
    "list in itself": (
        "title: O\nlanguage: en\nfeeds: &all\n- *all",
        "line 3, column 8: `feeds[0]` is [[...]]: must be a mapping of keys",
    ),
    "empty file": ("", "empty; write title, language and feeds"),
    "list": ("- title: O", "not a mapping of keys; write title, language and feeds"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_wrong_source_file_is_refused_with_place_and_next_move(tmp_path: Path, case: str) -> None:
    text, reason = REFUSED[case]

    assert refusal(tmp_path, text) == reason


def test_a_source_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "oasis.yaml").write_bytes("title: Оазис".encode("cp1251"))

    with pytest.raises(Misconfigured, match="not UTF-8; save it as UTF-8"):
        sources.load("oasis", tmp_path)


def test_an_unknown_source_lists_those_there_are(tmp_path: Path) -> None:
    folder(tmp_path, oasis=OASIS, steppe=OASIS)

    with pytest.raises(Misconfigured, match=r"'osis' is not known: did you mean 'oasis'\? use "):
        sources.load("osis", tmp_path)


def test_a_source_is_never_read_from_outside_its_folder(tmp_path: Path) -> None:
    folder(tmp_path, secret=OASIS)
    (tmp_path / "inner").mkdir()

    with pytest.raises(Misconfigured, match="is not known"):
        sources.load("../secret", tmp_path / "inner")


def test_names_are_those_of_the_files(tmp_path: Path) -> None:
    folder(tmp_path, steppe=OASIS, oasis=OASIS)
    (tmp_path / "readme.txt").write_text("no source", encoding="utf-8")
    (tmp_path / ".hidden.yaml").write_text("no source", encoding="utf-8")

    assert set(sources.names(tmp_path)) - set(sources.names()) == {"oasis", "steppe"}
    assert sources.names(tmp_path) == sorted(sources.names(tmp_path))


@pytest.mark.parametrize("name", ["My Journal.yaml", "Oasis.yaml", "oasis.yml", "-oasis.yaml"])
def test_a_misnamed_source_file_is_noticed(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(OASIS, encoding="utf-8")

    with pytest.raises(Misconfigured, match=r"rename it to <name>\.yaml"):
        sources.names(tmp_path)


def test_a_missing_folder_of_sources_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"ETL_SOURCES=.*gone: no such folder"):
        sources.names(tmp_path / "gone")


@pytest.mark.parametrize("name", sources.names())
class TestEveryShippedSource:
    def test_is_valid_and_gives_links(self, name: str) -> None:
        source = sources.load(name)
        kept = [feed for feed in source.feeds if not feed.at.startswith("http")]

        with online() as web:
            probes = check(source.model_copy(update={"feeds": tuple(kept)}), web, NOW)

        assert all(probe.link_count > 0 for probe in probes)

    def test_can_be_replaced_by_one_of_your_own(self, name: str, tmp_path: Path) -> None:
        own = sources.load(name, folder(tmp_path, **{name: OASIS}))

        assert own.title == "Oasis Review"


def test_a_source_is_one_row(tmp_path: Path) -> None:
    source = sources.load("oasis", folder(tmp_path, oasis=OASIS))

    row = sources.row(source)

    assert row.schema == schema.frame_schema(schema.Source)
    assert row.row(0, named=True) == {
        "source_id": schema.key("oasis"),
        "name": "oasis",
        "title": "Oasis Review",
        "homepage_url": "https://oasis.example",
        "language": "en",
        "timezone": "Asia/Dushanbe",
    }
    assert isinstance(row, pl.DataFrame)


def test_every_kind_of_feed_has_a_reader() -> None:
    assert set(KINDS) == set(feeds.MODELS)


KINDS_AND_VISITS = """
title: Oasis Review
language: en
visits: {allow_private: true, delay_seconds: 0, recheck_days: null}
feeds:
  - {kind: sitemap, at: https://oasis.example/sitemap.xml, exclude: /tag/}
  - {kind: listing, at: https://oasis.example/all, link: h2 > a, next: 'a[rel~="next"]', pages: 3}
  - {kind: oai, at: https://oasis.example/oai, set: oasis}
  - {kind: archive, at: old.warc.gz, include: [/19, /20]}
  - {kind: wayback, at: https://oasis.example/, since: 2004, until: 2012}
"""


def test_a_source_may_have_feeds_of_every_kind(tmp_path: Path) -> None:
    source = sources.load("oasis", folder(tmp_path, oasis=KINDS_AND_VISITS))

    assert [feed.kind for feed in source.feeds] == [
        *("sitemap", "listing", "oai", "archive", "wayback"),
    ]
    assert source.feeds[0].exclude == ("/tag/",)
    assert source.feeds[3].include == ("/19", "/20")
    assert source.feeds[3].at == str(tmp_path / "old.warc.gz")
    assert (source.visits.allow_private, source.visits.recheck_days) == (True, None)


@pytest.mark.parametrize(
    ("feed", "said"),
    [
        ("kind: listing, at: 'https://o.example/', link: 'h2 >'", "no CSS selector"),
        ("kind: listing, at: 'https://o.example/'", "`feeds[0].link` is missing"),
        ("kind: rss, at: 'https://o.example/', include: '('", "no regular expression"),
        ("kind: archive, at: old.rar", "ends in .warc, .warc.gz or .zip"),
        ("kind: wayback, at: 'https://o.example/', since: 4", "greater than or equal to 1996"),
        ("kind: oai, at: oai", "starts with http"),
    ],
)
def test_a_feed_that_cannot_be_read_is_told_of(tmp_path: Path, feed: str, said: str) -> None:
    text = f"title: O\nlanguage: en\nfeeds:\n  - {{{feed}}}\n"

    with pytest.raises(Misconfigured) as refused:
        sources.load("oasis", folder(tmp_path, oasis=text))

    assert said in str(refused.value)
    assert "line 4" in str(refused.value)
