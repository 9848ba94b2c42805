"""Words about a reference that are no field: access notes, editions, theses, `Ibid.`."""

import re

from etl.transform.citations.date_patterns import DAY

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

NUMBER = re.compile(
    r"[\[(]?\b(?:PMID|PMCID|ISSN|MR)\s?:?\s?(?:PMC)*[\dXx-]{5,12}[\])]?"
    r"|\b(?:PubMed(?:\s?Central)?|Epub)\b(?:\s\d{4}(?:/\d\d){2})?"
)
"""`PMID: 12345678`, `ISSN 1234-5678`: numbers that are no field of ours."""

IBID = re.compile(
    r"^\W*(?:ibid(?:em)?|там\s+же|loc\.\s*cit|op\.\s*cit|idem|همان(?:جا)?|همو)\b", re.IGNORECASE
)
"""`Ibid., p. 12`, `Там же. С. 5`, `همان، ص ۵`: an earlier entry again."""


def is_ibid(raw: str) -> bool:
    """Whether the entry only points to an earlier one."""
    return IBID.match(raw) is not None
