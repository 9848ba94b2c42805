"""Pages read in processes of their own, as one page and as many."""

from collections.abc import Iterator

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from etl.errors import Misconfigured
from etl.settings import Settings
from etl.transform import pages
from flows.reading import Readers, cores
from tests.transform.rawpages import article, html, raw

MAX_BYTES = 1_000_000


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(2, 20) as readers:
        yield readers


def many(count: int) -> pl.DataFrame:
    """Articles, with every third page none; one that was not fetched."""
    made = (
        html("<h1>Nothing to read here</h1>") if n % 3 == 0 else article(f"<p>Page {n} of all.</p>")
        for n in range(count)
    )
    frames = [raw(page, f"https://herald.example/{n}") for n, page in enumerate(made)]
    return pl.concat([*frames, raw("").with_columns(content=pl.lit(None, pl.Binary))])


def test_pages_are_those_that_one_process_reads(readers: Readers) -> None:
    frame = many(60)

    read, rejects = readers.read(frame, "en", "UTC", MAX_BYTES)
    here, rejects_here = pages.read(frame, "en", "UTC", MAX_BYTES)

    assert_frame_equal(read, here)
    assert_frame_equal(rejects, rejects_here)
    assert (read.height, rejects.height) == (40, 20)


def test_no_page_is_two_empty_frames(readers: Readers) -> None:
    read, rejects = readers.read(many(0), "en", "UTC", MAX_BYTES)

    assert read.is_empty()
    assert rejects.is_empty()


def test_a_page_over_its_time_is_set_aside_with_the_reason_and_the_rest_is_read() -> None:
    # A tag this long is left as it is for the quote in it; the parser compares its attributes.
    names = " ".join(f"a{number}=1" for number in range(150_000))
    hostile = html(f"<div {names} b=\"<\" c='>'>{article()}</div>")
    frame = pl.concat([raw(article()), raw(hostile, "https://herald.example/b"), raw(article())])

    with Readers(1, 3) as readers:
        read, rejects = readers.read(frame, "en", "UTC", MAX_BYTES * 5)

    assert read.height == 2
    assert rejects["url"].to_list() == ["https://herald.example/b"]
    assert rejects["outcome"].to_list() == ["unreadable"]
    assert rejects["content_hash"].to_list() == [frame["content_hash"][1]]
    assert "was stopped; look at the page" in rejects["reason"][0]


def test_there_are_as_many_readers_as_cores_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETL_READERS", "3")
    monkeypatch.setenv("ETL_PAGE_SECONDS", "0.5")

    settings = Settings.read()

    assert (settings.readers, settings.page_seconds) == (3, 0.5)
    assert cores() >= 1


def test_no_readers_at_all_are_a_wrong_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETL_READERS", "0")

    with pytest.raises(Misconfigured, match="ETL_READERS='0'"):
        Settings.read()
