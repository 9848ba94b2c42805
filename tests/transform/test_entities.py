"""What any extractor promises, what each one finds, and how overlaps are settled."""

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import SchemaMismatch
from etl.schema import frames
from etl.schema.entities import ENTITY_KINDS
from etl.transform.entities import EXTRACTORS, mentions, overlaps
from tests.frames import frame

VERSIONS = frame(
    """
    version_id | language | body
    -----------+----------+----------------------------------------------------------------
    1          | en       | In 2002 Tajikistan's President Emomali Rahmon met NATO in Brussels.
    2          | ru       | В Иране 9 марта 2011 года выступил министр Рустам Назаров.
    3          | fa       | وزارت امور خارجه ایران در سال ۱۳۹۰ با محمد خاتمی گفتگو کرد.
    4          | en       | The Water Users Agency (WUA) of Zumrad Province has a plan "Wells".
    5          | en       | nothing is named here, not even once
    6          | null     | U.S. and “Clear Rivers”:  Lake Iskander , (the Ministry of Labour ) .
    """,
    version_id=pl.Int64(),
)


def of(body: str) -> pl.DataFrame:
    """A versions frame of one body."""
    return pl.DataFrame({"version_id": [1], "body": [body], "language": ["en"]})


def found(name: str, body: str) -> list[tuple[str, str]]:
    """Surface and kind of what extractor `name` finds in a body, in reading order."""
    rows = EXTRACTORS[name](of(body)).sort("start_offset", "end_offset")
    return rows.select("surface", "kind").rows()


def surfaces(body: str, kind: str) -> list[str]:
    """Surfaces of the mentions of a kind, overlaps settled."""
    return mentions(of(body)).filter(pl.col("kind") == kind)["surface"].to_list()


@pytest.mark.parametrize("name", EXTRACTORS)
class TestEveryExtractor:
    def test_makes_a_found_frame(self, name: str) -> None:
        assert EXTRACTORS[name](VERSIONS).schema == frames.FOUND

    def test_finds_something(self, name: str) -> None:
        assert EXTRACTORS[name](VERSIONS).height > 0

    def test_offsets_point_at_the_surface(self, name: str) -> None:
        rows = EXTRACTORS[name](VERSIONS).join(VERSIONS, on="version_id")
        assert all(
            row["body"][row["start_offset"] : row["end_offset"]] == row["surface"]
            for row in rows.to_dicts()
        )

    def test_surfaces_are_trimmed_and_on_one_line(self, name: str) -> None:
        surfaces = EXTRACTORS[name](VERSIONS)["surface"]
        assert all(s == s.strip() and s and "\n" not in s for s in surfaces)

    def test_kinds_and_confidences_are_declared(self, name: str) -> None:
        rows = EXTRACTORS[name](VERSIONS)
        assert set(rows["kind"]) <= set(ENTITY_KINDS)
        assert rows["confidence"].is_between(0, 1).all()

    def test_rows_carry_its_name_and_version(self, name: str) -> None:
        rows = EXTRACTORS[name](VERSIONS)
        assert set(rows["extractor"]) == {name}
        assert rows["extractor_version"].null_count() == 0

    def test_reads_an_empty_frame_and_an_empty_body(self, name: str) -> None:
        assert EXTRACTORS[name](VERSIONS.clear()).height == 0
        assert EXTRACTORS[name](of("")).height == 0


def test_gazetteer_finds_names_in_their_longest_form() -> None:
    body = "The Islamic Republic of Iran, the UAE, Central Asian states and the Persian Gulf."
    assert found("gazetteer", body) == [
        ("Islamic Republic of Iran", "country"),
        ("UAE", "country"),
        ("Central Asian", "group"),
        ("Persian Gulf", "place"),
    ]


def test_gazetteer_leaves_the_possessive_and_the_prefix_out() -> None:
    body = "Tajikistan's neighbours and non-NATO members"
    assert [surface for surface, _ in found("gazetteer", body)] == ["Tajikistan", "NATO"]


def test_gazetteer_takes_the_full_stop_of_a_dotted_name() -> None:
    assert [s for s, _ in found("gazetteer", "The U.S. was there.")] == ["U.S."]


def test_gazetteer_wants_context_for_names_that_are_words() -> None:
    body = "Nice weather. Mary reads. He lives in Nice. They drove from Mary to Ashgabat."
    assert [s for s, _ in found("gazetteer", body)] == ["Nice", "Mary", "Ashgabat"]


def test_gazetteer_takes_no_word_in_lower_case() -> None:
    assert found("gazetteer", "a turkey on fine china, of mobile police") == []


def test_gazetteer_drops_a_name_inside_a_longer_unknown_one() -> None:
    assert found("gazetteer", "We saw the Bristol Hippodrome and Yonder Scotland.") == []


def test_acronyms_are_known_by_their_definition_either_way_round() -> None:
    body = (
        "The Agency for Water Quality (AWQ) met. AWQ agreed with the RPF (Rural Partners Fund). RPF"
    )
    rows = EXTRACTORS["acronyms"](of(body)).sort("start_offset")
    assert rows.select("surface", "name").rows() == [
        ("Agency for Water Quality", "Agency for Water Quality"),
        ("AWQ", "Agency for Water Quality"),
        ("AWQ", "Agency for Water Quality"),
        ("RPF", "Rural Partners Fund"),
        ("Rural Partners Fund", "Rural Partners Fund"),
        ("RPF", "Rural Partners Fund"),
    ]


def test_acronyms_of_a_country_named_in_full_are_that_country() -> None:
    body = "The Republic of Tajikistan signed. The RT will pay."
    assert ("RT", "country") in found("acronyms", body)


def test_acronyms_leave_common_ones_and_headlines_alone() -> None:
    assert found("acronyms", "GDP and HIV in the XIX century. BREAKING NEWS FROM OUR TEAM") == []


def test_a_definition_in_the_text_goes_before_our_lists() -> None:
    rows = mentions(of("The Agrarian Dairy Bank (ADB) closed. ADB owed much."))
    assert set(rows["name"]) == {"Agrarian Dairy Bank"}


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("President Zorkhan arrived.", ["Zorkhan"]),
        ("Mr. Veloz and Dr. P. Quill spoke.", ["Veloz", "P. Quill"]),
        ("Yesterday Farhod Temirlan left. Temirlan was late.", ["Farhod Temirlan", "Temirlan"]),
        ("The rector, Qodir Safarzoda, and A. B. Quint.", ["Qodir Safarzoda", "A. B. Quint"]),
        ("Jan de Vroom's paper", ["Jan de Vroom"]),
        ("the Director of the Water Agency Orzu Bek met", ["Orzu Bek"]),
        ("The President of the Republic of Uzbekistan Farhod Orzu", ["Farhod Orzu"]),
        ("Pope John Paul II travelled.", ["John Paul II"]),
        ("Michael Jordan flew to Jordan.", ["Michael Jordan"]),
        ("Zorkhan said no.", ["Zorkhan"]),
        ("However, Many Reforms Began. The Meeting ended.", []),
    ],
)
def test_persons_are_found_by_title_given_name_initials_or_ending(
    body: str, names: list[str]
) -> None:
    assert surfaces(body, "person") == names


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("the Ministry of Defense of Tajikistan Sherali", ["Ministry of Defense of Tajikistan"]),
        ("at the Tajik Mining University today", ["Tajik Mining University"]),
        ("the University of Lower Vale", ["University of Lower Vale"]),
        ("The Ministry of Labour and Trade and NATO", ["Ministry of Labour and Trade", "NATO"]),
        ("the 42nd Motor Rifle Brigade", ["42nd Motor Rifle Brigade"]),
        ("the Northern Military District", ["Northern Military District"]),
        ("The university and the ministry", []),
    ],
)
def test_organisations_are_found_by_their_heads(body: str, names: list[str]) -> None:
    assert surfaces(body, "organisation") == names


def test_places_are_found_by_their_heads_and_taken_as_printed() -> None:
    body = (
        "From Lake Iskander down the Zumrad River, past Northern Iraq, to the Republic of Zumrad."
    )
    assert [surface for surface, _ in found("places", body)] == [
        "Lake Iskander",
        "Zumrad River",
        "Northern Iraq",
        "Republic of Zumrad",
    ]


def test_a_republic_of_another_country_is_a_place_in_it() -> None:
    rows = mentions(of("a school in the Republic of Tatarstan"))
    assert rows.select("surface", "kind", "name").rows() == [
        ("Republic of Tatarstan", "place", "Tatarstan")
    ]


def test_quoted_programmes_and_laws_are_found_and_found_again() -> None:
    body = (
        'A program called “Clear Rivers” began. The Law "On Wells" passed. “Clear Rivers” goes on. '
        'He said: "No Way". The Constitution of the Republic of Tajikistan stands.'
    )
    assert found("quoted", body) == [
        ("Clear Rivers", "programme"),
        ("On Wells", "law"),
        ("Clear Rivers", "programme"),
        ("Constitution of the Republic of Tajikistan", "law"),
    ]


@pytest.mark.parametrize(
    ("body", "surface", "iso"),
    [
        ("on Friday, May 3, 2019 they met", "Friday, May 3, 2019", "2019-05-03"),
        ("on 3 May 2019", "3 May 2019", "2019-05-03"),
        ("in May, 2019", "May, 2019", "2019-05"),
        ("in July of 2019", "July of 2019", "2019-07"),
        ("in 2019, 300 men", "2019", "2019"),
        ("signed 2019-05-03 there", "2019-05-03", "2019-05-03"),
        ("signed 03.05.2019 there", "03.05.2019", "2019-05-03"),
        ("in the late 1990s", "late 1990s", None),
        ("3 мая 2019 года подписан", "3 мая 2019 года", "2019-05-03"),
        ("в 2019 году подписан", "2019 году", "2019"),
        ("рӯзи 3 майи соли 2019", "3 майи соли 2019", "2019-05-03"),
        ("در ۹ مارس ۲۰۱۱ آمد", "۹ مارس ۲۰۱۱", None),
        ("در سال ۱۳۹۰ آمد", "سال ۱۳۹۰", None),
    ],
)
def test_dates_are_found_with_their_iso_form(body: str, surface: str, iso: str | None) -> None:
    rows = mentions(of(body)).filter(pl.col("kind") == "date")
    assert rows.select("surface", "name").rows() == [(surface, iso)]


def test_a_name_several_cities_share_means_the_capital_or_the_largest() -> None:
    rows = mentions(of("from Los Angeles to Tripoli and Hyderabad, then Hamadan"))
    assert rows["identity"].to_list() == [
        "geonames:5368361",
        "geonames:2210247",
        "geonames:1269843",
        "geonames:132144",
    ]


def test_numbers_and_durations_are_no_dates() -> None:
    assert surfaces("for 15 years 2000 troops held 1984 houses", "date") == []


def test_of_overlapping_mentions_the_longer_and_then_the_earlier_extractor_wins() -> None:
    rows = frame(
        """
        start_offset | end_offset | extractor | confidence | kind
        -------------+------------+-----------+------------+------
        0            | 4          | b         | 0.5        | place
        0            | 4          | a         | 0.1        | person
        2            | 9          | b         | 0.1        | event
        9            | 12         | a         | 0.1        | law
        10           | 13         | b         | 0.9        | date
        """,
        start_offset=pl.Int32(),
        end_offset=pl.Int32(),
        confidence=pl.Float64(),
    ).with_columns(version_id=pl.lit(1))
    kept = overlaps.without_overlaps(rows, ["a", "b"])
    assert kept["kind"].to_list() == ["event", "law"]


def test_a_surface_that_is_not_the_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    shifted = EXTRACTORS["gazetteer"](of("In Iran")).with_columns(pl.col("start_offset") - 1)
    monkeypatch.setitem(EXTRACTORS, "gazetteer", lambda _: shifted)

    with pytest.raises(SchemaMismatch, match="gazetteer"):
        mentions(of("In Iran"))


PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["President ", "Rahmon", " (AWQ) ", "of ", "Agency for Water Quality ", "\n", "U.S.", "“"]
    ),
    st.sampled_from(["Иран", "е ", "Министерство обороны ", "وزارت امور خارجه ", "\u200c"]),
    st.sampled_from(["é", "\u0301", "2011", " May ", "№ ", "’s ", "(", "Law “"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_read_and_offsets_hold(body: str) -> None:
    rows = mentions(of(body))

    spans = rows.select("start_offset", "end_offset", "surface").rows()
    assert all(body[start:end] == surface for start, end, surface in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize(
    "unit", ["A a ", "ABC (of the and) ", "President ", "“On the A ", "И. О. "]
)
def test_a_long_monotonous_text_is_read_in_time(unit: str) -> None:
    mentions(of(unit * (60_000 // len(unit))))
