"""The official titles, letter by letter as Kolada and Socialstyrelsen print them, each read as its own indicator."""

from __future__ import annotations

import pytest

from ojreport.catalogue import load_catalogue
from ojreport.sources.titles import How, Titles

TITLES = Titles(load_catalogue().indicators.values())
NUMBERS = ["", "1a. ", "1a) ", "Fråga 12b: ", "12 ", "5 – ", "F3. ", "1.a) "]

KOLADA = [
    ("U30430", "Aktuell rutin för samordning mellan hemlöshet och missbruk, (Ja=1, Nej=0)"),
    (
        "U35341",
        (
            "Kommunen har infört en eller flera automatiserade handläggnings- eller administrativa processer inom "
            "verksamhetsområdet vuxna med missbruksproblem, (Ja=1, Nej=0)"
        ),
    ),
    (
        "U35401",
        "Utredningstid i antal dagar från påbörjad utredning till avslutad utredning för vuxna med missbruksproblem 21+, median",
    ),
    (
        "U35505",
        "Aktuell rutin för samordning mellan missbruk- och beroendevård och ekonomiskt bistånd, (Ja=1, Nej=0) (-2021)",
    ),
    (
        "U35506",
        "Aktuell rutin för samordning mellan missbruk- och beroendevård och socialpsykiatri, (Ja=1, Nej=0) (-2021)",
    ),
    (
        "U35510",
        "Aktuell rutin för samordning mellan missbruk- och beroendevård och barn och unga, (Ja=1, Nej=0) (-2021)",
    ),
    ("U35511", "Aktuell rutin för samordning mellan missbruk- och beroendevård och LSS, (Ja=1, Nej=0) (-2021)"),
    (
        "U35512",
        "Aktuell rutin för samordning mellan missbruk- och beroendevård och äldreomsorg, (Ja=1, Nej=0) (-2021)",
    ),
    ("U35513", "Aktuell överenskommelse om samverkan mellan missbruk- och beroendevård och region, (Ja=1, Nej=0)"),
    (
        "U35514",
        "Aktuell samlad plan för personalens kompetensutveckling inom missbruk- och beroendevården, (Ja=1, Nej=0) (-2021)",
    ),
    (
        "U35516",
        "Case management i form av integrerade team till personer med missbruk eller beroende och psykisk sjukdom, (Ja=1, Nej=0)",
    ),
    ("U35517", "Case management i form av Strengths model till personer med missbruk och beroende, (Ja=1, Nej=0)"),
    (
        "U35518",
        "Minst en av manualbaserade rekommenderade insatser till personer med missbruk eller beroende, (Ja=1, Nej=0)",
    ),
    ("U35519", "Minst ett stödprogram till närstående till personer med missbruk eller beroende, (Ja=1, Nej=0)"),
    (
        "U35520",
        "Erbjuder Bostad först till hemlösa personer med missbruk eller beroende och/eller psykisk sjukdom, (Ja=1, Nej=0)",
    ),
    (
        "U35521",
        "Boendeinsatsen Vårdkedja till hemlösa personer med missbruk, beroende eller psykisk sjukdom (Ja=1, Nej=0) (-2021)",
    ),
    (
        "U35522",
        (
            "Standardiserade bedömningsmetoder inom socialtjänstens missbruks- och beroendeverksamhet som underlag vid uppföljning "  # noqa: E501 - word for word
            "av insatser till enskilda, (Ja, för alla=2, Ja, men inte för vissa=1, Nej=0)"
        ),
    ),
    (
        "U35523",
        (
            "Sammanställt resultat för att utveckla verksamheten för klienter inom missbruksvården som bor med barn, (Ja=2, Nej, "
            "men fattat beslut=1, Nej=0)"
        ),
    ),
    (
        "U35524",
        (
            "Sammanställt resultat för att utveckla verksamheten för klienter inom missbruksvården som är unga vuxna, (Ja=2, Nej, "  # noqa: E501 - word for word
            "men fattat beslut=1, Nej=0)"
        ),
    ),
    (
        "U35525",
        (
            "Sammanställt resultat för att utveckla verksamheten för klienter inom missbruksvården som är 65 år och äldre, (Ja=2, "  # noqa: E501 - word for word
            "Nej, men fattat beslut=1, Nej=0)"
        ),
    ),
    (
        "U35526",
        (
            "Sammanställt resultat för att utveckla verksamheten för klienter inom missbruksvården som är kontakt med "
            "beroendevård/psykiatri, (Ja=2, Nej, men fattat beslut=1, Nej=0)"
        ),
    ),
    (
        "U35527",
        (
            "Systematisk uppföljning av biståndsbeslutade insatser till enskilda på gruppnivå utifrån kön inom missbruk, (Ja=1, "
            "Nej=0)"
        ),
    ),
    (
        "U35528",
        (
            "Sammanställt resultaten av biståndsbeslutade insatser till enskilda på gruppnivå utifrån kön inom missbruk, (Ja=2, "
            "Nej, men genomfört uppföljning=1, Nej=0)."
        ),
    ),
    (
        "U35529",
        (
            "Rutiner där handläggare erbjuder den enskilde att ha med sig en annan person på möten inom missbruk-/beroendevård, "
            "(Ja=1, Nej=0)"
        ),
    ),
    (
        "U35531",
        (
            "Brukarstyrd brukarrevision av verksamheter inom missbruks- och beroendevården de senaste två åren för att ge brukare "  # noqa: E501 - word for word
            "inflytande, (Ja=1, Nej=0) (-2021)"
        ),
    ),
    (
        "U35532",
        (
            "Resultaten från brukarstyrd brukarrevision för att utveckla verksamheter inom missbruks- och beroendevården, (Ja=1, "
            "Nej=0) (-2021)"
        ),
    ),
    (
        "U35533",
        "Brukarorganisation har påverkat överenskommelsen med region kring missbruks- och beroendevården, (Ja=1, Nej=0)",
    ),
    (
        "U35536",
        "Aktuell rutin för att inte röja skyddade personuppgifter inom missbruks- och beroendevården, (Ja=1, Nej=0) (-2021)",
    ),
    (
        "U35537",
        (
            "Tid till första personliga besök (nybesök) inom missbruks- och beroendevården, (Inom 3 dagar=3, 4-7 dagar=2, 8-14 "
            "dagar=1, mer än 15 dagar=0)."
        ),
    ),
    (
        "U35547",
        (
            "Aktuell rutin för information om samordnad individuell plan (SIP) inom missbruk- och beroendevård, (Ja=1, Nej=0) "
            "(-2021)"
        ),
    ),
    ("U35548", "Handläggare inom missbruks- och beroendevården som har socionomexamen, andel (%)"),
    (
        "U35549",
        (
            "Supported employment enligt IPS-modellen till personer med missbruk eller beroende av alkohol och narkotika, (Ja=1, "
            "Nej=0)"
        ),
    ),
    ("U37536", "Aktuell rutin vid indikation på att en vuxen utsatts för våld inom missbruk , (Ja=1, Nej=0)"),
    (
        "U37544",
        (
            "Använder standardiserade bedömningsmetoden FREDA-kortfrågor för att upptäcka våldsutsatthet hos enskilda vuxna "
            "Missbruk, (Ja=1, Nej=0). Källa: Socialstyrelsens kommunenkät ÖJ socialtjänst."
        ),
    ),
]
PUBLISHED = [
    ("U35513", "Aktuell överenskommelse med landsting/region (mål, resurs-/ansvarsfördelning, rutiner)"),
    ("U35518", "Minst en manualbaserad rekommenderad insats (förutom återfallsprevention)"),
    ("U35518", "Minst en manualbaserad insats"),
    ("U35531", "Genomfört brukarstyrd brukarrevision"),
    ("U35522", "Standardiserade bedömningsmetoder vid uppföljning av insatser"),
    ("U35505", "Aktuell rutin samordning med ekonomiskt bistånd"),
    ("U35510", "Aktuell rutin samordning med social barn- och ungdomsvård"),
    ("U35506", "Aktuell rutin samordning med socialpsykiatri"),
    ("U35511", "Aktuell rutin samordning med LSS (barn och vuxna)"),
    ("U35512", "Aktuell rutin samordning med äldreomsorg"),
    ("U35523", "Systematisk uppföljning för verksamhetsutveckling: bor med barn"),
    ("U35524", "Systematisk uppföljning för verksamhetsutveckling: unga vuxna 18-25"),
    ("U35525", "Systematisk uppföljning för verksamhetsutveckling: 65 år och äldre"),
    ("U35526", "Systematisk uppföljning för verksamhetsutveckling: kontakt med beroendevård/psykiatri"),
    ("U35519", "Minst ett stödprogram för vuxna närstående"),
    ("U35529", "Aktuell rutin att erbjuda stödperson på möten"),
    ("U37544", "FREDA-kortfrågor används"),
    ("U37536", "Aktuell rutin vid indikation på att en vuxen utsatts för våld"),
    ("U35549", "Supported employment enligt IPS"),
    ("U35513", "Aktuell överenskommelse med landsting/region"),
    ("U35523", "Systematisk uppföljning: bor med barn"),
    ("U35524", "Systematisk uppföljning: unga vuxna"),
    ("U35511", "Aktuell rutin samordning med LSS"),
]
OTHERS = [
    "Nybesök inom 4-7 dagar (bakgrundsmått)",
    "Nybesök inom 3 dagar (bakgrundsmått)",
    "SAKNAR aktuell rutin för skyddade personuppgifter",
    "Aktuell rutin för samordning mellan äldreomsorg och missbruk, (Ja=1, Nej=0)",
    "Aktuell rutin för samordning mellan socialpsykiatri och missbruk, (Ja=1, Nej=0) (-2021)",
    "Aktuell rutin för samordning mellan ekonomiskt bistånd och missbruk, (Ja=1, Nej=0) (-2021)",
    "Aktuell rutin för samordning mellan social barn- och ungdomsvård och missbruk, (Ja=1, Nej=0) (-2021)",
    "Standardiserade bedömningsmetoder för missbruk inom sociala barn och ungdomsvården (Ja=1, Nej=0)",
    (
        "Utredningstid i antal dagar från påbörjad utredning till avslutad utredning för vuxna med missbruksproblem 21+, "
        "medelvärde"
    ),
    "Brukarbedömning missbruksvård IFO  - få kontakt, andel (%)",
    "Brukarbedömning missbruksvård IFO  - tydlig information, andel (%)",
    "Brukarbedömning missbruksvård IFO  - visar förståelse, andel (%)",
    "Brukarbedömning missbruksvård IFO  - inflytande, andel (%)",
    "Brukarbedömning missbruksvård IFO  - påverka hjälp, andel (%)",
    "Brukarbedömning missbruksvård IFO  - helhetssyn, andel (%)",
    "Brukarbedömning missbruksvård IFO  - förbättrad situation, andel (%)",
    "Genomfört individbaserad systematisk uppföljning inom missbruks- och beroendevården (Ja=1, Nej=0)",
    (
        "Genomfört individbaserad systematisk uppföljning av verksamhetens stöd och/eller insatser till enskilda inom "
        "missbruks- och beroendevården (Ja=1, Nej=0)"
    ),
    (
        "Genomfört individbaserad systematisk uppföljning av stöd och insatsers resultat för de enskilda inom missbruks- och "
        "beroendevården (Ja=1, Nej=0)"
    ),
    "Genomfört en brukarstyrd brukarrevision inom missbruks- och beroendevården (Ja=1, Nej=0)",
    "Använt brukarstyrd brukarrevision för verksamhetsutveckling inom missbruks- och beroendevården (Ja=1, Nej=0)",
    "Brukarbedömning missbruksvård IFO, svarsfrekvens (%)",
    "Brukarbedömning missbruksvård IFO, antal svar",
]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(("indicator", "title"), [*KOLADA, *PUBLISHED])
def test_an_official_title_names_its_indicator_with_and_without_a_question_number(
    indicator: str, title: str, number: str
) -> None:
    found = TITLES.read((number + title,))
    assert (found.how, found.indicator) == (How.EXACT, indicator)


@pytest.mark.parametrize("title", OTHERS)
def test_the_title_of_a_question_that_the_catalogue_lacks_is_never_read_as_another(title: str) -> None:
    """Kolada has sister questions that differ in a word, asked of other services or after 2021."""
    assert all(TITLES.read((number + title,)).indicator == "" for number in NUMBERS)
