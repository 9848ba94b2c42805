"""What follows from the parts of a reference as printed: its normal form.

Whatever reads entries calls `normalised` at its end. Nothing is taken back that the reader found,
but fields it took out of the signature of an archive, and numbers that are no DOI or ISBN.
"""

import re
from dataclasses import replace
from typing import Any

from etl.transform.citations import archives, dates, identifiers, kinds, names, notes, pages
from etl.transform.citations.name_patterns import ET_AL
from etl.transform.citations.plain import BLANK, PLAIN, balanced, plain
from etl.transform.citations.reference import Reference
from etl.transform.citations.solar import gregorian

Changes = dict[str, Any]
"""Fields of a reference and their new values."""

MORE = re.compile(
    rf"[\s,.;(\[]{{0,4}}{ET_AL.pattern}|.*[\[(]\s?(?:et\s+al|и\s+др|ва\s+диг|و\s+دیگران|и\s+соавт)\b",
    re.IGNORECASE | re.DOTALL,
)
"""`et al.` right behind a name, or `[и др.]` anywhere after it."""

TRANSLATED = re.compile(
    r"(?:\b(?:[Tt]ranslated|[Tt]ransl\.|trans\.|Trans\.(?=\s(?:by|from)\s))"
    r"(?:\s+from\s+(?:the\s+)?\w+)?(?:\s+by)?"
    r"|\b[Пп]ер(?:\.|евод)(?:\s+с\s+\w+\.?)?|\b[Тт]арҷумаи|ترجمه[ٔی]?|مترجم)\s*:?\s+(?=\S)"
)
"""`trans. by `, `пер. с англ. `, `ترجمه ` before the names of translators; `Trans. Amer. Math.
Soc.` is a journal."""

TRANSLATED_HINTS = ("ransl", "rans.", "пер", "арҷума", "ترجم", "مترجم")
EDITION_HINTS = (" ed", "изд", "چاپ")
THESIS_HINTS = ("thesis", "dissert", "hd", "h.d", "h. d", "дис", "نامه", "رساله")
"""Small letters without some of which nobody is named as translator, no edition and no thesis is
told: a look for them takes a tenth of a search for the pattern."""

OTHER_DATES = (identifiers.URL, identifiers.DOI, notes.ACCESSED, notes.NUMBER)
"""What holds dates that are not the work's: `/2019/05/`, `10.1234/x-2019-05`."""

NOT_IN_SIGNATURES = (
    *("volume", "issue", "pages", "place", "publisher", "container_title", "title"),
)
"""Fields that a signature of an archive is taken for: `Д. 45. Л. 7`."""

SERIES = re.compile(
    r"[(\[]\s*(?:Серия|Сер\.|Силсилаи?|Series|Ser\.|سلسله)\s*:?\s*(?P<series>[^()\[\]]{3,100}?)\s*[.;]?\s*[)\]]",
    re.IGNORECASE,
)
"""`(Серия «Степь и оазис»)`, `(Series: Steppe Studies)`."""


def normalised(reference: Reference, raw: str) -> Reference:
    """`reference` with all that follows from its parts and from `raw`, the entry it was read from.

    Dates, pages, identifiers in one form; edition, series, translators, archive and access date
    where the reader left them out; the kind of work.
    """
    text = plain(raw)
    cleared = replace(reference, **_identified(reference, text), **_held(reference, text))
    return replace(
        cleared,
        **_dated(cleared, text),
        **_paged(cleared),
        **_named(cleared, text),
        **_published(cleared, text),
        kind=kinds.kind(signs(cleared, text)),
    )


def signs(reference: Reference, text: str) -> kinds.Signs:
    """What the fields say about the kind of work."""
    return kinds.Signs(
        text=text,
        title=reference.title,
        container=reference.container_title,
        is_thesis=_may_hold(text, THESIS_HINTS) and notes.THESIS.search(text) is not None,
        has_issue=bool(reference.volume or reference.issue),
        has_editors=bool(reference.editors),
        has_imprint=bool(reference.publisher or reference.place),
        has_url=reference.url is not None,
        has_authors=bool(reference.authors),
        is_archival=reference.archive_location is not None,
        is_preprint=reference.arxiv is not None,
    )


def _identified(reference: Reference, text: str) -> Changes:
    """Identifiers in one form; an arXiv number counts as its DOI where there is no other."""
    doi = identifiers.doi(reference.doi) if reference.doi else None
    arxiv = identifiers.arxiv_number(reference.arxiv or reference.doi or "") or reference.arxiv
    if arxiv is None and "rxiv" in text.lower():
        arxiv = identifiers.arxiv_number(text)
    return {
        "doi": doi.value if doi else identifiers.ARXIV_DOI + arxiv if arxiv else None,
        "isbn": identifiers.isbn13(reference.isbn) if reference.isbn else None,
        "arxiv": arxiv,
        "url": identifiers.normal_url(reference.url) if reference.url else None,
    }


def _may_hold(text: str, hints: tuple[str, ...]) -> bool:
    """Whether `text` holds one of `hints`, in small letters or capitals."""
    lowered = text.lower()
    return any(hint in lowered for hint in hints)


def _dated(reference: Reference, text: str) -> Changes:
    """Dates; a whole day of the Persian calendar corrects the year."""
    is_online = reference.url or "://" in text or "www." in text
    accessed = reference.accessed or (dates.accessed(text) if is_online else None)
    year = gregorian(reference.year, reference.language)
    printed = reference.date_printed or dates.printed(_without_others(text), year)
    found = dates.read(printed, reference.language) if printed else None
    if year and not (found and found.is_of(year)):
        found = dates.Dated(dates.Moment(year))
    first = found.first if found else None
    # The year that a reader chose out of a range or of two years stays.
    is_told = first is not None and (year is None or first.day is not None)
    return {
        "accessed": accessed,
        "date_printed": printed,
        "issued": found.iso() if found else None,
        "year": first.year if first and is_told else year,
        "month": first.month if first else None,
        "day": first.day if first else None,
    }


def _without_others(text: str) -> str:
    """`text` without addresses, numbers and access notes, which hold other dates."""
    plain = text.translate(PLAIN)
    spans = [m.span() for pattern in OTHER_DATES for m in pattern.finditer(plain)]
    for start, end in spans:
        text = text[:start] + BLANK * (end - start) + text[end:]
    return text


def _paged(reference: Reference) -> Changes:
    """First and last page, or how many there are."""
    first, last, count = pages.read(reference.pages) if reference.pages else (None, None, None)
    return {"page_first": first, "page_last": last, "page_count": count}


def _named(reference: Reference, text: str) -> Changes:
    """Translators, and whether there are more authors than the entry names."""
    translators = reference.translators or _translators(text)
    return {
        "translators": tuple(name for name in translators if name not in reference.authors),
        "has_more_authors": reference.has_more_authors or _has_more(reference.authors, text),
    }


def _translators(text: str) -> tuple[str, ...]:
    """Names behind `trans. by` and the like, as printed."""
    if not _may_hold(text, TRANSLATED_HINTS):
        return ()
    plain = text.translate(PLAIN)
    lead = TRANSLATED.search(plain)
    spans = names.listed(plain, lead.end()) if lead else []
    return tuple(names.tidy(text[start:end]) for start, end in spans)


def _has_more(authors: tuple[str, ...], text: str) -> bool:
    """Whether `et al.` stands behind the last author."""
    place = text.find(authors[-1]) if authors else -1
    return place >= 0 and MORE.match(text, place + len(authors[-1])) is not None


def _held(reference: Reference, text: str) -> Changes:
    """Archive and place in it; what was read out of a signature is no other field."""
    held = archives.find(text)
    if held is None:
        return {}
    inside = text[held.start : held.end]
    found: Changes = {
        name: None
        for name in NOT_IN_SIGNATURES
        if (value := getattr(reference, name)) and value.strip(" .,") in inside
    }
    found["authors"] = tuple(n for n in reference.authors if n.strip(" .,") not in inside)
    found["archive"] = reference.archive or held.archive
    found["archive_location"] = reference.archive_location or held.location
    return found


def _published(reference: Reference, text: str) -> Changes:
    """Edition and series, where the reader left them out."""
    edition, series = reference.edition, reference.series
    is_told = edition is None and _may_hold(text, EDITION_HINTS)
    if is_told and (found := notes.EDITION.search(text)):
        edition = found.group().strip(" ,;()[]")
    if series is None and (found := SERIES.search(text)):
        series = balanced(found["series"])
    return {"edition": edition, "series": series}
