"""Visits of the local journal, with short waits."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from etl.extract.web import Answer, Ask, Limits, online
from etl.sources.feeds import Visits

HASTY = Limits(
    page_seconds=20, silence_seconds=10, backoff_seconds=0.01, retry_after_seconds=2, tries=2
)
"""Waits little between tries; times that must not pass are long, as a machine may be busy."""

FREE = Visits(allow_private=True, obey_robots=False, delay_seconds=0)
"""No politeness: what a test is not about."""

MAX = 100_000


def answers(
    *asks: Ask | str, limits: Limits = HASTY, visits: Visits = FREE, max_bytes: int = MAX
) -> list[Answer]:
    """The answers, in the order of the asks."""
    wanted = [ask if isinstance(ask, Ask) else Ask(ask) for ask in asks]
    with online(visits, limits) as web:
        came = dict(web.each(wanted, max_bytes))
    return [came[index] for index in range(len(wanted))]


def answer(ask: Ask | str, limits: Limits = HASTY, visits: Visits = FREE) -> Answer:
    """The answer to one ask."""
    return answers(ask, limits=limits, visits=visits)[0]


def failure(ask: Ask | str, limits: Limits = HASTY, visits: Visits = FREE) -> str:
    """Outcome and reason of a page that does not come."""
    came = answer(ask, limits, visits)
    assert came.content is None
    assert came.failure is not None
    assert "\n" not in came.failure
    return came.failure


def closed_port() -> int:
    """A port no one listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def talking(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """Port of a server that does with each connection what `talk` does, then closes it."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        """Take one connection after the other until the listener is closed."""
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with suppress(OSError), connection:
                    talk(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        # A blocked accept is woken only by a shutdown.
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def request_head(connection: socket.socket) -> bytes:
    """All of one request."""
    head = b""
    while b"\r\n\r\n" not in head and (piece := connection.recv(65_536)):
        head += piece
    return head
