"""Pages as damage, haste and bad luck make them: random changes of kept ones, by a seed."""

import re
from collections.abc import Callable
from random import Random

TAG = re.compile(rb"<[^<>]{0,300}>")
"""A tag: `<p class="a">`."""

CHARSETS = ("utf-8", "windows-1251", "koi8-r", "utf-16", "utf-32", "cp1256", "latin-1", "gb18030")

ODD = (
    "\0", "\x01", "\x1f", "\x7f", "\u00a0", "\u00ad", "\u0301", "\u0640", "\u200b", "\u200e",
    "\u202e", "\u2028", "\ufeff", "\ufffd", "\ufffe", "\ud800", "\U0001f600", "\U000e0001", "٣",
    "۳", "²", "½", "Ⅷ", "ß", "İ", "ﬁ", "한", "<", ">", "&", "&#0;", "&#x110000;", "&#xD800;",
    "&nbsp", "]]>", "<!--", "-->", "<![CDATA[", "<?php", "%", "{", "\\", "'", '"',
)  # fmt: skip
"""Characters that are unlike others to a parser, an expression or `str.isdigit`."""

MARKUP = (
    b"<div>", b"</div>", b"<p>", b"<br>", b"<table><tr><td>", b"</table>", b"<ol start='\xd9\xa3'>",
    b"<ol start='99999999999999999999'>", b"<li value='\xc2\xb2'>", b"<sup>", b"<a href='#'>",
    b"<a name=_ftn1>", b"<h1></h1>", b"<title>", b"<script>", b"<style>", b"<template>", b"<svg>",
    b"<math>", b"<form>", b"<select>", b"<frameset>", b"<plaintext>", b"<base href='::'>",
    b"<b><i>",
    b"<article itemprop=articleBody>", b"<time datetime='0000-00-00'>", b"<time datetime='9999'>",
    b"<meta name=date content='31.02.2011'>", b"<meta name=author content='\xc2\xb2'>",
    b"<meta property=article:published_time content='2011-03-09T25:61:61+99:99'>",
    b"<meta charset=utf-16>", b"<meta charset=hex>", b"<html lang='\xff'>",
    b"<script type=application/ld+json>[null,1,{\"@type\":[{}],\"datePublished\":{}}]</script>",
    b"<script type=application/ld+json>{\"@type\":\"Article\",\"author\":[[],{}]}</script>",
    b"<script type=application/ld+json>{\"@type\":\"Article\",\"headline\":{\"a\":1}}</script>",
)  # fmt: skip
"""What a page may hold by mistake or on purpose."""


def mutated(page: bytes, dice: Random) -> bytes:
    """`page` after one to eight changes."""
    for _ in range(dice.randint(1, 8)):
        page = dice.choice(CHANGES)(page, dice)
    return page


def _place(page: bytes, dice: Random) -> int:
    return dice.randint(0, len(page))


def cut(page: bytes, dice: Random) -> bytes:
    """Lose what lies between two places."""
    start, end = sorted((_place(page, dice), _place(page, dice)))
    return page[:start] + page[end:] if dice.random() < 0.5 else page[start:end]


def flip(page: bytes, dice: Random) -> bytes:
    """Change single bytes."""
    changed = bytearray(page)
    for _ in range(min(len(page), dice.randint(1, 50))):
        changed[dice.randrange(len(page))] = dice.randrange(256)
    return bytes(changed)


def insert(page: bytes, dice: Random) -> bytes:
    """Put odd characters, or many of one, somewhere."""
    text = "".join(dice.choices(ODD, k=dice.randint(1, 20))) * dice.choice((1, 1, 1, 500))
    at = _place(page, dice)
    return page[:at] + text.encode("utf-8", "surrogatepass") + page[at:]


def mark_up(page: bytes, dice: Random) -> bytes:
    """Put a tag somewhere, or very often."""
    at = _place(page, dice)
    return page[:at] + dice.choice(MARKUP) * dice.choice((1, 1, 1, 2, 300)) + page[at:]


def lose_tags(page: bytes, dice: Random) -> bytes:
    """Leave out some of the tags."""
    share = dice.random() / 3
    return TAG.sub(lambda tag: b"" if dice.random() < share else tag[0], page)


def swap_tags(page: bytes, dice: Random) -> bytes:
    """Put some of the tags into the place of others."""
    tags = TAG.findall(page) or [b""]
    share = dice.random() / 5
    return TAG.sub(lambda tag: dice.choice(tags) if dice.random() < share else tag[0], page)


def double(page: bytes, dice: Random) -> bytes:
    """Repeat a part, side by side or within itself."""
    start, end = sorted((_place(page, dice), _place(page, dice)))
    part = page[start : min(end, start + 20_000)] * dice.randint(1, 5)
    at = dice.choice((end, (start + end) // 2))
    return page[:at] + part + page[at:]


def recode(page: bytes, dice: Random) -> bytes:
    """Write the page, or its second half, in another charset than it says."""
    at = dice.choice((0, len(page) // 2))
    text = page[at:].decode("utf-8", "replace")
    return page[:at] + text.encode(dice.choice(CHARSETS), dice.choice(("replace", "ignore")))


CHANGES: tuple[Callable[[bytes, Random], bytes], ...] = (
    cut, flip, insert, insert, mark_up, mark_up, lose_tags, swap_tags, double, recode,
)  # fmt: skip

WORDS = (
    "9", "09", "31", "32", "0", "00", "99", "2011", "1390", "1432", "11", "20111", "٣", "۹۰", "²",
    "March", "Mar.", "марта", "мар", "مارس", "اسفند", "حوت", "رمضان", "май", "Sept", "th", "st",
    "Wednesday", "среда", "چهارشنبه", "12:30", "24:00", "25:61", "noon", "a.m.", "PM", "UTC", "+05",
    "+99:99", "-0500", "MSK", "Z", "T", "г.", "года", "of", "by", "Published", "Updated", "ago",
    "yesterday", "minutes", ".", "/", "-", "–", ",", ":", "|", "(", ")", "،", "\u200f", "\n", "",
)  # fmt: skip
"""What dates are made of, and what is none."""


def dateline(dice: Random) -> str:
    """A line that may be a date."""
    return "".join(
        word + dice.choice((" ", " ", "", "-", "/"))
        for word in dice.choices(WORDS, k=dice.randint(1, 12))
    )
