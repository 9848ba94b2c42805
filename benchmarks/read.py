"""Our reading of pages beside other readers, in one interleaved run.

    python -m benchmarks.read [--peers FOLDER] [--pages 200] [--rounds 5]

All lanes read the same labelled pages of `../shared/eval/pages` (scrapinghub, wcxb) from memory,
each in a process of its own, in turns, so that a busy machine slows all of them; only ratios
mean something on another machine. The first round warms up and does not count.

* ours: `etl.transform.pages.read`, the whole of it: charset, title, date, authors, body,
  references, language. With two processes: `flows.reading.Readers`, as runs do it.
* trafilatura: `bare_extraction` with metadata, as it comes; and with `fast=True`.
* newspaper4k: `article()` of the HTML, without downloads. readability-lxml: `Document`, its
  summary and title.
* lxml: `lxml.html.fromstring` of the bytes and nothing else.

Pages per second of CPU time come from one process; seconds by the clock from one and from two.
The peak is that of a process with all pages in memory. newspaper4k and readability-lxml are no
dependencies: `pip install --target FOLDER newspaper4k readability-lxml`, then `--peers FOLDER`.
"""

import argparse
import gzip
import logging
import multiprocessing
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

SETS = ("scrapinghub", "wcxb")
PAGES = Path(__file__).parents[2] / "shared" / "eval" / "pages"
MAX_BYTES = 5_000_000
URL = "https://herald.example/a"

Reader = Callable[[Sequence[bytes]], int]
"""Reads pages; returns how many gave nothing."""


class Turn(NamedTuple):
    """What one process did in its turn."""

    pages: int
    lost: int
    cpu_seconds: float
    peak_bytes: int


def one_by_one(read: Callable[[bytes], Any]) -> Reader:
    """A reader that takes pages one after another."""

    def reader(pages: Sequence[bytes]) -> int:
        lost = 0
        for page in pages:
            try:
                lost += not read(page)
            # A page that a reader cannot take costs it the page, not the race.
            except Exception:
                lost += 1
        return lost

    return reader


def ours() -> Reader:
    """Our reading, in this process."""
    from etl.transform import pages as ours

    return lambda pages: ours.read(frame(pages), "en", "UTC", MAX_BYTES)[1].height


def ours_by_two() -> Reader:
    """Our reading, in two processes that are started before the first turn counts."""
    from flows.reading import Readers

    readers = Readers(2, 20)
    return lambda pages: readers.read(frame(pages), "en", "UTC", MAX_BYTES)[1].height


def frame(pages: Sequence[bytes]) -> Any:
    """Pages as a `raw` frame."""
    import polars as pl

    from etl.schema.frames import RAW

    told = {"fetched_at": datetime(2026, 1, 5, tzinfo=UTC), "status": 200}
    rows = [
        {"url": f"{URL}/{n}", "article_url": f"{URL}/{n}", "address": f"{URL}/{n}", **told}
        | {"content": page, "content_hash": sha256(page).hexdigest()}
        for n, page in enumerate(pages)
    ]
    return pl.DataFrame(rows, schema=RAW)


def trafilatura(*, is_fast: bool) -> Reader:
    """The reading of trafilatura itself."""
    from trafilatura import bare_extraction

    return one_by_one(lambda page: bare_extraction(page, with_metadata=True, fast=is_fast))


def newspaper() -> Reader:
    """The reading of newspaper4k."""
    import newspaper

    def read(page: bytes) -> bool:
        article = newspaper.article(URL, input_html=text(page), fetch_images=False)
        return bool(article.text)

    return one_by_one(read)


def readability() -> Reader:
    """The reading of readability-lxml."""
    from readability import Document

    def read(page: bytes) -> bool:
        document = Document(text(page))
        return bool(document.summary() and document.title())

    return one_by_one(read)


def bare() -> Reader:
    """A tree of the page and nothing else."""
    from lxml.html import fromstring

    return one_by_one(lambda page: fromstring(page) is not None)


def text(page: bytes) -> str:
    """The page for those who take no bytes."""
    return page.decode("utf-8", "replace")


OURS, BARE = "ours", "lxml: parse alone"

LANES: dict[str, Callable[[], Reader]] = {
    OURS: ours,
    "trafilatura": partial(trafilatura, is_fast=False),
    "trafilatura, fast": partial(trafilatura, is_fast=True),
    "newspaper4k": newspaper,
    "readability-lxml": readability,
    BARE: bare,
}


def load(count: int) -> list[bytes]:
    """`count` pages, evenly out of all sets; an empty list if there are none."""
    files = sorted(path for name in SETS for path in (PAGES / name / "html").glob("*.html*"))
    step = max(len(files) / count, 1)
    chosen = [files[int(n * step)] for n in range(min(count, len(files)))]
    return [
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for path in chosen
    ]


def serve(make: Callable[[], Reader], count: int, peers: str | None, pipe: Connection) -> None:
    """Read one share of the pages after another, until there is none; tell how it went."""
    logging.disable(logging.CRITICAL)
    # At the end: what both need is ours.
    sys.path += [peers] if peers else []
    try:
        read = make()
    except ImportError:
        pipe.send(False)
        return
    pages = load(count)
    pipe.send(True)
    while (share := pipe.recv()) is not None:
        mine = pages[share]
        began = time.process_time()
        lost = read(mine)
        seconds = time.process_time() - began
        kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        pipe.send(Turn(len(mine), lost, seconds, kilobytes * 1024))


@contextmanager
def served(
    make: Callable[[], Reader], count: int, peers: str | None
) -> Iterator[Connection | None]:
    """A process that reads, as the pipe to it; None if what it needs is not installed."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=serve, args=(make, count, peers, there)
    )
    process.start()
    is_there = here.recv()
    try:
        yield here if is_there else None
    finally:
        if is_there:
            here.send(None)
        process.join()


Timed = tuple[list[Turn], float]
"""Turns that ran at one time, and seconds by the clock."""


def together(pipes: Sequence[Connection]) -> Timed:
    """All pages, shared by processes that read at one time."""
    began = time.perf_counter()
    for number, pipe in enumerate(pipes):
        pipe.send(slice(number, None, len(pipes)))
    return [pipe.recv() for pipe in pipes], time.perf_counter() - began


def race(lanes: dict[str, list[list[Connection]]], rounds: int) -> dict[str, list[list[Timed]]]:
    """What each lane did with one and two processes, round by round; the first does not count."""
    told: dict[str, list[list[Timed]]] = {name: [] for name in lanes}
    for number in range(rounds + 1):
        for name, ways in lanes.items():
            turn = [together(pipes) for pipes in ways]
            if number:
                told[name].append(turn)
    return told


def report(told: dict[str, list[list[Timed]]]) -> None:
    """Print one line a lane."""
    print(
        f"{'':20} {'pages per second of CPU':^28} {'x parse':>8} {'by the clock':^17} {'peak':>7}"
    )
    print(
        f"{'':20} {'median':>10} {'least':>8} {'most':>8} {'':>8} {'one':>8} {'two':>8} {'MB':>7}"
    )
    bare_seconds = [cpu(turn) for turn in told[BARE]]
    for name, turns in told.items():
        alone = [turn[0][0][0] for turn in turns]
        speeds = [turn.pages / turn.cpu_seconds for turn in alone]
        ratio = statistics.median(
            cpu(turn) / bare for turn, bare in zip(turns, bare_seconds, strict=True)
        )
        clock = [
            statistics.median(sum(t.pages for t in turn[way][0]) / turn[way][1] for turn in turns)
            for way in (0, 1)
        ]
        peak = max(turn.peak_bytes for turn in alone) / 1e6
        figures = (statistics.median(speeds), min(speeds), max(speeds))
        print(
            f"{name:20} {figures[0]:10.1f} {figures[1]:8.1f} {figures[2]:8.1f} {ratio:8.1f}"
            f" {clock[0]:8.1f} {clock[1]:8.1f} {peak:7.0f}",
            f"  ({alone[0].lost} of {alone[0].pages} gave nothing)" if alone[0].lost else "",
        )


def cpu(turn: list[Timed]) -> float:
    """CPU time of the process that read alone."""
    return turn[0][0][0].cpu_seconds


def asked() -> argparse.Namespace:
    """What was typed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--peers", metavar="FOLDER", help="folder with newspaper4k and the like")
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def main() -> None:
    """Start two processes a lane, let all of them read in turn and print the table."""
    typed = asked()
    if not load(1):
        sys.exit(f"no pages in {PAGES}: this benchmark needs the shared evaluation sets")
    with ExitStack() as stack:
        lanes: dict[str, list[list[Connection]]] = {}
        for name, make in LANES.items():
            makes = (make, ours_by_two) if name == OURS else (make, make)
            pipes = [stack.enter_context(served(m, typed.pages, typed.peers)) for m in makes]
            one, two = pipes
            if one is None or two is None:
                print(f"{name} was left out: it is not installed; see the head of this file")
                continue
            lanes[name] = [[one], [two] if name == OURS else [one, two]]
        report(race(lanes, typed.rounds))


if __name__ == "__main__":
    main()
