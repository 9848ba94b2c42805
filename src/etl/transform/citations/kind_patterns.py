"""Patterns that tell a kind of work, in English, Russian, Persian and Tajik."""

import re

CONFERENCE = re.compile(
    r"\b(?:proceedings|proc\.|conference|symposium|workshop|congress|colloquium|конференци[ия]"
    r"|съезда?|симпозиума?|конгресса?|чтени[йя]|конфронси?|ҳамоиши?)\b|همایش|کنفرانس|کنگره",
    re.IGNORECASE,
)
"""`Proceedings of the conference`, `материалы конференции`."""

LAW = re.compile(
    r"^\W*(?:(?:the\s+)?(?:law|constitution|decree|act|code)\s+(?:of|on)\b"
    r"|(?:resolution|decree|order)\s+(?:of|no)\b|(?:закон|указ|постановление|конституция|кодекс"
    r"|распоряжение|федеральный\s+(?:конституционный\s+)?закон|приказ\s+(?:министер|президент|от\s)"
    r"|қонуни|конститутсияи|кодекси|фармони\s+президент|қарори\s+ҳукумат)|قانون|آیین[\s\u200c]نامه)",
    re.IGNORECASE,
)
"""`Law of the Republic`, `Закон`, `قانون` at the beginning."""

LAW_MARK = re.compile(
    r"№\s?\d|\bN\s?\d+-|\bno\.\s?\d|\b(?:от|of|dated|аз)\s+\d{1,2}[\s.]|республик|федераци|ҷумҳури"
    r"|\brepublic\b|\bfederation\b|\b(?:РФ|РТ|СССР|РК|КР|ҶТ)\b|جمهوری|مصوب",
    re.IGNORECASE,
)
"""What a law has that an article about the law has not: its number, date or state."""

GAZETTE = re.compile(r"\b[СсМм](?:т|одда)\.\s?\d")
"""`Ст. 123`: the number of a law in an official gazette."""

BILL = re.compile(
    r"^\W*(?:(?:проект\s+(?:федерального\s+)?закона|законопроект)\b|draft\s+law\s+(?:of|on|no)\b"
    r"|(?:H\.?\s?R\.?|S\.)\s?\d{1,5},\s+\d{2,3}(?:st|nd|rd|th)\s+Cong|лоиҳаи\s+қонун)"
    r"|^\W*لایحه",
    re.IGNORECASE,
)
"""`H.R. 123, 110th Cong.`, `Проект закона`, `لایحه`."""

TREATY = re.compile(
    r"^\W*(?:(?:the\s+)?(?:(?:\w+\s){0,4}(?:treaty|agreement|convention|protocol|pact|memorandum"
    r"\s+of\s+understanding)\s+(?:between|among|on|of|to|for|concerning|establishing)\b"
    r"|charter\s+of\s+the\b)"
    r"|(?:договор|соглашение|конвенция|протокол|пакт|меморандум)\s+(?:о|об|между|к|по|о\s+взаимо\w*)\b"
    r"|устав\s+(?:организации\s+объедин|оон|шос)|хартия\b"
    r"|(?:шартнома|созишнома|конвенсия|аҳднома)и?\s+(?:байни|дар\s+бора|оид)"
    r"|(?:معاهده|عهدنامه|موافقت[\s\u200c]?نامه|کنوانسیون|پیمان[\s\u200c]نامه|منشور)\s)",
    re.IGNORECASE,
)
"""`Treaty on`, `Agreement between`, `Соглашение между`, `معاهده`."""

CASE = re.compile(
    r"^\W*[^\W\d_][\w.&'’]{0,30}(?:\s[\w.&'’]{1,30}){0,7}?\s(?-i:vs?\.)\s[^\W\d_]"
    r"|^\W*(?:(?:определение|решение|приговор|постановление)\s+(?:\w+\s){0,4}суда\b"
    r"|judge?ment\s+of\s+(?:the\s+)?(?:\w+\s){0,4}court\b|ҳалномаи\s+суд)"
    r"|^\W*(?:رأی|دادنامه)\s",
    re.IGNORECASE,
)
"""`Shaw v. Steppe Water Company`, `Решение Верховного суда`."""

SPEECH = re.compile(
    r"^\W*(?:(?:speech|lecture|address|remarks|statement|keynote)\s+(?:at|by|to|before|of|delivered"
    r"|given|on\s+the\s+occasion)\b"
    r"|(?:выступление|речь|доклад|лекция|вступительное\s+слово)\s+(?:на|в|перед|президента|министра"
    r"|главы|генерального|председателя)\b|послание\s+(?:президента|главы)|обращение\s+(?:президента|к\s)"
    r"|(?:суханронии?|суханронӣ|баромади?|паёми?)\s"
    r"|(?:سخنرانی|بیانات|پیام\s+(?:رئیس|نوروزی))(?!\w))"
    r"|[\[(]\s*(?:speech|lecture|keynote|выступление|речь|суханронӣ|سخنرانی)\b",
    re.IGNORECASE,
)
"""`Speech at`, `Выступление на`, `Суханронии`, `سخنرانی`."""

SPEECH_HINTS = (
    *("speech", "lecture", "address", "remarks", "statement", "keynote", "выступл", "речь"),
    *("доклад", "лекция", "слово", "послание", "обращение", "суханрон", "баромад", "паём"),
    *("سخنرانی", "بیانات", "پیام"),
)
"""Words without one of which there is no speech."""

INTERVIEW = re.compile(
    r"^\W*(?:(?:personal\s+|telephone\s+|author['’]?s\s+)?interview\s+(?:with|by|of|given)\b"
    r"|(?:личное\s+)?интервью\s|беседа\s+с\s|мусоҳиба\s+бо\s|(?:مصاحبه|گفت[\s\u200c]?و[\s\u200c]?گو)\s+با\s)"
    r"|\binterviewed\s+by\b|[\[(]\s*(?:personal\s+)?(?:interview|интервью|мусоҳиба|مصاحبه)\b"
    r"|\.\s(?:personal\s+interview|интервью\s+автор[ауе]м?)\b",
    re.IGNORECASE,
)
"""`Interview with`, `Интервью с`, `Мусоҳиба бо`, `مصاحبه با`."""

INTERVIEW_HINTS = ("interview", "интервью", "беседа", "мусоҳиба", "مصاحبه", "گفت")
"""Words without one of which there is no interview."""

PERSONAL = re.compile(
    r"\bpersonal\s+(?:communication|correspondence)\b|^\W*e-?mail\s+to\b|личн(?:ое\s+сообщение|ая\s+переписка)"
    r"|мукотибаи\s+шахсӣ|مکاتبه\s+شخصی",
    re.IGNORECASE,
)
"""`personal communication`, `личное сообщение`."""

REPORT = re.compile(
    r"\b(?:(?:technical|annual|final|country)?\s*report|working\s+paper|discussion\s+paper"
    r"|policy\s+(?:brief|paper)|white\s+paper|отч[её]т|доклад|ҳисобот)\b|گزارش",
    re.IGNORECASE,
)
"""`Annual report`, `policy brief`, `доклад`."""

PATENT = re.compile(
    r"(?:\b(?:U\.?\s?S\.?|European|UK|GB)\s+patent\b|\bpatent\s+(?:no|number|application)\b"
    r"|\bпат(?:ент|\.)\s+(?:РФ|РТ|СССР|№|\d)|\bа\.\s?с\.\s+(?:СССР|№|\d)|нахустпатент|ثبت\s+اختراع)",
    re.IGNORECASE,
)
"""`US Patent 1234567`, `Патент РФ № 123`, `А. с. СССР`."""

STANDARD = re.compile(
    r"^\W*(?:(?:ISO|IEC|IEEE\s+Std|ASTM|ANSI|DIN(?:\s+EN)?|RFC|BS)(?:/\w{2,5})?\s?\d{2,}"
    r"|(?:ГОСТ|ОСТ|СНиП|СанПиН|GOST|СТ\s?РТ)(?:\s(?:Р|R|ИСО|ISO|МЭК))*\s?\d)",
)
"""`ISO 9001`, `ГОСТ Р 7.0.5–2008`."""

MAP = re.compile(
    r"[\[(]\s*(?:map|карт[аы]|харитаи?|نقشه)\s*[\])]|\b(?:масштаб|scale)\s*:?\s*1\s?:\s?\d"
    r"|(?:\bmaps?|\bкарт[аы]|\bхаритаи?|نقشه)\b[^.]{0,80}\b1\s?:\s?\d{1,3}[\s.,]?000"
    r"|^\W*(?:topographic\s+map|карта)\s+\w+|^\W*نقشه\s",
    re.IGNORECASE,
)
"""`[Map]`, `Масштаб 1:200 000`, `نقشه`."""

GENRES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (
        kind,
        re.compile(rf"[\[(]\s*(?:[\w-]+\s){{0,2}}(?:{words})\b[^\])]{{0,40}}[\])]", re.IGNORECASE),
    )
    for kind, words in (
        ("dataset", "data\\s?set|набор\\s+данных|database|база\\s+данных|маҷмӯаи\\s+додаҳо"),
        ("software", "software|mobile\\s+app|программа\\s+для\\s+ЭВМ"),
        ("post-weblog", "blog(?:\\s+post)?|запись\\s+в\\s+блоге|وبلاگ"),
        ("post", "tweet|(?:facebook|telegram|instagram|twitter|linkedin)\\s+post|status\\s+update"),
        ("song", "song|audio\\s+recording|песня|суруд|ترانه"),
        (
            "broadcast",
            "tv\\s+(?:series|programme|program|broadcast)|radio\\s+(?:programme|program|broadcast)"
            "|podcast|television|телепередача|радиопередача|барномаи\\s+телевизионӣ"
            "|برنامه\\s+تلویزیونی",
        ),
        (
            "motion_picture",
            "film|motion\\s+picture|documentary|video|видео(?:запись)?|кинофильм|фильм|филм|فیلم",
        ),
    )
)
"""Genres that references print in brackets: `[Data set]`, `[Film]`, `(телепередача)`."""

FILMED = re.compile(
    r"\b(?:directed\s+by|dir\.\s+[A-Z]|реж(?:\.|исс[её]р)\s|коргардон)|(?<!\w)(?:کارگردان|به\s+کارگردانی)"
)
"""`Directed by`, `реж. `."""

POSTED = re.compile(
    r"(?://|www\.)(?:\w+\.)?(?:twitter|x|facebook|instagram|vk|linkedin|ok|t|telegram|tiktok)\.(?:com|ru|me)/",
    re.IGNORECASE,
)
"""An address of a network where people post: `https://t.me/…`."""

BLOGGED = re.compile(r"\bblogs?\b|\bблог\w*|\b(?:livejournal|wordpress|blogspot|medium)\.com")
"""`blog`, `livejournal.com`, in a container or an address."""

REVIEW = re.compile(
    r"^\W*(?:book\s+review\b|review\s+of\s[^.]{3,150}\sby\s|рец(?:ензия|\.)\s+на\b|тақриз\s+ба\b)"
    r"|[\[(]\s*(?:book\s+)?review\s+of\b|[\[(]\s*рец\.\s+на\b",
    re.IGNORECASE,
)
"""`Review of Rivers, by A. Shaw`, `Рецензия на`; a review of physics is none."""

ENCYCLOPEDIA = re.compile(
    r"encyclop(?:a|æ)?edia|энциклопеди|энсиклопеди|донишнома|دانشنامه|دایر[هةۀ]\s?ال?معارف",
    re.IGNORECASE,
)
"""`Encyclopaedia`, `Энциклопедия`, `دانشنامه` as a container."""

DICTIONARY = re.compile(
    r"\bdictionary\b|словарь|лу[ғг]ат|фарҳанги|لغت[\s\u200c]?نامه", re.IGNORECASE
)
"""`Dictionary`, `словарь` as a container."""

NEWSPAPER = re.compile(
    r"\b(?:times|post|herald|tribune|guardian|newspaper|telegraph|gazette|daily|zeitung|le\s+monde"
    r"|reuters|news|газета|правда|известия|коммерсантъ?|ведомости|ҷумҳурият)\b"
    r"|روزنامه|اطلاعات|کیهان|همشهری",
    re.IGNORECASE,
)
"""`The Steppe Herald`, `Независимая газета`."""
