"""The language of a text."""

import pytest

from etl.transform.pages.language import detect

TEXTS = {
    "en": "The canal below the village is older than the border that crosses it.",
    "ru": "Канал ниже села старше границы, которая его пересекает, и люди об этом помнят.",
    "tg": "Канали поёни деҳа аз сарҳаде, ки онро бурида мегузарад, қадимтар аст ва ҳама медонанд.",
    "uz": "Қишлоқ остидаги канал уни кесиб ўтган чегарадан ҳам қадимийроқ, буни ҳамма билади.",
    "ky": "Айылдын астындагы канал аны кесип өткөн чек арадан да эски, муну эл жакшы түшүнөт.",
    "kk": "Ауылдың төменгі жағындағы арна оны кесіп өтетін шекарадан да ескі, мұны бәрі біледі.",
    "fa": "کانالی که از پایین روستا می‌گذرد از مرزی که آن را بریده کهن‌تر است و همه این را می‌دانند.",
    "ar": "القناة التي تمر أسفل القرية أقدم من الحدود التي تقطعها، وأهل القرية يعرفون ذلك جيدًا.",
    "tr": "Köyün altındaki kanal, onu kesen sınırdan daha eskidir ve bunu herkes çok iyi biliyor.",
    "de": "Der Kanal unterhalb des Dorfes ist älter als die Grenze, die ihn heute durchschneidet.",
    "hy": "Գյուղի տակի ջրանցքը ավելի հին է, քան այն հատող սահմանը։",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_is_told_by_letters_or_model(language: str) -> None:
    assert detect(TEXTS[language] * 3, "en") == language


def test_persian_from_an_arabic_keyboard_is_persian() -> None:
    typed = TEXTS["fa"].replace("ی", "ي").replace("ک", "ك") * 3

    assert detect(typed, "ru") == "fa"


def test_russian_with_tajik_names_stays_russian() -> None:
    assert detect((TEXTS["ru"] * 4 + " Тоҷикистон ") * 2, "tg") == "ru"


@pytest.mark.parametrize("text", ["", "NATO", "1994, 2004, 2011: 12 %", "© … — «»"])
def test_too_short_a_text_has_no_language(text: str) -> None:
    assert detect(text, "en") is None
