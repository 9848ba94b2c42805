"""Lists of articles, forms, paywalls and the like are no articles; what only looks so is one."""

import pytest

from etl.transform.pages import read
from tests.transform.listpages import (
    ARTICLES,
    ELSE,
    LISTS,
    STUBS,
    TONGUES,
    abstracts,
    framed,
)
from tests.transform.noticepages import outcome
from tests.transform.rawpages import TEXT, raw, read_one


@pytest.mark.parametrize("tongue", TONGUES)
@pytest.mark.parametrize("kind", LISTS)
def test_a_list_of_articles_is_no_article(kind: str, tongue: str) -> None:
    found, reason = outcome(LISTS[kind](TONGUES[tongue]))

    assert found == "not_an_article", reason
    assert "\n" not in reason


@pytest.mark.parametrize("tongue", TONGUES)
@pytest.mark.parametrize(("kind", "said"), [("login", "a form to log in"), ("walled", "a paywall")])
def test_a_page_that_asks_for_an_account_or_money_is_none(
    kind: str, said: str, tongue: str
) -> None:
    found, reason = outcome(STUBS[kind](TONGUES[tongue]))

    assert (found, said in reason) == ("not_an_article", True), reason


@pytest.mark.parametrize("name", ELSE)
def test_a_page_with_something_else_than_a_text_is_none_and_says_what(name: str) -> None:
    page, said = ELSE[name]

    found, reason = outcome(page)

    assert (found, said in reason) == ("not_an_article", True), reason


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_with_such_things_around_it_is_loaded(name: str) -> None:
    found, reason = outcome(ARTICLES[name])

    assert found == "loaded", reason


def test_a_home_page_is_no_article_whatever_it_leads_with() -> None:
    tongue = TONGUES["en"]
    few = tongue._replace(items=tongue.items[:2])
    page = framed(f"<main><h1>The Valley Herald</h1>{TEXT}{abstracts(few)}</main>", "Valley")

    _, rejects = read(raw(page, "https://herald.example/"), "en", "UTC", 1_000_000)

    assert rejects["reason"].to_list() == ["the page is the home page of its site"]
    assert read_one(raw(page, "https://herald.example/about"))["title"] == "The Valley Herald"


def test_the_sentence_of_a_paywall_is_not_part_of_a_long_text() -> None:
    assert "Subscribe" not in outcome(ARTICLES["a note of a wall"])[1]


def test_rows_of_figures_are_no_table_of_contents() -> None:
    rows = "".join(
        f"<tr><td>Gate {n}</td><td>{n * 7}</td><td>{n * 31}</td></tr>" for n in range(1, 20)
    )

    found, reason = outcome(framed(f"<h1>Gates of the valley</h1>{TEXT}<table>{rows}</table>", "x"))

    assert found == "loaded", reason
