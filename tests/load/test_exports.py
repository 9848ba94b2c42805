"""Which citations leave the warehouse, and in which order."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from etl.errors import Misconfigured
from etl.load import exports
from etl.load.exports import Chosen, citations
from tests.load.rows import SOURCE, Page, batch, load


@pytest.fixture(scope="module")
def filled(kept: sa.Engine) -> Iterator[sa.Engine]:
    """Two sources; one article with an older version, one without a date."""
    may, june = (datetime(2024, month, 30, 23, 30, tzinfo=UTC) for month in (5, 6))
    load(kept, batch(Page("a", 1, "old", cites=("Gone, 2001",), published=may)))
    pages = (
        Page("a", 2, "new", cites=("Ospanov, 2019", "Karimova, 2011"), published=may),
        Page("b", 2, cites=("Tan, 2002",), published=june),
        Page("c", 2, cites=("Shaw, 2003",)),
    )
    load(kept, batch(*pages), "second")
    load(kept, batch(Page("d", 2, cites=("Omar, 2004",)), source="oasis"), "third", "oasis")
    yield kept


def raws(engine: sa.Engine, chosen: Chosen) -> set[str]:
    """The chosen entries as printed."""
    return {row["raw"] for row in citations(engine, chosen)}


def test_all_entries_of_current_versions_come_with_their_names(filled: sa.Engine) -> None:
    found = list(citations(filled, Chosen()))

    assert {row["raw"] for row in found} == {
        *("Ospanov, 2019", "Karimova, 2011", "Tan, 2002", "Shaw, 2003", "Omar, 2004"),
    }
    assert {row["raw"]: [name["family"] for name in row["names"]] for row in found} == {
        raw: [raw.split(",")[0]] for raw in (row["raw"] for row in found)
    }
    order = [(row["version_id"], row["position"]) for row in found]
    assert order == sorted(order)
    assert {(row["source"], row["citing_url"]) for row in found} >= {("oasis", "d"), (SOURCE, "a")}


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (Chosen(sources=["oasis"]), {"Omar, 2004"}),
        (Chosen(article="a"), {"Ospanov, 2019", "Karimova, 2011"}),
        (Chosen(article="a", sources=["oasis"]), set()),
        (Chosen(since=date(2024, 6, 1)), {"Tan, 2002"}),
        (Chosen(until=date(2024, 5, 30)), {"Ospanov, 2019", "Karimova, 2011"}),
        (Chosen(until=date(2024, 5, 29)), set()),
        (
            Chosen(since=date(2024, 5, 30), until=date(2024, 12, 31)),
            {"Ospanov, 2019", "Karimova, 2011", "Tan, 2002"},
        ),
    ],
)
def test_what_is_chosen_comes_alone(filled: sa.Engine, chosen: Chosen, expected: set[str]) -> None:
    assert raws(filled, chosen) == expected


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (
            Chosen(sources=["nope"]),
            f"source 'nope' is not in the warehouse; it has oasis, {SOURCE}",
        ),
        (Chosen(article="https://nope.example"), "article 'https://nope.example' is not in"),
    ],
)
def test_what_is_not_there_is_said(filled: sa.Engine, chosen: Chosen, said: str) -> None:
    with pytest.raises(Misconfigured, match=said):
        next(citations(filled, chosen))


def test_rows_come_in_portions(filled: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    stream = citations(filled, Chosen())

    first = next(stream)
    with filled.connect() as connection:
        asked = "select count(*) from pg_stat_activity where query like 'FETCH FORWARD%'"
        fetching = connection.scalar(sa.text(asked))

    assert fetching == 1
    assert len([first, *stream]) == 5
