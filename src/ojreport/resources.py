"""Where the templates and report definitions are, in a checkout and in an installed wheel, and where what was once read is kept.

A user's own files go first.
"""

from __future__ import annotations

import os
from pathlib import Path

from ojreport.errors import TemplateError, UsageError

PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    """The folder *name* inside the package (a wheel), else in the root of the checkout."""
    installed = PACKAGE / name
    return installed if installed.is_dir() else PACKAGE.parents[1] / name


def templates_folder() -> Path:
    """The folder of texts, theme and slide master that comes with the program."""
    return _folder("templates")


def reports_folder() -> Path:
    """The folder of report definitions, one TOML each."""
    return _folder("reports")


def template_folders(own: Path | None = None) -> tuple[Path, ...]:
    """The folders to look for a template in, the user's own first (UsageError if *own* is no folder)."""
    if own is None:
        return (templates_folder(),)
    if not own.is_dir():
        raise UsageError(f"--templates {own} is not a folder; give a folder that holds your changed templates")
    return own, templates_folder()


def find_template(name: str, folders: tuple[Path, ...]) -> Path:
    """The file *name* in the first folder that has it (TemplateError if none has)."""
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    places = " or ".join(str(folder) for folder in folders)
    raise TemplateError(f"there is no template {name} in {places}")


def cache_folder() -> Path:
    """The folder of what is kept from run to run: parsed editions, answers from Kolada, compiled texts."""
    own = os.environ.get("OJREPORT_CACHE")
    if own:
        return Path(own)
    from platformdirs import user_cache_path  # noqa: PLC0415 - not needed where the folder is given

    return user_cache_path("ojreport")
