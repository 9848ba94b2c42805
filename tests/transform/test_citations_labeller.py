"""Words, their labels by the model that is shipped, and the fields made of them."""

import itertools
import random
import subprocess
import sys
import time

import pytest

from etl.transform.citations import labeller
from etl.transform.citations.parse import VERSION, parse, parse_all
from etl.transform.citations.reference import Reference, Segment
from etl.transform.citations.tokens import MOST_WORDS, shape, split
from etl.transform.citations.word_labels import LABELS
from tests.transform.citation_styles import STYLES

RAWS = [raw for raw, _ in STYLES.values()]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("Шарипов С.А. – С. 15–20.", ["Шарипов", "С", "А", "С", "15", "20"]),
        ("O’Neill, 178с", ["O’Neill", "178", "с"]),
        ("McGraw-HillNew York", ["Mc", "Graw", "Hill", "New", "York"]),
        ("см.: https://example.org/a_b?c=(1).", ["см", "https://example.org/a_b?c=(1"]),
        ("doi:10.1234/abc.5,", ["doi", "10.1234/abc.5"]),
        ("می‌خواهم ۱۳۸۷", ["می‌خواهم", "۱۳۸۷"]),
        ("—", []),
    ],
)
def test_words(raw: str, words: list[str]) -> None:
    assert split(raw).words == words


@pytest.mark.parametrize("raw", RAWS)
def test_words_and_gaps_are_the_reference(raw: str) -> None:
    parts = split(raw)
    pairs = zip(parts.gaps, [*parts.words, ""], strict=True)

    assert "".join(gap + word for gap, word in pairs).strip() == raw.strip()
    assert all(
        raw[start:].startswith(word) for word, start in zip(parts.words, parts.starts, strict=True)
    )


def test_shapes_differ() -> None:
    words = [
        "7",
        "12",
        "144",
        "1998",
        "۱۳۸۷",
        "0999",
        "12345",
        "A",
        "a",
        "map",
        "Map",
        "UN",
        "UNDP",
    ]

    assert len({shape(word) for word in words}) == len(words)


def test_a_reference_is_labelled_alone_as_among_others() -> None:
    mixed = RAWS * 3
    random.Random(5).shuffle(mixed)
    together = dict(zip(mixed, labeller.labelled(mixed), strict=True))

    for raw in RAWS:
        alone = labeller.labelled([raw])[0]
        assert alone.labels == together[raw].labels
        assert alone.sureness == pytest.approx(together[raw].sureness, abs=1e-4)


def test_many_are_read_as_one_by_one() -> None:
    assert parse_all(RAWS) == [parse(raw) for raw in RAWS]


@pytest.mark.parametrize("raw", RAWS)
def test_segments_are_spans_in_order(raw: str) -> None:
    spans = [(segment.start, segment.end) for segment in parse(raw).segments]

    assert all(0 <= start < end <= len(raw) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    assert all(0 < segment.confidence <= 1 for segment in parse(raw).segments)
    assert all(segment.field in LABELS for segment in parse(raw).segments)


def test_tags_move_no_span() -> None:
    raw = "Shaw, A. (2010). <i>Rivers</i>. Osh: Valley Press."
    title = next(segment for segment in parse(raw).segments if segment.field == "title")

    assert raw[title.start : title.end] == "Rivers"


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        "—",
        "\x00",
        "1",
        "a" * 5000,
        "A. " * 900,
        "1 " * 900,
        "((((" * 400,
        "\ud800",
        "م " * 700,
    ],
)
def test_anything_is_read(raw: str) -> None:
    assert isinstance(parse(raw), Reference)


def test_a_very_long_entry_is_read_at_its_beginning() -> None:
    found = labeller.labelled(["a " * 1000])[0]

    assert len(found.labels) == len(found.sureness) == MOST_WORDS


def test_a_repeated_entry_takes_no_longer_than_all_others() -> None:
    begun = time.process_time()
    parse_all(RAWS * 20)

    assert time.process_time() - begun < 30


def test_the_model_is_loaded_where_a_reference_is_read_and_not_before() -> None:
    code = (
        "import sys, etl.transform.citations as c\n"
        "assert 'onnxruntime' not in sys.modules\n"
        "from etl.transform.citations.parse import parse\n"
        "print(parse('Shaw, A. (2010). Rivers. Osh: Valley Press.').title)\n"
        "assert 'torch' not in sys.modules"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "Rivers"


def test_a_segment_says_where_its_field_stands() -> None:
    raw = "Shaw, A. (2010). Rivers. Osh: Valley Press."

    assert [(s.field, raw[s.start : s.end]) for s in parse(raw).segments] == [
        ("author", "Shaw, A."),
        ("date", "2010"),
        ("title", "Rivers"),
        ("place", "Osh"),
        ("publisher", "Valley Press"),
    ]
    assert isinstance(parse(raw).segments[0], Segment)


def test_rows_say_which_model_read_them() -> None:
    card = labeller.MODEL.with_suffix(".md").read_text(encoding="utf-8")

    assert VERSION.startswith(labeller.version())
    assert labeller.version() in card
