"""Parsed editions are kept, and what is kept is never trusted more than the file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from made_workbooks import METODER, NARSTAENDE, write_book

from ojreport.catalogue import Catalogue
from ojreport.model.results import Results
from ojreport.sources import cache, edition, load, load_results

HEAD = ["Kod", "Namn", NARSTAENDE, METODER, "Ny fråga"]
ROWS = [["0880", "Kalmar", "Ja", "Kanske", "Ja"], ["0881", "Nybro", "-", "Nej", "Nej"], ["00", "Riket", 63.2, "24 %", 50]]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path / "oj-2019.xlsx", {"R": [HEAD, *ROWS]})


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were parsed, as they are."""
    names: list[str] = []

    def counting(*given: object) -> object:
        names.append(given[0].name)  # type: ignore[attr-defined]
        return edition.read_workbook(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(load, "read_workbook", counting)
    return names


def same(a: Results, b: Results) -> bool:
    """Whether two results hold the same in every respect."""
    return [a.edition(y) for y in a.years] == [b.edition(y) for y in b.years] and dict(a.indicators) == dict(b.indicators)


def test_a_second_reading_is_the_same_and_parses_nothing(book: Path, catalogue: Catalogue, parsed: list[str]) -> None:
    first = load_results([book], catalogue)
    assert same(load_results([book], catalogue), first)
    assert parsed == ["oj-2019.xlsx"]
    assert first.findings


def test_the_cache_can_be_left_out(book: Path, catalogue: Catalogue, parsed: list[str]) -> None:
    load_results([book], catalogue, cache=False)
    load_results([book], catalogue, cache=False)
    assert len(parsed) == 2
    assert not cache.cache_folder().exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole.replace(b'"a"', b'"s"', 1),
        lambda _: b"{}",
        lambda _: b"\x00\xff" * 100,
        lambda whole: whole.replace(b"Kalmar", b"Kalmer"),
        lambda whole: whole + b" ",
    ],
)
def test_a_broken_entry_is_made_again(book: Path, catalogue: Catalogue, parsed: list[str], damage: object) -> None:
    first = load_results([book], catalogue)
    (entry,) = cache.cache_folder().glob("*.json")
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))  # type: ignore[operator]
    assert same(load_results([book], catalogue), first)
    assert len(parsed) == 2
    assert entry.read_bytes() == whole


def test_an_entry_that_stands_under_anothers_name_is_not_used(book: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    load_results([book], catalogue)
    (entry,) = cache.cache_folder().glob("*.json")
    book.unlink()
    other = write_book(tmp_path / "oj-2018.xlsx", {"R": [HEAD, *ROWS[:1]]})
    load_results([other], catalogue)
    (new,) = set(cache.cache_folder().glob("*.json")) - {entry}
    entry.replace(new)
    assert load_results([other], catalogue).years == (2018,)


def test_a_whole_entry_of_another_shape_is_made_again(book: Path, catalogue: Catalogue, parsed: list[str]) -> None:
    load_results([book], catalogue)
    (entry,) = cache.cache_folder().glob("*.json")
    for body in (b"[]", b"[{}]", b'[{"edition":{},"unknown":[]}]', b"7", b"null", b'["edition"]'):
        entry.write_bytes(cache._headline(entry.stem, body).encode() + b"\n" + body)
        assert load_results([book], catalogue).years == (2019,)
    assert len(parsed) == 7


def test_another_content_name_or_pin_is_another_entry(
    book: Path, catalogue: Catalogue, parsed: list[str], tmp_path: Path
) -> None:
    load_results([book], catalogue)
    write_book(book, {"R": [HEAD, *ROWS[1:]]})
    load_results([book], catalogue)
    moved = book.rename(tmp_path / "resultat-2018.xlsx")
    assert load_results([moved], catalogue).years == (2018,)
    load_results([moved], catalogue, layout={"Ny fråga": "U35513"})
    assert len(parsed) == 4


def test_a_cache_that_can_not_be_written_is_no_fault(
    book: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocking = tmp_path / "a-file"
    blocking.write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("OJREPORT_CACHE", str(blocking))
    assert load_results([book], catalogue).years == (2019,)


def test_nothing_half_written_is_left_behind(book: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path, __: Path) -> None:
        raise OSError

    monkeypatch.setattr(Path, "replace", full)
    load_results([book], catalogue)
    assert not list(cache.cache_folder().iterdir())


def test_the_folder_is_the_users_own_unless_another_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OJREPORT_CACHE")
    assert cache.cache_folder().name in ("ojreport", "Cache")
    assert os.environ.get("OJREPORT_CACHE") is None
