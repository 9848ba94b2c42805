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
    ("https://example.org/#!/a/7", "https://example.org/"),
    ("https://example.org/a?id=2&amp;utm_source=x", "https://example.org/a?id=2"),
    (
        "https://example.org/a?utm_social-type=x&ysclid=1&xtor=RSS-7&wt_mc=2",
        "https://example.org/a",
    ),
    ("https://example.org/a?gad_source=1&srsltid=2&hsa_cam=3&_bhlid=4", "https://example.org/a"),
    ("https://example.org/a?mc_tc=1&itm_source=2&mibextid=3&pk_vid=4", "https://example.org/a"),
    ("https://example.org/a?campaign_name=1&campaign_id=2", "https://example.org/a?campaign_id=2"),
]

AMP = [
    ("https://example.org/a/amp", "https://example.org/a"),
    ("https://example.org/a/amp/?id=7", "https://example.org/a?id=7"),
    ("https://example.org/a/amp/amp/", "https://example.org/a"),
    ("https://example.org/a/%61mp", "https://example.org/a"),
    ("https://example.org/a.amp", "https://example.org/a"),
    ("https://example.org/a.amp.html", "https://example.org/a.html"),
    ("https://example.org/a.amp.htm", "https://example.org/a.htm"),
    ("https://example.org/a?amp", "https://example.org/a"),
    ("https://example.org/a/?amp=1", "https://example.org/a"),
    ("https://example.org/?p=7&amp=true", "https://example.org/?p=7"),
    ("https://example.org/?p=7&amp;amp=1", "https://example.org/?p=7"),
    ("https://example.org/a/?noamp=mobile", "https://example.org/a"),
    ("https://example.org/a/?outputType=amp", "https://example.org/a"),
    ("https://example.org/a?format=amp", "https://example.org/a"),
    ("https://example.org/a?amp_js_v=a9&amp_gsa=1&usqp=mq3", "https://example.org/a"),
    ("https://amp.example.org/a", "https://example.org/a"),
    ("https://amp.journal.example.org:8080/a", "https://journal.example.org:8080/a"),
    ("https://example-org.cdn.ampproject.org/c/s/example.org/a?x=1", "https://example.org/a?x=1"),
    ("https://example-org.cdn.ampproject.org/v/s/example.org/a/amp", "https://example.org/a"),
    ("https://cdn.ampproject.org/c/s/amp.example.org/a", "https://example.org/a"),
    ("http://example-org.cdn.ampproject.org:80/c/example.org/a", "http://example.org/a"),
    ("https://www-example-org.bing-amp.com/c/s/www.example.org/a", "https://www.example.org/a"),
    ("https://www.google.com/amp/s/example.org/a/amp/", "https://example.org/a"),
    ("https://www.google.com/amp/example.org/a", "http://example.org/a"),
]

NO_AMP = [
    "https://example.org/amp",
    "https://example.org/amp-station",
    "https://example.org/amp/a",
    "https://example.org/amp.html",
    "https://example.org/camp",
    "https://example.org/a/camp",
    "https://example.org/a/AMP",
    "https://example.org/article/amplifier",
    "https://example.org/boot.camp.html",
    "https://example.org/.amp",
    "https://example.org/a?amp=12",
    "https://example.org/a?format=ampere",
    "https://example.org/a?q=amp",
    "https://amp.dev/a",
    "https://amp.com.au/a",
    "https://amplified.example.org/a",
    "https://www.google.com/amp/s/a",
    "https://example-org.cdn.ampproject.org/i/s/example.org/a.png",
    "https://example.org/?u=https%3A%2F%2Fcdn.ampproject.org%2Fc%2Fs%2Fexample.org%2Fa",
    "https://example.org/https://cdn.ampproject.org/c/s/example.org/a",
]


@pytest.mark.parametrize(("written", "identity"), SPELLINGS)
def test_spellings_of_one_page_are_one_url(written: str, identity: str) -> None:
    assert urls.canonical(written) == identity


@pytest.mark.parametrize(("written", "identity"), AMP)
def test_an_amp_page_has_the_url_of_its_article(written: str, identity: str) -> None:
    assert urls.canonical(written) == identity


@pytest.mark.parametrize("url", NO_AMP)
def test_what_only_looks_like_amp_stays(url: str) -> None:
    assert urls.canonical(url) == url


HOSTS = [
    *("example.org", "EXAMPLE.org.", "example.org:80", "[::1]:443", "сайт.example"),
    *("amp.example.org", "amp.amp.example.org", "cdn.ampproject.org/c/s/example.org"),
    *("x.cdn.ampproject.org/c/cdn.ampproject.org/v/s/example.org", "google.com/amp/s"),
]

ANY_URL = st.tuples(
    st.sampled_from(["http://", "HTTPS://", "http://u:p@"]),
    st.sampled_from(HOSTS),
    st.lists(
        st.text(st.sampled_from("ab/%2fC57?&=;#.+ |[]é\x00~:@_-utm"), max_size=12)
        | st.sampled_from(["/amp", "%61mp", ".amp", ".html", "amp.", "?amp", "&amp;", "amp=1"]),
        max_size=4,
    ).map("".join),
).map(lambda parts: f"{parts[0]}{parts[1]}/{parts[2]}")


@settings(deadline=None, max_examples=400)
@given(ANY_URL)
def test_a_canonical_url_stays_as_it_is(url: str) -> None:
    once = urls.canonical(url)

    assert urls.canonical(once) == once
    assert once.isascii()
    assert not set(once) & set(" \x00#\n")


@settings(deadline=None, max_examples=400)
@given(st.text(max_size=60) | ANY_URL.flatmap(lambda url: st.text(max_size=8).map(url.__add__)))
def test_any_text_has_a_canonical_url_or_is_refused(text: str) -> None:
    try:
        once = urls.canonical(text)
    except ValueError:
        return

    assert urls.canonical(once) == once


PATHS = st.lists(st.text(st.sampled_from("abc123-"), min_size=1, max_size=8), min_size=1).map(
    "/".join
)


@settings(deadline=None)
@given(PATHS, st.sampled_from(["", "?id=7", "?id=7&p=2"]))
def test_all_addresses_of_a_page_meet(path: str, query: str) -> None:
    site, more = "https://example.org/", "&" if query else "?"
    page = f"{site}{path}{query}"

    met = {
        urls.canonical(address)
        for address in (
            page,
            f"HTTPS://user:word@EXAMPLE.org.:443/{path}{query}",
            f"{site}{path}/{query}",
            f"{site}{path}/amp/{query}",
            f"{site}x/.././{path}{query}",
            f"https://amp.example.org/{path}{query}",
            f"https://example-org.cdn.ampproject.org/c/s/example.org/{path}{query}",
            f"{page}#notes",
            f"{page}{more}utm_source=feed&amp=1&fbclid=2",
        )
    }

    assert met == {page}


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
