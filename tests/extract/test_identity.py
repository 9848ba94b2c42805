"""Every article has one page, whatever the addresses under which it was found."""

import itertools
from datetime import UTC, datetime
from hashlib import sha256

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract import identity
from etl.schema import frames
from tests.frames import frame

NOW = datetime(2024, 5, 1, tzinfo=UTC)
SITE = "https://oasis.example/"


def full(place: str | None) -> str | None:
    """A path of the tables below as a URL; whole URLs as they are."""
    return place if place is None or ":" in place else SITE + place.removeprefix("/")


def raw(table: str) -> pl.DataFrame:
    """A raw frame. `link` is the canonical link, `moved` where a redirect for good led.

    Pages with the same `text` have the same bytes, if they have the same link.
    """
    return frames_of(frame(table).rows(named=True))


def frames_of(rows: list[dict[str, str | None]]) -> pl.DataFrame:
    """A raw frame of the rows of such a table."""
    made = []
    for row in rows:
        url, moved = full(row["url"]), full(row.get("moved"))
        head = f'<link rel="canonical" href="{full(row["link"])}">' if row.get("link") else ""
        content = f"<head>{head}</head><p>{row['text']}</p>".encode()
        made.append(
            {
                "url": url,
                "article_url": full(row.get("known")) or url,
                "address": full(row.get("address")) or moved or url,
                "fetched_at": NOW,
                "status": 200,
                "content_type": "text/html",
                "headers": '{"x-moved": "permanent"}' if moved else "{}",
                "content": content,
                "content_hash": sha256(content).hexdigest(),
                "failure": None,
            }
        )
    return pl.DataFrame(made, schema=frames.RAW, orient="row")


def known(table: str = "url | article_url | outcome") -> pl.DataFrame:
    """What earlier runs left; `gave` says whether an address ever gave a page."""
    rows = [
        {
            "url": full(row["url"]),
            "article_url": full(row["article_url"]),
            "location": full(row["url"]),
            "feed": "rss https://oasis.example/feed.xml",
            "is_live": True,
            "checked_at": NOW if row.get("gave") or row["outcome"] in identity.SETTLED else None,
            "outcome": row["outcome"],
            "failure_count": 0,
        }
        for row in frame(table).rows(named=True)
    ]
    return pl.DataFrame(rows, schema=frames.URLS, orient="row")


def told(found: identity.Identified) -> dict[str, str]:
    """By path: the article of a page to read, or `= article` for a duplicate of one."""
    pages = zip(found.pages["url"], found.pages["article_url"], strict=True)
    names = dict(pages)
    for url, reason in found.duplicates.select("url", "reason").iter_rows():
        assert url not in names
        names[url] = reason.replace("duplicate of ", "= ")
    return {url.replace(SITE, "/"): name.replace(SITE, "/") for url, name in names.items()}


def aliases(found: identity.Identified) -> dict[str, str]:
    """Other addresses of articles, by path."""
    return {
        url.replace(SITE, "/"): article_url.replace(SITE, "/")
        for url, article_url in found.aliases.iter_rows()
    }


NEWS = [
    (
        "pages without claims are articles",
        """
        url | text
        /a  | one
        /b  | two
        /c  | two
        """,
        {"/a": "/a", "/b": "/b", "/c": "/c"},
    ),
    (
        "an AMP page in another feed",
        """
        url          | link | text
        /amp/lake    | /lake | short
        /lake        | /lake | long
        """,
        {"/lake": "/lake", "/amp/lake": "= /lake"},
    ),
    (
        "an item that moved, under both addresses",
        """
        url  | moved | text
        /old | /new  | one
        /new |       | one
        """,
        {"/new": "/new", "/old": "= /new"},
    ),
    (
        "an item that moved, under its old address only",
        """
        url  | moved | link | text
        /old | /new  | /new | one
        """,
        {"/old": "/new"},
    ),
    (
        "a page that moved, but says that its old address counts",
        """
        url  | moved | link | text
        /old | /new  | /old | one
        """,
        {"/old": "/old"},
    ),
    (
        "boilerplate: one section for all pages",
        """
        url     | link  | text
        /news/1 | /news | one
        /news/2 | /news | two
        /news/3 | /news | two
        """,
        {"/news/1": "/news/1", "/news/2": "/news/2", "/news/3": "/news/3"},
    ),
    (
        "boilerplate: the home page for all pages",
        """
        url     | link                   | text
        /news/1 | https://oasis.example/ | one
        /news/2 | https://oasis.example/ | one
        """,
        {"/news/1": "/news/1", "/news/2": "/news/2"},
    ),
    (
        "boilerplate: the script without its parameters",
        """
        url             | link         | text
        /article.php?id=5 | /article.php | one
        /article.php?id=6 | /article.php | two
        """,
        {"/article.php?id=5": "/article.php?id=5", "/article.php?id=6": "/article.php?id=6"},
    ),
    (
        "boilerplate does not keep a redirect from being believed",
        """
        url     | moved   | link  | text
        /old    | /news/1 | /news | one
        /news/1 |         | /news | one
        /news/2 |         | /news | two
        """,
        {"/news/1": "/news/1", "/old": "= /news/1", "/news/2": "/news/2"},
    ),
    (
        "another site",
        """
        url | link                       | text
        /a  | https://steppe.example/a   | one
        """,
        {"/a": "/a"},
    ),
    (
        "spellings of one page",
        """
        url                          | link                        | text
        http://oasis.example/a       | https://www.oasis.example/a | one
        http://www.oasis.example/a   | https://www.oasis.example/a | two
        https://m.oasis.example/a    | https://www.oasis.example/a | three
        """,
        {
            "http://oasis.example/a": "https://www.oasis.example/a",
            "https://m.oasis.example/a": "= https://www.oasis.example/a",
            "http://www.oasis.example/a": "= https://www.oasis.example/a",
        },
    ),
    (
        "the same bytes under two addresses that make the same claim",
        """
        url      | link | text
        /world/a | /a   | one
        /asia/a  | /a   | one
        """,
        {"/asia/a": "/a", "/world/a": "= /a"},
    ),
    (
        "views of one page, which was not announced",
        """
        url               | link | text
        /a?print=1        | /a   | one
        /a?print=1&size=2 | /a   | two
        """,
        {"/a?print=1": "/a", "/a?print=1&size=2": "= /a"},
    ),
    (
        "views of one page, which was announced",
        """
        url          | link | text
        /a           | /a   | one
        /a?src=feed  | /a   | two
        /a?src=front | /a   | three
        """,
        {"/a": "/a", "/a?src=feed": "= /a", "/a?src=front": "= /a"},
    ),
    (
        "a chain of claims",
        """
        url | link | text
        /a  | /b   | one
        /b  | /c   | two
        /c  | /c   | three
        """,
        {"/c": "/c", "/a": "= /c", "/b": "= /c"},
    ),
    (
        "a circle of claims, and one that leads into it",
        """
        url | link | text
        /a  | /c   | one
        /b  | /c   | one
        /c  | /b   | two
        """,
        {"/b": "/b", "/a": "= /b", "/c": "= /b"},
    ),
    (
        "the replay of an archive",
        """
        url      | link     | address                                               | text
        /print/7 | /a       | https://archive.example/2019id_/https://oasis.example/ | one
        /a       | /a       | https://archive.example/2019id_/https://oasis.example/ | two
        """,
        {"/a": "/a", "/print/7": "= /a"},
    ),
]


@pytest.mark.parametrize(
    ("table", "articles"), [case[1:] for case in NEWS], ids=[case[0] for case in NEWS]
)
def test_new_pages(table: str, articles: dict[str, str]) -> None:
    assert told(identity.identify(raw(table), known())) == articles


RETURNS = [
    (
        "a claim to be an article that was loaded makes a duplicate",
        "url | link | text\n/print/7 | /a | one",
        "url | article_url | outcome\n/a | /a | loaded",
        {"/print/7": "= /a"},
    ),
    (
        "an article that is gone is carried on by its other address",
        "url | link | text\n/print/7 | /a | one",
        "url | article_url | outcome | gave\n/a | /a | gone | yes",
        {"/print/7": "/a"},
    ),
    (
        "an address that never gave its article is no article",
        "url | link | text\n/print/7 | /a | one",
        "url | article_url | outcome | gave\n/a | /a | not_an_article | yes",
        {"/print/7": "/a"},
    ),
    (
        "an article keeps its URL when it claims another",
        "url | link | text\n/a | /new | one",
        "url | article_url | outcome\n/a | /a | unchanged",
        {"/a": "/a"},
    ),
    (
        "so it does after failures",
        "url | moved | text\n/a | /new | one",
        "url | article_url | outcome | gave\n/a | /a | timeout | yes",
        {"/a": "/a"},
    ),
    (
        "what an article claims to be is another address of it",
        "url | link | text\n/a | /new | one\n/new | /new | two",
        "url | article_url | outcome\n/a | /a | loaded",
        {"/a": "/a", "/new": "= /a"},
    ),
    (
        "and leads others to it",
        "url | link | text\n/a | /new | one\n/print/7 | /new | one",
        "url | article_url | outcome\n/a | /a | loaded",
        {"/a": "/a", "/print/7": "= /a"},
    ),
    (
        "two articles stay two when one claims to be the other",
        "url | link | text\n/a | /b | one\n/b | /b | two",
        "url | article_url | outcome\n/a | /a | loaded\n/b | /b | loaded",
        {"/a": "/a", "/b": "/b"},
    ),
    (
        "a chain leads on to what is known",
        "url | link | text\n/a | /b | one",
        "url | article_url | outcome\n/b | /c | duplicate\n/c | /c | loaded",
        {"/a": "= /c"},
    ),
    (
        "another address stays one, whatever it claims now",
        "url | known | link | text\n/b | /a | /b | one",
        "url | article_url | outcome\n/b | /a | loaded",
        {"/b": "/a"},
    ),
    (
        "another address that gives an article goes on doing so",
        "url | known | link | text\n/b | /a | /a | one\n/aa | /aa | /a | one",
        "url | article_url | outcome\n/b | /a | loaded",
        {"/b": "/a", "/aa": "= /a"},
    ),
    (
        "also when it is not in the batch",
        "url | link | text\n/b?x=y | /a | one",
        "url | article_url | outcome\n/b | /a | loaded",
        {"/b?x=y": "= /a"},
    ),
    (
        "an address that gave the article makes way for its own URL",
        "url | known | link | text\n/b | /a | /a | one\n/a | /a | /a | two",
        "url | article_url | outcome\n/b | /a | loaded",
        {"/a": "/a", "/b": "= /a"},
    ),
    (
        "and does not come back",
        "url | known | link | text\n/b | /a | /a | one",
        "url | article_url | outcome\n/b | /a | loaded\n/a | /a | loaded",
        {"/b": "= /a"},
    ),
    (
        "boilerplate that came page by page is noticed at the second",
        "url | link | text\n/news/2 | /news | two",
        "url | article_url | outcome\n/news/1 | /news | loaded",
        {"/news/2": "/news/2"},
    ),
    (
        "a view of a known article is its duplicate, however many there were",
        "url | link | text\n/a?src=front | /a | two",
        "url | article_url | outcome\n/a | /a | loaded\n/a?src=feed | /a | duplicate",
        {"/a?src=front": "= /a"},
    ),
    (
        "a number may be that of an article, also where its script was taken for one",
        "url | link | text\n/index.php?id=6 | /index.php | two",
        "url | article_url | outcome\n"
        "/index.php | /index.php | loaded\n/index.php?id=5 | /index.php | duplicate",
        {"/index.php?id=6": "/index.php?id=6"},
    ),
    (
        "an address of what was never loaded is looked at anew",
        "url | known | text\n/a | /cgi-sys/notice | one\n/b | /cgi-sys/notice | two",
        "url | article_url | outcome | gave\n"
        "/a | /cgi-sys/notice | suspended | yes\n/b | /cgi-sys/notice | suspended | yes",
        {"/a": "/a", "/b": "/b"},
    ),
]


@pytest.mark.parametrize(
    ("table", "before", "articles"),
    [case[1:] for case in RETURNS],
    ids=[case[0] for case in RETURNS],
)
def test_pages_of_a_known_site(table: str, before: str, articles: dict[str, str]) -> None:
    assert told(identity.identify(raw(table), known(before))) == articles


def test_frames_have_their_shape() -> None:
    found = identity.identify(raw("url | link | text\n/a | /b | one\n/b | /b | two"), known())

    assert found.pages.schema == frames.RAW
    assert found.duplicates.schema == frames.REJECTS
    assert found.aliases.schema == identity.ALIASES
    assert found.duplicates.row(0) == (
        f"{SITE}a",
        raw("url | link | text\n/a | /b | one")["content_hash"].item(),
        "duplicate",
        f"duplicate of {SITE}b",
    )


def test_nothing_comes_of_nothing() -> None:
    found = identity.identify(frames.RAW.to_frame(), known())

    assert [part.height for part in found] == [0, 0, 0]


def test_aliases_are_all_addresses_that_are_not_their_article() -> None:
    pages = raw(
        """
        url      | link | text
        /print/7 | /a   | one
        /print/8 | /a   | one
        /kept    | /new | two
        /own     | /own | three
        """
    )

    found = identity.identify(pages, known("url | article_url | outcome\n/kept | /kept | loaded"))

    assert aliases(found) == {"/new": "/kept", "/print/7": "/a", "/print/8": "/a"}


def test_what_is_asked_for_is_all_that_matters() -> None:
    pages = raw("url | known | link | moved | text\n/a | /b | /c | /d | one")

    assert identity.claimed(pages) == [f"{SITE}{name}" for name in "abcd"]


def test_duplicates_of_a_rejected_page_end_as_it_did() -> None:
    pages = raw(
        """
        url | moved           | link | text
        /a  | /cgi-sys/notice |      | notice
        /b  | /cgi-sys/notice |      | notice
        /c  |                 | /d   | one
        /d  |                 | /d   | two
        """
    )
    found = identity.identify(pages, known())
    rejects = frame("url | content_hash | outcome | reason\nx | x | suspended | a notice")

    ended = identity.settled(found, rejects.with_columns(url=pl.lit(f"{SITE}a")))

    assert ended.duplicates.select("url", "outcome", "reason").rows() == [
        (f"{SITE}b", "suspended", "a notice"),
        (f"{SITE}c", "duplicate", f"duplicate of {SITE}d"),
    ]
    assert aliases(ended) == {"/c": "/d"}
    assert ended.pages.equals(found.pages)


ADDRESSES = ["/a", "/b", "/c", "/a?x=y", "/a?x=z", "/a?id=5", "/a?id=6", "/d/a", "/d/b"]
CLAIM = st.sampled_from([None, None, *ADDRESSES, "/e"])
PAGE = st.fixed_dictionaries({"link": CLAIM, "moved": CLAIM, "text": st.sampled_from("12")})
BATCH = st.dictionaries(st.sampled_from(ADDRESSES), PAGE, max_size=6).map(
    lambda pages: [{"url": url, **page} for url, page in pages.items()]
)


def after(before: pl.DataFrame, found: identity.Identified) -> pl.DataFrame:
    """What is known once the pages of a run were loaded and its aliases remembered."""
    addresses = {row["url"]: row for row in before.rows(named=True)}
    ended = [(url, "loaded") for url in found.pages["url"]]
    ended += [(url, "duplicate") for url in found.duplicates["url"]]
    articles = dict(found.aliases.iter_rows())
    for url, outcome in [*((url, None) for url in articles), *ended]:
        row = addresses.setdefault(url, {"url": url, "location": url, "is_live": True})
        row["article_url"] = articles.get(url, url)
        if outcome is not None:
            row.update(outcome=outcome, checked_at=NOW)
    return pl.DataFrame(list(addresses.values()), schema=frames.URLS, orient="row")


def asked(rows: list[dict[str, str | None]], before: pl.DataFrame) -> pl.DataFrame:
    """A raw frame of `rows`, with their articles as far as known."""
    articles = dict(before.select("url", "article_url").iter_rows())
    return frames_of([{**row, "known": articles.get(str(full(row["url"])))} for row in rows])


@settings(deadline=None, max_examples=200)
@given(BATCH, BATCH)
def test_no_order_matters_and_nothing_is_lost(
    first: list[dict[str, str | None]], second: list[dict[str, str | None]]
) -> None:
    before = after(known(), identity.identify(asked(first, known()), known()))
    pages = asked(second, before)

    found = identity.identify(pages, before)

    shuffled = pages.sample(fraction=1, shuffle=True, seed=3)
    again = identity.identify(shuffled, before.reverse())
    assert told(again) == told(found)
    assert aliases(again) == aliases(found)
    assert {*found.pages["url"], *found.duplicates["url"]} == set(pages["url"])
    assert found.pages["article_url"].is_unique().all()
    had = {*found.pages["article_url"], *loaded(before)["article_url"]}
    assert {reason.removeprefix("duplicate of ") for reason in found.duplicates["reason"]} <= had


def loaded(before: pl.DataFrame) -> pl.DataFrame:
    """The addresses whose page was loaded."""
    return before.filter(pl.col("outcome").is_in(identity.SETTLED))


@settings(deadline=None, max_examples=200)
@given(BATCH, BATCH)
def test_an_article_keeps_its_url(
    first: list[dict[str, str | None]], second: list[dict[str, str | None]]
) -> None:
    found = identity.identify(asked(first, known()), known())
    before = after(known(), found)

    again = identity.identify(asked([*first], before), before)
    changed = identity.identify(asked(second, before), before)

    assert told(again) == told(found)
    was = dict(found.pages.select("url", "article_url").iter_rows())
    now = dict(changed.pages.select("url", "article_url").iter_rows())
    assert all(was[url] == now[url] for url in was.keys() & now.keys())


def test_the_kept_page_does_not_depend_on_the_order() -> None:
    rows: list[dict[str, str | None]] = [
        {"url": url, "link": "/a", "text": "1"} for url in ("/long/way", "/b", "/c")
    ]

    kept = {
        identity.identify(frames_of(list(order)), known()).pages["url"].item()
        for order in itertools.permutations(rows)
    }

    assert kept == {f"{SITE}b"}
