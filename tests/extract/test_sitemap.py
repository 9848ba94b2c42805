"""A sitemap gives its pages in whatever form it comes; damage is told, and stops at its place."""

import gzip
import tracemalloc
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import FetchFailed
from etl.extract.feeds import sitemap, sitemap_entries
from etl.extract.feeds.announced import Announced
from etl.extract.feeds.asking import Document
from etl.sources import SitemapFeed
from tests.extract.feeds import NOW, read, urls
from tests.servers import Journal, Reply

SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def announced(at: str, **more: str) -> Announced:
    """What a sitemap announces."""
    return read(sitemap.links, SitemapFeed(kind="sitemap", at=at), None, NOW, **more)


def pages(*addresses: str, changed: str = "") -> bytes:
    """A sitemap of pages."""
    told = f"<lastmod>{changed}</lastmod>" if changed else ""
    found = "\n".join(f"<url><loc>{address}</loc>{told}</url>" for address in addresses)
    return f'<?xml version="1.0"?><urlset xmlns="{SPACE}">{found}</urlset>'.encode()


def page(name: object) -> str:
    """Address of an article."""
    return f"https://oasis.example/{name}"


MIXED = f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="/main.xsl"?>
<!-- made by hand -->
<urlset xmlns="{SPACE}" xmlns:image="{IMAGE}" xmlns:news="{NEWS}"
  xmlns:xhtml="http://www.w3.org/1999/xhtml">
<url>
  <loc> https://OASIS.example/water/?utm_source=map&amp;id=7 </loc>
  <lastmod>2024-04-02T10:00:00+05:00</lastmod>
  <image:image><image:loc>https://oasis.example/water.jpg</image:loc></image:image>
  <xhtml:link rel="alternate" hreflang="ru" href="https://oasis.example/ru/water"/>
</url>
<url><loc><![CDATA[/dams?a=1&b=2]]></loc><changefreq>daily</changefreq></url>
<url><loc>https://oasis.example/news</loc>
  <news:news><news:publication><news:name>Oasis</news:name></news:publication>
    <news:publication_date>2024-04-03</news:publication_date></news:news></url>
<url><lastmod>2024-01-01</lastmod></url>
</urlset>""".encode()


def test_each_page_is_announced_with_its_last_change(journal: Journal) -> None:
    at = journal.says("/sitemap.xml", Reply(MIXED, content_type="application/xml"))

    links, problems, documents, *_ = announced(at)

    assert problems == []
    assert [document.address for document in documents] == [at]
    assert [(link.url, link.announced_at) for link in links] == [
        ("https://oasis.example/water?id=7", datetime(2024, 4, 2, 5, tzinfo=UTC)),
        (journal.url("/dams?a=1&b=2"), None),
        ("https://oasis.example/news", datetime(2024, 4, 3, 23, 59, 59, tzinfo=UTC)),
    ]
    assert links[0].location == "https://OASIS.example/water/?utm_source=map&id=7"


def test_a_day_is_the_last_second_of_the_journals_own(journal: Journal) -> None:
    at = journal.says("/sitemap.xml", pages(page(1), changed="2024-04-30"))

    (link,) = announced(at, timezone="Asia/Dushanbe").links

    assert link.announced_at == datetime(2024, 4, 30, 18, 59, 59, tzinfo=UTC)


FORMS: Mapping[str, Callable[[bytes], bytes]] = {
    "plain": lambda content: content,
    "gzip": gzip.compress,
    "two pieces of gzip": lambda c: gzip.compress(c[:50]) + gzip.compress(c[50:]),
    "utf-16": lambda c: c.decode().replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16"),
    "no namespace": lambda c: c.replace(f' xmlns="{SPACE}"'.encode(), b""),
    "prefix": lambda c: (
        c.replace(b"xmlns=", b"xmlns:s=")
        .replace(b"</", b"</s:")
        .replace(b"<u", b"<s:u")
        .replace(b"<l", b"<s:l")
    ),
    "blank line on top": lambda content: b"\n" + content,
    "byte order mark": lambda content: b"\xef\xbb\xbf" + content,
    "bare ampersand": lambda content: content.replace(b"&amp;", b"&"),
    "bare ampersand in gzip": lambda c: gzip.compress(c.replace(b"&amp;", b"&")),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_sitemap_is_read_in_any_form(journal: Journal, form: str) -> None:
    content = FORMS[form](pages(page(1), page("2?a=1&amp;copy=2"), page(3), changed="2024"))
    at = journal.says("/sitemap", Reply(content, content_type="application/octet-stream"))

    found = announced(at)

    assert urls(found) == [page(1), page("2?a=1&copy=2"), page(3)]
    assert found.links[0].announced_at == datetime(2024, 1, 1, tzinfo=UTC)


def test_text_sitemaps_are_read(journal: Journal) -> None:
    text = f"\ufeff{page(1)}\r\n\r\n{page('вода')}\nabout us\n"
    at = journal.says("/sitemap.txt", Reply(text.encode(), content_type="text/plain"))

    found = announced(at)

    assert [link.url for link in found.links] == [page(1), page("%D0%B2%D0%BE%D0%B4%D0%B0")]
    assert found.problems == [f"{at}: 1 of 3 lines are no URLs, such as 'about us'"]


def test_a_feed_may_stand_for_a_sitemap(journal: Journal) -> None:
    feed = f"""<rss version="2.0"><channel><title>Oasis</title>
      <item><link>{page(1)}</link><pubDate>Mon, 01 Apr 2024 10:00:00 GMT</pubDate></item>
      <item><title>No link</title></item></channel></rss>"""
    at = journal.says("/sitemap.xml", gzip.compress(feed.encode()))

    (link,) = announced(at).links

    assert link[:3] == (page(1), page(1), datetime(2024, 4, 1, 10, tzinfo=UTC))


def test_a_sitemap_in_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml").write_bytes(MIXED)

    found = announced(str(tmp_path / "sitemap.xml"), homepage_url="https://oasis.example/")

    assert urls(found)[1] == "https://oasis.example/dams?a=1&b=2"


def test_an_empty_sitemap_is_no_failure(journal: Journal) -> None:
    assert urls(announced(journal.says("/sitemap.xml", pages()))) == []


FAILING = {
    "gone": (Reply(status=404), "HTTP 404 Not Found"),
    "html": (Reply(b"<html><body><p>Welcome"), "no sitemap: it is text/html"),
    "nothing": (Reply(b""), "no sitemap: it is text/html; charset=utf-8, and starts ''"),
    "binary": (Reply(bytes(range(256)) * 20), "no sitemap:"),
    "gzipped nothing": (Reply(gzip.compress(b"")), "no sitemap:"),
    "torn gzip": (Reply(gzip.compress(pages(page(1)))[:20]), "damaged: Compressed file ended"),
    "bad gzip": (Reply(b"\x1f\x8b\x08" + b"x" * 99), "damaged: "),
    "all damaged": (Reply(b"<urlset><url><loc"), "damaged: "),
    "too large": (Reply(declared_bytes=60_000_000), "60,000,000 bytes, over 52,428,800"),
}


@pytest.mark.parametrize("name", FAILING)
def test_what_is_no_sitemap_fails_with_its_reason(journal: Journal, name: str) -> None:
    reply, reason = FAILING[name]
    at = journal.says("/sitemap.xml", reply)

    with pytest.raises(FetchFailed) as failure:
        announced(at)

    assert str(failure.value).startswith(reason)


def test_pages_before_and_after_damage_are_kept_and_it_is_told(journal: Journal) -> None:
    broken = page(2).encode()
    content = pages(page(1), page(2), page(3)).replace(broken + b"</loc>", broken)
    at = journal.says("/sitemap.xml", content)

    found = announced(at)

    assert [link.url for link in found.links] == [page(1), page(3)]
    assert found.problems == [
        f"{at}: damaged: Opening and ending tag mismatch: loc line 2 and url, line 2, column 40"
    ]
    assert found.read == ()


def test_links_that_cannot_be_followed_are_told(journal: Journal) -> None:
    at = journal.says("/sitemap.xml", pages(page(1), "http://[oasis/", page("x" * 2_000)))

    found = announced(at)

    assert len(found.links) == 1
    assert found.problems == ["left out 2 of 3 links, such as 'http://[oasis/': Invalid IPv6 URL"]


def test_a_gzip_bomb_is_stopped_at_the_size_of_a_sitemap(journal: Journal) -> None:
    bomb = gzip.compress(pages(page(1))[:-9] + b" " * 60_000_000)
    at = journal.says("/sitemap.xml", bomb)
    tracemalloc.start()

    found = announced(at)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [link.url for link in found.links] == [page(1)]
    assert found.problems == [f"{at}: over 52,428,800 bytes when decompressed"]
    assert peak < 60_000_000


def test_entities_are_not_expanded(journal: Journal, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("https://oasis.example/secret", encoding="utf-8")
    outside = f'<!ENTITY outside SYSTEM "{tmp_path / "secret"}">'
    types = f'<!DOCTYPE urlset [<!ENTITY inside "https://oasis.example/2">{outside}]>'
    content = pages("&outside;", "&inside;", page(1)).replace(
        b"<urlset", types.encode() + b"<urlset"
    )

    assert urls(announced(journal.says("/sitemap.xml", content))) == [page(1)]


def test_entities_that_hold_each_other_are_damage(journal: Journal) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    types = f'<!DOCTYPE urlset [<!ENTITY l0 "ha">{laughs}]>'
    content = pages(page(1), "&l9;").replace(b"<urlset", types.encode() + b"<urlset")

    found = announced(journal.says("/sitemap.xml", content))

    assert [link.url for link in found.links] == [page(1)]
    assert "damaged: Maximum entity amplification" in found.problems[0]


def test_a_large_sitemap_takes_little_memory() -> None:
    large = gzip.compress(
        pages(*(page(f"2024/05/{n}.html") for n in range(10_000)), changed="2024")
    )
    document = Document("https://oasis.example/sitemap.xml.gz", large, "application/gzip")
    tracemalloc.start()

    count = sum(1 for _ in sitemap_entries.entries(document, UTC))

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 10_000
    assert peak < 1_000_000


ABOUT_SITEMAPS = st.lists(
    st.one_of(
        st.sampled_from(
            [MIXED[:200], MIXED[200:], b"<urlset>", b"<url>", b"<loc>http://[", b"&a;"]
        ),
        st.sampled_from(
            [b"http://oasis.example/\n", gzip.compress(MIXED), b"<sitemap><loc>/x</loc>"]
        ),
        st.binary(max_size=20),
    ),
    max_size=8,
).map(b"".join)
"""Bytes that look like sitemaps in places."""


@settings(max_examples=500, deadline=None)
@given(content=ABOUT_SITEMAPS)
def test_whatever_the_bytes_they_are_a_sitemap_or_fail(content: bytes) -> None:
    with suppress(FetchFailed):
        list(sitemap_entries.entries(Document(page(""), content, None), UTC))


@given(kept=st.integers(1, len(MIXED)), is_packed=st.booleans())
def test_a_cut_sitemap_gives_no_link_that_it_does_not_hold(kept: int, is_packed: bool) -> None:
    whole = [e.link for e in sitemap_entries.entries(Document(page(""), MIXED, None), UTC)]
    cut = gzip.compress(MIXED[:kept]) if is_packed else MIXED[:kept]
    found: list[str] = []

    with suppress(FetchFailed):
        found.extend(e.link for e in sitemap_entries.entries(Document(page(""), cut, None), UTC))

    assert found == whole[: len(found)]
