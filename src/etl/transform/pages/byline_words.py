"""Words that tell names of persons from organisations, jobs, places and nobody in particular."""

import re

AGENCY = re.compile(
    r"(?:(?:the|амит|ниат|иа|миа|информационное агентство|خبرگزاری)\s+)?[«\"“„]?(?:reuters"
    r"|associated press|ap(?: \w+)?|afp|agence france-?presse|bbc(?: \w+)?|cnn(?: \w+)?"
    r"|bloomberg(?: news)?|tass|itar-tass|ria novosti|interfax(?:-\w+)?|xinhua|irna|isna"
    r"|mehr(?: news)?"
    r"|tasnim(?: news)?|fars(?: news)?|press tv|iran international|khovar|avesta|asia-?plus"
    r"|akipress|kabar"
    r"|kazinform|uza|kun\.uz|gazeta\.uz|24\.kg|eurasianet|rfe/rl|rferl"
    r"|radio free europe(?:/radio liberty)?"
    r"|radio (?:liberty|ozodi|azattyk|farda)|ozodi|azattyq?|voice of america|voa"
    r"|anadolu(?: agency)?|al[- ]jazeera"
    r"|al[- ]arabiya|al[- ]monitor|dpa|efe|ansa|kuna|wam|spa|petra|sana|deutsche welle|dw|upi|pti"
    r"|ani"
    r"|sputnik(?: \w+)?|the conversation|fox ?news|usa today|npr|pbs|abc news|cbs news|nbc news"
    r"|sky news|euronews|france 24"
    r"|тасс|итар-тасс|риа(?: новости)?|интерфакс(?:-\w+)?|рейтер|ассошиэйтед пресс|синьхуа|ирна"
    r"|тасним|фарс"
    r"|ховар|авеста|азия-плюс|озод[ии]|озодӣ|азаттык|кабар|казинформ|уза|трендъ?|спутник(?: \w+)?"
    r"|радио свобода|би-би-си|ми?т?р ?24"
    r"|ایرنا|ایسنا|تسنیم|فارس|مهر|رویترز|آسوشیتدپرس|اسپوتنیک|تاس|آناتولی|الجزیره|بی\s?بی\s?سی"
    r"|رادیو (?:فردا|آزادی)"
    r"|صدا و سیما|شینهوا|باشگاه خبرنگاران(?: جوان)?)[»\"”]?",
    re.IGNORECASE,
)  # fmt: skip
"""The whole name of an agency or broadcaster that signs articles: `Reuters`, `ТАСС`, `ایرنا`."""

ORGANISATION = re.compile(
    r"\b(?:staff|editors|editorial|newsroom|news\s?desk|desk|news|agency|press|team|group|times"
    r"|post|journal"
    r"|magazine|gazette|tribune|herald|chronicle|review|observer|institute|university|college"
    r"|academy|school"
    r"|cent(?:er|re)|foundation|fund|bank|company|corporation|inc|llc|ltd|gmbh|plc|co|ministry"
    r"|department|office"
    r"|embassy|council|committee|commission|association|society|federation|union|bureau|network"
    r"|media|radio|tv"
    r"|television|library|museum|hospital|clinic|lab|laborator(?:y|ies)|studios?|partners"
    r"|consulting|solutions"
    r"|services?|systems|technologies|correspondents?|reporters|contributors|wire|website|blog"
    r"|online|forum"
    r"|zeitung|verlag|nachrichten|redaktion|r[ée]daction|redacci[óo]n|redazione|reda[çc][ãa]o"
    r"|agencia|agence|ministerium"
    r"|initiative|project|programme|program|secretariat|organi[sz]ation|collective|club|league"
    r"|board|alliance"
    r"|редакци\w*|агентств\w*|институт\w*|университет\w*|центр\w*|министерств\w*|комитет\w*"
    r"|пресс-\w+|служб\w*"
    r"|отдел\w*|фонд\w*|академи\w*|газета|журнал|издани\w*|портал\w*|сайт\w*|информаци\w*|новости"
    r"|корреспондент\w*"
    r"|корр|посольств\w*|ассоциаци\w*|совет|компани\w*|кафедр\w*|идора\w*|вазорат\w*|кумита\w*"
    r"|донишгоҳ\w*"
    r"|пажӯҳишгоҳ\w*|маркази|ожонси\w*|рӯзнома\w*|таҳрир\w*|тахрири\w*|хадамот\w*|бахши"
    r"|خبرگزاری|دانشگاه|دانشکده|پژوهشگاه|پژوهشکده|موسسه|مؤسسه|انستیتو|بنیاد|تحریریه|مرکز|وزارت"
    r"|روزنامه|هفته\s?نامه"
    r"|مجله|سایت|پایگاه|گروه|سرویس|شورای|انجمن|اداره|کمیته|اندیشکده|رسانه|بخش)\b",
    re.IGNORECASE,
)  # fmt: skip
"""A word that only names of organisations hold: `Institute`, `Редакция`, `خبرگزاری`."""

NOBODY = re.compile(
    r"(?:(?:the|site|web|noc|wp|super|our|a|an)?\W*(?:\w*admin(?:s|istrators?)?|web\s?masters?"
    r"|guests?|anonymous|anon|sponsored"
    r"|unknown|users?|authors?|writers?|contributors?|editors?|names?|none|null|nil|n/?a"
    r"|undefined|default|root|test"
    r"|home|contacts?|about|login|posts?|by|us|me|view all posts|no author|various(?: authors)?"
    r"|moderator|manager"
    r"|member|profile|follow|read more|share|written|автор\w*|админ\w*|администратор\w*|гость"
    r"|аноним\w*|без автора"
    r"|неизвест\w+|модератор|муаллиф\w*|مدیر|ادمین|کاربر|ناشناس|نویسنده|سردبیر|مدیر سایت))",
    re.IGNORECASE,
)  # fmt: skip
"""The whole of a name that names nobody: `admin`, `guest author`, `аноним`."""

JOB = re.compile(
    r"\b(?:staff\s+(?:writers?|reporters?|correspondents?|photographers?)|senior|junior|chief"
    r"|deputy|vice|assistant|associate|adjunct|executive|managing|contributing|founding"
    r"|co-?founder|founder|ceo|cto|coo|cfo|cmo|vp|svp|evp|president|director|head|chair(?:man"
    r"|woman|person)?|manager"
    r"|lead|leader|specialist|expert|analyst|strategist|consultant|advis[eo]r|fellow|scholar"
    r"|researcher|scientist"
    r"|professor|lecturer|instructor|teacher|educator|historian|economist|journalist"
    r"|correspondent|reporter"
    r"|columnist|commentator|writer|editor|author|blogger|copywriter|producer|publisher"
    r"|photographer|translator"
    r"|illustrator|contributor|reviewer|attorney|lawyer|engineer|developer|designer|marketer"
    r"|physician|nurse"
    r"|dietitian|nutritionist|therapist|psychologist|officer|coordinator|intern|student|candidate"
    r"|owner|planner"
    r"|gardener|representative|secretary|ambassador|minister|freelance|former|retired|guest"
    r"|digital|content|creative"
    r"|medical|clinical|marketing|research|technical|political|special|member|author's?|sponsored"
    r"|(?-i:Ph\.?\s?D|D\.?Phil|M\.?D|MBA|CFP|CEPF|RDN?|MS|MA|BA|BSc|MSc|FRS|Esq|Jr|Sr)"
    r"|эксперт\w*|журналист\w*|политолог\w*|аналитик\w*|обозреватель|корреспондент\w*"
    r"|профессор\w*|доцент\w*"
    r"|доктор\w*|кандидат\w*|научн\w+|сотрудник\w*|директор\w*|руководител\w*|главн\w+"
    r"|редактор\w*|заместител\w*"
    r"|востоковед\w*|экономист\w*|историк\w*|социолог\w*|юрист\w*|независим\w+|специальн\w+"
    r"|старш\w+|ведущ\w+|спецкор\w*"
    r"|президент\w*|посол|декан|преподаватель|студент\w*|магистр\w*|академик\w*|член|коллектив\w*"
    r"|коршинос\w*|рӯзноманигор\w*|хабарнигор\w*|таҳлилгар\w*|доктори|номзади|устоди|сардори"
    r"|мудири|раиси|сармуҳаррир\w*"
    r"|کارشناس|تحلیلگر|پژوهشگر|استاد|استادیار|دانشیار|دکترای?|دانشجوی?|روزنامه\s?نگار|خبرنگار"
    r"|نویسنده|مدیر|رئیس"
    r"|عضو|سردبیر|معاون|سفیر)\b",
    re.IGNORECASE,
)  # fmt: skip
"""A word of what somebody is, behind the name: `Senior Analyst`, `политолог`."""

SECTION = re.compile(
    r"\b(?:analytics|analysis|opinions?|politics|economy|economics|business|culture|sports?"
    r"|interviews?|central"
    r"|asian?|africa|europe|america|middle|international|relations|security|foreign|affairs"
    r"|policy|policies|republic"
    r"|new york|los angeles|san francisco|hong kong|washington,? d\.?c|saudi arabia|new delhi"
    r"|abu dhabi|tel aviv"
    r"|united|kingdom|emirates|commentary|features?|breaking|latest|archives?|topics?|categor(?:y"
    r"|ies)|tags?|rights"
    r"|minutes?|mins?|reading|views?|comments?|published|updated|posted|subscribe|newsletter|home"
    r"|guides?|reports?"
    r"|health|wellness|technology|science|education|development|agencies|reviewed|articles?"
    r"|podcasts?|videos?|photos?"
    r"|stories|tips|how|what|why|the|our|your|this|top|and|of|for|with|from|to|is|are|in|on|at|by"
    r"|click|here"
    r"|sign|log|menu|search|skip|content|continue|about|contact|privacy|terms|cookies?|credit"
    r"|image|checked|verified|fact|last|hardware|software"
    r"|аналитика|политика|экономика|общество|культура|мир|азия|азии|центральн\w+|средн\w+"
    r"|восток\w*|ближн\w+|запад"
    r"|интервью|текст|фото|перевод|автор|мнени[ея]|статьи|статья|безопасност\w+|республик\w+|главная|рубрика|комментари\w*"
    r"|просмотр\w*"
    r"|в|на|по|из|за|от|для|сиёсат|иқтисод|фарҳанг|ҷаҳон|осиёи|марказӣ|ҷомеа|таҳлил"
    r"|سیاسی|سیاست|اقتصادی?|فرهنگی?|جهان|اجتماعی|بین\s?الملل|خاورمیانه|آسیا|مرکزی|تحلیل|مقالات"
    r"|اخبار|صفحه|نظرات"
    r"|ورزشی|در|از|به|برای|با|را|است)\b",
    re.IGNORECASE,
)  # fmt: skip
"""A word of rubrics, places and buttons, that names of persons do not hold: `Central Asia`."""

RUBRIC = re.compile(
    r"\b(?:world|east|west|north|south|states|london|moscow|washington|best|all|more|or|share"
    r"|story|read|time"
    r"|follow|learn|back|next|previous|local|national|human|digital|mobile|web|app|daily|weekly"
    r"|global|public"
    r"|market|money|food|travel|life|style|books?|arts?|music|film|family|work|jobs?|legal|tax"
    r"|energy|climate"
    r"|water|war|peace|trade|law|history|society|youth|women|religion|migration|military"
    r"|defen[cs]e|oil|gas"
    r"|resources?|products?|services?|solutions?|support|download|open|free|new|get|started|book"
    r"|demo|table"
    r"|contents?|external|link|copied|key|takeaways?|summary|overview|introduction|transcript"
    r"|figure|show|hide"
    r"|caption|advertisement|sponsored|welcome|facebook|twitter|linkedin|whatsapp|telegram|email|print|pdf)\b",
    re.IGNORECASE,
)  # fmt: skip
"""A word that makes a line without a label a rubric or a button; some are surnames too."""

PARTICLES = re.compile(
    r"de|da|do|dos|das|di|du|del|della|der|den|van|von|zu|la|le|y|e|bin|ibn|bint|al|el|ul|ud|abu"
    r"|ben|ter|ten|af|av"
    r"|oglu|ogly|oğlu|qizi|kizi|оглы|кызы|угли|кизи|зода|заде|фон|де|ибн|аль|уулу|бин|ван"
)
"""A word of a name that is not capitalised: `ibn`."""
