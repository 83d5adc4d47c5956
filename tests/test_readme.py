"""The two commands of the README, which are also CONTRIBUTING's and those of the checks."""

from pathlib import Path

import pytest

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
    source = (ROOT / "src" / "ojreport" / "cli.py").read_text(encoding="utf-8")
    for option in ("--workbook", "--year", "--format", "--out", "--pptx-template", "--templates", "--charts", "--no-cache"):
        assert f"`{option}" in readme
        assert option in source or option.removeprefix("--").replace("-", "_") in source
