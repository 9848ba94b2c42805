"""HTML pages: title, time, authors, text."""

import json

import pytest

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
    read_one,
)

TITLE = "Water and Neighbours in Chorkuh"


def linked(**facts: object) -> str:
    """A JSON-LD block."""
    thing = {"@type": "NewsArticle", **facts}
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


def test_title_date_and_text_are_parted() -> None:
    found = read_one(article())

    assert found["title"] == TITLE
    assert str(found["published_at"]) == "2011-03-09 00:00:00+00:00"
    assert found["published_method"] == "dateline"
    assert found["body"] == BODY
    assert found["reference_text"] is None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f"<title>{TITLE} | Valley Herald</title>", f"<h1>{TITLE}</h1>"),
        (f"<title>Valley Herald - {TITLE}</title>", f"<h1>Valley Herald</h1><h1>{TITLE}</h1>"),
        (f'<meta property="og:title" content="{TITLE}"><title>x</title>', f"<h1>{TITLE}</h1>"),
        (f'<meta name="citation_title" content="{TITLE}"><title>y</title>', "<h1>Herald</h1>"),
        (f"<title>{TITLE} | Valley Herald</title>", f"<h3>{TITLE}</h3>"),
        (f"<title>{TITLE}</title>", f"<b>{TITLE}</b><br>"),
        (linked(headline=TITLE) + "<title>Herald</title>", ""),
    ],
    ids=["suffix", "prefix", "og", "citation", "h3", "bold", "json-ld"],
)
def test_the_title_is_found_where_witnesses_agree(head: str, body: str) -> None:
    assert read_one(html(f"{body}{TEXT}", head))["title"] == TITLE


def test_teasers_above_and_below_stay_out_of_the_text() -> None:
    teasers = "".join(
        f'<div class="views-row"><a href="/t{n}">Salt and wind {n}</a><p>Those who came in the '
        f"year of the great drought wrote that the salt lay as high as the knees {n}...</p></div>"
        for n in range(3)
    )

    found = read_one(article(above=teasers, below=f'<div class="related">{teasers}</div>'))

    assert found["body"] == BODY


def test_plugs_and_furniture_stay_out_of_the_text() -> None:
    plugs = "<p>Share this</p><p>URL of this article: https://herald.example/a</p><p>© Herald</p>"

    assert read_one(article(below=plugs))["body"] == BODY


def test_paragraphs_parted_by_breaks_are_lines() -> None:
    text = f"<div>{PROSE}<br><br>{MORE_PROSE}<br>{THIRD_PROSE}<br />{LAST_PROSE}</div>"

    found = read_one(article(text=text))

    assert found["body"] == BODY


def test_headings_and_items_are_lines_of_their_own() -> None:
    text = (
        f"<p>{PROSE}</p><h2>What to do</h2><ol><li>Open the gates.</li><li>Measure.</li></ol>"
        f"<ul><li>Tea</li></ul><p>{MORE_PROSE}</p>"
    )

    found = read_one(article(text=text))

    assert found["body"] == (
        f"{PROSE}\nWhat to do\n1. Open the gates.\n2. Measure.\nTea\n{MORE_PROSE}"
    )


@pytest.mark.parametrize("tag", ["div", "article", "td"])
def test_headings_and_lists_stay_whatever_holds_the_text(tag: str) -> None:
    inner = "<h2>What to do</h2><ol><li>Open the gates.</li><li>Measure the water.</li></ol>"
    text = f"<{tag}>{TEXT}{inner}<p>{PROSE} So they say.</p></{tag}>"
    text = f"<table><tr>{text}</tr></table>" if tag == "td" else text

    body = read_one(article(text=text))["body"]

    assert "\nWhat to do\n1. Open the gates.\n2. Measure the water.\n" in body


def test_text_is_composed_and_free_of_control_characters() -> None:
    decomposed = f"<p>Ozodí́ and й. {PROSE}</p>"

    body = read_one(article(text=decomposed * 2 + "<p>A\x00B and so on.</p>"))["body"]

    assert "й" in body
    assert "AB and so on." in body


@pytest.mark.parametrize(
    ("head", "line", "at", "method"),
    [
        ("", "9 March 2011", "2011-03-09 00:00", "dateline"),
        ("", "Thursday, 9 March 2011", "2011-03-09 00:00", "dateline"),
        (
            linked(datePublished="2011-03-08"),
            "Thursday, 9 March 2011",
            "2011-03-08 00:00",
            "metadata",
        ),
        (linked(datePublished="2011-03-08"), "9 March 2011", "2011-03-09 00:00", "dateline"),
        (linked(datePublished="2011-03-09T14:27:00+05:00"), "", "2011-03-09 09:27", "metadata"),
        (
            linked(datePublished="2011-03-09T14:27:00+05:00"),
            "9 March 2011",
            "2011-03-09 09:27",
            "metadata",
        ),
        (
            linked(datePublished="2011-03-08"),
            "Updated: 9 March 2011",
            "2011-03-08 00:00",
            "metadata",
        ),
        ('<meta name="citation_date" content="2011/03/09">', "", "2011-03-09 00:00", "metadata"),
    ],
    ids=[
        "dateline",
        "doubtful alone",
        "doubtful beside metadata",
        "dateline beside metadata",
        "metadata",
        "metadata more exact",
        "update",
        "citation",
    ],
)
def test_the_time_is_that_of_the_best_witness(head: str, line: str, at: str, method: str) -> None:
    page = html(f"<h1>{TITLE}</h1><p>{line}</p>{TEXT}", f"<title>{TITLE}</title>{head}")

    found = read_one(page, "Asia/Dushanbe")

    assert found["published_at"].strftime("%Y-%m-%d %H:%M") == at
    assert found["published_method"] == method


def test_a_url_gives_the_date_that_the_page_lacks() -> None:
    page = html(f"<h1>{TITLE}</h1>{TEXT}")

    found = read_one(raw(page, "https://herald.example/2011/03/09/water"))

    assert (str(found["published_at"])[:10], found["published_method"]) == ("2011-03-09", "url")


def test_a_guess_is_not_after_the_fetch() -> None:
    page = html(f"<h1>{TITLE}</h1>{TEXT}<p>Meeting on 9 March 2031.</p>")

    found = read_one(page)

    assert found["published_at"] is None or found["published_at"] <= FETCHED_AT


@pytest.mark.parametrize(
    ("head", "line", "authors"),
    [
        ("", "By Nigora Salimova", ["Nigora Salimova"]),
        ("", "By Nigora Salimova and Jamshed Oripov", ["Nigora Salimova", "Jamshed Oripov"]),
        ("", "Автор: Р. Хайдаров", ["Р. Хайдаров"]),
        ("", "نویسنده: نیلوفر سلیمی", ["نیلوفر سلیمی"]),
        ("", "By Nigora Salimova | 9 March 2011", ["Nigora Salimova"]),
        ("", "By the Editorial Staff", []),
        ('<meta name="author" content="Nigora Salimova">', "", ["Nigora Salimova"]),
        ('<meta name="author" content="https://herald.example/n">', "", []),
        ('<meta name="citation_author" content="Salimova, Nigora">', "", ["Nigora Salimova"]),
        (linked(author=[{"@type": "Person", "name": "Nigora Salimova"}]), "", ["Nigora Salimova"]),
        (linked(author={"@type": "Organization", "name": "Valley Voices"}), "", []),
        ("", '<a rel="author">Nigora Salimova</a>', ["Nigora Salimova"]),
    ],
)
def test_authors_are_people_in_byline_order(head: str, line: str, authors: list[str]) -> None:
    page = html(f"<h1>{TITLE}</h1><p>{line}</p>{TEXT}", f"<title>{TITLE}</title>{head}")

    found = read_one(page)

    people = [author["name"] for author in found["authors"] if author["kind"] == "person"]
    assert people == authors
    assert found["body"] == BODY or not authors


@pytest.mark.parametrize("written", ["&#8;", "&#11", "&#x1F;", "&#xFFFE;", "&#65535;"])
def test_control_characters_written_as_numbers_are_white_space(written: str) -> None:
    found = read_one(article(text=f"<div>{PROSE}{written}<br>{MORE_PROSE}{written}</div>"))

    assert found["body"].split("\n") == [PROSE, MORE_PROSE]
