"""Every format is read alike: values, addresses, formulas, errors, and what is hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from formats import WRITERS, Error, Formula, Made, compound, ods, ods_content, packed, xls, xlsx, xlsx_parts
from made_workbooks import EKONOMI, METODER, NARSTAENDE, SOCIONOM
from read_back import Read

from ojreport.catalogue import Catalogue
from ojreport.errors import SourceError
from ojreport.model.value import Missing, Number, Reason, Share
from ojreport.sources import load_results
from ojreport.sources.look import letters, number

FILES = Path(__file__).parent / "files"
HEAD = ["Kommunkod", "Kommun", NARSTAENDE, EKONOMI]
ROWS: Sequence[Sequence[Any]] = [HEAD, ["0880", "Kalmar", "Ja", "Nej"], ["0861", "Mönsterås", "Nej", 1]]
ABSENT = Missing(Reason.EJ_I_FILEN)
FORMATS = pytest.mark.parametrize("form", WRITERS)


def reading(folder: Path, catalogue: Catalogue, form: str, sheets: Mapping[str, Made], content: bytes | None = None) -> Read:
    path = folder / f"oj-2019.{form}"
    path.write_bytes(WRITERS[form](sheets) if content is None else content)
    return Read(load_results([path], catalogue, cache=False))


@FORMATS
def test_values_and_addresses_are_those_of_the_file(tmp_path: Path, catalogue: Catalogue, form: str) -> None:
    rows = [[], ["Öppna jämförelser 2019"], [], [], [None, *HEAD, SOCIONOM], [None, 880, "Kalmar", "Ja", 0, 83.25]]
    found = reading(tmp_path, catalogue, form, {"Resultat & mer": Made(rows)})
    assert (found.word("U35519", "0880"), found.word("U35505", "0880")) == ("Ja", "Nej")
    assert found.value("U35548", "0880") == Number(Decimal("83.25"))
    assert found.cell("U35548", "0880") == "Resultat & mer!F6"


@FORMATS
def test_a_formula_has_the_value_that_was_last_calculated(tmp_path: Path, catalogue: Catalogue, form: str) -> None:
    rows = [[*HEAD, SOCIONOM], ["0880", Formula("Kalmar"), Formula("Ja"), Formula(1), Formula(72.5)]]
    found = reading(tmp_path, catalogue, form, {"R": Made(rows)})
    assert (found.word("U35519", "0880"), found.word("U35505", "0880")) == ("Ja", "Ja")
    assert found.value("U35548", "0880") == Number(Decimal("72.5"))
    assert not found.errors


@FORMATS
@pytest.mark.parametrize("wrong", [Error("#N/A"), Error("#REF!"), Formula(Error("#DIV/0!")), Formula()])
def test_an_error_and_a_formula_without_a_value_are_reported(
    tmp_path: Path, catalogue: Catalogue, form: str, wrong: object
) -> None:
    found = reading(tmp_path, catalogue, form, {"R": Made([*ROWS, ["0882", "Oskarshamn", wrong, "Nej"]])})
    assert found.value("U35519", "0882") == ABSENT
    assert [(f.severity, f.cell) for f in found.findings("error-cell")] == [("error", "C4")]


@FORMATS
def test_what_is_hidden_is_read_and_said(tmp_path: Path, catalogue: Catalogue, form: str) -> None:
    more = Made([HEAD, ["0882", "Oskarshamn", "Ja", "Ja"]], hidden=True)
    found = reading(tmp_path, catalogue, form, {"R": Made(ROWS, rows_hidden=[2], columns_hidden=[3]), "Mer": more})
    assert [found.word("U35505", code) for code in ("0880", "0861", "0882")] == ["Nej", "Ja", "Ja"]
    said = {f.sheet: f.message.rpartition(": ")[2] for f in found.findings("hidden")}
    assert said == {"R": "row 3, column D", "Mer": "the sheet"}


@FORMATS
def test_merged_group_headings_are_known(tmp_path: Path, catalogue: Catalogue, form: str) -> None:
    group = "Aktuell rutin för samordning mellan missbruk- och beroendevård och"
    rows = [["Kommunkod", "Kommun", group, None], [None, None, "LSS", "äldreomsorg"], ["0880", "Kalmar", "Ja", "Nej"]]
    found = reading(tmp_path, catalogue, form, {"R": Made(rows, merged=["A1:A2", "B1:B2", "C1:D1"])})
    assert (found.word("U35511", "0880"), found.word("U35512", "0880")) == ("Ja", "Nej")


@FORMATS
def test_a_cell_far_away_is_named_and_never_parsed(tmp_path: Path, catalogue: Catalogue, form: str) -> None:
    """In .xls a sheet has 65 536 rows and 256 columns."""
    far = [*ROWS, *[[] for _ in range(59_997)], [*[None] * 200, "x"]]
    with pytest.raises(SourceError, match=r"“R” of .* reaches to GS60001"):
        reading(tmp_path, catalogue, form, {"R": Made(far)})


@pytest.mark.parametrize("name", ["libreoffice-2019.xls", "libreoffice-2019.ods", "openpyxl-2019.xlsx"])
def test_a_file_of_another_program_is_read(catalogue: Catalogue, name: str) -> None:
    found = Read(load_results([FILES / name], catalogue, cache=False))
    assert [found.word("U35505", code) for code in ("0880", "0881", "0861")] == ["Ja", "Nej", "Ja"]
    assert (found.value("U35519", "08"), found.value("U35505", "00")) == (Share(Decimal(63)), Share(Decimal(47)))
    assert (found.value("U35519", "0882"), found.value("U35548", "0882")) == (ABSENT, ABSENT)
    assert {f.sheet: f.message.rpartition(": ")[2] for f in found.findings("hidden")} == {
        "Resultat": "row 6, column E",
        "Mer": "the sheet",
    }


# ----------------------------------------------------------------------------------------------------- wrong names, wrong files


@pytest.mark.parametrize(("suffix", "form"), [("xls", "xlsx"), ("xlsx", "xls"), ("xlsx", "ods"), ("ods", "xlsb"), ("txt", "xls")])
def test_the_content_decides_and_not_the_name(tmp_path: Path, catalogue: Catalogue, suffix: str, form: str) -> None:
    path = tmp_path / f"oj-2019.{suffix}"
    path.write_bytes(WRITERS[form]({"R": Made(ROWS)}))
    found = Read(load_results([path], catalogue, cache=False))
    assert found.word("U35519", "0880") == "Ja"
    said = f"the file is called “.{suffix}”, but its content is .{form}; it is read as such"
    assert [f.message for f in found.findings("wrong-suffix")] == [said]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (packed({"word/document.xml": "<w/>"}), "is a Word document and no workbook"),
        (packed({"anything.txt": "hej"}), "is a zip archive and no workbook"),
        (compound(b"x", "WordDocument"), "holds no workbook"),
        (compound(b"x", "EncryptedPackage"), "protected by a password"),
        (compound(bytes(5000)), "is damaged"),
        (packed({"content.xml": "<a/>", "META-INF/manifest.xml": "<manifest:encryption-data/>"}), "protected by a password"),
        (b"\x09\x08\x06\x00\x00\x00\x10\x00" + bytes(100), "is not an Excel workbook"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "is not an Excel workbook"),
    ],
    ids=["docx", "zip", "doc", "encrypted xlsx", "empty ole", "encrypted ods", "excel 4", "xml of 2003"],
)
def test_what_is_no_workbook_is_told_apart(tmp_path: Path, catalogue: Catalogue, content: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        reading(tmp_path, catalogue, "xlsx", {}, content)


def test_an_xls_that_a_password_protects_is_told(tmp_path: Path, catalogue: Catalogue) -> None:
    content = xls({"R": Made(ROWS)}).replace(bytes.fromhex("42000200b004"), bytes.fromhex("2f000200b004"))
    with pytest.raises(SourceError, match="protected by a password"):
        reading(tmp_path, catalogue, "xls", {}, content)


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
@FORMATS
def test_a_file_that_is_cut_off_is_damaged(tmp_path: Path, catalogue: Catalogue, form: str, part: float) -> None:
    whole = WRITERS[form]({"R": Made(ROWS)})
    with pytest.raises(SourceError, match="is damaged"):
        reading(tmp_path, catalogue, form, {}, whole[: int(len(whole) * part)])


def test_cells_of_an_xlsx_may_lack_their_addresses(tmp_path: Path, catalogue: Catalogue) -> None:
    parts = xlsx_parts({"R": Made([*ROWS, ["0882", "Oskarshamn", Error("#N/A"), "Nej"]])})
    sheet = "xl/worksheets/sheet1.xml"
    for c in range(4):
        for r in range(1, 5):
            parts[sheet] = str(parts[sheet]).replace(f' r="{letters(c)}{r}"', "")
    found = reading(tmp_path, catalogue, "xlsx", {}, packed(parts))
    assert (found.word("U35519", "0880"), found.value("U35519", "0882")) == ("Ja", ABSENT)
    assert [f.cell for f in found.findings("error-cell")] == ["C4"]


def test_repeated_rows_and_cells_of_an_ods_are_counted(tmp_path: Path, catalogue: Catalogue) -> None:
    content = ods({"R": Made([HEAD, ["0880", "Kalmar", "Ja", "Ja"], [], [], [], ["0861", "Mönsterås", "Nej", "Ja"]])})
    found = reading(tmp_path, catalogue, "ods", {}, content)
    assert found.cell("U35519", "0861") == "R!C6"


def test_a_note_on_a_cell_of_an_ods_is_no_part_of_its_value(tmp_path: Path, catalogue: Catalogue) -> None:
    cells = [
        [f'<table:table-cell office:value-type="string"><text:p>{v}</text:p></table:table-cell>' for v in r]
        for r in (["Kommunkod", "Kommun", METODER], ["0880", "Kalmar", "Nej"])
    ]
    cells[1][2] = cells[1][2].replace("<text:p>", "<office:annotation><text:p>Se noten</text:p></office:annotation><text:p>", 1)
    rows = "".join(f"<table:table-row>{''.join(r)}</table:table-row>" for r in cells)
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": "<manifest/>",
        "content.xml": ods_content(f'<table:table table:name="R">{rows}</table:table>'),
    }
    assert reading(tmp_path, catalogue, "ods", {}, packed(parts)).word("U35522", "0880") == "Nej"


def test_letters_and_numbers_of_columns_are_each_others_reverse() -> None:
    assert [number(letters(c)) for c in (0, 25, 26, 701, 702, 16_383)] == [0, 25, 26, 701, 702, 16_383]


def test_a_sheet_that_the_workbook_does_not_name_does_no_harm(tmp_path: Path, catalogue: Catalogue) -> None:
    parts = xlsx_parts({"R": Made(ROWS)})
    parts["xl/worksheets/sheet7.xml"] = parts["xl/worksheets/sheet1.xml"]
    assert reading(tmp_path, catalogue, "xlsx", {}, packed(parts)).word("U35519", "0880") == "Ja"


def test_an_xlsx_and_its_copies_in_other_formats_are_one_edition(tmp_path: Path, catalogue: Catalogue) -> None:
    (tmp_path / "oj-2019.xlsx").write_bytes(xlsx({"R": Made(ROWS)}))
    (tmp_path / "oj-2019.ods").write_bytes(ods({"R": Made(ROWS)}))
    with pytest.raises(SourceError, match="both hold the edition of 2019"):
        load_results([tmp_path], catalogue, cache=False)
