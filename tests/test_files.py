"""Where results land, and that a reader never sees half a file."""

import errno
import hashlib
import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

from ojreport.errors import DiskFullError, OutputError
from ojreport.files import folder_of, slug, write_all
from ojreport.model.area import Area, Level


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kalmar", "kalmar"),
        ("Örnsköldsvik", "ornskoldsvik"),
        ("Göteborg, Angered", "goteborg-angered"),
        ("Malung-Sälen", "malung-salen"),
        ("Hägersten-Liljeholmen", "hagersten-liljeholmen"),
        ("Stor-Malmö (12)", "stor-malmo-12"),
    ],
)
def test_a_slug_holds_only_what_every_system_takes(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_an_area_has_a_folder_with_its_code_in_the_years_folder() -> None:
    assert folder_of(Path("output"), Area("0880", "Kalmar", Level.KOMMUN), 2019) == Path("output/2019/0880-kalmar")


def test_files_are_written_and_their_sizes_given(tmp_path: Path) -> None:
    written = write_all(tmp_path / "a" / "b", {"one.pdf": b"12345", "two.pptx": b""})
    assert [(w.path, w.size) for w in written] == [(tmp_path / "a/b/one.pdf", 5), (tmp_path / "a/b/two.pptx", 0)]
    assert written[0].sha256 == hashlib.sha256(b"12345").hexdigest()
    assert [path.name for path in sorted((tmp_path / "a/b").iterdir())] == ["one.pdf", "two.pptx"]
    assert (tmp_path / "a/b/one.pdf").read_bytes() == b"12345"


def test_a_file_of_an_earlier_build_is_replaced(tmp_path: Path) -> None:
    write_all(tmp_path, {"one.pdf": b"a longer content"})
    write_all(tmp_path, {"one.pdf": b"new"})
    assert (tmp_path / "one.pdf").read_bytes() == b"new"


def test_a_full_disk_leaves_the_earlier_files_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second file does not fit: the first one of the new build is not put in place either."""
    write_all(tmp_path, {"one.pdf": b"old", "two.pdf": b"old"})
    opened = Path.open

    def open_until_full(path: Path, mode: str = "r") -> object:
        if "two" in path.name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return opened(path, mode)

    monkeypatch.setattr(Path, "open", open_until_full)
    with pytest.raises(OutputError, match=r"two\.pdf can not be written: the disk is full"):
        write_all(tmp_path, {"one.pdf": b"new", "two.pdf": b"new"})
    monkeypatch.undo()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"one.pdf": b"old", "two.pdf": b"old"}


def test_a_folder_that_was_made_for_what_can_not_be_written_does_not_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, mode: str = "r") -> object:
        raise OSError(errno.ENOSPC, f"{path} {mode}")

    (tmp_path / "output").mkdir()
    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(DiskFullError, match="make room, and give the same command again"):
        write_all(tmp_path / "output" / "2020" / "0880-kalmar", {"one.pdf": b"new"})
    assert list(tmp_path.rglob("*")) == [tmp_path / "output"]


def test_a_file_where_a_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("a note", encoding="utf-8")
    with pytest.raises(OutputError, match=r"output is a file where a folder should be"):
        write_all(tmp_path / "output" / "2019" / "0880-kalmar", {"one.pdf": b""})


def test_a_folder_where_a_file_should_be_is_named_and_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "one.pdf").mkdir()
    with pytest.raises(OutputError, match=r"one\.pdf"):
        write_all(tmp_path, {"one.pdf": b"new"})
    assert [path.name for path in tmp_path.iterdir()] == ["one.pdf"]


def test_a_folder_in_the_way_of_one_file_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "one.pdf").write_bytes(b"old")
    (tmp_path / "two.pdf").mkdir()
    with pytest.raises(OutputError, match=r"two\.pdf is a folder where a file should be"):
        write_all(tmp_path, {"one.pdf": b"new", "two.pdf": b"new"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.pdf", "two.pdf"]
    assert (tmp_path / "one.pdf").read_bytes() == b"old"


def test_a_write_protected_file_stops_all_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_all(tmp_path, {"one.pdf": b"old", "two.pdf": b"old"})
    monkeypatch.setattr(os, "access", lambda path, _: "two" not in Path(path).name)
    with pytest.raises(OutputError, match=r"two\.pdf is write-protected"):
        write_all(tmp_path, {"one.pdf": b"new", "two.pdf": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"one.pdf": b"old", "two.pdf": b"old"}


@pytest.mark.parametrize("earlier", [{"one.pdf": b"old", "two.pdf": b"old"}, {"two.pdf": b"old"}, {}])
def test_a_file_that_is_locked_midway_puts_all_the_earlier_ones_back(
    earlier: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_all(tmp_path, earlier)
    replace = os.replace

    def locked(source: Path, target: Path) -> None:
        if Path(target).name == "two.pdf":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        replace(source, target)

    monkeypatch.setattr(os, "replace", locked)
    with pytest.raises(OutputError, match=r"two\.pdf can not be replaced; close it"):
        write_all(tmp_path, {"one.pdf": b"new", "two.pdf": b"new", "three.pdf": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == earlier


def test_an_earlier_file_that_can_not_be_kept_stops_all_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_all(tmp_path, {"one.pdf": b"old"})

    def fail(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shutil, "copy2", fail)
    with pytest.raises(OutputError, match=r"one\.pdf can not be replaced: the disk is full; make room"):
        write_all(tmp_path, {"one.pdf": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"one.pdf": b"old"}


def _refuse(*_: object, **__: object) -> NoReturn:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("mkdir", r"the folder .*new can not be made \(permission denied\); choose another --out"),
        ("open", r"one\.pdf can not be written \(permission denied\); choose another --out"),
        ("replace", r"one\.pdf can not be replaced; close it if it is open in another program"),
    ],
)
def test_what_the_system_refuses_is_said_in_a_sentence(
    call: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The calls are made to fail, for the user who runs the tests may be allowed everything."""
    (tmp_path / "new").mkdir()
    monkeypatch.setattr(Path, call, _refuse)
    with pytest.raises(OutputError, match=message):
        write_all(tmp_path / "new", {"one.pdf": b"new"})
    monkeypatch.undo()
    assert list((tmp_path / "new").iterdir()) == []


def test_another_fault_while_replacing_gives_the_systems_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> NoReturn:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OutputError, match=r"can not be replaced \(input/output error\)"):
        write_all(tmp_path, {"one.pdf": b"new"})
