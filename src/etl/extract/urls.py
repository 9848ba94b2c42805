"""URLs to the one spelling that is an article's identity.

What is identity stands here alone: a changed rule makes known articles new ones, so the test
pins examples. What is fetched is the address as announced, not this spelling.
"""

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

LONGEST_URL = 2_000
"""Longer URLs are refused: an index entry of Postgres holds 2,704 bytes."""

PORTS = {"http": 80, "https": 443}
"""Schemes of web pages and their default ports."""

TRACKING = re.compile(
    r"(?:utm_\w+|mtm_\w+|pk_(?:campaign|kwd|keyword|source|medium|content|cid)|piwik_\w+"
    r"|fbclid|fb_(?:action_ids|action_types|source|ref)|gclid|gclsrc|dclid|gbraid|wbraid|_ga|_gl"
    r"|yclid|ymclid|_openstat|msclkid|twclid|ttclid|igshid|igsh|li_fat_id|mc_[ce]id|mkt_tok"
    r"|_hs(?:enc|mi)|__hs(?:sc|tc|fp)|hsctatracking|vero_(?:id|conv)|wickedid|oly_(?:enc|anon)_id"
    r"|at_(?:campaign|medium|custom\d|link_\w+|bbc_team|ptr_name|format)|s_cid|phpsessid)(?:=|$)",
    re.IGNORECASE,
)
"""A query parameter that says where the reader came from, not what is read: `utm_source=feed`.

Parameters that some sites use for content stay: `ref`, `source`, `from`, `id`.
"""

SESSION = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)
"""A session of a Java server in the path: `;jsessionid=0A1B`."""


def canonical(url: str) -> str:
    """The one spelling of a web page's URL; the same for a URL that is canonical already.

    Scheme and host in lower case, no user, no default port, no fragment, no tracking
    parameters, parameters sorted, percent-encoding and dot segments as w3lib writes them, no
    slash at the end of the path but in `/`.

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
    parts = urlsplit(canonicalize_url(_bare(url)))
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") or "/"))


def _bare(url: str) -> str:
    """`url` without user, default port, fragment and tracking parameters."""
    parts = urlsplit(url.strip())
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    if scheme not in PORTS or not host:
        raise ValueError(f"{url[:100]!r} is not an http(s) URL")
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, PORTS[scheme]) else f":{parts.port}"
    query = "&".join(p for p in parts.query.split("&") if not TRACKING.match(p))
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
