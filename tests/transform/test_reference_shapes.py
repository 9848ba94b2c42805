"""Lines with the shape of a reference, among items of other lists."""

import pytest

from etl.transform.pages.reference_lines import numbered_run, signed_run
from etl.transform.pages.reference_shapes import is_shaped

REFERENCES = [
    "Salimova, Water and Law, Khujand, 2004, 83 p.",
    "Каримова Л. Вода и власть. М., 2004.",
    "A. Shaw, Rivers, Osh: Valley Press, 2001",
    "Shaw, A. (2010). Rivers without maps. Steppe Studies, 12(3), 44–61.",
    "مرادف، فرهاد. برف دیر. پنجکنت: سرچشمه، ۱۳۸۸.",
    "Ibid., p. 5.",
]

OTHERS = [
    "Open the gates in spring.",
    "To hire a welder before March 2020.",
    "Отчет правления за 2018 год (докладчик С. Ёдгоров).",
    "1938: the canal is dug by hand.",
    "Who may open a gate? The cooperative, since 2004.",
    "سنجه‌های تازه تا زمستان ۱۴۰۰ نصب شود.",
]


@pytest.mark.parametrize("line", REFERENCES)
def test_references_of_any_style_have_the_shape(line: str) -> None:
    assert is_shaped(line)


@pytest.mark.parametrize("line", OTHERS)
def test_points_of_other_lists_do_not(line: str) -> None:
    assert not is_shaped(line)


@pytest.mark.parametrize("form", ["{}. ", "[{}] ", "{}) ", "{} "])
def test_a_numbered_list_is_told_by_its_items(form: str) -> None:
    listed = [form.format(n) + line for n, line in enumerate(REFERENCES, start=1)]
    others = [form.format(n) + line for n, line in enumerate(OTHERS, start=1)]

    assert numbered_run(["Prose.", *others, "Prose.", *listed]) == range(8, 14)
    assert numbered_run(["Prose.", *others]) is None


def test_numbers_may_stand_in_lines_of_their_own() -> None:
    listed = [part for n, line in enumerate(REFERENCES, start=1) for part in (f"[{n}]", line)]

    assert numbered_run(["Prose.", *listed]) == range(1, 13)


def test_names_tell_a_list_without_numbers() -> None:
    listed = [
        "Shaw, A. (2010). Rivers without maps. Osh: Valley Press.",
        "Tan, M. (2011). Roads without maps. Osh: Valley Press.",
    ]

    assert signed_run(["Prose.", *listed]) == range(1, 3)
    assert signed_run(["Prose.", "The Rhapsody (2000)", "Late Snow (2004)"]) is None
