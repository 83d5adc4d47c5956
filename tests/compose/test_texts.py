from decimal import Decimal
from types import SimpleNamespace

import pytest

from ojreport.compose.texts import Texts, genitive, number, tidy
from ojreport.errors import TemplateError
from ojreport.resources import templates_folder

NBSP = "\u00a0"


@pytest.fixture
def texts(tmp_path):
    (tmp_path / "gemensamt.jinja").write_text("{% macro delad() %}delad{% endmacro %}", encoding="utf-8")

    def write(body):
        (tmp_path / "rapport.jinja").write_text(body, encoding="utf-8")
        return Texts([tmp_path])

    return write


def test_a_macro_is_filled_in_with_the_reports_context(texts):
    say = texts("{% macro hej(x) %}{{ namn|genitiv }} {{ x }}{% endmacro %}").open("rapport.jinja", namn="Kalmar")
    assert say("hej", "svar") == "Kalmars svar"


def test_a_shared_text_is_found_and_the_reports_own_wins(texts):
    assert texts("").open("rapport.jinja")("delad") == "delad"
    assert texts("{% macro delad() %}egen{% endmacro %}").open("rapport.jinja")("delad") == "egen"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("rad ett\n{% macro %}", 2),
        ("{% macro a() %}\n{{ ej_satt }}\n{% endmacro %}", 2),
        ("{% macro a() %}{{ 1/0 }}{% endmacro %}", 1),
    ],
)
def test_a_fault_in_a_text_names_its_file_and_line(texts, body, line):
    with pytest.raises(TemplateError, match=rf"rapport\.jinja, line {line}: "):
        texts(body).open("rapport.jinja")("a")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "\n{% macro a() %}x{% endmacro %}",
            "line 2: the macro “a” takes nothing, but is handed 2 in all; name 2 within its parentheses",
        ),
        (
            "{% macro a(x) -%}x{% endmacro %}",
            "line 1: the macro “a” takes x, but is handed 2 in all; name 2 within its parentheses",
        ),
        ("{% macro a(x, enhet) %}{{ x }}\n{{ y }}{% endmacro %}", "line 2: 'y' is undefined"),
        ("{% macro a(x, y, enhet) %}{{ x }}\n{{ y }}{% endmacro %}", "line 2: parameter 'y' was not provided"),
        ("\n\n{% set a = 'x' %}", r"line 3: “a” is no macro; write {% macro a\(enhet\) %}"),
        ("{% macro a(x, enhet) %}\n{{ a(x, enhet) }}{% endmacro %}", "line 2: this text calls itself without end"),
        ("{% macro a(x, enhet) %}\n{{ x|tal }}{% endmacro %}", "line 2: this can not be reckoned"),
        ("{% macro a(x, enhet) %}\n{% include 'ej.jinja' %}{% endmacro %}", "line 2: there is no text file ej.jinja"),
        ("{% macro a(x, enhet) %}{% include ['b', 'c'] %}{% endmacro %}", "line 1: there are no text files b, c"),
        ("\n{% from 'ej.jinja' import b %}{% macro a() %}{% endmacro %}", "line 2: there is no text file ej.jinja"),
        ("\n{% from 'gemensamt.jinja' import b %}{% macro a(x, enhet) %}{{ b() }}{% endmacro %}", "line 2: .*does not export"),
        ("{% macro a(x, enhet) %}\n{{ x|genetiv }}{% endmacro %}", "line 2: No filter named 'genetiv'"),
        ("{% include 'rapport.jinja' %}", "line 1: this text calls itself without end"),
    ],
)
def test_a_changed_text_that_can_not_be_filled_in_is_one_sentence_with_its_line(texts, body, said):
    with pytest.raises(TemplateError, match=rf"rapport\.jinja, {said}") as error:
        texts(body).open("rapport.jinja")("a", "x", enhet="procent")
    assert "\n" not in str(error.value)


def test_a_fault_in_a_text_of_any_name_in_a_folder_within_has_its_line(texts, tmp_path):
    (tmp_path / "egna").mkdir()
    (tmp_path / "egna" / "min.txt").write_text("\n{% macro a() %}{{ ej_satt }}{% endmacro %}", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"min\.txt, line 2: 'ej_satt' is undefined"):
        texts("").open("egna/min.txt")("a")


def test_a_fault_in_an_included_text_names_that_text(texts, tmp_path):
    (tmp_path / "del.jinja").write_text("rad ett\n{% if %}", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"del\.jinja, line 2: "):
        texts("{% macro a() %}{% include 'del.jinja' %}{% endmacro %}").open("rapport.jinja")("a")


@pytest.mark.parametrize(
    "body", ["{% macro a() %}{% include 'gammal.jinja' %}{% endmacro %}", "{% import 'gammal.jinja' as b %}"]
)
def test_a_text_saved_by_an_old_editor_has_its_line(texts, tmp_path, body):
    (tmp_path / "gammal.jinja").write_bytes("rad ett\nlän".encode("latin-1"))
    for name in ("gammal.jinja", "rapport.jinja"):
        with pytest.raises(TemplateError, match=r"gammal\.jinja, line 2: this is not UTF-8; save the file as UTF-8"):
            texts(body).open(name)("a")


def test_a_text_that_may_not_be_read_is_named(texts, monkeypatch):
    made = texts("")

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied", "rapport.jinja")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(TemplateError, match=r"rapport\.jinja can not be read \(permission denied\)"):
        made.open("rapport.jinja")


def test_a_text_may_begin_with_a_mark_and_end_its_lines_in_crlf(texts, tmp_path):
    body = "{% macro a() %}\nlän\n\n{{ b }}\n{% endmacro %}{% macro c() %}{{ d }}{% endmacro %}"
    (tmp_path / "windows.jinja").write_bytes(body.replace("\n", "\r\n").encode("utf-8-sig"))
    (tmp_path / "del.jinja").write_bytes("hela".encode("utf-8-sig"))
    say = texts("{% macro e() %}{% include 'del.jinja' %}{% endmacro %}").open("rapport.jinja")
    assert say("e") == "hela"
    say = texts("").open("windows.jinja", b="riket")
    assert (say("a"), say.lines("a")) == ("län riket", ("län", "riket"))
    with pytest.raises(TemplateError, match=r"windows\.jinja, line 5: 'd' is undefined"):
        say("c")


def test_a_missing_text_or_file_is_named(texts):
    with pytest.raises(TemplateError, match="the text “rubrik” is missing"):
        texts("").open("rapport.jinja")("rubrik")
    with pytest.raises(TemplateError, match=r"annan\.jinja is in none of"):
        texts("").open("annan.jinja")


def test_a_text_can_not_reach_out_of_the_sandbox(texts):
    say = texts("{% macro a() %}{{ ''.__class__.__mro__ }}{% endmacro %}").open("rapport.jinja")
    with pytest.raises(TemplateError):
        say("a")


@pytest.mark.parametrize(
    ("name", "owned"), [("Kalmar", "Kalmars"), ("Borås", "Borås"), ("Växjö", "Växjös"), ("Oxelösund", "Oxelösunds")]
)
def test_the_genitive_adds_s_but_not_after_s_x_or_z(name, owned):
    assert genitive(name) == owned


def test_a_number_never_stands_alone_at_the_end_of_a_line():
    assert tidy("63 procent, 12 procentenheter, 63 % och 3 av 10 stadsdelar") == (
        f"63{NBSP}procent, 12{NBSP}procentenheter, 63{NBSP}% och 3{NBSP}av{NBSP}10{NBSP}stadsdelar"
    )
    assert number(12345) == f"12{NBSP}345"


@pytest.mark.parametrize(
    ("amount", "whole", "tenth"),
    [
        ("0", "0", "0"),
        ("999.95", f"1{NBSP}000", f"1{NBSP}000"),
        ("1234567.25", f"1{NBSP}234{NBSP}567", f"1{NBSP}234{NBSP}567,3"),
        ("-1234.5", f"-1{NBSP}235", f"-1{NBSP}234,5"),
        ("0.04", "0", "0"),
    ],
)
def test_a_number_is_written_as_swedish_writes_it(amount, whole, tenth, texts):
    say = texts("{% macro hela(n) %}{{ n|tal }}{% endmacro %}{% macro delar(n) %}{{ n|tiondel }}{% endmacro %}").open(
        "rapport.jinja"
    )
    assert (say("hela", Decimal(amount)), say("delar", Decimal(amount))) == (whole, tenth)


def test_every_stretch_of_blanks_becomes_one_space():
    assert tidy("  a\tb   c \t d ") == "a b c d"


@pytest.mark.parametrize(
    ("shares", "title"),
    [
        ({"09": 100}, "Andelen är 100 procent i län 09"),
        ({"08": 75, "09": 0}, "Andelen är 75 procent i län 08, Gotland oräknat"),
        ({"08": 50, "10": 50}, "Andelen är 50 procent i alla län som visas"),
        ({"09": 100, "10": 75, "08": 30}, "Från 30 till 75 procent i länen, Gotland oräknat"),
    ],
)
def test_a_chart_of_few_lan_claims_no_spread(shares, title):
    shown = [
        SimpleNamespace(group=SimpleNamespace(id=n, name=f"län {n}"), value=SimpleNamespace(whole=w)) for n, w in shares.items()
    ]
    assert Texts([templates_folder()]).open()("lan_titel_alla", shown).replace(NBSP, " ") == title
