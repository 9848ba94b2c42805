"""Loads in processes of their own, and loads that end in a kill at a chosen point.

A point is the n-th time that the load is about to send a statement, to write a message of a
COPY or to commit. The product knows nothing of it: SQLAlchemy's events are listened to.
Frames are made when asked for: processes are forked from one in which Polars has not worked.
"""

import os
import signal
from collections.abc import Callable, Iterator
from functools import cache
from multiprocessing.synchronize import Barrier
from typing import Any

import sqlalchemy as sa

from etl.load import copy
from etl.load.engine import connect
from tests.load.rows import Frames, Page, batch, load


@cache
def before() -> Frames:
    """What the warehouse holds at first."""
    return batch(
        Page("a", 1, "one", mentions=("NATO", "Csto"), cites=("The long way to Khorog", "Tin")),
        Page("b", 1, "first", authors=("A. KARIMOV",), cites=("Zinc",)),
    )


@cache
def new() -> Frames:
    """A new version, a page seen again, a new page that a known work turns out to be."""
    return batch(
        Page("a", 3, "two", mentions=("Nato", "UN"), cites=("Tin",)),
        Page("b", 3, "first", authors=("A. KARIMOV",), cites=("Zinc",)),
        Page("c", 3, title="The long way to Khorog", authors=("B. Sharipova",)),
    )


@cache
def overlapping() -> tuple[Frames, ...]:
    """Batches that meet in articles, versions, entities and works."""
    back = Page("a", 5, "one", mentions=("NATO", "Csto"), cites=("The long way to Khorog", "Tin"))
    others = Page("b", 4, "second", mentions=("nato",)), Page("d", 2, cites=("ZINC", "Tin"))
    return before(), new(), batch(back), batch(*others)


def at_point(engine: sa.Engine, number: int, do: Callable[[], None]) -> list[str]:
    """Call `do` at the point with this number; return the list that will name all points."""
    points: list[str] = []

    def reached(name: str) -> None:
        points.append(name)
        if len(points) == number:
            do()

    def statement(_: Any, __: Any, text: str, *___: Any) -> None:
        reached(" ".join(text.split())[:40])

    sa.event.listen(engine, "before_cursor_execute", statement)
    sa.event.listen(engine, "commit", lambda _: reached("commit"))
    messages = copy._messages

    def counted(*arguments: Any) -> Iterator[Any]:
        for message in messages(*arguments):
            reached("copy")
            yield message

    copy._messages = counted
    return points


def load_until_killed(url: str, number: int, run: str) -> None:
    """Load the new batch and be killed at a point."""
    engine = connect(url)
    at_point(engine, number, lambda: os.kill(os.getpid(), signal.SIGKILL))
    load(engine, new(), run)


def load_in_turn(url: str, order: list[int], barrier: Barrier) -> None:
    """Load the overlapping batches in an order of one's own, together with others."""
    engine = connect(url)
    barrier.wait(60)
    for number in order:
        load(engine, overlapping()[number], f"{os.getpid()} {number}")
    engine.dispose()
