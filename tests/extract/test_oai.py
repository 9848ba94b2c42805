"""A repository gives one link per record that names its page, and later only what has changed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.feeds import oai
from etl.extract.feeds.announced import Read
from tests.extract.feeds import remembered, urls
from tests.extract.repositories import (
    ANSWERED,
    answer,
    asked,
    error,
    harvested,
    identify,
    listed,
    page,
    plays,
    record,
)
from tests.servers import Journal, Reply


@pytest.mark.parametrize(
    ("granularity", "since", "begin"),
    [
        ("YYYY-MM-DDThh:mm:ssZ", ANSWERED, "2024-04-29T09:00:00Z"),
        ("YYYY-MM-DD", "2024-04-30", "2024-04-29"),
        ("often", "2024-04-30", "2024-04-29"),
    ],
)
def test_a_later_harvest_asks_for_what_is_newer_with_a_day_of_overlap(
    journal: Journal, granularity: str, since: str, begin: str
) -> None:
    at = plays(journal, {"list": page(*listed("a")), "Identify": identify(granularity)})
    first = harvested(at)
    journal.forget()

    harvested(at, remembered(first))

    assert first.read == (Read(f"{at}?verb=ListRecords&metadataPrefix=oai_dc", since=since),)
    assert asked(journal) == [
        {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": begin},
    ]


def test_nothing_new_is_no_failure_and_moves_on(journal: Journal) -> None:
    later = answer('<error code="noRecordsMatch"/>', "2024-05-01T09:00:00Z")
    at = plays(journal, {"list": [page(*listed("a")), later], "Identify": identify()})

    again = harvested(at, remembered(harvested(at)))

    assert urls(again) == []
    assert again.read[0].since == "2024-05-01T09:00:00Z"


@pytest.mark.parametrize(
    ("answered", "since"), [("2031-01-01T00:00:00Z", "2024-05-01"), ("soon", "2024-05-01")]
)
def test_a_clock_that_is_ahead_or_broken_loses_nothing(
    journal: Journal, answered: str, since: str
) -> None:
    reply = answer(f"<ListRecords>{record('https://oasis.example/a')}</ListRecords>", answered)
    at = plays(journal, {"list": reply})

    assert harvested(at).read[0].since == since


def test_sets_and_formats_are_asked_for_and_remembered_apart(journal: Journal) -> None:
    at = plays(journal, {"list": page(*listed("a"))})

    announced = harvested(at, set="oasis:ART", prefix="oai_marc")

    first = {"verb": "ListRecords", "metadataPrefix": "oai_marc", "set": "oasis:ART"}
    assert asked(journal)[0] == first
    assert announced.read[0].address == (
        f"{at}?verb=ListRecords&metadataPrefix=oai_marc&set=oasis%3AART"
    )


@pytest.mark.parametrize(
    ("identifiers", "taken"),
    [
        (["10.5555/7", "https://oasis.example/article/view/7"], "article/view/7"),
        (["https://doi.org/10.5555/7", "https://www.oasis.example/view/7"], "www/view/7"),
        (["https://oasis.example/view/7/4", "https://oasis.example/view/7"], "view/7"),
        (["https://oasis.example/7.pdf", "https://oasis.example/view/7#x"], "view/7"),
        (["https://oasis.example/article/download/7/4", "http://oasis.example/longer/than/that/7"],
         "http/longer/than/that/7"),
        (["https://doi.org/10.5555/7", "https://b.example/7", "https://a.example/7"], "b/7"),
        (["https://doi.org/10.5555/7", "ISSN 1234"], "doi/10.5555/7"),
        (["ISSN 1234", "www.oasis.example/7", "mailto:a@oasis.example", "https://"], None),
        ([" \n https://oasis.example/view/7 "], "view/7"),
        ([], None),
    ],
)  # fmt: skip
def test_the_page_of_a_record_is_found_among_its_identifiers(
    identifiers: list[str], taken: str | None
) -> None:
    hosts = {
        "www": "https://www.oasis.example",
        "http": "http://oasis.example",
        "b": "https://b.example",
        "doi": "https://doi.org",
    }
    start, _, rest = (taken or "").partition("/")
    spelled = f"{hosts[start]}/{rest}" if start in hosts else f"https://oasis.example/{taken}"

    found = oai.page_address([name.strip() for name in identifiers], "oasis.example")

    assert found == (spelled if taken else None)


@settings(deadline=None)
@given(st.lists(st.text()), st.text())
def test_no_identifier_breaks_the_choice(identifiers: list[str], host: str) -> None:
    oai.page_address([*identifiers, *(f"http://{name}" for name in identifiers)], host)


@settings(deadline=None)
@given(st.text())
def test_no_datestamp_breaks_the_reader(datestamp: str) -> None:
    oai.changed_at(datestamp)


@pytest.mark.parametrize(
    ("datestamp", "at"),
    [
        ("2024-04-02", datetime(2024, 4, 2, 23, 59, 59, tzinfo=UTC)),
        ("2024-04-02T08:00:00+05:00", datetime(2024, 4, 2, 3, tzinfo=UTC)),
        ("2024-04-02T08:00:00", datetime(2024, 4, 2, 8, tzinfo=UTC)),
        ("0001-01-01T00:00:00+05:00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_record_is_dated_when_it_was_changed(
    journal: Journal, datestamp: str, at: datetime | None
) -> None:
    where = plays(journal, {"list": page(record("https://oasis.example/a", datestamp=datestamp))})

    assert harvested(where).links[0].announced_at == at


def test_deleted_records_are_left_out_and_those_without_a_page_told_of(journal: Journal) -> None:
    records = [
        record(status=' status="deleted"'),
        record("ISSN 1234-5678"),
        "<record><header><identifier>x</identifier></header><metadata/></record>",
        "<record><metadata/></record>",
        *listed("a"),
    ]
    at = plays(journal, {"list": page(*records), "Identify": identify()})

    announced = harvested(at)

    assert [link.url for link in announced.links] == ["https://oasis.example/a"]
    assert announced.problems == ["3 of 4 records name no page on the web; they are left out"]
    assert announced.read[0].since == ANSWERED


def test_other_formats_name_pages_in_elements_that_end_in_identifier(journal: Journal) -> None:
    inner = (
        "<record><header><datestamp>2024-04-02</datestamp></header><metadata>"
        '<r:resource xmlns:r="urn:r"><r:alternateIdentifiers><r:alternateIdentifier>'
        "https://oasis.example/a</r:alternateIdentifier></r:alternateIdentifiers></r:resource>"
        "</metadata></record>"
    )
    at = plays(journal, {"list": page(inner)})

    assert urls(harvested(at, prefix="oai_datacite")) == ["https://oasis.example/a"]


def test_a_repository_that_changed_its_dates_is_listed_anew(journal: Journal) -> None:
    at = plays(
        journal,
        {
            "list": [page(*listed("a")), error("badArgument"), page(*listed("a", "b"))],
            "Identify": [identify(), identify("YYYY-MM-DD")],
        },
    )

    again = harvested(at, remembered(harvested(at)))

    assert len(urls(again)) == 2
    assert again.read[0].since == "2024-04-30"


def test_a_page_that_fails_leaves_those_before_it_and_is_asked_for_again(journal: Journal) -> None:
    at = plays(
        journal,
        {
            "list": page(*listed("a"), token="1"),
            "1": [Reply(status=500), page(*listed("b"))],
            "Identify": identify(),
        },
    )

    first = harvested(at)
    second = harvested(at, remembered(first))

    assert [link.url[-1] for link in first.links] == ["a"]
    assert first.problems[0].startswith("after page 1 of the list: HTTP 500")
    assert first.read == ()
    assert len(urls(second)) == 2
    assert second.read[0].since == ANSWERED
