"""Patterns of days, months and years as reference lists print them."""

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
