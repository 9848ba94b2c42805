"""Names in references as family and given name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.citations import people

# Printed, family, given, particle, suffix, script.
PERSONS = [
    ("С. А. Шарипов", "Шарипов", "С. А.", None, None, "Cyrl"),
    ("Шарипов С.А.", "Шарипов", "С. А.", None, None, "Cyrl"),
    ("Шарипов, С. А.", "Шарипов", "С. А.", None, None, "Cyrl"),
    ("Шарипов Сухроб Алиевич", "Шарипов", "Сухроб Алиевич", None, None, "Cyrl"),
    ("Сухроб Алиевич Шарипов", "Шарипов", "Сухроб Алиевич", None, None, "Cyrl"),
    ("Қодирова Зарина", "Қодирова", "Зарина", None, None, "Cyrl"),
    ("Зарина Қодирова", "Қодирова", "Зарина", None, None, "Cyrl"),
    ("Саидзода Ҷ.", "Саидзода", "Ҷ.", None, None, "Cyrl"),
    ("Иванов Ю.А. и др.", "Иванов", "Ю. А.", None, None, "Cyrl"),
    ("Сидоров И. И.", "Сидоров", "И. И.", None, None, "Cyrl"),
    ("И. А. Тимофеев", "Тимофеев", "И. А.", None, None, "Cyrl"),
    ("Graf van der Berg JM", "Graf van der Berg", "J. M.", None, None, "Latn"),
    ("Yu.A. Ivanov", "Ivanov", "Yu. A.", None, None, "Latn"),
    ("Petrova, Anna M.", "Petrova", "Anna M.", None, None, "Latn"),
    ("Anna M. Petrova", "Petrova", "Anna M.", None, None, "Latn"),
    ("Shaw AB", "Shaw", "A. B.", None, None, "Latn"),
    ("Brandt K-U", "Brandt", "K.-U.", None, None, "Latn"),
    ("J.-P. Dupont", "Dupont", "J.-P.", None, None, "Latn"),
    ("García Ruiz, Ana", "García Ruiz", "Ana", None, None, "Latn"),
    ("Jaap de Hoop Scheffer", "Hoop Scheffer", "Jaap", "de", None, "Latn"),
    ("Hoop Scheffer, Jaap de", "Hoop Scheffer", "Jaap", "de", None, "Latn"),
    ("van der Berg, J.", "Berg", "J.", "van der", None, "Latn"),
    ("A. B. van der Berg", "Berg", "A. B.", "van der", None, "Latn"),
    ("van der Berg J.", "Berg", "J.", "van der", None, "Latn"),
    ("Silva, A. C. da", "Silva", "A. C.", "da", None, "Latn"),
    ("Omar Said, Jr.", "Said", "Omar", None, "Jr", "Latn"),
    ("Said Jr., Omar", "Said", "Omar", None, "Jr", "Latn"),
    ("Said, Omar, III", "Said", "Omar", None, "III", "Latn"),
    ("Ali al-Rashid", "al-Rashid", "Ali", None, None, "Latn"),
    ("Dr. Ann Shaw", "Shaw", "Ann", None, None, "Latn"),
    ("احمدی، علی", "احمدی", "علی", None, None, "Arab"),
    ("دکتر علی احمدی", "احمدی", "علی", None, None, "Arab"),
    ("Shaymergenov", "Shaymergenov", None, None, None, "Latn"),
]


@pytest.mark.parametrize("row", PERSONS, ids=[row[0] for row in PERSONS])
def test_a_person_has_a_family_and_a_given_name(row: tuple[str | None, ...]) -> None:
    person = people.read(str(row[0]))

    parts = (person.family, person.given, person.particle, person.suffix, person.script)
    assert parts == row[1:]
    assert person.literal is None


@pytest.mark.parametrize(
    "printed",
    [
        *("World Bank", "NATO", "ПРООН", "Ministry of Water and Energy", "Министерство обороны"),
        *(
            "Фонд воды и земли",
            "A. B.",
            "Steppe Council",
            "وزارت آب",
            "Commission for Border Rivers",
        ),
    ],
)
def test_a_body_is_literal(printed: str) -> None:
    body = people.read(printed)

    assert body.literal == printed
    assert (body.family, body.given, body.particle, body.suffix) == (None, None, None, None)


@given(st.text(max_size=40))
def test_any_text_is_a_person_or_a_literal(printed: str) -> None:
    person = people.read(printed)

    assert (person.literal is None) == (person.family is not None)
    assert person.literal is None or (person.given, person.particle, person.suffix) == (None,) * 3
