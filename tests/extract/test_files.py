"""A folder of pages gives one link per page."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from etl.errors import FetchFailed
from etl.extract.feeds import files
from etl.extract.feeds.announced import Announced
from etl.extract.feeds.asking import Asker
from etl.extract.web import Web
from etl.sources import FilesFeed, Source

NOW = datetime(2024, 5, 1, tzinfo=UTC)


def announced(at: Path, **more: object) -> Announced:
    """What a folder announces."""
    feed = FilesFeed.model_validate({"kind": "files", "at": str(at), **more})
    source = Source(name="oasis", title="Oasis Review", language="en", feeds=(feed,))
    return files.links(feed, Asker(source, cast(Web, None), NOW))


def found(at: Path, **more: object) -> list[str]:
    """URLs a folder announces, without what they have in common; nothing may fail."""
    links, problems, *_ = announced(at, **more)
    assert problems == []
    return [link.url.removeprefix("file:///oasis/") for link in links]


def pages(folder: Path, *names: str) -> Path:
    """A folder with pages of these names."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<p>{name}</p>", encoding="utf-8")
    return folder


def test_pages_are_found_at_any_depth_in_order(tmp_path: Path) -> None:
    pages(tmp_path, "b.html", "2011/March/A.HTM", "2011/notes.txt", "a.html", "a.pdf")

    links, problems, read, *_ = announced(tmp_path)

    assert [link.url for link in links] == [
        "file:///oasis/2011/March/A.HTM",
        "file:///oasis/2011/notes.txt",
        "file:///oasis/a.html",
        "file:///oasis/b.html",
    ]
    assert Path(links[0].location) == tmp_path / "2011/March/A.HTM"
    assert [(link.announced_at, link.is_live) for link in links] == [(None, False)] * 4
    assert problems == []
    assert read == ()


def test_a_base_url_puts_pages_where_they_are_on_the_web(tmp_path: Path) -> None:
    pages(tmp_path, "2011/мир да.html", "100%25 #1.html")

    assert found(tmp_path, base_url="https://Oasis.example/archive") == [
        "https://oasis.example/archive/100%2525%20%231.html",
        "https://oasis.example/archive/2011/%D0%BC%D0%B8%D1%80%20%D0%B4%D0%B0.html",
    ]


@pytest.mark.parametrize(
    ("pattern", "taken"),
    [
        ("*.html", ["a.html"]),
        ("**/*.html", ["2011/b.html", "a.html"]),
        ("2011/**", ["2011/b.html", "2011/c.txt"]),
        (["*.html", "2011/?.TXT"], ["2011/c.txt", "a.html"]),
        ("**/[!a].html", ["2011/b.html"]),
        ("*.xml", []),
    ],
)
def test_patterns_choose_the_pages(tmp_path: Path, pattern: object, taken: list[str]) -> None:
    pages(tmp_path, "a.html", "2011/b.html", "2011/c.txt")

    assert found(tmp_path, pattern=pattern) == taken


def test_hidden_files_and_links_out_of_the_folder_are_passed_over(tmp_path: Path) -> None:
    outside = pages(tmp_path / "outside", "secret.html")
    folder = pages(tmp_path / "pages", "a.html", ".draft.html", ".git/b.html", "2011/c.html")
    (folder / "out.html").symlink_to(outside / "secret.html")
    (folder / "out").symlink_to(outside)
    (folder / "in.html").symlink_to(folder / "a.html")
    (folder / "2011/round").symlink_to(folder)
    (folder / "lost.html").symlink_to(folder / "nothing")
    (folder / "folder.html").mkdir()

    assert found(folder) == ["2011/c.html", "a.html", "in.html"]


@pytest.mark.parametrize(("name", "reason"), [("gone", "no such folder"), ("a", "not a folder")])
def test_a_missing_folder_fails(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "a").write_text("a file", encoding="utf-8")

    with pytest.raises(FetchFailed) as failure:
        announced(tmp_path / name)

    assert str(failure.value) == f"{tmp_path / name}: {reason}; make it or correct `at`"


@pytest.mark.skipif(sys.platform != "linux", reason="names of other systems are always text")
def test_a_name_that_is_no_text_is_a_problem_and_the_rest_comes(tmp_path: Path) -> None:
    pages(tmp_path, "a.html")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.html")).write_text("x", encoding="utf-8")

    links, problems, *_ = announced(tmp_path)

    assert [link.url for link in links] == ["file:///oasis/a.html"]
    assert "not valid UTF-8; rename it" in problems[0]


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="an administrator may read every folder"
)
def test_a_locked_folder_is_a_problem_and_the_rest_comes(tmp_path: Path) -> None:
    pages(tmp_path, "a.html", "locked/b.html")
    (tmp_path / "locked").chmod(0)

    links, problems, *_ = announced(tmp_path)

    (tmp_path / "locked").chmod(0o700)
    assert [link.url for link in links] == ["file:///oasis/a.html"]
    assert problems == ["folder 'locked': Permission denied"]
