"""An article that repeats an earlier one points to it, in whatever order batches come."""

import itertools
import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa

from etl.schema import ArticleVersion, Signature
from etl.transform.signatures import shingles, signature, similarity
from tests.load.rows import Frames, Page, batch, changed, dump, empty, load, marks, select, written

WORDS = tuple(
    f"{a}{b}{c}" for a in "bdgkt" for b in ("a", "ei", "ou") for c in ("lan", "mer", "sit")
)


def prose(seed: str, words: int = 300) -> str:
    """Invented text; of other seeds, another one."""
    dice = random.Random(seed)
    return " ".join(dice.choice(WORDS) + dice.choice(WORDS) for _ in range(words))


def edited(text: str, share: float, seed: str = "edit") -> str:
    """`text` with a share of its words replaced, evenly spread."""
    dice, words = random.Random(seed), text.split()
    step = round(1 / share)
    for place in range(dice.randrange(step), len(words), step):
        words[place] = f"edited{dice.randrange(10_000)}"
    return " ".join(words)


ORIGINAL = prose("railway", 600)
SECOND = edited(ORIGINAL, 0.1, "second")
THIRD = edited(SECOND, 0.1, "third")


def on(day: int, month: int = 3) -> datetime:
    return datetime(2024, month, day, tzinfo=UTC)


def page(url: str, text: str = ORIGINAL, published: datetime | None = None, **more: Any) -> Page:
    return Page(url, more.pop("day", 9), text, published=published, **more)


def pointers(engine: sa.Engine) -> dict[str, str]:
    """URL of the original, by URL of the reprint."""
    return {
        str(url): str(original)
        for url, original in select(
            engine,
            "select a.url, o.url from warehouse.articles as a "
            "join warehouse.articles as o on o.article_id = a.reprint_of_article_id order by 1",
        )
    }


def similarities(engine: sa.Engine) -> dict[str, float]:
    """Similarity to the original, by URL of the reprint."""
    query = "select url, reprint_similarity from warehouse.articles"
    found = select(engine, f"{query} where reprint_similarity is not null")
    return {str(url): float(share) for url, share in found}


def true_similarity(one: str, other: str) -> float:
    """Jaccard similarity of all shingles."""
    a, b = shingles(one), shingles(other)
    return len(a & b) / len(a | b)


class TestAReprint:
    def test_points_to_the_earlier_article_with_its_similarity(self, warehouse: sa.Engine) -> None:
        copy = page("copy", edited(ORIGINAL, 0.05), on(8))
        first = page("first", published=on(1))

        load(warehouse, batch(first, copy))

        assert pointers(warehouse) == {"copy": "first"}
        assert similarities(warehouse)["copy"] == pytest.approx(
            true_similarity(first.body, copy.body), abs=0.06
        )

    def test_may_be_of_another_source(self, warehouse: sa.Engine) -> None:
        load(warehouse, batch(page("first", published=on(1)), source="other"), source="other")

        counts = load(warehouse, batch(page("copy", published=on(8))), "second")

        assert pointers(warehouse) == {"copy": "first"}
        assert similarities(warehouse) == {"copy": 1.0}
        assert written(counts)["articles"] == (1, 0, 0)

    def test_is_what_was_loaded_before_its_original(self, warehouse: sa.Engine) -> None:
        load(warehouse, batch(page("copy", published=on(8))))
        assert pointers(warehouse) == {}

        counts = load(warehouse, batch(page("first", published=on(1))), "second")

        assert pointers(warehouse) == {"copy": "first"}
        assert written(counts)["articles"] == (1, 1, 0)

    def test_moves_to_an_earlier_original_that_comes_later(self, warehouse: sa.Engine) -> None:
        load(warehouse, batch(page("second", published=on(5)), page("third", published=on(8))))
        assert pointers(warehouse) == {"third": "second"}

        load(warehouse, batch(page("first", published=on(1))), "second")

        assert pointers(warehouse) == {"second": "first", "third": "first"}

    def test_is_none_any_more_once_its_text_changes(self, warehouse: sa.Engine) -> None:
        load(warehouse, batch(page("first", published=on(1)), page("copy", published=on(8))))

        load(warehouse, batch(page("copy", prose("canal"), on(8), day=20)), "second")

        assert pointers(warehouse) == {}
        assert similarities(warehouse) == {}

    def test_is_none_any_more_once_its_original_changes(self, warehouse: sa.Engine) -> None:
        copies = [page(url, published=on(day)) for url, day in (("copy", 8), ("another", 9))]
        load(warehouse, batch(page("first", published=on(1)), *copies))

        load(warehouse, batch(page("first", prose("canal"), on(1), day=20)), "second")

        assert pointers(warehouse) == {"another": "copy"}

    def test_turns_round_when_a_date_is_corrected(self, warehouse: sa.Engine) -> None:
        load(warehouse, batch(page("a", published=on(1)), page("b", published=on(8))))
        assert pointers(warehouse) == {"b": "a"}

        corrected = page("a", ORIGINAL + " corrected", on(20), day=20)
        load(warehouse, batch(corrected), "second")

        assert pointers(warehouse) == {"a": "b"}

    def test_keeps_its_similarity_current(self, warehouse: sa.Engine) -> None:
        load(warehouse, batch(page("first", published=on(1)), page("copy", published=on(8))))

        load(warehouse, batch(page("first", edited(ORIGINAL, 0.07), on(1), day=20)), "second")

        assert pointers(warehouse) == {"copy": "first"}
        assert 0.4 < similarities(warehouse)["copy"] < 0.75

    def test_of_a_reprint_points_to_the_earliest_of_all(self, warehouse: sa.Engine) -> None:
        second, third = SECOND, THIRD
        assert true_similarity(ORIGINAL, third) < 0.4 < true_similarity(second, third)

        for number, (url, text) in enumerate(
            {"third": third, "first": ORIGINAL, "second": second}.items()
        ):
            day = {"first": 1, "second": 5, "third": 8}[url]
            load(warehouse, batch(page(url, text, on(day))), str(number))

        assert pointers(warehouse) == {"second": "first", "third": "first"}
        assert similarities(warehouse)["third"] == pytest.approx(
            true_similarity(ORIGINAL, third), abs=0.06
        )

    def test_does_not_point_to_what_it_has_nothing_in_common_with(
        self, warehouse: sa.Engine
    ) -> None:
        issues, text = [], ORIGINAL
        for number in range(6):
            issues.append(page(f"issue {number}", text, on(1 + number)))
            text = edited(text, 0.1, str(number))

        load(warehouse, batch(*issues))

        assert pointers(warehouse)["issue 1"] == "issue 0"
        assert pointers(warehouse)["issue 5"] not in ("issue 0", "issue 1")
        assert min(similarities(warehouse).values()) > 0.15


class TestEarlier:
    """Which of two alike is the original."""

    def test_is_what_was_seen_first_where_no_date_is_known(self, warehouse: sa.Engine) -> None:
        load(warehouse, batch(page("late", day=8), page("early", day=3)))

        assert pointers(warehouse) == {"late": "early"}

    def test_is_what_was_seen_before_the_other_says_it_was_published(
        self, warehouse: sa.Engine
    ) -> None:
        dated = page("dated", published=on(20, month=5), day=25)

        load(warehouse, batch(page("undated", day=3), dated))

        assert pointers(warehouse) == {"dated": "undated"}

    @pytest.mark.parametrize(("precision", "original"), [("day", "vague"), ("month", "exact")])
    def test_is_a_month_only_at_its_end(
        self, warehouse: sa.Engine, precision: str, original: str
    ) -> None:
        frames = batch(page("vague", published=on(1)), page("exact", ORIGINAL + " it", on(10)))
        vague = pl.col("published_at") == on(1)
        frames[ArticleVersion] = frames[ArticleVersion].with_columns(
            published_precision=pl.when(vague).then(pl.lit(precision)).otherwise(pl.lit("day"))
        )

        load(warehouse, frames)

        assert set(pointers(warehouse).values()) == {original}

    def test_is_the_smaller_key_at_the_same_time(self, warehouse: sa.Engine) -> None:
        pages = [page(url, published=on(1)) for url in "abcd"]
        first = min(pages, key=lambda p: p.article_id("steppe"))

        for number, each in enumerate(pages):
            load(warehouse, batch(each), str(number))

        assert set(pointers(warehouse).values()) == {first.url}
        assert len(pointers(warehouse)) == 3


class TestNoReprint:
    def test_is_another_text(self, warehouse: sa.Engine) -> None:
        load(warehouse, batch(*(page(url, prose(url)) for url in "abcdef")))

        assert pointers(warehouse) == {}

    def test_is_a_text_in_another_language(self, warehouse: sa.Engine) -> None:
        load(warehouse, batch(page("a", language="fa"), page("b", language="tg")))

        assert pointers(warehouse) == {}

    def test_unless_a_language_is_not_known(self, warehouse: sa.Engine) -> None:
        load(warehouse, batch(page("a", day=1, language="fa"), page("b", language=None)))

        assert pointers(warehouse) == {"b": "a"}

    def test_is_a_short_article_in_the_frame_of_another(self, warehouse: sa.Engine) -> None:
        frame = prose("frame", 75)

        load(warehouse, batch(*(page(url, f"{frame} {prose(url, 25)}") for url in "abcd")))

        assert pointers(warehouse) == {}

    def test_is_a_text_too_short_to_tell(self, warehouse: sa.Engine) -> None:
        load(warehouse, batch(page("a", prose("a", 40)), page("b", prose("a", 40))))

        assert pointers(warehouse) == {}

    def test_is_an_earlier_version_of_the_same_article(self, warehouse: sa.Engine) -> None:
        load(warehouse, batch(page("a", day=1), page("a", edited(ORIGINAL, 0.02), day=5)))

        assert pointers(warehouse) == {}


def test_a_short_notice_that_is_the_same_word_by_word_is_a_reprint(warehouse: sa.Engine) -> None:
    load(warehouse, batch(page("a", prose("a", 60), day=1), page("b", prose("a", 60))))

    assert pointers(warehouse) == {"b": "a"}


def test_loading_reprints_again_writes_nothing(warehouse: sa.Engine) -> None:
    frames = batch(page("first", published=on(1)), page("copy", edited(ORIGINAL, 0.05), on(8)))
    load(warehouse, frames)
    before = marks(warehouse)

    counts = load(warehouse, frames, "second")

    assert written(counts) == {}
    assert marks(warehouse) == before


def test_looking_again_writes_only_what_changes(warehouse: sa.Engine) -> None:
    load(warehouse, batch(page("first", published=on(1)), page("copy", published=on(8))))
    before = select(warehouse, "select ctid, xmin from warehouse.articles where url = 'copy'")

    counts = load(warehouse, batch(page("first", published=on(1), day=20)), "second")

    assert written(counts)["articles"] == (0, 1, 0)
    assert (
        select(warehouse, "select ctid, xmin from warehouse.articles where url = 'copy'") == before
    )


def test_a_signature_that_is_taken_away_takes_the_pointer_along(warehouse: sa.Engine) -> None:
    frames = batch(page("first", published=on(1)), page("copy", published=on(8)))
    load(warehouse, frames)
    unsigned: Frames = {
        **frames,
        ArticleVersion: changed(frames[ArticleVersion], {"derived_hash": None}),
        Signature: frames[Signature].clear(),
    }

    counts = load(warehouse, unsigned, "second")

    assert counts["signatures"].deleted == 2
    assert pointers(warehouse) == {}


def test_the_publish_measures_as_the_transform_does(warehouse: sa.Engine) -> None:
    first, copy = page("first", published=on(1)), page("copy", edited(ORIGINAL, 0.07), on(8))
    one, other = signature(first.body), signature(copy.body)
    assert one
    assert other

    load(warehouse, batch(first, copy))

    assert similarities(warehouse) == {"copy": similarity(one[2], other[2])}


BATCHES: tuple[Callable[[], Frames], ...] = (
    lambda: batch(page("first", published=on(1)), page("lone", prose("lone"))),
    lambda: batch(page("second", SECOND, on(5), day=2), page("third", THIRD, on(8))),
    lambda: batch(page("second", prose("other"), on(5), day=12), page("undated", THIRD, day=3)),
    lambda: batch(page("second", SECOND, on(5), day=14), page("first", THIRD, on(9), day=7)),
    lambda: batch(page("abroad", SECOND, on(2)), page("fa", SECOND, on(1), language="fa")),
)
"""Chains, texts that change and change back, dates that move, another source and language."""

ORDERS = list(itertools.permutations(range(len(BATCHES))))


@pytest.mark.slow
def test_batches_in_any_order_leave_the_same_pointers(warehouse: sa.Engine) -> None:
    made = [make() for make in BATCHES]
    ends = []
    for order in [ORDERS[0], ORDERS[-1], *random.Random(2).sample(ORDERS[1:-1], 7)]:
        empty(warehouse)
        for number in order:
            load(warehouse, made[number], f"{order} {number}")
        ends.append(dump(warehouse))

    assert all(end == ends[0] for end in ends)
    assert len(pointers(warehouse)) >= 3


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_any_story_of_edits_ends_as_if_told_at_once(warehouse: sa.Engine, seed: int) -> None:
    dice = random.Random(seed)
    texts = [ORIGINAL]
    for number in range(5):
        texts.append(edited(dice.choice(texts), dice.choice((0.04, 0.1, 0.12)), str(number)))
    pages = [
        Page(
            f"u{dice.randrange(7)}",
            dice.randrange(1, 29),
            dice.choice(texts),
            published=dice.choice((None, on(dice.randrange(1, 28)))),
            language=dice.choice(("en", "en", "ru", None)),
        )
        for _ in range(12)
    ]
    unique = list({(p.url, p.content_hash): p for p in pages}.values())
    load(warehouse, batch(*unique), "at once")
    at_once = dump(warehouse)

    for _ in range(2):
        empty(warehouse)
        dice.shuffle(unique)
        for number, each in enumerate(unique):
            load(warehouse, batch(each), f"{seed} {number} {each.day}")
        assert dump(warehouse) == at_once
    assert pointers(warehouse)
