"""A finished file that says something else than the data is not delivered."""

from __future__ import annotations

from pathlib import Path

import pytest
from finished import Make
from PIL import Image

from ojreport.cli import main

COMMAND = ("build", "kommunprofil", "Kalmar", "--year", "2019", "--format", "pdf,xlsx", "--out")


@pytest.fixture
def _gothenburgs_pdf(made: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is to be rendered, Göteborg's PDF comes of it."""
    wrong = made("Göteborg").pdf
    monkeypatch.setattr("ojreport.render.pdf.render_pdf", lambda *_: wrong)


@pytest.mark.usefixtures("_gothenburgs_pdf")
def test_another_kommuns_pdf_stops_the_whole_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main([*COMMAND, str(tmp_path)])
    out, err = capsys.readouterr()
    assert (code, out, list(tmp_path.rglob("*"))) == (1, "", [])
    (said,) = [line for line in err.splitlines() if line.startswith("ojreport: ")]
    assert "Kalmar (0880): the finished files do not say what the data say, so none of them was written" in said
    assert "kommunprofil.pdf, page 1: H1 is “Göteborg" in said
    assert "Traceback" not in err


@pytest.mark.usefixtures("_gothenburgs_pdf")
def test_without_proof_it_is_written_all_the_same(tmp_path: Path) -> None:
    assert main([*COMMAND, str(tmp_path), "--no-proof"]) == 0
    assert (tmp_path / "2019" / "0880-kalmar" / "kommunprofil.pdf").is_file()


def test_a_deck_with_pictures_in_a_theme_with_a_logo_is_proof_read_and_written(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    Image.new("RGB", (120, 60), "#B00020").save(texts / "logo.png")
    (texts / "theme.toml").write_text('[logo]\nfile = "logo.png"\nalt = "Kommunens vapen"\n', encoding="utf-8")
    command = ["build", "kommunprofil", "Kalmar", "--year", "2019", "--format", "pdf,pptx", "--charts", "picture"]
    assert main([*command, "--templates", str(texts), "--out", str(tmp_path / "out")]) == 0
    assert {file.suffix for file in (tmp_path / "out" / "2019" / "0880-kalmar").iterdir()} >= {".pdf", ".pptx"}
