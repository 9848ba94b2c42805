"""Places where books come out, as reference lists print them.

A place that is not listed is found by its position, as in `Nurek: Steppe Press, 2004`; the list
decides where position alone cannot, as in `Title, Nurek, 2004`.
"""

from etl.transform.citations.scripts import any_of

LATIN = """
    Abingdon; Abu Dhabi; Almaty; Alma-Ata; Amman; Amsterdam; Ankara; Ann Arbor; Ashgabat; Ashkhabad;
    Astana; Athens; Atlanta; Austin; Baghdad; Baku; Baltimore; Bangkok; Barcelona; Basel;
    Basingstoke; Beijing; Beirut; Berkeley; Berlin; Bern; Beverly Hills; Birmingham; Bishkek;
    Bloomington; Boca Raton; Bonn; Boston; Boulder; Bremen; Brighton; Bristol; Brussels; Bruxelles;
    Bucharest; Budapest; Buenos Aires; Bukhara; Cairo; Calcutta; Cambridge; Canberra; Cape Town;
    Chapel Hill; Cheltenham; Chicago; Chichester; Cologne; Colombo; Columbus; Copenhagen; Damascus;
    Delhi; Den Haag; Detroit; Dhaka; Doha; Dordrecht; Dubai; Dublin; Durham; Dushanbe; Edinburgh;
    Ekaterinburg; Englewood Cliffs; Erlangen; Essen; Evanston; Farnham; Florence; Frankfurt;
    Frankfurt am Main; Freiburg; Frunze; Garden City; Geneva; Glasgow; Glencoe; Göttingen;
    The Hague; Hamburg; Hanoi; Hanover; Harmondsworth; Heidelberg; Helsinki; Herat;
    Hillsdale; Hoboken;
    Homewood; Hong Kong; Honolulu; Houndmills; Houston; Indianapolis; Isfahan; Islamabad; Istanbul;
    Ithaca; Jakarta; Jena; Jerusalem; Kabul; Karachi; Kazan; Khorog; Khujand; Kiev; Kyiv; Kraków;
    Kuala Lumpur; Kuwait; Köln; Lahore; Lanham; Leiden; Leipzig; Leningrad; Lexington; Lisbon;
    Liverpool; London; Los Angeles; Luxembourg; Lyon; Madison; Madrid; Mahwah; Malden; Manama;
    Manchester; Manila; Mannheim; Marburg; Mashhad; Melbourne; Menlo Park; Mexico; Mexico City;
    Miami; Milan; Milano; Minneapolis; Minsk; Montreal; Montréal; Morristown; Moscow; Moskva;
    Mumbai; Munich; München; Muscat; Nairobi; Nashville; New Brunswick; New Delhi; New Haven;
    New York; New York City; Newark; Newbury Park; Newcastle; Norman; Norwood; Notre Dame;
    Novosibirsk; Osh; Oslo; Ottawa; Oxford; Palo Alto; Paris; Philadelphia; Pittsburgh; Portland;
    Prague; Princeton; Providence; Qom; Quebec; Québec; Reading; Riga; Rio de Janeiro; Riyadh; Rome;
    Roma; Rotterdam; Saint Petersburg; St. Petersburg; St Petersburg; Sankt-Peterburg; Samarkand;
    San Diego; San Francisco; Santiago; São Paulo; Seattle; Seoul; Shanghai; Singapore; Sofia;
    Stanford; Stockholm; Stuttgart; Sydney; Tabriz; Taipei; Tallinn; Tashkent; Tbilisi; Tehran;
    Teheran; Tel Aviv; Thousand Oaks; Tokyo; Toronto; Tunis; Turin; Tübingen; Ufa; Uppsala; Urbana;
    Utrecht; Vancouver; Venice; Vienna; Vilnius; Warsaw; Warszawa; Washington; Westport; Wien;
    Wiesbaden; Yerevan; York; Zagreb; Zurich; Zürich
"""

CYRILLIC = """
    Алма-Ата; Алматы; Ашгабат; Ашхабад; Астана; Баку; Берлин; Бишкек; Бухара; Владивосток; Воронеж;
    Душанбе; Екатеринбург; Ереван; Иркутск; Кабул; Казань; Киев; Красноярск; Ленинград; Лондон;
    Минск; Москва; Нижний Новгород; Новосибирск; Нур-Султан; Нью-Йорк; Омск; Ош; Париж;
    Петрозаводск; Рига; Ростов-на-Дону; Ростов н/Д; Самара; Самарканд; Санкт-Петербург; Саратов;
    Сталинабад; Ташкент; Тбилиси; Тегеран; Томск; Тошкент; Уфа; Фрунзе; Харьков; Хорог; Худжанд;
    Хуҷанд; СПб; Спб
"""

PERSIAN = """
    تهران; قم; مشهد; تبریز; اصفهان; شیراز; کابل; هرات; دوشنبه; مزار شریف; پیشاور; بیروت; قاهره;
    لندن; کرمان; رشت; خجند; سمرقند; بخارا
"""

REGIONS = """
    UK; USA; U.K.; U.S.A.; England; Germany; Canada; France; Italy; Japan; China; India; Mass;
    Calif; Conn; Illinois; California; Massachusetts; Ohio; Indiana; Texas; Michigan; Virginia;
    Maryland; Pennsylvania; The Netherlands; Netherlands; Spain; Switzerland; Austria; Australia;
    Sweden; Turkey; Iran; Russia; Tajikistan; Kazakhstan; Kyrgyzstan; Uzbekistan; Turkmenistan;
    Afghanistan
"""

CITY = rf"(?:{any_of(f'{LATIN};{CYRILLIC};{PERSIAN}')}\.?|[МЛКД]\.)(?!\w)"
"""`Moscow`, `СПб.`, `М.`."""

REGION = rf"(?:,\s?(?:[A-Z]{{2}}|[A-Z]\.\s?[A-Z]\.|{any_of(REGIONS)}\.?|[A-Z][a-z]+\.)(?!\w))?"
"""`, MA`, `, UK` after a place, if it is there."""

PLACE = rf"{CITY}{REGION}(?:\s*(?:[,;&/]|and|und|et|и)\s*{CITY}{REGION}){{0,3}}"
"""`Moscow`, `Cambridge, MA`, `London and New York`, `М.`."""
