"""Invented pages of one article in several designs, with furniture that changes by itself."""

from collections.abc import Callable, Mapping

from tests.transform.rawpages import LAST_PROSE, MORE_PROSE, PROSE, THIRD_PROSE, html

TITLE = "Water and Neighbours in Chorkuh"
PARAGRAPHS = (PROSE, MORE_PROSE, THIRD_PROSE, LAST_PROSE, PROSE.upper().capitalize(), MORE_PROSE)
DATE = "Wednesday, March 9, 2011 - 14:27"

Furniture = Mapping[str, str]
"""What stands around the article, by what it is."""

FURNITURE: Furniture = {
    "menu": "Home|News|Analysis|About us",
    "views": "1,234 views",
    "comments": "12 comments",
    "share": "Share on Facebook|Tweet|Send by e-mail",
    "related": "Who owns the river at Isfara|The clerk who counted the snow in Garm",
    "ad": "Advertisement",
    "updated": "Last updated: 10 March 2011",
    "said": "Rustam: I remember the old gates well.",
}
"""The same as one fetch showed it."""


def items(text: str, tag: str = "li") -> str:
    """The parts of a list as linked items."""
    parts = text.split("|")
    return "".join(f'<{tag}><a href="/{n}">{part}</a></{tag}>' for n, part in enumerate(parts))


def paragraphs(between: str = "") -> str:
    """The text, with something between its second and third paragraph."""
    first, rest = PARAGRAPHS[:2], PARAGRAPHS[2:]
    return "".join(f"<p>{p}</p>" for p in first) + between + "".join(f"<p>{p}</p>" for p in rest)


def drupal(f: Furniture) -> str:
    """Node and field boxes, blocks in a sidebar."""
    return html(
        f'<div id="header"><ul class="menu">{items(f["menu"])}</ul></div>'
        f'<div id="main"><div id="content"><h1 class="title">{TITLE}</h1>'
        f'<div class="node"><div class="submitted">{DATE}</div>'
        f'<div class="field-name-body"><div class="field-item">{paragraphs()}</div></div>'
        f'<ul class="links inline"><li>{f["views"]}</li><li>{f["comments"]}</li></ul></div></div>'
        f'<div id="sidebar"><div class="block"><h2>Related</h2><ul>{items(f["related"])}</ul>'
        f'</div></div></div><div id="footer">{f["updated"]}</div>',
        f"<title>{TITLE} | East Herald</title>",
    )


def wordpress(f: Furniture) -> str:
    """Entry boxes, a share bar, related posts and comments below."""
    return html(
        f"<header><nav><ul>{items(f['menu'])}</ul></nav></header>"
        f'<article class="post"><header class="entry-header"><h1 class="entry-title">{TITLE}</h1>'
        f'<div class="entry-meta"><time datetime="2011-03-09T14:27:00+00:00">March 9, 2011</time>'
        f'<span class="post-views">{f["views"]}</span>'
        f'<span class="comments-link">{f["comments"]}</span></div></header>'
        f'<div class="entry-content">{paragraphs()}'
        f'<div class="sharedaddy"><ul>{items(f["share"])}</ul></div>'
        f'<div class="jp-relatedposts"><h3>Related</h3><ul>{items(f["related"])}</ul></div></div>'
        f'<footer class="entry-footer">{f["updated"]}</footer></article>'
        f'<div id="comments"><ol class="commentlist"><li class="comment"><p>{f["said"]}</p></li>'
        "</ol></div>",
        f"<title>{TITLE} – East Herald</title>",
    )


def html5(f: Furniture) -> str:
    """Sections and asides, an advertisement and a plug between paragraphs."""
    between = (
        f'<aside class="ad">{f["ad"]}</aside>'
        f'<aside class="read-also"><p>Read also</p><ul>{items(f["related"])}</ul></aside>'
    )
    return html(
        f"<nav><ul>{items(f['menu'])}</ul></nav><main><article><h1>{TITLE}</h1>"
        f'<p class="meta"><time datetime="2011-03-09T14:27Z">9 March 2011, 14:27</time></p>'
        f'<p class="counter">{f["views"]}</p><div class="share"><ul>{items(f["share"])}</ul></div>'
        f"{paragraphs(between)}</article>"
        f'<section class="related"><h2>More on this</h2><ul>{items(f["related"])}</ul></section>'
        f"</main><footer><p>{f['updated']}</p></footer>",
        f'<title>{TITLE}</title><meta property="og:title" content="{TITLE}">',
    )


def tables(f: Furniture) -> str:
    """Nested tables, a text parted by bare line breaks."""
    text = "<br><br>".join(PARAGRAPHS)
    menu = "<br>".join(f'<a href="/{n}">{p}</a>' for n, p in enumerate(f["menu"].split("|")))
    other = "<br>".join(f'<a href="/a{n}">{p}</a>' for n, p in enumerate(f["related"].split("|")))
    return html(
        f'<table width="100%"><tr><td width="160" valign="top">{menu}<br><br>{other}</td>'
        f'<td valign="top"><font size="5"><b>{TITLE}</b></font><br>{DATE}<br><br>'
        f'<font face="Arial">{text}</font><br><br><font size="1">{f["views"]}<br>{f["ad"]}</font>'
        "</td></tr></table>",
        f"<title>{TITLE}</title>",
    )


LAYOUTS: Mapping[str, Callable[[Furniture], str]] = {
    "drupal": drupal,
    "wordpress": wordpress,
    "html5": html5,
    "tables": tables,
}
