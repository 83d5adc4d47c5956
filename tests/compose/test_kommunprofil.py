import re
from collections import Counter

import pytest
from words import words

from ojreport.compose.document import BarChart, Figure, FigurePair, Mark, Role, Table, TrendChart

AREAS = ["Kalmar", "Örnsköldsvik", "Gotland", "Göteborg", "Göteborg, Angered", "Åsele", "Jönköping", "Stockholm", "Malung-Sälen"]


def both(report):
    return words(report.document), words(report.deck)


@pytest.mark.parametrize(
    "pair",
    [
        (
            "63 procent av kommunerna och stadsdelarna erbjuder minst ett stödprogram för vuxna närstående.",
            "Kalmar erbjuder minst ett stödprogram för vuxna närstående.",
        ),
        (
            "11 procent av kommunerna och stadsdelarna har en aktuell rutin för att erbjuda enskilda att ta med en stödperson",
            "Kalmar har inte någon aktuell rutin för att erbjuda enskilda att ta med en stödperson på möten.",
        ),
        (
            "47 procent av kommunerna och stadsdelarna har en aktuell överenskommelse med regionen.",
            "Kalmar har en aktuell överenskommelse med regionen.",
        ),
    ],
)
def test_each_pair_of_sentences_stands_on_pages_and_slides(profile_of, pair):
    for text in both(profile_of("Kalmar")):
        for sentence in pair:
            assert sentence in text


def test_the_new_definition_explains_37_to_63_and_no_change_is_worded_across_it(profile_of):
    for text in both(profile_of("Kalmar")):
        assert "2018 var andelen i riket 37 procent. Att den är 63 procent 2019 förklaras av den nya definitionen." in text
        assert "26 procentenheter upp" not in text
        assert not re.search(r"(ökning|upp|ökat)[^.]*\b26 procentenheter", text)
        assert not re.search(r"37 procent 2018[^.]*63 procent 2019", text)


def test_9_10_11_is_a_series_with_its_change(profile_of):
    for text in both(profile_of("Kalmar")):
        assert "9 procent 2017, 10 procent 2018 och 11 procent 2019: en ökning med 2 procentenheter" in text


def test_the_lan_that_is_not_shown_and_gotland_are_named_under_the_chart(profile_of):
    for text in both(profile_of("Kalmar")):
        assert "Gotland motsvarar en kommun." in text
        assert "Jönköpings län redovisas inte på grund av bortfall högre än 20 procent." in text


def figures(report):
    for block in report.document.blocks:
        match block:
            case Figure():
                yield block
            case FigurePair(left=left, right=right):
                yield from (left, right)


def test_the_lan_chart_marks_the_own_lan_alone_and_leaves_out_who_is_not_shown(profile_of):
    charts = [f for f in figures(profile_of("Kalmar")) if isinstance(f.spec, BarChart)]
    assert len(charts) == 3
    for figure in charts:
        labels = [bar.label for bar in figure.spec.bars]
        assert [bar.label for bar in figure.spec.bars if bar.role is Role.OWN] == ["Kalmar län"]
        assert "Jönköpings län" not in labels
        assert len(labels) == 20
        assert sorted(-bar.value for bar in figure.spec.bars) == [-bar.value for bar in figure.spec.bars]
        for bar in figure.spec.bars:
            assert f"{bar.label} {bar.text}" in figure.alt


def test_a_trend_is_joined_on_each_side_of_the_break_and_not_over_it(profile_of):
    trends = [f.spec for f in figures(profile_of("Kalmar")) if isinstance(f.spec, TrendChart)]
    support = next(t for t in trends if t.title.startswith("Stödprogram"))
    riket = next(line for line in support.lines if line.role is Role.RIKET)
    assert [[p.text for p in run] for run in riket.runs] == [["34", "35", "37"], ["63"]]
    assert [(b.before, b.after) for b in support.breaks] == [(2018, 2019)]
    assert [a.text for a in support.own] == ["Ja"] * 4


@pytest.mark.parametrize("name", AREAS)
def test_no_text_is_left_unfilled_and_no_number_parts_from_its_unit(profile_of, name):
    report = profile_of(name)
    for product in (report.document, report.deck):
        text = words(product)
        assert not re.search(r"\bNone\b|\bnan\b|\{\{|\}\}|\{%|\(\)|\.\.|  ", text)
        assert not re.search(r"\d (procent|procentenheter|%)", "\n".join(_raw(product)))


def _raw(product):
    from words import of_block  # noqa: PLC0415 - the raw text keeps its non-breaking spaces

    blocks = (
        product.blocks
        if hasattr(product, "blocks")
        else [b for s in product.sections for slide in s.slides for b in slide.blocks]
    )
    return [text for block in blocks for text in of_block(block)]


@pytest.mark.parametrize("name", AREAS)
def test_slide_titles_are_unique(profile_of, name):
    titles = [slide.title for section in profile_of(name).deck.sections for slide in section.slides]
    assert len(set(titles)) == len(titles)


def test_a_kommun_that_answered_nothing_is_not_judged(profile_of):
    for text in both(profile_of("Åsele")):
        assert "Åsele har inte svarat" in text
        assert "Uppgift saknas för Åsele (bortfall)." in text
        assert "Kan inte bedömas" in text
    cells = [cell for b in profile_of("Åsele").document.blocks if isinstance(b, Table) for row in b.rows for cell in row.cells]
    assert {c.mark for c in cells if c.mark} == {Mark.MISSING}


def test_the_deck_of_a_kommun_that_answered_nothing_has_no_slide_of_changes_and_says_why_to_begin(profile_of):
    deck = profile_of("Åsele").deck
    assert not any("förändr" in slide.title for section in deck.sections for slide in section.slides)
    (plan,) = (
        b for section in deck.sections for s in section.slides for b in s.blocks if isinstance(b, Table) and "plan" in b.title
    )
    assert [row.cells[1].text for row in plan.rows] == ["Utan svar går det inte att jämföra"]


def test_a_line_of_stadsdelar_says_whom_it_counts(profile_of):
    trends = [f.spec for f in figures(profile_of("Göteborg")) if isinstance(f.spec, TrendChart)]
    assert len(trends) == 3
    assert all("Göteborgs linje räknar de stadsdelar som svarat det året" in t.note for t in trends)


def test_goteborg_is_a_share_of_its_stadsdelar_and_each_is_shown(profile_of):
    report = profile_of("Göteborg")
    text = words(report.document)
    assert "5 av 10 stadsdelar i Göteborg erbjuder minst ett stödprogram för vuxna närstående." in text
    tables = [b for b in report.document.blocks if isinstance(b, Table) and b.columns[0].heading == "Stadsdel"]
    for table in tables:
        assert [row.cells[0].text for row in table.rows][:3] == ["Angered", "Östra Göteborg", "Örgryte-Härlanda"]
        assert len(table.rows) == 11  # ten stadsdelar and the total
    shown = {column.heading for table in tables for column in table.columns[1:]}
    assert len(shown) == 34


def test_a_stadsdel_is_compared_with_its_sisters(profile_of):
    table = next(b for b in profile_of("Göteborg, Angered").document.blocks if isinstance(b, Table))
    assert [c.heading for c in table.columns] == [
        "Indikator",
        "Angered",
        "Stadsdelar i Göteborg",
        "Västra Götalands län",
        "Riket",
    ]


def test_gotlands_lan_is_said_to_be_the_kommun_itself(profile_of):
    text = words(profile_of("Gotland").document)
    assert "Gotlands län består av en enda kommun" in text
    assert "1 av 1 enheter" not in text
    assert "Gotlands län (en enda kommun)" in text
    for spec in (f.spec for f in figures(profile_of("Gotland"))):
        if isinstance(spec, TrendChart):  # länet's line would say what the kommun's signs say
            assert [line.label for line in spec.lines] == ["Riket"]
        elif isinstance(spec, BarChart):
            assert re.fullmatch(r"Från \d+ till \d+ procent i länen, Gotland oräknat", spec.title.replace("\u00a0", " "))


@pytest.mark.parametrize(
    ("name", "year"), [*((n, 2019) for n in AREAS if n not in ("Åsele", "Jönköping")), ("Stockholm, Farsta", 2018)]
)
def test_who_has_most_ja_is_counted_in_the_table_that_is_shown(profile_of, name, year):
    """As a reader would count; where names are left out she could not, and nobody is named."""
    report = profile_of(name, year)
    slides = [slide for section in report.deck.sections for slide in section.slides]
    slide, table = next((s, b) for s in slides for b in s.blocks if isinstance(b, Table) and b.title == "Vilka svarar Ja?")
    rows = [set(re.split(", | och ", row.cells[1].text)) for row in table.rows]
    count = Counter(kommun for row in rows for kommun in row)
    most = {kommun for kommun, n in count.items() if n == max(count.values())}
    if len(most) <= 3 and not any(" till" in row.cells[1].text for row in table.rows):
        names, _, told = slide.title.partition(" har flest Ja: i ")
        assert set(re.split(", | och ", names)) == most
        assert told.startswith(f"{max(count.values())} av de {len(rows)} områdena")
    else:
        assert slide.title == f"Flera svarar Ja där {report.document.meta.title.partition(':')[0]} inte gör det"


def test_a_table_that_leaves_out_rows_says_so(profile_of):
    tables = [b for b in profile_of("Göteborg").document.blocks if isinstance(b, Table) and b.title == "Vilka svarar Ja?"]
    assert re.fullmatch(r"De 10 mest angelägna av \d\d områden där någon svarar Ja\.", tables[0].note)


def test_the_answers_of_stadsdelar_have_their_cells_as_a_range(profile_of):
    table = next(b for b in profile_of("Göteborg").document.blocks if isinstance(b, Table) and b.columns[-1].heading == "Cell")
    assert all(re.fullmatch(r"([A-Z]+)\d+:\1\d+ \([12]\)", row.cells[-1].text) for row in table.rows if not row.group)


def test_every_share_in_a_result_table_has_numerator_and_denominator(profile_of):
    table = next(b for b in profile_of("Kalmar").document.blocks if isinstance(b, Table))
    shares = [c.text for row in table.rows if not row.group for c in row.cells[2:] if "%" in c.text]
    counted = [s for s in shares if re.fullmatch(r"\d+\u00a0% \(\d+\u00a0av\u00a0\d+\)", s)]
    numbers = [s for s in shares if s not in counted]
    assert len(counted) > 90
    assert len(numbers) == 3  # socionomexamen is a number and no share


def test_every_fact_names_a_cell(profile_of):
    for block in profile_of("Kalmar").document.blocks:
        for fact in getattr(block, "facts", ()):
            assert fact.origins, fact
            assert all(origin.sheet for origin in fact.origins if origin.cell), fact


def test_the_plan_is_a_worksheet_with_a_row_for_each_improvement_area(profile_of):
    sheet = profile_of("Kalmar").workbook.sheets[0]
    assert len(sheet.rows) == 6
    assert all(len(row) == len(sheet.columns) for row in sheet.rows)
    assert [c.heading for c in sheet.columns][-4:] == ["Ansvarig", "Klart senast", "Uppföljning", "Status"]
    assert all("Öppna jämförelser 2020" in row[7] for row in sheet.rows)


def test_example_data_says_that_it_is(profile_of):
    report = profile_of("Kalmar")
    assert report.document.meta.mark.startswith("Exempeldata")
    assert "Exempeldata" in report.document.meta.foot
    assert report.workbook.sheets[0].intro[-1].startswith("Exempeldata")
