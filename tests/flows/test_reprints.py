"""The sample journal holds two articles that it printed twice, and both are found."""

import shutil
from pathlib import Path

import sqlalchemy as sa

from tests.conftest import ROOT
from tests.load.rows import select

SAMPLE = ROOT / "src/etl/sources/zarafshan-review/articles"
PAGES = (
    "railway-beyond-the-ridge.html",
    "railway-beyond-the-ridge-reprint.html",
    "counting-a-canal.html",
    "counting-a-canal-updated.html",
    "iraq-development-road.html",
    "middle-corridor-level.html",
    "border-as-contract-ru.html",
)


def test_articles_printed_twice_point_to_the_first_time(
    home: Path, journal: Path, warehouse: sa.Engine
) -> None:
    from flows import ingest

    (journal / "review").mkdir()
    (journal / "review.yaml").write_text(
        "title: Review\nlanguage: en\nfeeds: [{kind: files, at: review}]\n"
    )
    for name in PAGES:
        shutil.copy(SAMPLE / name, journal / "review")

    report = ingest.run(["review"])

    assert report.sources[0].outcomes == {"loaded": len(PAGES)}
    found = select(
        warehouse,
        "select split_part(url, '/', 5), split_part(original_url, '/', 5), similarity > 0.6, "
        "days_between, is_same_source from reporting.reprints order by url",
    )
    assert found == [
        ("counting-a-canal-updated.html", "counting-a-canal.html", True, 414, True),
        ("railway-beyond-the-ridge-reprint.html", "railway-beyond-the-ridge.html", True, 194, True),
    ]
