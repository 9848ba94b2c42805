"""The page that the warehouse was asked for, where it is at hand, is read without a fault."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.conftest import SHARED
from tests.transform.rawpages import raw, read_one

SEED = SHARED / "seed" / "page.txt"
pytestmark = pytest.mark.skipif(not SEED.exists(), reason=f"{SEED} is not on this machine")


@pytest.fixture(scope="module")
def text() -> str:
    return SEED.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def seed(text: str) -> dict[str, Any]:
    return read_one(raw(text, content_type="text/plain"))


def test_its_title_is_found(seed: dict[str, Any], text: str) -> None:
    lines = [line for line in text.splitlines() if line]

    assert seed["title"] == lines[3]


def test_its_time_is_that_of_the_dateline(seed: dict[str, Any]) -> None:
    assert seed["published_at"] == datetime(2011, 3, 9, 14, 27, tzinfo=UTC)
    assert (seed["published_precision"], seed["published_method"]) == ("minute", "dateline")


def test_its_time_is_one_of_the_source(text: str) -> None:
    found = read_one(raw(text, content_type="text/plain"), "Asia/Dushanbe")

    assert found["published_at"] == datetime(2011, 3, 9, 9, 27, tzinfo=UTC)


def test_its_body_is_every_line_between_dateline_and_references(
    seed: dict[str, Any], text: str
) -> None:
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]

    assert seed["body"].split("\n") == lines[5:-4]
    assert seed["body"].startswith("Today, the security issues")
    assert seed["body"].endswith("based on mutual cooperation.")


def test_no_teaser_is_in_its_body(seed: dict[str, Any], text: str) -> None:
    teasers = [line for line in text.splitlines() if line.endswith("...")]

    assert len(teasers) == 3
    assert not [teaser for teaser in teasers if teaser[:40] in seed["body"]]
    assert "1953" not in seed["body"]


def test_its_recommendations_are_text_and_its_references_are_not(
    seed: dict[str, Any], text: str
) -> None:
    numbered = [line for line in text.splitlines() if line[:2] in ("1.", "2.", "3.")]

    assert all(line in seed["body"] for line in numbered[:3])
    assert seed["reference_text"].split("\n") == [" ".join(line.split()) for line in numbered[3:]]


def test_it_names_no_author_and_is_english(seed: dict[str, Any]) -> None:
    assert (seed["authors"], seed["language"]) == ([], "en")
