"""A document with every kind of block, long names, a table over two pages and figures of each kind."""

from __future__ import annotations

from ojreport.compose.document import (
    Align,
    Bar,
    BarChart,
    BreakMark,
    BulletList,
    Column,
    Columns,
    Document,
    Figure,
    FigurePair,
    Heading,
    Item,
    KeyFigure,
    KeyFigures,
    Line,
    Mark,
    Meta,
    OwnAnswer,
    PageBreak,
    Paragraph,
    Point,
    Reference,
    Role,
    Run,
    Segment,
    StackedBar,
    StackedChart,
    Style,
    Table,
    TableCell,
    TableRow,
    TrendChart,
)

LINK = "https://www.socialstyrelsen.se/"
SHARES = (
    ("Gotlands län", 100), ("Kalmar län", 83), ("Uppsala län", 75), ("Hallands län", 67), ("Stockholms län", 66),
    ("Skåne län", 64), ("Kronobergs län", 63), ("Västra Götalands län", 62), ("Östergötlands län", 62),
    ("Blekinge län", 60), ("Örebro län", 58),
    ("Västmanlands län", 56), ("Södermanlands län", 55), ("Gävleborgs län", 50), ("Värmlands län", 50), ("Dalarnas län", 47),
    ("Västernorrlands län", 43),
    ("Jämtlands län", 38), ("Västerbottens län", 27), ("Norrbottens län", 21), ("Jönköpings län", 12),
)  # fmt: skip
WORDS = {Mark.JA: "Ja", Mark.DELVIS: "Delvis", Mark.NEJ: "Nej", Mark.MISSING: "Uppgift saknas (bortfall)"}
STADSDELAR = (
    "Hägersten-Liljeholmen", "Enskede-Årsta-Vantör", "Askim-Frölunda-Högsbo", "Örgryte-Härlanda", "Östra Göteborg",
    "Hässelby-Vällingby", "Rinkeby-Kista", "Spånga-Tensta", "Majorna-Linné", "Västra Hisingen", "Norra Hisingen",
    "Västra Göteborg", "Upplands Väsby",
    "Malung-Sälen", "Örnsköldsvik",
)  # fmt: skip
INDICATORS = (
    ("Aktuell överenskommelse med regionen om samverkan för vuxna med missbruks- och beroendeproblem", Mark.JA, "47 procent"),
    ("Erbjuder minst ett stödprogram för vuxna närstående", Mark.JA, "63 procent"),
    ("Erbjuder personligt ombud eller stödperson", Mark.NEJ, "11 procent"),
    (
        "Aktuell rutin för samordning internt: ekonomiskt bistånd, barn och unga, våld i nära relationer",
        Mark.DELVIS,
        "38 procent",
    ),
    ("Använder ASI som bedömningsinstrument", Mark.MISSING, "72 procent"),
)

LAN_CHART = BarChart(
    title="Kalmar län ligger över riket",
    subtitle="Andel kommuner och stadsdelar i Stockholm och Göteborg som erbjuder minst ett stödprogram, per län, 2019, procent",
    bars=tuple(Bar(name, share, str(share), Role.OWN if name == "Kalmar län" else Role.OTHER) for name, share in SHARES),
    unit="procent",
    note="Gotland är en enda kommun.",
    source="Källa: Socialstyrelsen, Öppna jämförelser 2019.",
    reference=Reference("Riket 63", 63),
)
SMALL_CHART = BarChart(
    title="Kalmar har fler socionomer än riket",
    subtitle="Andel socionomer bland handläggarna, 2019, procent",
    bars=(Bar("Kalmar", 91, "91", Role.SELF), Bar("Kalmar län", 84, "84", Role.OWN), Bar("Liknande kommuner", 80, "80")),
    unit="procent",
    note="",
    source="Källa: Socialstyrelsen, Öppna jämförelser 2019.",
    reference=Reference("Riket 86", 86),
)
TREND = TrendChart(
    title="Ökningen till 2019 förklaras av den nya definitionen",
    subtitle="Andel som erbjuder minst ett stödprogram för vuxna närstående, 2016–2020, procent",
    years=(2016, 2017, 2018, 2019, 2020),
    lines=(
        Line(
            "Riket", Role.RIKET, ((Point(2016, 33, "33"), Point(2017, 35, "35"), Point(2018, 37, "37")), (Point(2019, 63, "63"),))
        ),
        Line(
            "Kalmar län",
            Role.OWN,
            (
                (Point(2016, 30, "30"), Point(2017, 36, "36"), Point(2018, 42, "42")),
                (Point(2019, 67, "67"), Point(2020, 83, "83")),
            ),
        ),
    ),
    breaks=(BreakMark(2018, 2019, "Ny definition: CRAFT tillkom som fjärde program"),),
    unit="procent",
    note="Värden på var sin sida om den streckade linjen kan inte jämföras.",
    source="Källa: Socialstyrelsen, Öppna jämförelser 2016–2020.",
    own_label="Kalmars eget svar",
    own=(
        OwnAnswer(2016, Mark.NEJ, "Nej"),
        OwnAnswer(2017, Mark.DELVIS, "Ja, men inte för vissa"),
        OwnAnswer(2018, Mark.MISSING, "Uppgift saknas"),
        OwnAnswer(2019, Mark.JA, "Ja, för alla"),
        OwnAnswer(2020, Mark.JA, "Ja, för alla"),
    ),
)
STACKED = StackedChart(
    title="Sex av tolv kommuner i länet har en aktuell rutin",
    subtitle="Antal kommuner i Kalmar län efter svar, 2019",
    bars=tuple(
        StackedBar(
            label,
            tuple(
                Segment(mark, n, str(n)) for mark, n in zip((Mark.JA, Mark.DELVIS, Mark.NEJ, Mark.MISSING), counts, strict=True)
            ),
        )
        for label, counts in (
            ("Rutin för ekonomiskt bistånd", (6, 3, 2, 1)),
            ("Rutin för barn och unga", (9, 0, 3, 0)),
            ("Rutin för våld i nära relationer", (4, 4, 4, 0)),
        )
    ),
    legend=tuple(WORDS.items()),
    unit="antal kommuner",
    note="En kommun har inte svarat på frågan om ekonomiskt bistånd.",
    source="Källa: Socialstyrelsen, Öppna jämförelser 2019.",
)


def _figure(spec: BarChart | TrendChart | StackedChart) -> Figure:
    return Figure(spec, f"Diagram. {spec.title}. {spec.subtitle}.")


def _items(*texts: str) -> tuple[Item, ...]:
    return tuple(Item((Run(text),)) for text in texts)


def _results() -> Table:
    """Groups, signs with words, an own column: long enough for two pages."""
    rows: list[TableRow] = []
    for dimension in (
        "Helhetssyn och samordning",
        "Kunskapsbaserad verksamhet",
        "Självbestämmande och integritet",
        "Tillgänglighet",
    ):
        rows.append(TableRow((TableCell(dimension),), group=True))
        rows += [
            TableRow(
                (TableCell(title), TableCell(WORDS[mark], mark), TableCell("8 av 11"), TableCell("4 av 7"), TableCell(riket))
            )
            for title, mark, riket in INDICATORS
        ]
    columns = (
        Column("Indikator", 5),
        Column("Kalmar", 2.1, own=True),
        Column("Kalmar län", 1.3, Align.RIGHT),
        Column("Liknande kommuner", 1.5, Align.RIGHT),
        Column("Riket", 1.4, Align.RIGHT),
    )
    return Table(
        "Resultat per kvalitetsdimension 2019",
        columns,
        tuple(rows),
        summary="Kalmars svar på varje indikator bredvid länet, liknande kommuner och riket.",
        note="Andelen räknas bland de kommuner och stadsdelar som har svarat på frågan.",
        source="Källa: Socialstyrelsen, Öppna jämförelser 2019.",
    )


def _matrix() -> Table:
    """Signs alone, with totals."""
    marks = (Mark.JA, Mark.DELVIS, Mark.NEJ, Mark.MISSING)
    headings = ("Överenskommelse", "Stödprogram", "Stödperson", "Rutin barn", "ASI", "Brukarrevision")
    rows = [
        TableRow(
            (
                TableCell(name),
                *(TableCell(WORDS[mark], mark, mark_only=True) for mark in (marks[(n * k + k) % 4] for k in range(1, 7))),
                TableCell("3 av 6"),
            )
        )
        for n, name in enumerate(STADSDELAR)
    ]
    total = TableRow((TableCell("Andel Ja"), *(TableCell("7 av 15") for _ in range(7))), total=True)
    columns = (
        Column("Kommun eller stadsdel", 3),
        *(Column(h, 1.35, Align.CENTER) for h in headings),
        Column("Antal Ja", 1.2, Align.RIGHT),
    )
    return Table("Alla svar sida vid sida", columns, (*rows, total), note="● Ja, ◐ Delvis, ○ Nej, – uppgift saknas.")


def sample_document(mark: str = "Exempeldata: svaren är påhittade, bara de publicerade talen är riktiga.") -> Document:
    """The document; with an empty *mark* as for real data."""
    meta = Meta(
        report="kommunprofil",
        title="Kalmar: missbruks- och beroendevården 2019",
        subtitle="Kommunprofil ur Öppna jämförelser. Kommunkod 0880, Kalmar län.",
        area="Kalmar",
        code="0880",
        year=2019,
        edition="Öppna jämförelser 2019",
        author="ojreport",
        subject="Öppna jämförelser av socialtjänsten",
        head="Kalmar (0880) – missbruks- och beroendevård 2019",
        foot="Källa: Socialstyrelsen och SKR, Öppna jämförelser 2019. Kalmar, kommunkod 0880.",
        mark=mark,
        keywords=("Kalmar", "öppna jämförelser"),
    )
    strengths = BulletList(
        _items(
            "Kalmar erbjuder stödprogram för vuxna närstående. Det gör 63\u00a0procent av kommunerna och stadsdelarna.",
            "Kalmar har en aktuell överenskommelse med regionen.",
            "Kalmar följer upp resultaten på gruppnivå och använder dem för att utveckla verksamheten.",
        ),
        title="Styrkor",
    )
    improvements = BulletList(
        _items(
            "Kalmar erbjuder inte stödperson.",
            "Kalmar använder delvis manualbaserade bedömningsinstrument.",
            "Kompetensutvecklingsplanen för handläggarna är inte aktuell.",
        ),
        numbered=True,
        title="Förbättringsområden",
    )
    nested = BulletList(
        (
            Item(
                (Run("Nationell nivå: "), Run("andel Ja", bold=True), Run(" bland dem som har svarat.")),
                _items("Kommuner", "Stadsdelar"),
            ),
            Item((Run("Kommunens nivå: svaret självt."),)),
        ),
        title="Så räknas svaren",
    )
    blocks = (
        KeyFigures(
            (
                KeyFigure("22\u00a0av 30", "indikatorer där Kalmar svarar Ja"),
                KeyFigure("63\u00a0procent", "av kommunerna och stadsdelarna erbjuder minst ett stödprogram"),
                KeyFigure("3", "förbättringsområden"),
            )
        ),
        Columns(strengths, improvements),
        _figure(SMALL_CHART),
        Paragraph(
            (Run("Öppna jämförelser ger ingen fullständig bild av kvaliteten. Resultaten måste bedömas lokalt."),), Style.CAVEAT
        ),
        PageBreak(),
        Heading(2, "Så läser du rapporten"),
        Paragraph(
            (Run("En rutin räknas som aktuell när den är skriftlig, beslutad, känd, använd och uppföljd det senaste året."),),
            Style.LEAD,
        ),
        Paragraph(
            (
                Run("Tecknen är ● Ja, ◐ Delvis, ○ Nej och – uppgift saknas. Mer om metoden finns hos "),
                Run("Socialstyrelsen, som samlar in och publicerar uppgifterna varje år tillsammans med SKR", link=LINK),
                Run(". Ett svar som saknas räknas aldrig som Nej. "),
                Run("Andelen är avrundad till hela procent.", bold=True),
            )
        ),
        nested,
        Heading(3, "Vad som inte kan jämföras"),
        Paragraph((Run("Undersökningen gjordes om 2016. " * 4 + "Därför börjar alla serier då."),)),
        Heading(2, "Resultat"),
        Paragraph((Run("Tabellen visar varje indikator."),)),
        _results(),
        Heading(2, "Stödprogram för närstående"),
        Paragraph(
            (Run("63\u00a0procent av kommunerna och stadsdelarna erbjuder minst ett stödprogram. Kalmar erbjuder stödprogram."),)
        ),
        _figure(LAN_CHART),
        _figure(TREND),
        Heading(2, "Rutiner"),
        _figure(STACKED),
        FigurePair(_figure(SMALL_CHART), _figure(SMALL_CHART)),
        Heading(2, "Alla kommuner"),
        _matrix(),
        Paragraph((Run("Uppgifterna hämtades ur Socialstyrelsens arbetsböcker."),), Style.NOTE),
    )
    return Document(meta, blocks)
