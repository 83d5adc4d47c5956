"""Tidy rows read back from each kind of file: nothing lost, nothing taken for a formula, the same bytes each time."""

import csv
import io
import json
import sys
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from ojreport.analysis.tidy import Row
from ojreport.errors import UsageError
from ojreport.render import tidy
from ojreport.render.package import unpack
from ojreport.render.tidy import FORMATS, render_rows


def row(*, area="Växjö", answer="Ja", state="answer", numbers=(None, None, None, None), reason=None, sheet="Resultat"):
    share, numerator, denominator, value = numbers
    fields = (state, answer, share, numerator, denominator, value, reason, "oj-2019.xlsx", sheet, "B2")
    return Row("0780", area, "kommun", "U35513", "Titel med å, ä och ö", 2019, *fields)


ROWS = (
    row(),
    row(state="share", answer=None, numbers=(Decimal("66.7"), 2, 3, None)),
    row(state="number", answer=None, numbers=(None, None, None, Decimal("-4.5"))),
    row(state="missing", answer=None, reason="bortfall"),
)
RISKY = ("=1+1", "+46", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x";"y")')


def of_csv(content, comma="."):
    """Rows as they were, from a csv."""
    numbers = {"share": Decimal, "value": Decimal, "numerator": int, "denominator": int, "year": int}
    delimiter = ";" if comma == "," else ","
    lines = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    return tuple(
        Row(**{k: None if v == "" else numbers[k](v.replace(",", ".")) if k in numbers else v for k, v in line.items()})
        for line in lines
    )


def of_xlsx(content):
    head, *lines = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    assert head == Row._fields
    decimals = [Row._fields.index(name) for name in ("share", "value")]
    return tuple(Row(*(Decimal(str(v)) if n in decimals and v is not None else v for n, v in enumerate(line))) for line in lines)


def of_json(content):
    return tuple(Row(**one) for one in json.loads(content, parse_float=Decimal))


def test_a_csv_gives_the_rows_back():
    assert of_csv(render_rows(ROWS, ".csv")) == ROWS


def test_a_csv_for_swedish_excel_has_a_mark_semicolons_and_decimal_commas():
    content = render_rows(ROWS, ".csv", excel=True)
    assert content.startswith(b"\xef\xbb\xbfarea_code;area;")
    assert ";66,7;2;3;" in content.decode()
    assert of_csv(content, ",") == ROWS


def test_json_gives_the_rows_back_with_null_where_there_is_nothing():
    content = render_rows(ROWS, ".json")
    assert of_json(content) == ROWS
    assert all(list(one) == list(Row._fields) for one in json.loads(content))
    assert "Växjö" in content.decode()
    assert json.loads(render_rows((), ".json")) == []


def test_xlsx_gives_the_rows_back_with_codes_as_text_and_numbers_as_numbers():
    content = render_rows(ROWS, ".xlsx")
    assert of_xlsx(content) == ROWS
    sheet = load_workbook(io.BytesIO(content)).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("0780", "s")
    assert (sheet["L4"].value, sheet["L4"].data_type) == (-4.5, "n")
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet["A1"].font.b) == ("A2", "A1:P5", True)


def test_parquet_gives_the_rows_back():
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(render_rows(ROWS, ".parquet")))
    assert tuple(table.column_names) == Row._fields
    found = [{k: Decimal(str(v)) if isinstance(v, float) else v for k, v in one.items()} for one in table.to_pylist()]
    assert tuple(Row(**one) for one in found) == ROWS


def test_parquet_without_its_library_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r'pip install "ojreport\[parquet\]"'):
        render_rows(ROWS, ".parquet")


@pytest.mark.parametrize("risky", RISKY)
def test_a_text_that_begins_as_a_formula_gets_an_apostrophe_in_csv(risky):
    for excel in (False, True):
        (one,) = of_csv(render_rows([row(area=risky)], ".csv", excel=excel), "," if excel else ".")
        assert one.area == f"'{risky}"


def test_a_negative_number_is_no_formula():
    assert b",-4.5," in render_rows(ROWS, ".csv")


@pytest.mark.parametrize("risky", RISKY)
def test_a_text_that_begins_as_a_formula_is_marked_as_text_in_xlsx(risky):
    cell = load_workbook(io.BytesIO(render_rows([row(answer=risky)], ".xlsx"))).active["H2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value.replace("_x000D_", "\r") == risky


def test_an_ordinary_text_is_not_marked():
    assert not load_workbook(io.BytesIO(render_rows(ROWS, ".xlsx"))).active["B2"].quotePrefix


def test_characters_that_xml_can_not_hold_are_written_as_excel_does():
    parts = unpack(render_rows([row(answer="a\x07<&>_x0041_")], ".xlsx"))
    assert ">a_x0007_&lt;&amp;&gt;_x005F_x0041_<" in parts["xl/sharedStrings.xml"].decode()


def test_the_workbook_is_sound(tmp_path):
    path = tmp_path / "rows.xlsx"
    path.write_bytes(render_rows((*ROWS, row(area="=1")), ".xlsx"))
    found = OpenXmlValidator().validate(path)
    # The auditor wants a theme, which a workbook may do without (ISO/IEC 29500-1, 18.2).
    assert [text for error in found.errors if "relationships/theme'" not in (text := str(error))] == []


def test_more_rows_than_a_worksheet_holds_are_refused(monkeypatch):
    monkeypatch.setattr(tidy, "MOST_ROWS", 4)
    with pytest.raises(UsageError, match="4 rows are more than a worksheet holds"):
        render_rows(ROWS, ".xlsx")


@pytest.mark.parametrize("suffix", [kind for kind in FORMATS if kind != ".parquet"])
def test_the_same_rows_give_the_same_bytes(suffix):
    assert render_rows(ROWS, suffix) == render_rows(tuple(ROWS), suffix)
