"""Lines around and between the paragraphs of a text: what goes, and what only looks like it."""

import pytest

from etl.transform.pages import dom, furniture
from etl.transform.pages.furniture import Line
from tests.transform.rawpages import LAST_PROSE, MORE_PROSE, PROSE, THIRD_PROSE, raw, read_one

TITLE = "Who Counts the Water of Chorkuh"


def text_of(markup: str, *authors: str) -> list[str]:
    """The text of some mark-up, every block taken for a line of it."""
    blocks = dom.blocks(dom.parse(f"<html><body>{markup}</body></html>"))
    return furniture.without([Line(block.text, block) for block in blocks], TITLE, authors)


def page_with(inner: str, head: str = "") -> list[str]:
    """The body of a page as it is read, by lines."""
    found = read_one(
        raw(
            f"<html><head><title>{TITLE}</title>{head}</head><body><nav><a href='/'>Home</a></nav>"
            f"<article><h1>{TITLE}</h1>{inner}</article></body></html>"
        )
    )
    lines: list[str] = found["body"].split("\n")
    return lines


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "Реклама",
        "تبلیغات",
        "Table of contents",
        "Содержание:",
        "5 min read",
        "12 March 2021 • 4 min read",
        "Время чтения: 5 минут",
        "زمان مطالعه: ۵ دقیقه",
        "Image copyright AFP",
        "Фото: ТАСС",
        "Related post: How the gates were built",
        "Читать также: Как строили ворота",
        "بیشتر بخوانید: دروازه‌های کانال",
        "Follow the Herald on Telegram",
        "Get the day's headlines in your inbox every morning.",
        "You are here: Home > Water",
    ],
)
def test_what_a_site_says_of_itself_goes_wherever_it_stands(line: str) -> None:
    found = text_of(f"<p>{PROSE}</p><p>{line}</p><p>{MORE_PROSE}</p>")

    assert found == [PROSE, MORE_PROSE]


@pytest.mark.parametrize(
    "line",
    [
        "The advertisement of the water board was read aloud at both ends of the bridge.",
        "Nobody wrote it down for five minutes, and then everybody did.",
        "Read by both clerks, the stick shows the same figure.",
        "Follow the canal for an hour and the border is crossed four times; nobody sees it.",
        "Photos of the gates hang in the office of the clerk, one for each spring since 1961.",
        "Рекламу совета читали вслух на обоих концах моста.",
    ],
)
def test_sentences_that_only_begin_like_it_stay(line: str) -> None:
    found = text_of(f"<p>{PROSE}</p><p>{line}</p><p>{MORE_PROSE}</p>")

    assert found == [PROSE, line, MORE_PROSE]


@pytest.mark.parametrize(
    "line",
    [
        "(Reporting by Nigora Salimova; editing by Omid Karim)",
        "Nigora Salimova contributed reporting from Isfara.",
        "Источник: Вестник долины",
        "Перевод: Н. Салимова",
        "منبع: روزنامه دره",
        "salimova@herald.example @salimova",
        "Nigora Salimova",
    ],
)
def test_credits_at_the_end_are_no_text(line: str) -> None:
    found = text_of(f"<p>{PROSE}</p><p>{MORE_PROSE}</p><p>{line}</p>", "Nigora Salimova")

    assert found == [PROSE, MORE_PROSE]


@pytest.mark.parametrize(
    "line",
    [
        "Sources: R. Haydarov, Gates of the Valley, Khujand, 1998.",
        "Источник: Хайдаров Р. Ворота долины. Худжанд, 1998.",
    ],
)
def test_a_source_with_a_year_is_a_reference_and_stays(line: str) -> None:
    assert text_of(f"<p>{PROSE}</p><p>{line}</p>") == [PROSE, line]


def test_a_heading_with_nothing_below_it_goes() -> None:
    found = text_of(f"<p>{PROSE}</p><h2>The stick</h2><p>{MORE_PROSE}</p><h2>More on water</h2>")

    assert found == [PROSE, "The stick", MORE_PROSE]


def test_a_subtitle_goes_with_the_title() -> None:
    subtitle = "Two clerks, one stick and a border that nobody at the gates has ever seen"

    found = text_of(f"<h2>{subtitle}</h2><p>{PROSE}</p><p>{MORE_PROSE}</p>")

    assert found == [PROSE, MORE_PROSE]


@pytest.mark.parametrize("heading", ["The stick", "1. What the clerks of both banks write down"])
def test_a_heading_of_the_first_section_stays(heading: str) -> None:
    found = text_of(f"<h2>{heading}</h2><p>{PROSE}</p>")

    assert found == [heading, PROSE]


def test_a_linked_headline_between_paragraphs_is_another_article() -> None:
    link = '<p><a href="/gates">How the gates of the valley were built</a></p>'

    found = text_of(f"<p>{PROSE}</p>{link}<p>{MORE_PROSE}</p>")

    assert found == [PROSE, MORE_PROSE]


def test_a_list_of_links_in_the_text_stays_and_a_table_of_contents_goes() -> None:
    linked = '<ul><li><a href="/a">The report of the water board</a></li></ul>'
    contents = '<ul><li><a href="#stick">The stick and its two clerks</a></li></ul>'

    found = text_of(f"<p>{PROSE}</p>{contents}{linked}<p>{MORE_PROSE}</p>")

    assert found == [PROSE, "The report of the water board", MORE_PROSE]


def test_short_lines_of_a_script_that_does_not_part_words_stay() -> None:
    line = "水路の門は毎年春に開かれ、両岸の人々が立ち会います。"

    assert text_of(f"<p>{line}</p><p>{PROSE}</p><p>{line}</p>") == [line, PROSE, line]


def test_a_byline_with_what_its_author_is_goes_from_the_top() -> None:
    found = text_of(
        f"<p>Nigora Salimova, Water Correspondent</p><p>{PROSE}</p><p>{MORE_PROSE}</p>",
        "Nigora Salimova",
    )

    assert found == [PROSE, MORE_PROSE]


def test_nothing_but_furniture_is_no_text() -> None:
    assert text_of("<p>Advertisement</p><p>Nigora Salimova</p>", "Nigora Salimova") == []


@pytest.mark.parametrize(
    "line",
    [
        "More than a border: the gates are a calendar, a court and a place to hear the news.",
        "See also how the clerks of the upper gates count, said the oldest man in the room.",
    ],
)
def test_sentences_with_a_colon_or_a_pointer_stay(line: str) -> None:
    assert text_of(f"<p>{PROSE}</p><p>{line}</p><p>{MORE_PROSE}</p>") == [PROSE, line, MORE_PROSE]


def test_headings_lists_and_quotes_between_paragraphs_are_read() -> None:
    found = page_with(
        f"<div><p>{PROSE}</p><h3>The stick</h3><p>{MORE_PROSE}</p><ul><li>It is painted red.</li>"
        f"<li>It is as long as an arm.</li></ul><p>{THIRD_PROSE}</p>"
        f"<blockquote><p>It never lies to us.</p></blockquote><p>{LAST_PROSE}</p></div>"
    )

    assert found == [
        PROSE,
        "The stick",
        MORE_PROSE,
        "It is painted red.",
        "It is as long as an arm.",
        THIRD_PROSE,
        "It never lies to us.",
        LAST_PROSE,
    ]


def test_no_line_is_read_twice_where_words_are_marked_up() -> None:
    marked = PROSE.replace("Chorkuh", "<b>Chorkuh</b>").replace("gates", "<code>gates</code>")

    found = page_with(f"<div><p>{marked}</p><h3>The stick</h3><p>{MORE_PROSE}</p></div>")

    assert found == [PROSE, "The stick", MORE_PROSE]


def test_a_page_without_mark_up_of_articles_is_read_whole() -> None:
    found = read_one(
        raw(
            f"<html><head><title>{TITLE}</title></head><body><div class='c1'><h1>{TITLE}</h1>"
            f"<div class='c2'>{PROSE}</div><div class='c2'>{MORE_PROSE}</div>"
            f"<div class='c2'>{THIRD_PROSE}</div></div></body></html>"
        )
    )

    assert found["body"].split("\n") == [PROSE, MORE_PROSE, THIRD_PROSE]
