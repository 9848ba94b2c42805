"""Invented pages that hold no article, in four languages, and articles that look like them."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from tests.transform.rawpages import MORE_PROSE, PROSE, TEXT, html


class Tongue(NamedTuple):
    """What lists say in a language."""

    section: str
    found: str
    items: tuple[tuple[str, str], ...]
    """Headlines and abstracts that are not cut off."""
    wall: str
    login: str
    date: str


EN = Tongue(
    "Water and energy",
    "Search results for: canals",
    (
        ("Who pays for the gates of Chorkuh", "A village counts what its gates cost each spring."),
        ("The clerk who counted the snow", "In Garm one man has measured snow for thirty years."),
        ("A bridge nobody crossed at Panj", "It was opened twice, and nobody came either time."),
        ("What the miners of Shurab took home", "Coal, a pension and songs: a town remembers."),
        ("Salt and silt in the lower valley", "Farmers wash their fields and the river pays."),
        ("Three clocks in one small bazaar", "Traders keep the time of three capitals at once."),
        ("The last ferry to the other bank", "Since the road came, only brides go by water."),
    ),
    "Subscribe to continue reading this story.",
    "Log in to your account",
    "March 12, 2024",
)
RU = Tongue(
    "Вода и энергетика",
    "Результаты поиска: каналы",
    (
        ("Кто платит за шлюзы Чорку", "Село считает, во что обходится ему каждая весна."),
        ("Учётчик снега из Гарма", "Тридцать лет один человек измеряет снег над посёлком."),
        ("Мост, по которому никто не прошёл", "Его открывали дважды, и оба раза никто не пришёл."),
        ("Что унесли домой горняки Шураба", "Уголь, пенсия и песни: город вспоминает себя."),
        ("Соль и ил в низовьях долины", "Дехкане промывают поля, а платит за это река."),
        ("Трое часов на одном базаре", "Торговцы живут по времени сразу трёх столиц."),
        ("Последний паром на тот берег", "С тех пор как есть дорога, водой едут лишь невесты."),
    ),
    "Чтобы прочитать статью полностью, оформите подписку.",
    "Вход в личный кабинет",
    "12 марта 2024",
)
FA = Tongue(
    "آب و انرژی",
    "نتایج جستجو برای کانال",
    (
        ("هزینه دروازه‌های چارکوه با کیست", "روستا هر بهار حساب می‌کند که دروازه‌ها چند تمام شده‌اند."),
        ("مردی که برف گرم را می‌شمرد", "سی سال است که یک نفر برف بالای روستا را اندازه می‌گیرد."),
        ("پلی که کسی از آن نگذشت", "دو بار آن را گشودند و هر دو بار کسی نیامد."),
        ("معدنچیان شوراب چه به خانه بردند", "زغال، مستمری و ترانه: شهری خود را به یاد می‌آورد."),
        ("نمک و لای در پایین دره", "کشاورزان زمین را می‌شویند و رود بهای آن را می‌پردازد."),
        ("سه ساعت در یک بازار کوچک", "فروشندگان با وقت سه پایتخت زندگی می‌کنند."),
        ("آخرین کرجی به آن سوی رود", "از وقتی جاده آمده تنها عروسان از آب می‌گذرند."),
    ),
    "برای خواندن متن کامل این مقاله مشترک شوید.",
    "ورود به حساب کاربری",
    "۲۲ اسفند ۱۴۰۲",
)
TG = Tongue(
    "Об ва энергетика",
    "Натиҷаҳои ҷустуҷӯ: канал",
    (
        ("Дарвозаҳои Чоркӯҳро кӣ таъмир мекунад", "Деҳа ҳар баҳор ҳисоб мекунад, ки он чанд пул."),
        (
            "Марде, ки барфи Ғармро мешуморад",
            "Сӣ сол аст, ки як кас барфи деҳаро чен мекунад.",
        ),
        ("Пуле, ки касе аз он нагузашт", "Онро ду бор кушоданд ва ҳар ду бор касе наомад."),
        ("Кончиёни Шӯроб ба хона чӣ бурданд", "Ангишт, нафақа ва суруд: шаҳр худро ёд мекунад."),
        ("Намак ва лой дар поёни водӣ", "Деҳқонон заминро мешӯянд ва дарё пули онро медиҳад."),
        ("Се соат дар як бозори хурд", "Фурӯшандагон бо вақти се пойтахт зиндагӣ мекунанд."),
        ("Охирин қаиқ ба соҳили дигар", "Аз вақте ки роҳ ҳаст, танҳо арӯсон бо об мераванд."),
    ),
    "Барои хондани матни пурра обуна шавед.",
    "Воридшавӣ ба ҳисоб",
    "12 марти 2024",
)
TONGUES: Mapping[str, Tongue] = {"en": EN, "ru": RU, "fa": FA, "tg": TG}

MENU = "<nav><ul><li><a href='/w'>Water</a></li><li><a href='/b'>Borders</a></li></ul></nav>"
FOOT = "<footer><p>© 2026 Valley Herald. All rights reserved.</p></footer>"


def framed(body: str, title: str, head: str = "", classes: str = "") -> str:
    """A page in the frame of its site."""
    page = html(f"{MENU}{body}{FOOT}", f"<title>{title} | Valley Herald</title>{head}")
    return page.replace("<body>", f'<body class="{classes}">') if classes else page


def abstracts(tongue: Tongue, times: int = 1) -> str:
    """Headlines with a date and an abstract each."""
    return "".join(
        f'<div class="item"><h2><a href="/a{n}">{headline}</a></h2><div class="date">{tongue.date}'
        f"</div><p>{' '.join([text] * times)}</p></div>"
        for n, (headline, text) in enumerate(tongue.items)
    )


def section(tongue: Tongue) -> str:
    """A rubric, with abstracts of two sentences."""
    return framed(f"<main><h1>{tongue.section}</h1>{abstracts(tongue, 2)}</main>", tongue.section)


def dated(tongue: Tongue) -> str:
    """Nothing but headlines with their dates."""
    items = "".join(
        f'<li>{tongue.date} <a href="/a{n}">{headline}</a></li>'
        for n, (headline, _) in enumerate(tongue.items)
    )
    return framed(f"<main><h1>{tongue.section}</h1><ul>{items}</ul></main>", tongue.section)


def searched(tongue: Tongue) -> str:
    """Results of a search, three of them."""
    few = tongue._replace(items=tongue.items[:3])
    return framed(f"<main><h1>{tongue.found}</h1>{abstracts(few, 3)}</main>", tongue.found)


def tagged(tongue: Tongue) -> str:
    """An archive as WordPress makes it, of two articles with long abstracts."""
    items = "".join(
        f'<article class="post"><h2 class="entry-title"><a href="/a{n}">{headline}</a></h2>'
        f'<div class="entry-summary"><p>{text * 9}</p></div></article>'
        for n, (headline, text) in enumerate(tongue.items[:2])
    )
    head = '<meta property="og:type" content="article">'
    body = f"<main><h1>{tongue.section}</h1>{items}</main>"
    return framed(body, tongue.section, head, "archive tag tag-water tag-12 wp-custom-logo")


def collected(tongue: Tongue) -> str:
    """A page that says in JSON-LD what it is."""
    head = (
        '<script type="application/ld+json">{"@context": "https://schema.org", "@graph": '
        '[{"@type": "CollectionPage", "name": "x"}, {"@type": "BreadcrumbList"}]}</script>'
    )
    few = tongue._replace(items=tongue.items[:2])
    return framed(f"<main><h1>{tongue.section}</h1>{abstracts(few, 9)}</main>", "x", head)


def issue(tongue: Tongue) -> str:
    """Contents of an issue of a journal: title, author, pages."""
    items = "".join(
        f'<div class="obj"><h3><a href="/view/{n}">{headline}</a></h3><div>N. Salimova, A. Oripov'
        f'</div><div class="pages">{9 * n + 5}–{9 * n + 13}</div></div>'
        for n, (headline, _) in enumerate(tongue.items)
    )
    return framed(f"<main><h1>{tongue.section}</h1>{items}</main>", tongue.section)


def printed(tongue: Tongue) -> str:
    """The same as it was typed, without a link."""
    rows = "".join(
        f"<p>Salimova N. {headline}. {text} {9 * n + 5}–{9 * n + 13}</p>"
        for n, (headline, text) in enumerate(tongue.items)
    )
    return framed(f"<main><h1>{tongue.section} 2011</h1>{rows}</main>", f"{tongue.section} 2011")


def author(tongue: Tongue) -> str:
    """A person and what he wrote."""
    bio = tongue.items[0][1] * 4
    few = tongue._replace(items=tongue.items[:6])
    name = "Nigora Salimova of the Valley Herald"
    return framed(f"<main><h1>{name}</h1><p>{bio}</p>{abstracts(few, 2)}</main>", name)


def login(tongue: Tongue) -> str:
    """A form to log in, below what it is good for."""
    form = '<form><input name="u"><input type="password" name="p"><button>OK</button></form>'
    told = " ".join(text for _, text in tongue.items[:4])
    return framed(f"<main><h1>{tongue.login}</h1><p>{told}</p>{form}</main>", tongue.login)


def walled(tongue: Tongue) -> str:
    """The first paragraph of an article, then a wall."""
    headline = tongue.items[0][0]
    text = " ".join(text for _, text in tongue.items[:4])
    wall = f'<div class="offer"><p>{tongue.wall}</p><p>4 € / 30</p></div>'
    head = '<meta property="og:type" content="article">'
    body = f"<article><h1>{headline}</h1><p>{tongue.date}</p><p>{text}</p></article>{wall}"
    return framed(body, headline, head)


LISTS: Mapping[str, Callable[[Tongue], str]] = {
    "section": section,
    "dated": dated,
    "searched": searched,
    "tagged": tagged,
    "collected": collected,
    "issue": issue,
    "printed": printed,
    "author": author,
}
STUBS: Mapping[str, Callable[[Tongue], str]] = {"login": login, "walled": walled}

NOTE = (
    "The reading room of the Herald is open to everybody who asks for it in writing two days "
    "before, and the editors answer every letter that is signed with a name."
)
FIELDS = (
    '<form><input name="n"><input type="email" name="e"><select><option>Letter</option></select>'
    "<textarea></textarea></form>"
)
TITLE = "Water and Neighbours in Chorkuh"


def shown(below: str, head: str = "", text: str = f"<p>{NOTE}</p>", above: str = "") -> str:
    """A page with a short text and something beside it."""
    return framed(f"{above}<main><h1>{TITLE}</h1>{text}{below}</main>", TITLE, head)


def figures(count: int) -> str:
    """Pictures with captions."""
    return "".join(
        f'<figure><img src="/{n}.jpg"><figcaption>The gate number {n} in the spring of that year.'
        "</figcaption></figure>"
        for n in range(count)
    )


ELSE: Mapping[str, tuple[str, str]] = {
    "form": (shown(FIELDS), "a form of 4 fields"),
    "video": (shown('<iframe src="https://www.youtube.com/embed/x"></iframe>'), "a video"),
    "pictures": (
        shown(figures(8), text="<p>The gates of the valley, photographed by our readers.</p>"),
        "8 pictures",
    ),
    "template": (shown("", text=f"<p>{{{{ article.lead }}}}</p><p>{NOTE}</p>"), "a template"),
    "unfree": (
        shown(
            "",
            '<script type="application/ld+json">{"@type": "NewsArticle", '
            '"isAccessibleForFree": "False"}</script>',
            f"<p>{PROSE.rstrip('.')}…</p>",
        ),
        "a paywall, as its mark-up says",
    ),
    "marked": (
        shown('<div class="article-paywall"><p>Two months for one.</p></div>'),
        "a paywall, as its mark-up says",
    ),
}
"""Pages with something in place of a text, and what the reason says."""

OG = '<meta property="og:type" content="article">'
PLUGS = "".join(
    f'<p>Read also: <a href="/a{n}">{headline}</a></p><p>{PROSE}</p><p>{MORE_PROSE}</p>' * 2
    for n, (headline, _) in enumerate(EN.items[:5])
)
ARTICLES: Mapping[str, str] = {
    "related below": shown(f"<section><h2>More</h2>{abstracts(EN, 2)}</section>", text=TEXT),
    "related above": shown("", above=f"<div>{abstracts(EN)}</div>", text=TEXT * 2),
    "plugs between": shown(f"<h2>More</h2>{abstracts(EN)}", text=TEXT + PLUGS),
    "a note of a wall": shown(f"<p>{EN.wall}</p>", text=TEXT),
    "a login in the frame": shown(
        "", text=TEXT, above='<form><input name="u"><input type="password"></form>'
    ),
    "short news with a comment form": shown(f'<div id="comments">{FIELDS}</div>', OG),
    "short news with a video": shown('<iframe src="https://www.youtube.com/embed/x"></iframe>', OG),
    "whole though not free": shown(
        "", '<script type="application/ld+json">{"isAccessibleForFree": false}</script>', TEXT
    ),
    "pictures with a text": shown(figures(9), text=TEXT),
    "short news, a banner of the site": shown(
        "", OG, above="<div><p>Subscribe to continue reading without advertisements.</p></div>"
    ),
}
"""Articles with what the others have, too."""
