"""Kinds of cited work, in invented references of four languages."""

import re

import pytest

from etl.transform.citations import kind_patterns
from etl.transform.citations.kinds import WORDED
from etl.transform.citations.parse import parse

KINDS = {
    "treaty": (
        "Treaty on Friendship and Border Rivers between the Valley Republic and the Steppe Union, "
        "12 May 1996.",
        "Соглашение между Республикой Долин и Степным Союзом о водах. Ош, 3 марта 1998 г.",
        "Шартнома байни ду ҷумҳурӣ дар бораи об, Душанбе, 2001.",
        "معاهده دوستی و مرزها میان دو کشور، ۱۵ دی ۱۳۸۷",
    ),
    "legislation": (
        "Law of the Valley Republic on Water, no. 12, 5 May 2001.",
        "Закон Республики Долин «О воде» от 12 мая 2007 г. № 123 // Ведомости. – 2007. – № 5.",
        "Қонуни Ҷумҳурии Водӣ дар бораи об. Душанбе, 2003.",
        "قانون آب و نحوه ملی شدن آن، مصوب ۱۳۴۷",
    ),
    "bill": (
        "H.R. 1234, 110th Cong. Water for the Valley Act. 2008.",
        "Проект закона о пастбищах. Ош, 2009.",
        "Лоиҳаи қонун дар бораи об. Душанбе, 2009.",
        "لایحه آب‌های مرزی، تهران، ۱۳۹۰",
    ),
    "legal_case": (
        "Shaw v. Steppe Water Company, 12 F. 345 (1998).",
        "Решение Верховного суда Республики Долин от 12 мая 2009 г. № 5.",
    ),
    "speech": (
        "Nurov B. Speech at the conference on border rivers, Osh, 5 May 2003.",
        "Выступление Президента на встрече с народом, Душанбе, 12 марта 2004 г.",
        "Суханронии Президент дар маҷлис. Хуҷанд, 2005.",
        "سخنرانی رئیس جمهور در همایش آب، تهران، ۱۳۸۵",
    ),
    "interview": (
        "Interview with a village elder, Khorog, 12 May 2011.",
        "Интервью с хранителем архива. Ош, 2010.",
        "Мусоҳиба бо мироб. Хуҷанд, 2012.",
        "مصاحبه با میراب ده، مشهد، ۱۳۸۹",
    ),
    "manuscript": (
        "Central Valley Archive, f. 12, op. 3, d. 45, l. 7.",
        "Докладная записка о воде // ЦГА РД. Ф. 12. Оп. 3. Д. 45. Л. 7.",
        "Бойгонии давлатии водӣ. Ф. 5. Оп. 1. Д. 3.",
        "گزارش آب، مرکز اسناد دشت، سند شماره ۱۲/۳۴",
    ),
    "personal_communication": (
        "Nurov B., personal communication, 12 May 2011.",
        "Нуров Б. Личное сообщение автору. 12 мая 2011 г.",
    ),
    "standard": (
        "ISO 12345:2010. Measuring the flow of canals.",
        "ГОСТ Р 12.3.4–2008. Измерение стока. М.: Стандарт, 2008. 41 с.",
    ),
    "patent": (
        "Tan M. A pump for shallow wells. US Patent 1234567. 1999.",
        "Каримов Л. Насос для арыков. Патент РФ № 2123456. 1999.",
    ),
    "map": (
        "Valley Survey. The upper valley [Map]. 1:200,000. Osh, 1985.",
        "Топографическая карта долины. Масштаб 1:200 000. М., 1985.",
    ),
    "dataset": (
        "Shaw, A. (2014). River gauges of the valley [Data set]. https://doi.org/10.1234/rg.7",
        "Шоу А. Сток рек долины [набор данных]. Ош, 2014.",
    ),
    "motion_picture": (
        "Tan, M. (Director). (2009). The long canal [Film]. Valley Pictures.",
        "Долгий канал / реж. М. Тан. Ош, 2009.",
    ),
    "broadcast": ("The well. Episode 3 [Radio programme]. Valley Radio, 5 May 2010.",),
    "song": ("Omar S. Salt road [Song]. Osh: Valley Records, 2001.",),
    "post": (
        "@steppewater. (2019, May 3). The canal is dry again. https://t.me/steppewater/12",
        "Nurov, B. (2019). The canal is dry again [Facebook post]. https://example.org/12",
    ),
    "post-weblog": ("Nurov, B. (2019). Notes on salt [Blog post]. https://example.org/12",),
    "webpage": ("Notes on salt. https://example.org/12 (accessed 5 May 2020)",),
    "entry-encyclopedia": (
        "Brandt L. Wells // Encyclopaedia of the Steppe. Leiden: Valley, 2003. Vol. 2. P. 12–15.",
        "Нуров Б. Колодцы // Энциклопедия долины. Т. 2. Душанбе: Дониш, 2003. С. 12–15.",
    ),
    "entry-dictionary": ("Нуров Б. Арык // Словарь долины. Ош: Долина, 2003. С. 12.",),
    "review-book": (
        "Review of Rivers without maps, by A. Shaw. Steppe Review, 12(3), 44–46, 2011.",
        "Tan M. Review of Rivers without maps, by A. Shaw. Steppe Review, 12(3), 44–46, 2011.",
        "Нуров Б. Рецензия на книгу «Реки без карт» // Степной вестник. 2011. № 3. С. 44–46.",
    ),
    "report": ("Steppe Council. Annual report 2009. Osh, 2010.",),
    "article": ("Tan M. Dust and rivers. arXiv:1101.1783v2.",),
    "thesis": ("Omar, S. (2007). Salt roads (Doctoral dissertation). Valley University.",),
}


@pytest.mark.parametrize(
    ("kind", "raw"), [(kind, raw) for kind, entries in KINDS.items() for raw in entries]
)
def test_a_kind_is_told_by_its_plainest_sign(kind: str, raw: str) -> None:
    assert parse(raw).kind == kind


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("Shaw A. The treaty on rivers. Osh: Valley Press, 2001. 220 p.", "book"),
        ("Shaw A. Agreement between neighbours. Osh: Valley Press, 2001. 220 p.", "book"),
        ("Закон и порядок в степи // Вестник долины. 2004. № 3. С. 5–9.", "article-journal"),
        ("Tan M. Speech acts of elders // Steppe Review. 2004. № 3. P. 5–9.", "article-journal"),
        ("Tan M. Review of river physics // Steppe Review. 2004. № 3. P. 5–9.", "article-journal"),
        ("Tan M. A dose of 1: 20,000 // Steppe Review. 2004. № 3. P. 5–9.", "article-journal"),
        ("Shaw I. V. Values of rivers // Steppe Review. 2004. № 3. P. 5–9.", "article-journal"),
        ("Tan M. Maps of memory // Steppe Review. 2004. № 3. P. 5–9.", "article-journal"),
        ("Нуров Б. Пограничные реки. Ош: Долина, 2004. 85 с.", "book"),
    ],
)
def test_a_work_about_such_things_is_none_of_them(raw: str, kind: str) -> None:
    assert parse(raw).kind == kind


def test_every_pattern_has_its_hints() -> None:
    entries = [entry for entries in KINDS.values() for entry in entries]

    for name, hints, pattern, _ in WORDED:
        found = [entry for entry in entries if pattern.search(entry)]
        assert found, name
        assert all(any(hint in entry.lower() for hint in hints) for entry in found), name


@pytest.mark.parametrize(
    "text",
    [
        *("[" * 1000, "( a " * 500, "v. " * 600, "Shaw " * 400, "1:000 " * 300, "Пат. " * 400),
        *("treaty agreement " * 120, "reviews of " * 180, "личное " * 280),
    ],
    ids=range(9),
)
def test_hostile_text_takes_no_longer_than_any(text: str) -> None:
    patterns = [p for p in vars(kind_patterns).values() if isinstance(p, re.Pattern)]

    for pattern in (*patterns, *(p for _, p in kind_patterns.GENRES)):
        pattern.search(text[:2000])
