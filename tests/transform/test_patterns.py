"""No pattern of the transform runs away on a short line made to hang it."""

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

import etl.transform

SECONDS = 2
"""A pattern that runs away takes minutes; all others take a millisecond."""

UNITS = (
    *("a", "A", "1", ".", " ", "-", "(", "a ", "A ", "1 ", "A.", "A. ", "a, ", "Aa ", "Aa, ", "a@"),
    *(
        "aA",
        "a-",
        "1.",
        "1-1 ",
        "www.a ",
        "http://a ",
        "@a",
        "a@b.c ",
        "а ",
        "А. ",
        "А.А. ",
        "The A ",
    ),
    *("of ", "and ", "A and ", "№ 1 ", "// ", "«a» ", '"a" ', "|", "\t", "\n", "a\n", "م ", "م، "),
)
"""What is repeated: letters, signs and small words that patterns look for."""

ENDS = ("", "!", "\x00", "1", " a")
"""What makes the last step fail, so that all ways to match are tried."""


class RanAway(BaseException):
    """A pattern took too long."""


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """All patterns at the top of modules, once each."""
    seen = set()
    for module in pkgutil.walk_packages(etl.transform.__path__, "etl.transform."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                if value not in seen:
                    yield f"{module.name.removeprefix('etl.transform.')}.{name}", value
                seen.add(value)


@contextmanager
def limited() -> Iterator[None]:
    """Stops what takes more than `SECONDS` of CPU."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise RanAway

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("name, pattern", list(patterns()), ids=lambda value: str(value)[:60])
def test_no_pattern_runs_away(name: str, pattern: re.Pattern[str]) -> None:
    line = ""
    try:
        for unit in UNITS:
            for end in ENDS:
                line = unit * (240 // len(unit)) + end
                with limited():
                    pattern.match(line)
                    pattern.fullmatch(line)
    except RanAway:
        pytest.fail(f"{name} takes more than {SECONDS} s for {line[:20]!r} repeated")
