"""Damages workbooks at random, in their bytes and in their cells, and reads them: what is wrong is said, and nothing is invented.

    uv run scripts/fuzz.py --count 2000 --seed 1

A mutant is read as it is, or refused with one sentence. Each number and answer that is read from an .xlsx is held against the
cell that it names, which openpyxl reads. Prints how many were read and refused, the slowest, and each failure (exit code 1).
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from ojreport.catalogue import Catalogue, load_catalogue
from ojreport.errors import OjreportError
from ojreport.model.results import Results
from ojreport.model.value import Answer, Missing, Number, Share
from ojreport.sources import load_results
from ojreport.sources.symbols import amount, answer, codes_of, key_to_codes, labels, missing
from ojreport.sources.text import shown

SLOW = 10.0  # seconds that no workbook may take
_WORDS = [
    *("Ja", "Nej", "ja ", "-", "..", "", "63", "0,63", "63 %", "Kalmar", "0880", "Riket", "#N/A", "=1+1", "1e9", "\u0130"),
    *("Länskod", "Kommunkod", "2018", "Kanske", "9" * 400, "x" * 10_000, "\u202eJa", "Ja, för alla", "1 = Ja, 2 = Nej"),
]
_NUMBERS = [0, 1, 2, 3, -1, 63, 0.63, 100, 101, 1e15, 880, 2018, 0.1 + 0.2]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant: ``read``, ``refused``, or a failure with its message."""

    kind: str
    message: str = ""
    seconds: float = 0.0


def mutants(files: Mapping[str, bytes], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """*count* damaged files, with the suffix of each; the same for the same *seed*."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    names = sorted(files)
    for n in range(count):
        name = names[n % len(names)]
        content = files[name]
        suffix = Path(name).suffix
        if suffix == ".xls":
            yield suffix, _bytes(content, chance)
        elif suffix == ".xlsx" and n // len(names) % 2:
            yield suffix, _cells(content, chance)
        else:
            yield suffix, _part(content, chance) if chance.random() < 0.8 else _bytes(content, chance)  # noqa: PLR2004 - mostly


def _bytes(content: bytes, chance: random.Random) -> bytes:
    """A few bytes turned, taken out, doubled, or all from one on cut off."""
    found = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        at = chance.randrange(len(found))
        how = chance.randrange(6)
        if how < 3:  # noqa: PLR2004 - mostly
            found[at] = chance.randrange(256)
        elif how == 3:  # noqa: PLR2004 - the fourth way
            del found[at : at + chance.choice((1, 4, 100))]
        elif how == 4:  # noqa: PLR2004 - the fifth
            found[at:at] = found[at : at + chance.choice((1, 8, 200))]
        else:
            found[at : at + 4] = chance.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f"))
        if not found:
            break
    return bytes(found[: chance.randrange(len(found))]) if found and chance.random() < 0.05 else bytes(found)  # noqa: PLR2004


def _part(content: bytes, chance: random.Random) -> bytes:
    """One part of a zip damaged, and packed again so that the zip itself is whole."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts, key=lambda n: (("sheet" not in n and "content" not in n), n))[:4])
    own = parts[name]
    if own and name.endswith((".xml", ".rels")) and chance.random() < 0.7:  # noqa: PLR2004 - mostly a change that XML bears
        tags = own.split(b"<")
        at = chance.randrange(len(tags))
        how = chance.randrange(4)
        if how == 0:
            del tags[at]
        elif how == 1:
            tags[at:at] = tags[at : at + chance.choice((1, 2, 9))]
        elif how == 2:  # noqa: PLR2004 - the third way
            other = chance.randrange(len(tags))
            tags[at], tags[other] = tags[other], tags[at]
        else:
            tags[at] = tags[at].translate(bytes.maketrans(b"0123456789", bytes(chance.sample(b"0123456789", 10))))
        parts[name] = b"<".join(tags)
    elif own:
        parts[name] = _bytes(own, chance)
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return into.getvalue()


def _cells(content: bytes, chance: random.Random) -> bytes:
    """Cells of an .xlsx changed, rows and columns moved, merged, hidden or taken out."""
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy

    book = load_workbook(io.BytesIO(content))
    for _ in range(chance.choice((1, 3, 10))):
        sheet = chance.choice(book.worksheets)
        row, column = chance.randint(1, max(sheet.max_row, 1)), chance.randint(1, max(sheet.max_column, 1))
        how = chance.randrange(12)
        if how == 0:
            sheet.insert_rows(row)
        elif how == 1:
            sheet.delete_rows(row, chance.choice((1, 2)))
        elif how == 2:  # noqa: PLR2004 - the ways are counted
            sheet.insert_cols(column)
        elif how == 3:  # noqa: PLR2004 - the same
            sheet.delete_cols(column)
        elif how == 4:  # noqa: PLR2004 - the same
            other = chance.randint(1, max(sheet.max_row, 1)), chance.randint(1, max(sheet.max_column, 1))
            _swap(sheet, (row, column), other)
        else:
            _set(sheet, row, column, chance.choice(_WORDS if chance.random() < 0.7 else _NUMBERS))  # noqa: PLR2004 - mostly
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def _set(sheet: Any, row: int, column: int, value: object) -> None:  # noqa: ANN401 - openpyxl is not typed
    cell = sheet.cell(row, column)
    if type(cell).__name__ == "Cell":  # the others are covered by a merged one
        cell.value = value


def _swap(sheet: Any, one: tuple[int, int], other: tuple[int, int]) -> None:  # noqa: ANN401 - the same
    first, second = sheet.cell(*one).value, sheet.cell(*other).value
    _set(sheet, *one, second)
    _set(sheet, *other, first)


# --------------------------------------------------------------------------------------------------------------- reading


def judge(suffix: str, content: bytes, catalogue: Catalogue, folder: Path) -> Verdict:
    """Reads one mutant, and holds what was read against its cells."""
    path = folder / f"oj-2019{suffix}"
    path.write_bytes(content)
    start = time.perf_counter()
    try:
        results = load_results([path], catalogue, cache=False)
    except OjreportError as error:
        seconds = time.perf_counter() - start
        one_line = path.name in str(error) and "\n" not in str(error)
        return Verdict("slow" if seconds > SLOW else "refused" if one_line else "bad message", str(error), seconds)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return Verdict("traceback", traceback.format_exc(limit=-4), time.perf_counter() - start)
    seconds = time.perf_counter() - start
    if seconds > SLOW:
        return Verdict("slow", f"{seconds:.1f} s", seconds)
    wrong = next(differences(results, content), "") if suffix == ".xlsx" else ""
    return Verdict("another value" if wrong else "read", wrong, seconds)


def differences(results: Results, content: bytes) -> Iterator[str]:
    """Each observation that is not what openpyxl finds in the cell that it names."""
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), data_only=True)
    except Exception:  # noqa: BLE001 - openpyxl refuses in many ways what our reader bears; then there is nothing to hold against
        return
    for year in results.years:
        edition = results.edition(year)
        for indicator, column in edition.cells.items():
            for area, (index, sheet, cell) in column.items():
                name = edition.sheets[sheet]
                if name not in book.sheetnames or book[name].calculate_dimension() == "A1:A1":
                    continue  # of a part that it does not take for a sheet, openpyxl gives nothing
                if type(book[name][cell]).__name__ == "MergedCell":
                    continue  # the file has a value there, which openpyxl throws away
                raw = book[name][cell].value
                value = edition.values[index]
                if not _says(raw, value, results, indicator):
                    yield f"{name}!{cell} holds {shown(raw)!r}, and {indicator} of {area} {year} is {value}"


def _says(raw: Any, value: object, results: Results, indicator: str) -> bool:  # noqa: ANN401 - what a cell can hold
    """Whether a cell that holds *raw* can be read as *value*: by no more than the words and numbers in it."""
    scale = results.indicators[indicator].scale
    raw = "" if raw is None else raw
    match value:
        case Missing():
            return missing(raw) == value
        case Share(number) | Number(number):
            found = amount(raw)
            return found is not None and number in (found.number, found.number * 100, round(found.number * 100, 8))
        case Answer(option):
            titles = [results.edition(y).titles.get(indicator, "") for y in results.years]
            keys = [key_to_codes(t) for t in titles]
            own = answer(raw, labels(scale), codes_of(scale))
            return own == value or _whole(raw) or any(key.get(option) for key in keys)
    return False


def _whole(raw: object) -> bool:
    """Whether the cell holds a code, whose meaning the heading or a legend gives."""
    found = amount(raw) if isinstance(raw, str | int | float) else None
    return found is not None and found.number == found.number.to_integral_value() and abs(found.number) < Decimal(100)


def main() -> int:
    """Runs the fuzzer and prints what came out."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("files", nargs="*", type=Path, help="workbooks to damage (default: small ones in all formats)")
    asked.add_argument("--count", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    files = {p.name: p.read_bytes() for p in given.files} or samples()
    catalogue = load_catalogue()
    counts: Counter[str] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for n, (suffix, content) in enumerate(mutants(files, given.count, given.seed)):
            verdict = judge(suffix, content, catalogue, Path(folder))
            counts[verdict.kind] += 1
            slowest = max(slowest, verdict.seconds)
            if verdict.kind not in ("read", "refused"):
                print(f"{n} {suffix} {verdict.kind}: {verdict.message}")
    print(f"{given.count} mutants:", ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())))
    print(f"slowest {slowest:.2f} s")
    return 0 if counts.keys() <= {"read", "refused"} else 1


def samples() -> dict[str, bytes]:
    """Small workbooks in all formats and some shapes, as the tests write them."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "sources"))
    from any_layout import WAYS  # noqa: PLC0415 - found only now
    from any_shape import ONE, TWO  # noqa: PLC0415 - the same
    from formats import WRITERS  # noqa: PLC0415 - the same

    plain = {kind: ways[0] for kind, ways in WAYS.items()} | {"above": "3", "answer": "label"}
    shapes = {shape.__name__: shape for shape in (*ONE, *TWO)}
    found = {f"{name}.xlsx": WRITERS["xlsx"](shape(plain)) for name, shape in shapes.items()}
    coded = shapes["grouped"](plain | {"answer": "code"})
    return found | {f"grouped.{form}": WRITERS[form](coded) for form in ("ods", "xlsb", "xls", "xlsx")}


if __name__ == "__main__":
    sys.exit(main())
