"""One article has one URL, however it was written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract import urls

SPELLINGS = [
    ("https://example.org", "https://example.org/"),
    ("HTTPS://Example.ORG/A/b", "https://example.org/A/b"),
    ("http://example.org:80/a", "http://example.org/a"),
    ("https://example.org:443/a", "https://example.org/a"),
    ("http://example.org:8080/a", "http://example.org:8080/a"),
    ("https://example.org./a", "https://example.org/a"),
    ("https://reader:secret@example.org/a", "https://example.org/a"),
    ("https://example.org/a/#notes", "https://example.org/a"),
    ("https://example.org//a///", "https://example.org//a"),
    ("https://example.org/a/../b/./c", "https://example.org/b/c"),
    ("https://example.org/?p=7&utm_source=feed&UTM_Medium=x", "https://example.org/?p=7"),
    ("https://example.org/a?fbclid=1&gclid=2&yclid=3&mc_cid=4", "https://example.org/a"),
    ("https://example.org/a?id=2&ref=home&from=x", "https://example.org/a?from=x&id=2&ref=home"),
    ("https://example.org/a?utm=1&gclide=2", "https://example.org/a?gclide=2&utm=1"),
    ("https://example.org/a;jsessionid=0A1B?x=1", "https://example.org/a?x=1"),
    ("https://example.org/a?b", "https://example.org/a?b="),
    ("https://example.org/a b?q=c d", "https://example.org/a%20b?q=c+d"),
    ("https://example.org/%7eali/%d0%bc", "https://example.org/~ali/%D0%BC"),
    ("https://example.org/a%2520b%2Fc", "https://example.org/a%2520b%2Fc"),
    ("https://example.org/мир?т=я", "https://example.org/%D0%BC%D0%B8%D1%80?%D1%82=%D1%8F"),
    ("https://сайт.example/", "https://xn--80aswg.example/"),
    ("http://[::0:1]:80/a", "http://[::1]/a"),
    ("  https://example.org/a\n", "https://example.org/a"),
]


@pytest.mark.parametrize(("written", "identity"), SPELLINGS)
def test_spellings_of_one_page_are_one_url(written: str, identity: str) -> None:
    assert urls.canonical(written) == identity


ANY_URL = st.tuples(
    st.sampled_from(["http://", "HTTPS://", "http://u:p@"]),
    st.sampled_from(["example.org", "EXAMPLE.org.", "example.org:80", "[::1]:443", "сайт.example"]),
    st.text(st.sampled_from("ab/%2fC57?&=;#.+ |[]é\x00~:@_-utm"), max_size=24),
).map(lambda parts: f"{parts[0]}{parts[1]}/{parts[2]}")


@settings(deadline=None, max_examples=400)
@given(ANY_URL)
def test_a_canonical_url_stays_as_it_is(url: str) -> None:
    once = urls.canonical(url)

    assert urls.canonical(once) == once
    assert once.isascii()
    assert not set(once) & set(" \x00#\n")


@pytest.mark.parametrize(
    "no_page",
    [
        "",
        "a.html",
        "mailto:editor@example.org",
        "ftp://example.org/a",
        "file:///etc/passwd",
        "http:///a",
        "http://[bad/a",
        "http://example.org:port/a",
        "https://example.org/" + "a" * 2_000,
        "https://example.org/\ud800",
    ],
)
def test_what_is_no_page_of_the_web_has_no_url(no_page: str) -> None:
    with pytest.raises(ValueError):
        urls.canonical(no_page)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("../b.html?x=1#top", "https://example.org/b.html?x=1"),
        ("//other.example/b", "https://other.example/b"),
        ("https://example.org/b/?utm_source=x", "https://example.org/b/?utm_source=x"),
        ("#top", None),
        ("  ", None),
        ("javascript:void(0)", None),
        ("file:///etc/passwd", None),
    ],
)
def test_links_start_at_their_feed(link: str, address: str | None) -> None:
    assert urls.resolved(link, "https://example.org/feeds/all.xml") == address


def test_relative_links_without_a_start_lead_nowhere() -> None:
    assert urls.resolved("b.html", None) is None
