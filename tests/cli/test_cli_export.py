"""``ojreport export``: what is chosen, what is written, and what is answered to what can not be used."""

import csv
import io
import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from running import Run

from ojreport.catalogue import load_catalogue
from ojreport.model.results import Results
from ojreport.model.value import Answer, Missing, Number, Share
from ojreport.sources import example_folder, load_results

TITLE = "Aktuell rutin för samordning mellan missbruk- och beroendevård och ekonomiskt bistånd"  # U35505


@pytest.fixture(scope="module")
def example() -> Results:
    return load_results([example_folder()], load_catalogue())


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def test_every_cell_of_every_edition_is_one_row_that_says_what_was_read(example: Results, tmp_path: Path, run: Run) -> None:
    code, out, err = run("export", "--to", tmp_path / "all.csv")
    assert (code, out) == (0, f"{tmp_path / 'all.csv'}\t{(tmp_path / 'all.csv').stat().st_size}\n")
    assert "Exempeldata" in err
    rows = rows_of(tmp_path / "all.csv")
    assert len(rows) == sum(len(cells) for year in example.years for cells in example.edition(year).cells.values())
    for row in rows:
        seen = example.observation(row["indicator"], row["area_code"], int(row["year"]))
        scale = example.indicators[row["indicator"]].scale
        assert (row["file"], row["sheet"], row["cell"]) == (seen.origin.file, seen.origin.sheet, seen.origin.cell)
        match seen.value:
            case Answer():
                assert (row["state"], row["answer"]) == ("answer", scale.option(seen.value).label)
            case Share(percent):
                assert (row["state"], Decimal(row["share"])) == ("share", percent)
                assert row["level"] in ("riket", "lan", "kommun")
            case Number(amount):
                assert (row["state"], Decimal(row["value"])) == ("number", amount)
            case Missing(reason):
                assert (row["state"], row["reason"]) == ("missing", reason)


def test_rows_come_by_year_then_by_the_catalogues_order_then_by_code(example: Results, tmp_path: Path, run: Run) -> None:
    run("export", "--to", tmp_path / "all.csv")
    order = list(example.indicators)
    keys = [(int(r["year"]), order.index(r["indicator"]), r["area_code"]) for r in rows_of(tmp_path / "all.csv")]
    assert keys == sorted(keys)


def test_a_share_of_riket_and_the_lan_stands_with_the_units_that_it_is_counted_from(tmp_path: Path, run: Run) -> None:
    run("export", "--level", "Län", "--level", "riket", "--year", 2019, "--to", tmp_path / "shares.csv")
    shares = [r for r in rows_of(tmp_path / "shares.csv") if r["state"] == "share"]
    assert {r["level"] for r in shares} == {"lan", "riket"}
    for row in shares:
        counted = Decimal(100 * int(row["numerator"])) / int(row["denominator"])
        assert abs(counted - Decimal(row["share"])) <= Decimal("0.5")


def test_csv_json_and_xlsx_hold_the_same(tmp_path: Path, run: Run) -> None:
    for kind in ("csv", "json", "xlsx"):
        assert run("export", "GR", "Kalmar län", "--year", 2019, "--to", tmp_path / f"rows.{kind}").code == 0
    rows = rows_of(tmp_path / "rows.csv")
    plain = [
        {k: "" if v is None else str(v) for k, v in one.items()}
        for one in json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"), parse_float=Decimal)
    ]
    assert plain == rows
    head, *lines = load_workbook(tmp_path / "rows.xlsx").active.iter_rows(values_only=True)
    assert [{k: "" if v is None else str(v) for k, v in zip(head, line, strict=True)} for line in lines] == rows


def test_a_kommun_stands_for_its_stadsdelar_too_and_a_group_for_its_members(tmp_path: Path, run: Run) -> None:
    to = tmp_path / "rows.csv"
    run("export", "Göteborg", "--year", 2019, "--to", to)
    names = {r["area"] for r in rows_of(to)}
    assert "Göteborg, Angered" in names
    assert all(name.startswith("Göteborg") for name in names)
    run("export", "GR", "--year", 2019, "--level", "kommun", "--to", to)
    assert {"Kungsbacka", "Partille"} <= {r["area"] for r in rows_of(to)}
    assert "Kalmar" not in {r["area"] for r in rows_of(to)}


def test_a_group_of_the_users_own_is_a_file(tmp_path: Path, run: Run) -> None:
    own = tmp_path / "grannar.csv"
    own.write_text("kommun\nKalmar\nNybro\n", encoding="utf-8")
    run("export", own, "--year", 2019, "--to", tmp_path / "rows.csv")
    assert {r["area"] for r in rows_of(tmp_path / "rows.csv")} == {"Kalmar", "Nybro"}
    own.write_text("kommun\nKalmr\n", encoding="utf-8")
    code, _, err = run("export", own, "--to", tmp_path / "rows.csv")
    assert code == 2
    assert "grannar.csv, line 2: " in err


def test_an_indicator_is_named_by_id_or_title_and_a_year_twice_is_once(tmp_path: Path, run: Run) -> None:
    to = tmp_path / "rows.csv"
    chosen = ["--indicator", "u35513", "--indicator", TITLE, "--year", 2020, "--year", 2019, "--year", 2019]
    assert run("export", "Kalmar", *chosen, "--to", to).code == 0
    found = [(r["year"], r["indicator"]) for r in rows_of(to)]
    assert found == [("2019", "U35513"), ("2019", "U35505"), ("2020", "U35513"), ("2020", "U35505")]


def test_excel_csv_begins_with_a_mark_and_is_the_same_under_both_names(tmp_path: Path, run: Run) -> None:
    for name in ("--excel-csv", "--semicolon"):
        run("export", "Kalmar", "--to", tmp_path / f"{name}.csv", name)
    one, other = ((tmp_path / f"{name}.csv").read_bytes() for name in ("--excel-csv", "--semicolon"))
    assert one.startswith(b"\xef\xbb\xbfarea_code;")
    assert one == other


def test_the_same_export_twice_gives_the_same_bytes(tmp_path: Path, run: Run) -> None:
    for kind in ("csv", "json", "xlsx"):
        for number in (1, 2):
            run("export", "Kalmar", "--to", tmp_path / f"{number}.{kind}")
        assert (tmp_path / f"1.{kind}").read_bytes() == (tmp_path / f"2.{kind}").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--to", "rows.docx"], "rows.docx does not say which format; end it with one of .csv, .json, .xlsx, .parquet"),
        (["--to", "rows"], "end it with one of"),
        (["--to", "rows.xlsx", "--excel-csv"], "--excel-csv is for a .csv file, and not for rows.xlsx"),
        (["Kalmr", "--to", "rows.csv"], "Did you mean Kalmar?"),
        (["--to", "rows.csv", "--year", "1999"], "the workbooks hold 2016, 2017, 2018, 2019, 2020"),
        (["--to", "rows.csv", "--level", "by"], "--level takes one of riket, lan, kommun, stadsdel"),
        (["--to", "rows.csv", "--indicator", "U3551"], "There is no indicator “U3551”. Did you mean"),
        (["--to", "rows.csv", "--indicator", "xyzzy"], "`ojreport list indicators` shows them all"),
        (["Kalmar", "--to", "rows.csv", "--level", "riket"], "hold nothing of what was asked for"),
        (["--to", "rows.csv", "--workbook", "none.xlsx"], "none.xlsx"),
        (["--to", "rows.csv", "--layout", "none.toml"], "none.toml"),
        ([], "--to"),
    ],
)
def test_what_can_not_be_used_is_answered_in_one_sentence_and_nothing_is_written(
    arguments: list[str], message: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run("export", *arguments)
    assert (code, out) == (2, "")
    (complaint,) = [line for line in err.splitlines() if line.startswith("ojreport: ")]
    assert message in complaint
    assert list(tmp_path.iterdir()) == []


def test_parquet_without_its_library_is_answered_with_how_to_install_it(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    code, _, err = run("export", "Kalmar", "--to", tmp_path / "rows.parquet")
    assert code == 2
    assert 'ojreport: parquet needs pyarrow, which is not installed; install it with: pip install "ojreport[parquet]"' in err


def test_faults_of_the_users_own_workbooks_are_counted_and_where_to_read_them(tmp_path: Path, run: Run) -> None:
    _, _, err = run("export", "--workbook", example_folder() / "oj-missbruk-2019.xlsx", "--to", tmp_path / "rows.csv")
    assert "Errors and warnings about the workbooks: 1; ojreport check tells them." in err
