"""Items through a function in processes that may be killed: one item never takes the rest along.

A worker is a fresh interpreter that knows one function by its name and gets one item at a time.
What takes too long or too much memory ends its worker, and no more than that: the item is `Lost`,
with the reason, and another worker goes on. Workers are started when there is work for them and
kept until the pool is closed. They are no forks, for this process may have threads, and they do
not import its main module; a worker whose parent is gone ends by itself.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, NamedTuple, Self

from etl.errors import WorkerLost
from flows.worker import READY, WALL_FACTOR, Answer, Lost

START_SECONDS = 120
"""What a worker may take to start: two seconds on a free machine."""

GRACE_SECONDS = 10
"""After which a worker that should have ended itself by the clock is killed from here: it is
stopped, or cannot be told to end."""

ITEMS_PER_WORKER = 50
"""Items for which one more worker is started: to start costs it two seconds of CPU."""

MOST_TRIES = 2
"""Workers that may die over one item for no reason of ours: the first may have been killed for
the sake of another program."""

CODE = "import sys; sys.path[:] = sys.argv[6:]; from flows.worker import main; main(*sys.argv[1:6])"
"""What a worker does first: look for modules where this process does."""


class Limits(NamedTuple):
    """What one item may take."""

    seconds: float
    """CPU time; three times as much by the clock."""

    memory_bytes: int
    """Beyond what a fresh worker has."""


class _Task(NamedTuple):
    """An item, its place, and how often a worker has died over it."""

    place: int
    item: Any
    tries: int = 1


@dataclass(eq=False)
class _Worker:
    """A worker as this process sees it."""

    process: subprocess.Popen[bytes]
    connection: Connection
    deadline: float
    """When it is killed if it has not answered, on the monotonic clock."""

    task: _Task | None = None
    is_ready: bool = False

    def close(self) -> int:
        """End the worker; its exit status."""
        self.connection.close()
        self.process.kill()
        return self.process.wait()


class Workers:
    """A pool of workers; use it as a context, or close it."""

    def __init__(self, work: str, most: int, limits: Limits) -> None:
        """A pool without any worker yet.

        Args:
            work: The function, as `package.module:name`; it gets one item. What it takes and gives
                is pickled.
            most: Workers at one time.
            limits: Of one item.
        """
        self._work = work
        self._most = max(most, 1)
        self._limits = limits
        self._workers: list[_Worker] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        """The pool itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """End all workers; the pool may be used again."""
        while self._workers:
            self._workers.pop().close()

    def warm(self) -> None:
        """Start a worker, if there is none, and don't wait for it: there will be work soon."""
        with self._lock:
            if not self._workers:
                self._workers.append(self._start())

    def map(self, items: Iterable[Any], count: int) -> list[Any]:
        """What the function gives for each of `count` items, or `Lost`, in their order.

        Raises:
            WorkerLost: A worker could not be started.
            Exception: What the function raised; no more items are read then.
        """
        with self._lock:
            results: list[Any] = [None] * count
            try:
                self._run(items, min(self._most, 1 + count // ITEMS_PER_WORKER), results)
            finally:
                # Workers in the middle of an item would give its answer to the next question.
                for worker in [w for w in self._workers if w.task is not None]:
                    self._drop(worker)
            return results

    def _run(self, items: Iterable[Any], most: int, results: list[Any]) -> None:
        """Put the result of every item into its place."""
        tasks = (_Task(place, item) for place, item in enumerate(items))
        again: deque[_Task] = deque()
        task = next(tasks, None)
        while task or self._busy():
            while task and (worker := self._idle(most)):
                self._give(worker, task)
                task = again.popleft() if again else next(tasks, None)
            for worker in self._heard():
                again.extend(self._take(worker, results))
            if task is None and again:
                task = again.popleft()

    def _busy(self) -> list[_Worker]:
        """Workers that have an item."""
        return [worker for worker in self._workers if worker.task is not None]

    def _idle(self, most: int) -> _Worker | None:
        """A worker that can take an item, or None; others are started up to `most`."""
        while len(self._workers) < most:
            self._workers.append(self._start())
        return next((w for w in self._workers if w.is_ready and w.task is None), None)

    def _start(self) -> _Worker:
        """A new worker; it says by itself when it is ready."""
        here, there = Pipe()
        told = (there.fileno(), os.getpid(), self._work, *self._limits)
        # -P: no module is taken from the current folder in place of one of Python's own.
        command = [sys.executable, "-P", "-c", CODE, *map(str, told), *sys.path]
        with there:
            process = subprocess.Popen(
                command,
                pass_fds=[there.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                # Ctrl-C is for this process, which ends its workers then.
                process_group=0,
            )
        return _Worker(process, here, time.monotonic() + START_SECONDS)

    def _give(self, worker: _Worker, task: _Task) -> None:
        """Hand an item to a worker; if it is gone, that shows when it is listened to."""
        worker.task = task
        seconds = self._limits.seconds * WALL_FACTOR + GRACE_SECONDS
        worker.deadline = time.monotonic() + seconds
        with suppress(ConnectionError):
            worker.connection.send(task.item)

    def _heard(self) -> Iterator[_Worker]:
        """Workers that have something to say, or have ended; waits for the first one."""
        waiting = [w for w in self._workers if w.task or not w.is_ready]
        left = min(worker.deadline for worker in waiting) - time.monotonic()
        heard = wait([worker.connection for worker in waiting], max(left, 0))
        now = time.monotonic()
        for worker in waiting:
            if worker.connection in heard:
                yield worker
            elif worker.deadline <= now:
                worker.process.kill()
                yield worker

    def _take(self, worker: _Worker, results: list[Any]) -> list[_Task]:
        """Put what a worker answers into its place; its item, if it is to be tried once more."""
        try:
            answer = worker.connection.recv()
        except (EOFError, OSError):
            return self._mourn(worker, results)
        if answer == READY:
            worker.is_ready = True
            return []
        assert isinstance(answer, Answer)
        assert worker.task is not None
        if answer.error is not None:
            raise answer.error
        results[worker.task.place] = answer.result
        worker.task = None
        if answer.is_worn:
            self._drop(worker)
        return []

    def _drop(self, worker: _Worker) -> None:
        """End a worker and forget it."""
        self._workers.remove(worker)
        worker.close()

    def _mourn(self, worker: _Worker, results: list[Any]) -> list[_Task]:
        """Note an item as lost with its worker; the item itself, if it is to be tried once more.

        Raises:
            WorkerLost: The worker died before it had one.
        """
        task, is_late = worker.task, time.monotonic() >= worker.deadline
        status = _status(worker.process)
        self._drop(worker)
        if task is None:
            raise WorkerLost(f"{_end(status)} before it began to work; what it said is above")
        reason = self._limit_reached(-signal.SIGALRM if is_late else status)
        if reason is None and task.tries < MOST_TRIES:
            return [task._replace(tries=task.tries + 1)]
        results[task.place] = Lost(reason or f"ended its process: {_end(status)}")
        return []

    def _limit_reached(self, status: int) -> str | None:
        """The limit that ended a worker with this exit status; None if none of ours did."""
        seconds = self._limits.seconds
        if status == -signal.SIGPROF:
            return f"took over {seconds:g} seconds of CPU time and was stopped"
        if status == -signal.SIGALRM:
            return f"took over {seconds * WALL_FACTOR:g} seconds and was stopped"
        return None


def _status(process: subprocess.Popen[bytes]) -> int:
    """The exit status of a process that has closed its pipe, and so is ending."""
    try:
        return process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _end(status: int) -> str:
    """An exit status in words."""
    if status >= 0:
        return f"the worker ended with status {status}"
    try:
        return f"the worker was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"the worker was ended by signal {-status}"
