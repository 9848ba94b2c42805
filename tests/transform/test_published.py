"""When pages in Persian, Russian and Tajik say they were published, and how sure that is."""

from typing import Any, NamedTuple

import pytest

from tests.transform.rawpages import PROSE, TEXT, html, raw, read_one

ZONE = "Asia/Dushanbe"

RUSSIAN = (
    "Канал ниже кишлака Чорку старше границы, которая его пересекает, и люди на обоих берегах "
    "каждую весну договариваются о днях, когда открывают заслонки. Старики помнят наводнение "
    "12 мая 1969 года, после которого русло пришлось прокладывать заново, и засуху 1974 года.",
    "Договор подписали 3 июня 1998 года в Исфаре; с тех пор воду меряют рейкой, и обе стороны "
    "записывают одно и то же число в две тетради.",
)
TAJIK = (
    "Канали поёни деҳаи Чоркӯҳ аз сарҳаде, ки онро мебурад, кӯҳнатар аст ва мардуми ҳар ду соҳил "
    "ҳар баҳор рӯзи кушодани дарвозаҳоро маслиҳат мекунанд. Пирон сели 12 майи соли 1969-ро дар "
    "ёд доранд.",
    "Шартнома 3 июни соли 1998 дар Исфара имзо шуд ва аз он вақт обро бо чӯб чен мекунанд.",
)
PERSIAN = (
    "نهری که از پایین روستای چارکوه می‌گذرد از مرزی که آن را می‌برد کهن‌تر است و مردم دو سوی "
    "آن هر بهار درباره روز گشودن دریچه‌ها با هم گفت‌وگو می‌کنند. پیران سیلاب ۲۲ اردیبهشت ۱۳۴۸ "
    "را به یاد دارند.",
    "پیمان در ۱۳ خرداد ۱۳۷۷ در اسفره نوشته شد و از آن هنگام آب را با چوب اندازه می‌گیرند.",
)
TITLES = {
    "ru": "Вода и соседи в Чорку",
    "tg": "Об ва ҳамсоягон дар Чоркӯҳ",
    "fa": "آب و همسایگان در چارکوه",
}
TEXTS = {"ru": RUSSIAN, "tg": TAJIK, "fa": PERSIAN}


class Case(NamedTuple):
    """What a page has beside its title and text, and the time that is read from it."""

    name: str
    language: str
    expected: tuple[str, str, str, str | None] | None
    """Time in UTC, precision, method, zone; None for no date at all."""

    below: str = ""
    """Right below the title."""

    above: str = ""
    end: str = ""
    """Below the text."""

    head: str = ""
    url: str = "https://herald.example/a"


DAY = ("2011-03-09 00:00", "day", "dateline", None)
MINUTE = ("2011-03-09 09:27", "minute", "dateline", ZONE)
TOLD = ("2011-03-09 09:27", "minute", "metadata", "+05:00")
YEAR = ("2011-01-01 00:00", "year", "guess", None)
STAMP = '<meta property="article:published_time" content="2011-03-09T14:27:00+05:00">'
SIDEBAR = (
    '<div class="sidebar"><h3>{heading}</h3><div class="item"><a href="/b">{teaser}</a>'
    '<span class="date">{one}</span></div><div class="item"><a href="/c">{teaser}</a>'
    '<span class="date">{two}</span></div></div>'
)
RUSSIAN_SIDEBAR = SIDEBAR.format(
    heading="Читайте также", teaser="Хлеб и соль", one="17.04.2019", two="2 мая 2020 г."
)
TAJIK_SIDEBAR = SIDEBAR.format(
    heading="Хабарҳои охирин", teaser="Нону намак", one="17.04.2019", two="2 майи соли 2020"
)
PERSIAN_SIDEBAR = SIDEBAR.format(
    heading="آخرین اخبار", teaser="نان و نمک", one="۱۳۹۸/۰۱/۲۸", two="۱۳ اردیبهشت ۱۳۹۹"
)

CASES = [
    Case("numbers", "ru", DAY, "<p>09.03.2011</p>"),
    Case("numbers and time", "ru", MINUTE, "<p>09.03.2011, 14:27</p>"),
    Case("words", "ru", DAY, "<p>Душанбе, 9 марта 2011 г.</p>"),
    Case("weekday", "ru", MINUTE, "<p>Среда, 9 марта 2011 года, 14:27</p>"),
    Case("label and views", "ru", DAY, "<p>Опубликовано: 9 марта 2011 | Просмотров: 1027</p>"),
    Case("two digits", "ru", DAY, "<p>09.03.11</p>"),
    Case("byline", "ru", DAY, "<p>Автор: Рустам Хайдаров, 9 марта 2011</p>"),
    Case(
        "zone",
        "ru",
        ("2011-03-09 11:27", "minute", "dateline", "+03:00"),
        "<p>9 марта 2011, 14:27 МСК</p>",
    ),
    Case("month", "ru", ("2011-03-01 00:00", "month", "dateline", None), "<p>Март 2011</p>"),
    Case("sidebar", "ru", DAY, "<p>9 марта 2011</p>", RUSSIAN_SIDEBAR, RUSSIAN_SIDEBAR),
    Case("sidebar and tag", "ru", TOLD, "", RUSSIAN_SIDEBAR, RUSSIAN_SIDEBAR, STAMP),
    Case("update", "ru", TOLD, "<p>Обновлено: 2 мая 2020</p>", head=STAMP),
    Case("both", "ru", DAY, "<p>Опубликовано 9 марта 2011, обновлено 2 мая 2020</p>"),
    Case("at the end", "ru", DAY, end="<p>Дата публикации: 9 марта 2011</p>"),
    Case("footer", "ru", YEAR, end="<footer><p>© 2004–2011 Вестник</p></footer>"),
    Case(
        "address",
        "ru",
        ("2011-03-09 00:00", "day", "url", None),
        url="https://herald.example/2011/03/09/voda",
    ),
    Case("numbers", "tg", DAY, "<p>09.03.2011</p>"),
    Case("of the year", "tg", MINUTE, "<p>9 марти соли 2011, соати 14:27</p>"),
    Case("weekday", "tg", DAY, "<p>чоршанбе, 9 март 2011</p>"),
    Case("label", "tg", DAY, "<p>Санаи нашр: 9 марти соли 2011</p>"),
    Case("sidebar", "tg", DAY, "<p>9 марти 2011</p>", TAJIK_SIDEBAR, TAJIK_SIDEBAR),
    Case("sidebar and tag", "tg", TOLD, "", TAJIK_SIDEBAR, TAJIK_SIDEBAR, STAMP),
    Case("footer", "tg", YEAR, end="<footer><p>© 2011 Паём. Ҳамаи ҳуқуқҳо маҳфузанд</p></footer>"),
    Case("numbers", "fa", DAY, "<p>1389/12/18</p>"),
    Case("Persian digits", "fa", MINUTE, "<p>۱۳۸۹/۱۲/۱۸ - ۱۴:۲۷</p>"),
    Case("Arabic digits", "fa", DAY, "<p>١٣٨٩/١٢/١٨</p>"),
    Case("weekday", "fa", MINUTE, "<p>چهارشنبه ۱۸ اسفند ۱۳۸۹ ساعت ۱۴:۲۷</p>"),
    Case("label", "fa", DAY, "<p>تاریخ انتشار: ۱۸ اسفند ۱۳۸۹</p>"),
    Case("Gregorian", "fa", DAY, "<p>۹ مارس ۲۰۱۱</p>"),
    Case("Dari", "fa", DAY, "<p>چهارشنبه ۱۸ حوت ۱۳۸۹</p>"),
    Case("both calendars", "fa", DAY, "<p>۱۸ اسفند ۱۳۸۹ برابر با ۹ مارس ۲۰۱۱</p>"),
    Case(
        "three calendars",
        "fa",
        DAY,
        "<p>چهارشنبه ۱۸ اسفند ۱۳۸۹ - ۴ ربیع الثانی ۱۴۳۲ - 9 March 2011</p>",
    ),
    Case("two digits", "fa", DAY, "<p>۸۹/۱۲/۱۸</p>"),
    Case(
        "Jalali in a tag",
        "fa",
        ("2011-03-09 00:00", "day", "metadata", None),
        head='<meta name="date" content="۱۳۸۹/۱۲/۱۸">',
    ),
    Case("sidebar", "fa", DAY, "<p>۱۸ اسفند ۱۳۸۹</p>", PERSIAN_SIDEBAR, PERSIAN_SIDEBAR),
    Case("sidebar and tag", "fa", TOLD, "", PERSIAN_SIDEBAR, PERSIAN_SIDEBAR, STAMP),
    Case("month", "fa", ("2011-02-20 00:00", "month", "dateline", None), "<p>اسفند ۱۳۸۹</p>"),
    Case("footer", "fa", YEAR, end="<footer><p>© ۲۰۱۱ پیام</p></footer>"),
]


def page(case: Case) -> str:
    """The page of a case."""
    text = "".join(f"<p>{line}</p>" for line in TEXTS[case.language])
    title = TITLES[case.language]
    body = f"{case.above}<h1>{title}</h1>{case.below}{text}{case.end}"
    return html(body, f"<title>{title}</title>{case.head}")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.language} {case.name}")
def test_the_time_of_a_page_is_read_in_its_language(case: Case) -> None:
    found = read_one(raw(page(case), case.url), ZONE)

    assert when(found) == case.expected


def when(found: dict[str, Any]) -> tuple[str, str, str, str | None] | None:
    """Time in UTC, precision, method and zone of a page."""
    if found["published_at"] is None:
        return None
    return (
        found["published_at"].strftime("%Y-%m-%d %H:%M"),
        *(found[f"published_{name}"] for name in ("precision", "method", "zone")),
    )


ONE_IN_A_BOX = (
    '<div class="item"><a href="/b">Хлеб и соль в пути</a> <span class="date">{}</span></div>'
)
LABELLED = f"<h3>Читайте также</h3>{ONE_IN_A_BOX}".format("Опубликовано 17.04.2019")
ASIDE = '<aside>Хлеб <time class="published" datetime="2019-04-17">вчера</time></aside>'
LEAD = "<p>3 июня 1998 г. — день, когда в Исфаре подписали договор о воде. {}</p>"


@pytest.mark.parametrize(
    "case",
    [
        *(Case("text", language, None) for language in TEXTS),
        Case("list", "ru", None, end=RUSSIAN_SIDEBAR),
        Case("list", "tg", None, end=TAJIK_SIDEBAR),
        Case("list", "fa", None, end=PERSIAN_SIDEBAR),
        Case("one", "ru", None, end=ONE_IN_A_BOX.format("17.04.2019")),
        Case("one labelled", "ru", None, end=LABELLED),
        Case("one", "fa", None, end=ONE_IN_A_BOX.format("۱۳۹۸/۰۱/۲۸")),
        Case("aside", "ru", None, above=f"<aside>{ONE_IN_A_BOX}</aside>".format("17.04.2019")),
        Case("time aside", "ru", None, end=ASIDE),
        Case("time", "ru", None, end='<p>Хлеб и соль <time datetime="2019-04-17">вчера</time></p>'),
        Case(
            "time told of",
            "ru",
            None,
            below=f'<p>{RUSSIAN[0]} <time datetime="1969-05-12">12 мая</time></p>',
        ),
        Case(
            "cut off",
            "ru",
            None,
            above="<p>Хлеб и соль</p><p>17.04.2019</p><p>На рынке в Худжанде...</p>",
        ),
        Case("event", "ru", None, below=LEAD.format(" ".join(RUSSIAN))),
        Case("change", "ru", None, below="<p>Обновлено: 17.04.2019</p>"),
        Case("account", "ru", None, below="<p>Автор: Рустам, зарегистрирован 17.04.2019</p>"),
    ],
    ids=lambda case: f"{case.language} {case.name}",
)
def test_days_of_anything_else_are_no_more_than_a_guess(case: Case) -> None:
    found = read_one(raw(page(case)), ZONE)

    assert found["published_method"] in (None, "guess")


def dated(below: str, head: str = "", lang: str = "") -> dict[str, Any]:
    """An English page with `below` under its title."""
    title = "Water and Neighbours in Chorkuh"
    text = html(f"<h1>{title}</h1>{below}{TEXT}", f"<title>{title}</title>{head}")
    return read_one(raw(text.replace("<html>", f'<html lang="{lang}">')), ZONE)


@pytest.mark.parametrize(
    ("below", "head", "lang", "day"),
    [
        ("<p>09.10.2011</p>", '<meta name="date" content="2011-09-10">', "", "2011-09-10"),
        ("<p>09/10/2011</p>", '<meta name="date" content="10.09.2011">', "", "2011-09-10"),
        ("<p>09/10/2011</p>", "", "en-US", "2011-09-10"),
        ("<p>09/10/2011</p>", "", "en-GB", "2011-10-09"),
        ("<p>08.12.2026</p>", "", "", "2026-12-08"),
        ("<p>03.11.2026</p>", "", "", "2026-11-03"),
        ("<p>04/12/2026</p>", "", "", "2026-12-04"),
        ("<p>01/05/2026</p>", "", "", "2026-01-05"),
    ],
    ids=["tag", "dots", "American", "British", "ahead", "ahead too", "both ahead", "turned back"],
)
def test_day_and_month_are_told_apart_by_the_rest_of_the_page(
    below: str, head: str, lang: str, day: str
) -> None:
    found = dated(below, head, lang)

    assert str(found["published_at"].date()) == day


def test_a_day_more_than_a_year_ahead_is_not_believed() -> None:
    assert dated("<p>9 March 2031</p>")["published_at"] is None


@pytest.mark.parametrize(
    ("below", "head", "zone"),
    [
        ("<p>9 March 2011, 14:27</p>", "", ZONE),
        ("<p>9 March 2011, 14:27 +06:00</p>", "", "+06:00"),
        ("", '<meta name="date" content="2011-03-09T09:27:00Z">', "+00:00"),
        (
            "<p>9 March 2011, 14:27</p>",
            '<meta name="date" content="2011-03-09T08:27:00Z">',
            "+06:00",
        ),
        ("<p>9 March 2011</p>", "", None),
    ],
    ids=["of the source", "printed", "UTC", "from both", "none"],
)
def test_a_time_of_day_has_the_zone_it_was_read_in(below: str, head: str, zone: str | None) -> None:
    assert dated(below, head)["published_zone"] == zone


def test_a_printed_day_gets_its_time_also_where_that_is_of_another_day_in_utc() -> None:
    found = dated("<p>9 March 2011</p>", '<meta name="date" content="2011-03-09T02:27:00+05:00">')

    assert when(found) == ("2011-03-08 21:27", "minute", "metadata", "+05:00")


def test_a_dateline_of_the_last_change_gives_way_to_the_day_of_publication() -> None:
    tags = (
        '<meta property="article:published_time" content="2011-03-09">'
        '<meta property="article:modified_time" content="2020-05-02T10:00:00+05:00">'
    )

    found = dated("<p>2 May 2020</p>", tags)

    assert when(found) == ("2011-03-09 00:00", "day", "metadata", None)


@pytest.mark.parametrize(
    "below",
    [
        '<p>By Nigora <time datetime="2011-03-09T14:27:00+05:00">today</time></p>',
        '<p><span property="dc:date dc:created" content="2011-03-09T14:27:00+05:00">x</span></p>',
        '<p><abbr class="published" title="2011-03-09T14:27:00+05:00">today</abbr></p>',
        '<p>Updated <time datetime="2020-05-02">then</time> '
        '<span itemprop="datePublished" content="2011-03-09T14:27:00+05:00"></span></p>',
        '<p><time class="updated" datetime="2020-05-02">then</time>'
        '<time class="entry-date" datetime="2011-03-09T14:27:00+05:00">x</time></p>',
    ],
    ids=["time", "RDFa", "hAtom", "microdata", "WordPress"],
)  # fmt: skip
def test_marked_elements_beside_the_title_tell_the_time(below: str) -> None:
    assert when(dated(below)) == TOLD


def test_evidence_that_agrees_is_surer_than_one_alone_and_that_than_a_contradicted_one() -> None:
    tag = '<meta name="date" content="{}">'

    shares = [
        dated("<p>9 March 2011</p>", tag.format("2011-03-09"))["published_confidence"],
        dated("", tag.format("2011-03-09"))["published_confidence"],
        dated("<p>Thursday, 9 March 2011</p>")["published_confidence"],
    ]

    assert shares == sorted(shares, reverse=True)
    assert 0 < shares[2] < shares[1] < shares[0] < 1


def test_a_plain_text_tells_its_zone_and_how_sure_it_is() -> None:
    text = f"Water and Neighbours in Chorkuh\n9 March 2011, 14:27\n\n{PROSE}\n\n{PROSE}\n"

    found = read_one(raw(text, content_type="text/plain"), ZONE)

    assert when(found) == MINUTE
    assert 0.9 < found["published_confidence"] < 1


def test_the_first_of_a_month_that_is_not_printed_is_a_month() -> None:
    issue = '<div class="node-info">Issue 03/2011</div>'

    found = read_one(html(f"<h1>Water and Neighbours in Chorkuh</h1>{TEXT}{issue}"))

    assert when(found) == ("2011-03-01 00:00", "month", "guess", None)
