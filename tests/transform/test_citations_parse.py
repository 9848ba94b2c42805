"""One reference to its parts: every style and script we meet."""

from dataclasses import replace
from typing import Any

import pytest

from etl.schema.citations import WORK_KINDS
from etl.transform.citations.parse import Reference, parse
from tests.transform.citation_styles import STYLES


@pytest.mark.parametrize(("raw", "expected"), STYLES.values(), ids=STYLES.keys())
def test_a_reference_is_read_in_its_style(raw: str, expected: dict[str, Any]) -> None:
    reference = parse(raw)

    assert {name: getattr(reference, name) for name in expected} == expected


@pytest.mark.parametrize("raw", [raw for raw, _ in STYLES.values()], ids=STYLES.keys())
class TestEveryReference:
    def test_its_kind_is_declared(self, raw: str) -> None:
        assert parse(raw).kind in WORK_KINDS

    def test_its_parts_are_printed_in_it(self, raw: str) -> None:
        reference = parse(raw)
        names = ("title", "container_title", "volume", "issue", "pages", "publisher", "place")
        parts = [getattr(reference, name) for name in names]

        assert all(part in raw for part in (*parts, *reference.authors, *reference.editors) if part)

    def test_white_space_changes_nothing(self, raw: str) -> None:
        spaced = parse(f"  {raw.replace(' ', chr(10))}\n")

        assert replace(spaced, segments=()) == replace(parse(raw), segments=())


def test_a_reference_that_is_understood_is_surer_than_one_that_is_not() -> None:
    whole = parse("Shaw, A. (2010). Rivers. Journal of Steppe Studies, 12(3), 44–61.")
    loose = parse("see the map room, third shelf from the door")

    assert whole.confidence == 1
    assert loose.confidence < 0.8


def test_nothing_is_found_in_nothing() -> None:
    assert parse("") == Reference()


@pytest.mark.parametrize(
    "raw",
    ["[12] Shaw A. The rivers of the steppe. Osh, 2001.", "3. Shaw A. The rivers. Osh, 2001."],
)
def test_a_label_left_before_the_entry_is_no_part_of_it(raw: str) -> None:
    assert parse(raw).authors == ("Shaw A.",)


def test_a_publishers_url_with_a_doi_gives_both() -> None:
    reference = parse("Shaw A. Rivers. https://example.org/article/10.1234/abc.5")

    assert reference.doi == "10.1234/abc.5"
    assert reference.url == "https://example.org/article/10.1234/abc.5"


def test_a_year_of_the_persian_calendar_becomes_gregorian() -> None:
    assert parse("رضایی، محمد، تاریخ راه‌ها، تهران: نشر نی، ۱۳۷۰.").year == 1991


def test_a_span_of_years_in_a_title_is_not_the_year() -> None:
    assert parse("Shaw, Ann. The Valley, 1924–1991. Osh: Valley Press, 2004.").year == 2004
