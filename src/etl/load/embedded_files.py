"""Files of the embedded Postgres that we read and write: locks, connection, log, process id.

Locks are `flock`s: the kernel drops them with their process, so a killed one leaves none.
Files that root writes belong to the owner of their folder, and links are not followed: the
folder may be another account's.
"""

import json
import os
import secrets
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from etl.errors import Misconfigured, WarehouseUnreachable

HOST = "127.0.0.1"

LOG_BYTES = 10_000_000
"""A longer log is put aside at the next start, over the one put aside before."""

DEAD_PID = 2**31 - 1
"""A process id no kernel gives out: Linux stops at 2^22, macOS at 99,999."""


@dataclass(frozen=True)
class Connection:
    """How to reach the server and where its data lie."""

    port: int
    password: str
    data: Path

    @property
    def log(self) -> Path:
        """The log of the server."""
        return self.data.with_name("postgres.log")


@contextmanager
def locked(path: Path, *, shared: bool = False, wait: bool = True) -> Iterator[int]:
    """Hold a lock on `path`; yields its file descriptor, which children do not inherit.

    Raises:
        BlockingIOError: Another holds it, and `wait` is false.
        Misconfigured: This system has no such locks (Windows).
    """
    try:
        import fcntl
    except ImportError as error:
        raise Misconfigured(
            "the embedded Postgres needs Linux or macOS; set ETL_WAREHOUSE_URL to a Postgres"
        ) from error
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        _give_to_owner(descriptor, path.parent)
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        fcntl.flock(descriptor, kind if wait else kind | fcntl.LOCK_NB)
        yield descriptor
    finally:
        os.close(descriptor)


def is_locked(path: Path) -> bool:
    """Whether some process holds a lock on `path`."""
    try:
        with locked(path, wait=False):
            return False
    except BlockingIOError:
        return True


def _give_to_owner(descriptor: int, folder: Path) -> None:
    """Hand a file root has opened to the owner of the folder it is in."""
    if os.geteuid() == 0:
        owner = folder.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all, for its owner only."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        _give_to_owner(descriptor, path.parent)
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    draft.replace(path)


def read_connection(path: Path) -> Connection | None:
    """What the connection file says; null if there is none.

    Raises:
        WarehouseUnreachable: It cannot be read.
    """
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        data = path.parent / stored["data"]
        return Connection(int(stored["port"]), str(stored["password"]), data)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WarehouseUnreachable(
            f"{path}: {error}; use the account that made it, or set ETL_HOME to another folder"
        ) from error


def write_connection(path: Path, known: Connection) -> None:
    """Replace the connection file; data inside its folder are noted relative to it.

    So a home may be moved.
    """
    home, data = path.parent, known.data
    noted = data.relative_to(home) if data.is_relative_to(home) else data
    _replace(path, json.dumps({"port": known.port, "password": known.password, "data": str(noted)}))


def usable_port(preferred: int | None = None) -> int:
    """`preferred` if nothing listens there, else a port that is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if preferred is not None:
            with suppress(OSError):
                probe.bind((HOST, preferred))
                return preferred
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def rotate(log: Path) -> None:
    """Put a log aside that has grown too long; one older piece is kept."""
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_name(f"{log.name}.1"))


def last_complaint(log: Path) -> str:
    """The last line of the log that names a failure, without its time stamp."""
    lines: list[str] = []
    with suppress(OSError), log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 20_000))
        lines = file.read().decode(errors="replace").splitlines()
    marks = ("FATAL:", "PANIC:", "ERROR:", "could not", "cannot")
    found = [line for line in lines if any(mark in line for mark in marks)]
    return found[-1].split("] ", 1)[-1].strip() if found else "nothing in its log"


def postmaster_pid(data: Path) -> int | None:
    """Process id in `postmaster.pid`, whatever that process is; null if there is none."""
    with suppress(OSError, ValueError, IndexError):
        return int((data / "postmaster.pid").read_text().splitlines()[0])
    return None


def is_postmaster(pid: int, data: Path) -> bool:
    """Whether process `pid` of this machine is the server of `data`."""
    return f"postgres -D {data} " in f"{_command_line(pid)} "


def _command_line(pid: int) -> str:
    """Program and arguments of a process, separated by blanks; empty if there is none."""
    if Path("/proc/self/cmdline").exists():
        with suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ")
        return ""
    ps = ("ps", "-ww", "-o", "command=", "-p", str(pid))
    return subprocess.run(ps, capture_output=True, text=True, check=False).stdout.strip()


def bury(data: Path) -> None:
    """Take the id of a dead server out of its `postmaster.pid`.

    Another process may have that id by now, and Postgres would not start beside it. The rest
    stays: the shared memory it names tells Postgres of processes that outlived their server.
    """
    path = data / "postmaster.pid"
    if postmaster_pid(data) is not None:
        rest = path.read_text().splitlines(keepends=True)[1:]
        _replace(path, "".join([f"{DEAD_PID}\n", *rest]))
