"""Letters to the script they belong to, by its code in ISO 15924: Latn, Cyrl, Arab.

Which language a script is used for is told by `language.py`.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

BLOCKS = {
    "Latn": "0041-005a 0061-007a 00aa 00ba 00c0-00d6 00d8-00f6 00f8-024f 1e00-1eff ff21-ff3a"
    " ff41-ff5a",
    "Grek": "0370-03ff 1f00-1fff",
    "Cyrl": "0400-052f 1c80-1c8f a640-a69f",
    "Armn": "0530-058f fb13-fb17",
    "Hebr": "0590-05ff fb1d-fb4f",
    "Arab": "0600-06ff 0750-077f 08a0-08ff fb50-fdff fe70-fefc",
    "Syrc": "0700-074f",
    "Thaa": "0780-07bf",
    "Deva": "0900-097f",
    "Beng": "0980-09ff",
    "Guru": "0a00-0a7f",
    "Gujr": "0a80-0aff",
    "Taml": "0b80-0bff",
    "Telu": "0c00-0c7f",
    "Knda": "0c80-0cff",
    "Mlym": "0d00-0d7f",
    "Sinh": "0d80-0dff",
    "Thai": "0e00-0e7f",
    "Laoo": "0e80-0eff",
    "Tibt": "0f00-0fff",
    "Mymr": "1000-109f",
    "Geor": "10a0-10ff 1c90-1cbf 2d00-2d2f",
    "Kore": "1100-11ff 3130-318f ac00-d7af",
    "Ethi": "1200-139f",
    "Khmr": "1780-17ff",
    "Mong": "1800-18af",
    "Jpan": "3040-30ff ff66-ff9d",
    "Hani": "3005-3007 3400-4dbf 4e00-9fff f900-faff 20000-323af",
}
"""Blocks of Unicode with letters of each script, in hexadecimal. Kore and Jpan are those that
write Chinese characters, too: here stand their own letters."""


def _spans() -> list[tuple[int, int, str]]:
    """First and last code point of each block with its script, in their order."""
    return sorted(
        (int(block.split("-")[0], 16), int(block.split("-")[-1], 16), name)
        for name, blocks in BLOCKS.items()
        for block in blocks.split()
    )


SPANS = _spans()
STARTS = [start for start, _, _ in SPANS]

LEAST_OWN_SHARE = 0.1
"""Of the Chinese characters of a text: kana that make it Japanese, hangul that make it Korean.
Japanese has more kana than characters; Chinese has none but in names."""


@lru_cache(maxsize=4096)
def of(char: str) -> str | None:
    """Script of one letter; None for signs, digits and letters of scripts that are not known."""
    row = bisect_right(STARTS, ord(char)) - 1
    if row < 0 or ord(char) > SPANS[row][1] or not char.isalpha():
        return None
    return SPANS[row][2]


def count(chars: Mapping[str, int]) -> Counter[str]:
    """Letters of each script among `chars`, which have been counted; most are of the first."""
    found: Counter[str] = Counter()
    for char, times in chars.items():
        if script := of(char):
            found[script] += times
    for script in ("Jpan", "Kore"):
        if found[script] > LEAST_OWN_SHARE * found["Hani"]:
            found[script] += found.pop("Hani", 0)
    return found
