"""Lists of names of persons as styles in Latin letters print them."""

import random

from training.citations.pools import Pools

PARTICLES = ("van der ", "de ", "von ", "van ", "al-", "El-", "de la ", "Mc", "O'")
ANDS = {"de": ("und", "u.", "&", "/"), "fr": ("et", "&")}
MORE = (", et al", " et al", " u.a", " et al.")


class Names:
    """Lists of names of one reference: all in the same manner."""

    def __init__(self, pools: Pools, chance: random.Random, tongue: str) -> None:
        self.pools, self.chance = pools, chance
        self.is_short = chance.random() < 0.6
        self.stop = chance.choice((".", ".", ".", ""))
        self.gap = chance.choice(("", " ", " "))
        self.last = chance.choice((*ANDS.get(tongue, ("and", "&", "and", "/")), ";", ","))
        between = {";": ";", "/": "/"}
        self.between = between.get(self.last) or chance.choice((",", ",", ";"))

    def listed(self, form: str, most: int = 5) -> str:
        """One to `most` names: `sf` surname first, `fs` surname last, `sn` as Vancouver has it."""
        count = min(most, 1 + int(self.chance.expovariate(0.75)))
        names = [self._name(form) for _ in range(count)]
        if form == "sf" and count > 1 and self.chance.random() < 0.25:
            names[1:] = [self._name("fs") for _ in names[1:]]
        if count > 1 and self.chance.random() < 0.12:
            return f"{names[0]}{self.chance.choice(MORE)}"
        return self._joined(names, form)

    def _joined(self, names: list[str], form: str) -> str:
        """Names with what stands between them and before the last."""
        if len(names) == 1:
            return names[0]
        between = "," if form == "sn" else self.between
        head = f"{between} ".join(names[:-1])
        if form == "sn" or self.last in (",", ";"):
            return f"{head}{between} {names[-1]}"
        if self.last == "/":
            return f"{head}{self.chance.choice(('/', ' / ', '/ '))}{names[-1]}"
        comma = "," if self.chance.random() < 0.35 else ""
        return f"{head}{comma} {self.last} {names[-1]}"

    def _name(self, form: str) -> str:
        """One name."""
        family = self.chance.choice(self.pools.families)
        if self.chance.random() < 0.05:
            family = self.chance.choice(PARTICLES) + family
        if form == "sn":
            return f"{family} {''.join(self._initials())}"
        given = self._given()
        return f"{given} {family}" if form == "fs" else f"{family}, {given}"

    def _initials(self) -> list[str]:
        """One or two initials."""
        count = 1 + (self.chance.random() < 0.4)
        return [self.chance.choice(self.pools.givens)[0] for _ in range(count)]

    def _given(self) -> str:
        """Initials, or a given name and seldom an initial."""
        if self.is_short:
            return self.gap.join(letter + self.stop for letter in self._initials())
        given = self.chance.choice(self.pools.givens)
        return f"{given} {self._initials()[0]}." if self.chance.random() < 0.15 else given
