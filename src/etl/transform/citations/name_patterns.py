"""Patterns of personal names as reference lists print them."""

import re

from etl.transform.citations.scripts import CAPITAL, LETTER, TAIL, UPPER, any_of

NO_NAME = any_of("""
    The An On In Of For And From To With At By Proc Proceedings Journal Vol No Nos Ed Eds Report
    Conference University Institute Press Law Annual Review International National United World
    Van Von De Del Della Der Den Ten Ter La Le El Al Bin Ibn Du Di Da Central North South East West
    New History О Об В На К Из По От Вестник Проблемы Материалы Журнал Труды Закон Указ Газета
    در از به بر مجله فصلنامه
""")
"""Words that start no name; particles have a pattern of their own."""

WORD = rf"(?!{NO_NAME}\b)[{UPPER}]{TAIL}+(?:[-‐]{TAIL}+)*"
"""A capitalised word: `Sharma`, `Хан-Заде`, `O’Hara`."""

PARTICLE = (
    r"(?:(?:[Dd]e|[Dd]el|[Dd]ella|[Dd]a|[Dd]os|[Dd]as|[Dd]i|[Dd]u|[Vv]an|[Vv]on|[Dd]er|[Dd]en"
    r"|[Tt]en|[Tt]er|[Ll]a|[Ll]e|[Ee]l|[Aa]l|[Bb]in|[Ii]bn|[Aa]f|[Zz]u|St\.?|ال)[\s-]+|[Dd]['’])"
)
"""`van`, `de la`, `al-`."""

INITIAL = (
    rf"(?:(?!(?:Ed|No|In|Jr|Sr|St|Vs|Pp|Is)\.)[{CAPITAL}]{LETTER}?\s?\."
    rf"|[{CAPITAL}](?=\s?[{CAPITAL}]\.))"
)
"""`J.`, `Ю.`, `Yu.`, the first letter of `R B.`."""

INITIALS = rf"{INITIAL}(?:[\s-]*{INITIAL})*"
"""`A. B.`, `J.-P.`, `Yu.A.`."""

BARE = rf"[{CAPITAL}](?:[-\s]?[{CAPITAL}]){{0,2}}(?![\w'’])"
"""Initials of Vancouver style: `JA`, `K-U`."""

YEAR_NEXT = r"\s+\(?(?:19|20)\d\d\b"
AFTER_BARE = rf"(?=\s*[,;.:&(\x00]|\s+(?:and|et|und)\b|\s*$|{YEAR_NEXT})"
SUFFIX = r"(?:,?\s(?:Jr|Sr|II|III|IV)\b\.?)?"
"""`, Jr.`."""

TRAILING = r"(?:de|da|do|dos|von|van|der)"
"""A particle after the given name: `Silva, A. C. da`."""

FAMILY = rf"{PARTICLE}{{0,3}}{WORD}"
"""A surname: `Karimov`, `van der Berg`."""

WITH_INITIALS = re.compile(
    rf"(?:{FAMILY}(?:\s+{FAMILY})?(?:(?:,\s?|\s){INITIALS}(?:\s?{TRAILING}(?=[.,;]))?|,?\s{BARE}{AFTER_BARE})"
    rf"|{INITIALS}[\s-]*{FAMILY}"
    rf"(?:\s+{WORD}(?<=[a-z])(?=\s*[,;.:&(\x00]|\s+(?:and|et|und)\b))?){SUFFIX}"
)
"""`Petrov, A. B.`, `Petrov A.B.`, `Petrov AB`, `A. B. Petrov`."""

CONJUNCTION = r"(?:and|et|und|y|e|и|و)"
"""Words between names; `&` is treated with them."""

AFTER_FULL = (
    rf"(?:(?<=\.)|(?=\s*[,.;:&(\[\x00/\"“«„‘']|\s+{CONJUNCTION}\s+[{UPPER}]|\s*$|{YEAR_NEXT}))"
)
"""What must follow a full name: a sign, a conjunction and a capital, a year, the end."""

INVERTED = re.compile(
    rf"(?:{FAMILY},\s?{WORD}(?:\s+(?:{WORD}|{INITIALS})){{0,2}}"
    rf"(?:\s{TRAILING})?{SUFFIX}{AFTER_FULL}"
    rf"|{FAMILY}\s{FAMILY},\s{WORD}(?:\s{INITIALS}|(?=\s*[.(\x00])))"
)
"""`Petrova, Anna Maria`, `García Ruiz, Ana.`."""

FULL = rf"{WORD}(?:\s+(?:{INITIALS}|{WORD}|{PARTICLE}{{1,3}}{WORD})){{1,3}}{SUFFIX}"
"""`Anna M. Petrova`, `Ali al-Rashid`."""

DIRECT = re.compile(FULL + AFTER_FULL)
"""`Anna M. Petrova` before a sign or a conjunction."""

LAST_INVERTED = re.compile(rf"{WORD},\s{WORD}(?:\s{INITIALS}|(?=\s*[.(:]))")
"""`Graham, Jesse.` after a conjunction."""

CLOSED = re.compile(
    rf"(?:(?:{FULL}|{INITIALS}\s?{WORD})\s*[,;]\s*){{0,12}}{FULL}\s*[,;]?\s+"
    rf"(?:{CONJUNCTION}|&)\s+[{UPPER}]"
)
"""Full names that end with a conjunction and one more name: `Omar Said, Li Wei and M`."""

SLAVIC_END = any_of("ов ев ёв ин ын ий ко ук юк ян ова ева ина ль ov ev in yn ko ky uk ova eva ina")
SLAVIC_SURNAME = re.compile(rf"{LETTER}*{SLAVIC_END}")
"""`Saidova`: two of them around a comma are two surnames, not a surname and a given name."""

SLAVIC_SHORT = re.compile(rf"^{LETTER}*{SLAVIC_END}\s")
"""`Yusupov B.`: surname and initial, not given name and middle initial."""

GIVEN_SHORT = re.compile(r"^[A-Z][a-z]+ (?:[A-Z]\. ?)+$")
"""`Anna B.`: either surname and initial, or the beginning of `Anna B. Petrova`."""

GIVEN_FIRST = re.compile(
    rf"[A-Z][a-z]+ (?:[A-Z]\. ?)+{PARTICLE}{{0,3}}{WORD}{SUFFIX}"
    rf"(?=\s*[,.;(\x00\"“]|\s+{CONJUNCTION}\s+[{UPPER}]|\s*$|{YEAR_NEXT})"
)
"""`Anna B. Petrova` whole; before a colon the last word would be a title."""

SEPARATOR = re.compile(
    rf"\s*(?:[,;]+\s*(?:{CONJUNCTION}\s+|&\s*)?(?:\.{{3}}\s*)?"
    rf"|(?:\s|(?<=\.)){CONJUNCTION}\s+|/\s*|&\s*)"
)
"""Between two names: `, `, `; `, ` and `, `, & `."""

LINK_WORD = re.compile(rf"\b{CONJUNCTION}\b|&")
"""`and` in a separator: the last name follows."""

ET_AL = re.compile(
    r"[\s,;]*(?:\b(?:et|and)\.?\s+(?:al\b|others\b|coll\b)\.?|\bи\s+др\b\.?|\bи\s+соавт\.?"
    r"|\bu\.\s?a\.|\bو\s+(?:همکاران|دیگران))",
    re.IGNORECASE,
)
"""`et al.`, `и др.`, `و همکاران`: no name."""

BODIES = """
    Ministry Committee Bank Agency Organization Organisation Commission Council Center Centre
    Institute Office Department Association University Foundation Fund Programme Union Nations
    Secretariat Group Collaboration Society Federation Board Bureau Service Government Academy
    NATO OECD UNDP UNESCO WHO OSCE IMF Министерство Комитет Агентство Институт Комиссия Банк Совет
    Центр Академия وزارت سازمان مرکز بانک دانشگاه کمیسیون
"""
ORGANISATION = re.compile(rf"\b{any_of(BODIES)}\b")
"""Words of bodies that sign as authors: `Ministry`."""
