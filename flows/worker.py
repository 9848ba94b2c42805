"""One worker of `workers.py`: items that come through a pipe to what a function gives for them.

It keeps its own limits, with timers of the kernel: a signal without a handler ends a process even
while C code runs that never comes back, and whether or not its parent is still there.
"""

import importlib
import logging
import os
import resource
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

import psutil

READY = "ready"
"""What a worker says when it can take its first item."""

MOST_ITEMS = 2_000
"""Items after which a worker is replaced: whatever leaks a little has leaked enough by then."""

WORN_SHARE = 0.5
"""Of the memory of one item; a worker that still holds more between items is replaced."""

WALL_FACTOR = 3
"""How many times its CPU time an item may take by the clock: other programs want the CPU too."""

PARENT_SECONDS = 1.0
"""How often a worker looks whether its parent is still there."""


class Lost(NamedTuple):
    """An item that took more than it may, or over which its worker ended."""

    reason: str
    """What became of it: `took over 20 seconds of CPU time and was stopped`."""


class Answer(NamedTuple):
    """What came of an item."""

    result: Any
    error: Exception | None = None
    """What the function raised."""

    is_worn: bool = False
    """Whether the worker wants to be replaced."""


def main(place: str, parent: str, work: str, seconds: str, memory_bytes: str) -> None:
    """Serve until the pipe is closed; arguments come from a command line."""
    threading.Thread(target=_follow, args=(int(parent),), daemon=True).start()
    # What the reader's libraries have to say of an odd page is not for people: its outcome is.
    logging.disable(logging.CRITICAL)
    for number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGPROF, signal.SIGALRM})
    module, _, name = work.partition(":")
    function = getattr(importlib.import_module(module), name)
    fresh = psutil.Process().memory_info()
    _limit_memory(fresh.vms + int(memory_bytes))
    worn = fresh.rss + WORN_SHARE * int(memory_bytes)
    with Connection(int(place)) as connection:
        _serve(connection, function, float(seconds), worn)


def _follow(parent: int) -> None:
    """End this process when its parent has ended."""
    while os.getppid() == parent:
        time.sleep(PARENT_SECONDS)
    os._exit(0)


def _limit_memory(most: int) -> None:
    """Let this process have no more than `most` bytes of addresses, where the system can do it."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    except (ValueError, OSError):
        # macOS has the name but not the limit; there the timers have to do.
        return


def _serve(
    connection: Connection, function: Callable[[Any], Any], seconds: float, worn: float
) -> None:
    """Answer every item until there are no more."""
    connection.send(READY)
    process = psutil.Process()
    for number in range(1, MOST_ITEMS + 1):
        try:
            answer = _answer(function, connection.recv(), seconds)
            is_full = number == MOST_ITEMS or process.memory_info().rss > worn
            connection.send(answer._replace(is_worn=answer.is_worn or is_full))
        # Nobody is there any more.
        except (EOFError, ConnectionError):
            return


def _answer(function: Callable[[Any], Any], item: Any, seconds: float) -> Answer:
    """What `function` gives for `item`, unless the time for it is over before."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * WALL_FACTOR)
    try:
        return Answer(function(item))
    except MemoryError:
        return Answer(Lost("took more memory than it may"), is_worn=True)
    except Exception as error:
        return Answer(None, error)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
