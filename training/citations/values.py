"""Numbers and addresses that are none, for references that are made up."""

import random
from collections.abc import Callable, Mapping, Sequence

from training.citations.render import Part

Value = Callable[[], str | None]
"""Gives a part as text when it is asked for; None where the work has none."""

DOMAINS = ("org", "com", "ru", "tj", "kz", "de", "ir")
STARTS = ("http://www.", "https://", "https://www.", "http://", "www.")


def seldom(chance: random.Random, share: float, value: str) -> str | None:
    """`value` in a `share` of cases."""
    return value if chance.random() < share else None


def part(label: str, value: Value) -> Part:
    """A part of a reference, with its label."""

    def labelled() -> tuple[str, str] | None:
        text = value()
        return None if text is None else (label, text)

    return labelled


def parts(values: Mapping[str, Value], labels: Mapping[str, str]) -> dict[str, Part]:
    """Parts of `values`; the label of one is in `labels`, or its own name."""
    return {name: part(labels.get(name, name), value) for name, value in values.items()}


def style(
    chance: random.Random, quotes: Sequence[Sequence[str]], dashes: Sequence[str]
) -> dict[str, Part]:
    """The quotes `q` and `Q` and the dash `d` of one reference."""
    (opening, closing), dash = chance.choice(quotes), chance.choice(dashes)
    return {
        "q": lambda: ("O", opening),
        "Q": lambda: ("O", closing),
        "d": lambda: ("O", dash),
    }


def url(chance: random.Random) -> str:
    """An address."""
    site = "".join(chance.choices("abdeiknorstuy", k=chance.randint(3, 9)))
    tails = ("", "/", f"/news/{chance.randint(10, 99999)}.html", f"/?p={chance.randint(1, 999)}")
    tail = chance.choice((*tails, f"/{code(chance)}", f"/docs/{code(chance)}.pdf"))
    return f"{chance.choice(STARTS)}{site}.{chance.choice(DOMAINS)}{tail}"


def code(chance: random.Random) -> str:
    """What stands in addresses and DOIs."""
    head = chance.choice(("s", "j.", "0", "ab"))
    return f"{head}{chance.randint(1000, 99999)}-{chance.randint(10, 9999)}"


def doi(chance: random.Random) -> str:
    """A DOI."""
    return f"10.{chance.randint(1000, 99999)}/{code(chance)}"


def isbn(chance: random.Random) -> str:
    """An ISBN, whose check digit is right by chance alone."""
    parts = (chance.randint(0, 9), chance.randint(100, 99999), chance.randint(100, 9999))
    return f"978-{'-'.join(map(str, parts))}-{chance.randint(0, 9)}"


def pages(chance: random.Random, dashes: Sequence[str] = ("-", "-", "–", " - ", "—")) -> str:
    """A range of pages, seldom cut (`183–5`), one page, or a page and those after it."""
    first = int(chance.expovariate(0.005)) + 1
    last = str(first + chance.randint(1, 40))
    if chance.random() < 0.08 and len(last) == len(str(first)) > 1:
        last = last[-2:]
    span = f"{first}{chance.choice(dashes)}{last}"
    return chance.choice((span,) * 12 + (str(first), f"{first} f", f"{first}ff", f"e{first}"))


def issue(chance: random.Random, most: int = 12) -> str:
    """Number of an issue, seldom two or with the whole number."""
    number = chance.randint(1, most)
    double = (f"{number}-{number + 1}", f"{number}–{number + 1}", f"{number}/{number + 1}")
    whole = (f"{number} ({number + 40})", f"{number}({number + 9})")
    return chance.choice((str(number),) * 8 + double + whole)
