"""Results on disk: where they land, and written so that a reader never sees half a file."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ojreport.errors import OutputError
from ojreport.model.area import Area


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, and its size in bytes."""

    path: Path
    size: int


def slug(name: str) -> str:
    """*name* as a file name that every system and mail program takes: ``Göteborg, Angered`` → ``goteborg-angered``."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in ascii_only.lower()).split())


def folder_of(out: Path, area: Area, year: int) -> Path:
    """Where the reports about *area* land: ``output/2019/0880-kalmar``."""
    return out / str(year) / f"{area.code}-{slug(area.name)}"


def write_all(folder: Path, contents: Mapping[str, bytes]) -> tuple[Written, ...]:
    """Write the files of one report into *folder*, by name, each replaced atomically, and none before all are on disk.

    Raises OutputError, and leaves nothing half written, where the folder can not be made or written.
    """
    _make(folder)
    waiting: dict[Path, Path] = {}  # temporary file → where it goes
    try:
        for name, content in contents.items():
            path = folder / name
            temporary = folder / f".{name}.{secrets.token_hex(4)}.tmp"
            waiting[temporary] = path
            _write(temporary, path, content)
        for temporary, path in tuple(waiting.items()):
            _replace(temporary, path)
            del waiting[temporary]
    finally:
        for temporary in waiting:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    return tuple(Written(folder / name, len(content)) for name, content in contents.items())


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise OutputError(f"{_first_file(folder)} is a file where a folder should be; move it or choose another --out") from error
    except OSError as error:
        raise OutputError(f"the folder {folder} can not be made ({_why(error)}); choose another --out") from error


def _first_file(folder: Path) -> Path:
    """The part of the path *folder* that is a file."""
    return next((p for p in reversed((folder, *folder.parents)) if p.exists() and not p.is_dir()), folder)


def _write(temporary: Path, path: Path, content: bytes) -> None:
    try:
        with temporary.open("xb") as file:
            file.write(content)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise OutputError(f"{path} can not be written: the disk is full") from error
        raise OutputError(f"{path} can not be written ({_why(error)}); choose another --out") from error


def _replace(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
    except IsADirectoryError as error:
        raise OutputError(f"{path} is a folder where a file should be; move it or choose another --out") from error
    except PermissionError as error:  # Windows: a file that is open in another program can not be replaced
        raise OutputError(f"{path} can not be replaced; close it if it is open in another program") from error
    except OSError as error:
        raise OutputError(f"{path} can not be replaced ({_why(error)})") from error


def _why(error: OSError) -> str:
    """The system's reason in lower case: ``permission denied``."""
    return (error.strerror or os.strerror(error.errno or 0)).lower()
