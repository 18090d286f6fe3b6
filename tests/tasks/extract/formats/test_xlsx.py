"""A sheet of a workbook arrives as what its cells show."""

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tasks.errors import UnreadableFile
from tests.tasks.extract.conftest import read_file


@pytest.fixture
def read_sheet(tmp_path: Path):
    def write_and_read(fill: Callable[[Workbook, Worksheet], object], **extract: object):
        workbook = xlsxwriter.Workbook(tmp_path / "a.xlsx")
        fill(workbook, workbook.add_worksheet("One"))
        workbook.close()
        return read_file(tmp_path / "a.xlsx", format="xlsx", **extract)

    return write_and_read


def table(*rows: list[object]) -> Callable[[Workbook, Worksheet], object]:
    return lambda _, sheet: [sheet.write_row(at, 0, row) for at, row in enumerate(rows)]


def test_numbers_texts_and_truths_arrive_as_they_are_shown(read_sheet):
    reading = read_sheet(table(["a", "b", "c", "d"], [100, 1.1, True, "007"], [0.1 + 0.2, 1e-7, False, " x "]))
    assert reading.rows == {1: ("100", "1.1", "true", "007"), 2: ("0.3", "0.0000001", "false", " x ")}


def test_dates_arrive_as_dates(read_sheet):
    def fill(workbook: Workbook, sheet: Worksheet) -> None:
        sheet.write_row(0, 0, ["day", "moment"])
        sheet.write_datetime(1, 0, dt.date(2024, 2, 29), workbook.add_format({"num_format": "yyyy-mm-dd"}))
        moment = workbook.add_format({"num_format": "dd.mm.yyyy hh:mm:ss"})
        sheet.write_datetime(1, 1, dt.datetime(2024, 7, 1, 10, 0, 1, tzinfo=None), moment)  # noqa: DTZ001 - a sheet has no zones

    assert read_sheet(fill).rows == {1: ("2024-02-29 00:00:00", "2024-07-01 10:00:01")}


def test_formulas_give_their_values_and_a_failed_one_is_no_missing_value(read_sheet):
    def fill(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_row(0, 0, ["sum", "text", "error"])
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.write_formula(1, 1, '="a"&"b"', None, "ab")
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")

    assert read_sheet(fill).rows == {1: ("2", "ab", None), 2: (None, None, "#DIV/0!")}


def test_empty_rows_are_no_rows_but_count_in_the_sheet(read_sheet):
    assert read_sheet(table(["a", "b"], [], [3, 4], ["", ""], [5, None])).rows == {2: ("3", "4"), 4: ("5", None)}


def test_lines_before_the_header_are_skipped_and_a_merged_header_is_numbered(read_sheet):
    def fill(_: Workbook, sheet: Worksheet) -> None:
        sheet.write(0, 0, "Prices of the day")
        sheet.merge_range(2, 0, 2, 1, "price")
        sheet.write(2, 2, "_row")
        sheet.write_row(3, 0, [1, 2, 3])

    reading = read_sheet(fill, skip_lines=2)
    assert (reading.header, reading.rows) == (["price", "column_2", "_row_of_source"], {1: ("1", "2", "3")})


def test_a_sheet_without_a_header_is_named_by_its_source(read_sheet):
    reading = read_sheet(table([1, 2], [3, 4]), header=False, columns=["a", "b"])
    assert (reading.header, reading.rows) == (["a", "b"], {1: ("1", "2"), 2: ("3", "4")})
    with pytest.raises(UnreadableFile, match="2 columns where the source names 1"):
        read_sheet(table([1, 2]), header=False, columns=["a"])


def test_one_of_several_sheets_is_read(read_sheet):
    def fill(workbook: Workbook, sheet: Worksheet) -> None:
        sheet.write(0, 0, "first")
        workbook.add_worksheet("Two").write_column(0, 0, ["a", 1])

    assert read_sheet(fill, sheet="Two").rows == {1: ("1",)}
    assert read_sheet(fill).header == ["first"]
    with pytest.raises(UnreadableFile, match='"Three" not found'):
        read_sheet(fill, sheet="Three")


def test_an_empty_sheet_and_a_repeated_name_are_refused(read_sheet):
    with pytest.raises(UnreadableFile, match="its sheet is empty"):
        read_sheet(lambda *_: None)
    with pytest.raises(UnreadableFile, match="names a more than once"):
        read_sheet(table(["a", "a"], [1, 2]))
    assert read_sheet(table(["a", "b"])).rows == {}


def test_what_is_no_workbook_is_refused(tmp_path: Path, read):
    with zipfile.ZipFile(tmp_path / "zip", "w") as archive:
        archive.writestr("a.csv", "a,b\n1,2\n")
    packed = (tmp_path / "zip").read_bytes()
    for content in (b"a,b\n1,2\n", packed, packed[:-10], packed.replace(b"1,2", b"1,3")):
        with pytest.raises(UnreadableFile, match=r"not an Excel workbook|sheet could not be read"):
            read(content, "a.xlsx", format="xlsx")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part in range(9):
            archive.writestr(f"xl/worksheets/sheet{part}.xml", bytes(128 << 20))
    with pytest.raises(UnreadableFile, match="it unpacks to 1,207,959,552 bytes"):
        read_file(tmp_path / "a.xlsx", format="xlsx")
