"""What a user meets first: help, version, and words that do not exist."""

import subprocess
import sys

import pytest
from running import Run

from ojreport import __version__
from ojreport.cli import app

VERBS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]


def test_help_shows_an_example_for_each_verb(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    assert VERBS == ["build", "check", "export", "fetch", "mail", "list"]
    for verb in VERBS:
        assert f"\n    ojreport {verb} " in out


@pytest.mark.parametrize("verb", VERBS)
def test_each_verbs_own_help_shows_examples_of_it(verb: str, run: Run) -> None:
    code, out, _ = run(verb, "--help")
    assert code == 0
    assert out.count(f"\n    ojreport {verb} ") >= 3


def test_without_arguments_the_help_is_shown(run: Run) -> None:
    assert run() == run("--help")


def test_the_version_is_the_packages(run: Run) -> None:
    assert run("--version") == (0, f"ojreport {__version__}\n", "")


def test_help_imports_nothing_heavy() -> None:
    """Help answers in 0.3 s because it loads neither a renderer, nor the reader, nor the validation of options."""
    writers = ["matplotlib", "reportlab", "pptx", "openpyxl", "xlsxwriter", "jinja2", "babel"]
    heavy = [*writers, "pandas", "python_calamine", "rich", "pydantic"]
    program = f"import sys, ojreport.cli; ojreport.cli.main(['--help']); print([m for m in {heavy} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=True)
    assert shown.stdout.splitlines()[-1] == "[]"


def test_the_package_can_be_run_as_a_module() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "ojreport", "--version"], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert shown.stdout == f"ojreport {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["bild"], "bild"),
        (["build"], "REPORT"),
        (["build", "kommunprofil", "Kalmar", "--workbok", "x"], "--workbook"),
        (["build", "kommunprofil", "Kalmar", "--year", "nineteen"], "'nineteen' is not a year"),
        (["build", "kommunprofil", "Kalmar", "--workbook", ""], "a path that was given is empty"),
        (["build", "kommunprofil", "Kalmar", "--charts", "drawn"], "'drawn' is not one of 'native', 'picture'"),
        (["list", "things"], "'things' is not one of 'reports', 'areas', 'groups', 'indicators', 'editions'"),
    ],
)
def test_a_word_that_does_not_exist_is_answered_in_one_line(arguments: list[str], message: str, run: Run) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("ojreport: ")
    assert message in err
    assert err.count("\n") == 1
