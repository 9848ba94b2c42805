"""Our own labelled references are well formed, and comparing with them is fair."""

import re

import pytest

from etl.transform.citations.parse import Reference
from tests.accuracy import citations
from tests.accuracy.comparison import Pair, compared, is_near
from tests.accuracy.labelled import (
    LABELS,
    OTHER,
    OWN,
    SETS,
    Labelled,
    joined,
    segments,
    tagged_lines,
)

FEWEST = {"cyrillic": 180, "english-gost": 60, "english": 90, "persian": 50}
"""References that each set must have for its scores to mean something."""


@pytest.mark.parametrize("name", OWN)
def test_every_tag_is_closed_and_known_and_holds_trimmed_text(name: str) -> None:
    for line in tagged_lines(SETS[name]):
        parts = segments(line)

        assert not re.search(r"</?[a-z]+>", "".join(text for _, text in parts)), line
        assert {label for label, _ in parts} <= LABELS | {OTHER}, line
        assert all(text == text.strip() for label, text in parts if label != OTHER), line


@pytest.mark.parametrize("name", OWN)
def test_sets_are_large_enough_and_say_that_they_are_invented(name: str) -> None:
    lines = SETS[name].read_text(encoding="utf-8").splitlines()

    assert len(tagged_lines(SETS[name])) >= FEWEST[name.removesuffix("-unseen")]
    assert any(line.startswith("#") and "invented" in line for line in lines)


def test_no_reference_stands_in_our_sets_twice() -> None:
    raws = [joined(segments(line)).raw for name in OWN for line in tagged_lines(SETS[name])]

    assert len(set(raws)) == len(raws)


def test_a_fair_part_of_the_cyrillic_set_is_tajik() -> None:
    tajik = re.compile("[ӣҷҶ]|саҳ|Ҳамон ҷо")

    assert sum(bool(tajik.search(line)) for line in tagged_lines(SETS["cyrillic"])) >= 25


def test_parts_of_one_label_are_joined_and_solar_years_are_converted() -> None:
    item = joined(
        segments("<title>Ном</title>، <date>۱۳۸۷</date>، ش <issue>۳</issue>, <issue>4</issue>")
    )

    pairs = compared(item, Reference(title="НОМ", year=2008, issue="3 4"))

    assert item.raw == "Ном، ۱۳۸۷، ش ۳, 4"
    assert [gold == ours for gold, ours in pairs.values()] == [True, True, True]


def test_isbns_of_both_lengths_are_one() -> None:
    item = Labelled("", {"isbn": "5-233-20297-2"})

    gold, ours = compared(item, Reference(isbn="9785233202979"))["isbn"]

    assert gold == ours


@pytest.mark.parametrize(
    ("gold", "ours", "near"),
    [
        (["water", "and", "power"], ["water", "and", "powers"], True),
        (["water", "and", "power"], ["water"], False),
        (["2008"], ["2009"], False),
        ([], ["water"], False),
    ],
)
def test_a_field_is_near_from_four_fifths_of_its_characters(
    gold: list[str], ours: list[str], near: bool
) -> None:
    assert is_near((gold, ours)) is near


def test_a_wrong_value_counts_against_both_precision_and_recall() -> None:
    wrong: Pair = (["a"], ["b"])
    missed: Pair = (["a"], [])
    extra: Pair = ([], ["a"])

    found = citations.scores(
        [{"title": (["a"], ["a"]), "place": wrong}, {"title": missed}, {"title": extra}, {}],
        lambda pair: pair[0] == pair[1],
    )

    assert found.fields["title"] == citations.Score(right=1, wrong=1, missed=1)
    assert found.fields["place"] == citations.Score(right=0, wrong=1, missed=1)
    assert (found.macro, found.whole) == (25.0, 25.0)
    assert found.micro == pytest.approx(100 * 2 / 6)
