"""URLs to the one spelling that is an article's identity.

What is identity stands here alone: a changed rule makes known articles new ones, so the test
pins examples. What is fetched is the address as announced, not this spelling.
"""

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

PREFIX_OF_HOST = re.compile(r"^(?:www\d?|m|mobile)\.")
"""Start of a host that is no part of a site's name: `www.`."""

LONGEST_URL = 2_000
"""Longer URLs are refused: an index entry of Postgres holds 2,704 bytes."""

PORTS = {"http": 80, "https": 443}
"""Schemes of web pages and their default ports."""

TRACKING = re.compile(
    r"(?:amp;)*(?:utm_[\w-]+|mtm_\w+|matomo_\w+|piwik_\w+"
    r"|pk_(?:campaign|kwd|keyword|source|medium|content|cid|vid|cpn)"
    r"|fbclid|fb_(?:action_ids|action_types|source|ref|comment_id)|mibextid"
    r"|action_(?:object|type|ref)_map|__twitter_impression|twclid|ttclid|igshid|igsh|li_fat_id"
    r"|gclid|gclsrc|dclid|gbraid|wbraid|gad_(?:source|campaignid)|srsltid|_ga|_gl|usqp"
    r"|amp_(?:js_v|gsa)|campaign_(?:medium|name|source|term|content)|itm_\w+"
    r"|yclid|ysclid|ymclid|_openstat|msclkid|mindbox-click-id"
    r"|mc_(?:[ce]id|tc)|mkt_tok|_hs(?:enc|mi)|__hs(?:sc|tc|fp)|hsctatracking|hsa_\w+|hmb_\w+"
    r"|vero_(?:id|conv)|wickedid|oly_(?:enc|anon)_id|rb_clickid|_bhlid|_branch_\w+"
    r"|at_(?:campaign|medium|custom\d|link_\w+|bbc_team|ptr_name|format)|xtor|wt_z?mc|s_cid|sc_cid"
    r"|ns_(?:campaign|source|mchannel|linkname|fee)|guccounter|guce_referrer(?:_sig)?"
    r"|__readwiselocation|phpsessid)(?:=|$)",
    re.IGNORECASE,
)
"""A query parameter that says where the reader came from, not what is read: `utm_source=feed`.

`amp;` is left before one by feeds that escape `&` twice. Parameters that some sites use for
content stay: `ref`, `source`, `from`, `id`, `campaign_id`.
"""

SESSION = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)
"""A session of a Java server in the path: `;jsessionid=0A1B`."""

AMP_PARAMETER = re.compile(
    r"(?:amp;)*(?:amp(?:=(?:1|true|yes|amp)?)?|(?:outputtype|format)=amp|noamp=(?:mobile|available))$",
    re.IGNORECASE,
)
"""A parameter that asks for the AMP page, or for the page beside it: `amp`, `amp=1`.

WordPress writes `amp`, `amp=1` and `noamp=mobile`, Arc `outputType=amp`, Squarespace `format=amp`.
"""

AMP_HOST = re.compile(r"^amp\.(?!(?:ac|co|com|edu|go|gov|ne|net|or|org)\.[a-z]{2}$)(?=[^.]+\.[^.])")
"""Start of a host that serves the AMP pages of another; `amp.dev` and `amp.com.au` are sites."""

AMP_PATH = re.compile(r"(?<=[^/])(?:[/.]amp$|\.amp(?=\.html?$))")
"""What marks an AMP page in a path: `/a/amp`, `/a.amp`, `/a.amp.html`; `/amp` is a page."""

AMP_CACHE = re.compile(
    r"^https?://(?:(?:[^/?#]+\.)?(?:cdn\.ampproject\.org|bing-amp\.com)/(?:c|v|wp)"
    r"|(?:www\.)?google\.com/amp)/(s/)?(?=[\w-]+(?:\.[\w-]+)+(?:[/?#]|$))",
    re.IGNORECASE,
)
"""What a cache or viewer of AMP pages puts before an address without its scheme; `s` is https.

`https://example-org.cdn.ampproject.org/c/s/example.org/a`, `https://www.google.com/amp/s/…`.
"""


def canonical(url: str) -> str:
    """The one spelling of a web page's URL; the same for a URL that is canonical already.

    Scheme and host in lower case, no user, no default port, no fragment, no tracking
    parameters, parameters sorted, percent-encoding and dot segments as w3lib writes them, no
    slash at the end of the path but in `/`. An AMP page has the URL of the page it was made of.

    A fragment that starts with `!` goes, too: no server sees it, so what is fetched is one page.

    Raises:
        ValueError: It is not an http(s) URL with a host, or longer than `LONGEST_URL`.

    >>> canonical("HTTPS://Example.org:443/a/./b/?utm_source=feed&id=7#top")
    'https://example.org/a/b?id=7'
    """
    spelled, again = url, _spelled(url)
    # What is cut off may uncover more: `/a/.;/` ends in a slash, then in `;`, then in a dot.
    while spelled != again:
        spelled, again = again, _spelled(again)
    if len(spelled) > LONGEST_URL:
        raise ValueError(f"URL of {len(spelled):,} characters, over {LONGEST_URL:,}")
    return spelled


def _spelled(url: str) -> str:
    """`url` after one round of all rules."""
    parts = urlsplit(canonicalize_url(_bare(AMP_CACHE.sub(_origin, url.strip()))))
    return urlunsplit(parts._replace(path=AMP_PATH.sub("", parts.path.rstrip("/")) or "/"))


def _origin(cache: re.Match[str]) -> str:
    """Start of the address that `cache` keeps."""
    return "https://" if cache[1] else "http://"


def _bare(url: str) -> str:
    """`url` without user, default port, fragment, tracking parameters and marks of AMP."""
    parts = urlsplit(url)
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    if scheme not in PORTS or not host:
        raise ValueError(f"{url[:100]!r} is not an http(s) URL")
    host = f"[{host}]" if ":" in host else AMP_HOST.sub("", host)
    port = "" if parts.port in (None, PORTS[scheme]) else f":{parts.port}"
    kept = (p for p in parts.query.split("&") if not TRACKING.match(p))
    query = "&".join(p for p in kept if not AMP_PARAMETER.match(p))
    return urlunsplit((scheme, host + port, SESSION.sub("", parts.path), query, ""))


def resolved(link: str, base: str | None) -> str | None:
    """`link` as an absolute http(s) address to fetch; None where it is none.

    Relative links start at `base`. Links that have no canonical spelling are None, too, and
    those that stay on the page they are on.
    """
    if not link.strip() or link.strip().startswith("#"):
        return None
    try:
        address = urljoin(base or "", link.strip())
        canonical(address)
    except ValueError:
        return None
    return address.partition("#")[0]


def of_file(relative: str, base_url: str | None, source: str) -> str:
    """URL of a page that lies in a folder at the path `relative`, parts separated by `/`.

    With `base_url` it is where the page is on the web. Without, it is a name only, made of the
    source and the path inside its folder: no path of this machine gets into the warehouse, and
    the same folder elsewhere gives the same articles.

    Raises:
        ValueError: The URL would be longer than `LONGEST_URL`.

    >>> of_file("2011/a b.txt", None, "demo")
    'file:///demo/2011/a%20b.txt'
    """
    if base_url:
        return canonical(f"{base_url.rstrip('/')}/{quote(relative)}")
    url = f"file:///{source}/{quote(relative)}"
    if len(url) > LONGEST_URL:
        raise ValueError(f"path of {len(url):,} characters, over {LONGEST_URL:,}")
    return url


def is_of_one_site(address: str, other: str) -> bool:
    """Whether two addresses are of one site: the same host, or one below the other.

    >>> is_of_one_site("https://www.oasis.example/a", "https://news.oasis.example/")
    True
    """
    one, two = (PREFIX_OF_HOST.sub("", urlsplit(url).hostname or "") for url in (address, other))
    return one == two or one.endswith(f".{two}") or two.endswith(f".{one}")
