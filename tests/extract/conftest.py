"""Fixtures of the extract stage."""

from collections.abc import Iterator

import pytest

from tests.servers import Journal, serving


@pytest.fixture
def journal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Journal]:
    """A journal on 127.0.0.1, reached past any proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    with serving() as online:
        yield online
