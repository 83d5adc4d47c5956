"""A deck with every kind of block, and the hardest names, for the tests of the renderers and for looking at."""

from __future__ import annotations

from ojreport.compose.deck import Deck, DeckSection, Layout, Slide
from ojreport.compose.document import (
    Align,
    Bar,
    BarChart,
    BreakMark,
    BulletList,
    Column,
    Columns,
    Figure,
    FigurePair,
    Item,
    KeyFigure,
    KeyFigures,
    Line,
    Mark,
    Meta,
    OwnAnswer,
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

META = Meta(
    report="kommunprofil",
    title="Missbruks- och beroendevården i Malung-Sälen",
    subtitle="Kommunprofil 2019",
    area="Malung-Sälen",
    code="2023",
    year=2019,
    edition="Öppna jämförelser 2019",
    author="ojreport",
    subject="Öppna jämförelser 2019",
    head="Malung-Sälen",
    foot="Malung-Sälen (2023) · Öppna jämförelser 2019",
    mark="Exempeldata: bara de publicerade talen är verkliga",
    keywords=("öppna jämförelser", "missbruk"),
)
SOURCE = "Källa: Socialstyrelsen, Öppna jämförelser 2019."
LAN = (
    ("Gotlands län", 100),
    ("Kalmar län", 92),
    ("Västmanlands län", 80),
    ("Västra Götalands län", 78),
    ("Örebro län", 75),
    ("Stockholms län", 72),
    ("Uppsala län", 71),
    ("Södermanlands län", 67),
    ("Östergötlands län", 65),
    ("Kronobergs län", 63),
    ("Hallands län", 60),
    ("Skåne län", 58),
    ("Blekinge län", 57),
    ("Värmlands län", 53),
    ("Dalarnas län", 50),
    ("Gävleborgs län", 50),
    ("Västernorrlands län", 43),
    ("Jämtlands län", 38),
    ("Västerbottens län", 33),
    ("Norrbottens län", 29),
)


def text(words: str) -> tuple[Run, ...]:
    return (Run(words),)


def items(*lines: str) -> tuple[Item, ...]:
    return tuple(Item(text(line)) for line in lines)


def bars() -> BarChart:
    return BarChart(
        title="Dalarnas län ligger under riket",
        subtitle="Andel kommuner och stadsdelar i Stockholm och Göteborg per län som erbjuder stödprogram, procent, 2019",
        bars=tuple(
            Bar(name, value + 0.25, str(value), Role.OWN if name == "Dalarnas län" else Role.OTHER) for name, value in LAN
        ),
        unit="Procent",
        note="Jönköpings län redovisas inte eftersom bortfallet är högre än 20 procent. Gotlands län består av en kommun.",
        source=SOURCE,
        reference=Reference("Riket 63", 63.2),
    )


def trend() -> TrendChart:
    def run(*points: tuple[int, int]) -> tuple[Point, ...]:
        return tuple(Point(year, value, str(value)) for year, value in points)

    return TrendChart(
        title="Fler erbjuder stödprogram, men frågan har ändrats",
        subtitle="Andel som erbjuder minst ett stödprogram för vuxna närstående, procent, 2016–2020",
        years=(2016, 2017, 2018, 2019, 2020),
        lines=(
            Line("Riket", Role.RIKET, (run((2016, 31), (2017, 34), (2018, 37)), run((2019, 63), (2020, 66)))),
            Line("Dalarnas län", Role.OWN, (run((2016, 20), (2017, 27), (2018, 33)), run((2019, 50), (2020, 62)))),
        ),
        breaks=(BreakMark(2018, 2019, "CRAFT räknas från 2019"),),
        unit="Procent",
        note="Mellan 2018 och 2019 ändrades frågan: ett fjärde program räknas. Åren före och efter ska inte jämföras.",
        source=SOURCE,
        own_label="Malung-Sälen",
        own=(
            OwnAnswer(2016, Mark.NEJ, "Nej"),
            OwnAnswer(2017, Mark.MISSING, "Uppgift saknas"),
            OwnAnswer(2018, Mark.DELVIS, "Ja, men inte för vissa"),
            OwnAnswer(2019, Mark.JA, "Ja"),
            OwnAnswer(2020, Mark.JA, "Ja"),
        ),
    )


def stacked() -> StackedChart:
    def bar(label: str, *counts: int) -> StackedBar:
        return StackedBar(label, tuple(Segment(m, n, str(n)) for m, n in zip(Mark, counts, strict=True)))

    return StackedChart(
        title="Flest Ja inom kunskapsbaserad verksamhet",
        subtitle="Malung-Sälens svar per kvalitetsdimension, antal indikatorer, 2019",
        bars=(
            bar("Helhetssyn och samordning", 4, 1, 6, 1),
            bar("Självbestämmande och integritet", 2, 0, 1, 0),
            bar("Kunskapsbaserad verksamhet", 7, 0, 2, 1),
            bar("Tillgänglighet", 3, 2, 1, 0),
            bar("Trygghet och säkerhet", 1, 0, 3, 0),
        ),
        legend=((Mark.JA, "Ja"), (Mark.DELVIS, "Delvis"), (Mark.NEJ, "Nej"), (Mark.MISSING, "Uppgift saknas")),
        unit="Antal",
        note="En indikator saknar svar.",
        source=SOURCE,
    )


def results_table(rows: int = 9) -> Table:
    names = (
        "Aktuell rutin för samordning mellan missbruks- och beroendevård och ekonomiskt bistånd",
        "Aktuell överenskommelse om samverkan med regionen",
        "Rutin för information till enskilda om möjligheten till annan utförare",
        "Stödprogram till vuxna närstående",
        "Systematisk uppföljning av brukarnas uppfattning",
    )
    marks = ((Mark.JA, "Ja"), (Mark.DELVIS, "Ja, men inte för vissa"), (Mark.NEJ, "Nej"), (Mark.MISSING, "Uppgift saknas"))
    body = [TableRow((TableCell("Helhetssyn och samordning"),), group=True)]
    for n in range(rows):
        mark, words = marks[n % 4]
        cells = (TableCell(words, mark), TableCell("50"), TableCell("4 av 7"), TableCell("63"))
        body.append(TableRow((TableCell(names[n % 5]), *cells)))
        if n == rows // 2:
            body.append(TableRow((TableCell("Kunskapsbaserad verksamhet"),), group=True))
    return Table(
        title="Resultat per indikator",
        columns=(
            Column("Indikator", 4),
            Column("Malung-Sälen", 1.8, own=True),
            Column("Dalarnas län, procent", 1, Align.RIGHT),
            Column("Liknande kommuner", 1, Align.RIGHT),
            Column("Riket, procent", 1, Align.RIGHT),
        ),
        rows=tuple(body),
        summary="Malung-Sälens svar beside länet, liknande kommuner och riket.".replace("beside", "bredvid"),
        note="● Ja  ◐ Delvis  ○ Nej  – Uppgift saknas",
        source=SOURCE,
    )


def matrix(rows: int = 20) -> Table:
    names = ("Hägersten-Liljeholmen", "Örnsköldsvik", "Upplands Väsby", "Malung-Sälen", "Göteborg, Örgryte-Härlanda")
    words = {Mark.JA: "Ja", Mark.DELVIS: "Delvis", Mark.NEJ: "Nej", Mark.MISSING: "Uppgift saknas"}
    marks = tuple(words)
    columns = ("Överens-\nkommelse", "Rutin barn", "Rutin bistånd", "Stöd-program", "SIP", "ASI", "Bruk", "Tid")
    return Table(
        title="Alla kommuner",
        columns=(
            Column("Kommun", 3),
            *(Column(h.replace("-\n", ""), 1, Align.CENTER, own=n == 2) for n, h in enumerate(columns)),
            Column("Ja av svar", 1, Align.RIGHT),
        ),
        rows=(
            *(
                TableRow(
                    (
                        TableCell(f"{names[r % 5]}"),
                        *(TableCell(words[m], m, mark_only=True) for m in (marks[(r * 3 + c) % 4] for c in range(8))),
                        TableCell("4 av 8"),
                    )
                )
                for r in range(rows)
            ),
            TableRow((TableCell("Ja av svar"), *(TableCell("12") for _ in range(8)), TableCell("96 av 160")), total=True),
        ),
        summary="Varje kommuns svar på åtta frågor.",
        source=SOURCE,
    )


def sample_deck() -> Deck:
    strengths = BulletList(
        items(
            "Erbjuder minst ett stödprogram för vuxna närstående",
            "Har en aktuell överenskommelse med regionen",
            "Använder ASI grundintervju i utredningar",
        ),
        title="Styrkor",
    )
    areas = BulletList(
        items(
            "Saknar rutin för samordning med ekonomiskt bistånd",
            "Följer inte upp brukarnas uppfattning systematiskt",
            "Erbjuder inte stödperson till enskilda",
        ),
        numbered=True,
        title="Förbättringsområden",
    )
    figures = KeyFigures(
        (
            KeyFigure("17 av 35", "indikatorer där Malung-Sälen svarar Ja"),
            KeyFigure("63\u00a0%", "av kommunerna och stadsdelarna erbjuder minst ett stödprogram"),
            KeyFigure("4", "svar som har ändrats sedan 2018"),
        )
    )
    caveat = Paragraph(
        text("Öppna jämförelser ger ingen fullständig bild av kvaliteten. Resultaten behöver bedömas lokalt."), Style.CAVEAT
    )
    beside = BulletList(
        items(
            "63\u00a0procent av kommunerna och stadsdelarna erbjuder minst ett stödprogram för vuxna närstående.",
            "Malung-Sälen erbjuder stödprogram.",
            "I Dalarnas län gör hälften det (50\u00a0procent).",
        )
    )
    notes = ("Riket 2019: 181 av 286 enheter, 63 procent.", "Cellen är oj2019.xlsx: Resultat!K214.")
    return Deck(
        META,
        (
            DeckSection(
                "Inledning",
                (
                    Slide(Layout.TITLE, META.title, (Paragraph(text("Kommunprofil ur Öppna jämförelser 2019")),), notes),
                    Slide(
                        Layout.NUMBERS, "Malung-Sälen svarar Ja på 17 av 35 frågor", (figures, Columns(strengths, areas)), notes
                    ),
                    Slide(
                        Layout.TEXT,
                        "Så läser du resultaten",
                        (
                            Paragraph(text("Varje kommun svarar på samma frågor en gång om året."), Style.LEAD),
                            BulletList(
                                (
                                    Item(text("Ett svar är Ja, Delvis eller Nej. Ett svar som saknas räknas aldrig som Nej.")),
                                    Item(
                                        text("Jämförelserna bygger på andelen som svarade Ja"),
                                        items(
                                            "i länet, bland liknande kommuner och i riket", "av de enheter som svarade på frågan"
                                        ),
                                    ),
                                    Item((Run("Läs mer hos "), Run("Socialstyrelsen", link="https://www.socialstyrelsen.se/"))),
                                )
                            ),
                            caveat,
                        ),
                        notes,
                    ),
                ),
            ),
            DeckSection(
                "Resultat",
                (
                    Slide(
                        Layout.FIGURE,
                        "Malung-Sälen erbjuder stödprogram, som 63 procent i riket",
                        (beside, Figure(bars(), "Stapeldiagram: Gotlands län 100, riket 63.")),
                        notes,
                    ),
                    Slide(
                        Layout.FIGURE,
                        "Stödprogram: frågan ändrades 2019",
                        (beside, Figure(trend(), "Linjediagram: riket 31, 34, 37; efter brottet 63, 66.")),
                        notes,
                    ),
                    Slide(
                        Layout.FIGURE,
                        "Flest Ja inom kunskapsbaserad verksamhet",
                        (
                            BulletList(items("Sju av tio svar är Ja.")),
                            Figure(stacked(), "Staplade staplar per kvalitetsdimension."),
                        ),
                        notes,
                    ),
                    Slide(
                        Layout.WIDE,
                        "Så svarar Malung-Sälen på frågorna om helhetssyn, samordning och kunskapsbaserad verksamhet (1 av 2)",
                        (results_table(),),
                        notes,
                    ),
                    Slide(Layout.WIDE, "Nitton kommuner sida vid sida", (matrix(19),), notes),
                    Slide(
                        Layout.WIDE,
                        "Två bilder bredvid varandra",
                        (FigurePair(Figure(trend(), "Linjediagram."), Figure(stacked(), "Staplar.")),),
                    ),
                    Slide(Layout.TWO, "Det här är bra, och det här kan bli bättre", (Columns(strengths, areas), caveat), notes),
                    Slide(Layout.WIDE, "Dalarnas län ligger under riket", (Figure(bars(), "Stapeldiagram."),)),
                ),
            ),
        ),
    )
