"""Our fetching beside a plain httpx loop and news-please, in one interleaved run.

    python -m benchmarks.fetch [--news-please PYTHON] [--pages 1000] [--rounds 5] [--at-once 16]

All lanes get the same invented pages of 8 to 30 kB from one local server in a process of its
own, over kept HTTP/1.1 connections where a lane keeps them. Politeness is off for all: no pause,
no robots.txt, private addresses allowed. Lanes take turns, so that a busy machine slows all of
them; only ratios mean something on another machine.

* ours: `etl.extract.web.online` and `each`, from opening to closing. Addresses are checked, bodies
  counted and decompressed by us, and every answer crosses from the event loop into this thread.
* httpx2, httpx: one `AsyncClient`, one task per page, a semaphore, `client.get`; nothing else.
* news-please: `NewsPlease.from_urls`, its way to have pages, which also extracts the articles (in
  a pool of processes, without images), and `SimpleCrawler.fetch_urls`, its fetching alone: one
  thread and one new connection per page. It does so many pages in one call as stand in `CALLS`.

news-please lives in an environment of its own, as its dependencies are many:
`python -m venv PLACE; PLACE/bin/pip install news-please`, then `--news-please PLACE/bin/python`.
"""

import argparse
import asyncio
import json
import multiprocessing
import random
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from multiprocessing.connection import Connection
from typing import Any

import httpx2

from etl.extract.web import Ask, Limits, online
from etl.sources.feeds import Visits

Lane = Callable[[list[str]], float]
"""Gets pages and returns the seconds it took."""

OURS = "ours"
PLAIN = "plain httpx2"
FROM_URLS, FETCH_URLS = "news-please", "news-please, fetching alone"

CALLS = {FROM_URLS: 100, FETCH_URLS: 200}
"""Pages per call of a lane that is slow, or starts a thread for each of them."""

MAX_BYTES = 1_000_000

WORDS = ["the", "river", "and", "its", "border", "were", "subject", "of", "talks", "this", "week"]

HEAD = (
    "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n"
    'ETag: "{}"\r\nCache-Control: max-age=60\r\nConnection: keep-alive\r\n\r\n'
)

CRAWLER = """
import json, logging, sys, time
from newsplease import NewsPlease
from newsplease.crawler.simple_crawler import SimpleCrawler
logging.disable(logging.CRITICAL)
out, sys.stdout = sys.stdout, sys.stderr
for line in sys.stdin:
    name, urls = json.loads(line)
    started = time.perf_counter()
    if name == "news-please":
        came = NewsPlease.from_urls(urls, {"timeout": 60}, fetch_images=False)
    else:
        came = SimpleCrawler.fetch_urls(urls, {"timeout": 60})
    seconds = time.perf_counter() - started
    missing = sum(not came.get(url) for url in urls)
    print(json.dumps([seconds, missing]), file=out, flush=True)
"""


def page(number: int) -> bytes:
    """An invented article of 8 to 30 kB, with the head of its answer."""
    dice = random.Random(number)
    size, paragraphs, length = dice.randint(8_000, 30_000), [], 0
    while length < size:
        paragraphs.append(f"<p>{' '.join(dice.choices(WORDS, k=60)).capitalize()}.</p>")
        length += len(paragraphs[-1])
    title = f"<title>Talks on the border, part {number}</title>"
    body = f"<html><head>{title}</head><body><article>{''.join(paragraphs)}</article></body></html>"
    return HEAD.format(len(body), number).encode() + body.encode()


class Server(asyncio.Protocol):
    """Answers `GET /7` with page 7, as fast as may be."""

    pages: tuple[bytes, ...] = ()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.waiting = b""

    def data_received(self, data: bytes) -> None:
        """Answer every whole request."""
        *requests, self.waiting = (self.waiting + data).split(b"\r\n\r\n")
        for request in requests:
            number = int(request.split(b" ", 2)[1][1:])
            self.transport.write(self.pages[number % len(self.pages)])


def serve(port: Connection) -> None:
    """Serve on a free port, which is sent to `port`, until the process is ended."""

    async def forever() -> None:
        """Serve."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Server, "127.0.0.1", 0)
        port.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    Server.pages = tuple(page(number) for number in range(500))
    asyncio.run(forever())


@contextmanager
def served() -> Iterator[str]:
    """Address of a running server."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(there,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}"
    finally:
        process.terminate()
        process.join()


def our_lane(at_once: int) -> Lane:
    """A lane that fetches as the pipeline does, without its politeness."""
    visits = Visits(allow_private=True, obey_robots=False, delay_seconds=0, pages_per_run=1_000_000)
    limits = Limits(at_once=at_once, at_once_per_host=at_once)

    def lane(urls: list[str]) -> float:
        started = time.perf_counter()
        with online(visits, limits) as web:
            answers = dict(web.each([Ask(url) for url in urls], MAX_BYTES))
        seconds = time.perf_counter() - started
        assert all(answers[index].content for index in range(len(urls)))
        return seconds

    return lane


def plain_lane(client_of: Any, at_once: int) -> Lane:
    """A lane that gets all pages with `httpx` or a module like it, a few at once."""

    async def all_pages(urls: list[str]) -> list[bytes]:
        few = asyncio.Semaphore(at_once)
        limits = client_of.Limits(max_connections=at_once)
        async with client_of.AsyncClient(limits=limits) as client:

            async def one(url: str) -> bytes:
                async with few:
                    content: bytes = (await client.get(url)).content
                    return content

            return await asyncio.gather(*(one(url) for url in urls))

    def lane(urls: list[str]) -> float:
        started = time.perf_counter()
        pages = asyncio.run(all_pages(urls))
        seconds = time.perf_counter() - started
        assert all(pages)
        return seconds

    return lane


@contextmanager
def news_please(python: str) -> Iterator[dict[str, Lane]]:
    """Lanes of news-please, which runs in a process of its own interpreter."""
    process = subprocess.Popen(
        [python, "-c", CRAWLER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def lane_of(name: str) -> Lane:
        def lane(urls: list[str]) -> float:
            assert process.stdin and process.stdout
            print(json.dumps([name, urls]), file=process.stdin, flush=True)
            seconds, missing = json.loads(process.stdout.readline())
            assert not missing, f"{name}: {missing} of {len(urls)} pages did not come"
            return float(seconds)

        return lane

    with process:
        yield {name: lane_of(name) for name in CALLS}
        assert process.stdin
        process.stdin.close()


def race(lanes: dict[str, Lane], base: str, pages: int, rounds: int) -> dict[str, list[float]]:
    """Pages per second of every round by lane; the first round warms up and does not count."""
    speeds: dict[str, list[float]] = {name: [] for name in lanes}
    for number in range(rounds + 1):
        for name, lane in lanes.items():
            urls = [f"{base}/{index}" for index in range(min(pages, CALLS.get(name, pages)))]
            seconds = lane(urls)
            if number:
                speeds[name].append(len(urls) / seconds)
    return speeds


def report(speeds: dict[str, list[float]]) -> None:
    """Print one line per lane: its speed, and how many times as fast we are."""
    print(
        f"\n{'pages per second':28} {'median':>8} {'least':>8} {'most':>8}   ours is so much faster"
    )
    for name, each in speeds.items():
        ratios = [ours / other for ours, other in zip(speeds[OURS], each, strict=True)]
        spread = f"{statistics.median(ratios):8.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
        figures = (statistics.median(each), min(each), max(each))
        print(f"{name:28}", *(f"{figure:8.0f}" for figure in figures), spread)


def asked() -> argparse.Namespace:
    """What was typed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--news-please", metavar="PYTHON", help="interpreter that has news-please")
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--at-once", type=int, default=16)
    return parser.parse_args()


def main() -> None:
    """Start a server, let all lanes fetch from it in turn and print the table."""
    typed = asked()
    lanes = {OURS: our_lane(typed.at_once), PLAIN: plain_lane(httpx2, typed.at_once)}
    if find_spec("httpx"):
        import httpx

        lanes["plain httpx"] = plain_lane(httpx, typed.at_once)
    with served() as base:
        if typed.news_please:
            with news_please(typed.news_please) as theirs:
                report(race(lanes | theirs, base, typed.pages, typed.rounds))
        else:
            report(race(lanes, base, typed.pages, typed.rounds))
            print("\nnews-please was left out; see --help and the head of this file")


if __name__ == "__main__":
    main()
