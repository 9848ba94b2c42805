"""Words about a reference that are no field: access notes, editions, kinds of document.

They are blanked before the fields are read; what they say about the kind of work is kept.
"""

import re

from etl.transform.citations.date_patterns import DAY
from etl.transform.citations.slate import Slate

ACCESSED = re.compile(
    r"[\[(]?\b(?:(?:last\s+)?(?:accessed|visited|viewed|checked|retrieved|consulted|seen|access|cited"
    r"|consulté|abgerufen|zugriff)"
    r"(?:\s+date)?(?:\s+(?:on|le|am))?|дата\s+(?:обращения|доступа|просмотра)|проверено"
    r"|санаи\s+(?:муроҷиат|дастрасӣ|истифода)"
    r"|تاریخ\s+(?:دسترسی|بازدید|مراجعه|مشاهده)|(?:بازدید|مشاهده)(?:\s+شده)?\s+در)"
    rf"\s*:?\s*{DAY}\s*(?:г\.)?\s*,?\s*(?:from\b|at\b)?:?\s*[\])]?",
    re.IGNORECASE,
)
"""`(accessed 12 May 2011)`, `Retrieved May 3, 2010, from`, `(дата обращения: 12.03.2011)`,
`تاریخ مشاهده: ۱۳۹۹/۲/۲۳`."""

UNDATED = re.compile(
    r"[(\[]?(?<![\w.])(?:n\.\s?d\.|s\.\s?a\.|o\.\s?J\.|no\s+date\b|б\.\s?[гд]\.|без\s+(?:года|даты)\b"
    r"|бе\s+сана\b|بی[\s\u200c]?تا(?!\w)|بدون\s+تاریخ)[)\]]?"
)
"""`(n.d.)`, `б. г.`, `بی‌تا`: the work says no date; `N. D.` are initials."""

ONLINE = re.compile(
    r"\[?\b(?:available\s+(?:online|at|from)(?:\s+(?:at|from))?|retrieved\s+from|режим\s+доступа"
    r"|url|электрон(?:ный|\.)\s+(?:ресурс|дан\.)|electronic\s+resource"
    r"|قابل\s+دسترس(?:ی)?\s+(?:در|از))\b\s*:?\s*\]?(?=\s*[\x00:\[\]().,;/-]|\s*$)",
    re.IGNORECASE,
)
"""`Available at:`, `Режим доступа:`, `[Электронный ресурс]`, `URL:` before a cut-out URL."""

EDITION = re.compile(
    r"\(?\b(?:\d{1,2}(?:st|nd|rd|th|e)|second|third|fourth|fifth|sixth|seventh|revised"
    r"|rev\.|new|2d|3d|updated|enlarged|first)\s+(?:and\s+\w+\s+|rev\.?\s+|revised\s+)?"
    r"ed(?:ition|n)?\b\.?\)?"
    r"|\b(?:\d{1,2}-[еe]\s+изд|изд\.?\s+\d{1,2}-[еe])\b\.?(?:,?\s*(?:перераб|испр|доп|стер)\w*\.?"
    r"(?:\s*и\s*(?:доп|перераб|испр)\w*\.?)?)*|\bچاپ\s+\w+",
    re.IGNORECASE,
)
"""`(2nd ed.)`, `2-е изд., испр. и доп.`, `چاپ سوم`."""

THESIS = re.compile(
    r"[\[(]?\b(?:(?:(?:unpublished|doctoral|ph\.?\s?d\.?|master(?:['’]?s)?|m\.?\s?[as]c?\.?"
    r"|diploma|bachelor(?:['’]?s)?)\s+)+(?:thesis|dissertation)|ph\.?\s?d\.?(?=\s*[.,;])"
    r"|dissertation(?=\s*[.,;)])"
    r"|(?:автореф(?:ерат)?\.?\s*)?дис(?:сертац\w+|\.)(?:\s*\.{2,3}|\s*на\s+соиск\w*\.?)?"
    r"(?:\s*(?:канд|докт|д-ра)\w*\.?(?:\s*\w+\.?\s*наук)?)?"
    r"|پایان\s*[\u200c ]?نامه(?:\s+(?:کارشناسی\s+ارشد|دکتری|دکترا))?|رساله(?:\s+(?:دکتری|دکترا))?)"
    r"\s*[\])]?",
    re.IGNORECASE,
)
"""`(Doctoral dissertation)`, `PhD thesis`, `автореф. дис. ... канд. ист. наук`."""

GENRE = re.compile(
    r"(?:[:,]\s*|\()(?:моногр(?:афия|\.)|учебник|учеб(?:ное|\.)\s*пособ(?:ие|\.)"
    r"|сб(?:орник|\.)\s*(?:научных\s+|науч\.\s*)?(?:статей|ст\.|трудов|тр\.|документов|материалов)"
    r"|справочник|monograph|textbook|a?\s?reader|collected\s+(?:articles|papers))\)?"
    r"(?=\s*[.,;:/)\x00]|\s*$)",
    re.IGNORECASE,
)
"""`: монография` and the like after a title."""

REMARK = re.compile(
    r"[\[(]\s*(?:in\s+(?:russian|persian|farsi|tajik|arabic|turkish|french|german|chinese|uzbek"
    r"|kazakh|japanese|korean|spanish)(?:\s+with[^\])]*)?|на\s+\w+\s+яз(?:ыке|\.)|in\s+press"
    r"|forthcoming|mimeo\w*|preprint|unpublished|manuscript|translated|reprint\w*|pdf"
    r"|به\s+زبان\s+\w+|electronic|on-?line|internet|web|text|текст)\s*[\])]"
    r"|\[\s*\w{2,12}\s*\](?=\s*[./:])|\bin\s+(?:russian|persian|japanese|chinese|korean)[.\s]*$",
    re.IGNORECASE,
)
"""`(in Russian)`, `[Текст]`, `(in press)`."""

NUMBER = re.compile(
    r"[\[(]?\b(?:PMID|PMCID|ISSN|MR)\s?:?\s?(?:PMC)*[\dXx-]{5,12}[\])]?"
    r"|\b(?:PubMed(?:\s?Central)?|Epub)\b(?:\s\d{4}(?:/\d\d){2})?"
)
"""`PMID: 12345678`, `ISSN 1234-5678`: numbers that are no field of ours."""

SERIES_NUMBER = re.compile(
    r"(?<=[,.(])\s*(?:(?:technical|special|working|discussion|occasional|policy)\s+(?:note|paper|report|brief)"
    r"|report|(?:рабочий\s+)?доклад|гузориши|گزارش(?:\s+شمارهٔ?)?)\s+(?:№|no\.?)?\s?\d{1,3}\b(?=\s*[.,)(\x00]|\s*$)",
    re.IGNORECASE,
)
"""`, Working Paper 31.`, `. Доклад № 15.`, `(Technical note 6`."""

TRANSLATOR = re.compile(
    r"[\s,.;(]*\b(?:trans(?:l(?:ated)?)?\.?(?:\s+(?:by|from\s+the\s+\w+))*"
    r"|пер(?:\.|евод)\s+с\s+\w+\.?|ترجمه(?:ی)?)\s+(?:[^\W\d_][^\W\d_.]*\.?\s?){1,4}(?=[.,;)\x00])"
)
"""`, trans. Maria Petrova`."""

IBID = re.compile(
    r"^\W*(?:ibid(?:em)?|там\s+же|loc\.\s*cit|op\.\s*cit|idem|همان(?:جا)?|همو)\b", re.IGNORECASE
)
"""`Ibid., p. 12`, `Там же. С. 5`, `همان، ص ۵`: an earlier entry again."""


def clear(slate: Slate) -> bool:
    """Blank every note of `slate`; whether one of them says it is a thesis."""
    for pattern in (
        ACCESSED,
        UNDATED,
        ONLINE,
        REMARK,
        EDITION,
        GENRE,
        SERIES_NUMBER,
        TRANSLATOR,
        NUMBER,
    ):
        while slate.take(pattern):
            pass
    return slate.take(THESIS) is not None


def is_ibid(raw: str) -> bool:
    """Whether the entry only points to an earlier one."""
    return IBID.match(raw) is not None
