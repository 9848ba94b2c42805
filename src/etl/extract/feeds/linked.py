"""Links as feeds write them to `Link`s, and one line about those that lead nowhere."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin

from etl.extract import urls
from etl.extract.feeds.announced import Link
from etl.extract.lines import one_line

NO_PAGE = re.compile(
    r"(?:mailto|tel|sms|javascript|data|about|urn|tag|geo|magnet|tg|whatsapp):", re.IGNORECASE
)
"""Start of an address that is no page, and is not meant to be one: `mailto:`."""

LOST = "\ufffd"
"""What stands for a character that could not be decoded."""

SHOWN = 80
"""Characters of a broken link that are shown."""


@dataclass
class Links:
    """The pages a feed announces, gathered one by one."""

    found: list[Link] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    """Links that cannot be followed, each with its reason."""

    def add(self, written: str | None, base: str | None, announced_at: datetime | None) -> bool:
        """Take the page a link leads to; return whether there is one.

        Entries without a link, links inside their own page and those to what is no page
        (`mailto:`) announce nothing and are passed over. Broken links and those that are too
        long are counted.

        Args:
            written: The link as the feed has it.
            base: Where relative links start; None if that is not known.
            announced_at: Publication or change as the feed says, UTC.
        """
        text = (written or "").strip()
        if not text or text.startswith("#") or NO_PAGE.match(text):
            return False
        try:
            if LOST in text:
                raise ValueError("characters were lost, its charset is not what it says")
            address = urljoin(base or "", text).partition("#")[0]
            url = urls.canonical(address)
        except ValueError as error:
            reason = one_line(error)
            shown = one_line(text, SHOWN)
            self.broken.append(reason if shown in reason else f"{shown!r}: {reason}")
            return False
        # Most are written the canonical way; one string for both saves a third of the memory.
        self.found.append(Link(url, url if url == address else address, announced_at))
        return True

    @property
    def problems(self) -> list[str]:
        """One line about the broken links; none if there are none."""
        if not self.broken:
            return []
        count = len(self.broken) + len(self.found)
        return [f"left out {len(self.broken):,} of {count:,} links, such as {self.broken[0]}"]
