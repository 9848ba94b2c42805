"""Bytes in an unknown charset to the likeliest one: that in which they make words.

Charsets of one byte a letter can be told only by what they give: words of one alphabet, in
sensible case, of usual letters. Which bytes are UTF-8 is told by `decode.py`.
"""

import re
from collections import Counter

PLAUSIBLE = (
    *("cp1251", "koi8_u", "koi8_t", "cp866", "iso8859_5"),
    *("cp1252", "cp1256", "cp1254", "iso8859_6"),
)
"""Charsets that a page may be in which does not say so, or says so wrongly; `koi8_u` reads all
that `koi8_r` does. Of equally likely ones the first is taken."""

LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "koi8-r": "koi8_u",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
}
"""Charsets that pages name for a larger one; browsers take them for that one, too."""

DECLARED_BONUS = 0.05
"""What a declaration counts for: as much as a twentieth of the letters."""

LEAST_PLAUSIBLE = 0.8
"""Of the characters beyond ASCII that must make words. Passages in 14 languages reach 0.96 and
more in their own charset and 0.75 at most in another, unless that is its close kin, which never
comes higher: koi8_t for koi8_u."""

UNUSUAL = 0.75
"""What the score of unusual letters is multiplied with: enough only for a declared charset."""

SIGNS_ALONE = 0.8
"""Score of a text with no letter beyond ASCII, only quotes or the like: it may be read."""

SAMPLE_BYTES = 16_384
"""Of the words beyond ASCII that are looked at; more of them change nothing."""

WORD = re.compile(r"[^\W\d_]+")
"""A run of letters."""

_LATIN = r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_ALPHABETS = (
    # Words without a letter of ASCII are Cyrillic ones that were read in a charset of the West.
    rf"(?=[^A-Za-z]*[A-Za-z])[{_LATIN}]+|[{_LATIN}]",
    r"[\u0400-\u052f]+",
    r"[\u0620-\u06d3\u06d5\ufb50-\ufdfc\ufe70-\ufefc]+",
    r"[\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f]+",
    # Greek; Armenian; Hebrew; from Devanagari to Thai; Georgian.
    *(r"[\u0370-\u03ff]+", r"[\u0530-\u058f]+", r"[\u0590-\u05ff]+"),
    *(r"[\u0900-\u0e7f]+", r"[\u10a0-\u10ff]+"),
)

ONE_ALPHABET = re.compile("|".join(_ALPHABETS))
"""A word of one alphabet: `été`, `Душанбе`, `ایران`."""

ODD = re.compile(
    r"[\x80-\x9f\u00a4\u00a6\u00ac\u00af\u00b8\u02c6\u02dc\u2219-\u25ff\ue000-\uf8ff\ufffd]"
    r"|(?<![\u0620-\u0655])[\u064b-\u0655\u200e\u200f]"
    r"|(?:(?![–—―…•·“”„«»])[^\x00-\x7f\w\s]){3}"
)
"""A sign that texts hardly hold, but wrongly decoded ones do: `¤`, `╩`; an Arabic vowel sign
beside another letter; three signs in a row that are no dashes, dots or quotes."""

USUAL, RARE = frozenset("оаеинтсрлвкдм"), frozenset("юхэшъщфцжч")
"""Cyrillic letters that are frequent in every language, and those that are not. What `о` and
`а` of Windows-1251 are in KOI8-R is `н` and `ю`."""

USUAL_ARABIC = frozenset("اليیىمنوهر")
"""Letters that are frequent in Arabic and Persian. In KOI8, Russian is made of others."""

ICELANDIC, BESIDE = frozenset("ðþý"), frozenset("áíóúæ")
"""Letters that are ğ, ş and ı in Turkish, and others that stand beside them in languages that
do have them: Icelandic, Czech."""

LEAST_BALANCE = 0.4
"""Of Cyrillic letters, usual ones less rare ones: 0.54 and more in eight languages; 0.31 at most
where Windows-1251 was read as KOI8 or the other way round."""

LEAST_USUAL_ARABIC = 0.3
"""Of Arabic letters that are usual: 0.6 in Arabic and Persian, 0.05 in KOI8-R read so."""

MOST_CAPITALS = 0.8
"""Of Cyrillic letters; Hebrew and Greek that are read as KOI8 are all capitals."""

FEWEST_LETTERS = 100
"""Letters from which their frequencies tell anything."""


def likeliest(content: bytes, declared: str | None) -> str | None:
    """The charset in which `content` makes most words; None if it makes too few in any.

    Args:
        content: Bytes of a page that are no UTF-8, in a charset of one byte a letter.
        declared: The charset they are said to be in, as Python names it.
    """
    sample = _sample(content)
    scores = {name: plausibility(sample.decode(name, "replace")) for name in PLAUSIBLE}
    named = LARGER.get(declared or "", declared)
    if named and len(text := sample.decode(named, "replace")) == len(sample):
        scores[named] = plausibility(text) + DECLARED_BONUS
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= LEAST_PLAUSIBLE else None


def plausibility(text: str) -> float:
    """Share of the characters of `text` beyond ASCII that make words, from 0 to 1."""
    words = [word for word in WORD.findall(text) if not word.isascii()]
    letters = sum(map(_count_beyond_ascii, words))
    counted = letters + len(ODD.findall(text))
    if not counted:
        return SIGNS_ALONE
    made = sum(_count_beyond_ascii(word) for word in words if _is_word(word))
    return made / counted * (UNUSUAL if _is_unusual("".join(words)) else 1)


def _sample(content: bytes) -> bytes:
    """Words with bytes beyond ASCII, from all over `content`."""
    words = [word for word in content.split() if not word.isascii()]
    chosen = words[:: sum(map(len, words)) // SAMPLE_BYTES + 1]
    return b" ".join(chosen)[: 2 * SAMPLE_BYTES]


def _count_beyond_ascii(text: str) -> int:
    """How many characters of `text` are beyond ASCII."""
    return sum(char > "\x7f" for char in text)


def _is_word(word: str) -> bool:
    """Whether `word` is of one alphabet, and its letters in one case but for the first."""
    is_cased = word[1:].islower() or word.isupper() or word.lower() == word.upper()
    return (is_cased or len(word) == 1) and ONE_ALPHABET.fullmatch(word) is not None


def _is_unusual(letters: str) -> bool:
    """Whether `letters` have other frequencies than those of any language."""
    counts = Counter(letters)
    cyrillic = Counter({c: count for c, count in counts.items() if "\u0400" <= c <= "\u052f"})
    arabic = Counter({c: count for c, count in counts.items() if "\u0620" <= c <= "\u06d3"})
    is_turkish = _share(counts, ICELANDIC) > 4 * _share(counts, BESIDE)
    return is_turkish or _is_unusual_cyrillic(cyrillic) or _is_unusual_arabic(arabic)


def _is_unusual_cyrillic(counts: Counter[str]) -> bool:
    """Whether too few of these are usual letters, or too many are capitals."""
    if counts.total() < FEWEST_LETTERS:
        return False
    capitals = frozenset(filter(str.isupper, counts))
    is_balanced = _share(counts, USUAL) - _share(counts, RARE) >= LEAST_BALANCE
    return not is_balanced or _share(counts, capitals) > MOST_CAPITALS


def _is_unusual_arabic(counts: Counter[str]) -> bool:
    """Whether too few of these are usual letters."""
    is_long = counts.total() >= FEWEST_LETTERS
    return is_long and _share(counts, USUAL_ARABIC) < LEAST_USUAL_ARABIC


def _share(counts: Counter[str], chosen: frozenset[str]) -> float:
    """Share of the letters that are among `chosen` in either case, from 0 to 1."""
    found = sum(n for char, n in counts.items() if char in chosen or char.lower() in chosen)
    return found / max(counts.total(), 1)
