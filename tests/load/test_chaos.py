"""Whoever is killed, and whoever else publishes: the same rows in the end."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from etl.errors import EtlError
from etl.load import copy, migrate, runs, staging
from etl.load.embedded import EmbeddedPostgres
from etl.load.engine import connect
from tests.load.disturbed import (
    at_point,
    before,
    load_in_turn,
    load_until_killed,
    new,
    overlapping,
)
from tests.load.rows import dump, empty, load

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="kill -9 is a word of POSIX"),
]

SPAWN = multiprocessing.get_context("forkserver")
SPAWN.set_forkserver_preload(["tests.load.disturbed"])

CLIENT_KILLS = 8
SERVER_KILLS = 3


def spread(count: int, most: int) -> list[int]:
    """`most` points of `count`, evenly spread, first and last among them."""
    return sorted({1 + round(n * (count - 1) / (most - 1)) for n in range(most)})


def start_over(engine: sa.Engine) -> None:
    """Empty the warehouse but for one batch."""
    empty(engine)
    load(engine, before(), "before")


def points_of(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the points of an undisturbed load."""
    start_over(engine)
    counted = connect(engine.url.render_as_string(hide_password=False))
    with monkeypatch.context() as patch:
        patch.setattr(copy, "_messages", copy._messages)
        points = at_point(counted, -1, lambda: None)
        load(counted, new(), "undisturbed")
    counted.dispose()
    return points


def run_apart(target: Any, *arguments: Any) -> int | None:
    """Run a function in a process of its own; return its exit code."""
    process = SPAWN.Process(target=target, args=arguments, daemon=True)
    process.start()
    process.join(60)
    return process.exitcode


def test_a_client_killed_anywhere_can_run_again(
    warehouse: sa.Engine, warehouse_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    points = points_of(warehouse, monkeypatch)
    undisturbed = dump(warehouse)
    chosen = {*spread(len(points), CLIENT_KILLS), points.index("copy") + 2}

    for number in sorted(chosen):
        start_over(warehouse)

        assert run_apart(load_until_killed, warehouse_url, number, "killed") == -signal.SIGKILL

        load(warehouse, new(), "killed" if number % 2 else "another")
        assert dump(warehouse) == undisturbed, f"killed before {points[number - 1]!r}"
        staging.sweep(warehouse)
        left = [n for n in sa.inspect(warehouse).get_schema_names() if n.startswith("staging_")]
        assert left == []
    ended = {row["state"] for row in runs.status(warehouse)["runs"]}
    assert ended <= {"completed", "failed"}


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    """A server that may be killed."""
    server = EmbeddedPostgres(tmp_path / "pg", settings={"shared_buffers": "32MB"})
    with server.session():
        yield server


def kill_server(url: str) -> None:
    """Kill the postmaster, which would clean up, and then every backend."""
    engine = connect(url)
    with engine.connect() as connection:
        file = connection.scalar(sa.text("select pg_read_file('postmaster.pid')"))
        backends = list(connection.scalars(sa.text("select pid from pg_stat_activity")))
    for pid in [int(str(file).split()[0]), *backends]:
        os.kill(pid, signal.SIGKILL)
    engine.dispose()


def test_a_server_killed_anywhere_loses_nothing(
    own_server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    with own_server.session() as url:
        engine = connect(url)
        migrate.upgrade(engine)
        points = points_of(engine, monkeypatch)
        undisturbed = dump(engine)
        engine.dispose()

    for number in [*spread(len(points) - 1, SERVER_KILLS), points.index("copy") + 2]:
        with own_server.session() as url:
            engine = connect(url)
            start_over(engine)
            engine.dispose()
            broken = connect(url)
            with monkeypatch.context() as patch:
                patch.setattr(copy, "_messages", copy._messages)
                at_point(broken, number, lambda url=url: kill_server(url))
                with pytest.raises((EtlError, sa.exc.DBAPIError)):
                    load(broken, new(), "killed")
            broken.dispose()

        with own_server.session() as url:
            engine = connect(url)
            load(engine, new(), "again")
            assert dump(engine) == undisturbed, f"killed before {points[number - 1]!r}"
            engine.dispose()


def test_overlapping_publishers_end_alike(warehouse: sa.Engine, warehouse_url: str) -> None:
    for number, frames in enumerate(overlapping()):
        load(warehouse, frames, str(number))
    alone = dump(warehouse)
    empty(warehouse)

    orders = ([0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2])
    barrier = SPAWN.Barrier(len(orders))
    processes = [
        SPAWN.Process(target=load_in_turn, args=(warehouse_url, order, barrier)) for order in orders
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)

    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    assert dump(warehouse) == alone
