"""Our telling of languages beside py3langid alone and lingua, by language and length of text.

    python -m benchmarks.language [--messages FOLDER ...] [--texts 200] [--seed 1] [--misses]

Texts are made of what is installed: messages of programs in compiled gettext catalogues
(`LANGUAGE/LC_MESSAGES/*.mo`) below the given folders, by default those of this machine and of
the installed Python packages. Figures in the docs come from the catalogues of the Debian packages
`libreoffice-l10n-{tg,uz,kk,fa,ru,tr,ug,ar,mn}`, `evolution-common`, `vlc-l10n`, `nautilus-data`,
`gnome-control-center-data`, `gimp-data`, `pidgin-data`, `gnumeric-common`, `abiword-common`,
`libglib2.0-data`, `libgtk-3-common`, `libgtk-4-common` and `libgtk2.0-common`, unpacked into one
folder with `dpkg-deb -x`. Nothing of them is kept in the project. They are harder than articles:
they say "file" and "window" in fewer words, and hold names of programs in English.

A text is made of messages in random order, cut after so many characters. Words as typed on a
plain keyboard are made from the same: Tajik without ғ ӯ қ ҳ ҷ ӣ, Uzbek without ў қ ғ ҳ, Persian
with the Arabic ي and ك.

* ours: `etl.transform.pages.language.detect`, main language of the source English.
* py3langid: `classify` over all its languages; codes of three letters count as their main one.
* lingua, lingua low: `lingua-language-detector`, where it is installed, over all its languages.
  Loaded after each other they share models; what each costs tells `--lanes` with one alone.

Texts are the same for all, and lanes take turns. py3langid and lingua may have been trained on
catalogues of programs, too.
"""

import argparse
import importlib
import random
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from sysconfig import get_path
from typing import NamedTuple

import psutil
from babel.messages.mofile import read_mo

LENGTHS = (20, 50, 100, 200, 500, 3000)
"""Characters of a text; an average article has 3,000 to 6,000."""

FORMAT = re.compile(
    r"%\d*\$?[-0-9.]*l*[a-zA-Z%]|\$\(\w+\)|%\w+%?|\{\w*\}|<[^<>]*>|&\w+;|https?:\S+"
)
"""What stands in a message for something else: `%s`, `$(ARG1)`, `<b>`."""

ACCELERATOR = re.compile(r"[_~&](?=\w)|\(_\w\)")
"""A mark of a key: the one in `_Open`."""

FEWEST_WORDS = 4
"""Words of a message that tells anything."""

LETTERS = {"Latn": "A-Za-z\u00c0-\u024f", "Cyrl": "\u0400-\u052f", "Arab": "\u0600-\u06ff"}
"""Letters of each script, to leave out what was not translated."""

TAJIK_KEYS = str.maketrans("ғӯқҳҷӣҒӮҚҲҶӢ", "гукхчиГУКХЧИ")
UZBEK_KEYS = str.maketrans("ўқғҳЎҚҒҲ", "укгхУКГХ")
ARABIC_KEYS = str.maketrans("یک", "يك")

ALIASES = {"uzs": "uz", "sdh": "ku", "ckb": "ku", "arz": "ar", "ary": "ar", "nb": "no", "nn": "no"}
"""Codes of kinds of a language, by which one lane or the other calls it."""


class Kind(NamedTuple):
    """Texts of one language in one script, written in one way."""

    language: str
    locale: str
    script: str
    keys: dict[int, int] = {}  # noqa: RUF012 - nobody writes to it


KINDS = {
    "en": Kind("en", "en", "Latn"),
    "de": Kind("de", "de", "Latn"),
    "fr": Kind("fr", "fr", "Latn"),
    "tr": Kind("tr", "tr", "Latn"),
    "az": Kind("az", "az", "Latn"),
    "tk": Kind("tk", "tk", "Latn"),
    "uz Latin": Kind("uz", "uz", "Latn"),
    "ku Latin": Kind("ku", "ku", "Latn"),
    "ru": Kind("ru", "ru", "Cyrl"),
    "uk": Kind("uk", "uk", "Cyrl"),
    "tg": Kind("tg", "tg", "Cyrl"),
    "tg plain keys": Kind("tg", "tg", "Cyrl", TAJIK_KEYS),
    "uz Cyrillic": Kind("uz", "uz@cyrillic", "Cyrl"),
    "uz plain keys": Kind("uz", "uz@cyrillic", "Cyrl", UZBEK_KEYS),
    "kk": Kind("kk", "kk", "Cyrl"),
    "ky": Kind("ky", "ky", "Cyrl"),
    "mn": Kind("mn", "mn", "Cyrl"),
    "fa": Kind("fa", "fa", "Arab"),
    "fa Arabic keys": Kind("fa", "fa", "Arab", ARABIC_KEYS),
    "ar": Kind("ar", "ar", "Arab"),
    "ur": Kind("ur", "ur", "Arab"),
    "ps": Kind("ps", "ps", "Arab"),
    "ckb": Kind("ku", "ckb", "Arab"),
    "ug": Kind("ug", "ug", "Arab"),
}

Lane = Callable[[str], str | None]
"""A text to the code of its language."""


def messages(folders: Sequence[Path], kind: Kind) -> list[str]:
    """Distinct messages of a kind, markup and keys left out."""
    locale = "ru" if kind.language == "en" else kind.locale
    letter = re.compile(f"[{LETTERS[kind.script]}]")
    found: dict[str, None] = {}
    for path in _catalogues(folders, locale):
        for original, translated in _pairs(path):
            chosen = original if kind.language == "en" else translated
            text = " ".join(ACCELERATOR.sub("", FORMAT.sub(" ", chosen)).split())
            letters = sum(map(str.isalpha, text)) or 1
            is_own = len(letter.findall(text)) > 0.7 * letters
            if original != translated and is_own and len(text.split()) >= FEWEST_WORDS:
                found[text.translate(kind.keys)] = None
    return list(found)


def _catalogues(folders: Sequence[Path], locale: str) -> Iterator[Path]:
    """Compiled catalogues of a locale."""
    for folder in folders:
        yield from sorted(folder.rglob(f"{locale}/LC_MESSAGES/*.mo"))


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Messages of a catalogue in English and translated, plurals left out."""
    try:
        with path.open("rb") as file:
            catalogue = list(read_mo(file))
    except (UnicodeDecodeError, ValueError) as error:
        print(f"{path} is left out: {error}", file=sys.stderr)
        return
    for message in catalogue:
        if isinstance(message.id, str) and isinstance(message.string, str) and message.id:
            yield message.id, message.string


def texts(found: Sequence[str], length: int, count: int, seed: int) -> list[str]:
    """`count` texts of so many characters, each of messages in random order."""
    rnd = random.Random(f"{seed} {length}")
    made = []
    for _ in range(count):
        text = ""
        while len(text) < length:
            text += rnd.choice(found) + "\n"
        made.append(text[:length])
    return made


def ours() -> Lane:
    """Our own lane."""
    language = importlib.import_module("etl.transform.pages.language")
    return lambda text: language.detect(text, "en").language  # type: ignore[no-any-return]


def py3langid() -> Lane:
    """The model that ours uses, by itself."""
    langid = importlib.import_module("py3langid.langid")
    model = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    return lambda text: str(model.classify(text)[0])


def lingua(is_low: bool) -> Lane:
    """Lingua over all its languages, in its full or its low accuracy."""
    package = importlib.import_module("lingua")
    builder = package.LanguageDetectorBuilder.from_all_languages().with_preloaded_language_models()
    detector = (builder.with_low_accuracy_mode() if is_low else builder).build()

    def detect(text: str) -> str | None:
        found = detector.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else None

    return detect


LANES: dict[str, Callable[[], Lane]] = {
    "ours": ours,
    "py3langid": py3langid,
    "lingua": lambda: lingua(False),
    "lingua low": lambda: lingua(True),
}


def loaded() -> dict[str, Lane]:
    """The lanes whose packages are installed; prints what loading each costs."""
    lanes: dict[str, Lane] = {}
    process = psutil.Process()
    for name, load in LANES.items():
        before, start = process.memory_info().rss, time.process_time()
        try:
            lane = load()
            lane("The canal is older than the border. Канал старше границы. کانال کهن‌تر است. " * 3)
        except ImportError as error:
            print(f"{name}: not installed ({error})")
            continue
        seconds, grown = time.process_time() - start, process.memory_info().rss - before
        print(f"{name}: loaded in {seconds:.1f} s of a core, {grown / 2**20:,.0f} MiB of memory")
        lanes[name] = lane
    return lanes


class Score:
    """What one lane told of one kind at one length."""

    def __init__(self) -> None:
        self.right = self.none = self.count = 0
        self.seconds = 0.0

    def add(self, lane: Lane, text: str, language: str) -> str | None:
        """Count one text; what the lane took it for."""
        start = time.process_time()
        told = lane(text)
        self.seconds += time.process_time() - start
        self.count += 1
        self.none += told is None
        self.right += told is not None and ALIASES.get(told, told) == language
        return told


def compared(lanes: dict[str, Lane], made: Sequence[str], kind: Kind, misses: bool) -> list[Score]:
    """A score per lane for the same texts, the lanes taking turns."""
    scores = [Score() for _ in lanes]
    for text in made:
        for score, (name, lane) in zip(scores, lanes.items(), strict=True):
            told = score.add(lane, text, kind.language)
            if misses and name == "ours" and told not in (kind.language, None):
                print(f"    {kind.locale} taken for {told}: {text!r}")
    return scores


def main() -> None:
    """Print the figures, a line a kind: messages found, then right, wrong and cost of each lane."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--messages", type=Path, nargs="*", default=[])
    asked.add_argument("--texts", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--kinds", nargs="*", default=list(KINDS))
    asked.add_argument("--lengths", type=int, nargs="*", default=LENGTHS)
    asked.add_argument("--lanes", nargs="*", default=list(LANES))
    asked.add_argument("--misses", action="store_true", help="print what we take for another")
    given = asked.parse_args()
    for name in set(LANES) - set(given.lanes):
        del LANES[name]
    folders = given.messages or [Path("/usr/share/locale"), Path(get_path("purelib"))]
    found = {name: messages(folders, KINDS[name]) for name in given.kinds}
    lanes = loaded()
    print(
        "\nRight, and wrong where a language was told, in per cent; milliseconds of a core a text."
    )
    for length in given.lengths:
        print(f"\n{f'{length} characters':24}" + "".join(f"{name:>22}" for name in lanes))
        for name in given.kinds:
            if len(found[name]) < 30:
                print(f"{name:24}{len(found[name])} messages: too few")
                continue
            made = texts(found[name], length, given.texts, given.seed)
            scores = compared(lanes, made, KINDS[name], given.misses)
            print(f"{name:18}{len(found[name]):6}" + "".join(map(_cell, scores)), flush=True)


def _cell(score: Score) -> str:
    """Figures of one lane."""
    wrong = score.count - score.right - score.none
    cost = 1000 * score.seconds / score.count
    return f"{100 * score.right / score.count:8.1f}{100 * wrong / score.count:6.1f}{cost:8.2f}"


if __name__ == "__main__":
    main()
