"""Results on disk: where they land, and written so that a reader never sees half a file."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ojreport.errors import DiskFullError, OutputError
from ojreport.model.area import Area, Group

LONGEST = 100  # characters: a file's name with its folders inside --out
FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, its size in bytes and its SHA-256."""

    path: Path
    size: int
    sha256: str


def slug(name: str) -> str:
    """*name* as a file name that every system and mail program takes: ``Göteborg, Angered`` → ``goteborg-angered``."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in ascii_only.lower()).split())


def folder_of(out: Path, area: Area | Group, year: int) -> Path:
    """Where the reports about *area* land: ``output/2019/0880-kalmar``, ``output/2019/gr-goteborgsregionen``."""
    code, name = slug(area.code), slug(area.name)
    return out / str(year) / (code if code == name else f"{code}-{name}")


def check_folder(folder: Path) -> None:
    """OutputError when nothing can be written in *folder*, or it can not be made; nothing is made yet."""
    there = next(p for p in (folder.absolute(), *folder.absolute().parents) if os.path.exists(p))  # noqa: PTH110 - False where one may not look
    if not there.is_dir():
        raise OutputError(_in_the_way(there))
    if not os.access(there, os.W_OK):
        raise OutputError(f"nothing can be written in the folder {there}; choose another --out")
    try:
        (folder / (LONGEST * "x")).lstat()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise OutputError("the path of --out is too long for the files that would be in it; choose a shorter one") from error


def write_all(folder: Path, contents: Mapping[str, bytes]) -> tuple[Written, ...]:
    """Write the files of one report into *folder*, by name: all of them, or none.

    Each is replaced atomically, and none before all are on disk. Raises OutputError, and leaves the folder's files as they
    were, where one can not be written or replaced.
    """
    missing = [place for place in (folder, *folder.parents) if not os.path.exists(place)]  # noqa: PTH110 - see check_folder
    mark = secrets.token_hex(4)
    waiting = {folder / name: folder / f".{name}.{mark}.tmp" for name in contents}
    earlier = {folder / name: folder / f".{name}.{mark}.old" for name in contents}
    try:
        _make(folder)
        for path in waiting:
            _check(path)
        for (path, temporary), content in zip(waiting.items(), contents.values(), strict=True):
            _write(temporary, path, content)
        _replace_all(waiting, earlier)
    except BaseException:
        _remove(waiting.values())
        for place in missing:  # no empty folder either
            with contextlib.suppress(OSError):
                place.rmdir()
        raise
    return tuple(Written(folder / name, len(content), hashlib.sha256(content).hexdigest()) for name, content in contents.items())


def _replace_all(waiting: Mapping[Path, Path], earlier: Mapping[Path, Path]) -> None:
    """Put the *waiting* file of each path in its place; when one can not be, put back the *earlier* files of all."""
    replaced: list[Path] = []
    try:
        for path in waiting:
            _keep(path, earlier[path])
        for path, temporary in waiting.items():
            _replace(temporary, path)
            replaced.append(path)
    except BaseException:  # also when the user stops the program
        for path in replaced:
            _put_back(path, earlier[path])
        _remove(kept for path, kept in earlier.items() if path not in replaced)
        raise
    _remove(earlier.values())


def _keep(path: Path, kept: Path) -> None:
    """A copy, for a renamed file would be missing for a moment, or for good if the program were killed in it."""
    try:
        if path.exists():
            shutil.copy2(path, kept)
    except OSError as error:
        raise _fault(error, f"{path} can not be replaced") from error


def _put_back(path: Path, kept: Path) -> None:
    with contextlib.suppress(OSError):  # the copy stays if it can not be put back: nobody's file is lost
        if kept.exists():
            kept.replace(path)
        else:
            path.unlink(missing_ok=True)


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _check(path: Path) -> None:
    """OutputError when something stands in the way of the file *path*."""
    if path.is_dir():
        raise OutputError(f"{path} is a folder where a file should be; move it or choose another --out")
    if path.exists() and not os.access(path, os.W_OK):
        raise OutputError(f"{path} is write-protected; move it or choose another --out")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise OutputError(_in_the_way(_first_file(folder))) from error
    except OSError as error:
        raise _fault(error, f"the folder {folder} can not be made", "; choose another --out") from error


def _in_the_way(file: Path) -> str:
    return f"{file} is a file where a folder should be; move it or choose another --out"


def _first_file(folder: Path) -> Path:
    """The part of the path *folder* that is a file."""
    return next((p for p in reversed((folder, *folder.parents)) if p.exists() and not p.is_dir()), folder)


def _write(temporary: Path, path: Path, content: bytes) -> None:
    try:
        with temporary.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise _fault(error, f"{path} can not be written", "; choose another --out") from error


def _replace(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
    except PermissionError as error:  # Windows: a file that is open in another program can not be replaced
        raise OutputError(f"{path} can not be replaced; close it if it is open in another program") from error
    except OSError as error:
        raise _fault(error, f"{path} can not be replaced") from error


def _fault(error: OSError, what: str, advice: str = "") -> OutputError:
    """*what* with the system's reason, and the *advice*; a disk, or a user's share of it, that is full has its own."""
    if error.errno in FULL:
        return DiskFullError(f"{what}: the disk is full; make room, and give the same command again")
    return OutputError(f"{what} ({(error.strerror or os.strerror(error.errno or 0)).lower()}){advice}")
