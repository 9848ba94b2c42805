"""How far a run is, told to whoever listens: the command line draws its bar from it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str, str, int, int], None]
"""Called with source, step, and how many of how many steps are done."""

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """Call `listener` at every step of runs started inside."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def tell(source: str, step: str, done: int, total: int) -> None:
    """Say that `step` of `source` begins, after `done` of `total` steps."""
    if listener := _listener.get():
        listener(source, step, done, total)
