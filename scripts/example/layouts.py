"""The five layouts, one for each edition: together they hold what the official workbooks are known to vary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from example.draw import Gap


class Key(Enum):
    """A column before the results."""

    CODE = auto()
    NAME = auto()
    LAN = auto()


class Rows(Enum):
    """A block of rows."""

    RIKET = auto()
    LAN = auto()
    KOMMUNER = auto()
    STADSDELAR = auto()
    UNITS = auto()  # kommuner, each followed by its stadsdelar
    COUNTS = auto()  # how many answered each question
    BLANK = auto()


class Answers(Enum):
    """How an answer is written."""

    WORDS = auto()
    TRAILING = auto()  # some with a blank or a non-breaking space after them
    CODES = auto()  # the indicator's number codes
    CARELESS = auto()  # mixed case, blanks


class Shares(Enum):
    """How a share is written."""

    FRACTION = auto()  # 0.63, rounded
    PERCENT = auto()  # 63
    SIGNED = auto()  # "63 %"
    COMMA = auto()  # "62,72"
    EXACT = auto()  # 0.6271929…, shown as 63%


class Spaces(Enum):
    """What stands in headings for some of the ordinary spaces."""

    DOUBLE = auto()
    NBSP = auto()
    BREAKS = auto()
    ALL = auto()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A result sheet: which questions (by part and dimension; empty takes all), which rows, and where the header stands."""

    name: str
    header_row: int
    blocks: tuple[Rows, ...]
    parts: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    group_heads: bool = False
    sub_heads: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """How an edition is laid out. ``missing`` has the symbols of each gap, used in turn; "" is a blank cell."""

    year: int
    about: str
    sheets: tuple[Sheet, ...]
    keys: tuple[tuple[Key, str], ...]
    answers: Answers
    shares: Shares
    spaces: Spaces
    missing: Mapping[Gap, tuple[str, ...]]
    letters: bool = True  # questions numbered 1a, 1b, 2a … and not 1, 2, 3 …
    numeric_codes: bool = False
    lan_codes: bool = True
    riket_code: str = ""
    county_heads: bool = False
    described: str = ""  # name of a sheet that describes the indicators
    codes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # an edition's own number codes


_ALL_MISSBRUK = ("generell", "missbruk")
_UNITS_FIRST = (Rows.UNITS, Rows.COUNTS, Rows.BLANK, Rows.LAN, Rows.RIKET)
_RIKET_FIRST = (Rows.RIKET, Rows.LAN, Rows.KOMMUNER, Rows.STADSDELAR, Rows.COUNTS)

_2016 = Layout(
    year=2016,
    about="Om filen",
    sheets=(Sheet("Resultat", 2, _UNITS_FIRST),),
    keys=((Key.CODE, "K-kod"), (Key.NAME, "Kommun")),
    answers=Answers.WORDS,
    shares=Shares.FRACTION,
    spaces=Spaces.DOUBLE,
    missing={Gap.BORTFALL: ("-",), Gap.EJ_TILLAMPLIG: (".",), Gap.SEKRETESS: ("x",)},
    letters=False,
    riket_code="00",
    county_heads=True,
)

_2017 = Layout(
    year=2017,
    about="Information",
    sheets=(
        Sheet("Kommuner", 4, (Rows.KOMMUNER,), parts=_ALL_MISSBRUK, group_heads=True, sub_heads=1),
        Sheet("Stadsdelar", 4, (Rows.STADSDELAR,), parts=_ALL_MISSBRUK, group_heads=True, sub_heads=1),
        Sheet("Län och riket", 4, (Rows.LAN, Rows.RIKET), group_heads=True, sub_heads=1),
    ),
    keys=((Key.LAN, "Län"), (Key.CODE, "Kommunkod"), (Key.NAME, "Kommun/stadsdel")),
    answers=Answers.TRAILING,
    shares=Shares.PERCENT,
    spaces=Spaces.NBSP,
    missing={Gap.BORTFALL: ("",), Gap.EJ_TILLAMPLIG: (".",), Gap.SEKRETESS: ("..",)},
    numeric_codes=True,
    riket_code="0000",
)

_2018 = Layout(
    year=2018,
    about="Läs mig",
    sheets=(
        Sheet("Helhetssyn och samordning", 11, _RIKET_FIRST, dimensions=("helhetssyn",)),
        Sheet(
            "Självbestämande och integritet", 11, _RIKET_FIRST, dimensions=("sjalvbestammande",)
        ),  # misspelt, as official names can be
        Sheet("Kunskapsbaserad verksamhet", 11, _RIKET_FIRST, dimensions=("kunskap",)),
        Sheet("Trygghet och säkerhet", 11, _RIKET_FIRST, dimensions=("trygghet",)),
        Sheet("Registerdata", 11, (Rows.RIKET, Rows.LAN), dimensions=("register",)),
    ),
    keys=((Key.CODE, "Kommun-kod"), (Key.NAME, "Namn")),
    answers=Answers.CODES,
    shares=Shares.SIGNED,
    spaces=Spaces.BREAKS,
    missing={Gap.BORTFALL: ("–",), Gap.EJ_TILLAMPLIG: (".",), Gap.SEKRETESS: ("X",)},
    codes={
        "U35505": (1, 2),
        "U35506": (1, 2),
        "U35529": (1, 2),
        "U35519": (1, 2),
        "U37536": (1, 2),
        "U35522": (1, 2, 3),
        "U35524": (1, 2, 3),
    },
)

_2019 = Layout(
    year=2019,
    about="Om filen",
    sheets=(
        Sheet("Generella delen", 5, _UNITS_FIRST, parts=("generell",), sub_heads=2),
        Sheet("Missbruks- och beroendvård", 7, _UNITS_FIRST, parts=("missbruk",), group_heads=True, sub_heads=2),  # misspelt
        Sheet("Register län och riket", 5, (Rows.LAN, Rows.RIKET), parts=("register",), sub_heads=1),
    ),
    keys=((Key.NAME, "Kommun/stadsdel"), (Key.CODE, "Kommun-/stadsdels-kod")),
    answers=Answers.WORDS,
    shares=Shares.COMMA,
    spaces=Spaces.ALL,
    missing={Gap.BORTFALL: ("-",), Gap.EJ_TILLAMPLIG: (".",), Gap.SEKRETESS: ("..",)},
    lan_codes=False,
    described="Indikatorer och bakgrundsmått",
)

_2020 = Layout(
    year=2020,
    about="Om filen",
    sheets=(
        Sheet("Resultat", 6, (Rows.RIKET, Rows.UNITS, Rows.BLANK, Rows.LAN), parts=_ALL_MISSBRUK, group_heads=True),
        Sheet("Registerdata", 6, (Rows.RIKET, Rows.LAN), parts=("register",)),
    ),
    keys=((Key.CODE, "Kommunkod"), (Key.LAN, "Län"), (Key.NAME, "Kommun/stadsdel")),
    answers=Answers.CARELESS,
    shares=Shares.EXACT,
    spaces=Spaces.ALL,
    missing={Gap.BORTFALL: ("–", ""), Gap.EJ_TILLAMPLIG: (".",), Gap.SEKRETESS: ("x", "X")},
    numeric_codes=True,
    lan_codes=False,
    riket_code="00",
    county_heads=True,
    described="Indikatorer och bakgrundsmått",
)

LAYOUTS = (_2016, _2017, _2018, _2019, _2020)
