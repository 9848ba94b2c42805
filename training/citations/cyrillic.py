"""References made up in Cyrillic letters: GOST 7.1 and R 7.0.5, and what hands make of them."""

from typing import ClassVar

from training.citations import values
from training.citations.regional import Regional, words
from training.citations.values import Value

MANNERS = ("after", "after", "after", "comma", "before", "full", "alone")
"""How names stand: initials after, after a comma, before; whole names; surnames alone."""

HEADS = ("Вестник", "Известия", "Труды", "Журнал", "Проблемы", "Вопросы", "Альманах", "Мир")
BODIES = ("Министерство", "Институт", "Центр", "Агентство", "Комитет", "Фонд", "Академия", "Совет")
VOLUMES = ("II", "IV", "XII")
THESES = (
    "дис. ... канд. ист. наук",
    "автореф. дис. ... д-ра полит. наук",
    "автореф. дисс. ... к.э.н.",
    "дис. ... канд. филол. наук: 10.01.03",
)


class Cyrillic(Regional):
    """Makes references in Russian and Tajik, with names of the region."""

    name: ClassVar[str] = "cyrillic"
    language: ClassVar[str] = "ru"
    kinds: ClassVar[dict[str, float]] = {
        "article": 0.42,
        "book": 0.27,
        "chapter": 0.15,
        "web": 0.1,
        "law": 0.06,
        "archive": 0.02,
        "talk": 0.04,
    }

    def values(self) -> dict[str, Value]:
        """Values of the parts of one work."""
        told: dict[str, Value] = {"title": self.title}
        told |= {name: self._listed(key) for name, key in LISTED.items()}
        return told | self._people() | self._dates() | self._numbers() | self._imprint()

    def _listed(self, key: str) -> Value:
        """A value out of a list."""
        return lambda: self.pick(key)

    def _people(self) -> dict[str, Value]:
        """Authors in one manner, and who else has a part in the work."""
        chance, names = self.chance, self.names(self.chance.choice(MANNERS))
        return {
            "author": lambda: names,
            "author_i": lambda: self.seldom(0.9, self.names("before")),
            "author_b": lambda: self.names("before"),
            "author_body": self._body,
            "note_body": self._body,
            "editor_i": lambda: self.names(chance.choice(("before", "before", "after")), 2),
        }

    def _dates(self) -> dict[str, Value]:
        """Dates of one year in each form."""
        chance = self.chance
        year = 2024 - min(110, int(chance.expovariate(0.055)))
        month, day = self.pick("months"), chance.randint(1, 31)
        number = f"{day:02}.{chance.randint(1, 12):02}.{year}"
        full = (f"{day} {month} {year} г.", f"{day} {month} {year}", f"{month} {year} г.")
        return {
            "year": lambda: str(year),
            "full_date": lambda: chance.choice((*full, number, f"{number} г.")),
            "day_month": lambda: f"{day} {month}",
            "accessed_day": lambda: f"{day} {month} {year} г.",
            "accessed": lambda: (
                f"{chance.randint(1, 28):02}.{chance.randint(1, 12):02}.{min(2026, year + 2)}"
            ),
        }

    def _numbers(self) -> dict[str, Value]:
        """Volume, issue, pages, identifiers, and the parts of a signature."""
        chance, seldom = self.chance, self.seldom
        return {
            "volume": lambda: seldom(0.4, chance.choice((str(chance.randint(1, 60)), *VOLUMES))),
            "issue": lambda: seldom(0.9, values.issue(chance, 24)),
            "issue2": lambda: str(chance.randint(1, 52)),
            "art": lambda: str(chance.randint(10, 5000)),
            "pages": lambda: seldom(0.93, self._pages()),
            "doi": lambda: seldom(0.9, values.doi(chance)),
            "isbn": lambda: values.isbn(chance),
            "url": lambda: values.url(chance),
            "n": lambda: str(chance.randint(1, 900)),
            "n2": lambda: str(chance.randint(1, 20)),
            "n3": lambda: str(chance.randint(1, 3000)),
        }

    def _imprint(self) -> dict[str, Value]:
        """What a work stands in, who published it, what it is."""
        chance, seldom = self.chance, self.seldom
        return {
            "container": self._container,
            "site": lambda: chance.choice(
                (self.pick("newspapers"), self.pick("bodies"), f"Сайт {self.pick('bodies')}")
            ),
            "host": lambda: chance.choice((self.pick("hosts"), self.title())),
            "publisher": lambda: seldom(0.85, self._publisher()),
            "edition": lambda: seldom(0.25, self.pick("editions")),
            "body": self._body,
            "genre": lambda: seldom(0.3, self.pick("genres")),
            "thesis": lambda: chance.choice(THESES),
            "eres": lambda: "[Электронный ресурс]",
        }

    def names(self, manner: str, most: int = 4) -> str:
        """One to `most` names in one manner; seldom with `и др.`"""  # noqa: D415 — its own stop
        chance = self.chance
        stop, gap = chance.choice((".", ".", ".", "")), chance.choice(("", "", " "))
        count = min(most, 1 + int(chance.expovariate(1.1)))
        between = ", " if chance.random() < 0.93 else "; "
        listed = between.join(self._name(manner, stop or ".", gap) for _ in range(count))
        has_more = count > 1 and chance.random() < 0.12
        return listed + (chance.choice((" и др.", " [и др.]")) if has_more else "")

    def _name(self, manner: str, stop: str, gap: str) -> str:
        """One name."""
        family = self._family()
        count = 2 if self.chance.random() < 0.75 else 1
        initials = gap.join(self.pick("givens")[0] + stop for _ in range(count))
        if manner == "alone":
            return family
        if manner == "full":
            given = self.pick("givens")
            if self.chance.random() < 0.5:
                given = f"{given} {self.pick('patronymics')}"
            return self.chance.choice((f"{family} {given}", f"{given} {family}"))
        if manner == "before":
            return f"{initials}{self.chance.choice((' ', ' ', ''))}{family}"
        return f"{family}{',' if manner == 'comma' else ''} {initials}"

    def _family(self) -> str:
        """A surname, often of a woman, seldom in capitals."""
        family = self.pick("families")
        if family.endswith(("ов", "ев", "ин", "ёв")) and self.chance.random() < 0.3:
            family += "а"
        return family.upper() if self.chance.random() < 0.01 else family

    def _body(self) -> str:
        """A body that signs as an author: a known one, or one that is made up."""
        if self.chance.random() < 0.5:
            return self.pick("bodies")
        tail = self.chance.choice(
            ("", " РТ", " РФ", " при Президенте РК", " Республики Таджикистан")
        )
        return f"{self.chance.choice(BODIES)} {self.pick('complements')}{tail}"

    def _container(self) -> str:
        """A journal."""
        known = words(self.language)
        if not known or self.chance.random() > 0.2:
            return self.pick("journals")
        tail = " ".join(self.chance.choices(known, k=self.chance.randint(1, 4)))
        return f"{self.chance.choice(HEADS)} {tail}"

    def _publisher(self) -> str:
        """A publisher."""
        known = words(self.language)
        if not known or self.chance.random() > 0.15:
            return self.pick("publishers")
        word = self.chance.choice(known).capitalize()
        quoted = (f"Изд-во «{word}»", f"Изд. дом «{word}»", f"ООО «{word}»")
        return self.chance.choice((word, f"{word}-Пресс", f"Изд-во {word}ского ун-та", *quoted))

    def _pages(self) -> str:
        """A range, or a count."""
        chance = self.chance
        span = values.pages(chance, ("-", "–", "–", "—", " – "))
        return chance.choice((span, span, str(chance.randint(40, 600))))


LISTED = {
    "law": "laws",
    "treaty": "treaties",
    "talk": "talks",
    "note_doc": "doc_kinds",
    "series": "series",
    "newspaper": "newspapers",
    "place": "places",
    "act": "acts",
    "act_kind": "act_kinds",
    "arch": "archives",
}
"""Parts that stand in a list of cyrillic.yaml, and the name of the list."""
