"""The references of the one real page, where it is at hand, against their hand-made gold."""

import re
from typing import NamedTuple

import polars as pl
import pytest

from etl.transform.citations import citations
from tests.conftest import SHARED

PAGE = SHARED / "seed" / "page.txt"
GOLD = SHARED / "seed" / "references_gold.txt"

pytestmark = pytest.mark.skipif(not PAGE.exists(), reason=f"{PAGE} is not on this machine")

PART = re.compile(r"<(\w+)>(.*?)</\1>")
"""`<title>Rivers,</title>`."""

NUMBERED = re.compile(r"(?:^\d\. .*\n)+(?=\s*URL|\s*\Z)", re.MULTILINE)
"""The last numbered lines of the page."""

FIELDS = {
    "author": "authors",
    "title": "title",
    "container": "container_title",
    "issue": "issue",
    "pages": "pages",
    "publisher": "publisher",
    "place": "place",
}


class Read(NamedTuple):
    """Gold and ours, one dictionary a reference."""

    gold: list[dict[str, str]]
    ours: list[dict[str, object]]


@pytest.fixture(scope="module")
def read() -> Read:
    found = NUMBERED.search(PAGE.read_text(encoding="utf-8"))
    assert found is not None
    versions = pl.DataFrame(
        {"version_id": [1], "body": ["See the list."], "reference_text": [found.group()]}
    )
    gold = [dict(PART.findall(line)) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    return Read([line for line in gold if line], citations(versions).citations.to_dicts())


def bare(text: object) -> str:
    """`text` without the signs that part it from its neighbours and the word for its number."""
    return str(text or "").removeprefix("№").strip(' ,:."')


def test_there_are_exactly_the_three_references(read: Read) -> None:
    assert [row["label"] for row in read.ours] == [line["citenum"] for line in read.gold]
    assert len(read.ours) == 3


@pytest.mark.parametrize("label", FIELDS)
def test_every_part_is_that_of_the_gold(read: Read, label: str) -> None:
    expected = [bare(line.get(label)) for line in read.gold]

    assert [bare(row[FIELDS[label]]) for row in read.ours] == expected


def test_the_years_are_those_of_the_gold(read: Read) -> None:
    assert [row["year"] for row in read.ours] == [int(line["date"][:4]) for line in read.gold]
