"""Words by which an entry means an earlier one, and the pages it cites of it."""

import re

AGAIN = re.compile(
    r"\W{0,3}(?:ibid(?:em)?|(?:id(?:em)?\.?|eadem)(?=[\s,.]*(?:\W*p{1,2}\.|\W*\d|$))|там\s+же|ҳамон\s+(?:ҷо|асар|китоб|мақола)"
    r"|ҳамонҷо|ebenda|ebd|ibíd|сол\s+жерде|сонда|ўша\s+(?:жойда|асар)|o[ʻ'’]sha\s+(?:joyda|asar)|aynı\s+yer"
    r"|همان\s?جا|همانجا|همان(?:\s+(?:منبع|مأخذ|ماخذ|اثر|کتاب|مقاله))?(?=\s*[،,.:;()؛]|\s+ص|\s*$)|المرجع\s+نفسه)(?!\w)",
    re.IGNORECASE,
)
"""At its beginning: the entry right before. `Ibid., p. 5`, `Там же. С. 5`, `همان، ص ۵`."""

OP_CIT = re.compile(
    r"(?<!\w)(?:(?:op|loc|art|work)\.?\s?cit(?:at[oa])?\b|(?:указ|цит|назв|упом)(?:\.|анн\w+)\s?(?:соч|раб|ст|произв|кн|моногр|автореф)\w*"
    r"|асари\s+(?:зикршуда|номбаршуда|мазкур)|a\.\s?a\.\s?O|көрсетілген\s+еңбек|(?:اثر|منبع|کتاب|مأخذ)?\s?پیشین(?!\w)|المرجع\s+السابق)",
    re.IGNORECASE,
)
"""Behind a name, or alone: an earlier entry of that name. `op. cit.`, `Указ. соч.`, `پیشین`."""

PAGES = re.compile(
    r"(?:(?<!\w)(?P<marked>(?:pp?|pages?|С|с|стр|S|б|бет|саҳ|ص|صص|صفحه|صفحات)\.?\s?\d+(?:\s?[-–—]\s?\d+)?(?:,\s?\d+(?:\s?[-–—]\s?\d+)?){0,3})"
    r"|[,:،.]\s(?P<bare>\d{1,4}(?:\s?[-–—]\s?\d{1,4})?))\s*[.)؛;]*\s*$"
)
"""At the end, the pages that are cited: `p. 15`, `С. 20–21`, `, 219.`."""

NUMBERED = re.compile(r"(?:т|том|vol|вып|кн|ч|ج|جلد)\.?\s?\d{1,3}", re.IGNORECASE)
"""A volume between title and pages: `Т. 2`."""
