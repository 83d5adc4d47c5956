"""The regional compilation as a workbook: the matrix in words, every group's figures, and every answer with its cell."""

from __future__ import annotations

from collections.abc import Iterator

from ojreport.analysis.compare import GroupNumber, GroupResult, GroupShare, NotShown, ReadShare, Spread
from ojreport.analysis.own import OwnMissing
from ojreport.compose.facts import group_origins
from ojreport.compose.regional_story import RegionStory
from ojreport.compose.worksheet import Field, SheetColumn, WorkBook, WorkSheet
from ojreport.model.value import Count, tenth

RESULTS = (  # heading, width, whether it holds numbers
    ("kod", 10, False),
    ("indikator", 34, False),
    ("dimension", 28, False),
    ("grupp", 26, False),
    ("andel", 12, True),
    ("tal", 10, True),
    ("taljare", 10, True),
    ("namnare", 10, True),
    ("bortfall", 10, True),
    ("hur", 12, False),
    ("not", 30, False),
    ("fil", 26, False),
    ("blad", 24, False),
    ("celler", 40, False),
)
ANSWERS = (
    ("kod", 10, False),
    ("enhet", 30, False),
    ("lan", 22, False),
    ("indikator", 34, False),
    ("titel", 60, False),
    ("svar", 26, False),
    ("saknas", 20, False),
    ("fil", 26, False),
    ("blad", 24, False),
    ("cell", 10, False),
)


def workbook(story: RegionStory) -> WorkBook:
    """Three sheets: Matris, Resultat and Svar."""
    return WorkBook(story.meta, (_matrix(story), _results(story), _answers(story)))


def _sheet(story: RegionStory, name: str, columns: tuple[SheetColumn, ...], rows: tuple[tuple[str, ...], ...]) -> WorkSheet:
    say, mark = story.say, story.meta.mark
    intro = (say("blad_ingress", name), *((mark,) if mark else ()))
    return WorkSheet(say(f"blad_{name}"), say("blad_titel", name), intro, columns, rows)


def _columns(story: RegionStory, described: tuple[tuple[str, int, bool], ...]) -> tuple[SheetColumn, ...]:
    return tuple(SheetColumn(story.say("x", i), width, Field.NUMBER if n else Field.TEXT) for i, width, n in described)


def _matrix(story: RegionStory) -> WorkSheet:
    """A row for each unit in the matrix's order, a column for each indicator that was asked."""
    say, found = story.say, story.compilation
    columns = (
        SheetColumn(say("x", "enhet"), 30),
        SheetColumn(say("x", "lan"), 22),
        SheetColumn(say("x", "ja"), 8, Field.NUMBER),
        SheetColumn(say("x", "besvarade"), 11, Field.NUMBER),
        *(SheetColumn(say("rubrik", c.indicator), 20) for c in found.comparisons),
    )
    rows = []
    for n, u in enumerate(found.units):
        counts = (str(u.ja.numerator), str(u.ja.denominator)) if isinstance(u.ja, Count) else ("", "")
        answers = (story.unit_text(c.indicator, c.answers[n]) for c in found.comparisons)
        rows.append((u.area.name, story.catalogue.lan_name(u.area.lan), *counts, *answers))
    return _sheet(story, "matris", columns, tuple(rows))


def _results(story: RegionStory) -> WorkSheet:
    """A row for each indicator and group, the register indicators last."""
    found = story.compilation
    results = [r for c in found.comparisons for r in c.groups]
    results += [r for row in found.register for r in (*row.lan, row.riket)]
    dimensions = {d.id: d.name for d in story.catalogue.dimensions}
    rows = tuple(_result(story, r, dimensions.get(r.indicator.dimension, story.say("ovriga"))) for r in results)
    sheet = _sheet(story, "resultat", _columns(story, RESULTS), rows)
    return WorkSheet(sheet.name, sheet.title, sheet.intro, sheet.columns, sheet.rows, facts=story.group_facts(results))


def _result(story: RegionStory, result: GroupResult, dimension: str) -> tuple[str, ...]:
    i, say = result.indicator, story.say
    origins = group_origins(story.results, i.id, result.group, result.year)
    places = ("", "", "")
    if origins:
        sheets = tuple(dict.fromkeys(o.sheet for o in origins))
        several = len(sheets) > 1
        cells = ", ".join(f"{o.sheet}!{o.cell}" if several else o.cell for o in origins)
        places = (origins[0].file, "; ".join(sheets), cells)
    return (i.id, say("rubrik", i), dimension, story.group_label(result), *_numbers(story, result), *places)


def _numbers(story: RegionStory, result: GroupResult) -> Iterator[str]:
    """Share, amount, numerator, denominator, bortfall, how it came about, and what is to be noted."""
    say, tally, value = story.say, result.tally, result.value
    counted = (str(tally.ja), str(tally.answered)) if result.indicator.scale.has_ja else ("", str(tally.answered))
    share = amount = how = note = ""
    match value:
        case GroupShare():
            share, how = str(value.whole), say("x", "last" if value.official else "raknad")
        case ReadShare():
            share, how = str(value.whole), say("x", "last")
        case GroupNumber():
            amount, how = tenth(value.amount), say("x", "last" if value.official else "raknad")
        case Spread():
            note, how = story.group_text(result), say("x", "raknad")
        case NotShown():
            counted = ("", "")
            note = story.group_text(result)
    yield from (share, amount, *counted, str(tally.bortfall), how, note)


def _answers(story: RegionStory) -> WorkSheet:
    """A row for each unit and indicator."""
    found = story.compilation
    rows = []
    for n, u in enumerate(found.units):
        lan = story.catalogue.lan_name(u.area.lan)
        for c in found.comparisons:
            own = c.answers[n]
            words = story.unit_text(c.indicator, own, short=True)
            said = ("", words) if isinstance(own.value, OwnMissing) else (words, "")
            origin = own.observations[0].origin
            place = (origin.file, origin.sheet, origin.cell)
            rows.append((u.area.code, u.area.name, lan, c.indicator.short, c.indicator.title, *said, *place))
    sheet = _sheet(story, "svar", _columns(story, ANSWERS), tuple(rows))
    facts = story.unit_facts(found.comparisons)
    return WorkSheet(sheet.name, sheet.title, sheet.intro, sheet.columns, sheet.rows, facts=facts)
