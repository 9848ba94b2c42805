"""A real Postgres in a folder of its own, for development and for single machines.

`EmbeddedPostgres(home).session()` yields a URL and keeps the server up as long as any session
is open, in whatever process; the last one out stops it. Three locks, in the order of taking:

* `holders.lock`  shared by every open session; who can take it alone is the last one out
* `start.lock`    held while the server is made, started or stopped
* `server.lock`   inherited by the server and its children: held as long as any of them lives,
  also after kills, and seen from other containers, where process ids mean nothing
"""

import os
import shlex
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psycopg
from psycopg import sql

from etl.errors import WarehouseUnreachable
from etl.load import embedded_data as data
from etl.load import embedded_files as files
from etl.load.embedded_binaries import Outcome, Programs, programs, server_account

SETTINGS: Mapping[str, str] = {
    "listen_addresses": files.HOST,
    "unix_socket_directories": "",
    # What a small laptop can spare; the system caches the rest.
    "shared_buffers": "256MB",
    "maintenance_work_mem": "128MB",
    "work_mem": "32MB",
    # Loads come in bursts: fewer checkpoints write fewer whole pages to the log.
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "pglz",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_min_messages": "warning",
    # One call instead of one per file: a crash with many databases is over sooner.
    "recovery_init_sync_method": "syncfs" if sys.platform == "linux" else "fsync",
}
"""Settings of the server, chosen for two cores and a shared disk."""

STOP_SECONDS = 120


class EmbeddedPostgres:
    """One server with its data under `home`, shared by all sessions of all processes."""

    def __init__(
        self,
        home: Path,
        *,
        database: str = "warehouse",
        start_seconds: int = 300,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """Describe the server; nothing happens yet.

        Args:
            home: Folder of its own, made if missing.
            database: Database of the URLs, made if missing.
            start_seconds: How long a start may take, crash recovery included.
            settings: Server settings over `SETTINGS`; the first session's are in force.
        """
        self.home = home.expanduser().resolve()
        self.database = database
        self.start_seconds = start_seconds
        self.settings = {**SETTINGS, **(settings or {})}

    @contextmanager
    def session(self) -> Iterator[str]:
        """Hold the server up and yield the URL of its database.

        Raises:
            WarehouseUnreachable: The server cannot be made or started.
            Misconfigured: This machine cannot run one.
        """
        self._make_home()
        try:
            with files.locked(self.home / "holders.lock", shared=True):
                yield self._up()
        finally:
            self._stop_if_last()

    def stop(self) -> None:
        """Stop the server, whoever uses it; open transactions are rolled back."""
        with files.locked(self.home / "start.lock"):
            known = files.read_connection(self.home / data.CONNECTION)
            pid = files.postmaster_pid(known.data) if known else None
            if known and pid and files.is_postmaster(pid, known.data):
                tools = programs(server_account(known.data))
                limit = ("-m", "fast", "-w", "-t", str(STOP_SECONDS))
                tools.run("pg_ctl", "-D", str(known.data), *limit, "stop")

    def _stop_if_last(self) -> None:
        """Stop the server unless a session is open; new ones wait until it is down."""
        with (
            suppress(BlockingIOError, FileNotFoundError),
            files.locked(self.home / "holders.lock", wait=False),
        ):
            self.stop()

    def _make_home(self) -> None:
        """Make `home`, closed to others; root lets the account of its server pass through."""
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            with files.locked(self.home / "start.lock"):
                if os.geteuid() == 0 and (found := self.home.stat()).st_uid == 0:
                    self.home.chmod(found.st_mode | 0o711)
        except OSError as error:
            raise WarehouseUnreachable(
                f"{self.home}: {error.strerror}; set ETL_HOME to a folder you can write to"
            ) from error

    def _up(self) -> str:
        """URL of the running server, made and started if need be."""
        end = time.monotonic() + self.start_seconds
        with files.locked(self.home / "start.lock"):
            try:
                known = data.made(self.home)
                if not self._answers(known, end):
                    known = self._start(known, end)
            except (OSError, psycopg.Error) as error:
                raise WarehouseUnreachable(
                    f"embedded Postgres in {self.home}: {_one_line(error)}; "
                    f"see {self.home}, or set ETL_HOME to another folder"
                ) from error
        address = f"{data.USER}:{known.password}@{files.HOST}:{known.port}"
        return f"postgresql+psycopg://{address}/{self.database}"

    def _answers(self, known: files.Connection, end: float) -> bool:
        """Wait for a living server until it answers; false if there is none (any more)."""
        while self._lives(known.data):
            try:
                self._furnish(known)
                return True
            except psycopg.OperationalError as error:
                if "authentication" in str(error):
                    raise
                problem = _one_line(error)
            if time.monotonic() > end:
                raise WarehouseUnreachable(
                    f"embedded Postgres in {self.home}: not ready after {self.start_seconds} s: "
                    f"{problem}; raise ETL_POSTGRES_START_SECONDS, or end its other users"
                )
            time.sleep(0.05)
        return False

    def _lives(self, folder: Path) -> bool:
        """Whether the server or a child of it lives, here or in another container."""
        pid = files.postmaster_pid(folder)
        seen = pid is not None and files.is_postmaster(pid, folder)
        return seen or files.is_locked(self.home / "server.lock")

    def _furnish(self, known: files.Connection) -> None:
        """Make the database if it is missing."""
        with psycopg.connect(
            host=files.HOST,
            hostaddr=files.HOST,
            port=known.port,
            user=data.USER,
            password=known.password,
            dbname="postgres",
            connect_timeout=10,
            autocommit=True,
        ) as connection:
            there = "select 1 from pg_database where datname = %s"
            if not connection.execute(there, [self.database]).fetchone():
                name = sql.Identifier(self.database)
                connection.execute(sql.SQL("create database {}").format(name))

    def _start(self, known: files.Connection, end: float) -> files.Connection:
        """Start the server, on another port if the old one is taken.

        A second try cures two things seen: a port taken in between, and a file left over by a
        crash in the middle of `create unlogged table`.
        """
        tools = programs(server_account(known.data))
        for _ in range(2):
            if (port := files.usable_port(known.port)) != known.port:
                known = replace(known, port=port)
                files.write_connection(self.home / data.CONNECTION, known)
            self._launch(tools, known, max(1, round(end - time.monotonic())))
            if self._answers(known, end):
                return known
        raise WarehouseUnreachable(
            f"embedded Postgres in {self.home} did not start: "
            f"{files.last_complaint(known.log)}; see {known.log}"
        )

    def _launch(self, tools: Programs, known: files.Connection, seconds: int) -> Outcome:
        """Run `pg_ctl start`, which ends when the server takes connections or has given up."""
        files.rotate(known.log)
        known.log.touch(mode=0o600)
        data.give(tools.account, known.log)
        files.bury(known.data)
        settings = {**self.settings, "port": str(known.port)}
        options = " ".join(f"-c {shlex.quote(f'{k}={v}')}" for k, v in settings.items())
        where = ("-D", str(known.data), "-l", str(known.log), "-o", options)
        with files.locked(self.home / "server.lock", wait=False) as held:
            return tools.run("pg_ctl", *where, "-w", "-t", str(seconds), "start", keep=(held,))


def _one_line(error: Exception) -> str:
    """What an error says, without its line breaks."""
    return " ".join(str(error).split())
