"""Lists of recipients: read from three formats, and every mistake told with its line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from making import CATALOGUE, YEAR
from openpyxl import Workbook

from ojreport.compose import kind_of
from ojreport.compose.definitions import load_definition
from ojreport.deliver.address import parse_address, parse_sender
from ojreport.deliver.listed import Listed, read_list
from ojreport.deliver.recipients import Recipient, Subject, judge
from ojreport.errors import UsageError
from ojreport.resources import reports_folder

DOMAINS = ("kalmar.se", "*.malmö.se", "malmö.se")


def find(report: str, area: str) -> tuple[str, Subject]:
    definition = load_definition(report, reports_folder())
    return definition.id, kind_of(definition).find(CATALOGUE, area, YEAR)


def mistakes(listed: Listed) -> list[str]:
    return [*map(str, listed.mistakes), *map(str, judge(listed.rows, DOMAINS, find)[1])]


def people(listed: Listed) -> tuple[Recipient, ...]:
    assert mistakes(listed) == []
    return judge(listed.rows, DOMAINS, find)[0]


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def call(text: str, name: str = "lista.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return call


ROWS = "namn;adress;område;rapport;roll;språk\nÅsa Öberg;asa@kalmar.se;Kalmar;kommunprofil, namndunderlag;Chef;sv\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_list_from_excel_or_by_hand_is_read(write: Write, encoding: str) -> None:
    first, second = people(read_list(write(ROWS, encoding=encoding)))
    assert (first.name, first.address.addr_spec, first.subject.code, first.role) == ("Åsa Öberg", "asa@kalmar.se", "0880", "Chef")
    assert (first.report, second.report, first.place) == ("kommunprofil", "namndunderlag", "line 2")


def test_commas_and_english_headings_do_as_well(write: Write) -> None:
    (found,) = people(read_list(write('name,address,area,report\n"Öberg, Åsa",asa@kalmar.se,880,kommunprofil\n')))
    assert (found.name, found.subject.name, found.language) == ("Öberg, Åsa", "Kalmar", "sv")


def test_a_code_that_excel_took_for_a_number_is_still_a_code(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["namn", "adress", "kommun", "rapport"], ["Åsa", "asa@kalmar.se", 880, "kommunprofil"]):
        book.active.append(row)
    book.save(tmp_path / "lista.xlsx")
    (found,) = people(read_list(tmp_path / "lista.xlsx"))
    assert (found.subject.name, found.place) == ("Kalmar", "row 2")


def test_toml_has_its_settings_with_it(write: Write) -> None:
    text = '[mail]\nhost = "mejl.kalmar.se"\n\n[[recipient]]\nnamn = "Åsa"\nadress = "asa@kalmar.se"\nområde = "Kalmar"\n'
    # TOML's own keys are ASCII unless quoted
    text = text.replace("område", '"område"') + 'rapport = ["kommunprofil", "namndunderlag"]\n'
    listed = read_list(write(text, "lista.toml"))
    assert [person.report for person in people(listed)] == ["kommunprofil", "namndunderlag"]
    assert listed.rows[0].place == "line 4"
    assert listed.mail == {"host": "mejl.kalmar.se"}


HEAD = "namn;adress;område;rapport;språk\n"
WRONG = {  # the row that is wrong, and the words that say so
    "a@kalmar": (";a@kalmar;Kalmar;kommunprofil;", "“kalmar”, that is none"),
    "no @": (";kalmar.se;Kalmar;kommunprofil;", "has no @"),
    "two @": (";a@b@kalmar.se;Kalmar;kommunprofil;", "has more than one @"),
    "dots": (";a..b@kalmar.se;Kalmar;kommunprofil;", "what stands before @ can not be used"),
    "two addresses": (";a@kalmar.se,b@kalmar.se;Kalmar;kommunprofil;", "has more than one @"),
    "injected head": ('Anna;"a@kalmar.se\nBcc: alla@kalmar.se";Kalmar;kommunprofil;', "control character (U+000A)"),
    "injected name": (
        '"Anna\r\nBcc: alla@kalmar.se";a@kalmar.se;Kalmar;kommunprofil;',
        "the name has a control character (U+000A)",
    ),
    "name as address": ("chef@kalmar.se;a@kalmar.se;Kalmar;kommunprofil;", "the name has @ in it"),
    "angle brackets": ("Anna <chef>;a@kalmar.se;Kalmar;kommunprofil;", "the name has < > in it"),
    "right to left": ("Anna\u202e;a@kalmar.se;Kalmar;kommunprofil;", "invisible character (U+202E)"),
    "encoded word": ("=?utf-8?q?Anna?=;a@kalmar.se;Kalmar;kommunprofil;", "looks like an encoded word"),
    "unknown area": (";a@kalmar.se;Kalmer;kommunprofil;", "Did you mean Kalmar?"),
    "unknown report": (";a@kalmar.se;Kalmar;kommunprofilen;", "Did you mean kommunprofil?"),
    "a path": (";a@kalmar.se;Kalmar;../../kommunprofil;", "there is no report “../../kommunprofil”"),
    "wrong kind of area": (";a@kalmar.se;Kalmar;faktablad;", "the faktablad is about riket"),
    "foreign domain": (";a@kalmar.com;Kalmar;kommunprofil;", "the domain kalmar.com is not one of those that may get mail"),
    "no address": (";;Kalmar;kommunprofil;", "address is empty"),
    "no area": (";a@kalmar.se;;kommunprofil;", "area is empty"),
    "no report": (";a@kalmar.se;Kalmar;;", "report is empty"),
    "language": (";a@kalmar.se;Kalmar;kommunprofil;xx", "“xx” is no language of a salutation"),
    "twice in a row": (";a@kalmar.se;Kalmar;kommunprofil kommunprofil;", "kommunprofil stands twice"),
    "bad idn": (";a@å..se;Kalmar;kommunprofil;", "has a domain, "),
    "long": (f";{'a' * 65}@kalmar.se;Kalmar;kommunprofil;", "what stands before @ can not be used"),
    "long domain": (f";a@{'b' * 70}.se;Kalmar;kommunprofil;", "has a domain, "),
    "long in all": (f";a@{'.'.join(['b' * 60] * 5)}.se;Kalmar;kommunprofil;", "is longer than an address can be"),
    "number": (";a@127.0.0.1;Kalmar;kommunprofil;", "has a domain, “127.0.0.1”, that is none"),
    "too many cells": (";a@kalmar.se;Kalmar;kommunprofil;sv;mer", "6 cells under 5 headings"),
}


def test_a_list_with_every_kind_of_mistake_tells_them_all_each_with_its_line(write: Write) -> None:
    line, rows, expected = 2, [], []
    for row, words in WRONG.values():
        rows.append(row)
        expected.append((f"line {line}: ", words))
        line += 1 + row.count("\n")
    rows += [";b@kalmar.se;Kalmar;kommunprofil;", ";B@kalmar.se;0880;kommunprofil;"]
    expected.append(
        (f"line {line + 1}: ", f"b@kalmar.se gets kommunprofil about Kalmar already by line {line}".replace("b@", "B@"))
    )
    told = mistakes(read_list(write(HEAD + "\n".join(rows) + "\n")))
    for place, words in expected:
        assert any(sentence.startswith(place) and words in sentence for sentence in told), (place, words, told)
    assert len(told) == len(expected)


def test_a_heading_that_is_not_known_and_one_that_is_missing_are_told(write: Write) -> None:
    told = mistakes(read_list(write("namn;adress;lösenord;rapport;rapporter\nA;a@kalmar.se;x;kommunprofil;kommunprofil\n")))
    assert any("there is no column “lösenord”" in sentence for sentence in told)
    assert any("line 1: the column area is missing" in sentence for sentence in told)
    assert any("line 1: the column report stands twice" in sentence for sentence in told)


@pytest.mark.parametrize("text", ["", "\n\n", HEAD])
def test_a_list_without_recipients_is_told(write: Write, text: str) -> None:
    assert any("no recipients" in sentence or "is empty" in sentence for sentence in mistakes(read_list(write(text))))


def test_toml_that_says_something_else_is_told(write: Write) -> None:
    text = 'recipients = []\n[[recipient]]\nadress = "a@kalmar.se"\nepostlista = 1\n'
    told = mistakes(read_list(write(text, "lista.toml")))
    assert any(sentence.startswith("“recipients”: is no table of a list") for sentence in told)
    assert any(sentence.startswith("line 2: “epostlista” is nothing that a recipient has") for sentence in told)


@pytest.mark.parametrize(
    ("text", "name", "encoding", "said"),
    [
        (ROWS, "lista.csv", "latin-1", "lista.csv, line 1: this is not UTF-8"),
        ("[[recipient]\n", "lista.toml", "utf-8", "lista.toml is not TOML: .*line 1"),
        ("recipient = 1\n", "lista.toml", "utf-8", "write each recipient under a heading"),
        ('namn;adress\n"a;b\n', "lista.csv", "utf-8", "lista.csv, line 2: this can not be read as CSV"),
        ("x", "lista.xlsx", "utf-8", "lista.xlsx can not be read as an Excel file"),
        ("x", "lista.docx", "utf-8", "is no list of recipients"),
    ],
)
def test_a_file_that_can_not_be_read_is_one_sentence(write: Write, text: str, name: str, encoding: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_list(write(text, name, encoding))


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no file"):
        read_list(tmp_path / "lista.csv")


def test_a_domain_with_swedish_letters_is_written_as_servers_write_it(write: Write) -> None:
    (found,) = people(read_list(write(HEAD + ";Anna@Social.Malmö.se;Malmö;kommunprofil;\n")))
    assert found.address.addr_spec == "Anna@social.xn--malm-8qa.se"
    assert parse_address("å@malmö.se").domain == "xn--malm-8qa.se"


def test_a_sender_is_a_name_with_an_address() -> None:
    found = parse_sender("Socialförvaltningen <oj@kalmar.se>")
    assert (found.display_name, found.addr_spec) == ("Socialförvaltningen", "oj@kalmar.se")
    for wrong in ("A <oj@kalmar.se", "A@b <oj@kalmar.se>", "A"):
        with pytest.raises(ValueError, match=r"has|is"):
            parse_sender(wrong)
