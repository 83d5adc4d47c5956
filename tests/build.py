"""Small editions built by hand, so that a test can say what was answered without a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ojreport.model.area import Area, level_of
from ojreport.model.indicator import Direction, Indicator, Option, Part, Scale
from ojreport.model.results import Edition, Results
from ojreport.model.value import Answer, Missing, Number, Reason, Share, Sign, Value

JA_NEJ = Scale("ja_nej", (Option(1, "Ja", Sign.JA), Option(0, "Nej", Sign.NEJ)))
JA_DELVIS = Scale(
    "ja_delvis",
    (Option(2, "Ja, för alla", Sign.JA), Option(1, "Ja, men inte för vissa", Sign.DELVIS), Option(0, "Nej", Sign.NEJ)),
)
PROCENT = Scale("procent", unit="procent")

JA, NEJ = Answer(0), Answer(1)
BORTFALL, EJ_TILLAMPLIG, SEKRETESS = (Missing(reason) for reason in (Reason.BORTFALL, Reason.EJ_TILLAMPLIG, Reason.SEKRETESS))


def share(percent: str) -> Share:
    return Share(Decimal(percent))


def number(amount: str) -> Number:
    return Number(Decimal(amount))


def indicator(
    id_: str = "A",
    scale: Scale = JA_NEJ,
    direction: Direction = Direction.HIGHER,
    *,
    recommended: bool = False,
    part: Part = Part.MISSBRUK,
    highlighted: tuple[int, ...] = (),
) -> Indicator:
    return Indicator(
        id_,
        f"Titel {id_}",
        f"Kort {id_}",
        scale,
        direction,
        "helhetssyn",
        part,
        (),
        recommended=recommended,
        highlighted=highlighted,
    )


def edition(
    year: int, answers: Mapping[str, Mapping[str, Value]], units: tuple[str, ...] = (), *, example: bool = False
) -> Edition:
    """An edition in which each indicator has a column B, C, … and each area a row, from row 2."""
    codes = sorted({code for column in answers.values() for code in column})
    values = list(dict.fromkeys(v for column in answers.values() for v in column.values()))
    areas = tuple(Area(code, f"Namn {code}", level_of(code)) for code in codes)
    parents = {code[:4] for code in codes if len(code) > 4}
    counted = tuple(c for c in codes if len(c) >= 4 and c not in parents)
    cells = {
        id_: {code: (values.index(v), 0, f"{'BCDEFGH'[n]}{codes.index(code) + 2}") for code, v in column.items()}
        for n, (id_, column) in enumerate(answers.items())
    }
    return Edition(year, f"oj-{year}.xlsx", "0" * 64, example, areas, units or counted, ("Resultat",), tuple(values), cells)


def results(*editions: Edition, indicators: tuple[Indicator, ...] = (indicator(),)) -> Results:
    return Results(editions, {i.id: i for i in indicators})
