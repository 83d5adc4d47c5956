"""The two commands of the README, which are also CONTRIBUTING's and those of the checks."""

from pathlib import Path

import pytest
import typer

from ojreport.cli import app

ROOT = Path(__file__).resolve().parents[1]
BUILD = "python3 -m pip install -q uv && python3 -m uv run ojreport build kommunprofil Kalmar"
TESTS = "python3 -m pip install -q uv && python3 -m uv run --group test pytest"


@pytest.mark.parametrize(
    ("file", "commands"), [("README.md", (BUILD, TESTS)), ("CONTRIBUTING.md", (BUILD, TESTS)), (".ci/run", (TESTS,))]
)
def test_the_commands_are_the_same_wherever_they_stand(file: str, commands: tuple[str, ...]) -> None:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    for command in commands:
        assert lines.count(command) == 1


def test_the_readme_names_every_option_of_build() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    build = next(command for command in typer.main.get_command(app).commands.values() if command.name == "build")
    for option in (name for parameter in build.params for name in parameter.opts if name.startswith("--") and name != "--help"):
        assert f"`{option}" in readme, option
