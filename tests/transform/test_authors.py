"""Bylines of pages: who wrote, translated, photographed; agencies apart from persons."""

import json
from typing import Any

import pytest

from etl.transform.pages import bylines, head, orcid
from tests.transform.rawpages import BODY, LAST_PROSE, PROSE, TEXT, html, read_one

TITLE = "Water and Neighbours in Chorkuh"
NIGORA = ("Nigora Salimova", "person", "author")
OMID = ("Omid Karim", "person", "author")
ORCID = "0000-0002-1825-0097"


def linked(**facts: object) -> str:
    """A JSON-LD block about an article."""
    thing = {"@type": "NewsArticle", **facts}
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


def named(**tags: str) -> str:
    """Meta tags."""
    return "".join(f'<meta name="{name}" content="{value}">' for name, value in tags.items())


def person(name: str, **facts: object) -> dict[str, object]:
    """A person in JSON-LD."""
    return {"@type": "Person", "name": name, **facts}


def page(facts: str = "", below_title: str = "", below_text: str = "", above: str = "") -> str:
    """An article without a byline but for what is put in."""
    body = f"{above}<h1>{TITLE}</h1>{below_title}{TEXT}{below_text}"
    return html(body, f"<title>{TITLE}</title>{facts}")


def signed(content: str) -> list[tuple[str, str, str]]:
    """Name, kind and role of each byline of a page."""
    found: list[dict[str, Any]] = read_one(content)["authors"]
    return [(each["name"], each["kind"], each["role"]) for each in found]


def said(line: str) -> list[tuple[str, str]]:
    """Name and role of each person in a line."""
    return [(each.name, each.role) for each in bylines.read_line(line) if each.kind == "person"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Nigora Salimova", ["Nigora Salimova"]),
        ("BY NIGORA SALIMOVA", ["NIGORA SALIMOVA"]),
        ("By Nigora Salimova, Omid Karim, and Jamshed Oripov", None),
        ("By Nigora Salimova & Omid bin Karim", ["Nigora Salimova", "Omid bin Karim"]),
        ("By Jaap de Hoop Berg", ["Jaap de Hoop Berg"]),
        ("By Lola", ["Lola"]),
        ("By May Rashid", ["May Rashid"]),
        ("By Dr. Nigora Salimova, PhD", ["Nigora Salimova"]),
        ("By Prof. Dr. N. Salimova", ["N. Salimova"]),
        ("Op-ed by Nigora Salimova", ["Nigora Salimova"]),
        ("By Nigora Salimova (Khujand)", ["Nigora Salimova"]),
        ("By Nigora Salimova in Khujand", ["Nigora Salimova"]),
        ("By Nigora Salimova, Khujand", ["Nigora Salimova"]),
        ("By Nigora Salimova for the East Herald", ["Nigora Salimova"]),
        ("By Nigora Salimova, Senior Analyst, East Herald", ["Nigora Salimova"]),
        ("By Nigora Salimova Senior Water Editor", ["Nigora Salimova"]),
        ("By Nigora Salimova Published: Jan 29, 2025", ["Nigora Salimova"]),
        ("By Nigora Salimova · 7 min read", ["Nigora Salimova"]),
        ("3 min read · By Nigora Salimova", ["Nigora Salimova"]),
        ("This article was written by Nigora Salimova, Head of Water", ["Nigora Salimova"]),
        ("Text and photos by Nigora Salimova", ["Nigora Salimova"]),
        ("Author: Salimova, Nigora", ["Nigora Salimova"]),
        ("Автор: Нигора Салимова", ["Нигора Салимова"]),
        ("Автор — Нигора Салимова, политолог", ["Нигора Салимова"]),
        ("Автор Нигора Салимова", ["Нигора Салимова"]),
        ("Авторы: Н. Салимова, О. Карим", ["Н. Салимова", "О. Карим"]),
        ("Авторы: Салимова Н.А., Карим О.", ["Салимова Н.А.", "Карим О."]),
        ("Подготовила Нигора Салимова", ["Нигора Салимова"]),
        ("Муаллиф: Нигора Салимова", ["Нигора Салимова"]),
        ("Муаллифон: Нигора Салимова ва Омид Карим", ["Нигора Салимова", "Омид Карим"]),
        ("Таҳияи Нигора Салимова", ["Нигора Салимова"]),
        ("نویسنده: نیلوفر سلیمی", ["نیلوفر سلیمی"]),
        ("نویسندگان: نیلوفر سلیمی و امید کریمی", ["نیلوفر سلیمی", "امید کریمی"]),
        ("نویسنده: دکتر امید کریمی، استاد دانشگاه", ["امید کریمی"]),
        ("به قلم نیلوفر سلیمی", ["نیلوفر سلیمی"]),
        ("گزارش از محمود سلیمی", ["محمود سلیمی"]),
    ],
)
def test_a_line_with_a_label_names_its_authors(line: str, names: list[str] | None) -> None:
    found = said(line)

    expected = names or ["Nigora Salimova", "Omid Karim", "Jamshed Oripov"]
    assert found == [(name, "author") for name in expected]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Edited by Nigora Salimova", "editor"),
        ("Translated from the Tajik by Nigora Salimova", "translator"),
        ("Translation: Nigora Salimova", "translator"),
        ("Interview by Nigora Salimova", "interviewer"),
        ("Photographs by Nigora Salimova", "photographer"),
        ("Illustrations by Nigora Salimova", "illustrator"),
        ("Additional reporting by Nigora Salimova", "contributor"),
        ("Medically reviewed by Nigora Salimova", "contributor"),
        ("Редактор: Нигора Салимова", "editor"),
        ("Перевод: Нигора Салимова", "translator"),
        ("Перевод с английского: Нигора Салимова", "translator"),
        ("Перевела Нигора Салимова", "translator"),
        ("Беседовала Нигора Салимова", "interviewer"),
        ("Интервью взяла Нигора Салимова", "interviewer"),
        ("Фото: Нигора Салимова", "photographer"),
        ("Иллюстрации: Нигора Салимова", "illustrator"),
        ("При участии Нигора Салимова", "contributor"),
        ("Муҳаррир: Нигора Салимова", "editor"),
        ("Тарҷума: Нигора Салимова", "translator"),
        ("Тарҷумаи Нигора Салимова", "translator"),
        ("Мусоҳиб: Нигора Салимова", "interviewer"),
        ("Акс: Нигора Салимова", "photographer"),
        ("ویراستار: نیلوفر سلیمی", "editor"),
        ("مترجم: نیلوفر سلیمی", "translator"),
        ("ترجمه از محمود سلیمی", "translator"),
        ("گفت‌وگو از محمود سلیمی", "interviewer"),
        ("گفتگو: نیلوفر سلیمی", "interviewer"),
        ("عکس: نیلوفر سلیمی", "photographer"),
        ("تصویرگر: نیلوفر سلیمی", "illustrator"),
        ("با همکاری محمود سلیمی", "contributor"),
    ],
)
def test_a_label_says_what_somebody_did(line: str, role: str) -> None:
    found = said(line)

    assert [each[1] for each in found] == [role]
    assert found[0][0] in ("Nigora Salimova", "Нигора Салимова", "نیلوفر سلیمی", "محمود سلیمی")


@pytest.mark.parametrize(
    ("line", "roles"),
    [
        (
            "Written by Lola Karim | Translated by Nigora Salimova | Photographs by Omid Karim",
            ["author", "translator", "photographer"],
        ),
        ("Words by Lola Karim, illustrations by Omid Karim", ["author", "illustrator"]),
        ("Текст: Лола Карим. Фото: Омид Карим", ["author", "photographer"]),
        ("نویسنده: لولا کریمی مترجم: نیلوفر سلیمی", ["author", "translator"]),
    ],
)
def test_a_line_may_name_several_roles(line: str, roles: list[str]) -> None:
    assert [role for _, role in said(line)] == roles


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Reuters", "Reuters"),
        ("By the Editorial Board", "Editorial Board"),
        ("By Herald Staff", "Herald Staff"),
        ("By RFE/RL's Tajik Service", "RFE/RL's Tajik Service"),
        ("By the Institute of Water and Borders", "Institute of Water and Borders"),
        ("Автор: ТАСС", "ТАСС"),
        ("Автор: Редакция", "Редакция"),
        ("Автор: Институт воды и границ", "Институт воды и границ"),
        ("Муаллиф: АМИТ «Ховар»", "АМИТ «Ховар»"),
        ("نویسنده: خبرگزاری تسنیم", "خبرگزاری تسنیم"),
        ("Источник: ТАСС", "ТАСС"),
    ],
)
def test_agencies_are_organisations_and_never_split(line: str, name: str) -> None:
    found = bylines.read_line(line)

    assert [(each.name, each.kind) for each in found] == [(name, "organisation")]


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("By Nigora Salimova, Reuters", "Reuters"),
        ("By Nigora Salimova / Reuters", "Reuters"),
        ("By Nigora Salimova and the Institute of Water", "Institute of Water"),
    ],
)
def test_an_agency_beside_a_person_stays_apart(line: str, agency: str) -> None:
    found = bylines.read_line(line)

    assert [(each.name, each.kind) for each in found] == [
        ("Nigora Salimova", "person"),
        (agency, "organisation"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "By March 2011",
        "By 2030 the canal will be dry",
        "By contrast, the Upper Canal is full",
        "By hand and by eye, the women of the village sort the seed",
        "By focusing on water alone, the ministry missed the fish",
        "By the time the gates opened, the village had left",
        "By Central Asia",
        "Posted by admin",
        "Photo: Getty Images",
        "Photo: Omid Karim / Reuters",
        "Photo: Samarkand",
        "Автор: админ",
        "The author is a fellow of the institute",
        "Source: Omid Karim",
        "Материал: сталь",
        "Автор книги «Вода» Нигора Салимова",
        "Фото из архива",
        "قلم و کاغذ",
        "مترجم برجسته درگذشت",
        "گزارش از وضعیت آب",
    ],
)
def test_prose_dates_rubrics_and_accounts_are_no_bylines(line: str) -> None:
    assert bylines.read_line(line) == []


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Nigora Salimova", ["Nigora Salimova"]),
        ("Nigora Salimova and Omid Karim", ["Nigora Salimova", "Omid Karim"]),
        ("Nigora Salimova, Senior Analyst", ["Nigora Salimova"]),
        ("Салимова Нигора Ахмедовна, доктор наук", ["Салимова Нигора Ахмедовна"]),
        ("Нигора Салимова, специально для «Вестника»", ["Нигора Салимова"]),
        ("محمود کریمی", ["محمود کریمی"]),
        ("ТАСС", ["ТАСС"]),
        ("Herald Staff", ["Herald Staff"]),
        ("Human Rights", []),
        ("Top Agencies", []),
        ("Central Asia", []),
        ("Wellness & Prevention", []),
        ("Перевод Нигоры", []),
        ("آب و همسایگان", []),
    ],
)
def test_names_that_stand_alone_are_told_from_rubrics(line: str, names: list[str]) -> None:
    assert [each.name for each in bylines.read_bare(line)] == names


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ((TITLE, "By", "Nigora Salimova", "9 March 2011"), ["Nigora Salimova"]),
        ((TITLE, "Автор", "Нигора Салимова", "9 марта 2011"), ["Нигора Салимова"]),
        ((TITLE, "Written by:", "The Herald Team", PROSE), ["The Herald Team"]),
        ((TITLE, PROSE, "By Nigora Salimova"), ["Nigora Salimova"]),
        ((TITLE, PROSE, "By", "Nigora Salimova", LAST_PROSE), ["Nigora Salimova"]),
        ((TITLE, "03/01/2017 by Nigora Salimova, Member of the Council"), ["Nigora Salimova"]),
        ((TITLE, "January 20th, 2025 by HTU"), ["HTU"]),
    ],
)
def test_a_label_reaches_over_the_lines_of_a_head(lines: tuple[str, ...], names: list[str]) -> None:
    found = head.around(lines, 0)

    assert [each.name for each in found.authors] == names


@pytest.mark.parametrize(
    "lines",
    [
        (TITLE, "Nigora Salimova", "9 March 2011"),
        (TITLE, "9 March 2011", "Nigora Salimova"),
        (TITLE, "9 March 2011 • Nigora Salimova in Water"),
        (TITLE, PROSE, "Nigora Salimova", "9 March 2011"),
    ],
)
def test_a_name_beside_the_date_is_a_hint(lines: tuple[str, ...]) -> None:
    found = head.around((*lines, PROSE), 0)

    assert [each.name for each in found.hints] == ["Nigora Salimova"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (linked(author=person("Nigora Salimova")), [NIGORA]),
        (linked(author=[person("Nigora Salimova"), person("Omid Karim")]), [NIGORA, OMID]),
        (linked(author=["Nigora Salimova", "Omid Karim"]), [NIGORA, OMID]),
        (linked(author=person("Nigora Salimova and Omid Karim, East Herald")), [NIGORA, OMID]),
        (linked(author={"givenName": "Nigora", "familyName": "Salimova"}), [NIGORA]),
        (linked(author=person("Lola")), [("Lola", "person", "author")]),
        (linked(author=person("nigora salimova")), [("nigora salimova", "person", "author")]),
        (linked(author=person("Nigora Salimova, MD, FRS")), [NIGORA]),
        (linked(author=person("Nigora &amp; Lola")), None),
        (linked(author="https://herald.example/people/7"), []),
        (linked(author=person("admin")), []),
        (linked(author=person("East Herald"), publisher={"name": "East Herald"}), []),
        (
            linked(author={"@type": "Organization", "name": "Valley Voices"}),
            [("Valley Voices", "organisation", "author")],
        ),
        (
            linked(author=person("Nigora Salimova"), editor=person("Omid Karim")),
            [NIGORA, ("Omid Karim", "person", "editor")],
        ),
        (named(author="Nigora Salimova"), [NIGORA]),
        (named(author="By Nigora Salimova"), [NIGORA]),
        (named(**{"article:author": "https://book.example/herald"}), []),
        (named(**{"article:author": "Omid Karim", "author": "Nigora Salimova"}), [NIGORA]),
        (named(**{"dc.creator": "van der Berg, Marta"}), None),
        (named(**{"sailthru.author": "Nigora Salimova"}), [NIGORA]),
        (named(**{"parsely-author": "Nigora Salimova"}), [NIGORA]),
        (named(**{"twitter:label1": "Written by", "twitter:data1": "Nigora Salimova"}), [NIGORA]),
        (named(**{"twitter:label1": "Время чтения", "twitter:data1": "5 минут"}), []),
        (named(author="East Herald", **{"og:site_name": "East Herald"}), []),
        (named(author="Omid Karim", **{"og:site_name": "Omid Karim"}), [OMID]),
        (named(author="Water Policy Watch"), [("Water Policy Watch", "organisation", "author")]),
    ],
)
def test_machine_readable_facts_name_authors(
    facts: str, expected: list[tuple[str, str, str]] | None
) -> None:
    found = signed(page(facts))

    if expected is None:
        assert [name for name, *_ in found] in (["Nigora", "Lola"], ["Marta van der Berg"])
    else:
        assert found == expected


def test_a_person_is_found_by_the_id_that_an_article_refers_to() -> None:
    graph = {
        "@graph": [
            {"@type": "Article", "author": {"@id": "#nigora"}, "publisher": {"@id": "#house"}},
            {"@type": "Person", "@id": "#nigora", "name": "Nigora Salimova"},
            {"@type": "Organization", "@id": "#house", "name": "East Herald"},
        ]
    }
    facts = f'<script type="application/ld+json">{json.dumps(graph)}</script>'

    assert signed(page(facts)) == [NIGORA]


def test_the_authors_are_those_of_the_article_not_of_its_neighbours() -> None:
    facts = linked(author=person("Nigora Salimova")) + linked(author=person("Omid Karim"))

    assert signed(page(facts)) == [NIGORA]


@pytest.mark.parametrize(
    "below",
    [
        '<p><a rel="author" href="/n">Nigora Salimova</a></p>',
        '<div class="post-author__name">Nigora Salimova</div>',
        '<span class="author vcard"><a class="url fn" href="/n">Nigora Salimova</a></span>',
        '<div itemprop="author"><span itemprop="name">Nigora Salimova</span></div>',
        '<div class="authorWrapper"><p>Nigora Salimova</p><p>March 9, 2011</p></div>',
        '<div class="byline">By <b>Nigora Salimova</b>, Senior Water Editor</div>',
        '<p><a href="https://herald.example/author/nigora">Nigora Salimova</a></p>',
        "<p>By <a href='/people/nigora'>Nigora Salimova</a></p>",
    ],
)
def test_marked_elements_in_the_head_name_authors(below: str) -> None:
    assert signed(page(below_title=below)) == [NIGORA]


def test_authors_in_elements_of_their_own_are_all_named() -> None:
    links = (
        '<a href="/authors/1">Nigora Salimova</a> <span>and</span> '
        '<a href="/authors/2">Omid Karim</a>'
    )

    assert signed(page(below_title=f"<div><p>{links}</p></div>")) == [NIGORA, OMID]


def test_a_box_about_the_author_names_who_is_named_nowhere_else() -> None:
    box = '<div class="author-box"><h4 class="author-name">Nigora Salimova</h4></div>'

    assert signed(page(below_text=box)) == [NIGORA]


def test_a_note_on_the_author_names_who_is_named_nowhere_else() -> None:
    note = "<h3>About the author</h3><p>Nigora Salimova is a fellow of the Water Institute.</p>"

    assert signed(page(below_text=note)) == [NIGORA]


@pytest.mark.parametrize(
    "below",
    [
        '<div class="comment-author vcard"><b class="fn">Omid Karim</b></div>',
        '<div class="related"><p class="author">Omid Karim</p></div>',
        '<aside><span class="byline">By Omid Karim</span></aside>',
        '<footer><a rel="author" href="/o">Omid Karim</a></footer>',
        '<p class="quote-author">Omid Karim</p>',
        '<p class="author">Omid Karim</p><div><p class="author">Lola Karim</p></div>',
        '<p class="author-bio">Omid Karim</p>',
        '<p class="byline">March 20, 2023 | Wellness &amp; Prevention</p>',
        '<span class="author-name">Written By</span>',
    ],
)
def test_authors_of_comments_and_other_articles_are_none_of_this_one(below: str) -> None:
    assert signed(page(below_text=below)) == []


@pytest.mark.parametrize(
    ("facts", "line", "expected"),
    [
        (linked(author=person("Nigora Salimova")), "By Nigora Salimova and Omid Karim", None),
        (linked(author=person("Nigora Salimova")), "By Nigora Salimova East Today", [NIGORA]),
        (linked(author=person("Lola")), "By Nigora Salimova", [NIGORA]),
        (linked(author=person("Nigora Salimova")), "By Lola", [NIGORA]),
        (linked(author=person("Nigora Salimova")), "Water Policy", [NIGORA]),
        (
            linked(author=person("Nigora Salimova")),
            "By Reuters",
            [NIGORA, ("Reuters", "organisation", "author")],
        ),
        (
            linked(author=person("Nigora Salimova")),
            "Translated by Omid Karim",
            [NIGORA, ("Omid Karim", "person", "translator")],
        ),
    ],
)
def test_the_best_witness_names_persons_in_full(
    facts: str, line: str, expected: list[tuple[str, str, str]] | None
) -> None:
    assert signed(page(facts, f"<p>{line}</p>")) == (expected or [NIGORA, OMID])


def test_the_house_signs_where_readers_see_its_name() -> None:
    facts = named(author="East Herald", **{"og:site_name": "East Herald"})

    found = signed(page(facts, "<p>East Herald</p><p>9 March 2011</p>"))

    assert found == [("East Herald", "organisation", "author")]


def test_bylines_stay_out_of_the_text() -> None:
    lines = "<p>By Nigora Salimova</p><p>Photographs by Omid Karim</p>"

    found = read_one(page(below_title=lines))

    assert found["body"] == BODY


def test_a_plain_text_tells_roles_too() -> None:
    lines = ("By Nigora Salimova", "Translated by Omid Karim", "9 March 2011")

    found = read_one("\n".join((TITLE, *lines, BODY)))

    assert [(each["name"], each["role"]) for each in found["authors"]] == [
        ("Nigora Salimova", "author"),
        ("Omid Karim", "translator"),
    ]
    assert found["body"] == BODY


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"https://orcid.org/{ORCID}", ORCID),
        ("0000000218250097", ORCID),
        ("https://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("0000-0002-1825-0098", None),
        ("call 0000-0002-1825-00971", None),
    ],
)
def test_an_orcid_is_known_by_its_check_digit(text: str, number: str | None) -> None:
    assert orcid.find(text) == number


@pytest.mark.parametrize(
    ("facts", "below"),
    [
        (
            linked(
                author=[
                    person("Omid Karim"),
                    person("Nigora Salimova", sameAs=["/n", f"https://orcid.org/{ORCID}"]),
                ]
            ),
            "",
        ),
        (
            linked(
                author=[
                    person("Omid Karim"),
                    person("Nigora Salimova", identifier={"propertyID": "ORCID", "value": ORCID}),
                ]
            ),
            "",
        ),
        (
            named(citation_author="Karim, Omid")
            + named(citation_author="Salimova, Nigora", citation_author_orcid=ORCID),
            "",
        ),
        (
            "",
            "<p>By Omid Karim and Nigora Salimova "
            f'<a href="https://orcid.org/{ORCID}"><img alt="iD"></a></p>',
        ),
        (
            "",
            '<div class="byline"><span>By Omid Karim</span>, <span>Nigora Salimova '
            f'<a href="https://orcid.org/{ORCID}">iD</a></span></div>',
        ),
    ],
)
def test_an_orcid_belongs_to_its_name(facts: str, below: str) -> None:
    found = read_one(page(facts, below))["authors"]

    assert [(each["name"], each["orcid"]) for each in found] == [
        ("Omid Karim", None),
        ("Nigora Salimova", ORCID),
    ]
