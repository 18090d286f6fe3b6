"""Which files a source has, and what it says when it has none."""

from pathlib import Path

import pytest

from tasks.errors import UnreadableFile
from tasks.extract.files import Found, find_files
from tasks.extract.opening import open_file
from tasks.source import FilesExtract, RecordMapping, Source
from warehouse.home import Home


@pytest.fixture
def find(tmp_path: Path):
    def found(path: str) -> Found:
        source = Source(
            source="till", description="Till", owner="sales", file=Path("till.yml"),
            extract=FilesExtract(connector="files", path=path, format="csv"),
            records={"products": RecordMapping(columns={})},
        )  # fmt: skip
        return find_files(source.source, source.extract, Home(tmp_path))

    for name in ("b.csv", "a.csv", "c.txt", "2024/d.csv", "2024/deep/e.csv"):
        file = tmp_path / "inbox" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    return found


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("${COUNTINGHOUSE_HOME}/inbox/*.csv", ["a.csv", "b.csv"]),
        ("${COUNTINGHOUSE_HOME}/inbox/**/*.csv", ["2024/d.csv", "2024/deep/e.csv", "a.csv", "b.csv"]),
        ("${COUNTINGHOUSE_HOME}/inbox/2024", ["2024/d.csv", "2024/deep/e.csv"]),
        ("${COUNTINGHOUSE_HOME}/inbox/[ab].csv", ["a.csv", "b.csv"]),
        ("${COUNTINGHOUSE_HOME}/inbox/b.csv", ["b.csv"]),
    ],
)
def test_files_are_found_in_the_order_of_their_paths(find, tmp_path, path, names):
    found = find(path)
    assert [str(file.path.relative_to(tmp_path / "inbox")) for file in found.files] == names
    assert found.absent is None
    assert all(file.bytes == file.path.stat().st_size for file in found.files)


def test_a_source_without_files_says_why(find, monkeypatch):
    monkeypatch.delenv("SOME_FOLDER", raising=False)
    assert find("${SOME_FOLDER}/*.csv").absent == (
        "till: skipped, SOME_FOLDER is not set; set it to the folder that holds the data"
    )
    monkeypatch.setenv("SOME_FOLDER", "/nowhere")
    assert find("${SOME_FOLDER}/*.csv").absent == "till: skipped, there is no file at /nowhere/*.csv"


def test_a_link_that_leads_nowhere_is_no_file(find, tmp_path):
    (tmp_path / "inbox" / "gone.csv").symlink_to(tmp_path / "gone.csv")
    assert len(find("${COUNTINGHOUSE_HOME}/inbox/*.csv").files) == 2


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "xlsx"])
def test_an_empty_file_is_refused_whatever_it_was_promised_to_be(tmp_path, form):
    (tmp_path / "a").touch()
    with pytest.raises(UnreadableFile, match="it is empty"):
        open_file(tmp_path / "a", FilesExtract(connector="files", path="any", format=form))
