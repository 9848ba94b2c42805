"""References of every style we meet, in invented works, and what they say."""

from typing import Any

from tests.transform.citation_styles_regional import REGIONAL

ARTICLE: dict[str, Any] = {
    "title": "Rivers without maps",
    "container_title": "Journal of Steppe Studies",
    "year": 2010,
    "volume": "12",
    "issue": "3",
    "pages": "44–61",
    "kind": "article-journal",
}

BOOK: dict[str, Any] = {
    "title": "Water and Power on the Steppe",
    "year": 2009,
    "publisher": "Oxford University Press",
    "place": "Oxford",
    "kind": "book",
}

WESTERN: dict[str, tuple[str, dict[str, Any]]] = {
    "APA article": (
        "Shaw, A., & Tan, M. (2010). Rivers without maps. Journal of Steppe Studies, 12(3), 44–61. "
        "https://doi.org/10.1234/JSS.2010.5",
        ARTICLE | {"authors": ("Shaw, A.", "Tan, M."), "doi": "10.1234/jss.2010.5", "url": None},
    ),
    "APA book of a body": (
        "Steppe Council. (2015). Energy in the valley. Bishkek: Steppe Council.",
        {
            "authors": ("Steppe Council",),
            "title": "Energy in the valley",
            "year": 2015,
            "place": "Bishkek",
            "publisher": "Steppe Council",
            "kind": "book",
        },
    ),
    "APA chapter": (
        "Tan, M. (2012). Roads and bazaars. In A. Shaw & B. Nurov (Eds.), Maps of the steppe "
        "(pp. 33–47). London: Valley Press.",
        {
            "authors": ("Tan, M.",),
            "editors": ("A. Shaw", "B. Nurov"),
            "title": "Roads and bazaars",
            "container_title": "Maps of the steppe",
            "pages": "33–47",
            "publisher": "Valley Press",
            "kind": "chapter",
        },
    ),
    "MLA article": (
        'Shaw, Ann, and Mei Tan. "Rivers without maps." Journal of Steppe Studies, vol. 12, '
        "no. 3, 2010, pp. 44–61.",
        ARTICLE | {"authors": ("Shaw, Ann", "Mei Tan")},
    ),
    "MLA numbers": (
        "Shaw, Ann. “Rivers without maps.” Journal of Steppe Studies 12.3 (2010): 44–61. Print.",
        ARTICLE | {"authors": ("Shaw, Ann",)},
    ),
    "Chicago bibliography": (
        "Shaw, Ann. Water and Power on the Steppe. Oxford: Oxford University Press, 2009.",
        BOOK | {"authors": ("Shaw, Ann",)},
    ),
    "Chicago note": (
        "Ann Shaw, Water and Power on the Steppe (Oxford: Oxford University Press, 2009), 45–67.",
        BOOK | {"authors": ("Ann Shaw",), "pages": "45–67"},
    ),
    "Chicago note of an article": (
        "Ann B. Shaw, “Rivers without maps,” Journal of Steppe Studies 12, no. 3 (2010): 44–61.",
        ARTICLE | {"authors": ("Ann B. Shaw",)},
    ),
    "Harvard": (
        "Shaw, A. 2010, 'Rivers without maps', Journal of Steppe Studies, vol. 12, no. 3, "
        "pp. 44–61.",
        ARTICLE | {"authors": ("Shaw, A.",)},
    ),
    "Vancouver": (
        "Shaw A, Tan MK, Nurov B, et al. Rivers without maps. J Steppe Stud. 2010;12(3):44–61.",
        ARTICLE | {"authors": ("Shaw A", "Tan MK", "Nurov B"), "container_title": "J Steppe Stud"},
    ),
    "IEEE": (
        "A. Shaw and M. K. Tan, “Rivers without maps,” J. Steppe Stud., vol. 12, no. 3, "
        "pp. 44–61, Mar. 2010.",
        ARTICLE | {"authors": ("A. Shaw", "M. K. Tan"), "container_title": "J. Steppe Stud"},
    ),
    "newspaper": (
        "Nurov, D. Border trade grows again. The Steppe Herald, 12 May 2013, p. 4.",
        {
            "authors": ("Nurov, D.",),
            "title": "Border trade grows again",
            "container_title": "The Steppe Herald",
            "year": 2013,
            "pages": "4",
            "kind": "article-newspaper",
        },
    ),
    "web page": (
        "Steppe Council. About us. Available at: https://example.org/about (accessed 12.03.2011)",
        {
            "authors": ("Steppe Council",),
            "title": "About us",
            "url": "https://example.org/about",
            "year": None,
            "kind": "webpage",
        },
    ),
    "law": (
        "Закон Республики Зарафшан «О воде» от 10 мая 2002 г. № 33.",
        {"authors": (), "title": "О воде", "kind": "legislation"},
    ),
    "report": (
        "Ministry of Water of Zarafshan. Annual report. Dushanbe, 2014.",
        {
            "authors": ("Ministry of Water of Zarafshan",),
            "title": "Annual report",
            "place": "Dushanbe",
            "kind": "report",
        },
    ),
    "physics, no title": (
        "B. Nurov and A. Shaw, Steppe Phys. Lett. 26, 5683 (1985).",
        {
            "authors": ("B. Nurov", "A. Shaw"),
            "title": None,
            "container_title": "Steppe Phys. Lett",
            "volume": "26",
            "pages": "5683",
            "year": 1985,
        },
    ),
    "a page in a Chicago note": (
        "Ann Shaw, One Valley, One Road, 1924–1991 (Osh: Valley Press, 2017), 112.",
        {
            "authors": ("Ann Shaw",),
            "title": "One Valley, One Road, 1924–1991",
            "pages": "112",
            "year": 2017,
        },
    ),
    "a working paper of a body": (
        "Valley Centre for Applied Research, “Small Rivers, Large Quarrels”, Working Paper 9, "
        "Osh: VCAR, 2012.",
        {
            "authors": ("Valley Centre for Applied Research",),
            "title": "Small Rivers, Large Quarrels",
            "publisher": "VCAR",
            "kind": "report",
        },
    ),
    "a title in part in quotes": (
        "Nurov F. “The River Reads No Plans”: A Talk with a Hydrologist. The Valley Review, "
        "3 September 2014.",
        {
            "authors": ("Nurov F.",),
            "title": "“The River Reads No Plans”: A Talk with a Hydrologist",
            "container_title": "The Valley Review",
        },
    ),
    "editors alone": (
        "Shaw, Ann, and Mei Tan, eds. Maps of the Steppe. New York: Valley Press, 2012.",
        {"authors": (), "editors": ("Shaw, Ann", "Mei Tan"), "title": "Maps of the Steppe"},
    ),
    "ISBN": (
        "Shaw, A. Water law. Osh: Valley Press, 2009. ISBN 978-0-306-40615-7.",
        {"isbn": "9780306406157", "publisher": "Valley Press", "place": "Osh"},
    ),
    "an earlier entry again": ("Ibid., p. 12.", {"title": None, "authors": ()}),
    "an earlier entry again, in Russian": ("Там же. С. 15.", {"title": None, "authors": ()}),
}

STYLES = WESTERN | REGIONAL
