"""What a line of a page is by its shape: teaser, boilerplate, title, number of a list.

Plain text and HTML share these: both come down to lines in the order of reading.
"""

import re

from etl.transform.text import word_count

TRUNCATED = re.compile(
    r"(?:\.\.\.|…|\[(?:\.\.\.|…)\]|\b(?:read more|continue reading|подробнее|читать далее)"
    r"|ادامه مطلب)[\s»›>→)\]]*\Z",
    re.IGNORECASE,
)
"""Ends of a text that was cut off: `their ha...`, `Read more »`."""

_COUNT = r"\d(?:[\d.,٬\s]*\d)?\s?[kк]?"
"""A figure of a counter: `1,234`, `12 K`."""

_AND_MORE = r"(?:\s*(?:[|·•/—–]|advert|\d).{0,30})?\Z"
"""What may follow a counter in its line: `| 12 comments`."""

_SITE_PHRASES = (
    r"url of this (?:article|page)|source url|permalink|short(?: url|link)\b",
    r"(?:related|similar|recommended|popular|latest|recent)"
    r"(?: (?:stories|articles|links|topics|posts|content|news|materials))?\s*(?::|\Z)",
    r"read (?:more|also|next)\b|see (?:also|more)\b\s*:|more (?:from|on|in)\b.{0,40}\Z",
    r"don.t miss\b|you may also like|most (?:read|popular|viewed)\b|trending\b|continue reading",
    r"story continues|click here\b|sign (?:up|in) (?:for|to)\b|log ?in (?:or|to)\b",
    r"subscribe (?:to|now|for)\b|follow (?:us|@)|join .{0,30}(?:whatsapp|telegram)",
    r"download .{0,20}app\b|get the latest|get .{0,40}newsletter|thanks for signing|have a tip",
    r"tell us what|like this story|share(?: (?:this|it|on)\b|\s*:|\Z)|e-?mail this\b",
    r"print(?:er)?[- ](?:friendly|article|version)|send (?:by|to) e?-?mail",
    r"(?:add|leave|post) (?:new |a )?(?:comment|reply)|(?:\d+ )?comments?(?: \(\d+\))?\Z",
    rf"advertisements?\Z|views?\s*:?\s*{_COUNT}\Z|tags?\s*:|filed under|categor(?:y|ies)\s*:",
    r"posted in\b|published (?:by|in)\b.{0,60}\Z|(?:last )?updated\b.{0,40}\Z",
    r"©|\(c\) \d{4}|copyright\b.{0,5}\d{4}|copyright ©|all rights reserved",
    r"this copy is for your personal|order reprints\Z|back to top\Z|the-?cnn-?wire",
    r"(?:advert|iklan|реклама|werbung|publicidad|publicité|anúncio|تبلیغات)\Z",
    r"(?:table of contents|in this article|contents|содержание|оглавление|فهرست)\s*:?\W*\Z",
    r"you are here\b|(?:show|hide) caption\Z|this slideshow requires javascript|also\s*:\s*see\b",
    r"(?:image|photo|media|video) (?:copyright|caption|credit|source)\b.{0,80}\Z",
    r"(?:photos?|фото|عکس)\s*:.{0,60}\Z|(?:register now|learn more|get started(?: today)?)\W*\Z",
    r"related (?:post|story|article|video)s?\b|more(?: \w+){0,3}\s*:\s*(?:https?://|\Z)",
    r"leggi anche\b|lea también\b|lire aussi\b|lesen sie auch\b|leia (?:também|mais)\b",
    r"читать (?:также|ещё|еще)\b|материалы по теме\b|по теме\s*:|بیشتر بخوانید|همچنین بخوانید",
    r"follow .{2,60}(?:@|https?://|coverage\b|twitter|facebook|instagram|telegram|youtube|whatsapp)",
    r"popular on\b|(?:sign up|watch|read)\s*:|(?:get|start) .{0,60}(?:newsletter|inbox|delivered)",
    r"\[\w+ \w+=|first published\s*:|reach the reporters?\b",
    r"contact (?:the |staff )?(?:reporter|writer)\b",
    r"читайте также|смотрите также|похожие (?:статьи|материалы)|поделиться|версия для печати",
    r"теги\s*:|метки\s*:|рубрика\s*:|просмотр(?:ов|ы)\s*:?\s*\d|все права защищены|комментарии\Z",
    r"добавить комментарий|подпис(?:аться|ывайтесь)\b|постоянный адрес|адрес (?:этой )?статьи\s*:",
    r"войдите[, ]|войти\b.{0,20}комментар|оставить комментарий",
    r"برای .{0,40}وارد شوید|نشانی این مقاله",
    r"please log ?in\b|you must be logged in",
    rf"{_COUNT}\s*(?:views?|reads?|shares?|likes?|comments?|hits|visits){_AND_MORE}",
    rf"{_COUNT}\s*(?:просмотр|прочтени|комментари|лайк|тамошо|بازدید|نظر|دیدگاه)\w*{_AND_MORE}",
    rf"(?:тамошо|нигоҳ|(?:تعداد )?(?:بازدید|نظرات|دیدگاه))\w*\s*:?\s*{_COUNT}\Z",
    r"обновлено\b.{0,40}\Z|به.?روز.?رسانی\b.{0,40}\Z|\d+[- ]min(?:ute)?s? read\Z",
    r"آخرین اخبار|مطالب مرتبط|برچسب|اشتراک گذاری|نسخه چاپی|تمامی حقوق|کلیه حقوق|لینک کوتاه",
)

BOILERPLATE = re.compile(rf"\W*(?:{'|'.join(_SITE_PHRASES)})", re.IGNORECASE)
"""Beginnings of lines that belong to the site, not to the text: `URL of this article:`."""

LONGEST_BOILERPLATE = 160
"""Characters; a longer line that begins so is prose."""

SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""Raised digits, in order."""

LOWERED = {ord(raised): str(digit) for digit, raised in enumerate(SUPERSCRIPT)}
"""Raised digits as digits."""

LABEL = re.compile(
    r"\s*(?:\[(?P<square>\d{1,3})\]|\((?P<round>\d{1,3})\)|(?P<bare>\d{1,3})\s?[.)\]ـ–-](?!\d)"
    rf"|(?P<raised>[{SUPERSCRIPT}]{{1,3}}))\s*(?=\S)"
)
"""The number before an item of a list: `1. `, `[12] `, `3) `, `۴- `, `¹ `."""

SENTENCE_STOP = re.compile(r"(?:[.;:,،؛]|[.!?؟][\"'”»)]*)\Z")
"""How titles do not end, questions and exclamations apart."""

URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
"""A web address: `https://example.org/a`."""

SHORTEST_PARAGRAPH = 80
"""Characters from which a block of a page counts as a paragraph."""

LONG_LINE = 160
"""Characters from which a line is taken for prose; the longest of 300 labelled titles has 103."""


def is_truncated(line: str) -> bool:
    """Whether `line` is a text that was cut off, as teasers are."""
    end = line[-40:]
    # Most lines end in a full stop: for them the search is spared.
    return (not end.endswith(".") or "..." in end) and bool(TRUNCATED.search(end))


def is_boilerplate(line: str) -> bool:
    """Whether `line` is a plug, a share button, a copyright note or the like."""
    return len(line) <= LONGEST_BOILERPLATE and bool(BOILERPLATE.match(line))


def is_title_like(line: str) -> bool:
    """Whether `line` could be a headline: short, whole, and no sentence."""
    if not 8 <= len(line) <= 250 or word_count(line) < 2 or URL.match(line):
        return False
    ends_like_prose = SENTENCE_STOP.search(line) and line[-1] not in "!?؟"
    return not (ends_like_prose or is_truncated(line) or is_boilerplate(line))


def number_of(line: str) -> int | None:
    """The number before `line` as an item of a list; None if it has none.

    >>> number_of("[12] Shtoll, The Evolution"), number_of("1994 was a year")
    (12, None)
    """
    match = LABEL.match(line)
    if match is None:
        return None
    return int(next(filter(None, match.groups())).translate(LOWERED))
