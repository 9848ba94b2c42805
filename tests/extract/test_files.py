"""A folder of pages gives one link per page."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.extract import discover
from etl.sources import FilesFeed, Source

NOW = datetime(2024, 5, 1, tzinfo=UTC)


def source(at: Path, **feed: object) -> Source:
    """A source with one folder."""
    kept = FilesFeed.model_validate({"kind": "files", "at": str(at), **feed})
    return Source(name="oasis", title="Oasis Review", language="en", feeds=(kept,))


def pages(folder: Path, *names: str) -> Path:
    """A folder with pages of these names."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<p>{name}</p>", encoding="utf-8")
    return folder


def test_pages_are_found_at_any_depth_in_order(tmp_path: Path) -> None:
    pages(tmp_path, "b.html", "2011/March/A.HTM", "2011/notes.txt", "a.html", "a.pdf")

    links, failures = discover(source(tmp_path), NOW)

    assert links["url"].to_list() == [
        "file:///oasis/2011/March/A.HTM",
        "file:///oasis/2011/notes.txt",
        "file:///oasis/a.html",
        "file:///oasis/b.html",
    ]
    assert Path(links["location"][0]) == tmp_path / "2011/March/A.HTM"
    assert links["announced_at"].null_count() == 4
    assert failures == []


def test_a_base_url_puts_pages_where_they_are_on_the_web(tmp_path: Path) -> None:
    pages(tmp_path, "2011/мир да.html", "100%25 #1.html")

    links, _ = discover(source(tmp_path, base_url="https://Oasis.example/archive"), NOW)

    assert links["url"].to_list() == [
        "https://oasis.example/archive/100%2525%20%231.html",
        "https://oasis.example/archive/2011/%D0%BC%D0%B8%D1%80%20%D0%B4%D0%B0.html",
    ]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.html", ["a.html"]),
        ("**/*.html", ["2011/b.html", "a.html"]),
        ("2011/**", ["2011/b.html", "2011/c.txt"]),
        (["*.html", "2011/?.TXT"], ["2011/c.txt", "a.html"]),
        ("**/[!a].html", ["2011/b.html"]),
        ("*.xml", []),
    ],
)
def test_patterns_choose_the_pages(tmp_path: Path, pattern: object, found: list[str]) -> None:
    pages(tmp_path, "a.html", "2011/b.html", "2011/c.txt")

    links, _ = discover(source(tmp_path, pattern=pattern), NOW)

    assert [url.removeprefix("file:///oasis/") for url in links["url"]] == found


def test_hidden_files_and_links_out_of_the_folder_are_passed_over(tmp_path: Path) -> None:
    outside = pages(tmp_path / "outside", "secret.html")
    folder = pages(tmp_path / "pages", "a.html", ".draft.html", ".git/b.html", "2011/c.html")
    (folder / "out.html").symlink_to(outside / "secret.html")
    (folder / "out").symlink_to(outside)
    (folder / "in.html").symlink_to(folder / "a.html")
    (folder / "2011/round").symlink_to(folder)
    (folder / "lost.html").symlink_to(folder / "nothing")
    (folder / "folder.html").mkdir()

    links, failures = discover(source(folder), NOW)

    found = [url.removeprefix("file:///oasis/") for url in links["url"]]
    assert found == ["2011/c.html", "a.html", "in.html"]
    assert failures == []


def test_a_missing_folder_is_a_failure_of_its_feed(tmp_path: Path) -> None:
    pages(tmp_path / "here", "a.html")
    feeds = tuple(FilesFeed(kind="files", at=str(tmp_path / name)) for name in ("gone", "here"))
    two = Source(name="oasis", title="Oasis Review", language="en", feeds=feeds)

    links, failures = discover(two, NOW)

    assert links["url"].to_list() == ["file:///oasis/a.html"]
    (failure,) = failures
    assert failure.feed == f"files {tmp_path / 'gone'}"
    assert failure.reason == f"{tmp_path / 'gone'}: no such folder; make it or correct `at`"


@pytest.mark.skipif(sys.platform != "linux", reason="names of other systems are always text")
def test_a_name_that_is_no_text_is_a_failure_and_the_rest_comes(tmp_path: Path) -> None:
    pages(tmp_path, "a.html")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.html")).write_text("x", encoding="utf-8")

    links, failures = discover(source(tmp_path), NOW)

    assert links["url"].to_list() == ["file:///oasis/a.html"]
    assert "not valid UTF-8; rename it" in failures[0].reason


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="an administrator may read every folder"
)
def test_a_locked_folder_is_a_failure_and_the_rest_comes(tmp_path: Path) -> None:
    pages(tmp_path, "a.html", "locked/b.html")
    (tmp_path / "locked").chmod(0)

    links, failures = discover(source(tmp_path), NOW)

    (tmp_path / "locked").chmod(0o700)
    assert links["url"].to_list() == ["file:///oasis/a.html"]
    assert failures[0].reason == "folder 'locked': Permission denied"
