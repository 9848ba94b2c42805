"""The page that the warehouse was asked for, dressed as HTML in five ways, is read as its text is.

The pages are made here, from the text where it is at hand; none of it is kept.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from html import escape
from typing import Any, NamedTuple

import pytest

from tests.conftest import SHARED
from tests.transform.rawpages import raw, read_one

SEED = SHARED / "seed" / "page.txt"
pytestmark = pytest.mark.skipif(not SEED.exists(), reason=f"{SEED} is not on this machine")

URL = "https://portal.example/en/node/8442"
TEASERS, REFERENCES = 3, 3
SITE = "Portal of the Two Rivers"
MENU = ("Home", "News", "Opinions", "Library", "About the portal", "Contacts")


class Seed(NamedTuple):
    """The lines of the page, ready for HTML."""

    teasers: list[str]
    title: str
    dateline: str
    body: list[str]
    references: list[str]
    end: str


@pytest.fixture(scope="module")
def text() -> str:
    return SEED.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def plain(text: str) -> dict[str, Any]:
    """What is read from the plain text."""
    return read_one(raw(text, content_type="text/plain"))


def parts(text: str) -> Seed:
    """The parts of the page by their places, escaped."""
    lines = [escape(" ".join(line.split()), quote=False) for line in text.splitlines()]
    lines = [line for line in lines if line]
    head, rest = TEASERS + 2, REFERENCES + 1
    return Seed(
        lines[:TEASERS],
        lines[TEASERS],
        lines[TEASERS + 1],
        lines[head:-rest],
        lines[-rest:-1],
        lines[-1],
    )


def linked(names: tuple[str, ...], tag: str) -> str:
    """A menu."""
    return "".join(f'<{tag}><a href="/{n}">{name}</a></{tag}>' for n, name in enumerate(names))


def page(head: str, body: str, attributes: str = "") -> str:
    """A whole document."""
    return (
        f'<!DOCTYPE html><html{attributes}><head><meta charset="utf-8">{head}</head>{body}</html>'
    )


def drupal(seed: Seed) -> str:
    """A node with field boxes, teasers as views above it, blocks in a sidebar."""
    rows = "".join(
        f'<div class="views-row views-row-{n}"><div class="views-field views-field-body">'
        f'<div class="field-content"><p>{teaser}</p></div></div></div>'
        for n, teaser in enumerate(seed.teasers, 1)
    )
    body = "".join(f"<p>{line}</p>\n" for line in (*seed.body, *seed.references))
    return page(
        f'<title>{seed.title} | {SITE}</title><meta name="Generator" content="Drupal 7">',
        '<body class="html not-front page-node node-type-article"><div id="page"><div id="header">'
        f'<ul id="main-menu" class="links">{linked(MENU, "li")}</ul></div><div id="main">'
        f'<div id="highlighted"><div class="view view-frontpage"><div class="view-content">{rows}'
        f'</div></div></div><div id="content" class="column"><h1 class="title" id="page-title">'
        f'{seed.title}</h1><div class="tabs"></div><div class="region region-content">'
        '<div id="node-8442" class="node node-article"><div class="meta submitted">'
        f'<span property="dc:date dc:created">{seed.dateline}</span></div><div class="content">'
        '<div class="field field-name-body field-type-text-with-summary"><div class="field-items">'
        f'<div class="field-item even" property="content:encoded">{body}</div></div></div></div>'
        f'<div class="link-wrapper"><p>{seed.end}</p></div></div></div></div>'
        '<div id="sidebar-second"><div class="block block-views"><h2>Read also</h2><ul>'
        '<li><a href="/en/node/1">The ferry that waited for a minister</a></li>'
        '<li><a href="/en/node/2">Three notes on a dry reservoir</a></li></ul></div></div>'
        f'<div id="footer"><p>© 2011 {SITE}. All rights reserved.</p></div></div></div></body>',
        ' lang="en" dir="ltr"',
    )


def word(seed: Seed) -> str:
    """A text that was pasted from Word: styled spans, empty paragraphs, notes by anchors."""
    smart = {"“": "&ldquo;", "”": "&rdquo;", "’": "&rsquo;", "«": "&laquo;", "–": "&ndash;"}
    style = "font-size:12.0pt;font-family:&quot;Times New Roman&quot;,&quot;serif&quot;"

    def spanned(line: str) -> str:
        for sign, entity in smart.items():
            line = line.replace(sign, entity)
        half = line.find(" ", len(line) // 2)
        return (
            f'<p class="MsoNormal" style="text-align:justify"><span lang="EN-US" style="{style}">'
            f"{line[:half]}</span><span style='{style};mso-fareast-language:RU'>{line[half:]}"
            "<o:p></o:p></span></p>\n"
        )

    notes = "".join(
        f'<div style="mso-element:footnote" id="ftn{n}"><p class="MsoFootnoteText">'
        f'<a style="mso-footnote-id:ftn{n}" href="#_ftnref{n}" name="_ftn{n}" title="">'
        f'<span class="MsoFootnoteReference">{note.partition(" ")[0]}</span></a>'
        f'<span lang="EN-US"> {note.partition(" ")[2]}<o:p></o:p></span></p></div>\n'
        for n, note in enumerate(seed.references, 1)
    )
    above = "".join(f'<div class="announce">{spanned(teaser)}</div>' for teaser in seed.teasers)
    return page(
        f"<title>{seed.title} - {SITE}</title><style>p.MsoNormal {{margin:0cm}}</style>",
        f'<body><div class="top">{linked(MENU, "span")}</div><div class="announces">{above}</div>'
        f'<div class="article"><h1>{seed.title}</h1><div class="date">{seed.dateline}</div>'
        f'<div class="Section1">{"".join(map(spanned, seed.body))}'
        '<p class="MsoNormal"><o:p>&nbsp;</o:p></p></div><div style="mso-element:footnote-list">'
        f'<br clear="all"><hr align="left" size="1" width="33%">{notes}</div>'
        f'<p class="url">{seed.end}</p></div><div class="bottom">© 2011 {SITE}</div></body>',
        ' xmlns:o="urn:schemas-microsoft-com:office:office"',
    )


def breaks(seed: Seed) -> str:
    """Lines that nothing but `<br>` parts."""
    above = "<br>\n<br>\n".join(seed.teasers)
    menu = " | ".join(f"<a href=/{name}>{name}</a>" for name in MENU)
    body = "<br>\n<br>\n".join((*seed.body, *seed.references))
    return page(
        f"<title>{seed.title}</title>",
        f'<body bgcolor="white"><center>{menu}</center>'
        f"<hr>{above}<br><br><b>{seed.title}</b><br><br><i>{seed.dateline}</i><br><br>{body}"
        f"<br><br>{seed.end}<br><hr><small>© 2011 {SITE}</small></body>",
    )


def tables(seed: Seed) -> str:
    """Nested tables and font tags: menu at the left, announcements above the title."""
    above = "".join(
        f'<tr><td><font size="1" color="#333333">{teaser}</font></td></tr>'
        for teaser in seed.teasers
    )
    body = "".join(
        f'<p align="justify"><font face="Verdana" size="2">{line}</font></p>'
        for line in (*seed.body, *seed.references)
    )
    return page(
        f"<title>{seed.title} :: {SITE}</title>",
        '<body><table width="100%" cellpadding="0"><tr><td colspan="2"><font size="5"><b>'
        f'{SITE}</b></font></td></tr><tr><td width="150" valign="top"><table>'
        f'<tr>{"</tr><tr>".join([linked(MENU, "td")])}</tr></table></td><td valign="top">'
        f'<table border="0">{above}</table><table border="0"><tr><td><font size="4"><b>'
        f'{seed.title}</b></font></td></tr><tr><td><font size="1">{seed.dateline}</font></td></tr>'
        f"<tr><td>{body}</td></tr><tr><td><font size='1'>{seed.end}</font></td></tr></table>"
        f'</td></tr><tr><td colspan="2" align="center"><font size="1">© 2011 {SITE}</font></td>'
        "</tr></table></body>",
    )


def amp(seed: Seed) -> str:
    """An AMP page: its own elements, a sidebar, announcements in a carousel above the title."""
    above = "".join(
        f'<div class="slide"><amp-img src="/{n}.jpg" width="300" height="200" layout="responsive">'
        f"</amp-img><p>{teaser}</p></div>"
        for n, teaser in enumerate(seed.teasers)
    )
    body = "".join(f"<p>{line}</p>" for line in seed.body)
    notes = "".join(f"<p>{line}</p>" for line in seed.references)
    return page(
        f'<title>{seed.title}</title><link rel="canonical" href="{URL}">'
        '<script async src="https://cdn.example/v0.js"></script><style amp-custom>p {}</style>',
        f'<body><amp-sidebar id="side" layout="nodisplay"><ul>{linked(MENU, "li")}</ul>'
        f'</amp-sidebar><header class="amp-header"><a href="/">{SITE}</a></header>'
        f'<amp-carousel type="slides" height="300">{above}</amp-carousel><article class="amp-post">'
        f'<header><h1 class="amp-title">{seed.title}</h1><div class="amp-meta">{seed.dateline}'
        '</div></header><amp-img src="/top.jpg" width="600" height="400" layout="responsive">'
        f'</amp-img><div class="amp-content">{body}<amp-ad width="300" height="250" type="x">'
        f'</amp-ad>{notes}</div><footer><p>{seed.end}</p><amp-social-share type="telegram">'
        f"</amp-social-share></footer></article><amp-analytics></amp-analytics>"
        f'<footer class="amp-footer"><p>© 2011 {SITE}</p></footer></body>',
        " amp",
    )


MARKUPS: Mapping[str, Callable[[Seed], str]] = {
    "drupal": drupal,
    "word": word,
    "breaks": breaks,
    "tables": tables,
    "amp": amp,
}


markups = pytest.mark.parametrize("dressed", MARKUPS, indirect=True)
"""Runs a test for each mark-up."""


@pytest.fixture(scope="module")
def dressed(request: pytest.FixtureRequest, text: str) -> dict[str, Any]:
    """What is read from the page in one of the mark-ups."""
    return read_one(raw(MARKUPS[request.param](parts(text)), URL, content_type="text/html"))


@markups
def test_its_title_is_that_of_the_text(dressed: dict[str, Any], plain: dict[str, Any]) -> None:
    assert dressed["title"] == plain["title"]


@markups
def test_its_time_is_that_of_the_dateline_to_the_minute(dressed: dict[str, Any]) -> None:
    assert dressed["published_at"] == datetime(2011, 3, 9, 14, 27, tzinfo=UTC)
    assert (dressed["published_precision"], dressed["published_method"]) == ("minute", "dateline")


@markups
def test_its_body_is_that_of_the_text_to_the_letter(
    dressed: dict[str, Any], plain: dict[str, Any]
) -> None:
    assert dressed["body"].split("\n") == plain["body"].split("\n")


@markups
def test_its_references_are_those_of_the_text(
    dressed: dict[str, Any], plain: dict[str, Any]
) -> None:
    assert dressed["reference_text"] == plain["reference_text"]


@markups
def test_its_teasers_are_sightings_and_no_part_of_it(
    dressed: dict[str, Any], plain: dict[str, Any]
) -> None:
    shown = [teaser["text"] for teaser in dressed["teasers"]]
    teasers = [teaser["text"] for teaser in plain["teasers"]]

    assert len(teasers) == TEASERS
    assert set(teasers) <= set(shown)
    assert not [teaser for teaser in teasers if teaser[:40] in dressed["body"]]


@markups
def test_it_names_no_author_and_is_english(dressed: dict[str, Any]) -> None:
    assert (dressed["authors"], dressed["language"]) == ([], "en")
