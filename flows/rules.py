"""What a run has to say of the rules of a source: those that ended, those that gave nothing."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from etl.sources import Rule
from etl.sources.reading import expired


def ended(rules: Sequence[Rule], today: date) -> list[str]:
    """One line per rule that is over and that no other follows."""
    return [
        f"`{rule.label}` held until {rule.valid_until}: pages are read without it; look at them "
        "with `etl sources check` and write a later day, or remove it"
        for rule in expired(rules, today)
    ]


def idle(rules: Sequence[Rule], pages: pl.DataFrame) -> list[str]:
    """One line per rule that gave nothing on some pages of a batch.

    What is to be dropped need not be on every page: such a rule is told of if it is on none.

    Args:
        rules: The rules of the source.
        pages: Columns of `frames.PAGES`.
    """
    marked_up = pages.filter(pl.col("body_method") != "text")
    lines = []
    for rule in rules:
        held = marked_up.filter(
            pl.col("fetched_at").dt.date().is_between(rule.valid_from or date.min, rule.valid_until)
        )
        count = held.filter(pl.col("idle_rules").list.contains(rule.label)).height
        if count and (rule.part != "drop" or count == held.height):
            lines.append(f"`{rule.label}` gave nothing on {count:,} of {held.height:,} pages")
    return lines
