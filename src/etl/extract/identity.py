"""Pages that came to the articles they show: one page each, the others are duplicates.

What a page says about its own URL is read in `claims`; here stands what of it is believed,
seen beside the other pages of the batch and what earlier runs know (`ops.urls`).

* An address that gave an article of its own keeps it, whatever the page claims later; what it
  claims to be becomes another address of it.
* An address that is known to be another one of an article stays so.
* A link to another page is believed unless pages that differ make the same claim: then it is
  boilerplate of the site. A redirect for good is believed.

Where in doubt, a page is an article: two rows for one can be found later, lost ones cannot.
Bytes differ between two views of a page, so their equality only ever helps a claim.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

import polars as pl

from etl.extract.claims import Claims, claims, site
from etl.schema import frames, shape

SETTLED = ("loaded", "unchanged")
"""Outcomes of an address whose page is in the warehouse."""

NO_ARTICLE = ("duplicate", "not_an_article", "soft_404")
"""Outcomes of an address that gave a page, but none that is an article of its own."""

ALIASES = pl.Schema({"url": pl.String(), "article_url": pl.String()})
"""One row per address that is another one of an article."""


ELSEWHERE = 3
"""Rank of a page whose article another address gives."""


class Identified(NamedTuple):
    """What the pages of a batch are."""

    pages: pl.DataFrame
    """Pages to read, columns of `frames.RAW`; no `article_url` twice."""
    duplicates: pl.DataFrame
    """Pages of articles that another page gives, columns of `frames.REJECTS`."""
    aliases: pl.DataFrame
    """Columns of `ALIASES`: pages of either kind whose URL is not that of their article, and
    URLs that known articles claim to have; these may not have been announced."""


class _Page(NamedTuple):
    """A page as far as it matters here."""

    url: str
    content_hash: str
    claims: Claims


class _Known(NamedTuple):
    """What earlier runs know, as far as it matters for one batch."""

    own: Set[str]
    """URLs that gave an article of their own."""
    articles: Set[str]
    """These, and URLs of articles that other addresses gave."""
    aliases: Mapping[str, str]
    """Other addresses of articles, with the article's."""
    carriers: pl.DataFrame
    """Columns of `ALIASES`: addresses whose page is in the warehouse."""
    claimants: Mapping[str, Set[str]]
    """URLs taken for another one, by that one."""


def identify(raw: pl.DataFrame, urls: pl.DataFrame) -> Identified:
    """Give each page its article, and keep one page of each.

    The order of rows does not matter. To find duplicates within a run, give all its pages at
    once, or let `urls` know of those before.

    Args:
        raw: Columns of `frames.RAW`, no URL twice, all with content; `article_url` as far as
            it is known, else the URL.
        urls: Columns of `frames.URLS`, as earlier runs left them: at least all rows that
            share an article with one of `claimed(raw)`.
    """
    pages = list(_pages(raw))
    known = _known(raw, urls)
    leads, pulled = _leads(pages, known)
    articles = {page.url: _article(page.url, leads, known.articles) for page in pages}
    aliases = {**{url: _article(url, leads, known.articles) for url in pulled}, **articles}
    return Identified(*_split(raw, articles, known.carriers), _aliases(aliases))


def claimed(raw: pl.DataFrame) -> list[str]:
    """URLs on which it depends what the pages of `raw` are: their own, and those they claim."""
    told = {claim for page in _pages(raw) for claim in page.claims if claim}
    return sorted(told.union(raw["url"], raw["article_url"]))


def settled(found: Identified, rejects: pl.DataFrame) -> Identified:
    """`found`, once it is known which of its pages are none.

    Duplicates of a page that was rejected end as it did, and its addresses are forgotten: a
    notice that a site shows at every address must not pass for an article that has them all.

    Args:
        found: What the pages of a batch are.
        rejects: Columns of `frames.REJECTS`, pages of `found`.
    """
    of_page = found.pages.select("article_url", page_url="url").join(
        rejects.select(page_url="url", page_outcome="outcome", page_reason="reason"), on="page_url"
    )
    told = found.duplicates.join(found.aliases, on="url", how="left", maintain_order="left").join(
        of_page, on="article_url", how="left", maintain_order="left"
    )
    is_none = pl.col("page_outcome").is_not_null()
    ended = told.with_columns(
        outcome=pl.coalesce("page_outcome", "outcome"),
        reason=pl.when(is_none).then("page_reason").otherwise("reason"),
    )
    return Identified(
        found.pages,
        shape(ended.select(frames.REJECTS.names()), frames.REJECTS, "duplicates"),
        found.aliases.join(of_page, on="article_url", how="anti", maintain_order="left"),
    )


def _pages(raw: pl.DataFrame) -> Iterator[_Page]:
    """The pages of `raw`, read for what they say about their URL."""
    columns = raw.select("url", "content_hash", "address", "headers", "content")
    for url, content_hash, address, headers, content in columns.iter_rows():
        yield _Page(url, content_hash, claims(url, address, headers, content))


def _known(raw: pl.DataFrame, urls: pl.DataFrame) -> _Known:
    """What earlier runs know."""
    outcome, is_alias = pl.col("outcome"), pl.col("url") != pl.col("article_url")
    is_settled = outcome.is_in(SETTLED)
    gave_article = pl.col("checked_at").is_not_null() & ~outcome.is_in(NO_ARTICLE)
    own = urls.filter(~is_alias & (is_settled | gave_article))["url"]
    carriers = urls.filter(is_settled).select(ALIASES.names())
    told = pl.concat([part.select(ALIASES.names()) for part in (urls, raw)]).filter(is_alias)
    articles = pl.concat([own, carriers["article_url"]]).unique()
    aliases = told.filter(pl.col("article_url").is_in(articles.implode()))
    claimants = defaultdict(set)
    for url, article_url in told.iter_rows():
        claimants[article_url].add(url)
    return _Known(set(own), set(articles), dict(aliases.iter_rows()), carriers, claimants)


def _leads(pages: list[_Page], known: _Known) -> tuple[dict[str, str], set[str]]:
    """Where each address leads that is not an article of its own; and those that were pulled.

    Pulled are URLs that known articles claim to have: they lead to these articles.
    """
    leads = {page.url: claim for page, claim in _believed(pages, known)}
    pulls: dict[str, str] = {}
    for url in sorted(known.articles & leads.keys(), reverse=True):
        pulls[leads.pop(url)] = url
    pulls = {claim: url for claim, url in pulls.items() if claim not in known.articles}
    return {**leads, **pulls, **known.aliases}, set(pulls)


def _believed(pages: list[_Page], known: _Known) -> Iterator[tuple[_Page, str]]:
    """Pages that are believed to be another address, with the URL they claim."""
    here = known.own | {page.url for page in pages}
    makers = _makers(pages, here)
    for page in pages:
        link, move = page.claims
        if link and not _is_boilerplate(page, link, makers, known.claimants, here):
            move = link
        if move and move != page.url:
            yield page, move


def _makers(pages: list[_Page], here: Set[str]) -> Mapping[str, list[_Page]]:
    """Pages by the URL that they claim without further evidence."""
    makers: dict[str, list[_Page]] = defaultdict(list)
    for page in pages:
        if (link := page.claims.link) and not _is_evident(page.url, link, here):
            makers[link].append(page)
    return makers


def _is_boilerplate(
    page: _Page,
    link: str,
    makers: Mapping[str, list[_Page]],
    claimants: Mapping[str, Set[str]],
    here: Set[str],
) -> bool:
    """Whether pages that differ from `page` make the same claim, now or in an earlier run."""
    if _is_evident(page.url, link, here):
        return False
    others = [o.url for o in makers[link] if o.content_hash != page.content_hash]
    before = set(claimants.get(link, ())).difference(o.url for o in makers[link])
    others += [url for url in before if not _is_evident(url, link, here)]
    return not all(_are_views(page.url, other) for other in others)


def _is_evident(url: str, claim: str, here: Set[str]) -> bool:
    """Whether `claim` is another spelling of `url`, or a page at hand of which it is a view.

    A number among the parameters that the view has more may be that of an article: `?id=5`.
    """
    if _place(url) != _place(claim):
        return False
    more, less = _parameters(url).items(), _parameters(claim).items()
    is_view = less <= more and not any(value.isdecimal() for _, value in more - less)
    return more == less or (claim in here and is_view)


def _are_views(url: str, other: str) -> bool:
    """Whether two URLs can show one page: they differ in which parameters they have.

    `/a`, `/a?print=1` and `/a?print=1&big=1` can, `/a?id=5` and `/a?id=6` are two pages.
    """
    one, two = _parameters(url), _parameters(other)
    return _place(url) == _place(other) and (one == two or one.keys() != two.keys())


def _place(url: str) -> tuple[str | None, str]:
    """Site and path of a URL."""
    return site(url), urlsplit(url).path


def _parameters(url: str) -> dict[str, str]:
    """Parameters of a URL; of several with one name the last."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def _article(url: str, leads: Mapping[str, str], articles: Set[str]) -> str:
    """The article to which `url` leads; of a circle of claims its first URL in the alphabet."""
    way = [url]
    while url not in articles and url in leads:
        url = leads[url]
        if url in way:
            return min(way[way.index(url) :])
        way.append(url)
    return url


def _split(
    raw: pl.DataFrame, articles: Mapping[str, str], carriers: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The page to read of each article, and the other pages."""
    best = pl.col("url").sort_by("rank", pl.col("url").str.len_chars(), "url").first()
    told = _ranked(raw, articles, carriers).with_columns(
        is_kept=(pl.col("url") == best.over("article_url")) & (pl.col("rank") < ELSEWHERE)
    )
    duplicates = told.filter(~pl.col("is_kept")).select(
        "url",
        "content_hash",
        outcome=pl.lit("duplicate"),
        reason=pl.format("duplicate of {}", "article_url"),
    )
    return (
        shape(told.filter("is_kept").select(raw.columns), frames.RAW, "pages"),
        shape(duplicates, frames.REJECTS, "duplicates"),
    )


def _ranked(raw: pl.DataFrame, articles: Mapping[str, str], carriers: pl.DataFrame) -> pl.DataFrame:
    """`raw` with its articles and `rank`: how good a page is as that of its article, 0 is best.

    An address that has given an article goes on doing so, for no two views have the same bytes,
    and the article would change with every look at another one.
    """
    url, article_url = pl.col("url"), pl.col("article_url")
    settled = carriers.filter(url == article_url)["url"]
    named = raw.with_columns(article_url=url.replace_strict(articles, return_dtype=pl.String))
    told = named.join(
        carriers.with_columns(is_carrier=pl.lit(value=True)),
        on=ALIASES.names(),
        how="left",
        maintain_order="left",
    )
    return told.with_columns(
        rank=pl.when(url == article_url)
        .then(0)
        .when(article_url.is_in(settled.implode()))
        .then(ELSEWHERE)
        .when("is_carrier")
        .then(1)
        .when(article_url.is_in(carriers["article_url"].implode()))
        .then(ELSEWHERE)
        .otherwise(2)
    )


def _aliases(aliases: Mapping[str, str]) -> pl.DataFrame:
    """`aliases` as a frame, without URLs that are their own."""
    frame = pl.DataFrame(sorted(aliases.items()), schema=ALIASES, orient="row")
    return frame.filter(pl.col("url") != pl.col("article_url"))
