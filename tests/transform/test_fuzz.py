"""Whatever becomes of a page or a date on its way, reading it ends in an outcome.

`benchmarks/fuzz.py` does the same for as long as one likes.
"""

import re
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.transform.pages import dateforms, dateline, read_row
from tests.conftest import ROOT
from tests.transform.mutations import dateline as some_dateline
from tests.transform.mutations import mutated
from tests.transform.rawpages import raw

KEPT = sorted((ROOT / "src/etl/sources/zarafshan-review/articles").glob("*.*"))

UNFORESEEN = re.compile(r"[A-Z]\w+: ")
"""How the reason of a page begins over which the reader stumbled: `KeyError: `."""

SEEDS = st.integers(min_value=0, max_value=2**32)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(SEEDS)
def test_no_damaged_page_is_more_than_the_reader_can_take(seed: int) -> None:
    dice = Random(seed)
    page = mutated(dice.choice(KEPT).read_bytes(), dice)

    told = read_row(raw(page).row(0, named=True), "en", "Asia/Dushanbe", 5_000_000)

    assert not UNFORESEEN.match(str(told.get("reason", "")))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(SEEDS)
def test_no_line_is_more_than_the_date_grammar_can_take(seed: int) -> None:
    line = some_dateline(Random(seed))

    dateline.read_line(line)
    dateforms.read_value(line)
    dateforms.read_url(f"https://herald.example/{line}/a")


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_no_text_is_more_than_the_date_grammar_can_take(text: str) -> None:
    dateline.read_line(text)
    dateforms.read_value(text)
