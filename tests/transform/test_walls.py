"""Notices in place of a page are told from articles, also from those about such notices."""

import json
import time
from contextlib import suppress

import pytest

from etl.errors import NoArticleFound, Rejected
from etl.transform.pages import dom, meta, notices, read, walls
from etl.transform.pages.page import Page
from etl.transform.text import word_count
from tests.transform.noticepages import (
    BANNER,
    FAULTS,
    FRAME,
    GONE,
    NEWS,
    NOTICES,
    Shown,
    outcome,
    page,
)
from tests.transform.passages import PASSAGES
from tests.transform.rawpages import BODY, TEXT, article, html, raw


@pytest.mark.parametrize("frame", [("", ""), FRAME], ids=["bare", "framed"])
@pytest.mark.parametrize(
    ("kind", "shown"), NOTICES, ids=lambda value: getattr(value, "headline", None) or None
)
def test_a_notice_is_no_article(kind: str, shown: Shown, frame: tuple[str, str]) -> None:
    found, reason = outcome(page(shown, frame))

    assert found == kind, reason
    assert "\n" not in reason


@pytest.mark.parametrize(
    ("kind", "shown"), NOTICES, ids=lambda value: getattr(value, "headline", None) or None
)
def test_a_notice_in_plain_text_is_none_either(kind: str, shown: Shown) -> None:
    found, reason = outcome("\n\n".join(filter(None, shown[1:])) or shown.title, "text/plain")

    assert found == kind, reason


@pytest.mark.parametrize("shown", FAULTS, ids=lambda shown: shown.headline or shown.text[:20])
def test_a_fault_that_passes_is_told_as_such(shown: Shown) -> None:
    _, reason = outcome(page(shown))

    assert reason.endswith("such faults pass by themselves; it is asked again later")


def test_the_reason_quotes_what_was_seen_and_says_what_follows() -> None:
    _, reason = outcome(page(GONE[0]))

    assert reason == (
        "the page is headed 'Page not found' in 16 words; it is asked again later; if it stays so, "
        "the article has left this address"
    )


def test_a_long_quote_is_cut() -> None:
    said = "The page you are looking for " + "is not where it was, nor anywhere near it, " * 3

    _, reason = outcome(html(f"<p>{said}.</p>", "<title>Valley Herald</title>"))

    assert reason.startswith("the page says 'The page you are looking for is not where it was, ")
    assert "near it, is not…' in 33 words; " in reason


@pytest.mark.parametrize("shown", NEWS, ids=lambda shown: shown.headline)
@pytest.mark.parametrize(
    "frame", [("", ""), FRAME, (BANNER, FRAME[1])], ids=["bare", "framed", "banner"]
)
def test_short_news_about_such_things_are_loaded(shown: Shown, frame: tuple[str, str]) -> None:
    assert 33 <= word_count(shown.text) <= 55

    found, body = outcome(page(shown, frame))

    assert found == "loaded", body
    assert shown.text[:60] in body


@pytest.mark.parametrize("shown", NEWS, ids=lambda shown: shown.headline)
def test_short_news_in_plain_text_are_loaded(shown: Shown) -> None:
    found, body = outcome("\n\n".join(shown[1:]), "text/plain")

    assert found == "loaded", body


@pytest.mark.parametrize("language", ["ru", "fa", "tg", "fr"])
def test_no_banner_takes_the_place_of_a_short_article(language: str) -> None:
    passage = PASSAGES[language]
    title, text = " ".join(passage.split()[:6]), ". ".join(passage.split(". ")[:2])
    banners = [f"<div><p>{shown.text}</p></div>" for _, shown in NOTICES if shown.text]

    found = [
        outcome(html(f"{banner}<h1>{title}</h1><p>{text}</p>", f"<title>{title}</title>"))
        for banner in banners
    ]

    assert [reason for name, reason in found if name != "loaded"] == []


HEADINGS = sorted({shown.headline for _, shown in NOTICES if shown.headline})


@pytest.mark.parametrize("headline", HEADINGS)
def test_an_article_of_some_length_may_be_headed_as_it_likes(headline: str) -> None:
    named = notices.named(headline)
    times = 5 if named and named.kind.most_words > 400 else 2

    found, _ = outcome(page(Shown(f"{headline} | Valley Herald", headline, TEXT * times)))

    assert found == "loaded"


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("", "9 March 2011"),
        ("", "By Nigora Salimova"),
        ('<meta property="article:published_time" content="2011-03-09T14:27:00+05:00">', ""),
        (
            '<script type="application/ld+json">'
            + json.dumps({"@type": "NewsArticle", "datePublished": "2011-03-09"})
            + "</script>",
            "",
        ),
    ],
    ids=["dateline", "byline", "meta", "json-ld"],
)
@pytest.mark.parametrize("headline", ["Account Suspended", "404 Not Found", "Сайт заблокирован"])
def test_a_short_article_with_a_date_or_an_author_too(headline: str, head: str, line: str) -> None:
    text = f"<h1>{headline}</h1><p>{line}</p><p>{NEWS[1].text}</p>"

    found, _ = outcome(html(text, f"<title>{headline}</title>{head}"))

    assert found == "loaded"


class TestBeside:
    """What stands beside an article makes it no notice."""

    def test_a_banner_about_cookies(self) -> None:
        assert outcome(article(above=BANNER)) == ("loaded", BODY)
        assert outcome(article(below=BANNER))[0] == "loaded"

    def test_a_layer_with_a_heading_of_its_own(self) -> None:
        layer = f"<div><h1>We value your privacy</h1>{BANNER}</div>"

        found, _ = outcome(article(above=layer, text=f"<p>{NEWS[1].text}</p>"))

        assert found == "loaded"

    def test_a_form_with_a_captcha(self) -> None:
        form = "<form><div class='g-recaptcha'></div><button>Send</button></form>"
        short = page(NEWS[1], ("", form))

        assert outcome(short)[0] == "loaded"

    def test_a_form_around_all_of_it(self) -> None:
        shown = NEWS[3]

        found, _ = outcome(
            html(
                f"<form>{BANNER}<h1>{shown.headline}</h1><p>{shown.text}</p></form>",
                f"<title>{shown.title}</title>",
            )
        )

        assert found == "loaded"

    def test_a_class_that_some_systems_give_to_pages_they_make_up(self) -> None:
        made_up = article().replace("<body>", '<body class="error404">')

        assert outcome(made_up)[0] == "loaded"

    def test_a_part_for_browsers_without_scripts(self) -> None:
        part = "<noscript>You need to enable JavaScript to run this app.</noscript>"

        assert outcome(article(above=part))[0] == "loaded"
        assert outcome(page(NEWS[1], (part, "")))[0] == "loaded"

    def test_links_between_its_lines(self) -> None:
        lines = "<br>".join(
            f"{sentence}. <a href='/{n}'>A word more on this matter</a> for all."
            for n, sentence in enumerate(NEWS[1].text.split(". "))
        )

        for headline in ("Maintenance", "Access denied", "Сайт заблокирован", "Please wait"):
            found, _ = outcome(html(f"<h1>{headline}</h1>{lines}", f"<title>{headline}</title>"))

            assert found == "loaded"

    def test_advice_that_speaks_to_its_reader(self) -> None:
        advice = (
            "If your account is suspended, stay calm. Check your letters first. You should write "
            "to the company in plain words. Please keep copies of all you send. Try again after a "
            "week. If you hear nothing, contact a lawyer. Your readers will wait for you."
        )
        shown = Shown("What to do about a closed account", "What to do about a closed account", "")

        found, _ = outcome(page(shown._replace(text=advice), (BANNER, FRAME[1])))

        assert found == "loaded"


@pytest.mark.parametrize(
    ("body", "kind", "mark"),
    [
        ("<script>window._cf_chl_opt={}</script>", "consent_wall", "_cf_chl_opt"),
        ("<div class='g-recaptcha'></div>", "consent_wall", "g-recaptcha"),
        ("<p>Bitte.</p><script>slowAES.decrypt(a)</script>", "consent_wall", "slowaes.decrypt"),
        (
            "<noscript>Enable JavaScript and cookies to continue</noscript>",
            "consent_wall",
            "Enable JavaScript and cookies",
        ),
        (
            '<meta http-equiv="refresh" content="0;url=/cgi-sys/suspendedpage.cgi">',
            "suspended",
            "suspendedpage.cgi",
        ),
    ],
)
def test_pages_without_words_are_told_by_their_source(body: str, kind: str, mark: str) -> None:
    found, reason = outcome(html(body, "<title>herald.example</title>"))

    assert found == kind
    assert mark in reason


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Cookies</h1>" + "<a href='/'>a</a> b<br>" * 9_000,
        "<h1>Cookies</h1>" + "<div>" * 200 + "<a href='/'>a</a>" * 1_000,
        "<p>We use cookies.</p>" + "<i></i>" * 25_000,
        "<h1>Page not found</h1>" * 3_000,
        "<h1>Cookies</h1>" + "<a href='/'></a>" * 25_000,
    ],
    ids=["breaks", "nested", "empty", "headings", "links"],
)
def test_large_pages_are_judged_in_seconds(body: str) -> None:
    tree = dom.parse(html(body))
    start = time.process_time()
    with suppress(Rejected):
        walls.check_html(tree, meta.read(tree), body)

    assert time.process_time() - start < 3


def test_a_notice_without_any_title_is_told_before_the_reader_misses_one() -> None:
    found, _ = outcome(html("<p>This account has been suspended.</p>", ""))

    assert found == "suspended"


def test_a_page_of_an_error_status_is_told_by_that() -> None:
    _, rejects = read(raw(page(GONE[0]), status=404), "en", "UTC", 50_000)

    assert rejects["outcome"].to_list() == ["not_an_article"]
    assert rejects["reason"].to_list() == ["the server answered 404; its page is no article"]


def test_a_page_of_links_with_a_banner_is_no_wall() -> None:
    links = "".join(f"<li><a href='/{n}'>The story of canal number {n}</a></li>" for n in range(20))

    found, _ = outcome(html(f"<nav>{links}</nav>{BANNER}", "<title>Valley Herald</title>"))

    assert found != "consent_wall"


def test_a_banner_that_was_taken_for_a_text_is_no_article() -> None:
    body = (
        "We use cookies to improve your experience.\nBy clicking Accept you agree to our cookies."
    )

    with pytest.raises(
        NoArticleFound, match=r"'We use cookies to improve your experience\.' and hardly"
    ):
        walls.check_page(Page("Valley Herald", None, (), body, None))
