"""The results of ``any_layout``, of one year or two, in every shape that a workbook can give them, and in any way of writing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from any_layout import RESULTS, TITLES, cell_of, heading_of, key_of, keys_of, legend_of, written
from formats import Made, Sheets

from ojreport.model.value import Answer, Value

Results = Mapping[str, tuple[str, tuple[Value, ...]]]
Way = Mapping[str, str]
Rows = list[list[Any]]

YEARS = (2018, 2019)


def before() -> Results:
    """The results of the year before: the first two answers are turned, all else is the same."""

    def turned(n: int, value: Value) -> Value:
        return Answer(1 - value.option) if n < 2 and isinstance(value, Answer) else value

    return {code: (name, tuple(turned(n, v) for n, v in enumerate(values))) for code, (name, values) in RESULTS.items()}


BY_YEAR: Mapping[int, Results] = {2018: before(), 2019: RESULTS}


def _lead(way: Way, *, years: bool = False) -> Rows:
    """What stands above the header: nothing that names one year where there are two."""
    title = "Öppna jämförelser" if years else "Öppna jämförelser 2019"
    return [[title] for _ in range(int(way["above"]))] + legend_of(way)


def _keys(way: Way, code: str) -> list[Any]:
    return [key_of(k, code, RESULTS[code][0], way) for k in way["keys"].split()]


def _values(way: Way, results: Results, code: str) -> list[Any]:
    return [cell_of(i, v, way) for i, v in zip(TITLES, results[code][1], strict=True)]


def _titles(way: Way) -> list[str]:
    return [heading_of(i, way) for i in TITLES]


def wide(way: Way) -> Sheets:
    """A row for each area, a column for each indicator."""
    return {"Resultat": Made(written(way))}


def long(way: Way) -> Sheets:
    """A row for each area and indicator."""
    rows = [*_lead(way), [*keys_of(way), "Indikator", "Svar"]]
    for n, title in enumerate(_titles(way)):
        rows += [[*_keys(way, code), title, _values(way, RESULTS, code)[n]] for code in RESULTS]
    return {"Resultat": Made(rows)}


def long_by_area(way: Way) -> Sheets:
    """The same, with an area's indicators below each other."""
    rows = [*_lead(way), [*keys_of(way), "Indikator", "Resultat"]]
    for code in RESULTS:
        pairs = zip(_titles(way), _values(way, RESULTS, code), strict=True)
        rows += [[*_keys(way, code), title, value] for title, value in pairs]
    return {"Resultat": Made(rows)}


def long_with_years(way: Way) -> Sheets:
    """A row for each area, indicator and year."""
    rows = [*_lead(way, years=True), ["År", *keys_of(way), "Indikator", "Svar"]]
    for year, results in BY_YEAR.items():
        for n, title in enumerate(_titles(way)):
            rows += [[year, *_keys(way, code), title, _values(way, results, code)[n]] for code in results]
    return {"Resultat": Made(rows)}


def year_rows(way: Way) -> Sheets:
    """A row for each area and year."""
    rows = [*_lead(way, years=True), [*keys_of(way), "År", *_titles(way)]]
    for code in RESULTS:
        rows += [[*_keys(way, code), str(year), *_values(way, r, code)] for year, r in BY_YEAR.items()]
    return {"Resultat": Made(rows)}


def year_columns(way: Way) -> Sheets:
    """Under each title a column for each year; the titles over merged cells."""
    lead, keys = _lead(way, years=True), keys_of(way)
    first, row = len(keys), len(lead)
    top = [*keys, *[v for t in _titles(way) for v in (t, None)]]
    under = [*[None] * first, *[y for _ in TITLES for y in YEARS]]
    return {"Resultat": Made([*lead, top, under, *_side_by_side(way)], merged=_pairs(row, first))}


def year_groups(way: Way) -> Sheets:
    """A group of columns for each year, which stands above it."""
    lead, keys = _lead(way, years=True), keys_of(way)
    count = len(TITLES)
    top = [*[None] * len(keys), *[v for y in YEARS for v in (f"År {y}", *[None] * (count - 1))]]
    rows = [[*_keys(way, code), *[v for r in BY_YEAR.values() for v in _values(way, r, code)]] for code in RESULTS]
    return {"Resultat": Made([*lead, top, [*keys, *_titles(way) * 2], *rows])}


def _side_by_side(way: Way) -> Iterator[list[Any]]:
    for code in RESULTS:
        both = zip(*(_values(way, r, code) for r in BY_YEAR.values()), strict=True)
        yield [*_keys(way, code), *[v for pair in both for v in pair]]


def _pairs(row: int, first: int) -> list[str]:
    from ojreport.sources.look import letters  # noqa: PLC0415 - only here

    return [f"{letters(c)}{row + 1}:{letters(c + 1)}{row + 1}" for c in range(first, first + 2 * len(TITLES), 2)]


def year_sheets(way: Way) -> Sheets:
    """A sheet for each year."""
    head = [*keys_of(way), *_titles(way)]
    return {
        f"Resultat {year}": Made(
            [*_lead(way, years=True), head, *([*_keys(way, code), *_values(way, r, code)] for code in RESULTS)]
        )
        for year, r in BY_YEAR.items()
    }


def dimension_sheets(way: Way) -> Sheets:
    """Some indicators in one sheet, the rest in another, in another order of areas; shares are told in the first alone."""
    keys, titles, codes = keys_of(way), _titles(way), list(RESULTS)
    parts = {"Samordning": ([0, 1, 4], codes), "Kunskap och tillgänglighet": ([2, 3], codes[::-1])}
    return {
        name: Made(
            [*_lead(way), [*keys, *(titles[n] for n in own)]]
            + [[*_keys(way, code), *(_values(way, RESULTS, code)[n] for n in own)] for code in order]
        )
        for name, (own, order) in parts.items()
    }


def level_sheets(way: Way) -> Sheets:
    """Kommuner, stadsdelar, and län with riket in sheets of their own."""
    head = [*keys_of(way), *_titles(way)]
    levels: Mapping[str, Callable[[str], bool]] = {
        "Kommuner": lambda c: len(c) == 4,
        "Stadsdelar": lambda c: len(c) > 4,
        "Län och riket": lambda c: len(c) < 4,
    }
    return {
        name: Made([*_lead(way), head, *([*_keys(way, c), *_values(way, RESULTS, c)] for c in RESULTS if belongs(c))])
        for name, belongs in levels.items()
    }


def indicator_sheets(way: Way) -> Sheets:
    """A sheet for each indicator, whose title stands above the table."""
    return {
        f"Fråga {n + 1}": Made(
            [[title], *_lead(way), [*keys_of(way), "Svar"]]
            + [[*_keys(way, code), _values(way, RESULTS, code)[n]] for code in RESULTS]
        )
        for n, title in enumerate(_titles(way))
    }


def grouped(way: Way) -> Sheets:
    """Three header rows: merged group headings, titles, and what is measured."""
    from ojreport.sources.look import letters  # noqa: PLC0415 - only here

    lead, keys = _lead(way), keys_of(way)
    first = len(keys)
    top = [*[None] * first, "Helhetssyn och samordning", None, "Kunskapsbaserad verksamhet", None, None]
    rows = [*lead, top, [*keys, *_titles(way)], [*[None] * first, *["Svar – Indikator"] * len(TITLES)]]
    rows += [[*_keys(way, code), *_values(way, RESULTS, code)] for code in RESULTS]
    at = len(lead) + 1
    ranges = [f"{letters(first)}{at}:{letters(first + 1)}{at}", f"{letters(first + 2)}{at}:{letters(first + 4)}{at}"]
    return {"Resultat": Made(rows, merged=ranges)}


def turned(way: Way) -> Sheets:
    """A row for each indicator, a column for each area."""
    head = [[*keys_of(way), *_titles(way)], *([*_keys(way, c), *_values(way, RESULTS, c)] for c in RESULTS)]
    return {"Resultat": Made([*_lead(way), *(list(row) for row in zip(*head, strict=True))])}


def below(way: Way) -> Sheets:
    """A table for kommuner and stadsdelar, and below it one for län and riket with a header of its own."""
    head = [*keys_of(way), *_titles(way)]
    blocks = [[c for c in RESULTS if len(c) >= 4], [c for c in RESULTS if len(c) < 4]]
    rows: Rows = _lead(way)
    for codes in blocks:
        rows += [head, *([*_keys(way, c), *_values(way, RESULTS, c)] for c in codes), [], []]
    return {"Resultat": Made(rows)}


ONE: Sequence[Callable[[Way], Sheets]] = (
    wide,
    long,
    long_by_area,
    dimension_sheets,
    level_sheets,
    indicator_sheets,
    grouped,
    turned,
    below,
)
TWO: Sequence[Callable[[Way], Sheets]] = (long_with_years, year_rows, year_columns, year_groups, year_sheets)
