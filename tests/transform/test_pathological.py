"""Pages made to hang their readers: each has an outcome, and soon."""

import re
import time
from collections.abc import Callable, Iterator

import pytest

from etl.transform.pages import articleness, tame
from flows.reading import Readers
from tests.transform.rawpages import BODY, PROSE, TEXT, article, html, raw, read_one

MAX_BYTES = 5_000_000

PAGE_SECONDS = 20.0
"""CPU time that a page may take here; most of these take less than one second."""

HANG_SECONDS = 120
"""Nothing takes so long by the clock, unless it hangs: the limit, three times, and a start."""

DEEP = 100_000
REFERENCE = "Saidov A. Rivers of the steppe. Dushanbe: Irfon, 2011. 212 p."


def attributes(*, are_equal: bool) -> str:
    """An article in a box with 200,000 attributes."""
    names = ("a" if are_equal else f"a{number}" for number in range(200_000))
    return html(f"<div {' '.join(f'{name}=1' for name in names)}>{article()}</div>")


READ: dict[str, Callable[[], str]] = {
    "attributes": lambda: attributes(are_equal=False),
    "attributes of one name": lambda: attributes(are_equal=True),
    "attributes of the root": lambda: article().replace(
        "<html", "<html " + " ".join(f"a{number}=1" for number in range(200_000))
    ),
    "a long attribute": lambda: html(f"<div class='{'x ' * 2_000_000}'>{article()}</div>"),
    "300 divs": lambda: html("<div>" * 300 + article() + "</div>" * 300),
    "divs": lambda: html("<div>" * DEEP + article() + "</div>" * DEEP),
    "divs left open": lambda: html("<div>" * DEEP + article()),
    "divs below the text": lambda: article("<div>" * DEEP),
    "bold in bold": lambda: article("<b>" * DEEP),
    "fonts": lambda: html("<font>" * 5_000 + article()),
    "quotes": lambda: html("<blockquote>" * 300 + article()),
    "lists in lists": lambda: article("<ul><li>x" * 500),
    "JSON-LD in depth": lambda: html(
        article(), '<script type="application/ld+json">' + '{"@graph":[' * 200_000 + "</script>"
    ),
    "objects of JSON-LD": lambda: html(
        article(),
        '<script type="application/ld+json">['
        + ",".join(['{"@type":"NewsArticle","datePublished":"2011-03-09"}'] * 50_000)
        + "]</script>",
    ),
    "comments": lambda: article("<!-- a -->" * 400_000),
    "open comments": lambda: article("<!--" * 1_000_000),
    "open scripts": lambda: article("<script>" * 500_000),
    "open quotes": lambda: article('<p title="' * 400_000),
}
"""Pages with the article of `rawpages`; it is found in every one."""

ENDED: dict[str, Callable[[], str]] = {
    "paragraphs": lambda: article(TEXT * 3_000),
    "one paragraph": lambda: article(f"<p>{PROSE * 12_000}</p>"),
    "one word": lambda: article(f"<p>{'a' * 2_000_000}</p>"),
    "links": lambda: article("<a href='/a'>a link</a>" * 100_000),
    "links that may be": lambda: article("<a href='/a'>a link</a>" * 29_000),
    "breaks": lambda: article("<br>" * 50_000),
    "lines": lambda: article("<div>" + f"{PROSE}<br>" * 5_000 + "</div>"),
    "empty paragraphs": lambda: article("<p></p>" * 100_000),
    "cells": lambda: article("<table><tr>" + "<td>12.5</td>" * 10_000 + "</tr></table>"),
    "tables in tables": lambda: html("<table><tr><td>" * 2_000 + article()),
    "items": lambda: article("<ol>" + f"<li>{PROSE}</li>" * 5_000 + "</ol>"),
    "references": lambda: article(
        "<h2>References</h2><ol>" + f"<li>{REFERENCE}</li>" * 8_000 + "</ol>"
    ),
    "spans": lambda: article(f"<p>{'<span>word </span>' * 29_000}</p>"),
    "superscripts": lambda: article(f"<p>{'word<sup>1</sup> ' * 14_000}</p>"),
    "marks": lambda: article(f"<p>{'word <a href=#n1>1</a> ' * 14_000}</p>"),
    "headings": lambda: article(f"<h2>Of water</h2><p>{PROSE}</p>" * 5_000),
    "headlines": lambda: html("<h1>Water and Neighbours in Chorkuh</h1>" * 7_000 + TEXT),
    "titles": lambda: html(article(), "<title>Water and Neighbours</title>" * 29_000),
    "a long title": lambda: html(article(), f"<title>{PROSE * 25_000}</title>"),
    "authors": lambda: html(article(), '<meta name="author" content="R. Haydarov">' * 29_000),
    "dates": lambda: html(article(), '<meta name="date" content="12 of 3 in 2011">' * 29_000),
    "less-than signs": lambda: article("<" * 1_000_000),
    "tags without names": lambda: article("</" * 2_000_000),
    "tags without ends": lambda: article("<a" * 2_000_000),
    "ampersands": lambda: article(f"<p>{'&' * 1_000_000}</p>"),
    "CDATA": lambda: article("<![CDATA[" * 400_000),
    "zeros": lambda: article("\0" * 1_000_000),
    "nothing": lambda: "",
    "spaces": lambda: " " * 4_000_000,
    "too much": lambda: article(TEXT * 20_000),
}
"""Pages of which it only matters that they end."""

_REPEATED = """
1  1_  .  ._  ...  «  [  (  [1]_  -  _-_  /  http://a.b/  a@  ,_  by_  _and_A  1_May_  12.03.  12:
January_  A  A.  А._  2011,_  ۱  ـ  pp._1  vol._1_  :  ;  *
"""
REPEATED = [
    *_REPEATED.split(),
    "\u00a0",
    "\t",
    " ",
    "a\u0301\u0301",
    "\u200c",
    "\ufffd",
    "\U0001f600",
]
"""What expressions may start with at every place, and go on with to the end; `_` is a space."""


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(1, PAGE_SECONDS) as readers:
        yield readers


def ended(readers: Readers, page: str) -> tuple[str, str]:
    """How a page ends, in time, and why."""
    began = time.monotonic()
    pages, rejects = readers.read(raw(page), "en", "UTC", MAX_BYTES)
    assert time.monotonic() - began < HANG_SECONDS
    assert pages.height + rejects.height == 1
    return ("loaded", "") if pages.height else rejects.select("outcome", "reason").row(0)


@pytest.mark.parametrize("made", READ.values(), ids=READ)
def test_the_article_of_an_odd_page_is_read(readers: Readers, made: Callable[[], str]) -> None:
    pages, rejects = readers.read(raw(made()), "en", "UTC", MAX_BYTES)

    assert rejects.rows() == []
    assert pages["body"][0].startswith(BODY)


@pytest.mark.parametrize("made", ENDED.values(), ids=ENDED)
def test_a_page_of_much_of_the_same_has_an_outcome(
    readers: Readers, made: Callable[[], str]
) -> None:
    outcome, _ = ended(readers, made())

    assert outcome in ("loaded", "not_an_article", "unreadable", "too_large")


@pytest.mark.parametrize("sign", REPEATED, ids=ascii)
def test_no_expression_runs_away_with_a_repeated_sign(readers: Readers, sign: str) -> None:
    sign = sign.replace("_", " ")
    line, long = sign * (1_500 // len(sign)), sign * (15_000 // len(sign))
    head = (
        f"<title>{long}</title><meta name=author content='{long}'><meta name=date content='{long}'>"
    )
    top = f"<h1>{line}</h1><p>{line[:150]}</p><p class=byline>{long}</p><time datetime='{long}'>"
    plain = f"Water and Neighbours in Chorkuh\n\n{PROSE}\n\n{long * 20}\n" + f"{line[:100]}\n" * 500

    deep = article(f"<p>{long * 20}</p>" + f"<p>{line}</p>" * 50)

    reasons = [ended(readers, page)[1] for page in (html(top + TEXT, head), deep, plain)]

    assert not any("stopped" in reason for reason in reasons), reasons


def test_an_ordinary_page_is_not_changed() -> None:
    text = article('<a title="1 < 2" href="/a?b=c&d">a link</a>')

    assert tame.short_tags(text) is text


def test_a_long_tag_keeps_its_first_attributes() -> None:
    text = f'<div class="a" data-x="{"x" * 20_000}" id=\'b\' hidden>text</div>'

    assert tame.short_tags(text) == "<div class=\"a\" id='b' hidden>text</div>"


def test_a_quote_with_tags_in_it_is_no_text() -> None:
    text = f'<div data-x="{"word " * 4_000} <b>{"word " * 4_000}</b>" id="b">text</div>'

    assert tame.short_tags(text) == text


def test_a_page_that_is_too_deep_keeps_its_text_and_its_upper_elements() -> None:
    flat = tame.shallow("<div>" * 500 + "<p class='a'>x<br>y</p>" + "</div>" * 500 + "<p>z</p>")

    assert flat.count("<div>") == flat.count("</div>") == tame.MOST_LEVELS
    assert re.sub("</?div>", "", flat) == "<p class='a'>x<br>y</p><p>z</p>"


@pytest.mark.parametrize("deep", ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<section><a>"])
def test_what_is_left_of_a_deep_page_is_parsed_to_its_end(deep: str) -> None:
    page = read_one(html(article(text=deep * 300 + TEXT)))

    assert BODY.split("\n")[-1] in page["body"]


def test_much_text_without_a_body_is_a_reason_of_its_own(readers: Readers) -> None:
    below = f"<h1>Water and Neighbours in Chorkuh</h1><footer>{TEXT * 10}</footer>"

    outcome, reason = ended(readers, html(below))

    assert outcome == "unreadable"
    assert re.search(r"the body came out empty, .* 1,\d\d\d words", reason)


def test_a_page_of_links_without_a_body_is_no_article(readers: Readers) -> None:
    links = "<h1>All our articles</h1><footer>" + "<a href='/a'>One more</a>" * 300 + "</footer>"

    assert ended(readers, html(links))[0] == "not_an_article"


def test_words_of_links_and_scripts_are_not_shown() -> None:
    source = "<p>One <b>two</b> <a href='>'>no</a> three<script>if (a < b) no()</script> four</p>"

    assert articleness.words_shown(source) == 4
