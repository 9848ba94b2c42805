"""Reference lists split into entries: labels, headings, lines that go on."""

import pytest

from etl.transform.citations.locate import entries


def split(text: str) -> list[tuple[str | None, str]]:
    """Label and text of every entry."""
    return [(label, text[start:end]) for label, start, end in entries(text)]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("1.", "2."),
        ("1)", "2)"),
        ("[1]", "[2]"),
        ("(1)", "(2)"),
        ("¹", "²"),
        ("1", "2"),
        ("۱.", "۲."),
    ],
)
def test_a_label_is_no_part_of_its_entry(one: str, two: str) -> None:
    text = f"{one} Shaw A. Rivers. Osh, 2001.\n{two} Tan M. Roads. Osh, 2002."

    assert split(text) == [(one, "Shaw A. Rivers. Osh, 2001."), (two, "Tan M. Roads. Osh, 2002.")]


@pytest.mark.parametrize("mark", ["*", "•", "–"])
def test_a_mark_parts_entries_as_a_number_does(mark: str) -> None:
    text = f"{mark} Shaw A. Rivers. Osh, 2001.\n{mark} Tan M. Roads.\nOsh, 2002."

    assert split(text) == [
        (mark, "Shaw A. Rivers. Osh, 2001."),
        (mark, "Tan M. Roads.\nOsh, 2002."),
    ]


def test_entries_without_labels_stand_one_a_line() -> None:
    text = "Shaw A. Rivers. Osh, 2001\nTan M. Roads. Valley Press\nNurov B. Law. Osh, 2003."

    assert [label for label, _ in split(text)] == [None, None, None]
    assert [entry for _, entry in split(text)] == text.split("\n")


def test_a_line_that_goes_on_belongs_to_the_entry_before() -> None:
    text = (
        "Shaw, A. (2004). Water and power in the upper basin: a history of three\n"
        "dams and the Panj\n"
        "Valley. Journal of Steppe Studies, 12(3),\n"
        "44–61.\n"
        "Tan, M. (2005). Roads.\n"
        "https://example.org/roads\n"
        "Nurov, B. (2006). Law."
    )

    assert [entry.split(",")[0] for _, entry in split(text)] == ["Shaw", "Tan", "Nurov"]


def test_empty_lines_part_entries_without_labels() -> None:
    text = "Каримова Л. Вода и власть\nв степи. М., 2004.\n\nПетров И. Реки долины\n\nМ., 1980."

    assert [entry for _, entry in split(text)] == [
        "Каримова Л. Вода и власть\nв степи. М., 2004.",
        "Петров И. Реки долины",
        "М., 1980.",
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "References",
        "NOTES:",
        "Works Cited",
        "5. References",
        "Литература",
        "Список использованной литературы:",
        "Примечания",
        "Адабиёт",
        "Kaynakça",
        "منابع",
        "پی‌نوشت‌ها:",
    ],
)
def test_a_heading_is_no_entry(heading: str) -> None:
    assert split(f"{heading}\n1. Shaw A. Rivers.") == [("1.", "Shaw A. Rivers.")]


def test_a_heading_before_the_first_entry_of_its_line_is_left_out() -> None:
    assert split("References: 1. Shaw A. 2. Tan M.") != []
    assert split("Литература: Шоу А. Реки. М., 2001.") == [(None, "Шоу А. Реки. М., 2001.")]


def test_each_section_counts_for_itself() -> None:
    text = (
        "Notes\n1. See the maps.\n2. Ibid.\nBibliography\nShaw A. Rivers. Osh, 2001.\nTan M. 2002."
    )

    assert [label for label, _ in split(text)] == ["1.", "2.", None, None]


def test_numbers_that_do_not_count_on_begin_no_entry() -> None:
    text = "1. Shaw A. Rivers. Vol.\n12. Osh, 2001.\n2. Tan M. Roads.\n1998. 44 p."

    assert split(text) == [
        ("1.", "Shaw A. Rivers. Vol.\n12. Osh, 2001."),
        ("2.", "Tan M. Roads.\n1998. 44 p."),
    ]


def test_a_missing_number_does_not_end_the_list() -> None:
    text = "1. Shaw A.\n2. Tan M.\n4. Nurov B."

    assert [label for label, _ in split(text)] == ["1.", "2.", "4."]


def test_numbers_in_brackets_part_entries_inside_of_a_line() -> None:
    text = "[1] Shaw A. Rivers [in 7 parts]. 2001. [2] Tan M. Roads. [3] Nurov B. Law [9]."

    assert [label for label, _ in split(text)] == ["[1]", "[2]", "[3]"]


def test_a_whole_list_in_one_line_is_parted_after_its_sentences() -> None:
    text = (
        "1. Каримова Л. Вода. Т. 2. М., 2004. 2. Петров И. Реки долины. М., 1980. 3. Шоу А. Путь."
    )

    assert [label for label, _ in split(text)] == ["1.", "2.", "3."]


@pytest.mark.parametrize("text", ["", "\n \n", "References", "1.", "[1]\n[2]"])
def test_a_list_without_entries_gives_none(text: str) -> None:
    assert entries(text) == []


@pytest.mark.parametrize(
    ("one", "two", "three"),
    [("i.", "ii.", "iii."), ("[i]", "[ii]", "[iii]"), ("a)", "b)", "c)"), ("а)", "б)", "в)")],
)
def test_letters_and_roman_numbers_are_labels(one: str, two: str, three: str) -> None:
    entries_ = ("Shaw A. Rivers. Osh, 2001.", "Tan M. Roads. Osh, 2002.", "Nurov B. Law. 2003.")
    text = "\n".join(
        f"{label} {entry}" for label, entry in zip((one, two, three), entries_, strict=True)
    )

    assert split(text) == list(zip((one, two, three), entries_, strict=True))


def test_a_lone_letter_is_no_label() -> None:
    assert [label for label, _ in split("i. e. the Rivers of Osh, 2001.")] == [None]


def test_lines_below_the_last_number_are_entries_if_they_are_many() -> None:
    urls = [f"https://example.org/{n}" for n in range(5)]
    text = "\n".join(["[1] Shaw A. Rivers. 2001.", "[2] Tan M. Roads. 2002.", *urls])

    assert [entry for _, entry in split(text)][2:] == urls


def test_titles_without_any_year_stand_one_a_line() -> None:
    text = "Welcome to the Valley\nHosting a Canal on a Hill\nWho Opens the Ninth Gate"

    assert [entry for _, entry in split(text)] == text.split("\n")


def test_an_entry_of_two_lines_is_one_where_only_the_second_has_its_year() -> None:
    text = "Shaw, Ann. “Rivers.”\nValley News. 15 May 2019.\nTan, May. “Roads.”\nOsh News. 2020."

    assert [entry.split(",")[0] for _, entry in split(text)] == ["Shaw", "Tan"]


def test_a_name_may_begin_with_a_particle() -> None:
    text = "Shaw A. Rivers. 2001.\nvan Dort M. Turns. 2001.\nal-Barzan K. Ports. 2022."

    assert [entry.split()[0] for _, entry in split(text)] == ["Shaw", "van", "al-Barzan"]
