"""Texts that Jinja2 has compiled, kept from run to run: compiling ours takes a good tenth of a cold start."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

import babel
import jinja2
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class CompiledTexts(FileSystemBytecodeCache):
    """Compiled texts in a folder below *cache*, found again by the text's content and by all that compiled it.

    They are code that runs outside of the sandbox, so one is believed only where it is the user's own file, which nobody else can
    write. Where a system can not tell that (Windows), none is kept. A broken one is compiled anew; a folder that can not be used
    is no fault.
    """

    def __init__(self, cache: Path) -> None:
        self._folder = cache / f"texts-{_compiler()}"
        super().__init__(str(self._folder), "%s")

    def load_bytecode(self, bucket: Bucket) -> None:
        """The compiled text, if there is one that is whole and ours."""
        try:
            with Path(self._get_cache_filename(bucket)).open("rb") as file:
                if _is_own(file.fileno()):
                    bucket.load_bytecode(file)
        except Exception:  # noqa: BLE001 - unpickling half a file can raise whatever it likes
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the compiled text, where that can be done."""
        if hasattr(os, "getuid"):
            with contextlib.suppress(OSError):
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                super().dump_bytecode(bucket)


def _compiler() -> str:
    """What the compiled code hangs on beside the text: Jinja2 fills in what is constant, with our filters and babel's numbers."""
    found = hashlib.sha256(f"{jinja2.__version__} {babel.__version__}".encode())
    for path in (Path(__file__).with_name("texts.py"), Path(__file__).parents[1] / "model" / "value.py"):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _is_own(file: int) -> bool:
    """Whether an open file is the user's own, and nobody else's to write."""
    told = os.fstat(file)
    return hasattr(os, "getuid") and told.st_uid == os.getuid() and not told.st_mode & 0o022
