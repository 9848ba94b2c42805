"""What the embedded Postgres keeps on disk, where, and for whom."""

import os
import shutil
import socket
import stat
import sys
from pathlib import Path

import psycopg
import pytest

from etl.errors import WarehouseUnreachable
from etl.load import embedded_binaries, embedded_files
from etl.load.embedded import EmbeddedPostgres
from tests.load.holders import (
    HOLD,
    ask,
    first_line,
    python,
    server_pid,
)

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another account")
with_proc = pytest.mark.skipif(not Path("/proc/self").exists(), reason="reads /proc")


def test_the_password_is_for_its_owner_and_the_server_for_this_machine(used_home: Path) -> None:
    with EmbeddedPostgres(used_home).session() as url:
        port = int(ask(url, "show port"))

        assert stat.S_IMODE((used_home / "connection.json").stat().st_mode) == 0o600
        assert (used_home / "connection.json").stat().st_uid == os.geteuid()
        assert stat.S_IMODE((used_home / "pg18").stat().st_mode) == 0o700
        assert ask(url, "show listen_addresses") == "127.0.0.1"
        assert ask(url, "show unix_socket_directories") == ""
        with socket.socket() as elsewhere:
            elsewhere.settimeout(1)
            assert elsewhere.connect_ex(("127.0.0.2", port)) != 0
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(f"postgresql://etl:wrong@127.0.0.1:{port}/warehouse")


def test_a_half_made_data_folder_is_ignored_and_removed(fresh_home: Path) -> None:
    (fresh_home / "draft-1a2b3c4d" / "data").mkdir(parents=True)
    (fresh_home / "draft-1a2b3c4d" / "data" / "PG_VERSION").write_text("18\n")
    (fresh_home / "connection.json").write_text('{"port": 1, "password": "x", "data": "pg18"}')

    with EmbeddedPostgres(fresh_home).session() as url:
        assert ask(url, "select 1") == "1"

    assert not list(fresh_home.glob("draft-*"))


def test_a_lost_connection_file_is_named_and_the_data_stay(fresh_home: Path) -> None:
    with EmbeddedPostgres(fresh_home).session():
        pass
    (fresh_home / "connection.json").unlink()

    with (
        pytest.raises(WarehouseUnreachable, match=r"connection\.json: missing, but .*pg18 holds"),
        EmbeddedPostgres(fresh_home).session(),
    ):
        pass

    assert (fresh_home / "pg18" / "PG_VERSION").exists()


def test_a_server_that_cannot_start_says_why_in_one_line(used_home: Path) -> None:
    broken = EmbeddedPostgres(used_home, settings={"shared_buffers": "plenty"})

    with pytest.raises(WarehouseUnreachable) as caught, broken.session():
        pass

    assert 'invalid value for parameter "shared_buffers": "plenty"' in str(caught.value)
    assert "postgres.log" in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_log_that_has_grown_is_put_aside_at_the_next_start(used_home: Path) -> None:
    log = used_home / "postgres.log"
    with log.open("wb") as file:
        file.truncate(embedded_files.LOG_BYTES + 1)

    with EmbeddedPostgres(used_home).session():
        pass

    assert log.stat().st_size < 100_000
    assert (used_home / "postgres.log.1").stat().st_size > embedded_files.LOG_BYTES


@as_root
@with_proc
def test_the_server_of_root_runs_as_an_account_without_rights(used_home: Path) -> None:
    with EmbeddedPostgres(used_home).session():
        assert Path(f"/proc/{server_pid(used_home)}").stat().st_uid != 0
        assert (used_home / "pg18").stat().st_uid != 0


@as_root
def test_a_home_closed_to_the_account_keeps_its_data_elsewhere(fresh_home: Path) -> None:
    closed = fresh_home / "closed"
    closed.mkdir(mode=0o700)
    inner = closed / "postgres"

    with EmbeddedPostgres(inner).session() as url:
        ask(url, "select 1")
    with EmbeddedPostgres(inner).session() as again:
        known = embedded_files.read_connection(inner / "connection.json")

    assert again == url
    assert known
    assert not known.data.is_relative_to(fresh_home)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@as_root
def test_data_kept_elsewhere_go_when_their_temporary_home_is_gone(fresh_home: Path) -> None:
    account = embedded_binaries.server_account(fresh_home)
    homes = [fresh_home / "first", fresh_home / "second", fresh_home / "third"]
    for closed in homes:
        closed.mkdir(mode=0o700)

    first = embedded_binaries.reachable_place(account, homes[0])
    second = embedded_binaries.reachable_place(account, homes[1])
    homes[0].rmdir()
    third = embedded_binaries.reachable_place(account, homes[2])

    assert [place.exists() for place in (first, second, third)] == [False, True, True]


@as_root
def test_programs_closed_to_the_account_are_copied(
    fresh_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = embedded_binaries._installed().parents[1]
    closed, common = fresh_home / "closed", fresh_home / "common"
    closed.mkdir(mode=0o700)
    fresh_home.chmod(0o711)
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, closed / part.name, symlinks=True)
    inside = closed / package.name / "pginstall18" / "bin"
    monkeypatch.setattr(embedded_binaries, "_installed", lambda: inside)
    monkeypatch.setattr(embedded_binaries, "COMMON", common)

    tools = embedded_binaries.programs(embedded_binaries.server_account(fresh_home))

    assert tools.folder.is_relative_to(common)
    assert tools.run("initdb", "--version").output.startswith("initdb (PostgreSQL) 18")


@as_root
def test_an_ordinary_user_needs_no_root(fresh_home: Path) -> None:
    account = embedded_binaries.server_account(fresh_home)
    assert account
    probe = (sys.executable, "-c", "import etl.load.embedded")
    try:
        readable = embedded_binaries.run_as(account, *probe).code == 0
    except PermissionError:
        readable = False
    if not readable:
        pytest.skip(f"{sys.executable} or its packages are closed to ordinary users")
    os.chown(fresh_home, account.uid, account.gid)

    with python(HOLD, fresh_home, user=account.uid, group=account.gid) as holder:
        answer = ask(first_line(holder), "select 1")
        holder.communicate("\n")

    assert answer == "1"
    assert (fresh_home / "connection.json").stat().st_uid == account.uid
    assert not (fresh_home / "pg18" / "postmaster.pid").exists()
