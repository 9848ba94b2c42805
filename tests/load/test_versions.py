"""An article's versions find their places, in whatever order batches come."""

import itertools
import random
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from etl.schema import (
    Mention,
)
from tests.load.rows import (
    Page,
    batch,
    dump,
    empty,
    load,
    reread,
    select,
    written,
)

VERSIONS = (
    "select version_number, is_current, split_part(body, e'\\n', 1), "
    "extract(day from seen_from_at), extract(day from fetched_at), extract(day from seen_to_at) "
    "from warehouse.article_versions order by version_number"
)


def test_an_article_that_changes_and_changes_back_has_two_versions(warehouse: sa.Engine) -> None:
    for day, text in ((1, "one"), (4, "two"), (8, "one")):
        load(warehouse, batch(Page("a", day, text)), f"day {day}")

    assert select(warehouse, VERSIONS) == [
        (1, True, "one", 1, 8, None),
        (2, False, "two", 4, 4, 8),
    ]


def test_a_version_ends_when_another_was_first_shown_not_when_it_was_last(
    warehouse: sa.Engine,
) -> None:
    for day, text in ((1, "one"), (4, "two"), (9, "two")):
        load(warehouse, batch(Page("a", day, text)), f"day {day}")

    assert select(warehouse, VERSIONS) == [
        (1, False, "one", 1, 1, 4),
        (2, True, "two", 4, 9, None),
    ]


def test_two_contents_of_one_moment_have_an_order(warehouse: sa.Engine) -> None:
    one, two = sorted((Page("a", 3, "one"), Page("a", 3, "two")), key=lambda p: p.content_hash)

    load(warehouse, batch(two, one))

    assert select(warehouse, VERSIONS) == [
        (1, False, one.text, 3, 3, 3),
        (2, True, two.text, 3, 3, None),
    ]


def test_an_older_batch_never_replaces_a_newer_text(warehouse: sa.Engine) -> None:
    load(warehouse, batch(Page("a", 5, "new")))

    load(warehouse, batch(Page("a", 3, "old")), "late")

    assert select(warehouse, VERSIONS) == [(1, False, "old", 3, 3, 5), (2, True, "new", 5, 5, None)]


def test_an_older_batch_never_replaces_rows_below_a_version(warehouse: sa.Engine) -> None:
    load(warehouse, batch(Page("a", 5, mentions=("NATO", "CSTO"))))
    older = batch(Page("a", 3, mentions=("NATO", "CSTO")))

    counts = load(warehouse, reread(older, mentions=older[Mention].clear()), "late")

    assert written(counts) == {"articles": (0, 1, 0), "article_versions": (0, 1, 0)}
    assert select(warehouse, "select surface from warehouse.mentions order by 1") == [
        ("CSTO",),
        ("NATO",),
    ]
    assert select(warehouse, VERSIONS) == [(1, True, "Nothing happened.", 3, 5, None)]


DIFFS = (
    "select version_number, split_part(body, e'\\n', 1), changed_word_count, "
    "round(changed_share::numeric, 3)::float8 "
    "from warehouse.article_versions order by version_number"
)


def test_a_new_version_says_how_many_words_came_and_went(warehouse: sa.Engine) -> None:
    load(warehouse, batch(Page("a", 1, "The canal is old, and its gates are shut.")))

    load(warehouse, batch(Page("a", 2, "The canal is new; its gates are shut today.")), "second")

    # Of 9 words in each and 2 of the title: `old` and `and` went, `new` and `today` came.
    assert select(warehouse, DIFFS) == [
        (1, "The canal is old, and its gates are shut.", None, None),
        (2, "The canal is new; its gates are shut today.", 4, round(4 / 22, 3)),
    ]


def test_title_and_references_count_and_words_that_moved_do_not(warehouse: sa.Engine) -> None:
    load(warehouse, batch(Page("a", 1, "Gates first, fields later.", title="Old gates")))
    moved = Page("a", 2, "Fields first, gates later.", title="New gates", cites=("Zinc mines",))

    load(warehouse, batch(moved), "second")

    # `Old`, `New`, the marker of two words, two words of the list; capitals count as printed.
    assert select(warehouse, DIFFS)[1][2] == 2 + 2 + 2 + 4


def test_persian_and_russian_words_are_compared_whatever_the_locale(warehouse: sa.Engine) -> None:
    load(warehouse, batch(Page("a", 1, "Канал стар. آب می‌آید")))

    load(warehouse, batch(Page("a", 2, "Канал нов. آب نمی‌آید")), "second")

    assert select(warehouse, DIFFS)[1][2] == 4


def test_an_older_version_that_comes_late_changes_the_figure_of_its_successor(
    warehouse: sa.Engine,
) -> None:
    load(warehouse, batch(Page("a", 1, "one two three")))
    load(warehouse, batch(Page("a", 5, "one two three four five six")), "second")
    assert select(warehouse, DIFFS)[1][:3] == (2, "one two three four five six", 3)

    load(warehouse, batch(Page("a", 3, "one two three four")), "late")

    assert [row[:3] for row in select(warehouse, DIFFS)] == [
        (1, "one two three", None),
        (2, "one two three four", 1),
        (3, "one two three four five six", 2),
    ]


def test_a_version_that_turns_out_to_be_the_first_has_no_figure_any_more(
    warehouse: sa.Engine,
) -> None:
    load(warehouse, batch(Page("a", 3, "one two")))
    load(warehouse, batch(Page("a", 5, "one")), "second")

    load(warehouse, batch(Page("a", 1, "one")), "late")

    assert [row[:3] for row in select(warehouse, DIFFS)] == [(1, "one", None), (2, "one two", 1)]


def test_a_page_seen_again_keeps_its_figure_and_its_siblings_are_not_written(
    warehouse: sa.Engine,
) -> None:
    load(warehouse, batch(Page("a", 1, "one")))
    load(warehouse, batch(Page("a", 2, "one two")), "second")

    counts = load(warehouse, batch(Page("a", 4, "one two")), "again")

    assert written(counts)["article_versions"] == (0, 1, 0)
    assert [row[:3] for row in select(warehouse, DIFFS)] == [(1, "one", None), (2, "one two", 1)]


BATCHES = (
    batch(
        Page("a", 1, "one", mentions=("NATO", "Csto"), cites=("The long way to Khorog",)),
        Page("b", 1, "first", authors=("A. KARIMOV",), cites=("Tin", "Zinc")),
    ),
    batch(
        Page("a", 3, "two", mentions=("Nato",), cites=("Tin",)),
        Page("c", 3, title="The long way to Khorog", published=datetime(2020, 5, 1, tzinfo=UTC)),
    ),
    batch(
        Page("a", 5, "one", mentions=("NATO", "Csto"), cites=("The long way to Khorog",)),
        Page("b", 5, "second", authors=("A. Karimov",), cites=("Zinc", "Tin"), work_url="c"),
    ),
    reread(
        batch(Page("a", 4, "one", mentions=("NATO", "Csto"), cites=("The long way to Khorog",)))
    ),
    batch(Page("d", 2, mentions=("NATO",), cites=("the LONG way to khorog",)), source="other"),
)
"""Changes there and back, older reads of a newer version, spellings, a work before its article."""

ORDERS = list(itertools.permutations(range(len(BATCHES))))


@pytest.mark.slow
def test_batches_in_any_order_end_alike(warehouse: sa.Engine) -> None:
    ends = []
    for order in [ORDERS[0], ORDERS[-1], *random.Random(1).sample(ORDERS[1:-1], 8)]:
        empty(warehouse)
        for number in order:
            load(warehouse, BATCHES[number], f"{order} {number}")
        ends.append(dump(warehouse))

    assert all(end == ends[0] for end in ends)
    assert len(ends[0]["article_versions"]) == 6
    assert sum(row[-1] is not None for row in ends[0]["works"]) == 3
