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


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("fokus = []", "“fokus” is no setting of a report; did you mean focus"),
        ('formats = ["docx"]', "“docx” under formats is not one of pptx, pdf, xlsx"),
        ("focus_count = 0", "focus_count must be a whole number from 1"),
        ("kind = ", "line 1"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file(tmp_path, line, fault):
    path = tmp_path / "egen.toml"
    head = 'kind = "kommunprofil"\ntext = "kommunprofil.jinja"\n' if "kind" not in line else ""
    path.write_text(f"{head}{line}\n" + ("" if "formats" in line else 'formats = ["pdf"]\n'), "utf-8")
    with pytest.raises(CatalogueError, match=fault) as error:
        load_definition(str(path), REPORTS)
    assert "egen.toml" in str(error.value)
