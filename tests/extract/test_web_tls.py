"""Safe connections are checked, and shared where the server speaks HTTP/2."""

import socket
from pathlib import Path

import pytest

from tests.extract.safely import PAGE, certificate, page, pages_at_once, safely
from tests.extract.visiting import HASTY, answer, answers, failure, talking


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate that this machine trusts."""
    file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    return file


def test_a_page_comes_over_a_safe_connection(trusted: Path) -> None:
    with safely(trusted, page) as port:
        assert answer(f"https://localhost:{port}/a").content == PAGE


def test_pages_share_one_connection_in_http_2(trusted: Path) -> None:
    limits = HASTY._replace(at_once=3, at_once_per_host=3)

    with safely(trusted, pages_at_once, "h2") as port:
        came = answers(*(f"https://localhost:{port}/{n}" for n in range(6)), limits=limits)

    assert [each.content for each in came] == [PAGE] * 6
    assert len({each.headers["x-stream"] for each in came}) == 6


def test_a_certificate_that_no_one_vouches_for_does_not_hold(tmp_path: Path, trusted: Path) -> None:
    (tmp_path / "other").mkdir()
    with safely(certificate(tmp_path / "other"), page) as port:
        reason = failure(f"https://localhost:{port}/a")

    assert reason.startswith("tls: the certificate of localhost does not hold: ")
    assert reason.endswith("; its owner must put it right")


def test_a_certificate_that_has_run_out_does_not_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trusted: Path
) -> None:
    file = certificate(tmp_path, days=-1)
    with safely(file, page) as port:
        reason = failure(f"https://localhost:{port}/a")

    # How it is said differs between systems.
    assert reason.startswith("tls: the certificate of localhost does not hold: ")
    assert "expired" in reason


def test_a_host_without_tls_says_so(trusted: Path) -> None:
    def refuse(connection: socket.socket) -> None:
        connection.recv(1_000)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with talking(refuse) as port:
        reason = failure(f"https://localhost:{port}/a")

    assert reason.startswith("tls: no safe connection to localhost: ")


def test_a_host_that_hangs_up_before_it_is_safe_is_tried_again(trusted: Path) -> None:
    greetings: list[bytes] = []

    def hang_up(connection: socket.socket) -> None:
        greetings.append(connection.recv(1_000))

    with talking(hang_up) as port:
        reason = failure(f"https://localhost:{port}/a")

    assert reason == (
        "connection: localhost closed the connection before it was safe; given up after 2 tries"
    )
    assert len(greetings) == 2
