"""An archive is read once until it changes, and its places are read together."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import FetchFailed
from etl.extract.feeds import archive
from etl.extract.feeds.announced import Announced
from tests.extract.archives import (
    MANY,
    PAGE,
    RECORDS,
    ZIPPED,
    announced,
    packed,
    plain,
    record,
    zipped,
)
from tests.extract.feeds import remembered, urls

NO_WARC = {
    "a.warc": (b"<html>" * 100, "no WARC file, or nothing of it can be read; get it again"),
    "b.warc": (b"", "no WARC file"),
    "a.warc.gz": (gzip.compress(b"<html>" * 100), "no WARC file"),
    "b.warc.gz": (gzip.compress(b"".join(RECORDS)), "compressed as a whole, so that no record"),
    "c.warc.gz": (b"\x1f\x8b\x08" * 5_000, "no WARC file"),
    "a.zip": (b"PK no zip", "no zip file that can be read (File is not a zip file); replace it"),
    "b.zip": (b"", "no zip file"),
}


@pytest.mark.parametrize("name", NO_WARC)
def test_a_file_that_is_no_archive_fails(tmp_path: Path, name: str) -> None:
    content, reason = NO_WARC[name]
    (tmp_path / name).write_bytes(content)

    with pytest.raises(FetchFailed) as failure:
        announced(tmp_path / name)

    assert str(failure.value).startswith(reason)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.zip"])
def test_a_missing_archive_fails(tmp_path: Path, name: str) -> None:
    with pytest.raises(FetchFailed) as failure:
        announced(tmp_path / name)

    assert str(failure.value) == f"{tmp_path / name}: No such file or directory"


def test_an_archive_without_pages_is_no_failure(tmp_path: Path) -> None:
    warc = packed(tmp_path / "a.warc.gz", RECORDS[0], RECORDS[3], RECORDS[6])

    assert urls(announced(warc)) == urls(announced(zipped(tmp_path / "a.zip", {}))) == []


def test_an_archive_as_it_was_announces_nothing(tmp_path: Path) -> None:
    at = packed(tmp_path / "a.warc.gz", *RECORDS)
    first = announced(at)

    again = announced(at, remembered(first))
    packed(at, *RECORDS, record("https://oasis.example/new"))
    later = announced(at, remembered(first))

    assert again == Announced([], [])
    assert len(urls(later)) == 4


def test_places_of_several_archives_are_read_together_each_once(tmp_path: Path) -> None:
    folder = tmp_path / "100% !odd"
    folder.mkdir()
    warc = packed(folder / "a.warc.gz", *(record(f"https://o.example/{n}") for n in range(5)))
    files = zipped(folder / "a!b.zip", {"a!b.html": b"A", "c.html": b"C"})
    here = [link.location for link in announced(warc).links]
    there = [link.location for link in announced(files).links]
    gone = [f"warc:{tmp_path}/gone.warc!7", f"zip:{tmp_path}/gone.zip!a", f"zip:{there[0][4:]}x"]
    moved = f"{here[0][:-1]}5"

    answers = dict(archive.read_all([*reversed(here), *there, *here, *gone, moved], MANY))

    assert set(answers) == {*here, *there, *gone, moved}
    assert [answers[location].content for location in here] == [PAGE] * 5
    assert [answers[location].content for location in there] == [b"A", b"C"]
    assert [answers[location].failure for location in gone] == [
        "fetch_failed: archive not read: No such file or directory",
        "fetch_failed: archive not read: No such file or directory",
        "fetch_failed: no longer in its archive",
    ]
    assert (answers[moved].failure or "").startswith("fetch_failed: damaged in its archive")


@pytest.mark.parametrize(
    "location", ["https://o.example/a.zip!b", "/pages/a.zip!b.html", "warc:x", "zip", "tar:a!b", ""]
)
def test_other_locations_are_no_places_in_archives(location: str) -> None:
    assert not archive.is_archived(location)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_breaks_a_reader(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    write = data.draw(st.sampled_from(["a.warc", "a.warc.gz", "a.zip"]))
    at = folder / write
    if write == "a.zip":
        zipped(at, ZIPPED)
    else:
        (plain if write == "a.warc" else packed)(at, *RECORDS)
    content = bytearray(at.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 40))
        content[place : place + length] = data.draw(st.binary(max_size=40))
    at.write_bytes(content)

    try:
        found = announced(at)
    except FetchFailed:
        return
    for link in found.links:
        answer = archive.read(link.location, MANY)
        assert (answer.content is None) != (answer.failure is None)
