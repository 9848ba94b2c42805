"""Markers in a body: which count, what they name, and the sentence they stand in."""

import polars as pl
import pytest

from etl.transform.citations import citations

LIST = "1. Shaw A. Rivers. Osh, 2001.\n2. Tan M. Roads. Osh, 2002.\n3. Nurov B. Law. Osh, 2003."


def read(body: str, reference_text: str | None = LIST) -> pl.DataFrame:
    """Contexts of a body, with the position of the citation each points to."""
    versions = pl.DataFrame(
        {"version_id": [7], "body": [body], "reference_text": [reference_text]},
        schema_overrides={"reference_text": pl.String},
    )
    found = citations(versions)
    places = found.citations.select("citation_id", "position")
    return found.citation_contexts.join(places, on="citation_id", how="left").sort(
        "start_offset", "cited_label"
    )


@pytest.mark.parametrize(
    ("marker", "labels"),
    [
        ("[1]", ["1"]),
        ("[1, 3]", ["1", "3"]),
        ("[1-3]", ["1", "2", "3"]),
        ("[2–3]", ["2", "3"]),
        ("[3; 1]", ["1", "3"]),
        ("[2, p. 15]", ["2"]),
        ("[2, с. 15–17]", ["2"]),
        ("[1, с. 5; 3, с. 7]", ["1", "3"]),
        ("[2: 15]", ["2"]),
        ("[۲]", ["2"]),
        ("[2, 2]", ["2"]),
    ],
)
def test_a_marker_gives_one_row_for_each_number(marker: str, labels: list[str]) -> None:
    found = read(f"Water is short {marker} in the valley.")

    assert found["cited_label"].to_list() == labels
    assert set(found["surface"]) == {marker}
    assert found["position"].to_list() == [int(label) for label in labels]


@pytest.mark.parametrize(
    "text",
    [
        "It rose in [2008] again.",
        "He said […] and left.",
        "She [the minister] left.",
        "It fell [3-1] and [1–300].",
        "An empty [] pair.",
        "[1] To pay the debts.",
        "1. To pay the debts.",
        "An area of 500 km² and 20 m³.",
        "A raised 10² and a note⁹.",
        "First (1) the rivers, then (2) the roads.",
    ],
)
def test_what_only_looks_like_a_marker_is_none(text: str) -> None:
    assert read(text).is_empty()


def test_a_raised_number_counts_where_the_list_has_it() -> None:
    found = read("Water is short.¹ Roads are long², too.")

    assert found["cited_label"].to_list() == ["1", "2"]


def test_round_brackets_count_where_the_list_is_printed_with_them() -> None:
    found = read("Water is short (2). First (1) the rivers.", "(1) Shaw A. 2001\n(2) Tan M. 2002")

    assert found["cited_label"].to_list() == ["2"]


def test_a_number_the_list_does_not_have_points_to_nothing() -> None:
    found = read("Water is short [9].")

    assert found.select("cited_label", "citation_id").rows() == [("9", None)]


def test_numbers_mean_positions_where_the_list_has_no_labels() -> None:
    found = read("Roads are long [2].", "Shaw A. Rivers. Osh, 2001.\nTan M. Roads. Osh, 2002.")

    assert found["position"].to_list() == [2]


def test_labels_win_over_positions() -> None:
    found = read("Roads are long [4].", "3. Shaw A. Rivers. Osh, 2001.\n4. Tan M. Roads.")

    assert found["position"].to_list() == [2]


def test_a_version_without_a_list_has_no_contexts() -> None:
    assert read("Water is short [1].", None).is_empty()


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("It rained. Water is short [1] in May. It rained.", "Water is short [1] in May."),
        ("It rained. Water is short.[1] Roads are long.", "Water is short.[1]"),
        ("It rained. Water is short. [1] Roads are long.", "Water is short. [1]"),
        ("It rained. [1] argues that water is short. So.", "[1] argues that water is short."),
        ("It rained.\nWater is short.¹\nRoads are long.", "Water is short.¹"),
    ],
)
def test_a_marker_belongs_to_the_sentence_it_closes(body: str, sentence: str) -> None:
    row = read(body).row(0, named=True)

    assert body[row["sentence_start_offset"] : row["sentence_end_offset"]] == sentence
