"""A byline to its parts, each with what its label says somebody did: `Text: …`, `Перевод: …`."""

import re
from typing import NamedTuple

_NOUN = r"\s*[:：—–]"
"""What makes a label of a noun: `Author:`, `Автор —`."""

_BY = r"(?:\s+by\b\s*:?|\s*:)"
"""What makes a label of `Photos`: `Photos by`, `Photos:`."""

_GAP = r"[\s\u200c]*"
"""What may stand in a Persian compound: nothing, a space or a zero-width one."""

_LABELS = {
    "editor": (
        r"(?:copy[- ]?|sub-?)?edit(?:ed|ing)(?:\s+by\b\s*:?|\s*:)|editors?\s*:"
        r"|под\s+редакцией\b|редактор(?:ы|а)?" + _NOUN + r"|муҳаррир\w*\s*:"
        r"|ویراستار(?:ان)?\s*:|ویرایش\s*:"
    ),
    "translator": (
        r"translat(?:ed|ion)(?:\s+(?:from|into)(?:\s+the)?\s+\w+)?" + _BY + r"|translators?\s*:"
        r"|перев[её]л[аи]?\b\s*:?|перевод(?:чик\w*)?(?:\s+(?:с|на)\s+\w+)?" + _NOUN + r""
        r"|переводчик(?=\s)"
        r"|тарҷума(?:и|кунанда|кунандагон|шуда)?(?:\s+аз\s+\w+)?\s*:|тарҷумон\w*\s*:|тарҷумаи\b"
        r"|مترجم(?:ان)?\s*:?|(?:ترجمه|برگردان)\s*(?::|از(?=\s)|ی(?=\s))"
    ),
    "interviewer": (
        r"interview(?:ed)?" + _BY + r"|interviewers?\s*:"
        r"|бесед(?:овал[аи]?|у\s+в[её]л[аи]?)\b\s*:?|интервью\s+(?:взял|пров[её]л)[аи]?\b\s*:?"
        r"|интервьюер\w*\s*:"
        r"|вопросы\s+задавал[аи]?\b\s*:?"
        r"|мусоҳиб\w*\s*:|суҳбати\s+|суҳбаткунанда\s*:"
        rf"|(?:گفت{_GAP}و{_GAP}گو|گفتگو|مصاحبه)\s*(?:از\b\s*:?|:)|مصاحبه{_GAP}کننده\s*:?"
    ),
    "photographer": (
        r"photo(?:s|graph(?:s|y|ers?)?)?" + _BY
        + r"|pictures?" + _BY + r"|фото(?:граф\w*|графи[ия])?" + _NOUN + r""
        r"|снимки\s*:"
        r"|(?:акс|сурат)(?:ҳо|гир)?\s*:|عکس(?:[\s\u200c]?ها)?\s*(?::|از(?=\s))|عکاس\s*:?"
    ),
    "illustrator": (
        r"(?:illustrat(?:ions?|ed|ors?)|drawings?|artwork|graphics?|infographics?|maps?)" + _BY
        + r"|(?:иллюстраци[ия]|рисун(?:ок|ки)|художник|инфографика)" + _NOUN
        + r"|рассом\w*\s*:|تصویر[\s\u200c]?(?:گر|ساز)\s*:?"
    ),
    "contributor": (
        r"(?:with\s+)?(?:additional\s+)?(?:contributions?|reporting|research|writing)\s+(?:from"
        r"|by)\b\s*:?"
        r"|contribut(?:ors?\s*:|ing\s*:|ed\s+(?:to\s+by|by)\b\s*:?)|with\s+the\s+assistance\s+of\b"
        r"|(?:(?:medically|clinically|expert(?:ly)?|legally|technically"
        r"|scientifically)[- ]+)?review(?:ed|er)" + _BY
        + r"|(?:fact|data)[- ]?check(?:ed|er|ing)" + _BY
        + r"|(?:visuali[sz]ations?|videos?|audio|voice|produced|animation|curated|recommended)"
        + _BY
        + r"|при\s+участии\b|рецензент\w*" + _NOUN + r"|видео" + _NOUN + r"|бо\s+ҳамкории\b"
        r"|با\s+همکاری\b\s*:?"
    ),
    "author": (
        r"(?:text|words|story)\s+(?:and|&)\s+(?:photo\w*|pictures)" + _BY
        + r"|(?:текст\s+и\s+фото|фото\s+и\s+текст)" + _NOUN
        + r"|(?:(?:this\s+)?(?:post|article|story|blog|piece)\s+(?:was\s+)?)?(?:originally\s+)?"
        r"(?:written|posted|submitted|published|prepared|compiled|authored|reported|added|created"
        r"|drafted|penned"
        r"|contributed|text|story|article|report|words|post|op-?ed|essay|analysis|commentary|opinion|column)"
        r"(?:\s+on)?\s+by\b\s*:?"
        r"|(?:article\s+|post\s+|story\s+|about\s+the\s+)?(?:authors?|writers?)\s*:|(?:text|words"
        r"|written|story|byline)\s*:"
        r"|(?:об\s+)?автор(?:ы|а|ах|е)?(?:\s+(?:статьи|текста|материала|публикации|поста"
        r"|колонки))?(?:" + _NOUN + r"|\s+-\s)"
        r"|авторы?\s+(?=(?-i:[А-ЯЁ]))|(?:текст|материал|статья)" + _NOUN
        + r"|(?:материал\s+|текст\s+)?(?:подготовил|написал|составил)\w*\b\s*:?"
        r"|муаллиф\w*\s*[:—–-]|матн\s*:|(?:таҳия|навишта)(?:и|кунанда\w*)?\s*:|таҳияи\b"
        r"|به\s+قلم\s*:?|قلم\s*:|(?:نوشته\s+شده\s+)?توسط\s*:?|(?:نویسندگان|نویسنده|نگارنده|نگارندگان)\s*:?"
        r"|(?:نوشته|گزارش|گزارشگر|خبرنگار|متن|تهیه[\s\u200c]?کننده|تهیه\s+و\s+تنظیم"
        r"|یادداشت)(?:ی)?\s*(?::|از(?=\s))"
    ),
}  # fmt: skip
"""What labels of each role look like, in English, Russian, Tajik and Persian."""

_ANY = "|".join(f"(?P<{role}>{pattern})" for role, pattern in _LABELS.items())

FIRST = re.compile(rf"[^\w(]*(?:{_ANY}|(?P<bare>by|от автора)\b\s*:?)\s*", re.IGNORECASE)
"""The label a byline begins with: `By `, `Автор: `, `Photographs by `."""

NEXT = re.compile(
    rf"(?:\A|[\s|;,.•·/(–—-])(?:(?:and|и|ва|و)\s+)?(?:{_ANY})\s*|[|;•·]\s*by\s", re.IGNORECASE
)
"""A label further on in a byline: the `, photographs by` after a name."""


SIGN = re.compile(r"[:：—–-]\s*\Z|به\s+قلم")
"""What ends a label for certain, or is one for certain: `:`."""


class Part(NamedTuple):
    """A label and what stands behind it."""

    role: str
    """One of `etl.schema.articles.AUTHOR_ROLES`."""

    text: str
    """Up to the next label; empty where the label stands alone."""

    has_sign: bool = False
    """Whether a colon or a dash ends the label."""


def parts(line: str) -> list[Part]:
    """The labels of a line that begins with one, and what each is followed by; else none.

    >>> [part[:2] for part in parts("By Rustam Haydarov | Translated by Nigora Salimova")]
    [('author', 'Rustam Haydarov |'), ('translator', 'Nigora Salimova')]
    """
    label = FIRST.match(line)
    found: list[Part] = []
    while label:
        start = label.end()
        following = NEXT.search(line, start)
        end = following.start() if following else len(line)
        has_sign = SIGN.search(label.group()) is not None
        found.append(Part(_role(label), line[start:end].strip(), has_sign))
        label = following
    return found


def _role(label: re.Match[str]) -> str:
    """The role a label names; `author` for a bare `by`."""
    named = label.lastgroup
    return named if named in _LABELS else "author"
