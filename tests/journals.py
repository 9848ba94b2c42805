"""Invented journals for the server in `tests.servers`: as blogs, as OJS, as a bare list."""

from datetime import date

from tests.servers import Journal, Reply

TODAY = date(2026, 4, 1)

XML = "application/xml; charset=utf-8"

TOPICS = (
    "Water for the northern canal",
    "Duties on cotton and yarn",
    "Trains across the high pass",
    "A market town after the border",
    "Teachers who came back home",
    "What the orchard ledgers say",
)

PARAGRAPH = (
    "<p>Officials of Tajikistan and Uzbekistan met in Samarkand to talk about {topic}. The World "
    "Bank had asked both governments for figures, and Dushanbe sent its own first. Nobody "
    "expected an agreement before the summer, but the talks went on for {days} days and ended "
    "with a paper that both sides signed. Traders at the border had waited for it since {year}."
    "</p>"
)

ARTICLE = """<!doctype html><html lang="en"><head><title>{title} | The Oasis Review</title>
<meta property="og:title" content="{title}">
<meta property="article:published_time" content="2026-03-{day:02}T08:00:00+00:00"></head>
<body><nav><a href="/">Home</a></nav><article><h1>{title}</h1><p>By Zarina Karimova</p>{body}
<h2>References</h2><ol><li>Saidov A. Rivers of the steppe. Dushanbe: Irfon, 2011. 212 p.</li>
<li>Novak P. Markets after the canal. Journal of Border Studies, 2019, vol. 4, no. 2, pp.
15-31.</li></ol></article><footer>The Oasis Review</footer></body></html>"""

HOME = """<!doctype html><html lang="{lang}"><head><title>Home | The Oasis Review</title>
{head}</head><body><nav><a href="/about">About this journal and those who make it</a></nav>
{body}<footer>The Oasis Review, letters on the borderlands and those who live there</footer>
</body></html>"""

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>The Oasis Review</title>{items}</channel></rss>"""

LISTED = """<div class="teaser"><h2 class="teaser-title"><a href="{path}">{title}</a></h2>
<a class="more" href="{path}">Read more</a></div>"""


def path(number: int) -> str:
    """Path of an article; they are numbered from 1."""
    return f"/2026/{number}-{TOPICS[number - 1].lower().replace(' ', '-')}"


def article(number: int) -> str:
    """Page of an article."""
    title = TOPICS[number - 1]
    body = "".join(PARAGRAPH.format(topic=title.lower(), days=d, year=2020 + d) for d in (3, 4, 5))
    return ARTICLE.format(title=title, day=number, body=body)


def rss(journal: Journal, *numbers: int, place: str = "") -> Reply:
    """A feed of articles, the newest first; `place` goes before their paths."""
    items = "".join(
        f"<item><title>{TOPICS[n - 1]}</title><link>{journal.url(place + path(n))}</link>"
        f"<pubDate>{n:02} Mar 2026 08:00:00 GMT</pubDate></item>"
        for n in sorted(numbers, reverse=True)
    )
    return Reply(RSS.format(items=items).encode(), content_type="application/rss+xml")


def sitemap(journal: Journal, *paths: str) -> Reply:
    """A sitemap of pages."""
    places = "".join(f"<url><loc>{journal.url(path)}</loc></url>" for path in paths)
    xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return Reply(f'<urlset xmlns="{xmlns}">{places}</urlset>'.encode(), content_type=XML)


def index(journal: Journal, *paths: str) -> Reply:
    """An index of sitemaps."""
    places = "".join(f"<sitemap><loc>{journal.url(path)}</loc></sitemap>" for path in paths)
    xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return Reply(
        f'<sitemapindex xmlns="{xmlns}">{places}</sitemapindex>'.encode(), content_type=XML
    )


def news(journal: Journal, *numbers: int) -> Reply:
    """A sitemap of news."""
    places = "".join(
        f"<url><loc>{journal.url(path(n))}</loc><news:news><news:publication_date>2026-03-{n:02}"
        "</news:publication_date></news:news></url>"
        for n in numbers
    )
    xmlns = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    return Reply(f"<urlset {xmlns}>{places}</urlset>".encode(), content_type=XML)


def alternate(href: str, title: str = "The Oasis Review", kind: str = "rss+xml") -> str:
    """A feed in the head of a page."""
    return f'<link rel="alternate" type="application/{kind}" title="{title}" href="{href}">'


def home(journal: Journal, head: str = "", body: str = "", lang: str = "en") -> str:
    """Put up a home page; return its address."""
    return journal.says("/", Reply(HOME.format(head=head, body=body, lang=lang).encode()))


def articles(journal: Journal) -> None:
    """Put up all articles."""
    for number in range(1, len(TOPICS) + 1):
        journal.says(path(number), article(number).encode())


def blog(journal: Journal) -> str:
    """Put up a journal with a feed, a feed of comments, and a sitemap with lists in it."""
    articles(journal)
    journal.says("/feed/", rss(journal, 4, 5, 6))
    journal.says("/comments/feed/", rss(journal, 1))
    everything = [path(number) for number in range(1, len(TOPICS) + 1)]
    journal.says("/post-sitemap.xml", sitemap(journal, "/", *everything))
    journal.says("/tag-sitemap.xml", sitemap(journal, "/tag/water", "/tag/roads"))
    journal.says("/sitemap_index.xml", index(journal, "/post-sitemap.xml", "/tag-sitemap.xml"))
    lines = f"User-agent: *\nDisallow: /admin\nSitemap: {journal.url('/sitemap_index.xml')}\n"
    journal.says("/robots.txt", Reply(lines.encode(), content_type="text/plain"))
    comments = alternate("/comments/feed/", "The Oasis Review » Comments Feed")
    return home(journal, alternate("/feed/") + comments)


def bare(journal: Journal) -> str:
    """Put up a journal that only lists its articles on its home page."""
    articles(journal)
    listed = [
        LISTED.format(path=path(number), title=title) for number, title in enumerate(TOPICS, 1)
    ]
    return home(journal, body="".join(listed))


OJS_LINKS = "".join(
    f'<a href="/index.php/{name}/issue/{page}">Issues of the journal</a>'
    for name, page in (("jcas", "current"), ("jcas", "archive"), ("old", "archive"))
)

RECORDS = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
<responseDate>2026-04-01T00:00:00Z</responseDate><request verb="ListRecords">{at}</request>
<ListRecords>{records}</ListRecords></OAI-PMH>"""

RECORD = """<record><header><identifier>oai:jcas.example:article/{number}</identifier>
<datestamp>2026-03-{number:02}T00:00:00Z</datestamp></header><metadata>
<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>
<dc:identifier>{url}</dc:identifier></oai_dc:dc></metadata></record>"""


def records(journal: Journal, more: str = "") -> Reply:
    """A page of the list of a repository; `more` is the token of the next page."""
    found = "".join(
        RECORD.format(number=number, title=title, url=journal.url(path(number)))
        for number, title in enumerate(TOPICS, 1)
    )
    token = f"<resumptionToken>{more}</resumptionToken>" if more else ""
    answer = RECORDS.format(at=journal.url("/index.php/jcas/oai"), records=found + token)
    return Reply(answer.encode(), content_type=XML)


def ojs(journal: Journal) -> str:
    """Put up a journal on Open Journal Systems with a repository; the feed has its last issue."""
    articles(journal)
    journal.answers("/index.php/jcas/oai", lambda query, headers: records(journal))
    atom = "/index.php/jcas/gateway/plugin/WebFeedGatewayPlugin/rss2"
    journal.says(atom, rss(journal, 5, 6))
    generator = '<meta name="generator" content="Open Journal Systems 3.3.0.8">'
    return home(journal, generator + alternate(atom), OJS_LINKS)
