"""Plain text pages in the layouts that journals have."""

import pytest

from tests.transform.rawpages import MORE_PROSE, PROSE, raw, read_one

TEASER = f"{PROSE[:120]}..."
REFERENCES = "1. Salimova, Water and Law, Khujand, 2004, 83 p.\n2. Oripov, Canals, № 2 (7), 2008"


def read(text: str, timezone: str = "UTC") -> dict[str, object]:
    return read_one(raw(text, content_type="text/plain; charset=utf-8"), timezone)


def page(*parts: str) -> str:
    return "\n\n".join(parts)


BODY = f"{PROSE}\n{MORE_PROSE}"


@pytest.mark.parametrize(
    "head",
    [
        ("Water and Neighbours in Chorkuh", "Wed, March 9, 2011 - 14:27"),
        ("Wed, March 9, 2011 - 14:27", "Water and Neighbours in Chorkuh"),
        (TEASER, TEASER, "Water and Neighbours in Chorkuh", "9 March 2011, 14:27"),
        ("Analytics", "09.03.2011 14:27", "Water and Neighbours in Chorkuh"),
        ("Water and Neighbours in Chorkuh", "By Nigora Salimova", "9 March 2011 14:27"),
    ],
    ids=["date below", "date above", "teasers above", "rubric above", "byline between"],
)
def test_title_date_and_text_are_found_in_any_order(head: tuple[str, ...]) -> None:
    found = read(page(*head, BODY))

    assert found["title"] == "Water and Neighbours in Chorkuh"
    assert str(found["published_at"]) == "2011-03-09 14:27:00+00:00"
    assert (found["published_precision"], found["published_method"]) == ("minute", "dateline")
    assert found["body"] == BODY


def test_a_page_without_date_has_its_title_above_the_first_prose() -> None:
    found = read(page("Water and Neighbours in Chorkuh", BODY))

    assert found["title"] == "Water and Neighbours in Chorkuh"
    assert found["published_at"] is None
    assert found["body"] == BODY


def test_dates_in_teasers_and_prose_are_no_datelines() -> None:
    teaser = "After the flood of 19 March 1953 the upper canal was given up, and the village was..."
    prose = f"On 4 May 1961 the gates were rebuilt. {PROSE}"

    found = read(page(teaser, "Water and Neighbours in Chorkuh", f"{prose}\n{MORE_PROSE}"))

    assert found["published_at"] is None
    assert "1953" not in str(found["body"])


def test_a_numbered_list_in_the_text_is_no_reference_list() -> None:
    advice = f"They need to:\n1. Open the gates in spring.\n2. Measure the water.\n{PROSE}"

    found = read(page("Water and Neighbours in Chorkuh", "9 March 2011", f"{BODY}\n{advice}"))

    assert found["reference_text"] is None
    assert str(found["body"]).endswith(advice)


def test_advice_and_references_with_the_same_numbers_are_told_apart() -> None:
    advice = f"They need to:\n1. Open the gates in spring.\n2. Measure the water.\n{PROSE}"
    text = page("Water and Neighbours in Chorkuh", "9 March 2011", f"{BODY}\n{advice}", REFERENCES)

    found = read(f"{text}\n\nURL of this article:\n")

    assert found["reference_text"] == REFERENCES
    assert found["body"] == f"{BODY}\n{advice}"


def test_entries_broken_into_lines_are_mended() -> None:
    broken = "1. Salimova, Water and\nLaw, Khujand, 2004, 83 p.\n2. Oripov, Canals,\n№ 2 (7), 2008"

    found = read(page("Water and Neighbours in Chorkuh", "9 March 2011", BODY, broken))

    assert found["reference_text"] == REFERENCES


def test_a_heading_starts_a_list_without_numbers() -> None:
    entries = "Salimova N. Water and Law. Khujand, 2004\nOripov J. Canals. Dushanbe, 2008"
    text = page("Water and Neighbours in Chorkuh", "9 March 2011", BODY, "References:", entries)

    assert read(text)["reference_text"] == entries


def test_a_russian_page_is_read() -> None:
    prose = (
        "Канал ниже села старше границы, которая его пересекает, и жители обоих берегов каждую "
        "весну заново договариваются о днях, когда открывают шлюзы, чтобы воды хватило всем."
    )
    entries = (
        "1. Салимова Н. Вода и право. Худжанд: Нур, 2004. 83 с.\n"
        "2. Орипов Дж. Каналы // Вода. 2008. № 2."
    )
    found = read(
        page(
            "Вода и соседи в Чоркухе",
            "9 марта 2011 г.",
            "Автор: Нигора Салимова",
            f"{prose}\n{prose}",
            f"Литература\n{entries}",
            "Теги: вода",
        )
    )

    assert found["title"] == "Вода и соседи в Чоркухе"
    assert str(found["published_at"]) == "2011-03-09 00:00:00+00:00"
    assert [author["name"] for author in found["authors"]] == ["Нигора Салимова"]
    assert found["language"] == "ru"
    assert found["body"] == f"{prose}\n{prose}"
    assert found["reference_text"] == entries


def test_a_persian_page_is_read() -> None:
    prose = (
        "کانالی که از پایین روستا می‌گذرد از مرزی که آن را بریده کهن‌تر است و مردم هر دو سوی آن هر "
        "بهار دوباره بر سر روزهای گشودن دریچه‌ها با هم توافق می‌کنند تا آب به همه برسد."
    )
    entries = (
        "۱. سلیمی، نیلوفر، آب و قانون، تهران: نشر نو، ۱۳۸۵\n۲. کریمی، جمشید، کانال‌ها، شماره ۲، ۱۳۸۷"
    )
    found = read(
        page(
            "آب و همسایگان در چارکوه",
            "چهارشنبه ۱۸ اسفند ۱۳۸۹",
            f"{prose}\n{prose}",
            f"منابع\n{entries}",
        )
    )

    assert found["title"] == "آب و همسایگان در چارکوه"
    assert str(found["published_at"]) == "2011-03-09 00:00:00+00:00"
    assert found["language"] == "fa"
    assert found["body"] == f"{prose}\n{prose}"
    assert found["reference_text"] == entries


def test_lines_broken_by_hand_are_joined() -> None:
    words = f"{PROSE} {MORE_PROSE}".split()
    lines = [" ".join(words[i : i + 12]) for i in range(0, len(words), 12)]
    text = page("Water and Neighbours in Chorkuh", "9 March 2011", "\n".join(lines), PROSE[:70])

    assert str(read(text)["body"]).split("\n") == [" ".join(words), PROSE[:70]]
