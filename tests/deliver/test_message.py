"""A mail as a mail program reads it, and what a template of the user's own can do with it."""

import email
from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path

import pytest
from making import KALMAR, NOW, SAY, SENDER, compose, finished, letter, pdf_of

from ojreport.compose.texts import Texts
from ojreport.deliver.letter import Letter
from ojreport.deliver.message import TEXT_FILE, message_id, message_of
from ojreport.resources import template_folders


def read(message: EmailMessage) -> EmailMessage:
    """The mail as it comes out at the other end."""
    data = message.as_bytes()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998
    return email.message_from_bytes(data, policy=policy.default)  # type: ignore[return-value]


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def with_recipient(each: Letter, **changed: object) -> Letter:
    return replace(each, recipient=replace(each.recipient, **changed))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["Åsa Öberg", "Öberg, Åsa", "Åsa Öberg-Ängström Åkesson i Östersund", "Bo (chef)", ""])
def test_a_name_comes_out_as_it_was_written(tmp_path: Path, name: str) -> None:
    mail = read(compose(letter(tmp_path, name=name)))
    (to,) = mail["to"].addresses
    assert (to.display_name, to.addr_spec) == (name, "anna@kalmar.se")
    assert mail["from"].addresses[0].display_name == "Förvaltningen för Ö"
    assert mail.defects == []


def test_words_with_swedish_letters_beside_each_other_keep_the_space_between_them(tmp_path: Path) -> None:
    title = "Åmål: Öppna jämförelser över ärenden för äldre på Östermalm 2019"
    each = letter(tmp_path)
    each = replace(each, enclosure=replace(each.enclosure, title=title))
    assert read(compose(each))["subject"] == f"Kommunprofil – {title}"


def test_the_summary_stands_in_both_bodies_so_that_nobody_needs_the_attachment(tmp_path: Path) -> None:
    mail = read(compose(letter(tmp_path)))
    plain, marked_up = body(mail, "plain"), body(mail, "html")
    assert "Styrkor\n– Vårdkedja (30\u00a0procent i riket)\n\nFörbättringsområden\n– Skyddade personuppgifter" in plain
    assert "<li>Vårdkedja (30\u00a0procent i riket)</li>" in marked_up
    assert '<html lang="sv">' in marked_up
    assert "på PDF-filens första sida" not in plain


def test_without_a_summary_the_mail_points_to_the_first_page(tmp_path: Path) -> None:
    each = letter(tmp_path)
    each = replace(each, enclosure=replace(each.enclosure, summary=()))
    assert "Det viktigaste står i korthet på PDF-filens första sida." in body(read(compose(each)), "plain")


def test_example_data_are_named_in_the_subject_and_the_bodies(tmp_path: Path) -> None:
    finished(tmp_path, pdf=pdf_of(KALMAR, example=True))
    mail = read(compose(letter(tmp_path)))
    assert mail["subject"].startswith("Exempeldata: ")
    for kind in ("plain", "html"):
        assert "Siffrorna är exempeldata" in body(mail, kind)


def test_a_name_can_not_smuggle_in_html(tmp_path: Path) -> None:
    mail = read(compose(with_recipient(letter(tmp_path), name="A & B", role="<b>Chef</b>")))
    assert "Hej A &amp; B!" in body(mail, "html")
    assert "&lt;b&gt;chef" in body(mail, "html").lower()
    assert "Hej A & B!" in body(mail, "plain")


def test_the_salutation_is_in_the_recipients_language(tmp_path: Path) -> None:
    each = letter(tmp_path, name="Ann")
    assert "Dear Ann,\n\nThe report is in Swedish." in body(read(compose(with_recipient(each, language="en"))), "plain")
    assert "Hello,\n" in body(read(compose(with_recipient(each, language="en", name=""))), "plain")
    assert "Hej!\n" in body(read(compose(with_recipient(each, name=""))), "plain")


def test_only_an_address_that_needs_it_is_written_with_its_letters(tmp_path: Path) -> None:
    """SMTPUTF8: the words stay encoded all the same, for those that read them otherwise."""
    data = compose(letter(tmp_path, "åsa@kalmar.se", name="Åsa Öberg")).as_bytes()
    assert "<åsa@kalmar.se>".encode() in data
    assert "Öberg".encode() not in data.partition(b"\r\n\r\n")[0]


def test_a_message_id_is_the_key_and_the_senders_domain(tmp_path: Path) -> None:
    each = letter(tmp_path)
    mail = read(compose(each))
    assert mail["message-id"] == f"<{each.key[:40]}@kalmar.se>" == message_id(each.key, SENDER)
    draft = message_of(each, None, SAY, datetime.now(UTC))
    assert draft["message-id"].endswith("@ojreport.invalid>")
    assert "from" not in draft
    assert mail["auto-submitted"] == "auto-generated"


def test_a_template_of_ones_own_goes_first_and_a_line_break_in_a_subject_is_a_space(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    shipped = (template_folders()[0] / TEXT_FILE).read_text(encoding="utf-8")
    line = next(line for line in shipped.splitlines() if line.startswith("{% macro amne(b) %}"))
    changed = shipped.replace(line, "{% macro amne(b) %}Till {{ b.roll }}\nBcc: x@y.se{% endmacro %}")
    changed = changed.replace("{{ rapportnamn(b) }} {{ b.omrade }} {{ b.ar }}", "../{{ b.omrade }}: {{ b.ar }}\n")
    (own / TEXT_FILE).write_text(changed, encoding="utf-8")
    say = Texts(template_folders(own)).open(TEXT_FILE)
    mail = read(message_of(with_recipient(letter(tmp_path), role="chefen"), Address("", "a", "b.se"), say, NOW))
    assert mail["subject"] == "Till chefen Bcc: x@y.se"
    assert mail["bcc"] is None
    (pdf,) = mail.iter_attachments()
    assert pdf.get_filename() == ".. Kalmar 2019.pdf"


def test_a_mail_can_be_shown_as_text_too(tmp_path: Path) -> None:
    assert "To: =?utf-8?" in compose(letter(tmp_path)).as_string()
    assert "To: Ann <åsa@kalmar.se>" in compose(letter(tmp_path, "åsa@kalmar.se", name="Ann")).as_bytes().decode()
