import pytest

from ojreport.compose.texts import Texts, genitive, number, tidy
from ojreport.errors import TemplateError

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
        f"63{NBSP}procent, 12{NBSP}procentenheter, 63{NBSP}% och 3{NBSP}av 10{NBSP}stadsdelar"
    )
    assert number(12345) == f"12{NBSP}345"
