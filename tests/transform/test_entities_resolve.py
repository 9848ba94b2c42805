"""Mentions to entities: within a body, across bodies, and into frames ready to load."""

import polars as pl
import pytest

from etl.schema import Entity, EntityAlias, Mention, frame_schema, key
from etl.transform.entities import mentions, people
from etl.transform.entities.resolve import Resolved, resolve
from etl.transform.text import fold


def resolved(*bodies: str) -> Resolved:
    """What is found in bodies, as versions 1, 2, …, resolved."""
    versions = pl.DataFrame(
        {"version_id": range(1, len(bodies) + 1), "body": bodies},
        schema={"version_id": pl.Int64, "body": pl.String},
    ).with_columns(language=pl.lit("en"))
    return resolve(mentions(versions), versions)


def means(result: Resolved) -> list[tuple[str, str | None]]:
    """Surface and identity of every mention, in reading order."""
    rows = result.mentions.join(result.entities, on="entity_id", how="left", maintain_order="left")
    return rows.select("surface", "identity").rows()


def test_frames_are_ready_to_load() -> None:
    result = resolved("President Rahmon met NATO in Dushanbe in 2004.", "Nothing.")
    assert result.entities.schema == frame_schema(Entity)
    assert result.entity_aliases.schema == frame_schema(EntityAlias)
    assert result.mentions.schema == frame_schema(Mention)


def test_no_mention_makes_three_empty_frames() -> None:
    result = resolved("nothing is named here")
    assert [frame.height for frame in result] == [0, 0, 0]
    assert result.entities.schema == frame_schema(Entity)


def test_keys_are_hashes_of_the_natural_keys() -> None:
    result = resolved("In Iran.")
    row = result.mentions.row(0, named=True)
    assert row["entity_id"] == key("country", "iso:IR")
    assert row["mention_id"] == key(1, 3, 7)
    assert result.entity_aliases["alias_id"].to_list() == [key(row["entity_id"], "Iran")]


def test_a_country_its_people_and_its_city_are_three_entities_of_one_code() -> None:
    entities = resolved("Tajikistan, a Tajik poet, Khujand").entities.sort("kind")
    assert entities.select("kind", "identity", "iso_3166").rows() == [
        ("country", "iso:TJ", "TJ"),
        ("group", "iso:TJ", "TJ"),
        ("place", "geonames:1514879", "TJ"),
    ]
    assert entities.row(2, named=True)["latitude"] == pytest.approx(40.28, abs=0.1)


def test_spellings_of_one_country_are_one_entity_with_aliases() -> None:
    result = resolved("The Russian Federation and Russia.", "В России.", "در روسیه")
    assert result.entities["identity"].to_list() == ["iso:RU"]
    assert set(result.entity_aliases["alias"]) == {
        "Russian Federation",
        "Russia",
        "России",
        "روسیه",
    }


def test_a_known_organisation_keeps_its_id_under_every_name() -> None:
    result = resolved("The North Atlantic Treaty Organization (NATO) met. NATO; the Alliance.")
    assert set(means(result)) == {
        ("North Atlantic Treaty Organization", "wikidata:Q7184"),
        ("NATO", "wikidata:Q7184"),
    }


def test_an_acronym_defined_in_the_text_is_the_organisation_it_stands_for() -> None:
    result = resolved("The Agency for Water Quality (AWQ) met. Later AWQ left.")
    assert {identity for _, identity in means(result)} == {"name:agency for water quality"}


def test_an_acronym_means_another_thing_in_another_body() -> None:
    result = resolved("The Agency for Water Quality (AWQ) met.", "An Arts Week Quorum (AWQ) met.")
    assert {i for s, i in means(result) if s == "AWQ"} == {
        "name:agency for water quality",
        "name:arts week quorum",
    }


def test_the_initials_of_a_country_named_in_full_are_that_country() -> None:
    result = resolved("The Republic of Tajikistan signed. Later the RT paid.")
    assert means(result)[-1] == ("RT", "iso:TJ")


def test_a_surname_is_the_person_named_in_full_in_the_same_body_only() -> None:
    result = resolved(
        "President Orzu spoke. Qodir Orzu is 60. Q. Orzu left; Orzu slept.", "President Orzu spoke."
    )
    assert [identity for _, identity in means(result)] == ["name:qodir orzu"] * 4 + ["name:orzu"]


def test_a_surname_two_persons_share_means_the_one_named_last() -> None:
    result = resolved("Bob Quint came. Quint sat. Ann Quint came. Mr. Quint and Ms. Quint left.")
    assert [identity for _, identity in means(result)] == [
        "name:bob quint",
        "name:bob quint",
        "name:ann quint",
        "name:ann quint",
        "name:ann quint",
    ]


def test_a_short_form_means_the_only_longer_name_before_it() -> None:
    result = resolved(
        "The Ministry of Labour of Tajikistan met. The Ministry of Labour agreed.",
        "The Ministry of Labour agreed.",
    )
    assert [identity for _, identity in means(result)] == [
        "name:ministry of labour of tajikistan",
        "name:ministry of labour of tajikistan",
        "name:ministry of labour",
    ]


def test_dates_have_no_entity() -> None:
    assert means(resolved("On 3 May 2019 and in 2004.")) == [("3 May 2019", None), ("2004", None)]


def test_a_mention_stands_in_its_sentence() -> None:
    body = "He left. Iran agreed. She came."
    row = resolved(body).mentions.row(0, named=True)
    assert body[row["sentence_start_offset"] : row["sentence_end_offset"]] == "Iran agreed."


def test_the_result_depends_on_no_order_of_bodies() -> None:
    bodies = ["NATO and Nato Quint", "President Orzu of Iran", "The Agency for Water Quality"]
    first, second = resolved(*bodies), resolved(*reversed(bodies))
    assert first.entities.sort("entity_id").equals(second.entities.sort("entity_id"))
    assert set(first.entity_aliases["alias_id"]) == set(second.entity_aliases["alias_id"])


def test_keys_are_unique_and_every_reference_holds() -> None:
    result = resolved(*["President Emomali Rahmon of Tajikistan met NATO (Brussels), 2004."] * 3)
    assert result.entities["entity_id"].is_unique().all()
    assert result.entity_aliases["alias_id"].is_unique().all()
    assert result.mentions["mention_id"].is_unique().all()
    assert set(result.mentions["entity_id"].drop_nulls()) <= set(result.entities["entity_id"])
    assert [fold(name) for name in result.entities["name"]] == result.entities["name_key"].to_list()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("George W. Quint", "george quint"),
        ("Эмомали Шарипович Рахмон", "эмомали рахмон"),
        ("Рустамом Назаровым", "рустам назаров"),
        ("Назаровым", "назаров"),
        ("Jan de Vroom Akker", "jan de vroom akker"),
        ("محمد خاتمی", "محمد خاتمی"),
    ],
)
def test_keys_of_persons_leave_out_what_varies(name: str, expected: str) -> None:
    assert people.key(name) == expected
