"""What changes around an article makes no new version of it; what changes in it does."""

import pytest

from etl.transform.articles import article_versions
from etl.transform.pages import read
from tests.transform.layouts import FURNITURE, LAYOUTS, TITLE, Furniture
from tests.transform.rawpages import BODY, MORE_PROSE, PROSE, article, raw

CHANGES = {
    "menu": "Home|News|Analysis|Podcasts|Archive|About us",
    "views": "98,765 views",
    "comments": "347 comments",
    "share": "Share|Post|Copy link|Send to a friend",
    "related": "A bridge nobody crossed at Panj|What the miners of Shurab took home|Salt and silt",
    "ad": "",
    "updated": "Last updated: 2 May 2026",
    "said": "Nigora: In our village they were painted blue, and my uncle kept the key to them.",
}
"""The same furniture as a later fetch shows it."""


def version(page: str) -> tuple[str, str]:
    """Content hash and body of the version that a page shows."""
    pages, rejects = read(raw(page), "en", "UTC", 1_000_000)
    assert rejects.rows() == []
    row = article_versions(pages, 7).row(0, named=True)
    return row["content_hash"], row["body"]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("part", CHANGES)
def test_furniture_that_changes_makes_no_new_version(layout: str, part: str) -> None:
    page = LAYOUTS[layout]
    later: Furniture = {**FURNITURE, part: CHANGES[part]}

    assert version(page(later)) == version(page(FURNITURE))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_of_it_may_change_at_once(layout: str) -> None:
    page = LAYOUTS[layout]

    assert version(page(CHANGES)) == version(page(FURNITURE))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_word_of_the_text_or_the_title_makes_a_new_version(layout: str) -> None:
    page = LAYOUTS[layout](FURNITURE)
    was = version(page)[0]

    assert version(page.replace("oldest man", "youngest man"))[0] != was
    assert version(page.replace(TITLE, "Water and Neighbours in Isfara"))[0] != was


SPELLINGS = {
    "white space": lambda page: page.replace("agreement", " \n\t agreement").replace(
        "</p>", " </p>"
    ),
    "no-break spaces": lambda page: page.replace("of the year", "of\u00a0the&nbsp;year"),
    "soft hyphens": lambda page: page.replace("corrected", "cor&shy;rec\u00adted"),
    "zero-width spaces": lambda page: page.replace("Chorkuh", "Chor&#8203;kuh\u200b"),
    "a byte order mark": lambda page: "\ufeff" + page.replace("<p>Nobody", "<p>&#xfeff;Nobody"),
    "marks of direction": lambda page: page.replace("<p>Nobody", "<p>&rlm;Nobody&lrm;"),
    "entities": lambda page: page.replace("e", "&#101;").replace("&#101;", "e", 40),
    "attributes and comments": lambda page: page.replace("<p>", '<p class="x7"><!-- block -->'),
}
"""Other ways to write the same page."""


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_same_text_written_otherwise_is_the_same_version(spelling: str) -> None:
    page = article()

    assert version(SPELLINGS[spelling](page)) == version(page)


def test_letters_and_their_accents_apart_or_together_are_the_same_version() -> None:
    together = article().replace("clerk", "caf\u00e9")

    apart = together.replace("\u00e9", "e&#x301;")

    assert version(apart) == version(together)


def test_plain_text_is_compared_likewise() -> None:
    page = f"Water and Neighbours in Chorkuh\n9 March 2011\n\n{BODY}\n"
    later = page.replace("Nobody", "\ufeffNo\u00adbody").replace("spring", "spring\u200b")

    assert version(later) == version(page)


def test_what_joins_and_parts_persian_letters_stays() -> None:
    page = article(text=f"<p>{PROSE}</p><p>مردم می\u200cخواهند آب باشد.</p><p>{MORE_PROSE}</p>")

    assert "می\u200cخواهند" in version(page)[1]
