"""The data folder of the embedded Postgres: complete or absent, never half made."""

import os
import secrets
import shutil
from pathlib import Path

from etl.errors import WarehouseUnreachable
from etl.load.embedded_binaries import (
    MAJOR,
    Account,
    Programs,
    programs,
    reachable_place,
    server_account,
)
from etl.load.embedded_files import Connection, read_connection, usable_port, write_connection

USER = "etl"
NAME = f"pg{MAJOR}"
CONNECTION = "connection.json"


def made(home: Path) -> Connection:
    """Connection of the data folder of `home`, made if there is none. Hold `start.lock`.

    Raises:
        WarehouseUnreachable: It cannot be made, or its connection file is gone.
    """
    known = read_connection(home / CONNECTION)
    if known and (known.data / "PG_VERSION").exists():
        return known
    if known is None and (home / NAME).exists():
        raise WarehouseUnreachable(
            f"{home / CONNECTION}: missing, but {home / NAME} holds a warehouse; "
            f"put the file back, or move {NAME} away to start afresh"
        )
    return _make(home)


def _make(home: Path) -> Connection:
    """Fill a draft folder, then rename it; what a killed attempt left is removed."""
    account = server_account(home)
    place = reachable_place(account, home)
    for left_over in place.glob("draft-*"):
        shutil.rmtree(left_over, ignore_errors=True)
    fresh = Connection(usable_port(), secrets.token_urlsafe(24), place / NAME)
    draft = place / f"draft-{secrets.token_hex(4)}"
    draft.mkdir(mode=0o700)
    try:
        _fill(draft, fresh.password, account)
        write_connection(home / CONNECTION, fresh)
        (draft / "data").rename(fresh.data)
    finally:
        shutil.rmtree(draft)
        if place != home and not fresh.data.exists():
            shutil.rmtree(place)
    return fresh


def _fill(draft: Path, password: str, account: Account | None) -> None:
    """Run initdb for `draft/data`; its password comes from a file, not a command line."""
    secret = draft / "password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    give(account, secret, draft)
    _initdb(programs(account), draft / "data", secret)


def _initdb(tools: Programs, data: Path, secret: Path) -> None:
    """Make a cluster: UTF-8, the locale built into Postgres, passwords for everyone."""
    ended = tools.run(
        "initdb",
        f"--pgdata={data}",
        f"--username={USER}",
        f"--pwfile={secret}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--locale=C",
        "--builtin-locale=C.UTF-8",
        "--no-instructions",
    )
    if ended.code:
        errors = [line for line in ended.output.splitlines() if "error:" in line]
        raise WarehouseUnreachable(
            f"{data.parents[1]}: no Postgres could be made: "
            f"{errors[0] if errors else ended.output.strip()[-200:]}; set ETL_HOME elsewhere"
        )


def give(account: Account | None, *paths: Path) -> None:
    """Hand files of ours to the account of the server."""
    if account:
        for path in paths:
            os.chown(path, account.uid, account.gid)
