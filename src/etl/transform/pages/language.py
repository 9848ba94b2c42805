"""A text to its language (ISO 639-1) and script: by letters where they tell, else by a model.

Only the script is asked of the letters of all scripts (`scripts.py`); the model chooses among the
languages that are written in it.
"""

import copy
import importlib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from etl.transform import scripts

LETTERS = {
    "Cyrl": {
        "tg": "ӣӯҳҷқғ",
        "uz": "ўқғҳ",
        "kk": "әіңғүұқөһ",
        "ky": "ңөү",
        "uk": "іїєґ",
        "be": "іў",
        "mn": "өү",
        "tt": "әҗңөүһ",
    },
    # Not ي and ك: Arabic keyboards put them into Persian texts.
    "Arab": {
        "fa": "پچژگکی",
        "ar": "ةأإ",
        "ur": "ٹڈڑےںہھپچژگکی",
        "ps": "ټډړږښځڅېۍڼپچژګکی",
        "ku": "ڕڵێۆەپچژگکی",
        "ug": "ېۈۆۇۋەڭھپچژگ",
    },
}
"""By script, letters of a language that the main one (Russian) or all the others lack. What has
none, such as Tajik typed on a Russian keyboard, is left to the model."""

MODELLED: dict[str, str] = {
    "Latn": "en de fr es it pt nl pl cs sk sl ro hu sv da no fi et lv lt is ca hr sr sq tr az uz"
    " tk ku id ms vi so sw",
    "Cyrl": "ru uk be bg mk sr kk ky tg uz mn tt ba",
    "Arab": "fa ar ur ps ku ug",
    "Deva": "hi mr ne",
}
"""Languages the model may choose from, by script: ISO 639-1 codes that it knows."""

ALONE = {"Grek": "el", "Hebr": "he", "Armn": "hy", "Geor": "ka", "Kore": "ko", "Jpan": "ja"}
ALONE |= {"Hani": "zh", "Thai": "th", "Beng": "bn", "Guru": "pa", "Gujr": "gu", "Taml": "ta"}
ALONE |= {"Telu": "te", "Knda": "kn", "Mlym": "ml", "Sinh": "si", "Laoo": "lo", "Tibt": "bo"}
ALONE |= {"Mymr": "my", "Ethi": "am", "Khmr": "km", "Mong": "mn", "Thaa": "dv"}
"""Scripts that tell the language by themselves."""

PERSIAN_KEYS = str.maketrans("يك", "یک")
"""Letters of Arabic keyboards in Persian texts to what they stand for, which is all that the model
knows. Arabic is told by its own letters before, and by its words after: of 100 characters of
Persian typed so 99 % are told, without this 81 %; of Arabic 99 % and 100 %."""

SAMPLE = 3_000
"""Characters of which letters are counted; more of them change nothing."""

MODEL_SAMPLE = 600
"""Characters the model is given: as many as 240 told 960 of 960 texts in 24 kinds of writing; 600
cost half of what 3,000 do."""

SLICES = 6
"""Pieces of a sample, from all over a text: an abstract in another language is one of them."""

FEWEST_LETTERS = 40
"""Below that a text is too short to tell: of 60 characters 82 to 100 % are told, and 1.3 % at most
(Persian typed with Arabic keys) are told wrongly."""

FEWEST_ALONE = 10
"""The same for scripts that tell the language by themselves."""

LEAST_TELLING_SHARE = 0.004
"""Of all letters that telling ones must have: names from next door make up less."""

LEAST_COVERED_SHARE = 0.8
"""Of the telling letters that a language must have."""

COVERED_ALIKE = 0.02
"""Share of telling letters by which languages may differ and the model still chooses."""

SURE, POSSIBLE = 0.8, 0.05
"""Probabilities by the model: to be taken at once, and to be taken for the main language."""


class Told(NamedTuple):
    """What a text is written in."""

    language: str | None
    """ISO 639-1; None if the text is too short or unsure."""

    script: str | None
    """Script of most letters, ISO 15924; None if there are none."""


def detect(text: str, main: str) -> Told:
    """The language and the script of `text`.

    `main` is the main language of the source: it decides where two are about as likely.
    """
    counts = Counter(_sample(text, SAMPLE).lower())
    found = scripts.count(counts)
    if not found:
        return Told(None, None)
    script = max(found, key=lambda name: found[name])
    return Told(_language(text, script, counts, found[script], main), script)


def _language(text: str, script: str, counts: Counter[str], total: int, main: str) -> str | None:
    """The language of a text most of whose letters, `total` of them, are of one script."""
    if script in ALONE:
        return ALONE[script] if total >= FEWEST_ALONE else None
    if script not in MODELLED or total < FEWEST_LETTERS:
        return None
    languages = _by_letters(counts, script, total) or MODELLED[script].split()
    return languages[0] if len(languages) == 1 else _by_model(text, script, languages, main)


def _sample(text: str, length: int) -> str:
    """About so many characters of `text`, from all over it."""
    if len(text) <= length:
        return text
    size, step = length // SLICES, len(text) // SLICES
    return " ".join(text[row * step : row * step + size] for row in range(SLICES))


def _by_letters(counts: Counter[str], script: str, total: int) -> list[str]:
    """The languages whose own letters the text uses; none if it uses hardly any."""
    alphabets = LETTERS.get(script, {})
    telling = {char: counts[char] for char in set("".join(alphabets.values())) if counts[char]}
    seen = sum(telling.values())
    if seen < LEAST_TELLING_SHARE * total:
        return []
    covered = {
        language: sum(telling.get(char, 0) for char in own) / seen
        for language, own in alphabets.items()
    }
    least = max(LEAST_COVERED_SHARE, *covered.values()) - COVERED_ALIKE
    return [language for language, share in covered.items() if share >= least]


def _by_model(text: str, script: str, languages: Sequence[str], main: str) -> str | None:
    """The likeliest of `languages`, if the model is sure; else `main` if that is possible."""
    sample = _sample(text, MODEL_SAMPLE)
    if script == "Arab":
        sample = sample.translate(PERSIAN_KEYS)
    ranked = {name: float(share) for name, share in _model(script).rank(sample)}
    total = sum(ranked.get(name, 0.0) for name in languages) or 1.0
    best = max(languages, key=lambda name: ranked.get(name, 0.0))
    if ranked.get(best, 0.0) / total >= SURE:
        return best
    return main if main in languages and ranked.get(main, 0.0) / total >= POSSIBLE else None


@cache
def _model(script: str) -> Any:
    """The language model for one script: a few columns of the whole one."""
    model = copy.copy(_whole_model())
    model.set_languages(MODELLED[script].split())
    return model


@cache
def _whole_model() -> Any:
    """The language model, loaded at first use: that takes a second and 80 MiB.

    The package has no type hints, so it is imported by name.
    """
    langid = importlib.import_module("py3langid.langid")
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
