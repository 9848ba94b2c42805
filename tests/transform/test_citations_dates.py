"""Dates of references, as printed and in ISO 8601."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.citations import dates
from etl.transform.citations.parse import parse

PRINTED = [
    ("2008", None, "2008"),
    ("2008a", None, "2008"),
    ("May 2008", None, "2008-05"),
    ("Sept. 2008", None, "2008-09"),
    ("5 May 2008", None, "2008-05-05"),
    ("May 5th, 2008", None, "2008-05-05"),
    ("2008, May 5", None, "2008-05-05"),
    ("2008-05-12", None, "2008-05-12"),
    ("2008-05", None, "2008-05"),
    ("12.05.2008", None, "2008-05-12"),
    ("12.05.08", None, "2008-05-12"),
    ("25/12/2008", None, "2008-12-25"),
    ("12/25/2008", None, "2008-12-25"),
    ("05/12/2008", None, "2008"),
    ("12 мая 2008 г.", "ru", "2008-05-12"),
    ("нояб. 2008", "ru", "2008-11"),
    ("Февраль 2008", "ru", "2008-02"),
    ("9 марти соли 2011", "tg", "2011-03-09"),
    ("۵ مه ۲۰۰۸", "fa", "2008-05-05"),
    # The winter months of a Persian year lie in the next year of ours.
    ("۱۵ دی ۱۳۸۷", "fa", "2009-01-04"),
    ("۱۳۸۷/۱۰/۱۵", "fa", "2009-01-04"),
    ("30 اسفند 1387", "fa", "2009-03-20"),
    ("دی ۱۳۸۷", "fa", "2008"),
    ("۱۳۸۷", "fa", "2008"),
    ("۱۳۸۷-۱۳۸۹", "fa", "2008/2010"),
    ("زمستان ۱۳۸۷", "fa", "2008-24"),
    ("1387", "en", "1387"),
    ("Spring 2008", None, "2008-21"),
    ("осень 2008", "ru", "2008-23"),
    ("Тобистон 2008", "tg", "2008-22"),
    ("1998–2001", None, "1998/2001"),
    ("1998-99", None, "1998/1999"),
    ("1999–00", None, "1999"),
    ("2008/09", None, "2008/2009"),
    ("2008/2009", None, "2008/2009"),
    ("2001–1998", None, "2001"),
    ("1886/1990", None, "1886"),
    ("May–June 2008", None, "2008-05/2008-06"),
    ("12–14 May 2008", None, "2008-05-12/2008-05-14"),
    ("28 мая – 3 июня 2008", "ru", "2008-05-28/2008-06-03"),
    ("Dec. 1998 – Jan. 1999", None, "1998-12/1999-01"),
    ("c. 1998", None, "1998~"),
    ("ок. 1998", "ru", "1998~"),
    ("[1998?]", None, "1998~"),
    ("31 February 2008", None, "2008"),
    ("n.d.", None, None),
    ("in press", None, None),
]


@pytest.mark.parametrize(("printed", "language", "iso"), PRINTED)
def test_a_date_is_as_exact_as_it_is_printed(
    printed: str, language: str | None, iso: str | None
) -> None:
    found = dates.read(printed, language)

    assert (found and found.iso()) == iso


@given(
    st.text(alphabet="0123456789 /–-.мая Maydиюльدی۱۳", max_size=40), st.sampled_from(["fa", "en"])
)
def test_no_text_makes_a_date_that_is_none(printed: str, language: str) -> None:
    found = dates.read(printed, language)

    assert found is None or found.last is None or found.last.iso() > found.first.iso()


VISITS = [
    ("URL: http://example.org (дата обращения: 12.05.2020).", "2020-05-12"),
    ("http://example.org (accessed 5 May 2020).", "2020-05-05"),
    ("Retrieved May 5, 2020, from http://example.org", "2020-05-05"),
    ("http://example.org [cited 2020 May 5]", "2020-05-05"),
    ("http://example.org, last accessed May 2020.", "2020-05"),
    ("http://example.org (accessed 03/04/2020)", "2020"),
    ("http://example.org (санаи муроҷиат: 12.05.2020)", "2020-05-12"),
    ("http://example.org، تاریخ مشاهده: ۱۳۹۹/۲/۲۳", "2020-05-12"),
    ("http://example.org [Consulté le 5 mai 2020]", "2020-05-05"),
    ("http://example.org (2020)", None),
]


@pytest.mark.parametrize(("text", "iso"), VISITS)
def test_the_day_of_a_visit_is_read_from_its_note(text: str, iso: str | None) -> None:
    assert dates.accessed(text) == iso


@pytest.mark.parametrize(
    ("raw", "printed", "issued"),
    [
        ("Shaw, A. (2010, May 3). Rivers of 2010. The Steppe Herald.", "2010, May 3", "2010-05-03"),
        (
            "Tan M. Roads // Steppe Review. – May–June 2008. – P. 5–9.",
            "May–June 2008",
            "2008-05/2008-06",
        ),
        ("Нуров Б. Каналы. – Ош: Долина, 1998–2001. – 220 с.", "1998–2001", "1998/2001"),
        ("احمدی، علی، «آب و قدرت»، روزنامه دشت، ۱۵ دی ۱۳۸۷.", "۱۵ دی ۱۳۸۷", "2009-01-04"),
        ("Tan M. Roads // Steppe. 2021. № 3. DOI: 10.1234/x-2021-35", "2021", "2021"),
        ("Shaw, A., & Tan, C. 2013, Steppe Review, 7, 57", "2013", "2013"),
        ("Shaw A. Rivers (c. 1950). Osh: Valley Press.", "c. 1950", "1950~"),
        ("James, W. (1890/1950). Rivers. Osh: Valley Press.", "1890/1950", "1950"),
        ("Omar, S. (n.d.). Notes on salt. Osh: Valley Press.", "n.d.", None),
        ("Нуров Б. Колодцы. Б. м., б. г. 20 с.", "б. г.", None),
        ("Shaw S. A. Rivers. Osh: Valley Press.", None, None),
    ],
)
def test_the_printed_date_is_found_in_the_entry(
    raw: str, printed: str | None, issued: str | None
) -> None:
    reference = parse(raw)

    assert (reference.date_printed, reference.issued) == (printed, issued)


def test_a_whole_day_of_the_persian_calendar_corrects_the_year() -> None:
    reference = parse("احمدی، علی، «آب و قدرت»، روزنامه دشت، ۱۵ دی ۱۳۸۷.")

    assert (reference.year, reference.month, reference.day) == (2009, 1, 4)


def test_the_day_of_a_visit_is_not_the_date_of_the_work() -> None:
    reference = parse(
        "Шоу А. Реки // Степной вестник. URL: http://example.org/2019/reki "
        "(дата обращения: 12.03.2011)."
    )

    assert (reference.issued, reference.accessed) == (None, "2011-03-12")
