"""References made up in the styles of the world, out of parts of labelled ones.

In: pools of parts, latin.yaml and styles.yaml. Out: segments, one reference at a time.
"""

import random
from functools import partial
from pathlib import Path

import yaml

from training.citations import values
from training.citations.data import Segments
from training.citations.latin_names import Names
from training.citations.pools import Pools, language, pick
from training.citations.render import Part, render
from training.citations.values import Value

HERE = Path(__file__).parent


def _lists() -> dict[str, list[str]]:
    """The lists of latin.yaml; months are parted by spaces, the others by semicolons."""
    told = yaml.safe_load((HERE / "latin.yaml").read_text(encoding="utf-8"))
    return {
        name: [i.strip() for i in (text.split() if "months" in name else text.split(";"))]
        for name, text in told.items()
    }


LISTS = _lists()
STYLES: dict[str, list[str]] = yaml.safe_load((HERE / "styles.yaml").read_text(encoding="utf-8"))
KINDS = {
    "article": 0.34,
    "chapter": 0.28,
    "book": 0.22,
    "thesis": 0.03,
    "report": 0.05,
    "web": 0.08,
}
"""How often each kind is made."""

LABELS = {
    **{f"{role}_{form}": role for role in ("author", "editor") for form in ("sf", "fs", "sn")},
    **dict.fromkeys(("year", "month_year", "full_date", "year_month_day"), "date"),
    **dict.fromkeys(("container_conf", "container_papers", "container_given"), "container"),
    **dict.fromkeys(("note_thesis", "note_report", "note_manuscript", "note_day"), "note"),
    **dict.fromkeys(("accessed", "issue_note", "author_fs_note", "law_kind"), "note"),
    "note_gost_thesis": "note",
    "org": "author",
}
"""Labels of parts whose name is not their label."""

UNIVERSITIES = ("University of ", "Universität ", "Université de ")
HOUSES = ("Verlag", "Press", "Publishers", "& Sons", "Publishing House", "Books")
BODIES = (
    *("Ministry", "Institute", "Centre", "Center", "Agency", "Council", "Committee", "Commission"),
    *("Association", "Department", "Foundation", "Bank", "Office", "Society", "Academy", "Union"),
    *("Network", "Authority", "Fund"),
)
REPORTS = (
    "Annual report",
    "Annual Report 2009",
    "Country report",
    "World Report",
    "Progress report",
)
GIVEN = ("Paper presented at the", "paper presented at the", "Presentation at the", "Paper for the")
MANUSCRIPTS = ("mimeo", "unpublished manuscript", "Unpublished manuscript", "unpublished paper")
INSTITUTES = ("IZA", "NBER", "CEPR", "WZB", "CEPII", *LISTS["bodies"], *LISTS["publishers"][-25:])
GOST_THESES = (
    "Dissertation ... Candidate of Historical Sciences",
    "Abstract of the dissertation of the candidate of sociological sciences",
    "Diss. ... cand. of political sciences",
    "Author's abstract of the dissertation ... doctor of philosophy",
)
LAWS = (
    "Law of the Republic of Tajikistan",
    "Decree of the President of the Republic of Kazakhstan",
    "Resolution of the Government",
    "Federal Law of the Russian Federation",
    "Presidential Decree",
)
UNDATED = ("n.d.", "forthcoming", "in press")
SEASONS = ("Spring", "Summer", "Autumn", "Fall", "Winter", "Spring/Summer")
QUOTES = (("", ""),) * 4 + (("“", "”"), ('"', '"'), ("‘", "’"), ("„", "“"), ("«", "»"), ("'", "'"))
DASHES = (". - ", ". – ", ". — ", ".– ", " – ", ". ", ", ")


class Maker:
    """Makes references; the same `chance` makes the same ones."""

    def __init__(self, pools: Pools, chance: random.Random) -> None:
        self.pools, self.chance = pools, chance
        self.seldom = partial(values.seldom, chance)

    def reference(self) -> Segments:
        """One reference."""
        while True:
            kind = self.chance.choices(list(KINDS), list(KINDS.values()))[0]
            made = render(self.chance.choice(STYLES[kind]), self._parts(kind), self.chance)
            if made:
                return made

    def _parts(self, kind: str) -> dict[str, Part]:
        """Parts of one work of `kind`."""
        pools = self.pools
        books = (pools.books, pools.books, pools.articles)
        title = pick(self.chance, *((pools.articles,) if kind == "article" else books))
        if kind in ("report", "book") and self.chance.random() < 0.08:
            title = self.chance.choice(REPORTS)
        told: dict[str, Value] = {"title": lambda: title}
        told |= self._numbers(kind) | self._imprint(kind) | self._people(title)
        told |= self._dates(title) | self._notes()
        return values.parts(told, LABELS) | values.style(self.chance, QUOTES, DASHES)

    def _numbers(self, kind: str) -> dict[str, Value]:
        """Volume, issue, pages and identifiers."""
        chance, seldom = self.chance, self.seldom
        return {
            "volume": lambda: seldom(0.9, str(int(chance.expovariate(0.03)) + 1)),
            "issue": lambda: seldom(0.7, values.issue(chance)),
            "pages": lambda: seldom(0.88, self._pages(kind)),
            "doi": lambda: seldom(0.4, values.doi(chance)),
            "isbn": lambda: values.isbn(chance),
            "url": lambda: values.url(chance),
        }

    def _imprint(self, kind: str) -> dict[str, Value]:
        """What a work stands in, and who published it where."""
        chance, seldom = self.chance, self.seldom
        places = (self.pools.places, LISTS["places"], LISTS["places"])
        return {
            "container": lambda: self._container(kind),
            "container_papers": self._papers,
            "container_given": lambda: f"{chance.choice(GIVEN)} {self._one('conferences')}",
            "container_conf": lambda: self._one("conferences"),
            "publisher": lambda: seldom(0.94, self._publisher(kind)),
            "place": lambda: seldom(0.94, pick(chance, *places)),
            "edition": lambda: seldom(0.15, self._one("editions")),
            "series": lambda: seldom(0.3, self._one("series")),
        }

    def _people(self, title: str) -> dict[str, Value]:
        """Authors and editors in each form."""
        names = Names(self.pools, self.chance, language(title))
        told: dict[str, Value] = {
            f"{role}_{form}": partial(names.listed, form)
            for role in ("author", "editor")
            for form in ("sf", "fs", "sn")
        }
        told["author_fs_note"] = lambda: names.listed("fs")
        told["org"] = self._body
        return told

    def _dates(self, title: str) -> dict[str, Value]:
        """Dates of one year in each form."""
        chance, year = self.chance, self._year()
        tongues = ("months", "months", "short_months")
        tongue = "german_months" if language(title) == "de" else chance.choice(tongues)
        month, day = self._one(tongue), chance.randint(1, 31)
        number = f"{day}.{chance.randint(1, 12):02}.{year}"
        full = (f"{day} {month} {year}", f"{month} {day}, {year}", number)
        early = (f"{year}, {month} {day}", f"{year}, {month}", year)
        vague = (f"{month} {year}", year, f"{chance.choice(SEASONS)} {year}")
        return {
            "year": lambda: year,
            "month_year": lambda: chance.choice(vague),
            "full_date": lambda: chance.choice(full),
            "year_month_day": lambda: chance.choice(early),
            "accessed": lambda: chance.choice(full),
            "note_day": lambda: f"{chance.randint(1, 30)} {month}",
        }

    def _notes(self) -> dict[str, Value]:
        """What a work is, where it is no article or book."""
        chance = self.chance
        return {
            "note_thesis": lambda: self._one("theses"),
            "note_report": lambda: self._one("reports"),
            "note_gost_thesis": lambda: chance.choice(GOST_THESES),
            "law_kind": lambda: chance.choice(LAWS),
            "note_manuscript": lambda: chance.choice(MANUSCRIPTS),
            "issue_note": lambda: self.seldom(0.6, str(chance.randint(1, 400))),
        }

    def _one(self, name: str) -> str:
        """One of a list."""
        return self.chance.choice(LISTS[name])

    def _body(self) -> str:
        """A body that signs as an author: a known one, or one that is made up."""
        if self.chance.random() < 0.4:
            return self._one("bodies")
        place = self._one("places").split(",")[0]
        words = [w for w in self._title_words() if w.isalpha() and len(w) > 3][:2] or ["Research"]
        topic = self.chance.choice((" and ", " ", ", ")).join(w.capitalize() for w in words)
        kind, of = self.chance.choice(BODIES), self.chance.choice(("of", "for", "on"))
        made = (f"{kind} {of} {topic}", f"{place} {kind} {of} {topic}", f"{topic} {kind}")
        return self.chance.choice((*made, f"{kind} {of} {topic}, {place}"))

    def _title_words(self) -> list[str]:
        """Words of some title."""
        words = self.chance.choice(self.pools.articles).split()
        self.chance.shuffle(words)
        return words

    def _container(self, kind: str) -> str:
        """A journal, a newspaper or site, or a book."""
        chance, pools = self.chance, self.pools
        if kind == "article":
            known = (LISTS["journals"], LISTS["newspapers"])
            return pick(chance, pools.journals, pools.journals, *known)
        if kind == "web":
            return pick(chance, LISTS["newspapers"], LISTS["bodies"])
        return pick(chance, pools.hosts, pools.books, pools.books)

    def _papers(self) -> str:
        """The name of a series of papers, which has a number."""
        ending = self.chance.choice(("", "", "s", " Series"))
        return f"{self.chance.choice(INSTITUTES)} {self._one('reports')}{ending}"

    def _publisher(self, kind: str) -> str:
        """A publisher; the university of a thesis."""
        chance, pools = self.chance, self.pools
        if kind == "thesis":
            return chance.choice(UNIVERSITIES) + self._one("places").split(",")[0]
        if chance.random() < 0.06:
            return f"{chance.choice(pools.families)} {chance.choice(HOUSES)}"
        return pick(chance, pools.publishers, LISTS["publishers"], LISTS["publishers"])

    def _year(self) -> str:
        """A year, the later the likelier; seldom a span, or none yet."""
        year = max(1650, 2024 - int(self.chance.expovariate(0.06)))
        letter = self.chance.choice("ab") if self.chance.random() < 0.05 else ""
        if self.chance.random() < 0.03:
            spans = (f"{year}/{year % 100 + 1:02}", f"{year}-{year + 3}")
            return self.chance.choice(spans + UNDATED)
        return f"{year}{letter}"

    def _pages(self, kind: str) -> str:
        """A range, or the count of a book."""
        return str(self.chance.randint(60, 700)) if kind == "book" else values.pages(self.chance)
