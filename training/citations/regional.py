"""What the makers of references in Cyrillic and in Persian letters share.

In: the YAML files beside this one, and lists of frequent words where `wordfreq` is installed.
"""

import random
from functools import cache, partial
from pathlib import Path
from typing import ClassVar

import yaml

from training.citations import values
from training.citations.data import Segments
from training.citations.render import render
from training.citations.values import Value

HERE = Path(__file__).parent
QUOTES = (("", ""),) * 3 + (("«", "»"),) * 3 + (("“", "”"), ('"', '"'))
DASHES = (". – ",) * 3 + (". - ", ". — ", ".– ", ".-", " – ", ". ", ". ", ", ")

LABELS = {
    **dict.fromkeys(("author_i", "genre", "thesis", "eres", "accessed", "trans", "art"), "note"),
    **dict.fromkeys(("n", "n2", "n3", "act_kind", "note_doc", "note_body", "accessed_day"), "note"),
    **dict.fromkeys(("newspaper", "site", "host", "host_conf", "arch"), "container"),
    **dict.fromkeys(("note_name", "field"), "note"),
    **dict.fromkeys(("full_date", "day_month", "season_year", "year"), "date"),
    **dict.fromkeys(("act", "law", "treaty", "talk"), "title"),
    **dict.fromkeys(("author_b", "author_body", "newspaper_author"), "author"),
    "editor_i": "editor",
    "body": "author",
    "issue2": "issue",
}
"""Labels of parts whose name is not their label."""


@cache
def lists(name: str) -> dict[str, list[str]]:
    """The lists of a YAML file; parted by semicolons, else by spaces."""
    told = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    plain = {key: text.replace("؛", ";") for key, text in told.items()}
    return {
        key: [i.strip(' "\n') for i in text.split(";" if ";" in text else None)]
        for key, text in plain.items()
    }


@cache
def styles(name: str) -> dict[str, list[str]]:
    """The patterns of a YAML file."""
    text = (HERE / f"{name}_styles.yaml").read_text(encoding="utf-8")
    told: dict[str, list[str]] = yaml.safe_load(text)
    return told


@cache
def words(language: str) -> list[str]:
    """Frequent words of a language, so that titles hold more than our own lists."""
    try:
        from wordfreq import top_n_list
    except ImportError:
        return []
    return [word for word in top_n_list(language, 40_000) if len(word) > 2 and word.isalpha()]


class Regional:
    """A maker of references; the same `chance` makes the same ones."""

    name: ClassVar[str]
    language: ClassVar[str]
    kinds: ClassVar[dict[str, float]]

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.lists = lists(self.name)
        self.seldom = partial(values.seldom, chance)

    def reference(self) -> Segments:
        """One reference."""
        while True:
            kind = self.chance.choices(list(self.kinds), list(self.kinds.values()))[0]
            parts = values.parts(self.values(), LABELS)
            parts |= values.style(self.chance, QUOTES, DASHES)
            made = render(self.chance.choice(styles(self.name)[kind]), parts, self.chance)
            if made:
                return made

    def values(self) -> dict[str, Value]:
        """Values of the parts of one work."""
        raise NotImplementedError

    def pick(self, name: str) -> str:
        """One of a list."""
        return self.chance.choice(self.lists[name])

    def title(self) -> str:
        """A title: phrases, frequent words, or both."""
        lists = ("heads", "complements", "tails")
        chosen = [self.pick(name) for name in lists if self.chance.random() < 0.75]
        phrase = " ".join(chosen) or self.pick("heads")
        known = words(self.language)
        if not known or self.chance.random() > 0.6:
            return phrase
        filler = " ".join(self.chance.choices(known, k=self.chance.randint(2, 9)))
        filler = filler[:1].upper() + filler[1:]
        both = (f"{phrase}: {filler}", f"{phrase}. {filler}", f"{filler} {phrase.lower()}")
        return self.chance.choice((filler, *both))
