"""References in Russian order, in Cyrillic and in translation, and Persian ones."""

from typing import Any

REGIONAL: dict[str, tuple[str, dict[str, Any]]] = {
    "GOST article": (
        "Каримова Л. А., Петров И. И. Вода и власть в степи // Вестник региональной истории. – "
        "2011. – Т. 5. – № 3 (14). – С. 20–31.",
        {
            "authors": ("Каримова Л. А.", "Петров И. И."),
            "title": "Вода и власть в степи",
            "container_title": "Вестник региональной истории",
            "year": 2011,
            "volume": "5",
            "issue": "3 (14)",
            "pages": "20–31",
            "language": "ru",
            "kind": "article-journal",
        },
    ),
    "GOST book": (
        "Каримова Л. А. Вода и власть в степи: монография / Л. А. Каримова. – 2-е изд., доп. – "
        "М.: Наука, 2011. – 220 с.",
        {
            "authors": ("Каримова Л. А.",),
            "title": "Вода и власть в степи",
            "place": "М.",
            "publisher": "Наука",
            "year": 2011,
            "pages": "220 с.",
            "kind": "book",
        },
    ),
    "GOST thesis": (
        "Нуров Б.К. История каналов долины: автореф. дис. ... канд. ист. наук. – Душанбе, 1999. – "
        "28 с.",
        {
            "authors": ("Нуров Б.К.",),
            "title": "История каналов долины",
            "place": "Душанбе",
            "year": 1999,
            "kind": "thesis",
        },
    ),
    "GOST in a collection": (
        "Нуров Б. Пути и базары // Карты степи / под ред. А. А. Шоу. – Алматы: Гылым, 2003. – "
        "С. 7–19.",
        {
            "authors": ("Нуров Б.",),
            "editors": ("А. А. Шоу",),
            "title": "Пути и базары",
            "container_title": "Карты степи",
            "place": "Алматы",
            "publisher": "Гылым",
            "pages": "7–19",
            "kind": "chapter",
        },
    ),
    "GOST on the web": (
        "Шоу А. Реки без карт [Электронный ресурс] // Степной вестник. URL: "
        "http://example.org/reki (дата обращения: 12.03.2011).",
        {
            "authors": ("Шоу А.",),
            "title": "Реки без карт",
            "container_title": "Степной вестник",
            "url": "http://example.org/reki",
            "year": None,
        },
    ),
    "GOST in English": (
        "Nurov B. K. Councils of the steppe // Bulletin of Regional History. – 2011. – № 3 (14). – "
        "P. 20–31.",
        {
            "authors": ("Nurov B. K.",),
            "title": "Councils of the steppe",
            "container_title": "Bulletin of Regional History",
            "issue": "3 (14)",
            "pages": "20–31",
            "language": "en",
        },
    ),
    "translated, a quote that never closes": (
        'Nurov, Trade routes and bazaars of the upper valley, "Steppe and Economy, № 4 (12), '
        "2006, 45 p.",
        {
            "authors": ("Nurov",),
            "title": "Trade routes and bazaars of the upper valley",
            "container_title": "Steppe and Economy",
            "issue": "4 (12)",
            "year": 2006,
            "pages": "45 p.",
            "kind": "article-journal",
        },
    ),
    "translated, proceedings": (
        "Saidova, Councils of elders and the law of the republic, Proceedings of the conference "
        '"Roads of the region: past and future", Khujand, 2005, 7 p.',
        {
            "authors": ("Saidova",),
            "title": "Councils of elders and the law of the republic",
            "container_title": 'Proceedings of the conference "Roads of the region: past and '
            'future"',
            "place": "Khujand",
            "year": 2005,
            "pages": "7 p.",
            "kind": "paper-conference",
        },
    ),
    "translated, two surnames": (
        "Saidova, Marenko, Snow, roads and maps: the valley from above, Osh: Valley Press, 2009, "
        "31 p.",
        {
            "authors": ("Saidova", "Marenko"),
            "title": "Snow, roads and maps: the valley from above",
            "place": "Osh",
            "publisher": "Valley Press",
            "pages": "31 p.",
        },
    ),
    "translated, a book": (
        "Brandt, The making of the border, Bishkek: Institute of Valley History, 2003",
        {
            "authors": ("Brandt",),
            "title": "The making of the border",
            "place": "Bishkek",
            "publisher": "Institute of Valley History",
            "year": 2003,
            "kind": "book",
        },
    ),
    "Tajik": (
        "Мирзоев К. Таърихи обёрӣ дар водии Зарафшон. – Душанбе: Дониш, 1998. – 150 с.",
        {
            "authors": ("Мирзоев К.",),
            "title": "Таърихи обёрӣ дар водии Зарафшон",
            "publisher": "Дониш",
            "language": "tg",
        },
    ),
    "Persian article": (
        "احمدی، علی (۱۳۸۷)، «آب و قدرت در آسیای مرکزی»، فصلنامه مطالعات منطقه‌ای، سال ۵، "
        "شماره ۲، ص ۱۵–۲۰.",
        {
            "authors": ("احمدی، علی",),
            "title": "آب و قدرت در آسیای مرکزی",
            "container_title": "فصلنامه مطالعات منطقه‌ای",
            "year": 2008,
            "volume": "۵",
            "issue": "۲",
            "pages": "۱۵–۲۰",
            "language": "fa",
        },
    ),
    "Persian book": (
        "رضایی، محمد، تاریخ راه‌های کاروانی، تهران: نشر نی، ۱۳۸۵.",
        {
            "authors": ("رضایی، محمد",),
            "title": "تاریخ راه‌های کاروانی",
            "place": "تهران",
            "publisher": "نشر نی",
            "year": 2006,
            "kind": "book",
        },
    ),
}
