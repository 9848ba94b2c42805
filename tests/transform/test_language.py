"""The language and the script of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform import scripts
from etl.transform.pages import language
from etl.transform.pages.language import detect
from tests.transform.passages import PASSAGES
from tests.transform.rawpages import article, read_one

TEXTS = {
    "en": "The canal below the village is older than the border that crosses it.",
    "ru": "Канал ниже села старше границы, которая его пересекает, и люди об этом помнят.",
    "tg": "Канали поёни деҳа аз сарҳаде, ки онро бурида мегузарад, қадимтар аст ва ҳама медонанд.",
    "uz": "Қишлоқ остидаги канал уни кесиб ўтган чегарадан ҳам қадимийроқ, буни ҳамма билади.",
    "ky": "Айылдын астындагы канал аны кесип өткөн чек арадан да эски, муну эл жакшы түшүнөт.",
    "kk": "Ауылдың төменгі жағындағы арна оны кесіп өтетін шекарадан да ескі, мұны бәрі біледі.",
    "fa": "کانالی که از پایین روستا می‌گذرد از مرزی که آن را بریده کهن‌تر است و همه این را می‌دانند.",
    "ar": "القناة التي تمر أسفل القرية أقدم من الحدود التي تقطعها، وأهل القرية يعرفون ذلك جيدًا.",
    "ur": "گاؤں کے نیچے بہنے والی نہر اس سرحد سے بھی پرانی ہے جو اسے کاٹتی ہے اور سب یہ جانتے ہیں۔",
    "ps": "د کلي لاندې ویاله له هغې پولې څخه هم زړه ده چې دا یې پرې کړې ده او خلک په دې پوهېږي.",
    "ku": "کەناڵەکەی خوارووی گوند لە سنوورەکە کۆنترە و خەڵکی هەردوو کەنار ئەمە باش دەزانن.",
    "ug": "كەنتنىڭ تۆۋىنىدىكى ئۆستەڭ ئۇنى كېسىپ ئۆتكەن چېگرىدىنمۇ قەدىمىي، بۇنى ھەممە بىلىدۇ.",
    "tr": "Köyün altındaki kanal, onu kesen sınırdan daha eskidir ve bunu herkes çok iyi biliyor.",
    "az": "Kəndin aşağısındakı kanal onu kəsən sərhəddən də qədimdir və bunu hamı yaxşı bilir.",
    "tk": "Obanyň aşagysyndaky kanal ony kesip geçýän serhetden hem gadymydyr we muny bilýärler.",
    "de": "Der Kanal unterhalb des Dorfes ist älter als die Grenze, die ihn heute durchschneidet.",
    "hy": "Գյուղի տակի ջրանցքը ավելի հին է, քան այն հատող սահմանը։",
    "ka": "სოფლის ქვემოთ არხი უფრო ძველია, ვიდრე საზღვარი, რომელიც მას კვეთს.",
    "ko": "마을 아래의 수로는 그것을 가로지르는 국경보다 오래되었다.",
}

WRITTEN = {
    "Latn": "en tr az tk de uz-Latn ku-Latn fr",
    "Cyrl": "ru tg uz ky kk uk",
    "Arab": "fa ar ur ps ku ug",
}
WRITTEN |= {"Armn": "hy", "Geor": "ka", "Kore": "ko", "Grek": "el", "Hebr": "he"}
WRITTEN |= {"Hani": "zh", "Jpan": "ja"}
"""Languages of the texts here by script."""

SHOWN = {**PASSAGES, **{name: text * 2 for name, text in TEXTS.items()}}
SHOWN["uz-Latn"] = PASSAGES["uz"]
SHOWN["ku-Latn"] = (
    "Kanala li jêra gund ji sînorê ku wê dibire kevntir e, û xelkê her du aliyan vê yekê baş "
    "dizanin."
)

TAJIK_KEYS = str.maketrans("ғӯқҳҷӣҒӮҚҲҶӢ", "гукхчиГУКХЧИ")
UZBEK_KEYS = str.maketrans("ўқғҳЎҚҒҲ", "укгхУКГХ")
ARABIC_KEYS = str.maketrans("یک", "يك")


@pytest.mark.parametrize(
    ("name", "script"),
    [(name, script) for script, names in WRITTEN.items() for name in names.split()],
)
def test_a_text_is_told_with_its_script(name: str, script: str) -> None:
    assert detect(SHOWN[name], "en") == (name.split("-")[0], script)


@pytest.mark.parametrize("main", ["en", "ru", "fa"])
def test_tajik_from_a_russian_keyboard_is_tajik(main: str) -> None:
    assert detect(PASSAGES["tg"].translate(TAJIK_KEYS), main) == ("tg", "Cyrl")


def test_uzbek_from_a_russian_keyboard_is_uzbek() -> None:
    assert detect(TEXTS["uz"].translate(UZBEK_KEYS) * 3, "ru") == ("uz", "Cyrl")


@pytest.mark.parametrize("main", ["en", "ru", "ar"])
def test_persian_from_an_arabic_keyboard_is_persian(main: str) -> None:
    assert detect(PASSAGES["fa"].translate(ARABIC_KEYS), main) == ("fa", "Arab")


@pytest.mark.parametrize("main", ["en", "fa"])
def test_arabic_stays_arabic_whatever_the_source_is_in(main: str) -> None:
    assert detect(PASSAGES["ar"], main).language == "ar"


def test_russian_with_tajik_names_stays_russian() -> None:
    assert detect((TEXTS["ru"] * 4 + " Тоҷикистон ") * 2, "tg").language == "ru"


def test_the_main_language_of_the_source_decides_what_is_as_likely() -> None:
    bosnian_or_so = "Kanal ispod sela stariji je od granice koja ga danas presijeca."

    assert detect(bosnian_or_so, "hr").language == "hr"


def test_an_abstract_in_another_language_does_not_decide() -> None:
    body = f"{TEXTS['en'] * 45}\n{TEXTS['ru'] * 120}"

    assert detect(body, "en") == ("ru", "Cyrl")


def test_quotations_in_another_language_do_not_decide() -> None:
    body = "\n".join([SHOWN["en"] * 3, TEXTS["fa"], SHOWN["en"] * 3, TEXTS["ru"]])

    assert detect(body, "ru") == ("en", "Latn")


def test_the_references_of_an_article_do_not_decide() -> None:
    entries = (
        f"<li>Салимова Н. {PASSAGES['ru'][:200]} // Вода, 200{n}. С. 5.</li>" for n in "1234"
    )

    row = read_one(article(below=f"<h2>References</h2><ol>{''.join(entries)}</ol>"))

    assert "Салимова" in row["reference_text"]
    assert (row["language"], row["script"]) == ("en", "Latn")


@pytest.mark.parametrize(
    ("text", "script"),
    [
        *(("", None), ("1994, 2004: 12 %", None), ("© … — «»", None), ("۱۳۹۰ ٪", None)),
        *(("NATO", "Latn"), ("Вода", "Cyrl"), ("آب", "Arab"), ("水", "Hani"), ("みず", "Jpan")),
    ],
)
def test_too_short_a_text_has_a_script_at_most(text: str, script: str | None) -> None:
    assert detect(text, "en") == (None, script)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("村子下面的水渠比边界还要古老", ("zh", "Hani")),
        ("村の下の水路は国境よりも古い", ("ja", "Jpan")),
        ("마을 아래의 수로는 국경보다 오래", ("ko", "Kore")),
        ("村落下方的水路比國境古老（수）", ("zh", "Hani")),
        ("Ջրանցքը հին է", ("hy", "Armn")),
    ],
)
def test_a_script_of_one_language_tells_it_in_a_few_letters(
    text: str, told: tuple[str, str]
) -> None:
    assert detect(text, "en") == told


@given(st.text())
def test_any_text_has_the_script_of_most_of_its_letters(text: str) -> None:
    found = detect(text, "en")

    letters = [script for char in text.lower() if (script := scripts.of(char))]
    assert (found.script is None) == (letters == [])
    assert found.language is None or found.script in {*language.MODELLED, *language.ALONE}


@pytest.mark.parametrize("script", language.MODELLED)
def test_the_model_knows_all_languages_it_may_choose_from(script: str) -> None:
    assert language._model(script).labels
    assert set(language.MODELLED[script].split()) == set(language._model(script).labels)
