"""Labelled references as hands, printers and converters leave them: spaces, dashes, cases, breaks.

In and out: segments. Noise never moves a letter from one field to another.
"""

import random
import re
import unicodedata

from training.citations.data import Segments

ACCENT = re.compile(r"[\u0300-\u036f]")
"""A combining accent."""

DASHES = ("-", "–", "—", "−", "‐")

LEADS = (
    (
        "See: ",
        "See ",
        "Cf. ",
        "See also: ",
        "Quoted in: ",
        "For details see: ",
        "See, for example, ",
    ),
    ("См.: ", "См. ", "Подробнее см.: ", "Цит. по: ", "См. также: ", "См., например: ", "Ниг.: "),
    ("نگاه کنید به: ", "ر.ک: ", "رک. ", "ن.ک: ", "به نقل از: "),
)
"""What leads to a reference in a note: in English, in Russian or Tajik, in Persian."""

QUOTES = ('"', "“", "”", "'", "«", "»", "")


def noisy(segments: Segments, chance: random.Random) -> Segments:
    """`segments` with some of the faults below, each seldom."""
    for share, fault in FAULTS:
        if chance.random() < share:
            segments = fault(segments, chance)
    return segments


def numbered(segments: Segments, chance: random.Random) -> Segments:
    """With the number of the entry before it."""
    if segments[0][0] == "citenum" or segments[0][1][:1].isdecimal():
        return segments
    number = str(chance.randint(1, 150))
    before, after = chance.choice((("[", "] "), ("", ". "), ("(", ") "), ("", " "), ("", ") ")))
    if before == after == "":
        return segments
    return [("O", before), ("citenum", number), ("O", after), *segments]


def introduced(segments: Segments, chance: random.Random) -> Segments:
    """With words before it that lead to it: `See`, `См.:`."""
    printed = "".join(text for _, text in segments)
    script = 1 if re.search("[а-я]", printed) else 2 if re.search("[\u0600-\u06ff]", printed) else 0
    return [("O", chance.choice(LEADS[script])), *segments]


def _bare(segments: Segments, _: random.Random) -> Segments:
    """Without signs between its fields."""
    return [(lb, re.sub(r"[.,;:–—-]+", "", t) if lb == "O" else t) for lb, t in segments]


def _small(segments: Segments, _: random.Random) -> Segments:
    return [(label, text.lower()) for label, text in segments]


def _capital_names(segments: Segments, _: random.Random) -> Segments:
    return [(lb, t.upper() if lb in ("author", "editor") else t) for lb, t in segments]


def _capital_title(segments: Segments, _: random.Random) -> Segments:
    return [(label, text.upper() if label == "title" else text) for label, text in segments]


def _headline_title(segments: Segments, _: random.Random) -> Segments:
    return [
        (lb, " ".join(w[:1].upper() + w[1:] for w in t.split(" ")) if lb == "title" else t)
        for lb, t in segments
    ]


def _plain_letters(segments: Segments, _: random.Random) -> Segments:
    return [
        (lb, unicodedata.normalize("NFC", ACCENT.sub("", unicodedata.normalize("NFD", t))))
        if not re.search(r"[Ѐ-ӿ]", t)
        else (lb, t)
        for lb, t in segments
    ]


def _other_dashes(segments: Segments, chance: random.Random) -> Segments:
    dash = chance.choice(DASHES)
    return [(label, re.sub("[-–—]", dash, text)) for label, text in segments]


def _other_quotes(segments: Segments, chance: random.Random) -> Segments:
    quote = chance.choice(QUOTES)
    return [(label, re.sub('["“”«»„]', quote, text)) for label, text in segments]


def _no_space_after_stops(segments: Segments, _: random.Random) -> Segments:
    return [(label, re.sub(r"\. (?=\w)", ".", text)) for label, text in segments]


def _odd_spaces(segments: Segments, chance: random.Random) -> Segments:
    """`Phys .Rev` and `- 515` of text layers of PDF files."""

    def odd(found: re.Match[str]) -> str:
        sign = found.group().strip()
        return chance.choice((f" {sign}", f" {sign} ", sign, f"{sign} "))

    return [
        (lb, t if lb in ("url", "doi") else re.sub(r" ?[.,:;-] ?", odd, t)) for lb, t in segments
    ]


def _joined(segments: Segments, chance: random.Random) -> Segments:
    """No space between two fields, as at the ends of lines of PDF files."""
    return [
        (label, text.replace(" ", "") if label == "O" and chance.random() < 0.4 else text)
        for label, text in segments
    ]


def _spaces(segments: Segments, chance: random.Random) -> Segments:
    wide = chance.choice(("  ", "\n", " \n", "\xa0"))
    return [
        (label, re.sub(" ", lambda f: wide if chance.random() < 0.15 else f.group(), text))
        for label, text in segments
    ]


def _hyphens(segments: Segments, chance: random.Random) -> Segments:
    """Words broken over lines, as `infor- mation`."""

    def broken(found: re.Match[str]) -> str:
        if chance.random() > 0.06:
            return found.group()
        return f"{found[1]}-{chance.choice(('', ' ', chr(10)))}{found[2]}"

    return [
        (lb, t if lb in ("url", "doi") else re.sub(r"(\w{3})(\w{3})", broken, t))
        for lb, t in segments
    ]


def _no_last_stop(segments: Segments, _: random.Random) -> Segments:
    label, text = segments[-1]
    return [*segments[:-1], (label, text.rstrip(" ."))]


def _no_commas(segments: Segments, _: random.Random) -> Segments:
    return [(label, text.replace(",", "")) for label, text in segments]


def _swapped(segments: Segments, chance: random.Random) -> Segments:
    """One letter in some words replaced by its neighbour's: typing errors and OCR."""

    def typo(found: re.Match[str]) -> str:
        word = found.group()
        if chance.random() > 0.07:
            return word
        at = chance.randrange(len(word) - 1)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    return [(lb, t if lb in ("url", "doi") else re.sub(r"[^\W\d_]{4,}", typo, t))
            for lb, t in segments]  # fmt: skip


FAULTS = (
    (0.10, numbered),
    (0.03, introduced),
    (0.015, _bare),
    (0.02, _small),
    (0.04, _capital_names),
    (0.03, _capital_title),
    (0.04, _headline_title),
    (0.05, _plain_letters),
    (0.15, _other_dashes),
    (0.06, _other_quotes),
    (0.04, _no_space_after_stops),
    (0.04, _odd_spaces),
    (0.04, _joined),
    (0.05, _spaces),
    (0.03, _hyphens),
    (0.15, _no_last_stop),
    (0.02, _no_commas),
    (0.03, _swapped),
)
"""How often each fault befalls a reference."""
