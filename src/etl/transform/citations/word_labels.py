"""The labels of the words of a reference, and the words that name a field without being of it."""

LABELS = (
    "other",
    "citenum",
    "author",
    "editor",
    "title",
    "container",
    "date",
    "volume",
    "issue",
    "pages",
    "publisher",
    "place",
    "series",
    "edition",
    "url",
    "doi",
    "isbn",
    "arxiv",
    "note",
)
"""What a word may be; its place in this tuple is its number in a model."""

_NUMBERED = (
    "no nr n issue iss number heft h num № номер н вып выпуск fasc جلد ش شماره шумораи шумора"
)
_VOLUMES = "v vol vols volume т том тома band bd bde jg jahrgang t tome ج جلد دوره سال жилд ҷ ҷилди"
_PAGES = "p pp pg page pages s с c стр сс seite seiten str ص صص صفحه саҳ саҳифа бет б"
_EDITORS = (
    "in ed eds edited by editor editors hrsg hg herausgegeben von dir под ред редакцией редактор"
    " общ общей науч отв зери таҳрири ویراستار ویراسته ویرایش"
)

EDGES: dict[str, frozenset[str]] = {
    "pages": frozenset(_PAGES.split()),
    "volume": frozenset(_VOLUMES.split()),
    "issue": frozenset(_NUMBERED.split()),
    "container": frozenset(["in", "в", "сб", "dans", "en", "در"]),
    "editor": frozenset(_EDITORS.split()),
    "doi": frozenset(("doi",)),
    "isbn": frozenset(("isbn",)),
    "url": frozenset(["url", "available", "at", "from", "retrieved", "режим", "доступа"]),
    "date": frozenset(["г", "гг", "years"]),
}
"""Words that name a field, of no field themselves where they stand at its edge."""
