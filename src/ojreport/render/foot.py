"""The foot that stands on every slide and every printed sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ojreport.compose.document import Meta


def foot_of(meta: Meta) -> str:
    """Area, edition and the mark of example data, unless the foot already begins to say it ("Exempeldata")."""
    said = not meta.mark or meta.mark.split()[0].strip(":.,") in meta.foot
    return meta.foot if said else f"{meta.foot} · {meta.mark}"
