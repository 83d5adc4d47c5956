"""Files that are made to do harm: each is read as far as it can be, or refused with one sentence, in little time and memory."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from formats import WRITERS, Made, compound, ods_content, packed, xls, xlsx_parts
from made_workbooks import EKONOMI, NARSTAENDE
from read_back import Read

from ojreport.catalogue import Catalogue
from ojreport.errors import SourceError
from ojreport.sources import load_results, workbook

HEAD = ["Kommunkod", "Kommun", NARSTAENDE, EKONOMI]
ROWS = [HEAD, ["0880", "Kalmar", "Ja", "Nej"], ["0861", "Mönsterås", "Nej", "Ja"]]
SHEET = "xl/worksheets/sheet1.xml"
MOST_SECONDS, MOST_MEMORY = 10, 500_000_000

_CHILD = """
import sys, time
from pathlib import Path
from ojreport.catalogue import load_catalogue
from ojreport.errors import SourceError
from ojreport.sources import load_results
catalogue = load_catalogue()
start = time.perf_counter()
try:
    results = load_results([Path(sys.argv[1])], catalogue, cache=False)
    said = "read " + results.value("U35519", "0880", 2019).__class__.__name__
except SourceError as error:
    said = str(error)
seconds = time.perf_counter() - start
try:  # what getrusage tells on Linux includes the process that this one was begun from
    with open("/proc/self/status", encoding="ascii") as status:
        peak = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
except OSError:
    try:
        import resource
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    except ImportError:
        peak = 0  # Windows does not tell
print(said, seconds, peak, sep="\\t")
"""


def opened(path: Path) -> str:
    """What a process of its own says of the file, that takes no more time and memory than it may."""
    source = Path(__file__).resolve().parents[2] / "src"
    ran = subprocess.run(
        [sys.executable, "-c", _CHILD, str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(source), "PYTHONUTF8": "1"},
    )
    assert not ran.stderr, ran.stderr[-2000:]
    said, seconds, peak = ran.stdout.strip().split("\t")
    assert float(seconds) < MOST_SECONDS
    assert int(peak) < MOST_MEMORY, f"{int(peak) / 1e6:.0f} MB"
    return said


def saved(folder: Path, content: bytes, form: str = "xlsx") -> Path:
    path = folder / f"oj-2019.{form}"
    path.write_bytes(content)
    return path


def with_part(folder: Path, name: str, pieces: Iterator[bytes], *, rest: dict[str, Any] | None = None) -> Path:
    """A whole .xlsx in which a part is written piece by piece."""
    path = folder / "oj-2019.xlsx"
    parts = rest if rest is not None else xlsx_parts({"Resultat": Made(ROWS)})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for other, text in parts.items():
            if other != name:
                archive.writestr(other, text)
        with archive.open(name, "w") as stream:
            for piece in pieces:
                stream.write(piece)
    return path


def refused(path: Path, catalogue: Catalogue) -> str:
    with pytest.raises(SourceError) as caught:
        load_results([path], catalogue, cache=False)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# ---------------------------------------------------------------------------------------------------------------- zip bombs


def test_a_zip_that_says_that_it_unpacks_to_a_gigabyte(tmp_path: Path) -> None:
    path = with_part(tmp_path, "xl/worksheets/sheet2.xml", (bytes(1 << 20) for _ in range(1000)))
    assert "unpacks to far more" in opened(path)


def test_a_zip_that_says_less_than_it_unpacks_to(tmp_path: Path) -> None:
    """Sizes in both headers are lies, and the checksum is that of the part that they let one see."""
    whole = bytearray(with_part(tmp_path, SHEET, (bytes(1 << 20) for _ in range(300))).read_bytes())
    for sign, crc, size in ((b"PK\x03\x04", 14, 22), (b"PK\x01\x02", 16, 24)):
        at = whole.rfind(SHEET.encode()) if sign == b"PK\x01\x02" else whole.find(SHEET.encode())
        at = whole.rfind(sign, 0, at)
        whole[at + size : at + size + 4] = struct.pack("<I", 1000)
        whole[at + crc : at + crc + 4] = struct.pack("<I", zlib.crc32(bytes(1000)))
    assert "unpacks to far more" in opened(saved(tmp_path, bytes(whole)))


def test_many_names_for_one_packed_part(tmp_path: Path) -> None:
    path = with_part(tmp_path, SHEET, iter([bytes(30_000_000)]))
    with zipfile.ZipFile(path, "a") as archive:
        only = archive.getinfo(SHEET)
        for n in range(50):
            copy = zipfile.ZipInfo(f"xl/worksheets/more{n}.xml")
            for field in ("compress_type", "file_size", "compress_size", "CRC", "header_offset"):
                setattr(copy, field, getattr(only, field))
            archive.filelist.append(copy)
            archive.NameToInfo[copy.filename] = copy
        archive._didModify = True  # type: ignore[attr-defined] # writes the list anew
    assert "unpacks to far more" in opened(path)


def test_a_part_that_stands_there_twice(tmp_path: Path, catalogue: Catalogue) -> None:
    path = saved(tmp_path, packed(xlsx_parts({"R": Made(ROWS)})))
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr(SHEET, "<worksheet/>")
    assert "is damaged" in refused(path, catalogue)


# -------------------------------------------------------------------------------------------------------- too much of it all


def test_a_million_rows_that_are_only_coloured_are_read(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        text = str(xlsx_parts({"R": Made(ROWS)})[SHEET]).encode()
        cut = text.index(b"</sheetData>")
        yield text[:cut]
        for r in range(4, 1_000_000, 1000):
            yield b"".join(b'<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/></row>' % (n, n) for n in range(r, r + 1000))
        yield text[cut:]

    assert opened(with_part(tmp_path, SHEET, pieces())) == "read Answer"


def test_a_table_of_texts_of_200_megabytes(tmp_path: Path) -> None:
    pieces = (b"<si><t>" + b"x" * 1_000_000 + b"</t></si>" for _ in range(200))
    assert "unpacks to far more" in opened(with_part(tmp_path, "xl/sharedStrings.xml", pieces))


def test_as_many_cells_as_are_let_in(tmp_path: Path) -> None:
    """Nearly a million different texts, none of which is a result."""

    def pieces() -> Iterator[bytes]:
        text = str(xlsx_parts({"R": Made(ROWS)})[SHEET]).encode()
        cut = text.index(b"</sheetData>")
        yield text[:cut]
        for r in range(4, 95_000):
            cells = b"".join(b'<c r="%c%d" t="str"><v>%d.%d</v></c>' % (65 + c, r, r, c) for c in range(10))
            yield b'<row r="%d">%s</row>' % (r, cells)
        yield text[cut:]

    assert "more than 10000 rows with values that are about no area" in opened(with_part(tmp_path, SHEET, pieces()))


def test_more_errors_than_can_be_told(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{r}"><c r="A{r}" t="e"></c><c r="B{r}" t="e"><v>#N/A</v></c></row>' for r in range(4, 150_000))
    parts = xlsx_parts({"R": Made(ROWS)})
    parts[SHEET] = str(parts[SHEET]).replace("</sheetData>", f"{rows}</sheetData>")
    assert "more error cells" in opened(saved(tmp_path, packed(parts)))


def test_hidden_columns_without_end(tmp_path: Path) -> None:
    columns = "".join(f'<col hidden="1" min="{n % 9 + 1}" max="99999"/>' for n in range(300_000))
    parts = xlsx_parts({"R": Made(ROWS)})
    parts[SHEET] = str(parts[SHEET]).replace("<sheetData>", f"<cols>{columns}</cols><sheetData>")
    assert opened(saved(tmp_path, packed(parts))) == "read Answer"


@pytest.mark.parametrize("times", [(1_048_576, 16_384), (1_048_576, 2), (1, 99_999_999)])
def test_a_cell_of_an_ods_that_is_repeated_without_end(tmp_path: Path, times: tuple[int, int]) -> None:
    rows, columns = times
    cell = f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="string"><text:p>x</text:p>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-cell></table:table-row>'
    content = ods_content(f'<table:table table:name="R">{row}</table:table>')
    assert "far beyond its results" in opened(saved(tmp_path, packed({"content.xml": content}), "ods"))


def test_a_file_on_the_disk_that_is_larger_than_any_edition(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "oj-2019.xlsx"
    with path.open("wb") as stream:
        stream.truncate(200_000_000)
    assert "too large to be one (200 MB" in refused(path, catalogue)


# --------------------------------------------------------------------------------------------------------- hostile content


def test_entities_that_grow_are_not_resolved(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    parts = xlsx_parts({"R": Made(ROWS)})
    text = str(parts[SHEET]).replace(">Ja<", ">&l9;<")
    parts[SHEET] = f'<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY l0 "ha">{laughs}]>{text}'
    assert "is damaged" in opened(saved(tmp_path, packed(parts)))


def test_an_entity_that_names_a_file_is_not_resolved(tmp_path: Path, catalogue: Catalogue) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hemligt", encoding="utf-8")
    parts = xlsx_parts({"R": Made(ROWS)})
    text = str(parts[SHEET]).replace(">Ja<", ">&f;<")
    parts[SHEET] = f'<!DOCTYPE worksheet [<!ENTITY f SYSTEM "{secret.as_uri()}">]>{text}'
    assert "hemligt" not in refused(saved(tmp_path, packed(parts)), catalogue)


def test_links_to_other_workbooks_are_not_followed(tmp_path: Path, catalogue: Catalogue) -> None:
    parts = xlsx_parts({"R": Made(ROWS)})
    parts["xl/externalLinks/externalLink1.xml"] = '<externalLink xmlns:r="r"><externalBook r:id="r1"/></externalLink>'
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        '<Relationships><Relationship Id="r1" TargetMode="External" Target="http://127.0.0.1:9/x.xlsx"/></Relationships>'
    )
    assert Read(load_results([saved(tmp_path, packed(parts))], catalogue, cache=False)).word("U35519", "0880") == "Ja"


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/evil.xml", "C:\\evil.xml", "xl/worksheets/../../../evil.xml"])
def test_names_with_path_parts_write_nothing(tmp_path: Path, catalogue: Catalogue, name: str) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    path = saved(inner, packed({**xlsx_parts({"R": Made(ROWS)}), name: "<evil/>"}))
    assert load_results([path], catalogue, cache=False).has_area("0880", 2019)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [path]


@pytest.mark.parametrize("form", WRITERS)
def test_control_characters_do_not_reach_the_terminal(tmp_path: Path, catalogue: Catalogue, form: str) -> None:
    wild = "Ny fråga \u202e\u009b2J\u200f" + ("\x1b[31m\x07" if form in ("xls", "xlsb") else "")
    rows = [[*HEAD, wild], ["0880", "Kalmar", wild, "Nej", "Ja"], ["0861", "Mönsterås\u202e", "Nej", "Ja", "Nej"]]
    found = Read(load_results([saved(tmp_path, WRITERS[form]({"R": Made(rows)}), form)], catalogue, cache=False))
    said = "".join(f.message + f.sheet for f in found.results.findings)
    assert "Ny fråga" in said
    assert not [c for c in said if ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u200f"]
    assert found.word("U35505", "0861") == "Ja"


@pytest.mark.parametrize("letter", ["x", "a, ", "(", "1 = Ja, ", "Ja - ", "\u00ad", "andel: ", "Län "])
def test_a_heading_of_ten_thousand_letters(tmp_path: Path, catalogue: Catalogue, letter: str) -> None:
    rows = [[*HEAD, (letter * 10_000)[:10_000]], [*ROWS[1], "Ja"], [*ROWS[2], "Nej"]]
    start = time.perf_counter()
    found = Read(load_results([saved(tmp_path, WRITERS["xlsx"]({"R": Made(rows)}))], catalogue, cache=False))
    assert time.perf_counter() - start < 2
    assert found.word("U35519", "0880") == "Ja"
    assert all(len(f.message) < 1000 for f in found.results.findings if f.kind != "units-missing")


def test_a_heading_that_stands_there_a_thousand_times(tmp_path: Path, catalogue: Catalogue) -> None:
    rows = [[*HEAD, *[EKONOMI] * 1000], [*ROWS[1], *["Ja"] * 1000]]
    start = time.perf_counter()
    found = Read(load_results([saved(tmp_path, WRITERS["xlsx"]({"R": Made(rows)}))], catalogue, cache=False))
    assert time.perf_counter() - start < MOST_SECONDS
    assert not found.results.asked("U35505", 2019)
    assert found.findings("heading-twice")


# -------------------------------------------------------------------------------------------- what the parser would trust


@pytest.mark.parametrize(
    ("at", "what"), [(40, "directories"), (44, "tables"), (64, "small tables"), (72, "lists of tables"), (68, "the next list")]
)
def test_counts_in_an_xls_that_it_can_not_hold(tmp_path: Path, at: int, what: str) -> None:
    content = bytearray(xls({"R": Made(ROWS)}))
    content[at : at + 4] = struct.pack("<I", 0x7FFFFFF0 if at != 68 else 1)
    assert "is damaged" in opened(saved(tmp_path, bytes(content), "xls")), what


@pytest.mark.parametrize("kind", [0x200, 0xFC])
def test_a_size_in_an_xls_that_it_can_not_have(tmp_path: Path, kind: int) -> None:
    content = xls({"R": Made(ROWS)})
    if kind == 0x200:
        at = content.index(struct.pack("<HH", 0x200, 14)) + 4
        content = content[: at + 4] + struct.pack("<I", 0xFFFFFFF0) + content[at + 8 :]
    else:
        content = content.replace(
            struct.pack("<HHH", 0x42, 2, 1200), struct.pack("<HHIIHHH", 0xFC, 8, 9, 0xFFFFFFF0, 0x42, 2, 1200)
        )
        content = compound(content[512 * 3 :])
    assert "is damaged" in opened(saved(tmp_path, content, "xls"))


def test_what_a_library_says_by_itself_as_it_gives_up_is_not_heard(capfd):
    with workbook._unheard():
        os.write(2, b"thread panicked")
    os.write(2, b"and this is")
    assert capfd.readouterr().err == "and this is"
