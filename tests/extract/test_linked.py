"""Links as they are written lead to pages, to nothing, or are told as broken."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.feeds.announced import Link
from etl.extract.feeds.linked import Links

BASE = "https://oasis.example/issues/"


def test_a_link_is_fetched_as_written_and_known_by_its_one_spelling() -> None:
    links = Links()
    at = datetime(2024, 5, 1, tzinfo=UTC)

    assert links.add(" a.html?utm_source=feed#top\n", BASE, at)

    location = "https://oasis.example/issues/a.html?utm_source=feed"
    assert links.found == [Link("https://oasis.example/issues/a.html", location, at)]


@pytest.mark.parametrize("written", [None, "", " ", "#top", "mailto:a@b.example", "JavaScript:x()"])
def test_what_is_no_page_is_passed_over(written: str | None) -> None:
    links = Links()

    assert not links.add(written, BASE, None)
    assert links.problems == []


BROKEN = {
    "http://[oasis/": "'http://[oasis/': Invalid IPv6 URL",
    "https://oasis.example:port/": "'https://oasis.example:port/': Port could not be cast",
    "ftp://oasis.example/a": "'ftp://oasis.example/a' is not an http(s) URL",
    "/вод\ufffd": "'/вод\ufffd': characters were lost, its charset is not what it says",
    "/" + "a" * 2_000: f"'/{'a' * 79}…': URL of 2,022 characters, over 2,000",
}


@pytest.mark.parametrize("written", BROKEN)
def test_broken_links_are_counted_in_one_line(written: str) -> None:
    links = Links()

    taken = [links.add(link, "https://oasis.example", None) for link in ("/b", written, written)]

    assert taken == [True, False, False]
    (problem,) = links.problems
    assert problem.startswith(f"left out 2 of 3 links, such as {BROKEN[written]}")


@given(written=st.text() | st.text().map("http://".__add__), base=st.none() | st.text())
def test_whatever_is_written_is_a_link_or_none(written: str, base: str | None) -> None:
    links = Links()

    links.add(written, base, None)

    assert all(link.url.startswith("http") for link in links.found)
