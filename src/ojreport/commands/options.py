"""Options that several verbs have."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Annotated

import typer

from ojreport.errors import UsageError

OK, SOME_FAILED, WRONG_USE, STOPPED = 0, 1, 2, 130


def path_of(text: str | Path) -> Path:
    """A path, and never an empty one, which would silently be the folder that one stands in."""
    if not str(text).strip():
        raise UsageError("a path that was given is empty; name a file or a folder, or leave the option out")
    path = Path(text)
    try:
        path.lstat()
    except OSError as error:  # missing is for its reader to tell
        if error.errno == errno.ENAMETOOLONG:
            raise UsageError(f"{path.name[:40]}… is too long a name for a file or a folder; give it a shorter one") from error
    return path


def year_of(text: str) -> int:
    """A year in digits."""
    if not (text.isascii() and text.isdigit()):
        raise UsageError(f"'{text}' is not a year; give --year the year of an edition, such as 2019")
    return int(text)


Workbooks = Annotated[
    list[Path] | None,
    typer.Option(
        "--workbook",
        parser=path_of,
        metavar="PATH",
        help="A workbook, or a folder of them; repeat for more. Without it: the bundled example data.",
    ),
]
Year = Annotated[
    int | None,
    typer.Option("--year", parser=year_of, metavar="YEAR", help="The edition. Without it: the newest one that was read."),
]
Years = Annotated[
    list[int] | None,
    typer.Option("--year", parser=year_of, metavar="YEAR", help="An edition; repeat for more. Without it: the newest."),
]
Fresh = Annotated[bool, typer.Option("--no-cache", help="Read the workbooks anew, and keep nothing of them.")]
Layout = Annotated[
    Path | None,
    typer.Option(
        "--layout",
        parser=path_of,
        metavar="FILE",
        help="A layout file that says which heading is which indicator (ojreport check).",
    ),
]
