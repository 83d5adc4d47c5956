"""Stadsdelar found by name: with their kommun before or after it, with SDN around it, or alone where only one is called so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ojreport.model.area import Area, Level
from ojreport.sources.text import clean, distance, squeeze

_WORDS = re.compile(
    r"\b(?:sdn|sdf|sdo|stadsdelsnämnd(?:en)?s?|stadsdelsförvaltning(?:en)?|stadsdelsområde|stadsdel(?:en)?)\b\.?", re.IGNORECASE
)
_CALLED: Mapping[str, str] = {"Stockholm": "sthlm", "Göteborg": "gbg"}  # how the two are shortened
_LONG = 8  # letters: a longer name bears two slips, a shorter one


class Stadsdelar:
    """The stadsdelar of a year, and those of other years, which are only taken where the year has none of that name."""

    def __init__(self, areas: Iterable[Area], others: Iterable[Area] = ()) -> None:
        self._kommuner: dict[str, str] = {}  # code → name, of those that have stadsdelar
        self._own: dict[str, dict[str, Area]] = {}
        self._others: dict[str, dict[str, Area]] = {}
        for into, given in ((self._own, areas), (self._others, others)):
            for area in given:
                if area.level is Level.STADSDEL:
                    into.setdefault(area.kommun, {}).setdefault(squeeze(area.short), area)
                    self._kommuner[area.kommun] = area.name.split(", ", 1)[0]

    def __contains__(self, kommun: str) -> bool:
        return kommun in self._own

    def of(self, kommun: str, name: str) -> Area | None:
        """The stadsdel of *kommun* that *name* names, with or without the kommun's own name."""
        said = self._forms(kommun, name)
        return next((found[s] for found in self._both(kommun) for s in said if s in found), None)

    def like(self, kommun: str, name: str) -> Area | None:
        """The one stadsdel of *kommun* whose name is a slip or two away."""
        said = self._forms(kommun, name)[0]
        known = self._own.get(kommun, {})
        close = [k for k in known if distance(k, said, 2) <= (2 if len(k) > _LONG else 1)]
        return known[close[0]] if len(close) == 1 else None

    def anywhere(self, name: str) -> Area | None:
        """The one stadsdel that *name* names, whichever its kommun; None if there is none, or more than one."""
        said = squeeze(name)
        named = [k for k, parent in self._kommuner.items() if squeeze(parent) in said or _CALLED.get(parent, parent) in said]
        found = {area.code: area for kommun in named or self._kommuner if (area := self.of(kommun, name))}
        return next(iter(found.values())) if len(found) == 1 else None

    def known(self, area: Area) -> bool:
        """Whether the year itself has the stadsdel."""
        return area in self._own.get(area.kommun, {}).values()

    def _both(self, kommun: str) -> tuple[Mapping[str, Area], Mapping[str, Area]]:
        return self._own.get(kommun, {}), self._others.get(kommun, {})

    def _forms(self, kommun: str, name: str) -> tuple[str, ...]:
        own = without_parent(name, self._kommuner.get(kommun, ""))
        said = squeeze(own)
        # "Angereds stadsdelsnämnd" without its last word is "Angereds".
        return (said, said.removesuffix("s")) if _WORDS.search(name) else (said,)


def without_parent(name: str, parent: str) -> str:
    """``Angered`` for ``Göteborg, Angered``, ``Göteborgs stad - Angered``, ``SDN Angered``, ``Angered (Gbg)``."""
    text = clean(name)
    if parent:
        called = "|".join(map(re.escape, (parent, *filter(None, (_CALLED.get(parent),)))))
        text = re.sub(rf"^(?:{called})s?\b\.?(?:\s+(?:stad|kommun)s?\b)?", "", text, flags=re.IGNORECASE)
        text = re.sub(rf"(?:\(|,\s*|-\s+)(?:{called})(?:s\s+stad)?\)?\s*$", "", text, flags=re.IGNORECASE)
    return _WORDS.sub("", text).strip(" ,;:-–/()")
