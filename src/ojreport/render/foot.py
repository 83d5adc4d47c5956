"""What every file says of itself: its title and properties, and the foot on its slides or printed sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ojreport.compose.document import Meta


def title_of(meta: Meta) -> str:
    """The title in a file's properties, which names the area."""
    return meta.title if meta.area in meta.title else f"{meta.title} – {meta.area}"


def foot_of(meta: Meta) -> str:
    """Area, edition and the mark of example data, unless the foot already begins to say it ("Exempeldata")."""
    said = not meta.mark or meta.mark.split()[0].strip(":.,") in meta.foot
    return meta.foot if said else f"{meta.foot} · {meta.mark}"


def properties_of(meta: Meta) -> dict[str, str]:
    """What an Office file says of itself in its core properties, by their names there."""
    return {
        "title": title_of(meta),
        "author": meta.author,
        "subject": meta.subject,
        "keywords": ", ".join(meta.keywords),
        "category": meta.report,
    }
