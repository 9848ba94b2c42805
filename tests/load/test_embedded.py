"""The embedded Postgres, with real servers, real processes and real kills."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from etl.errors import WarehouseUnreachable
from etl.load import embedded_binaries, embedded_files
from etl.load.embedded import EmbeddedPostgres

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another account")
with_proc = pytest.mark.skipif(not Path("/proc/self").exists(), reason="reads /proc")

HOLD = """
import signal, sys
from pathlib import Path
from etl.load.embedded import EmbeddedPostgres

signal.signal(signal.SIGINT, signal.SIG_IGN)
with EmbeddedPostgres(Path(sys.argv[1])).session() as url:
    print(url, flush=True)
    sys.stdin.readline()
"""

COMMIT = """
import sys
from pathlib import Path
import psycopg
from etl.load.embedded import EmbeddedPostgres

with EmbeddedPostgres(Path(sys.argv[1])).session() as url:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("create table if not exists done (n int)")
        for n in range(int(sys.argv[2]), 1_000_000):
            connection.execute("insert into done values (%s)", [n])
            print(n, flush=True)
"""

VISIT = """
import sys
from pathlib import Path
import psycopg
from etl.load.embedded import EmbeddedPostgres

for _ in range(3):
    with EmbeddedPostgres(Path(sys.argv[1])).session() as url:
        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            connection.execute("select 1")
"""


@contextmanager
def folder() -> Iterator[Path]:
    """A temporary folder for one server; whatever still runs there is stopped at the end."""
    with tempfile.TemporaryDirectory(prefix="etl-embedded-") as made:
        yield Path(made).resolve()
        EmbeddedPostgres(Path(made)).stop()


@pytest.fixture
def fresh() -> Iterator[Path]:
    """A folder where no server has run."""
    with folder() as path:
        yield path


@pytest.fixture(scope="module")
def shared_home() -> Iterator[Path]:
    """A folder where a server has run."""
    with folder() as path:
        with EmbeddedPostgres(path).session():
            pass
        yield path


@pytest.fixture
def home(shared_home: Path) -> Iterator[Path]:
    """A folder where servers of other tests have run, and none runs now."""
    yield shared_home
    EmbeddedPostgres(shared_home).stop()


def ask(url: str, question: str) -> str:
    """The one value a query returns, as text."""
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        row = connection.execute(question.encode()).fetchone()
        return str(row and row[0])


def server_pid(home: Path) -> int:
    """Process id of the running server."""
    pid = embedded_files.postmaster_pid(home / "pg18")
    assert pid is not None
    return pid


def serves(pid: int, home: Path) -> bool:
    """Whether a process is the server of `home`; false for its zombie."""
    return embedded_files.is_postmaster(pid, home / "pg18")


def python(
    script: str, *arguments: object, user: int | None = None, group: int | None = None
) -> subprocess.Popen[str]:
    """A Python of its own, leading its own process group."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
        user=user,
        group=group,
    )


def first_line(process: subprocess.Popen[str]) -> str:
    """The first line a process prints; what it complains about, if it prints none."""
    assert process.stdout is not None
    assert process.stderr is not None
    line = process.stdout.readline().strip()
    assert line, process.stderr.read()
    return line


def kill(process: subprocess.Popen[str]) -> str:
    """Kill a process at once; what it had printed and was not read yet."""
    process.kill()
    return process.communicate()[0]


def test_a_cold_start_answers_and_the_last_one_out_stops_the_server(fresh: Path) -> None:
    with EmbeddedPostgres(fresh).session() as url:
        answer = ask(url, "select current_database() || ' ' || upper('ключ') || version()")
        pid = server_pid(fresh)

    assert answer.startswith("warehouse КЛЮЧPostgreSQL 18")
    assert not serves(pid, fresh)
    assert not (fresh / "pg18" / "postmaster.pid").exists()


def test_what_was_loaded_is_there_in_the_next_session_at_the_same_address(home: Path) -> None:
    with EmbeddedPostgres(home).session() as url:
        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            connection.execute("create table kept as select 7 as n")
        ask(url, "select 1")

    with EmbeddedPostgres(home).session() as again:
        assert ask(again, "select n from kept") == "7"
    assert again == url


def test_threads_and_processes_share_one_server(home: Path) -> None:
    urls: list[str] = []

    def visit() -> None:
        with EmbeddedPostgres(home).session() as url:
            urls.append(url)

    with EmbeddedPostgres(home).session() as url:
        pid = server_pid(home)
        threads = [threading.Thread(target=visit) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with python(HOLD, home) as other:
            urls.append(first_line(other))
            other.communicate("\n")

        assert set(urls) == {url}
        assert len(urls) == 5
        assert server_pid(home) == pid
        assert ask(url, "select 1") == "1"
    assert not serves(pid, home)


def test_the_server_outlives_the_process_that_started_it_while_another_holds_it(
    home: Path,
) -> None:
    with python(HOLD, home) as starter:
        url = first_line(starter)
        with EmbeddedPostgres(home).session():
            starter.communicate("\n")
            pid = server_pid(home)
            assert ask(url, "select 1") == "1"

    assert not serves(pid, home)


def test_processes_that_come_and_go_together_never_miss_the_server(home: Path) -> None:
    visitors = [python(VISIT, home) for _ in range(4)]

    complaints = [visitor.communicate()[1] for visitor in visitors]

    assert complaints == [""] * 4
    assert not (home / "pg18" / "postmaster.pid").exists()


def test_a_killed_holder_leaks_nothing_after_the_next_session(home: Path) -> None:
    with python(HOLD, home) as holder:
        first_line(holder)
        kill(holder)
    pid = server_pid(home)
    assert serves(pid, home)

    with EmbeddedPostgres(home).session() as url:
        assert ask(url, "select 1") == "1"
        assert server_pid(home) == pid

    assert not serves(pid, home)


def test_no_acknowledged_commit_is_lost_when_server_and_holder_are_killed(home: Path) -> None:
    acknowledged: list[int] = []
    for _ in range(2):
        with python(COMMIT, home, len(acknowledged)) as writer:
            acknowledged.append(int(first_line(writer)))
            time.sleep(0.7)
            os.kill(server_pid(home), signal.SIGKILL)
            acknowledged += [int(line) for line in kill(writer).splitlines(keepends=False)]

    with EmbeddedPostgres(home).session() as url:
        stored = ask(url, "select string_agg(n::text, ',') from done").split(",")

    assert len(acknowledged) > 20
    assert {str(n) for n in acknowledged} <= set(stored)


def test_ctrl_c_in_the_terminal_reaches_the_holder_only(home: Path) -> None:
    with python(HOLD, home) as holder:
        url = first_line(holder)
        os.killpg(holder.pid, signal.SIGINT)
        time.sleep(0.2)

        assert ask(url, "select 1") == "1"
        holder.communicate("\n")


def test_the_password_is_for_its_owner_and_the_server_for_this_machine(home: Path) -> None:
    with EmbeddedPostgres(home).session() as url:
        port = int(ask(url, "show port"))

        assert stat.S_IMODE((home / "connection.json").stat().st_mode) == 0o600
        assert (home / "connection.json").stat().st_uid == os.geteuid()
        assert stat.S_IMODE((home / "pg18").stat().st_mode) == 0o700
        assert ask(url, "show listen_addresses") == "127.0.0.1"
        assert ask(url, "show unix_socket_directories") == ""
        with socket.socket() as elsewhere:
            elsewhere.settimeout(1)
            assert elsewhere.connect_ex(("127.0.0.2", port)) != 0
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(f"postgresql://etl:wrong@127.0.0.1:{port}/warehouse")


def test_variables_of_other_postgres_servers_do_not_leak_in(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PGDATA": "/nowhere", "PGPORT": "1", "PGUSER": "nobody"}.items():
        monkeypatch.setenv(name, value)

    with EmbeddedPostgres(home).session() as url:
        assert ask(url, "select current_user") == "etl"


def test_a_server_whose_port_was_taken_moves_to_another(home: Path) -> None:
    with EmbeddedPostgres(home).session() as url:
        port = int(ask(url, "show port"))

    with socket.create_server(("127.0.0.1", port)), EmbeddedPostgres(home).session() as moved:
        assert int(ask(moved, "show port")) != port
    with EmbeddedPostgres(home).session() as later:
        assert later == moved


def test_a_half_made_data_folder_is_ignored_and_removed(fresh: Path) -> None:
    (fresh / "draft-1a2b3c4d" / "data").mkdir(parents=True)
    (fresh / "draft-1a2b3c4d" / "data" / "PG_VERSION").write_text("18\n")
    (fresh / "connection.json").write_text('{"port": 1, "password": "x", "data": "pg18"}')

    with EmbeddedPostgres(fresh).session() as url:
        assert ask(url, "select 1") == "1"

    assert not list(fresh.glob("draft-*"))


def test_a_foreign_process_under_the_id_of_a_dead_server_does_not_stop_the_start(
    home: Path,
) -> None:
    pid_file = home / "pg18" / "postmaster.pid"
    with EmbeddedPostgres(home).session():
        written = pid_file.read_text()
        os.kill(server_pid(home), signal.SIGKILL)
    owner = (home / "pg18").stat()
    with subprocess.Popen(["sleep", "60"], user=owner.st_uid, group=owner.st_gid) as foreign:
        pid_file.write_text("\n".join([str(foreign.pid), *written.splitlines()[1:], ""]))

        with EmbeddedPostgres(home, start_seconds=20).session() as url:
            assert ask(url, "select 1") == "1"

        assert foreign.poll() is None
        foreign.kill()


def test_a_lost_connection_file_is_named_and_the_data_stay(fresh: Path) -> None:
    with EmbeddedPostgres(fresh).session():
        pass
    (fresh / "connection.json").unlink()

    with (
        pytest.raises(WarehouseUnreachable, match=r"connection\.json: missing, but .*pg18 holds"),
        EmbeddedPostgres(fresh).session(),
    ):
        pass

    assert (fresh / "pg18" / "PG_VERSION").exists()


def test_a_server_that_cannot_start_says_why_in_one_line(home: Path) -> None:
    broken = EmbeddedPostgres(home, settings={"shared_buffers": "plenty"})

    with pytest.raises(WarehouseUnreachable) as caught, broken.session():
        pass

    assert 'invalid value for parameter "shared_buffers": "plenty"' in str(caught.value)
    assert "postgres.log" in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_log_that_has_grown_is_put_aside_at_the_next_start(home: Path) -> None:
    log = home / "postgres.log"
    with log.open("wb") as file:
        file.truncate(embedded_files.LOG_BYTES + 1)

    with EmbeddedPostgres(home).session():
        pass

    assert log.stat().st_size < 100_000
    assert (home / "postgres.log.1").stat().st_size > embedded_files.LOG_BYTES


@as_root
@with_proc
def test_the_server_of_root_runs_as_an_account_without_rights(home: Path) -> None:
    with EmbeddedPostgres(home).session():
        assert Path(f"/proc/{server_pid(home)}").stat().st_uid != 0
        assert (home / "pg18").stat().st_uid != 0


@as_root
def test_a_home_closed_to_the_account_keeps_its_data_elsewhere(fresh: Path) -> None:
    closed = fresh / "closed"
    closed.mkdir(mode=0o700)
    inner = closed / "postgres"

    with EmbeddedPostgres(inner).session() as url:
        ask(url, "select 1")
    with EmbeddedPostgres(inner).session() as again:
        known = embedded_files.read_connection(inner / "connection.json")

    assert again == url
    assert known
    assert not known.data.is_relative_to(fresh)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@as_root
def test_data_kept_elsewhere_go_when_their_temporary_home_is_gone(fresh: Path) -> None:
    account = embedded_binaries.server_account(fresh)
    homes = [fresh / "first", fresh / "second", fresh / "third"]
    for closed in homes:
        closed.mkdir(mode=0o700)

    first = embedded_binaries.reachable_place(account, homes[0])
    second = embedded_binaries.reachable_place(account, homes[1])
    homes[0].rmdir()
    third = embedded_binaries.reachable_place(account, homes[2])

    assert [place.exists() for place in (first, second, third)] == [False, True, True]


@as_root
def test_programs_closed_to_the_account_are_copied(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = embedded_binaries._installed().parents[1]
    closed, common = fresh / "closed", fresh / "common"
    closed.mkdir(mode=0o700)
    fresh.chmod(0o711)
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, closed / part.name, symlinks=True)
    inside = closed / package.name / "pginstall18" / "bin"
    monkeypatch.setattr(embedded_binaries, "_installed", lambda: inside)
    monkeypatch.setattr(embedded_binaries, "COMMON", common)

    tools = embedded_binaries.programs(embedded_binaries.server_account(fresh))

    assert tools.folder.is_relative_to(common)
    assert tools.run("initdb", "--version").output.startswith("initdb (PostgreSQL) 18")


@as_root
def test_an_ordinary_user_needs_no_root(fresh: Path) -> None:
    account = embedded_binaries.server_account(fresh)
    assert account
    probe = (sys.executable, "-c", "import etl.load.embedded")
    try:
        readable = embedded_binaries.run_as(account, *probe).code == 0
    except PermissionError:
        readable = False
    if not readable:
        pytest.skip(f"{sys.executable} or its packages are closed to ordinary users")
    os.chown(fresh, account.uid, account.gid)

    with python(HOLD, fresh, user=account.uid, group=account.gid) as holder:
        answer = ask(first_line(holder), "select 1")
        holder.communicate("\n")

    assert answer == "1"
    assert (fresh / "connection.json").stat().st_uid == account.uid
    assert not (fresh / "pg18" / "postmaster.pid").exists()
