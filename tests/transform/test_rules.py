"""Rules of a source are taken before what the generic reader finds, on their days."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from etl.sources import Rule
from etl.transform.pages import read
from tests.transform.rawpages import (
    BODY,
    FETCHED_AT,
    LAST_PROSE,
    MORE_PROSE,
    PROSE,
    TEXT,
    THIRD_PROSE,
    article,
    html,
    raw,
)

LATER = date(2027, 6, 30)

OTHER = (
    "In the same week the orchard keepers of Isfana counted what the frost had left them, and "
    "the count was read out in the square from the steps of the old post office.",
    "A third of the apricots had gone, most of them on the slope that looks north, where the "
    "cold air from the pass lies until noon and no wind comes to move it.",
    "The keepers asked for seed and for two years without the tax on water, and the clerk who "
    "had come from the district wrote both wishes into his book.",
)
OTHER_TEXT = "".join(f"<p>{line}</p>" for line in OTHER)


def read_with(content: str, *rules: Rule, fetched_at: datetime = FETCHED_AT) -> dict[str, Any]:
    """The row of the `pages` frame of an article read with `rules`."""
    frame = raw(content).with_columns(fetched_at=fetched_at)
    pages, rejects = read(frame, "en", "UTC", 1_000_000, rules)
    assert rejects.rows() == []
    return pages.row(0, named=True)


def rule(part: str, selector: str) -> Rule:
    """A rule that holds at the fetch of all pages here."""
    return Rule(part, selector, LATER)


COLUMNS = html(
    "<h1>Water and Neighbours in Chorkuh</h1><p>9 March 2011</p>"
    f"<div class='left'>{OTHER_TEXT}</div><div class='right'>{TEXT}</div>"
)


@pytest.mark.parametrize(
    ("selector", "body"),
    [
        ("div.left", "\n".join(OTHER)),
        ("div.right", BODY),
        (".right p", BODY),
        (".right, .right p", BODY),
        (".left, .right p:last-child", "\n".join((*OTHER, LAST_PROSE))),
    ],
)
def test_of_two_columns_the_one_that_a_rule_selects_is_the_text(selector: str, body: str) -> None:
    page = read_with(COLUMNS, rule("body", selector))

    assert page["body"] == body
    assert page["body_method"] == "rule"
    assert page["idle_rules"] == []


@pytest.mark.parametrize(
    ("fetched_at", "method"),
    [
        (datetime(2025, 12, 31, 23, 59, tzinfo=UTC), "html"),
        (datetime(2026, 1, 1, tzinfo=UTC), "rule"),
        (datetime(2026, 3, 31, 23, 59, tzinfo=UTC), "rule"),
        (datetime(2026, 4, 1, tzinfo=UTC), "html"),
    ],
)
def test_a_rule_holds_for_pages_fetched_from_its_first_day_to_its_last(
    fetched_at: datetime, method: str
) -> None:
    held = Rule("body", "div.right", date(2026, 3, 31), date(2026, 1, 1))

    page = read_with(COLUMNS, held, fetched_at=fetched_at)

    assert page["body_method"] == method
    assert page["idle_rules"] == []


def test_a_page_kept_long_ago_is_read_by_the_rule_that_was_right_then() -> None:
    old = Rule("title", "h2.headline", date(2019, 12, 31))
    new = Rule("title", "p.headline", LATER, date(2020, 1, 1))
    content = html(
        "<h2 class='headline'>Old</h2><h1>Water in Chorkuh</h1><p class='headline'>New</p>" + TEXT
    )

    then = read_with(content, old, new, fetched_at=datetime(2012, 5, 1, tzinfo=UTC))
    now = read_with(content, old, new)

    assert (then["title"], now["title"]) == ("Old", "New")


def test_what_a_rule_does_not_find_is_read_as_without_it_and_told() -> None:
    content = article("<h2>References</h2><ol><li>Oripov J. Canals. Dushanbe, 2009.</li></ol>")
    parts = ("title", "date", "authors", "body", "references", "drop")

    page = read_with(content, *(rule(part, "div.gone") for part in parts))

    assert page.pop("idle_rules") == [
        *("drop: div.gone", "title: div.gone", "date: div.gone"),
        *("authors: div.gone", "body: div.gone", "references: div.gone"),
    ]
    plain = read_with(content)
    assert plain.pop("idle_rules") == []
    assert page == plain


@pytest.mark.parametrize("part", ["title", "date", "authors", "body", "references"])
def test_an_element_without_a_text_gives_nothing(part: str) -> None:
    page = read_with(article("<div class='empty'> <span></span></div>"), rule(part, "div.empty"))

    assert page["idle_rules"] == [f"{part}: div.empty"]
    assert page["body"] == BODY


def test_a_headline_is_taken_from_where_a_rule_says() -> None:
    content = article(
        above="<p class='rubric'>Analysis</p><p class='name'>What <i>Water</i> Owes</p>"
    )

    assert read_with(content, rule("title", "p.name"))["title"] == "What Water Owes"


def test_a_headline_may_stand_in_a_meta_tag() -> None:
    head = "<title>Chorkuh</title><meta name='headline' content='The Gates &amp; the Stick'>"

    page = read_with(html(f"<h1>Chorkuh</h1>{TEXT}", head), rule("title", "meta[name=headline]"))

    assert page["title"] == "The Gates & the Stick"
    assert page["body"] == BODY


def test_a_page_without_headline_is_an_article_by_a_rule() -> None:
    content = html(f"<div class='name'>Water</div>{TEXT}", "")

    assert read_with(content, rule("title", "div.name"))["title"] == "Water"


@pytest.mark.parametrize(
    ("element", "at", "precision"),
    [
        (
            "<p class='on'>No. 3, put online 4 May 2012 by the clerk of the house</p>",
            "2012-05-04",
            "day",
        ),
        ("<p class='on'>Last updated: 4 May 2012</p>", "2012-05-04", "day"),
        ("<p class='on'>Monday, 4 May 2012</p>", "2012-05-04", "day"),
        ("<time class='on' datetime='2012-05-04T00:00:00Z'>in May</time>", "2012-05-04", "day"),
        (
            "<time class='on' datetime='2012-05-04T10:20+05:00'></time>",
            "2012-05-04T05:20",
            "minute",
        ),
        ("<meta class='on' content='2012-05'>", "2012-05-01", "month"),
        ("<span class='on' title='4 May 2012'>long ago</span>", "2012-05-04", "day"),
        ("<p class='on'>soon</p><p class='on'>4.05.2012</p>", "2012-05-04", "day"),
    ],
)
def test_a_date_is_taken_from_where_a_rule_says(element: str, at: str, precision: str) -> None:
    page = read_with(article(element), rule("date", ".on"))

    assert page["published_at"] == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert page["published_precision"] == precision
    assert page["idle_rules"] == []


@pytest.mark.parametrize(
    ("element", "names"),
    [
        (
            "<ol class='by'><li>Nigora Salimova</li><li>J. Oripov</li></ol>",
            ["Nigora Salimova", "J. Oripov"],
        ),
        ("<p><a class='by'>J. Oripov</a>, <a class='by'>J. Oripov</a></p>", ["J. Oripov"]),
        ("<p class='by'>By Nigora Salimova | 4 May 2012</p>", ["Nigora Salimova"]),
        ("<p class='by'>By Rumi</p>", ["Rumi"]),
        ("<meta class='by' content='Nigora Salimova'>", ["Nigora Salimova"]),
    ],
)
def test_authors_are_taken_from_where_a_rule_says(element: str, names: list[str]) -> None:
    content = article(element, above="<meta name='author' content='Web Master'>")

    page = read_with(content, rule("authors", "li, a.by" if "<li>" in element else ".by"))

    assert [author["name"] for author in page["authors"]] == names


def test_an_organisation_may_sign_where_a_rule_says() -> None:
    page = read_with(article("<p class='by'>Chorkuh Press Agency</p>"), rule("authors", ".by"))

    (author,) = page["authors"]
    assert (author["name"], author["kind"]) == ("Chorkuh Press Agency", "organisation")


NOTED = html(
    "<h1>Water and Neighbours in Chorkuh</h1><div class='text'>"
    f"<p>{PROSE}<sup>1</sup></p><p>{MORE_PROSE}<sup>2</sup></p><p>{THIRD_PROSE}</p>"
    "<h3>Sources</h3><ol class='s'><li>Oripov, <i>Canals</i> <a href='#a'>↩</a></li>"
    f"<li><p>Salimova,</p><p>The gates of Isfara</p></li></ol><p>{LAST_PROSE}</p></div>"
)


@pytest.mark.parametrize("selector", ["ol.s", "ol.s > li"])
def test_references_leave_the_text_and_their_marks_stay(selector: str) -> None:
    page = read_with(NOTED, rule("references", selector), rule("body", ".text"))

    assert page["reference_text"] == "1. Oripov, Canals\n2. Salimova, The gates of Isfara"
    assert page["body"] == f"{PROSE}[1]\n{MORE_PROSE}[2]\n{THIRD_PROSE}\n{LAST_PROSE}"


def test_references_that_only_breaks_part_are_entries() -> None:
    content = article("<p class='s'>Oripov, Canals<br>Salimova, The gates</p>")

    page = read_with(content, rule("references", "p.s"))

    assert page["reference_text"] == "Oripov, Canals\nSalimova, The gates"
    assert page["body"] == BODY


def test_what_is_dropped_is_read_by_nobody() -> None:
    box = f"<div class='also'><h4>Read this too</h4><p>{OTHER[0]}</p></div> and a tail of its own"
    text = TEXT.replace(f"<p>{THIRD_PROSE}", f"{box}<p>{THIRD_PROSE}")
    content = article(text=text, above="<meta name='author' content='Nigora Salimova'>")

    page = read_with(content, rule("drop", ".also, meta[name=author]"))

    assert OTHER[0] not in page["body"]
    assert "a tail of its own" in page["body"]
    assert page["authors"] == []
    assert page["idle_rules"] == []


def test_a_rule_for_the_text_keeps_the_form_of_its_lines() -> None:
    content = html(
        "<h1>Water and Neighbours in Chorkuh</h1><p>9 March 2011</p><span class='text'>"
        f"<h2>The gates</h2>{PROSE}<br>{MORE_PROSE}<ol><li>Upper gate</li><li>Lower gate</li></ol>"
        "<table><tr><th>Year</th><th>Days</th></tr><tr><td>2010</td><td>41</td></tr></table>"
        f"<script>var x</script>{THIRD_PROSE}</span>"
    )

    page = read_with(content, rule("body", ".text"))

    assert page["body"].split("\n") == [
        *("The gates", PROSE, MORE_PROSE, "1. Upper gate", "2. Lower gate"),
        *("Year | Days", "2010 | 41", THIRD_PROSE),
    ]


def test_the_furniture_of_a_selected_text_is_left_out() -> None:
    content = html(
        "<div class='text'><h1>Water and Neighbours in Chorkuh</h1><p>9 March 2011</p>"
        f"<p>By Nigora Salimova</p>{TEXT}<p>Share this article</p></div>"
    )

    page = read_with(content, rule("body", ".text"))

    assert page["body"] == BODY
    assert [author["name"] for author in page["authors"]] == ["Nigora Salimova"]
    assert page["published_at"] == datetime(2011, 3, 9, tzinfo=UTC)


def test_rules_are_for_html_and_not_for_plain_text() -> None:
    text = "\n\n".join(("Water and Neighbours in Chorkuh", PROSE, MORE_PROSE, THIRD_PROSE))

    page = read_with(text, rule("body", "div.text"))

    assert (page["body_method"], page["idle_rules"]) == ("text", [])
