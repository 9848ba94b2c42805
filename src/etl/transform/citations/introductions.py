"""Words that lead to a reference and are no part of it: `See`, `Цит. по:`, `ر.ک`."""

import re

from etl.transform.citations.scripts import UPPER

SURE = re.compile(
    r"\s*\(?(?:see\s(?:also\s)?(?:(?:for|e\.\s?g\.)[^:,\w]{0,2}\s?(?:example|instance|details)?)|see\salso"
    r"|(?:as\s)?(?:quoted|cited)\s(?:in|from|after)|for\s(?:more\s)?details?,?\ssee|on\sthis,?\ssee|cf\."
    r"|see,?\s(?:for\s(?:example|instance)|e\.\s?g\.|inter\salia|in\sparticular)"
    r"|(?:более\s)?(?:подробн(?:ее|о)|подр\.)\s(?:об?\s[^.:]{1,30}\s)?см\.|(?:об?\s(?:этом|нем|ней)\s)?см\."
    r"(?:,?\s(?:также|например|напр\.|подробнее|в\sчастности))?|смотри(?:те)?(?:\sтакже)?:|ср\."
    r"|цит(?:ируется|\.)\sпо|прив(?:одится|\.)\sпо"
    r"|ниг(?:аред|\.)(?:\sҳамчунин|\sнизкунед)?|ба\sнақл\sаз|муқоиса\sкунед|иқт\.\sаз"
    r"|siehe(?:\sauch)?|vgl\.(?:\sauch)?|zit\.\snach|voir(?:\saussi)?|cité\s(?:dans|par)"
    r"|(?:برای\s[^:]{3,30}\s)?(?:ر\.?\s?ک\.?|ن\.?\s?ک\.?|نک\.?)(?=[\s:])|(?:نیز\s)?(?:بنگرید|نگاه\sکنید|رجوع\sکنید)\sبه"
    r"|به\sنقل\sاز|نیز\sنگاه\sکنید\sبه)\s?[:,،.]?\s+",
    re.IGNORECASE,
)
"""Words no title begins with: `See also `, `Цит. по: `, `Vgl. `."""

BEFORE_NAME = re.compile(
    rf"\s*(?:[Ss]ee|[Cc]ompare|[Aa]lso|[Ii]n|[Нн]апример|[Тт]акже|نیز|همچنین)\s?[:,،]?\s+"
    rf"(?=[{UPPER}]\.|[{UPPER}][\w'’-]+(?:,\s|\s[{UPPER}]\.|\s[{UPPER}][\w'’-]+,\s)|[\"“«])"
)
"""Words a title may begin with, before a name or a quoted title: `See Karimov, `."""

MOST = 3
"""Such words one after the other: `См. также: подробнее см.: `."""


def end(entry: str, start: int = 0) -> int:
    """Where `entry` begins behind the words that lead to it, from `start` on.

    >>> end("See also: Shaw, Rivers, 2001"), end("See No Evil. Osh, 2001")
    (10, 0)
    """
    for _ in range(MOST):
        match = SURE.match(entry, start) or BEFORE_NAME.match(entry, start)
        if match is None or match.end() >= len(entry):
            break
        start = match.end()
    return start


def blanked(entry: str) -> str:
    """`entry` with spaces in place of the words that lead to it, so that offsets stay.

    >>> blanked("См.: Шоу А. Реки.")
    '     Шоу А. Реки.'
    """
    start = end(entry)
    return " " * start + entry[start:]
