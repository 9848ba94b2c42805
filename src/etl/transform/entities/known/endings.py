"""Russian and Tajik names to the forms they are printed in.

Names are listed in the nominative; the forms of the other cases are made from their endings,
so that matching stays a look-up. The rule, after the school grammar of Russian:

* in a name of several words the adjectives in front and the first noun are declined, the rest
  stands: `Исламская Республика Иран` -> `Исламской Республики Иран`;
* of a hyphened word the last part is declined: `Шри-Ланка` -> `Шри-Ланке`;
* a word whose ending is in no table stays as it is: `Душанбе`, `Баку`, `НАТО`.

Forms that do not exist are made too (`Конга`); they cost a look-up and match nothing.
"""

import itertools

NOUN = (
    ("ия", ("ия", "ии", "ию", "ией")),
    ("ея", ("ея", "еи", "ее", "ею", "еей")),
    ("ья", ("ья", "ьи", "ье", "ью", "ьей")),
    ("ца", ("ца", "цы", "це", "цу", "цей")),
    ("ка", ("ка", "ки", "ке", "ку", "кой")),
    ("га", ("га", "ги", "ге", "гу", "гой")),
    ("ха", ("ха", "хи", "хе", "ху", "хой")),
    ("ша", ("ша", "ши", "ше", "шу", "шей")),
    ("а", ("а", "ы", "е", "у", "ой")),
    ("я", ("я", "и", "е", "ю", "ей")),
    ("ство", ("ство", "ства", "ству", "ством", "стве")),
    ("ние", ("ние", "ния", "нию", "нием", "нии")),
    ("море", ("море", "моря", "морю", "морем")),
    ("озеро", ("озеро", "озера", "озеру", "озером", "озере")),
    ("ий", ("ий", "ия", "ию", "ием", "ии")),
    ("й", ("й", "я", "ю", "ем", "е")),
    ("ь", ("ь", "я", "ю", "ем", "е", "и", "ью")),
    ("ы", ("ы", "", "ов", "ам", "ами", "ах")),
    ("аи", ("аи", "аев", "аям", "аями", "аях")),
    ("египет", ("египет", "египта", "египту", "египтом", "египте")),
)
"""Endings of nouns in the singular (or of names that are plurals), the first that fits."""

ADJECTIVE = (
    ("ская", ("ская", "ской", "скую")),
    ("ая", ("ая", "ой", "ую", "ей")),
    ("яя", ("яя", "ей", "юю")),
    ("ое", ("ое", "ого", "ому", "ым", "им", "ом")),
    ("ее", ("ее", "его", "ему", "им", "ем")),
    ("ие", ("ие", "их", "им", "ими")),
    ("ые", ("ые", "ых", "ым", "ыми")),
    ("ий", ("ий", "ого", "его", "ому", "ему", "им", "ом", "ем")),
    ("ый", ("ый", "ого", "ому", "ым", "ом")),
    ("ой", ("ой", "ого", "ому", "ым", "ом")),
)
"""Endings of the adjectives that stand before a noun."""

CONSONANTS = "бвгджзклмнпрстфхцчшщ"

PEOPLE = (
    ("еец", "ейц", ("а", "у", "ем", "е", "ы", "ев", "ам", "ами", "ах")),
    ("иец", "ийц", ("а", "у", "ем", "е", "ы", "ев", "ам", "ами", "ах")),
    ("ец", "ц", ("а", "у", "ем", "е", "ы", "ев", "ам", "ами", "ах")),
    ("анин", "ан", ("ина", "ину", "ином", "ине", "е", "", "ам", "ами", "ах")),
    ("янин", "ян", ("ина", "ину", "ином", "ине", "е", "", "ам", "ами", "ах")),
    ("арин", "ар", ("ина", "ину", "ином", "ине", "ы", "", "ам", "ами", "ах")),
    ("турок", "тур", ("ка", "ку", "ком", "ке", "ки", "ок", "кам", "ками", "ках")),
    ("й", "", ("я", "ю", "ем", "е", "и", "ев", "ям", "ями", "ях")),
)
"""Names of people: ending, stem and the endings that take its place."""

SKY = ("ий", "ая", "ое", "ие", "ого", "ой", "ому", "ую", "им", "их", "ими", "ом")


def phrase(name: str) -> set[str]:
    """Forms of a Russian name in all cases, the nominative among them.

    >>> sorted(phrase("Иран"))
    ['Иран', 'Ирана', 'Иране', 'Ираном', 'Ирану']
    >>> "Российской Федерации" in phrase("Российская Федерация")
    True
    """
    parts = name.split(" ")
    head = next((i for i, word in enumerate(parts) if not _is_adjective(word)), len(parts) - 1)
    choices = [_adjective(word) for word in parts[:head]] + [noun(parts[head])]
    tail = parts[head + 1 :]
    return {" ".join([*chosen, *tail]) for chosen in itertools.product(*choices)} | {name}


def noun(word: str) -> list[str]:
    """Forms of a noun in the singular; a word of capitals or an unknown ending stays."""
    if word.isupper():
        return [word]
    front, hyphen, last = word.rpartition("-")
    for ending, forms in NOUN:
        if last.lower().endswith(ending):
            stem = last[: len(last) - len(ending)]
            return [front + hyphen + _like(last, stem + form) for form in forms]
    if last[-1:].lower() in CONSONANTS:
        return [front + hyphen + last + form for form in ("", "а", "у", "ом", "е")]
    return [word]


def person(word: str) -> set[str]:
    """Forms of the name of one of a people, singular and plural.

    >>> {"таджикам", "таджики"} <= person("таджик")
    True
    >>> {"афганца", "афганцев"} <= person("афганец")
    True
    """
    for ending, stem, forms in PEOPLE:
        if word.endswith(ending):
            base = word[: len(word) - len(ending)] + stem
            return {word} | {base + form for form in forms}
    plural = "и" if word[-1] in "гкхжчшщ" else "ы"
    return {word + form for form in ("", "а", "у", "ом", "е", plural, "ов", "ам", "ами", "ах")}


def adjective(word: str) -> set[str]:
    """Forms of an adjective in `-ский`, `-цкий` or `-ный` in all genders and cases."""
    if word.endswith("ный"):
        return {word[:-2] + form.replace("и", "ы") for form in SKY}
    return {word[:-2] + form for form in SKY}


def tajik(name: str) -> set[str]:
    """A Tajik name and the same before its attribute: `Тоҷикистон`, `Тоҷикистони`."""
    return {name, name + "и"} if name[-1:].lower() in CONSONANTS else {name}


def _is_adjective(word: str) -> bool:
    """Whether a word of a name looks like an adjective."""
    return len(word) > 4 and any(word.endswith(ending) for ending, _ in ADJECTIVE)


def _adjective(word: str) -> list[str]:
    """Forms of an adjective in the gender and number it stands in."""
    for ending, forms in ADJECTIVE:
        if word.endswith(ending):
            return [word[: len(word) - len(ending)] + form for form in forms]
    return [word]


def _like(model: str, word: str) -> str:
    """`word` with a capital where `model` has one."""
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
