"""Names of months and weekdays in the languages we read, and the Persian calendar.

Names are kept in lower case with `text.SAME_LETTER` applied; datelines and references look them up.
"""

from datetime import date

from etl.transform.text import SAME_LETTER

# Twelve groups a language, January first; spellings of one month parted by white space.
_GREGORIAN = (
    "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug"
    "|september sept sep|october oct|november nov|december dec",
    "января январь янв|февраля февраль фев|марта март мар|апреля апрель апр|мая май"
    "|июня июнь июн|июля июль июл|августа август авг|сентября сентябрь сент сен"
    "|октября октябрь окт|ноября ноябрь ноя|декабря декабрь дек",
    # Tajik, also with the ending that ties a month to its year: `9 марти соли 2011`.
    "январи январ|феврали феврал|марти|апрели апрел|майи|июни|июли|августи"
    "|сентябри сентябр|октябри октябр|ноябри ноябр|декабри декабр",
    # Persian as in Iran and as in Afghanistan.
    "ژانویه جنوری|فوریه فبروری|مارس مارچ|آوریل اپریل|مه می|ژوئن جون|ژوئیه ژوییه جولای"
    "|اوت آگوست اگست|سپتامبر سپتمبر|اکتبر اکتوبر|نوامبر نومبر|دسامبر دسمبر",
    "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
)

# The same of the neighbours, and of what agencies and reprints bring; words of one name by `_`.
# They stand apart: `Julio` and `Freitag` are names of persons too, so bylines do not ask for them.
# Short forms that are words of their language (Italian `set`, `mag`) are left out.
_OTHER_GREGORIAN = (
    "كانون_الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين_الأول|تشرين_الثاني|كانون_الأول",
    # Uzbek, Turkmen, Kazakh, Kyrgyz (the rest of it as in Russian), Azerbaijani, Turkish.
    "yanvar|fevral|mart|aprel|may|iyun|iyul|avgust|sentabr sentyabr|oktabr oktyabr|noyabr|dekabr",
    "ýanwar|fewral|mart|aprel|maý|iýun|iýul|awgust|sentýabr|oktýabr|noýabr|dekabr",
    "қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан",
    "январ|феврал|март|апрел|май|июн|июл|август|сентабр|октабр|ноябр|декабр",
    "yanvar|fevral|mart|aprel|may|iyun|iyul|avqust|sentyabr|oktyabr|noyabr|dekabr",
    "ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık",
    # What agencies and reprints bring: Ukrainian, German, French, Spanish, Italian, Portuguese.
    "січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня",
    "januar jänner|februar|märz mär|april|mai|juni|juli|august|september|oktober okt|november"
    "|dezember dez",
    "janvier janv|février fevrier févr|mars|avril|mai|juin|juillet juil|août aout|septembre"
    "|octobre|novembre|décembre decembre déc",
    "enero ene|febrero|marzo|abril abr|mayo|junio|julio|agosto ago|septiembre setiembre|octubre"
    "|noviembre|diciembre dic",
    "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre",
    "janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro",
)

# Farvardin first; the second line is in use in Afghanistan.
_PERSIAN = (
    "فروردین|اردیبهشت|خرداد|تیر|مرداد امرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند",
    "حمل|ثور|جوزا|سرطان|اسد|سنبله|میزان|عقرب|قوس|جدی|دلو|حوت",
)

# Monday first. Tajik `душанбе` is left out: in a dateline it is the city far more often.
_WEEKDAYS = (
    "monday mon|tuesday tues tue|wednesday wed|thursday thurs thur thu|friday fri"
    "|saturday sat|sunday sun",
    "понедельник пн|вторник вт|среда среду ср|четверг чт|пятница пятницу пт"
    "|суббота субботу сб|воскресенье вс",
    "|сешанбе|чоршанбе|панҷшанбе|ҷумъа|шанбе|якшанбе",
    "دوشنبه|سهشنبه|چهارشنبه|پنجشنبه|جمعه|شنبه|یکشنبه",
)

_OTHER_WEEKDAYS = (
    "الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد",
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag",
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
)


def _lookup(lines: tuple[str, ...]) -> dict[str, int]:
    """Number of each name in its line, from 1."""
    return {
        name.replace("_", " ").translate(SAME_LETTER): number
        for line in lines
        for number, names in enumerate(line.split("|"), start=1)
        for name in names.split()
    }


GREGORIAN_MONTHS = _lookup(_GREGORIAN)
"""Number of a month by its name: `марта` is 3."""

MONTHS = GREGORIAN_MONTHS | _lookup(_OTHER_GREGORIAN)
"""The same with more languages, as datelines may have them: `наурыз` is 3."""

PERSIAN_MONTHS = _lookup(_PERSIAN)
"""Number of a month of the Persian calendar by its name: `اسفند` is 12."""

WEEKDAYS = {name: number - 1 for name, number in _lookup(_WEEKDAYS).items()}
"""`date.weekday()` by name: `wednesday` is 2."""

EVERY_WEEKDAY = WEEKDAYS | {name: n - 1 for name, n in _lookup(_OTHER_WEEKDAYS).items()}
"""The same with more languages: `mittwoch` is 2."""

PERSIAN_YEARS = range(1280, 1480)
"""Years that can only be of the Persian calendar: 1901 to 2101."""

LEAP_REMAINDERS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
"""Persian years that are leap years, modulo 33; exact for 1799 to 2256."""

EPOCH = 226_894
"""Ordinal of the day before 1 Farvardin 1, so that 1 Farvardin 1400 is 21 March 2021."""


def from_persian(year: int, month: int, day: int) -> date:
    """Gregorian date of a day of the Persian (Jalali) calendar.

    >>> from_persian(1389, 12, 18)
    datetime.date(2011, 3, 9)

    Raises:
        ValueError: There is no such day.
    """
    is_leap = year % 33 in LEAP_REMAINDERS
    longest = 31 if month <= 6 else 30 if month <= 11 or is_leap else 29
    if not (1 <= month <= 12 and 1 <= day <= longest and year >= 1):
        raise ValueError(f"{year}-{month}-{day} is no day of the Persian calendar")
    leap_days = (year - 1) // 33 * 8 + sum(1 for r in LEAP_REMAINDERS if r <= (year - 1) % 33)
    before = 31 * min(month - 1, 6) + 30 * max(month - 7, 0)
    return date.fromordinal(EPOCH + 365 * (year - 1) + leap_days + before + day)
