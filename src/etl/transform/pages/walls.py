"""Pages that came with status 200 but hold a notice: gone, suspended, at fault, or a wall.

A notice is known by its heading and by how little else the page says, never by single words of a
text: an article about suspended accounts is an article. What notices say stands in
`notices.yaml`; pages that are no article for other reasons are told by `articleness.py`.
"""

from collections.abc import Sequence
from copy import deepcopy
from itertools import islice

from etl.errors import NoArticleFound
from etl.transform.pages import dom, head, notices
from etl.transform.pages.dom import Element
from etl.transform.pages.meta import Meta
from etl.transform.pages.notices import SHORTEST_HEADLINE, Heading, Kind, Words
from etl.transform.pages.page import Page
from etl.transform.pages.shapes import is_truncated
from etl.transform.pages.titles import SUFFIX
from etl.transform.text import collapse, fold, word_count

MOST_WORDS_AROUND = 400
"""Words of a page, links and all, that is searched for a notice without a heading: it has fewer
even in the frame of its site, and to search every page would take long."""

LONGEST_TEXT = 20_000
"""Characters of a plain text that is searched; so few words do not fill it, signs may."""

MOST_WORDS_BELOW = 1_500
"""The same of a page under such a heading; longer ones are not searched at all."""

MOST_LINK_WORDS = 60
"""Words in links of such a page; one with more is a list of links with a banner."""

FEWEST_WORDS = 25
"""Words that say anything else than notices do, from which there is an article, however it is
headed; see `articleness.FEWEST_WORDS`."""

LONGEST_BODY = 5_000
"""Characters of a text that is searched once more after it was read; longer ones are articles."""

MOST_BANNER_WORDS = 150
"""Words of a text that may be a banner."""

FEWEST_BELOW_HEADLINE = 8
"""The same below a headline of an article: one sentence."""

LEAST_NOTICE_SHARE = 1 / 3
"""Of the words of a page that must be those of the notice, where no heading gives it."""

LONGEST_LINE, TOP_LINES = 120, 4
"""Characters of a line that may be such a heading, and lines at the top that are looked at."""

MOST_HEADLINES = 5
"""Headlines of a page that are looked at; few have more than one."""

LONGEST_QUOTE = 80
"""Characters of what a reason quotes."""

FRAMES = frozenset(("nav", "footer", "aside"))
"""Elements around a page's own text. Not `form`: some systems put the whole page into one."""

WITNESSES = ("dateline", "metadata")
"""Methods of `published` by which a page dates itself as an article."""

PUBLISHED = ("article:published_time", "citation_publication_date", "citation_date")
"""Meta tags that only articles have."""

MARKS = {
    "/cgi-sys/suspendedpage.cgi": "suspended",
    "sedoparking.com": "suspended",
    "parkingcrew.net": "suspended",
    "cdn-cgi/challenge-platform": "consent_wall",
    "_cf_chl_opt": "consent_wall",
    "cf-turnstile": "consent_wall",
    "ddos-guard": "consent_wall",
    "g-recaptcha": "consent_wall",
    "h-captcha": "consent_wall",
    "smartcaptcha": "consent_wall",
    "_incapsula_resource": "consent_wall",
    "px-captcha": "consent_wall",
    "captcha-delivery.com": "consent_wall",
    "sucuri_cloudproxy_js": "consent_wall",
    "slowaes.decrypt": "consent_wall",
}
"""What stands in the source of a page that has to be passed or was parked, and its kind."""

MOST_MARKED_WORDS = 60
"""Words of a page, links and all, that is judged by its source: it holds a form or a script, and
hardly a text. Articles have such forms below their comments."""


def check_html(tree: Element, facts: Meta, source: str) -> None:
    """Do nothing for an HTML page that shows no notice by its headings or by its few words.

    Raises:
        Rejected: It shows one; the kind of it is that of the error, and the reason quotes it.
    """
    heading = _heading(tree)
    most = MOST_WORDS_BELOW if heading else MOST_WORDS_AROUND
    count = _count_up_to(tree, most)
    if count >= most:
        return
    lines = _own_lines(tree)
    if heading:
        _judge(heading, lines, is_signed=_is_signed(tree, facts, heading))
    elif _count_link_words(tree) <= MOST_LINK_WORDS:
        _judge_lines(lines, has_headline=_has_headline(tree))
    if count <= MOST_MARKED_WORDS and notices.words(lines).other < FEWEST_WORDS:
        _judge_source(tree, source, count)


def check_text(text: str) -> None:
    """Do nothing for a plain text that is no notice.

    Raises:
        Rejected: As in `check_html`.
    """
    if len(text) > LONGEST_TEXT:
        return
    lines = [line for raw in text.splitlines() if (line := collapse(raw))]
    if not lines or sum(map(word_count, lines)) > MOST_WORDS_AROUND:
        return
    if heading := _heading_on_top(lines):
        top = head.around(lines, 0)
        _judge(heading, lines, is_signed=bool(top.stamp or top.authors))
    else:
        _judge_lines(lines, has_headline=_is_headline(lines[0]))


def check_page(page: Page) -> None:
    """Do nothing for a page whose text, as it was read, is no notice.

    Raises:
        Rejected: As in `check_html`.
        NoArticleFound: There is hardly more than sentences of a notice, under a title that is
            none: a banner was taken for the text of a page with nothing but links.
    """
    if len(page.body) > LONGEST_BODY:
        return
    lines = page.body.split("\n")
    if heading := _heading_on_top([page.title, *lines]):
        is_dated = page.published is not None and page.published.method in WITNESSES
        _judge(heading, lines, is_signed=is_dated or bool(page.authors))
    elif word_count(page.body) <= MOST_BANNER_WORDS:
        words = notices.words(lines)
        if words.kind and _is_notice(words, has_headline=True):
            raise NoArticleFound(f"the text says {_quoted(words.said)} and hardly more; left out")


def _judge(heading: Heading, lines: Sequence[str], *, is_signed: bool) -> None:
    """Do nothing where an article stands below the heading of a notice."""
    if sum(map(word_count, lines)) > MOST_WORDS_BELOW:
        return
    words = notices.words(lines)
    is_alone = words.other < FEWEST_WORDS and words.all <= MOST_WORDS_AROUND
    is_short = words.all <= heading.kind.most_words and not is_signed
    is_notice = heading.is_sure or (words.kind and 2 * words.other <= words.all)
    if is_alone or (is_short and is_notice):
        _reject(heading.kind, "is headed", heading.said, words.all)


def _judge_lines(lines: Sequence[str], *, has_headline: bool) -> None:
    """Do nothing where there is more than sentences of a notice."""
    words = notices.words(lines, is_help_other=has_headline)
    if words.kind and _is_notice(words, has_headline=has_headline):
        _reject(words.kind, "says", words.said, words.all)


def _is_notice(words: Words, *, has_headline: bool) -> bool:
    """Whether a text without the heading of a notice is one: most of it, and next to all.

    Below a headline, what may speak to a visitor may as well be an article's advice.
    """
    most_other = FEWEST_BELOW_HEADLINE if has_headline else FEWEST_WORDS
    return words.other < most_other and words.notice >= LEAST_NOTICE_SHARE * words.all


def _judge_source(tree: Element, source: str, count: int) -> None:
    """Do nothing where neither the source nor a part for browsers without scripts tells more."""
    parts = [collapse("".join(map(str, node.itertext()))) for node in tree.iter("noscript")]
    told = notices.words(parts)
    if told.kind:
        _reject(told.kind, "says", told.said, count)
    lowered = source.lower()
    for mark, name in MARKS.items():
        if mark in lowered:
            _reject(notices.known().kinds[name], "holds", mark, count)


def _reject(kind: Kind, verb: str, said: str, count: int) -> None:
    """Raise the error of a kind of notice."""
    raise kind.error(f"the page {verb} {_quoted(said)} in {count} words; {kind.move}")


def _quoted(said: str) -> str:
    """`said` in quotes, cut where it is long."""
    return repr(said if len(said) <= LONGEST_QUOTE else f"{said[: LONGEST_QUOTE - 1].rstrip()}…")


def _heading(tree: Element) -> Heading | None:
    """The heading of a notice, in the window title or on the page."""
    window = _window_title(tree)
    in_window = notices.named(window)
    shown = _headlines(tree)
    named = [heading for text in shown if (heading := notices.named(text))]
    if not (in_window or named):
        return None
    parts = {fold(part) for part in SUFFIX.split(window)} if in_window else set()
    if any(_is_headline(text) and fold(text) not in parts for text in shown):
        # A layer over an article has a heading of its own.
        best = notices.surest(named)
        return best and best._replace(is_sure=False)
    return notices.surest(filter(None, (*named, in_window)))


def _has_headline(tree: Element) -> bool:
    """Whether a page has the headline of an article."""
    return any(map(_is_headline, _headlines(tree) or [_window_title(tree)]))


def _window_title(tree: Element) -> str:
    """The title of the window; empty if there is none."""
    return next((collapse(title.text or "") for title in tree.iter("title")), "")


def _headlines(tree: Element) -> list[str]:
    """The first headlines on a page."""
    return [text for node in islice(tree.iter("h1"), MOST_HEADLINES) if (text := dom.text_of(node))]


def _heading_on_top(lines: Sequence[str]) -> Heading | None:
    """The heading of a notice among the first short lines; not surely, below a headline."""
    short = [line for line in lines[:TOP_LINES] if len(line) <= LONGEST_LINE]
    best = notices.surest(filter(None, map(notices.named, short)))
    return best and best._replace(is_sure=best.is_sure and not _is_headline(lines[0]))


def _is_headline(text: str) -> bool:
    """Whether `text` is long enough for a headline, and neither heads nor begins a notice."""
    is_long = word_count(text) >= SHORTEST_HEADLINE
    return is_long and notices.named(text) is None and notices.words([text]).kind is None


def _count_up_to(tree: Element, most: int) -> int:
    """Words of a page that visitors see; `most` for any more."""
    count = 0
    for node in tree.iter():
        if node.text and dom.is_visible(node):
            count += len(node.text.split())
        if node.tail:
            count += len(node.tail.split())
        if count >= most:
            return most
    return count


def _count_link_words(tree: Element) -> int:
    """Words of a page that stand in links."""
    return sum(word_count(dom.text_of(link)) for link in tree.iter("a"))


def _own_lines(tree: Element) -> list[str]:
    """The lines of a page without those of its frame, its menus and teasers."""
    own = deepcopy(tree)
    links = list(own.iter("a"))
    menus = {parent for parent in {link.getparent() for link in links} if not _has_words(parent)}
    for node in [*own.iter(*FRAMES), *(link for link in links if link.getparent() in menus)]:
        dom.drop(node)
    return [block.text for block in dom.blocks(own) if not is_truncated(block.text)]


def _has_words(parent: Element | None) -> bool:
    """Whether words stand around the elements in `parent`."""
    around = () if parent is None else (parent.text, *(child.tail for child in parent))
    return any(word_count(text) for text in around if text)


def _is_signed(tree: Element, facts: Meta, heading: Heading) -> bool:
    """Whether the page says when it was published or by whom, to machines or below its heading."""
    if facts.first(*PUBLISHED) or any(thing.get("datePublished") for thing in facts.objects):
        return True
    texts = [block.text for block in dom.blocks(tree)]
    row = next((row for row, text in enumerate(texts) if text == heading.said), None)
    top = head.around(texts, row) if row is not None else None
    return top is not None and bool(top.stamp or top.authors)
