"""`countinghouse sources propose`: what it writes, what it says, and that it overwrites nobody's work."""

from pathlib import Path

import pytest

from flows.command import main
from tasks.source import check_sources

SALES = "receipt,line,date,item,qty,price,net,currency\n" + "".join(
    f"R{number},1,2025-06-{number:02},A,1,2.50,2.50,EUR\n" for number in range(1, 10)
)


@pytest.fixture
def till(tmp_path: Path) -> Path:
    file = tmp_path / "till_2025-06.csv"
    file.write_text(SALES)
    (tmp_path / "sources").mkdir()
    return file


def test_a_proposal_is_written_checked_and_tried(till: Path, capsys: pytest.CaptureFixture[str]):
    folder = till.parent / "sources"
    assert main(["sources", "propose", str(till), "--to", str(folder)]) == 0
    told = capsys.readouterr().out
    assert f"written: {folder / 'till.yml'}" in told
    assert "of its first 9 rows 9 would be admitted as sales_lines" in told
    assert "next: correct till.yml" in told
    assert check_sources(folder) == []


def test_a_file_that_is_there_is_left_as_it_is(till: Path, capsys: pytest.CaptureFixture[str]):
    written = till.parent / "sources" / "till.yml"
    written.write_text("mine")
    assert main(["sources", "propose", str(till), "--to", str(written.parent)]) == 2
    assert "it is there already; choose another name with --name" in capsys.readouterr().err
    assert written.read_text() == "mine"


def test_a_dry_run_shows_it_and_writes_nothing(till: Path, capsys: pytest.CaptureFixture[str]):
    folder = till.parent / "sources"
    assert main(["sources", "propose", str(till), "--to", str(folder), "--dry-run", "--name", "kiosk"]) == 0
    assert capsys.readouterr().out.splitlines()[2] == "source: kiosk"
    assert list(folder.iterdir()) == []


def test_a_record_that_is_none_is_told_with_the_nearest(till: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["sources", "propose", str(till), "--record", "sale_lines", "--dry-run"]) == 2
    assert "did you mean 'sales_lines'?" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["../sources/elsewhere", "Till", "1"])
def test_a_name_that_is_none_is_refused(till: Path, name: str, capsys: pytest.CaptureFixture[str]):
    assert main(["sources", "propose", str(till), "--to", str(till.parent / "sources"), "--name", name]) == 2
    assert "is no name of a source" in capsys.readouterr().err
