"""The same few results written in every way that an official workbook is known to write them, each way chosen by name."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from made_workbooks import METODER, NARSTAENDE, NYBESOK, OVERENSKOMMELSE, SOCIONOM

from ojreport.model.value import Answer, Missing, Number, Reason, Share, Value

BORTFALL, EJ, HEMLIG = (Missing(r) for r in (Reason.BORTFALL, Reason.EJ_TILLAMPLIG, Reason.SEKRETESS))
TITLES = {"U35513": OVERENSKOMMELSE, "U35519": NARSTAENDE, "U35522": METODER, "U35537": NYBESOK, "U35548": SOCIONOM}
KEYS = {
    "U35522": "Ja, för alla=2, Ja, men inte för vissa=1, Nej=0",
    "U35537": "Inom 3 dagar=3, 4-7 dagar=2, 8-14 dagar=1, mer än 15 dagar=0",
}
LABELS = {
    "U35522": ("Ja, för alla", "Ja, men inte för vissa", "Nej"),
    "U35537": ("Inom 3 dagar", "4–7 dagar", "8–14 dagar", "mer än 15 dagar"),
}


def _unit(name: str, *values: int | Missing, procent: str) -> tuple[str, tuple[Value, ...]]:
    answers = (Answer(v) if isinstance(v, int) else v for v in values)
    return name, (*answers, Number(Decimal(procent)))


def _total(name: str, *percent: str) -> tuple[str, tuple[Value, ...]]:
    return name, (*(Share(Decimal(p)) for p in percent[:3]), BORTFALL, Number(Decimal(percent[3])))


RESULTS: Mapping[str, tuple[str, tuple[Value, ...]]] = {
    "0139": _unit("Upplands-Bro", 0, 1, 2, 0, procent="61.5"),
    "0880": _unit("Kalmar", 0, 1, BORTFALL, 1, procent="83.3"),
    "0881": _unit("Nybro", 1, 0, 0, 2, procent="100"),
    "2023": _unit("Malung-Sälen", EJ, 1, 1, HEMLIG, procent="40"),
    "2284": _unit("Örnsköldsvik", 1, BORTFALL, 2, 0, procent="72.9"),
    "018009": _unit("Stockholm, Enskede-Årsta-Vantör", 0, 0, 1, 1, procent="55"),
    "148001": _unit("Göteborg, Angered", 1, 1, 0, BORTFALL, procent="47.2"),
    "08": _total("Kalmar län", "63", "31", "8", "70"),
    "22": _total("Västernorrlands län", "52.5", "100", "0", "68.1"),
    "00": _total("Riket", "47", "63", "24", "71"),
}

WAYS: Mapping[str, tuple[str, ...]] = {
    "keys": ("code name", "name code", "name", "lan code name", "both", "code"),
    "code": ("text", "number", "float", "spaced", "short", "apostrophe"),
    "code heading": ("Kommunkod", "Kommun-kod", "Komunkod", "K-kod.", "Kommun-/stadsdels-kod", "Kod", "Kommunkod (4 siffror)"),
    "name heading": ("Kommun", "Namn", "Kommun/stadsdel", "Enhet"),
    "name": ("plain", "upper", "star", "nfd", "spaces", "no hyphen", "spaced hyphen", "kommun", "soft"),
    "stadsdel": ("plain", "dash", "short", "sdn", "brackets"),
    "number": ("", "1. ", "1a) ", "Fråga 3b: ", "2 a. ", "4 – ", "F5. "),
    "title": ("plain", "key", "key and year", "andel", "andel first"),
    "spaces": (" ", "\u00a0", "  ", "\n", "\u2009", " \u00ad"),
    "answer": ("label", "upper", "trailing", "code", "code text", "legend", "footnote", "star"),
    "share": ("percent", "fraction", "sign", "tight", "comma", "fraction text"),
    "missing": ("- . ..", "– . x", " |ej aktuellt|X", "Uppgift saknas|Ej tillämpligt|Sekretess"),
    "above": ("0", "1", "3", "24", "35"),
    "under": ("", "Ja/Nej", "Svar – Indikator"),
    "among": ("", "headings", "blank rows", "notes"),
    "order": ("units first", "totals first"),
}


def keys_of(way: Mapping[str, str]) -> list[str]:
    """The headings of the columns that name an area."""
    headings = {"code": way["code heading"], "name": way["name heading"], "lan": "Län", "both": "Kommun"}
    return [headings[k] for k in way["keys"].split()]


def legend_of(way: Mapping[str, str]) -> list[list[Any]]:
    """What the numbers stand for, where they are others than the catalogue's."""
    if way["answer"] != "legend":
        return []
    return [[", ".join(f"{n} = {label}" for n, label in enumerate(labels, 5))] for labels in (("Ja", "Nej"), *LABELS.values())]


def written(way: Mapping[str, str]) -> list[list[Any]]:
    """The rows of a sheet that holds RESULTS."""
    keys = way["keys"].split()
    head = keys_of(way) + [heading_of(i, way) for i in TITLES]
    rows: list[list[Any]] = [["Öppna jämförelser 2019"] for _ in range(int(way["above"]))] + legend_of(way) + [head]
    if way["under"]:
        rows.append([None] * len(keys) + [way["under"]] * len(TITLES))
    codes = list(RESULTS) if way["order"] == "units first" else sorted(RESULTS, key=len)
    for n, code in enumerate(codes):
        name, values = RESULTS[code]
        if way["among"] == "headings" and code == "0880":
            rows.append(["Kalmar län"])
        if way["among"] == "blank rows" and n % 3 == 0:
            rows.append([])
        rows.append(
            [key_of(k, code, name, way) for k in keys] + [cell_of(i, v, way) for i, v in zip(TITLES, values, strict=True)]
        )
    if way["among"] == "notes":
        rows += [[], ["* Se noten."], ["1) Avser vuxna."], [None, "Antal svar", 300, 290], ["Källa: enkäten"]]
    return rows


def heading_of(indicator: str, way: Mapping[str, str]) -> str:
    """The title of an indicator."""
    title = TITLES[indicator]
    if way["title"].startswith("key") and indicator != "U35548":
        key = KEYS.get(indicator, "Ja=1, Nej=0")
        if way["answer"] == "legend":
            key = ", ".join(f"{label}={n}" for n, label in enumerate(LABELS.get(indicator, ("Ja", "Nej")), 5))
        title += f", ({key})" + (" (-2021)" if way["title"] == "key and year" else "")
    title = {"andel": f"{title}, andel Ja (%)", "andel first": f"Andel (%): {title}"}.get(way["title"], title)
    return way["number"] + title.replace(" ", way["spaces"])


def key_of(kind: str, code: str, name: str, way: Mapping[str, str]) -> str | float | None:
    """What names an area, in a column of one kind."""
    if kind == "lan":
        return "Kalmar län" if code[:2] == "08" else None
    if kind == "code":
        return _code(code, way)
    shown = _name(name, code, way)
    return f"{code} {shown}" if kind == "both" else shown


def _code(code: str, way: Mapping[str, str]) -> str | float:
    forms: Mapping[str, str | float] = {
        "number": int(code),
        "float": float(code),
        "spaced": f" {code}\u00a0",
        "short": code.lstrip("0") or "0",
        "apostrophe": f"'{code}",
    }
    return forms.get(way["code"], code)


def _name(name: str, code: str, way: Mapping[str, str]) -> str:
    if len(code) > 4:
        kommun, inner = name.split(", ")
        forms = {"dash": f"{kommun} - {inner}", "short": inner, "sdn": f"SDN {inner}", "brackets": f"{inner} ({kommun})"}
        name = forms.get(way["stadsdel"], name)
    forms = {
        "upper": name.upper(),
        "star": f"{name}*",
        "nfd": unicodedata.normalize("NFD", name),
        "spaces": f" {name.replace(' ', chr(0xA0))}  ",
        "no hyphen": name.replace("-", " "),
        "spaced hyphen": name.replace("-", " - "),
        "kommun": f"{name} kommun" if len(code) == 4 else name,
        "soft": f"{name[:3]}\u00ad{name[3:]}",
    }
    return forms.get(way["name"], name)


def cell_of(indicator: str, value: Value, way: Mapping[str, str]) -> str | float:
    """A result."""
    match value:
        case Missing(reason):
            signs = way["missing"].split("|") if "|" in way["missing"] else way["missing"].split()
            return signs[[BORTFALL.reason, EJ.reason, HEMLIG.reason].index(reason)]
        case Answer(option):
            labels = LABELS.get(indicator, ("Ja", "Nej"))
            coded = len(labels) - 1 - option
            forms = {
                "upper": labels[option].upper(),
                "trailing": f"{labels[option]} \u00a0",
                "code": coded,
                "code text": str(coded),
                "legend": option + 5,
                "footnote": f"{labels[option]}\u00b9",
                "star": f"{labels[option]}*",
            }
            return forms.get(way["answer"], labels[option])
        case Share(number) | Number(number):
            comma = f"{number:f}".replace(".", ",")
            forms = {"fraction": float(number / 100), "fraction text": f"{number / 100:f}".replace(".", ","), "comma": comma}
            return forms.get(way["share"], {"sign": f"{comma}\u00a0%", "tight": f"{comma}%"}.get(way["share"], float(number)))
