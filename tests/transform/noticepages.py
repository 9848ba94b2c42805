"""Pages made of the invented notices and news in walls.yaml, and what the reader says of them."""

from pathlib import Path
from typing import NamedTuple

import yaml

from etl.transform.pages import read
from tests.transform.rawpages import html, raw


class Shown(NamedTuple):
    """What a page shows."""

    title: str
    headline: str
    text: str


KEPT = yaml.safe_load(Path(__file__).with_name("walls.yaml").read_text(encoding="utf-8"))
GONE, SUSPENDED, FAULTS, WALLS, NEWS = ([Shown(**each) for each in KEPT[name]] for name in KEPT)

MENU = "".join(
    f"<li><a href='/{name}'>{name}</a></li>"
    for name in ("News", "Water", "Borders", "Culture", "About the Herald", "Archive of 2009")
)
FRAME = (
    f"<header><nav><ul>{MENU}</ul></nav></header>",
    "<footer><p>© 2026 Valley Herald. All rights reserved.</p>"
    "<p>The Herald appears every Thursday in Chorkuh.</p></footer>",
)
"""What stands above and below every page of a site."""

BANNER = (
    "<div class='cookie-banner'><p>We use cookies to improve your experience.</p><p>By clicking "
    "Accept you agree to our use of cookies. You can change your choices at any time.</p>"
    "<button>Accept all</button></div>"
)


def page(shown: Shown, frame: tuple[str, str] = ("", ""), head: str = "") -> str:
    """An HTML page."""
    headline = f"<h1>{shown.headline}</h1>" if shown.headline else ""
    body = f"{frame[0]}<main>{headline}<p>{shown.text}</p></main>{frame[1]}"
    return html(body, f"<title>{shown.title}</title>{head}")


def outcome(content: str, content_type: str = "text/html") -> tuple[str, str]:
    """Outcome and reason of a page."""
    pages, rejects = read(raw(content, content_type=content_type), "en", "UTC", 1_000_000)
    if pages.height:
        return "loaded", pages["body"].item()
    row = rejects.row(0, named=True)
    return row["outcome"], row["reason"]


NOTICES = [
    *(("soft_404", shown) for shown in GONE),
    *(("suspended", shown) for shown in (*SUSPENDED, *FAULTS)),
    *(("consent_wall", shown) for shown in WALLS),
]
