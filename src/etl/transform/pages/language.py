"""The language of a text, ISO 639-1: by its letters where they tell, else by a model."""

import importlib
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

LETTERS = {
    "Cyrillic": {
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
    "Arabic": {
        "fa": "پچژگکی",
        "ar": "ةأإ",
        "ur": "ٹڈڑےںہھپچژگکی",
        "ps": "ټډړږښځڅېۍڼپچژګکی",
        "ku": "ڕڵێۆەپچژگکی",
    },
}
"""By script, letters of a language that the main one (Russian) or all the others lack."""

MODELLED: dict[str, str] = {
    "Latin": "en de fr es it pt nl pl cs ro hu sv fi tr az uz tk id sq hr lt lv et",
    "Cyrillic": "ru uk be bg mk sr kk ky tg mn",
    "Arabic": "fa ar ur ps ku ug",
}
"""Languages the model may choose from, by script."""

ALONE = {"Greek": "el", "Hebrew": "he", "Armenian": "hy", "Georgian": "ka"}
ALONE |= {"Hangul": "ko", "Kana": "ja", "Han": "zh", "Devanagari": "hi"}
"""Scripts that tell the language by themselves."""

SCRIPTS = {
    "Latin": "A-Za-z\\u00c0-\\u024f\\u1e00-\\u1eff",
    "Cyrillic": "\\u0400-\\u052f",
    "Arabic": "\\u0600-\\u06ff\\ufb50-\\ufdff",
    "Greek": "\\u0370-\\u03ff",
    "Hebrew": "\\u0590-\\u05ff",
    "Armenian": "\\u0530-\\u058f",
    "Georgian": "\\u10a0-\\u10ff",
    "Hangul": "\\uac00-\\ud7af",
    "Kana": "\\u3040-\\u30ff",
    "Han": "\\u4e00-\\u9fff",
    "Devanagari": "\\u0900-\\u097f",
}
SCRIPT = {name: re.compile(f"[{ranges}]") for name, ranges in SCRIPTS.items()}
"""A letter of each script."""

SAMPLE = 3_000
"""Characters that are looked at; more of them change nothing."""

FEWEST_LETTERS = 40
"""Below that a text is too short to tell."""

LEAST_TELLING_SHARE = 0.004
"""Of all letters that telling ones must have: names from next door make up less."""

LEAST_COVERED_SHARE = 0.8
"""Of the telling letters that a language must have."""

COVERED_ALIKE = 0.02
"""Share of telling letters by which languages may differ and the model still chooses."""

SURE, POSSIBLE = 0.8, 0.05
"""Probabilities by the model: to be taken at once, and to be taken for the main language."""


def detect(text: str, main: str) -> str | None:
    """ISO 639-1 code of the language of `text`; None if it is too short or unsure.

    `main` is the main language of the source: it decides where two are about as likely.
    """
    counts = Counter(text[:SAMPLE].lower())
    scripts = {
        name: sum(count for char, count in counts.items() if letter.match(char))
        for name, letter in SCRIPT.items()
    }
    script = max(scripts, key=lambda name: scripts[name])
    if scripts[script] < FEWEST_LETTERS:
        return None
    if script in ("Han", "Kana"):
        return "ja" if scripts["Kana"] * 10 > scripts["Han"] else "zh"
    if script in ALONE:
        return ALONE[script]
    languages = _by_letters(counts, script, scripts[script]) or MODELLED[script].split()
    return languages[0] if len(languages) == 1 else _by_model(text, languages, main)


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


def _by_model(text: str, languages: Sequence[str], main: str) -> str | None:
    """The likeliest of `languages`, if the model is sure; else `main` if that is possible."""
    ranked = {name: float(share) for name, share in _model().rank(text[:SAMPLE])}
    total = sum(ranked.get(name, 0.0) for name in languages) or 1.0
    best = max(languages, key=lambda name: ranked.get(name, 0.0))
    if ranked.get(best, 0.0) / total >= SURE:
        return best
    return main if main in languages and ranked.get(main, 0.0) / total >= POSSIBLE else None


@cache
def _model() -> Any:
    """The language model, loaded at first use: that takes half a second.

    The package has no type hints, so it is imported by name.
    """
    langid = importlib.import_module("py3langid.langid")
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
