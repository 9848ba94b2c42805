"""Rows of one entry: names by role, and the stretches that a parser labelled."""

import polars as pl
import pytest

from etl.schema import CitationField, CitationName, conform, frame_schema, key
from etl.transform.citations import citations, rows
from etl.transform.citations.reference import Reference, Segment

RAW = "Shaw A., Steppe Council. Rivers / ed. by M. Tan. 2010."
ENTRY = rows.Entry(7, 2, "2.", RAW, 100)


def test_names_are_counted_over_all_roles() -> None:
    reference = Reference(
        authors=("Shaw A.", "Steppe Council"), editors=("M. Tan",), translators=("Нуров Б.К.",)
    )

    found = list(rows.names(ENTRY, reference))

    assert [(r["position"], r["role"], r["printed"]) for r in found] == [
        (1, "author", "Shaw A."),
        (2, "author", "Steppe Council"),
        (3, "editor", "M. Tan"),
        (4, "translator", "Нуров Б.К."),
    ]
    assert [r["family"] for r in found] == ["Shaw", None, "Tan", "Нуров"]
    assert [r["literal"] for r in found] == [None, "Steppe Council", None, None]
    assert {r["citation_id"] for r in found} == {key(7, 2)}
    frame = pl.DataFrame(found, schema=frame_schema(CitationName), orient="row")
    assert conform(frame, CitationName).height == 4


def test_fields_are_spans_of_the_list_in_their_order() -> None:
    title, author = RAW.index("Rivers"), 0
    reference = Reference(
        segments=(
            Segment("title", title, title + 6, 0.8),
            Segment("author", author, 7, 0.95),
            Segment("O", 7, 9, 0.5),
        )
    )

    found = list(rows.fields(ENTRY, reference))

    assert [(r["position"], r["field"], r["surface"], r["confidence"]) for r in found] == [
        (1, "author", "Shaw A.", 0.95),
        (2, "title", "Rivers", 0.8),
    ]
    assert [(r["start_offset"], r["end_offset"]) for r in found] == [
        (100, 107),
        (100 + title, 106 + title),
    ]
    frame = pl.DataFrame(found, schema=frame_schema(CitationField), orient="row")
    assert conform(frame, CitationField).height == 2


@pytest.mark.parametrize(
    "segment",
    [
        Segment("title", 5, 5, 1.0),
        Segment("title", 5, len(RAW) + 1, 1.0),
        Segment("title", -1, 5, 1.0),
        Segment("weather", 0, 5, 1.0),
    ],
)
def test_a_stretch_that_is_no_field_of_the_entry_is_left_out(segment: Segment) -> None:
    assert list(rows.fields(ENTRY, Reference(segments=(segment,)))) == []


def test_every_segment_of_the_parser_is_a_span_of_the_reference_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def labelled(raws: list[str]) -> list[Reference]:
        return [Reference(title=r, segments=(Segment("title", 0, len(r), 0.7),)) for r in raws]

    monkeypatch.setattr("etl.transform.citations.parse_all", labelled)
    text = "1. Шоу А. Реки. Ош, 2001.\n2. Tan M. Roads. Osh, 2002."
    versions = pl.DataFrame({"version_id": [1], "body": ["Water [1]."], "reference_text": [text]})

    found = citations(versions).citation_fields

    spans = found.select("surface", "start_offset", "end_offset").rows()
    assert [text[start:end] for _, start, end in spans] == [surface for surface, *_ in spans]
    assert len(spans) == 2
