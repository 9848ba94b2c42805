"""Reference lists in the mark-up that journals use."""

import pytest

from tests.transform.rawpages import PROSE, TEXT, article, read_one

ENTRIES = (
    "Salimova, Water and Law, Khujand, 2004, 83 p.",
    "Oripov, Canals of the Valley, № 2 (7), 2008",
    "Yusupov, On Gates, Dushanbe: Irfon, 1998",
)
NUMBERED = "\n".join(f"{n}. {entry}" for n, entry in enumerate(ENTRIES, start=1))
BRACKETED = "\n".join(f"[{n}] {entry}" for n, entry in enumerate(ENTRIES, start=1))


def items(form: str) -> str:
    return "".join(form.format(n=n, entry=entry) for n, entry in enumerate(ENTRIES, start=1))


LIST = f"<ol>{items('<li>{entry}</li>')}</ol>"
MARKUP = {
    "heading and list": (f"<h2>References</h2>{LIST}", NUMBERED),
    "russian heading": (f"<h3>Литература</h3>{LIST}", NUMBERED),
    "persian heading": (f"<h3>منابع</h3>{LIST}", NUMBERED),
    "bold heading": (f"<p><b>Notes:</b></p>{items('<p>{n}. {entry}</p>')}", NUMBERED),
    "list alone": (LIST, NUMBERED),
    "paragraphs alone": (items("<p>{n}. {entry}</p>"), NUMBERED),
    "lines alone": (f"<p>{items('{n}. {entry}<br>')}</p>", NUMBERED),
    "named container": (f'<div class="ref-list"><h4>Sources</h4>{LIST}</div>', NUMBERED),
    "heading outside": (f'<h2>References</h2><div class="references">{LIST}</div>', NUMBERED),
    "table": (
        f'<table class="references">{items("<tr><td>[{n}]</td><td>{entry}</td></tr>")}</table>',
        BRACKETED,
    ),
    "definitions": (
        f'<dl class="citations">{items("<dt>[{n}]</dt><dd>{entry}</dd>")}</dl>',
        BRACKETED,
    ),
    "word processor": (
        items(
            '<div id="ftn{n}"><p><a href="#_ftnref{n}" name="_ftn{n}">[{n}]</a> {entry}</p></div>'
        ),
        BRACKETED,
    ),
    "back links": (
        f'<ol class="footnotes">{items("<li id=fn-{n}>{entry} <a href=#r{n}>↩︎</a></li>")}</ol>',
        NUMBERED,
    ),
    "unnumbered": (
        f"<h2>Bibliography</h2><ul>{items('<li>{entry}</li>')}</ul>",
        "\n".join(ENTRIES),
    ),
    "start": (
        f'<h2>Notes</h2><ol start="4">{items("<li>{entry}</li>")}</ol>',
        "\n".join(f"{n}. {entry}" for n, entry in enumerate(ENTRIES, start=4)),
    ),
}


@pytest.mark.parametrize("name", ["fn-{n}", "user-content-fn-{n}", "fn:{n}", "cite_note-{n}"])
def test_notes_without_a_year_are_known_by_the_names_marks_point_to(name: str) -> None:
    notes = ("The stick was the first clerk's own.", "Nobody at the gates asked why.")
    listed = "".join(
        f'<li id="{name.format(n=n)}"><p>{note} <a href="#r{n}">↩</a></p></li>'
        for n, note in enumerate(notes, start=1)
    )

    found = read_one(article(below=f"<section><ol>{listed}</ol></section>"))

    assert found["reference_text"] == f"1. {notes[0]}\n2. {notes[1]}"
    assert found["body"] == read_one(article())["body"]


@pytest.mark.parametrize("name", MARKUP)
def test_the_list_leaves_the_text_for_its_own_column(name: str) -> None:
    markup, expected = MARKUP[name]

    found = read_one(article(below=markup))

    assert found["reference_text"] == expected
    assert found["body"] == read_one(article())["body"]


@pytest.mark.parametrize(
    "markup",
    [
        "<ol><li>Open the gates in spring.</li><li>Measure the water.</li></ol>",
        "<h2>Notes</h2><p>We thank the people of the village for their patience and their tea.</p>",
        '<div class="references"><a href="/a">Home</a> <a href="/b">Archive</a></div>',
    ],
    ids=["recommendations", "thanks", "menu"],
)
def test_what_only_looks_like_a_list_of_references_is_none(markup: str) -> None:
    assert read_one(article(below=markup))["reference_text"] is None


def test_marks_in_the_text_are_written_in_brackets() -> None:
    text = (
        f'<p>{PROSE} It is old<sup><a href="#_ftn1" name="_ftnref1">1</a></sup>, and so are they. '
        "They agree on the days.<sup>2</sup> The field has 40 m<sup>9</sup> and no fence.</p>"
    )

    found = read_one(article(text=f"{text}{TEXT}", below=f"<h2>References</h2>{LIST}"))

    assert "It is old[1], and" in found["body"]
    assert "the days.[2] The" in found["body"]
    assert "[9]" not in found["body"]


def test_two_lists_are_kept_in_order() -> None:
    notes = '<h2>Notes</h2><p id="fn1">1. See Salimova, Water, 2004, p. 5.</p><p>2. Ibid, 2005.</p>'

    found = read_one(article(below=f"{notes}<h2>References</h2>{LIST}"))

    assert found["reference_text"].split("\n")[0].startswith("1. See")
    assert found["reference_text"].endswith(NUMBERED)


@pytest.mark.parametrize(
    "below",
    [
        items("<p><sup>{n}</sup> {entry}</p>"),
        "<p>__________</p>" + items("<p><sup>{n}</sup>{entry}</p>"),
    ],
    ids=["alone", "below a line of signs"],
)
def test_numbers_that_stand_raised_are_labels(below: str) -> None:
    found = read_one(article(below=below))

    assert found["reference_text"] == "\n".join(
        f"{mark} {entry}" for mark, entry in zip("¹²³", ENTRIES, strict=True)
    )
    assert found["body"] == read_one(article())["body"]


def test_links_back_to_the_text_are_left_out() -> None:
    back = '<span class="mw-cite-backlink">^ <a href="#a">a</a> <a href="#b">b</a></span> '
    listed = items(f'<li id="cite_note-{{n}}">{back}{{entry}}</li>')

    found = read_one(article(below=f'<ol class="references">{listed}</ol>'))

    assert found["reference_text"] == NUMBERED


def test_names_of_groups_are_no_entries() -> None:
    inner = f"<li>Published sources<ol>{items('<li>{entry}</li>')}</ol></li>"

    found = read_one(article(below=f"<h2>Sources and literature</h2><ol>{inner}</ol>"))

    assert found["reference_text"] == NUMBERED
    assert found["body"] == read_one(article())["body"]


def test_titles_that_link_to_other_sites_are_sources_below_a_heading() -> None:
    titles = ("Who Opens the Ninth Gate", "Green Ink and Other Colours")
    listed = "".join(
        f'<li><a href="https://{n}.example/">{t}</a></li>' for n, t in enumerate(titles)
    )
    menu = '<li><a href="https://a.example/">About us</a></li><li><a href="https://b.example/">Team</a></li>'

    found = read_one(article(below=f"<h2>Sources</h2><ul>{listed}</ul>"))

    assert found["reference_text"] == "\n".join(titles)
    assert read_one(article(below=f"<h2>Sources</h2><ul>{menu}</ul>"))["reference_text"] is None


def test_a_list_may_stand_in_one_paragraph_behind_its_heading() -> None:
    listed = " ".join(f"{n}. {entry}." for n, entry in enumerate(ENTRIES, start=1))

    found = read_one(article(below=f"<p>References: {listed}</p>"))

    assert found["reference_text"] == f"References: {listed}"
    assert found["body"] == read_one(article())["body"]


@pytest.mark.parametrize(
    "below",
    [
        "<p>1. Report of the board for 2018.</p><p>2. Election of the clerk of 2020.</p>",
        "<p>1. 1938: the canal is dug.</p><p>2. 1964: the ninth gate is added.</p>",
        "<ol><li>Who may open it? The clerk, since 2004.</li><li>Who pays? See 2009.</li></ol>",
    ],
    ids=["agenda", "chronology", "questions"],
)
def test_a_list_with_years_that_nothing_announces_stays_in_the_text(below: str) -> None:
    assert read_one(article(below=below))["reference_text"] is None
