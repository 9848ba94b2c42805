"""Entries that mean an earlier one, and several works in one note."""

import polars as pl
import pytest

from etl.transform.citations import citations, introductions, repeats
from etl.transform.citations.several import parts

GREEN = "Sharipov S. Green Ink: Two Ledgers of One Valley. Khujand: Nur House, 2011. 140 p."
GATES = "Pelletier A. “Who Opens the Ninth Gate?” Irrigation Letters 4, no. 2 (2014): 11–29."
TAILS = "Sharipov S. Tails of the Canal. Khujand: Nur House, 2015. 90 p."


def read(*notes: str) -> pl.DataFrame:
    """Citations of a numbered list, each with the position of the one it means."""
    text = "\n".join(f"{number}. {note}" for number, note in enumerate(notes, start=1))
    versions = pl.DataFrame({"version_id": [1], "body": [""], "reference_text": [text]})
    found = citations(versions).citations
    meant = found.select(repeats_citation_id="citation_id", means="position")
    return found.join(meant, on="repeats_citation_id", how="left").sort("position")


@pytest.mark.parametrize(
    "repetition",
    [
        "Ibid.",
        "Ibid., p. 15.",
        "Ibidem. P. 15.",
        "Там же. С. 15.",
        "См.: Там же.",
        "Ҳамон ҷо. С. 15.",
        "همان، ص ۱۵.",
        "همانجا.",
        "همان منبع، ص ۱۵.",
        "Ebd., S. 15.",
        "Op. cit., p. 15.",
        "Loc. cit.",
        "Указ. соч. С. 15.",
    ],
)
def test_a_word_alone_means_the_entry_right_before(repetition: str) -> None:
    found = read(GATES, GREEN, repetition)

    assert found["means"].to_list() == [None, None, 2]
    assert found["work_id"][2] == found["work_id"][1]


@pytest.mark.parametrize(
    "repetition",
    [
        "Sharipov, op. cit., p. 15.",
        "Sharipov S. Op. cit. P. 15.",
        "See S. Sharipov, op. cit., p. 15.",
        "Samad Sharipov, op. cit.",
        "Sharipov, p. 15.",
        "Sharipov, Green Ink, p. 15.",
        "Sharipov S. Green Ink… P. 15.",
        "Samad Sharipov, Green Ink, 15.",
    ],
)
def test_a_name_means_the_last_entry_of_that_name(repetition: str) -> None:
    found = read(GREEN, GATES, repetition)

    assert found["means"].to_list() == [None, None, 1]
    assert found["work_id"][2] == found["work_id"][0]


def test_a_short_title_tells_works_of_one_author_apart() -> None:
    found = read(GREEN, TAILS, "Sharipov, Green Ink, p. 3.", "Sharipov, op. cit., p. 4.")

    assert found["means"].to_list() == [None, None, 1, 2]


def test_short_titles_are_read_in_cyrillic() -> None:
    found = read(
        "Шарипов С. Зеленые чернила: две книги одной долины. Худжанд: Нур, 2011. 140 с.",
        "Пеллетье А. Кто открывает девятый затвор? // Ирригационный вестник. 2014. № 2. С. 11–29.",
        "Шарипов. Зеленые чернила… С. 20.",
        "Пеллетье А. Указ. соч. С. 15.",
        "Там же. С. 16.",
    )

    assert found["means"].to_list() == [None, None, 1, 2, 2]
    assert found["page_first"].to_list()[2:] == ["20", "15", "16"]


def test_a_chain_leads_to_the_full_entry() -> None:
    found = read(GREEN, "Ibid., 12.", "Ibid.", "Там же. С. 14.")

    assert found["means"].to_list() == [None, 1, 1, 1]
    assert found["work_id"].n_unique() == 1
    assert found["pages"].to_list()[1:] == ["12", None, "14"]


def test_a_remark_between_them_is_passed_over() -> None:
    found = read(GREEN, "The clerk asked not to be named.", "Ibid.")

    assert found["means"].to_list() == [None, None, 1]


def test_the_last_work_of_a_note_is_the_one_meant() -> None:
    found = read(f"{GREEN.removesuffix('.')}; {GATES}", "Ibid., p. 12.")

    assert found["label"].to_list() == ["1.", "1.", "2."]
    assert found["means"].to_list() == [None, None, 2]


@pytest.mark.parametrize(
    "entry",
    [
        "Karimov, op. cit., p. 5.",
        "Sharipov, Another Book, p. 5.",
        "Sharipov S. Green Ink. 2nd ed. Khujand: Nur House, 2018.",
        "The clerk of Sharipov asked not to be named.",
        "Interview with the clerk.",
    ],
)
def test_what_means_no_earlier_entry_means_none(entry: str) -> None:
    assert read(GREEN, GATES, entry)["means"].to_list() == [None, None, None]


def test_nothing_stands_before_the_first_entry() -> None:
    found = read("Ibid.", GREEN)

    assert found["means"].to_list() == [None, None]
    assert found["work_id"][0] is None


def test_a_repetition_is_no_work_of_its_own() -> None:
    text = f"1. {GREEN}\n2. Sharipov, op. cit., p. 15."
    found = citations(pl.DataFrame({"version_id": [1], "body": [""], "reference_text": [text]}))

    assert found.works.height == 1
    assert found.citations["title"].to_list()[1] is None


def split(note: str) -> list[str]:
    """The works of a note."""
    return [note[start:end] for start, end in parts(note)]


@pytest.mark.parametrize(
    "works",
    [
        ["Shaw A. Rivers. Osh, 2001", "Tan M. Roads. Osh, 2002"],
        ["Шоу А. Реки. М., 2001", "Тан М. Дороги. М., 2002", "Там же. С. 5"],
        ["Shaw (2001)", "Tan (2002)"],
        ["Ibid., 5", "Karimov, op. cit., p. 7"],
        ["فرهاد مرادف، برف دیر، ۱۳۸۸", "نرگس رشیدوا، سنجه‌ها، ۱۳۹۱"],
        ["Shaw A. Rivers. https://example.org/rivers", "Tan M. Roads. https://example.org/roads"],
        ["Шоу А. Реки. М., 2001", "Он же. Дороги и тропы. М., 2003"],
    ],
)
def test_works_parted_by_semicolons_are_entries_of_their_own(works: list[str]) -> None:
    assert split("; ".join(works) + ".") == [*works[:-1], works[-1] + "."]


@pytest.mark.parametrize(
    "works",
    [
        ["Shaw A. Rivers. Osh, 2001.", "See also: Tan M. Roads. Osh, 2002."],
        ["Шоу А. Реки. М., 2001.", "См. также: Тан М. Дороги. М., 2002."],
        ["Шоу А. Указ. соч. С. 5.", "Ср.: Тан М. Дороги. М., 2002."],
        ["Shaw A. Rivers. Osh, 2001.", "Cf. Tan M. Roads. Osh, 2002."],
    ],
)
def test_works_parted_by_see_also_are_entries_of_their_own(works: list[str]) -> None:
    assert split(" ".join(works)) == works


@pytest.mark.parametrize(
    "reference",
    [
        "Murodov F, Rashidova N; Snow Group. Late snow. High Valleys. 2009;1(2):3–9.",
        "Hall, K.; Murodov, F.; Rashidova, N. Gauges; a dispute. High Valleys 2012, 3, 5–19.",
        "Иванов И. И. История реки. М.; Л.: Наука, 1970. 300 с.",
        "Лысенко В. Г. Сборник статей о реках. М., 1999; СПб., 2001.",
        "Shaw A. Rivers. Osh, 2001; 2nd ed. 2005; reprinted by Tan, 2007",
        "البرزن، کریم؛ منصور، یسرا. بندرها و وعده‌ها. مسقط: آزمایشگاه، ۱۴۰۱.",
        "Shaw A. Rivers of 1990; Roads of 2001. Osh, 2004.",
        "Shaw A. Rivers. Osh; London: Valley Press, 2001.",
        "Law of 12 March 2006; as amended in 2010.",
    ],
)
def test_a_single_reference_with_semicolons_stays_whole(reference: str) -> None:
    assert split(reference) == [reference]


@pytest.mark.parametrize(
    "lead",
    [
        "See ",
        "See also: ",
        "Cf. ",
        "Quoted in ",
        "See, for example, ",
        "См.: ",
        "См., например: ",
        "Подробнее см.: ",
        "Более подробно об этом см.: ",
        "Цит. по: ",
        "Ср.: ",
        "Нигаред: ",
        "ر.ک. ",
        "ر. ک: ",
        "نگاه کنید به: ",
        "Vgl. ",
        "Voir ",
    ],
)
def test_words_that_lead_to_a_reference_are_no_part_of_it(lead: str) -> None:
    name = "مرادف، فرهاد. برف دیر، ۱۳۸۸" if lead.strip()[0] in "رن" else "Shaw, A. Rivers. 2001"

    assert introductions.blanked(lead + name) == " " * len(lead) + name
    assert name.startswith(read(lead + name)["authors"][0][:4])


@pytest.mark.parametrize(
    "entry", ["See No Evil. Osh, 2001.", "In Late Snow. Osh, 2001.", "Also Ran. Osh, 2001.", "Cf."]
)
def test_a_title_may_begin_with_such_a_word(entry: str) -> None:
    assert introductions.blanked(entry) == entry


def test_an_entry_says_by_its_words_that_it_repeats() -> None:
    assert repeats.is_repeat("Ibid.")
    assert not repeats.is_repeat("Ibidin S. Rivers. Osh, 2001.")
    assert not repeats.is_repeat("همانی، علی. برف. تهران، ۱۳۸۸.")
