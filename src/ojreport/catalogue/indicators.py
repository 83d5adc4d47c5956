"""indicators.toml: kvalitetsdimensioner, scales and indicators with their Swedish texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ojreport.catalogue.reading import Table, TomlFile, read_toml
from ojreport.model.indicator import Direction, Indicator, Option, Part, Scale, Sentences
from ojreport.model.value import Sign

FILE = "indicators.toml"
FEWEST_ACTIVITIES = 2  # so that a plan offers a choice
KEYS = (
    *("id", "title", "short", "scale", "direction", "dimension", "part", "years", "recommended", "highlighted"),
    *("question", "explanation", "goal", "activities", "aliases", "sentences"),
)


@dataclass(frozen=True, slots=True)
class Dimension:
    """A kvalitetsdimension."""

    id: str
    name: str


def load_indicators(folder: Path) -> tuple[tuple[Dimension, ...], dict[str, Indicator]]:
    """The dimensions and the indicators by id, both in the file's order (raises CatalogueError)."""
    file = read_toml(folder / FILE)
    file.allow("dimensions", "scales", "indicators")
    dimensions = _dimensions(file)
    scales = {name: _scale(file.table("scales", name), name) for name in file.data.get("scales", {})}
    indicators: dict[str, Indicator] = {}
    names: dict[str, str] = {}
    shorts: dict[tuple[str, int], str] = {}
    for table in file.array("indicators"):
        indicator = _indicator(table, scales, {d.id for d in dimensions})
        if indicator.id in indicators:
            table.fail("id", f"the id {indicator.id} is used twice.")
        for key, name in (("title", indicator.title), *(("aliases", alias) for alias in indicator.aliases)):
            other = names.setdefault(name.casefold(), indicator.id)
            if other != indicator.id:
                table.fail(key, f"{name!r} already belongs to {other}.")
        for year in indicator.years:  # a report of that year would have two headings that are the same
            other = shorts.setdefault((indicator.short.casefold(), year), indicator.id)
            if other != indicator.id:
                table.fail("short", f"{indicator.id} and {other} are both called “{indicator.short}” in {year}.")
        indicators[indicator.id] = indicator
    return dimensions, indicators


def _dimensions(file: TomlFile) -> tuple[Dimension, ...]:
    found: dict[str, Dimension] = {}
    for table in file.array("dimensions"):
        table.allow("id", "name")
        dimension = Dimension(table.text("id"), table.text("name"))
        if dimension.id in found:
            table.fail("id", f"the id {dimension.id} is used twice.")
        found[dimension.id] = dimension
    return tuple(found.values())


def _scale(table: Table, name: str) -> Scale:
    table.allow("options", "unit")
    options = tuple(_option(table, o) for o in table.tables("options"))
    if bool(options) == ("unit" in table.data):
        table.fail("options", f"the scale {name} needs either options or a unit.")
    if len({o.code for o in options}) != len(options):
        table.fail("options", f"the scale {name} has a code twice.")
    return Scale(name, options, table.text("unit", optional=True))


def _option(scale: Table, found: dict[str, object]) -> Option:
    code, label, sign = found.get("code"), found.get("label"), found.get("sign")
    known = set(found) <= {"code", "label", "sign"} and (sign is None or sign in set(Sign))
    if not known or not isinstance(code, int) or not isinstance(label, str) or not label.strip():
        scale.fail("options", f"an option needs a code, a label and at most a sign ({', '.join(Sign)}), not {found}.")
    return Option(code, label, None if sign is None else Sign(str(sign)))


def _indicator(table: Table, scales: Mapping[str, Scale], dimensions: set[str]) -> Indicator:
    table.allow(*KEYS)
    scale = scales.get(table.text("scale"))
    if scale is None:
        table.fail("scale", f"the scale {table.text('scale')} is not among [scales].")
    if table.text("dimension") not in dimensions:
        table.fail("dimension", f"the dimension {table.text('dimension')} is not among [[dimensions]].")
    indicator = Indicator(
        id=table.text("id"),
        title=table.text("title"),
        short=table.text("short"),
        scale=scale,
        direction=table.choice("direction", Direction),
        dimension=table.text("dimension"),
        part=table.choice("part", Part),
        years=table.years("years"),
        question=table.text("question"),
        explanation=table.text("explanation"),
        recommended=table.flag("recommended"),
        highlighted=table.years("highlighted"),
        sentences=_sentences(table.inside("sentences"), scale),
        activities=table.texts("activities"),
        goal=table.text("goal", optional=True),
        aliases=table.texts("aliases"),
    )
    _check_years(table, indicator)
    _check_direction(table, indicator)
    _check_plan(table, indicator)
    return indicator


def _check_years(table: Table, indicator: Indicator) -> None:
    if not indicator.years:
        table.fail("years", "years must name the editions that have the indicator.")
    if not set(indicator.highlighted) <= set(indicator.years):
        table.fail("highlighted", "highlighted holds a year that is not among years.")


def _check_direction(table: Table, indicator: Indicator) -> None:
    """An answer is judged by its sign, Ja before Nej, and a number by its direction: what could not be judged so is refused."""
    scale = indicator.scale
    if scale.has_ja and indicator.direction is Direction.LOWER:
        table.fail("direction", f"direction is lower, but on the scale {scale.name} Ja is always the better answer.")
    if indicator.judged and not (scale.has_ja or scale.is_number):
        table.fail("direction", f"direction must be none, for the scale {scale.name} has no Ja to judge by.")
    if indicator.highlighted and not scale.has_ja:
        table.fail("highlighted", f"highlighted is only for a scale with Ja, and {scale.name} has none.")


def _check_plan(table: Table, indicator: Indicator) -> None:
    if not indicator.judged:
        for key in ("goal", "activities"):
            if key in table.data:
                table.fail(key, f"a bakgrundsmått is neither good nor bad and has no {key}.")
        return
    if not indicator.goal:
        table.fail("goal", "goal is missing.")
    if len(indicator.activities) < FEWEST_ACTIVITIES:
        table.fail("activities", f"there must be at least {FEWEST_ACTIVITIES} activities.")


def _sentences(table: Table, scale: Scale) -> Sentences:
    """The predicates that *scale* needs, all of them and no other."""
    signs = {o.sign for o in scale.options}
    needed = {"all", "ja", "nej"} if scale.has_ja else {"number"} if scale.is_number else {"options"}
    if Sign.DELVIS in signs:
        needed.add("delvis")
    table.allow("all", "ja", "delvis", "nej", "number", "options")
    for key in ("all", "ja", "delvis", "nej", "number"):
        if key in table.data and key not in needed:
            table.fail(key, f"the scale {scale.name} has no use for the sentence {key}.")
    texts = {key: table.text(key) if key in needed else "" for key in ("all", "ja", "delvis", "nej")}
    number = table.braced("number") if scale.is_number else ""
    if scale.is_number and (number.count("{tal}") != 1 or set(number.replace("{tal}", "")) & set("{}")):
        table.fail("number", "number must hold {tal} once, where the number stands, and no other brace.")
    options = _option_sentences(table, scale)
    without = [o.code for o in scale.options if o.code not in dict(options)]
    if "options" in needed and without:
        table.fail("options", f"options has no sentence for {', '.join(map(str, without))}.")
    return Sentences(texts["all"], texts["ja"], texts["delvis"], texts["nej"], number, options)


def _option_sentences(table: Table, scale: Scale) -> tuple[tuple[int, str], ...]:
    codes = {str(o.code): o.code for o in scale.options}
    found = table.inside("options")
    for code in found.data:
        if code not in codes:
            table.fail("options", f"the scale {scale.name} has no option with the code {code}.")
        if not isinstance(found.data[code], str) or not found.data[code].strip() or set(found.data[code]) & set("{}"):
            table.fail("options", f"the sentence of option {code} must be a text without braces.")
    return tuple((codes[code], text) for code, text in found.data.items())
