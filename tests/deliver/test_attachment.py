"""What is attached: the right report about the right kommun, as it was made, or nothing at all."""

import hashlib
import io
import json
from pathlib import Path

import pikepdf
import pytest
from making import KALMAR, NYBRO, SUMMARY, YEAR, compose, finished, letter, pdf_of
from reportlab.pdfgen.canvas import Canvas

from ojreport.cli import main
from ojreport.deliver.attachment import Enclosure, enclose
from ojreport.deliver.identity import NAMESPACE, Stated, read_deck, read_pdf
from ojreport.deliver.letter import Wanted, write_letters
from ojreport.errors import OutputError

EXPECTED = Stated("kommunprofil", "0880", YEAR)


def faults(folder: Path, *formats: str) -> str:
    return " | ".join(enclose(folder, EXPECTED, formats).faults)


def test_a_finished_report_has_no_faults_and_its_summary_is_read(tmp_path: Path) -> None:
    found = enclose(finished(tmp_path), EXPECTED)
    assert found.faults == ()
    assert [(part.title, part.points) for part in found.summary] == list(SUMMARY)
    assert found.title == "Kalmar: missbruks- och beroendevård 2019"
    assert found.digest == found.files[0].sha256


def test_another_kommuns_pdf_in_its_place_is_refused(tmp_path: Path) -> None:
    folder = finished(tmp_path)
    (folder / "kommunprofil.pdf").write_bytes(pdf_of(NYBRO))
    said = faults(folder)
    assert "is not the file that manifest.json knows" in said
    assert "says 0881 where the recipient is to get area 0880" in said


def test_another_kommuns_pdf_is_refused_even_when_the_manifest_was_changed_with_it(tmp_path: Path) -> None:
    assert "says 0881" in faults(finished(tmp_path, pdf=pdf_of(NYBRO)))


def test_one_changed_byte_is_refused(tmp_path: Path) -> None:
    folder = finished(tmp_path)
    data = bytearray((folder / "kommunprofil.pdf").read_bytes())
    data[-3] ^= 1
    (folder / "kommunprofil.pdf").write_bytes(data)
    assert "has been changed since it was made" in faults(folder)


def test_another_year_and_another_report_are_refused(tmp_path: Path) -> None:
    assert "says 2018 where the recipient is to get year 2019" in faults(finished(tmp_path, pdf=pdf_of(KALMAR, 2018)))
    other = pdf_of(KALMAR, name="Nämndunderlag")
    assert "says Nämndunderlag where the recipient is to get report kommunprofil" in faults(finished(tmp_path, pdf=other))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"proof": False}, "does not say that kommunprofil was proof-read"),
        ({"proof": "yes"}, "does not say that kommunprofil was proof-read"),
        ({"year": 2018}, "says that kommunprofil is about 2018, not 2019"),
        ({"files": []}, "kommunprofil.pdf is not in manifest.json"),
        ({"files": 1}, "says nothing about kommunprofil that can be used"),
    ],
)
def test_a_manifest_that_does_not_vouch_for_the_file_is_refused(tmp_path: Path, changed: dict[str, object], said: str) -> None:
    assert said in faults(finished(tmp_path, **changed))  # type: ignore[arg-type]


def test_a_missing_file_and_a_missing_manifest_are_told(tmp_path: Path) -> None:
    folder = finished(tmp_path)
    (folder / "manifest.json").unlink()
    assert "manifest.json does not exist" in faults(folder)
    assert "kommunprofil.xlsx does not exist; build it first" in faults(folder, "xlsx")
    (folder / "kommunprofil.pdf").write_bytes(b"%PDF-1.7 no")
    assert "can not be opened as a PDF" in faults(folder)


def test_a_summary_that_the_pdf_does_not_have_is_refused(tmp_path: Path) -> None:
    """The text of a mail can not be about another kommun than its PDF."""
    folder = finished(tmp_path)
    trace = folder / "kommunprofil.trace.json"
    text = trace.read_text(encoding="utf-8")
    trace.write_text(text.replace("30 procent", "31 procent"), encoding="utf-8")
    assert "trace.json is not the file that manifest.json knows" in faults(folder)
    _vouch(folder, trace)
    assert "which the PDF does not" in faults(folder)
    trace.write_text(text.replace('"0880"', '"0881"'), encoding="utf-8")
    _vouch(folder, trace)
    assert "says its area and year, which the PDF does not" in faults(folder)
    trace.write_text('{"summary": [1]}', encoding="utf-8")
    _vouch(folder, trace)
    assert "trace.json can not be read" in faults(folder)
    trace.unlink()
    assert enclose(folder, EXPECTED).summary == ()


def _vouch(folder: Path, file: Path) -> None:
    """Put the file's hash in the manifest."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for entry in manifest["reports"]["kommunprofil"]["files"]:
        if entry["file"] == file.name:
            entry["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
    path.write_text(json.dumps(manifest), encoding="utf-8")


def test_example_data_and_a_mail_that_is_too_large_are_refused(tmp_path: Path) -> None:
    person = letter(tmp_path).recipient

    def judged(pdf: bytes, wanted: Wanted) -> tuple[int, str]:
        folder = finished(tmp_path, pdf=pdf)
        found, mistakes = write_letters([person], wanted, lambda _: folder)
        return len(found), " ".join(map(str, mistakes))

    example = pdf_of(KALMAR, example=True)
    count, said = judged(example, Wanted(YEAR))
    assert count == 0
    assert said.startswith("line 2: ")
    assert "(Exempeldata)" in said
    assert judged(example, Wanted(YEAR, example=True)) == (1, "")
    count, said = judged(pdf_of(KALMAR) + b"%" * 900_000, Wanted(YEAR, max_size=1))
    assert count == 0
    assert "becomes 1.3 MB, more than 1" in said


def test_a_file_that_changes_after_it_was_judged_is_not_sent(tmp_path: Path) -> None:
    each = letter(tmp_path)
    path = each.enclosure.files[0].path
    path.write_bytes(pdf_of(NYBRO))
    with pytest.raises(OutputError, match="was changed while mails were sent"):
        compose(each)
    path.unlink()
    with pytest.raises(OutputError, match="can not be read any more"):
        compose(each)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real build, with what its manifest is to say when it was proof-read."""
    out = tmp_path_factory.mktemp("built")
    assert main(["build", "kommunprofil", "Kalmar", "--year", str(YEAR), "--out", str(out)]) == 0
    folder = out / str(YEAR) / "0880-kalmar"
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["reports"]["kommunprofil"]["proof"] = True
    path.write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def test_a_real_report_with_its_deck_and_plan_is_known_for_what_it_is(built: Path) -> None:
    found: Enclosure = enclose(built, EXPECTED, ("pptx", "xlsx"))
    assert found.faults == ()
    assert found.example
    assert [file.path.name for file in found.files] == ["kommunprofil.pdf", "kommunprofil.pptx", "kommunprofil.xlsx"]
    assert found.digest not in {file.sha256 for file in found.files}


def test_a_real_deck_says_which_kommun_it_is_about(built: Path) -> None:
    deck = read_deck((built / "kommunprofil.pptx").read_bytes())
    assert list(deck.differences(EXPECTED)) == []
    (said,) = deck.differences(Stated("kommunprofil", "0881", YEAR))
    assert "says 0880" in said
    assert read_deck(b"no zip").fault
    assert read_pdf((built / "kommunprofil.pdf").read_bytes()).codes[0] == "0880"


def with_properties(pdf: bytes, **stated: str) -> bytes:
    """*pdf* with our properties in its metadata, as XML that any program reads."""
    own = "".join(f"<ojreport:{name}>{value}</ojreport:{name}>" for name, value in stated.items())
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" xmlns:ojreport="{NAMESPACE}">{own}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    )
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.Root.Metadata = opened.make_stream(packet.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        opened.save(out)
    return out.getvalue()


def test_properties_in_the_metadata_are_read_and_must_agree_with_the_words(tmp_path: Path) -> None:
    right = with_properties(pdf_of(KALMAR), report="kommunprofil", code="0880", year="2019", example="false")
    assert faults(finished(tmp_path, pdf=right)) == ""
    assert not read_pdf(right).example
    wrong = with_properties(pdf_of(KALMAR), report="kommunprofil", code="0881", year="2018", example="true")
    said = faults(finished(tmp_path, pdf=wrong))
    assert "says 0881 and 0880 where the recipient is to get area 0880" in said
    assert "says 2018 and 2019 where the recipient is to get year 2019" in said
    assert read_pdf(wrong).example


def test_a_report_in_words_of_ones_own_is_known_by_its_properties_alone(tmp_path: Path) -> None:
    paper = io.BytesIO()
    canvas = Canvas(paper)
    canvas.setTitle("Läget hos oss")
    canvas.drawString(50, 700, "Läget hos oss")
    canvas.save()
    bare = paper.getvalue()
    said = faults(finished(tmp_path, pdf=bare))
    for what in ("no report that can be read", "no area that can be read", "no year that can be read"):
        assert what in said
    stated = with_properties(bare, report="kommunprofil", code="0880", year="2019", example="false")
    assert read_pdf(stated).codes == ("0880",)
    assert list(read_pdf(stated).differences(EXPECTED)) == []
