"""How sure a publication date is: the share of pages dated by the same evidence that were right.

Measured on the 565 dated pages of two development sets, htmldate's and WCXB's (news and articles,
mostly German and English): a day was right where it was the one the page prints, a month or year
where the day lay within. The shares are smoothed by the rule of succession, (right + 1) / (pages
+ 2), so that what was seen seldom is neither certain nor impossible.
They are of the pages the rules were chosen on, and kinds with few pages tell little.
"""

from collections.abc import Sequence

from etl.transform.pages.stamp import Stamp, Witness

MEASURED = {
    "near confirmed": (202, 205),
    "near alone": (41, 42),
    "near contradicted": (6, 6),
    "marked confirmed": (40, 40),
    "marked alone": (15, 15),
    "marked contradicted": (1, 2),
    "told confirmed": (54, 55),
    "told alone": (76, 94),
    "told contradicted": (5, 11),
    "elsewhere confirmed": (2, 2),
    "elsewhere alone": (27, 27),
    "elsewhere contradicted": (1, 1),
    "url alone": (6, 7),
    "update": (5, 9),
    "either order": (0, 1),
    "guess of a day": (41, 43),
    "guess of a year": (0, 1),
}
"""Pages dated rightly, and all pages dated, by kind of evidence (`kind`)."""

GROUPS = {
    "near": "near",
    **dict.fromkeys(("above", "labelled", "far", "lead", "opening"), "elsewhere"),
    **dict.fromkeys(("marked", "loose"), "marked"),
    **dict.fromkeys(("meta", "linked"), "told"),
    "url": "url",
}
"""Places that tell the same by themselves: only a witness of another group confirms."""


def of(best: Witness, said: Sequence[Witness]) -> float:
    """Sureness of the date that `best` gives, among all that a page says; 0 to 1."""
    return _share(kind(best, said))


def of_guess(stamp: Stamp) -> float:
    """Sureness of a guess; 0 to 1."""
    return _share(f"guess of a {stamp.precision}")


def kind(best: Witness, said: Sequence[Witness]) -> str:
    """The kind of evidence there is for the date of `best`.

    `doubtful` has another weekday beside it; `update` is said to be a change's; in `either order`
    day and month could change places; other kinds name the group of the witness and whether one of
    another group names the same day, another one, or none.
    """
    stamp = best.stamp
    if stamp.is_doubtful or stamp.is_update:
        return "doubtful" if stamp.is_doubtful else "update"
    if stamp.precision != "day":
        return "month or year"
    group = GROUPS[best.place]
    others = [each.stamp for each in said if GROUPS[each.place] != group]
    days = {other.day for other in others if other.precision == "day" and not other.is_update}
    if stamp.day in days:
        return f"{group} confirmed"
    if stamp.order == "/":
        return "either order"
    return f"{group} contradicted" if days else f"{group} alone"


def _share(kind: str) -> float:
    """The smoothed share of `kind`; of a kind never seen a half."""
    right, total = MEASURED.get(kind, (0, 0))
    return round((right + 1) / (total + 2), 3)
