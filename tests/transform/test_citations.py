"""The frames of citations as a whole: works, keys, and what holds for any text."""

from string import ascii_letters

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.schema import Citation, CitationContext, Work, frame_schema, key
from etl.transform.citations import Citations, citations, match
from etl.transform.citations.identifiers import isbn13
from etl.transform.citations.locate import entries
from etl.transform.citations.parse import Reference, parse
from etl.transform.text import fold

RIVERS = "Shaw, A. (2010). Rivers without maps. Journal of Steppe Studies, 12(3), 44–61."
RIVERS_AGAIN = "Shaw A. Rivers Without Maps // Journal of Steppe Studies. – 2010. – P. 44–61."


def read(*lists: str | None) -> Citations:
    """Frames of versions 1, 2, … with these reference lists."""
    return citations(
        pl.DataFrame(
            {
                "version_id": range(1, len(lists) + 1),
                "body": ["Water is short [1]."] * len(lists),
                "reference_text": lists,
            },
            schema_overrides={"reference_text": pl.String},
        )
    )


def test_positions_count_from_1_without_gaps_in_every_version() -> None:
    found = read(f"1. {RIVERS}\n3. Tan M. Roads. Osh, 2002.", RIVERS, None).citations

    assert found.select("version_id", "position", "label").rows() == [
        (1, 1, "1."),
        (1, 2, "3."),
        (2, 1, None),
    ]


def test_raw_is_the_span_of_the_list() -> None:
    text = f"References\n1. {RIVERS}\n2. Tan M. Roads of the\n  valley. Osh, 2002."
    found = read(text).citations

    spans = found.select("raw", "start_offset", "end_offset").rows()
    assert [text[start:end] for _, start, end in spans] == [raw for raw, *_ in spans]
    assert found["citation_id"].to_list() == [key(1, 1), key(1, 2)]


def test_the_same_work_is_one_row_however_it_is_printed() -> None:
    found = read(RIVERS, RIVERS_AGAIN)

    assert found.works["identity"].to_list() == ["ref:shaw|rivers without maps|2010"]
    assert found.citations["work_id"].to_list() == found.works["work_id"].to_list() * 2


def test_the_surest_citation_describes_the_work_whatever_the_order() -> None:
    loose = f"{RIVERS} lent by a friend of a friend in the library of the old town"
    first, second = read(RIVERS, loose).works, read(loose, RIVERS).works

    assert first.equals(second)
    assert first["confidence"].to_list() == [parse(RIVERS).confidence]


def test_a_doi_makes_the_work_the_one_it_is() -> None:
    found = read(f"{RIVERS} doi:10.1234/JSS.5", "Another title altogether. doi:10.1234/jss.5")

    assert found.works["identity"].to_list() == ["doi:10.1234/jss.5"]


@pytest.mark.parametrize(
    ("reference", "identity"),
    [
        (Reference(title="Rivers", isbn="9780306406157", kind="book"), "isbn:9780306406157"),
        (Reference(title="Rivers", isbn="9780306406157", kind="chapter"), "ref:|rivers|"),
        (Reference(title="Rivers!", authors=("Ann Shaw",), year=2001), "ref:shaw|rivers|2001"),
        (Reference(title="Rivers", editors=("Shaw, Ann",)), "ref:shaw|rivers|"),
        (Reference(authors=("Shaw, Ann",), year=2001), None),
        (Reference(title="???"), None),
    ],
)
def test_identity_is_doi_or_isbn_or_author_title_and_year(
    reference: Reference, identity: str | None
) -> None:
    assert match.identity(reference) == identity


def test_an_entry_without_title_cites_no_work() -> None:
    found = read("1. Ibid., p. 5.\n2. Там же. С. 7.")

    assert found.citations["work_id"].to_list() == [None, None]
    assert found.works.is_empty()


def test_a_work_known_by_its_doi_alone_takes_the_entry_as_title() -> None:
    works = read("doi:10.1234/abc").works

    assert works.select("identity", "title").rows() == [("doi:10.1234/abc", "doi:10.1234/abc")]


def test_a_title_key_fits_an_index_however_long_the_title() -> None:
    works = read("Нуров Б. " + "Вода и власть " * 120 + "// Вестник. – 2004. – № 2.").works

    assert len(works["identity"][0].encode()) < 2_700
    assert len(works["title_key"][0].encode()) < 2_700


def test_frames_have_the_columns_of_their_tables_even_when_empty() -> None:
    for found in (read(RIVERS), read(None), read("")):
        assert found.works.schema == frame_schema(Work)
        assert found.citations.schema == frame_schema(Citation)
        assert found.citation_contexts.schema == frame_schema(CitationContext)


SIGNS = st.sampled_from([*".,:;()[]«»“”\"'-–—/№& \t\n", "//", ". – ", ", "])
WORDS = """
    Shaw | A. | Каримова | И. И. | احمدی | علی | 2004 | ۱۳۸۷ | 12 | (3) | pp. | С. | In | eds.
    | Osh | М.: | Press | and | и | et al. | [1] | 2. | ¹ | http://a.b/c | 10.1234/x
"""
PIECES = st.sampled_from([word.strip() for word in WORDS.split("|")])
LIKE_LISTS = st.lists(st.one_of(PIECES, SIGNS, st.text(max_size=4)), max_size=60).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=300), LIKE_LISTS))
def test_any_text_is_read_without_failing(text: str) -> None:
    reference = parse(text)

    assert 0 <= reference.confidence <= 1
    assert reference.title is None or reference.title.strip()
    assert reference.year is None or 1300 <= reference.year <= 2099
    assert reference.isbn is None or isbn13(reference.isbn) == reference.isbn
    assert reference.doi is None or (
        reference.doi.startswith("10.") and reference.doi == reference.doi.lower()
    )


@settings(max_examples=200, deadline=None)
@given(LIKE_LISTS)
def test_entries_of_any_text_are_spans_in_order_without_white_space(text: str) -> None:
    found = entries(text)

    ends = [0, *(end for *_, end in found)]
    for (_, start, end), before in zip(found, ends[:-1], strict=True):
        assert before <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()


@settings(max_examples=60, deadline=None)
@given(LIKE_LISTS, LIKE_LISTS)
def test_any_version_gives_frames_that_fit_their_tables(body: str, list_: str) -> None:
    found = citations(pl.DataFrame({"version_id": [1], "body": [body], "reference_text": [list_]}))

    assert found.works["work_id"].is_unique().all()
    assert set(found.citations["work_id"].drop_nulls()) == set(found.works["work_id"])
    assert found.citation_contexts["context_id"].is_unique().all()
    for row in found.citation_contexts.to_dicts():
        assert body[row["start_offset"] : row["end_offset"]] == row["surface"]
        assert row["sentence_start_offset"] <= row["start_offset"]
        assert row["end_offset"] <= row["sentence_end_offset"]


@given(st.text(alphabet=ascii_letters, min_size=1, max_size=8), st.integers(1500, 2030))
@settings(max_examples=50, deadline=None)
def test_names_and_years_do_not_depend_on_letters(word: str, year: int) -> None:
    name = word.capitalize() + "aro"
    reference = parse(f"{name}, A. ({year}). Rivers and roads. Steppe Studies, 3(1), 4–9.")

    assert (fold(reference.authors[0]), reference.year) == (fold(f"{name}, A."), year)
