"""What a page says about its own URL, and nothing that only looks like it."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.claims import HEAD_BYTES, Claims, claims

HERE = "https://oasis.example/print/7"
THERE = "https://oasis.example/a"


def page(head: str, body: str = "<p>Об озере</p>") -> bytes:
    """A page with this in its head."""
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def link(content: bytes, url: str = HERE, address: str | None = None) -> str | None:
    """What the page links to as its URL."""
    return claims(url, address, None, content).link


@pytest.mark.parametrize(
    "head",
    [
        f'<link rel="canonical" href="{THERE}">',
        f'<link href="{THERE}" rel="canonical"/>',
        f"<link rel='canonical' href='{THERE}' />",
        f"<link rel=canonical href={THERE}>",
        f'<LINK REL="Canonical" HREF="{THERE}">',
        f'<link\n  data-x="1"\n  rel = "alternate canonical"\n  href = " {THERE} "\n>',
        f'<link rel="canonical" href="{THERE}?utm_source=x&amp;fbclid=2#top">',
        '<link rel="canonical" href="/a">',
        '<link rel="canonical" href="//oasis.example/a/">',
        '<base href="/deep/er/"><link rel="canonical" href="../../a">',
        '<link rel="canonical" href="../../a"><base target="_top" href="https://oasis.example/x/y/">',
        '<!-- <base href="/no/"> --><link rel="canonical" href="../a">',
        '<base href="http://[no"><link rel="canonical" href="../a">',
        f'<!-- <link rel="canonical" href="/no"> --><link rel="canonical" href="{THERE}">',
        f'<script>"<link rel=canonical href=/no>"</script><link rel="canonical" href="{THERE}">',
        f'<link rel="canonical" href="{THERE}"><link rel="canonical" href="{THERE}">',
        f'<title>canonical</title><link rel="stylesheet" href="/canonical.css">'
        f'<link rel="canonical" href="{THERE}">',
        f'<script type="application/ld+json">{{"canonical": 1}}</script>'
        f'<link rel="canonical" href="{THERE}">',
    ],
)
def test_a_canonical_link_in_the_head_is_a_claim(head: str) -> None:
    assert link(page(head)) == THERE


@pytest.mark.parametrize(
    "content",
    [
        page(""),
        page('<link rel="alternate" href="/a">'),
        page('<link rel="canonicals" href="/a">'),
        page('<link rel="canonical">'),
        page('<link rel="canonical" href="">'),
        page('<link rel="canonical" href="javascript:void(0)">'),
        page('<link rel="canonical" href="https://[oasis/a">'),
        page('<link rel="canonical" href="/' + "a" * 2_000 + '">'),
        page('<link rel="canonical" href="/a'),
        page('<meta name="canonical" content="/a">'),
        page('<!-- <link rel="canonical" href="/a"> -->'),
        page('<!-- <b> <link rel="canonical" href="/a">'),
        page('<script>document.write(\'<link rel="canonical" href="/a">\')</script>'),
        page('<style>/* <link rel="canonical" href="/a"> */</style>'),
        page('<link rel="canonical" href="/a"><link rel="canonical" href="/b">'),
        page("", '<link rel="canonical" href="/a">'),
        b'<title>x</title><body><link rel="canonical" href="/a"></html>',
        b'<HTML><HEAD></HEAD><BODY><LINK rel="canonical" href="/a"></BODY>',
        page(" " * HEAD_BYTES + '<link rel="canonical" href="/a">'),
        '<link rel="canonical" href="/a">'.encode("utf-16"),
        b'<link rel="canonical" href="/\xd1\xf2\xe0\xf2\xfc\xff">',
        b"",
    ],
)
def test_what_only_looks_like_a_canonical_link_is_none(content: bytes) -> None:
    assert link(content) is None


@pytest.mark.parametrize(
    ("url", "claim", "is_possible"),
    [
        ("https://oasis.example/a", "http://oasis.example/a", True),
        ("https://oasis.example/a", "https://www.oasis.example/a", True),
        ("https://m.oasis.example/a", "https://oasis.example/a", True),
        ("http://www.oasis.example:80/a", "https://mobile.oasis.example:443/b", True),
        ("https://oasis.example/a", "https://steppe.example/a", False),
        ("https://oasis.example/a", "https://news.oasis.example/a", False),
        ("https://oasis.example/a", "https://oasis.example:8443/a", False),
        ("https://m.example/a", "https://www.example/a", False),
        ("https://oasis.example/a", "https://oasis.example/", False),
        ("https://oasis.example/a", "https://oasis.example/?utm_source=x", False),
        ("https://oasis.example/?p=7", "https://www.oasis.example/", False),
        ("https://oasis.example/", "https://www.oasis.example/", True),
        ("https://oasis.example/a", "https://oasis.example/?p=7", True),
        ("file:///demo/a.html", "https://oasis.example/a", False),
    ],
)
def test_a_claim_stays_on_its_site_and_off_the_home_page(
    url: str, claim: str, is_possible: bool
) -> None:
    told = link(page(f'<link rel="canonical" href="{claim}">'), url)

    assert (told is not None) == is_possible


@pytest.mark.parametrize(
    ("header", "claim"),
    [
        (f'<{THERE}>; rel="canonical"', THERE),
        (f"<{THERE}>; rel=canonical", THERE),
        ('</w.css>; rel=preload; as=style, </a>;type="text/html" ; Rel="Canonical up"', THERE),
        (f'<{THERE}>; title="rel=canonical, not"; rel="alternate"', None),
        ('</a>; rel="canonical", </b>; rel="canonical"', None),
        ("canonical", None),
        ("", None),
    ],
)
def test_a_link_header_is_a_claim_as_well(header: str, claim: str | None) -> None:
    told = claims(HERE, HERE, json.dumps({"link": header}), page(""))

    assert told == Claims(claim, None)


def test_a_link_in_the_head_goes_before_a_header() -> None:
    headers = json.dumps({"link": "</b>; rel=canonical"})

    assert claims(HERE, HERE, headers, page('<link rel="canonical" href="/a">')).link == THERE


@pytest.mark.parametrize(
    ("address", "headers", "claim"),
    [
        (THERE, '{"x-moved": "permanent"}', THERE),
        (f"{THERE}/?utm_source=x", '{"x-moved": "permanent"}', THERE),
        (THERE, "{}", None),
        (THERE, None, None),
        ("https://oasis.example/", '{"x-moved": "permanent"}', None),
        ("https://steppe.example/a", '{"x-moved": "permanent"}', None),
    ],
)
def test_a_redirect_for_good_within_the_site_is_a_claim(
    address: str, headers: str | None, claim: str | None
) -> None:
    assert claims(HERE, address, headers, page("")) == Claims(None, claim)


REPLAY = "https://archive.example/web/20190501000000id_/https://oasis.example/print/7"


@pytest.mark.parametrize("address", [REPLAY, "folder/7.html", "zip:pages.zip!7.html", None])
@pytest.mark.parametrize("href", ["../a", "/a", THERE])
def test_a_page_from_elsewhere_is_judged_by_its_url(address: str | None, href: str) -> None:
    assert link(page(f'<link rel="canonical" href="{href}">'), HERE, address) == THERE


def test_relative_links_start_where_the_page_came_from() -> None:
    content = page('<link rel="canonical" href="a">')

    assert link(content, HERE, "https://oasis.example/7") == THERE


@pytest.mark.parametrize(
    "piece",
    [
        b"<link",
        b"<link rel=canonical ",
        b"<link rel=canonical href=x>",
        b"<!-- canonical",
        b"<script>canonical<",
        b'<link rel="canonical" ' + b"a=" * 1_900 + b">",
        b'<link rel="canonical" ' + b"a" * 3_900 + b">",
        b'<link rel="canonical" ' + b" " * 3_900 + b">",
    ],
)
def test_no_page_takes_long(piece: bytes) -> None:
    content = b"<base " + piece * (HEAD_BYTES // len(piece))
    headers = json.dumps({"link": content.decode()})
    started = time.perf_counter()

    claims(HERE, HERE, headers, content)

    assert time.perf_counter() - started < 1


MARKUP = st.lists(
    st.sampled_from(
        [
            *("<link ", "rel=", "canonical", "href=", '"', "'", ">", "<", "<!--", "-->", "<base "),
            *("</head>", "<body>", "<script>", "</script>", "/a", " ", "&amp;", "&#0;", "\ud800"),
            "http://[",
        ]
    ),
    max_size=30,
).map("".join)


@settings(deadline=None)
@given(MARKUP, MARKUP)
def test_whatever_a_page_holds_it_has_a_claim_or_none(content: str, header: str) -> None:
    told = claims(
        HERE, HERE, json.dumps({"link": header}), content.encode("utf-8", "surrogatepass")
    )

    assert all(claim is None or claim.startswith("http") for claim in told)
