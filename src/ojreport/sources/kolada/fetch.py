"""KPIs, kommuner, groups and figures from Kolada, as one local file in tidy form."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ojreport.catalogue.names import folded, suggest
from ojreport.errors import SourceError, UsageError
from ojreport.model.area import RIKET
from ojreport.model.results import Finding, Severity
from ojreport.sources.kolada.client import MOST_IDS, Client
from ojreport.sources.kolada.file import GENDERS, TOTAL, to_bytes

KOLADA = "Kolada"
_RIKET = "0000"  # Kolada's code
_KPI = re.compile(r"[A-Z][0-9]{5}")
_KOMMUN = re.compile(r"[0-9]{4}")
_GROUP = re.compile(r"G[0-9]+")
_SOME = 5
_YEARS = re.compile(r"\s*\((\d{4})?-(\d{4})?\)$")  # the years that a KPI was used, at the end of its title
_UNIT = re.compile(r"(?:antal|dagar|kr|tkr|mkr|timmar|minuter|år)(?:/.+)?")
_LEFT_OUT = {
    "deleted": "Values that Kolada has deleted, and are left out",
    "missing": "Values that are missing at Kolada, and have no row",
    "not_asked": "Values that were not asked for, and are left out",
}

_Row = dict[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Fetched:
    """The file's content, how many rows it has, and what the user should know of it."""

    content: bytes
    rows: int
    findings: tuple[Finding, ...]


def fetch_kolada(
    client: Client,
    kpis: Sequence[str],
    years: Iterable[int] = (),
    *,
    groups: Sequence[str] = (),
    gender: bool = False,
    step: Callable[[str], None] = lambda _: None,
) -> Fetched:
    """The figures of *kpis* for all kommuner and riket, in *years* (all without any), and Kolada's groups of kommuner.

    *groups* names groups by id or by a part of the title: these alone are in the file, with Kolada's own figures for them. With
    *gender* also the figures of women and men. Raises UsageError for a KPI or a group that Kolada does not have, and SourceError
    where Kolada neither answers nor has answered before.
    """
    step("asking Kolada about the KPIs")
    wanted = [_kpi(client, kpi) for kpi in sorted({kpi.strip().upper() for kpi in kpis})]
    step("asking Kolada about kommuner and groups")
    kommuner = sorted(str(m.get("id")) for m in client.values("municipality") if m.get("type") == "K")
    kommuner = [code for code in kommuner if _KOMMUN.fullmatch(code) and code != _RIKET]
    if not kommuner:
        raise SourceError("Kolada lists no kommuner; its API may have changed, see if there is a newer ojreport")
    chosen = _groups(client, groups, frozenset(kommuner))
    step("fetching the figures")
    areas = [_RIKET, *kommuner, *(str(group["id"]) for group in chosen if groups)]
    rows, left_out = _rows(client, [kpi["id"] for kpi in wanted], areas, sorted(set(years)), GENDERS if gender else (TOTAL,))
    if not rows:
        when = f" in {', '.join(map(str, sorted(set(years))))}; leave out --year to get every year" if years else " for kommuner"
        raise SourceError(f"Kolada has no figure for {', '.join(kpi['id'] for kpi in wanted)}{when}")
    counts = {why: left_out[why] for why in _LEFT_OUT}
    findings = (*_said_of(client), *_said_of_rows(wanted, rows, counts))
    return Fetched(to_bytes(wanted, chosen, rows, counts), len(rows), findings)


# ----------------------------------------------------------------------------------------------------------------- KPIs


def _kpi(client: Client, kpi: str) -> dict[str, str]:
    """What Kolada says of a KPI; UsageError, with what may be meant, when it has none."""
    found = next(iter(client.values(f"kpi/{kpi}")), None) if _KPI.fullmatch(kpi) else None
    if found is None or found.get("id") != kpi:
        raise UsageError(f"Kolada has no KPI “{kpi}”. {_meant(client, kpi)}")
    title = _text(found, "title")
    return {
        "id": kpi,
        "title": title,
        "unit": unit_of(title),
        "description": _text(found, "description"),
        "published": _text(found, "publication_date"),
        "source": f"{client.base}/data/kpi/{kpi}",
    }


def _meant(client: Client, kpi: str) -> str:
    try:
        known = {str(k.get("id")): _text(k, "title") for k in client.values("kpi")}
    except SourceError:  # the first answer is what matters
        known = {}
    names = [(id_, id_) for id_ in known] + [(title, id_) for id_, title in known.items()]
    meant = [f"{id_} ({known[id_]})" for id_ in suggest(kpi, names)]
    hint = f"Did you mean {' or '.join(meant)}?" if meant else "An id is a letter and five digits, such as U35548."
    return f"{hint} Kolada drops KPIs without notice: see kolada.se for those that there are."


def unit_of(title: str) -> str:
    """The unit that a KPI's title tells (Kolada states it nowhere else); empty where it tells none."""
    if "ja=1" in title.casefold():
        return "Ja=1, Nej=0"
    if "(%)" in title:
        return "procent"
    last = _YEARS.sub("", title).rpartition(", ")[2]
    return last if _UNIT.fullmatch(last) else ""


def _text(found: Mapping[str, Any], field: str) -> str:
    """A text on one line; empty where there is none."""
    return " ".join(str(found.get(field) or "").split())


# --------------------------------------------------------------------------------------------------------------- groups


def _groups(client: Client, named: Sequence[str], kommuner: frozenset[str]) -> list[dict[str, Any]]:
    """Kolada's groups with their members that are kommuner; only those that are *named*, where any is."""
    every = [
        {
            "id": str(group.get("id")),
            "title": _text(group, "title"),
            "members": sorted({code for code in map(_member, _list(group.get("members"))) if code in kommuner}),
        }
        for group in client.values("municipality_groups")
    ]
    every = sorted((g for g in every if g["members"] and _GROUP.fullmatch(str(g["id"]))), key=lambda group: str(group["id"]))
    if not named:
        return every
    chosen: dict[str, dict[str, Any]] = {}
    for name in named:
        wanted = folded(name)
        found = [g for g in every if str(g["id"]) == name.strip().upper() or (wanted and wanted in folded(str(g["title"])))]
        if not found:
            meant = suggest(name, [(str(g["title"]), f"“{g['title']}”") for g in every])
            hint = f"Did you mean {' or '.join(meant)}?" if meant else "Write an id, such as G35793, or a part of the title."
            raise UsageError(f"Kolada has no group “{name.strip()}”. {hint}")
        chosen |= {str(g["id"]): g for g in found}
    return [chosen[id_] for id_ in sorted(chosen)]


def _list(found: object) -> list[Any]:
    return found if isinstance(found, list) else []


def _objects(found: object) -> list[dict[str, Any]]:
    return [part for part in _list(found) if isinstance(part, dict)]


def _member(member: object) -> str:
    """A member's code, which stands alone or in an object."""
    return str(member.get("member_id") or member.get("id")) if isinstance(member, dict) else str(member)


# -------------------------------------------------------------------------------------------------------------- figures


def _rows(
    client: Client, kpis: Sequence[str], areas: Sequence[str], years: Sequence[int], genders: tuple[str, ...]
) -> tuple[list[_Row], Counter[str]]:
    """The tidy rows, sorted, and how many values were left out because they are deleted or missing."""
    left_out: Counter[str] = Counter()
    found: dict[tuple[str, str, int, str], float] = {}
    asked = frozenset(areas)
    for path in _paths(kpis, areas, years):
        for value in client.values(path):
            area, kpi, year = str(value.get("municipality")), str(value.get("kpi")), _year(value.get("period"))
            for part in _objects(value.get("values")):
                gender, amount = part.get("gender"), part.get("value")
                if gender not in genders:
                    continue
                if area not in asked or kpi not in kpis or (years and year not in years):
                    left_out["not_asked"] += 1
                elif part.get("isdeleted"):
                    left_out["deleted"] += 1
                elif amount is None:
                    left_out["missing"] += 1
                else:
                    key = (kpi, RIKET if area == _RIKET else area, year, gender)
                    if found.setdefault(key, _number(amount, kpi, area, year)) != amount:
                        raise SourceError(f"Kolada has two different figures for {kpi}, {area}, {year}; try again later")
    rows: list[_Row] = [
        {"area_code": area, "kpi": kpi, "year": year, "value": found[kpi, area, year, gender], "gender": gender}
        for kpi, area, year, gender in sorted(found)
    ]
    return rows, left_out


def _paths(kpis: Sequence[str], areas: Sequence[str], years: Sequence[int]) -> Iterator[str]:
    """The paths that ask for all, with no more ids in a part than Kolada takes."""
    for some_kpis in _parts(kpis):
        for some_areas in _parts(areas):
            path = f"data/kpi/{','.join(some_kpis)}/municipality/{','.join(some_areas)}"
            for some_years in _parts([str(year) for year in years]):
                yield f"{path}/year/{','.join(some_years)}"
            if not years:
                yield path


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + MOST_IDS] for start in range(0, len(ids), MOST_IDS))


def _year(period: object) -> int:
    if not re.fullmatch(r"[0-9]{4}", str(period)):
        raise SourceError(f"Kolada gives a figure for a year that is none ({period}); try again later")
    return int(str(period))


def _number(amount: object, kpi: str, area: str, year: int) -> float:
    if isinstance(amount, bool) or not isinstance(amount, int | float) or not math.isfinite(amount):
        raise SourceError(f"Kolada's figure for {kpi}, {area}, {year} is no number ({amount}); try again later")
    return amount


# -------------------------------------------------------------------------------------------------------------- findings


def _said_of(client: Client) -> Iterator[Finding]:
    """That answers were taken from the cache, and why."""
    if client.kept:
        oldest = dt.datetime.fromtimestamp(min(client.kept), dt.UTC).date().isoformat()
        what = f"{len(client.kept)} answers are from the cache, the oldest from {oldest}"
        if client.fault:
            yield Finding(Severity.WARNING, "kolada-cached", f"Kolada {client.fault}. {what}.", KOLADA)
        else:
            yield Finding(Severity.NOTE, "kolada-cached", f"{what}; --no-cache asks again.", KOLADA)


def _said_of_rows(kpis: Iterable[Mapping[str, str]], rows: Iterable[_Row], left_out: Mapping[str, int]) -> Iterator[Finding]:
    """The KPIs without a figure, and the values that were left out."""
    with_rows = {row["kpi"] for row in rows}
    for kpi in kpis:
        if kpi["id"] not in with_rows:
            yield Finding(
                Severity.WARNING, "kolada-empty", f"{kpi['id']} has no figure in the years that were asked for.", KOLADA
            )
    for why, text in _LEFT_OUT.items():
        if left_out[why]:
            yield Finding(Severity.NOTE, f"kolada-{why.replace('_', '-')}", f"{text}: {left_out[why]}.", KOLADA)
