"""What the labeller learns from: examples, noise, and references that are made up."""

import random
from collections import Counter
from collections.abc import Callable

import pytest

from etl.transform.citations.word_labels import LABELS
from training.citations.cyrillic import Cyrillic
from training.citations.data import NUMBERS, Segments, example, key, printed, without
from training.citations.latin import Maker
from training.citations.noise import FAULTS, introduced, noisy, numbered
from training.citations.persian import Persian
from training.citations.pools import harvest
from training.citations.render import render

LABELLED: list[Segments] = [
    [
        ("author", "Shaw, Ann"),
        ("O", ", and "),
        ("author", "Lee, Omar. "),
        ("title", "Rivers of the steppe. "),
        ("container", "Journal of Steppe Studies "),
        ("volume", "vol. 12"),
        ("O", ", "),
        ("pages", "pp. 15–20."),
        ("date", " 2004"),
    ],
    [
        ("author", "Brandt, Lena. "),
        ("title", "The making of the border. "),
        ("place", "Osh: "),
        ("publisher", "Valley Press, "),
        ("date", "1999."),
    ],
    [
        ("author", "Petrova, Nina. "),
        ("title", "Towns between two rivers. "),
        ("O", "In "),
        ("container", "Papers of the valley. "),
        ("date", "2001."),
    ],
]


def labels(segments: Segments) -> list[tuple[str, str]]:
    found = example(segments)
    assert found is not None
    return [(w, LABELS[n]) for w, n in zip(found.split.words, found.labels, strict=True)]


def test_words_that_name_a_field_are_not_of_it() -> None:
    found = dict(labels(LABELLED[0]))

    assert found["vol"] == found["pp"] == "other"
    assert found["12"] == "volume"
    assert found["15"] == found["20"] == "pages"


def test_what_sticks_to_a_number_is_of_it() -> None:
    found = labels(
        [("container", "JINST"), ("O", " "), ("pages", "S08003"), ("O", ". "), ("pages", "98p")]
    )

    assert found == [
        ("JINST", "container"),
        ("S", "pages"),
        ("08003", "pages"),
        ("98", "pages"),
        ("p", "pages"),
    ]


def test_a_doi_behind_its_resolver_is_a_doi() -> None:
    found = labels([("O", "https://doi.org/"), ("doi", "10.1234/abc")])

    assert found == [("https://doi.org/10.1234/abc", "doi")]


def test_what_stands_in_a_set_for_measuring_is_not_learnt() -> None:
    spaced = [(label, text.upper().replace(" ", "  ")) for label, text in LABELLED[0]]

    assert without(LABELLED, [spaced]) == LABELLED[1:]
    assert key(spaced) == key(LABELLED[0])


@pytest.mark.parametrize(
    "fault", [fault for _, fault in FAULTS if fault not in (numbered, introduced)]
)
def test_noise_moves_no_letter_to_another_field(
    fault: Callable[[Segments, random.Random], Segments],
) -> None:
    chance = random.Random(3)
    for item in LABELLED * 20:
        broken = fault(item, chance)
        assert [label for label, _ in broken] == [label for label, _ in item]
        for (_, before), (_, after) in zip(item, broken, strict=True):
            letters = Counter(c for c in before.lower() if c.isalnum())
            assert Counter(c for c in after.lower() if c.isalnum()) == letters


def test_a_pattern_leaves_out_what_a_work_has_not() -> None:
    parts = {
        "title": lambda: ("title", "Rivers"),
        "issue": lambda: None,
        "year": lambda: ("date", "2004"),
    }
    made = render("{title}[, no. {issue}][ <(|(>{year})]", parts, random.Random(1))

    assert made is not None
    assert printed(made) == "Rivers (2004)"
    assert render("{title}, {issue}", parts, random.Random(1)) is None


def makers() -> list[Maker | Cyrillic | Persian]:
    pools = harvest(LABELLED)
    return [Maker(pools, random.Random(7)), Cyrillic(random.Random(7)), Persian(random.Random(7))]


@pytest.mark.parametrize("number", range(3))
def test_references_are_made_up_whole(number: int) -> None:
    maker, chance = makers()[number], random.Random(9)
    made = [maker.reference() for _ in range(400)]
    seen = {label for item in made for label, _ in item}

    assert seen <= set(NUMBERS)
    assert {"author", "title", "container", "date", "pages", "publisher", "place", "url"} <= seen
    assert len({printed(item) for item in made}) > 300
    assert all(example(noisy(item, chance)) for item in made)
    assert not any(c in printed(item) for item in made for c in "{}")


@pytest.mark.parametrize("number", range(3))
def test_the_same_chance_makes_the_same_references(number: int) -> None:
    one, other = makers()[number], makers()[number]

    assert [one.reference() for _ in range(50)] == [other.reference() for _ in range(50)]
