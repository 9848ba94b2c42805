"""Citations as CSL-JSON and BibTeX, read by programs that are not ours."""

import json
import re
from typing import Any

import jsonschema
import pytest
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import Entry, parse_string

from etl.schema.citations import WORK_KINDS
from etl.transform.citations import bibtex, csl, rows
from etl.transform.citations.parse import Reference, parse
from tests.csl_schema import ITEMS, TYPES
from tests.transform.citation_styles import STYLES
from tests.transform.test_citations_kinds import KINDS

RAWS = [raw for raw, _ in STYLES.values()] + [raw for entries in KINDS.values() for raw in entries]


def stored(reference: Reference, raw: str = "Invented.", position: int = 1) -> dict[str, Any]:
    """The row of a citation as `load.exports` gives it."""
    entry = rows.Entry(1, position, None, raw, 0)
    names = list(rows.names(entry, reference))
    lineage = {"source": "steppe", "citing_url": "https://steppe.example/1"}
    return rows.citation(entry, reference, None) | lineage | {"names": names or None}


def item(reference: Reference, raw: str = "Invented.") -> dict[str, Any]:
    """Its item."""
    return csl.item(stored(reference, raw))


def entry(reference: Reference) -> Entry:
    """Its entry of BibTeX, as pybtex reads it."""
    found = parse_string(bibtex.entry(item(reference)), "bibtex").entries
    assert len(found) == 1
    return next(iter(found.values()))


def test_every_kind_is_one_of_csl() -> None:
    assert set(WORK_KINDS) <= set(TYPES.split())


def test_items_of_every_style_and_kind_are_valid() -> None:
    items = [csl.item(stored(parse(raw), raw, n)) for n, raw in enumerate(RAWS, start=1)]

    jsonschema.validate(json.loads(json.dumps(items)), ITEMS)

    assert len({found["id"] for found in items}) == len(RAWS)


# It knows CSL 1.0.1 alone, and says so of what is newer.
@pytest.mark.filterwarnings("ignore:The following arguments for Reference are unsupported")
def test_a_citation_processor_prints_them() -> None:
    reference = Reference(
        authors=("van der Berg, Jan", "Steppe Council"),
        title="Rivers without maps",
        container_title="Journal of Steppe Studies",
        volume="12",
        page_first="83",
        page_last="88",
        year=2010,
        issued="2010-05",
        kind="article-journal",
    )
    found = item(reference)
    source = CiteProcJSON([found])
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Citation([CitationItem(found["id"])]))

    printed = str(bibliography.bibliography()[0])

    assert printed.startswith("van der Berg, J. and Steppe Council (2010) “Rivers without maps”")
    assert "Journal of Steppe Studies, 12" in printed
    assert "83–88" in printed


def test_an_item_says_what_the_entry_says() -> None:
    raw = (
        "Нуров Б. К. и др. Колодцы / пер. с тадж. А. Б. Шоу. 2-е изд. М.: Наука, 1960. 340 с. "
        "(Серия «Памятники степи»)."
    )

    found = item(parse(raw), raw)

    del found["id"]
    assert found == {
        "type": "book",
        "author": [{"family": "Нуров", "given": "Б. К."}],
        "translator": [{"family": "Шоу", "given": "А. Б."}],
        "title": "Колодцы",
        "collection-title": "Памятники степи",
        "publisher": "Наука",
        "publisher-place": "М.",
        "language": "ru",
        "issued": {"date-parts": [[1960]]},
        "number-of-pages": 340,
        "edition": "2",
        "custom": {
            "raw": raw,
            "source": "steppe",
            "citing_url": "https://steppe.example/1",
            "position": 1,
            "confidence": found["custom"]["confidence"],
            "date_printed": "1960",
            "has_more_authors": True,
        },
    }


def test_an_unread_entry_is_still_an_item_and_an_entry() -> None:
    raw = "Ibid., p. 12"

    found = item(parse(raw), raw)

    assert found["custom"]["raw"] == raw
    assert parse_string(bibtex.entry(found), "bibtex").entries[found["id"]].fields["note"] == raw


def test_a_key_stays_and_is_no_one_elses() -> None:
    reference = parse("Шарипов С. А. Баланс. Душанбе, 2007. 10 с.")

    first, second = (stored(reference, position=n) for n in (1, 2))

    assert csl.key(first) == csl.key(stored(reference))
    assert csl.key(first).startswith("sharipov2007-")
    assert csl.key(first) != csl.key(second)


def test_every_reference_is_an_entry_that_parses() -> None:
    items = [csl.item(stored(parse(raw), raw, n)) for n, raw in enumerate(RAWS, start=1)]

    found = parse_string("\n".join(map(bibtex.entry, items)), "bibtex").entries

    assert list(found) == [one["id"] for one in items]
    assert {one.type for one in found.values()} == {*bibtex.TYPES.values(), "misc"}


def test_names_are_parted_as_they_were() -> None:
    found = entry(
        Reference(
            authors=("van der Berg, Jan", "Said Jr., Omar", "Ministry of Water and Energy"),
            has_more_authors=True,
            title="Wells",
        )
    )

    berg, said, ministry, others = found.persons["author"]
    assert (berg.prelast_names, berg.last_names, berg.first_names) == (
        ["van", "der"],
        ["Berg"],
        ["Jan"],
    )
    assert (said.last_names, said.lineage_names) == (["Said"], ["Jr"])
    assert ministry.last_names == ["{Ministry of Water and Energy}"]
    assert str(others) == "others"


def test_signs_of_tex_are_text_and_addresses_stay() -> None:
    found = entry(
        Reference(
            title=r"50% of {wells} & C:\pumps_1 #2 $3 ~ ^",
            url="https://example.org/a_b?c=%20{d}",
            doi="10.1234/a_b",
        )
    )

    assert found.fields["title"] == (
        r"50\% of \textbraceleft{}wells\textbraceright{} \& C:\textbackslash{}pumps\_1 \#2 \$3 "
        r"\textasciitilde{} \textasciicircum{}"
    )
    assert found.fields["url"] == "https://example.org/a_b?c=%20%7Bd%7D"
    assert found.fields["doi"] == "10.1234/a_b"


def test_dates_have_a_year_a_month_and_what_biblatex_knows_besides() -> None:
    spring = entry(Reference(title="Wells", issued="2008-21", accessed="2020-05-12"))
    may = entry(Reference(title="Wells", issued="2008-05-12"))
    years = entry(Reference(title="Wells", issued="1998/2001"))

    assert (spring.fields["year"], spring.fields["date"]) == ("2008", "2008-21")
    assert spring.fields["urldate"] == "2020-05-12"
    assert (may.fields["year"], may.fields["month"]) == ("2008", "May")
    assert (years.fields["year"], years.fields["date"]) == ("1998", "1998/2001")


@given(st.text(max_size=60), st.text(max_size=30))
def test_no_text_breaks_an_entry(title: str, name: str) -> None:
    written = bibtex.entry(item(Reference(title=f"T{title}", authors=(f"N{name}",))))

    found = parse_string(f"{written}\n@misc{{last, title = {{Last}}}}", "bibtex").entries

    assert len(found) == 2
    assert found["last"].fields["title"] == "Last"
    commands = re.sub(r"\\text\w+\{\}", "", next(iter(found.values())).fields["title"])
    assert not re.search(r"(?<!\\)[%#$&_]|[{}~^]", commands)
