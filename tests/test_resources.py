"""Where templates and reports are found, in a checkout and in a wheel."""

from pathlib import Path

import pytest

from ojreport import resources
from ojreport.errors import TemplateError, UsageError


def test_a_checkout_has_its_templates_and_reports_in_the_root() -> None:
    root = Path(__file__).resolve().parents[1]
    assert resources.templates_folder() == root / "templates"
    assert resources.reports_folder() == root / "reports"
    assert (resources.templates_folder() / "theme.toml").is_file()
    assert (resources.reports_folder() / "kommunprofil.toml").is_file()


def test_a_wheel_has_them_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "templates").mkdir()
    monkeypatch.setattr(resources, "PACKAGE", tmp_path)
    assert resources.templates_folder() == tmp_path / "templates"


def test_the_users_own_file_wins_over_ours(tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text("[colours]\n", encoding="utf-8")
    folders = resources.template_folders(tmp_path)
    assert resources.find_template("theme.toml", folders) == tmp_path / "theme.toml"


def test_what_the_user_did_not_change_is_ours(tmp_path: Path) -> None:
    folders = resources.template_folders(tmp_path)
    assert resources.find_template("theme.toml", folders) == resources.templates_folder() / "theme.toml"


def test_a_folder_of_templates_that_does_not_exist_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"--templates .*nowhere is not a folder"):
        resources.template_folders(tmp_path / "nowhere")


def test_a_template_that_no_folder_has_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"there is no template logo\.toml in "):
        resources.find_template("logo.toml", (tmp_path,))
