"""Processes that hold an embedded Postgres, and what can be asked about it."""

import subprocess
import sys
from pathlib import Path

import psycopg

from etl.load import embedded_files

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
