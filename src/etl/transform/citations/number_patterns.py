"""Patterns of years, volumes, issues and pages as reference lists print them."""

import re

from etl.transform.citations.scripts import any_of

MONTH = any_of("""
    Jan January Feb February Mar March Apr April May Jun June Jul July Aug August Sep Sept September
    Oct October Nov November Dec December JANUARY FEBRUARY MARCH APRIL JUNE JULY AUGUST SEPTEMBER
    OCTOBER NOVEMBER DECEMBER JAN FEB MAR APR MAY JUN JUL AUG SEP SEPT OCT NOV DEC
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    Januar Februar März Mai Juni Juli Oktober Dezember
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    января январь февраля февраль марта март апреля апрель мая май июня июнь июля июль августа
    август сентября сентябрь октября октябрь ноября ноябрь декабря декабрь янв февр апр авг сент
    окт нояб дек Январь Февраль Март Апрель Май Июнь Июль Август Сентябрь Октябрь Ноябрь Декабрь
    Spring Summer Autumn Fall Winter spring summer autumn fall winter
    فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند بهار تابستان پاییز زمستان
""")
"""A month or season: `Sept`, `марта`, `بهار`."""

DAY = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)?[\s-]+)?{MONTH}\.?,?\s*(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s*)?\d{{4}}"
    rf"|\d{{4}},?\s+(?:\d{{1,2}}\s+)?{MONTH}\.?(?:\s+\d{{1,2}})?)"
)
"""A day in digits or words: `12.03.2011`, `1399/2/23`, `March 9, 2011`, `2011, March 9`."""

YEAR = r"(?:1[3-9]\d\d|20\d\d)"
"""A plausible year, of the Gregorian or the Persian solar calendar."""

DATED = (
    r"(?:(?:\d{1,2}(?:st|nd|rd|th)?(?:\s?-\s?\d{1,2})?[\s-]+)?"
    rf"{MONTH}(?:\s?[-/]\s?{MONTH})?\.?,?\s*"
    r"(?:\d{1,2}(?:st|nd|rd|th)?(?:\s?-\s?\d{1,2})?,?\s+)?|\d{1,2}[./]\d{1,2}[./])?"
    rf"(?P<year>{YEAR})(?!\d)[a-z]?(?:\s?(?:гг?\b\.?|год\b|ш\.))?"
    rf"(?:,?\s+(?:\d{{1,2}}\s+)?{MONTH}\b\.?(?:\s+\d{{1,2}}(?!\d))?)?"
)
"""A year with the day or month around it: `May 3, 2004`, `2004, May 3`, `12.03.2011`."""

EARLY = re.compile(
    rf"[\s,.:;]*(?:[(\[]\s*(?:c\.|ca\.\s*)?{DATED}[^()\[\]]{{0,12}}[)\]]"
    rf"|{DATED.replace('<year>', '<bare>')}(?=\s*[.,:;]|\s+[A-Z\"“]))"
)
"""The date right after the authors: ` (2004).`, ` 2004. `."""

IN_BRACKETS = re.compile(rf"[(\[]\s*(?:[Oo]riginally\s+|c\.\s*|ca\.\s*)?{DATED}\s*[)\]]")
"""`(2004)`, `(May 2004)`."""

PLAIN_YEAR = re.compile(rf"(?<![\w-]){DATED}(?![\w-])")
"""A year outside of spans of years."""

ANY_YEAR = re.compile(rf"(?<!\d)(?P<year>{YEAR})(?!\d)")
"""A year anywhere, the last resort."""

PAGE = r"[A-Za-zСс]{0,2}\d{1,7}[A-Za-z]?(?!\w)"
"""`44`, `R1819`, `e20`."""

PAGES = (
    rf"(?:{PAGE}(?:\s?(?:-{{1,2}}|/)\s?{PAGE}|\s?ff?\.)?"
    r"|[ivxlc]{1,6}\s?-\s?[ivxlc]{1,6}(?!\w))"
)
"""`44-61`, `44f.`, `xii-xx`."""

LABELLED_PAGES = re.compile(
    # `p53` in a title is no page: a label without a full stop needs a sign before it or a space.
    r"(?:(?<![\w'’])(?=[^\W\d]+(?:\.|\s)|[сСص])|(?<=[,;:(.\x00]\s)|(?<=[,;:(.\x00]))"
    r"(?:[Pp]{1,2}|PP|[Pp]ages?|[Pp]gs?|S|[Ss]eiten?|[CСс]|[Сс]тр|[Бб]|[Бб]ет|صص?|صفحات|صفحهٔ?)"
    rf"(?:\.|(?=[\s\d:]))\s?[:.]?\s?"
    rf"(?P<pages>{PAGES}(?:,\s?(?!{YEAR})\d+(?!\d)(?:-\d+)?(?=[,.;\s]))*)(?!\s*(?:p\b|с\.|\())"
)
"""`pp. 44-61`, `С. 15-20`, `ص ۱۵-۲۰`."""

PAGE_COUNT = re.compile(
    r"(?<![\w-])(?P<count>\d{1,5}\s?(?:pp?|pages|с|стр|б|бет|S|ص|صفحه)(?!\w)\.?)(?!\s*\d)"
)
"""`83 p.`, `120 с.`, `۲۴۰ ص`: how many pages it has."""

VOLUME = re.compile(
    r"(?<![\w'’])(?:[Vv]ol(?:ume|s)?|VOL|[VvTТт]|[Тт]ом|[Bb]d|[Bb]and|[Tt]om[eo]?"
    r"|جلد|دورهٔ?|سال|ج)(?:\.\s?|\s)"
    r"(?P<volume>\d{1,4}[A-Za-z]?(?:\s?[-/]\s?\d{1,4})?(?!\d)|[IVXLC]+\b)"
    r"(?:\s?\((?P<issue>\d{1,3}(?:\s?[-/]\s?\d{1,3})?)\))?"
)
"""`vol. 12`, `Т. 12`, `vol. 12(3)`."""

ISSUE = re.compile(
    r"(?<![\w'’])(?:№№?|N|[Nn][°º]|[Nn]os?|[Nn]r|n|[Ii]ss?(?:ue)?|[Вв]ып(?:уск)?|[Hh]eft|[Hh]"
    r"|[Nn]umber|NO|شمارهٔ?|ش)(?:\.\s?|\s?(?=\d))"
    rf"(?P<issue>\d{{1,4}}(?:\s?[-/,]\s?(?!{YEAR})\d{{1,4}}(?!\d))?(?!\d)"
    r"(?:\s?\((?:\d{1,3}|(?!1[89]|20)\d{4})\))?)"
)
"""`no. 3`, `№ 2 (56)` (number and whole number), `Вып. 4`, `شماره ۲`."""

SEP = r"\s?[,:;.]?\s?"
ISSUED = r"(?:\d{1,4}(?:\s?[-/&]\s?\d{1,4})?|[Ss]uppl[^()]{0,12}|[Ss]pecial[^()]{0,12})"
VOL = r"(?<![\w-])(?P<volume>[A-Z]?\d{1,4}[A-Z]?)"

DATED_CLUSTERS = (
    # 26, 5683 (1985)
    re.compile(rf"{VOL}\s?,\s?(?P<pages>{PAGES})\s?\(\s?(?P<year>{YEAR})[a-z]?\s?\)"),
    # 12.3 (2004): 44-61
    re.compile(
        rf"{VOL}\s?[.,:/]\s?(?P<issue>\d{{1,3}})\s?\(\s?(?:{MONTH}\.?\s)?(?P<year>{YEAR})\s?\)"
        rf"(?:{SEP}(?P<pages>{PAGES}))?"
    ),
    # 23 (2011) 246002
    re.compile(
        rf"{VOL}\s?,?\s?\(\s?(?:{MONTH}\.?\s)?(?P<year>{YEAR})[a-z]?\s?\)"
        rf"(?:{SEP}(?P<pages>{PAGES}))?"
    ),
    # 2008; 45: 1437-1443, 2008; 45(2): 1437-1443
    re.compile(
        rf"(?<![\w-])(?P<year>{YEAR})(?:\s{MONTH}(?:\s\d{{1,2}})?)?\s?;\s?"
        rf"(?P<volume>[A-Z]?\d{{1,4}}[A-Z]?)(?:\s?\((?P<issue>{ISSUED})\))?\s?:\s?(?P<pages>{PAGES})"
    ),
)
"""Numbers with a year among them, from the surest form to the weakest."""

CLUSTERS = (
    # 12(3), 44-61
    re.compile(
        rf"{VOL}\s?\(\s?(?!{YEAR}\s?\))(?P<issue>{ISSUED})\s?\)"
        rf"(?:{SEP}(?P<pages>(?!{YEAR}\b){PAGES}|{YEAR}-{YEAR}))?"
    ),
    # 98:10:102
    re.compile(rf"(?!{YEAR}\b){VOL}\s?:\s?(?P<issue>\d{{1,3}})\s?:\s?(?P<pages>{PAGES})"),
    # 12: 44-61
    re.compile(rf"(?!{YEAR}\b){VOL}\s?:\s?(?P<pages>{PAGES})"),
    # 12, 44-61
    re.compile(rf"(?!{YEAR}\b){VOL}\s?,\s?(?P<pages>(?!{YEAR}\b){PAGES})(?=\s*[.,;:\x00\[(]|\s*$)"),
    # 19 716-723
    re.compile(rf"(?<=[\s,])(?!{YEAR}\b){VOL}\s(?P<pages>{PAGE}\s?-{{1,2}}\s?{PAGE})"),
    # Journal 39 265
    re.compile(
        rf"(?<=[^\W\d_]\s)(?!{YEAR}\b){VOL}\s(?P<pages>(?!{YEAR}\b){PAGE})(?=\s*[.,;]?\s*(?:\x00|$))"
    ),
    # , 19.
    re.compile(rf"(?<=[^\W\d_],\s)(?!{YEAR}\b)(?P<volume>\d{{1,3}})(?=\s*[.,]?\s*(?:\x00|$))"),
)
"""Numbers without words or years, from the surest form to the weakest."""

PAGE_RANGE = re.compile(
    rf"(?<![\w(-])(?!{YEAR}-)(?P<pages>[A-Za-z]{{0,2}}\d{{1,6}}\s?-{{1,2}}\s?[A-Za-z]{{0,2}}\d{{1,6}}"
    r"|[A-Z]\d{1,3}(?=\.?\s*$))(?=\s*[.,;:\x00)\]]|\s*$)"
)
"""`, 44-61.` alone."""

PAGE_LAST = re.compile(r"\)\s?,\s?(?P<pages>\d{1,4}(?:\s?-\s?\d{1,4})?)(?=\.?\s*(?:\x00|$))")
"""`), 112.` at the end of a note."""

VOLUME_LAST = re.compile(
    rf"(?<=[^\W\d_.,][\s,]|[\x00;,.]\s)\s?(?!{YEAR}\b)(?P<volume>\d{{1,4}})"
    r"(?=\s*[.,;:]?\s*(?:\x00|\(|$))"
)
"""`Journal 106,` before pages or an issue."""
