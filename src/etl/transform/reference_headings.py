"""Lines that head a list of references, in the languages we read.

Pages find lists by them, citations leave them out of the entries.
"""

import re

from etl.transform.text import SAME_LETTER

LONGEST_HEADING = 80
"""Characters."""

_NOUNS = (
    r"(?:foot|end)?\s?notes?|references?|bibliograph(?:y|ies)|literature|sources?|citations?"
    r"|works cited|readings?|webography",
    r"(?:источник|сноск|ссылк|примечани|библиографи)\w{1,3}|литератур[аы]"
    r"|использованн\w+ материалы|библиографическ\w+ список",
    r"(?:адабиёт|сарчашма|эзоҳ|пайнавишт|поварақ|маъхаз|манбаъ?|манобеъ?|истинод|шарҳ)\w{0,4}",
    r"әдебиет\w{0,5}|дереккөз\w{0,5}|ескертпе\w{0,4}|адабият\w{0,4}|булак\w{0,4}",
    r"(?:adabiyot|manba|izoh)\w{0,5}|(?:изоҳ|манба)\w{0,5}",
    r"منابع|منبع|ماخذ|مآخذ|مراجع|پی ?نوشت(?: ?ها)?|پانوشت(?: ?ها)?|پاورقی(?: ?ها)?|یادداشت ?ها"
    r"|کتاب ?نامه|کتاب ?شناسی|ارجاعات|توضیحات|المراجع|المصادر|الهوامش|هوامش",
    r"kaynak(?:ça|lar)|(?:dip|son)?notlar|literatur|quellen|einzelnachweise|fu(?:ß|ss)noten"
    r"|anmerkungen|endnoten|r[ée]f[ée]rences|bibliographie|referencias|bibliograf[ií]a|notas"
    r"|fuentes|fonti|note bibliografiche|riferimenti",
)

_BEFORE = (
    r"(?:(?:full |short )?list of (?:the )?|select(?:ed)? |cited |used |further |additional "
    r"|suggested |recommended |primary |secondary |main |general )",
    r"(?:(?:список|перечень) |использ(?:ованн|уем)\w+ |цитируем\w+ |цитированн\w+ |основн\w+ "
    r"|рекомендуем\w+ |затекстов\w+ |подстрочн\w+ |библиографическ\w+ |пристатейн\w+ )",
    r"(?:(?:рӯйхат|номгӯ|феҳрист)\w{0,3} )",
    r"(?:пайдаланылған |қолданылған |колдонулган |пайдаланылган |foydalanilgan |фойдаланилган )",
    r"(?:فهرست |قائمة )",
)

_AFTER = (
    r"(?: (?:cited|list|used|consulted|section|to the text|for further reading))",
    r"(?:i? истифода ?шуда(?:\w{0,3})?|и (?:истифода ?шуда|илмӣ))",
    r"(?: (?:тізімі|тизмеси|ro.yxati|рўйхати))",
    r"(?: (?:فارسی|انگلیسی|لاتین|عربی|تحقیق|مقاله))",
    r"(?:verzeichnis|angaben| bibliographiques| bibliográficas| et sources)",
)

_AND = r"\s?(?:,|&|/|\band\b|\bи\b|\bва\b|\bжәне\b|\bund\b|\bet\b|\by\b|\bve\b|\bو\b)\s?"

_ONE = rf"(?:{'|'.join(_BEFORE)}){{0,3}}(?:{'|'.join(_NOUNS)})(?:{'|'.join(_AFTER)}){{0,2}}"

WORDS = rf"{_ONE}(?:{_AND}{_ONE}){{0,2}}"
"""A heading without what stands around it: `список источников и литературы`."""

HEADING = re.compile(
    rf"\W*(?:(?:\d{{1,2}}|[ivx]{{1,4}})\.?\s*)?{WORDS}\s?(?:\([^()]{{0,40}}\))?\W*", re.IGNORECASE
)
"""A whole line: `References:`, `5. Литература`, `منابع و مآخذ`, `Sources (12)`."""

RUN_IN = re.compile(rf"\W*{WORDS}\s?:\s+(?=\S)", re.IGNORECASE)
"""A heading before the first entry of its line: `References: 1. Karimov`."""


def is_heading(line: str) -> bool:
    """Whether `line` heads a list of references.

    >>> is_heading("Список использованной литературы:"), is_heading("Notes on a scandal")
    (True, False)
    """
    return 0 < len(line) <= LONGEST_HEADING and HEADING.fullmatch(_folded(line)) is not None


def run_in(line: str) -> int:
    """Where the entry begins after a heading at the beginning of `line`; 0 without one.

    >>> run_in("Литература: 1. Шоу А.")
    12
    """
    match = RUN_IN.match(_folded(line[: 2 * LONGEST_HEADING]))
    return match.end() if match else 0


def _folded(line: str) -> str:
    """`line` with one form of each letter, and of the same length."""
    return line.replace("\u0640", " ").translate(SAME_LETTER)
