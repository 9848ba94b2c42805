"""Lines that head a list of references, and lines that only look so."""

import pytest

from etl.transform.reference_headings import is_heading, run_in


@pytest.mark.parametrize(
    "line",
    [
        "References",
        "REFERENCES AND NOTES",
        "References (3)",
        "Selected bibliography",
        "List of used literature",
        "Sources and literature",
        "Footnotes (returns to text)",
        "Список использованной литературы:",
        "Список источников и литературы",
        "Пристатейный библиографический список",
        "Использованная литература",
        "Рӯйхати адабиёти истифодашуда",
        "Сарчашмаҳо",
        "Әдебиеттер тізімі",
        "Foydalanilgan adabiyotlar ro'yxati",
        "فهرست منابع و مآخذ",
        "پی‌نوشت‌ها:",
        "Literaturverzeichnis",
        "Références bibliographiques",
    ],
)
def test_a_list_is_headed_in_any_of_our_languages(line: str) -> None:
    assert is_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "Notes on a scandal",
        "Works",
        "Note that",
        "Материалы по теме",
        "Источник фото",
        "Sources say",
    ],
)
def test_what_only_holds_such_a_word_heads_nothing(line: str) -> None:
    assert not is_heading(line)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("Литература: 1. Шоу А.", "1. Шоу А."),
        ("منابع: شاو، آن.", "شاو، آن."),
        ("Source of the river: snow", None),
    ],
)
def test_a_heading_may_stand_in_the_line_of_its_first_entry(line: str, entry: str | None) -> None:
    start = run_in(line)

    assert (line[start:] if start else None) == entry
