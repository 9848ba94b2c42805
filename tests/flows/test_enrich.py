"""Crossref and OpenAlex asked about cited works, over HTTP and into a real warehouse."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa

from etl.cli import main
from etl.load import enrichments
from etl.schema import key
from tests.flows.registries import (
    BRIDGE,
    QUICK,
    ask,
    cite,
    crossref,
    crossref_work,
    openalex,
    openalex_work,
    outcome,
    said,
)
from tests.servers import Journal, Reply

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def registry(site: Journal) -> Journal:
    """Both providers, which know nothing yet."""
    openalex(site)
    crossref(site)
    return site


def test_dois_are_asked_of_openalex_together_and_then_of_crossref(
    warehouse: sa.Engine, registry: Journal
) -> None:
    for number in range(60):
        cite(warehouse, f"w{number:02}", doi=f"10.5555/b.{number}")
    openalex(registry, *(openalex_work(f"10.5555/b.{n}", BRIDGE) for n in range(58)))
    record = crossref_work("10.5555/b.58", BRIDGE)
    registry.says(
        "/crossref/works/10.5555%2Fb.58?mailto=desk%40example.org", said({"message": record})
    )

    report = ask(warehouse, registry)

    assert report.outcomes == {"found": 59, "not_found": 1}
    assert report.works == 60 and report.exit_code == 0
    assert outcome(warehouse, "w58")[:2] == ("found", "crossref")
    assert outcome(warehouse, "w59")[:2] == ("not_found", "crossref")
    batches = [parse_qs(urlsplit(a.path).query) for a in registry.log if "/openalex" in a.path]
    assert [b["filter"][0].count("10.5555") for b in batches] == [50, 10]
    assert {b["mailto"][0] for b in batches} == {"desk@example.org"}
    assert registry.user_agents == {"etl (mailto:desk@example.org)"}


def test_words_count_only_if_title_author_and_year_agree(
    warehouse: sa.Engine, registry: Journal
) -> None:
    cite(warehouse, "sure")
    cite(warehouse, "year", year=2012)
    cite(warehouse, "author", authors="Novak J.")
    cite(warehouse, "title", "Bread and its bakers in the old town")
    crossref(registry, crossref_work("10.5555/b", BRIDGE), crossref_work("10.5555/c", "Wells"))

    report = ask(warehouse, registry)

    assert report.outcomes == {"found": 1, "ambiguous": 2, "not_found": 1}
    assert outcome(warehouse, "sure")[0] == "found"
    assert outcome(warehouse, "year")[2].endswith("does not agree in year")
    assert outcome(warehouse, "author")[2].endswith("does not agree in first author")
    assert outcome(warehouse, "title")[0] == "not_found"


def test_several_works_that_agree_are_ambiguous(warehouse: sa.Engine, registry: Journal) -> None:
    cite(warehouse, "twice")
    crossref(registry, crossref_work("10.5555/b", BRIDGE), crossref_work("10.5555/c", BRIDGE))

    ask(warehouse, registry)

    assert outcome(warehouse, "twice") == ("ambiguous", "crossref", "several works agree")


def test_a_doi_that_leads_to_another_work_is_not_believed(
    warehouse: sa.Engine, registry: Journal
) -> None:
    cite(warehouse, "wrong", doi="10.5555/b")
    openalex(registry, openalex_work("10.5555/b", "Enzymes of yeast", "Otto Hahn"))

    ask(warehouse, registry)

    assert outcome(warehouse, "wrong")[0] == "ambiguous"
    with warehouse.connect() as connection:
        query = "select record_title, doi, doi_source from reporting.enriched_works"
        assert connection.execute(sa.text(query)).all() == [(None, "10.5555/b", "printed")]


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(b"{"), "no JSON"),
        (said([1]), "no JSON object"),
        (said({"message": {"items": 7}}), "no items"),
        (Reply(status=500), "HTTP 500"),
        (Reply(status=429, headers={"Retry-After": "3600"}), "left alone for 3,600 s"),
        (Reply(b"x" * 10, pause_seconds=2), "timeout"),
        (Reply(status=404), "404"),
    ],
)
def test_a_bad_answer_never_stops_the_rest(
    reply: Reply, reason: str, warehouse: sa.Engine, registry: Journal
) -> None:
    cite(warehouse, "bad", "Bread and its bakers")
    cite(warehouse, "good")
    good = said({"message": {"items": [crossref_work("10.5555/b", BRIDGE)]}})
    registry.answers("/crossref/works", lambda query, _: reply if "Bread" in query else good)

    report = ask(warehouse, registry)

    assert report.outcomes == {"found": 1, "failed": 1}
    assert report.exit_code == 3
    assert outcome(warehouse, "bad")[0] == "failed"
    assert reason in outcome(warehouse, "bad")[2]


def test_a_short_retry_after_is_waited_for(warehouse: sa.Engine, registry: Journal) -> None:
    cite(warehouse, "sure")
    replies = [
        said({"message": {"items": [crossref_work("10.5555/b", BRIDGE)]}}),
        Reply(status=429, headers={"Retry-After": "1"}),
    ]
    registry.answers("/crossref/works", lambda query, _: replies.pop())

    assert ask(warehouse, registry).outcomes == {"found": 1}
    first, second = registry.log
    assert second.at - first.at >= 1


def test_where_openalex_fails_crossref_answers(warehouse: sa.Engine, registry: Journal) -> None:
    cite(warehouse, "known", doi="10.5555/b")
    cite(warehouse, "unknown", doi="10.5555/c")
    registry.answers("/openalex/works", lambda query, _: Reply(status=403))
    record = said({"message": crossref_work("10.5555/b", BRIDGE)})
    registry.says("/crossref/works/10.5555%2Fb?mailto=desk%40example.org", record)

    ask(warehouse, registry)

    assert outcome(warehouse, "known")[:2] == ("found", "crossref")
    assert outcome(warehouse, "unknown")[:2] == ("failed", "openalex")


def test_nothing_is_asked_again_before_it_expires_and_what_was_left_is_taken_up(
    warehouse: sa.Engine, registry: Journal
) -> None:
    for name in ("a", "b", "c"):
        cite(warehouse, name)
    cite(warehouse, "law", kind="legislation")
    crossref(registry, crossref_work("10.5555/b", BRIDGE))

    first, second, third = (ask(warehouse, registry, most=2) for _ in range(3))

    assert (first.outcomes.total(), first.left, first.unaskable) == (2, 1, 1)
    assert (second.outcomes.total(), second.resting) == (1, 2)
    assert (third.outcomes.total(), third.resting, third.left) == (0, 3, 0)
    assert len(registry.log) == 3
    with warehouse.begin() as connection:
        change = "update ops.enrichments set asked_at = now() - interval '91 days', expires_at = "
        connection.execute(
            sa.text(change + "now() - interval '1 day' where work_id = :work"), {"work": key("a")}
        )
    assert ask(warehouse, registry).outcomes == {"found": 1}


def test_a_killed_run_keeps_the_answers_it_had(
    warehouse: sa.Engine, registry: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        cite(warehouse, name)
    crossref(registry, crossref_work("10.5555/b", BRIDGE))
    write, calls = enrichments.remember, []

    def once(engine: sa.Engine, answers: list[enrichments.Answered]) -> None:
        if calls:
            raise KeyboardInterrupt
        calls.append(answers)
        write(engine, answers)

    with monkeypatch.context() as patched:
        patched.setattr(enrichments, "remember", once)
        with pytest.raises(KeyboardInterrupt):
            ask(warehouse, registry)

    report = ask(warehouse, registry)
    assert (report.resting, report.outcomes) == (1, {"found": 2})


def test_a_failure_does_not_take_away_what_was_found(
    warehouse: sa.Engine, registry: Journal
) -> None:
    cite(warehouse, "sure")
    crossref(registry, crossref_work("10.5555/b", BRIDGE))
    ask(warehouse, registry)
    with warehouse.begin() as connection:
        change = "update ops.enrichments set asked_at = now() - interval '91 days', expires_at = "
        connection.execute(sa.text(change + "now() - interval '1 day'"))
    registry.answers("/crossref/works", lambda query, _: Reply(status=500))

    assert ask(warehouse, registry).outcomes == {"failed": 1}
    assert outcome(warehouse, "sure")[0] == "found"
    assert ask(warehouse, registry).resting == 1


def test_hostile_records_can_be_kept(warehouse: sa.Engine, registry: Journal) -> None:
    cite(warehouse, "sure")
    odd = crossref_work("10.5555/b", BRIDGE) | {"type": "a\x00b\ud800", "container-title": 5}
    later = crossref_work("10.5555/c", BRIDGE, year=10**30)
    crossref(registry, odd, later, {"DOI": None}, {"DOI": "10.5555/d", "issued": {"date-parts": 3}})

    ask(warehouse, registry)

    assert outcome(warehouse, "sure")[0] == "found"
    with warehouse.connect() as connection:
        assert connection.scalar(sa.text("select kind from ops.enrichments")) == "a b"


def test_a_host_that_keeps_failing_is_left_alone(warehouse: sa.Engine, registry: Journal) -> None:
    for number in range(8):
        cite(warehouse, f"w{number}")
    registry.answers("/crossref/works", lambda query, _: Reply(status=503))

    report = ask(warehouse, registry)

    assert (report.outcomes, report.left) == ({"failed": 5}, 3)
    assert len(registry.log) == 5 * QUICK.tries


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({}, "ETL_ENRICH is off"),
        ({"ETL_ENRICH": "true"}, "ETL_ENRICH_MAILTO is not set"),
        ({"ETL_ENRICH": "true", "ETL_ENRICH_MAILTO": "nobody"}, "ETL_ENRICH_MAILTO='nobody'"),
    ],
)
def test_nothing_is_asked_unless_it_is_switched_on(
    settings: dict[str, str],
    line: str,
    registry: Journal,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
) -> None:
    monkeypatch.setenv("ETL_HOME", str(tmp_path))
    monkeypatch.setenv("ETL_ENRICH_CROSSREF_URL", registry.url("/crossref"))
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    assert main(["enrich"]) == 2
    assert line in capsys.readouterr().err
    assert not registry.log


def test_the_command_fills_what_is_missing_and_leaves_what_is_printed(
    warehouse: sa.Engine,
    registry: Journal,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
) -> None:
    cite(warehouse, "sure", BRIDGE.upper(), year=2018)
    crossref(registry, crossref_work("10.5555/b", BRIDGE))
    monkeypatch.setenv("ETL_ENRICH", "true")
    monkeypatch.setenv("ETL_ENRICH_MAILTO", "desk@example.org")
    monkeypatch.setenv("ETL_ENRICH_OPENALEX_URL", registry.url("/openalex"))
    monkeypatch.setenv("ETL_ENRICH_CROSSREF_URL", registry.url("/crossref"))

    assert main(["enrich", "--json"]) == 0

    report = json.loads(capsys.readouterr().out)
    assert report["outcomes"] == {"found": 1}
    assert "(mailto:desk@example.org)" in registry.user_agents.pop()
    query = """
        select title, year, year_source, doi, doi_source, container_title_source, record_title
        from reporting.enriched_works
    """
    with warehouse.connect() as connection:
        row = connection.execute(sa.text(query)).one()
    assert row == (BRIDGE.upper(), 2018, "printed", "10.5555/b", "crossref", "crossref", BRIDGE)

    assert main(["enrich"]) == 0
    assert "resting" in capsys.readouterr().out
    assert sum("/crossref" in asked.path for asked in registry.log) == 1
