"""Rules of a source file for pages that the generic reader misreads: where it says what.

A rule is a selector for one part of a page and the days on which it is right. Outside of them,
and where it selects nothing, the generic reader is used. How a rule is applied to a page stands
in `etl.transform.pages.rules`.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Annotated, NamedTuple, Self

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from etl.sources.feeds import Selector, Strict

PARTS = ("title", "date", "authors", "body", "references", "drop")
"""What a rule may be for, in the order in which rules are shown."""


def day(value: object) -> date:
    """`value`, if it is a day as ISO 8601 writes it."""
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise ValueError("write year, month and day, such as 2027-06-30") from error


Day = Annotated[date, BeforeValidator(day)]


class Reading(Strict):
    """One entry of `reading`: selectors that are right for the same days."""

    title: Selector = ""
    """Selects the headline."""
    date: Selector = ""
    """Selects what holds the day of publication: in its text, or in `datetime` or `content`."""
    authors: Selector = ""
    """Selects the names of the authors, or the lines that hold them."""
    body: Selector = ""
    """Selects what holds the text, or its paragraphs."""
    references: Selector = ""
    """Selects the list of references, or its entries."""
    drop: Selector = ""
    """Selects what is taken out of the page before anything is read."""
    valid_from: Day | None = None
    """First day of the fetch of a page for which the selectors are right; any if there is none."""
    valid_until: Day
    """Last day of the fetch of a page for which the selectors are right."""
    why: Annotated[str, Field(min_length=1)] | None = None
    """What the generic reader gets wrong."""

    @field_validator("valid_until")
    @classmethod
    def _in_order(cls, value: Day, info: ValidationInfo) -> Day:
        """`value`, if it does not lie before the first day."""
        first = info.data.get("valid_from")
        if first is not None and first > value:
            raise ValueError(f"lies before valid_from, {first}; write a later day")
        return value

    @model_validator(mode="after")
    def _about_something(self) -> Self:
        """The entry, if it selects anything."""
        if not any(getattr(self, part) for part in PARTS):
            raise ValueError(f"selects nothing; write one or more of {', '.join(PARTS)}")
        return self


class Rule(NamedTuple):
    """One selector of a source file, for one part of its pages."""

    part: str
    """One of `PARTS`."""
    selector: str
    valid_until: date
    """The last day on which a page is fetched for which it is right."""
    valid_from: date | None = None
    """The first such day; None if there is none."""
    why: str | None = None
    row: int = 0
    """Number of its entry in the source file, from 0."""

    @property
    def label(self) -> str:
        """Part and selector, as in `body: div.text`."""
        return f"{self.part}: {self.selector}"


def rules(entries: Sequence[Reading]) -> tuple[Rule, ...]:
    """The rules that `entries` hold, in the order of the file."""
    return tuple(
        Rule(part, selector, entry.valid_until, entry.valid_from, entry.why, row)
        for row, entry in enumerate(entries)
        for part in PARTS
        if (selector := getattr(entry, part))
    )


def clashes(told: Sequence[Rule]) -> Iterator[tuple[Rule, Rule]]:
    """Pairs of rules for one part and the same days; only what is dropped may have several."""
    for one, other in combinations(told, 2):
        is_common = _first(one) <= other.valid_until and _first(other) <= one.valid_until
        if is_common and one.part == other.part != "drop":
            yield one, other


def _first(rule: Rule) -> date:
    """The first day of a rule."""
    return rule.valid_from or date.min


def expired(told: Sequence[Rule], today: date) -> list[Rule]:
    """Rules whose last day has passed, of parts for which no later one is written.

    Of several rules for one part only the last counts: the others were right for older pages.
    """
    last: dict[str, date] = {}
    for rule in told:
        last[rule.part] = max(rule.valid_until, last.get(rule.part, date.min))
    return [rule for rule in told if rule.valid_until == last[rule.part] < today]


def state(rule: Rule, told: Sequence[Rule], today: date) -> str:
    """What becomes of a rule among all `told`: `holds`, `to come`, `expired` or `replaced`."""
    if rule.valid_until < today:
        return "expired" if rule in expired(told, today) else "replaced"
    return "to come" if rule.valid_from and rule.valid_from > today else "holds"
