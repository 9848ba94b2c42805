"""A Prefect server for the session, and a journal of three pages for each test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import runtime
from tests.servers import Journal, serving

PAGE = """<!doctype html><html lang="en"><head><title>{title} | The Wire</title>
<meta property="og:title" content="{title}">
<meta property="article:published_time" content="2026-03-0{day}T08:00:00+00:00"></head>
<body><nav><a href="/">Home</a><a href="/all">All</a></nav><article><h1>{title}</h1>
<p>By Zarina Karimova</p>{body}
<h2>References</h2><ol><li>Saidov A. Rivers of the steppe. Dushanbe: Irfon, 2011. 212 p.</li>
<li>Novak P. Markets after {title}. Journal of Border Studies, 2019, vol. 4, no. 2, pp.
15-31.</li></ol></article><footer>The Wire</footer></body></html>"""

PARAGRAPH = (
    "<p>Officials of Tajikistan and Uzbekistan met in Samarkand to talk about {topic}. The World "
    "Bank had asked both governments for figures, and Dushanbe sent its own first [1]. Nobody "
    "expected an agreement before the summer, but the talks went on for three days and ended "
    "with a paper that both sides signed [2]. Traders at the border had waited for it.</p>"
)

TOPICS = ("water for the canal", "duties on cotton yarn", "trains across the pass")


def page(day: int, topic: str) -> str:
    """One page of the journal."""
    body = "".join(
        PARAGRAPH.format(topic=f"{topic}, and then {more}") for more in ("prices", "roads", "law")
    )
    return PAGE.format(title=f"What was said about {topic}", day=day, body=body)


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """API URL of a Prefect server of the session's own."""
    runtime.prepare(tmp_path_factory.mktemp("home"), 180)
    from prefect.settings import PREFECT_API_URL
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=180):
        yield str(PREFECT_API_URL.value())


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Folder of a source `wire` with three pages, and its source file beside them."""
    folder = tmp_path / "sources"
    (folder / "wire").mkdir(parents=True)
    for day, topic in enumerate(TOPICS, start=1):
        (folder / "wire" / f"{day}.html").write_text(page(day, topic), encoding="utf-8")
    (folder / "wire.yaml").write_text(
        "title: The Wire\nlanguage: en\nfeeds:\n"
        "  - {kind: files, at: wire, base_url: 'https://wire.example/'}\n"
    )
    return folder


@pytest.fixture
def home(
    tmp_path: Path,
    journal: Path,
    prefect: str,
    warehouse_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """Settings for a run into a warehouse of the test's own; its `ETL_HOME`."""
    for name in [name for name in os.environ if name.startswith("ETL_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PREFECT_API_URL", prefect)
    monkeypatch.setenv("ETL_WAREHOUSE_URL", warehouse_url)
    monkeypatch.setenv("ETL_SOURCES", str(journal))
    monkeypatch.setenv("ETL_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Journal]:
    """A web server on 127.0.0.1, reached past any proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    with serving() as online:
        yield online
