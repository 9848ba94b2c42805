"""Files of archives in a reference: `ЦГА РТ. Ф. 12. Оп. 3. Д. 45. Л. 7`.

The archive as printed, and where in it the file lies.
"""

import re
from typing import NamedTuple

SIGNS = r"[\s.,:;№]{0,4}"
NUMBER = r"(?:[РпПпRrPp]-?\s?)?\d{1,5}[а-яa-z]?(?!\w)"

FOND = rf"(?:Ф(?:онд)?|ф(?:онд)?|F(?:ond)?|f(?:ond)?){SIGNS}{NUMBER}"
INVENTORY = rf"(?:[Оо]п(?:ись)?|[Oo]p(?:is)?){SIGNS}{NUMBER}"
FILE = rf"(?:[Дд](?:ело)?|[Ее]д\.\s?хр|[Dd](?:elo)?|[Pp]arvanda|[Пп]арванда){SIGNS}{NUMBER}"
FOLDER = rf"[Пп](?:ап(?:ка|\.))?{SIGNS}{NUMBER}"
LEAF = (
    rf"(?:[Лл]{{1,2}}(?:ист\w?)?|[Ll]{{1,2}}(?:ist\w?)?){SIGNS}\d{{1,4}}(?:\s?об)?\.?"
    r"(?:\s?[-–—,]\s?\d{1,4}(?:\s?об)?\.?){0,8}"
)
BETWEEN = r"[\s.,;/–—-]{0,5}"

FONDS = rf"{FOND}{BETWEEN}{INVENTORY}(?:{BETWEEN}{FOLDER})?(?:{BETWEEN}{FILE})?(?:{BETWEEN}{LEAF})?"
"""`Ф. 12. Оп. 3. Д. 45. Л. 7 об.`, `f. 12, op. 3, d. 45, l. 7`."""

BOXES = (
    r"(?:RG|Record\s+Group|MS|MSS|Coll(?:ection)?\.?)\s?\d{1,5}\b[\w\s.,:;/'’«»-]{0,60}?"
    r"\b(?:[Bb]ox|[Ff]older|[Ff]ile)\s?\d{1,5}(?:[,;]?\s(?:[Bb]ox|[Ff]older|[Ff]ile)\s?\d{1,5}){0,3}"
)
"""`RG 59, Box 12, Folder 3`."""

SHELF = (
    r"(?:FO|WO|CAB|CO|PREM|AIR)\s\d{1,4}/\d{1,6}(?:/\d{1,6})?|IOR[/:]\s?[A-Z]/[A-Z&]{1,4}/\d{1,3}"
    r"(?:/\d{1,6}){0,3}|Add\.?\s?MSS?\.?\s?\d{3,6}"
)
"""`FO 371/12345`, `IOR/L/PS/10/125`, `Add. MS 12345`: shelf marks of British archives."""

PERSIAN = (
    r"(?:شماره\s+(?:بازیابی|سند)|سند\s+شماره|پرونده(?:\s+شماره)?|کارتن)\s*:?\s*[\d/-]{1,20}"
    r"(?:[،,]?\s*(?:پرونده|کارتن|پوشه|سند)(?:\s+شماره)?\s*[\d/-]{1,20}){0,3}"
)
"""`سند شماره ۱۲/۳۴`, `کارتن ۵، پرونده ۲`."""

LOCATION = re.compile(rf"(?<!\w)(?:{FONDS}|{BOXES}|{SHELF}|{PERSIAN})")

SENTENCE_END = re.compile(r"[.،;]\s+|\s//\s*")
"""Between the description of a document and its archive."""

ARCHIVE = re.compile(
    r"\b(?:archives?|архив\w*|бойгонии?|рукописн\w+|manuscripts?)\b|آرشیو|مرکز\s+اسناد|سازمان\s+اسناد",
    re.IGNORECASE,
)
"""Words of archives."""

ACRONYM = re.compile(
    r"(?<!\w)(?:[А-ЯЁӢӮҚҒҲҶ]{3,9}|TNA|NARA|BL|[A-Z]{4,9})(?:\s[А-ЯЁҶA-Z]{1,5}){0,3}$"
)
"""`ЦГА РТ` at the end of what stands before a location."""

AFTER = re.compile(
    r"[\s.,;:–—-]{0,5}"
    r"(?P<archive>(?:TNA|NARA|(?:The\s+)?(?:National\s+Archives|British\s+Library))[^.;]{0,60})"
)
"""An archive that follows its location: `FO 371/12345, TNA`."""

FARTHEST = 150
"""Characters before a location in which the name of its archive may begin."""

LOOSE = " .,;:،(–—-/"
"""Signs around an archive and a location."""


class Held(NamedTuple):
    """An archive, the place of the file in it, and the span of both in the text."""

    archive: str | None
    location: str
    start: int
    end: int


def find(text: str) -> Held | None:
    """The file of an archive that `text` cites.

    >>> find("ЦГА РТ. Ф. 12. Оп. 3. Д. 45. Л. 7.")[:2]
    ('ЦГА РТ', 'Ф. 12. Оп. 3. Д. 45. Л. 7')
    """
    found = LOCATION.search(text)
    if found is None:
        return None
    location = found.group().rstrip(LOOSE)
    begin = max(0, found.start() - FARTHEST)
    before = text[begin : found.start()].rstrip(LOOSE)
    sentence = SENTENCE_END.split(before)[-1]
    if ARCHIVE.search(sentence):
        start = begin + len(before) - len(sentence)
        return Held(sentence.strip(LOOSE), location, start, found.end())
    if named := ACRONYM.search(before):
        return Held(named.group(), location, begin + named.start(), found.end())
    if after := AFTER.match(text, found.end()):
        return Held(after["archive"].strip(" )"), location, found.start(), after.end())
    return Held(None, location, *found.span())
