"""What a page shows of other articles is told apart from its own text, and never read as it."""

from typing import Any

import pytest

from tests.transform.layouts import DATE, FURNITURE, LAYOUTS, TITLE
from tests.transform.rawpages import BODY, PROSE, TEXT, article, html, raw, read_one

RIVER = "Who owns the river at Isfara"
SNOW = "The clerk who counted the snow in Garm"
CUT = (
    "The river at Isfara is not a large one. In April a boy can throw a stone across it, and in "
    "August he can walk, and yet its water is divided among th..."
)


def teasers(page: str, url: str = "https://herald.example/2011/a") -> list[tuple[str, Any]]:
    """Texts and URLs of what a page shows of others."""
    return [(t["text"], t["url"]) for t in read_one(raw(page, url))["teasers"]]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_headlines_in_lists_beside_the_text_are_teasers_in_every_layout(layout: str) -> None:
    found = teasers(LAYOUTS[layout](FURNITURE))

    assert [text for text, _ in found] == [RIVER, SNOW]
    assert all(url.startswith("https://herald.example/") for _, url in found)


def test_the_cut_off_text_beside_a_headline_is_part_of_its_teaser() -> None:
    box = f'<div class="teaser"><h3><a href="/river">{RIVER}</a></h3><p>{CUT}</p></div>'

    found = teasers(article(above=box))

    assert found == [(f"{RIVER} {CUT}", "https://herald.example/river")]


def test_of_two_places_that_show_an_article_the_one_with_a_text_is_taken() -> None:
    plug = f'<aside>Read also <a href="/river">{RIVER}</a></aside>'
    box = f'<div class="teaser"><a href="/river">{RIVER}</a><p>{CUT}</p></div>'

    assert teasers(article(below=plug + box)) == [
        (f"{RIVER} {CUT}", "https://herald.example/river")
    ]


def test_a_cut_off_text_without_a_link_is_one_without_an_address() -> None:
    page = html(f"<p>{CUT}</p><h1>{TITLE}</h1><p>{DATE}</p>{TEXT}", f"<title>{TITLE}</title>")

    row = read_one(page)

    assert row["teasers"] == [{"url": None, "text": CUT}]
    assert row["body"] == BODY


def test_links_in_the_text_and_among_references_are_links_of_the_article() -> None:
    text = TEXT + f'<p>{PROSE} So <a href="/river">{RIVER}</a> told us in the spring of 2009.</p>'
    references = f'<h2>References</h2><ol><li><a href="/snow">{SNOW}</a>, 2009, 12 p.</li></ol>'

    assert teasers(article(text=text, below=references)) == []


NONE = {
    "menus": '<nav><a href="/a">Home</a> <a href="/b">Our board of editors</a></nav>',
    "short links": '<ul><li><a href="/x">Central Asia</a></li><li><a href="/y">Water and law</a>',
    "tags": '<p><a rel="tag" href="/x">water and its many borders</a> '
    '<a href="/tag/x">the long history of canals</a></p>',
    "other sites": '<div><a href="https://other.example/x">A headline of somebody else</a></div>',
    "the page itself": '<div><a href="/2011/a#top">Back to the top of this long page</a></div>',
    "the home page": '<div><a href="/">The Herald of the Two Valleys</a></div>',
    "mail and scripts": '<div><a href="mailto:a@b.example">Write to the editor of this</a>'
    '<a href="javascript:go()">Show all of the comments now</a></div>',
    "files": '<div><a href="/map.pdf">A map of all canals in the valley</a></div>',
    "comments": '<div id="comments"><a href="/x">See this old story of theirs</a>'
    f"<p>{CUT}</p></div>",
    "share bars": '<div><a href="/send">Share this with your friends</a></div>',
    "pages": '<div><a href="/2011/a/page/2">Go on to the second page</a></div>',
}
"""Links that show no other article."""


@pytest.mark.parametrize("name", NONE)
def test_these_are_no_teasers(name: str) -> None:
    assert teasers(article(below=NONE[name])) == []


def test_relative_links_start_where_the_page_came_from_or_at_its_base() -> None:
    box = f'<aside><a href="b.html">{RIVER}</a> <a href="//www.herald.example/c">{SNOW}</a></aside>'
    based = html(
        f"<h1>{TITLE}</h1><p>{DATE}</p>{TEXT}{box}", f'<title>{TITLE}</title><base href="/x/">'
    )

    assert [url for _, url in teasers(article(below=box))] == [
        "https://herald.example/2011/b.html",
        "https://www.herald.example/c",
    ]
    assert teasers(based)[0] == (RIVER, "https://herald.example/x/b.html")


def test_one_article_shown_twice_is_one_teaser_and_many_are_not_all_kept() -> None:
    twice = f'<aside><a href="/b">{RIVER}</a></aside><div><a href="/b">{RIVER} indeed</a></div>'
    many = "".join(f'<li><a href="/{n}">Headline of story number {n}</a></li>' for n in range(90))

    assert teasers(article(below=twice)) == [(RIVER, "https://herald.example/b")]
    assert len(teasers(article(below=f"<ul>{many}</ul>"))) == 30


def test_pages_that_came_from_files_keep_the_texts_alone() -> None:
    box = f'<aside><a href="/b">{RIVER}</a></aside>'

    assert teasers(article(below=box), "file:///review/a.html") == [(RIVER, None)]


def test_cut_off_lines_above_the_title_of_a_plain_text_are_teasers() -> None:
    other = CUT.replace("Isfara", "Sokh")
    text = f"{CUT}\n\n{other}\n\n{TITLE}\n\n{DATE}\n\n{BODY}\nURL of this article:\n"

    row = read_one(raw(text, content_type="text/plain"))

    assert row["teasers"] == [{"url": None, "text": CUT}, {"url": None, "text": other}]
    assert row["body"] == BODY
