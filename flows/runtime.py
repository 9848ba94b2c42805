"""The Prefect a run talks to: a server of your own, or Prefect's temporary one.

`prepare` must be called before `prefect` is imported for the first time, for Prefect reads
its settings then. With `PREFECT_API_URL` set nothing but telemetry is touched.
"""

import logging
import os
from pathlib import Path

import psutil

from etl.errors import Misconfigured

OWNER = "ETL_TEMPORARY_SERVER_OF"
"""Variable that a temporary server inherits: process id and start time of the run it serves."""

QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "DO_NOT_TRACK": "1",
}
"""No run tells anyone outside about itself."""


TALKATIVE = ("trafilatura", "htmldate", "charset_normalizer")
"""Loggers of readers that complain of every odd page: what matters of it is its outcome."""


def prepare(home: Path, start_seconds: int, *, verbose: bool = False) -> None:
    """Point Prefect at its server; without one, at a temporary one with its state in `home`.

    Raises:
        Misconfigured: `home` cannot be written.
    """
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    # The report says what went wrong, in one line; Prefect would say it with its traceback.
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "INFO" if verbose else "CRITICAL")
    if "PREFECT_API_URL" in os.environ:
        return
    os.environ.setdefault("PREFECT_HOME", str(_folder(home)))
    os.environ.setdefault("PREFECT_SERVER_ALLOW_EPHEMERAL_MODE", "true")
    # Twenty seconds are Prefect's default; a busy machine has taken more than forty.
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", str(start_seconds))
    end_orphans()
    os.environ[OWNER] = _identity(psutil.Process())


def _folder(home: Path) -> Path:
    """Where Prefect keeps its state."""
    folder = (home / "prefect").absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(
            f"{folder}: {error.strerror}; set ETL_HOME to a folder that can be written"
        ) from error
    return folder


def end_orphans() -> list[int]:
    """End temporary servers whose run was killed; return their process ids."""
    ended = []
    for process in psutil.process_iter():
        try:
            owner = process.environ().get(OWNER)
            if owner and process.pid != os.getpid() and _is_server(process) and _is_gone(owner):
                process.terminate()
                ended.append(process.pid)
        except (psutil.Error, OSError):
            # Another user's process, or one that ended meanwhile: not ours to judge.
            continue
    return ended


def _identity(process: psutil.Process) -> str:
    """Process id and start time: ids are used again, the pair is not."""
    return f"{process.pid}:{process.create_time():.2f}"


def _is_server(process: psutil.Process) -> bool:
    """Whether this is Prefect's temporary server and not the run itself."""
    return "prefect.server.api.server:create_app" in process.cmdline()


def _is_gone(owner: str) -> bool:
    """Whether the run with this identity has ended."""
    pid = int(owner.partition(":")[0])
    try:
        process = psutil.Process(pid)
        return process.status() == psutil.STATUS_ZOMBIE or _identity(process) != owner
    except psutil.NoSuchProcess:
        return True
