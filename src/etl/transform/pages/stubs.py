"""Pages with a few words and something else in place of a text.

The first lines of an article before a paywall, a form to log in, a form to fill in, a video,
pictures, a template without content. Whatever has words enough is an article, and is not
looked at here.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from etl.errors import NoArticleFound
from etl.transform.pages import declared, phrases
from etl.transform.pages.declared import PICTURES, Declared
from etl.transform.pages.dom import Block, Element
from etl.transform.pages.shapes import is_truncated
from etl.transform.text import word_count

FEWEST_WORDS = 60
"""Words from which there is an article, whatever stands around it. Four of 794 labelled pages with
a wall, a password or a form have fewer than 100, the shortest 69; their labels take these words
for the article."""

FEWEST_CAPTIONED = 40
"""Words beside captions, from which a page of pictures is an article."""

FEWEST_PICTURES = 6
"""Pictures with a caption of a page that is one of pictures."""

LONGEST_CAPTION = 150
"""Characters of a caption that is no text: one sentence."""

FEWEST_FIELDS = 3
"""Fields of a form that a page may be; searches and newsletters have one or two."""

LONGEST_WALL = 400
"""Characters of a line that may be such a sentence, with what it offers."""

WALLS = phrases.beginning(
    """
    subscribe/register/login/sign/log [now] [in] to continue/keep/read/unlock/access/view
    to continue/keep/read/access [reading/the] [full/rest/this]; continue reading with/by
    this article/story/content/post/page is for/only/available/exclusive/reserved/premium
    this article/story/content/page is … for/to subscribers/members
    you have reached/read/used your; youve reached/read/used your/all; you have … free articles
    subscribers/members only; only subscribers/members can; unlock this article/story
    the full/rest of [the/this] [text/article/story] is available/for; your free trial
    чтобы прочитать/читать/продолжить/прочесть; для чтения; продолжение доступно
    полный текст доступен; материал/статья/текст/контент доступен/доступна/доступны … подписчикам
    материал/статья/текст/контент доступен/доступна/доступны … подписчиков/подписке
    только для подписчиков; доступ к … ограничен; чтобы получить доступ
    для продолжения чтения; эта статья/публикация … подписчиков; вы прочитали … бесплатных
    برای خواندن/مطالعه/مطالعهٔ/دسترسی/ادامه … مشترک/اشتراک/وارد/عضو
    این مطلب/مقاله/محتوا … مشترکان/مشترکین/اعضا/اعضای/اشتراک; ویژه مشترکان/مشترکین
    دسترسی به [متن] … مشترکان/مشترکین/اعضا; متن کامل … مشترکان/مشترکین/اعضا
    барои хондани … обуна/вориди/сабти; ин мақола/мавод/матлаб … обуначиён/муштариён/обунашудагон
    танҳо барои обуначиён/муштариён; матни пурра … обуначиён/муштариён
    """,
    "please; sorry; пожалуйста; لطفا; лутфан",
)
"""Beginnings of sentences that stand before the rest of a text."""

LOGIN = phrases.beginning(
    """
    log/sign in; login; log on; signin; member/subscriber/user/author/account/client login/area
    create [an/a/your] [new] account; register; registration; sign up; forgot/reset [your] password
    вход; войти; авторизация; регистрация; личный кабинет; восстановление пароля
    ورود; ثبت نام; ثبت‌نام; عضویت; بازیابی رمز
    воридшавӣ; даромадан; вуруд; сабти ном; бақайдгирӣ
    """,
    "please; пожалуйста; لطفا; лутфан",
)
"""Beginnings of titles of pages with a form for a password."""

PLACEHOLDERS = ("lorem ipsum dolor", "{{", "[[", "%%")
"""What templates without content hold."""

FIELDS = frozenset(("text", "email", "tel", "number", "date", "file", "url"))
"""Types of `<input>` that a person fills in."""


class Parts(NamedTuple):
    """What a page holds beside its text."""

    password_count: int
    field_count: int
    """Fields of the largest form."""
    has_video: bool
    captions: frozenset[str]
    """Short texts below pictures, white space collapsed."""
    tree: Element
    """The page, for what is looked up only where its words are few."""


def parts(tree: Element, said: Declared) -> Parts:
    """What a page holds beside its text, read before its tree is worked on."""
    inputs = list(tree.iter("input"))
    return Parts(
        sum((node.get("type") or "").lower() == "password" for node in inputs),
        max((sum(map(_is_field, form.iter())) for form in tree.iter("form")), default=0),
        "VideoObject" in said.types or next(_videos(tree), None) is not None,
        frozenset(c for c in map(_caption, tree.iter("figcaption")) if _is_brief(c)),
        tree,
    )


def check(
    said: Declared, held: Parts, title: str, blocks: Sequence[Block], lines: Sequence[str]
) -> None:
    """Do nothing for a page whose words are its text.

    Args:
        said: What the page says of its kind.
        held: What it holds beside its text.
        title: Its title.
        blocks: All its blocks.
        lines: The lines of what was taken for its text.

    Raises:
        NoArticleFound: They are not; the reason says what stands in place of a text.
    """
    words = _count(lines, held.captions)
    if words >= FEWEST_WORDS:
        return
    text = [line for line in lines if not _is_wall(line)]
    kinds = [*_kinds(said, held, title, text, _wall(blocks, lines))]
    if any(block.text.lower().startswith(PLACEHOLDERS) for block in blocks):
        kinds.append("a template without content")
    if kinds:
        raise NoArticleFound(f"the page shows {kinds[0]}, and {words} words beside it")


def _count(lines: Sequence[str], captions: Iterable[str]) -> int:
    """Words of a text without those of captions."""
    whole = "\n".join(lines)
    return word_count(whole) - sum(word_count(c) for c in captions if c in whole)


def _kinds(
    said: Declared, held: Parts, title: str, text: Sequence[str], wall: str | None
) -> Iterator[str]:
    """What stands in place of a text."""
    is_cut = bool(text) and is_truncated(text[-1])
    if wall:
        yield f"a paywall, {wall[:80]!r}"
    if (not said.is_free and is_cut) or declared.has_paywall(held.tree):
        yield "a paywall, as its mark-up says"
    if held.password_count and LOGIN.match(phrases.spaced(title)):
        yield "a form to log in"
    if said.is_article:
        return
    if held.password_count:
        yield "a form to log in"
    if held.field_count >= FEWEST_FIELDS:
        yield f"a form of {held.field_count} fields"
    if held.has_video:
        yield "a video"
    is_shown = len(held.captions) >= FEWEST_PICTURES or said.types & PICTURES
    if is_shown and _count(text, held.captions) < FEWEST_CAPTIONED:
        yield f"{len(held.captions)} pictures"


def _wall(blocks: Sequence[Block], lines: Sequence[str]) -> str | None:
    """The sentence of a paywall in or below a text; None without one.

    What stands above it is a banner of the site.
    """
    own = set(lines)
    start = next((row for row, block in enumerate(blocks) if block.text in own), len(blocks))
    return next((block.text for block in blocks[start:] if _is_wall(block.text)), None)


def _is_wall(line: str) -> bool:
    """Whether a line begins with a sentence that stands before the rest of a text."""
    return len(line) <= LONGEST_WALL and WALLS.match(phrases.spaced(line)) is not None


def _is_field(node: Element) -> bool:
    """Whether a part of a form is one that a person fills in."""
    if node.tag == "input":
        return (node.get("type") or "text").lower() in FIELDS
    return node.tag in ("textarea", "select")


def _videos(tree: Element) -> Iterator[Element]:
    """Players of videos on a page."""
    yield from tree.iter("video")
    for frame in tree.iter("iframe"):
        if any(
            host in (frame.get("src") or "") for host in ("youtube", "vimeo", "rutube", "aparat")
        ):
            yield frame


def _is_brief(caption: str) -> bool:
    """Whether a caption is no text of its own, as those of photo reports are."""
    return 0 < len(caption) <= LONGEST_CAPTION


def _caption(node: Element) -> str:
    """The text below a picture."""
    return " ".join("".join(map(str, node.itertext())).split())
