"""Finding an area or a group by what a user types; a name that is spelled wrong is never guessed, only suggested."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from ojreport.catalogue.areas import Areas
from ojreport.catalogue.groups import Groups
from ojreport.errors import UsageError
from ojreport.model.area import RIKET, Area, Group

COUNTRY = ("Sverige", "0000")  # beside riket's own name and code
ALIKE = 0.75  # difflib's ratio: "Kalmer" suggests Kalmar, and not Kalix or Kumla
MOST_SUGGESTIONS = 3


def exact(text: str) -> str:
    """*text* as it is compared: composed (NFC), one space between words, no difference between A and a."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


def folded(text: str) -> str:
    """*text* as it is compared for a suggestion: no diacritics, no punctuation, no "kommun"."""
    letters = (c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^a-z0-9]+|\bkommuns?\b", " ", "".join(letters)).split())


def suggest(text: str, names: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """What the user may have meant, best first: the second of each pair in *names* whose first is like *text*."""
    meant: dict[str, str] = {}
    for name, shown in names:
        meant.setdefault(folded(name), shown)
    wanted = folded(text)
    if wanted in meant:
        return (meant[wanted],)
    close = difflib.get_close_matches(wanted, meant, 3 * MOST_SUGGESTIONS, ALIKE)  # several forms may mean one area
    return tuple(dict.fromkeys(meant[name] for name in close))[:MOST_SUGGESTIONS]


def one_of(names: Sequence[str]) -> str:
    """``A``, ``A or B``, ``A, B or C``; a name with a comma in it is quoted."""
    quoted = [f'"{name}"' if "," in name else name for name in names]
    return " or ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


# --------------------------------------------------------------------------------------------------------------- areas


def find_area(text: str, year: int, areas: Areas, groups: Groups) -> Area:
    """The area that *text* names in *year* (raises UsageError with suggestions).

    A kommun goes before a stadsdel, and "Kalmar" is never the län.
    """
    wanted = exact(text)
    names = _names(year, areas, groups)
    found = (
        _by_code(wanted, areas, groups)
        or next((area for name, area in names if exact(name) == wanted), None)
        or _by_short_name(wanted, year, areas)
        or _of_another_year(wanted, areas)
    )
    if found is None:
        known = [(name, area.name) for name, area in names]
        known += [(area.short, area.name) for area in areas.stadsdelar_of(year)]
        hint = _did_you_mean(suggest(text, known), "areas")
        raise UsageError(f'There is no area "{text.strip()}" in {year}.{hint}')
    stadsdel = areas.stadsdelar.get(found.code)
    if stadsdel and not stadsdel.exists(year):
        what = f"The stadsdel {found.name} exists {stadsdel.years} and not in {year}"
        raise UsageError(f"{what}: choose a year when it does.")
    return found


def _did_you_mean(names: Sequence[str], what: str) -> str:
    return f" Did you mean {one_of(names)}?" if names else f" `ojreport list {what}` shows them all."


def _by_code(wanted: str, areas: Areas, groups: Groups) -> Area | None:
    """By the official code; 880 and 18001 are codes that a spreadsheet has taken the first zero from."""
    if not re.fullmatch(r"[0-9]{2,6}", wanted):
        return None
    if wanted in (RIKET, *COUNTRY):
        return groups.riket_area
    if wanted in areas.lan:
        return areas.lan[wanted]
    whole = {3: "0" + wanted, 5: "0" + wanted}.get(len(wanted), wanted)
    found = areas.kommuner.get(whole) or areas.stadsdelar.get(whole)
    return found.area if found else None


def _names(year: int, areas: Areas, groups: Groups) -> list[tuple[str, Area]]:
    """Each full name that an area of *year* goes by."""
    riket = groups.riket_area
    names = [(name, riket) for name in (riket.name, COUNTRY[0])]
    for kommun in areas.kommuner.values():
        names += [(form, kommun.area) for name in kommun.names for form in _forms(name)]
    names += [(lan.name, lan) for lan in areas.lan.values()]
    return names + [(stadsdel.name, stadsdel) for stadsdel in areas.stadsdelar_of(year)]


def _forms(name: str) -> Iterator[str]:
    """A kommun's name with and without "kommun" and genitive: Kalmar, Kalmar kommun, Kalmars kommun, Kalmar kommuns."""
    yield name
    if name.endswith((" kommun", " stad")):
        yield f"{name}s"
    elif not name.startswith("Region "):
        yield from (f"{name} kommun", f"{name} kommuns", f"{name}s kommun", f"{name}s kommuns")


def _by_short_name(wanted: str, year: int, areas: Areas) -> Area | None:
    """The stadsdel of *year* that is called so, when there is only one (raises UsageError when there are more)."""
    found = [area for area in areas.stadsdelar_of(year) if exact(area.short) == wanted]
    if len(found) > 1:
        names = " or ".join(f'"{area.name}"' for area in found)
        raise UsageError(f"There are {len(found)} stadsdelar called {found[0].short} in {year}: write {names}.")
    return found[0] if found else None


def _of_another_year(wanted: str, areas: Areas) -> Area | None:
    """The stadsdel that was or will be called so."""
    every = (stadsdel.area for stadsdel in areas.stadsdelar.values())
    return next((area for area in every if wanted in (exact(area.name), exact(area.short))), None)


# -------------------------------------------------------------------------------------------------------------- groups


def find_group(text: str, groups: Groups) -> Group:
    """The group with the id or name *text*: riket, a län, a region or a kommungrupp (raises UsageError)."""
    every = (groups.riket, *groups.lan.values(), *groups.regions.values(), *groups.kommungrupper.values())
    names = [(name, group) for group in every for name in (group.id, group.name)]
    names += [(name, groups.riket) for name in COUNTRY]
    wanted = exact(text)
    found = next((group for name, group in names if exact(name) == wanted), None)
    if found:
        return found
    meant = suggest(text, [(name, group.name) for name, group in names])
    raise UsageError(f'There is no group "{text.strip()}".{_did_you_mean(meant, "groups")}')
