"""The published figures for the editions 2016–2020, with their sources; the example workbooks hold them."""

from __future__ import annotations

# Share of Ja in riket, percent: edition → indicator → (lowest, highest); the two are the same where a figure was published.
RIKET: dict[int, dict[str, tuple[int, int]]] = {
    2016: {  # Socialstyrelsen, webbsidan om öppna jämförelser 2016
        "U35513": (52, 52),
        "U35518": (96, 96),
        "OJM01": (90, 90),  # "nio av tio"
        "U35531": (14, 14),
        "U35522": (15, 15),
        "U35536": (26, 26),  # "74 procent saknar"
    },
    2017: {  # Kalmar kommun; överenskommelse and stödperson: Socialstyrelsens faktablad 2019; FREDA: SKR 2019
        "U35513": (56, 56),
        "U35505": (69, 69),
        "U35510": (59, 59),
        "U35506": (54, 54),
        "U35511": (37, 37),
        "U35512": (35, 35),
        "U35523": (6, 6),
        "U35524": (9, 9),
        "U35525": (7, 7),
        "U35526": (7, 7),
        "U35529": (9, 9),
        "U37544": (74, 74),
    },
    2018: {  # Socialstyrelsens faktablad 2019; Kalmar kommun; SKR 2019
        "U35513": (53, 53),
        "U35518": (93, 93),  # as Kalmar prints it; SKR says 2019
        "U35519": (37, 37),
        "U35522": (24, 24),
        "U35523": (6, 10),
        "U35524": (6, 10),
        "U35529": (10, 10),
        "U37536": (55, 55),
    },
    2019: {  # Socialstyrelsens faktablad 2019; SKR 2019
        "U35513": (47, 47),
        "U35518": (93, 93),
        "U35519": (63, 63),
        "U35529": (11, 11),
        "U37544": (84, 84),
        "U37536": (55, 55),
    },
    2020: {  # SKR 2021
        "U35505": (74, 74),
        "U35510": (68, 68),
        "U35506": (61, 61),
        "U35519": (65, 65),
        "U37544": (83, 83),
        "U37536": (60, 60),
    },
}

# Share of the units that answered anything in the part, percent.
ANSWERED = {(2019, "generell"): 95, (2019, "missbruk"): 92, (2020, "missbruk"): 95}

# Kalmar's own answers, as the kommun publishes them.
KALMAR = {
    2017: {"U35505": "Ja", "U35510": "Ja", "U35506": "Ja", "U35511": "Ja", "U35512": "Nej", "U35513": "Ja"},
    2018: {"U35518": "Ja", "U35523": "Nej", "U35524": "Nej", "U35522": "Ja, men inte för vissa"},
    2019: {"U35519": "Ja", "U35529": "Nej", "U35513": "Ja"},
}
