"""Texts that Jinja2 has compiled, kept from run to run: compiling ours takes a good tenth of a cold start."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import jinja2
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class CompiledTexts(FileSystemBytecodeCache):
    """Compiled texts in a folder below *cache*, found again by the text's content and by Jinja2's version.

    They are code that runs outside of the sandbox, so they are kept, and believed, only in a folder that belongs to the user and
    that nobody else can write. A broken file is compiled anew; a folder that can not be used is no fault.
    """

    def __init__(self, cache: Path) -> None:
        folder = cache / f"texts-{jinja2.__version__}"
        super().__init__(str(folder), "%s")
        with contextlib.suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._private = _is_private(folder)

    def load_bytecode(self, bucket: Bucket) -> None:
        """The compiled text, if there is one that is whole."""
        if not self._private:
            return
        try:
            super().load_bytecode(bucket)
        except Exception:  # noqa: BLE001 - unpickling half a file can raise whatever it likes
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the compiled text, where that can be done."""
        if self._private:
            with contextlib.suppress(OSError):
                super().dump_bytecode(bucket)


def _is_private(folder: Path) -> bool:
    try:
        found = folder.stat()
    except OSError:
        return False
    return os.name == "nt" or (found.st_uid == os.getuid() and not found.st_mode & 0o022)
