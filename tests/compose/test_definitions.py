from pathlib import Path

import pytest

from ojreport.compose.definitions import list_definitions, load_definition
from ojreport.errors import CatalogueError, UsageError

REPORTS = Path(__file__).parents[2] / "reports"


def test_the_bundled_reports_are_listed_and_load():
    for name in list_definitions(REPORTS):
        assert load_definition(name, REPORTS).id == name


def test_an_unknown_report_is_answered_with_a_suggestion():
    with pytest.raises(UsageError, match="Did you mean kommunprofil"):
        load_definition("komunprofil", REPORTS)


def test_a_users_own_copy_is_built_by_its_path(tmp_path):
    own = tmp_path / "min-profil.toml"
    own.write_text((REPORTS / "kommunprofil.toml").read_text("utf-8").replace("focus_count = 3", "focus_count = 1"), "utf-8")
    definition = load_definition(str(own), REPORTS)
    assert (definition.id, definition.focus_count) == ("min-profil", 1)


HEAD = 'kind = "kommunprofil"\ntext = "kommunprofil.jinja"\nformats = ["pdf"]\n'


def fault(path, content):
    """What is said of a report file with that *content*, without its name."""
    path.write_text(content, "utf-8")
    with pytest.raises(CatalogueError, match=r"^egen\.toml, line \d+: ") as error:
        load_definition(str(path), REPORTS)
    assert "\n" not in str(error.value)
    return str(error.value).removeprefix("egen.toml, ")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("fokus = []", "“fokus” is no setting of a report; did you mean focus?"),
        ("zzz = 1", "“zzz” is no setting of a report; there are kind, text,"),
        ('settings = { a = "b" }', "“settings” is no setting of a report"),
        ('focus = "U35518"', "focus must be a list of texts, not “U35518”; write it within brackets."),
        ('pages = "summary"', "pages must be a list of texts, not “summary”"),
        ("slides = 3", "slides must be a list of texts, not 3"),
        ("[pages]", "pages must be a list of texts, not a table"),
        ("pages = [1]", "pages must be a list of texts, none of them empty; 1 is not one."),
        ('pages = ["summary", ""]', "pages must be a list of texts, none of them empty; an empty text is not one."),
        ("pages = [true]", "pages must be a list of texts, none of them empty; true is not one."),
        ('pages = ["summary", ["plan"]]', "pages must be a list of texts, none of them empty; a list of 1 is not one."),
        ('focus = ["U35518", "U35513", "U35518"]', "“U35518” stands twice under focus."),
        ('compare = ["lan", "lan"]', "“lan” stands twice under compare."),
        ('slides = ["title", "title"]', "“title” stands twice under slides."),
        ('compare = ["länet"]', "“länet” under compare is not one of stadsdelar, lan"),
        ("focus_count = 0", "focus_count must be a whole number from 1 to 10, not 0."),
        ("focus_count = 11", "focus_count must be a whole number from 1 to 10, not 11."),
        ("at_most = 11", "at_most must be a whole number from 1 to 10, not 11."),
        ("at_most = true", "at_most must be a whole number, not true."),
        ("plan_rows = 21", "plan_rows must be a whole number from 1 to 20, not 21."),
        ('plan_rows = "sex"', "plan_rows must be a whole number, not “sex”."),
        ("plan_rows = 6.0", "plan_rows must be a whole number, not 6.0."),
        ("plan_rows = [6]", "plan_rows must be a whole number, not a list of 1."),
    ],
)
def test_a_wrong_setting_is_named_with_what_was_found_and_what_is_wanted(tmp_path, line, said):
    assert fault(tmp_path / "egen.toml", f"{HEAD}{line}\n").startswith(f"line 4: {said}")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"kommunprofil"', "3", "line 1: kind must be a text, not 3."),
        ('"kommunprofil.jinja"', "[]", "line 2: text must be a text, not an empty list."),
        ('"kommunprofil.jinja"', '" "', "line 2: text is empty."),
        ('kind = "kommunprofil"', "", "line 1: the setting “kind” is missing."),
        ('["pdf"]', '["docx"]', "line 3: “docx” under formats is not one of pptx, pdf, xlsx."),
        ('["pdf"]', '["pdf", "pptx", "pdf"]', "line 3: “pdf” stands twice under formats."),
        ('["pdf"]', "[]", "line 3: formats is empty; name at least one of pptx, pdf, xlsx."),
        ('["pdf"]', "[1]", "line 3: formats must be a list of texts, none of them empty; 1 is not one."),
        ('["pdf"]', '"pdf"', "line 3: formats must be a list of texts, not “pdf”; write it within brackets."),
        ("text = ", "text ", "line 2: this is not TOML: "),
        ('text = "k', 'kind = "k', "line 2: this is not TOML: "),
    ],
)
def test_what_every_report_has_must_be_there_and_make_sense(tmp_path, old, new, said):
    assert fault(tmp_path / "egen.toml", HEAD.replace(old, new)).startswith(said)


def test_a_report_file_saved_by_an_old_editor_has_its_line(tmp_path):
    path = tmp_path / "egen.toml"
    path.write_bytes(f"# text\n# för nämnden\n{HEAD}".encode("latin-1"))
    with pytest.raises(CatalogueError, match=r"^egen\.toml, line 2: this is not UTF-8; save the file as UTF-8"):
        load_definition(str(path), REPORTS)


def test_a_report_file_may_begin_with_a_mark_and_end_its_lines_in_crlf(tmp_path):
    path = tmp_path / "egen.toml"
    path.write_bytes(HEAD.replace("\n", "\r\n").encode("utf-8-sig"))
    assert load_definition(str(path), REPORTS).formats == ("pdf",)


@pytest.mark.parametrize("report", ["finns-ej.toml", "x" * 300, "x" * 300 + ".toml", "mapp.toml"])
def test_what_is_no_report_file_is_said_to_be_none(tmp_path, monkeypatch, report):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mapp.toml").mkdir()
    with pytest.raises(UsageError, match=r"does not exist|there is no report"):
        load_definition(report, REPORTS)


def test_a_report_file_that_may_not_be_read_is_named(tmp_path, monkeypatch):
    path = tmp_path / "egen.toml"
    path.write_text(HEAD, "utf-8")

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(CatalogueError, match=r"egen\.toml can not be read \(permission denied\)"):
        load_definition(str(path), REPORTS)
