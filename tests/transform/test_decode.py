"""Bytes in any charset, whatever they declare, become text or say `charset`."""

import time
from contextlib import suppress

import pytest

from etl.errors import Rejected, UnknownCharset
from etl.transform import pages
from etl.transform.pages import charset, decode
from tests.transform.passages import PASSAGES
from tests.transform.rawpages import article, html, raw, read_one

TITLE = "Вода и соседи в Чоркухе"
MAX_BYTES = 10_000_000


def page(*languages: str, head: str = f"<title>{TITLE}</title>") -> str:
    """A page with a passage in each language."""
    return html("".join(f"<p>{PASSAGES[language]}</p>" for language in languages), head)


def read(content: bytes, declared: str | None = None) -> str:
    """The text of a page that comes with a charset in its header."""
    header = f"text/html; charset={declared}" if declared else None
    return decode.text(content, header, MAX_BYTES).text


OWN = [
    *(("ru", "windows-1251"), ("ru", "koi8-r"), ("ru", "cp866"), ("ru", "iso-8859-5")),
    *(("uk", "windows-1251"), ("uk", "koi8-u"), ("tg", "koi8-t"), ("tr", "windows-1254")),
    *(("fa", "windows-1256"), ("ar", "windows-1256"), ("ar", "iso-8859-6")),
    *(("fr", "windows-1252"), ("de", "windows-1252"), ("uz", "windows-1252")),
]
"""Languages with a charset they are written in that is found without a word about it."""

DECLARED = [None, "utf-8", "iso-8859-1", "windows-1251", "koi8-r", "windows-1256", "no-such", "hex"]


@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize(("language", "name"), OWN)
def test_a_charset_is_found_whatever_is_declared(
    language: str, name: str, declared: str | None
) -> None:
    # The letters of Persian that Windows-1256 lacks were written with their Arabic likes.
    passage = PASSAGES[language].encode(name, "replace")

    found = read(b"<p>" + passage + b"</p>", declared)

    assert found == f"<p>{passage.decode(name)}</p>"


ONLY_DECLARED = [
    *(("kk", "kz1048"), ("kk", "ptcp154"), ("tg", "ptcp154"), ("el", "windows-1253")),
    *(("he", "windows-1255"), ("zh", "gb2312"), ("zh", "gb18030"), ("ja", "shift_jis")),
    ("ja", "euc-jp"),
]
"""The same, with one that is believed if it is declared."""


@pytest.mark.parametrize(("language", "name"), ONLY_DECLARED)
def test_a_declared_charset_that_fits_is_believed(language: str, name: str) -> None:
    assert PASSAGES[language] in read(page(language, head="").encode(name), name)


@pytest.mark.parametrize(
    ("language", "name"), [(lang, name) for lang, name in ONLY_DECLARED if lang in "el he zh ja"]
)
@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1"])
def test_what_fits_no_charset_is_not_read_damaged(
    language: str, name: str, declared: str | None
) -> None:
    with pytest.raises(UnknownCharset, match=r"characters are lost; .* look at its bytes"):
        read(page(language, head="").encode(name), declared)


@pytest.mark.parametrize("declared", [None, "utf-8", "utf-16", "windows-1251"])
@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-16"])
def test_utf_16_is_known_by_its_zeros(name: str, declared: str | None) -> None:
    assert PASSAGES["fa"] in read(page("ru", "fa").encode(name), declared)


@pytest.mark.parametrize("name", ["utf-8", "windows-1251"])
def test_a_page_that_wrongly_says_utf_16_is_read(name: str) -> None:
    declared = page("ru", head='<meta charset="utf-16">')

    assert PASSAGES["ru"] in read(declared.encode(name))


@pytest.mark.parametrize("declared", ["windows-1251", "koi8-r", "iso-8859-1", "shift_jis"])
def test_utf_8_is_utf_8_whatever_is_declared(declared: str) -> None:
    assert PASSAGES["tg"] in read(page("tg").encode(), declared)


def test_names_of_charsets_are_taken_as_browsers_take_them() -> None:
    quoted = html("<p>“Ça va”, dit-elle. Le prix est de 5 €.</p>")

    assert "“Ça va”, dit-elle. Le prix est de 5 €." in read(
        quoted.encode("windows-1252"), "iso-8859-1"
    )


def test_signs_alone_are_read_as_those_of_a_charset_of_windows() -> None:
    text = "<p>“Tea”—he said… It’s • 5 €</p><p>————</p>"

    assert read(text.encode("windows-1252").replace(b"\x80", b"EUR")) == text.replace("€", "EUR")


class TestMixed:
    """Pages whose parts are in charsets of their own."""

    @pytest.mark.parametrize(("language", "name"), [("ru", "windows-1251"), ("ar", "windows-1256")])
    @pytest.mark.parametrize("times", [1, 20])
    def test_an_old_article_in_a_new_frame_is_read(
        self, language: str, name: str, times: int
    ) -> None:
        frame, old = page("ru").encode(), f"<p>{PASSAGES[language]}</p>".encode(name) * times

        found = read(frame.replace(b"</body>", old + b"</body>"))

        assert TITLE in found
        assert PASSAGES["ru"] in found
        assert f"<p>{PASSAGES[language]}</p>" * times in found

    def test_pairs_of_letters_that_are_utf_8_by_chance_are_not(self) -> None:
        text = page("ru").replace("</body>", "<b>Её</b> <i>Ты…»</i></body>")

        found = read(text.encode("windows-1251"))

        assert "<b>Её</b> <i>Ты…»</i>" in found

    def test_a_word_of_windows_1251_in_a_line_of_utf_8_is_mended(self) -> None:
        before, after = page("ru").encode().split("старше".encode(), 1)

        assert PASSAGES["ru"] in read(before + "старше".encode("windows-1251") + after)

    def test_a_letter_of_the_west_in_utf_8_is_read(self) -> None:
        damaged = article().encode().replace(b"Chorkuh is", b"Chork\xe9h is")

        assert "Chorkéh is" in read_one(damaged)["body"]


class TestDamaged:
    """A few lost characters do no harm; many do."""

    @pytest.mark.parametrize("name", ["utf-8", "windows-1251"])
    def test_a_page_with_a_few_bad_bytes_is_read(self, name: str) -> None:
        content = page("ru", "ru").encode(name)
        middle = content.index("никто не записал".capitalize().encode(name))

        found = read(content[:middle] + b"\x98" + content[middle:])

        assert PASSAGES["ru"] in found
        assert found.count(decode.LOST) == 1

    def test_a_letter_that_was_cut_in_two_costs_only_itself(self) -> None:
        content = page("fa").encode()
        middle = content.index("کهن".encode())

        found = read(content[:middle] + content[middle + 1 :])

        assert "\ufffdهن‌تر است و مردم" in found

    def test_a_bad_byte_does_not_lose_a_page_of_several_bytes_a_letter(self) -> None:
        content = page("zh").encode("gb18030").replace(b"</p>", b"\xff</p>")

        assert PASSAGES["zh"] in read(content, "gb2312")

    def test_quotes_that_were_lost_before_leave_text(self) -> None:
        text = article().replace("it, and", "it \ufffdand\ufffd")

        assert read(text.encode())

    def test_words_that_were_lost_before_leave_none(self) -> None:
        lost = html("<p>" + "\ufffd\ufffd\ufffd\ufffd " * 50 + "</p><p>Souvenirs of the valley</p>")

        with pytest.raises(UnknownCharset, match="200 of"):
            read(lost.encode())

    def test_markup_does_not_hide_what_was_lost(self) -> None:
        bulky = page("ru").replace("</body>", f"<script>{'var a;' * 9_000}</script></body>")

        with pytest.raises(UnknownCharset):
            read(bulky.encode("ascii", "replace").replace(b"?", b"\x98"))

    def test_noise_is_in_no_charset(self) -> None:
        with pytest.raises(UnknownCharset):
            read(bytes(range(128, 256)) * 40)


@pytest.mark.parametrize("language", PASSAGES)
def test_a_passage_makes_words_in_its_own_charset(language: str) -> None:
    assert charset.plausibility(PASSAGES[language]) >= 0.96 or language == "uz"
    assert charset.plausibility(PASSAGES["uz"]) == charset.SIGNS_ALONE


@pytest.mark.parametrize(
    "content",
    [
        b"<p>" + b"<script>x" * 200_000 + b"\xe9",
        b"<" * 1_000_000 + b"\xe9",
        b"\xe9" * 2_000_000,
        PASSAGES["ru"].replace(" ", "").encode("windows-1251") * 4_000,
        ("<b>" + PASSAGES["ru"]).encode("windows-1251") * 4_000,
    ],
    ids=["scripts", "brackets", "one word", "no spaces", "tags"],
)
def test_huge_pages_are_decoded_in_seconds(content: bytes) -> None:
    start = time.process_time()
    with suppress(Rejected):
        read(content)

    assert time.process_time() - start < 5


def test_the_reader_says_charset() -> None:
    content = page("el", head="").encode("windows-1253")

    _, rejects = pages.read(raw(content), "en", "UTC", MAX_BYTES)

    assert rejects["outcome"].to_list() == ["charset"]
