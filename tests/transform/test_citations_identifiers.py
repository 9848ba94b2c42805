"""DOIs, ISBNs, arXiv numbers and URLs as references print them."""

import pytest

from etl.transform.citations import identifiers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("doi:10.1234/Abc.5.", "10.1234/abc.5"),
        ("https://doi.org/10.1234/abc(1)2).", "10.1234/abc(1)2"),
        ("http://dx.doi.org/10.1234/abc, 5", "10.1234/abc"),
        ("DOI 10.1234/abc[doi]", "10.1234/abc"),
        ("see 10.1234/", None),
        ("10.12/abc", None),
        ("10.1234/" + "x" * 300, None),
    ],
)
def test_a_doi_is_found_in_lower_case_without_its_resolver(text: str, expected: str | None) -> None:
    found = identifiers.doi(text)

    assert (found and found.value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ISBN 0-306-40615-2", "9780306406157"),
        ("ISBN-13: 978-0-306-40615-7.", "9780306406157"),
        ("978-0-306-40615-7", "9780306406157"),
        ("ISBN 0-8044-2957-X", "9780804429573"),
        ("ISBN ۹۷۸-۰-۳۰۶-۴۰۶۱۵-۷", "9780306406157"),
        ("ISBN 978-0-306-40615-8", None),
        ("ISBN 0-306-40615-3", None),
        ("12345678901234567", None),
    ],
)
def test_an_isbn_counts_only_with_the_right_check_digit(text: str, expected: str | None) -> None:
    found = identifiers.isbn(text)

    assert (found and found.value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(https://example.org/a_(b)).", "https://example.org/a_(b)"),
        ("at www.example.org/x, accessed", "www.example.org/x"),
        ("«http://example.org/путь»", "http://example.org/путь"),
        ("https://", None),
    ],
)
def test_a_url_ends_before_the_signs_of_its_sentence(text: str, expected: str | None) -> None:
    found = identifiers.url(text)

    assert (found and found.value) == expected


@pytest.mark.parametrize("text", ["arXiv:1101.1783v2", "arXiv: 1101.1783 [hep-th]"])
def test_an_arxiv_number_counts_as_its_doi(text: str) -> None:
    found = identifiers.arxiv(text)

    assert found is not None
    assert found.value == "10.48550/arxiv.1101.1783"
    assert found.end == len(text)
