"""A zip file gives its pages, and nothing in it leads out of it or fills the memory."""

import tracemalloc
import zipfile
from pathlib import Path

import pytest

from etl.extract.feeds import archive
from etl.extract.web.answers import Answer
from tests.extract.archives import MANY, PAGE, ZIPPED, announced, page, zipped
from tests.extract.feeds import urls


def test_pages_of_a_zip_file_are_found_and_read(tmp_path: Path) -> None:
    at = zipped(tmp_path / "a.zip", ZIPPED)

    found = announced(at, base_url="https://oasis.example/archive/")

    assert urls(found) == [
        "https://oasis.example/archive/issue%205/%D0%B2%D0%BE%D0%B4%D0%B0.HTML",
        "https://oasis.example/archive/issue%205/dams.txt",
    ]
    assert found.links[1].location == f"zip:{at}!issue 5/dams.txt"
    assert {(link.announced_at, link.is_live) for link in found.links} == {(None, False)}
    assert [archive.read(link.location, MANY) for link in found.links] == [
        Answer("issue 5/вода.HTML", 200, "text/html", PAGE),
        Answer("issue 5/dams.txt", 200, "text/plain", b"Dams"),
    ]


@pytest.mark.parametrize(
    ("pattern", "taken"), [("*.html", ["a.html"]), (["2011/**"], ["2011/b.html", "2011/c.txt"])]
)
def test_patterns_choose_the_members(tmp_path: Path, pattern: object, taken: list[str]) -> None:
    at = zipped(tmp_path / "a.zip", dict.fromkeys(["a.html", "2011/b.html", "2011/c.txt"], PAGE))

    found = urls(announced(at, pattern=pattern))

    assert [url.removeprefix("file:///oasis/") for url in found] == taken


def test_names_of_members_never_lead_out_of_their_folder(tmp_path: Path) -> None:
    names = [
        "../../../etc/a.html",
        "/srv/b.html",
        "x/./y//../c.html",
        "D:\\pages\\d.html",
        "..html",
    ]
    at = zipped(tmp_path / "a.zip", dict.fromkeys(names, PAGE))

    found = announced(at, base_url="https://oasis.example/archive")

    assert urls(found) == [
        f"https://oasis.example/archive/{path}"
        for path in ("etc/a.html", "srv/b.html", "x/y/c.html", "pages/d.html")
    ]
    assert [archive.read(link.location, MANY).content for link in found.links] == [PAGE] * 4
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_a_bomb_in_a_zip_file_is_unpacked_no_further_than_allowed(tmp_path: Path) -> None:
    at = zipped(tmp_path / "a.zip", {"a.html": b"0" * 100_000_000, "b.html": PAGE})
    bomb, good = announced(at).links

    tracemalloc.start()
    answers = dict(archive.read_all([bomb.location, good.location], 1_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert answers[bomb.location].failure == (
        "too_large: 100,000,000 bytes, over 1,000,000; raise ETL_MAX_PAGE_BYTES, or leave the "
        "page out of its feed"
    )
    assert answers[good.location].content == PAGE
    assert peak < 8_000_000


def test_a_size_that_is_a_lie_does_not_help_a_bomb(tmp_path: Path) -> None:
    at = zipped(tmp_path / "a.zip", {"a.html": b"0" * 5_000_000})
    at.write_bytes(at.read_bytes().replace((5_000_000).to_bytes(4, "little"), b"\x0a\0\0\0"))

    answer = page(at, 1_000)

    assert answer.content is None
    assert answer.failure


def test_members_with_a_password_are_told_of(tmp_path: Path) -> None:
    at = zipped(tmp_path / "a.zip", {"a.html": PAGE, "b.html": PAGE})
    with zipfile.ZipFile(at) as file:
        info = file.getinfo("b.html")
    content = bytearray(at.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    content[info.header_offset + 6] |= 1
    at.write_bytes(content)

    found = announced(at)

    assert [link.url for link in found.links] == ["file:///oasis/a.html"]
    assert found.problems == [
        "1 members need a password, the first is 'b.html'; pack them again without one"
    ]
    assert archive.read(f"zip:{at}!b.html", MANY).failure == (
        "fetch_failed: needs a password; pack it again without one"
    )


def test_a_damaged_member_is_a_failure_and_the_others_come(tmp_path: Path) -> None:
    at = zipped(
        tmp_path / "a.zip", {"a.html": bytes(range(256)) * 9, "b.html": PAGE, "c.html": PAGE}
    )
    content = bytearray(at.read_bytes())
    content[60:80] = bytes(20)
    at.write_bytes(content)
    locations = [link.location for link in announced(at).links]

    answers = dict(archive.read_all(reversed(locations), MANY))

    assert list(answers) == locations
    assert (answers[locations[0]].failure or "").startswith("fetch_failed: damaged in its archive")
    assert [answers[location].content for location in locations[1:]] == [PAGE, PAGE]


def test_names_that_are_no_utf_8_are_read_as_dos_wrote_them(tmp_path: Path) -> None:
    at = zipped(tmp_path / "a.zip", {"caf~.html": PAGE})
    at.write_bytes(at.read_bytes().replace(b"caf~", b"caf\x82"))

    assert urls(announced(at)) == ["file:///oasis/caf%C3%A9.html"]
    assert page(at).content == PAGE
