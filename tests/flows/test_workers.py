"""Work in processes of its own: what one item does to its worker hurts no other item."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil
import pytest

from etl.errors import WorkerLost
from flows.worker import Lost
from flows.workers import Limits, Workers
from tests.conftest import ROOT
from tests.flows import misbehaving

LIMITS = Limits(seconds=1, memory_bytes=300_000_000)

HANG_SECONDS = 60
"""Nothing here takes so long, unless it hangs."""

Do = Callable[[Sequence[tuple[str, Any]]], list[Any]]


@pytest.fixture
def pool() -> Iterator[Workers]:
    with Workers(f"{misbehaving.HERE}do", 2, LIMITS) as pool:
        yield pool


@pytest.fixture
def do(pool: Workers) -> Do:
    return lambda items: pool.map(items, len(items))


def until(holds: Callable[[], bool]) -> bool:
    """Whether something comes true in time."""
    end = time.monotonic() + HANG_SECONDS
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def test_results_keep_the_order_of_the_items(do: Do) -> None:
    results = do([("double", number) for number in range(200)])

    assert results == [2 * number for number in range(200)]


def own_workers() -> list[psutil.Process]:
    """Workers of this process; other tests may have left a Postgres running."""
    children = psutil.Process().children()
    return [child for child in children if "flows.worker" in " ".join(child.cmdline())]


def test_no_item_starts_no_worker(do: Do) -> None:
    assert do([]) == []
    assert own_workers() == []


@pytest.mark.parametrize(
    ("what", "value", "reason"),
    [
        # On a busy machine the clock may be faster than the CPU.
        ("spin", None, r"took over \d seconds (of CPU time )?and was stopped"),
        ("search", 40, r"took over \d seconds (of CPU time )?and was stopped"),
        ("doze", None, r"took over 3 seconds and was stopped"),
        ("crash", None, r"ended its process: the worker was ended by SIGSEGV"),
        ("leave", 7, r"ended its process: the worker ended with status 7"),
        ("hoard", 2_000_000_000, r"took more memory than it may"),
    ],
)
def test_an_item_that_misbehaves_is_lost_alone(do: Do, what: str, value: Any, reason: str) -> None:
    first, lost, *rest = do([("double", 1), (what, value), ("double", 2), ("double", 3)])

    assert [first, *rest] == [2, 4, 6]
    assert isinstance(lost, Lost)
    assert re.fullmatch(reason, lost.reason)


def test_many_bad_items_among_good_ones_are_told_apart(do: Do) -> None:
    items = [("leave", 1) if number % 20 == 0 else ("double", number) for number in range(120)]

    results = do(items)

    assert [type(result) for result in results].count(Lost) == 6
    assert all(
        isinstance(result, Lost) if number % 20 == 0 else result == 2 * number
        for number, result in enumerate(results)
    )


def test_an_item_whose_worker_was_killed_from_outside_is_tried_once_more(
    do: Do, tmp_path: Path
) -> None:
    mark = str(tmp_path / "mark")

    assert do([("crash_once", mark)]) == [mark]


def test_few_items_have_one_worker_and_it_is_kept(do: Do) -> None:
    first, second = do([("process", None)] * 10), do([("process", None)] * 10)

    assert len({*first, *second}) == 1


def test_many_items_have_as_many_workers_as_allowed(do: Do) -> None:
    assert len(set(do([("process", None)] * 2_000))) == 2


def test_a_worker_that_holds_on_to_memory_is_replaced(do: Do) -> None:
    first, second = do([("keep", 200_000_000), ("process", None)])

    assert first != second


def test_a_worker_killed_between_items_costs_nothing(do: Do) -> None:
    [pid] = do([("process", None)])
    os.kill(pid, signal.SIGKILL)

    [other] = do([("process", None)])

    assert other != pid


def test_a_worker_that_cannot_keep_its_limits_is_killed_from_here(
    do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.workers.GRACE_SECONDS", 0.5)
    [pid] = do([("process", None)])
    os.kill(pid, signal.SIGSTOP)

    results = do([("double", 1)])

    assert results == [Lost("took over 3 seconds and was stopped")]
    assert not psutil.pid_exists(pid)


def test_what_the_function_raises_comes_out_and_the_pool_goes_on(do: Do) -> None:
    with pytest.raises(ValueError, match="no such item"):
        do([("double", 1), ("refuse", None), ("spin", None)])

    assert do([("double", 4)]) == [8]


def test_a_pool_that_is_closed_leaves_no_process(pool: Workers, do: Do) -> None:
    do([("process", None)] * 200)

    pool.close()

    assert own_workers() == []


def test_a_worker_that_cannot_start_is_an_error_of_the_run() -> None:
    with (
        Workers("tests.flows.nowhere:do", 1, LIMITS) as pool,
        pytest.raises(WorkerLost, match="status 1 before it began"),
    ):
        pool.map([1], 1)


@pytest.mark.parametrize("what", ["doze", "spin", "search"])
def test_a_killed_parent_leaves_no_worker(what: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.flows.misbehaving", what],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stderr
        worker = psutil.Process(int(parent.stderr.readline()))

        parent.kill()

    assert until(lambda: not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE)


def test_ctrl_c_ends_workers_without_a_word() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.flows.misbehaving", "doze"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as parent:
        assert parent.stderr
        worker = psutil.Process(int(parent.stderr.readline()))

        os.killpg(parent.pid, signal.SIGINT)
        said = parent.stderr.read()

    assert said.count("Traceback") == 1
    assert said.rstrip().endswith("KeyboardInterrupt")
    assert until(lambda: not worker.is_running())
