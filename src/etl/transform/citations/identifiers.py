"""DOIs, ISBNs, arXiv numbers and URLs in a text, checked and in one form."""

import re
from typing import NamedTuple

DOI = re.compile(
    r"(?:https?\s?://\s?(?:dx\.)?doi\.org/|\bdoi\s?:?\s*)?\b(?P<doi>10\.\d{4,9}/[^\s\"<>«»“”\x00]+)",
    re.IGNORECASE,
)
"""`doi:10.1234/abc.5`, `https://doi.org/10.1234/abc.5`, `10.1234/abc.5`."""

TORN_DOI = re.compile(
    r"(?:(?:https?\s?://\s?(?:dx\.)?)?\bdoi\.org/|\bdoi\s?:?\s*)"
    r"(?P<doi>10\.\s?\d{4,9}\s?/\s?(?:[^\s\"<>«»“”\x00]*[/_-]\s(?=\d))?"
    r"[^\s\"<>«»“”\x00]*\d[^\s\"<>«»“”\x00]*)",
    re.IGNORECASE,
)
"""`doi: 10. 1234/ abc.5`, `doi:10.1234/978-3- 16-5`: torn by spaces or at the end of a line.

Only after the word and before a digit is it sure that both halves belong together."""

INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
"""Soft hyphens and their like, which typesetters leave where a line may break."""

VIEW = re.compile(r"(?:/(?:full|abstract|e?pdf|epub|meta|summary|references)|\.pdf|\?.*|#.*)+$")
"""What a publisher's address adds to a DOI: `/full`, `?journalCode=x`."""

ISBN = re.compile(
    r"\bISBN(?:[\s-]?1[03]\b)?:?\s*(?P<isbn>[\dXxХх][\dXxХх\s-]{8,16})", re.IGNORECASE
)
"""`ISBN 978-5-02-012345-6`, `ISBN-10: 0-306-40615-2`."""

BARE_ISBN = re.compile(r"(?<![\d-])(?P<isbn>97[89]-?(?:\d-?){9}\d)(?![\d-])")
"""`978-0-306-40615-7` without the word before it."""

ARXIV = re.compile(
    r"\b(?:arxiv\s?:\s?(?:(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?)"
    r"|(?:astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math|nucl-(?:ex|th)|quant-ph)/\d{7})"
    r"(?:\s?\[[a-z-]+(?:\.[a-z]{2})?\])?",
    re.IGNORECASE,
)
"""`arXiv:1101.1783v2`, `arXiv: math.GT/0309136`, `hep-ph/0603175`."""

ARXIV_NUMBER = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7}", re.IGNORECASE)
"""`1101.1783` in `arXiv:1101.1783v2`."""

ARXIV_DOI = "10.48550/arxiv."
"""What the DOIs of arXiv begin with."""

URL = re.compile(r"(?:\b(?:https?|ftp)\s?:\s?//\s?|\bwww\.)[^\s\"<>«»“”\x00]+", re.IGNORECASE)
"""`https://example.org/a?b=c`, `www.example.org`."""

LONGEST_DOI = 200
"""Characters; the longest DOIs in use have some 100."""

UNCLOSED = re.compile(r"\[(?:doi\])?[^\]]*$|\[doi\].*$", re.IGNORECASE)
"""A bracket that opens after an identifier: `10.1234/abc[`, `10.1234/abc[doi]`."""

CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<"}


class Found(NamedTuple):
    """An identifier and the span that printed it, in code points."""

    value: str
    start: int
    end: int


def trimmed(text: str) -> str:
    """`text` without the punctuation and unopened brackets of the sentence around it.

    >>> trimmed("10.1000/x(1)2).")
    '10.1000/x(1)2'
    """
    while text:
        last = text[-1]
        unopened = last in CLOSERS and text.count(CLOSERS[last]) < text.count(last)
        if not unopened and last not in ".,;:!?'’-–—":
            return text
        text = text[:-1]
    return text


def doi(text: str) -> Found | None:
    """The first DOI, in lower case, without a resolver; mended where it is sure how.

    >>> doi("doi: 10. 1234/ABC.5.")
    Found(value='10.1234/abc.5', start=0, end=19)
    """
    for pattern in (TORN_DOI, DOI):
        for match in pattern.finditer(text):
            printed = trimmed(UNCLOSED.sub("", match["doi"]))
            value = INVISIBLE.sub("", "".join(printed.split()))
            # Trimming may leave nothing after the slash that follows the registrant.
            if DOI.fullmatch(value) and len(value) <= LONGEST_DOI:
                return Found(value.lower(), match.start(), match.start("doi") + len(printed))
    return None


def doi_of_url(url: str) -> str | None:
    """The DOI that the address of an article holds, without what the publisher adds to it.

    >>> doi_of_url("https://example.org/doi/10.1234%2Fabc.5/full?a=b")
    '10.1234/abc.5'
    """
    found = doi(url.replace("%2F", "/").replace("%2f", "/"))
    value = VIEW.sub("", found.value) if found else ""
    return value if DOI.fullmatch(value) else None


def arxiv(text: str) -> Found | None:
    """The first arXiv number, as the DOI that arXiv registers for it.

    >>> arxiv("arXiv:1101.1783v2")
    Found(value='10.48550/arxiv.1101.1783', start=0, end=17)
    """
    match = ARXIV.search(text)
    number = ARXIV_NUMBER.search(text, match.start(), match.end()) if match else None
    if match is None or number is None:
        return None
    return Found(f"{ARXIV_DOI}{number.group().lower()}", match.start(), match.end())


def isbn(text: str) -> Found | None:
    """The first ISBN whose check digit is right, as ISBN-13 without hyphens."""
    for pattern in (ISBN, BARE_ISBN):
        for match in pattern.finditer(text):
            if value := isbn13(match["isbn"]):
                return Found(value, *match.span())
    return None


def isbn13(printed: str) -> str | None:
    """ISBN-13 of a printed ISBN-10 or ISBN-13; None if its check digit is wrong.

    >>> isbn13("0-306-40615-2")
    '9780306406157'
    """
    digits = "".join(c for c in printed.upper().replace("Х", "X") if c.isdecimal() or c == "X")
    if not digits.isascii():
        digits = "".join(c if c == "X" else str(int(c)) for c in digits)
    if len(digits) >= 13 and digits[:3] in ("978", "979"):
        body = digits[:13]
        return body if "X" not in body and _check13(body[:12]) == body[12] else None
    if len(digits) < 10 or "X" in digits[:9] or _check10(digits[:9]) != digits[9]:
        return None
    body = "978" + digits[:9]
    return body + _check13(body)


def _check10(digits: str) -> str:
    """Check digit of the nine digits of an ISBN-10 (ISO 2108:1992)."""
    rest = -sum((10 - place) * int(digit) for place, digit in enumerate(digits)) % 11
    return "X" if rest == 10 else str(rest)


def _check13(digits: str) -> str:
    """Check digit of the twelve digits of an ISBN-13 (ISO 2108)."""
    return str(-sum((3 if place % 2 else 1) * int(d) for place, d in enumerate(digits)) % 10)


def arxiv_number(text: str) -> str | None:
    """The number of the first arXiv preprint named in `text`, without its version.

    >>> arxiv_number("10.48550/arxiv.1101.1783"), arxiv_number("arXiv: math.GT/0309136")
    ('1101.1783', 'math.gt/0309136')
    """
    found = arxiv(text)
    value = found.value if found else text.lower()
    return value.removeprefix(ARXIV_DOI) if value.startswith(ARXIV_DOI) else None


def labelled_arxiv(printed: str) -> str | None:
    """The number in a stretch that is known to name a preprint of arXiv, with or without a prefix.

    >>> labelled_arxiv("1009 .0657v2"), labelled_arxiv("gr-qc /0612065"), labelled_arxiv("preprint")
    ('1009.0657', 'gr-qc/0612065', None)
    """
    found = ARXIV_NUMBER.search("".join(printed.split()))
    return found.group().lower() if found else None


def normal_url(printed: str) -> str:
    """A printed URL without spaces, scheme and host in lower case; its path stays as it is.

    >>> normal_url("HTTP ://WWW.Example.org/A b"), normal_url("www.Example.org/A")
    ('http://www.example.org/Ab', 'www.example.org/A')
    """
    joined = INVISIBLE.sub("", "".join(printed.split()))
    scheme, sign, rest = joined.rpartition("://") if joined.count("://") == 1 else ("", "", joined)
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}{sign}{host.lower()}{slash}{path}"


def url(text: str) -> Found | None:
    """The first URL as printed, without the punctuation of the sentence around it."""
    for match in URL.finditer(text):
        value = trimmed(match.group())
        if len(value) > len("http://") or value.lower().startswith("www."):
            return Found(value, match.start(), match.start() + len(value))
    return None
