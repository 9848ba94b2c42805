"""`etl sources`: a site becomes a source in one command, and one more shows what it gives."""

import json
import os
import zipfile
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl import sources
from etl.cli import main
from tests import journals
from tests.servers import Journal, Reply

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, without settings; where source files are written."""
    for name in [name for name in os.environ if name.startswith("ETL_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    # A survey pauses between requests, and no source file says otherwise yet.
    monkeypatch.setattr(sources, "Visits", partial(sources.Visits, delay_seconds=0))
    return folder / ".etl" / "sources"


def said(command: list[str], capsys: Captured) -> tuple[int, Any]:
    """Exit code and JSON of a command."""
    capsys.readouterr()
    code = main(["sources", *command, "--json"])
    return code, json.loads(capsys.readouterr().out)


def written(folder: Path, text: str, name: str = "oasis") -> None:
    """Put a source file of our own into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.yaml").write_text(f"title: Oasis\nlanguage: en\n{text}", encoding="utf-8")


def visited(feeds: str) -> str:
    """A source file that may visit the server of the test, as fast as it likes."""
    return f"visits: {{allow_private: true, delay_seconds: 0}}\nfeeds: [{feeds}]\n"


def test_a_site_becomes_a_source_that_works(here: Path, site: Journal, capsys: Captured) -> None:
    address = journals.blog(site)

    code = main(["sources", "add", address, "--name", "oasis", "--allow-private"])

    out = capsys.readouterr().out
    assert code == 0
    assert "etl sources check oasis" in out
    assert f"Wrote {Path('.etl/sources/oasis.yaml')}" in out
    source = sources.load("oasis", here)
    assert (source.title, source.language, source.visits.allow_private) == (
        "The Oasis Review",
        "en",
        True,
    )
    assert [feed.label for feed in source.feeds] == [
        f"rss {address}feed/",
        f"sitemap {address}sitemap_index.xml",
    ]
    text = (here / "oasis.yaml").read_text(encoding="utf-8")
    assert "# 3 links, the newest of 2026-03-06; from the head of the home page." in text
    assert [path.name for path in here.iterdir()] == ["oasis.yaml"]

    code, told = said(["check", "oasis"], capsys)

    assert code == 0
    assert [(feed["kind"], feed["link_count"]) for feed in told["feeds"]] == [
        ("rss", 3),
        ("sitemap", 7),
    ]
    assert [page["outcome"] for page in told["pages"]] == ["loaded"] * 3


def test_a_dry_run_prints_the_file_and_writes_nothing(
    here: Path, site: Journal, capsys: Captured
) -> None:
    address = journals.ojs(site)
    options = ["--allow-private", "--dry-run", "--language", "tg", "--timezone", "Asia/Dushanbe"]

    code = main(["sources", "add", address, *options])

    told = yaml.safe_load(capsys.readouterr().out)
    assert code == 0
    assert (told["language"], told["timezone"]) == ("tg", "Asia/Dushanbe")
    assert [feed["kind"] for feed in told["feeds"]] == ["rss", "oai"]
    assert not here.exists()


@pytest.mark.parametrize("name", ["zarafshan-review", "mine"])
def test_a_name_that_is_taken_is_refused_before_anything_is_asked(
    name: str, here: Path, site: Journal, capsys: Captured
) -> None:
    written(here, "feeds: [{kind: files, at: .}]\n", "mine")

    code = main(["sources", "add", journals.blog(site), "--name", name, "--allow-private"])

    assert code == 2
    assert f"source {name!r} is there already; `etl sources check" in capsys.readouterr().err
    assert not site.requests


def test_a_site_that_offers_nothing_is_exit_3_and_says_what_to_write(
    here: Path, site: Journal, capsys: Captured
) -> None:
    code = main(["sources", "add", journals.home(site), "--allow-private"])

    out = capsys.readouterr().out
    assert code == 3
    assert "no feed, sitemap or repository with links was found" in out
    example = yaml.safe_load(out.partition("like this:\n")[2])
    assert sources.Source.model_validate({**example, "name": "oasis"}).feeds[0].kind == "listing"
    assert not here.exists()


def test_a_private_address_is_asked_only_if_that_is_allowed(
    site: Journal, capsys: Captured
) -> None:
    code = main(["sources", "add", journals.blog(site)])

    assert code == 1
    assert "give --allow-private" in capsys.readouterr().err
    assert not site.requests


def test_a_site_that_is_not_there_is_exit_1(capsys: Captured) -> None:
    code = main(["sources", "add", "127.0.0.1:9", "--allow-private", "--name", "oasis"])

    err = capsys.readouterr().err
    assert code == 1
    assert "https://127.0.0.1:9: connection" in err
    assert "http://127.0.0.1:9: connection" in err


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["ftp://oasis.example/"], "write a URL that starts with http:// or https://"),
        (["oasis.example", "--language", "english"], "--language 'english': did you mean 'en'?"),
        (["oasis.example", "--timezone", "Dushanbe"], "did you mean 'Asia/Dushanbe'?"),
        (["oasis.example", "--name", "The Oasis"], "'The Oasis' is no name of a source"),
        (["http://"], "write a URL"),
    ],
)
def test_what_cannot_be_added_is_said_in_one_line(
    words: list[str], line: str, capsys: Captured
) -> None:
    assert main(["sources", "add", *words]) == 2
    assert line in capsys.readouterr().err


RUSSIAN = "<p>Переговоры в Самарканде продолжались три дня и закончились бумагой без подписи.</p>"


def test_the_text_speaks_where_a_template_declares_english(
    here: Path, site: Journal, capsys: Captured
) -> None:
    journals.articles(site)
    site.says("/feed/", journals.rss(site, 1, 2))
    address = journals.home(site, journals.alternate("/feed/"), RUSSIAN * 20)

    code, told = said(["add", address, "--allow-private", "--dry-run"], capsys)

    assert (code, told["language"]) == (0, "ru")
    assert "by the text of its home page, though it declares en" in told["yaml"]


def test_a_language_nobody_knows_must_be_given(here: Path, site: Journal, capsys: Captured) -> None:
    site.says("/", b"<html><head>" + journals.alternate("/feed/").encode() + b"</head><p>?</html>")
    site.says("/feed/", journals.rss(site, 1, 2))

    code = main(["sources", "add", site.url("/"), "--allow-private"])

    assert code == 2
    assert "give --language" in capsys.readouterr().err
    assert not here.exists()


def test_check_of_a_folder_shows_what_it_would_take(
    journal: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("ETL_SOURCES", str(journal))

    code, told = said(["check", "wire"], capsys)

    (feed,) = told["feeds"]
    assert code == 0
    assert (feed["kind"], feed["link_count"], feed["is_complete"]) == ("files", 3, True)
    first = told["pages"][0]
    assert first["outcome"] == "loaded"
    assert first["title"] == "What was said about water for the canal"
    assert (first["robots"], first["language"], first["reference_count"]) == (None, "en", 2)
    assert first["word_count"] > 100


def test_check_reads_pages_out_of_archives(here: Path, capsys: Captured) -> None:
    written(here, "feeds: [{kind: archive, at: old.zip, base_url: 'https://o.example/'}]\n")
    with zipfile.ZipFile(here / "old.zip", "w") as archive:
        archive.writestr("2011/water.html", journals.article(1))

    code, told = said(["check", "oasis"], capsys)

    assert code == 0
    assert [page["title"] for page in told["pages"]] == [journals.TOPICS[0]]


def test_check_says_why_a_page_would_not_be_loaded(
    here: Path, site: Journal, capsys: Captured
) -> None:
    site.says(journals.path(1), journals.article(1).encode())
    site.says("/robots.txt", Reply(b"User-agent: *\nDisallow: /2026/2", content_type="text/plain"))
    feed = site.says("/feed.xml", journals.rss(site, 1, 2, 3))
    written(here, visited(f"{{kind: rss, at: '{feed}'}}"))

    code = main(["sources", "check", "oasis"])
    told = capsys.readouterr().out
    _, document = said(["check", "oasis"], capsys)

    assert code == 0
    assert "robots: robots.txt of 127.0.0.1 forbids /2026/2" in told
    assert f"would be loaded: “{journals.TOPICS[0]}”, by Zarina Karimova, 2026-03-01, en" in told
    outcomes = [(page["outcome"], page["robots"]) for page in document["pages"]]
    assert outcomes == [("gone", "allows"), ("robots", "forbids"), ("loaded", "allows")]


def test_check_is_degraded_by_a_feed_that_fails(
    here: Path, site: Journal, capsys: Captured
) -> None:
    good = site.says("/feed.xml", journals.rss(site, 1))
    site.says(journals.path(1), journals.article(1).encode())
    bad = site.url("/gone.xml")
    written(here, visited(f"{{kind: rss, at: '{good}'}}, {{kind: sitemap, at: '{bad}'}}"))

    code, told = said(["check", "oasis"], capsys)

    assert code == 3
    assert [feed["problem"] for feed in told["feeds"]] == [None, "HTTP 404 Not Found"]
    assert [feed["is_reachable"] for feed in told["feeds"]] == [True, False]


def test_check_is_degraded_if_no_page_is_an_article(
    here: Path, site: Journal, capsys: Captured
) -> None:
    feed = site.says("/feed.xml", journals.rss(site, 1, 2))
    written(here, visited(f"{{kind: rss, at: '{feed}'}}"))

    code, told = said(["check", "oasis"], capsys)

    assert code == 3
    assert {page["outcome"] for page in told["pages"]} == {"gone"}


def test_check_keeps_nothing_and_takes_no_rule_for_granted(
    here: Path, site: Journal, capsys: Captured
) -> None:
    feed = site.says("/feed.xml", journals.rss(site, 1, 2, 3))
    site.says(journals.path(2), Reply(journals.article(2).encode(), etag='"2"'))
    written(
        here, visited(f"{{kind: rss, at: '{feed}', include: /2026/, exclude: [/2026/1-, /3-]}}")
    )
    before = sorted(here.parent.rglob("*"))

    first = said(["check", "oasis"], capsys)
    second = said(["check", "oasis"], capsys)

    assert first == second
    assert [feed["link_count"] for feed in first[1]["feeds"]] == [1]
    assert [page["url"] for page in first[1]["pages"]] == [site.url(journals.path(2))]
    assert sorted(here.parent.rglob("*")) == before
    assert "If-None-Match" not in {name for asked in site.log for name in asked.headers}


def test_check_of_an_unknown_source_is_exit_2(capsys: Captured) -> None:
    assert main(["sources", "check", "nope"]) == 2
    assert "source 'nope' is not known" in capsys.readouterr().err
