"""A small real web server that plays a journal.

Each path has replies, given one after the other; the last one stays. Everything runs on
127.0.0.1 under a free port, which `localhost` reaches as a second host.
"""

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from http import HTTPStatus
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
    etag: str | None = None
    last_modified: str | None = None
    """Sent along; who asks with either of them gets 304 and no body."""

    def is_known_to(self, headers: Mapping[str, str]) -> bool:
        """Whether a request with these headers holds the body already."""
        asked = headers.get("If-None-Match"), headers.get("If-Modified-Since")
        return asked != (None, None) and asked in (
            (self.etag, self.last_modified),
            (self.etag, None),
            (None, self.last_modified),
        )


Answerer = Callable[[str, Mapping[str, str]], Reply]
"""Query of a request (`page=2`, without `?`) and its headers to the reply."""


@dataclass(frozen=True)
class Asked:
    """One request as it came, and how it was answered."""

    path: str
    """With its query."""
    headers: Mapping[str, str]
    status: int
    at: float
    """Seconds of the monotonic clock."""


class Journal:
    """A journal on the web; `requests` counts what was asked for."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.requests: Counter[str] = Counter()
        self.log: list[Asked] = []
        """All requests, in order."""
        self.user_agents: set[str] = set()
        self.most_at_once: Counter[str] = Counter()
        """Most requests by host whose body had not begun."""
        self.closing = threading.Event()
        self._replies: defaultdict[str, list[Reply]] = defaultdict(list)
        self._answerers: dict[str, Answerer] = {}
        self._open: Counter[str] = Counter()
        self._lock = threading.Lock()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Address of `path`."""
        return f"http://{host}:{self.port}{path}"

    def says(self, path: str, *replies: Reply | bytes) -> str:
        """Answer `path` with `replies`; return its address."""
        self._replies[path] = [r if isinstance(r, Reply) else Reply(r) for r in replies]
        return self.url(path)

    def answers(self, path: str, answerer: Answerer) -> str:
        """Let a function answer `path`, whatever its query; return its address."""
        self._answerers[path] = answerer
        return self.url(path)

    def bodies(self) -> list[str]:
        """Paths whose body was sent, in order: all requests but those answered with 304."""
        return [asked.path for asked in self.log if asked.status != HTTPStatus.NOT_MODIFIED]

    def forget(self) -> None:
        """Forget what was asked for so far."""
        with self._lock:
            self.requests.clear()
            self.log.clear()

    @contextmanager
    def answering(self, path: str, headers: Mapping[str, str]) -> Iterator[Reply]:
        """The reply to a request, counted until the body begins."""
        host = headers.get("Host", "")
        with self._lock:
            self.requests[path] += 1
            self.user_agents.add(headers.get("User-Agent", ""))
            self._open[host] += 1
            self.most_at_once[host] = max(self.most_at_once[host], self._open[host])
            reply = self._reply(path, headers)
            if reply.status == HTTPStatus.OK and reply.is_known_to(headers):
                reply = replace(reply, body=b"", status=304, declared_bytes=-1)
            self.log.append(Asked(path, dict(headers), reply.status, time.monotonic()))
        try:
            yield reply
        finally:
            with self._lock:
                self._open[host] -= 1

    def _reply(self, path: str, headers: Mapping[str, str]) -> Reply:
        """What is said to a request."""
        bare, _, query = path.partition("?")
        if path not in self._replies and bare in self._answerers:
            return self._answerers[bare](query, headers)
        replies = self._replies.get(path) or [Reply(b"no such page", status=404)]
        return replies.pop(0) if len(replies) > 1 else replies[0]


@contextmanager
def serving() -> Iterator[Journal]:
    """A journal that is online."""

    class Handler(BaseHTTPRequestHandler):
        """Says what the journal says."""

        def do_GET(self) -> None:
            with suppress(ConnectionError):
                with journal.answering(self.path, self.headers) as reply:
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
            told = {"ETag": reply.etag, "Last-Modified": reply.last_modified}
            for name, value in (told | dict(reply.headers)).items():
                if value is None:
                    continue
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
