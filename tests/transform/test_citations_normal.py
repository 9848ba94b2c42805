"""What follows from the parts of a reference: pages, identifiers, archives, editions and more."""

import pytest

from etl.schema.citations import WORK_KINDS
from etl.transform.citations import archives, identifiers, pages
from etl.transform.citations.normal import normalised
from etl.transform.citations.parse import parse
from etl.transform.citations.reference import Reference
from tests.transform.citation_styles import STYLES

# Printed, first page, last page, how many.
PAGES = [
    ("44–61", "44", "61", None),
    ("83–8", "83", "88", None),
    ("pp. 123-25", "123", "125", None),
    ("S12–S18", "S12", "S18", None),
    ("S12-18", "S12", "S18", None),
    ("xii–xx", "xii", "xx", None),
    ("44f.", "44", "45", None),
    ("44 ff.", "44", None, None),
    ("129–5", "129", None, None),
    ("p. 12", "12", "12", None),
    ("С. 15–20.", "15", "20", None),
    ("С. 15, 33–35", "15", "35", None),
    ("ص ۱۵–۲۰", "15", "20", None),
    ("ص ۳۴۰", "340", "340", None),
    ("e12345", "e12345", "e12345", None),
    ("۳۴۰ ص", None, None, 340),
    ("340 p.", None, None, 340),
    ("340 с.", None, None, 340),
    ("150 саҳ.", None, None, 150),
    ("0 p.", None, None, None),
    ("–", None, None, None),
]


@pytest.mark.parametrize(("printed", "first", "last", "count"), PAGES)
def test_pages_are_a_range_or_a_count(
    printed: str, first: str | None, last: str | None, count: int | None
) -> None:
    assert pages.read(printed) == (first, last, count)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("doi: 10.1234/ abc.5.", "10.1234/abc.5"),
        ("doi: 10. 1234/abc.5", "10.1234/abc.5"),
        ("https://doi.org/10.1234/978-3- 16-5", "10.1234/978-3-16-5"),
        ("doi:10.1234/ab\u00adc.5", "10.1234/abc.5"),
        # Nobody knows whether the number belongs to it.
        ("doi:10.1234/abc. 2010", "10.1234/abc"),
        ("10.1234/ abc.5", None),
    ],
)
def test_a_torn_doi_is_mended_where_it_is_sure(text: str, expected: str | None) -> None:
    found = identifiers.doi(text)

    assert (found and found.value) == expected


@pytest.mark.parametrize(
    "address",
    [
        "https://press.example/doi/full/10.1234/abc.5",
        "https://press.example/10.1234/abc.5/abstract",
        "https://press.example/10.1234/abc.5.pdf",
        "https://press.example/10.1234%2Fabc.5?view=all",
    ],
)
def test_what_a_publisher_adds_to_a_doi_is_none_of_it(address: str) -> None:
    assert parse(f"Shaw A. Rivers. Osh, 2001. {address}").doi == "10.1234/abc.5"


def test_a_url_is_joined_and_its_host_in_lower_case() -> None:
    assert parse("Shaw A. Rivers. Http://Example.ORG/Path").url == "http://example.org/Path"


def test_an_arxiv_number_is_kept_beside_the_doi_of_the_journal() -> None:
    reference = parse(
        "Tan M. Dust. Steppe Review 12, 5 (2011). doi:10.1234/abc.5 arXiv:1101.1783v2"
    )

    assert (reference.doi, reference.arxiv) == ("10.1234/abc.5", "1101.1783")


@pytest.mark.parametrize(
    ("text", "archive", "location"),
    [
        ("ЦГА РД. Ф. 12. Оп. 3. Д. 45. Л. 7.", "ЦГА РД", "Ф. 12. Оп. 3. Д. 45. Л. 7"),
        (
            "Записка // РГАДО. Ф. Р-62. Оп. 2. Ед. хр. 145. Л. 7–9, 12 об.",
            "РГАДО",
            "Ф. Р-62. Оп. 2. Ед. хр. 145. Л. 7–9, 12 об",
        ),
        (
            "Archive of the Upper Valley, fond 12, opis 3, delo 45, list 7",
            "Archive of the Upper Valley",
            "fond 12, opis 3, delo 45, list 7",
        ),
        ("Memo, 3 May 1951, TNA, FO 371/92345.", "TNA", "FO 371/92345"),
        ("IOR/L/PS/10/125, British Library", "British Library", "IOR/L/PS/10/125"),
        (
            "Letter. RG 59, Central Files, Box 12, Folder 3",
            None,
            "RG 59, Central Files, Box 12, Folder 3",
        ),
        ("Бойгонии водӣ. Ф. 5. Оп. 1. Д. 3.", "Бойгонии водӣ", "Ф. 5. Оп. 1. Д. 3"),
        ("مرکز اسناد دشت، سند شماره ۱۲/۳۴", "مرکز اسناد دشت", "سند شماره ۱۲/۳۴"),
    ],
)
def test_a_file_of_an_archive_is_found_with_its_place(
    text: str, archive: str | None, location: str
) -> None:
    held = archives.find(text)

    assert held is not None
    assert (held.archive, held.location) == (archive, location)


@pytest.mark.parametrize(
    "text",
    [
        "Шоу А. История // Вестник. Ф. 5.",
        "Shaw F. 12 rivers. Op. cit. P. 3.",
        "Шоу А. Опись вод. М., 2001. 220 с.",
    ],
)
def test_other_numbers_are_no_signature(text: str) -> None:
    assert archives.find(text) is None


def test_a_signature_is_no_volume_and_no_pages() -> None:
    reference = parse("Записка о воде // ЦГА РД. Ф. 12. Оп. 3. Д. 45. Л. 7.")

    assert reference.title == "Записка о воде"
    assert (reference.volume, reference.issue, reference.pages) == (None, None, None)
    assert (reference.container_title, reference.publisher) == (None, None)


def test_edition_series_and_translators_are_kept() -> None:
    reference = parse(
        "Нуров Б. Колодцы / пер. с тадж. А. Б. Шоу. 2-е изд., испр. М.: Наука, 1960. 340 с. "
        "(Серия «Памятники степи»)."
    )

    assert reference.edition == "2-е изд., испр."
    assert reference.series == "Памятники степи"
    assert reference.translators == ("А. Б. Шоу",)
    assert reference.page_count == 340


def test_transactions_are_no_translation() -> None:
    assert parse("Shaw A. On wells. Trans. Amer. Hydr. Soc. 12 (2010) 44–61.").translators == ()


@pytest.mark.parametrize(
    ("raw", "has_more"),
    [
        ("Shaw, A., Tan, M., et al. (2010). Rivers. Steppe Review, 12(3), 83–8.", True),
        ("Нуров Б. и др. Каналы // Степной вестник. 2008. № 3.", True),
        ("Нуров Б. Каналы / Б. Нуров [и др.]. Ош: Долина, 2008.", True),
        ("Shaw, A. (2010). Rivers. Steppe Review, 12(3), 83–8.", False),
    ],
)
def test_more_authors_than_are_named_are_flagged(raw: str, has_more: bool) -> None:
    assert parse(raw).has_more_authors is has_more


def test_another_reader_of_entries_gets_the_same() -> None:
    raw = "احمدی، علی، «آب»، مجله دشت، ش ۳، زمستان ۱۳۸۷، ص ۱۵–۲۰. ISBN 0-306-40615-2"
    found = Reference(
        authors=("احمدی، علی",),
        title="آب",
        container_title="مجله دشت",
        issue="۳",
        date_printed="زمستان ۱۳۸۷",
        pages="ص ۱۵–۲۰",
        language="fa",
    )

    whole = normalised(found, raw)

    assert (whole.year, whole.issued) == (2008, "2008-24")
    assert (whole.page_first, whole.page_last) == ("15", "20")
    assert whole.kind == "article-journal"


def test_identifiers_of_another_reader_are_checked() -> None:
    printed = Reference(doi="https://doi.org/10.1234/ABC.5.", isbn="ISBN 0-306-40615-2", title="A")
    broken = Reference(doi="10.12/x", isbn="0-306-40615-3", title="A")
    preprint = Reference(arxiv="arXiv:1101.1783v2", title="A")

    found = [normalised(one, "A.") for one in (printed, broken, preprint)]

    assert [(one.doi, one.isbn, one.arxiv) for one in found] == [
        ("10.1234/abc.5", "9780306406157", None),
        (None, None, None),
        ("10.48550/arxiv.1101.1783", None, "1101.1783"),
    ]


@pytest.mark.parametrize("raw", [raw for raw, _ in STYLES.values()], ids=STYLES.keys())
class TestEveryReference:
    def test_its_normal_form_is_that_of_itself(self, raw: str) -> None:
        reference = parse(raw)

        assert normalised(reference, raw) == reference

    def test_its_kind_is_known_and_its_year_that_of_its_date(self, raw: str) -> None:
        reference = parse(raw)

        assert reference.kind in WORK_KINDS
        if reference.year and reference.issued:
            assert reference.issued.startswith(str(reference.year))
            assert reference.date_printed is not None
