"""References made up in Persian: of Iran and Afghanistan, in Persian digits or in ours."""

from typing import ClassVar

from training.citations import values
from training.citations.data import Segments
from training.citations.regional import Regional
from training.citations.values import Value

DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ORDINALS = ("دوم", "سوم", "اول", "هفتم", "دهم", "بیستم", "پنجم", "دوازدهم")
EDITIONS = ("چاپ دوم", "چاپ اول", "چاپ سوم")
ISSUES = ("۳ و ۴", "1 و 2", "۱-۲")
THESES = (
    "پایان نامه لیسانس",
    "پایان نامه کارشناسی ارشد",
    "پایان‌نامه کارشناسی ارشد",
    "رساله دکتری",
    "پایان‌نامه دکتری",
)


class Persian(Regional):
    """Makes references in Persian."""

    name: ClassVar[str] = "persian"
    language: ClassVar[str] = "fa"
    kinds: ClassVar[dict[str, float]] = {"article": 0.5, "book": 0.34, "chapter": 0.08, "web": 0.08}

    def reference(self) -> Segments:
        """One reference, three of four in Persian digits."""
        made = super().reference()
        if self.chance.random() > 0.75:
            return made
        kept = ("url", "doi")
        return [(label, t if label in kept else t.translate(DIGITS)) for label, t in made]

    def values(self) -> dict[str, Value]:
        """Values of the parts of one work."""
        names, pick = self.names(4), self.pick
        told: dict[str, Value] = {
            "author": lambda: names,
            "editor": lambda: self.names(2),
            "title": self.title,
            "container": lambda: pick("journals"),
            "newspaper": lambda: pick("newspapers"),
            "host": self.title,
            "publisher": lambda: pick("publishers"),
            "place": lambda: pick("places"),
            "body": lambda: pick("bodies"),
            "newspaper_author": lambda: pick("newspapers"),
            "talk": lambda: pick("talks"),
            "series": lambda: pick("series"),
            "host_conf": lambda: pick("conferences"),
        }
        return told | self._dates() | self._numbers() | self._notes()

    def _dates(self) -> dict[str, Value]:
        """Dates of one solar year in each form."""
        chance, pick = self.chance, self.pick
        year = 1403 - min(60, int(chance.expovariate(0.06)))
        seasons = (pick("seasons"), f"{pick('seasons')} و {pick('seasons')}", pick("months"))
        dated = f"{chance.choice(seasons)} {year}"
        day = f"{year}/{chance.randint(1, 12)}/{chance.randint(1, 30)}"
        full = (f"{chance.randint(1, 30)} {pick('months')} {year}", day)
        return {
            "year": lambda: str(year),
            "season_year": lambda: chance.choice((dated, str(year))),
            "full_date": lambda: chance.choice(full),
            "accessed": lambda: day,
        }

    def _numbers(self) -> dict[str, Value]:
        """Volume, issue, pages, address."""
        chance, seldom = self.chance, self.seldom
        return {
            "volume": lambda: seldom(0.7, chance.choice((str(chance.randint(1, 40)), *ORDINALS))),
            "issue": lambda: seldom(0.9, chance.choice((str(chance.randint(1, 90)),) * 6 + ISSUES)),
            "pages": lambda: seldom(0.85, values.pages(chance, ("-", "–"))),
            "url": lambda: values.url(chance),
        }

    def _notes(self) -> dict[str, Value]:
        """Edition, translator, kind of thesis."""
        chance = self.chance
        return {
            "edition": lambda: self.seldom(0.3, chance.choice(EDITIONS)),
            "trans": lambda: self.seldom(0.35, f"ترجمه {self._name(False)}"),
            "thesis": lambda: chance.choice(THESES),
            "field": lambda: self.seldom(0.5, self.pick("fields")),
            "note_name": lambda: self._name(False),
        }

    def names(self, most: int) -> str:
        """One to `most` names."""
        is_inverted = self.chance.random() < 0.7
        count = min(most, 1 + int(self.chance.expovariate(1.2)))
        between = self.chance.choice((" و ", "؛ ", " و ", "، "))
        return between.join(self._name(is_inverted) for _ in range(count))

    def _name(self, is_inverted: bool) -> str:
        """One name."""
        family, given = self.pick("families"), self.pick("givens")
        if not is_inverted:
            return f"{given} {family}"
        return f"{family}{self.chance.choice(('، ', '، ', ' '))}{given}"
