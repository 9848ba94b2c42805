"""A home page says what its site is called, in which language it is, and where its feeds are."""

import pytest

from etl.extract.survey import headlines, homepage
from tests import journals


@pytest.mark.parametrize(
    ("head", "title", "language"),
    [
        ("<title>Home – Oasis Review</title>", "Oasis Review", None),
        ("<title>Главная страница</title>", None, None),
        ('<meta property="og:site_name" content="Oasis"><title>News | X</title>', "Oasis", None),
        (
            "<title>Oasis:\n a\treview &amp; more \x1b[31m</title>",
            "Oasis: a review & more [31m",
            None,
        ),
        ('<html lang="tg-TJ">', None, "tg"),
        ('<html lang="xx"><meta property="og:locale" content="fa_IR">', None, "fa"),
        ("", None, None),
    ],
)
def test_a_home_page_says_what_it_is(head: str, title: str | None, language: str | None) -> None:
    told = homepage.read(f"<!doctype html>{head}<p>x".encode(), "https://o.example/", None)

    assert (told.title, told.language) == (title, language)


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"\x00\xff\xfe", b"<", b"\x1f\x8b broken", b"<html/>"),
        b'<base href="http://["><a href="http://[/feed">x</a><a href="//:99999/rss">x</a>',
        b"<div>" * 5_000,
    ],
)
def test_a_page_that_says_nothing_is_read_all_the_same(content: bytes) -> None:
    told = homepage.read(content, "https://oasis.example/", "text/html")

    assert (told.alternates, told.linked, told.repositories) == ((), (), ())


def test_a_home_page_in_an_old_charset_is_understood() -> None:
    page = '<html><head><meta charset="windows-1251"><title>Оазис</title></head>'.encode("cp1251")

    assert homepage.read(page, "https://oasis.example/", "text/html").title == "Оазис"


def test_links_of_a_page_start_at_its_base() -> None:
    page = b'<head><base href="/news/"></head><a href="feed">RSS</a><a href="//other.example/feed">'

    told = homepage.read(page, "https://oasis.example/", None)

    assert told.linked == (homepage.Candidate("rss", "https://oasis.example/news/feed"),)


@pytest.mark.parametrize(
    ("link", "endpoint"),
    [
        ("/index.php/jcas/issue/current", "/index.php/jcas/oai"),
        ("/index.php/jcas/en/issue/archive", "/index.php/jcas/oai"),
        ("/ojs/index.php/jcas/article/view/12", "/ojs/index.php/jcas/oai"),
        ("/index.php/news/12", None),
        ("/jcas/issue/current", None),
    ],
)
def test_repositories_of_ojs_are_known_by_their_links(link: str, endpoint: str | None) -> None:
    page = f'<html><a href="{link}">Current</a></html>'.encode()

    told = homepage.read(page, "https://press.example/", None)

    assert [c.address.removeprefix("https://press.example") for c in told.repositories] == (
        [endpoint] if endpoint else []
    )


def listed(*links: str) -> str:
    """A page with the six topics as links, each written as one of `links`."""
    found = [
        link.format(at=f"/{number}", title=title)
        for number, title in enumerate(journals.TOPICS)
        for link in links
    ]
    return f"<html><body><nav>{NAV}</nav>{''.join(found)}</body></html>"


NAV = "".join(f'<a class="x" href="/n{n}">A long entry of a menu, number {n}</a>' for n in range(9))


@pytest.mark.parametrize(
    ("page", "link", "following"),
    [
        (listed('<p><a class="headline" href="{at}">{title}</a></p>'), "a.headline", None),
        (listed('<h3><a href="{at}">{title}</a></h3>'), "h3 > a", None),
        (
            listed('<li class="p-1 item"><b><a href="{at}">{title}</a></b></li>'),
            "li.p-1 > b > a",
            None,
        ),
        (
            listed('<h2><a class="t" href="{at}">{title}</a></h2><a class="m" href="{at}">More</a>')
            + '<a rel="next" href="/2">Older</a>',
            "a.t",
            'a[rel~="next"]',
        ),
    ],
)
def test_headlines_are_selected_by_what_they_share(
    page: str, link: str, following: str | None
) -> None:
    root = homepage.parsed(page.encode(), None)

    assert root is not None
    assert headlines.proposed(root, "https://o.example/") == (link, following)


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body><nav>{NAV}</nav></body></html>",
        listed('<p><a href="{at}">{title}</a></p>'),
        listed('<p><a class="t" href="https://other.example{at}">{title}</a></p>'),
        listed('<p><a class="t" href="{at}">More</a></p>'),
        "<html></html>",
    ],
)
def test_no_headlines_are_proposed_where_none_stand_out(page: str) -> None:
    root = homepage.parsed(page.encode(), None)

    assert root is None or headlines.proposed(root, "https://o.example/") is None
