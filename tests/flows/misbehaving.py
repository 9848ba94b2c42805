"""Functions for workers that do to them what pages do to their readers.

As a program: a pool whose parent is to be killed, `python -m tests.flows.misbehaving`.
"""

import ctypes
import os
import re
import signal
import sys
import time
from pathlib import Path
from typing import Any

from flows.workers import Limits, Workers

HERE = "tests.flows.misbehaving:"


def do(item: tuple[str, Any]) -> Any:
    """What the first part of an item says, with the second."""
    what, value = item
    return globals()[what](value)


def double(number: int) -> int:
    """Work as it should be."""
    return 2 * number


def process(_: object) -> int:
    """The process this runs in."""
    return os.getpid()


def spin(_: object) -> None:
    """Never come back, in Python."""
    while True:
        pass


def search(length: int) -> None:
    """Never come back, in C code that holds on to the interpreter."""
    re.search(r"(a|a)+\Z", "a" * length + "b")


def doze(_: object) -> None:
    """Never come back, and take no CPU time."""
    time.sleep(3_600)


def crash(_: object) -> None:
    """Read memory that is not there."""
    ctypes.string_at(0)


def leave(status: int) -> None:
    """End the process without a word."""
    os._exit(status)


def hoard(count: int) -> int:
    """Take memory."""
    return len(bytes(count))


def keep(count: int) -> int:
    """Take memory, and never give it back."""
    KEPT.append(b"x" * count)
    return os.getpid()


KEPT: list[bytes] = []


def refuse(_: object) -> None:
    """Fail as a function may."""
    raise ValueError("no such item")


def crash_once(mark: str) -> str:
    """Be killed the first time, as if for the sake of another program."""
    if not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return mark


def announce(what: str) -> None:
    """Tell the parent's parent who works, then go on with `what`."""
    sys.stderr.write(f"{os.getpid()}\n")
    sys.stderr.flush()
    globals()[what](40)


def main(what: str) -> None:
    """Two workers that do `what` for an hour."""
    with Workers(f"{HERE}announce", 1, Limits(3, 10**9)) as pool:
        pool.map([what], 1)


if __name__ == "__main__":
    main(sys.argv[1])
