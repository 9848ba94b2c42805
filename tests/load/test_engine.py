"""Connections to warehouses: outside and embedded, good and bad."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from etl.errors import EtlError, Misconfigured, WarehouseUnreachable
from etl.load import engine as engines
from etl.load.embedded import EmbeddedPostgres
from etl.load.engine import connect, warehouse


@pytest.fixture(scope="module")
def outside(server: sa.URL) -> sa.URL:
    """URL of a server that runs whether we use it or not."""
    return server.set(database="postgres")


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder for local state."""
    with tempfile.TemporaryDirectory(prefix="etl-engine-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


def complaint(url: str, home: Path) -> EtlError:
    """What `warehouse` raises for a URL."""
    with pytest.raises(EtlError) as caught, warehouse(url, home):
        pass
    return caught.value


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_urls_of_every_form_are_taken(outside: sa.URL, scheme: str, home: Path) -> None:
    url = outside.set(drivername=scheme).render_as_string(hide_password=False)

    with warehouse(url, home) as engine, engine.connect() as connection:
        assert connection.scalar(sa.text("select 1")) == 1


def test_sessions_speak_utc_and_see_no_schema_but_public(outside: sa.URL) -> None:
    engine = connect(outside.render_as_string(hide_password=False))
    wanted = {"timezone": "UTC", "search_path": "public", "application_name": "etl"}

    with engine.connect() as connection:
        found = {name: connection.scalar(sa.text(f"show {name}")) for name in wanted}
    engine.dispose()

    assert found == wanted


def test_without_a_url_the_embedded_postgres_answers_and_stops_after(home: Path) -> None:
    with warehouse(None, home, start_seconds=60) as engine, engine.connect() as connection:
        assert connection.scalar(sa.text("select current_database()")) == "warehouse"

    assert (home / "postgres" / "connection.json").exists()
    assert not (home / "postgres" / "pg18" / "postmaster.pid").exists()


def test_an_outside_url_leaves_home_alone(outside: sa.URL, home: Path) -> None:
    with warehouse(outside.render_as_string(hide_password=False), home):
        pass

    assert not list(home.iterdir())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"port": 1}, "Connection refused"),
        ({"host": "no-such-host.invalid"}, "no-such-host.invalid"),
        ({"password": "not-the-secret"}, "password authentication failed"),
        ({"database": "no_such_database"}, 'database "no_such_database" does not exist'),
        ({"query": {"colour": "blue"}}, 'invalid connection option "colour"'),
    ],
)
def test_an_unreachable_warehouse_is_one_line_without_its_password(
    outside: sa.URL, home: Path, change: dict[str, Any], reason: str
) -> None:
    url = outside.set(password="hidden").set(**change)
    if "password" not in change:
        url = url.set(password=outside.password)

    error = complaint(url.render_as_string(hide_password=False), home)

    assert isinstance(error, WarehouseUnreachable)
    assert reason in str(error)
    assert "check ETL_WAREHOUSE_URL" in str(error)
    assert len(str(error).splitlines()) == 1
    assert str(url.password) not in str(error)


@pytest.mark.parametrize(
    "url",
    [
        "mysql://etl:secret@127.0.0.1/warehouse",
        "sqlite:///secret.db",
        "postgresql+psycopg2://etl:secret@127.0.0.1/warehouse",
        "postgresql://etl:secret@127.0.0.1:port/warehouse",
        "postgresql://etl:secret",
        "host=127.0.0.1 password=secret",
        "",
    ],
)
def test_a_url_that_is_none_of_ours_is_a_wrong_setting(url: str, home: Path) -> None:
    error = complaint(url, home)

    assert isinstance(error, Misconfigured)
    assert error.exit_code == 2
    assert "write postgresql://" in str(error)
    assert "secret" not in str(error)
    assert len(str(error).splitlines()) == 1


def test_a_password_given_as_an_option_is_hidden_too(home: Path) -> None:
    error = complaint("postgresql://127.0.0.1:1/warehouse?user=etl&password=secret", home)

    assert "secret" not in str(error)
    assert "127.0.0.1:1" in str(error)


def test_a_server_that_is_too_old_is_a_wrong_setting(
    outside: sa.URL, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "OLDEST_MAJOR", 99)

    error = complaint(outside.render_as_string(hide_password=False), home)

    assert isinstance(error, Misconfigured)
    assert "use version 99 or newer" in str(error)


def test_a_home_that_cannot_be_made_is_one_line(home: Path) -> None:
    (home / "file").touch()

    with pytest.raises(WarehouseUnreachable) as caught, warehouse(None, home / "file"):
        pass

    assert "Not a directory; set ETL_HOME" in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_home_of_someone_else_is_one_line(home: Path) -> None:
    home.chmod(0o500)

    with pytest.raises(WarehouseUnreachable, match="set ETL_HOME"), warehouse(None, home):
        pass


def test_engines_are_closed_before_the_server_stops(home: Path) -> None:
    with warehouse(None, home) as engine:
        with engine.connect() as connection:
            connection.execute(sa.text("select 1"))
        assert engine.pool.status()

    with EmbeddedPostgres(home / "postgres").session() as url:
        again = connect(url)
        with again.connect() as connection:
            count = connection.scalar(
                sa.text("select count(*) from pg_stat_activity where application_name = 'etl'")
            )
        again.dispose()
    assert count == 1
