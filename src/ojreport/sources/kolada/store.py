"""Kolada's answers on disk, each under its address with its age and its validators. A file that is broken is not used."""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer's body, when it was fetched or last found to be unchanged (seconds since 1970), and its validators."""

    body: bytes
    stored: float
    etag: str = ""
    modified: str = ""

    @property
    def conditions(self) -> dict[str, str]:
        """The header fields that ask for the answer only if it has changed."""
        fields = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in fields.items() if value}


@dataclass(frozen=True, slots=True)
class Store:
    """The folder with the answers."""

    folder: Path

    def load(self, url: str) -> Kept | None:
        """The answer that is kept for *url*; None if there is none that is whole."""
        try:
            first, _, body = self._path(url).read_bytes().partition(b"\n")
            head = json.loads(first)
            if head["url"] != url or head["sha256"] != hashlib.sha256(body).hexdigest():
                return None
            return Kept(body, float(head["stored"]), str(head["etag"]), str(head["modified"]))
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def save(self, url: str, kept: Kept) -> None:
        """Keep the answer. A folder that can not be written is no fault: the next run asks again."""
        head = {
            "url": url,
            "stored": kept.stored,
            "etag": kept.etag,
            "modified": kept.modified,
            "sha256": hashlib.sha256(kept.body).hexdigest(),
        }
        path = self._path(url)
        temporary = path.with_suffix(f".{secrets.token_hex(4)}.tmp")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(json.dumps(head).encode() + b"\n" + kept.body)
            temporary.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    def _path(self, url: str) -> Path:
        return self.folder / f"{hashlib.sha256(url.encode()).hexdigest()[:40]}.json"
