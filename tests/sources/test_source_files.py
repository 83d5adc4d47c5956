"""Files that can not be read: one sentence that names the file and says what to do, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_workbooks import NARSTAENDE, write_book

from ojreport.catalogue import Catalogue
from ojreport.errors import SourceError
from ojreport.sources import example_folder, load_results
from ojreport.sources.look import letters
from ojreport.sources.workbook import reference

SHEETS = {"R": [["Kod", "Namn", NARSTAENDE], ["0880", "Kalmar", "Ja"]]}
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def message(path: Path, catalogue: Catalogue) -> str:
    """The sentence that a user reads when she gives *path*."""
    with pytest.raises(SourceError) as caught:
        load_results([path], catalogue)
    text = str(caught.value)
    assert path.name in text
    assert "\n" not in text
    return text


def test_a_file_that_does_not_exist(tmp_path: Path, catalogue: Catalogue) -> None:
    assert "does not exist" in message(tmp_path / "oj-2019.xlsx", catalogue)


def test_a_folder_without_a_workbook(tmp_path: Path, catalogue: Catalogue) -> None:
    (tmp_path / "~$oj-2019.xlsx").write_bytes(b"lock")
    (tmp_path / "notes.txt").write_text("hej", encoding="utf-8")
    assert "holds no workbook" in message(tmp_path, catalogue)


def test_no_path_at_all(catalogue: Catalogue) -> None:
    with pytest.raises(SourceError, match="no workbook was given"):
        load_results([], catalogue)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"Kod;Namn;Svar\n0880;Kalmar;Ja\n", "is not an Excel workbook"),
        (b"<html><body>Sidan finns inte</body></html>", "is not an Excel workbook"),
        (b"PK\x03\x04" + b"\x00" * 200, "is damaged"),
        (OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (OLE + b"\x00" * 600, "is damaged"),
    ],
)
def test_a_file_with_other_content_than_its_name_says(tmp_path: Path, catalogue: Catalogue, content: bytes, says: str) -> None:
    path = tmp_path / "oj-2019.xlsx"
    path.write_bytes(content)
    assert says in message(path, catalogue)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_workbook(tmp_path: Path, catalogue: Catalogue, part: float) -> None:
    path = write_book(tmp_path / "oj-2019.xlsx", SHEETS)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])
    assert "is damaged" in message(path, catalogue)


def test_a_lock_file(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "~$oj-2019.xlsx"
    path.write_bytes(b"lock")
    assert "close oj-2019.xlsx in Excel" in message(path, catalogue)


def test_a_file_that_is_open_in_excel(tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_book(tmp_path / "oj-2019.xlsx", SHEETS)

    def locked(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", locked)
    assert "close it in Excel" in message(path, catalogue)


def test_a_workbook_without_a_result_sheet_has_its_sheets_listed(tmp_path: Path, catalogue: Catalogue) -> None:
    path = write_book(tmp_path / "oj-2019.xlsx", {"Om filen": [["Öppna jämförelser 2019"]], "Kontakt": [["Namn", "Telefon"]]})
    assert "has no result sheet (sheets: “Om filen”, “Kontakt”)" in message(path, catalogue)


def test_a_workbook_with_empty_sheets_only(tmp_path: Path, catalogue: Catalogue) -> None:
    assert "has no result sheet (sheets: none)" in message(write_book(tmp_path / "oj-2019.xlsx", {"Blad1": []}), catalogue)


def test_a_panic_in_the_reading_library_is_a_damaged_file(
    tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    import python_calamine  # noqa: PLC0415 - only here

    class PanicException(BaseException):
        """As the one of the Rust library, which can not be imported."""

    class Panicking:
        """A reader that panics."""

        @staticmethod
        def from_filelike(_: object) -> None:
            """Panics."""
            raise PanicException

    path = write_book(tmp_path / "oj-2019.xlsx", SHEETS)
    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Panicking)
    assert "is damaged" in message(path, catalogue)


def test_a_folder_that_may_not_be_opened(tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", closed)
    assert "can not be read" in message(tmp_path, catalogue)


def test_a_path_that_the_disk_can_not_give(tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_book(tmp_path / "oj-2019.xlsx", SHEETS)

    def failing(_: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", failing)
    assert "check the path and the disk" in message(path, catalogue)


def test_a_fault_of_our_own_while_reading_is_not_called_a_damaged_file(
    tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ojreport.sources import workbook  # noqa: PLC0415 - only here

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    path = write_book(tmp_path / "oj-2019.xlsx", SHEETS)
    monkeypatch.setattr(workbook, "_sheet", interrupted)
    with pytest.raises(KeyboardInterrupt):
        load_results([path], catalogue)


def test_a_hidden_sheet_is_read(tmp_path: Path, catalogue: Catalogue) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415 - only here

    path = write_book(tmp_path / "oj-2019.xlsx", {"Om": [["Öppna jämförelser 2019"]], **SHEETS})
    book = load_workbook(path)
    book["R"].sheet_state = "hidden"
    book["R"].row_dimensions[2].hidden = True
    book.save(path)
    assert load_results([path], catalogue).has_area("0880", 2019)


def test_a_file_that_is_given_twice_is_read_once(tmp_path: Path, catalogue: Catalogue) -> None:
    path = write_book(tmp_path / "oj-2019.xlsx", SHEETS)
    assert load_results([path, tmp_path], catalogue).years == (2019,)


def test_a_lock_file_in_a_folder_is_passed_over(tmp_path: Path, catalogue: Catalogue) -> None:
    write_book(tmp_path / "oj-2019.xlsx", SHEETS)
    (tmp_path / "~$oj-2019.xlsx").write_bytes(b"lock")
    assert load_results([tmp_path], catalogue).years == (2019,)


def test_the_example_folder_holds_an_edition_a_year() -> None:
    assert len(list(example_folder().glob("*.xlsx"))) == 5


def test_references_are_those_of_a_spreadsheet() -> None:
    assert [letters(c) for c in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
    assert reference(4, 2) == "C5"
