"""A survey becomes a source file that a person likes to read and every run can."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from etl import sources
from etl.cli import source_file
from etl.errors import Misconfigured
from etl.extract.survey import Survey
from tests import journals


@given(st.text(min_size=1), st.text(max_size=50))
def test_any_title_and_note_make_a_source_file(title: str, note: str) -> None:
    shown = source_file.comment(title) or "x"
    found = Survey("https://oasis.example/", shown, None, "", None, (), (), (note,))
    choice = source_file.Choice("oasis", "en", "as given", None, allow_private=True)
    feeds = "  - {kind: files, at: .}\n"

    text = source_file.text(found, choice, journals.TODAY).replace(
        "feeds:\n", f"feeds:\n{feeds}", 1
    )

    assert source_file.proved("oasis", text)
    assert yaml.safe_load(text)["title"] == shown


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    source_file.write(tmp_path, "oasis", "mine")

    with pytest.raises(Misconfigured, match="is there already"):
        source_file.write(tmp_path, "oasis", "new")

    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(Misconfigured, match="set ETL_SOURCES"):
        source_file.write(tmp_path / "file" / "sources", "oasis", "new")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.inside-central-asia.example/", "inside-central-asia"),
        ("https://Review.ac.uk:8080/a", "review"),
        ("https://news.university.edu/x", "news-university"),
        ("http://127.0.0.1:5000/", "127-0-0-1"),
        ("http://localhost/", "localhost"),
        ("https://m.oasis_review.co.uk", "oasis-review"),
    ],
)
def test_a_source_is_named_for_its_host(address: str, name: str) -> None:
    assert source_file.name_of(address) == name
    assert sources.NAME.fullmatch(name)
