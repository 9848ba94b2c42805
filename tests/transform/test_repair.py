"""Text that was damaged before it was sent is mended, and no other; what was done is recorded."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.pages import escapes, mojibake
from etl.transform.pages.page import Byline, Page, Teaser
from tests.transform.passages import PASSAGES
from tests.transform.rawpages import PROSE, article, html, raw, read_one

SHOWN = {**PASSAGES, "uz-Cyrl": "Қишлоқ остидаги канал уни кесиб ўтган чегарадан ҳам қадимийроқ."}

READ_IN = ["sloppy-windows-1252", "latin-1", "sloppy-windows-1251"]
"""Charsets that UTF-8 is taken for; all of them have a sign for every byte."""

WIDE = [
    *((language, name) for language in ("ru", "tg", "uz-Cyrl", "kk", "uz") for name in READ_IN),
    *((language, "sloppy-windows-1252") for language in SHOWN),
]
"""Languages, and what their UTF-8 was read in."""

NARROW = [
    *(("ru", "windows-1251"), ("uk", "windows-1251"), ("ru", "koi8-r"), ("tg", "koi8-t")),
    *(("ar", "windows-1256"), ("tr", "windows-1254")),
]
"""Languages with a charset of one byte a letter that was read in Windows-1252."""


def read_as(text: str, own: str, name: str) -> str:
    """`text` in its own charset as it looks in another one."""
    return text.encode(own).decode(name)


@pytest.mark.parametrize(("language", "name"), WIDE)
def test_utf_8_that_was_read_in_another_charset_is_mended(language: str, name: str) -> None:
    meant = f"<h1>Чоркуҳ</h1><p>{SHOWN[language]}</p>"

    found = mojibake.mend(meant.replace(SHOWN[language], read_as(SHOWN[language], "utf-8", name)))

    assert found.text == meant
    assert found.repairs == (
        f"mojibake utf-8 as {'windows-1251' if name.endswith('1251') else 'windows-1252'}",
    )


@pytest.mark.parametrize(("language", "own"), NARROW)
def test_letters_of_one_byte_that_were_read_as_latin_are_mended(language: str, own: str) -> None:
    passage = PASSAGES[language].encode(own, "replace").decode(own)
    meant = f'<meta content="{passage[:50]}"><p>Water, 2011</p><p>{passage}</p>'

    found = mojibake.mend(meant.replace(passage, read_as(passage, own, "latin-1")))

    assert found.text == meant
    assert found.repairs == (f"mojibake {own.replace('koi8-', 'koi8_')} as windows-1252",) or (
        own == "koi8-r" and found.repairs == ("mojibake koi8_u as windows-1252",)
    )


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("It’s the clerkâ€™s figure.", "It’s the clerk’s figure."),
        ("Le cafÃ© de la vallée", "Le café de la vallée"),
        ("Журнал «Ð¡Ñ‚ÐµÐ¿ÑŒ», Душанбе", "Журнал «Степь», Душанбе"),
        ("The stick\x97painted\x97is trusted", "The stick—painted—is trusted"),
        ("ÐšÐ°Ð½Ð°Ð» Ð¸ Ð³Ñ€Ð°Ð½Ð¸Ñ†Ð°", "Канал и граница"),
        ("РљР°РЅР°Р» Рё РіСЂР°РЅРёС†Р°", "Канал и граница"),
        ("Ø¢Ø¨\u200cØ±Ø§Ù‡ Ú©Ù‡Ù†", "آب\u200cراه کهن"),
    ],
)
def test_what_is_damaged_in_a_sound_text_is_mended(damaged: str, meant: str) -> None:
    assert mojibake.mend(f"<p>{damaged}</p>").text == f"<p>{meant}</p>"


def test_what_is_too_short_to_look_wrong_is_mended_like_its_neighbours() -> None:
    short, long = read_as("И", "utf-8", "latin-1"), read_as(PASSAGES["ru"], "utf-8", "latin-1")

    found = mojibake.mend(f"<p>{long}</p><b>{short}</b>")

    assert found.text == f"<p>{PASSAGES['ru']}</p><b>И</b>"


def test_scripts_and_addresses_are_left_alone() -> None:
    kept = '<script>let map = {"Ã©": "é"}</script><a href="/cafÃ©">'

    assert mojibake.mend(kept + "<p>The cafÃ©").text == kept + "<p>The café"


def test_json_ld_is_mended() -> None:
    data = '<script type="application/ld+json">{"headline": "The cafÃ©"}</script>'

    assert mojibake.mend(data).text == data.replace("Ã©", "é")


@pytest.mark.parametrize("language", SHOWN)
def test_a_sound_text_is_left_alone(language: str) -> None:
    assert mojibake.mend(f"<p>{SHOWN[language]}</p>") == (f"<p>{SHOWN[language]}</p>", ())


@pytest.mark.parametrize(
    "text",
    [
        "A AÇÃO NÃO É DE AMANHÃ, SÃO DUAS IRMÃS",
        "« Où ? À l’été », dit-elle… “Ça”—là. É» è— ç’",
        "Þú og það, þeir og þær: úti á túni, í bænum, á þingi, þjóð, þörf, þú",
        "Kanalyň ýanynda ýaşaýan adamlar ýylda bir gezek ýygnanýar; her ýyl ýene ýazýar",
        "Hafta sonu ŞİMDİ ağaçlığa gidiyoruz; ÂŞIK, kâğıt, hâlâ",
        "РАБОТА СОВЕТА СССР: РОССИЯ, СРЕДСТВА, РЕСПУБЛИКА Р. С.",
        "§ 5 «О воде» — 20 °С, № 3 (7), 40 € ± 2 %",
        "ﬁne “curly” ‘quotes’ ＡＢＣ … Ⅷ ½",
    ],
)
def test_what_only_looks_odd_is_left_alone(text: str) -> None:
    assert mojibake.mend(f"<p>{text}</p>").repairs == ()


WORDS = [word for text in SHOWN.values() for word in text.split()]


@given(st.lists(st.sampled_from([*WORDS, "<p>", "«", "»", "—", "\n", "№ 5", "100 €"])))
def test_words_of_any_languages_side_by_side_are_left_alone(words: list[str]) -> None:
    text = " ".join(words)

    assert mojibake.mend(text) == (text, ())


DAMAGED = st.one_of(
    st.text(),
    st.text(st.sampled_from("ÃÂâ€™œÐ°ÑРСµÏðèâåòþ\x80\x92 é»яЖا<>&;\n\ufffd")),
    st.lists(st.sampled_from([*WORDS, "Ã©", "â€™", "Ð°Ñ€", "Ïðèâåò", "Ã ", "<script>"])).map(
        " ".join
    ),
    st.sampled_from(list(SHOWN.values())).map(lambda text: read_as(text, "utf-8", "latin-1")),
)


@given(DAMAGED)
def test_mending_never_fails_and_twice_does_no_more_than_once(text: str) -> None:
    once = mojibake.mend(text)

    assert mojibake.mend(once.text).text == once.text
    assert bool(once.repairs) == (once.text != text)


@pytest.mark.parametrize(
    "text",
    [
        "Ã©" * 200_000,
        "<script Ã©" * 50_000,
        "<" * 300_000 + "Ã©",
        read_as(PASSAGES["ru"], "utf-8", "latin-1") * 300,
        "â" * 200_000 + "Ã©",
        "Ã©я" * 60_000,
    ],
    ids=["one word", "scripts", "brackets", "passages", "no match", "mixed"],
)
def test_huge_texts_are_mended_in_seconds(text: str) -> None:
    start = time.process_time()
    mojibake.mend(text)

    assert time.process_time() - start < 5


class TestEscapes:
    """Entities that a reader would see."""

    @pytest.mark.parametrize(
        ("printed", "meant"),
        [
            ("Water&nbsp;and&#160;law", "Water and law"),
            ("&quot;Water&quot; &amp; law", '"Water" & law'),
            ("The clerk&#8217;s &#x2018;stick&rsquo;", "The clerk’s ‘stick’"),
            ("&amp;amp;laquo;Вода&raquo;", "«Вода»"),
            ("&#1055;риток", "Приток"),
            ("می&zwnj;گذرد", "می\u200cگذرد"),
            ("Caf&eacute; &#60;b&#62;", "Café &#60;b&#62;"),
        ],
    )
    def test_they_become_what_they_stand_for(self, printed: str, meant: str) -> None:
        page = Page(printed, None, (Byline(printed),), printed, printed, teasers=(Teaser(printed),))

        found = escapes.undo(page)

        assert found == Page(meant, None, (Byline(meant),), meant, meant, teasers=(Teaser(meant),))

    @pytest.mark.parametrize(
        "text",
        [
            "AT&T; R&D",
            "a &lt;b&gt; tag",
            "q=1&copy=2",
            "int *b = &num; c = &sum;",
            "&unknown; &#0; &#xD800; &#9;",
            "&",
        ],
    )
    def test_what_is_none_is_left_alone(self, text: str) -> None:
        page = Page(text, None, (), text, None)

        assert escapes.undo(page) == page

    def test_lines_of_nothing_else_are_left_out(self) -> None:
        page = Page("&nbsp;", None, (), f"{PROSE}\n&nbsp;\n{PROSE}", "&nbsp;")

        assert escapes.undo(page) == Page("&nbsp;", None, (), f"{PROSE}\n{PROSE}", None)

    @given(st.text(st.sampled_from("&amp;#38quotlgn x\n\u00a0é")))
    def test_undoing_twice_does_no_more_than_once(self, text: str) -> None:
        once = escapes.undo(Page(text, None, (), text, text))

        assert escapes.undo(once) == once


class TestRecorded:
    """What the row of a page says of its bytes."""

    def test_a_sound_page_has_its_charset_and_no_repair(self) -> None:
        row = read_one(article())

        assert (row["charset"], row["text_repair"]) == ("utf-8", None)

    @pytest.mark.parametrize("name", ["cp1251", "koi8_u", "utf-16"])
    def test_the_charset_is_named_as_python_names_it(self, name: str) -> None:
        page = html(f"<h1>Вода и соседи</h1><p>9 марта 2011</p><p>{PASSAGES['ru']}</p>" * 2)

        assert read_one(page.encode(name))["charset"] == name

    def test_a_page_in_two_charsets_names_both(self) -> None:
        head, tail = html(f"<h1>Вода и соседи</h1><p>{PASSAGES['ru']}</p>").split("</body>")

        content = head.encode() + f"<p>{PASSAGES['ru']}</p>".encode("cp1251") + tail.encode()

        assert read_one(content)["charset"] == "mixed: utf-8, cp1251"

    def test_words_of_windows_1251_in_utf_8_are_named(self) -> None:
        before, after = html(f"<h1>Вода и соседи</h1><p>{PASSAGES['ru']}</p>").split("старше")

        row = read_one(before.encode() + "старше".encode("cp1251") + after.encode())

        assert (row["charset"], row["text_repair"]) == ("utf-8", "windows-1251 words in utf-8")
        assert row["body"] == PASSAGES["ru"]

    def test_a_page_that_was_encoded_twice_is_read_whole(self) -> None:
        shown = f"<h1>Вода и соседи</h1><p>9 марта 2011</p><p>{PASSAGES['ru']}</p>"
        page = html(shown, "<title>Вода и соседи</title>")

        row = read_one(page.encode().decode("latin-1").encode())

        assert (row["title"], row["body"]) == ("Вода и соседи", PASSAGES["ru"])
        assert f"{row['published_at']:%Y-%m-%d}" == "2011-03-09"
        assert row["text_repair"] == "mojibake utf-8 as windows-1252"
        assert (row["language"], row["script"]) == ("ru", "Cyrl")

    def test_several_repairs_are_all_named(self) -> None:
        text = f"<p>{PROSE}</p><p>The clerkâ€™s&amp;nbsp;stick is trusted by both sides.</p>"

        row = read_one(article(text=text))

        assert row["body"].endswith("The clerk’s stick is trusted by both sides.")
        assert row["text_repair"] == "mojibake utf-8 as windows-1252; double-escaped entities"

    def test_plain_text_shows_no_entities(self) -> None:
        text = f"Water &amp; Neighbours\n\n9 March 2011\n\n{PROSE}\n\n{PROSE}"

        row = read_one(raw(text, content_type="text/plain"))

        assert row["title"] == "Water & Neighbours"
        assert row["text_repair"] == "double-escaped entities"
