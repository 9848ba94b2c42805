"""Names in Russian, Persian and Tajik: inflected, joined, spelt with Arabic letters."""

import polars as pl
import pytest

from etl.transform.entities import mentions
from etl.transform.entities.known import endings
from etl.transform.entities.resolve import resolve
from etl.transform.entities.scan import level


def means(body: str) -> dict[str, str | None]:
    """Identity of every mention in a body by its surface; dates under their text."""
    versions = pl.DataFrame({"version_id": [1], "body": [body], "language": [None]})
    result = resolve(mentions(versions), versions)
    rows = result.mentions.join(result.entities, on="entity_id", how="left")
    return dict(rows.select("surface", "identity").rows())


@pytest.mark.parametrize(
    ("surface", "identity"),
    [
        ("Таджикистана", "iso:TJ"),
        ("Республикой Таджикистан", "iso:TJ"),
        ("Исламской Республике Иран", "iso:IR"),
        ("Российской Федерации", "iso:RU"),
        ("Соединённых Штатах Америки", "iso:US"),
        ("Саудовскую Аравию", "iso:SA"),
        ("Южной Корее", "iso:KR"),
        ("Египтом", "iso:EG"),
        ("афганских", "iso:AF"),
        ("узбеками", "iso:UZ"),
        ("россиянам", "iso:RU"),
        ("Центральной Азией", "wikidata:Q27275"),
        ("Каспийского моря", "wikidata:Q5484"),
        ("Душанбе", "geonames:1221874"),
        ("Москвой", "geonames:524901"),
        ("Организации Объединённых Наций", "wikidata:Q1065"),
        ("НАТО", "wikidata:Q7184"),
    ],
)
def test_russian_names_are_found_in_every_case(surface: str, identity: str) -> None:
    assert means(f"Говорят, {surface} уже нет.") == {surface: identity}


@pytest.mark.parametrize(
    "surface",
    [
        "Министерство обороны Республики Таджикистан",
        "Агентство по контролю за наркотиками",
        "Таджикский горный университет",
        "Академия наук Узбекистана",
    ],
)
def test_russian_organisations_are_found_by_their_heads(surface: str) -> None:
    assert list(means(f"Вчера {surface} заявило о планах.")) == [surface]


def test_a_russian_person_is_one_in_every_case() -> None:
    body = "Президент Рустам Назаров прибыл. Встреча с Рустамом Назаровым; Р. Назаров доволен."
    assert set(means(body).values()) == {"name:рустам назаров"}


def test_russian_words_in_lower_case_are_no_names() -> None:
    assert means("мир и труд, того и перу") == {}


@pytest.mark.parametrize(
    ("surface", "identity"),
    [
        ("تاجیکستان", "iso:TJ"),
        ("جمهوری اسلامي ايران", "iso:IR"),
        ("ایالات متحده آمریکا", "iso:US"),
        ("افغان‌ها", "iso:AF"),
        ("آسیای‌میانه", "wikidata:Q27275"),
        ("خلیج فارس", "wikidata:Q34675"),
        ("سازمان ملل متحد", "wikidata:Q1065"),
        ("شهر دوشنبه", "geonames:1221874"),
        ("تهران", "geonames:112931"),
    ],
)
def test_persian_names_are_found_whatever_their_letters(surface: str, identity: str) -> None:
    assert means(f"گفته شد {surface} نیست") == {surface: identity}


def test_persian_words_that_are_also_names_need_context() -> None:
    assert means("روز دوشنبه منابع مالی آماده شد") == {}


def test_persian_institutions_and_persons_are_found() -> None:
    assert means("وزارت امور خارجه ایران با آقای محمد خاتمی گفت") == {
        "وزارت امور خارجه ایران": "name:وزارت امور خارجه ایران",
        "محمد خاتمی": "name:محمد خاتمی",
    }


@pytest.mark.parametrize(
    ("surface", "identity"),
    [
        ("Ҷумҳурии Тоҷикистон", "iso:TJ"),
        ("Ӯзбекистон", "iso:UZ"),
        ("Осиёи Марказӣ", "wikidata:Q27275"),
        ("Хуҷанд", "geonames:1514879"),
    ],
)
def test_tajik_names_are_found(surface: str, identity: str) -> None:
    assert means(f"дар бораи {surface} гуфт") == {surface: identity}


def test_folding_letter_by_letter_keeps_the_length() -> None:
    text = "Herāt, Côte d’Ivoire, ёлка, آسیای‌ميانه, ﷺ, ß, é, İ"
    assert len(level(text)) == len(text)
    assert level(text).startswith("Herat, Cote d'Ivoire, елка, آسیای میانه")


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Иран", "Иране"),
        ("Китай", "Китаем"),
        ("Израиль", "Израиля"),
        ("Армения", "Армению"),
        ("Республика Таджикистан", "Республикой Таджикистан"),
        ("Содружество Независимых Государств", "Содружества Независимых Государств"),
        ("Шри-Ланка", "Шри-Ланке"),
        ("Душанбе", "Душанбе"),
    ],
)
def test_russian_names_are_declined_by_rule(name: str, form: str) -> None:
    assert form in endings.phrase(name)
