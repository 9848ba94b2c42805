"""The life of the embedded Postgres, with real servers, real processes and real kills."""

import os
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import psycopg
import pytest

from etl.load.embedded import EmbeddedPostgres
from tests.load.holders import (
    COMMIT,
    HOLD,
    VISIT,
    ask,
    first_line,
    kill,
    python,
    server_pid,
    serves,
)


def test_a_cold_start_answers_and_the_last_one_out_stops_the_server(fresh_home: Path) -> None:
    with EmbeddedPostgres(fresh_home).session() as url:
        answer = ask(url, "select current_database() || ' ' || upper('ключ') || version()")
        pid = server_pid(fresh_home)

    assert answer.startswith("warehouse КЛЮЧPostgreSQL 18")
    assert not serves(pid, fresh_home)
    assert not (fresh_home / "pg18" / "postmaster.pid").exists()


def test_what_was_loaded_is_there_in_the_next_session_at_the_same_address(used_home: Path) -> None:
    with EmbeddedPostgres(used_home).session() as url:
        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            connection.execute("create table kept as select 7 as n")
        ask(url, "select 1")

    with EmbeddedPostgres(used_home).session() as again:
        assert ask(again, "select n from kept") == "7"
    assert again == url


def test_threads_and_processes_share_one_server(used_home: Path) -> None:
    urls: list[str] = []

    def visit() -> None:
        with EmbeddedPostgres(used_home).session() as url:
            urls.append(url)

    with EmbeddedPostgres(used_home).session() as url:
        pid = server_pid(used_home)
        threads = [threading.Thread(target=visit) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with python(HOLD, used_home) as other:
            urls.append(first_line(other))
            other.communicate("\n")

        assert set(urls) == {url}
        assert len(urls) == 5
        assert server_pid(used_home) == pid
        assert ask(url, "select 1") == "1"
    assert not serves(pid, used_home)


def test_the_server_outlives_the_process_that_started_it_while_another_holds_it(
    used_home: Path,
) -> None:
    with python(HOLD, used_home) as starter:
        url = first_line(starter)
        with EmbeddedPostgres(used_home).session():
            starter.communicate("\n")
            pid = server_pid(used_home)
            assert ask(url, "select 1") == "1"

    assert not serves(pid, used_home)


def test_processes_that_come_and_go_together_never_miss_the_server(used_home: Path) -> None:
    visitors = [python(VISIT, used_home) for _ in range(4)]

    complaints = [visitor.communicate()[1] for visitor in visitors]

    assert complaints == [""] * 4
    assert not (used_home / "pg18" / "postmaster.pid").exists()


def test_a_killed_holder_leaks_nothing_after_the_next_session(used_home: Path) -> None:
    with python(HOLD, used_home) as holder:
        first_line(holder)
        kill(holder)
    pid = server_pid(used_home)
    assert serves(pid, used_home)

    with EmbeddedPostgres(used_home).session() as url:
        assert ask(url, "select 1") == "1"
        assert server_pid(used_home) == pid

    assert not serves(pid, used_home)


def test_no_acknowledged_commit_is_lost_when_server_and_holder_are_killed(used_home: Path) -> None:
    acknowledged: list[int] = []
    for _ in range(2):
        with python(COMMIT, used_home, len(acknowledged)) as writer:
            acknowledged.append(int(first_line(writer)))
            time.sleep(0.7)
            os.kill(server_pid(used_home), signal.SIGKILL)
            acknowledged += [int(line) for line in kill(writer).splitlines(keepends=False)]

    with EmbeddedPostgres(used_home).session() as url:
        stored = ask(url, "select string_agg(n::text, ',') from done").split(",")

    assert len(acknowledged) > 20
    assert {str(n) for n in acknowledged} <= set(stored)


def test_ctrl_c_in_the_terminal_reaches_the_holder_only(used_home: Path) -> None:
    with python(HOLD, used_home) as holder:
        url = first_line(holder)
        os.killpg(holder.pid, signal.SIGINT)
        time.sleep(0.2)

        assert ask(url, "select 1") == "1"
        holder.communicate("\n")


def test_variables_of_other_postgres_servers_do_not_leak_in(
    used_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PGDATA": "/nowhere", "PGPORT": "1", "PGUSER": "nobody"}.items():
        monkeypatch.setenv(name, value)

    with EmbeddedPostgres(used_home).session() as url:
        assert ask(url, "select current_user") == "etl"


def test_a_server_whose_port_was_taken_moves_to_another(used_home: Path) -> None:
    with EmbeddedPostgres(used_home).session() as url:
        port = int(ask(url, "show port"))

    with socket.create_server(("127.0.0.1", port)), EmbeddedPostgres(used_home).session() as moved:
        assert int(ask(moved, "show port")) != port
    with EmbeddedPostgres(used_home).session() as later:
        assert later == moved


def test_a_foreign_process_under_the_id_of_a_dead_server_does_not_stop_the_start(
    used_home: Path,
) -> None:
    pid_file = used_home / "pg18" / "postmaster.pid"
    with EmbeddedPostgres(used_home).session():
        written = pid_file.read_text()
        os.kill(server_pid(used_home), signal.SIGKILL)
    owner = (used_home / "pg18").stat()
    with subprocess.Popen(["sleep", "60"], user=owner.st_uid, group=owner.st_gid) as foreign:
        pid_file.write_text("\n".join([str(foreign.pid), *written.splitlines()[1:], ""]))

        with EmbeddedPostgres(used_home, start_seconds=20).session() as url:
            assert ask(url, "select 1") == "1"

        assert foreign.poll() is None
        foreign.kill()
