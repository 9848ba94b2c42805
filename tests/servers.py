"""A small real web server that plays a journal.

Each path has replies, given one after the other; the last one stays. Everything runs on
127.0.0.1 under a free port, which `localhost` reaches as a second host.
"""

import threading
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """What the server says to one request."""

    body: bytes = b""
    status: int = 200
    content_type: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)
    pause_seconds: float = 0.0
    """Before each piece of the body."""
    piece_bytes: int = 65_536
    declared_bytes: int | None = None
    """Content-Length, where it is to be wrong; -1 leaves it out."""


class Journal:
    """A journal on the web; `requests` counts what was asked for."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.requests: Counter[str] = Counter()
        self.user_agents: set[str] = set()
        self.most_at_once: Counter[str] = Counter()
        """Most requests by host whose body had not begun."""
        self.closing = threading.Event()
        self._replies: defaultdict[str, list[Reply]] = defaultdict(list)
        self._open: Counter[str] = Counter()
        self._lock = threading.Lock()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Address of `path`."""
        return f"http://{host}:{self.port}{path}"

    def says(self, path: str, *replies: Reply | bytes) -> str:
        """Answer `path` with `replies`; return its address."""
        self._replies[path] = [r if isinstance(r, Reply) else Reply(r) for r in replies]
        return self.url(path)

    @contextmanager
    def answering(self, path: str, host: str, user_agent: str) -> Iterator[Reply]:
        """The reply to a request, counted until the body begins."""
        with self._lock:
            self.requests[path] += 1
            self.user_agents.add(user_agent)
            self._open[host] += 1
            self.most_at_once[host] = max(self.most_at_once[host], self._open[host])
            replies = self._replies.get(path) or [Reply(b"no such page", status=404)]
            reply = replies.pop(0) if len(replies) > 1 else replies[0]
        try:
            yield reply
        finally:
            with self._lock:
                self._open[host] -= 1


@contextmanager
def serving() -> Iterator[Journal]:
    """A journal that is online."""

    class Handler(BaseHTTPRequestHandler):
        """Says what the journal says."""

        def do_GET(self) -> None:
            host, agent = self.headers.get("Host", ""), self.headers.get("User-Agent", "")
            with suppress(ConnectionError):
                with journal.answering(self.path, host, agent) as reply:
                    self.head(reply)
                    journal.closing.wait(reply.pause_seconds)
                self.body(reply)

        def head(self, reply: Reply) -> None:
            """Send status and headers."""
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.content_type)
            length = len(reply.body) if reply.declared_bytes is None else reply.declared_bytes
            if length >= 0:
                self.send_header("Content-Length", str(length))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def body(self, reply: Reply) -> None:
            """Send the body, piece by piece."""
            for start in range(0, len(reply.body), reply.piece_bytes):
                if start and journal.closing.wait(reply.pause_seconds):
                    return
                self.wfile.write(reply.body[start : start + reply.piece_bytes])

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    journal = Journal(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield journal
    finally:
        journal.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
