"""What the reader of pages promises for any bytes."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.schema.frames import PAGES, REJECTS
from etl.schema.ops import OUTCOMES
from etl.transform.pages import html, read
from etl.transform.pages.page import Page
from tests.transform.rawpages import PROSE, article, raw, read_one
from tests.transform.rawpages import html as page

RUSSIAN = "Канал ниже села старше границы, которая его пересекает, и люди об этом помнят. "
RUSSIAN_PAGE = page(
    f"<h1>Вода и соседи в Чоркухе</h1><p>{RUSSIAN * 2}</p><p>{RUSSIAN * 3}</p>",
    "<title>Вода и соседи в Чоркухе</title>",
)

REJECTED = {
    "empty": (b"", "unreadable", "0 bytes"),
    "blank": (b" \n\t ", "unreadable", "empty"),
    "pdf": (b"%PDF-1.4 x", "unreadable", "PDF"),
    "zip": (b"PK\x03\x04abc", "unreadable", "zip"),
    "image": (b"\x89PNG\r\n\x1a\n", "unreadable", "PNG"),
    "nul": (b"abc\x00\x00\x00def" * 9, "unreadable", "control characters"),
    "noise": (bytes(range(128, 256)) * 40, "charset", "no charset"),
    "large": (article().encode() * 99, "too_large", "at most 50,000"),
    "elements": (article(below="<i></i>" * 6000).encode(), "too_large", "elements"),
    "no words": (page("<h1>Water and Neighbours</h1>").encode(), "not_an_article", "words"),
    "no title": (page(f"<p>{PROSE * 3}</p>", "").encode(), "not_an_article", "title"),
    "not found": (
        page("<h1>Page not found</h1>" + "<p>Please look for it elsewhere on the site.</p>" * 5),
        "soft_404",
        "'Page not found' in 43 words",
    ),
    "suspended": (
        page(f"<h1>Account Suspended</h1><p>{PROSE}</p>", "<title>Account Suspended</title>"),
        "suspended",
        "'Account Suspended' in 35 words",
    ),
    "index": (
        page(
            "<h1>Water and energy in the valley</h1>"
            + "".join(f"<p>{PROSE[n : n + 99]}...</p>" for n in range(8))
        ),
        "not_an_article",
        "lists articles",
    ),
    "feed": (b'<?xml version="1.0"?><rss><channel/></rss>', "not_an_article", "<rss>"),
}


@pytest.mark.parametrize("name", REJECTED)
def test_what_is_no_article_is_set_aside_with_its_reason(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, outcome, words = REJECTED[name]
    monkeypatch.setattr("etl.transform.pages.dom.MOST_ELEMENTS", 5_000)

    pages, rejects = read(raw(content), "en", "UTC", 50_000)

    assert pages.is_empty()
    row = rejects.row(0, named=True)
    assert (row["outcome"], row["url"]) == (outcome, "https://herald.example/a")
    assert words in row["reason"]
    assert "\n" not in row["reason"]


def test_a_page_of_an_error_status_is_no_article() -> None:
    _, rejects = read(raw(article(), status=410), "en", "UTC", 50_000)

    assert rejects["reason"].to_list() == ["the server answered 410; its page is no article"]


def test_a_page_keeps_its_url_and_that_of_its_article() -> None:
    url, article_url = "https://herald.example/a?p=1", "https://herald.example/2011/03/08/a"
    replay = f"https://archive.example/web/20190101000000/{url}"
    undated = article().replace("<p>9 March 2011</p>", "")

    found = read_one(raw(undated, url, article_url=article_url, address=replay))

    assert (found["url"], found["article_url"]) == (url, article_url)
    assert (str(found["published_at"])[:10], found["published_method"]) == ("2011-03-08", "url")


def test_a_page_that_is_set_aside_goes_by_its_own_url() -> None:
    url = "https://herald.example/a?p=1"

    _, rejects = read(raw(b" ", url, article_url="https://herald.example/a"), "en", "UTC", 50_000)

    assert rejects["url"].to_list() == [url]


def test_frames_have_their_declared_columns_even_when_empty() -> None:
    pages, rejects = read(raw(b"").clear(), "en", "UTC", 50_000)

    assert pages.schema == PAGES
    assert rejects.schema == REJECTS


def test_rows_without_content_are_passed_over() -> None:
    failed = raw(b"x").with_columns(
        content=pl.lit(None, pl.Binary), content_hash=pl.lit(None, pl.String)
    )

    pages, rejects = read(pl.concat([failed, raw(article())]), "en", "UTC", 50_000)

    assert (pages.height, rejects.height) == (1, 0)


def test_an_unforeseen_error_sets_one_page_aside_and_not_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = html.read

    def fail_once(text: str, url: str, *rest: Any) -> Page:
        if url.endswith("/bad"):
            raise ZeroDivisionError("by\nzero")
        return whole(text, url, *rest)

    monkeypatch.setattr(html, "read", fail_once)
    both = pl.concat([raw(article(), url="https://herald.example/bad"), raw(article())])

    pages, rejects = read(both, "en", "UTC", 50_000)

    assert pages["url"].to_list() == ["https://herald.example/a"]
    assert rejects.select("outcome", "reason").rows() == [
        ("unreadable", "ZeroDivisionError: by zero")
    ]


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda t: t.encode("utf-8"))))
def test_any_bytes_give_a_page_or_a_reason(content: bytes) -> None:
    pages, rejects = read(raw(content), "en", "UTC", 50_000)

    assert pages.height + rejects.height == 1
    assert set(rejects["outcome"]) <= set(OUTCOMES)


def test_markup_decides_between_html_and_plain_text() -> None:
    unlabelled = read_one(raw(article(), content_type=None))
    mislabelled = read_one(raw(article(), content_type="text/plain"))

    assert unlabelled["body"] == mislabelled["body"]


def test_reading_twice_gives_the_same() -> None:
    first, second = (read(raw(article()), "en", "UTC", 50_000)[0] for _ in range(2))

    assert first.equals(second)
