"""Markers of author and year: linked where one entry fits, and only there."""

import polars as pl
import pytest

from etl.transform.citations import citations

ENTRIES = (
    "Murodov, F. (2009). Late snow. Penjikent: Sarchashma.",
    "Rashidova, N., Murodov, F., & Hall, K. (2011). What a drift costs. High Valleys, 2(1), 1–9.",
    "Sharipov, S. (2008a). Green ink. Khujand: Nur House.",
    "Sharipov, S. (2008b). Tails of the canal. Khujand: Nur House.",
    "Hall, K., & Murodov, F. (2012). Gauges that disagree. High Valleys, 3(1), 5–19.",
    "Институт снега (2013). Бюллетень датчиков. Пенджикент: Сарчашма.",
    "Шарипов С. Политика воды. М.: Река, 2004.",
    "مرادف، فرهاد (۱۳۸۸). برف دیر. پنجکنت: سرچشمه.",
    "van Dort, M. (2001). Turns. Leiden: Polder.",
)


def read(body: str) -> list[tuple[str, str, int]]:
    """Surface, label and position of the entry of every marker in a body."""
    versions = pl.DataFrame(
        {"version_id": [1], "body": [body], "reference_text": ["\n".join(ENTRIES)]}
    )
    found = citations(versions)
    places = found.citations.select("citation_id", "position")
    pointed = found.citation_contexts.join(places, on="citation_id")
    return (
        pointed.sort("start_offset", "position").select("surface", "cited_label", "position").rows()
    )


@pytest.mark.parametrize(
    ("marker", "positions"),
    [
        ("(Murodov 2009)", [1]),
        ("(Murodov, 2009: 15)", [1]),
        ("(see Murodov 2009, p. 15)", [1]),
        ("(e.g. Murodov 2009; as also van Dort 2001)", [1, 9]),
        ("(van Dort, 2001)", [9]),
        ("(Rashidova et al. 2011)", [2]),
        ("(Sharipov 2008b: 3)", [4]),
        ("(Sharipov 2008a; Hall and Murodov 2012)", [3, 5]),
        ("(Hall & Murodov, 2012)", [5]),
        ("[Шарипов, 2004, с. 15]", [7]),
        ("(см.: Шарипов 2004)", [7]),
        ("(مرادف، ۱۳۸۸: ۱۵)", [8]),
    ],
)
def test_brackets_with_author_and_year_point_to_the_entry(
    marker: str, positions: list[int]
) -> None:
    found = read(f"Snow is late {marker} in the valley.")

    assert [position for *_, position in found] == positions
    assert {surface for surface, *_ in found} == {marker}


@pytest.mark.parametrize(
    ("sentence", "surface", "position"),
    [
        ("As Murodov (2009) says, snow is late.", "Murodov (2009)", 1),
        ("Rashidova et al. (2011) counted it.", "Rashidova et al. (2011)", 2),
        ("Hall and Murodov (2012, p. 7) did not.", "Hall and Murodov (2012, p. 7)", 5),
        ("По мнению Шарипова (2004), это так.", "Шарипова (2004)", 7),
        ("In Khujand, Sharipov (2008a) did.", "Sharipov (2008a)", 3),
    ],
)
def test_a_name_before_a_year_in_brackets_points_to_the_entry(
    sentence: str, surface: str, position: int
) -> None:
    assert [(s, p) for s, _, p in read(sentence)] == [(surface, position)]


@pytest.mark.parametrize(
    "text",
    [
        "Sharipov (2008) could be either.",
        "Murodov (2010) is not in the list.",
        "The spring (2009) was late.",
        "It snowed (Hall 1999).",
        "Tan and Murodov (2009) wrote another one.",
        "So did others (Tan and Murodov 2009).",
        "Murodov was born (in 2009, they say).",
        "Late snow in 2009 was late.",
    ],
)
def test_what_no_single_entry_fits_points_to_nothing(text: str) -> None:
    assert read(text) == []


def test_the_label_is_the_first_name_with_its_year() -> None:
    assert [label for _, label, _ in read("So (Hall and Murodov 2012).")] == ["Hall 2012"]


def test_a_number_points_to_every_work_of_its_note() -> None:
    text = "1. Shaw A. Rivers. Osh, 2001; Tan M. Roads. Osh, 2002.\n2. Nurov B. Law. Osh, 2003."
    found = citations(
        pl.DataFrame({"version_id": [1], "body": ["So.[1] And so.[2]"], "reference_text": [text]})
    ).citation_contexts

    rows = found.sort("start_offset", "work_position").select("cited_label", "work_position").rows()
    assert rows == [("1", 1), ("1", 2), ("2", 1)]
    assert found["citation_id"].n_unique() == 3
